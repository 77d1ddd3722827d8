/* The bank holidays of the three regions as calendar lines (what the files in
 * stdlib/calendars say), and beside them a naive second reading of the same
 * rules, day by day, to check the first against. */
#pragma once

#include <stdio.h>
#include <string.h>

#include "calendar/calendar.h"

typedef enum Region { ENGLAND_AND_WALES, SCOTLAND, NORTHERN_IRELAND, REGION_COUNT } Region;

#define CIVIL(year, month, day) day_from_civil((Civil){year, month, day})
#define REGION_RULES_MOST       40

static inline CalendarRule fixed(int day, int month, const char *name)
{
    return (CalendarRule){
        .kind = RULE_FIXED, .day = day, .month = month, .or_next_working = true, .name = name};
}

static inline CalendarRule monday(int nth, int month, const char *name)
{
    return (CalendarRule){
        .kind = RULE_NTH_WEEKDAY, .nth = nth, .weekday = 0, .month = month, .name = name};
}

static inline CalendarRule easter(int offset, const char *name)
{
    return (CalendarRule){.kind = RULE_EASTER, .offset = offset, .name = name};
}

static inline CalendarRule once(Day date, const char *name)
{
    return (CalendarRule){.kind = RULE_DATE, .date = date, .name = name};
}

static inline CalendarRule moved(Day date, Day instead, const char *name)
{
    return (CalendarRule){.kind = RULE_MOVED, .date = date, .instead = instead, .name = name};
}

static inline size_t add_common_rules(CalendarRule *rules)
{
    size_t n = 0;
    rules[n++] = fixed(1, 1, "New Year's Day");
    rules[n++] = easter(-2, "Good Friday");
    rules[n++] = monday(1, 5, "Early May bank holiday");
    rules[n++] = monday(-1, 5, "Spring bank holiday");
    rules[n++] = fixed(25, 12, "Christmas Day");
    rules[n++] = fixed(26, 12, "Boxing Day");
    rules[n++] = once(CIVIL(1999, 12, 31), "Millennium");
    rules[n++] = once(CIVIL(2002, 6, 3), "Golden Jubilee");
    rules[n++] = moved(CIVIL(2002, 6, 4), CIVIL(2002, 5, 27), "Spring bank holiday");
    rules[n++] = once(CIVIL(2011, 4, 29), "Royal wedding");
    rules[n++] = moved(CIVIL(2012, 6, 4), CIVIL(2012, 5, 28), "Spring bank holiday");
    rules[n++] = once(CIVIL(2012, 6, 5), "Diamond Jubilee");
    rules[n++] = moved(CIVIL(2020, 5, 8), CIVIL(2020, 5, 4), "VE Day");
    rules[n++] = moved(CIVIL(2022, 6, 2), CIVIL(2022, 5, 30), "Spring bank holiday");
    rules[n++] = once(CIVIL(2022, 6, 3), "Platinum Jubilee");
    rules[n++] = once(CIVIL(2022, 9, 19), "State funeral");
    rules[n++] = once(CIVIL(2023, 5, 8), "Coronation");
    return n;
}

static inline size_t region_rules(Region region, CalendarRule *rules)
{
    size_t n = add_common_rules(rules);
    if (region == SCOTLAND) {
        rules[n++] = fixed(2, 1, "2nd January");
        rules[n++] = monday(1, 8, "Summer bank holiday");
        CalendarRule andrew = fixed(30, 11, "St Andrew's Day");
        andrew.from_year = 2007;
        rules[n++] = andrew;
        rules[n++] = once(CIVIL(1995, 5, 8), "VE Day");
        rules[n++] = once(CIVIL(2026, 6, 15), "World Cup");
        return n;
    }
    rules[n++] = easter(1, "Easter Monday");
    rules[n++] = monday(-1, 8, "Summer bank holiday");
    rules[n++] = moved(CIVIL(1995, 5, 8), CIVIL(1995, 5, 1), "VE Day");
    if (region == NORTHERN_IRELAND) {
        rules[n++] = fixed(17, 3, "St Patrick's Day");
        rules[n++] = fixed(12, 7, "Battle of the Boyne");
    }
    return n;
}

static inline CalendarSpec monday_to_friday(const char *name)
{
    CalendarSpec spec = {.name = name,
                         .label = name,
                         .has_hours = true,
                         .cut_off = -1,
                         .first_year = 1995,
                         .published_year = 2028,
                         .last_year = 2035};
    for (int weekday = 0; weekday < 5; weekday++)
        spec.hours[weekday] = (WorkingHours){9 * 60, 17 * 60};
    return spec;
}

static const char *const region_names[REGION_COUNT] = {"england-and-wales", "scotland",
                                                       "northern-ireland"};

static inline Calendar *region_calendar_with(Region region, int cut_off)
{
    CalendarRule rules[REGION_RULES_MOST];
    CalendarSpec spec = monday_to_friday(region_names[region]);
    Error err = {0};
    spec.rules = rules;
    spec.rule_count = region_rules(region, rules);
    spec.cut_off = cut_off;
    Calendar *calendar = calendar_new(&spec, &err);
    if (!calendar)
        fprintf(stderr, "%s\n", err.text);
    return calendar;
}

static inline Calendar *region_calendar(Region region)
{
    return region_calendar_with(region, -1);
}

/* ---- the naive second reading ------------------------------------------ */

/* One-off days: S Scotland, R the rest, A all; `+` is off, `-` is not. */
static inline int naive_one_off(Region region, const char *date)
{
    static const char *const days[] = {
        "R+1995-05-08", "R-1995-05-01", "S+1995-05-08", "A+1999-12-31", "A+2002-06-03",
        "A+2002-06-04", "A-2002-05-27", "A+2011-04-29", "A-2012-05-28", "A+2012-06-04",
        "A+2012-06-05", "A+2020-05-08", "A-2020-05-04", "A+2022-06-02", "A+2022-06-03",
        "A-2022-05-30", "A+2022-09-19", "A+2023-05-08", "S+2026-06-15"};
    for (size_t i = 0; i < sizeof days / sizeof days[0]; i++) {
        bool here = days[i][0] == 'A' || (days[i][0] == 'S') == (region == SCOTLAND);
        if (here && strcmp(days[i] + 2, date) == 0)
            return days[i][1] == '+' ? 1 : -1;
    }
    return 0;
}

/* Two holidays on consecutive dates from `first`: by the weekday of the first,
 * how many days later the two days off fall (calendar.md 1.1). */
static inline bool naive_pair(Day day, Day first)
{
    static const int off[7][2] = {{0, 1}, {0, 1}, {0, 1}, {0, 1}, {0, 3}, {2, 3}, {1, 2}};
    const int *days = off[day_weekday(first)];
    return day == first + days[0] || day == first + days[1];
}

static inline bool naive_rolled(Day day, Day date)
{
    int weekday = day_weekday(date);
    return day == (weekday == 5 ? date + 2 : weekday == 6 ? date + 1 : date);
}

static inline bool naive_monday(Civil civil, Day day, int month, int first, int last)
{
    return civil.month == month && day_weekday(day) == 0 && civil.day >= first &&
           civil.day <= last;
}

static inline bool naive_is_holiday(Region region, Day day)
{
    char text[DAY_TEXT_MAX];
    Civil civil = day_to_civil(day);
    int year = civil.year;
    day_format(day, text);
    int one_off = naive_one_off(region, text);
    if (one_off)
        return one_off > 0;
    Day easter_day = easter_sunday(year);
    bool scotland = region == SCOTLAND;
    return (scotland ? naive_pair(day, CIVIL(year, 1, 1))
                     : naive_rolled(day, CIVIL(year, 1, 1))) ||
           day == easter_day - 2 || (!scotland && day == easter_day + 1) ||
           naive_monday(civil, day, 5, 1, 7) || naive_monday(civil, day, 5, 25, 31) ||
           (scotland ? naive_monday(civil, day, 8, 1, 7)
                     : naive_monday(civil, day, 8, 25, 31)) ||
           (scotland && year >= 2007 && naive_rolled(day, CIVIL(year, 11, 30))) ||
           (region == NORTHERN_IRELAND &&
            (naive_rolled(day, CIVIL(year, 3, 17)) || naive_rolled(day, CIVIL(year, 7, 12)))) ||
           naive_pair(day, CIVIL(year, 12, 25));
}

static inline bool naive_is_working(Region region, Day day)
{
    return day_weekday(day) < 5 && !naive_is_holiday(region, day);
}
