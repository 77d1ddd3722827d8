#include "calendar/calendar.h"

#include <assert.h>
#include <stdlib.h>

#include "base/mem.h"
#include "calendar/calendar_internal.h"

void calendar_free(Calendar *calendar)
{
    if (!calendar)
        return;
    for (size_t i = 0; i < calendar->reason_count; i++)
        free(calendar->reasons[i]);
    free(calendar->reasons);
    free(calendar->reason);
    free(calendar->counts->worked);
    free(calendar->counts->working);
    free(calendar->counts);
    free(calendar->name);
    free(calendar);
}

const char *calendar_name(const Calendar *calendar)
{
    return calendar->name;
}

int calendar_cut_off(const Calendar *calendar)
{
    return calendar->cut_off;
}

bool calendar_has_hours(const Calendar *calendar)
{
    return calendar->has_hours;
}

WorkingHours calendar_hours(const Calendar *calendar, int weekday)
{
    assert(weekday >= 0 && weekday < 7);
    return calendar->hours[weekday];
}

WorkingHours calendar_hours_on(const Calendar *calendar, Day day)
{
    WorkingHours hours = calendar->hours[day_weekday(day)];
    if (!calendar->has_hours || !calendar_is_working(calendar, day))
        return (WorkingHours){0, 0};
    for (int weekday = 0; weekday < 7 && hours.from == hours.to; weekday++)
        hours = calendar->hours[weekday];
    return hours;
}

Day calendar_first_day(const Calendar *calendar)
{
    return calendar->first_day;
}

Day calendar_last_day(const Calendar *calendar)
{
    return calendar->last_day;
}

bool calendar_covers(const Calendar *calendar, Day day)
{
    return day >= calendar->first_day && day <= calendar->last_day;
}

bool calendar_is_projected(const Calendar *calendar, Day day)
{
    return day > calendar->published_upto;
}

bool calendar_is_working(const Calendar *calendar, Day day)
{
    assert(calendar_covers(calendar, day));
    return calendar->reason[day - calendar->table_start] == REASON_WORKS;
}

const char *calendar_skip_reason(const Calendar *calendar, Day day)
{
    assert(calendar_covers(calendar, day));
    int32_t reason = calendar->reason[day - calendar->table_start];
    if (reason == REASON_WORKS)
        return NULL;
    return reason < REASON_NAMED ? weekday_name(reason - REASON_WEEKDAY)
                                 : calendar->reasons[reason - REASON_NAMED];
}

static bool begins_after(const Calendar *calendar, Error *err)
{
    char text[DAY_TEXT_MAX];
    day_format_long(calendar->first_day, text);
    return error_kind(err, ERROR_LIMIT, "the calendar '%s' begins on %s", calendar->name, text);
}

static bool ends_before(const Calendar *calendar, Error *err)
{
    char text[DAY_TEXT_MAX];
    day_format_long(calendar->last_day, text);
    return error_kind(err, ERROR_LIMIT, "the calendar '%s' ends on %s", calendar->name, text);
}

bool calendar_check_covers(const Calendar *calendar, Day day, Error *err)
{
    if (day < calendar->first_day)
        return begins_after(calendar, err);
    return day <= calendar->last_day || ends_before(calendar, err);
}

/* ---- counting ----------------------------------------------------------- */

static void fill_counts(const Calendar *calendar)
{
    size_t bytes = (size_t)calendar->table_days * sizeof(int32_t);
    int32_t *worked = calendar->counts->worked = mem_alloc_raw(bytes);
    Day *working = calendar->counts->working = mem_alloc_raw(bytes);
    int32_t count = 0;
    for (int32_t i = 0; i < calendar->table_days; i++) {
        working[count] = calendar->table_start + i; /* stays only if it works */
        count += calendar->reason[i] == REASON_WORKS;
        worked[i] = count;
    }
}

void calendar_prepare(const Calendar *calendar)
{
    if (calendar && !calendar->counts->worked)
        fill_counts(calendar);
}

static const CalendarCounts *counts_of(const Calendar *calendar)
{
    calendar_prepare(calendar);
    return calendar->counts;
}

/* The commonest question, answered first. False: to be looked at with care. */
static bool find_forward(const Calendar *calendar, Day day, int32_t n, Day *out)
{
    const CalendarCounts *counts = calendar->counts;
    if (!counts->worked || n < 1 || !calendar_covers(calendar, day))
        return false;
    int64_t index = (int64_t)counts->worked[day - calendar->table_start] + n - 1;
    if (index >= counts->worked[calendar->table_days - 1])
        return false;
    *out = counts->working[index];
    return true;
}

bool calendar_add(const Calendar *calendar, Day day, int32_t n, Day *out, Error *err)
{
    if (find_forward(calendar, day, n, out))
        return true;
    if (!calendar_check_covers(calendar, day, err))
        return false;
    int32_t at = day - calendar->table_start;
    if (n == 0 && calendar->reason[at] == REASON_WORKS) {
        *out = day;
        return true;
    }
    const CalendarCounts *counts = counts_of(calendar);
    int64_t index; /* into `working` */
    if (n >= 0)
        index = (int64_t)counts->worked[at] + (n == 0 ? 1 : n) - 1;
    else
        index = (int64_t)counts->worked[at - 1] + n;
    if (index < 0)
        return begins_after(calendar, err);
    if (index >= counts->worked[calendar->table_days - 1])
        return ends_before(calendar, err);
    Day found = counts->working[index];
    if (found < calendar->first_day)
        return begins_after(calendar, err);
    *out = found;
    return true;
}

int32_t calendar_count(const Calendar *calendar, Day after, Day upto)
{
    assert(calendar_covers(calendar, after) && calendar_covers(calendar, upto));
    if (upto <= after)
        return 0;
    const int32_t *worked = counts_of(calendar)->worked;
    return worked[upto - calendar->table_start] - worked[after - calendar->table_start];
}
