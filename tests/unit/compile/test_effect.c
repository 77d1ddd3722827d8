#include "code_text.h"

static Program *program;

static int set_up(void **state)
{
    (void)state;
    program = compile_text("workflow w \"W\" version \"1\"\n"
                           "role r \"R\"\n"
                           "role s \"S\"\n"
                           "fact ok \"Ok\" yes or no\n"
                           "event begun \"Begun\" by anyone\n"
                           "  opens a case\n"
                           "event turned \"Turned\" by r\n"
                           "event shared \"Shared\" by r\n"
                           "event mixed \"Mixed\" by r\n"
                           "state first \"First\" starts here\n"
                           "  task one \"One\" by r\n"
                           "  task two \"Two\" by r within 2 weeks of entering\n"
                           "    if missed go to last and notify s\n"
                           "  on begun stay\n"
                           "  on turned again\n"
                           "  on one go to second\n"
                           "  on mixed notify s and go to second and start side and end side\n"
                           "    and record ok is no\n"
                           "state second \"Second\"\n"
                           "  task three \"Three\" by r\n"
                           "  on three go to last\n"
                           "  as soon as ok is yes go to last\n"
                           "state last \"Last\" ends here\n"
                           "at any point\n"
                           "  on shared go to second\n"
                           "track side \"Side\"\n"
                           "  starts on turned\n"
                           "  task own \"Own\" by r\n"
                           "state begin \"Begin\" in side starts here\n"
                           "  task four \"Four\" by r\n"
                           "  on four go to end-side\n"
                           "state end-side \"End\" in side ends here\n");
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    program_free(program);
    return 0;
}

static const AlternativeInfo *only_line(const char *state, const char *event)
{
    Slice row = program->states[state_named(program, state)].handlers;
    uint32_t wanted = event_named(program, event);
    for (uint32_t i = 0; i < row.count; i++) {
        const HandlerInfo *handler = &program->handlers[row.first + i];
        if (handler->event == wanted) {
            assert_int_equal(handler->alternatives.count, 1);
            return &program->alternatives[handler->alternatives.first];
        }
    }
    fail_msg("%s does not handle %s", state, event);
    return NULL;
}

static void leaving_closes_the_work_of_the_state_and_entering_opens_the_other(void **state)
{
    (void)state;
    const AlternativeInfo *line = only_line("first", "one");
    assert_code(program, line->effects, "CLOSE one, CLOSE two, ENTER second, OPEN three");
    assert_true(line->is_choice && line->leaves);
    assert_int_equal(line->target, state_named(program, "second"));
}

static void again_leaves_and_enters_the_same_state(void **state)
{
    (void)state;
    const AlternativeInfo *line = only_line("first", "turned");
    assert_code(program, line->effects,
                "CLOSE one, CLOSE two, ENTER first, OPEN one, OPEN two");
    assert_int_equal(line->target, state_named(program, "first"));
}

static void stay_does_nothing(void **state)
{
    (void)state;
    const AlternativeInfo *line = only_line("first", "begun");
    assert_int_equal(line->effects, 0);
    assert_true(line->is_choice && !line->leaves);
    assert_int_equal(line->target, NO_INDEX);
}

static void a_line_that_states_share_closes_the_work_of_whichever_state_it_is(void **state)
{
    (void)state;
    assert_code(program, only_line("first", "shared")->effects,
                "LEAVE case, ENTER second, OPEN three");
    assert_ptr_equal(only_line("first", "shared"), only_line("second", "shared"));
}

static void effects_happen_in_one_order_whatever_order_they_are_written_in(void **state)
{
    (void)state;
    assert_code(program, only_line("first", "mixed")->effects,
                "PUSH_CONST 0, RECORD_FACT ok, CLOSE one, CLOSE two, ENTER second, OPEN three, "
                "STOP side, START side, NOTIFY s");
}

static void an_end_state_of_the_main_line_closes_the_case(void **state)
{
    (void)state;
    assert_code(program, only_line("second", "three")->effects,
                "CLOSE three, ENTER last, FINISH case");
    assert_code(program, program->states[state_named(program, "last")].enter,
                "ENTER last, FINISH case");
}

static void an_end_state_of_a_track_ends_its_run(void **state)
{
    (void)state;
    assert_code(program, only_line("begin", "four")->effects,
                "CLOSE four, ENTER end-side, FINISH side");
}

static void a_track_begins_with_its_own_work_and_its_start_state(void **state)
{
    (void)state;
    assert_code(program, program->tracks[track_named(program, "side")].begin,
                "OPEN own, ENTER begin, OPEN four");
    assert_code(program, program->tracks[0].begin, "ENTER first, OPEN one, OPEN two");
}

static void a_missed_limit_tells_and_then_goes(void **state)
{
    (void)state;
    const WorkInfo *work = &program->works[work_named(program, "two")];
    assert_code(program, work->if_missed, "NOTIFY s");
    assert_code(program, work->missed_go, "LEAVE case, ENTER last, FINISH case");
    assert_int_equal(work->missed_state, state_named(program, "last"));
}

static void as_soon_as_closes_the_work_of_its_state(void **state)
{
    (void)state;
    const StateInfo *second = &program->states[state_named(program, "second")];
    assert_int_equal(second->as_soon.count, 1);
    const AsSoonInfo *clause = &program->as_soons[second->as_soon.first];
    assert_code(program, clause->effects, "CLOSE three, ENTER last, FINISH case");
    assert_int_equal(clause->target, state_named(program, "last"));
    assert_false(clause->waits);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(leaving_closes_the_work_of_the_state_and_entering_opens_the_other),
        cmocka_unit_test(again_leaves_and_enters_the_same_state),
        cmocka_unit_test(stay_does_nothing),
        cmocka_unit_test(a_line_that_states_share_closes_the_work_of_whichever_state_it_is),
        cmocka_unit_test(effects_happen_in_one_order_whatever_order_they_are_written_in),
        cmocka_unit_test(an_end_state_of_the_main_line_closes_the_case),
        cmocka_unit_test(an_end_state_of_a_track_ends_its_run),
        cmocka_unit_test(a_track_begins_with_its_own_work_and_its_start_state),
        cmocka_unit_test(a_missed_limit_tells_and_then_goes),
        cmocka_unit_test(as_soon_as_closes_the_work_of_its_state),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
