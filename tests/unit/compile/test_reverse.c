#include "compile_text.h"
#include "rich_flow.h"

static Program *program;

static int set_up(void **state)
{
    (void)state;
    program = compile_text(rich_flow);
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    program_free(program);
    return 0;
}

typedef const char *(*NameOf)(uint32_t index);

static const char *track_name(uint32_t i)
{
    return program->tracks[i].name;
}
static const char *work_name(uint32_t i)
{
    return program->works[i].name;
}
static const char *start_track(uint32_t i)
{
    return program->tracks[program->starts[i].track].name;
}

static void assert_list(Slice list, NameOf name_of, const char *expected)
{
    Text text = {0};
    for (uint32_t i = 0; i < list.count; i++)
        text_addf(&text, "%s%s", i ? ", " : "", name_of(program->indices[list.first + i]));
    assert_string_equal(text_get(&text), expected);
    text_clear(&text);
}

static const EventInfo *event(const char *name)
{
    return &program->events[event_named(program, name)];
}

static void an_event_knows_the_tracks_that_may_handle_it(void **state)
{
    (void)state;
    assert_list(event("missing")->tracks, track_name, "case, list");
    assert_list(event("answered")->tracks, track_name, "case, urgent");
    assert_list(event("convened")->tracks, track_name, "urgent");
}

static void an_event_knows_whether_some_on_names_it(void **state)
{
    (void)state;
    assert_true(event("missing")->handled);
    assert_true(event("answered")->handled);
    assert_false(event("look")->handled);
    assert_false(event("hushed")->handled);
    assert_list(event("hushed")->tracks, track_name, "case");
}

static void an_event_knows_what_it_starts(void **state)
{
    (void)state;
    assert_list(event("decided")->starts, start_track, "urgent");
    assert_list(event("over")->starts, start_track, "urgent");
    assert_list(event("raised")->starts, start_track, "list");
    assert_list(event("missing")->starts, start_track, "");
}

static void an_event_knows_the_windows_that_count_it(void **state)
{
    (void)state;
    assert_int_equal(event("missing")->windows.count, 1);
    assert_int_equal(event("raised")->windows.count, 0);
}

static void an_event_knows_the_work_that_it_does_and_that_waits_for_it(void **state)
{
    (void)state;
    assert_list(event("look")->works, work_name, "look");
    assert_list(event("decided")->waits, work_name, "decided");
    assert_list(event("answered")->waits, work_name, "answered");
    assert_true(event("look")->is_work);
    assert_false(event("decided")->is_work);
}

static void an_event_knows_what_is_counted_from_it_each_once(void **state)
{
    (void)state;
    assert_list(event("decided")->anchored, work_name, "hold-meeting, yearly");
    assert_list(event("raised")->anchored, work_name, "decided, yearly");
    assert_list(event("asked")->musts, work_name, "answered");
    assert_list(event("asked")->anchored, work_name, "");
}

static void a_fact_knows_what_is_counted_from_it(void **state)
{
    (void)state;
    assert_list(program->facts[fact_named(program, "meeting-day")].works, work_name, "prepare");
    assert_list(program->facts[fact_named(program, "age")].works, work_name, "");
}

static void work_that_hangs_on_something_is_watched(void **state)
{
    (void)state;
    assert_list(program->watched, work_name, "tell, hold-meeting, check-up, two");
}

static void starts_by_themselves_are_listed_with_what_they_count(void **state)
{
    (void)state;
    assert_list(program->edge_starts, start_track, "urgent");
    const StartInfo *start = &program->starts[program->indices[program->edge_starts.first]];
    assert_int_equal(start->counted.count, 1);
    assert_int_equal(program->indices[start->counted.first], event_named(program, "missing"));
}

static void an_event_that_two_windows_count_is_listed_once(void **state)
{
    (void)state;
    Program *other = compile_text("workflow w \"W\" version \"1\"\n"
                                  "role r \"R\"\n"
                                  "event begun \"Begun\" by anyone\n"
                                  "  opens a case\n"
                                  "state first \"First\" starts here\n"
                                  "  on begun go to last\n"
                                  "state last \"Last\" ends here\n"
                                  "track side \"Side\"\n"
                                  "  starts when begun 3 times within 30 calendar days or\n"
                                  "    begun 5 times within 12 weeks\n"
                                  "  task own \"Own\" by r\n");
    assert_int_equal(other->window_count, 2);
    assert_int_equal(other->starts[0].counted.count, 1);
    program_free(other);
}

static void due_moments_go_by_name_then_track(void **state)
{
    (void)state;
    for (uint32_t i = 0; i < program->due_order.count; i++) {
        uint32_t at = program->indices[program->due_order.first + i];
        assert_int_equal(program->works[at].order, i);
        if (i == 0)
            continue;
        const WorkInfo *before =
            &program->works[program->indices[program->due_order.first + i - 1]];
        int order = strcmp(before->name, program->works[at].name);
        assert_true(order < 0 || (order == 0 &&
                                  strcmp(program->tracks[before->track].name,
                                         program->tracks[program->works[at].track].name) <= 0));
    }
}

/* ---- can a step fail late? ---------------------------------------------------- */

static bool may_undo(const char *more)
{
    Text text = {0};
    text_addf(&text,
              "workflow w \"W\" version \"1\"\n"
              "role r \"R\"\n"
              "fact ok \"Ok\" yes or no\n"
              "fact day \"Day\" date\n"
              "event begun \"Begun\" by anyone\n"
              "  opens a case records ok, day\n"
              "state last \"Last\" ends here\n"
              "state first \"First\" starts here\n"
              "  task one \"One\" by r within 2 weeks of entering\n"
              "  on begun stay\n"
              "  on one go to last\n"
              "%s",
              more);
    Program *other = compile_text(text_get(&text));
    bool may = other->may_undo;
    program_free(other);
    text_clear(&text);
    return may;
}

static void a_step_may_fail_late_only_where_something_can_fail(void **state)
{
    (void)state;
    assert_false(may_undo(""));
    assert_true(may_undo("never last when ok is yes\n"));
    assert_true(may_undo("  as soon as ok is yes go to last\n"));
    assert_true(may_undo("at any point in last\n  on one stay and record ok is no\n"));
    assert_true(may_undo("  task two \"Two\" by r within 1 week of day\n"));
    assert_true(may_undo("  task two \"Two\" by r within 1 week of entering\n"
                         "    paused while ok is yes\n"));
    assert_true(may_undo("  task two \"Two\" by r within 1 week of entering\n"
                         "    if missed go to last\n"));
    assert_true(may_undo("  review two \"Two\" by r every 3 months from day\n"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_event_knows_the_tracks_that_may_handle_it),
        cmocka_unit_test(an_event_knows_whether_some_on_names_it),
        cmocka_unit_test(an_event_knows_what_it_starts),
        cmocka_unit_test(an_event_knows_the_windows_that_count_it),
        cmocka_unit_test(an_event_knows_the_work_that_it_does_and_that_waits_for_it),
        cmocka_unit_test(an_event_knows_what_is_counted_from_it_each_once),
        cmocka_unit_test(a_fact_knows_what_is_counted_from_it),
        cmocka_unit_test(work_that_hangs_on_something_is_watched),
        cmocka_unit_test(starts_by_themselves_are_listed_with_what_they_count),
        cmocka_unit_test(an_event_that_two_windows_count_is_listed_once),
        cmocka_unit_test(due_moments_go_by_name_then_track),
        cmocka_unit_test(a_step_may_fail_late_only_where_something_can_fail),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
