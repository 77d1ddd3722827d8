#include "calendar/limit.h"

#include "base/limits.h"
#include "calendar/limit_internal.h"

#define MONTHS_IN_A_YEAR 12
#define DAYS_IN_A_WEEK   7

/* ---- where counting starts --------------------------------------------- */

bool unit_is_hours(Unit unit)
{
    return unit == UNIT_HOURS || unit == UNIT_WORKING_HOURS;
}

static bool needs_calendar(const LimitRule *rule)
{
    return rule->duration.unit == UNIT_WORKING_DAYS ||
           rule->duration.unit == UNIT_WORKING_HOURS || rule->roll != ROLL_NONE ||
           rule->count_from_next;
}

/* The cut-off bears on limits in working days only (ruling 30). */
static bool has_cut_off(const LimitRule *rule, const Calendar *calendar)
{
    return rule->duration.unit == UNIT_WORKING_DAYS && calendar_cut_off(calendar) >= 0;
}

static bool is_after_cut_off(const Calendar *calendar, Zone zone, const LimitAnchor *anchor)
{
    return anchor->at >= instant_of_minute(zone, anchor->day, calendar_cut_off(calendar));
}

bool limit_start(const LimitRule *rule, const Calendar *calendar, Zone zone,
                 const LimitAnchor *anchor, bool after_cut_off, LimitStart *out, Error *err)
{
    *out = (LimitStart){.day = anchor->day};
    if (!needs_calendar(rule))
        return true;
    if (!rule->before && has_cut_off(rule, calendar) &&
        (anchor->date_only ? after_cut_off : is_after_cut_off(calendar, zone, anchor))) {
        out->deemed = "at or after the cut-off";
        return calendar_add(calendar, anchor->day, 1, &out->day, err);
    }
    if (!rule->count_from_next)
        return true;
    if (!calendar_add(calendar, anchor->day, 0, &out->day, err))
        return false;
    if (out->day != anchor->day)
        out->deemed = calendar_skip_reason(calendar, anchor->day);
    return true;
}

bool limit_start_of_hours(const LimitRule *rule, const Calendar *calendar, Zone zone,
                          const LimitAnchor *anchor, bool latest, Instant *out, Error *err)
{
    LimitStart start;
    if (!limit_start(rule, calendar, zone, anchor, false, &start, err))
        return false;
    if (start.deemed)
        *out = day_start(zone, start.day);
    else if (anchor->date_only)
        *out = day_start(zone, latest ? anchor->day + 1 : anchor->day);
    else
        *out = anchor->at;
    return true;
}

int32_t limit_paused_days(const LimitRule *rule, const LimitPaused *paused)
{
    if (!paused || rule->before)
        return 0;
    return rule->duration.unit == UNIT_WORKING_DAYS ? paused->whole_working_days
                                                    : paused->whole_days;
}

/* ---- days -------------------------------------------------------------- */

static bool in_range(int64_t day, Day *out, Error *err)
{
    if (day < INT32_MIN || day > INT32_MAX || !day_is_valid((Day)day))
        return error_kind(err, ERROR_LIMIT, "the limit would end outside the years %d to %d",
                          LIMIT_YEAR_FIRST, LIMIT_YEAR_LAST);
    *out = (Day)day;
    return true;
}

static bool add_months(Day day, int64_t months, Day *out, bool *clipped, Error *err)
{
    Civil civil = day_to_civil(day);
    int64_t year = civil.year + (civil.month - 1 + months) / MONTHS_IN_A_YEAR;
    /* Division rounds towards nought, so counting back may give a year too many. */
    if (year <= LIMIT_YEAR_FIRST || year > LIMIT_YEAR_LAST)
        return in_range(INT64_MAX, out, err);
    *out = day_add_months(day, (int)months, clipped);
    return true;
}

/* Working days back from a date; "0 working days before" a day that is off is
 * the working day before it. */
static bool working_days_before(const Calendar *calendar, Day day, int32_t n, Day *out,
                                Error *err)
{
    if (!calendar_check_covers(calendar, day, err))
        return false;
    if (n == 0 && !calendar_is_working(calendar, day))
        n = 1;
    return calendar_add(calendar, day, -n, out, err);
}

/* `times` the duration from `day`, without pauses or rolling. */
static bool add_duration(const LimitRule *rule, const Calendar *calendar, Day day,
                         int64_t times, Day *out, bool *clipped, Error *err)
{
    int64_t amount = rule->duration.amount * times * (rule->before ? -1 : 1);
    int64_t clear = rule->clear ? -1 : 0;
    switch (rule->duration.unit) {
    case UNIT_WORKING_DAYS:
        if (amount < -LIMIT_DURATION_DAYS || amount > LIMIT_DURATION_DAYS)
            return in_range(INT64_MAX, out, err);
        if (rule->before)
            return working_days_before(calendar, day, (int32_t)(-amount - clear), out, err);
        return calendar_add(calendar, day, (int32_t)amount, out, err);
    case UNIT_WEEKS:
        return in_range(day + amount * DAYS_IN_A_WEEK + clear, out, err);
    case UNIT_MONTHS:
    case UNIT_YEARS:
        if (rule->duration.unit == UNIT_YEARS)
            amount *= MONTHS_IN_A_YEAR;
        return add_months(day, amount, out, clipped, err) && in_range(*out + clear, out, err);
    case UNIT_CALENDAR_DAYS:
    case UNIT_SAME_DAY:
        return in_range(day + amount + clear, out, err);
    case UNIT_HOURS:
    case UNIT_WORKING_HOURS:
    case UNIT_IMMEDIATELY:
        break;
    }
    return error_set(err, "hours cannot be counted in days");
}

static bool add_pauses(const LimitRule *rule, const Calendar *calendar,
                       const LimitPaused *paused, Day *day, Error *err)
{
    int32_t days = limit_paused_days(rule, paused);
    if (days == 0)
        return true;
    if (rule->duration.unit == UNIT_WORKING_DAYS)
        return calendar_add(calendar, *day, days, day, err);
    return in_range((int64_t)*day + days, day, err);
}

static bool roll_day(const LimitRule *rule, const Calendar *calendar, Day *day, Error *err)
{
    if (rule->roll == ROLL_NONE)
        return true;
    if (!calendar_check_covers(calendar, *day, err))
        return false;
    if (calendar_is_working(calendar, *day))
        return true;
    return calendar_add(calendar, *day, rule->roll == ROLL_NEXT ? 1 : -1, day, err);
}

static bool day_from_start(const LimitRule *rule, const Calendar *calendar, Day start,
                           const LimitPaused *paused, Day *day, bool *clipped, Error *err)
{
    return add_duration(rule, calendar, start, 1, day, clipped, err) &&
           add_pauses(rule, calendar, paused, day, err) && roll_day(rule, calendar, day, err);
}

static Moment end_of_day(const LimitRule *rule, const Calendar *calendar, Zone zone, Day day)
{
    Instant at = calendar && has_cut_off(rule, calendar)
                     ? instant_of_minute(zone, day, calendar_cut_off(calendar))
                     : day_start(zone, day + 1);
    return moment_at(at, RANK_DAY_LIMIT);
}

static bool due_in_days(const LimitRule *rule, const Calendar *calendar, Zone zone,
                        const LimitAnchor *anchor, const LimitPaused *paused, LimitDue *out,
                        Error *err)
{
    LimitStart start;
    if (!limit_start(rule, calendar, zone, anchor, false, &start, err) ||
        !day_from_start(rule, calendar, start.day, paused, &out->day, &out->clipped, err))
        return false;
    out->is_day_limit = true;
    out->due = end_of_day(rule, calendar, zone, out->day);
    out->due_latest = out->due;
    if (!anchor->date_only || !calendar || !has_cut_off(rule, calendar))
        return true;
    Day latest;
    bool clipped;
    if (!limit_start(rule, calendar, zone, anchor, true, &start, err) ||
        !day_from_start(rule, calendar, start.day, paused, &latest, &clipped, err))
        return false;
    out->due_latest = end_of_day(rule, calendar, zone, latest);
    return true;
}

/* ---- hours ------------------------------------------------------------- */

static int64_t hours_to_add(const LimitRule *rule, const LimitPaused *paused)
{
    int64_t ms = rule->duration.amount * HOUR_MS;
    if (rule->before)
        return -ms;
    if (!paused)
        return ms;
    return ms + (rule->duration.unit == UNIT_HOURS ? paused->elapsed_ms : paused->working_ms);
}

static bool add_hours(const LimitRule *rule, const Calendar *calendar, Zone zone, Instant start,
                      int64_t ms, Instant *out, Error *err)
{
    if (rule->duration.unit == UNIT_WORKING_HOURS && ms == 0 && rule->before) {
        *out = start;
        return true;
    }
    if (rule->duration.unit == UNIT_WORKING_HOURS)
        return hours_add(calendar, zone, start, ms, out, err);
    *out = start + ms;
    Day day;
    int64_t about = *out / DAY_MS;
    return in_range(about - 1, &day, err) && in_range(about + 1, &day, err);
}

/* Hours that end on a day off become the end of the day they roll to (ruling 31). */
static bool moment_of_hours(const LimitRule *rule, const Calendar *calendar, Zone zone,
                            Instant at, Moment *out, Error *err)
{
    Day day = day_of_instant(zone, at), rolled = day;
    if (!roll_day(rule, calendar, &rolled, err))
        return false;
    *out = rolled == day ? moment_at(at, RANK_HOUR_LIMIT)
                         : moment_at(day_start(zone, rolled + 1), RANK_DAY_LIMIT);
    return true;
}

static bool due_in_hours(const LimitRule *rule, const Calendar *calendar, Zone zone,
                         const LimitAnchor *anchor, const LimitPaused *paused, LimitDue *out,
                         Error *err)
{
    int64_t ms = hours_to_add(rule, paused);
    Moment dues[2];
    for (int latest = 0; latest < 2; latest++) {
        Instant at;
        if (!limit_start_of_hours(rule, calendar, zone, anchor, latest == 1, &at, err) ||
            !add_hours(rule, calendar, zone, at, ms, &at, err) ||
            !moment_of_hours(rule, calendar, zone, at, &dues[latest], err))
            return false;
        if (!anchor->date_only) {
            dues[1] = dues[0];
            break;
        }
    }
    out->due = dues[0];
    out->due_latest = dues[1];
    out->day = moment_day(zone, out->due);
    out->is_day_limit = moment_rank(out->due) == RANK_DAY_LIMIT;
    return true;
}

/* ---- the answer -------------------------------------------------------- */

static bool rule_is_possible(const LimitRule *rule, const Calendar *calendar,
                             const LimitAnchor *anchor, Error *err)
{
    Day day;
    if (!duration_check(rule->duration, err) || !in_range(anchor->day, &day, err))
        return false;
    if (!calendar && needs_calendar(rule))
        return error_set(err, "this limit needs a calendar, and none is named");
    if (rule->clear && (!rule->before || unit_is_hours(rule->duration.unit)))
        return error_set(err, "only days before a date can be clear days");
    return true;
}

/* None when it would be before the day the limit runs from. */
static Day practical_day(const LimitRule *rule, const Calendar *calendar, Day from, Day day)
{
    Day before = DAY_NONE;
    Error ignored;
    if (!calendar || !calendar_covers(calendar, day) || calendar_is_working(calendar, day) ||
        !calendar_add(calendar, day, -1, &before, &ignored))
        return DAY_NONE;
    return before >= from || rule->before ? before : DAY_NONE;
}

bool limit_due(const LimitRule *rule, const Calendar *calendar, Zone zone,
               const LimitAnchor *anchor, const LimitPaused *paused, LimitDue *out, Error *err)
{
    *out = (LimitDue){.due = MOMENT_NEVER,
                      .due_latest = MOMENT_NEVER,
                      .day = DAY_NONE,
                      .practical = DAY_NONE};
    if (rule->duration.unit == UNIT_IMMEDIATELY)
        return true;
    if (!rule_is_possible(rule, calendar, anchor, err))
        return false;
    bool in_hours = unit_is_hours(rule->duration.unit);
    if (in_hours ? !due_in_hours(rule, calendar, zone, anchor, paused, out, err)
                 : !due_in_days(rule, calendar, zone, anchor, paused, out, err))
        return false;
    Day later = out->day > anchor->day ? out->day : anchor->day;
    out->projected = needs_calendar(rule) && calendar_is_projected(calendar, later);
    out->practical = practical_day(rule, calendar, anchor->day, out->day);
    return true;
}

bool limit_is_plain(const LimitRule *rule, const Calendar *calendar)
{
    Error ignored;
    return calendar && rule->duration.unit == UNIT_WORKING_DAYS && rule->roll == ROLL_NONE &&
           !rule->count_from_next && !rule->before && !rule->clear &&
           !has_cut_off(rule, calendar) && duration_check(rule->duration, &ignored);
}

bool limit_due_plainly(int32_t working_days, const Calendar *calendar, Zone zone, Day from,
                       Moment *due)
{
    Day day;
    Error ignored;
    if (!calendar_add(calendar, from, working_days, &day, &ignored))
        return false;
    *due = moment_at(day_start(zone, day + 1), RANK_DAY_LIMIT);
    return true;
}

bool grid_day(Duration every, const Calendar *calendar, Day from, int32_t k, Day *out,
              Error *err)
{
    LimitRule rule = {.duration = every};
    LimitAnchor anchor = {.day = from, .date_only = true};
    bool clipped;
    if (every.unit == UNIT_SAME_DAY || every.unit == UNIT_IMMEDIATELY ||
        unit_is_hours(every.unit) || every.amount < 1 || k < 1)
        return error_set(err, "what recurs needs a number of days, weeks, months or years");
    return rule_is_possible(&rule, calendar, &anchor, err) &&
           add_duration(&rule, calendar, from, k, out, &clipped, err);
}
