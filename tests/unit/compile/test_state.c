#include "compile_text.h"

static Program *program;

static int set_up(void **state)
{
    (void)state;
    program = compile_text("workflow w \"W\" version \"1\"\n"
                           "role r \"R\"\n"
                           "event begun \"Begun\" by anyone\n"
                           "  opens a case\n"
                           "event zeta \"Zeta\" by r\n"
                           "event alpha \"Alpha\" by r\n"
                           "event beta \"Beta\" by r\n"
                           "state first \"First\" starts here\n"
                           "  task wait \"Wait\" by r before leaving\n"
                           "  on begun stay\n"
                           "  on zeta stay\n"
                           "  ignore alpha\n"
                           "  hold beta until second\n"
                           "state second \"Second\"\n"
                           "  on zeta go to last\n"
                           "state last \"Last\" ends here\n"
                           "at any point\n"
                           "  on alpha, zeta stay\n"
                           "at any point in second\n"
                           "  on beta stay\n"
                           "track side \"Side\"\n"
                           "  starts on beta\n"
                           "  on alpha go to side-last\n"
                           "  on zeta go to side-last\n"
                           "state side-first \"Side\" in side starts here\n"
                           "  ignore zeta\n"
                           "state side-last \"Last\" in side ends here\n"
                           "track list \"List\"\n"
                           "  starts on zeta\n"
                           "  task own \"Own\" by r\n"
                           "  on alpha end list\n");
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    program_free(program);
    return 0;
}

static const HandlerInfo *find_handler(Slice row, const char *event)
{
    for (uint32_t i = 0; i < row.count; i++)
        if (program->handlers[row.first + i].event == event_named(program, event))
            return &program->handlers[row.first + i];
    return NULL;
}

static const HandlerInfo *handler_of(const char *state, const char *event)
{
    return find_handler(program->states[state_named(program, state)].handlers, event);
}

static void what_a_state_says_itself_replaces_at_any_point(void **state)
{
    (void)state;
    assert_int_equal(handler_of("first", "alpha")->kind, HANDLES_IGNORE);
    assert_int_equal(handler_of("second", "alpha")->kind, HANDLES_ON);
    const HandlerInfo *own = handler_of("second", "zeta");
    assert_int_equal(program->alternatives[own->alternatives.first].target,
                     state_named(program, "last"));
    assert_int_equal(handler_of("last", "zeta")->alternatives.first,
                     handler_of("second", "alpha")->alternatives.first);
}

static void what_a_state_says_itself_replaces_its_track(void **state)
{
    (void)state;
    assert_int_equal(handler_of("side-first", "zeta")->kind, HANDLES_IGNORE);
    assert_int_equal(handler_of("side-first", "alpha")->kind, HANDLES_ON);
    assert_int_equal(handler_of("side-last", "zeta")->kind, HANDLES_ON);
}

static void at_any_point_holds_only_on_the_main_line_and_in_its_states(void **state)
{
    (void)state;
    assert_int_equal(handler_of("first", "beta")->kind, HANDLES_HOLD);
    assert_int_equal(handler_of("first", "beta")->until, state_named(program, "second"));
    assert_non_null(handler_of("second", "beta"));
    assert_null(handler_of("last", "beta"));
    assert_null(handler_of("side-first", "beta"));
}

static void an_on_that_every_state_replaces_is_an_on_all_the_same(void **state)
{
    (void)state;
    Program *other = compile_text("workflow w \"W\" version \"1\"\n"
                                  "role r \"R\"\n"
                                  "event begun \"Begun\" by anyone\n"
                                  "  opens a case\n"
                                  "event seen \"Seen\" by r\n"
                                  "state first \"First\" starts here\n"
                                  "  on begun go to last\n"
                                  "  ignore seen\n"
                                  "state last \"Last\" ends here\n"
                                  "at any point in first\n"
                                  "  on seen stay\n");
    assert_true(other->events[event_named(other, "seen")].handled);
    program_free(other);
}

static void rows_ascend_by_event(void **state)
{
    (void)state;
    for (uint32_t s = 0; s < program->state_count; s++) {
        Slice row = program->states[s].handlers;
        for (uint32_t i = 1; i < row.count; i++)
            assert_true(program->handlers[row.first + i - 1].event <
                        program->handlers[row.first + i].event);
    }
}

static void only_a_list_of_work_has_handlers_of_its_own(void **state)
{
    (void)state;
    assert_non_null(
        find_handler(program->tracks[track_named(program, "list")].handlers, "alpha"));
    assert_int_equal(program->tracks[track_named(program, "side")].handlers.count, 0);
}

static void a_state_knows_of_work_that_must_be_done_before_leaving(void **state)
{
    (void)state;
    assert_true(program->states[state_named(program, "first")].has_before_leaving);
    assert_false(program->states[state_named(program, "second")].has_before_leaving);
}

/* Names finds it first; whoever does, such a flow never runs. */
static void an_event_handled_twice_in_one_place_is_an_error(void **state)
{
    (void)state;
    assert_true(text_gives("workflow w \"W\" version \"1\"\n"
                           "event begun \"Begun\" by anyone\n"
                           "  opens a case\n"
                           "state first \"First\" starts here\n"
                           "  on begun stay\n"
                           "  on begun go to last\n"
                           "state last \"Last\" ends here\n",
                           "CF214"));
    assert_true(text_gives("workflow w \"W\" version \"1\"\n"
                           "event begun \"Begun\" by anyone\n"
                           "  opens a case\n"
                           "state first \"First\" starts here\n"
                           "  on begun go to last\n"
                           "state last \"Last\" ends here\n"
                           "at any point\n"
                           "  on begun stay\n"
                           "at any point in first\n"
                           "  on begun go to last\n",
                           "CF214"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_a_state_says_itself_replaces_at_any_point),
        cmocka_unit_test(what_a_state_says_itself_replaces_its_track),
        cmocka_unit_test(at_any_point_holds_only_on_the_main_line_and_in_its_states),
        cmocka_unit_test(an_on_that_every_state_replaces_is_an_on_all_the_same),
        cmocka_unit_test(rows_ascend_by_event),
        cmocka_unit_test(only_a_list_of_work_has_handlers_of_its_own),
        cmocka_unit_test(a_state_knows_of_work_that_must_be_done_before_leaving),
        cmocka_unit_test(an_event_handled_twice_in_one_place_is_an_error),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
