#include "base/limits.h"
#include "lang/build.h"

/* Every block begins so: nothing of the block before is open any more. */
static void begin_block(Parser *p, Span *span, Token lead)
{
    p->now = (Current){.block_span = span};
    *span = span_since(p, lead.offset);
}

static void append_because(Because **list, Because *because)
{
    while (*list)
        list = &(*list)->next;
    *list = because;
}

void build_workflow(Parser *p, Token lead, Token name, const char *label)
{
    WorkflowAst *block = ARENA_NEW(p->arena, WorkflowAst);
    begin_block(p, &block->span, lead);
    block->name = build_word(p, name);
    block->name_span = token_span(p, name);
    block->label = label;
    block->in_force.day = DAY_NONE;
    block->calendar.index = -1;
    p->now.workflow = block;
    if (!p->flow->workflow) {
        p->flow->workflow = block;
        return;
    }
    Diag *diag = diag_add(p->diags, token_span(p, lead), "CF102",
                          "A flow can have only one \"workflow\", and this is a second one");
    diag_related(p->diags, diag, p->flow->workflow->span, "the first one");
}

void build_version(Parser *p, Token string)
{
    if (build_said_once(p, p->now.workflow->version, token_span(p, string), "version"))
        p->now.workflow->version = build_text(p, string);
}

void build_in_force(Parser *p, DateAst date)
{
    bool said = p->now.workflow->in_force.day != DAY_NONE;
    if (build_said_once(p, said, date.span, "in force from"))
        p->now.workflow->in_force = date;
}

void build_owner(Parser *p, RefList roles)
{
    refs_append(&p->now.workflow->owner, roles);
}

void build_uses_calendar(Parser *p, Ref *calendar)
{
    WorkflowAst *workflow = p->now.workflow;
    if (workflow->calendar.text) {
        Diag *diag = diag_add(p->diags, calendar->span, "CF102",
                              "A workflow uses one calendar, and this is a second one");
        diag_help(p->diags, diag,
                  "To add the days off of another calendar, declare a calendar with \"plus\".");
        return;
    }
    workflow->calendar = *calendar;
}

void build_zone(Parser *p, Token string)
{
    if (!build_said_once(p, p->now.workflow->zone_name, token_span(p, string), "zone"))
        return;
    p->now.workflow->zone_name = build_text(p, string);
    p->now.workflow->zone_span = token_span(p, string);
}

void build_default_missed(Parser *p, Token first, EffectList effects)
{
    Span span = span_since(p, first.offset);
    if (build_said_once(p, p->now.workflow->if_missed.span.length, span, "if missed"))
        p->now.workflow->if_missed = (IfMissed){span, effects.first};
}

void build_use(Parser *p, Token lead, Token string)
{
    UseAst *block = ARENA_NEW(p->arena, UseAst);
    begin_block(p, &block->span, lead);
    *p->slots.use = block;
    p->slots.use = &block->next;
    block->name = build_text(p, string);
}

void build_policy(Parser *p, Token lead, Token code, Token label, Token first, Token last)
{
    PolicyAst *block = ARENA_NEW(p->arena, PolicyAst);
    begin_block(p, &block->span, lead);
    *p->slots.policy = block;
    p->slots.policy = &block->next;
    block->code = build_word(p, code);
    block->label = build_text(p, label);
    block->index = -1;
    block->first_clause = build_small(p, first, 1, 100000, "A clause number");
    block->last_clause =
        build_small(p, last, block->first_clause, 100000, "The last clause number");
}

/* ---- roles -------------------------------------------------------------- */

void build_role(Parser *p, Token lead, Token name, const char *label)
{
    RoleAst *block = ARENA_NEW(p->arena, RoleAst);
    begin_block(p, &block->span, lead);
    *p->slots.role = block;
    p->slots.role = &block->next;
    block->name = build_word(p, name);
    block->name_span = token_span(p, name);
    block->label = label;
    block->index = -1;
    p->now.role = block;
    p->now.deputy = &block->deputies;
}

void build_role_because(Parser *p, Because *because)
{
    append_because(&p->now.role->because, because);
}

void build_role_members(Parser *p, RefList roles)
{
    refs_append(&p->now.role->members, roles);
}

void build_deputy(Parser *p, Token lead, Ref *role, DeputyWhen when, const DurationAst *after)
{
    Deputy *deputy = ARENA_NEW(p->arena, Deputy);
    deputy->span = span_since(p, lead.offset);
    deputy->role = *role;
    deputy->when = when;
    if (after)
        deputy->after = *after;
    *p->now.deputy = deputy;
    p->now.deputy = &deputy->next;
    p->now.last_deputy = deputy;
}

void build_deputy_because(Parser *p, Because *because)
{
    p->now.last_deputy->because = because;
}

void build_excludes(Parser *p, RefList roles, Because *because)
{
    refs_append(&p->now.role->excludes, roles);
    append_because(&p->now.role->because, because);
}

/* ---- facts, terms, periods ----------------------------------------------- */

void build_fact(Parser *p, Token lead, Token name, const char *label)
{
    FactAst *block = ARENA_NEW(p->arena, FactAst);
    begin_block(p, &block->span, lead);
    *p->slots.fact = block;
    p->slots.fact = &block->next;
    block->name = build_word(p, name);
    block->name_span = token_span(p, name);
    block->label = label;
    block->index = -1;
    p->now.fact = block;
    p->now.fact_value = &block->values;
}

void build_fact_type(Parser *p, FactType type)
{
    p->now.fact->type = type;
}

void build_fact_range(Parser *p, Number least, Number most)
{
    FactAst *fact = p->now.fact;
    fact->type = FACT_NUMBER;
    fact->has_range = true;
    fact->least = least.value;
    fact->most = most.value;
    if (least.value > most.value) {
        Diag *diag = diag_add(p->diags, span_join(least.span, most.span), "CF207",
                              "No number is from %lld to %lld", (long long)least.value,
                              (long long)most.value);
        diag_help(p->diags, diag, "Put the smaller number first.");
    }
}

void build_number_of(Parser *p, Token unit)
{
    p->now.fact->of = build_word(p, unit);
}

void build_fact_value(Parser *p, Token name, const char *label)
{
    FactValue *value = ARENA_NEW(p->arena, FactValue);
    value->span = token_span(p, name);
    value->name = build_word(p, name);
    value->label = label;
    *p->now.fact_value = value;
    p->now.fact_value = &value->next;
    p->now.fact->value_count++;
}

void build_fact_because(Parser *p, Because *because)
{
    p->now.fact->because = because;
}

void build_term(Parser *p, Token lead, Token name, const char *label, Expr *condition,
                Because *because)
{
    TermAst *block = ARENA_NEW(p->arena, TermAst);
    begin_block(p, &block->span, lead);
    *p->slots.term = block;
    p->slots.term = &block->next;
    block->name = build_word(p, name);
    block->name_span = token_span(p, name);
    block->label = label;
    block->index = -1;
    block->condition = condition;
    block->because = because;
}

void build_period(Parser *p, Token lead, Token name, const char *label)
{
    PeriodAst *block = ARENA_NEW(p->arena, PeriodAst);
    begin_block(p, &block->span, lead);
    *p->slots.period = block;
    p->slots.period = &block->next;
    block->name = build_word(p, name);
    block->name_span = token_span(p, name);
    block->label = label;
    block->index = -1;
    p->now.period = block;
    p->now.period_value = &block->values;
}

void build_period_value(Parser *p, DurationAst duration, const DateAst *from, Because *because)
{
    PeriodValue *value = ARENA_NEW(p->arena, PeriodValue);
    value->span = duration.span;
    value->duration = duration.literal;
    value->from.day = DAY_NONE;
    if (from)
        value->from = *from;
    value->because = because;
    *p->now.period_value = value;
    p->now.period_value = &value->next;
}

/* ---- events, and what an entry is asked for -------------------------------- */

void build_event(Parser *p, Token lead, Token name, const char *label)
{
    EventAst *block = ARENA_NEW(p->arena, EventAst);
    begin_block(p, &block->span, lead);
    *p->slots.event = block;
    p->slots.event = &block->next;
    block->name = build_word(p, name);
    block->name_span = token_span(p, name);
    block->label = label;
    block->index = -1;
    p->now.event = block;
    p->now.records = &block->records;
    p->now.reasons = &block->reasons;
}

void build_event_because(Parser *p, Because *because)
{
    append_because(&p->now.event->because, because);
}

void build_by_anyone(Parser *p)
{
    p->now.event->by_anyone = true;
}

void build_event_by(Parser *p, RefList roles)
{
    refs_append(&p->now.event->by, roles);
}

void build_opens(Parser *p)
{
    p->now.event->opens = true;
}

void build_records(Parser *p, RefList facts, Expr *when)
{
    for (Ref *fact = facts.first; fact; fact = fact->next) {
        Records *records = ARENA_NEW(p->arena, Records);
        records->span = fact->span;
        records->fact = *fact;
        records->fact.next = NULL;
        records->when = when;
        *p->now.records = records;
        p->now.records = &records->next;
    }
}

void build_requires(Parser *p, Token first, Expr *when)
{
    RequiresReason *reason = ARENA_NEW(p->arena, RequiresReason);
    reason->span = span_since(p, first.offset);
    reason->when = when;
    *p->now.reasons = reason;
    p->now.reasons = &reason->next;
}

/* ---- standing rules ---------------------------------------------------------- */

void build_rule(Parser *p, Token lead, bool is_never, Ref *state, Expr *condition,
                Because *because)
{
    RuleAst *block = ARENA_NEW(p->arena, RuleAst);
    begin_block(p, &block->span, lead);
    *p->slots.rule = block;
    p->slots.rule = &block->next;
    block->is_never = is_never;
    block->index = -1;
    block->state.index = -1;
    if (state)
        block->state = *state;
    block->condition = condition;
    block->because = because;
}

void build_allow(Parser *p, Token lead, Token code, DateAst until, Token reason)
{
    AllowAst *block = ARENA_NEW(p->arena, AllowAst);
    begin_block(p, &block->span, lead);
    *p->slots.allow = block;
    p->slots.allow = &block->next;
    block->code = build_word(p, code);
    block->until = until;
    block->because = build_text(p, reason);
}
