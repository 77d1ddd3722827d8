/* What a replay came to, as text for a terminal: what was run, the answer in a
 * paragraph, deadlines, what the policy would not allow, work, and the state of the
 * data. Needs no flow: a result that was read back is printed alike. */
#pragma once

#include "base/text.h"
#include "replay/result.h"

void replay_text(const Result *result, Text *out);
/* The paragraph alone: the four counts and the three biggest reasons. */
void replay_summary(const Result *result, Text *out);

/* A finding by what it weighs: roots first, then cases, then as the result has it.
 * Fills `order` (finding_count places). */
void replay_finding_order(const Result *result, uint32_t *order);

/* A line, begun with `title`, for each log of which a shard is missing; of a log that is
 * there whole nothing. So that a sum over nine shards is not taken for that over ten. */
void replay_missing_shards(const Result *result, const char *title, Text *out);
