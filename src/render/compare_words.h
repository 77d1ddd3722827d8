/* The words of a comparison: changes, lateness, and the whole of it as text. */
#pragma once

#include "base/text.h"
#include "replay/compare.h"

/* What the words are made from; outlives the CompareWords made of it. */
typedef struct CompareTelling {
    const FlowDifference *difference; /* borrowed */
    Moment as_of;
} CompareTelling;

CompareWords compare_words(CompareTelling *telling);

/* "follows the policy", "late only", "breaks a rule", "cannot be judged" */
const char *compare_outcome(CaseOutcome outcome);

/* All that is known without the cases' own pages. */
void compare_text(const Comparison *comparison, Text *out);
