/* The text of a trial: the first flow with some of its blocks as the second has them.
 * One file that uses no other: what used files declare is written out with the rest. */
#pragma once

#include "analysis/flow_difference.h"
#include "base/text.h"

typedef struct TrialChoice {
    bool *chosen;     /* by changed block: as the second flow has it */
    uint32_t spliced; /* this one block as `splice` says instead; UINT32_MAX: none */
    Text splice;      /* owned */
} TrialChoice;

void trial_text(const FlowDifference *difference, const TrialChoice *choice, Text *out);

/* Can the clause be put in the place of the other, or the other way, without touching
 * any other change of the block? Both have a place of their own in the file. */
bool can_splice(const FlowDifference *difference, const FlowChange *change);
/* The first flow's block with that one clause of the second. */
void splice_one(const FlowDifference *difference, const FlowChange *change, Text *out);
/* The second flow's block with the clauses of `apart` (by change) as in the first. */
void splice_rest(const FlowDifference *difference, uint32_t block, const bool *apart,
                 Text *out);
