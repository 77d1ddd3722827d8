#include "analysis/beside.h"

#include <stdlib.h>
#include <string.h>

#include "analysis/beside_internal.h"
#include "analysis/brought.h"
#include "analysis/narrow.h"
#include "base/mem.h"

#define PAIRS_MAX 200000u /* more are not followed: all of its work may be left open then */

/* ---- conditions -------------------------------------------------------------------------- */

/* Is this the verdict however the track stands at this place? One that does not run may never
 * have run, or be over. */
static bool always_judged(Beside *beside, const Expr *expr, Pair pair, Verdict verdict)
{
    Situation *situation = &beside->situation;
    int32_t *standing = &situation->track[beside->track];
    situation->track[0] = STANDING_AT + pair.state;
    if (pair.place != OFF) {
        int32_t state = beside->state_of[pair.place];
        *standing = state < 0 ? STANDING_RUNNING : STANDING_AT + state;
        return situation_judge(situation, expr) == verdict;
    }
    *standing = STANDING_NEVER;
    bool always = situation_judge(situation, expr) == verdict;
    *standing = STANDING_ENDED;
    always = always && situation_judge(situation, expr) == verdict;
    for (const StateAst *state = beside->flow->states; state && always; state = state->next) {
        if (state->track != beside->track || !state->ends_here)
            continue;
        *standing = STANDING_AT + state->index;
        always = situation_judge(situation, expr) == verdict;
    }
    return always;
}

/* Can it hold (or fail) here? What is left of the facts then stands in `facts`. */
bool beside_may_be(Beside *beside, Pair pair, const Expr *expr, bool truth)
{
    if (!expr)
        return truth;
    Narrowing narrowing = {beside->analysis, beside->facts, node_of_state(pair.state)};
    return !always_judged(beside, expr, pair, truth ? IS_NO : IS_YES) &&
           narrow(&narrowing, expr, truth);
}

/* ---- what may be known ------------------------------------------------------------------- */

uint32_t beside_track_node(const Beside *beside, uint32_t place)
{
    int32_t state = beside->state_of[place];
    return state >= 0 ? node_of_state(state) : node_of_track(beside->flow, beside->track);
}

/* What may be known of a fact where the main line is; nothing where the case begins. */
static PieceSet known_at(const Beside *beside, int32_t state, uint32_t fact)
{
    const PieceSet *at = beside->analysis->known->at[node_of_state(state)];
    PieceSet begins = beside->flow->state_at[state]->starts_here ? PIECE_UNKNOWN : 0;
    return (at ? at[fact] : 0) | begins;
}

/* What may be known at a pair. False: it cannot come about. */
bool beside_facts_at(const Beside *beside, Pair pair)
{
    const PieceSet *there = NULL;
    if (pair.place != OFF) {
        there = beside->analysis->known->at[beside_track_node(beside, pair.place)];
        if (!there)
            return false;
    }
    for (uint32_t i = 0; i < beside->flow->fact_count; i++) {
        beside->before[i] = known_at(beside, pair.state, i) & (there ? there[i] : ~(PieceSet)0);
        if (!beside->before[i])
            return false;
    }
    return true;
}

void beside_copy_facts(const Beside *beside, PieceSet *to, const PieceSet *from)
{
    memcpy(to, from, beside->flow->fact_count * sizeof *to);
}

/* ---- arriving ---------------------------------------------------------------------------- */

static uint32_t index_of(const Beside *beside, Pair pair)
{
    return (uint32_t)pair.state * beside->place_count + pair.place;
}

static bool is_left_over(const Work *work, int32_t event)
{
    return work->kind == WORK_TASK && work->limit.has_limit && !work->optional &&
           !work->only_when && work->event != event;
}

void beside_mark_left(Beside *beside, uint32_t place, int32_t event)
{
    if (place == OFF)
        return;
    int32_t state = beside->state_of[place];
    const Work *lists[] = {beside->flow->track_at[beside->track]->works,
                           state < 0 ? NULL : beside->flow->state_at[state]->works};
    for (uint32_t i = 0; i < 2; i++)
        for (const Work *work = lists[i]; work; work = work->next)
            if (is_left_over(work, event))
                beside->left[work->index] = true;
}

/* A rule that surely refuses to close the case like this. */
static bool is_forbidden(Beside *beside, Pair pair)
{
    for (const RuleAst *rule = beside->flow->rules; rule; rule = rule->next)
        if (rule->is_never && rule->state.index == pair.state &&
            (!rule->condition || always_judged(beside, rule->condition, pair, IS_YES)))
            return true;
    return false;
}

static void arrive_at(Beside *beside, Pair pair, int32_t event)
{
    if (beside->flow->state_at[pair.state]->ends_here) {
        if (!is_forbidden(beside, pair))
            beside_mark_left(beside, pair.place, event);
        return;
    }
    uint32_t index = index_of(beside, pair);
    if (beside->reached[index])
        return;
    beside->reached[index] = true;
    beside->queue[beside->count++] = index;
}

uint32_t beside_start_place(const Beside *beside)
{
    for (uint32_t place = 1; place < beside->place_count; place++)
        if (beside->state_of[place] < 0 ||
            beside->flow->state_at[beside->state_of[place]]->starts_here)
            return place;
    return OFF;
}

/* A run that is over may be followed at once by one that was kept. */
void beside_arrive(Beside *beside, Pair pair, int32_t event)
{
    if (pair.place != OFF && beside->state_of[pair.place] >= 0 &&
        beside->flow->state_at[beside->state_of[pair.place]]->ends_here)
        pair.place = OFF;
    arrive_at(beside, pair, event);
    if (pair.place == OFF && beside->keeps)
        arrive_at(beside, (Pair){pair.state, beside_start_place(beside)}, event);
}

/* ---- what happens by itself -------------------------------------------------------------- */

static void follow_missed(Beside *beside, Pair pair, const Work *work)
{
    for (; work; work = work->next)
        for (const Effect *effect = work->if_missed.effects; effect; effect = effect->next) {
            if (effect->kind != EFFECT_GO_TO)
                continue;
            Pair next = pair;
            if (work->track == 0)
                next.state = effect->ref.index;
            else
                next.place = beside->place_of[effect->ref.index];
            beside_arrive(beside, next, -1);
        }
}

static void follow_soon(Beside *beside, Pair pair, const AsSoonAs *soon, bool of_main)
{
    for (; soon; soon = soon->next) {
        beside_copy_facts(beside, beside->facts, beside->before);
        if (!beside_may_be(beside, pair, soon->condition, true))
            continue;
        Pair next = pair;
        if (of_main)
            next.state = target_of(soon->effects, pair.state);
        else
            next.place =
                beside->place_of[target_of(soon->effects, beside->state_of[pair.place])];
        if (has_effect(soon->effects, EFFECT_END, beside->track))
            next.place = OFF;
        beside_arrive(beside, next, -1);
        if (has_effect(soon->effects, EFFECT_START, beside->track))
            beside_arrive(beside, (Pair){next.state, beside_start_place(beside)}, -1);
    }
}

static void follow_starts_when(Beside *beside, Pair pair)
{
    const TrackAst *track = beside->flow->track_at[beside->track];
    for (const StartsLine *start = track->starts; start; start = start->next) {
        beside_copy_facts(beside, beside->facts, beside->before);
        if (start->events.first || !beside_may_be(beside, pair, start->condition, true))
            continue;
        if (pair.place == OFF)
            beside_arrive(beside, (Pair){pair.state, beside_start_place(beside)}, -1);
        else if (!start->once)
            beside->keeps |= start->condition->kind == EXPR_WINDOW;
    }
}

static void follow_alone(Beside *beside, Pair pair)
{
    if (!beside_facts_at(beside, pair))
        return;
    const Flow *flow = beside->flow;
    const StateAst *state = flow->state_at[pair.state];
    follow_missed(beside, pair, state->works);
    follow_missed(beside, pair, flow->musts);
    follow_soon(beside, pair, state->as_soon, true);
    follow_starts_when(beside, pair);
    if (pair.place == OFF) {
        if (beside->started_elsewhere)
            beside_arrive(beside, (Pair){pair.state, beside_start_place(beside)}, -1);
        return;
    }
    if (beside->ended_elsewhere) {
        beside_mark_left(beside, pair.place, -1);
        beside_arrive(beside, (Pair){pair.state, OFF}, -1);
    }
    if (beside->state_of[pair.place] >= 0) {
        const StateAst *own = flow->state_at[beside->state_of[pair.place]];
        follow_missed(beside, pair, own->works);
        follow_soon(beside, pair, own->as_soon, false);
    } else {
        beside_arrive(beside, (Pair){pair.state, OFF}, -1); /* its work may be done */
    }
}

/* ---- the whole --------------------------------------------------------------------------- */

static void note_elsewhere(Beside *beside, const Effect *effects)
{
    beside->started_elsewhere |= has_effect(effects, EFFECT_START, beside->track);
    beside->ended_elsewhere |= has_effect(effects, EFFECT_END, beside->track);
}

static void note_handlers(Beside *beside, const Handler *handler)
{
    for (; handler; handler = handler->next)
        for (const Line *line = handler->lines; line; line = line->next)
            note_elsewhere(beside, line->effects);
}

/* What lines outside the main line do with the track. */
static void find_elsewhere(Beside *beside)
{
    const Flow *flow = beside->flow;
    for (const StateAst *state = flow->states; state; state = state->next) {
        if (state->track == 0)
            continue;
        note_handlers(beside, state->handlers);
        for (const AsSoonAs *soon = state->as_soon; soon; soon = soon->next)
            note_elsewhere(beside, soon->effects);
    }
    for (const TrackAst *track = flow->tracks; track; track = track->next)
        note_handlers(beside, track->handlers);
}

static void find_recorded(Beside *beside)
{
    Brought brought = brought_of(beside->analysis);
    for (uint32_t i = 0; i < brought.line_count; i++)
        beside->recorded[brought.items[i].fact] = true;
    brought_clear(&brought);
}

static void number_places(Beside *beside)
{
    const Flow *flow = beside->flow;
    beside->state_of = mem_alloc_array(flow->state_count + 2, sizeof *beside->state_of);
    beside->place_of = mem_alloc_array(flow->state_count + 1, sizeof *beside->place_of);
    beside->place_count = 1;
    for (const StateAst *state = flow->states; state; state = state->next)
        if (state->track == beside->track) {
            beside->place_of[state->index] = beside->place_count;
            beside->state_of[beside->place_count++] = state->index;
        }
    if (beside->place_count == 1)
        beside->state_of[beside->place_count++] = -1;
}

static void follow_pairs(Beside *beside)
{
    const Flow *flow = beside->flow;
    bool kept_before = beside->keeps;
    for (beside->head = 0; beside->head < beside->count; beside->head++) {
        uint32_t index = beside->queue[beside->head];
        Pair pair = {(int32_t)(index / beside->place_count), index % beside->place_count};
        for (uint32_t event = 0; event < flow->event_count; event++)
            beside_follow_event(beside, pair, (int32_t)event);
        follow_alone(beside, pair);
        if (beside->keeps && !kept_before) { /* what was done so far, again */
            kept_before = true;
            beside->head = UINT32_MAX;
        }
    }
}

static void open_all(Beside *beside)
{
    for (uint32_t i = 0; i < beside->flow->work_count; i++)
        if (beside->flow->work_at[i]->track == beside->track &&
            is_left_over(beside->flow->work_at[i], -1))
            beside->left[i] = true;
}

static void follow_all(Beside *beside)
{
    const Flow *flow = beside->flow;
    size_t pairs = (size_t)flow->state_count * beside->place_count;
    if (pairs * (flow->event_count + 1u) > (size_t)PAIRS_MAX * 50) {
        open_all(beside);
        return;
    }
    beside->reached = mem_alloc_array(pairs + 1, sizeof *beside->reached);
    beside->queue = mem_alloc_array(pairs + 1, sizeof *beside->queue);
    find_elsewhere(beside);
    find_recorded(beside);
    for (const StateAst *state = flow->states; state; state = state->next)
        if (state->track == 0 && state->starts_here)
            beside_arrive(beside, (Pair){state->index, OFF}, -1);
    follow_pairs(beside);
}

void beside_find_left(Analysis *analysis, int32_t track, bool *left)
{
    const Flow *flow = analysis->flow;
    Arena arena = {0};
    Beside beside = {.analysis = analysis, .flow = flow, .track = track, .left = left};
    beside.situation = situation_new(flow, analysis->domains, &arena);
    situation_forget(&beside.situation);
    beside.before = mem_alloc_array(flow->fact_count + 1, sizeof *beside.before);
    beside.chosen = mem_alloc_array(flow->fact_count + 1, sizeof *beside.chosen);
    beside.facts = mem_alloc_array(flow->fact_count + 1, sizeof *beside.facts);
    beside.recorded = mem_alloc_array(flow->fact_count + 1, sizeof *beside.recorded);
    number_places(&beside);
    follow_all(&beside);
    free(beside.before);
    free(beside.chosen);
    free(beside.facts);
    free(beside.recorded);
    free(beside.state_of);
    free(beside.place_of);
    free(beside.reached);
    free(beside.queue);
    arena_clear(&arena);
}
