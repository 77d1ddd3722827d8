#include <stdlib.h>
#include <string.h>

#include "base/limits.h"
#include "base/mem.h"
#include "lang/graph.h"
#include "lang/names_internal.h"
#include "lang/together.h"

/* A term stands for its definition; written out in full, a condition may not be
 * longer than this. */
#define EXPANDED_MAX 20000u

typedef struct Reporter {
    Names *names;
    RefKind kind;
    const char *code, *verb, *sentence, *help;
} Reporter;

static const char *node_name(const Reporter *reporter, uint32_t node)
{
    if (reporter->kind == REF_WORK)
        return reporter->names->flow->work_at[node]->name;
    return names_declared(reporter->names, reporter->kind, (int32_t)node)->name;
}

/* "a" depends on "b" (line 20), which depends on "a" (line 24) */
static void say_circle(void *context, const Circle *circle)
{
    const Reporter *reporter = context;
    Names *names = reporter->names;
    const uint32_t longest = 8;
    Span span = circle->edges[0]->span;
    Text path = {0};
    text_addf(&path, "\"%s\"", node_name(reporter, circle->start));
    for (uint32_t i = 0; i < circle->count; i++) {
        if (i == longest) {
            text_addf(&path, ", and so on through %u more", circle->count - i);
            break;
        }
        text_addf(&path, "%s %s \"%s\" (%s)", i ? ", which" : "", reporter->verb,
                  node_name(reporter, circle->edges[i]->to),
                  names_line(names, circle->edges[i]->span, span));
    }
    Diag *diag = diag_add(names->diags, span, reporter->code, "%s", reporter->sentence);
    diag_help(names->diags, diag, "%s.\n%s", text_get(&path), reporter->help);
    text_clear(&path);
}

/* ---- terms -------------------------------------------------------------- */

static void add_terms(Graph *graph, uint32_t from, const Expr *expr)
{
    if (expr->kind == EXPR_TERM && expr->ref.kind == REF_TERM)
        graph_add(graph, from, (uint32_t)expr->ref.index, expr->span, NULL);
    for (const Expr *part = expr->parts; part; part = part->next)
        add_terms(graph, from, part);
}

typedef struct Measure {
    uint32_t size, depth;
    bool stands_on_too_much; /* said of a term below already */
} Measure;

static Measure measure(const Expr *expr, const Measure *terms)
{
    if (expr->kind == EXPR_TERM && expr->ref.kind == REF_TERM) {
        Measure term = terms[expr->ref.index];
        return (Measure){term.size + 1, term.depth + 1, term.stands_on_too_much};
    }
    Measure whole = {.size = 1};
    for (const Expr *part = expr->parts; part; part = part->next) {
        Measure one = measure(part, terms);
        whole.size =
            whole.size + one.size > EXPANDED_MAX ? EXPANDED_MAX + 1 : whole.size + one.size;
        if (one.depth > whole.depth)
            whole.depth = one.depth;
        whole.stands_on_too_much |= one.stands_on_too_much;
    }
    whole.depth += expr->parts != NULL;
    return whole;
}

/* Only the first term that is too much is said, not those that stand on it. */
static void check_measure(Names *names, const TermAst *term, Measure *whole)
{
    bool too_high = whole->depth > LIMIT_NESTING, too_long = whole->size > EXPANDED_MAX;
    if (whole->stands_on_too_much || (!too_high && !too_long))
        return;
    if (too_high)
        diag_add(names->diags, term->name_span, "CF010",
                 "\"%s\" stands on more than %u terms, one upon the other", term->name,
                 LIMIT_NESTING);
    else
        diag_add(names->diags, term->name_span, "CF010",
                 "Written out in full, \"%s\" is longer than %u conditions", term->name,
                 EXPANDED_MAX);
    *whole = (Measure){.stands_on_too_much = true};
}

static void measure_terms(Names *names, const uint32_t *order)
{
    const Flow *flow = names->flow;
    Measure *terms = mem_alloc_array(flow->term_count, sizeof *terms);
    for (uint32_t i = 0; i < flow->term_count; i++) {
        const TermAst *term = flow->term_at[order[i]];
        Measure whole = term->condition ? measure(term->condition, terms) : (Measure){0};
        check_measure(names, term, &whole);
        terms[term->index] = whole;
    }
    free(terms);
}

static void check_terms(Names *names)
{
    const Flow *flow = names->flow;
    Graph graph = graph_new(flow->term_count);
    for (const TermAst *term = flow->terms; term; term = term->next)
        if (term->condition)
            add_terms(&graph, (uint32_t)term->index, term->condition);
    Reporter reporter = {names,
                         REF_TERM,
                         "CF113",
                         "depends on",
                         "This definition goes round in a circle",
                         "A term has to stand on facts in the end."};
    size_t errors = names->diags->errors;
    uint32_t *order = mem_alloc_array(flow->term_count, sizeof *order);
    graph_circles(&graph, say_circle, &reporter, order);
    if (names->diags->errors == errors)
        measure_terms(names, order);
    free(order);
    graph_clear(&graph);
}

/* ---- roles, calendars, work ---------------------------------------------- */

static void add_refs(Graph *graph, int32_t from, const RefList *list)
{
    for (const Ref *ref = list->first; ref; ref = ref->next)
        if (ref->kind != REF_UNRESOLVED && ref->index >= 0)
            graph_add(graph, (uint32_t)from, (uint32_t)ref->index, ref->span, NULL);
}

static void check_groups(Names *names)
{
    Graph graph = graph_new(names->flow->role_count);
    for (const RoleAst *role = names->flow->roles; role; role = role->next)
        add_refs(&graph, role->index, &role->members);
    Reporter reporter = {names,
                         REF_ROLE,
                         "CF113",
                         "is any of",
                         "This group of roles contains itself",
                         "A group has to end in roles that people hold."};
    graph_circles(&graph, say_circle, &reporter, NULL);
    graph_clear(&graph);
}

static void check_deputies(Names *names)
{
    Graph graph = graph_new(names->flow->role_count);
    for (const RoleAst *role = names->flow->roles; role; role = role->next)
        for (const Deputy *deputy = role->deputies; deputy; deputy = deputy->next)
            if (deputy->role.kind == REF_ROLE)
                graph_add(&graph, (uint32_t)role->index, (uint32_t)deputy->role.index,
                          deputy->role.span, NULL);
    Reporter reporter = {names,
                         REF_ROLE,
                         "CF404",
                         "can act for",
                         "These deputies stand in a circle",
                         "When all are away nobody can act. Name someone outside the circle."};
    graph_circles(&graph, say_circle, &reporter, NULL);
    graph_clear(&graph);
}

static void check_calendars(Names *names)
{
    Graph graph = graph_new(names->flow->calendar_count);
    for (const CalendarAst *calendar = names->flow->calendars; calendar;
         calendar = calendar->next) {
        add_refs(&graph, calendar->index, &calendar->plus);
        add_refs(&graph, calendar->index, &calendar->minus);
    }
    Reporter reporter = {names,
                         REF_CALENDAR,
                         "CF113",
                         "is made from",
                         "This calendar is made from itself",
                         "One of them has to stand on its own."};
    graph_circles(&graph, say_circle, &reporter, NULL);
    graph_clear(&graph);
}

static int32_t place_of(const Flow *flow, const Work *work)
{
    return work->state >= 0 ? work->state : (int32_t)flow->state_count + work->track;
}

/* Place and event -> the work there. */
static void map_works(Names *names, Map *works)
{
    const Flow *flow = names->flow;
    int32_t(*keys)[2] = arena_alloc(names->arena, flow->work_count * sizeof *keys);
    for (uint32_t i = 0; i < flow->work_count; i++) {
        const Work *work = flow->work_at[i];
        if (work->kind != WORK_TASK && work->kind != WORK_REVIEW)
            continue;
        keys[i][0] = place_of(flow, work);
        keys[i][1] = work->event;
        map_add(works, (const char *)keys[i], sizeof keys[i], work->index);
    }
}

/* Few flows have work that waits for other work: `works` is made for the first. */
static void add_waiting(Names *names, Graph *graph, Map *works, const Work *work,
                        const Ref *ref)
{
    if (ref->kind != REF_EVENT)
        return;
    if (!works->count)
        map_works(names, works);
    int32_t key[2] = {place_of(names->flow, work), ref->index};
    int64_t other;
    if (map_find(works, (const char *)key, sizeof key, &other))
        graph_add(graph, (uint32_t)work->index, (uint32_t)other, ref->span, NULL);
}

/* Tasks of one place that wait for each other, and reviews that keep step with
 * each other, would never open. */
static void check_waiting(Names *names)
{
    const Flow *flow = names->flow;
    Map works = {0};
    Graph after = graph_new(flow->work_count), step = graph_new(flow->work_count);
    for (uint32_t i = 0; i < flow->work_count; i++) {
        const Work *work = flow->work_at[i];
        add_waiting(names, &after, &works, work, &work->after);
        if (work->in_step.index != work->event) /* with itself: said already */
            add_waiting(names, &step, &works, work, &work->in_step);
    }
    Reporter reporter = {names,
                         REF_WORK,
                         "CF113",
                         "comes after",
                         "These tasks wait for each other",
                         "One of them has to come first."};
    graph_circles(&after, say_circle, &reporter, NULL);
    reporter.verb = "is in step with";
    reporter.sentence = "These reviews keep step with each other";
    reporter.help = "One of them has to say how often it is held.";
    graph_circles(&step, say_circle, &reporter, NULL);
    graph_clear(&after);
    graph_clear(&step);
    map_clear(&works);
}

/* ---- as soon as ----------------------------------------------------------- */

static bool asks_for_tasks(const Expr *expr)
{
    bool asks = expr->kind == EXPR_ALL_TASKS_DONE;
    for (const Expr *part = expr->parts; part && !asks; part = part->next)
        asks = asks_for_tasks(part);
    return asks;
}

/* A move that needs a person first (a task that opens anew on entering), or that
 * changes facts, does not come round by itself; the vm's budget covers the rest. */
static bool moves_by_itself(const StateAst *state, const AsSoonAs *clause)
{
    for (const Effect *effect = clause->effects; effect; effect = effect->next)
        if (effect->kind == EFFECT_RECORD || effect->kind == EFFECT_START ||
            effect->kind == EFFECT_END)
            return false;
    for (const Work *work = state->works; work; work = work->next)
        if (work->before_leaving ||
            (work->kind == WORK_TASK && asks_for_tasks(clause->condition)))
            return false;
    return true;
}

static void say_restless(void *context, const Circle *circle)
{
    const Reporter *reporter = context;
    Names *names = reporter->names;
    const Expr **conditions = mem_alloc_array(circle->count, sizeof *conditions);
    for (uint32_t i = 0; i < circle->count; i++)
        conditions[i] = ((const AsSoonAs *)circle->edges[i]->data)->condition;
    if (conditions_hold_together(names->flow, conditions, circle->count))
        say_circle(context, circle);
    free(conditions);
}

static void check_restless(Names *names)
{
    const Flow *flow = names->flow;
    if (names->diags->errors)
        return; /* conditions are only compared when all of them are understood */
    Graph graph = graph_new(flow->state_count);
    for (const StateAst *state = flow->states; state; state = state->next)
        for (const AsSoonAs *clause = state->as_soon; clause; clause = clause->next)
            for (const Effect *effect = clause->effects; effect; effect = effect->next)
                if (effect->kind == EFFECT_GO_TO && clause->condition &&
                    moves_by_itself(state, clause))
                    graph_add(&graph, (uint32_t)state->index, (uint32_t)effect->ref.index,
                              clause->span, clause);
    Reporter reporter = {
        names,
        REF_STATE,
        "CF312",
        "goes on at once to",
        "A case could go round here without end and without any time passing",
        "The conditions can all hold together. Let one exclude another, or wait "
        "for an event."};
    graph_circles(&graph, say_restless, &reporter, NULL);
    graph_clear(&graph);
}

void names_circles(Names *names)
{
    check_terms(names);
    check_groups(names);
    check_deputies(names);
    check_calendars(names);
    check_waiting(names);
    check_restless(names);
}
