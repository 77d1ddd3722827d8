/* One parse of one source: what the driver (parser.c), the recovery
 * (recover.c) and the tree builder (build*.c) share. Lists are built through
 * slots, the place where the next item's address goes, so that every clause is
 * attached where it belongs as soon as it is read. */
#pragma once

#include "lang/automaton.h"
#include "lang/bundle.h"
#include "lang/scenario_ast.h"
#include "lang/words.h"

/* Where the next top-level thing of each kind goes. */
typedef struct FlowSlots {
    UseAst **use;
    PolicyAst **policy;
    CalendarAst **calendar;
    RoleAst **role;
    FactAst **fact;
    TermAst **term;
    PeriodAst **period;
    EventAst **event;
    StateAst **state;
    TrackAst **track;
    AnyPoint **any_point;
    Work **must;
    RuleAst **rule;
    ScenarioAst **scenario;
    AllowAst **allow;
} FlowSlots;

/* The block and the clause being read. */
typedef struct Current {
    Span *block_span, *clause_span; /* grow as the block and its clause are read */
    WorkflowAst *workflow;
    CalendarAst *calendar;
    CalendarRuleAst **calendar_rule;
    CalendarRuleAst *exception;
    RoleAst *role;
    Deputy **deputy, *last_deputy;
    FactAst *fact;
    FactValue **fact_value;
    PeriodAst *period;
    PeriodValue **period_value;
    EventAst *event;
    Records **records;
    RequiresReason **reasons;
    StateAst *state;
    TrackAst *track;
    AnyPoint *any_point;
    Work **work_slot, *work;
    CheckItem **item;
    Interval **interval, *last_interval;
    Remind **remind;
    LimitAst *limit;
    Handler **handler_slot, *handler;
    Line **line;
    AsSoonAs **as_soon_slot, *as_soon;
    StartsLine **starts_slot, *starts;
    bool once;         /* `starts once …` was read */
    bool in_as_soon;   /* where `all tasks are done` may stand */
    bool week_days[7]; /* of the `working` line being read */
    ScenarioAst *scenario;
    Given **given;
    ScenarioStep **step_slot, *step;
    ThenCheck **check;
    WithFact **with;
    AssignAst **assign;
} Current;

struct Parser {
    Bundle *bundle;
    Flow *flow;
    Arena *arena;
    Diags *diags;
    uint32_t source;
    const char *text; /* clean: see scan.h */
    uint32_t length;
    Words words;
    Automaton *automaton;
    LateLead **late_lead;  /* where the next of the source's goes */
    Token before, earlier; /* the last token that was fed, and the one before it */
    uint32_t last_end;     /* its end */
    uint32_t depth;        /* open brackets of this clause */
    bool reported;         /* this clause has had its message */
    bool list_reported;    /* so has one before it in its list of `and`s */
    bool skipping;         /* up to the next word that begins a clause */
    bool list_lost;        /* skipping: `and` would go on with a list that was not read */
    int clause;            /* the code of the word that began this clause */
    FlowSlots slots;
    Current now;
};

static inline const char *token_text(const Parser *p, Token token)
{
    return p->text + token.offset;
}

static inline Span token_span(const Parser *p, Token token)
{
    return (Span){p->source, token.offset, token.length};
}

/* From `offset` to the end of what was read so far. */
static inline Span span_since(const Parser *p, uint32_t offset)
{
    return (Span){p->source, offset, p->last_end > offset ? p->last_end - offset : 0};
}
