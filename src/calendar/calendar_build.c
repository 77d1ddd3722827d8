/* From the lines of a calendar declaration to its tables. */
#include <stdlib.h>
#include <string.h>

#include "base/limits.h"
#include "base/mem.h"
#include "calendar/calendar_internal.h"

#define EARLIEST_EASTER_OFFSET (-80) /* stays within the year of Easter */
#define LATEST_EASTER_OFFSET   250
#define MINUTES_IN_A_DAY       (24 * 60)

/* ---- checking ---------------------------------------------------------- */

static bool is_dated(const CalendarRule *rule)
{
    return rule->kind == RULE_DATE || rule->kind == RULE_MOVED || rule->kind == RULE_WORKING;
}

static bool date_is_covered(const Calendar *calendar, Day day, Error *err)
{
    if (calendar_covers(calendar, day))
        return true;
    char text[DAY_TEXT_MAX];
    day_format_long(day, text);
    return error_set(err, "the calendar '%s' covers %d to %d, but speaks of %s", calendar->name,
                     calendar->first_year, calendar->last_year, text);
}

static bool yearly_is_possible(const Calendar *calendar, const CalendarRule *rule, Error *err)
{
    bool month_possible = rule->month >= 1 && rule->month <= 12;
    bool possible = false;
    if (rule->kind == RULE_EASTER)
        possible =
            rule->offset >= EARLIEST_EASTER_OFFSET && rule->offset <= LATEST_EASTER_OFFSET;
    else if (rule->kind == RULE_FIXED)
        possible = month_possible && rule->day >= 1 &&
                   rule->day <= (rule->month == 2 ? 29 : month_length(2023, rule->month));
    else
        possible = month_possible && rule->weekday >= 0 && rule->weekday < 7 &&
                   (rule->nth == -1 || (rule->nth >= 1 && rule->nth <= 5));
    const char *name = rule->name ? rule->name : "without a name";
    if (!possible)
        return error_set(err, "the calendar '%s' has a holiday '%s' on a day that no year has",
                         calendar->name, name);
    if (rule->from_year && rule->until_year && rule->until_year < rule->from_year)
        return error_set(err, "the calendar '%s' has a holiday '%s' from %d until %d",
                         calendar->name, name, rule->from_year, rule->until_year);
    return true;
}

static bool rules_are_possible(const Calendar *calendar, const CalendarSpec *spec, Error *err)
{
    for (size_t i = 0; i < spec->rule_count; i++) {
        const CalendarRule *rule = &spec->rules[i];
        if (!is_dated(rule)) {
            if (!yearly_is_possible(calendar, rule, err))
                return false;
            continue;
        }
        if (!date_is_covered(calendar, rule->date, err) ||
            (rule->kind == RULE_MOVED && !date_is_covered(calendar, rule->instead, err)))
            return false;
    }
    return true;
}

/* ---- what `plus` hands on ---------------------------------------------- */

static bool have_same_week(const Calendar *one, const Calendar *other)
{
    return one->has_hours == other->has_hours &&
           memcmp(one->works, other->works, sizeof one->works) == 0 &&
           memcmp(one->hours, other->hours, sizeof one->hours) == 0;
}

/* The weekdays and hours of `plus`, for a calendar that names none. */
static bool take_week_of_plus(Calendar *calendar, const CalendarSpec *spec, Error *err)
{
    if (spec->plus_count == 0)
        return error_set(err, "the calendar '%s' does not say which days are working days",
                         calendar->name);
    const Calendar *first = spec->plus[0];
    for (size_t i = 1; i < spec->plus_count; i++)
        if (!have_same_week(first, spec->plus[i]))
            return error_set(err,
                             "the calendar '%s' must say its working days: those of '%s' and "
                             "'%s' differ",
                             calendar->name, first->name, spec->plus[i]->name);
    memcpy(calendar->works, first->works, sizeof calendar->works);
    memcpy(calendar->hours, first->hours, sizeof calendar->hours);
    calendar->has_hours = first->has_hours;
    return true;
}

static bool settle_week(Calendar *calendar, const CalendarSpec *spec, Error *err)
{
    bool says_days = false;
    calendar->has_hours = spec->has_hours;
    for (int weekday = 0; weekday < 7; weekday++) {
        WorkingHours hours = spec->hours[weekday];
        if (hours.from < 0 || hours.to > MINUTES_IN_A_DAY || hours.from > hours.to)
            return error_set(err, "the calendar '%s' closes before it opens on %s",
                             calendar->name, weekday_name(weekday));
        calendar->hours[weekday] = hours;
        calendar->works[weekday] = spec->working_days[weekday] || hours.from < hours.to;
        says_days = says_days || calendar->works[weekday];
    }
    return says_days || take_week_of_plus(calendar, spec, err);
}

static bool settle_cut_off(Calendar *calendar, const CalendarSpec *spec, Error *err)
{
    calendar->cut_off = spec->cut_off;
    if (spec->cut_off >= MINUTES_IN_A_DAY)
        return error_set(err, "the calendar '%s' has a cut-off after the end of the day",
                         calendar->name);
    if (spec->cut_off >= 0 || spec->plus_count == 0)
        return true;
    for (size_t i = 1; i < spec->plus_count; i++)
        if (spec->plus[i]->cut_off != spec->plus[0]->cut_off)
            return error_set(err,
                             "the calendar '%s' must say its cut-off: those of '%s' and '%s' "
                             "differ",
                             calendar->name, spec->plus[0]->name, spec->plus[i]->name);
    calendar->cut_off = spec->plus[0]->cut_off;
    return true;
}

/* The years that all of `plus` cover, for a calendar that names none. */
static void take_years_of_plus(Calendar *calendar, const CalendarSpec *spec)
{
    for (size_t i = 0; i < spec->plus_count; i++) {
        const Calendar *plus = spec->plus[i];
        if (i == 0 || plus->first_year > calendar->first_year)
            calendar->first_year = plus->first_year;
        if (i == 0 || plus->last_year < calendar->last_year)
            calendar->last_year = plus->last_year;
    }
}

/* No further than what it rests on, whatever it says itself. */
static void settle_published(Calendar *calendar, const CalendarSpec *spec)
{
    calendar->published_year =
        spec->published_year ? spec->published_year : calendar->last_year;
    for (size_t i = 0; i < spec->plus_count; i++)
        if (spec->plus[i]->published_year < calendar->published_year)
            calendar->published_year = spec->plus[i]->published_year;
}

static bool other_covers_years(const Calendar *calendar, const Calendar *other, Error *err)
{
    if (other->first_year <= calendar->first_year && other->last_year >= calendar->last_year)
        return true;
    return error_set(err, "the calendar '%s' covers %d to %d, but '%s' only %d to %d",
                     calendar->name, calendar->first_year, calendar->last_year, other->name,
                     other->first_year, other->last_year);
}

static bool settle_years(Calendar *calendar, const CalendarSpec *spec, Error *err)
{
    calendar->first_year = spec->first_year;
    calendar->last_year = spec->last_year;
    if (spec->first_year == 0)
        take_years_of_plus(calendar, spec);
    if (calendar->first_year == 0)
        return error_set(err,
                         "the calendar '%s' does not say which years it covers; write for "
                         "example: covers 1995 to 2035",
                         calendar->name);
    if (calendar->first_year < LIMIT_YEAR_FIRST || calendar->last_year > LIMIT_YEAR_LAST ||
        calendar->last_year < calendar->first_year)
        return error_set(err, "the calendar '%s' cannot cover %d to %d: years go from %d to %d",
                         calendar->name, calendar->first_year, calendar->last_year,
                         LIMIT_YEAR_FIRST, LIMIT_YEAR_LAST);
    settle_published(calendar, spec);
    for (size_t i = 0; i < spec->plus_count; i++)
        if (!other_covers_years(calendar, spec->plus[i], err))
            return false;
    for (size_t i = 0; i < spec->minus_count; i++)
        if (!other_covers_years(calendar, spec->minus[i], err))
            return false;
    return true;
}

/* ---- the table of reasons ---------------------------------------------- */

static int32_t *reason_at(const Calendar *calendar, Day day)
{
    return &calendar->reason[day - calendar->table_start];
}

static bool is_in_table(const Calendar *calendar, Day day)
{
    return day >= calendar->table_start && day <= calendar->last_day;
}

/* Takes `text`. */
static int32_t add_reason(Calendar *calendar, char *text)
{
    calendar->reasons = mem_grow(calendar->reasons, &calendar->reason_capacity,
                                 calendar->reason_count + 1, sizeof *calendar->reasons);
    calendar->reasons[calendar->reason_count] = text;
    return (int32_t)calendar->reason_count++ + REASON_NAMED;
}

static int32_t add_rule_reason(Calendar *calendar, const CalendarRule *rule, const char *more)
{
    const char *name = rule->name ? rule->name : "holiday";
    size_t length = strlen(name);
    char *text = mem_alloc(length + strlen(more) + 1);
    memcpy(text, name, length);
    memcpy(text + length, more, strlen(more) + 1);
    return add_reason(calendar, text);
}

/* The first week again and again; what is filled doubles. */
static void repeat_week(Calendar *calendar)
{
    for (int32_t filled = 7, more; filled < calendar->table_days; filled += more) {
        more = calendar->table_days - filled;
        if (more > filled)
            more = filled;
        memcpy(calendar->reason + filled, calendar->reason,
               (size_t)more * sizeof *calendar->reason);
    }
}

static void lay_out_weekdays(Calendar *calendar)
{
    calendar->first_day = day_from_civil((Civil){calendar->first_year, 1, 1});
    calendar->last_day = day_from_civil((Civil){calendar->last_year, 12, 31});
    calendar->published_upto = day_from_civil((Civil){calendar->published_year, 12, 31});
    calendar->table_start = day_from_civil((Civil){calendar->first_year - 1, 1, 1});
    calendar->table_days = calendar->last_day - calendar->table_start + 1;
    calendar->reason = mem_alloc_raw((size_t)calendar->table_days * sizeof *calendar->reason);
    int weekday = day_weekday(calendar->table_start);
    for (int32_t i = 0; i < 7; i++) {
        calendar->reason[i] =
            calendar->works[weekday] ? REASON_WORKS : REASON_WEEKDAY + weekday;
        weekday = weekday == 6 ? 0 : weekday + 1;
    }
    repeat_week(calendar);
}

static void add_plus(Calendar *calendar, const Calendar *plus)
{
    int32_t shift = (int32_t)calendar->reason_count;
    for (size_t i = 0; i < plus->reason_count; i++)
        add_reason(calendar, mem_strdup(plus->reasons[i]));
    for (Day day = calendar->table_start; day <= calendar->last_day; day++) {
        int32_t theirs = *reason_at(plus, day), *ours = reason_at(calendar, day);
        if (*ours == REASON_WORKS && theirs != REASON_WORKS)
            *ours = theirs < REASON_NAMED ? theirs : theirs + shift;
    }
}

static void take_minus(Calendar *calendar, const Calendar *minus)
{
    for (Day day = calendar->table_start; day <= calendar->last_day; day++) {
        int32_t *ours = reason_at(calendar, day);
        if (*ours >= REASON_NAMED && *reason_at(minus, day) >= REASON_NAMED)
            *ours = REASON_WORKS;
    }
}

/* ---- the calendar's own rules ------------------------------------------ */

/* The day off that a rule gives in `year`; false when it gives none then. */
static bool day_off(const CalendarRule *rule, int year, Day *day)
{
    if ((rule->from_year && year < rule->from_year) ||
        (rule->until_year && year > rule->until_year))
        return false;
    switch (rule->kind) {
    case RULE_FIXED:
        if (rule->day > month_length(year, rule->month))
            return false;
        *day = day_from_civil((Civil){year, rule->month, rule->day});
        return true;
    case RULE_NTH_WEEKDAY:
        *day = nth_weekday(year, rule->month, rule->weekday, rule->nth);
        return *day != DAY_NONE;
    case RULE_EASTER:
        *day = easter_sunday(year) + rule->offset;
        return true;
    case RULE_DATE:
    case RULE_MOVED:
        *day = rule->date;
        return day_to_civil(rule->date).year == year;
    case RULE_WORKING:
        break;
    }
    return false;
}

typedef struct Displaced {
    Day day;
    const CalendarRule *rule;
} Displaced;

/* Puts the rules with or without `or the next working day` on their days of
 * `year`; those with it whose day is taken come into `displaced`, by date. */
static size_t place_rules(Calendar *calendar, const CalendarSpec *spec, const int32_t *reasons,
                          int year, bool rolling, Displaced *displaced)
{
    size_t count = 0;
    for (size_t i = 0; i < spec->rule_count; i++) {
        const CalendarRule *rule = &spec->rules[i];
        Day day;
        if (rule->or_next_working != rolling || !day_off(rule, year, &day))
            continue;
        if (*reason_at(calendar, day) == REASON_WORKS) {
            *reason_at(calendar, day) = reasons[i];
        } else if (rolling) {
            size_t at = count++;
            for (; at > 0 && displaced[at - 1].day > day; at--)
                displaced[at] = displaced[at - 1];
            displaced[at] = (Displaced){day, rule};
        }
    }
    return count;
}

static void place_displaced(Calendar *calendar, const Displaced *displaced, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        Day day = displaced[i].day + 1;
        while (is_in_table(calendar, day) && *reason_at(calendar, day) != REASON_WORKS)
            day++;
        if (is_in_table(calendar, day))
            *reason_at(calendar, day) =
                add_rule_reason(calendar, displaced[i].rule, " (substitute day)");
    }
}

static bool free_moved(const Calendar *calendar, const CalendarSpec *spec, Error *err)
{
    for (size_t i = 0; i < spec->rule_count; i++) {
        const CalendarRule *rule = &spec->rules[i];
        if (rule->kind != RULE_MOVED)
            continue;
        if (*reason_at(calendar, rule->instead) < REASON_NAMED) {
            char text[DAY_TEXT_MAX];
            day_format_long(rule->instead, text);
            return error_set(
                err, "the calendar '%s' moves a holiday from %s, which is not a holiday",
                calendar->name, text);
        }
        *reason_at(calendar, rule->instead) = REASON_WORKS;
    }
    return true;
}

static bool apply_rules(Calendar *calendar, const CalendarSpec *spec, Error *err)
{
    int32_t *reasons = mem_alloc_array(spec->rule_count, sizeof *reasons);
    Displaced *displaced = mem_alloc_array(spec->rule_count, sizeof *displaced);
    for (size_t i = 0; i < spec->rule_count; i++)
        reasons[i] = add_rule_reason(calendar, &spec->rules[i], "");
    for (int year = calendar->first_year - 1; year <= calendar->last_year; year++) {
        place_rules(calendar, spec, reasons, year, false, displaced);
        size_t count = place_rules(calendar, spec, reasons, year, true, displaced);
        place_displaced(calendar, displaced, count);
    }
    free(displaced);
    free(reasons);
    if (!free_moved(calendar, spec, err))
        return false;
    for (size_t i = 0; i < spec->rule_count; i++)
        if (spec->rules[i].kind == RULE_WORKING)
            *reason_at(calendar, spec->rules[i].date) = REASON_WORKS;
    return true;
}

Calendar *calendar_new(const CalendarSpec *spec, Error *err)
{
    Calendar *calendar = mem_alloc(sizeof *calendar);
    calendar->name = mem_strdup(spec->name);
    calendar->counts = mem_alloc(sizeof *calendar->counts);
    if (!settle_week(calendar, spec, err) || !settle_cut_off(calendar, spec, err) ||
        !settle_years(calendar, spec, err))
        goto fail;
    lay_out_weekdays(calendar);
    for (size_t i = 0; i < spec->plus_count; i++)
        add_plus(calendar, spec->plus[i]);
    for (size_t i = 0; i < spec->minus_count; i++)
        take_minus(calendar, spec->minus[i]);
    if (!rules_are_possible(calendar, spec, err) || !apply_rules(calendar, spec, err))
        goto fail;
    return calendar;
fail:
    calendar_free(calendar);
    return NULL;
}
