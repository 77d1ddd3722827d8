/* What of a log is what in a flow: names, labels and map files; and what is accepted. */
#include "replay/past.h"

static const char flow[] =
    "workflow small \"Small\" version \"1\" in force from 1 January 2020\n"
    "role clerk \"Clerk\"\n"
    "role head \"Head of unit\"\n"
    "fact urgent \"Urgent\" yes or no\n"
    "fact level \"Level\" number from 1 to 3\n"
    "fact kind \"Kind\" one of big \"Big one\", small \"Small one\"\n"
    "fact promised \"Promised\" date\n"
    "event asked \"Somebody asked\" by anyone opens a case\n"
    "event again \"Same name\" by clerk records urgent, kind\n"
    "event other \"Same name\" by clerk\n"
    "event told \"Told\" by clerk records level, promised\n"
    "state first \"First\" starts here\n"
    "  on asked go to open\n"
    "state open \"Open\"\n"
    "  on again, other, told stay\n"
    "state done \"Done\" ends here\n";

#define ROWS "case,activity,time,person,role,level,promised\n"

static int set_up(void **state)
{
    Past *past = calloc(1, sizeof *past);
    past_begin(past, flow);
    *state = past;
    return 0;
}

static int tear_down(void **state)
{
    past_end(*state);
    free(*state);
    return 0;
}

static void a_label_of_two_events_names_neither(void **state)
{
    Past *past = *state;
    past_replay(past, ROWS "1,Somebody asked,2021-03-01,a,Clerk,,\n"
                           "1,Same name,2021-03-02,a,Clerk,,\n");
    assert_findings(past, "1", "2 unknown-activity not");
}

static void a_map_file_says_what_is_what(void **state)
{
    Past *past = *state;
    past_map(past, "activity \"T01\" is asked\n"
                   "activity \"T02 urgent\" is again with urgent yes, kind big\n"
                   "role \"Group 1\" is clerk\n"
                   "ignore \"T99\"\n");
    past_replay(past, ROWS "1,T01,2021-03-01,a,Group 1,,\n"
                           "1,T02 urgent,2021-03-02,a,Group 1,,\n"
                           "1,T99,2021-03-03,a,Group 1,,\n");
    assert_findings(past, "1", "");
    assert_int_equal(past_case(past, "1")->counts.events, 2);
    for (uint32_t i = 0; i < past->result.activity_count; i++)
        if (strcmp(past->result.activities[i].activity, "T99") == 0)
            assert_true(past->result.activities[i].ignored);
}

static void refuses(const char *map, const char *words)
{
    Past past;
    past_begin(&past, flow);
    past_map(&past, map);
    if (past_try(&past, ROWS "1,asked,2021-03-01,a,clerk,,\n"))
        fail_msg("taken: %s", map);
    if (!strstr(past.err.text, words))
        fail_msg("'%s' does not say '%s'", past.err.text, words);
    assert_int_equal(past.err.kind, ERROR_INPUT);
    past_end(&past);
}

static void what_the_flow_has_not_is_refused_with_line_and_nearest(void **state)
{
    (void)state;
    refuses("ignore \"x\"\nactivity \"T01\" is asekd\n",
            "'test.map', line 2: the flow has no event 'asekd'; the nearest is 'asked'");
    refuses("role \"G\" is clrk\n", "the flow has no role 'clrk'; the nearest is 'clerk'");
    refuses("activity \"T\" is again with urgnt yes\n",
            "the flow has no fact 'urgnt'; the nearest is 'urgent'");
    refuses("activity \"T\" is again with kind bigg\n",
            "the flow has no value 'bigg'; the nearest is 'big'");
    refuses("activity \"T\" is told with kind big\n",
            "in the flow 'told' does not record 'kind'");
    refuses("value \"H\" of knid is big\n",
            "the flow has no fact 'knid'; the nearest is 'kind'");
}

static void cells_are_read_as_the_fact_is_declared(void **state)
{
    Past *past = *state;
    past_replay(past, ROWS "1,asked,2021-03-01,a,clerk,,\n"
                           "1,told,2021-03-02,a,clerk,3,2021-04-01\n"
                           "2,asked,2021-03-01,a,clerk,,\n"
                           "2,told,2021-03-02,a,clerk,4,2021-04-01\n"
                           "3,asked,2021-03-01,a,clerk,,\n"
                           "3,told,2021-03-02,a,clerk,3,2021-02-31\n"
                           "4,asked,2021-03-01,a,clerk,,\n"
                           "4,told,2021-03-02,a,clerk,2.5,2021-04-01T10:00\n");
    assert_findings(past, "1", "");
    assert_findings(past, "2", "2 bad-value not; 2 missing-fact whole");
    assert_findings(past, "3", "2 bad-value not; 2 missing-fact whole");
    assert_findings(past, "4", "2 bad-value not; 2 missing-fact whole");
}

static void values_can_be_mapped(void **state)
{
    Past *past = *state;
    past_map(past, "fact kind column \"Sort\"\nfact urgent column \"Quick\"\n"
                   "value \"B\" of kind is big\nvalue \"S\" of kind is small\n");
    past_replay(past, "case,activity,time,person,role,Sort,Quick\n"
                      "1,asked,2021-03-01,a,clerk,,\n"
                      "1,again,2021-03-02,a,clerk,B,1\n"
                      "1,again,2021-03-03,a,clerk,Small one,false\n"
                      "1,again,2021-03-04,a,clerk,b,no\n");
    assert_findings(past, "1", "4 bad-value not; 4 missing-fact whole");
}

/* ---- what is accepted -------------------------------------------------------------- */

static void what_is_accepted_counts_and_does_not_break_the_case(void **state)
{
    Past *past = *state;
    past_accept(past, "# agreed\naccept wrong-role of told in case \"1\"\n"
                      "  until 31 March 2021 because \"short of staff\" by \"head\"\n");
    past_as_of(past, "2021-03-31");
    past_replay(past, ROWS "1,asked,2021-03-01,a,clerk,,\n"
                           "1,told,2021-03-02,a,head,3,2021-04-01\n"
                           "2,asked,2021-03-01,a,clerk,,\n"
                           "2,told,2021-03-02,a,head,3,2021-04-01\n");
    assert_findings(past, "1", "2 wrong-role whole accepted");
    assert_outcome(past, "1", CASE_FOLLOWS);
    assert_int_equal(past_case(past, "1")->unexcused, CASE_BREAKS);
    assert_findings(past, "2", "2 wrong-role whole");
    assert_outcome(past, "2", CASE_BREAKS);
    assert_int_equal(past->result.excused, 1);
    assert_int_equal(past->result.accepted[0].events, 1);
    assert_int_equal(past->result.accepted[0].cases, 1);
    assert_int_equal(past->result.findings[0].accepted, 1);
    assert_int_equal(past->result.findings[0].events, 2); /* never taken out of sight */
}

static void what_has_expired_covers_nothing(void **state)
{
    Past *past = *state;
    past_accept(past, "accept any until 30 March 2021 because \"x\" by \"y\"\n");
    past_as_of(past, "2021-03-31");
    past_replay(past, ROWS "1,asked,2021-03-01,a,clerk,,\n"
                           "1,told,2021-03-02,a,head,3,2021-04-01\n");
    assert_findings(past, "1", "2 wrong-role whole");
    assert_true(past->result.accepted[0].expired);
}

static void wrong_accept_files_are_refused_with_line_and_example(void **state)
{
    static const struct {
        const char *text, *words;
    } wrong[] = {
        {"acept any", "line 1: expected 'accept', found 'acept'"},
        {"accept wrong-rule until 2021-01-01",
         "no finding 'wrong-rule'; the nearest is 'wrong-role'"},
        {"accept any of tld until", "the flow has no event 'tld'; the nearest is 'told'"},
        {"\naccept any because \"x\"", "line 2: expected 'until' and a date"},
        {"accept any until 31 Februar 2021", "a date such as 31 March 2027"},
        {"accept any until 31 February 2021", "a date such as 31 March 2027"},
        {"accept any until 2021-01-01 because x", "a reason in quotes"},
        {"accept any until 2021-01-01 because \"  \"", "a reason in quotes"},
        {"accept any until 2021-01-01 because \"x", "no closing \""},
        {"accept any until 2021-01-01 because \"x\"", "who accepted it, in quotes"},
        {"accept any in \"3\" until", "'case' after 'in'"},
        {"\xff", "is not text in UTF-8"},
    };
    Past *past = *state;
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        AcceptedList list;
        Error err = {0};
        bool taken = accepted_parse(&list, &past->bundle, "a.accept", wrong[i].text,
                                    strlen(wrong[i].text), &err);
        accepted_clear(&list);
        if (taken || !strstr(err.text, wrong[i].words))
            fail_msg("'%s' does not say '%s'", err.text, wrong[i].words);
    }
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(a_label_of_two_events_names_neither),
        TEST(a_map_file_says_what_is_what),
        TEST(what_the_flow_has_not_is_refused_with_line_and_nearest),
        TEST(cells_are_read_as_the_fact_is_declared),
        TEST(values_can_be_mapped),
        TEST(what_is_accepted_counts_and_does_not_break_the_case),
        TEST(what_has_expired_covers_nothing),
        TEST(wrong_accept_files_are_refused_with_line_and_example),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
