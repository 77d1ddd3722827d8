/* Where a case can get to: states that nothing leads to (CF106), that nothing leads
 * out of (CF107), from which no end can be reached (CF108), or that only pass a
 * case on (CF111). */
#include <stdlib.h>

#include "analysis/internal.h"
#include "analysis/knowledge.h"
#include "base/mem.h"
#include "lang/graph.h"

typedef struct Paths {
    Analysis *analysis;
    Graph ways; /* from state to state, of one line */
    Graph back; /* the same, turned round */
    bool *ends; /* per state: an end can be reached */
    uint32_t node;
} Paths;

/* ---- the ways from state to state --------------------------------------------------- */

static void add_way(Paths *paths, uint32_t from, const Effect *effects)
{
    for (const Effect *effect = effects; effect; effect = effect->next)
        if (effect->kind == EFFECT_GO_TO && effect->ref.index != (int32_t)from) {
            graph_add(&paths->ways, from, (uint32_t)effect->ref.index, effect->span, NULL);
            graph_add(&paths->back, (uint32_t)effect->ref.index, from, effect->span, NULL);
        }
}

static void add_handled(void *context, const Spot *spot)
{
    Paths *paths = context;
    Brings brings;
    if (spot->handler->kind != HANDLER_ON ||
        !brings_find(paths->analysis->known, paths->node, spot->event, &brings))
        return;
    for (const Line *line = spot->handler->lines; line; line = line->next)
        add_way(paths, paths->node, line->effects);
}

static void add_missed(Paths *paths, uint32_t from, const Work *works)
{
    for (; works; works = works->next)
        add_way(paths, from, works->if_missed.effects);
}

static void find_ways(Paths *paths)
{
    const Flow *flow = paths->analysis->flow;
    for (const StateAst *state = flow->states; state; state = state->next) {
        paths->node = node_of_state(state->index);
        if (state->ends_here)
            continue;
        places_each(flow, paths->node, add_handled, paths);
        for (const AsSoonAs *soon = state->as_soon; soon; soon = soon->next)
            add_way(paths, paths->node, soon->effects);
        add_missed(paths, paths->node, state->works);
        add_missed(paths, paths->node,
                   state->track > 0 ? flow->track_at[state->track]->works : flow->musts);
    }
}

/* Every state from which one of the states in the list can be reached. */
static void spread(const Graph *back, bool *reached)
{
    uint32_t *queue = mem_alloc_array(back->count, sizeof *queue);
    uint32_t count = 0;
    for (uint32_t i = 0; i < back->count; i++)
        if (reached[i])
            queue[count++] = i;
    while (count) {
        uint32_t node = queue[--count];
        for (int32_t edge = back->first[node]; edge >= 0; edge = back->edges[edge].next) {
            uint32_t from = back->edges[edge].to;
            if (reached[from])
                continue;
            reached[from] = true;
            queue[count++] = from;
        }
    }
    free(queue);
}

/* ---- CF106 ------------------------------------------------------------------------------ */

static bool has_start_line(const Analysis *analysis, const TrackAst *track)
{
    return analysis->known->at[node_of_track(analysis->flow, track->index)] != NULL;
}

static void check_reached(Analysis *analysis)
{
    const Flow *flow = analysis->flow;
    for (const TrackAst *track = flow->tracks; track; track = track->next) {
        if (has_start_line(analysis, track))
            continue;
        Diag *diag = finding(analysis, track->name_span, "CF106",
                             "The track \"%s\" never starts", track->name);
        if (diag)
            diag_help(analysis->diags, diag,
                      "Say when it does, for example: starts on EVENT\n"
                      "If it says so, look at what that event or condition needs.");
    }
    for (const StateAst *state = flow->states; state; state = state->next) {
        bool main = state->track == 0;
        if (analysis->known->at[state->index] || (main && state->starts_here) ||
            (!main && !has_start_line(analysis, flow->track_at[state->track])))
            continue;
        Diag *diag = finding(analysis, state->name_span, "CF106",
                             "No case can ever get to \"%s\"", state->name);
        if (diag)
            diag_help(analysis->diags, diag,
                      "Nothing that can happen goes to it. Add \"go to %s\" where it should\n"
                      "follow, or take the state out.",
                      state->name);
    }
}

/* ---- CF107, CF108 ----------------------------------------------------------------------- */

static bool ends_by_effect(const Handler *handler, int32_t track)
{
    for (; handler; handler = handler->next)
        for (const Line *line = handler->lines; line; line = line->next)
            for (const Effect *effect = line->effects; effect; effect = effect->next)
                if (effect->kind == EFFECT_END && effect->ref.index == track)
                    return true;
    return false;
}

static bool ended_from_outside(const Flow *flow, int32_t track)
{
    for (const StateAst *state = flow->states; state; state = state->next)
        if (ends_by_effect(state->handlers, track))
            return true;
    for (const TrackAst *each = flow->tracks; each; each = each->next)
        if (ends_by_effect(each->handlers, track))
            return true;
    for (const AnyPoint *any = flow->any_points; any; any = any->next)
        if (ends_by_effect(any->handlers, track))
            return true;
    return false;
}

/* Lines that are meant to end, and by themselves. */
static bool *lines_with_end(const Flow *flow)
{
    bool *has_end = mem_alloc_array(flow->track_count + 1, sizeof *has_end);
    for (const StateAst *state = flow->states; state; state = state->next)
        has_end[state->track] |= state->ends_here;
    for (uint32_t i = 1; i < flow->track_count; i++)
        if (has_end[i] && ended_from_outside(flow, (int32_t)i))
            has_end[i] = false;
    return has_end;
}

static void say_no_way(Paths *paths, const StateAst *state)
{
    Analysis *analysis = paths->analysis;
    bool main = state->track == 0;
    Diag *diag = finding(analysis, state->name_span, main ? "CF107" : "CF108",
                         main ? "A case in \"%s\" has no way out"
                              : "From \"%s\" its track can never come to an end",
                         state->name);
    if (!diag)
        return;
    Text way = {0};
    knowledge_write_way(analysis->known, node_of_state(state->index), &way);
    diag_example(analysis->diags, diag, "%s, and there it stays.", text_get(&way));
    text_clear(&way);
    diag_help(analysis->diags, diag,
              "Say what leads on, for example: on EVENT go to STATE\n"
              "If this is an end, say so: ends here");
}

/* All that can be reached from a state with no end in it. */
static void say_no_end(Paths *paths, const StateAst *state, bool *said)
{
    Analysis *analysis = paths->analysis;
    const Flow *flow = analysis->flow;
    bool *trapped = mem_alloc_array(flow->state_count + 1, sizeof *trapped);
    trapped[state->index] = true;
    spread(&paths->ways, trapped);
    Text names = {0};
    bool stuck = false;
    for (uint32_t i = 0; i < flow->state_count; i++) {
        if (!trapped[i])
            continue;
        stuck |= paths->ways.first[i] < 0;
        said[i] = true;
        text_addf(&names, "%s\"%s\"", names.length ? ", " : "", flow->state_at[i]->name);
    }
    Diag *diag = stuck ? NULL
                       : finding(analysis, state->name_span, "CF108",
                                 "From \"%s\" no end can be reached", state->name);
    if (diag) {
        diag_example(analysis->diags, diag, "a case there can only ever be in %s.",
                     text_get(&names));
        diag_help(analysis->diags, diag, "Let one of these states lead to an end.");
    }
    text_clear(&names);
    free(trapped);
}

static void check_ends(Paths *paths)
{
    const Flow *flow = paths->analysis->flow;
    bool *has_end = lines_with_end(flow);
    bool *said = mem_alloc_array(flow->state_count + 1, sizeof *said);
    for (const StateAst *state = flow->states; state; state = state->next)
        paths->ends[state->index] = state->ends_here;
    spread(&paths->back, paths->ends);
    for (const StateAst *state = flow->states; state; state = state->next) {
        uint32_t node = node_of_state(state->index);
        if (paths->ends[node] || !has_end[state->track] || !paths->analysis->known->at[node])
            continue;
        if (paths->ways.first[node] < 0)
            say_no_way(paths, state);
        else if (!said[node])
            say_no_end(paths, state, said);
    }
    free(said);
    free(has_end);
}

/* ---- CF111 ------------------------------------------------------------------------------- */

static void check_empty(Analysis *analysis)
{
    for (const StateAst *state = analysis->flow->states; state; state = state->next) {
        const AsSoonAs *soon = state->as_soon;
        if (state->works || state->handlers || !soon || soon->next ||
            soon->condition->kind != EXPR_ALL_TASKS_DONE)
            continue;
        Diag *diag =
            finding(analysis, state->name_span, "CF111",
                    "\"%s\" adds nothing: every case passes straight through", state->name);
        if (diag)
            diag_help(analysis->diags, diag,
                      "It has no work, so all its tasks are done at once. Give it work, or\n"
                      "go directly to where it leads.");
    }
}

void check_paths(Analysis *analysis)
{
    Paths paths = {.analysis = analysis};
    paths.ways = graph_new(analysis->flow->state_count);
    paths.back = graph_new(analysis->flow->state_count);
    paths.ends = mem_alloc_array(analysis->flow->state_count + 1, sizeof *paths.ends);
    find_ways(&paths);
    check_reached(analysis);
    check_ends(&paths);
    check_empty(analysis);
    free(paths.ends);
    graph_clear(&paths.ways);
    graph_clear(&paths.back);
}
