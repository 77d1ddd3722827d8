/* "late > 5%": what a result must not exceed, for a build that is to stop when a change
 * of the flow or of the data makes things worse. */
#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "base/error.h"
#include "base/text.h"
#include "replay/result.h"

typedef enum ThresholdKind {
    THRESHOLD_LATE,   /* of the duties that fell due, those late or overdue and not accepted */
    THRESHOLD_BROKEN, /* of the cases, those that break a rule */
    THRESHOLD_CANNOT_JUDGE, /* of the cases, those that cannot be judged */
    THRESHOLD_KINDS
} ThresholdKind;

typedef struct Threshold {
    ThresholdKind kind;
    bool at_least;   /* >=, else > */
    bool is_share;   /* of a hundred; else a count */
    uint64_t amount; /* a count, or hundredths of a per cent */
} Threshold;

/* ERROR_USAGE, with examples. */
bool threshold_parse(const char *text, Threshold *threshold, Error *err);
/* True when the result exceeds it; then `out` gets a sentence without a full stop. Of
 * nothing there is no share to exceed. */
bool threshold_is_exceeded(const Threshold *threshold, const Result *result, Text *out);
