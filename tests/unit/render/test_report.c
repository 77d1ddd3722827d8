/* The report for casework: what a board reads in it. The cases are invented. */
#include "render/report.h"

#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>

#include <cmocka.h>

#include "base/limits.h"
#include "base/mem.h"
#include "markup_parse.h"
#include "report_sample.h"

static void make(const Sample *sample, Text *out)
{
    Error err = {0};
    if (!report_html(&sample->request, out, &err))
        fail_msg("%s", err.text);
}

/* The words of the page, blanks and line ends as single blanks. */
static void words_of(const Sample *sample, Text *words)
{
    Text out = {0}, raw = {0};
    make(sample, &out);
    parse(text_get(&out), out.length, &raw);
    for (const char *at = strstr(text_get(&raw), "counter(pages)"); *at; at++)
        if (*at != '\n' && *at != ' ')
            text_add_char(words, *at);
        else if (words->length > 0 && words->data[words->length - 1] != ' ')
            text_add_char(words, ' ');
    text_clear(&out);
    text_clear(&raw);
}

static void assert_says(const Sample *sample, const char *expected)
{
    Text words = {0};
    words_of(sample, &words);
    if (!strstr(text_get(&words), expected))
        fail_msg("'%s' is not in: %s", expected, text_get(&words));
    text_clear(&words);
}

static void assert_does_not_say(const Sample *sample, const char *what)
{
    Text words = {0};
    words_of(sample, &words);
    if (strstr(text_get(&words), what))
        fail_msg("'%s' is in: %s", what, text_get(&words));
    text_clear(&words);
}

static void the_first_paragraph_has_all_four_answers_with_their_shares(void **state)
{
    (void)state;
    Sample sample;
    sample_make(&sample, "Small");
    assert_says(&sample,
                "Of 52 cases in the log, 27 follow the policy (52 per cent), 11 break a "
                "rule (21 per cent), 8 are late only (15 per cent) and 6 cannot be "
                "judged (12 per cent). 124 duties with a limit fell due: 86 of 124, 69 "
                "per cent, were met in time; 25 were done late and 13 were not done "
                "though their day had passed.");
    assert_says(&sample, "\"Plan meeting\" was not done in time: 20 cases, 26 times");
    sample_clear(&sample);
}

static void a_duty_has_its_row_with_numbers_shares_and_days(void **state)
{
    (void)state;
    Sample sample;
    sample_make(&sample, "Small");
    assert_says(&sample,
                "See the childwithin 3 working days of entering \"Middle\"; by Worker; "
                "CRE-15; cre.flow:85947 (80%)11 (19%)1 (2%)032440");
    assert_says(&sample, "It fell due 59 times in 52 cases. In time: 47 of 59, 80 per cent. Of "
                         "those done late, half were late by at most 1 working day, on average "
                         "by 5.2; the longest by 37. Besides: 2 were not needed, 3 cannot be "
                         "told.");
    sample_clear(&sample);
}

static void a_share_is_never_a_hundred_while_one_is_late(void **state)
{
    (void)state;
    static PeriodCount months[] = {{SAMPLE_JAN_2021, 1999, 1, 0}};
    Sample sample;
    sample_make(&sample, "Small");
    sample.duties[2].fell_due = 2000;
    sample.duties[2].in_time = 1999;
    sample.duties[2].late = 1;
    sample.duties[2].open_overdue = 0;
    sample.duties[2].months = (PeriodCounts){months, 1, 1};
    assert_says(&sample, "2,0001,999 (over 99%)");
    sample_clear(&sample);
}

static void the_histogram_ends_a_band_at_the_limit(void **state)
{
    (void)state;
    Sample sample;
    sample_make(&sample, "Small");
    assert_says(&sample,
                "In 0 days: 2, 1: 20, 2: 15, 3: 10, 4: 8, 5: 0, 6: 0, 7: 0, 8: 0, 9: 2, "
                "10 or more: 1");
    assert_says(&sample, "38 to 42: 17, 43 to 47: 9");
    sample_clear(&sample);
}

static void what_followed_from_another_breach_is_counted_apart(void **state)
{
    (void)state;
    Sample sample;
    sample_make(&sample, "Small");
    assert_says(&sample,
                "\"Opened\" cannot be recorded at \"Last\"cre.flow:93520 Jan 21 to Feb "
                "21ROBIN, SPARROW, WREN");
    assert_says(&sample, "What could not be judged");
    sample_clear(&sample);
}

static void the_state_of_the_data_says_what_was_set_aside_and_assumed(void **state)
{
    (void)state;
    Sample sample;
    sample_make(&sample, "Small");
    sample.result.head.has_people = false;
    assert_says(&sample, "120 of 318 rows (38 per cent) have a date and no time");
    assert_says(&sample, "this is not a date or time that exists2");
    assert_says(&sample, "Rang Mrs Finch7no event of the flow; the nearest is \"begun\"");
    assert_says(&sample, "The log does not say who did anything");
    assert_says(&sample, "wrong-role in case ROBINAnn Finch stood inBo Reed");
    sample_clear(&sample);
}

static void each_role_has_its_weeks_with_numbers(void **state)
{
    (void)state;
    Sample sample;
    sample_make(&sample, "Small");
    assert_says(&sample, "Manager444112from Monday 4 January 2021: 202");
    assert_says(&sample, "Open at the end of each week");
    assert_says(&sample, "11 Jan 2021120");
    sample_clear(&sample);
}

static void a_part_of_a_log_is_not_taken_for_the_whole(void **state)
{
    (void)state;
    PartSum parts[] = {{"aa", 2, 16, 1}, {"aa", 5, 16, 1}, {"bb", 1, 2, 1}, {"bb", 2, 2, 1}};
    Sample sample;
    sample_make(&sample, "Small");
    sample.result.parts = parts;
    sample.result.part_count = 4;
    assert_says(&sample,
                "Parts of the log 2 of 16 shards: NOT THE WHOLE LOG Parts of the log all "
                "2 shards What the log holds");
    sample_clear(&sample);
}

static void an_empty_log_is_reported_as_empty(void **state)
{
    (void)state;
    Sample sample;
    sample_make(&sample, "Small");
    Result whole = sample.result;
    sample.result = (Result){.head = whole.head, .first = MOMENT_NONE, .last = MOMENT_NONE};
    assert_says(
        &sample,
        "There is no case to judge: what was read holds none. No duty with a limit fell due.");
    assert_says(&sample, "Nothing: every event of every case is one that the policy allows.");
    sample.result = whole;
    sample_clear(&sample);
}

static void many_names_of_the_log_are_cut_and_the_rest_counted(void **state)
{
    (void)state;
    static ActivitySum activities[LIMIT_REPORT_ROWS + 3];
    static FindingSum findings[LIMIT_REPORT_ROWS + 2];
    Sample sample;
    sample_make(&sample, "Small");
    for (uint32_t i = 0; i < LIMIT_REPORT_ROWS + 3; i++)
        activities[i] = (ActivitySum){.activity = "odd", .count = 1};
    for (uint32_t i = 0; i < LIMIT_REPORT_ROWS + 2; i++)
        findings[i] = sample.findings[2];
    sample.result.activities = activities;
    sample.result.activity_count = LIMIT_REPORT_ROWS + 3;
    sample.result.findings = findings;
    sample.result.finding_count = LIMIT_REPORT_ROWS + 2;
    assert_says(&sample, "2 more such sentences, with fewer cases each, are left out");
    assert_says(&sample, "3 more are left out; replay as text or JSON lists all.");
    sample_clear(&sample);
}

static void headings_stand_by_how_many_cases_are_under_them(void **state)
{
    (void)state;
    Sample sample;
    Text words = {0};
    sample_make(&sample, "Small");
    words_of(&sample, &words);
    const char *first = strstr(text_get(&words), "Wrong role What the log");
    const char *second = strstr(text_get(&words), "The flow has no event of that name What");
    const char *third = strstr(text_get(&words), "Not allowed at that point What");
    const char *last = strstr(text_get(&words), "The log does not say What");
    assert_true(first && second && third && last);
    assert_true(first < second && second < third && third < last);
    text_clear(&words);
    sample_clear(&sample);
}

/* ---- the diagram ----------------------------------------------------------------------- */

static void the_diagram_is_as_thick_as_it_was_travelled(void **state)
{
    (void)state;
    Sample sample;
    Text graphs = {0};
    sample_make(&sample, "Small");
    report_graphs(&sample.request, &graphs);
    assert_non_null(strstr(text_get(&graphs), "\"-opening\" -> \"first\" [id=\"travel-way-0\", "
                                              "penwidth=5.0, label=\"  52\"];"));
    assert_non_null(strstr(text_get(&graphs), "\"last\" -> \"last\" [id=\"travel-refused-2\", "
                                              "style=dashed, color=\"#9c2a00\""));
    assert_non_null(strstr(text_get(&graphs), "\"middle\" -> \"last\" [id=\"\", style=dotted"));
    text_clear(&graphs);
    sample_clear(&sample);
}

static void without_graphviz_a_table_stands_in_place_of_the_diagram(void **state)
{
    (void)state;
    Sample sample;
    sample_make(&sample, "Small");
    assert_says(&sample, "The diagram is left out: Graphviz did not draw it.");
    assert_says(&sample, "FirstLast480");
    assert_says(&sample, "Lastnot by the policy05");
    sample_clear(&sample);
}

static void a_drawing_that_is_cut_off_is_an_error(void **state)
{
    (void)state;
    Sample sample;
    Text out = {0};
    Error err = {0};
    sample_make(&sample, "Small");
    sample.request.drawn = "<svg width=\"10pt\" height=\"10pt\"></svg>";
    assert_false(report_html(&sample.request, &out, &err));
    assert_int_equal(err.kind, ERROR_IO);
    text_clear(&out);
    sample_clear(&sample);
}

/* ---- names that would be markup ---------------------------------------------------------- */

static void every_name_is_escaped_wherever_it_stands(void **state)
{
    (void)state;
    Sample sample;
    Text out = {0}, words = {0};
    sample_make(&sample, NASTY "\x01\x1b[31m");
    sample.findings[1].sentence = sample.findings[1].group = sample.findings[1].place = NASTY;
    sample.findings[1].examples.ids[0] = NASTY;
    sample.duties[2].label = sample.duties[2].limit = sample.duties[2].place = NASTY;
    sample.roles[0].label = NASTY;
    sample.travels[1].from = NASTY;
    sample.files[0].path = sample.files[0].columns = NASTY;
    sample.activities[0].activity = sample.activities[0].nearest = NASTY;
    sample.accepted[0].what = sample.accepted[0].reason = sample.accepted[0].by = NASTY;
    sample.result.head.calendar = sample.result.head.version = NASTY;
    make(&sample, &out);
    parse(text_get(&out), out.length, &words);
    assert_non_null(strstr(text_get(&words), SHOWN));
    assert_null(strstr(text_get(&out), "<script"));
    text_clear(&out);
    text_clear(&words);
    sample_clear(&sample);
}

static void the_head_of_each_sheet_cannot_end_the_style(void **state)
{
    (void)state;
    Sample sample;
    Text out = {0};
    sample_make(&sample, "</style>\"}body{display:none");
    make(&sample, &out);
    const char *first = strstr(text_get(&out), "</style>");
    assert_null(strstr(first + 1, "</style>"));
    assert_non_null(strstr(text_get(&out), "content:\"\\00003c \\00002f style\\00003e "));
    text_clear(&out);
    sample_clear(&sample);
}

/* ---- pages of single cases ------------------------------------------------------------------
 */

static CasePage page_of(const char *id, CaseOutcome outcome)
{
    return (CasePage){
        .id = id, .file = "cases.csv", .state = "Last", .line = 7, .outcome = outcome};
}

static void a_case_with_a_page_is_linked_wherever_it_is_named(void **state)
{
    (void)state;
    Sample sample;
    Text out = {0};
    ReportPages pages = {0};
    PageStep steps[] = {
        {PAGE_EVENT, sample_at("2021-01-05"), true, "Begun", "Ann Finch, Worker"},
        {PAGE_FINDING, sample_at("2021-01-05"), true, "It cannot be recorded", "cre.flow:9"},
        {PAGE_EVENT, sample_at("2021-01-19"), true, "See the child", ""}};
    PageDuty duties[] = {{"See the child", "late by 6 working days", sample_at("2021-01-05"),
                          sample_at("2021-01-05"), sample_at("2021-01-08"),
                          sample_at("2021-01-19"), MOMENT_NONE, true}};
    CasePage page = page_of("ROBIN", CASE_BREAKS);
    page.steps = steps;
    page.step_count = 3;
    page.duties = duties;
    page.duty_count = 1;
    sample_make(&sample, "Small");
    report_pages_add(&pages, &page);
    sample.request.pages = &pages;
    make(&sample, &out);
    assert_non_null(strstr(text_get(&out), "<a href=\"#case-0\">ROBIN</a>,</span> "));
    assert_non_null(strstr(text_get(&out), "id=\"case-0\""));
    assert_says(&sample,
                "1. Tuesday 5 January 2021: Begun (Ann Finch, Worker) Not as the policy "
                "says: It cannot be recorded (cre.flow:9) 2. Tuesday 19 January 2021: "
                "See the child");
    text_clear(&out);
    report_pages_clear(&pages);
    sample_clear(&sample);
}

static void add_numbered(ReportPages *pages, unsigned number)
{
    char id[16];
    snprintf(id, sizeof id, "C%05u", number);
    if (!report_pages_want(pages, id, CASE_BREAKS))
        return;
    CasePage page = {.outcome = CASE_BREAKS, .file = "", .state = ""};
    page.id = arena_strdup(&page.arena, id);
    report_pages_add(pages, &page);
}

static void pages_stop_at_their_bound_whatever_the_order(void **state)
{
    (void)state;
    ReportPages up = {.outcomes = {[CASE_BREAKS] = true}}, down = up;
    for (unsigned i = 0; i < LIMIT_REPORT_PAGES + 1; i++) {
        add_numbered(&up, i);
        add_numbered(&down, LIMIT_REPORT_PAGES - i);
    }
    assert_int_equal(up.count, LIMIT_REPORT_PAGES);
    assert_int_equal(up.left_out, 1);
    assert_int_equal(down.count, LIMIT_REPORT_PAGES);
    assert_int_equal(down.left_out, 1);
    for (uint32_t i = 0; i < up.count; i++)
        assert_string_equal(up.items[i].id, down.items[i].id);
    report_pages_clear(&up);
    report_pages_clear(&down);
}

static void a_case_asked_for_by_its_id_has_its_page_beyond_the_bound(void **state)
{
    (void)state;
    const char *wanted[] = {"Z"};
    ReportPages pages = {
        .outcomes = {[CASE_BREAKS] = true}, .wanted = wanted, .wanted_count = 1};
    CasePage page = {.file = "", .state = ""};
    for (unsigned i = 0; i < LIMIT_REPORT_PAGES; i++)
        add_numbered(&pages, i);
    assert_true(report_pages_want(&pages, "Z", CASE_FOLLOWS));
    assert_false(report_pages_want(&pages, "A", CASE_FOLLOWS));
    page.id = arena_strdup(&page.arena, "Z");
    report_pages_add(&pages, &page);
    assert_int_equal(pages.count, LIMIT_REPORT_PAGES + 1);
    assert_int_equal(pages.left_out, 0);
    report_pages_clear(&pages);
}

static void pages_of_threads_are_joined_as_if_one_had_made_them(void **state)
{
    (void)state;
    ReportPages whole = {.outcomes = {[CASE_BREAKS] = true}}, left = whole, right = whole;
    for (unsigned i = 0; i < LIMIT_REPORT_PAGES + 50; i++) {
        add_numbered(&whole, i);
        add_numbered(i % 3 ? &left : &right, i);
    }
    report_pages_merge(&right, &left);
    assert_int_equal(right.count, whole.count);
    assert_int_equal(right.left_out, whole.left_out);
    for (uint32_t i = 0; i < whole.count; i++)
        assert_string_equal(right.items[i].id, whole.items[i].id);
    report_pages_clear(&whole);
    report_pages_clear(&right);
}

/* ---- accessible
 * ------------------------------------------------------------------------------ */

/* Headings go down one level at a time; each picture has words; each table a caption. */
static void the_page_can_be_read_without_seeing_it(void **state)
{
    (void)state;
    Sample sample;
    Text out = {0};
    sample_make(&sample, "Small");
    make(&sample, &out);
    int level = 0;
    for (const char *at = text_get(&out); (at = strstr(at, "<h")) != NULL; at++) {
        if (at[2] < '1' || at[2] > '6')
            continue;
        assert_true(at[2] - '0' <= level + 1);
        level = at[2] - '0';
    }
    for (const char *at = text_get(&out); (at = strstr(at, "<table")) != NULL; at++)
        assert_ptr_equal(strstr(at, "<caption>"), strstr(at, ">\n") + 2);
    for (const char *at = text_get(&out); (at = strstr(at, "<svg")) != NULL; at++) {
        const char *end = strchr(at, '>');
        const char *role = strstr(at, "role=\"img\""), *hidden = strstr(at, "aria-hidden");
        assert_true((role && role < end) || (hidden && hidden < end));
    }
    assert_non_null(strstr(text_get(&out), "<html lang=\"en-GB\">"));
    assert_non_null(strstr(text_get(&out), "<main>"));
    assert_null(strstr(text_get(&out), "http://www.w3.org/1999"));
    text_clear(&out);
    sample_clear(&sample);
}

static void the_page_fetches_nothing(void **state)
{
    (void)state;
    Sample sample;
    Text out = {0};
    sample_make(&sample, "Small");
    make(&sample, &out);
    assert_null(strstr(text_get(&out), "src="));
    assert_null(strstr(text_get(&out), "<link"));
    assert_null(strstr(text_get(&out), "@import"));
    for (const char *at = text_get(&out); (at = strstr(at, "url(")) != NULL; at++)
        assert_memory_equal(at, "url(#", 5);
    for (const char *at = text_get(&out); (at = strstr(at, "href=")) != NULL; at++)
        assert_memory_equal(at, "href=\"#", 7);
    text_clear(&out);
    sample_clear(&sample);
}

static void the_same_result_gives_the_same_bytes(void **state)
{
    (void)state;
    Sample sample;
    Text first = {0}, second = {0};
    sample_make(&sample, "Small");
    make(&sample, &first);
    make(&sample, &second);
    assert_string_equal(text_get(&first), text_get(&second));
    assert_does_not_say(&sample, "fewer than 5");
    text_clear(&first);
    text_clear(&second);
    sample_clear(&sample);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_first_paragraph_has_all_four_answers_with_their_shares),
        cmocka_unit_test(a_duty_has_its_row_with_numbers_shares_and_days),
        cmocka_unit_test(a_share_is_never_a_hundred_while_one_is_late),
        cmocka_unit_test(the_histogram_ends_a_band_at_the_limit),
        cmocka_unit_test(what_followed_from_another_breach_is_counted_apart),
        cmocka_unit_test(the_state_of_the_data_says_what_was_set_aside_and_assumed),
        cmocka_unit_test(each_role_has_its_weeks_with_numbers),
        cmocka_unit_test(a_part_of_a_log_is_not_taken_for_the_whole),
        cmocka_unit_test(an_empty_log_is_reported_as_empty),
        cmocka_unit_test(many_names_of_the_log_are_cut_and_the_rest_counted),
        cmocka_unit_test(headings_stand_by_how_many_cases_are_under_them),
        cmocka_unit_test(the_diagram_is_as_thick_as_it_was_travelled),
        cmocka_unit_test(without_graphviz_a_table_stands_in_place_of_the_diagram),
        cmocka_unit_test(a_drawing_that_is_cut_off_is_an_error),
        cmocka_unit_test(every_name_is_escaped_wherever_it_stands),
        cmocka_unit_test(the_head_of_each_sheet_cannot_end_the_style),
        cmocka_unit_test(a_case_with_a_page_is_linked_wherever_it_is_named),
        cmocka_unit_test(pages_stop_at_their_bound_whatever_the_order),
        cmocka_unit_test(a_case_asked_for_by_its_id_has_its_page_beyond_the_bound),
        cmocka_unit_test(pages_of_threads_are_joined_as_if_one_had_made_them),
        cmocka_unit_test(the_page_can_be_read_without_seeing_it),
        cmocka_unit_test(the_page_fetches_nothing),
        cmocka_unit_test(the_same_result_gives_the_same_bytes),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
