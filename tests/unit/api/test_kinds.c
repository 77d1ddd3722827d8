/* The kinds of entry beside plain events: approvals, held events, assignment,
 * pauses, extensions, not needed, notes, imports. */
#include "world.h"

#include <stdio.h>
#include <string.h>

static World world;

static const char *const flow_text =
    "workflow visits \"Approvals and clocks\" version \"2\" in force from 1 March 2021\n"
    "  owner manager\n"
    "  uses calendar plain\n"
    "calendar plain \"Plain\"\n"
    "  working Monday to Friday from 09:00 to 17:00\n"
    "  covers 2019 to 2030\n"
    "role manager \"Manager\"\n"
    "role worker \"Worker\"\n"
    "role visitor \"Visitor\" is any of worker, manager\n"
    "fact outcome \"Outcome\" one of ended, goes-on\n"
    "fact told \"What the child said\" text\n"
    "event referral \"Referral\" by anyone\n"
    "  opens a case\n"
    "event new-concern \"New concern\" by worker\n"
    "  records told\n"
    "state start-here \"Start\" starts here\n"
    "  on referral go to planning\n"
    "state planning \"Plan\"\n"
    "  task plan \"Plan the work\" by manager\n"
    "    assigns visitor\n"
    "    within 10 working days of entering\n"
    "    if missed go to working\n"
    "  hold new-concern until working\n"
    "  on plan go to working\n"
    "state working \"Work\"\n"
    "  task visit \"Visit\" by visitor\n"
    "    within 5 working days of entering\n"
    "    can be paused by manager\n"
    "    can be extended by manager\n"
    "    records outcome\n"
    "    if missed notify manager\n"
    "  task letter \"Write a letter\" by visitor\n"
    "    optional\n"
    "  on new-concern stay\n"
    "  on visit\n"
    "    go to closed needs approval by manager when outcome is ended\n"
    "    stay otherwise\n"
    "state closed \"Closed\" ends here\n";

static int set_up(void **state)
{
    (void)state;
    world_open(&world);
    world_deploy(&world, flow_text);
    assert_true(world_open_case(&world, "bo", NULL) > 0);
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    world_close(&world);
    return 0;
}

static void plan(void)
{
    assert_true(world_record(&world, "ann", "plan", "@visitor=bo", NULL) > 0);
    assert_string_equal(state_now(&world), "working");
}

static void assigned_work_belongs_to_that_person(void **state)
{
    (void)state;
    assert_int_equal(world_record(&world, "ann", "plan", NULL), 0);
    assert_string_equal(refused_because(&world), "missing-person");
    plan();
    assert_int_equal(world_record(&world, "ann", "visit", "outcome=goes-on", NULL), 0);
    assert_string_equal(refused_because(&world), "not-assigned");
    assert_true(world_do(&world, "ann", CW_ASSIGN, NULL, "@visitor=ann", NULL) > 0);
    assert_true(world_record(&world, "ann", "visit", "outcome=goes-on", NULL) > 0);
    assert_whole(&world);
}

static void who_holds_a_role_of_a_group_may_act_in_the_groups_name(void **state)
{
    (void)state;
    plan();
    assert_int_equal(world_record(&world, "dee", "visit", "as visitor", "outcome=goes-on", NULL), 0);
    assert_string_equal(world.answer.detail, "'dee' does not hold the role 'visitor'");
    assert_true(world_record(&world, "bo", "visit", "as visitor", "outcome=goes-on", NULL) > 0);
    assert_whole(&world);
}

static void nobody_is_assigned_who_does_not_hold_the_role(void **state)
{
    (void)state;
    static const char *const wrong[] = {"@visitor=dee", "@visitor=nobody", "@king=bo"};
    for (size_t i = 0; i < 3; i++) {
        assert_int_equal(world_record(&world, "ann", "plan", wrong[i], NULL), 0);
        assert_string_equal(refused_because(&world), "missing-person");
    }
}

static void the_worklist_shows_whose_work_it_is(void **state)
{
    (void)state;
    Worklist list;
    plan();
    WorkFilter bos = {.person = "bo"}, anns = {.person = "ann"};
    assert_true(engine_worklist(world.engine, &bos, &list, &(Error){0}));
    assert_int_equal(list.count, 2);
    assert_string_equal(list.rows[0].person_label, "Bo Example");
    worklist_clear(&list);
    assert_true(engine_worklist(world.engine, &anns, &list, &(Error){0}));
    assert_int_equal(list.count, 0);
    worklist_clear(&list);
}

static void an_event_waits_until_it_is_approved(void **state)
{
    (void)state;
    plan();
    int64_t visit = world_record(&world, "bo", "visit", "outcome=ended", NULL);
    assert_true(visit > 0);
    assert_string_equal(state_now(&world), "working");
    world_reopen(&world);
    assert_int_equal(world_correct(&world, "bo", CW_APPROVE, 0, NULL), 0);
    assert_string_equal(refused_because(&world), "wrong-role");
    assert_true(world_correct(&world, "ann", CW_APPROVE, 0, NULL) > 0);
    assert_string_equal(state_now(&world), "closed");
    assert_whole(&world);
}

static void a_declined_event_never_takes_place(void **state)
{
    (void)state;
    plan();
    int64_t visit = world_record(&world, "bo", "visit", "outcome=ended", NULL);
    assert_true(world_correct(&world, "ann", CW_DECLINE, visit, "because too early", NULL) > 0);
    assert_string_equal(state_now(&world), "working");
    assert_int_equal(world_correct(&world, "ann", CW_APPROVE, visit, NULL), 0);
    assert_string_equal(refused_because(&world), "not-possible");
    assert_whole(&world);
}

static void an_amended_entry_is_approved_as_it_was_amended(void **state)
{
    (void)state;
    plan();
    int64_t visit = world_record(&world, "bo", "visit", "outcome=ended", NULL);
    assert_true(world_correct(&world, "bo", CW_AMEND, visit, "outcome=goes-on", "because wrong",
                              NULL) > 0);
    assert_int_equal(world_correct(&world, "ann", CW_APPROVE, visit, NULL), 0);
    assert_whole(&world);
}

static void voiding_what_was_approved_is_a_conflict(void **state)
{
    (void)state;
    plan();
    int64_t visit = world_record(&world, "bo", "visit", "outcome=ended", NULL);
    int64_t approval = world_correct(&world, "ann", CW_APPROVE, visit, NULL);
    assert_int_equal(world_correct(&world, "ann", CW_VOID, visit, "because wrong", NULL), 0);
    assert_string_equal(refused_because(&world), "conflict");
    assert_int_equal(world.answer.conflicts[0].entry, approval);
    char word[32];
    snprintf(word, sizeof word, "void %lld", (long long)approval);
    assert_true(world_correct(&world, "ann", CW_VOID, visit, "because wrong", word, NULL) > 0);
    assert_string_equal(state_now(&world), "working");
    assert_whole(&world);
}

static void a_held_event_is_released_with_its_facts(void **state)
{
    (void)state;
    int64_t held = world_record(&world, "bo", "new-concern", "told=he hit me", NULL);
    assert_true(held > 0);
    world_reopen(&world);
    plan();
    CaseView view;
    assert_true(engine_view(world.engine, "1", &view, &(Error){0}));
    assert_int_equal(record_fact(view.program, view.record, 1), held);
    assert_string_equal(view_fact_text(&view, 1, held), "he hit me");
    view_clear(&view);
    assert_whole(&world);
}

static void a_held_event_is_released_by_time_too(void **state)
{
    (void)state;
    TickResult tick;
    int64_t held = world_record(&world, "bo", "new-concern", "told=he hit me", NULL);
    world_now(&world, "2021-03-16T09:00");
    world_reopen(&world);
    assert_true(engine_tick(world.engine, &tick, &(Error){0}));
    assert_int_equal(tick.cases, 1);
    CaseView view;
    assert_true(engine_view(world.engine, "1", &view, &(Error){0}));
    assert_int_equal(record_fact(view.program, view.record, 1), held);
    view_clear(&view);
    assert_string_equal(state_now(&world), "working");
    assert_whole(&world);
}

static void a_paused_limit_runs_on_after_the_pause(void **state)
{
    (void)state;
    plan();
    assert_string_equal(due_of(&world, "visit"), "2021-03-08");
    assert_int_equal(world_do(&world, "bo", CW_PAUSE, "visit", NULL), 0);
    assert_string_equal(refused_because(&world), "wrong-role");
    world_now(&world, "2021-03-02T09:00");
    assert_true(world_do(&world, "ann", CW_PAUSE, "visit", NULL) > 0);
    world_now(&world, "2021-03-05T09:00");
    assert_true(world_do(&world, "ann", CW_RESUME, "visit", NULL) > 0);
    assert_string_equal(due_of(&world, "visit"), "2021-03-10");
    assert_whole(&world);
}

static void a_limit_is_extended_to_a_later_day_only(void **state)
{
    (void)state;
    plan();
    assert_int_equal(world_do(&world, "ann", CW_EXTEND, "visit", "until 2021-03-08", NULL), 0);
    assert_string_equal(refused_because(&world), "bad-time");
    assert_int_equal(world_do(&world, "ann", CW_EXTEND, "visit", "until next week", NULL), 0);
    assert_string_equal(refused_because(&world), "bad-time");
    assert_true(world_do(&world, "ann", CW_EXTEND, "visit", "until 2021-03-12", NULL) > 0);
    assert_string_equal(due_of(&world, "visit"), "2021-03-12");
    assert_whole(&world);
}

static void an_optional_task_is_not_needed_with_a_reason(void **state)
{
    (void)state;
    plan();
    assert_int_equal(world_do(&world, "bo", CW_NOT_NEEDED, "letter", NULL), 0);
    assert_string_equal(refused_because(&world), "missing-reason");
    assert_true(world_do(&world, "bo", CW_NOT_NEEDED, "letter", "because by phone", NULL) > 0);
    assert_string_equal(outcome_of(&world, "letter"), "not-needed");
    assert_whole(&world);
}

static void a_note_changes_nothing(void **state)
{
    (void)state;
    plan();
    assert_true(world_do(&world, "bo", CW_NOTE, NULL, "because aunt called", NULL) > 0);
    assert_string_equal(state_now(&world), "working");
    assert_string_equal(world.answer.view.entries[2].reason, "aunt called");
    assert_whole(&world);
}

/* ---- imports ---------------------------------------------------------------------- */

static int64_t import(CwRequest *request)
{
    Error err = {0};
    request->imported = true;
    answer_clear(&world.answer);
    if (!engine_write(world.engine, request, &world.answer, &err))
        fail_msg("%s", err.text);
    return world.answer.entry;
}

static void imported_history_is_decided_by_effective_time_and_tells_nobody(void **state)
{
    (void)state;
    world_now(&world, "2021-06-01T09:00");
    CwRequest opening = {.kind = CW_OPEN, .flow = "visits", .at = "2021-04-01T09:00"};
    opening.person = "bo";
    assert_true(import(&opening) > 0);
    world.case_number = world.answer.case_number;
    const char *assigns[] = {"visitor=bo"};
    CwRequest planned = {.kind = CW_RECORD, .which = "#2", .name = "plan", .person = "ann",
                         .role = "manager", .at = "2021-04-02T09:00", .assigns = assigns,
                         .assign_count = 1};
    assert_true(import(&planned) > 0);
    assert_string_equal(outcome_of(&world, "visit"), "missed");
    assert_int_equal(waiting_in_outbox(&world), 0);
    assert_true(world.answer.view.entries[1].imported);
    assert_whole(&world);
}

#define STORY(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        STORY(assigned_work_belongs_to_that_person),
        STORY(who_holds_a_role_of_a_group_may_act_in_the_groups_name),
        STORY(nobody_is_assigned_who_does_not_hold_the_role),
        STORY(the_worklist_shows_whose_work_it_is),
        STORY(an_event_waits_until_it_is_approved),
        STORY(a_declined_event_never_takes_place),
        STORY(an_amended_entry_is_approved_as_it_was_amended),
        STORY(voiding_what_was_approved_is_a_conflict),
        STORY(a_held_event_is_released_with_its_facts),
        STORY(a_held_event_is_released_by_time_too),
        STORY(a_paused_limit_runs_on_after_the_pause),
        STORY(a_limit_is_extended_to_a_later_day_only),
        STORY(an_optional_task_is_not_needed_with_a_reason),
        STORY(a_note_changes_nothing),
        STORY(imported_history_is_decided_by_effective_time_and_tells_nobody),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
