#include "world.h"

#include <stdio.h>
#include <string.h>

static World world;

static int set_up(void **state)
{
    (void)state;
    world_open(&world);
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    world_close(&world);
    return 0;
}

/* Opened on Monday 1 March, the visit done with `risk` on Tuesday 2 March at 10:00. */
static int64_t visited(const char *risk)
{
    world_open_case(&world, "bo", NULL);
    world_now(&world, "2021-03-02T10:00");
    return world_record(&world, "bo", "visit", risk, "+seen", "+spoken-to", NULL);
}

static bool changed(ChangeKind kind)
{
    for (uint32_t i = 0; i < world.answer.change_count; i++)
        if (world.answer.changes[i].kind == kind)
            return true;
    return false;
}

/* ---- late entries ------------------------------------------------------------------- */

static void a_late_entry_replays_the_case_and_reports_what_changed(void **state)
{
    (void)state;
    world_open_case(&world, "bo", NULL);
    world_now(&world, "2021-03-05T09:00");
    assert_string_equal(outcome_of(&world, "visit"), "missed");
    TickResult tick;
    assert_true(engine_tick(world.engine, &tick, &(Error){0}));
    assert_int_equal(tick.missed, 1);
    assert_int_equal(waiting_in_outbox(&world), 1);
    assert_true(world_record(&world, "bo", "visit", "risk=low", "+seen", "+spoken-to",
                             "at 2021-03-03T15:00", NULL) > 0);
    assert_true(world.answer.late);
    assert_true(changed(CHANGE_OUTCOME));
    assert_true(changed(CHANGE_TRACK));
    assert_int_equal(world.answer.withdrawn, 1);
    assert_string_equal(outcome_of(&world, "visit"), "met");
    assert_int_equal(waiting_in_outbox(&world), 0);
    assert_whole(&world);
}

static void work_that_a_late_entry_opens_overdue_is_missed_known_late(void **state)
{
    (void)state;
    world_open_case(&world, "bo", NULL);
    world_now(&world, "2021-03-04T09:00");
    assert_true(world_record(&world, "bo", "visit", "risk=high", "+seen", "+spoken-to",
                             "at 2021-03-02T10:00", NULL) > 0);
    assert_string_equal(outcome_of(&world, "meet"), "missed-known-late");
    assert_int_equal(waiting_in_outbox(&world), 1);
    assert_whole(&world);
}

static void a_late_entry_that_makes_a_later_one_impossible_stores_nothing(void **state)
{
    (void)state;
    visited("risk=low");
    world_now(&world, "2021-03-03T10:00");
    int64_t closing = world_record(&world, "ann", "close-case", "because done", NULL);
    assert_true(world_do(&world, "ann", CW_REOPEN, "review", "because not done", NULL) > 0);
    world_record(&world, "ann", "close-case", "because done", NULL);
    assert_int_equal(world_record(&world, "ann", "close-case", "because before",
                                  "at 2021-03-02T11:00", NULL), 0);
    assert_string_equal(refused_because(&world), "conflict");
    assert_true(world.answer.conflict_count >= 1);
    assert_int_equal(world.answer.conflicts[0].entry, closing);
    assert_int_equal(world.answer.conflicts[0].refusal.code, REFUSED_CASE_CLOSED);
    EngineStatus status;
    assert_true(engine_status(world.engine, &status, &(Error){0}));
    assert_int_equal(status.entries, 5);
    assert_whole(&world);
}

static void a_conflicting_entry_can_be_voided_in_the_same_act(void **state)
{
    (void)state;
    char word[32];
    visited("risk=low");
    world_now(&world, "2021-03-03T10:00");
    int64_t closing = world_record(&world, "ann", "close-case", "because done", NULL);
    snprintf(word, sizeof word, "void %lld", (long long)closing);
    assert_true(world_record(&world, "ann", "close-case", "because it was yesterday",
                             "at 2021-03-02T11:00", word, NULL) > 0);
    assert_string_equal(state_now(&world), "closed");
    CaseView view;
    assert_true(engine_view(world.engine, "1", &view, &(Error){0}));
    assert_true(view_entry(&view, closing)->voided_by > closing);
    view_clear(&view);
    assert_whole(&world);
}

static void what_is_void_already_cannot_be_voided_along(void **state)
{
    (void)state;
    char word[32];
    int64_t visit = visited("risk=low");
    world_correct(&world, "bo", CW_VOID, visit, "because wrong", NULL);
    snprintf(word, sizeof word, "void %lld", (long long)visit);
    assert_int_equal(world_record(&world, "bo", "missing", "because x", word, NULL), 0);
    assert_string_equal(refused_because(&world), "not-possible");
    assert_whole(&world);
}

static void a_late_entry_refused_by_itself_gives_its_own_reason(void **state)
{
    (void)state;
    visited("risk=low");
    world_now(&world, "2021-03-03T10:00");
    assert_int_equal(world_record(&world, "ann", "meet", "at 2021-03-02T09:00", NULL), 0);
    assert_string_equal(refused_because(&world), "not-open");
    assert_int_equal(world.answer.conflict_count, 0);
}

/* ---- void -------------------------------------------------------------------------------- */

static void a_void_entry_counts_no_more_and_stays_in_the_log(void **state)
{
    (void)state;
    int64_t visit = visited("risk=high");
    assert_string_equal(state_now(&world), "meeting");
    int64_t correction = world_correct(&world, "bo", CW_VOID, visit, "because wrong child", NULL);
    assert_true(correction > visit);
    assert_string_equal(state_now(&world), "visiting");
    assert_string_equal(due_of(&world, "visit"), "2021-03-04");
    const CaseView *view = &world.answer.view;
    assert_int_equal(view->entry_count, 3);
    assert_int_equal(view_entry(view, visit)->voided_by, correction);
    assert_whole(&world);
}

static void a_void_entry_cannot_be_voided_again_but_the_voiding_can(void **state)
{
    (void)state;
    int64_t visit = visited("risk=high");
    int64_t correction = world_correct(&world, "bo", CW_VOID, visit, "because wrong child", NULL);
    assert_int_equal(world_correct(&world, "bo", CW_VOID, visit, "because again", NULL), 0);
    assert_string_equal(refused_because(&world), "not-possible");
    assert_true(world_correct(&world, "bo", CW_VOID, correction, "because right child", NULL) > 0);
    assert_string_equal(state_now(&world), "meeting");
    assert_whole(&world);
}

static void a_correction_needs_a_reason_and_an_entry_of_the_case(void **state)
{
    (void)state;
    int64_t visit = visited("risk=high");
    assert_int_equal(world_correct(&world, "bo", CW_VOID, visit, NULL), 0);
    assert_string_equal(refused_because(&world), "missing-reason");
    assert_int_equal(world_correct(&world, "bo", CW_VOID, visit, "because   ", NULL), 0);
    assert_string_equal(refused_because(&world), "missing-reason");
    CwRequest request = {.kind = CW_VOID, .which = "1", .person = "bo", .refers_to = 99,
                         .reason = "x"};
    Answer answer;
    Error err = {0};
    assert_false(engine_write(world.engine, &request, &answer, &err));
    assert_int_equal(err.kind, ERROR_NOT_FOUND);
    answer_clear(&answer);
}

static void who_has_no_role_in_the_flow_corrects_nothing(void **state)
{
    (void)state;
    Error err = {0};
    int64_t visit = visited("risk=high");
    assert_true(engine_person_add(world.engine, "eve", NULL, &err));
    assert_int_equal(world_correct(&world, "eve", CW_VOID, visit, "because x", NULL), 0);
    assert_string_equal(refused_because(&world), "wrong-role");
    assert_true(engine_person_hold(world.engine, "eve", "plumber", "2020-01-01", NULL, &err));
    assert_int_equal(world_correct(&world, "eve", CW_AMEND, visit, "risk=low", "because x", NULL), 0);
    assert_string_equal(refused_because(&world), "wrong-role");
    assert_int_equal(world_do(&world, "eve", CW_NOTE, NULL, "because x", NULL), 0);
    assert_string_equal(refused_because(&world), "wrong-role");
    assert_whole(&world);
}

static void a_correction_is_taken_on_a_closed_case(void **state)
{
    (void)state;
    visited("risk=low");
    int64_t closing = world_record(&world, "ann", "close-case", "because done", NULL);
    assert_true(world_correct(&world, "ann", CW_VOID, closing, "because not done", NULL) > 0);
    assert_string_equal(state_now(&world), "review");
    assert_true(changed(CHANGE_STATUS));
    assert_whole(&world);
}

/* ---- amend --------------------------------------------------------------------------------- */

static void an_amended_fact_takes_the_other_way(void **state)
{
    (void)state;
    int64_t visit = visited("risk=low");
    assert_string_equal(state_now(&world), "review");
    assert_true(world_correct(&world, "bo", CW_AMEND, visit, "risk=high", "because typed wrongly",
                              NULL) > 0);
    assert_string_equal(state_now(&world), "meeting");
    assert_string_equal(due_of(&world, "meet"), "2021-03-03T10:00+00:00");
    assert_whole(&world);
}

static void work_that_an_amendment_opens_overdue_is_missed_known_late(void **state)
{
    (void)state;
    int64_t visit = visited("risk=low");
    world_now(&world, "2021-03-08T09:00");
    assert_true(world_correct(&world, "bo", CW_AMEND, visit, "risk=high", "because typed wrongly",
                              NULL) > 0);
    assert_string_equal(outcome_of(&world, "meet"), "missed-known-late");
    assert_int_equal(waiting_in_outbox(&world), 1);
    assert_whole(&world);
}

static void an_amendment_keeps_what_it_does_not_mention(void **state)
{
    (void)state;
    int64_t visit = visited("risk=high");
    world_now(&world, "2021-03-02T12:00");
    assert_true(world_correct(&world, "bo", CW_AMEND, visit, "at 2021-03-02T09:00",
                              "because it was earlier", NULL) > 0);
    assert_string_equal(state_now(&world), "meeting");
    assert_string_equal(due_of(&world, "meet"), "2021-03-03T09:00+00:00");
    assert_whole(&world);
}

static void of_two_amendments_the_newest_that_counts_holds(void **state)
{
    (void)state;
    int64_t visit = visited("risk=low");
    int64_t first = world_correct(&world, "bo", CW_AMEND, visit, "risk=high", "because a", NULL);
    int64_t second = world_correct(&world, "bo", CW_AMEND, first, "risk=medium", "because b", NULL);
    assert_string_equal(state_now(&world), "review");
    assert_true(world_correct(&world, "bo", CW_VOID, second, "because c", NULL) > 0);
    assert_string_equal(state_now(&world), "meeting");
    assert_true(world_correct(&world, "bo", CW_VOID, first, "because d", NULL) > 0);
    assert_string_equal(state_now(&world), "review");
    assert_whole(&world);
}

static void an_amended_text_is_what_the_case_shows(void **state)
{
    (void)state;
    world_open_case(&world, "bo", NULL);
    int64_t entry = world_record(&world, "bo", "details", "age=11", "born=2010-02-03",
                                 "story=first", "seen-by=ann", "alone=yes", NULL);
    assert_true(world_correct(&world, "bo", CW_AMEND, entry, "story=second", "because wrong", NULL) > 0);
    const CaseView *view = &world.answer.view;
    assert_string_equal(view_fact_text(view, 2, record_fact(view->program, view->record, 2)), "second");
    assert_string_equal(strstr(view_entry(view, entry)->content, "first") ? "kept" : "", "kept");
    assert_whole(&world);
}

static void an_amendment_that_makes_the_entry_impossible_is_refused(void **state)
{
    (void)state;
    int64_t visit = visited("risk=high");
    assert_int_equal(world_correct(&world, "bo", CW_AMEND, visit, "at 2021-02-01",
                                   "because earlier", NULL), 0);
    assert_string_equal(refused_because(&world), "not-opened");
    assert_string_equal(state_now(&world), "meeting");
    assert_whole(&world);
}

#define STORY(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        STORY(a_late_entry_replays_the_case_and_reports_what_changed),
        STORY(work_that_a_late_entry_opens_overdue_is_missed_known_late),
        STORY(a_late_entry_that_makes_a_later_one_impossible_stores_nothing),
        STORY(a_conflicting_entry_can_be_voided_in_the_same_act),
        STORY(what_is_void_already_cannot_be_voided_along),
        STORY(a_late_entry_refused_by_itself_gives_its_own_reason),
        STORY(a_void_entry_counts_no_more_and_stays_in_the_log),
        STORY(a_void_entry_cannot_be_voided_again_but_the_voiding_can),
        STORY(a_correction_needs_a_reason_and_an_entry_of_the_case),
        STORY(who_has_no_role_in_the_flow_corrects_nothing),
        STORY(a_correction_is_taken_on_a_closed_case),
        STORY(an_amended_fact_takes_the_other_way),
        STORY(work_that_an_amendment_opens_overdue_is_missed_known_late),
        STORY(an_amendment_keeps_what_it_does_not_mention),
        STORY(of_two_amendments_the_newest_that_counts_holds),
        STORY(an_amended_text_is_what_the_case_shows),
        STORY(an_amendment_that_makes_the_entry_impossible_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
