#include "analysis/cone.h"

#include <stdlib.h>

#include "base/mem.h"

void cone_begin(Analysis *analysis, Cone *cone)
{
    const Flow *flow = analysis->flow;
    *cone = (Cone){.analysis = analysis};
    cone->tracks = mem_alloc_array(flow->track_count + 1, sizeof *cone->tracks);
    cone->facts = mem_alloc_array(flow->fact_count + 1, sizeof *cone->facts);
    cone->events = mem_alloc_array(flow->event_count + 1, sizeof *cone->events);
}

void cone_clear(Cone *cone)
{
    free(cone->tracks);
    free(cone->facts);
    free(cone->events);
    *cone = (Cone){0};
}

static void add(Cone *cone, bool *set, int32_t index)
{
    if (index < 0 || set[index])
        return;
    set[index] = cone->changed = true;
}

void cone_add_track(Cone *cone, int32_t track)
{
    add(cone, cone->tracks, track);
}

void cone_add_event(Cone *cone, int32_t event)
{
    add(cone, cone->events, event);
}

void cone_add_condition(Cone *cone, const Expr *expr)
{
    if (!expr)
        return;
    for (const Expr *part = expr->parts; part; part = part->next)
        cone_add_condition(cone, part);
    switch (expr->kind) {
    case EXPR_AND:
    case EXPR_OR:
    case EXPR_NOT:
    case EXPR_ALL_TASKS_DONE:
        return;
    case EXPR_TERM:
        cone_add_condition(cone, cone->analysis->flow->term_at[expr->ref.index]->condition);
        return;
    case EXPR_COMPARE:
    case EXPR_KNOWN:
    case EXPR_NOT_KNOWN:
        add(cone, cone->facts, expr->ref.index);
        return;
    case EXPR_WINDOW:
        cone_add_event(cone, expr->ref.index);
        return;
    case EXPR_TRACK_RUNNING:
    case EXPR_TRACK_NOT_RUNNING:
    case EXPR_TRACK_ENDED:
    case EXPR_TRACK_NOT_ENDED:
    case EXPR_TRACK_AT:
    case EXPR_TRACK_NOT_AT:
        break;
    }
    cone_add_track(cone, expr->ref.index);
}

/* ---- what a line of work in the cone looks at -------------------------------------------- */

static void add_refs(Cone *cone, const RefList *list)
{
    for (const Ref *ref = list->first; ref; ref = ref->next)
        if (ref->kind == REF_EVENT)
            cone_add_event(cone, ref->index);
        else if (ref->kind == REF_FACT)
            add(cone, cone->facts, ref->index);
}

static void look_at_handlers(Cone *cone, const Handler *handler)
{
    for (; handler; handler = handler->next) {
        add_refs(cone, &handler->events);
        for (const Line *line = handler->lines; line; line = line->next)
            cone_add_condition(cone, line->condition);
    }
}

/* The state, or the track without states, goes on when its tasks are done. */
static bool counts_tasks(const Flow *flow, const Work *work)
{
    if (work->state < 0)
        return true;
    return flow->state_at[work->state]->as_soon != NULL;
}

/* What decides whether another fact is asked for. */
static void look_at_records(Cone *cone, const Records *records)
{
    for (; records; records = records->next)
        cone_add_condition(cone, records->when);
}

static void look_at_work(Cone *cone, const Work *work)
{
    const Flow *flow = cone->analysis->flow;
    if (work->kind == WORK_TASK && (work->before_leaving || counts_tasks(flow, work)))
        cone_add_event(cone, work->event);
    if (work->after.text)
        cone_add_event(cone, work->after.index);
    if (work->kind == WORK_DEADLINE || work->kind == WORK_MUST)
        cone_add_event(cone, work->event);
    add_refs(cone, &work->limit.anchor.refs);
    add_refs(cone, &work->not_by_who);
    for (const Interval *interval = work->intervals; interval; interval = interval->next) {
        add_refs(cone, &interval->from.refs);
        cone_add_condition(cone, interval->condition);
    }
    cone_add_condition(cone, work->only_when);
    cone_add_condition(cone, work->until);
    cone_add_condition(cone, work->when);
    cone_add_condition(cone, work->limit.paused_while);
    look_at_records(cone, work->records);
}

static void look_at_main(Cone *cone)
{
    const Flow *flow = cone->analysis->flow;
    for (const AnyPoint *any = flow->any_points; any; any = any->next)
        look_at_handlers(cone, any->handlers);
    for (const Work *must = flow->musts; must; must = must->next)
        look_at_work(cone, must);
}

static void look_at_track(Cone *cone, const TrackAst *track)
{
    for (const StartsLine *start = track->starts; start; start = start->next) {
        add_refs(cone, &start->events);
        cone_add_condition(cone, start->condition);
    }
    look_at_handlers(cone, track->handlers);
}

static void look_at_tracks(Cone *cone)
{
    const Flow *flow = cone->analysis->flow;
    for (const StateAst *state = flow->states; state; state = state->next) {
        if (!cone->tracks[state->track])
            continue;
        look_at_handlers(cone, state->handlers);
        for (const AsSoonAs *soon = state->as_soon; soon; soon = soon->next)
            cone_add_condition(cone, soon->condition);
    }
    for (const TrackAst *track = flow->tracks; track; track = track->next)
        if (cone->tracks[track->index])
            look_at_track(cone, track);
    for (uint32_t i = 0; i < flow->work_count; i++)
        if (cone->tracks[flow->work_at[i]->track])
            look_at_work(cone, flow->work_at[i]);
    for (const EventAst *event = flow->events; event; event = event->next)
        if (cone->events[event->index])
            look_at_records(cone, event->records);
    if (cone->tracks[0])
        look_at_main(cone);
}

/* ---- what has a say in it from outside --------------------------------------------------- */

static bool touches_cone(const Cone *cone, const Effect *effect)
{
    for (; effect; effect = effect->next)
        if (((effect->kind == EFFECT_START || effect->kind == EFFECT_END) &&
             cone->tracks[effect->ref.index]) ||
            (effect->kind == EFFECT_RECORD && cone->facts[effect->ref.index]))
            return true;
    return false;
}

static void look_from_outside(Cone *cone, const Handler *handler, int32_t track)
{
    for (; handler; handler = handler->next)
        for (const Line *line = handler->lines; line; line = line->next)
            if (touches_cone(cone, line->effects))
                cone_add_track(cone, track);
}

static bool records_in_cone(const Cone *cone, const Records *records)
{
    for (; records; records = records->next)
        if (cone->facts[records->fact.index])
            return true;
    return false;
}

/* Where events are done and facts recorded that have a say. */
static void look_at_sources(Cone *cone)
{
    const Flow *flow = cone->analysis->flow;
    for (const EventAst *event = flow->events; event; event = event->next)
        if (records_in_cone(cone, event->records))
            cone_add_event(cone, event->index);
    for (uint32_t i = 0; i < flow->work_count; i++) {
        const Work *work = flow->work_at[i];
        if (work->kind > WORK_REVIEW)
            continue;
        if (records_in_cone(cone, work->records))
            cone_add_event(cone, work->event);
        if (cone->events[work->event])
            cone_add_track(cone, work->track);
    }
    for (const StateAst *state = flow->states; state; state = state->next) {
        look_from_outside(cone, state->handlers, state->track);
        for (const AsSoonAs *soon = state->as_soon; soon; soon = soon->next)
            if (touches_cone(cone, soon->effects))
                cone_add_track(cone, state->track);
    }
    for (const TrackAst *track = flow->tracks; track; track = track->next)
        look_from_outside(cone, track->handlers, track->index);
    for (const AnyPoint *any = flow->any_points; any; any = any->next)
        look_from_outside(cone, any->handlers, 0);
}

/* A rule refuses steps of what is in the cone. */
static void look_at_rules(Cone *cone)
{
    const Flow *flow = cone->analysis->flow;
    for (const RuleAst *rule = flow->rules; rule; rule = rule->next)
        if (!rule->is_never || cone->tracks[flow->state_at[rule->state.index]->track])
            cone_add_condition(cone, rule->condition);
}

void cone_grow(Cone *cone)
{
    cone_add_track(cone, 0); /* where the case is closed, all ends */
    do {
        cone->changed = false;
        look_at_tracks(cone);
        look_at_sources(cone);
        look_at_rules(cone);
    } while (cone->changed);
}
