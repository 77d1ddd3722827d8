#include "lang/suggest.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

static void each_kind_of_slip_counts_one(void **state)
{
    (void)state;
    assert_int_equal(suggest_distance("assessment", "assessment", 2), 0);
    assert_int_equal(suggest_distance("asessment", "assessment", 2), 1);
    assert_int_equal(suggest_distance("asssessment", "assessment", 2), 1);
    assert_int_equal(suggest_distance("assesment", "assessmant", 2), 2);
    assert_int_equal(suggest_distance("assessmnet", "assessment", 2), 1);
    assert_int_equal(suggest_distance("", "ab", 2), 2);
}

static void what_is_too_far_is_one_more_than_allowed(void **state)
{
    (void)state;
    assert_int_equal(suggest_distance("visit", "closed", 2), 3);
    assert_int_equal(suggest_distance("a", "abcdef", 2), 3);
}

static size_t nearest_of(const char *wanted, const char *const *words, size_t count)
{
    Suggestion suggestion = suggest_begin(wanted);
    for (size_t i = 0; i < count; i++)
        suggest_try(&suggestion, words[i]);
    return suggestion.best;
}

static void the_nearest_word_is_taken_and_of_equals_the_first(void **state)
{
    (void)state;
    const char *const words[] = {"worked", "worker", "workers"};
    assert_int_equal(nearest_of("workr", words, 3), 1);
    const char *const equals[] = {"cat", "bat"};
    assert_int_equal(nearest_of("rat", equals, 2), 0);
    assert_int_equal(nearest_of("bat", equals, 2), 1); /* the word itself, after a near one */
}

static void short_words_forgive_one_slip_only(void **state)
{
    (void)state;
    const char *const words[] = {"icp"};
    assert_int_equal(nearest_of("icx", words, 1), 0);
    assert_true(nearest_of("ixx", words, 1) == SUGGEST_NONE);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_kind_of_slip_counts_one),
        cmocka_unit_test(what_is_too_far_is_one_more_than_allowed),
        cmocka_unit_test(the_nearest_word_is_taken_and_of_equals_the_first),
        cmocka_unit_test(short_words_forgive_one_slip_only),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
