#include "vm/story.h"

static const char flow_head[] = "workflow w \"W\" version \"1\" in force from 1 January 2001\n"
                                "  uses calendar weeks\n"
                                "role lead \"Lead\"\n"
                                "role boss \"Boss\"\n"
                                "event begin \"Begin\" by lead opens a case\n"
                                "event seen \"Seen\" by lead\n"
                                "event finish \"Finish\" by lead\n"
                                "state first \"First\" starts here\n"
                                "  on begin go to work\n"
                                "state closed \"Closed\" ends here\n";

static Story story;

/* The head, the calendar and what is under test: the state called work. */
static void begin(const char *rest)
{
    static char flow[8000];
    snprintf(flow, sizeof flow, "%s%s%s", flow_head, story_calendar, rest);
    story_begin(&story, flow);
}

static void open_on(const char *at)
{
    assert_true(story_open_case(&story, at, "begin", "lead", NULL));
}

static const char three_days[] = "state work \"Work\"\n"
                                 "  task visit \"Visit\" by lead\n"
                                 "    within 3 working days of entering\n"
                                 "    if missed notify boss\n"
                                 "  on finish go to closed\n";

static void working_days_skip_weekends_and_easter(void **state)
{
    (void)state;
    begin(three_days);
    open_on("2021-04-01T11:00");
    assert_string_equal(story_due(&story, "visit"), "2021-04-08");
    story_end(&story);
}

static void acting_on_the_due_day_meets_the_limit(void **state)
{
    (void)state;
    begin(three_days);
    open_on("2021-04-01T11:00");
    assert_true(story_do(&story, "2021-04-08T23:59", "visit", "lead", NULL));
    assert_string_equal(story_outcome(&story, "visit"), "met");
    story_check_fold(&story);
    story_end(&story);
}

static void an_entry_at_midnight_after_the_due_day_is_late(void **state)
{
    (void)state;
    begin(three_days);
    open_on("2021-04-01T11:00");
    assert_true(story_do(&story, "2021-04-09T00:00", "visit", "lead", NULL));
    assert_string_equal(story_outcome(&story, "visit"), "met late");
    assert_int_equal(story_happened(&story, HAPPENED_NOTIFIED, "boss"), 1);
    story_end(&story);
}

static void an_entry_with_the_due_date_only_meets_a_day_limit(void **state)
{
    (void)state;
    begin(three_days);
    open_on("2021-04-01");
    assert_true(story_do(&story, "2021-04-08", "visit", "lead", NULL));
    assert_string_equal(story_outcome(&story, "visit"), "met");
    story_end(&story);
}

static void a_miss_notifies_once_and_the_work_stays_open(void **state)
{
    (void)state;
    begin(three_days);
    open_on("2021-04-01T11:00");
    story_wait(&story, "2021-04-20T00:00");
    assert_string_equal(story_status(&story, "visit"), "open");
    assert_string_equal(story_outcome(&story, "visit"), "missed");
    assert_int_equal(story_happened(&story, HAPPENED_MISSED, "visit"), 1);
    story_check_fold(&story);
    story_end(&story);
}

static void one_jump_equals_many_small_ones(void **state)
{
    (void)state;
    begin(three_days);
    open_on("2021-04-01T11:00");
    for (int day = 2; day <= 28; day++) {
        char at[32];
        snprintf(at, sizeof at, "2021-04-%02dT09:00", day);
        story_wait(&story, at);
    }
    story_check_fold(&story); /* the fold makes one jump */
    story_end(&story);
}

static void a_limit_shows_due_soon_one_working_day_before(void **state)
{
    (void)state;
    begin(three_days);
    open_on("2021-04-12T11:00");
    assert_string_equal(story_outcome(&story, "visit"), "running");
    story_wait(&story, "2021-04-14T08:00");
    assert_string_equal(story_outcome(&story, "visit"), "due soon");
    story_end(&story);
}

static void overdue_work_that_is_closed_stays_missed(void **state)
{
    (void)state;
    begin(three_days);
    open_on("2021-04-01T11:00");
    assert_true(story_do(&story, "2021-04-12T10:00", "finish", "lead", NULL));
    assert_string_equal(story_status(&story, "visit"), "unfinished");
    assert_string_equal(story_outcome(&story, "visit"), "missed");
    story_end(&story);
}

static void work_closed_in_time_is_unfinished(void **state)
{
    (void)state;
    begin(three_days);
    open_on("2021-04-01T11:00");
    assert_true(story_do(&story, "2021-04-06T10:00", "finish", "lead", NULL));
    assert_string_equal(story_outcome(&story, "visit"), "unfinished");
    assert_int_equal(story_happened(&story, HAPPENED_UNFINISHED, "visit"), 1);
    story_end(&story);
}

static void a_late_entry_opens_work_that_is_known_late(void **state)
{
    (void)state;
    begin(three_days);
    story.recorded = "2021-05-10T09:00";
    open_on("2021-04-01T11:00");
    story_wait(&story, "2021-05-10T09:00");
    assert_string_equal(story_outcome(&story, "visit"), "missed, known late");
    assert_int_equal(story_happened(&story, HAPPENED_NOTIFIED, "boss"), 1);
    story_end(&story);
}

static const char from_event[] = "state work \"Work\"\n"
                                 "  task visit \"Visit\" by lead\n"
                                 "    within 2 working days of seen\n"
                                 "  on seen stay\n"
                                 "  on finish go to closed\n";

static void a_limit_waits_for_its_anchor(void **state)
{
    (void)state;
    begin(from_event);
    open_on("2021-04-12T11:00");
    assert_string_equal(story_outcome(&story, "visit"), "not started");
    assert_true(story_do(&story, "2021-04-13T10:00", "seen", "lead", NULL));
    assert_string_equal(story_due(&story, "visit"), "2021-04-15");
    assert_true(story_do(&story, "2021-04-14T10:00", "seen", "lead", NULL));
    assert_string_equal(story_due(&story, "visit"), "2021-04-15");
    story_check_fold(&story);
    story_end(&story);
}

static const char past_anchor[] = "state work \"Work\"\n"
                                  "  on seen go to second\n"
                                  "state second \"Second\"\n"
                                  "  task visit \"Visit\" by lead\n"
                                  "    within 2 working days of opening\n"
                                  "    if missed notify boss\n"
                                  "  on finish go to closed\n";

static void a_limit_that_is_past_when_it_opens_is_missed_at_once(void **state)
{
    (void)state;
    begin(past_anchor);
    open_on("2021-04-12T11:00");
    assert_true(story_do(&story, "2021-04-20T10:00", "seen", "lead", NULL));
    assert_string_equal(story_outcome(&story, "visit"), "missed");
    assert_int_equal(story_happened(&story, HAPPENED_NOTIFIED, "boss"), 1);
    story_end(&story);
}

static const char hours[] = "state work \"Work\"\n"
                            "  task call \"Call\" by lead\n"
                            "    target 24 hours limit 72 hours of entering\n"
                            "    if missed notify boss\n"
                            "  on finish go to closed\n";

static void an_hour_limit_includes_its_instant_and_is_elapsed_time(void **state)
{
    (void)state;
    begin(hours);
    open_on("2024-03-29T22:00");
    assert_string_equal(story_due(&story, "call"), "2024-04-01T23:00+01:00");
    assert_true(story_do(&story, "2024-04-01T23:00", "call", "lead", NULL));
    assert_string_equal(story_outcome(&story, "call"), "met");
    assert_int_equal(story_happened(&story, HAPPENED_MISSED, NULL), 0);
    story_end(&story);
}

static void a_minute_after_an_hour_limit_is_late(void **state)
{
    (void)state;
    begin(hours);
    open_on("2024-03-29T22:00");
    assert_true(story_do(&story, "2024-04-01T23:01", "call", "lead", NULL));
    assert_string_equal(story_outcome(&story, "call"), "met late");
    story_end(&story);
}

static void a_date_alone_cannot_tell_on_the_day_of_an_hour_limit(void **state)
{
    (void)state;
    begin(hours);
    open_on("2024-03-29T22:00");
    assert_true(story_do(&story, "2024-04-01", "call", "lead", NULL));
    assert_string_equal(story_outcome(&story, "call"), "cannot tell");
    assert_int_equal(story_happened(&story, HAPPENED_NOTIFIED, "boss"), 1); /* ruling 8 */
    story_end(&story);
}

static void a_date_alone_before_the_day_of_an_hour_limit_meets_it(void **state)
{
    (void)state;
    begin(hours);
    open_on("2024-03-29T22:00");
    assert_true(story_do(&story, "2024-03-31", "call", "lead", NULL));
    assert_string_equal(story_outcome(&story, "call"), "met");
    story_end(&story);
}

static void an_anchor_with_a_date_alone_leaves_a_day_open(void **state)
{
    (void)state;
    begin(hours);
    open_on("2024-01-10");
    assert_string_equal(story_due(&story, "call"), "2024-01-13T00:00+00:00");
    assert_true(story_do(&story, "2024-01-13T10:00", "call", "lead", NULL));
    assert_string_equal(story_outcome(&story, "call"), "cannot tell");
    story_end(&story);
}

static const char paused[] = "fact away \"Away\" yes or no\n"
                             "event tell \"Tell\" by lead records away\n"
                             "state work \"Work\"\n"
                             "  task visit \"Visit\" by lead\n"
                             "    within 3 working days of entering\n"
                             "    paused while away is yes\n"
                             "    can be paused by lead\n"
                             "    can be extended by boss\n"
                             "    if missed notify boss\n"
                             "  on tell stay\n"
                             "  on finish go to closed\n";

static void whole_paused_days_do_not_count(void **state)
{
    (void)state;
    begin(paused);
    open_on("2021-04-12T11:00"); /* Monday: due Thursday 15 */
    assert_true(story_do(&story, "2021-04-13T10:00", "tell", "lead", "away=yes", NULL));
    story_wait(&story, "2021-04-19T09:00");
    assert_int_equal(story_happened(&story, HAPPENED_MISSED, NULL), 0);
    assert_true(story_do(&story, "2021-04-19T10:00", "tell", "lead", "away=no", NULL));
    /* Wednesday, Thursday and Friday were wholly paused. */
    assert_string_equal(story_due(&story, "visit"), "2021-04-20");
    story_check_fold(&story);
    story_end(&story);
}

static void the_day_on_which_a_pause_begins_still_counts(void **state)
{
    (void)state;
    begin(paused);
    open_on("2021-04-12T11:00");
    assert_true(story_kind(&story, ENTRY_PAUSE, "2021-04-15T10:00", "visit", "lead", NULL));
    story_wait(&story, "2021-04-16T09:00");
    assert_string_equal(story_outcome(&story, "visit"), "missed");
    story_end(&story);
}

static void a_person_pauses_and_resumes(void **state)
{
    (void)state;
    begin(paused);
    open_on("2021-04-12T11:00");
    assert_false(story_kind(&story, ENTRY_PAUSE, "2021-04-13T10:00", "visit", "boss", NULL));
    assert_string_equal(story_refused(&story), "wrong-role");
    assert_true(story_kind(&story, ENTRY_PAUSE, "2021-04-13T10:00", "visit", "lead", NULL));
    assert_true(story_kind(&story, ENTRY_RESUME, "2021-04-15T10:00", "visit", "lead", NULL));
    assert_string_equal(story_due(&story, "visit"), "2021-04-16");
    story_check_fold(&story);
    story_end(&story);
}

static void an_extension_gives_a_new_date_and_is_seen_in_the_outcome(void **state)
{
    (void)state;
    begin(paused);
    open_on("2021-04-12T11:00");
    assert_true(story_kind(&story, ENTRY_EXTEND, "2021-04-13T10:00", "visit", "boss",
                           "to:2021-04-21", NULL));
    assert_string_equal(story_due(&story, "visit"), "2021-04-21");
    assert_true(story_do(&story, "2021-04-20T10:00", "visit", "lead", NULL));
    assert_string_equal(story_outcome(&story, "visit"), "extended");
    story_end(&story);
}

static void an_extension_to_an_earlier_day_is_refused(void **state)
{
    (void)state;
    begin(paused);
    open_on("2021-04-12T11:00");
    assert_false(story_kind(&story, ENTRY_EXTEND, "2021-04-13T10:00", "visit", "boss",
                            "to:2021-04-14", NULL));
    assert_string_equal(story_refused(&story), "bad-time");
    story_end(&story);
}

static const char from_fact[] = "fact meeting-date \"Meeting\" date\n"
                                "event plan \"Plan\" by lead records meeting-date\n"
                                "state work \"Work\"\n"
                                "  task report \"Report\" by lead\n"
                                "    at least 3 working days before meeting-date\n"
                                "    remind boss 1 working day before\n"
                                "  on plan stay\n"
                                "  on finish go to closed\n";

static void a_limit_follows_the_date_it_hangs_on(void **state)
{
    (void)state;
    begin(from_fact);
    open_on("2021-04-12T11:00");
    assert_string_equal(story_outcome(&story, "report"), "not started");
    assert_true(
        story_do(&story, "2021-04-12T12:00", "plan", "lead", "meeting-date=2021-04-30", NULL));
    assert_string_equal(story_due(&story, "report"), "2021-04-27");
    assert_true(
        story_do(&story, "2021-04-13T12:00", "plan", "lead", "meeting-date=2021-05-07", NULL));
    assert_string_equal(story_due(&story, "report"), "2021-05-04");
    story_wait(&story, "2021-05-03T00:30");
    assert_int_equal(story_happened(&story, HAPPENED_REMINDED, "boss"), 1);
    story_check_fold(&story);
    story_end(&story);
}

/* What the outbox keys hang on must not depend on what the vm did before. */
static void a_reminder_names_the_entry_that_opened_its_work(void **state)
{
    (void)state;
    begin(from_fact);
    open_on("2021-04-12T11:00");
    assert_true(
        story_do(&story, "2021-04-12T12:00", "plan", "lead", "meeting-date=2021-04-30", NULL));
    assert_true(story_do(&story, "2021-04-13T12:00", "seen", "lead", NULL));
    story_wait(&story, "2021-04-27T00:30");
    const Happened *last = &story.vm.happened[story.vm.happened_count - 1];
    assert_int_equal(last->kind, HAPPENED_REMINDED);
    assert_int_equal(last->opened_by, 1);
    story_end(&story);
}

static void a_limit_beyond_the_calendar_is_refused(void **state)
{
    (void)state;
    begin(three_days);
    assert_false(story_open_case(&story, "2040-12-31T11:00", "begin", "lead", NULL));
    assert_string_equal(story_refused(&story), "not-possible");
    assert_int_equal(story.record[SLOT_STATUS], CASE_NOT_OPEN);
    assert_non_null(strstr(story.vm.limit_error.text, "weeks"));
    story_end(&story);
}

static const char missed_go[] = "state work \"Work\"\n"
                                "  task visit \"Visit\" by lead\n"
                                "    within 3 working days of entering\n"
                                "    if missed notify boss and go to chasing\n"
                                "state chasing \"Chasing\"\n"
                                "  task chase \"Chase\" by boss\n"
                                "    within 2 working days of entering\n"
                                "  on finish go to closed\n";

static void a_state_entered_by_a_missed_day_counts_from_the_next_day(void **state)
{
    (void)state;
    begin(missed_go);
    open_on("2021-04-12T11:00"); /* due Thursday 15, missed at 24:00: Friday 16 */
    story_wait(&story, "2021-04-16T09:00");
    assert_string_equal(story_state(&story, "case"), "chasing");
    assert_string_equal(story_due(&story, "chase"), "2021-04-20");
    story_check_fold(&story);
    story_end(&story);
}

static const char for_ever[] = "state work \"Work\"\n"
                               "  task visit \"Visit\" by lead\n"
                               "    within 1 working day of opening\n"
                               "    if missed go to chasing\n"
                               "  on finish go to closed\n"
                               "state chasing \"Chasing\"\n"
                               "  task chase \"Chase\" by boss\n"
                               "    within 1 working day of opening\n"
                               "    if missed go to work\n";

static void a_circle_without_time_spends_the_budget_and_changes_nothing(void **state)
{
    (void)state;
    begin(for_ever);
    open_on("2021-04-12T11:00");
    assert_false(story_do(&story, "2021-04-20T09:00", "seen", "lead", NULL));
    assert_string_equal(story_refused(&story), "step-budget");
    assert_string_equal(story_state(&story, "case"), "work");
    story_end(&story);
}

static const char for_ever_at_once[] = "state work \"Work\"\n"
                                       "  task visit \"Visit\" by lead\n"
                                       "  on seen go to chasing\n"
                                       "  on finish go to closed\n"
                                       "state chasing \"Chasing\"\n"
                                       "  task chase \"Chase\" by boss\n"
                                       "    within 1 working day of opening\n"
                                       "    if missed go to again-chasing\n"
                                       "state again-chasing \"Chasing again\"\n"
                                       "  task chase-again \"Chase again\" by boss\n"
                                       "    within 1 working day of opening\n"
                                       "    if missed go to chasing\n";

/* The entry itself is fine; what it opens is missed at once, and goes round. */
static void an_entry_whose_moment_never_ends_leaves_no_trace(void **state)
{
    (void)state;
    begin(for_ever_at_once);
    open_on("2021-04-12T11:00");
    uint32_t happened = story.vm.happened_count;
    assert_false(story_do(&story, "2021-04-20T09:00", "seen", "lead", NULL));
    assert_string_equal(story_refused(&story), "step-budget");
    assert_string_equal(story_state(&story, "case"), "work");
    assert_string_equal(story_status(&story, "visit"), "open");
    assert_int_equal(story.vm.happened_count, happened);
    assert_true(story_do(&story, "2021-04-20T09:00", "visit", "lead", NULL));
    story_check_fold(&story);
    story_end(&story);
}

static void an_entry_before_the_clock_is_a_bad_time(void **state)
{
    (void)state;
    begin(three_days);
    open_on("2021-04-12T11:00");
    assert_false(story_do(&story, "2021-04-12T10:59", "visit", "lead", NULL));
    assert_string_equal(story_refused(&story), "bad-time");
    story_end(&story);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(working_days_skip_weekends_and_easter),
        cmocka_unit_test(acting_on_the_due_day_meets_the_limit),
        cmocka_unit_test(an_entry_at_midnight_after_the_due_day_is_late),
        cmocka_unit_test(an_entry_with_the_due_date_only_meets_a_day_limit),
        cmocka_unit_test(a_miss_notifies_once_and_the_work_stays_open),
        cmocka_unit_test(one_jump_equals_many_small_ones),
        cmocka_unit_test(a_limit_shows_due_soon_one_working_day_before),
        cmocka_unit_test(overdue_work_that_is_closed_stays_missed),
        cmocka_unit_test(work_closed_in_time_is_unfinished),
        cmocka_unit_test(a_late_entry_opens_work_that_is_known_late),
        cmocka_unit_test(a_limit_waits_for_its_anchor),
        cmocka_unit_test(a_limit_that_is_past_when_it_opens_is_missed_at_once),
        cmocka_unit_test(an_hour_limit_includes_its_instant_and_is_elapsed_time),
        cmocka_unit_test(a_minute_after_an_hour_limit_is_late),
        cmocka_unit_test(a_date_alone_cannot_tell_on_the_day_of_an_hour_limit),
        cmocka_unit_test(a_date_alone_before_the_day_of_an_hour_limit_meets_it),
        cmocka_unit_test(an_anchor_with_a_date_alone_leaves_a_day_open),
        cmocka_unit_test(whole_paused_days_do_not_count),
        cmocka_unit_test(the_day_on_which_a_pause_begins_still_counts),
        cmocka_unit_test(a_person_pauses_and_resumes),
        cmocka_unit_test(an_extension_gives_a_new_date_and_is_seen_in_the_outcome),
        cmocka_unit_test(an_extension_to_an_earlier_day_is_refused),
        cmocka_unit_test(a_limit_follows_the_date_it_hangs_on),
        cmocka_unit_test(a_reminder_names_the_entry_that_opened_its_work),
        cmocka_unit_test(a_limit_beyond_the_calendar_is_refused),
        cmocka_unit_test(a_state_entered_by_a_missed_day_counts_from_the_next_day),
        cmocka_unit_test(a_circle_without_time_spends_the_budget_and_changes_nothing),
        cmocka_unit_test(an_entry_whose_moment_never_ends_leaves_no_trace),
        cmocka_unit_test(an_entry_before_the_clock_is_a_bad_time),
    };
    return cmocka_run_group_tests_name("limits", tests, NULL, NULL);
}
