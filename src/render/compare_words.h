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

/* When something was done that was due then: to the day where the day decides. */
void compare_done(Zone zone, Moment due, Moment done, Text *out);

/* All of it; `first` tells of the log and may be NULL. */
void compare_text(const Comparison *comparison, const Result *first, Text *out);
