/* Months, and what they are joined to. */
#include "render/report_periods.h"

#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>

#include <cmocka.h>

enum { JANUARY_2021 = 2021 * 12 };

static void assert_named(Periods periods, uint32_t period, const char *words, const char *brief)
{
    Text out = {0};
    period_words(&periods, period, &out);
    assert_string_equal(text_get(&out), words);
    text_reset(&out);
    period_short(&periods, period, &out);
    assert_string_equal(text_get(&out), brief);
    text_clear(&out);
}

static void two_years_are_shown_by_month(void **state)
{
    (void)state;
    Periods periods = periods_between(JANUARY_2021, JANUARY_2021 + 23, PERIODS_MOST);
    assert_int_equal(periods.count, 24);
    assert_named(periods, 3, "April 2021", "Apr 21");
    assert_string_equal(periods_name(&periods), "month");
}

static void more_than_two_years_are_shown_by_quarter(void **state)
{
    (void)state;
    Periods periods = periods_between(JANUARY_2021 + 1, JANUARY_2021 + 25, PERIODS_MOST);
    assert_int_equal(periods.count, 9);
    assert_int_equal(period_of(&periods, JANUARY_2021 + 1), 0);
    assert_int_equal(period_of(&periods, JANUARY_2021 + 3), 1);
    assert_named(periods, 1, "April to June 2021", "Apr-Jun 21");
    assert_string_equal(periods_name(&periods), "quarter");
}

static void many_years_are_shown_by_year_and_a_century_by_ten(void **state)
{
    (void)state;
    Periods periods = periods_between(JANUARY_2021 - 120, JANUARY_2021, PERIODS_MOST);
    assert_int_equal(periods.count, 11);
    assert_named(periods, 0, "2011", "2011");
    periods = periods_between(JANUARY_2021 - 1452, JANUARY_2021, PERIODS_MOST);
    assert_int_equal(periods.count, 13);
    assert_named(periods, 0, "1900 to 1909", "1900-09");
}

static void the_longest_span_of_dates_fits(void **state)
{
    (void)state;
    Periods periods = periods_between(1900 * 12, 2200 * 12 + 11, 8);
    assert_true(periods.count <= 8);
    assert_int_equal(period_of(&periods, 2200 * 12 + 11), periods.count - 1);
}

static void months_without_anything_stand_between_the_others(void **state)
{
    (void)state;
    PeriodCount items[] = {{JANUARY_2021, 1, 0, 0}, {JANUARY_2021 + 4, 1, 0, 0}};
    PeriodCounts months = {items, 2, 2};
    assert_int_equal(periods_of(&months).count, 5);
    assert_int_equal(periods_of(&(PeriodCounts){0}).count, 0);
}

static void a_day_belongs_to_its_month(void **state)
{
    (void)state;
    Day day = 0;
    assert_true(day_parse("2021-04-30", &day));
    assert_int_equal(month_of_day(day), JANUARY_2021 + 3);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(two_years_are_shown_by_month),
        cmocka_unit_test(more_than_two_years_are_shown_by_quarter),
        cmocka_unit_test(many_years_are_shown_by_year_and_a_century_by_ten),
        cmocka_unit_test(the_longest_span_of_dates_fits),
        cmocka_unit_test(months_without_anything_stand_between_the_others),
        cmocka_unit_test(a_day_belongs_to_its_month),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
