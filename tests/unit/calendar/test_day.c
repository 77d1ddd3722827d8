#include "calendar/day.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#define CIVIL(year, month, day) day_from_civil((Civil){year, month, day})

static void every_day_from_1900_to_2200_follows_the_one_before(void **state)
{
    (void)state;
    static const int lengths[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    Day expected = -25567; /* 1 January 1900, a Monday */
    int weekday = 0;
    for (int year = 1900; year <= 2200; year++) {
        bool leap = year % 4 == 0 && year != 1900 && year != 2100 && year != 2200;
        for (int month = 1; month <= 12; month++) {
            int length = lengths[month - 1] + (month == 2 && leap);
            assert_int_equal(month_length(year, month), length);
            for (int day = 1; day <= length; day++, expected++, weekday = (weekday + 1) % 7) {
                Civil back = day_to_civil(expected);
                assert_int_equal(CIVIL(year, month, day), expected);
                assert_true(back.year == year && back.month == month && back.day == day);
                assert_int_equal(day_weekday(expected), weekday);
                assert_true(day_is_valid(expected));
            }
        }
    }
    assert_false(day_is_valid(expected));
    assert_false(day_is_valid(-25568));
    assert_false(day_is_valid(DAY_NONE));
}

static void easter_falls_on_the_dates_of_the_wall_calendar(void **state)
{
    (void)state;
    assert_int_equal(easter_sunday(1995), CIVIL(1995, 4, 16));
    assert_int_equal(easter_sunday(2000), CIVIL(2000, 4, 23));
    assert_int_equal(easter_sunday(2008), CIVIL(2008, 3, 23));
    assert_int_equal(easter_sunday(2011), CIVIL(2011, 4, 24));
    assert_int_equal(easter_sunday(2021), CIVIL(2021, 4, 4));
    assert_int_equal(easter_sunday(2024), CIVIL(2024, 3, 31));
    assert_int_equal(easter_sunday(2025), CIVIL(2025, 4, 20));
    assert_int_equal(easter_sunday(2026), CIVIL(2026, 4, 5));
    assert_int_equal(easter_sunday(2035), CIVIL(2035, 3, 25));
    assert_int_equal(easter_sunday(1954), CIVIL(1954, 4, 18)); /* the late-moon exceptions */
    assert_int_equal(easter_sunday(1981), CIVIL(1981, 4, 19));
}

static void easter_is_always_a_sunday_between_22_march_and_25_april(void **state)
{
    (void)state;
    for (int year = 1900; year <= 2200; year++) {
        Day easter = easter_sunday(year);
        assert_int_equal(day_weekday(easter), 6);
        assert_true(easter >= CIVIL(year, 3, 22) && easter <= CIVIL(year, 4, 25));
    }
}

static void the_nth_weekday_is_found_by_looking_at_every_day_of_the_month(void **state)
{
    (void)state;
    for (int month = 1; month <= 12; month++)
        for (int weekday = 0; weekday < 7; weekday++) {
            Day seen[6] = {0};
            int count = 0;
            for (int day = 1; day <= month_length(2027, month); day++)
                if (day_weekday(CIVIL(2027, month, day)) == weekday)
                    seen[++count] = CIVIL(2027, month, day);
            for (int n = 1; n <= 5; n++)
                assert_int_equal(nth_weekday(2027, month, weekday, n),
                                 n <= count ? seen[n] : DAY_NONE);
            assert_int_equal(nth_weekday(2027, month, weekday, -1), seen[count]);
        }
}

static void months_end_on_the_corresponding_date_or_the_end_of_the_month(void **state)
{
    (void)state;
    bool clipped;
    assert_int_equal(day_add_months(CIVIL(2025, 8, 31), 3, &clipped), CIVIL(2025, 11, 30));
    assert_true(clipped);
    assert_int_equal(day_add_months(CIVIL(2024, 11, 30), 3, &clipped), CIVIL(2025, 2, 28));
    assert_true(clipped);
    assert_int_equal(day_add_months(CIVIL(2024, 2, 29), 12, NULL), CIVIL(2025, 2, 28));
    assert_int_equal(day_add_months(CIVIL(2023, 9, 30), 4, &clipped), CIVIL(2024, 1, 30));
    assert_false(clipped);
    assert_int_equal(day_add_months(CIVIL(2024, 3, 31), -1, &clipped), CIVIL(2024, 2, 29));
    assert_true(clipped);
    assert_int_equal(day_add_months(CIVIL(2024, 1, 15), -13, NULL), CIVIL(2022, 12, 15));
}

static void only_a_whole_iso_date_is_read(void **state)
{
    (void)state;
    Day day = 7;
    assert_true(day_parse("2026-12-25", &day));
    assert_int_equal(day, CIVIL(2026, 12, 25));
    static const char *const wrong[] = {"",           "2026-12-2",   "2026-13-01", "2026-00-01",
                                        "2026-02-29", "2026-04-31",  "1899-12-31", "2201-01-01",
                                        "2026/12/25", "2026-12-25 ", "26-12-25",   "2026-1-025",
                                        "+026-12-25", "2026-12-00",  " 2026-12-25"};
    for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++)
        assert_false(day_parse(wrong[i], &day));
    assert_int_equal(day, CIVIL(2026, 12, 25));
    assert_true(day_parse("2024-02-29", &day));
    assert_true(day_parse("1900-01-01", &day));
    assert_true(day_parse("2200-12-31", &day));
    assert_true(day_parse_bytes("2026-12-25 at noon", 10, &day));
}

static void dates_are_written_short_and_long(void **state)
{
    (void)state;
    char text[DAY_TEXT_MAX];
    day_format(CIVIL(2026, 12, 5), text);
    assert_string_equal(text, "2026-12-05");
    day_format_long(CIVIL(2026, 12, 25), text);
    assert_string_equal(text, "Friday 25 December 2026");
    day_format_long(CIVIL(1969, 12, 31), text);
    assert_string_equal(text, "Wednesday 31 December 1969");
    day_format(DAY_NONE, text);
    assert_string_equal(text, "(no date)");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_day_from_1900_to_2200_follows_the_one_before),
        cmocka_unit_test(easter_falls_on_the_dates_of_the_wall_calendar),
        cmocka_unit_test(easter_is_always_a_sunday_between_22_march_and_25_april),
        cmocka_unit_test(the_nth_weekday_is_found_by_looking_at_every_day_of_the_month),
        cmocka_unit_test(months_end_on_the_corresponding_date_or_the_end_of_the_month),
        cmocka_unit_test(only_a_whole_iso_date_is_read),
        cmocka_unit_test(dates_are_written_short_and_long),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
