/* From an anchor, an amount and a calendar to a due moment, and the working
 * that shows how. The rules are D1 to D15 of calendar.md as language.md
 * (meaning 10) and rulings 30 to 33 settle them. Pure: no clock. */
#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "base/error.h"
#include "base/text.h"
#include "calendar/calendar.h"
#include "calendar/zone.h"

typedef enum Unit {
    UNIT_WORKING_DAYS,
    UNIT_CALENDAR_DAYS,
    UNIT_HOURS,         /* elapsed */
    UNIT_WORKING_HOURS, /* inside the calendar's hours */
    UNIT_WEEKS,
    UNIT_MONTHS,
    UNIT_YEARS,
    UNIT_SAME_DAY,   /* amount 0 */
    UNIT_IMMEDIATELY /* no due moment */
} Unit;

typedef struct Duration {
    int32_t amount;
    Unit unit;
} Duration;

typedef enum Roll { ROLL_NONE, ROLL_NEXT, ROLL_PREVIOUS } Roll;

typedef struct LimitRule {
    Duration duration;
    Roll roll;            /* or the next / previous working day */
    bool count_from_next; /* counting from the next working day */
    bool before;          /* at least D before a date; such a limit cannot be paused */
    bool clear;           /* both ends excluded; days, weeks … before a date only */
} LimitRule;

/* What a limit is counted from. */
typedef struct LimitAnchor {
    Instant at;     /* when it happened; the start of `day` when date_only */
    Day day;        /* the local date it counts as (ruling 10) */
    bool date_only; /* only the date is known */
} LimitAnchor;

/* What pauses did so far. */
typedef struct LimitPaused {
    int32_t whole_days;         /* local days wholly paused */
    int32_t whole_working_days; /* those of them that work */
    Instant elapsed_ms;         /* paused time, for hours */
    Instant working_ms;         /* paused time inside working hours */
} LimitPaused;

typedef struct LimitDue {
    Moment due;        /* day limits: the end of `day`, or the cut-off on it, with
                          RANK_DAY_LIMIT; hours: the instant with RANK_HOUR_LIMIT;
                          MOMENT_NEVER for immediately */
    Moment due_latest; /* the same but where a date-only anchor leaves it open (hours, and
                          working days where the calendar has a cut-off) */
    Day day;           /* the local date of `due`; DAY_NONE for immediately */
    bool is_day_limit, clipped, projected;
    Day practical; /* last working day on or before it, when `day` is not working and
                      that is not before the anchor; else DAY_NONE (D6) */
} LimitDue;

/* `calendar` may be NULL where the unit needs none and nothing rolls. `paused`
 * may be NULL. False outside the calendar or on overflow. */
bool limit_due(const LimitRule *rule, const Calendar *calendar, Zone zone,
               const LimitAnchor *anchor, const LimitPaused *paused, LimitDue *out, Error *err);

/* Most limits are plain: N working days after an anchor that is known to the
 * moment, with nothing that moves either end and no cut-off. For them
 * limit_due_plainly gives what limit_due does (due and due_latest in one), by
 * look-up alone; `from` is anchor.day. False where the calendar does not reach:
 * limit_due says why. */
bool limit_is_plain(const LimitRule *rule, const Calendar *calendar);
bool limit_due_plainly(int32_t working_days, const Calendar *calendar, Zone zone, Day from,
                       Moment *due);

/* Adds the stretch [from, to) to `paused`: whole local days, working days,
 * elapsed and working time. `calendar` may be NULL. A day paused in two
 * stretches that leave no gap must be given as one stretch to count as whole. */
bool limit_add_pause(LimitPaused *paused, const Calendar *calendar, Zone zone, Instant from,
                     Instant to, Error *err);

/* Where the open occurrence number k (from 1) of "every D from X" stands: X + k D,
 * always computed from X (D10). */
bool grid_day(Duration every, const Calendar *calendar, Day from, int32_t k, Day *out,
              Error *err);

/* One day of the working, in order. */
typedef enum StepKind {
    STEP_ANCHOR,  /* day zero, never counted */
    STEP_DEEMED,  /* counting starts here instead; reason: cut-off, or not a working day */
    STEP_PAUSED,  /* number: whole days (for hours: minutes) paused, which are added */
    STEP_COUNTED, /* number: which day, week, month, year; working hours: minutes counted
                     on this day */
    STEP_SKIPPED, /* reason tells why */
    STEP_ROLLED,  /* the limit would have ended here; reason: why it does not */
    STEP_DUE
} StepKind;

typedef struct LimitStep {
    StepKind kind;
    Day day;
    int32_t number;
    Instant at;         /* of hours, where the step is a moment of that day; else MOMENT_NONE */
    const char *reason; /* borrowed; may be NULL */
    bool projected;
} LimitStep;

typedef void (*LimitVisit)(void *context, const LimitStep *step);

/* Calls `visit` for day zero, for everything counted (weeks, months and years
 * one by one, not their days), every day skipped, and the due date. Working hours
 * are shown from the earliest start that a date-only anchor allows, as `due` is. */
bool limit_explain(const LimitRule *rule, const Calendar *calendar, Zone zone,
                   const LimitAnchor *anchor, const LimitPaused *paused, LimitVisit visit,
                   void *context, LimitDue *out, Error *err);

/* Not negative and not beyond LIMIT_DURATION_DAYS in its own unit. */
bool duration_check(Duration duration, Error *err);
int32_t duration_most(Unit unit);

/* "3 working days", "1 month", "same day". */
void duration_format(Duration duration, Text *out);
/* Reads the same; a bare "3 days" is refused with both readings. */
bool duration_parse(const char *text, Duration *out, Error *err);
