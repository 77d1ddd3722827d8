#include <string.h>

#include "base/limits.h"
#include "lang/build.h"

void build_scenario(Parser *p, Token lead, Token name)
{
    ScenarioAst *scenario = ARENA_NEW(p->arena, ScenarioAst);
    scenario->span = span_since(p, lead.offset);
    scenario->name = build_text(p, name);
    scenario->index = -1;
    *p->slots.scenario = scenario;
    p->slots.scenario = &scenario->next;
    p->now = (Current){.block_span = &scenario->span,
                       .scenario = scenario,
                       .given = &scenario->givens,
                       .step_slot = &scenario->steps};
}

/* ---- given -------------------------------------------------------------------- */

static Given *add_given(Parser *p, GivenKind kind, uint32_t offset)
{
    Given *given = ARENA_NEW(p->arena, Given);
    given->kind = kind;
    given->span = span_since(p, offset);
    given->ref.index = given->state.index = given->value.name.index = -1;
    given->on = (TimeAst){.day = DAY_NONE, .minute = -1};
    *p->now.given = given;
    p->now.given = &given->next;
    return given;
}

void build_given_new(Parser *p, Token first, const TimeAst *on)
{
    Given *given = add_given(p, GIVEN_NEW_CASE, first.offset);
    if (on)
        given->on = *on;
}

void build_given_at(Parser *p, Token first, Ref *state, TimeAst on)
{
    Given *given = add_given(p, GIVEN_CASE_AT, first.offset);
    given->state = *state;
    given->on = on;
}

void build_given_fact(Parser *p, Ref *fact, Value *value)
{
    Given *given = add_given(p, GIVEN_FACT, fact->span.offset);
    given->ref = *fact;
    given->value = *value;
}

void build_given_track(Parser *p, Token first, Ref *track, Ref *state, const TimeAst *since)
{
    Given *given = add_given(p, GIVEN_TRACK_AT, first.offset);
    given->ref = *track;
    given->state = *state;
    if (since)
        given->on = *since;
}

void build_given_event(Parser *p, Ref *event, const Token *person, TimeAst on)
{
    Given *given = add_given(p, GIVEN_EVENT, event->span.offset);
    given->ref = *event;
    given->on = on;
    if (person)
        given->person = build_text(p, *person);
}

void build_given_assigned(Parser *p, Token person, Ref *role)
{
    Given *given = add_given(p, GIVEN_ASSIGNED, person.offset);
    given->person = build_text(p, person);
    given->ref = *role;
}

void build_given_absent(Parser *p, Token person, const TimeAst *on)
{
    Given *given = add_given(p, GIVEN_ABSENT, person.offset);
    given->person = build_text(p, person);
    if (on)
        given->on = *on;
}

/* ---- when ----------------------------------------------------------------------- */

static void open_step(Parser *p)
{
    ScenarioStep *step = ARENA_NEW(p->arena, ScenarioStep);
    *p->now.step_slot = step;
    p->now.step_slot = &step->next;
    p->now.step = step;
    p->now.check = &step->checks;
}

/* A `when`, or an `and` after one: from here on the parts are the new step's. */
void build_next_step(Parser *p)
{
    open_step(p);
    WhenStep *when = ARENA_NEW(p->arena, WhenStep);
    when->span = span_since(p, p->before.offset);
    when->ref.index = when->by.index = when->for_role.index = -1;
    when->until = when->recorded = (TimeAst){.day = DAY_NONE, .minute = -1};
    p->now.step->when = when;
    p->now.with = &when->facts;
    p->now.assign = &when->assigns;
    p->now.clause_span = &when->span;
}

void build_step(Parser *p, Ref *event, WhenKind kind)
{
    p->now.step->when->kind = kind;
    p->now.step->when->ref = *event;
}

void build_step_nothing(Parser *p, Token first, TimeAst until)
{
    (void)first;
    p->now.step->when->kind = WHEN_NOTHING;
    p->now.step->when->until = until;
}

void build_step_reopened(Parser *p, Token first, Ref *state)
{
    (void)first;
    build_step(p, state, WHEN_REOPENED);
}

void build_step_extended(Parser *p, Ref *work, TimeAst to)
{
    build_step(p, work, WHEN_EXTENDED);
    p->now.step->when->until = to;
}

void build_step_by(Parser *p, Ref *role, const Token *person)
{
    p->now.step->when->by = *role;
    if (person)
        p->now.step->when->person = build_text(p, *person);
}

void build_step_for(Parser *p, Ref *role, const Token *person)
{
    p->now.step->when->for_role = *role;
    if (person)
        p->now.step->when->for_person = build_text(p, *person);
}

void build_step_on(Parser *p, TimeList times)
{
    WhenStep *when = p->now.step->when;
    when->on_count = times.count > TIMES_MAX ? TIMES_MAX : times.count;
    for (uint32_t i = 0; i < when->on_count; i++)
        when->on[i] = times.items[i];
}

void build_step_ticking(Parser *p, RefList items)
{
    refs_append(&p->now.step->when->ticks, items);
    p->now.step->when->has_ticks = true;
}

void build_step_recorded(Parser *p, TimeAst time)
{
    p->now.step->when->recorded = time;
}

void build_step_again(Parser *p)
{
    p->now.step->when->again_same_key = true;
}

void build_with_fact(Parser *p, Ref *fact, Value *value)
{
    WithFact *with = ARENA_NEW(p->arena, WithFact);
    with->span = span_join(fact->span, value->span);
    with->fact = *fact;
    with->value = *value;
    *p->now.with = with;
    p->now.with = &with->next;
}

void build_with_reason(Parser *p, Token string)
{
    p->now.step->when->reason = build_text(p, string);
}

void build_with_key(Parser *p, Token string)
{
    p->now.step->when->key = build_text(p, string);
}

void build_assignment(Parser *p, Ref *role, Token person)
{
    AssignAst *assign = ARENA_NEW(p->arena, AssignAst);
    assign->span = span_join(role->span, token_span(p, person));
    assign->role = *role;
    assign->person = build_text(p, person);
    *p->now.assign = assign;
    p->now.assign = &assign->next;
}

/* ---- then ------------------------------------------------------------------------ */

static ThenCheck *add_check(Parser *p, ThenKind kind, uint32_t offset)
{
    if (!p->now.step)
        open_step(p);
    ThenCheck *check = ARENA_NEW(p->arena, ThenCheck);
    check->kind = kind;
    check->span = span_since(p, offset);
    check->ref.index = check->state.index = check->value.name.index = -1;
    check->on = (TimeAst){.day = DAY_NONE, .minute = -1};
    *p->now.check = check;
    p->now.check = &check->next;
    return check;
}

void build_check(Parser *p, Ref *ref, ThenKind kind, const TimeAst *on)
{
    ThenCheck *check = add_check(p, kind, ref->span.offset);
    check->ref = *ref;
    if (on)
        check->on = *on;
}

void build_check_case(Parser *p, Token first, Ref *state)
{
    ThenCheck *check = add_check(p, THEN_CASE_AT, first.offset);
    check->state = *state;
}

/* `X is V`: whether V is a value, a status (open, done, missed …), `refused` or
 * `notified` depends on what X is, which names finds out. */
void build_check_value(Parser *p, Ref *ref, Value *value, const Token *code)
{
    ThenCheck *check = add_check(p, THEN_FACT, ref->span.offset);
    check->ref = *ref;
    check->value = *value;
    if (value->kind == VALUE_NAME)
        check->status = value->name.text;
    if (!code)
        return;
    check->kind = THEN_REFUSED;
    check->text = build_word(p, *code);
    check->text_span = token_span(p, *code);
    if (value->kind == VALUE_NAME && strcmp(value->name.text, "refused") == 0)
        return;
    Diag *diag = diag_add(p->diags, token_span(p, *code), "CF001",
                          "\"as %s\" can stand only after \"is refused\"", check->text);
    diag_help(p->diags, diag, "For example: then %s is refused as wrong-role", ref->text);
}

void build_check_track_at(Parser *p, Ref *track, Ref *state)
{
    ThenCheck *check = add_check(p, THEN_TRACK_AT, track->span.offset);
    check->ref = *track;
    check->state = *state;
}

void build_check_flagged(Parser *p, Token string)
{
    add_check(p, THEN_FLAGGED, string.offset)->text = build_text(p, string);
}
