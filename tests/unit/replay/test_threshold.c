#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <string.h>

#include "replay/threshold.h"

static bool exceeds(const char *condition, const Result *result)
{
    Threshold threshold;
    Error err = {0};
    Text words = {0};
    if (!threshold_parse(condition, &threshold, &err))
        fail_msg("%s", err.text);
    bool exceeded = threshold_is_exceeded(&threshold, result, &words);
    assert_int_equal(exceeded, words.length > 0);
    text_clear(&words);
    return exceeded;
}

/* 100 duties fell due: 4 late and 2 overdue, 1 of them accepted. 40 cases: 2 break a rule,
 * 1 cannot be judged. */
static void shares_and_counts_are_compared_exactly(void **state)
{
    (void)state;
    DutySum duty = {
        .fell_due = 100, .in_time = 94, .late = 4, .open_overdue = 2, .accepted = 1};
    const Result result = {.duties = &duty,
                           .duty_count = 1,
                           .cases = 40,
                           .outcomes = {[CASE_BREAKS] = 2, [CASE_CANNOT_BE_JUDGED] = 1}};
    assert_false(exceeds("late > 5%", &result));
    assert_true(exceeds("late >= 5%", &result));
    assert_true(exceeds("late>4.99%", &result));
    assert_true(exceeds("late > 4", &result));
    assert_false(exceeds("late > 5", &result));
    assert_false(exceeds("broken > 5%", &result));
    assert_true(exceeds("broken > 4.9 %", &result));
    assert_true(exceeds("broken > 0", &result));
    assert_true(exceeds("cannot-judge >= 2.5%", &result));
    assert_false(exceeds("cannot-judge > 2.5%", &result));
}

static void of_nothing_no_share_is_exceeded(void **state)
{
    (void)state;
    const Result result = {0};
    assert_false(exceeds("late > 0%", &result));
    assert_false(exceeds("broken >= 0%", &result));
    assert_true(exceeds("broken >= 0", &result)); /* asked for a count, none is enough */
}

static void what_it_says_is_a_sentence(void **state)
{
    (void)state;
    const Result result = {.cases = 40, .outcomes = {[CASE_BREAKS] = 2}};
    Threshold threshold;
    Error err;
    Text words = {0};
    assert_true(threshold_parse("broken > 2.5%", &threshold, &err));
    assert_true(threshold_is_exceeded(&threshold, &result, &words));
    assert_string_equal(text_get(&words),
                        "against a rule: 2 of 40 cases (5.00%), and more than "
                        "2.50% is too much");
    text_clear(&words);
}

static void what_is_no_condition_is_refused_with_examples(void **state)
{
    (void)state;
    static const char *const wrong[] = {"",
                                        "late",
                                        "late > ",
                                        "late > x",
                                        "late < 5%",
                                        "lates > 5%",
                                        "late > 101%",
                                        "late > 5.5",
                                        "late > 5% x",
                                        "late > 5.123%",
                                        "late > -1",
                                        "late 5%",
                                        "late > 99999999999",
                                        "5% < late"};
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        Threshold threshold;
        Error err = {0};
        if (threshold_parse(wrong[i], &threshold, &err))
            fail_msg("'%s' is taken for a condition", wrong[i]);
        assert_int_equal(err.kind, ERROR_USAGE);
        assert_non_null(strstr(err.text, "'late > 5%'"));
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(shares_and_counts_are_compared_exactly),
        cmocka_unit_test(of_nothing_no_share_is_exceeded),
        cmocka_unit_test(what_it_says_is_a_sentence),
        cmocka_unit_test(what_is_no_condition_is_refused_with_examples),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
