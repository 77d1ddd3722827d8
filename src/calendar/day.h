/* Civil dates as day numbers, so that counting is subtraction. A Day is local
 * to whoever uses it; which date an instant falls on is calendar/zone.h's
 * business. Valid from 1900-01-01 to 2200-12-31 (base/limits.h). */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef int32_t Day; /* days since 1970-01-01 */

#define DAY_NONE     INT32_MIN
#define DAY_TEXT_MAX 40 /* enough for any text below, NUL included */

typedef struct Civil {
    int year, month, day; /* month and day from 1 */
} Civil;

bool civil_is_valid(Civil civil);
int month_length(int year, int month);
Day day_from_civil(Civil civil); /* `civil` must be valid */
Civil day_to_civil(Day day);
int day_weekday(Day day); /* 0 is Monday */
bool day_is_valid(Day day);
Day easter_sunday(int year); /* Gregorian computus (Meeus, Jones, Butcher) */

/* The n-th (1..5) `weekday` of a month, or the last for n = -1; DAY_NONE when
 * there is no fifth. */
Day nth_weekday(int year, int month, int weekday, int n);

/* The corresponding date `months` later, clipped to the month's end: 31 August
 * plus 3 is 30 November. *clipped (may be NULL) tells whether it was cut. */
Day day_add_months(Day day, int months, bool *clipped);

/* Reads exactly 2026-12-25 (ISO 8601). False for anything else and for dates
 * outside the valid range. */
bool day_parse(const char *text, Day *day);
/* The same from `length` bytes. */
bool day_parse_bytes(const char *text, size_t length, Day *day);

void day_format(Day day, char out[DAY_TEXT_MAX]);      /* 2026-12-25 */
void day_format_long(Day day, char out[DAY_TEXT_MAX]); /* Friday 25 December 2026 */

const char *weekday_name(int weekday); /* 0 is Monday */
const char *month_name(int month);     /* 1 is January */
