/* The report for publication: whoever reads it learns of nobody. Cases are invented. */
#include "render/report.h"

#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdlib.h>

#include <cmocka.h>

#include "markup_parse.h"
#include "report_sample.h"

static void make(Sample *sample, Text *out)
{
    Error err = {0};
    sample->request.is_public = true;
    if (!report_html(&sample->request, out, &err))
        fail_msg("%s", err.text);
}

static void assert_says(Sample *sample, const char *expected)
{
    Text out = {0}, words = {0};
    make(sample, &out);
    parse(text_get(&out), out.length, &words);
    if (!strstr(text_get(&words), expected))
        fail_msg("'%s' is not in: %s", expected, strstr(text_get(&words), "counter(pages)"));
    text_clear(&out);
    text_clear(&words);
}

static void assert_nowhere(Sample *sample, const char *const *words)
{
    Text out = {0};
    make(sample, &out);
    for (size_t i = 0; words[i]; i++)
        if (strstr(text_get(&out), words[i]))
            fail_msg("'%s' stands in the report", words[i]);
    text_clear(&out);
}

static void no_case_and_no_person_is_named(void **state)
{
    (void)state;
    static const char *const names[] = {"ROBIN",  "SPARROW", "WREN", "KITE",  "LARK",
                                        "MERLIN", "CROW",    "DOVE", "EAGLE", "Finch",
                                        "finch",  "Reed",    NULL};
    Sample sample;
    sample_make(&sample, "Small");
    assert_nowhere(&sample, names);
    sample_clear(&sample);
}

/* Of a comparison no sentence of a case is kept; what only lists of cases say is left out. */
static void a_comparison_names_no_case_either(void **state)
{
    (void)state;
    static const char *const names[] = {"ROBIN", "WREN", "too late for", NULL};
    FlippedCase cases[] = {{.id = "ROBIN",
                            .a = {CASE_FOLLOWS, "", ""},
                            .b = {CASE_LATE_ONLY, "too late for ROBIN", "cre.flow:8"}}};
    FlippedDuty duties[] = {{.id = "WREN", .work = "See the child", .newly_late = true}};
    Comparison comparison = {
        .cases = cases, .case_count = 1, .duties = duties, .duty_count = 1};
    Sample sample;
    sample_make(&sample, "Small");
    comparison.b = sample.result.head;
    comparison.outcomes[CASE_FOLLOWS][CASE_FOLLOWS] = 52;
    sample.request.comparison = &comparison;
    assert_nowhere(&sample, names);
    assert_says(&sample, COMPARE_CAUTION);
    sample_clear(&sample);
}

static void it_says_at_the_top_that_small_counts_are_hidden(void **state)
{
    (void)state;
    Sample sample;
    sample_make(&sample, "Small");
    assert_says(&sample,
                "For publication. It names no case and no person. Counts of 1 to 4 are "
                "shown as \"fewer than 5\".");
    sample_clear(&sample);
}

static void a_small_count_takes_a_second_one_with_it(void **state)
{
    (void)state;
    Sample sample;
    sample_make(&sample, "Small");
    assert_says(&sample, "5947 (80%)hiddenfewer than 5");
    sample_clear(&sample);
}

/* 27 follow, 8 are late: with 15 and 2 a reader could take the rest from 52. */
static void the_four_answers_do_not_give_each_other_away(void **state)
{
    (void)state;
    Sample sample;
    sample_make(&sample, "Small");
    sample.result.outcomes[CASE_BREAKS] = 15;
    sample.result.outcomes[CASE_CANNOT_BE_JUDGED] = 2;
    assert_says(&sample,
                "Of 52 cases in the log, 27 follow the policy (52 per cent), 15 break a "
                "rule (29 per cent), hidden are late only and fewer than 5 cannot be "
                "judged.");
    sample_clear(&sample);
}

static void sums_over_what_is_hidden_are_left_out(void **state)
{
    (void)state;
    static const char *const sums[] = {"124 duties", "320 rows", "40 (", NULL};
    Sample sample;
    sample_make(&sample, "Small");
    assert_nowhere(&sample, sums);
    assert_says(&sample, "the work of a role could give them away");
    sample_clear(&sample);
}

/* Every count in a cell; columns of days are no counts. */
static void no_cell_holds_a_small_count(void **state)
{
    (void)state;
    Sample sample;
    Text out = {0};
    sample_make(&sample, "Small");
    make(&sample, &out);
    const char *at = strstr(text_get(&out), "class=\"months\"");
    assert_non_null(at);
    for (; (at = strstr(at, "<td class=\"n\">")) != NULL; at++) {
        char *end;
        long count = strtol(at + strlen("<td class=\"n\">"), &end, 10);
        bool is_share = *end == '%' || *end == ',';
        if (count >= 1 && count <= 4 && !is_share)
            fail_msg("a cell holds %ld: %.60s", count, at);
    }
    text_clear(&out);
    sample_clear(&sample);
}

/* With nothing small in them the numbers stand as they are. */
static void large_counts_are_shown(void **state)
{
    (void)state;
    Sample sample;
    sample_make(&sample, "Small");
    sample.result.duties = sample.duties; /* the plan meeting alone */
    sample.result.duty_count = 1;
    sample.result.finding_count = 1;
    assert_says(&sample, "65 duties with a limit fell due: 39 of 65, 60 per cent, were met");
    assert_says(&sample, "Pieces of work finished by each role");
    assert_says(&sample, "8 to 12: 22");
    sample_clear(&sample);
}

/* The plan meeting alone, with these days taken: nothing else of it is small. */
static void make_plans(Sample *sample, DayCount *days, uint32_t count)
{
    sample_make(sample, "Small");
    sample->result.duty_count = 1;
    sample->result.finding_count = 1;
    sample->duties[0].days = (DayCounts){days, count, count};
}

static void few_days_have_no_median(void **state)
{
    (void)state;
    DayCount days[] = {{10, 9}};
    Sample sample;
    make_plans(&sample, days, 1);
    assert_says(&sample, "12 (18%)60hiddenhidden");
    sample_clear(&sample);
}

static void small_bands_of_days_are_joined_on_their_side_of_the_limit(void **state)
{
    (void)state;
    DayCount days[] = {{5, 2}, {10, 22}, {42, 17}, {43, 9}, {60, 3}};
    Sample sample;
    make_plans(&sample, days, 5);
    assert_says(&sample, "In 0 to 2 days: 0, 3 to 12: 24, 13 to 17: 0");
    assert_says(&sample, "38 to 42: 17, 43 or more: 12");
    sample_clear(&sample);
}

static void days_are_left_out_where_a_count_beside_them_is_hidden(void **state)
{
    (void)state;
    static const char *const bands[] = {"2: 15, 3: 10", NULL};
    Sample sample;
    sample_make(&sample, "Small");
    assert_says(&sample, "How many days were taken is left out: some counts are below 5.");
    assert_nowhere(&sample, bands);
    sample_clear(&sample);
}

static void the_flip_matrix_hides_what_its_totals_would_tell(void **state)
{
    (void)state;
    Comparison comparison = {.flipped = 10};
    Sample sample;
    sample_make(&sample, "Small");
    comparison.b = sample.result.head;
    comparison.outcomes[CASE_FOLLOWS][CASE_FOLLOWS] = 20;
    comparison.outcomes[CASE_FOLLOWS][CASE_LATE_ONLY] = 7;
    comparison.outcomes[CASE_LATE_ONLY][CASE_LATE_ONLY] = 8;
    comparison.outcomes[CASE_BREAKS][CASE_BREAKS] = 8;
    comparison.outcomes[CASE_BREAKS][CASE_FOLLOWS] = 3;
    comparison.outcomes[CASE_CANNOT_BE_JUDGED][CASE_CANNOT_BE_JUDGED] = 6;
    sample.request.comparison = &comparison;
    assert_says(&sample, "Breaks a rulefewer than 50hidden0");
    sample_clear(&sample);
}

static void too_few_cases_are_not_published(void **state)
{
    (void)state;
    Sample sample;
    Text out = {0};
    Error err = {0};
    sample_make(&sample, "Small");
    sample.request.is_public = true;
    sample.result.cases = 9;
    assert_false(report_html(&sample.request, &out, &err));
    assert_int_equal(err.kind, ERROR_REFUSED);
    assert_int_equal(out.length, 0);
    sample_clear(&sample);
}

static void pages_of_cases_are_not_published(void **state)
{
    (void)state;
    Sample sample;
    Text out = {0};
    Error err = {0};
    ReportPages pages = {0};
    sample_make(&sample, "Small");
    sample.request.is_public = true;
    sample.request.pages = &pages;
    assert_false(report_html(&sample.request, &out, &err));
    assert_int_equal(err.kind, ERROR_REFUSED);
    sample_clear(&sample);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(no_case_and_no_person_is_named),
        cmocka_unit_test(a_comparison_names_no_case_either),
        cmocka_unit_test(it_says_at_the_top_that_small_counts_are_hidden),
        cmocka_unit_test(a_small_count_takes_a_second_one_with_it),
        cmocka_unit_test(the_four_answers_do_not_give_each_other_away),
        cmocka_unit_test(sums_over_what_is_hidden_are_left_out),
        cmocka_unit_test(no_cell_holds_a_small_count),
        cmocka_unit_test(large_counts_are_shown),
        cmocka_unit_test(few_days_have_no_median),
        cmocka_unit_test(small_bands_of_days_are_joined_on_their_side_of_the_limit),
        cmocka_unit_test(days_are_left_out_where_a_count_beside_them_is_hidden),
        cmocka_unit_test(the_flip_matrix_hides_what_its_totals_would_tell),
        cmocka_unit_test(too_few_cases_are_not_published),
        cmocka_unit_test(pages_of_cases_are_not_published),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
