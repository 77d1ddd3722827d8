/* One event at one pair: both lines judged together, then the track ended or started. */
#include <string.h>

#include "analysis/beside_internal.h"

static bool line_may_apply(Beside *beside, Pair pair, const Handler *handler, const Line *line)
{
    if (line->when == LINE_WHEN)
        return beside_may_be(beside, pair, line->condition, true);
    if (line->when == LINE_ALWAYS)
        return true;
    for (const Line *other = handler->lines; other; other = other->next)
        if (other->when == LINE_WHEN && line_is_choice(other) &&
            !beside_may_be(beside, pair, other->condition, false))
            return false;
    return true;
}

typedef struct Reaction {
    int32_t event;
    const Handler *of_main, *of_track; /* NULL: none */
} Reaction;

static void find_reaction(void *context, const Spot *spot)
{
    Reaction *reaction = context;
    if (spot->event != reaction->event)
        return;
    if (spot->track == 0)
        reaction->of_main = spot->handler;
    else
        reaction->of_track = spot->handler;
}

static bool is_open_here(const Beside *beside, Pair pair, const Work *work)
{
    if (work->track == 0)
        return work->state < 0 || work->state == pair.state;
    if (work->track != beside->track) {
        uint32_t home = work->state >= 0 ? node_of_state(work->state)
                                         : node_of_track(beside->flow, work->track);
        return beside->analysis->known->at[home] != NULL;
    }
    return pair.place != OFF &&
           (work->state < 0 || work->state == beside->state_of[pair.place]);
}

static bool can_happen(const Beside *beside, Pair pair, int32_t event, Brings *brings)
{
    if (!brings_find(beside->analysis->known, node_of_state(pair.state), event, brings))
        return false;
    if (!brings->event->is_work)
        return true;
    uint32_t kept = 0;
    for (uint32_t i = 0; i < brings->work_count; i++)
        if (is_open_here(beside, pair, brings->works[i]))
            brings->works[kept++] = brings->works[i];
    brings->work_count = kept;
    return kept > 0;
}

static void bring(const Beside *beside, const Brings *brings)
{
    for (uint32_t i = 0; i < beside->flow->fact_count; i++) {
        const PieceSet known = domain_known(&beside->analysis->domains[i]);
        bool sometimes;
        const Expr *when;
        if (brings_fact(brings, (int32_t)i, &sometimes, &when))
            beside->before[i] = known;
        else if (sometimes)
            beside->before[i] |= known;
    }
}

typedef struct Outcomes {
    bool may_end, ends, may_start; /* the track, by lines of the main line */
} Outcomes;

/* What the lines that are no alternatives, and the chosen one, do with the track. */
static Outcomes outcomes_of(Beside *beside, Pair pair, const Handler *handler,
                            const Line *chosen)
{
    Outcomes outcomes = {0};
    bool reacts = handler && handler->kind == HANDLER_ON;
    for (const Line *line = reacts ? handler->lines : NULL; line; line = line->next) {
        if (line != chosen && line_is_choice(line))
            continue;
        beside_copy_facts(beside, beside->facts, beside->chosen);
        if (line != chosen && !line_may_apply(beside, pair, handler, line))
            continue;
        bool ends = has_effect(line->effects, EFFECT_END, beside->track);
        outcomes.may_end |= ends;
        outcomes.ends |= ends && (line == chosen || line->when == LINE_ALWAYS);
        outcomes.may_start |= has_effect(line->effects, EFFECT_START, beside->track);
    }
    return outcomes;
}

/* Starts are judged after the moves, which may have recorded more. */
static void forget_recorded(const Beside *beside)
{
    for (uint32_t i = 0; i < beside->flow->fact_count; i++)
        if (beside->recorded[i])
            beside->facts[i] = domain_all(&beside->analysis->domains[i]);
}

/* A `starts` line for the event that may apply. */
static bool may_start_on(Beside *beside, Pair pair, int32_t event)
{
    const TrackAst *track = beside->flow->track_at[beside->track];
    for (const StartsLine *start = track->starts; start; start = start->next)
        for (const Ref *ref = start->events.first; ref; ref = ref->next) {
            beside_copy_facts(beside, beside->facts, beside->chosen);
            forget_recorded(beside);
            if (ref->index == event &&
                (!start->condition || beside_may_be(beside, pair, start->condition, true)))
                return true;
        }
    return false;
}

static void follow_moves(Beside *beside, Pair pair, const Reaction *reaction, const Line *main,
                         const Line *chosen_beside)
{
    beside_copy_facts(beside, beside->chosen, beside->facts);
    Pair next = pair;
    next.state = main ? target_of(main->effects, pair.state) : pair.state;
    if (chosen_beside && pair.place != OFF && beside->state_of[pair.place] >= 0)
        next.place =
            beside->place_of[target_of(chosen_beside->effects, beside->state_of[pair.place])];
    Outcomes outcomes = outcomes_of(beside, pair, reaction->of_main, main);
    bool starts = outcomes.may_start ||
                  (!reaction->of_track && may_start_on(beside, next, reaction->event));
    if (outcomes.may_end)
        beside_mark_left(beside, next.place, reaction->event);
    if (starts && pair.place != OFF)
        beside->keeps = true;
    if (!outcomes.ends)
        beside_arrive(beside, next, reaction->event);
    if (outcomes.may_end)
        beside_arrive(beside, (Pair){next.state, OFF}, reaction->event);
    if (starts && (next.place == OFF || outcomes.may_end))
        beside_arrive(beside, (Pair){next.state, beside_start_place(beside)}, reaction->event);
}

static bool has_choice(const Handler *handler)
{
    if (!handler || handler->kind != HANDLER_ON)
        return false;
    for (const Line *line = handler->lines; line; line = line->next)
        if (line_is_choice(line))
            return true;
    return false;
}

/* The next alternative after `line` (NULL: the first); of a handler without any, one NULL. */
static const Line *next_choice(const Handler *handler, const Line *line)
{
    for (line = line ? line->next : handler->lines; line; line = line->next)
        if (line_is_choice(line))
            break;
    return line;
}

static void follow_track(Beside *beside, Pair pair, const Reaction *reaction, const Line *main)
{
    const Handler *handler = reaction->of_track;
    if (!has_choice(handler)) {
        beside_copy_facts(beside, beside->facts, beside->before);
        if (main && !line_may_apply(beside, pair, reaction->of_main, main))
            return;
        follow_moves(beside, pair, reaction, main, NULL);
        return;
    }
    for (const Line *line = next_choice(handler, NULL); line;
         line = next_choice(handler, line)) {
        beside_copy_facts(beside, beside->facts, beside->before);
        if ((!main || line_may_apply(beside, pair, reaction->of_main, main)) &&
            line_may_apply(beside, pair, handler, line))
            follow_moves(beside, pair, reaction, main, line);
    }
}

void beside_follow_event(Beside *beside, Pair pair, int32_t event)
{
    Brings brings;
    Reaction reaction = {.event = event};
    if (!can_happen(beside, pair, event, &brings) || !beside_facts_at(beside, pair))
        return;
    places_each(beside->flow, node_of_state(pair.state), find_reaction, &reaction);
    if (pair.place != OFF)
        places_each(beside->flow, beside_track_node(beside, pair.place), find_reaction,
                    &reaction);
    bring(beside, &brings);
    if (!has_choice(reaction.of_main)) {
        follow_track(beside, pair, &reaction, NULL);
        return;
    }
    for (const Line *line = next_choice(reaction.of_main, NULL); line;
         line = next_choice(reaction.of_main, line))
        follow_track(beside, pair, &reaction, line);
}
