/* A named calendar: which days work, which hours, and why a day does not
 * count. Built from rules (as a flow file declares them) into one table per
 * day, so that counting N working days is two look-ups. Outside the years it
 * covers every question is an error, never "no holidays". */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/error.h"
#include "calendar/day.h"

/* One line of a calendar declaration. */
typedef enum RuleKind {
    RULE_FIXED,       /* except 25 December "…"            month, day            */
    RULE_NTH_WEEKDAY, /* except the first Monday in May    nth, weekday, month   */
    RULE_EASTER,      /* except 2 days before easter       offset in days        */
    RULE_DATE,        /* except 19 September 2022 "…"      date                  */
    RULE_MOVED,       /* except 8 May 2020 instead of 4 May 2020   date, instead */
    RULE_WORKING      /* working 24 December 2022          date: an extra working day */
} RuleKind;

typedef struct CalendarRule {
    RuleKind kind;
    int month, day, weekday, nth; /* nth -1 is the last */
    int offset;
    Day date, instead;
    bool or_next_working;      /* on a non-working day the next free working day stands in */
    int from_year, until_year; /* 0 for no bound; both inclusive */
    const char *name;          /* borrowed while building, copied then; may be NULL */
} CalendarRule;

typedef struct WorkingHours {
    int from, to; /* minutes since midnight; from == to: no work that weekday */
} WorkingHours;

typedef struct CalendarSpec {
    const char *name, *label;
    bool working_days[7];  /* 0 is Monday. None: those of `plus`, which must agree, and the
                              hours with them */
    WorkingHours hours[7]; /* from < to makes it a working day too */
    bool has_hours;        /* false: days work, no hours were declared */
    int cut_off;           /* minutes since midnight; -1 for none: that of `plus` */
    const CalendarRule *rules;
    size_t rule_count;
    int first_year, last_year; /* 0: the years that all of `plus` cover */
    int published_year;        /* later dates are projected; 0: last_year; never later than
                                  that of any `plus` */
    const struct Calendar *const *plus; /* days off there are off here too */
    size_t plus_count;
    const struct Calendar *const *minus; /* holidays (not weekends) there work here */
    size_t minus_count;
} CalendarSpec;

/* The order in which the lines bear on a day: weekdays, `plus`, `minus`, the
 * calendar's own `except`, what `instead of` frees, `working DATE`. Of holidays
 * with `or the next working day`, those on a working day keep it, then the
 * displaced ones take the next free days in the order of their dates, so that
 * two on one weekend give two separate days. */

typedef struct Calendar Calendar;

/* The caller frees with calendar_free. False with a sentence when the years are
 * out of range or a rule names an impossible day. */
Calendar *calendar_new(const CalendarSpec *spec, Error *err); /* NULL on error */
void calendar_free(Calendar *calendar);

const char *calendar_name(const Calendar *calendar);
int calendar_cut_off(const Calendar *calendar);
bool calendar_has_hours(const Calendar *calendar);
WorkingHours calendar_hours(const Calendar *calendar, int weekday);
/* From == to when it does not work; a working day for which no hours were said
 * (an extra one) has those of the first weekday that has any. `day` must be covered. */
WorkingHours calendar_hours_on(const Calendar *calendar, Day day);
Day calendar_first_day(const Calendar *calendar);
Day calendar_last_day(const Calendar *calendar);
bool calendar_covers(const Calendar *calendar, Day day);
/* The same, saying when the calendar begins or ends (ERROR_LIMIT). */
bool calendar_check_covers(const Calendar *calendar, Day day, Error *err);
bool calendar_is_projected(const Calendar *calendar, Day day);

/* Fills the tables that counting looks up, which otherwise wait for whoever first
 * counts, so that a command which only reads a flow never pays for them. From then
 * on nothing in the calendar is written, and threads may share it: call this before
 * the first of them starts. Calling it again does nothing; `calendar` may be NULL. */
void calendar_prepare(const Calendar *calendar);

/* `day` must be covered. */
bool calendar_is_working(const Calendar *calendar, Day day);
/* Why it does not count: "Saturday", "Good Friday"; NULL when it works. */
const char *calendar_skip_reason(const Calendar *calendar, Day day);

/* The n-th working day strictly after `day`, or before it for negative n; for
 * n = 0 that day if it works, else the next one. False, with "the calendar
 * 'x' ends on …", outside the covered years. */
bool calendar_add(const Calendar *calendar, Day day, int32_t n, Day *out, Error *err);
/* Working days in (after, upto]; both must be covered; 0 when upto <= after. */
int32_t calendar_count(const Calendar *calendar, Day after, Day upto);
