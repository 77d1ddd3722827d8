#include "log/written_time.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

static WrittenTime parsed(const char *text)
{
    WrittenTime time;
    if (!written_time_parse(text, strlen(text), &time))
        fail_msg("'%s' is not read", text);
    return time;
}

static bool is_refused(const char *text)
{
    WrittenTime time;
    return !written_time_parse(text, strlen(text), &time);
}

static void a_date_and_time_with_a_t_or_a_blank_are_the_same(void **state)
{
    (void)state;
    static const char *const texts[] = {"2011-12-06T13:41:31", "2011-12-06 13:41:31",
                                        " 2011-12-06 13:41:31 ", "2011/12/06 13:41:31"};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        WrittenTime time = parsed(texts[i]);
        assert_true(time.year_first && time.has_time && !time.has_offset);
        assert_int_equal(time.year, 2011);
        assert_int_equal(time.first, 12);
        assert_int_equal(time.second, 6);
        assert_int_equal(time.ms, ((13 * 60 + 41) * 60 + 31) * 1000);
    }
}

static void fractions_of_nought_to_nine_digits_are_cut_to_milliseconds(void **state)
{
    (void)state;
    assert_int_equal(parsed("2011-12-06T00:00:01.").ms, 1000);
    assert_int_equal(parsed("2011-12-06T00:00:01.5").ms, 1500);
    assert_int_equal(parsed("2011-12-06T00:00:01,25").ms, 1250);
    assert_int_equal(parsed("2011-12-06T00:00:01.788").ms, 1788);
    assert_int_equal(parsed("2011-12-06T00:00:01.788999").ms, 1788);
    assert_int_equal(parsed("2011-12-06T00:00:01.000000001").ms, 1000);
    assert_true(is_refused("2011-12-06T00:00:01.0000000001"));
}

static void offsets_are_read_in_every_common_form(void **state)
{
    (void)state;
    assert_int_equal(parsed("2011-12-06T13:41:31Z").offset_minutes, 0);
    assert_int_equal(parsed("2011-12-06T13:41:31+01:00").offset_minutes, 60);
    assert_int_equal(parsed("2011-12-06T13:41:31+0530").offset_minutes, 330);
    assert_int_equal(parsed("2011-12-06T13:41:31-03").offset_minutes, -180);
    assert_int_equal(parsed("2011-12-06 13:41:31.5 +02:00").offset_minutes, 120);
    assert_int_equal(parsed("2011-12-06T13:41-00:30").offset_minutes, -30);
    assert_true(parsed("2011-12-06T13:41:31Z").has_offset);
    assert_true(is_refused("2011-12-06T13:41:31+15:00"));
    assert_true(is_refused("2011-12-06T13:41:31+01:60"));
    assert_true(is_refused("2011-12-06T13:41:31+01:"));
    assert_true(is_refused("2011-12-06T13:41:31+1"));
    assert_true(is_refused("2011-12-06T13:41:31 CET"));
}

static void a_date_alone_has_no_time(void **state)
{
    (void)state;
    assert_false(parsed("2011-12-06").has_time);
    assert_false(parsed("06/12/2011").has_time);
    assert_true(parsed("06/12/2011 00:00").has_time);
}

static void numbers_before_the_year_stay_as_they_stand(void **state)
{
    (void)state;
    WrittenTime time = parsed("6.12.2011 9:05");
    assert_false(time.year_first);
    assert_int_equal(time.first, 6);
    assert_int_equal(time.second, 12);
    assert_int_equal(time.separator, '.');
    assert_int_equal(time.ms, (9 * 60 + 5) * 60000);
}

static void what_is_no_time_is_refused(void **state)
{
    (void)state;
    static const char *const texts[] = {"",
                                        "yesterday",
                                        "2011",
                                        "2011-12",
                                        "06/12/11",
                                        "2011-12/06",
                                        "2011-12-06T24:00",
                                        "2011-12-06T23:60",
                                        "2011-12-06T23:59:60",
                                        "2011-12-06T",
                                        "2011-12-06T9",
                                        "2011-12-061",
                                        "12011-12-06",
                                        "45321",
                                        "2011-12-06Z",
                                        "2011-12-06 09:00 09:00",
                                        "123/12/2011",
                                        "1/2/20211",
                                        "-1/02/2021"};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        if (!is_refused(texts[i]))
            fail_msg("'%s' is read", texts[i]);
}

static void a_text_of_any_length_stops_where_it_ends(void **state)
{
    (void)state;
    static const char text[] = "2011-12-06T13:41:31.788+01:00";
    WrittenTime time;
    for (size_t length = 0; length < sizeof text; length++) {
        bool read = written_time_parse(text, length, &time);
        /* a day, minute, second, any fraction, hours of the offset, all of it */
        bool whole = length == 9 || length == 10 || length == 16 ||
                     (length >= 19 && length <= 23) || length == 26 || length == 29;
        assert_int_equal(read, whole);
    }
}

static void a_spreadsheets_day_number_is_recognised(void **state)
{
    (void)state;
    assert_true(is_spreadsheet_day("45321", 5));
    assert_true(is_spreadsheet_day("45321.75", 8));
    assert_false(is_spreadsheet_day("4532", 4));
    assert_false(is_spreadsheet_day("453210", 6));
    assert_false(is_spreadsheet_day("2024-01-01", 10));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_date_and_time_with_a_t_or_a_blank_are_the_same),
        cmocka_unit_test(fractions_of_nought_to_nine_digits_are_cut_to_milliseconds),
        cmocka_unit_test(offsets_are_read_in_every_common_form),
        cmocka_unit_test(a_date_alone_has_no_time),
        cmocka_unit_test(numbers_before_the_year_stay_as_they_stand),
        cmocka_unit_test(what_is_no_time_is_refused),
        cmocka_unit_test(a_text_of_any_length_stops_where_it_ends),
        cmocka_unit_test(a_spreadsheets_day_number_is_recognised),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
