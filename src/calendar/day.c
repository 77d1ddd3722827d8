#include "calendar/day.h"

#include <assert.h>
#include <stdio.h>
#include <string.h>

#include "base/limits.h"

/* The proleptic Gregorian calendar repeats every 400 years. Counting years from
 * 1 March puts the leap day last, so that a month's first day is a formula. */
#define ERA_YEARS        400
#define ERA_DAYS         146097
#define DAYS_BEFORE_1970 719468 /* from 1 March of year 0 to 1 January 1970 */

static const char *const weekday_names[7] = {"Monday", "Tuesday",  "Wednesday", "Thursday",
                                             "Friday", "Saturday", "Sunday"};
static const char *const month_names[12] = {"January",   "February", "March",    "April",
                                            "May",       "June",     "July",     "August",
                                            "September", "October",  "November", "December"};

static bool is_leap_year(int year)
{
    return (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
}

int month_length(int year, int month)
{
    static const int lengths[12] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    assert(month >= 1 && month <= 12);
    return month == 2 && is_leap_year(year) ? 29 : lengths[month - 1];
}

bool civil_is_valid(Civil civil)
{
    return civil.year >= LIMIT_YEAR_FIRST && civil.year <= LIMIT_YEAR_LAST &&
           civil.month >= 1 && civil.month <= 12 && civil.day >= 1 &&
           civil.day <= month_length(civil.year, civil.month);
}

Day day_from_civil(Civil civil)
{
    int year = civil.month <= 2 ? civil.year - 1 : civil.year;
    int month = (civil.month + 9) % 12; /* 0 is March */
    int era = year / ERA_YEARS;         /* never negative in the valid range */
    int year_of_era = year % ERA_YEARS;
    int day_of_year = (153 * month + 2) / 5 + civil.day - 1;
    int day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
    return era * ERA_DAYS + day_of_era - DAYS_BEFORE_1970;
}

Civil day_to_civil(Day day)
{
    int since = day + DAYS_BEFORE_1970; /* positive in the valid range */
    int era = since / ERA_DAYS;
    int day_of_era = since % ERA_DAYS;
    int year_of_era =
        (day_of_era - day_of_era / 1460 + day_of_era / 36524 - day_of_era / 146096) / 365;
    int day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    int month = (5 * day_of_year + 2) / 153; /* 0 is March */
    Civil civil = {.year = era * ERA_YEARS + year_of_era + (month >= 10),
                   .month = month < 10 ? month + 3 : month - 9,
                   .day = day_of_year - (153 * month + 2) / 5 + 1};
    return civil;
}

int day_weekday(Day day)
{
    int weekday = (day + 3) % 7; /* 1 January 1970 was a Thursday */
    return weekday < 0 ? weekday + 7 : weekday;
}

bool day_is_valid(Day day)
{
    return day >= day_from_civil((Civil){LIMIT_YEAR_FIRST, 1, 1}) &&
           day <= day_from_civil((Civil){LIMIT_YEAR_LAST, 12, 31});
}

Day easter_sunday(int year)
{
    int golden = year % 19, century = year / 100, of_century = year % 100;
    int leap_centuries = century / 4;
    int moon_correction = (century - (century + 8) / 25 + 1) / 3;
    int epact = (19 * golden + century - leap_centuries - moon_correction + 15) % 30;
    int to_sunday =
        (32 + 2 * (century % 4) + 2 * (of_century / 4) - epact - of_century % 4) % 7;
    int late_moon = (golden + 11 * epact + 22 * to_sunday) / 451;
    int since_march = epact + to_sunday - 7 * late_moon + 114;
    return day_from_civil((Civil){year, since_march / 31, since_march % 31 + 1});
}

Day nth_weekday(int year, int month, int weekday, int n)
{
    int length = month_length(year, month);
    if (n == -1) {
        Day last = day_from_civil((Civil){year, month, length});
        return last - (day_weekday(last) - weekday + 7) % 7;
    }
    Day first = day_from_civil((Civil){year, month, 1});
    int offset = (weekday - day_weekday(first) + 7) % 7 + 7 * (n - 1);
    return offset < length ? first + offset : DAY_NONE;
}

Day day_add_months(Day day, int months, bool *clipped)
{
    Civil civil = day_to_civil(day);
    int total = civil.year * 12 + civil.month - 1 + months; /* positive in the valid range */
    int year = total / 12, month = total % 12 + 1;
    int length = month_length(year, month);
    bool cut = civil.day > length;
    if (clipped)
        *clipped = cut;
    return day_from_civil((Civil){year, month, cut ? length : civil.day});
}

/* The number that `count` digits write, or -1. */
static int read_digits(const char *text, size_t count)
{
    int number = 0;
    for (size_t i = 0; i < count; i++) {
        if (text[i] < '0' || text[i] > '9')
            return -1;
        number = number * 10 + (text[i] - '0');
    }
    return number;
}

bool day_parse_bytes(const char *text, size_t length, Day *day)
{
    if (length != 10 || text[4] != '-' || text[7] != '-')
        return false;
    Civil civil = {read_digits(text, 4), read_digits(text + 5, 2), read_digits(text + 8, 2)};
    if (!civil_is_valid(civil))
        return false;
    *day = day_from_civil(civil);
    return true;
}

bool day_parse(const char *text, Day *day)
{
    return day_parse_bytes(text, strlen(text), day);
}

void day_format(Day day, char out[DAY_TEXT_MAX])
{
    if (!day_is_valid(day)) {
        snprintf(out, DAY_TEXT_MAX, "(no date)");
        return;
    }
    Civil civil = day_to_civil(day);
    snprintf(out, DAY_TEXT_MAX, "%04d-%02d-%02d", civil.year, civil.month, civil.day);
}

void day_format_long(Day day, char out[DAY_TEXT_MAX])
{
    if (!day_is_valid(day)) {
        snprintf(out, DAY_TEXT_MAX, "(no date)");
        return;
    }
    Civil civil = day_to_civil(day);
    snprintf(out, DAY_TEXT_MAX, "%s %d %s %d", weekday_name(day_weekday(day)), civil.day,
             month_name(civil.month), civil.year);
}

const char *weekday_name(int weekday)
{
    assert(weekday >= 0 && weekday < 7);
    return weekday_names[weekday];
}

const char *month_name(int month)
{
    assert(month >= 1 && month <= 12);
    return month_names[month - 1];
}
