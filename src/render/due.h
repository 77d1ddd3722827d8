/* The answer of `casewright due`: the due date and the working that leads to it,
 * day by day. */
#pragma once

#include <stdbool.h>

#include "base/error.h"
#include "base/text.h"
#include "calendar/limit.h"

typedef struct DueQuestion {
    LimitRule rule;
    LimitAnchor anchor;
    Zone zone;
    const Calendar *calendar;   /* borrowed; NULL: none */
    const char *calendar_label; /* borrowed; NULL with none */
} DueQuestion;

/* A start as typed: a date, or a date and time. */
bool due_anchor(Zone zone, const char *text, LimitAnchor *anchor, Error *err);

bool due_text(const DueQuestion *question, Text *out, Error *err);
bool due_json(const DueQuestion *question, Text *out, Error *err);

/* 2024-04-02, for hours 2024-04-01T23:00+01:00, or "immediately". */
void due_short(Zone zone, const LimitDue *due, char out[TIME_TEXT_MAX]);
