/* The limit of a piece of work as it runs in a case: the rule that applies, what
 * it is counted from, and both in words. */
#pragma once

#include <stdbool.h>

#include "base/text.h"
#include "calendar/limit.h"
#include "render/view.h"

typedef struct RunningLimit {
    LimitRule rule;
    LimitAnchor anchor;
    LimitPaused paused;
    AnchorInfo from; /* what the flow counts from; of a review: its cadence */
    bool after_last; /* a review counted from its last occurrence, or its opening */
    bool has_last;
    uint32_t state, track; /* where the work stands; state may be NO_INDEX */
} RunningLimit;

/* False when there is nothing to count: no limit, not started, immediately, or a
 * review in step with another. */
bool running_limit(const CaseView *view, uint32_t work, RunningLimit *limit);

/* "3 working days from "Review in the overview workflow"" */
void running_limit_words(const CaseView *view, const RunningLimit *limit, Text *out);
