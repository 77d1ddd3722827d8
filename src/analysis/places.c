/* Where events are handled, what an entry brings, and how a case gets somewhere. */
#include <stdlib.h>

#include "analysis/knowledge.h"
#include "base/mem.h"

static bool names_event(const Handler *handler, int32_t event)
{
    for (const Ref *ref = handler->events.first; ref; ref = ref->next)
        if (ref->index == event)
            return true;
    return false;
}

static bool handles(const Handler *list, int32_t event)
{
    for (; list; list = list->next)
        if (names_event(list, event))
            return true;
    return false;
}

typedef struct PlaceWalk {
    SpotVisit visit;
    void *context;
    int32_t state, track;
    const Handler *own; /* replace the others */
} PlaceWalk;

static void visit_handlers(const PlaceWalk *walk, const Handler *list)
{
    for (const Handler *handler = list; handler; handler = handler->next)
        for (const Ref *ref = handler->events.first; ref; ref = ref->next) {
            if (list != walk->own && handles(walk->own, ref->index))
                continue;
            Spot place = {walk->state, walk->track, handler, ref->index};
            walk->visit(walk->context, &place);
        }
}

static bool any_point_covers(const AnyPoint *any, int32_t state)
{
    for (const Ref *ref = any->states.first; ref; ref = ref->next)
        if (ref->index == state)
            return true;
    return any->states.first == NULL;
}

void places_each(const Flow *flow, uint32_t node, SpotVisit visit, void *context)
{
    PlaceWalk walk = {visit, context, -1, (int32_t)(node - flow->state_count), NULL};
    if (node >= flow->state_count) {
        if (walk.track)
            visit_handlers(&walk, flow->track_at[walk.track]->handlers);
        return;
    }
    const StateAst *state = flow->state_at[node];
    walk.state = state->index;
    walk.track = state->track;
    walk.own = state->handlers;
    if (state->ends_here)
        return;
    visit_handlers(&walk, state->handlers);
    if (state->track > 0)
        visit_handlers(&walk, flow->track_at[state->track]->handlers);
    else
        for (const AnyPoint *any = flow->any_points; any; any = any->next)
            if (any_point_covers(any, state->index))
                visit_handlers(&walk, any->handlers);
}

/* ---- what an entry brings ------------------------------------------------------- */

static bool may_be_open(const Knowledge *known, uint32_t node, const Work *work)
{
    const Flow *flow = known->analysis->flow;
    int32_t track = node < flow->state_count ? flow->state_at[node]->track
                                             : (int32_t)(node - flow->state_count);
    uint32_t home =
        work->state >= 0 ? node_of_state(work->state) : node_of_track(flow, work->track);
    if (!known->at[home])
        return false;
    return work->track != track || work->state < 0 || node_of_state(work->state) == node;
}

bool brings_find(const Knowledge *known, uint32_t node, int32_t event, Brings *brings)
{
    const size_t most = sizeof brings->works / sizeof brings->works[0];
    brings->event = known->analysis->flow->event_at[event];
    brings->work_count = 0;
    if (!brings->event->is_work)
        return true;
    for (uint32_t i = known->event_first[event]; i < known->event_first[event + 1]; i++)
        if (brings->work_count < most && may_be_open(known, node, known->event_works[i]))
            brings->works[brings->work_count++] = known->event_works[i];
    return brings->work_count > 0;
}

static bool records_fact(const Records *records, int32_t fact, bool *sometimes,
                         const Expr **when)
{
    for (; records; records = records->next) {
        if (records->fact.index != fact)
            continue;
        if (!records->when)
            return true;
        *when = *sometimes ? NULL : records->when; /* of several conditions, none is kept */
        *sometimes = true;
    }
    return false;
}

bool brings_fact(const Brings *brings, int32_t fact, bool *sometimes, const Expr **when)
{
    *sometimes = false;
    *when = NULL;
    if (!brings->work_count)
        return records_fact(brings->event->records, fact, sometimes, when);
    uint32_t always = 0;
    for (uint32_t i = 0; i < brings->work_count; i++)
        always += records_fact(brings->works[i]->records, fact, sometimes, when);
    if (always == brings->work_count)
        return true;
    *sometimes |= always > 0;
    if (brings->work_count > 1)
        *when = NULL;
    return false;
}

PieceSet *facts_at_event(const Knowledge *known, uint32_t node, const Brings *brings,
                         int32_t event, Arena *arena)
{
    const Analysis *analysis = known->analysis;
    const Flow *flow = analysis->flow;
    PieceSet *facts = ARENA_ARRAY(arena, flow->fact_count + 1, PieceSet);
    bool opening = flow->event_at[event]->opens && node < flow->state_count &&
                   flow->state_at[node]->starts_here && flow->state_at[node]->track == 0;
    for (uint32_t i = 0; i < flow->fact_count; i++) {
        facts[i] = known->at[node] ? known->at[node][i] : 0;
        if (opening)
            facts[i] |= PIECE_UNKNOWN;
        bool sometimes;
        const Expr *when;
        if (brings_fact(brings, (int32_t)i, &sometimes, &when))
            facts[i] = domain_known(&analysis->domains[i]);
        else if (sometimes)
            facts[i] |= domain_known(&analysis->domains[i]);
    }
    return facts;
}

/* ---- the way to a node ---------------------------------------------------------------- */

static const char *node_name(const Flow *flow, uint32_t node)
{
    return node < flow->state_count ? flow->state_at[node]->name
                                    : flow->track_at[node - flow->state_count]->name;
}

static void write_arrival(const Flow *flow, const Arrival *arrival, Text *out)
{
    if (arrival->event >= 0)
        text_addf(out, " (%s)", flow->event_at[arrival->event]->name);
    else if (arrival->missed)
        text_addf(out, " (%s is missed)", arrival->missed->name);
}

void knowledge_write_way(const Knowledge *known, uint32_t node, Text *out)
{
    enum { MOST = 12 };
    uint32_t way[MOST];
    uint32_t count = 0;
    int32_t at = (int32_t)node;
    for (; at >= 0 && count < MOST; at = known->arrival[at].from)
        way[count++] = (uint32_t)at;
    if (at >= 0)
        text_add(out, "… -> ");
    while (count--) {
        text_add(out, node_name(known->analysis->flow, way[count]));
        write_arrival(known->analysis->flow, &known->arrival[way[count]], out);
        if (count)
            text_add(out, " -> ");
    }
}

void knowledge_clear(Knowledge *known)
{
    graph_clear(&known->ways);
}

static uint32_t opening_node(const Flow *flow)
{
    for (const StateAst *state = flow->states; state; state = state->next)
        if (state->starts_here && state->track == 0)
            return node_of_state(state->index);
    return 0;
}

bool knowledge_leads(const Knowledge *known, uint32_t node, int32_t without)
{
    const Graph *ways = &known->ways;
    uint32_t *queue = mem_alloc_array(known->node_count, sizeof *queue);
    bool *reached = mem_alloc_array(known->node_count, sizeof *reached);
    uint32_t count = 0;
    queue[count++] = opening_node(known->analysis->flow);
    reached[queue[0]] = true;
    while (count && !reached[node]) {
        uint32_t from = queue[--count];
        for (int32_t edge = ways->first[from]; edge >= 0; edge = ways->edges[edge].next) {
            uint32_t to = ways->edges[edge].to;
            if (reached[to] || (int32_t)(intptr_t)ways->edges[edge].data == without + 1)
                continue;
            reached[to] = true;
            queue[count++] = to;
        }
    }
    bool leads = reached[node];
    free(queue);
    free(reached);
    return leads;
}

void knowledge_spread(const Knowledge *known, bool *reached)
{
    const Graph *ways = &known->ways;
    uint32_t *queue = mem_alloc_array(known->node_count + 1, sizeof *queue);
    uint32_t count = 0;
    for (uint32_t node = 0; node < known->node_count; node++)
        if (reached[node])
            queue[count++] = node;
    while (count) {
        uint32_t from = queue[--count];
        for (int32_t edge = ways->first[from]; edge >= 0; edge = ways->edges[edge].next) {
            uint32_t to = ways->edges[edge].to;
            if (reached[to])
                continue;
            reached[to] = true;
            queue[count++] = to;
        }
    }
    free(queue);
}
