#include "calendar/zone.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#define CIVIL(year, month, day) day_from_civil((Civil){year, month, day})

static const Zone uk = {0, true};
static const Zone utc = {0, false};

static Instant at_utc(int year, int month, int day, int hour, int minute)
{
    return CIVIL(year, month, day) * DAY_MS + hour * HOUR_MS + minute * MINUTE_MS;
}

/* The dates of summer time in the UK as printed in the orders and almanacs,
 * written out: an independent check on the rule. Month and day, March then
 * October, from 1995. */
static const int changes[41][2] = {
    {26, 22}, {31, 27}, {30, 26}, {29, 25}, {28, 31}, {26, 29}, {25, 28}, {31, 27}, {30, 26},
    {28, 31}, {27, 30}, {26, 29}, {25, 28}, {30, 26}, {29, 25}, {28, 31}, {27, 30}, {25, 28},
    {31, 27}, {30, 26}, {29, 25}, {27, 30}, {26, 29}, {25, 28}, {31, 27}, {29, 25}, {28, 31},
    {27, 30}, {26, 29}, {31, 27}, {30, 26}, {29, 25}, {28, 31}, {26, 29}, {25, 28}, {31, 27},
    {30, 26}, {28, 31}, {27, 30}, {26, 29}, {25, 28}};

static void uk_time_is_right_in_every_hour_from_1995_to_2035(void **state)
{
    (void)state;
    Instant at = at_utc(1995, 1, 1, 0, 0), end = at_utc(2036, 1, 1, 0, 0);
    for (; at < end; at += HOUR_MS) {
        int year = day_to_civil((Day)(at / DAY_MS)).year;
        const int *change = changes[year - 1995];
        bool summer =
            at >= at_utc(year, 3, change[0], 1, 0) && at < at_utc(year, 10, change[1], 1, 0);
        Instant wall = at + (summer ? HOUR_MS : 0);
        LocalTime local = local_from_instant(uk, at);
        assert_int_equal(zone_offset_minutes(uk, at), summer ? 60 : 0);
        assert_int_equal(local.day, wall / DAY_MS);
        assert_int_equal(local.ms, wall % DAY_MS);
    }
}

/* The whole range, on both sides of every change and of noon. */
static void summer_time_follows_the_last_sundays_in_every_year(void **state)
{
    (void)state;
    for (Day day = CIVIL(1996, 1, 1); day <= CIVIL(2200, 12, 31); day++) {
        int year = day_to_civil(day).year;
        Day first = nth_weekday(year, 3, 6, -1), end = nth_weekday(year, 10, 6, -1);
        Instant hour = day * DAY_MS + HOUR_MS;
        bool before = day > first && day <= end, after = day >= first && day < end;
        assert_int_equal(zone_offset_minutes(uk, hour - 1), before ? 60 : 0);
        assert_int_equal(zone_offset_minutes(uk, hour), after ? 60 : 0);
        assert_int_equal(zone_offset_minutes(uk, hour + 11 * HOUR_MS), after ? 60 : 0);
    }
}

static void before_1996_summer_ended_earlier_and_before_1981_it_is_not_known(void **state)
{
    (void)state;
    static const struct {
        int year, first, end; /* days of March and October */
    } years[] = {{1981, 29, 25}, {1982, 28, 24}, {1988, 27, 23}, {1989, 26, 29},
                 {1990, 25, 28}, {1994, 27, 23}, {1995, 26, 22}};
    for (size_t i = 0; i < sizeof years / sizeof years[0]; i++) {
        Instant first = at_utc(years[i].year, 3, years[i].first, 1, 0);
        Instant end = at_utc(years[i].year, 10, years[i].end, 1, 0);
        assert_int_equal(zone_offset_minutes(uk, first - 1), 0);
        assert_int_equal(zone_offset_minutes(uk, first), 60);
        assert_int_equal(zone_offset_minutes(uk, end - 1), 60);
        assert_int_equal(zone_offset_minutes(uk, end), 0);
    }
    assert_int_equal(zone_offset_minutes(uk, at_utc(1975, 7, 1, 12, 0)), 0);
}

/* What a wall clock shows, for every hour: no hour lost, none invented. */
static void every_local_hour_goes_back_to_the_instant_it_came_from(void **state)
{
    (void)state;
    Instant at = at_utc(1995, 1, 1, 0, 30), end = at_utc(2036, 1, 1, 0, 0);
    int doubled = 0;
    for (; at < end; at += HOUR_MS) {
        Instant back = 0;
        LocalKind kind = instant_from_local(uk, local_from_instant(uk, at), &back);
        assert_int_not_equal(kind, LOCAL_NEVER);
        if (kind == LOCAL_TWICE && back != at) {
            assert_int_equal(back, at - HOUR_MS); /* the earlier one */
            doubled++;
        } else {
            assert_int_equal(back, at);
        }
    }
    assert_int_equal(doubled, 41);
}

static void each_spring_skips_exactly_one_local_hour(void **state)
{
    (void)state;
    Instant never = 1234;
    for (int year = 1995; year <= 2035; year++) {
        int skipped = 0;
        for (Day day = CIVIL(year, 1, 1); day <= CIVIL(year, 12, 31); day++)
            for (int hour = 0; hour < 24; hour++) {
                LocalTime local = {day, (int32_t)(hour * HOUR_MS + 30 * MINUTE_MS)};
                never = 1234;
                if (instant_from_local(uk, local, &never) != LOCAL_NEVER)
                    continue;
                assert_int_equal(never, 1234);
                assert_int_equal(day, CIVIL(year, 3, changes[year - 1995][0]));
                assert_int_equal(hour, 1);
                skipped++;
            }
        assert_int_equal(skipped, 1);
    }
}

static void the_doubled_hour_ends_as_sharply_as_it_begins(void **state)
{
    (void)state;
    Instant at;
    Day day = CIVIL(2024, 10, 27);
    assert_int_equal(instant_from_local(uk, (LocalTime){day, 3599999}, &at), LOCAL_ONCE);
    assert_int_equal(instant_from_local(uk, (LocalTime){day, 3600000}, &at), LOCAL_TWICE);
    assert_int_equal(at, at_utc(2024, 10, 27, 0, 0));
    assert_int_equal(instant_from_local(uk, (LocalTime){day, 7199999}, &at), LOCAL_TWICE);
    assert_int_equal(instant_from_local(uk, (LocalTime){day, 7200000}, &at), LOCAL_ONCE);
    assert_int_equal(at, at_utc(2024, 10, 27, 2, 0));
}

static void a_summer_night_belongs_to_the_local_date(void **state)
{
    (void)state;
    assert_int_equal(day_of_instant(uk, at_utc(2024, 6, 30, 23, 30)), CIVIL(2024, 7, 1));
    assert_int_equal(day_of_instant(uk, at_utc(2024, 12, 30, 23, 30)), CIVIL(2024, 12, 30));
    assert_int_equal(day_start(uk, CIVIL(2024, 7, 1)), at_utc(2024, 6, 30, 23, 0));
    assert_int_equal(day_of_instant(uk, at_utc(1969, 12, 31, 23, 59)), CIVIL(1969, 12, 31));
}

static void every_day_starts_at_local_midnight(void **state)
{
    (void)state;
    static const int16_t offsets[] = {0, 60, 120, 180};
    for (size_t i = 0; i < 4; i++)
        for (Day day = CIVIL(1981, 1, 1); day <= CIVIL(2040, 12, 31); day++) {
            Zone zone = {offsets[i], true};
            Instant at = -1;
            assert_int_equal(instant_from_local(zone, (LocalTime){day, 0}, &at), LOCAL_ONCE);
            assert_int_equal(day_start(zone, day), at);
        }
}

static void the_day_of_the_clock_change_has_23_or_25_hours(void **state)
{
    (void)state;
    Day spring = CIVIL(2024, 3, 31), autumn = CIVIL(2024, 10, 27);
    assert_int_equal(day_start(uk, spring + 1) - day_start(uk, spring), 23 * HOUR_MS);
    assert_int_equal(day_start(uk, autumn + 1) - day_start(uk, autumn), 25 * HOUR_MS);
}

static void the_continent_changes_at_the_same_instant(void **state)
{
    (void)state;
    Zone paris;
    Error err = {0};
    assert_true(zone_parse("Europe/Paris", &paris, &err));
    assert_int_equal(zone_offset_minutes(paris, at_utc(2024, 3, 31, 0, 59)), 60);
    assert_int_equal(zone_offset_minutes(paris, at_utc(2024, 3, 31, 1, 0)), 120);
    assert_int_equal(zone_offset_minutes(paris, at_utc(1995, 9, 24, 1, 0)), 60);
    Instant at;
    LocalTime skipped = {CIVIL(2024, 3, 31), (int32_t)(2 * HOUR_MS)};
    assert_int_equal(instant_from_local(paris, skipped, &at), LOCAL_NEVER);
}

static void zones_are_read_by_place_or_offset_and_anything_else_is_refused(void **state)
{
    (void)state;
    Zone zone;
    Error err = {0};
    assert_true(zone_parse("Europe/London", &zone, &err));
    assert_true(zone.offset_minutes == 0 && zone.summer_time);
    assert_true(zone_parse("UTC", &zone, &err));
    assert_false(zone.summer_time);
    assert_true(zone_parse("-05:30", &zone, &err));
    assert_int_equal(zone.offset_minutes, -330);
    assert_true(zone_parse("+01:00 summer time", &zone, &err));
    assert_true(zone.offset_minutes == 60 && zone.summer_time);
    static const char *const wrong[] = {"",
                                        "Europe/Londn",
                                        "+1:00",
                                        "+15:00",
                                        "+14:30",
                                        "-01:00 summer time",
                                        "+04:00 summer time",
                                        "01:00",
                                        "+01:00 ",
                                        "+01:60"};
    for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++)
        assert_false(zone_parse(wrong[i], &zone, &err));
    assert_int_equal(err.kind, ERROR_INPUT);
}

static void a_day_limit_ends_its_day_and_what_happens_at_midnight_begins_the_next(void **state)
{
    (void)state;
    Instant midnight = day_start(uk, CIVIL(2024, 7, 2));
    Day first = CIVIL(2024, 7, 1), second = CIVIL(2024, 7, 2);
    assert_int_equal(moment_day(uk, moment_at(midnight, RANK_DAY_LIMIT)), first);
    assert_int_equal(moment_day_begun(uk, moment_at(midnight, RANK_DAY_LIMIT)), second);
    assert_int_equal(moment_day(uk, moment_of_date(uk, first)), first);
    assert_int_equal(moment_day_begun(uk, moment_of_date(uk, first)), first);
    assert_int_equal(moment_day(uk, moment_at(midnight, RANK_ENTRY)), second);
    assert_int_equal(moment_day(uk, moment_at(midnight, RANK_HOUR_LIMIT)), second);
}

static void moments_keep_the_order_of_one_instant(void **state)
{
    (void)state;
    Instant midnight = day_start(uk, CIVIL(1960, 7, 2));
    Moment date = moment_of_date(uk, CIVIL(1960, 7, 1));
    Moment limit = moment_at(midnight, RANK_DAY_LIMIT);
    Moment correction = moment_at(midnight, RANK_CORRECTION);
    Moment entry = moment_at(midnight, RANK_ENTRY);
    Moment hours = moment_at(midnight, RANK_HOUR_LIMIT);
    assert_true(moment_at(midnight - 1, RANK_LAST) < date);
    assert_true(date < limit && limit < correction && correction < entry && entry < hours);
    assert_int_equal(moment_instant(hours), midnight);
    assert_int_equal(moment_rank(hours), RANK_HOUR_LIMIT);
}

static void times_are_read_as_people_type_them(void **state)
{
    (void)state;
    TypedTime time;
    Error err = {0};
    assert_true(time_parse(uk, "2021-06-01", &time, &err));
    assert_true(time.date_only);
    assert_int_equal(time.at, at_utc(2021, 5, 31, 23, 0));
    assert_int_equal(typed_moment(uk, time), moment_of_date(uk, CIVIL(2021, 6, 1)));
    assert_true(time_parse(uk, "2021-06-01T00:30", &time, &err));
    assert_false(time.date_only);
    assert_int_equal(time.at, at_utc(2021, 5, 31, 23, 30));
    assert_int_equal(time.day, CIVIL(2021, 6, 1));
    assert_int_equal(typed_moment(uk, time), moment_at(time.at, RANK_ENTRY));
    assert_true(time_parse(uk, "2021-06-01T09:00:30.25Z", &time, &err));
    assert_int_equal(time.at, at_utc(2021, 6, 1, 9, 0) + 30250);
    assert_true(time_parse(uk, "2021-06-01T23:30-02:00", &time, &err));
    assert_int_equal(time.at, at_utc(2021, 6, 2, 1, 30));
    assert_int_equal(time.day, CIVIL(2021, 6, 2));
    assert_true(time_parse(utc, "2021-06-01T23:59:59", &time, &err));
    assert_int_equal(time.at, at_utc(2021, 6, 1, 23, 59) + 59000);
}

static void a_skipped_local_time_is_refused_and_a_doubled_one_is_the_earlier(void **state)
{
    (void)state;
    TypedTime time;
    Error err = {0};
    assert_false(time_parse(uk, "2021-03-28T01:30", &time, &err));
    assert_string_equal(err.text, "there is no '2021-03-28T01:30': the clocks skip that hour");
    assert_true(time_parse(utc, "2021-03-28T01:30", &time, &err));
    assert_true(time_parse(uk, "2021-10-31T01:30", &time, &err));
    assert_true(time.doubled);
    assert_int_equal(time.at, at_utc(2021, 10, 31, 0, 30));
    assert_true(time_parse(uk, "2021-10-31T01:30+00:00", &time, &err));
    assert_false(time.doubled);
    assert_int_equal(time.at, at_utc(2021, 10, 31, 1, 30));
}

static void what_is_not_a_time_is_refused(void **state)
{
    (void)state;
    static const char *const wrong[] = {"",
                                        "yesterday",
                                        "2021-02-30",
                                        "2021-02-01T",
                                        "2021-02-01T9:00",
                                        "2021-02-01T24:00",
                                        "2021-02-01T09:60",
                                        "2021-02-01 09:00",
                                        "2021-02-01T09:00:60",
                                        "2021-02-01T09:00:00.",
                                        "2021-02-01T09:00z",
                                        "2021-02-01T09",
                                        "2021-02-01T09:00:00.1234",
                                        "2021-02-01T09:00+1",
                                        "2021-02-01T09:00Z ",
                                        "1900-01-01T00:00+14:00",
                                        "2200-12-31T23:00-14:00"};
    TypedTime time;
    for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++) {
        Error err = {0};
        assert_false(time_parse(uk, wrong[i], &time, &err));
        assert_int_equal(err.kind, ERROR_INPUT);
    }
}

static void instants_are_written_with_their_offset_and_read_back(void **state)
{
    (void)state;
    char text[TIME_TEXT_MAX];
    instant_format(uk, at_utc(2024, 4, 1, 22, 0), text);
    assert_string_equal(text, "2024-04-01T23:00+01:00");
    instant_format((Zone){-210, false}, at_utc(2024, 4, 1, 22, 0), text);
    assert_string_equal(text, "2024-04-01T18:30-03:30");
    for (Instant at = at_utc(2024, 1, 1, 0, 0); at < at_utc(2025, 1, 1, 0, 0); at += 1234567) {
        TypedTime time;
        Error err = {0};
        instant_format(uk, at, text);
        assert_true(time_parse(uk, text, &time, &err));
        assert_int_equal(time.at, at);
    }
}

static void due_moments_are_said_in_words(void **state)
{
    (void)state;
    char text[TIME_TEXT_MAX];
    Instant end = day_start(uk, CIVIL(2021, 4, 9));
    moment_format_long(uk, moment_at(end, RANK_DAY_LIMIT), text);
    assert_string_equal(text, "Thursday 8 April 2021");
    moment_format_long(uk, moment_at(end - 8 * HOUR_MS, RANK_DAY_LIMIT), text);
    assert_string_equal(text, "Thursday 8 April 2021 at 16:00");
    moment_format_long(uk, moment_at(end, RANK_HOUR_LIMIT), text);
    assert_string_equal(text, "Friday 9 April 2021 at 00:00");
    instant_format_long(uk, at_utc(2024, 4, 1, 22, 0) + 5000, text);
    assert_string_equal(text, "Monday 1 April 2024 at 23:00:05");
    moment_format_long(uk, MOMENT_NEVER, text);
    assert_string_equal(text, "no due moment");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(uk_time_is_right_in_every_hour_from_1995_to_2035),
        cmocka_unit_test(summer_time_follows_the_last_sundays_in_every_year),
        cmocka_unit_test(before_1996_summer_ended_earlier_and_before_1981_it_is_not_known),
        cmocka_unit_test(every_local_hour_goes_back_to_the_instant_it_came_from),
        cmocka_unit_test(each_spring_skips_exactly_one_local_hour),
        cmocka_unit_test(the_doubled_hour_ends_as_sharply_as_it_begins),
        cmocka_unit_test(a_summer_night_belongs_to_the_local_date),
        cmocka_unit_test(every_day_starts_at_local_midnight),
        cmocka_unit_test(the_day_of_the_clock_change_has_23_or_25_hours),
        cmocka_unit_test(the_continent_changes_at_the_same_instant),
        cmocka_unit_test(zones_are_read_by_place_or_offset_and_anything_else_is_refused),
        cmocka_unit_test(a_day_limit_ends_its_day_and_what_happens_at_midnight_begins_the_next),
        cmocka_unit_test(moments_keep_the_order_of_one_instant),
        cmocka_unit_test(times_are_read_as_people_type_them),
        cmocka_unit_test(a_skipped_local_time_is_refused_and_a_doubled_one_is_the_earlier),
        cmocka_unit_test(what_is_not_a_time_is_refused),
        cmocka_unit_test(instants_are_written_with_their_offset_and_read_back),
        cmocka_unit_test(due_moments_are_said_in_words),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
