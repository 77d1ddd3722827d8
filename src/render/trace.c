#include "render/trace.h"

#include <stdlib.h>

#include "base/mem.h"
#include "lang/scenario_ast.h"
#include "render/flow_words.h"
#include "render/safe.h"
#include "render/work_words.h"

typedef struct Walk {
    Trace *trace;
    const Flow *flow;
    const char *within;
} Walk;

static const char *keep(Walk *walk, Text *words)
{
    const char *kept = arena_strndup(&walk->trace->arena, text_get(words), words->length);
    text_clear(words);
    return kept;
}

/* Takes the words. */
static void add(Walk *walk, Text *what, Span span, const Because *because, bool wants_reason)
{
    Trace *trace = walk->trace;
    trace->lines =
        mem_grow(trace->lines, &trace->capacity, trace->count + 1, sizeof *trace->lines);
    trace->lines[trace->count++] = (TraceLine){.what = keep(walk, what),
                                               .within = walk->within,
                                               .span = span,
                                               .because = because,
                                               .wants_reason = wants_reason};
}

static void name_words(Text *out, const char *kind, const char *label, const char *name)
{
    text_addf(out, "%s \"", kind);
    safe_add(out, label ? label : name);
    text_add_char(out, '"');
}

/* Something that only explains: it is listed where it gives a reason. */
static void add_named(Walk *walk, const char *kind, const char *label, const char *name,
                      Span span, const Because *because)
{
    Text what = {0};
    if (!because)
        return;
    name_words(&what, kind, label, name);
    add(walk, &what, span, because, false);
}

static void enter(Walk *walk, const char *kind, const char *label, const char *name)
{
    Text words = {0};
    name_words(&words, kind, label, name);
    walk->within = keep(walk, &words);
}

/* ---- work, handlers ------------------------------------------------------------------ */

static void add_work(Walk *walk, const Work *work)
{
    static const char *const kinds[] = {[WORK_TASK] = "task",
                                        [WORK_REVIEW] = "review",
                                        [WORK_DEADLINE] = "deadline",
                                        [WORK_MUST] = "must"};
    Text what = {0}, limit = {0};
    name_words(&what, kinds[work->kind], NULL, label_work(walk->flow, (uint32_t)work->index));
    work_limit_words(walk->flow, work, &limit);
    text_addf(&what, limit.length > 0 ? ", %s" : "%s", text_get(&limit));
    text_clear(&limit);
    add(walk, &what, work->span, work->because, true);
}

static void add_works(Walk *walk, const Work *work)
{
    for (; work; work = work->next)
        add_work(walk, work);
}

static bool moves_or_does(const Line *line)
{
    for (const Effect *effect = line->effects; effect; effect = effect->next)
        if (effect->kind != EFFECT_STAY)
            return true;
    return false;
}

static void add_line(Walk *walk, const Handler *handler, const Line *line,
                     const Because *around)
{
    Text what = {0}, when = {0};
    text_add(&what, "on ");
    events_words(walk->flow, &handler->events, &what);
    text_add(&what, ": ");
    effects_words(walk->flow, line->effects, true, &what);
    line_when_words(walk->flow, line->when, line->condition, &when);
    if (when.length > 0)
        text_addf(&what, line->when == LINE_WHEN ? ", when %s" : ", %s", text_get(&when));
    text_clear(&when);
    const Because *because = line->because      ? line->because
                             : handler->because ? handler->because
                                                : around;
    add(walk, &what, line->span, because, moves_or_does(line));
}

static void add_handlers(Walk *walk, const Handler *handler, const Because *around)
{
    for (; handler; handler = handler->next) {
        for (const Line *line = handler->lines; line; line = line->next)
            add_line(walk, handler, line, around);
        if (handler->kind == HANDLER_ON)
            continue;
        Text what = {0};
        text_add(&what, handler->kind == HANDLER_HOLD ? "hold " : "ignore ");
        events_words(walk->flow, &handler->events, &what);
        add(walk, &what, handler->span, handler->because ? handler->because : around, false);
    }
}

static void add_as_soon(Walk *walk, const AsSoonAs *clause)
{
    for (; clause; clause = clause->next) {
        Text what = {0};
        text_add(&what, "as soon as ");
        condition_words(walk->flow, clause->condition, &what);
        text_add(&what, ": ");
        effects_words(walk->flow, clause->effects, true, &what);
        add(walk, &what, clause->span, clause->because, true);
    }
}

/* ---- blocks --------------------------------------------------------------------------- */

static void add_roles(Walk *walk)
{
    for (const RoleAst *role = walk->flow->roles; role; role = role->next) {
        walk->within = "";
        add_named(walk, "role", role->label, role->name, role->name_span, role->because);
        enter(walk, "role", role->label, role->name);
        for (const Deputy *deputy = role->deputies; deputy; deputy = deputy->next) {
            Text what = {0};
            text_add(&what, "can act for ");
            safe_add(&what, label_role(walk->flow, (uint32_t)deputy->role.index));
            add(walk, &what, deputy->span, deputy->because ? deputy->because : role->because,
                true);
        }
    }
}

static void add_known(Walk *walk)
{
    const Flow *flow = walk->flow;
    walk->within = "";
    for (const FactAst *fact = flow->facts; fact; fact = fact->next)
        add_named(walk, "fact", fact->label, fact->name, fact->name_span, fact->because);
    for (const TermAst *term = flow->terms; term; term = term->next)
        add_named(walk, "term", term->label, term->name, term->name_span, term->because);
    for (const EventAst *event = flow->events; event; event = event->next)
        if (!event->is_work)
            add_named(walk, "event", event->label, event->name, event->name_span,
                      event->because);
}

static void add_periods(Walk *walk)
{
    for (const PeriodAst *period = walk->flow->periods; period; period = period->next) {
        enter(walk, "period", period->label, period->name);
        for (const PeriodValue *value = period->values; value; value = value->next) {
            Text what = {0};
            text_add(&what, "is ");
            duration_format(value->duration, &what);
            add(walk, &what, value->span, value->because, true);
        }
    }
}

static void add_states(Walk *walk)
{
    for (const StateAst *state = walk->flow->states; state; state = state->next) {
        walk->within = "";
        add_named(walk, "state", state->label, state->name, state->name_span, state->because);
        enter(walk, "state", state->label, state->name);
        add_works(walk, state->works);
        add_handlers(walk, state->handlers, NULL);
        add_as_soon(walk, state->as_soon);
    }
}

static void add_starts(Walk *walk, const TrackAst *track)
{
    for (const StartsLine *line = track->starts; line; line = line->next) {
        Text what = {0};
        text_add(&what, line->once ? "starts once" : "starts");
        if (line->events.count > 0) {
            text_add(&what, " on ");
            events_words(walk->flow, &line->events, &what);
        }
        if (line->condition) {
            text_add(&what, " when ");
            condition_words(walk->flow, line->condition, &what);
        }
        add(walk, &what, line->span, line->because ? line->because : track->because, true);
    }
}

static void add_tracks(Walk *walk)
{
    for (const TrackAst *track = walk->flow->tracks; track; track = track->next) {
        walk->within = "";
        add_named(walk, "track", track->label, track->name, track->name_span, track->because);
        enter(walk, "track", track->label, track->name);
        add_starts(walk, track);
        add_works(walk, track->works);
        add_handlers(walk, track->handlers, track->because);
    }
}

static void add_rest(Walk *walk)
{
    walk->within = "at any point";
    for (const AnyPoint *any = walk->flow->any_points; any; any = any->next)
        add_handlers(walk, any->handlers, any->because);
    walk->within = "";
    add_works(walk, walk->flow->musts);
    for (const RuleAst *rule = walk->flow->rules; rule; rule = rule->next) {
        Text what = {0};
        text_add(&what, rule->is_never ? "never " : "always ");
        if (rule->is_never) {
            text_add_char(&what, '"');
            safe_add(&what, label_state(walk->flow, (uint32_t)rule->state.index));
            text_add(&what, rule->condition ? "\" when " : "\"");
        }
        if (rule->condition)
            condition_words(walk->flow, rule->condition, &what);
        add(walk, &what, rule->span, rule->because, true);
    }
}

static int compare_lines(const void *left, const void *right)
{
    const TraceLine *a = left, *b = right;
    if (a->span.file != b->span.file)
        return a->span.file < b->span.file ? -1 : 1;
    return a->span.offset < b->span.offset ? -1 : a->span.offset > b->span.offset;
}

/* ---- clauses ---------------------------------------------------------------------------- */

static TraceClause *clause_add(Trace *trace, TraceClause clause)
{
    trace->clauses = mem_grow(trace->clauses, &trace->clause_capacity, trace->clause_count + 1,
                              sizeof *trace->clauses);
    trace->clauses[trace->clause_count] = clause;
    return &trace->clauses[trace->clause_count++];
}

static int compare_clauses(const void *left, const void *right)
{
    const TraceClause *a = left, *b = right;
    if (a->policy != b->policy)
        return a->policy < b->policy ? -1 : 1;
    return a->first < b->first ? -1 : a->first > b->first;
}

/* A policy whose clauses are not numbered in the flow has whichever are cited. */
static bool clause_exists(const PolicyAst *policy, int32_t clause)
{
    return policy->last_clause == 0 ||
           (clause >= policy->first_clause && clause <= policy->last_clause);
}

static void collect_cited(Trace *trace)
{
    const Flow *flow = &trace->bundle->flow;
    for (size_t i = 0; i < trace->count; i++)
        for (const Because *b = trace->lines[i].because; b; b = b->next)
            if (b->policy.text)
                clause_add(trace,
                           (TraceClause){.policy = b->policy.index,
                                         .first = b->clause,
                                         .last = b->clause,
                                         .is_cited = true,
                                         .exists = clause_exists(
                                             flow->policy_at[b->policy.index], b->clause)});
    if (trace->clause_count > 0)
        qsort(trace->clauses, trace->clause_count, sizeof *trace->clauses, compare_clauses);
    size_t kept = 0;
    for (size_t i = 0; i < trace->clause_count; i++)
        if (i == 0 || compare_clauses(&trace->clauses[i], &trace->clauses[kept - 1]) != 0)
            trace->clauses[kept++] = trace->clauses[i];
    trace->clause_count = kept;
}

/* What of a policy lies between the clauses that are cited. */
static void collect_uncited(Trace *trace, const PolicyAst *policy, size_t cited)
{
    int32_t next = policy->first_clause;
    for (size_t i = 0; i < cited; i++) {
        TraceClause at = trace->clauses[i];
        if (at.policy != policy->index || !at.exists)
            continue;
        if (at.first > next)
            clause_add(trace, (TraceClause){policy->index, next, at.first - 1, false, true});
        next = at.first + 1;
    }
    if (policy->last_clause >= next)
        clause_add(trace, (TraceClause){policy->index, next, policy->last_clause, false, true});
}

static void collect_clauses(Trace *trace)
{
    collect_cited(trace);
    size_t cited = trace->clause_count;
    for (const PolicyAst *p = trace->bundle->flow.policies; p; p = p->next)
        if (p->last_clause > 0)
            collect_uncited(trace, p, cited);
    if (trace->clause_count > 0)
        qsort(trace->clauses, trace->clause_count, sizeof *trace->clauses, compare_clauses);
}

static void collect_scenarios(Trace *trace)
{
    const Flow *flow = &trace->bundle->flow;
    trace->scenarios =
        ARENA_ARRAY(&trace->arena, (size_t)flow->scenario_count + 1, const ScenarioAst *);
    for (const ScenarioAst *scenario = flow->scenarios; scenario; scenario = scenario->next)
        trace->scenarios[scenario->index] = scenario;
}

void trace_build(const Bundle *bundle, Trace *trace)
{
    *trace = (Trace){.bundle = bundle};
    Walk walk = {trace, &bundle->flow, ""};
    add_roles(&walk);
    add_known(&walk);
    add_periods(&walk);
    add_states(&walk);
    add_tracks(&walk);
    add_rest(&walk);
    if (trace->count > 0)
        qsort(trace->lines, trace->count, sizeof *trace->lines, compare_lines);
    collect_clauses(trace);
    collect_scenarios(trace);
}

void trace_clear(Trace *trace)
{
    free(trace->lines);
    free(trace->clauses);
    arena_clear(&trace->arena);
    *trace = (Trace){0};
}

/* ---- questions ------------------------------------------------------------------------- */

bool trace_cites(const TraceLine *line, const TraceClause *clause)
{
    for (const Because *b = line->because; b; b = b->next)
        if (b->policy.text && b->policy.index == clause->policy && b->clause == clause->first)
            return true;
    return false;
}

bool trace_fails(const Trace *trace, const ScenarioAst *scenario)
{
    return trace->failed && trace->failed[scenario->index];
}

bool trace_tries(const TraceTried *tried, const TraceClause *clause)
{
    return tried->policy == clause->policy && tried->clause == clause->first;
}

void trace_clause_words(const Trace *trace, const TraceClause *clause, Text *out)
{
    const char *code = trace->bundle->flow.policy_at[clause->policy]->code;
    text_addf(out, "%s-%d", code, (int)clause->first);
    if (clause->last > clause->first)
        text_addf(out, " to %s-%d", code, (int)clause->last);
}

bool trace_lacks_reason(const Trace *trace, const TraceLine *line)
{
    return line->wants_reason && !line->because &&
           line->span.file == trace->bundle->flow.workflow->name_span.file;
}

void trace_place_words(const Trace *trace, Span span, Text *out)
{
    const Source *source = &trace->bundle->sources[span.file];
    safe_add(out, source->path);
    text_addf(out, ":%u", (unsigned)source_place(source, span.offset).line);
}

size_t trace_wrong_citations(const Trace *trace)
{
    size_t wrong = 0;
    for (size_t i = 0; i < trace->clause_count; i++)
        wrong += !trace->clauses[i].exists;
    return wrong;
}
