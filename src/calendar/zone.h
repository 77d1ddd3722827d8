/* Local time by rule: an offset from UTC and, where it applies, the European
 * clock change (an hour forward from 01:00 UTC on the last Sunday of March to
 * 01:00 UTC on the last Sunday of October; from 1981 to 1995 it ended earlier, in
 * the UK in 1995 on 22 October; before 1981 standard time is taken). No zone
 * database, no TZ. Also the Moment, which puts
 * everything that can happen to a case into one total order. */
#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "base/error.h"
#include "calendar/day.h"

typedef int64_t Instant; /* milliseconds since 1970-01-01T00:00Z */

#define SECOND_MS ((Instant)1000)
#define MINUTE_MS ((Instant)60000)
#define HOUR_MS   ((Instant)3600000)
#define DAY_MS    ((Instant)86400000)

typedef struct Zone {
    int16_t offset_minutes; /* of standard time, east of UTC positive */
    bool summer_time;       /* the European clock change applies */
} Zone;

typedef struct LocalTime {
    Day day;
    int32_t ms; /* since local midnight by the wall clock, 0 .. 86399999 */
} LocalTime;

typedef enum LocalKind {
    LOCAL_ONCE,
    LOCAL_TWICE, /* in the hour that October repeats: the earlier is given */
    LOCAL_NEVER  /* in the hour that March skips: nothing is given */
} LocalKind;

/* "Europe/London" and the other places with the European rule, "UTC", or an
 * offset such as "+01:00" with or without " summer time". */
bool zone_parse(const char *name, Zone *zone, Error *err);

int zone_offset_minutes(Zone zone, Instant at); /* summer time included */
LocalTime local_from_instant(Zone zone, Instant at);
LocalKind instant_from_local(Zone zone, LocalTime local, Instant *at);
Day day_of_instant(Zone zone, Instant at);
Instant day_start(Zone zone, Day day); /* local midnight; no European change is at midnight */

/* A point in the total order of what can happen to a case (language.md,
 * meaning 3): the instant, and a rank among things at that instant. One 64-bit
 * number, so that order is `<`. */
typedef int64_t Moment;

typedef enum Rank {
    RANK_DATE_ONLY = 0, /* an entry with a date and no time: at the end of its day */
    RANK_DAY_LIMIT = 1, /* day limits that end here; what becomes due at midnight */
    RANK_CORRECTION = 2,
    RANK_ENTRY = 3,      /* what people do */
    RANK_HOUR_LIMIT = 4, /* acting on the instant meets it */
    RANK_LAST = 7
} Rank;

#define MOMENT_NONE  INT64_MIN
#define MOMENT_NEVER INT64_MAX

static inline Moment moment_at(Instant at, Rank rank)
{
    return at * 8 + rank;
}

static inline Instant moment_instant(Moment moment)
{
    return moment >> 3; /* floors, also before 1970 */
}

static inline Rank moment_rank(Moment moment)
{
    return (Rank)(moment & 7);
}

/* The moment of an entry that has only a date: the end of that day. */
Moment moment_of_date(Zone zone, Day day);
/* Which local date a moment belongs to. A date-only moment and a day limit end
 * the day before their instant. What happens at 24:00 by a missed day limit
 * counts from the next day (ruling 10): use moment_day_begun for that. */
Day moment_day(Zone zone, Moment moment);
Day moment_day_begun(Zone zone, Moment moment);

/* A time as a person types it: 2021-02-01, 2021-02-01T09:00, 2021-02-01T09:00:30,
 * with .123 and with Z or +01:00. Without an offset it is local to `zone`; a
 * local time that the clock change skips is refused, a doubled one is the
 * earlier. *date_only tells that there was no time; then *at is the start of
 * that day and moment_of_date(zone, *day) its place in the order. */
typedef struct TypedTime {
    Instant at;
    Day day; /* local */
    bool date_only, doubled;
} TypedTime;

bool time_parse(Zone zone, const char *text, TypedTime *time, Error *err);
Moment typed_moment(Zone zone, TypedTime time); /* with RANK_ENTRY, or of the date */

#define TIME_TEXT_MAX 64
/* 2024-04-01T23:00+01:00 */
void instant_format(Zone zone, Instant at, char out[TIME_TEXT_MAX]);
/* Monday 1 April 2024 at 23:00 */
void instant_format_long(Zone zone, Instant at, char out[TIME_TEXT_MAX]);
/* A due moment in words: a day limit as its date ("Thursday 8 April 2021"), an
 * hour limit as date and time. */
void moment_format_long(Zone zone, Moment moment, char out[TIME_TEXT_MAX]);
