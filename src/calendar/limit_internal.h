/* What limit.c and limit_explain.c share, so that the working shown cannot
 * drift from the due moment computed. */
#pragma once

#include "calendar/limit.h"

/* The day that counting starts from: day zero, or the day it is deemed to be. */
typedef struct LimitStart {
    Day day;
    const char *deemed; /* why it is not the anchor's own day, or NULL */
} LimitStart;

/* `after_cut_off` says to take an anchor with only a date as after the cut-off. */
bool limit_start(const LimitRule *rule, const Calendar *calendar, Zone zone,
                 const LimitAnchor *anchor, bool after_cut_off, LimitStart *out, Error *err);

/* For hours: the instant that counting starts from, an anchor with only a date
 * taken as the start of that day or, when `latest`, its end. */
bool limit_start_of_hours(const LimitRule *rule, const Calendar *calendar, Zone zone,
                          const LimitAnchor *anchor, bool latest, Instant *out, Error *err);

/* Whole days that a pause adds to a limit in this unit. */
int32_t limit_paused_days(const LimitRule *rule, const LimitPaused *paused);

bool unit_is_hours(Unit unit);

/* hours.c: opening time of a working day; false when nothing is open. */
bool hours_open(const Calendar *calendar, Zone zone, Day day, Instant *from, Instant *to);
/* `ms` of opening time after `from`, or before it when negative. */
bool hours_add(const Calendar *calendar, Zone zone, Instant from, int64_t ms, Instant *out,
               Error *err);
/* The instant of a wall clock time; one that the clock change skips is an hour
 * later, 24:00 is the start of the next day. */
Instant instant_of_minute(Zone zone, Day day, int minute);
