#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>
#include <string.h>

#include "calendar/limit.h"

static void every_duration_reads_back_as_it_is_written(void **state)
{
    (void)state;
    static const Unit units[] = {UNIT_WORKING_DAYS,  UNIT_CALENDAR_DAYS, UNIT_HOURS,
                                 UNIT_WORKING_HOURS, UNIT_WEEKS,         UNIT_MONTHS,
                                 UNIT_YEARS,         UNIT_SAME_DAY,      UNIT_IMMEDIATELY};
    for (size_t i = 0; i < sizeof units / sizeof units[0]; i++)
        for (int32_t amount = 0; amount <= 100; amount++) {
            bool has_number = units[i] != UNIT_SAME_DAY && units[i] != UNIT_IMMEDIATELY;
            Duration duration = {has_number ? amount : 0, units[i]}, back;
            Text text = {0};
            Error err = {0};
            duration_format(duration, &text);
            assert_true(duration_parse(text_get(&text), &back, &err));
            assert_int_equal(back.amount, duration.amount);
            assert_int_equal(back.unit, duration.unit);
            text_clear(&text);
        }
}

static void durations_are_written_in_words(void **state)
{
    (void)state;
    static const struct {
        Duration duration;
        const char *text;
    } cases[] = {{{1, UNIT_WORKING_DAYS}, "1 working day"},
                 {{3, UNIT_WORKING_DAYS}, "3 working days"},
                 {{5, UNIT_CALENDAR_DAYS}, "5 calendar days"},
                 {{24, UNIT_HOURS}, "24 hours"},
                 {{1, UNIT_WORKING_HOURS}, "1 working hour"},
                 {{1, UNIT_MONTHS}, "1 month"},
                 {{0, UNIT_SAME_DAY}, "same day"},
                 {{0, UNIT_IMMEDIATELY}, "immediately"}};
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        Text text = {0};
        duration_format(cases[i].duration, &text);
        assert_string_equal(text_get(&text), cases[i].text);
        text_clear(&text);
    }
}

static void blanks_around_and_between_do_not_matter(void **state)
{
    (void)state;
    Duration duration;
    Error err = {0};
    assert_true(duration_parse("  3\tworking   days ", &duration, &err));
    assert_int_equal(duration.amount, 3);
    assert_int_equal(duration.unit, UNIT_WORKING_DAYS);
}

static void refused(const char *text, const char *sentence)
{
    Duration duration;
    Error err = {0};
    assert_false(duration_parse(text, &duration, &err));
    assert_string_equal(err.text, sentence);
}

static void bare_days_and_ranges_are_refused_with_what_to_write(void **state)
{
    (void)state;
    refused("3 days",
            "'3 days' does not say which days; write 3 working days or 3 calendar days");
    refused("1 day", "'1 day' does not say which days; write 1 working day or 1 calendar day");
    refused("24 to 72 hours",
            "'24 to 72 hours' is a range; write target 24 hours limit 72 hours "
            "if both are meant");
    refused("3 to 5 working days", "'3 to 5 working days' is a range; write target 3 working "
                                   "days limit 5 working days if both are meant");
}

static void what_is_not_a_duration_is_refused(void **state)
{
    (void)state;
    static const char *const wrong[] = {"",
                                        "3",
                                        "days",
                                        "three working days",
                                        "-3 working days",
                                        "3.5 hours",
                                        "3 working",
                                        "3 calendar hours",
                                        "3 working weeks",
                                        "3 working days now",
                                        "same days",
                                        "same day now",
                                        "immediately now",
                                        "3workingdays",
                                        "3 fortnights",
                                        "3 Working Days",
                                        "3 working days or so",
                                        "0x3 weeks",
                                        "3 aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"};
    for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++) {
        Duration duration;
        Error err = {0};
        assert_false(duration_parse(wrong[i], &duration, &err));
        assert_int_equal(err.kind, ERROR_INPUT);
        assert_non_null(strstr(err.text, "is not a duration"));
    }
}

static void a_duration_is_bounded_in_every_unit(void **state)
{
    (void)state;
    static const struct {
        const char *at, *above;
    } bounds[] = {{"40000 working days", "40001 working days"},
                  {"40000 calendar days", "40001 calendar days"},
                  {"960000 hours", "960001 hours"},
                  {"960000 working hours", "960001 working hours"},
                  {"5714 weeks", "5715 weeks"},
                  {"1290 months", "1291 months"},
                  {"109 years", "110 years"},
                  /* these would wrap round to 3 */
                  {"3 working days", "4294967299 working days"},
                  {"3 working days", "18446744073709551619 working days"}};
    for (size_t i = 0; i < sizeof bounds / sizeof bounds[0]; i++) {
        Duration duration;
        Error err = {0};
        assert_true(duration_parse(bounds[i].at, &duration, &err));
        assert_false(duration_parse(bounds[i].above, &duration, &err));
        assert_int_equal(err.kind, ERROR_LIMIT);
    }
    Error err = {0};
    assert_false(duration_check((Duration){-1, UNIT_HOURS}, &err));
    refused("110 years", "'110 years' is too long: the most is 109");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_duration_reads_back_as_it_is_written),
        cmocka_unit_test(durations_are_written_in_words),
        cmocka_unit_test(blanks_around_and_between_do_not_matter),
        cmocka_unit_test(bare_days_and_ranges_are_refused_with_what_to_write),
        cmocka_unit_test(what_is_not_a_duration_is_refused),
        cmocka_unit_test(a_duration_is_bounded_in_every_unit),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
