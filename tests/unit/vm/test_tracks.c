#include "vm/story.h"

static const char flow_head[] = "workflow w \"W\" version \"1\" in force from 1 January 2001\n"
                                "  uses calendar weeks\n"
                                "role lead \"Lead\"\n"
                                "role boss \"Boss\"\n"
                                "fact risk \"Risk\" one of low, high\n"
                                "event begin \"Begin\" by lead opens a case\n"
                                "event finish \"Finish\" by lead\n"
                                "event alarm \"Alarm\" by lead\n"
                                "event missing \"Missing\" by lead\n"
                                "event rate \"Rate\" by lead records risk\n"
                                "state first \"First\" starts here\n"
                                "  on begin go to work\n"
                                "state work \"Work\"\n"
                                "  on finish go to closed\n"
                                "  on rate stay\n"
                                "state closed \"Closed\" ends here\n";

static Story story;

static void begin(const char *rest)
{
    static char flow[8000];
    snprintf(flow, sizeof flow, "%s%s%s", flow_head, story_calendar, rest);
    story_begin(&story, flow);
    assert_true(story_open_case(&story, "2021-01-04T09:00", "begin", "lead", NULL));
}

static void act(const char *at, const char *event)
{
    assert_true(story_do(&story, at, event, "lead", NULL));
}

static void rate(const char *at, const char *risk)
{
    char word[20];
    snprintf(word, sizeof word, "risk=%s", risk);
    assert_true(story_do(&story, at, "rate", "lead", word, NULL));
}

static const char urgent[] = "track urgent \"Urgent\"\n"
                             "  starts on alarm\n"
                             "  starts on rate when risk is high\n"
                             "state convene \"Convene\" in urgent starts here\n"
                             "  task meet \"Meet\" by lead\n"
                             "  ignore rate\n"
                             "  on meet go to held\n"
                             "state held \"Held\" in urgent ends here\n";

static void a_start_during_a_run_is_kept_once_and_makes_a_new_run(void **state)
{
    (void)state;
    begin(urgent);
    act("2021-01-05T09:00", "alarm");
    act("2021-01-05T10:00", "alarm");
    act("2021-01-05T11:00", "alarm");
    assert_int_equal(story_happened(&story, HAPPENED_START_KEPT, "urgent"), 1);
    act("2021-01-05T12:00", "meet");
    assert_string_equal(story_state(&story, "urgent"), "convene");
    act("2021-01-05T13:00", "meet");
    assert_string_equal(story_state(&story, "urgent"), "-");
    story_check_fold(&story);
    story_end(&story);
}

static void an_ignored_event_keeps_no_start(void **state)
{
    (void)state;
    begin(urgent);
    act("2021-01-05T09:00", "alarm");
    rate("2021-01-05T10:00", "high");
    act("2021-01-05T12:00", "meet");
    assert_string_equal(story_state(&story, "urgent"), "-");
    rate("2021-01-06T10:00", "high");
    assert_string_equal(story_state(&story, "urgent"), "convene");
    story_end(&story);
}

static const char once[] = "track side \"Side\"\n"
                           "  starts once on alarm\n"
                           "  task meet \"Meet\" by lead\n";

static void a_track_that_starts_once_never_starts_again(void **state)
{
    (void)state;
    begin(once);
    act("2021-01-05T09:00", "alarm");
    act("2021-01-05T10:00", "meet");
    assert_string_equal(story_state(&story, "side"), "-");
    act("2021-01-05T11:00", "alarm");
    assert_string_equal(story_state(&story, "side"), "-");
    story_end(&story);
}

static const char stopping[] = "at any point\n"
                               "  on alarm stay and end side\n"
                               "track side \"Side\"\n"
                               "  starts on alarm\n"
                               "  task meet \"Meet\" by lead\n";

static void a_track_ended_and_started_by_one_event_is_a_new_run(void **state)
{
    (void)state;
    begin(stopping);
    act("2021-01-05T09:00", "alarm");
    act("2021-01-06T09:00", "alarm");
    assert_int_equal(story_happened(&story, HAPPENED_STARTED, "side"), 2);
    assert_int_equal(story_happened(&story, HAPPENED_ENDED, "side"), 1);
    story_end(&story);
}

static const char window[] = "track review \"Review\"\n"
                             "  starts when missing 3 times within 30 calendar days\n"
                             "  task look \"Look\" by lead\n";

static void a_window_counts_both_ends_and_fires_when_it_becomes_true(void **state)
{
    (void)state;
    begin(window);
    act("2021-01-10", "missing");
    act("2021-01-20", "missing");
    act("2021-02-09", "missing"); /* 10 January is the 31st day back: not counted */
    assert_string_equal(story_state(&story, "review"), "-");
    act("2021-02-18", "missing"); /* 20 January to 18 February are 30 days */
    assert_string_equal(story_state(&story, "review"), "running");
    story_check_fold(&story);
    story_end(&story);
}

static void a_window_fires_again_only_after_having_been_false(void **state)
{
    (void)state;
    begin(window);
    act("2021-01-10T09:00", "missing");
    act("2021-01-11T09:00", "missing");
    act("2021-01-12T09:00", "missing");
    act("2021-01-12T10:00", "look");
    act("2021-01-13T09:00", "missing");
    assert_string_equal(story_state(&story, "review"), "-");
    story_wait(&story, "2021-02-10T09:00"); /* 11 January no longer counts */
    assert_int_equal(story_happened(&story, HAPPENED_WINDOW, "missing"), 2);
    act("2021-02-10T09:30", "missing"); /* 12 and 13 January and 10 February */
    assert_string_equal(story_state(&story, "review"), "running");
    story_check_fold(&story);
    story_end(&story);
}

/* The state called work leads here by `rate`, which stays everywhere else. */
static const char held_window[] = "state second \"Second\"\n"
                                  "  hold missing until third\n"
                                  "  on alarm go to third\n"
                                  "state third \"Third\"\n"
                                  "  on finish go to closed\n"
                                  "at any point in work\n"
                                  "  on alarm go to second\n"
                                  "track review \"Review\"\n"
                                  "  starts when missing 3 times within 30 calendar days\n"
                                  "  task look \"Look\" by lead\n";

static void a_held_event_counts_once_and_only_when_it_takes_effect(void **state)
{
    (void)state;
    begin(held_window);
    act("2021-01-05T09:00", "missing");
    act("2021-01-05T10:00", "alarm");
    act("2021-01-05T11:00", "missing"); /* held */
    act("2021-01-05T12:00", "missing"); /* held */
    assert_string_equal(story_state(&story, "review"), "-");
    act("2021-02-03T09:00", "alarm"); /* both take effect, and 5 January still counts */
    assert_string_equal(story_state(&story, "review"), "running");
    assert_int_equal(story_happened(&story, HAPPENED_RELEASED, NULL), 2);
    story_check_fold(&story);
    story_end(&story);
}

static void held_events_never_count_twice(void **state)
{
    (void)state;
    begin(held_window);
    act("2021-01-05T10:00", "alarm");
    act("2021-01-05T11:00", "missing"); /* held */
    act("2021-01-05T12:00", "missing"); /* held */
    act("2021-01-06T09:00", "alarm");
    assert_string_equal(story_state(&story, "review"), "-"); /* two, not four */
    story_check_fold(&story);
    story_end(&story);
}

static const char edge[] = "track side \"Side\"\n"
                           "  starts when risk is high\n"
                           "  task meet \"Meet\" by lead\n";

static void a_condition_starts_a_track_when_it_becomes_true(void **state)
{
    (void)state;
    begin(edge);
    rate("2021-01-05T09:00", "high");
    act("2021-01-05T10:00", "meet");
    rate("2021-01-05T11:00", "high");
    assert_string_equal(story_state(&story, "side"), "-");
    rate("2021-01-05T12:00", "low");
    rate("2021-01-05T13:00", "high");
    assert_string_equal(story_state(&story, "side"), "running");
    story_end(&story);
}

static const char joining[] = "track a \"A\"\n"
                              "  starts on alarm\n"
                              "  task do-a \"A\" by lead\n"
                              "track b \"B\"\n"
                              "  starts on alarm\n"
                              "state b1 \"B1\" in b starts here\n"
                              "  as soon as track a has ended go to b2\n"
                              "state b2 \"B2\" in b ends here\n";

static void tracks_join_by_a_condition(void **state)
{
    (void)state;
    begin(joining);
    act("2021-01-05T09:00", "alarm");
    assert_string_equal(story_state(&story, "b"), "b1");
    act("2021-01-05T10:00", "do-a");
    assert_string_equal(story_state(&story, "b"), "-");
    story_check_fold(&story);
    story_end(&story);
}

/* ---- reviews ---------------------------------------------------------------- */

static const char after_last[] = "track plan \"Plan\"\n"
                                 "  starts on alarm\n"
                                 "  review meet \"Meet\" by lead\n"
                                 "    at most 4 weeks after the last one when risk is high\n"
                                 "    at most 6 weeks after the last one otherwise\n"
                                 "    if missed notify boss\n"
                                 "  review tool \"Tool\" by lead in step with meet\n";

static void a_review_counts_from_the_last_one_really_held(void **state)
{
    (void)state;
    begin(after_last);
    act("2021-01-05T09:00", "alarm");
    assert_string_equal(story_due(&story, "meet"), "2021-02-16");
    act("2021-02-01T09:00", "meet");
    assert_string_equal(story_due(&story, "meet"), "2021-03-15");
    story_wait(&story, "2021-03-20T09:00");
    assert_string_equal(story_outcome(&story, "meet"), "missed");
    act("2021-03-22T09:00", "meet");
    assert_string_equal(story_due(&story, "meet"), "2021-05-03");
    story_check_fold(&story);
    story_end(&story);
}

static void a_changed_cadence_moves_the_open_occurrence(void **state)
{
    (void)state;
    begin(after_last);
    act("2021-01-05T09:00", "alarm");
    act("2021-02-01T09:00", "meet");
    rate("2021-02-10T09:00", "high");
    assert_string_equal(story_due(&story, "meet"), "2021-03-01");
    assert_int_equal(story_happened(&story, HAPPENED_LIMIT_MOVED, "meet"), 1);
    rate("2021-02-11T09:00", "low");
    rate("2021-03-12T09:00", "high"); /* 1 March is past: the old one stands */
    assert_string_equal(story_due(&story, "meet"), "2021-03-15");
    story_check_fold(&story);
    story_end(&story);
}

static void a_review_in_step_owes_one_for_each_of_the_other(void **state)
{
    (void)state;
    begin(after_last);
    act("2021-01-05T09:00", "alarm");
    assert_string_equal(story_due(&story, "tool"), "2021-02-16");
    assert_int_equal(story_happened(&story, HAPPENED_WORK_OPENED, "tool"), 1);
    act("2021-02-01T09:00", "tool");
    assert_string_equal(story_status(&story, "tool"), "closed");
    assert_false(story_do(&story, "2021-02-02T09:00", "tool", "lead", NULL));
    act("2021-02-03T09:00", "meet");
    assert_string_equal(story_due(&story, "tool"), "2021-03-17");
    act("2021-03-01T09:00", "meet"); /* the tool of the one before is still owed */
    assert_string_equal(story_due(&story, "tool"), "2021-03-17");
    act("2021-03-02T09:00", "tool");
    assert_string_equal(story_due(&story, "tool"), "2021-04-12");
    story_check_fold(&story);
    story_end(&story);
}

static const char grid[] = "track plan \"Plan\"\n"
                           "  starts on alarm\n"
                           "  review meet \"Meet\" by lead\n"
                           "    every 1 month from alarm\n"
                           "    if missed notify boss\n";

static void a_grid_never_drifts_and_shows_each_miss(void **state)
{
    (void)state;
    begin(grid);
    act("2021-01-31T09:00", "alarm");
    assert_string_equal(story_due(&story, "meet"), "2021-02-28");
    act("2021-02-20T09:00", "meet");
    assert_string_equal(story_due(&story, "meet"), "2021-03-31");
    story_wait(&story, "2021-04-29T09:00");
    assert_string_equal(story_due(&story, "meet"), "2021-03-31");
    assert_string_equal(story_outcome(&story, "meet"), "missed");
    story_wait(&story, "2021-04-30T09:00");
    assert_string_equal(story_due(&story, "meet"), "2021-04-30");
    assert_int_equal(story_happened(&story, HAPPENED_MISSED, "meet"), 1);
    story_wait(&story, "2021-06-15T09:00");
    assert_int_equal(story_happened(&story, HAPPENED_MISSED, "meet"), 3);
    act("2021-06-16T09:00", "meet"); /* settles 31 May, late */
    assert_string_equal(story_due(&story, "meet"), "2021-06-30");
    story_check_fold(&story);
    story_end(&story);
}

static const char until[] = "track plan \"Plan\"\n"
                            "  starts on alarm\n"
                            "  review meet \"Meet\" by lead\n"
                            "    first within 5 working days of starting\n"
                            "    at most 2 weeks after the last one\n"
                            "    records risk\n"
                            "    until risk is low\n";

static void a_review_goes_on_until_its_condition_holds(void **state)
{
    (void)state;
    begin(until);
    act("2021-01-05T09:00", "alarm");
    assert_string_equal(story_due(&story, "meet"), "2021-01-12");
    assert_true(story_do(&story, "2021-01-12T09:00", "meet", "lead", "risk=high", NULL));
    assert_string_equal(story_due(&story, "meet"), "2021-01-26");
    assert_true(story_do(&story, "2021-01-26T09:00", "meet", "lead", "risk=low", NULL));
    assert_string_equal(story_status(&story, "meet"), "not needed");
    story_check_fold(&story);
    story_end(&story);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_start_during_a_run_is_kept_once_and_makes_a_new_run),
        cmocka_unit_test(an_ignored_event_keeps_no_start),
        cmocka_unit_test(a_track_that_starts_once_never_starts_again),
        cmocka_unit_test(a_track_ended_and_started_by_one_event_is_a_new_run),
        cmocka_unit_test(a_window_counts_both_ends_and_fires_when_it_becomes_true),
        cmocka_unit_test(a_window_fires_again_only_after_having_been_false),
        cmocka_unit_test(a_held_event_counts_once_and_only_when_it_takes_effect),
        cmocka_unit_test(held_events_never_count_twice),
        cmocka_unit_test(a_condition_starts_a_track_when_it_becomes_true),
        cmocka_unit_test(tracks_join_by_a_condition),
        cmocka_unit_test(a_review_counts_from_the_last_one_really_held),
        cmocka_unit_test(a_changed_cadence_moves_the_open_occurrence),
        cmocka_unit_test(a_review_in_step_owes_one_for_each_of_the_other),
        cmocka_unit_test(a_grid_never_drifts_and_shows_each_miss),
        cmocka_unit_test(a_review_goes_on_until_its_condition_holds),
    };
    return cmocka_run_group_tests_name("tracks", tests, NULL, NULL);
}
