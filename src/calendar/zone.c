#include "calendar/zone.h"

#include <stdio.h>
#include <string.h>

#define LATEST_OFFSET_MINUTES (14 * 60)
#define LATEST_SUMMER_OFFSET  (3 * 60) /* the change would be at midnight west of UTC */
#define MARCH                 3
#define OCTOBER               10
#define SUNDAY                6
#define DAYS_IN_FOUR_YEARS    1461
#define QUICK_FIRST           9556   /* 1 March 1996 */
#define QUICK_WEEKDAY         5      /* of that day, counted from a Sunday */
#define QUICK_END             47541  /* 1 March 2100 */
#define YEAR_NOUGHT_DAYS      719528 /* from 1 January of year 0 to 1970 */
#define MARCH_31              30     /* counted from 1 March */
#define OCTOBER_31            244

static const struct {
    const char *name;
    Zone zone;
} places[] = {
    {"Europe/London", {0, true}},      {"Europe/Belfast", {0, true}},
    {"Europe/Dublin", {0, true}},      {"Europe/Guernsey", {0, true}},
    {"Europe/Isle_of_Man", {0, true}}, {"Europe/Jersey", {0, true}},
    {"Europe/Amsterdam", {60, true}},  {"Europe/Berlin", {60, true}},
    {"Europe/Brussels", {60, true}},   {"Europe/Copenhagen", {60, true}},
    {"Europe/Gibraltar", {60, true}},  {"Europe/Luxembourg", {60, true}},
    {"Europe/Madrid", {60, true}},     {"Europe/Oslo", {60, true}},
    {"Europe/Paris", {60, true}},      {"Europe/Rome", {60, true}},
    {"Europe/Stockholm", {60, true}},  {"Europe/Vienna", {60, true}},
    {"Europe/Zurich", {60, true}},     {"Europe/Athens", {120, true}},
    {"Europe/Helsinki", {120, true}},  {"UTC", {0, false}},
    {"Etc/UTC", {0, false}},
};

/* ---- reading numbers --------------------------------------------------- */

/* Two digits at *text that make at most `most`; moves *text past them. */
static bool read_pair(const char **text, int most, int *number)
{
    const char *at = *text;
    if (at[0] < '0' || at[0] > '9' || at[1] < '0' || at[1] > '9')
        return false;
    *number = (at[0] - '0') * 10 + (at[1] - '0');
    *text = at + 2;
    return *number <= most;
}

/* Z or +01:00; moves *text past it. */
static bool read_offset(const char **text, int *minutes)
{
    const char *at = *text;
    if (*at == 'Z') {
        *text = at + 1;
        *minutes = 0;
        return true;
    }
    if (*at != '+' && *at != '-')
        return false;
    int hour, minute;
    bool west = *at++ == '-';
    if (!read_pair(&at, 14, &hour) || *at++ != ':' || !read_pair(&at, 59, &minute) ||
        hour * 60 + minute > LATEST_OFFSET_MINUTES)
        return false;
    *minutes = west ? -(hour * 60 + minute) : hour * 60 + minute;
    *text = at;
    return true;
}

bool zone_parse(const char *name, Zone *zone, Error *err)
{
    for (size_t i = 0; i < sizeof places / sizeof places[0]; i++) {
        if (strcmp(places[i].name, name) == 0) {
            *zone = places[i].zone;
            return true;
        }
    }
    const char *rest = name;
    int minutes;
    if (!read_offset(&rest, &minutes) || (*rest != '\0' && strcmp(rest, " summer time") != 0))
        return error_set(
            err,
            "the time zone '%s' is not known here; write Europe/London, UTC, or an "
            "offset such as +01:00 or +01:00 summer time",
            name);
    bool summer_time = *rest != '\0';
    if (summer_time && (minutes < 0 || minutes > LATEST_SUMMER_OFFSET))
        return error_set(
            err,
            "the time zone '%s' cannot have summer time: the European clock change "
            "is known for offsets from +00:00 to +03:00",
            name);
    *zone = (Zone){(int16_t)minutes, summer_time};
    return true;
}

/* ---- the clock change -------------------------------------------------- */

/* When summer time ended from 1981 to 1995: in the UK and Ireland on the first
 * Sunday from 22 October (until 1989, from 23 October), elsewhere on the last
 * Sunday of September. */
static Day early_summer_end(int year, int16_t offset_minutes)
{
    if (offset_minutes != 0)
        return nth_weekday(year, 9, SUNDAY, -1);
    Day from = day_from_civil((Civil){year, OCTOBER, year < 1990 ? 23 : 22});
    return from + (SUNDAY - day_weekday(from) + 7) % 7;
}

/* The general rule, for the years that the quick one below leaves out. Before 1981
 * the dates followed no rule: standard time is taken. */
static bool is_summer_by_rule(Zone zone, Day day)
{
    int year = day_to_civil(day).year;
    if (year < 1981 || day < nth_weekday(year, MARCH, SUNDAY, -1))
        return false;
    if (year < 1996)
        return day < early_summer_end(year, zone.offset_minutes);
    return day < nth_weekday(year, OCTOBER, SUNDAY, -1);
}

/* From March 1996 to February 2100 every fourth year is a leap year, so the day of
 * the year, counted from 1 March, is one division. Every entry and every limit in
 * days asks, and nearly all ask here. */
static bool is_summer_quickly(uint32_t since_first)
{
    uint32_t of_year = (4 * since_first + 3) % DAYS_IN_FOUR_YEARS / 4;
    uint32_t after_sunday = (since_first + QUICK_WEEKDAY) % 7;
    return of_year + 7 > MARCH_31 + after_sunday && of_year + 7 <= OCTOBER_31 + after_sunday;
}

/* The number of whole days before `at`, also where that is negative. */
static Day whole_days(Instant at)
{
    uint64_t since_year_nought = (uint64_t)at + (uint64_t)YEAR_NOUGHT_DAYS * DAY_MS;
    return (Day)(since_year_nought / DAY_MS) - YEAR_NOUGHT_DAYS;
}

/* Every change is at 01:00 UTC, so days that begin then are wholly one or the
 * other. */
static bool is_summer(Zone zone, Instant at)
{
    Day day = whole_days(at - HOUR_MS);
    uint32_t since_first = (uint32_t)(day - QUICK_FIRST); /* huge when before */
    return since_first < QUICK_END - QUICK_FIRST ? is_summer_quickly(since_first)
                                                 : is_summer_by_rule(zone, day);
}

int zone_offset_minutes(Zone zone, Instant at)
{
    return zone.offset_minutes + (zone.summer_time && is_summer(zone, at) ? 60 : 0);
}

LocalTime local_from_instant(Zone zone, Instant at)
{
    Instant local = at + zone_offset_minutes(zone, at) * MINUTE_MS;
    Day day = whole_days(local);
    return (LocalTime){.day = day, .ms = (int32_t)(local - day * DAY_MS)};
}

LocalKind instant_from_local(Zone zone, LocalTime local, Instant *at)
{
    Instant standard = local.day * DAY_MS + local.ms - zone.offset_minutes * MINUTE_MS;
    if (!zone.summer_time) {
        *at = standard;
        return LOCAL_ONCE;
    }
    Instant summer = standard - HOUR_MS;
    bool in_summer = is_summer(zone, summer), in_standard = !is_summer(zone, standard);
    if (in_summer)
        *at = summer; /* the earlier of the two in the doubled hour */
    else if (in_standard)
        *at = standard;
    else
        return LOCAL_NEVER;
    return in_summer && in_standard ? LOCAL_TWICE : LOCAL_ONCE;
}

/* Only in the hour before midnight does the day hang on whether it is summer. */
Day day_of_instant(Zone zone, Instant at)
{
    Instant standard = at + zone.offset_minutes * MINUTE_MS;
    Day day = whole_days(standard);
    bool is_late = standard - day * DAY_MS >= DAY_MS - HOUR_MS;
    return day + (is_late && zone.summer_time && is_summer(zone, at));
}

/* No change is between the two midnights that a local one may be, so one look
 * decides. */
Instant day_start(Zone zone, Day day)
{
    Instant standard = day * DAY_MS - zone.offset_minutes * MINUTE_MS;
    bool summer = zone.summer_time && is_summer(zone, standard - HOUR_MS);
    return summer ? standard - HOUR_MS : standard;
}

/* ---- moments ----------------------------------------------------------- */

Moment moment_of_date(Zone zone, Day day)
{
    return moment_at(day_start(zone, day + 1), RANK_DATE_ONLY);
}

Day moment_day(Zone zone, Moment moment)
{
    bool ends_here = moment_rank(moment) <= RANK_DAY_LIMIT;
    return day_of_instant(zone, moment_instant(moment) - (ends_here ? 1 : 0));
}

Day moment_day_begun(Zone zone, Moment moment)
{
    if (moment_rank(moment) == RANK_DATE_ONLY)
        return moment_day(zone, moment);
    return day_of_instant(zone, moment_instant(moment));
}

/* ---- times as typed ---------------------------------------------------- */

/* 09:00, 09:00:30 or 09:00:30.123; moves *text past it. */
static bool read_clock(const char **text, int32_t *ms)
{
    const char *at = *text;
    int hour, minute, second = 0, thousandths = 0;
    if (!read_pair(&at, 23, &hour) || *at++ != ':' || !read_pair(&at, 59, &minute))
        return false;
    if (*at == ':') {
        at++;
        if (!read_pair(&at, 59, &second))
            return false;
        if (*at == '.') {
            int scale = 100;
            for (at++; *at >= '0' && *at <= '9' && scale > 0; at++, scale /= 10)
                thousandths += (*at - '0') * scale;
            if (scale == 100)
                return false;
        }
    }
    *ms = ((hour * 60 + minute) * 60 + second) * 1000 + thousandths;
    *text = at;
    return true;
}

static bool not_a_time(const char *text, Error *err)
{
    return error_set(err,
                     "'%s' is not a time; write 2021-02-01, 2021-02-01T09:00 or "
                     "2021-02-01T09:00+01:00",
                     text);
}

/* The rest after the clock is nothing (local to `zone`) or an offset. */
static bool finish_time(Zone zone, const char *text, const char *rest, LocalTime local,
                        TypedTime *time, Error *err)
{
    int minutes;
    if (*rest == '\0') {
        LocalKind kind = instant_from_local(zone, local, &time->at);
        if (kind == LOCAL_NEVER)
            return error_set(err, "there is no '%s': the clocks skip that hour", text);
        time->doubled = kind == LOCAL_TWICE;
    } else if (read_offset(&rest, &minutes) && *rest == '\0') {
        time->at = local.day * DAY_MS + local.ms - minutes * MINUTE_MS;
    } else {
        return not_a_time(text, err);
    }
    time->day = day_of_instant(zone, time->at);
    return day_is_valid(time->day) || not_a_time(text, err);
}

bool time_parse(Zone zone, const char *text, TypedTime *time, Error *err)
{
    *time = (TypedTime){0};
    size_t length = strlen(text);
    Day day;
    if (length < 10 || !day_parse_bytes(text, 10, &day))
        return not_a_time(text, err);
    if (length == 10) {
        *time = (TypedTime){.at = day_start(zone, day), .day = day, .date_only = true};
        return true;
    }
    const char *rest = text + 10;
    LocalTime local = {.day = day};
    if (*rest++ != 'T' || !read_clock(&rest, &local.ms))
        return not_a_time(text, err);
    return finish_time(zone, text, rest, local, time, err);
}

Moment typed_moment(Zone zone, TypedTime time)
{
    return time.date_only ? moment_of_date(zone, time.day) : moment_at(time.at, RANK_ENTRY);
}

/* ---- times in words ---------------------------------------------------- */

/* 23:00, with seconds and thousandths only where they are not nought. */
static void format_clock(int32_t ms, char out[TIME_TEXT_MAX])
{
    int seconds = ms / 1000, thousandths = ms % 1000;
    int hour = seconds / 3600, minute = seconds / 60 % 60, second = seconds % 60;
    if (thousandths != 0)
        snprintf(out, TIME_TEXT_MAX, "%02d:%02d:%02d.%03d", hour, minute, second, thousandths);
    else if (second != 0)
        snprintf(out, TIME_TEXT_MAX, "%02d:%02d:%02d", hour, minute, second);
    else
        snprintf(out, TIME_TEXT_MAX, "%02d:%02d", hour, minute);
}

void instant_format(Zone zone, Instant at, char out[TIME_TEXT_MAX])
{
    LocalTime local = local_from_instant(zone, at);
    int offset = zone_offset_minutes(zone, at);
    int minutes = offset < 0 ? -offset : offset;
    char date[DAY_TEXT_MAX], clock[TIME_TEXT_MAX];
    day_format(local.day, date);
    format_clock(local.ms, clock);
    snprintf(out, TIME_TEXT_MAX, "%.12sT%.12s%c%02d:%02d", date, clock, offset < 0 ? '-' : '+',
             minutes / 60, minutes % 60);
}

void instant_format_long(Zone zone, Instant at, char out[TIME_TEXT_MAX])
{
    LocalTime local = local_from_instant(zone, at);
    char date[DAY_TEXT_MAX], clock[TIME_TEXT_MAX];
    day_format_long(local.day, date);
    format_clock(local.ms, clock);
    snprintf(out, TIME_TEXT_MAX, "%s at %.12s", date, clock);
}

void moment_format_long(Zone zone, Moment moment, char out[TIME_TEXT_MAX])
{
    if (moment == MOMENT_NONE || moment == MOMENT_NEVER) {
        snprintf(out, TIME_TEXT_MAX, "no due moment");
        return;
    }
    Instant at = moment_instant(moment);
    bool at_midnight = local_from_instant(zone, at).ms == 0;
    if (moment_rank(moment) <= RANK_DAY_LIMIT && at_midnight)
        day_format_long(moment_day(zone, moment), out);
    else
        instant_format_long(zone, at, out);
}
