#include "sim/tale.h"

#include <string.h>

#define AT_START "  given a case at start on Monday 1 March 2021\n"
#define AT_WORK  "  given a case at work on Monday 1 March 2021\n"

static void a_new_case_without_a_date_is_opened_by_its_first_step(void **state)
{
    (void)state;
    assert_holds("  given a new case\n  when came on 1 March 2021\n"
                 "  then case is at start\n  and sort is due by Thursday 4 March 2021\n");
    assert_fails("  given a new case\n  when noise on 1 March 2021\n  then case is at start\n",
                 FAILED_REFUSED, "when noise");
    assert_fails("  given a new case\n  and big is yes\n  when came on 1 March 2021\n"
                 "  then case is at start\n",
                 FAILED_STORY, "a new case");
}

static void a_new_case_with_a_date_is_open_since_then(void **state)
{
    (void)state;
    assert_holds("  given a new case on 1 March 2021\n  then case is at start\n"
                 "  and sort is due by Thursday 4 March 2021\n"
                 "  and after-noise is not-started\n");
}

static void a_given_case_has_nothing_but_what_is_given(void **state)
{
    (void)state;
    assert_holds(AT_START
                 "  and big is yes\n  then case is at start\n  and big is yes\n"
                 "  and words is not known\n  and sort is due by Thursday 4 March 2021\n"
                 "  and track echo is not running\n");
}

static void a_limit_whose_anchor_was_not_given_can_never_be_told(void **state)
{
    (void)state;
    assert_holds(AT_START "  then after-noise is cannot-tell\n"
                          "  when noise on 3 March 2021\n  then after-noise is cannot-tell\n"
                          "  when nothing happens until 30 April 2021\n"
                          "  then after-noise is cannot-tell\n");
    assert_holds(AT_START "  and noise on 26 February 2021\n"
                          "  then after-noise is due by Friday 5 March 2021\n");
}

static void a_given_event_does_given_work_but_starts_nothing(void **state)
{
    (void)state;
    assert_holds(AT_WORK "  and make on 2 March 2021\n  and noise on 2 March 2021\n"
                         "  then make is done\n  and track echo is not running\n");
    assert_holds(AT_WORK "  and make on 26 February 2021\n  then make is open\n");
}

static void a_given_track_is_there_since_its_date(void **state)
{
    (void)state;
    assert_holds(AT_WORK "  and track echo is at ringing since 26 February 2021\n"
                         "  then track echo is at ringing\n  and listen is open\n"
                         "  when listen on 2 March 2021\n  then track echo has ended\n");
}

static void a_step_may_follow_a_given_date_on_the_same_day(void **state)
{
    (void)state;
    assert_holds(AT_START "  when sort with big is yes on 1 March 2021 at 10:00\n"
                          "  then case is at work\n");
}

static void time_does_not_run_backwards_unless_recorded_late(void **state)
{
    (void)state;
    assert_fails(AT_WORK "  when noise on 3 March 2021\n  and listen on 2 March 2021\n"
                         "  then case is at work\n",
                 FAILED_STORY, "and listen");
    assert_holds(AT_WORK "  when nothing happens until 5 March 2021\n"
                         "  and noise on 3 March 2021 recorded on 6 March 2021\n"
                         "  then track echo is running\n");
}

static void an_unexpected_refusal_ends_the_story(void **state)
{
    (void)state;
    assert_fails(AT_START "  when sort by hand with big is yes on 2 March 2021\n"
                          "  then case is at work\n",
                 FAILED_REFUSED, "when sort");
}

static void an_expected_refusal_is_held_against_its_code(void **state)
{
    (void)state;
    const char *story = AT_START "  when sort by hand with big is yes on 2 March 2021\n";
    Text text = {0};
    text_addf(&text, "%s  then sort is refused\n", story);
    assert_holds(text_get(&text));
    text_add(&text, "  and sort is refused as wrong-role\n");
    assert_holds(text_get(&text));
    text_add(&text, "  and sort is refused as missing-fact\n");
    assert_fails(text_get(&text), FAILED_CHECK, "sort is refused as missing-fact");
    text_clear(&text);
}

static void what_is_left_unsaid_is_as_needed_but_for_reasons(void **state)
{
    (void)state;
    assert_holds(AT_WORK "  when make with words is \"Done\" on 2 March 2021\n"
                         "  then make is done\n  and words is \"Done\"\n");
    assert_holds(AT_WORK "  when make with words is \"Done\" ticking cut on 2 March 2021\n"
                         "  then make is refused as missing-tick\n");
    assert_holds(AT_WORK
                 "  when shut on 2 March 2021\n  then shut is refused as missing-reason\n");
    assert_holds(AT_WORK "  when rest is not needed on 2 March 2021\n"
                         "  then rest is refused as missing-reason\n");
}

static void a_rule_refuses_and_nothing_changes(void **state)
{
    (void)state;
    assert_holds(AT_WORK "  when noise on 2 March 2021\n"
                         "  and shut with reason \"Enough\" on 3 March 2021\n"
                         "  then shut is refused as never\n  and case is at work\n");
}

static void notified_counts_since_the_checks_before(void **state)
{
    (void)state;
    assert_holds(AT_START "  when nothing happens until 5 March 2021\n  then boss is notified\n"
                          "  and \"Not sorted\" is flagged\n  and sort is missed\n");
    assert_fails(AT_START "  when nothing happens until 5 March 2021\n  then boss is notified\n"
                          "  when nothing happens until 8 March 2021\n"
                          "  then \"Not sorted\" is flagged\n  and boss is notified\n",
                 FAILED_CHECK, "boss is notified\n");
}

static void a_wrong_day_is_a_failure_with_the_case_as_it_was(void **state)
{
    (void)state;
    Tale tale;
    tale_begin(&tale, tale_flow,
               "scenario \"One\"\n" AT_START "  then sort is due by Friday 5 March 2021\n"
               "  when sort with big is yes on 2 March 2021\n  then case is at work\n");
    assert_false(tale_run(&tale, 0));
    assert_int_equal(tale.result.failure_count, 1);
    assert_int_equal(tale.result.check_count, 2);
    const Failure *failure = &tale.result.failures[0];
    assert_int_equal(failure->check->kind, THEN_DUE);
    assert_string_equal(
        tale.program->states[record_track(tale.program, failure->record, 0)[TRACK_STATE] - 1]
            .name,
        "start");
    tale_end(&tale);
}

static void a_correction_folds_the_case_anew(void **state)
{
    (void)state;
    assert_holds(AT_START "  when sort with big is yes on 2 March 2021\n"
                          "  and sort is amended with big is no on 3 March 2021\n"
                          "  then case is at over\n");
    assert_holds(AT_START "  when sort with big is yes on 2 March 2021\n"
                          "  and sort is voided on 3 March 2021\n"
                          "  then case is at start\n  and big is not known\n");
    assert_holds(AT_START "  when sort with big is yes on 2 March 2021\n"
                          "  and make with words is \"Done\" on 3 March 2021\n"
                          "  and sort is voided on 4 March 2021\n"
                          "  then sort is refused as conflict\n  and make is done\n");
}

static void an_amended_text_is_not_taken_for_another(void **state)
{
    (void)state;
    assert_holds(AT_WORK "  when make with words is \"First\" on 2 March 2021\n"
                         "  and make is amended with words is \"Second\"\n"
                         "  then words is \"Second\"\n"
                         "  when shut with reason \"Enough\" on 3 March 2021\n"
                         "  and case is reopened to work with reason \"No\" on 4 March 2021\n"
                         "  and make with words is \"Third\" on 5 March 2021\n"
                         "  then words is \"Third\"\n");
}

static void the_same_key_and_content_is_one_entry(void **state)
{
    (void)state;
    assert_holds(AT_WORK "  when noise with key \"k\" on 2 March 2021\n"
                         "  and noise again with the same key\n  then track echo is running\n"
                         "  when listen on 3 March 2021\n  then track echo is not running\n");
    assert_holds(AT_WORK "  when noise with key \"k\" on 2 March 2021\n"
                         "  and noise with key \"k\" on 3 March 2021\n"
                         "  then noise is refused as key-reused\n");
}

static void a_scenario_that_looks_at_nothing_fails(void **state)
{
    (void)state;
    assert_fails(AT_WORK "  when noise on 2 March 2021\n", FAILED_STORY, "scenario");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_new_case_without_a_date_is_opened_by_its_first_step),
        cmocka_unit_test(a_new_case_with_a_date_is_open_since_then),
        cmocka_unit_test(a_given_case_has_nothing_but_what_is_given),
        cmocka_unit_test(a_limit_whose_anchor_was_not_given_can_never_be_told),
        cmocka_unit_test(a_given_event_does_given_work_but_starts_nothing),
        cmocka_unit_test(a_given_track_is_there_since_its_date),
        cmocka_unit_test(a_step_may_follow_a_given_date_on_the_same_day),
        cmocka_unit_test(time_does_not_run_backwards_unless_recorded_late),
        cmocka_unit_test(an_unexpected_refusal_ends_the_story),
        cmocka_unit_test(an_expected_refusal_is_held_against_its_code),
        cmocka_unit_test(what_is_left_unsaid_is_as_needed_but_for_reasons),
        cmocka_unit_test(a_rule_refuses_and_nothing_changes),
        cmocka_unit_test(notified_counts_since_the_checks_before),
        cmocka_unit_test(a_wrong_day_is_a_failure_with_the_case_as_it_was),
        cmocka_unit_test(a_correction_folds_the_case_anew),
        cmocka_unit_test(an_amended_text_is_not_taken_for_another),
        cmocka_unit_test(the_same_key_and_content_is_one_entry),
        cmocka_unit_test(a_scenario_that_looks_at_nothing_fails),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
