/* The working behind a due moment, day by day, as one would do it on a wall
 * calendar. It takes start and end from the same functions as limit_due and only
 * fills in what lies between. */
#include "calendar/limit_internal.h"

typedef struct Explain {
    const LimitRule *rule;
    const Calendar *calendar;
    Zone zone;
    LimitVisit visit;
    void *context;
} Explain;

static void show_step(const Explain *explain, LimitStep step)
{
    const Calendar *calendar = explain->calendar;
    step.projected = calendar && calendar_covers(calendar, step.day) &&
                     calendar_is_projected(calendar, step.day);
    explain->visit(explain->context, &step);
}

static void show(const Explain *explain, StepKind kind, Day day, int32_t number,
                 const char *reason)
{
    show_step(explain, (LimitStep){kind, day, number, MOMENT_NONE, reason, false});
}

/* Elapsed hours that do not end at the hour one would count to on a clock. */
static const char *clock_change(const Explain *explain, Instant from, Instant to)
{
    if (explain->rule->duration.unit != UNIT_HOURS)
        return NULL;
    int before = zone_offset_minutes(explain->zone, from);
    int after = zone_offset_minutes(explain->zone, to);
    return before < after   ? "the clocks go forward in between"
           : before > after ? "the clocks go back in between"
                            : NULL;
}

/* Day zero. Of hours also the moment, which a date alone does not say. */
static void show_anchor(const Explain *explain, const LimitAnchor *anchor)
{
    bool timed = unit_is_hours(explain->rule->duration.unit) && !anchor->date_only;
    show_step(explain, (LimitStep){.kind = STEP_ANCHOR, .day = anchor->day,
                                   .at = timed ? anchor->at : MOMENT_NONE});
}

static void show_due(const Explain *explain, const LimitAnchor *anchor, const LimitDue *due)
{
    LimitStep step = {.kind = STEP_DUE, .day = due->day, .at = MOMENT_NONE};
    if (!due->is_day_limit) {
        step.at = moment_instant(due->due);
        step.reason = clock_change(explain, anchor->at, step.at);
    }
    show_step(explain, step);
}

/* Each date after `from` up to `to`, in either direction, `count` of them counted. */
static void show_days(const Explain *explain, Day from, Day to, int32_t count)
{
    bool working_only = explain->rule->duration.unit == UNIT_WORKING_DAYS;
    int step = to < from ? -1 : 1;
    int32_t number = 0;
    for (Day day = from; day != to;) {
        day += step;
        const char *reason = working_only ? calendar_skip_reason(explain->calendar, day) : NULL;
        if (reason)
            show(explain, STEP_SKIPPED, day, 0, reason);
        else if (number < count)
            show(explain, STEP_COUNTED, day, ++number, NULL);
    }
}

/* The date that ends each week, month or year. */
static bool show_periods(const Explain *explain, Day from, Error *err)
{
    LimitRule one = {.duration = explain->rule->duration, .before = explain->rule->before};
    LimitAnchor anchor = {.day = from, .date_only = true};
    LimitDue due;
    for (int32_t number = 1; number <= explain->rule->duration.amount; number++) {
        one.duration.amount = number;
        if (!limit_due(&one, NULL, explain->zone, &anchor, NULL, &due, err))
            return false;
        show(explain, STEP_COUNTED, due.day, number, NULL);
    }
    return true;
}

static bool explain_days(const Explain *explain, const LimitAnchor *anchor,
                         const LimitPaused *paused, Day end, Error *err)
{
    LimitStart start;
    const LimitRule *rule = explain->rule;
    if (!limit_start(rule, explain->calendar, explain->zone, anchor, false, &start, err))
        return false;
    int32_t pause = limit_paused_days(rule, paused);
    if (start.deemed)
        show(explain, STEP_DEEMED, start.day, 0, start.deemed);
    if (pause > 0)
        show(explain, STEP_PAUSED, start.day, pause, NULL);
    Unit unit = rule->duration.unit;
    if (unit == UNIT_WEEKS || unit == UNIT_MONTHS || unit == UNIT_YEARS)
        return show_periods(explain, start.day, err);
    show_days(explain, start.day, end, rule->duration.amount + pause);
    return true;
}

/* Minutes counted on each day between two instants in either order. */
static void show_working_hours(const Explain *explain, Instant from, Instant to)
{
    Instant first = from < to ? from : to, last = from < to ? to : from;
    Day day = day_of_instant(explain->zone, from), end = day_of_instant(explain->zone, to);
    int step = end < day ? -1 : 1;
    for (;; day += step) {
        const char *reason = calendar_skip_reason(explain->calendar, day);
        Instant open, close;
        if (reason) {
            show(explain, STEP_SKIPPED, day, 0, reason);
        } else if (hours_open(explain->calendar, explain->zone, day, &open, &close)) {
            Instant start = first > open ? first : open, stop = last < close ? last : close;
            if (stop > start)
                show(explain, STEP_COUNTED, day, (int32_t)((stop - start) / MINUTE_MS), NULL);
            else
                show(explain, STEP_SKIPPED, day, 0, "outside working hours");
        }
        if (day == end)
            return;
    }
}

static bool explain_hours(const Explain *explain, const LimitAnchor *anchor,
                          const LimitPaused *paused, Moment end, Error *err)
{
    LimitStart start;
    Instant from;
    const LimitRule *rule = explain->rule;
    bool working_only = rule->duration.unit == UNIT_WORKING_HOURS;
    if (!limit_start(rule, explain->calendar, explain->zone, anchor, false, &start, err) ||
        !limit_start_of_hours(rule, explain->calendar, explain->zone, anchor, false, &from,
                              err))
        return false;
    if (start.deemed)
        show(explain, STEP_DEEMED, start.day, 0, start.deemed);
    Instant pause = !paused || rule->before ? 0
                    : working_only          ? paused->working_ms
                                            : paused->elapsed_ms;
    if (pause > 0)
        show(explain, STEP_PAUSED, start.day, (int32_t)(pause / MINUTE_MS), NULL);
    if (working_only)
        show_working_hours(explain, from, moment_instant(end));
    return true;
}

/* From the date the limit would have ended on to the date it rolls to. */
static void show_roll(const Explain *explain, Day plain, Day rolled)
{
    if (plain == rolled)
        return;
    int step = rolled < plain ? -1 : 1;
    show(explain, STEP_ROLLED, plain, 0, calendar_skip_reason(explain->calendar, plain));
    for (Day day = plain + step; day != rolled; day += step)
        show(explain, STEP_SKIPPED, day, 0, calendar_skip_reason(explain->calendar, day));
}

bool limit_explain(const LimitRule *rule, const Calendar *calendar, Zone zone,
                   const LimitAnchor *anchor, const LimitPaused *paused, LimitVisit visit,
                   void *context, LimitDue *out, Error *err)
{
    Explain explain = {rule, calendar, zone, visit, context};
    LimitRule unrolled = *rule;
    LimitDue plain;
    unrolled.roll = ROLL_NONE;
    if (!limit_due(rule, calendar, zone, anchor, paused, out, err))
        return false;
    show_anchor(&explain, anchor);
    if (rule->duration.unit == UNIT_IMMEDIATELY)
        return true;
    if (!limit_due(&unrolled, calendar, zone, anchor, paused, &plain, err))
        return false;
    bool explained = unit_is_hours(rule->duration.unit)
                         ? explain_hours(&explain, anchor, paused, plain.due, err)
                         : explain_days(&explain, anchor, paused, plain.day, err);
    if (!explained)
        return false;
    show_roll(&explain, plain.day, out->day);
    show_due(&explain, anchor, out);
    return true;
}
