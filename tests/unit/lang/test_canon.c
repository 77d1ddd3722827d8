#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/text.h"
#include "lang/parser.h"

/* The normalised bytes of one source; the caller frees. With `calendar`, those of
 * the first calendar's own data. */
static char *normal(const char *text, bool calendar)
{
    Source source = {.path = "test", .name = "test", .text = text, .length = strlen(text)};
    Bundle bundle = {.sources = &source, .source_count = 1};
    parse_source(&bundle, 0);
    assert_int_equal(bundle.diags.count, 0);
    Text out = {0};
    if (calendar)
        bundle_normalise_calendar(&bundle, bundle.flow.calendars, &out);
    else
        bundle_normalise(&bundle, &out);
    diags_clear(&bundle.diags);
    arena_clear(&bundle.arena);
    return text_take(&out);
}

static bool same(const char *one, const char *other, bool calendar)
{
    char *a = normal(one, calendar), *b = normal(other, calendar);
    bool equal = strcmp(a, b) == 0;
    free(a);
    free(b);
    return equal;
}

static const char *const plain =
    "state a \"A\"\n  task b by c\n    within 3 weeks of entering\n"
    "  on b go to d\nstate d ends here\n";

static void white_space_comments_and_line_ends_change_nothing(void **state)
{
    (void)state;
    assert_true(
        same(plain,
             "# a comment\r\n\r\nstate a   \"A\"\r\n\ttask b # why\r\n by c within 3\r\n weeks "
             "of entering\r\n on b\r\n go to d\r\n\r\nstate d\r\n  ends here\r\n",
             false));
}

static void the_order_of_blocks_changes_nothing_and_that_of_clauses_something(void **state)
{
    (void)state;
    assert_true(
        same(plain,
             "state d ends here\nstate a \"A\"\n  task b by c within 3 weeks of entering\n"
             "  on b go to d\n",
             false));
    assert_false(
        same(plain,
             "state a \"A\"\n  on b go to d\n  task b by c within 3 weeks of entering\n"
             "state d ends here\n",
             false));
}

static void reasons_scenarios_and_allow_change_nothing(void **state)
{
    (void)state;
    assert_true(
        same(plain,
             "state a \"A\" because AB-1\n  task b by c\n    within 3 weeks of entering "
             "because AB-2, \"local\", AB-3\n  on b go to d because \"x\"\nstate d ends here\n"
             "allow CF405 until 1 March 2027 because \"y\"\n"
             "scenario \"z\"\n  given a new case\n  when b on 1 March 2021\n",
             false));
}

static void what_follows_a_reason_counts(void **state)
{
    (void)state;
    const char *text = "state a\n  task b because AB-1\n    if missed notify c\n";
    assert_false(same(text, "state a\n  task b\n", false));
    assert_true(same(text, "state a\n  task b if missed notify c\n", false));
    assert_false(same("period a is 3 weeks because \"x\" from 1 March 2021 is 2 weeks\n",
                      "period a is 3 weeks\n", false));
}

static void labels_numbers_and_names_count(void **state)
{
    (void)state;
    assert_false(same("role a \"A\"\n", "role a \"B\"\n", false));
    assert_false(same("role a \"A\"\n", "role a\n", false));
    assert_false(same("period a is 3 weeks\n", "period a is 2 weeks\n", false));
    assert_false(same("fact a one of b, c\n", "fact a one of b, d\n", false));
    assert_true(same("role a \"A\"\n", "role a \u201cA\u201d\n", false));
}

static void where_a_clause_begins_counts(void **state)
{
    (void)state;
    assert_false(
        same("state a\n  task b by\n  on\n", "state a\n  task b by on\n  task c\n", false));
    assert_true(same("state a\n  task b by\n  on\n", "state a\n  task b by on\n", false));
}

/* After `until` a line goes on, were it not the name of a state. */
static void a_block_begins_also_after_a_name_that_lets_a_line_go_on(void **state)
{
    (void)state;
    assert_true(same("state a\n  on b\n    go to until\nstate until ends here\nrole c\n",
                     "role c\nstate until ends here\nstate a\n  on b\n    go to until\n",
                     false));
}

static void dated_holidays_are_the_calendars_own_data(void **state)
{
    (void)state;
    const char *before =
        "calendar a \"A\"\n  working Monday to Friday\n  except 25 December \"C\"\n"
        "  covers 2000 to 2030 published to 2028\n";
    const char *more =
        "calendar a \"A\"\n  working Monday to Friday\n  except 25 December \"C\"\n"
        "  except 19 September 2022 \"One day\"\n  working 24 December 2022\n"
        "  covers 2000 to 2030 published to 2029\n";
    assert_true(same(before, more, false));
    assert_false(same(before, more, true));
    assert_false(same(before,
                      "calendar a \"A\"\n  working Monday to Friday\n"
                      "  except 26 December \"C\"\n  covers 2000 to 2030 published to 2028\n",
                      false));
}

static void the_order_of_dated_lines_changes_nothing(void **state)
{
    (void)state;
    assert_true(same(
        "calendar a\n  except 1 May 2020\n  except 8 May 2020 instead of 4 May 2020\n",
        "calendar a\n  except 8 May 2020 instead of 4 May 2020\n  except 1 May 2020\n", true));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(white_space_comments_and_line_ends_change_nothing),
        cmocka_unit_test(the_order_of_blocks_changes_nothing_and_that_of_clauses_something),
        cmocka_unit_test(reasons_scenarios_and_allow_change_nothing),
        cmocka_unit_test(what_follows_a_reason_counts),
        cmocka_unit_test(labels_numbers_and_names_count),
        cmocka_unit_test(where_a_clause_begins_counts),
        cmocka_unit_test(a_block_begins_also_after_a_name_that_lets_a_line_go_on),
        cmocka_unit_test(dated_holidays_are_the_calendars_own_data),
        cmocka_unit_test(the_order_of_dated_lines_changes_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
