/* What the parts of the text of a replay share. */
#pragma once

#include "replay/result.h"

/* "1 case", "1,204 cases". */
void replay_count(uint64_t count, const char *one, const char *many, Text *out);
/* A heading with an empty line before it. */
void replay_title(const char *words, Text *out);
void replay_findings_text(const Result *result, Text *out);
void replay_accepted_text(const Result *result, Text *out);
