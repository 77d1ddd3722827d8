/* Time inside a calendar's opening hours, and what a pause takes out of it. */
#include "calendar/limit_internal.h"

#define MINUTES_IN_AN_HOUR 60
#define MINUTES_IN_A_DAY   (24 * MINUTES_IN_AN_HOUR)

Instant instant_of_minute(Zone zone, Day day, int minute)
{
    Instant at = 0;
    if (minute >= MINUTES_IN_A_DAY)
        return day_start(zone, day + 1);
    LocalTime local = {.day = day, .ms = (int32_t)(minute * MINUTE_MS)};
    if (instant_from_local(zone, local, &at) != LOCAL_NEVER)
        return at;
    return instant_of_minute(zone, day, minute + MINUTES_IN_AN_HOUR);
}

bool hours_open(const Calendar *calendar, Zone zone, Day day, Instant *from, Instant *to)
{
    WorkingHours hours = calendar_hours_on(calendar, day);
    if (hours.from == hours.to)
        return false;
    *from = instant_of_minute(zone, day, hours.from);
    *to = instant_of_minute(zone, day, hours.to);
    return *from < *to;
}

static bool add_forward(const Calendar *calendar, Zone zone, Instant from, int64_t ms,
                        Instant *out, Error *err)
{
    Day day = day_of_instant(zone, from);
    if (!calendar_add(calendar, day, 0, &day, err))
        return false;
    for (;;) {
        Instant open, close;
        if (hours_open(calendar, zone, day, &open, &close)) {
            Instant start = from > open ? from : open;
            if (start < close && ms <= close - start) {
                *out = start + ms;
                return true;
            }
            ms -= start < close ? close - start : 0;
        }
        if (!calendar_add(calendar, day, 1, &day, err))
            return false;
    }
}

static bool add_backward(const Calendar *calendar, Zone zone, Instant from, int64_t ms,
                         Instant *out, Error *err)
{
    Day day = day_of_instant(zone, from);
    if (!calendar_check_covers(calendar, day, err))
        return false;
    for (;;) {
        Instant open, close;
        if (calendar_is_working(calendar, day) &&
            hours_open(calendar, zone, day, &open, &close)) {
            Instant end = from < close ? from : close;
            if (end > open && ms <= end - open) {
                *out = end - ms;
                return true;
            }
            ms -= end > open ? end - open : 0;
        }
        if (!calendar_add(calendar, day, -1, &day, err))
            return false;
    }
}

bool hours_add(const Calendar *calendar, Zone zone, Instant from, int64_t ms, Instant *out,
               Error *err)
{
    if (!calendar_has_hours(calendar))
        return error_set(err, "the calendar '%s' does not say its working hours",
                         calendar_name(calendar));
    return ms >= 0 ? add_forward(calendar, zone, from, ms, out, err)
                   : add_backward(calendar, zone, from, -ms, out, err);
}

/* ---- pauses ------------------------------------------------------------ */

/* Opening time within [from, to) on the days [first, last]. */
static Instant open_time(const Calendar *calendar, Zone zone, Day first, Day last, Instant from,
                         Instant to)
{
    Instant total = 0;
    for (Day day = first; day <= last; day++) {
        Instant open, close;
        if (!hours_open(calendar, zone, day, &open, &close))
            continue;
        Instant start = from > open ? from : open, end = to < close ? to : close;
        total += end > start ? end - start : 0;
    }
    return total;
}

bool limit_add_pause(LimitPaused *paused, const Calendar *calendar, Zone zone, Instant from,
                     Instant to, Error *err)
{
    if (to < from)
        return error_set(err, "a pause cannot end before it begins");
    Day first = day_of_instant(zone, from), last = day_of_instant(zone, to);
    if (calendar && (!calendar_check_covers(calendar, first, err) ||
                     !calendar_check_covers(calendar, last, err)))
        return false;
    Day first_whole = day_start(zone, first) == from ? first : first + 1;
    if (first_whole < last) { /* `last` itself has not ended at `to` */
        paused->whole_days += last - first_whole;
        if (calendar)
            for (Day day = first_whole; day < last; day++)
                paused->whole_working_days += calendar_is_working(calendar, day);
    }
    paused->elapsed_ms += to - from;
    if (calendar && calendar_has_hours(calendar))
        paused->working_ms += open_time(calendar, zone, first, last, from, to);
    return true;
}
