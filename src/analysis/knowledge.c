#include "analysis/knowledge.h"

#include <stdlib.h>
#include <string.h>

#include "analysis/brought.h"
#include "analysis/narrow.h"
#include "base/mem.h"

/* ---- joining --------------------------------------------------------------------------- */

static void enqueue(Knowledge *known, uint32_t node)
{
    if (known->queued[node])
        return;
    known->queued[node] = true;
    known->queue[(known->queue_head + known->queue_count++) % known->node_count] = node;
}

/* Each way once, of the first run only. */
static void note_way(Knowledge *known, uint32_t node, Arrival arrival)
{
    if (known->banned >= 0 || arrival.from < 0 || (uint32_t)arrival.from == node)
        return;
    const int32_t key[3] = {arrival.from, (int32_t)node, arrival.event};
    char *kept = arena_strndup(&known->analysis->arena, (const char *)key, sizeof key);
    if (map_add(&known->ways_seen, kept, sizeof key, 1))
        graph_add(&known->ways, (uint32_t)arrival.from, node, (Span){0},
                  (const void *)(intptr_t)(arrival.event + 1));
}

static void join(Knowledge *known, uint32_t node, const PieceSet *facts, Arrival arrival)
{
    const Flow *flow = known->analysis->flow;
    note_way(known, node, arrival);
    bool changed = !known->at[node];
    if (changed) {
        known->at[node] = ARENA_ARRAY(&known->analysis->arena, flow->fact_count + 1, PieceSet);
        known->reached++;
        if (known->arrival[node].event < 0) /* where the case opens, that stands already */
            known->arrival[node] = arrival;
    }
    for (uint32_t i = 0; i < flow->fact_count; i++) {
        changed |= (facts[i] & ~known->at[node][i]) != 0;
        known->at[node][i] |= facts[i];
    }
    if (changed)
        enqueue(known, node);
}

static void join_start(Knowledge *known, int32_t track, const PieceSet *facts, Arrival arrival)
{
    const Flow *flow = known->analysis->flow;
    if (track <= 0)
        return;
    join(known, node_of_track(flow, track), facts, arrival);
    for (const StateAst *state = flow->states; state; state = state->next)
        if (state->track == track && state->starts_here)
            join(known, node_of_state(state->index), facts, arrival);
}

static PieceSet *copy_facts(const Knowledge *known, const PieceSet *facts)
{
    size_t count = known->analysis->flow->fact_count;
    PieceSet *copy = mem_alloc_array(count + 1, sizeof *copy);
    memcpy(copy, facts, count * sizeof *copy);
    return copy;
}

/* ---- one event at one node --------------------------------------------------------------- */

typedef struct Happening {
    Knowledge *known;
    uint32_t node;
    int32_t event;
    const Brings *brings;
    const PieceSet *before; /* the facts when the entry came */
    const PieceSet *facts;  /* and with what it brings */
    Arrival arrival;
} Happening;

/* A fact that is only brought in some cases: which of them this is, is known once the
 * line is. */
static void settle_sometimes(const Happening *happening, PieceSet *facts)
{
    const Flow *flow = happening->known->analysis->flow;
    Narrowing narrowing = {happening->known->analysis, facts, happening->node};
    for (uint32_t i = 0; i < flow->fact_count; i++) {
        bool sometimes;
        const Expr *when;
        if (brings_fact(happening->brings, (int32_t)i, &sometimes, &when) || !when)
            continue;
        if (narrow_surely(&narrowing, when, true))
            facts[i] &= ~PIECE_UNKNOWN;
        else if (narrow_surely(&narrowing, when, false))
            facts[i] &= happening->before[i];
    }
}

static void follow_effects(const Happening *happening, const Effect *effects, PieceSet *facts)
{
    Knowledge *known = happening->known;
    for (const Effect *effect = effects; effect; effect = effect->next)
        if (effect->kind == EFFECT_RECORD)
            facts[effect->ref.index] = brought_pieces(known->analysis, effect);
    for (const Effect *effect = effects; effect; effect = effect->next) {
        if (effect->kind == EFFECT_GO_TO)
            join(known, node_of_state(effect->ref.index), facts, happening->arrival);
        if (effect->kind == EFFECT_STAY || effect->kind == EFFECT_AGAIN)
            join(known, happening->node, facts, happening->arrival);
        if (effect->kind == EFFECT_START)
            join_start(known, effect->ref.index, facts, happening->arrival);
    }
}

static bool is_choice(const Line *line)
{
    for (const Effect *effect = line->effects; effect; effect = effect->next)
        if (effect->kind == EFFECT_GO_TO || effect->kind == EFFECT_STAY ||
            effect->kind == EFFECT_AGAIN)
            return true;
    return false;
}

static void follow_line(const Happening *happening, const Handler *handler, const Line *line)
{
    PieceSet *facts = copy_facts(happening->known, happening->facts);
    Narrowing narrowing = {happening->known->analysis, facts, happening->node};
    bool possible = line->when != LINE_WHEN || narrow(&narrowing, line->condition, true);
    if (line->when == LINE_OTHERWISE)
        for (const Line *other = handler->lines; other && possible; other = other->next)
            if (other->when == LINE_WHEN && is_choice(other))
                possible = narrow(&narrowing, other->condition, false);
    if (possible) {
        settle_sometimes(happening, facts);
        follow_effects(happening, line->effects, facts);
    }
    free(facts);
}

static void follow_starts(const Happening *happening)
{
    const Flow *flow = happening->known->analysis->flow;
    for (const TrackAst *track = flow->tracks; track; track = track->next)
        for (const StartsLine *start = track->starts; start; start = start->next)
            for (const Ref *ref = start->events.first; ref; ref = ref->next) {
                if (ref->index != happening->event)
                    continue;
                PieceSet *facts = copy_facts(happening->known, happening->facts);
                Narrowing narrowing = {happening->known->analysis, facts, happening->node};
                if (!start->condition || narrow(&narrowing, start->condition, true)) {
                    settle_sometimes(happening, facts);
                    join_start(happening->known, track->index, facts, happening->arrival);
                }
                free(facts);
            }
}

static void follow_handler(const Happening *happening, const Handler *handler)
{
    bool chooses = false;
    for (const Line *line = handler ? handler->lines : NULL; line; line = line->next) {
        follow_line(happening, handler, line);
        chooses |= is_choice(line);
    }
    if (!chooses)
        join(happening->known, happening->node, happening->facts, happening->arrival);
}

/* What lines of any track record because of the event, beside what it brings. */
static void add_recorded(const Knowledge *known, int32_t event, PieceSet *facts)
{
    const Brought *brought = known->brought;
    for (uint32_t i = 0; i < brought->line_count; i++)
        if (brought->items[i].event == event)
            facts[brought->items[i].fact] |= brought->items[i].pieces;
}

static void follow_event(Knowledge *known, uint32_t node, int32_t event, const Handler *handler,
                         const PieceSet *before)
{
    Brings brings;
    if (event == known->banned || !brings_find(known, node, event, &brings))
        return;
    Analysis *analysis = known->analysis;
    PieceSet *facts = copy_facts(known, before);
    for (uint32_t i = 0; i < analysis->flow->fact_count; i++) {
        bool sometimes;
        const Expr *when;
        if (brings_fact(&brings, (int32_t)i, &sometimes, &when))
            facts[i] = domain_known(&analysis->domains[i]);
        else if (sometimes)
            facts[i] |= domain_known(&analysis->domains[i]);
    }
    add_recorded(known, event, facts);
    Happening happening = {
        known, node, event, &brings, before, facts, {(int32_t)node, event, NULL}};
    follow_handler(&happening, handler);
    follow_starts(&happening);
    free(facts);
}

/* ---- one node ---------------------------------------------------------------------------- */

typedef struct NodeWalk {
    Knowledge *known;
    uint32_t node;
    const PieceSet *facts;
} NodeWalk;

static void follow_place(void *context, const Spot *place)
{
    NodeWalk *walk = context;
    walk->known->seen[place->event] = walk->known->mark;
    if (place->handler->kind != HANDLER_ON)
        return;
    walk->known->marks[place->event] = walk->known->mark;
    follow_event(walk->known, walk->node, place->event, place->handler, walk->facts);
}

/* An event that starts tracks is followed where it belongs: on the line whose work it
 * does, else on the main line. */
static int32_t home_of(const Knowledge *known, int32_t event)
{
    int32_t home = -1;
    for (uint32_t i = known->event_first[event]; i < known->event_first[event + 1]; i++) {
        int32_t track = known->event_works[i]->track;
        if (home >= 0 && home != track)
            return 0;
        home = track;
    }
    return home < 0 ? 0 : home;
}

static void follow_other_starts(NodeWalk *walk, int32_t track)
{
    Knowledge *known = walk->known;
    const Flow *flow = known->analysis->flow;
    for (const TrackAst *each = flow->tracks; each; each = each->next)
        for (const StartsLine *start = each->starts; start; start = start->next)
            for (const Ref *ref = start->events.first; ref; ref = ref->next) {
                if (known->marks[ref->index] == known->mark ||
                    home_of(known, ref->index) != track)
                    continue;
                known->marks[ref->index] = known->mark;
                follow_event(known, walk->node, ref->index, NULL, walk->facts);
            }
}

/* A declared event that only other states of this track handle is refused here. */
static bool event_is_possible(const NodeWalk *walk, int32_t track, int32_t event)
{
    const Program *program = walk->known->analysis->program;
    const EventInfo *info = &program->events[event];
    if (info->is_work || !info->handled || info->starts.count || info->windows.count ||
        info->waits.count || walk->known->seen[event] == walk->known->mark)
        return true;
    for (uint32_t i = 0; i < info->tracks.count; i++)
        if (program->indices[info->tracks.first + i] != (uint32_t)track)
            return true;
    return false;
}

/* Can this come to be recorded elsewhere while the case is at this node? */
static bool is_possible(const NodeWalk *walk, int32_t track, const BroughtItem *item)
{
    const Knowledge *known = walk->known;
    const Work *work = item->work;
    if (known->marks[item->event] == known->mark)
        return false; /* followed as what happens here */
    if (!work)
        return event_is_possible(walk, track, item->event);
    const Flow *flow = known->analysis->flow;
    return known->at[work->state >= 0 ? node_of_state(work->state)
                                      : node_of_track(flow, work->track)] != NULL;
}

static void add_items(const NodeWalk *walk, int32_t track, Slice slice, PieceSet *facts)
{
    const Knowledge *known = walk->known;
    for (uint32_t i = slice.first; i < slice.first + slice.count; i++) {
        const BroughtItem *item = &known->brought->items[i];
        if (is_possible(walk, track, item))
            facts[item->fact] |= item->pieces
                                     ? item->pieces
                                     : domain_known(&known->analysis->domains[item->fact]);
    }
}

/* What happens elsewhere while the case is here: not what belongs to another state of the same
 * line. */
static void add_interference(NodeWalk *walk, int32_t track)
{
    Knowledge *known = walk->known;
    const Flow *flow = known->analysis->flow;
    const Brought *brought = known->brought;
    PieceSet *facts = copy_facts(known, walk->facts);
    add_items(walk, track, brought->anywhere, facts);
    for (uint32_t i = 0; i < flow->track_count; i++)
        if ((int32_t)i != track)
            add_items(walk, track, brought->of_track[i], facts);
    if (walk->node < flow->state_count)
        add_items(walk, track, brought->of_state[walk->node], facts);
    join(known, walk->node, facts, known->arrival[walk->node]);
    free(facts);
}

static void follow_missed(NodeWalk *walk, const Work *works)
{
    for (const Work *work = works; work; work = work->next)
        for (const Effect *effect = work->if_missed.effects; effect; effect = effect->next)
            if (effect->kind == EFFECT_GO_TO)
                join(walk->known, node_of_state(effect->ref.index), walk->facts,
                     (Arrival){(int32_t)walk->node, -1, work});
}

static void follow_as_soon(NodeWalk *walk, const StateAst *state)
{
    for (const AsSoonAs *soon = state->as_soon; soon; soon = soon->next) {
        PieceSet *facts = copy_facts(walk->known, walk->facts);
        Narrowing narrowing = {walk->known->analysis, facts, walk->node};
        Happening happening = {
            walk->known, walk->node, -1, NULL, facts, facts, {(int32_t)walk->node, -1, NULL}};
        if (narrow(&narrowing, soon->condition, true))
            follow_effects(&happening, soon->effects, facts);
        free(facts);
    }
}

static void follow_starts_when(NodeWalk *walk)
{
    const Flow *flow = walk->known->analysis->flow;
    for (const TrackAst *track = flow->tracks; track; track = track->next)
        for (const StartsLine *start = track->starts; start; start = start->next) {
            if (start->events.first)
                continue;
            PieceSet *facts = copy_facts(walk->known, walk->facts);
            Narrowing narrowing = {walk->known->analysis, facts, walk->node};
            if (narrow(&narrowing, start->condition, true))
                join_start(walk->known, track->index, facts,
                           (Arrival){(int32_t)walk->node, -1, NULL});
            free(facts);
        }
}

static void follow_state(NodeWalk *walk)
{
    const Flow *flow = walk->known->analysis->flow;
    const StateAst *state = flow->state_at[walk->node];
    if (state->ends_here) {
        if (state->track > 0) /* a start that was kept */
            join_start(walk->known, state->track, walk->facts,
                       (Arrival){(int32_t)walk->node, -1, NULL});
        return;
    }
    places_each(flow, walk->node, follow_place, walk);
    follow_other_starts(walk, state->track);
    add_interference(walk, state->track);
    follow_missed(walk, state->works);
    if (state->track > 0)
        follow_missed(walk, flow->track_at[state->track]->works);
    else
        follow_missed(walk, flow->musts);
    follow_as_soon(walk, state);
    if (state->track == 0)
        follow_starts_when(walk);
}

static void follow_node(Knowledge *known, uint32_t node)
{
    const Flow *flow = known->analysis->flow;
    PieceSet *facts = copy_facts(known, known->at[node]);
    NodeWalk walk = {known, node, facts};
    known->mark++;
    if (node < flow->state_count) {
        follow_state(&walk);
    } else {
        int32_t track = (int32_t)(node - flow->state_count);
        places_each(flow, node, follow_place, &walk);
        follow_other_starts(&walk, track);
        add_interference(&walk, track);
    }
    free(facts);
}

/* ---- the whole --------------------------------------------------------------------------- */

static void list_works(Knowledge *known, Arena *arena)
{
    const Flow *flow = known->analysis->flow;
    known->event_first = ARENA_ARRAY(arena, flow->event_count + 2, uint32_t);
    known->event_works = ARENA_ARRAY(arena, flow->work_count + 1, const Work *);
    for (uint32_t i = 0; i < flow->work_count; i++)
        if (flow->work_at[i]->kind <= WORK_REVIEW)
            known->event_first[flow->work_at[i]->event + 2]++;
    for (uint32_t i = 2; i < flow->event_count + 2; i++)
        known->event_first[i] += known->event_first[i - 1];
    for (uint32_t i = 0; i < flow->work_count; i++)
        if (flow->work_at[i]->kind <= WORK_REVIEW)
            known->event_works[known->event_first[flow->work_at[i]->event + 1]++] =
                flow->work_at[i];
}

typedef struct OpeningWalk {
    Knowledge *known;
    int32_t event;
    const Handler *handler;
} OpeningWalk;

static void find_opening(void *context, const Spot *place)
{
    OpeningWalk *walk = context;
    if (place->event == walk->event && place->handler->kind == HANDLER_ON)
        walk->handler = place->handler;
}

static void follow_opening(Knowledge *known)
{
    const Flow *flow = known->analysis->flow;
    PieceSet *facts = mem_alloc_array(flow->fact_count + 1, sizeof *facts);
    for (uint32_t i = 0; i < flow->fact_count; i++)
        facts[i] = PIECE_UNKNOWN;
    for (const StateAst *state = flow->states; state; state = state->next) {
        if (!state->starts_here || state->track != 0)
            continue;
        for (const EventAst *event = flow->events; event; event = event->next) {
            if (!event->opens)
                continue;
            OpeningWalk walk = {known, event->index, NULL};
            places_each(flow, node_of_state(state->index), find_opening, &walk);
            known->arrival[state->index] = (Arrival){-1, event->index, NULL};
            follow_event(known, node_of_state(state->index), event->index, walk.handler, facts);
        }
    }
    free(facts);
}

static void follow_queue(Knowledge *known)
{
    while (known->queue_count) {
        uint32_t node = known->queue[known->queue_head];
        known->queue_head = (known->queue_head + 1) % known->node_count;
        known->queue_count--;
        known->queued[node] = false;
        follow_node(known, node);
    }
}

static Knowledge *make(Analysis *analysis, int32_t banned)
{
    const Flow *flow = analysis->flow;
    Arena *arena = &analysis->arena;
    Knowledge *known = ARENA_NEW(arena, Knowledge);
    known->analysis = analysis;
    known->banned = banned;
    known->node_count = flow->state_count + flow->track_count;
    known->at = ARENA_ARRAY(arena, known->node_count, PieceSet *);
    known->arrival = ARENA_ARRAY(arena, known->node_count, Arrival);
    for (uint32_t i = 0; i < known->node_count; i++)
        known->arrival[i] = (Arrival){-1, -1, NULL};
    known->queue = ARENA_ARRAY(arena, known->node_count, uint32_t);
    known->queued = ARENA_ARRAY(arena, known->node_count, bool);
    known->seen = ARENA_ARRAY(arena, flow->event_count + 1, uint32_t);
    known->marks = ARENA_ARRAY(arena, flow->event_count + 1, uint32_t);
    known->ways = graph_new(known->node_count);
    list_works(known, arena);
    Brought brought = brought_of(analysis);
    known->brought = &brought;
    follow_opening(known);
    uint32_t reached;
    do { /* work that a new node opens can be done while others are elsewhere */
        reached = known->reached;
        follow_queue(known);
        for (uint32_t i = 0; i < known->node_count; i++)
            if (known->at[i])
                enqueue(known, i);
        follow_queue(known);
    } while (known->reached != reached);
    brought_clear(&brought);
    map_clear(&known->ways_seen);
    known->brought = NULL;
    return known;
}

Knowledge *knowledge_new(Analysis *analysis)
{
    return make(analysis, -1);
}

Knowledge *knowledge_without(Analysis *analysis, int32_t event)
{
    return make(analysis, event);
}
