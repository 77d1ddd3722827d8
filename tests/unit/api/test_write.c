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

/* ---- opening and recording ------------------------------------------------------- */

static void a_case_opens_and_its_first_task_is_due(void **state)
{
    (void)state;
    assert_true(world_open_case(&world, "bo", NULL) > 0);
    assert_string_equal(state_now(&world), "visiting");
    assert_string_equal(due_of(&world, "visit"), "2021-03-04");
    assert_whole(&world);
}

static void an_event_moves_the_case_on_and_survives_reopening_the_file(void **state)
{
    (void)state;
    world_open_case(&world, "bo", NULL);
    world_now(&world, "2021-03-02T10:00");
    assert_true(world_record(&world, "bo", "visit", "risk=high", "+seen", "+spoken-to", NULL) > 0);
    world_reopen(&world);
    assert_string_equal(state_now(&world), "meeting");
    assert_string_equal(due_of(&world, "meet"), "2021-03-03T10:00+00:00");
    assert_whole(&world);
}

static void ticks_are_kept_one_by_one(void **state)
{
    (void)state;
    world_open_case(&world, "bo", NULL);
    assert_true(world_do(&world, "bo", CW_TICK, "visit", "+seen", NULL) > 0);
    assert_int_equal(world_record(&world, "bo", "visit", "risk=low", NULL), 0);
    assert_string_equal(refused_because(&world), "missing-tick");
    assert_true(world_record(&world, "bo", "visit", "risk=low", "+spoken-to", NULL) > 0);
    assert_string_equal(state_now(&world), "review");
    assert_whole(&world);
}

static void all_kinds_of_fact_come_back_as_they_were_typed(void **state)
{
    (void)state;
    world_open_case(&world, "bo", NULL);
    int64_t entry = world_record(&world, "bo", "details", "age=11", "born=2010-02-03",
                                 "story=Afraid of \"him\"; DROP TABLE entry", "seen-by=ann",
                                 "alone=yes", NULL);
    assert_true(entry > 0);
    CaseView view;
    Error err = {0};
    assert_true(engine_view(world.engine, "1", &view, &err));
    const int64_t *facts = view.record + view.program->slot_facts;
    assert_int_equal(facts[1], 11);
    assert_string_equal(view_fact_text(&view, 2, facts[2]), "Afraid of \"him\"; DROP TABLE entry");
    assert_string_equal(view_fact_text(&view, 3, facts[3]), "Ann Example");
    assert_int_equal(facts[5], 1);
    view_clear(&view);
    assert_whole(&world);
}

static void the_reference_finds_the_case_and_a_doubled_one_asks_for_the_number(void **state)
{
    (void)state;
    CaseView view;
    Error err = {0};
    world_open_case(&world, "bo", "reference C-17", NULL);
    assert_true(engine_view(world.engine, "C-17", &view, &err));
    assert_int_equal(view.number, 1);
    view_clear(&view);
    world_open_case(&world, "bo", "reference C-17", NULL);
    assert_false(engine_view(world.engine, "C-17", &view, &err));
    assert_int_equal(err.kind, ERROR_USAGE);
    view_clear(&view);
    assert_true(engine_view(world.engine, "#2", &view, &(Error){0}));
    view_clear(&view);
}

static void a_number_that_is_also_a_reference_is_not_guessed(void **state)
{
    (void)state;
    CaseView view;
    Error err = {0};
    world_open_case(&world, "bo", "reference 2", NULL);
    world_open_case(&world, "bo", NULL);
    assert_false(engine_view(world.engine, "2", &view, &err));
    assert_int_equal(err.kind, ERROR_USAGE);
    view_clear(&view);
}

static void an_unknown_case_is_not_found(void **state)
{
    (void)state;
    CaseView view;
    Error err = {0};
    assert_false(engine_view(world.engine, "nobody", &view, &err));
    assert_int_equal(err.kind, ERROR_NOT_FOUND);
    view_clear(&view);
}

/* ---- refusals ------------------------------------------------------------------------ */

static void the_wrong_role_is_refused_and_the_refusal_is_kept(void **state)
{
    (void)state;
    EngineStatus status;
    world_open_case(&world, "bo", NULL);
    assert_int_equal(world_record(&world, "ann", "visit", "risk=low", "+seen", "+spoken-to", NULL), 0);
    assert_string_equal(refused_because(&world), "wrong-role");
    assert_true(world.answer.words && *world.answer.words);
    assert_true(engine_status(world.engine, &status, &(Error){0}));
    assert_int_equal(status.refusals, 1);
    assert_int_equal(status.entries, 1);
    assert_string_equal(state_now(&world), "visiting");
    assert_whole(&world);
}

static void a_role_that_the_person_does_not_hold_is_refused(void **state)
{
    (void)state;
    world_open_case(&world, "bo", NULL);
    assert_int_equal(world_record(&world, "ann", "visit", "as worker", "risk=low", "+seen",
                                  "+spoken-to", NULL), 0);
    assert_string_equal(refused_because(&world), "wrong-role");
    assert_string_equal(world.answer.detail, "'ann' does not hold the role 'worker'");
}

static void an_earlier_reason_wins_over_a_role_not_held(void **state)
{
    (void)state;
    world_open_case(&world, "bo", NULL);
    assert_int_equal(world_record(&world, "ann", "meet", "as worker", NULL), 0);
    assert_string_equal(refused_because(&world), "not-open");
}

static void a_fact_that_cannot_be_read_is_wrong_and_not_missing(void **state)
{
    (void)state;
    world_open_case(&world, "bo", NULL);
    assert_int_equal(world_record(&world, "bo", "visit", "risk=dreadful", "+seen", "+spoken-to",
                                  NULL), 0);
    assert_string_equal(refused_because(&world), "wrong-fact");
    assert_int_equal(world_record(&world, "bo", "visit", "colour=red", "+seen", "+spoken-to",
                                  NULL), 0);
    assert_string_equal(refused_because(&world), "missing-fact");
    assert_int_equal(world_record(&world, "bo", "visit", "risk=low", "colour=red", "+seen",
                                  "+spoken-to", NULL), 0);
    assert_string_equal(refused_because(&world), "wrong-fact");
}

static void impossible_values_of_each_type_are_refused(void **state)
{
    (void)state;
    static const char *const wrong[] = {
        "age=18", "age=-1", "age=1e3", "age=0x10", "age=", "age=9999999999999",
        "born=2010-02-30", "born=3 March 2010", "story=", "story=   ", "story=\xff\xfe",
        "seen-by=nobody", "alone=maybe",
    };
    world_open_case(&world, "bo", NULL);
    for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++) {
        const char *facts[] = {"age=5", "born=2010-02-03", "story=x", "seen-by=ann", "alone=no"};
        for (size_t k = 0; k < 5; k++)
            if (strncmp(facts[k], wrong[i], strcspn(wrong[i], "=") + 1) == 0)
                facts[k] = wrong[i];
        CwRequest request = {.kind = CW_RECORD, .which = "1", .name = "details", .person = "bo",
                             .facts = facts, .fact_count = 5};
        Answer answer;
        Error err = {0};
        bool ok = engine_write(world.engine, &request, &answer, &err);
        bool said = ok ? answer.refusal.code == REFUSED_WRONG_FACT : err.kind == ERROR_INPUT;
        if (!said)
            fail_msg("%s was taken", wrong[i]);
        answer_clear(&answer);
    }
}

static void the_future_is_refused(void **state)
{
    (void)state;
    world_open_case(&world, "bo", NULL);
    assert_int_equal(world_record(&world, "bo", "missing", "at 2021-03-01T09:01", NULL), 0);
    assert_string_equal(refused_because(&world), "in-the-future");
    assert_int_equal(world_record(&world, "bo", "missing", "at 2021-03-02", NULL), 0);
    assert_string_equal(refused_because(&world), "in-the-future");
    assert_int_equal(world_record(&world, "bo", "missing", "at yesterday", NULL), 0);
    assert_string_equal(refused_because(&world), "bad-time");
}

static void today_without_a_time_is_taken_unless_something_falls_due_today(void **state)
{
    (void)state;
    world_open_case(&world, "bo", NULL);
    assert_true(world_record(&world, "bo", "missing", "at 2021-03-01", NULL) > 0);
    world_now(&world, "2021-03-02T10:00");
    world_record(&world, "bo", "visit", "risk=high", "+seen", "+spoken-to", NULL);
    world_now(&world, "2021-03-03T08:00");
    assert_int_equal(world_record(&world, "bo", "missing", "at 2021-03-03", NULL), 0);
    assert_string_equal(refused_because(&world), "in-the-future");
    assert_string_equal(outcome_of(&world, "meet"), "running");
    assert_whole(&world);
}

static void a_closed_case_refuses_all_but_reopening(void **state)
{
    (void)state;
    world_open_case(&world, "bo", NULL);
    world_record(&world, "bo", "visit", "risk=low", "+seen", "+spoken-to", NULL);
    world_record(&world, "ann", "close-case", "because nothing more to do", NULL);
    assert_string_equal(state_now(&world), "closed");
    assert_int_equal(world_record(&world, "bo", "missing", NULL), 0);
    assert_string_equal(refused_because(&world), "case-closed");
    assert_true(world_do(&world, "ann", CW_REOPEN, "review", "because she asked", NULL) > 0);
    assert_string_equal(state_now(&world), "review");
    assert_whole(&world);
}

static void a_deputy_acts_for_an_absent_manager(void **state)
{
    (void)state;
    Error err = {0};
    world_open_case(&world, "bo", NULL);
    world_record(&world, "bo", "visit", "risk=high", "+seen", "+spoken-to", NULL);
    assert_int_equal(world_record(&world, "dee", "meet", NULL), 0);
    assert_int_equal(world_record(&world, "dee", "meet", "for ann", NULL), 0);
    assert_string_equal(refused_because(&world), "not-deputy");
    assert_true(engine_person_absent(world.engine, "ann", NULL, NULL, "leave", &err));
    assert_true(world_record(&world, "dee", "meet", "for ann", NULL) > 0);
    assert_int_equal(world_record(&world, "bo", "close-case", "for ann", "because x", NULL), 0);
    assert_whole(&world);
}

static void somebody_unknown_is_not_found(void **state)
{
    (void)state;
    CwRequest request = {.kind = CW_OPEN, .flow = "visits", .person = "mallory"};
    Answer answer;
    Error err = {0};
    assert_false(engine_write(world.engine, &request, &answer, &err));
    assert_int_equal(err.kind, ERROR_NOT_FOUND);
    answer_clear(&answer);
}

static void who_holds_several_roles_is_asked_in_which(void **state)
{
    (void)state;
    Error err = {0};
    assert_true(engine_person_hold(world.engine, "ann", "deputy", "2020-01-01", NULL, &err));
    CwRequest request = {.kind = CW_OPEN, .flow = "visits", .person = "ann"};
    Answer answer;
    assert_false(engine_write(world.engine, &request, &answer, &err));
    assert_int_equal(err.kind, ERROR_USAGE);
    answer_clear(&answer);
    world_open_case(&world, "bo", NULL);
    world_record(&world, "bo", "visit", "risk=high", "+seen", "+spoken-to", NULL);
    assert_true(world_record(&world, "ann", "meet", NULL) > 0);
}

static void who_holds_no_role_does_what_anyone_may(void **state)
{
    (void)state;
    Error err = {0};
    assert_true(engine_person_add(world.engine, "eve", NULL, &err));
    assert_true(world_open_case(&world, "eve", NULL) > 0);
    assert_int_equal(world_record(&world, "eve", "missing", NULL), 0);
    assert_string_equal(refused_because(&world), "wrong-role");
    assert_whole(&world);
}

static void nobody_acts_for_themselves(void **state)
{
    (void)state;
    Error err = {0};
    world_open_case(&world, "bo", NULL);
    world_record(&world, "bo", "visit", "risk=high", "+seen", "+spoken-to", NULL);
    assert_true(engine_person_hold(world.engine, "ann", "deputy", "2020-01-01", NULL, &err));
    assert_int_equal(world_record(&world, "ann", "meet", "as deputy", "for ann", "because away",
                                  NULL), 0);
    assert_string_equal(refused_because(&world), "not-deputy");
}

static void a_role_held_until_yesterday_is_held_no_more(void **state)
{
    (void)state;
    Error err = {0};
    assert_true(engine_person_add(world.engine, "eve", NULL, &err));
    assert_true(engine_person_hold(world.engine, "eve", "worker", "2021-01-01", "2021-03-01", &err));
    world_open_case(&world, "bo", NULL);
    assert_true(world_record(&world, "eve", "missing", NULL) > 0);
    world_now(&world, "2021-03-02T09:00");
    assert_int_equal(world_record(&world, "eve", "missing", "as worker", NULL), 0);
    assert_string_equal(refused_because(&world), "wrong-role");
    assert_whole(&world);
}

/* ---- keys ------------------------------------------------------------------------------ */

static void the_same_key_and_content_gives_the_first_answer(void **state)
{
    (void)state;
    int64_t first = world_open_case(&world, "bo", "key k1", NULL);
    assert_int_equal(world_open_case(&world, "bo", "key k1", NULL), first);
    assert_true(world.answer.repeated);
    int64_t second = world_record(&world, "bo", "missing", "key k2", NULL);
    assert_true(second > first);
    world_now(&world, "2021-03-01T10:00");
    assert_int_equal(world_record(&world, "bo", "missing", "key k2", NULL), second);
    assert_true(world.answer.repeated);
    assert_whole(&world);
}

static void the_same_key_with_other_content_is_refused(void **state)
{
    (void)state;
    world_open_case(&world, "bo", "key k1", NULL);
    world_record(&world, "bo", "missing", "key k2", NULL);
    assert_int_equal(world_record(&world, "bo", "missing", "key k2", "because seen again", NULL), 0);
    assert_string_equal(refused_because(&world), "key-reused");
    assert_int_equal(world_open_case(&world, "ann", "key k1", NULL), 0);
    assert_string_equal(refused_because(&world), "key-reused");
}

/* ---- the clock -------------------------------------------------------------------------- */

static void a_clock_that_is_behind_never_takes_recorded_time_back(void **state)
{
    (void)state;
    world_open_case(&world, "bo", NULL);
    world_now(&world, "2021-02-01T09:00");
    assert_true(world_record(&world, "bo", "missing", NULL) > 0);
    assert_true(world.answer.clock_was_behind);
    const CaseView *view = &world.answer.view;
    assert_int_equal(view->entries[1].recorded, view->entries[0].recorded);
    assert_true(view->entries[1].clock_was_behind);
    assert_whole(&world);
}

static void a_real_database_takes_no_given_time(void **state)
{
    (void)state;
    char path[128];
    Error err = {0};
    Engine *engine;
    snprintf(path, sizeof path, "%s/real.db", world.folder);
    assert_true(engine_create(path, false, 0, &err));
    assert_true(engine_open(path, NULL, &engine, &err));
    assert_false(engine_set_now(engine, 0, true, &err));
    assert_true(engine_set_now(engine, 0, false, &err));
    engine_close(engine);
}

static void a_trial_stores_nothing(void **state)
{
    (void)state;
    world_open_case(&world, "bo", NULL);
    CwRequest request = {.kind = CW_RECORD, .which = "1", .name = "missing", .person = "bo"};
    Answer answer;
    Error err = {0};
    assert_true(engine_try(world.engine, &request, &answer, &err));
    assert_true(answer.accepted);
    answer_clear(&answer);
    request.person = "ann";
    assert_true(engine_try(world.engine, &request, &answer, &err));
    assert_int_equal(answer.refusal.code, REFUSED_WRONG_ROLE);
    answer_clear(&answer);
    EngineStatus status;
    assert_true(engine_status(world.engine, &status, &err));
    assert_int_equal(status.entries, 1);
    assert_int_equal(status.refusals, 0);
}

#define STORY(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        STORY(a_case_opens_and_its_first_task_is_due),
        STORY(an_event_moves_the_case_on_and_survives_reopening_the_file),
        STORY(ticks_are_kept_one_by_one),
        STORY(all_kinds_of_fact_come_back_as_they_were_typed),
        STORY(the_reference_finds_the_case_and_a_doubled_one_asks_for_the_number),
        STORY(a_number_that_is_also_a_reference_is_not_guessed),
        STORY(an_unknown_case_is_not_found),
        STORY(the_wrong_role_is_refused_and_the_refusal_is_kept),
        STORY(a_role_that_the_person_does_not_hold_is_refused),
        STORY(an_earlier_reason_wins_over_a_role_not_held),
        STORY(a_fact_that_cannot_be_read_is_wrong_and_not_missing),
        STORY(impossible_values_of_each_type_are_refused),
        STORY(the_future_is_refused),
        STORY(today_without_a_time_is_taken_unless_something_falls_due_today),
        STORY(a_closed_case_refuses_all_but_reopening),
        STORY(a_deputy_acts_for_an_absent_manager),
        STORY(somebody_unknown_is_not_found),
        STORY(who_holds_several_roles_is_asked_in_which),
        STORY(who_holds_no_role_does_what_anyone_may),
        STORY(nobody_acts_for_themselves),
        STORY(a_role_held_until_yesterday_is_held_no_more),
        STORY(the_same_key_and_content_gives_the_first_answer),
        STORY(the_same_key_with_other_content_is_refused),
        STORY(a_clock_that_is_behind_never_takes_recorded_time_back),
        STORY(a_real_database_takes_no_given_time),
        STORY(a_trial_stores_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
