#include "analysis/walk.h"

static void visit_some(Analysis *analysis, ConditionVisit visit, const Expr *expr,
                       ConditionRole role, int32_t here)
{
    if (expr)
        visit(analysis, expr, role, here);
}

static void visit_asks(Analysis *analysis, ConditionVisit visit, const Records *records,
                       const RequiresReason *reasons)
{
    for (; records; records = records->next)
        visit_some(analysis, visit, records->when, CONDITION_RECORDS, -1);
    for (; reasons; reasons = reasons->next)
        visit_some(analysis, visit, reasons->when, CONDITION_REQUIRES, -1);
}

static void visit_work(Analysis *analysis, ConditionVisit visit, const Work *work)
{
    visit_some(analysis, visit, work->only_when, CONDITION_ONLY_WHEN, work->state);
    visit_some(analysis, visit, work->until, CONDITION_UNTIL, work->state);
    visit_some(analysis, visit, work->when, CONDITION_MUST, -1);
    visit_some(analysis, visit, work->limit.paused_while, CONDITION_PAUSED, work->state);
    for (const Interval *interval = work->intervals; interval; interval = interval->next)
        visit_some(analysis, visit, interval->condition, CONDITION_INTERVAL, work->state);
    visit_asks(analysis, visit, work->records, work->reasons);
}

static void visit_handlers(Analysis *analysis, ConditionVisit visit, const Handler *handler,
                           int32_t here)
{
    for (; handler; handler = handler->next)
        for (const Line *line = handler->lines; line; line = line->next)
            visit_some(analysis, visit, line->condition, CONDITION_LINE, here);
}

static void visit_states(Analysis *analysis, ConditionVisit visit)
{
    const Flow *flow = analysis->flow;
    for (const StateAst *state = flow->states; state; state = state->next) {
        visit_handlers(analysis, visit, state->handlers, state->index);
        for (const AsSoonAs *soon = state->as_soon; soon; soon = soon->next)
            visit_some(analysis, visit, soon->condition, CONDITION_AS_SOON, state->index);
    }
    for (const TrackAst *track = flow->tracks; track; track = track->next) {
        visit_handlers(analysis, visit, track->handlers, -1);
        for (const StartsLine *start = track->starts; start; start = start->next)
            visit_some(analysis, visit, start->condition, CONDITION_STARTS, -1);
    }
    for (const AnyPoint *any = flow->any_points; any; any = any->next)
        visit_handlers(analysis, visit, any->handlers, -1);
}

void conditions_each(Analysis *analysis, ConditionVisit visit)
{
    const Flow *flow = analysis->flow;
    for (const TermAst *term = flow->terms; term; term = term->next)
        visit_some(analysis, visit, term->condition, CONDITION_TERM, -1);
    for (const EventAst *event = flow->events; event; event = event->next)
        visit_asks(analysis, visit, event->records, event->reasons);
    for (uint32_t i = 0; i < flow->work_count; i++)
        visit_work(analysis, visit, flow->work_at[i]);
    visit_states(analysis, visit);
    for (const RuleAst *rule = flow->rules; rule; rule = rule->next)
        visit_some(analysis, visit, rule->condition,
                   rule->is_never ? CONDITION_NEVER : CONDITION_ALWAYS,
                   rule->is_never ? rule->state.index : -1);
}

void handlers_each(Analysis *analysis, HandlersVisit visit)
{
    const Flow *flow = analysis->flow;
    for (const StateAst *state = flow->states; state; state = state->next)
        visit(analysis, state->handlers, state->index);
    for (const TrackAst *track = flow->tracks; track; track = track->next)
        visit(analysis, track->handlers, -1);
    for (const AnyPoint *any = flow->any_points; any; any = any->next)
        visit(analysis, any->handlers, -1);
}

/* A comment ends with its line. */
static size_t skip_comment(const char *text, size_t at, size_t length)
{
    while (at < length && text[at] != '\n')
        at++;
    return at;
}

const char *words_of(Analysis *analysis, Span span)
{
    const char *text = analysis->bundle->sources[span.file].text + span.offset;
    char *words = arena_strndup(&analysis->arena, text, span.length);
    size_t count = 0;
    bool quoted = false, blank = false;
    for (size_t i = 0; i < span.length; i++) {
        if (text[i] == '#' && !quoted)
            i = skip_comment(text, i, span.length);
        bool white = i >= span.length || text[i] == ' ' || text[i] == '\t' || text[i] == '\n' ||
                     text[i] == '\r';
        if (white && !quoted) {
            blank = count > 0;
            continue;
        }
        quoted ^= text[i] == '"';
        if (blank)
            words[count++] = ' ';
        blank = false;
        words[count++] = text[i];
    }
    words[count] = '\0';
    return words;
}
