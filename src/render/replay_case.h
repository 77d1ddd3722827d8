/* One case of a replay, from its first row to the as-of date: what the log says, what
 * that did, what fell due in between, and what the policy would not have allowed. */
#pragma once

#include "render/replay_words.h"
#include "replay/replay.h"

/* `record`: as it is after the last row. */
void replay_case_text(const ReplayWords *words, const LogPart *part, const CaseResult *one,
                      const int64_t *record, Text *out);
