/* The working of one limit, a line for each date: counted, skipped and why. */
#pragma once

#include <stdbool.h>

#include "base/error.h"
#include "base/json.h"
#include "base/text.h"
#include "calendar/limit.h"

typedef struct Working {
    const LimitRule *rule;
    const Calendar *calendar; /* may be NULL */
    Zone zone;
    const LimitAnchor *anchor;
    const LimitPaused *paused; /* may be NULL */
    size_t indent;             /* of each line of text */
} Working;

bool working_text(const Working *working, Text *out, LimitDue *due, Error *err);
/* An array "days". */
bool working_json(const Working *working, Json *json, LimitDue *due, Error *err);
