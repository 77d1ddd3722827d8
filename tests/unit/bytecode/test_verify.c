/* Each rule of the verifier about tables, broken alone in a program that is
 * otherwise good. */
#include "base/limits.h"
#include "compile_text.h"
#include "rich_flow.h"

#define TOO_LARGE 0xFFFFFFF0u

static void expect(Program *program, const char *expected)
{
    Error err = {0};
    if (program_verify(program, &err))
        fail_msg("accepted, not refused with '%s'", expected);
    if (err.kind != ERROR_INTERNAL || !strstr(err.text, expected))
        fail_msg("'%s', not '%s'", err.text, expected);
}

static void the_program_just_compiled_is_good(void **state)
{
    (void)state;
    Program *program = compile_text(rich_flow);
    Error err = {0};
    assert_true(program_verify(program, &err));
    program_free(program);
}

/* ---- fields that point somewhere -------------------------------------------- */

typedef struct Pointing {
    size_t rows, row_bytes, field;
    const char *table, *name;
} Pointing;

#define AT(rows, Type, field)                                                                  \
    {                                                                                          \
        offsetof(Program, rows), sizeof(Type), offsetof(Type, field), #rows, #field            \
    }

static const Pointing fields[] = {
    AT(durations, DatedDuration, duration.unit),
    AT(limits, LimitInfo, target),
    AT(limits, LimitInfo, limit),
    AT(limits, LimitInfo, anchor.type),
    AT(limits, LimitInfo, anchor.items),
    AT(limits, LimitInfo, target_anchor.type),
    AT(limits, LimitInfo, target_anchor.items),
    AT(limits, LimitInfo, roll),
    AT(limits, LimitInfo, paused_while),
    AT(limits, LimitInfo, paused_by),
    AT(limits, LimitInfo, extended_by),
    AT(reminds, RemindInfo, before),
    AT(reminds, RemindInfo, roles),
    AT(permits, Permit, role),
    AT(permits, Permit, via),
    AT(records, RecordsInfo, fact),
    AT(records, RecordsInfo, when),
    AT(intervals, IntervalInfo, every),
    AT(intervals, IntervalInfo, from.type),
    AT(intervals, IntervalInfo, from.items),
    AT(intervals, IntervalInfo, when),
    AT(alternatives, AlternativeInfo, guard),
    AT(alternatives, AlternativeInfo, effects),
    AT(alternatives, AlternativeInfo, approval),
    AT(alternatives, AlternativeInfo, approval_permits),
    AT(alternatives, AlternativeInfo, target),
    AT(handlers, HandlerInfo, event),
    AT(handlers, HandlerInfo, kind),
    AT(handlers, HandlerInfo, alternatives),
    AT(handlers, HandlerInfo, until),
    AT(as_soons, AsSoonInfo, condition),
    AT(as_soons, AsSoonInfo, effects),
    AT(as_soons, AsSoonInfo, target),
    AT(starts, StartInfo, track),
    AT(starts, StartInfo, condition),
    AT(starts, StartInfo, counted),
    AT(deputies, DeputyInfo, for_role),
    AT(deputies, DeputyInfo, kind),
    AT(deputies, DeputyInfo, after),
    AT(facts, FactInfo, type),
    AT(facts, FactInfo, values),
    AT(facts, FactInfo, works),
    AT(events, EventInfo, permits),
    AT(events, EventInfo, records),
    AT(events, EventInfo, reasons),
    AT(events, EventInfo, tracks),
    AT(events, EventInfo, starts),
    AT(events, EventInfo, windows),
    AT(events, EventInfo, works),
    AT(events, EventInfo, waits),
    AT(events, EventInfo, musts),
    AT(events, EventInfo, anchored),
    AT(states, StateInfo, track),
    AT(states, StateInfo, handlers),
    AT(states, StateInfo, works),
    AT(states, StateInfo, as_soon),
    AT(states, StateInfo, enter),
    AT(tracks, TrackInfo, start_state),
    AT(tracks, TrackInfo, works),
    AT(tracks, TrackInfo, handlers),
    AT(tracks, TrackInfo, starts),
    AT(tracks, TrackInfo, begin),
    AT(works, WorkInfo, kind),
    AT(works, WorkInfo, event),
    AT(works, WorkInfo, track),
    AT(works, WorkInfo, state),
    AT(works, WorkInfo, permits),
    AT(works, WorkInfo, limit),
    AT(works, WorkInfo, records),
    AT(works, WorkInfo, reasons),
    AT(works, WorkInfo, items),
    AT(works, WorkInfo, assigns),
    AT(works, WorkInfo, only_when),
    AT(works, WorkInfo, after_work),
    AT(works, WorkInfo, after_event),
    AT(works, WorkInfo, not_by),
    AT(works, WorkInfo, intervals),
    AT(works, WorkInfo, in_step),
    AT(works, WorkInfo, until),
    AT(works, WorkInfo, when),
    AT(works, WorkInfo, if_missed),
    AT(works, WorkInfo, missed_go),
    AT(works, WorkInfo, missed_state),
    AT(works, WorkInfo, reminds),
    AT(works, WorkInfo, steps),
    AT(works, WorkInfo, order),
    AT(roles, RoleInfo, members),
    AT(roles, RoleInfo, deputies),
    AT(roles, RoleInfo, excludes),
    AT(windows, WindowInfo, event),
    AT(windows, WindowInfo, within.unit),
    AT(rules, RuleInfo, state),
    AT(rules, RuleInfo, condition),
};

static void every_field_that_points_somewhere_is_checked(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof fields / sizeof *fields; i++) {
        char expected[100];
        Program *program = compile_text(rich_flow);
        char *rows = *(char **)((char *)program + fields[i].rows);
        *(uint32_t *)(rows + fields[i].field) = TOO_LARGE;
        snprintf(expected, sizeof expected, "%s 0: '%s' is out of range", fields[i].table,
                 fields[i].name);
        expect(program, expected);
        program_free(program);
    }
}

static void lists_hold_only_what_exists(void **state)
{
    (void)state;
    Program *program = compile_text(rich_flow);
    assert_true(program->watched.count > 0);
    program->indices[program->watched.first] = program->work_count;
    expect(program, "'watched' is out of range");
    program_free(program);
}

static void slices_end_inside_their_table(void **state)
{
    (void)state;
    Program *program = compile_text(rich_flow);
    program->states[0].handlers.count = UINT32_MAX;
    expect(program, "states 0: 'handlers' is out of range");
    program_free(program);
}

static void names_are_there(void **state)
{
    (void)state;
    Program *program = compile_text(rich_flow);
    program->states[1].name = NULL;
    expect(program, "states 1: 'name' is out of range");
    program_free(program);
}

static void a_condition_reference_points_at_the_beginning_of_a_piece(void **state)
{
    (void)state;
    Program *program = compile_text(rich_flow);
    program->rules[0].condition++;
    expect(program, "rules 0: 'condition' is out of range");
    program_free(program);
}

static void a_piece_is_not_condition_and_effects_at_once(void **state)
{
    (void)state;
    Program *program = compile_text(rich_flow);
    program->rules[0].condition = program->states[0].enter;
    expect(program, "rules 0: 'condition' is out of range");
    program_free(program);
}

/* ---- rows ---------------------------------------------------------------------- */

typedef void (*Damage)(Program *program);

static uint32_t first_line(const Program *p, bool leaves)
{
    for (uint32_t i = 0; i < p->alternative_count; i++)
        if (p->alternatives[i].leaves == leaves)
            return i;
    fail_msg("no such line");
    return 0;
}

static void no_code(Program *p)
{
    p->code_count = 0;
}
static void first_word_not_end(Program *p)
{
    p->code[0] = instruction(OP_PUSH_TRUTH, 0);
}
static void last_word_not_end(Program *p)
{
    p->code[p->code_count - 1] = instruction(OP_NOTIFY, 0);
}
static void table_missing(Program *p)
{
    p->permits = NULL;
}
static void table_too_long(Program *p)
{
    p->text_count = LIMIT_PROGRAM_WORDS + 1;
}
static void no_main_line(Program *p)
{
    p->tracks[0].start_state = NO_INDEX;
}
static void duration_negative(Program *p)
{
    p->durations[p->limits[0].limit.first].duration.amount = -1;
}
static void duration_too_long(Program *p)
{
    p->durations[p->limits[0].limit.first].duration.amount = LIMIT_DURATION_DAYS + 1;
}
static void duration_dated_from_nothing(Program *p)
{
    p->durations[p->limits[0].limit.first].from = 5;
}
static void duration_missing(Program *p)
{
    p->limits[0].limit.count = 0;
}
static void target_missing(Program *p)
{
    p->limits[0].has_target = true;
}
static void limit_without_anchor(Program *p)
{
    p->limits[0].anchor = (AnchorInfo){FROM_NOTHING, {0, 0}};
}
static void anchor_with_too_many(Program *p)
{
    p->limits[0].anchor = (AnchorInfo){FROM_ENTERING, {0, 1}};
}
static void anchor_without_event(Program *p)
{
    p->limits[0].anchor = (AnchorInfo){FROM_EVENT, {0, 0}};
}
static void anchor_of_the_wrong_kind(Program *p)
{
    p->limits[0].anchor = (AnchorInfo){FROM_FACT, {0, 1}};
    p->anchor_items[0].is_fact = false;
    p->anchor_items[0].index = 0;
}
static void anchor_no_date(Program *p)
{
    p->limits[0].anchor = (AnchorInfo){FROM_FACT, {0, 1}};
    p->anchor_items[0] = (AnchorItem){true, fact_named(p, "age")};
}
static void anchor_no_event(Program *p)
{
    p->limits[0].anchor = (AnchorInfo){FROM_EVENT, {0, 1}};
    p->anchor_items[0] = (AnchorItem){false, p->event_count};
}
static void later_of_nothing(Program *p)
{
    p->limits[0].anchor = (AnchorInfo){FROM_LATER_OF, {0, 0}};
}
static void target_anchor_bad(Program *p)
{
    p->limits[0].target_anchor = (AnchorInfo){FROM_EVENT, {0, 0}};
}
static void interval_without_length(Program *p)
{
    p->intervals[0].every.count = 0;
}
static void interval_on_no_grid(Program *p)
{
    p->intervals[0].grid = !p->intervals[0].grid;
}
static void interval_otherwise_with_condition(Program *p)
{
    p->intervals[0].otherwise = !p->intervals[0].otherwise;
}
static void reminder_without_length(Program *p)
{
    p->reminds[0].before.count = 0;
}
static void deputy_without_delay(Program *p)
{
    for (uint32_t i = 0; i < p->deputy_count; i++)
        if (p->deputies[i].kind == ACTS_AFTER)
            p->deputies[i].after.count = 0;
}
static void window_of_none(Program *p)
{
    p->windows[0].count = 0;
}
static void window_of_too_many(Program *p)
{
    p->windows[0].count = LIMIT_WINDOW_COUNT + 1;
}
static void window_too_long(Program *p)
{
    p->windows[0].within.amount = LIMIT_DURATION_DAYS + 1;
}
static void fact_with_too_many_values(Program *p)
{
    p->facts[0].value_count = LIMIT_VALUES + 1;
}
static void fact_with_unnamed_values(Program *p)
{
    p->facts[0].value_count++;
}
static void fact_without_list(Program *p)
{
    p->facts[0].type = TYPE_YES_NO;
}
static void fact_range_upside_down(Program *p)
{
    p->facts[fact_named(p, "age")].least = 1000;
}
static void checklist_too_long(Program *p)
{
    p->works[0].item_count = LIMIT_CHECKLIST + 1;
}
static void checklist_without_names(Program *p)
{
    p->works[0].item_count++;
}
static void too_many_reminders(Program *p)
{
    RemindInfo *many = ARENA_ARRAY(&p->arena, LIMIT_REMINDERS + 1, RemindInfo);
    for (uint32_t i = 0; i <= LIMIT_REMINDERS; i++)
        many[i] = p->reminds[0];
    p->reminds = many;
    p->remind_count = LIMIT_REMINDERS + 1;
    p->works[0].reminds = (Slice){0, LIMIT_REMINDERS + 1};
}
static void work_in_a_state_elsewhere(Program *p)
{
    p->works[work_named(p, "convened")].track = 0;
}
static Permit *swap_permits(Program *p, Slice permits)
{
    Permit *first = &p->permits[permits.first], kept = first[0];
    assert_true(permits.count > 1 && first[0].role != first[permits.count - 1].role);
    first[0] = first[permits.count - 1];
    first[permits.count - 1] = kept;
    return first;
}
static void work_permits_unsorted(Program *p)
{
    swap_permits(p, p->works[work_named(p, "look")].permits);
}
static void event_permits_unsorted(Program *p)
{
    swap_permits(p, p->events[event_named(p, "decided")].permits);
}
static void missed_goes_nowhere(Program *p)
{
    p->works[work_named(p, "decided")].missed_state = NO_INDEX;
}
static void missed_goes_elsewhere(Program *p)
{
    p->works[work_named(p, "decided")].missed_state = state_named(p, "held");
}
static void due_order_incomplete(Program *p)
{
    p->due_order.count--;
}
static void due_order_swapped(Program *p)
{
    uint32_t *order = p->indices + p->due_order.first, kept = order[0];
    order[0] = order[1];
    order[1] = kept;
}
static void approval_by_nobody(Program *p)
{
    p->alternatives[0].approval = 0;
}
static void leaves_for_nowhere(Program *p)
{
    p->alternatives[first_line(p, true)].target = NO_INDEX;
}
static void leaves_without_effects(Program *p)
{
    uint32_t kept = first_line(p, true);
    p->alternatives[first_line(p, false)].effects = p->alternatives[kept].effects;
    p->alternatives[kept].effects = 0;
}
static void leaves_without_choice(Program *p)
{
    p->alternatives[first_line(p, true)].is_choice = false;
}
static void stays_with_target(Program *p)
{
    p->alternatives[first_line(p, false)].target = 0;
}
static void otherwise_with_guard(Program *p)
{
    for (uint32_t i = 0; i < p->alternative_count; i++)
        p->alternatives[i].otherwise |= p->alternatives[i].guard != 0;
}
static HandlerInfo *handler_of_kind(Program *p, ProgramHandlerKind kind)
{
    for (uint32_t i = 0; i < p->handler_count; i++)
        if (p->handlers[i].kind == kind)
            return &p->handlers[i];
    fail_msg("no such handler");
    return NULL;
}
static void on_without_lines(Program *p)
{
    handler_of_kind(p, HANDLES_ON)->alternatives.count = 0;
}
static void ignore_with_lines(Program *p)
{
    handler_of_kind(p, HANDLES_IGNORE)->alternatives = (Slice){0, 1};
}
static void hold_until_nothing(Program *p)
{
    handler_of_kind(p, HANDLES_HOLD)->until = NO_INDEX;
}
static void on_until_something(Program *p)
{
    handler_of_kind(p, HANDLES_ON)->until = 0;
}
static void row_unsorted(Program *p)
{
    HandlerInfo *row = &p->handlers[p->states[0].handlers.first], kept = row[0];
    row[0] = row[1];
    row[1] = kept;
}
static void row_with_one_event_twice(Program *p)
{
    HandlerInfo *row = &p->handlers[p->states[0].handlers.first];
    row[1] = row[0];
}
static void track_row_with_one_event_twice(Program *p)
{
    TrackInfo *list = &p->tracks[track_named(p, "list")];
    assert_int_equal(list->handlers.count, 1);
    list->handlers = (Slice){p->states[0].handlers.first, 2};
    p->handlers[list->handlers.first + 1] = p->handlers[list->handlers.first];
    p->states[0].handlers.count = 0;
}
static void line_to_another_track(Program *p)
{
    for (uint32_t i = 0; i < p->alternative_count; i++)
        if (p->alternatives[i].target == state_named(p, "meeting"))
            p->alternatives[i].target = state_named(p, "held");
}
static HandlerInfo *handler_in(Program *p, const char *state, const char *event)
{
    Slice row = p->states[state_named(p, state)].handlers;
    for (uint32_t i = 0; i < row.count; i++)
        if (p->handlers[row.first + i].event == event_named(p, event))
            return &p->handlers[row.first + i];
    fail_msg("no such handler");
    return NULL;
}
/* An earlier row of the state has only the first of these lines. */
static void second_line_to_another_track(Program *p)
{
    HandlerInfo *decided = handler_in(p, "first-look", "decided");
    HandlerInfo *raised = handler_in(p, "first-look", "raised");
    assert_true(raised < decided && decided->alternatives.count == 3);
    raised->alternatives = (Slice){decided->alternatives.first, 1};
    p->alternatives[decided->alternatives.first + 1].target = state_named(p, "held");
}
static void track_line_to_another_track(Program *p)
{
    TrackInfo *list = &p->tracks[track_named(p, "list")];
    list->handlers = p->states[state_named(p, "convene")].handlers;
}
static void state_with_work_of_another(Program *p)
{
    p->states[1].works = p->states[0].works;
}
static void as_soon_to_another_track(Program *p)
{
    p->as_soons[0].target = state_named(p, "held");
}
static void track_starting_elsewhere(Program *p)
{
    p->tracks[track_named(p, "urgent")].start_state = 0;
}
static void track_with_start_of_another(Program *p)
{
    p->starts[0].track = track_named(p, "list");
}
static void track_with_work_of_another(Program *p)
{
    p->tracks[track_named(p, "urgent")].works = p->tracks[track_named(p, "list")].works;
}
static RuleInfo *rule_of_kind(Program *p, bool is_never)
{
    return &p->rules[p->rules[0].is_never == is_never ? 0 : 1];
}
static void never_no_state(Program *p)
{
    rule_of_kind(p, true)->state = NO_INDEX;
}
static void always_in_a_state(Program *p)
{
    rule_of_kind(p, false)->state = 0;
}
static void always_without_condition(Program *p)
{
    rule_of_kind(p, false)->condition = 0;
}
static void region_out_of_place(Program *p)
{
    p->slot_works++;
}
static void window_ring_out_of_place(Program *p)
{
    p->windows[0].slot++;
}
static void role_ring_out_of_place(Program *p)
{
    p->roles[role_named(p, "lead")].actors--;
}
static void role_ring_for_nothing(Program *p)
{
    p->roles[role_named(p, "deputy")].actors = p->slot_rest;
}
static void review_ring_out_of_place(Program *p)
{
    p->works[work_named(p, "plan-up")].owed++;
}
static void record_too_short(Program *p)
{
    p->slot_count--;
}

static const struct {
    Damage damage;
    const char *expected;
} damages[] = {
    {no_code, "code does not begin with an empty piece"},
    {first_word_not_end, "code does not begin with an empty piece"},
    {last_word_not_end, "code does not end"},
    {table_missing, "permits are missing"},
    {table_too_long, "too many texts"},
    {no_main_line, "the main line has no start"},
    {duration_negative, "limit 0: bad duration"},
    {duration_too_long, "limit 0: bad duration"},
    {duration_dated_from_nothing, "limit 0: bad duration"},
    {duration_missing, "limit 0: bad duration"},
    {target_missing, "limit 0: bad duration"},
    {limit_without_anchor, "limit 0: nothing to count from"},
    {anchor_with_too_many, "limit 0: bad anchor"},
    {anchor_without_event, "limit 0: bad anchor"},
    {anchor_of_the_wrong_kind, "limit 0: bad anchor"},
    {anchor_no_date, "limit 0: bad anchor"},
    {anchor_no_event, "limit 0: bad anchor"},
    {later_of_nothing, "limit 0: bad anchor"},
    {target_anchor_bad, "limit 0: bad anchor"},
    {interval_without_length, "interval 0: bad duration"},
    {interval_on_no_grid, "interval 0: bad anchor"},
    {interval_otherwise_with_condition, "interval 0: condition and otherwise disagree"},
    {reminder_without_length, "reminder 0: bad duration"},
    {deputy_without_delay, "bad duration"},
    {window_of_none, "window 0: bad count"},
    {window_of_too_many, "window 0: bad count"},
    {window_too_long, "window 0: bad duration"},
    {fact_with_too_many_values, "fact 0: bad list of values"},
    {fact_with_unnamed_values, "fact 0: bad list of values"},
    {fact_without_list, "fact 0: bad list of values"},
    {fact_range_upside_down, "bad range"},
    {checklist_too_long, "work 0: bad checklist"},
    {checklist_without_names, "work 0: bad checklist"},
    {too_many_reminders, "work 0: too many reminders"},
    {work_in_a_state_elsewhere, "its state is in another track"},
    {work_permits_unsorted, "permits do not ascend"},
    {event_permits_unsorted, "permits do not ascend"},
    {missed_goes_nowhere, "if missed goes nowhere"},
    {missed_goes_elsewhere, "if missed goes to another track"},
    {due_order_incomplete, "the due order is incomplete"},
    {due_order_swapped, "not where the due order has it"},
    {approval_by_nobody, "alternative 0: bad approval"},
    {leaves_for_nowhere, "leaves for nowhere"},
    {leaves_without_effects, "leaves for nowhere"},
    {leaves_without_choice, "leaves for nowhere"},
    {stays_with_target, "has a target and does not leave"},
    {otherwise_with_guard, "condition and otherwise disagree"},
    {on_without_lines, "bad lines"},
    {ignore_with_lines, "bad lines"},
    {hold_until_nothing, "held until nothing"},
    {on_until_something, "held until nothing"},
    {row_unsorted, "state 0: handlers do not ascend"},
    {row_with_one_event_twice, "state 0: handlers do not ascend"},
    {track_row_with_one_event_twice, "track 2: handlers do not ascend"},
    {line_to_another_track, "state 0: a line goes to another track"},
    {second_line_to_another_track, "state 0: a line goes to another track"},
    {track_line_to_another_track, "track 2: a line goes to another track"},
    {state_with_work_of_another, "state 1: has work of another state"},
    {as_soon_to_another_track, "state 0: as soon as goes to another track"},
    {track_starting_elsewhere, "track 1: starts in another track"},
    {track_with_start_of_another, "has the start of another track"},
    {track_with_work_of_another, "track 1: has work of another track"},
    {never_no_state, "says nothing"},
    {always_in_a_state, "says nothing"},
    {always_without_condition, "says nothing"},
    {region_out_of_place, "layout: region 3 is out of place"},
    {window_ring_out_of_place, "layout: window 0 is out of place"},
    {role_ring_out_of_place, "is out of place"},
    {role_ring_for_nothing, "is out of place"},
    {review_ring_out_of_place, "is out of place"},
    {record_too_short, "layout: wrong number of slots"},
};

static void each_rule_about_rows_refuses_what_breaks_it(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof damages / sizeof *damages; i++) {
        Program *program = compile_text(rich_flow);
        damages[i].damage(program);
        expect(program, damages[i].expected);
        program_free(program);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_program_just_compiled_is_good),
        cmocka_unit_test(every_field_that_points_somewhere_is_checked),
        cmocka_unit_test(lists_hold_only_what_exists),
        cmocka_unit_test(slices_end_inside_their_table),
        cmocka_unit_test(names_are_there),
        cmocka_unit_test(a_condition_reference_points_at_the_beginning_of_a_piece),
        cmocka_unit_test(a_piece_is_not_condition_and_effects_at_once),
        cmocka_unit_test(each_rule_about_rows_refuses_what_breaks_it),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
