#include "lang/together.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "flow_text.h"

/* Whether two conditions over these facts and tracks can hold together. */
static bool hold(const char *first, const char *second)
{
    Text text = {0};
    text_addf(&text,
              FRAME "fact risk \"Risk\" one of low, medium, high\nfact age \"Age\" number\n"
                    "fact seen \"Seen\" yes or no\nfact born \"Born\" date\n"
                    "term grave \"Grave\" when risk is high and seen is no\n"
                    "track side \"Side\"\n  starts on begun\n"
                    "state here \"Here\" in side starts here\nstate there \"There\" in side\n"
                    "always %s\nalways %s\n",
              first, second);
    Bundle bundle;
    resolve_text(&bundle, text_get(&text));
    assert_string_equal(codes_of(&bundle), "");
    const Expr *conditions[2] = {bundle.flow.rules->condition,
                                 bundle.flow.rules->next->condition};
    bool answer = conditions_hold_together(&bundle.flow, conditions, 2);
    bundle_clear(&bundle);
    text_clear(&text);
    return answer;
}

static void lists_are_told_apart_exactly(void **state)
{
    (void)state;
    assert_true(hold("risk is high", "risk is high"));
    assert_false(hold("risk is high", "risk is low"));
    assert_false(hold("risk is not high", "risk is one of high"));
    assert_true(hold("risk is not high", "risk is not low"));
    assert_false(hold("(risk is not high and risk is not low)", "risk is not medium"));
    assert_false(hold("risk is not one of low, medium", "risk is medium"));
    assert_false(hold("seen is yes", "seen is not yes"));
}

static void numbers_and_dates_are_told_apart_by_their_ranges(void **state)
{
    (void)state;
    assert_false(hold("age is under 3", "age is at least 3"));
    assert_true(hold("age is at most 3", "age is at least 3"));
    assert_false(hold("age is over 3", "age is 3"));
    assert_false(hold("age is not 3", "age is one of 3"));
    assert_true(hold("age is not 3", "age is one of 3, 4"));
    assert_false(hold("born is under 1 March 2021", "born is 1 March 2021"));
}

static void what_is_unknown_has_no_value(void **state)
{
    (void)state;
    assert_false(hold("risk is not known", "risk is not high"));
    assert_false(hold("age is not known", "age is known"));
    assert_true(hold("age is not known", "risk is known"));
}

static void terms_are_looked_into(void **state)
{
    (void)state;
    assert_false(hold("grave", "seen is yes"));
    assert_false(hold("grave", "not grave"));
    assert_true(hold("not grave", "risk is high"));
    assert_false(hold("not grave", "(risk is high and seen is no)"));
}

static void a_track_runs_or_does_not(void **state)
{
    (void)state;
    assert_false(hold("track side is running", "track side is not running"));
    assert_false(hold("track side is at here", "track side is not at here"));
    assert_true(hold("track side is at here", "track side is not at there"));
    assert_true(hold("track side is running", "track side has not ended"));
    assert_false(hold("begun 3 times within 30 calendar days and risk is low", "risk is high"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(lists_are_told_apart_exactly),
        cmocka_unit_test(numbers_and_dates_are_told_apart_by_their_ranges),
        cmocka_unit_test(what_is_unknown_has_no_value),
        cmocka_unit_test(terms_are_looked_into),
        cmocka_unit_test(a_track_runs_or_does_not),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
