/* What following a track beside the main line shares between its parts. */
#pragma once

#include "analysis/beside.h"
#include "analysis/knowledge.h"

#define OFF 0u /* the place of a track that does not run */

typedef struct Beside {
    Analysis *analysis;
    const Flow *flow;
    int32_t track;
    uint32_t place_count;
    int32_t *state_of;            /* owned, per place: a state, or -1: the track has none */
    uint32_t *place_of;           /* owned, per state of the flow */
    bool *reached;                /* owned, per pair: main state * place_count + place */
    uint32_t *queue, head, count; /* owned; each pair once */
    bool *left;                   /* the caller's */
    Situation situation;
    PieceSet *before;                        /* owned: what may be known when an event comes */
    PieceSet *chosen;                        /* owned: and with the lines that were chosen */
    PieceSet *facts;                         /* owned: while a condition is judged */
    bool *recorded;                          /* owned, per fact: some line records it */
    bool started_elsewhere, ended_elsewhere; /* by what another line does */
    bool keeps;                              /* a start may be kept while it runs */
} Beside;

/* The main line and the track, at one moment. */
typedef struct Pair {
    int32_t state;
    uint32_t place;
} Pair;

/* ---- beside.c */

/* What may be known at a pair, into `before`. False: it cannot come about. */
bool beside_facts_at(const Beside *beside, Pair pair);
void beside_copy_facts(const Beside *beside, PieceSet *to, const PieceSet *from);

/* Can it hold (or fail) here? What is left of the facts then stands in `facts`. */
bool beside_may_be(Beside *beside, Pair pair, const Expr *expr, bool truth);

/* The node of a track that runs. */
uint32_t beside_track_node(const Beside *beside, uint32_t place);
/* Where it starts. */
uint32_t beside_start_place(const Beside *beside);

/* The case gets there by this event, or (-1) by itself. */
void beside_arrive(Beside *beside, Pair pair, int32_t event);
/* The track is ended where it is: its open work is left. */
void beside_mark_left(Beside *beside, uint32_t place, int32_t event);

/* ---- beside_event.c */
void beside_follow_event(Beside *beside, Pair pair, int32_t event);

/* ---- asking effects */
static inline bool has_effect(const Effect *effect, EffectKind kind, int32_t index)
{
    for (; effect; effect = effect->next)
        if (effect->kind == kind && effect->ref.index == index)
            return true;
    return false;
}
static inline int32_t target_of(const Effect *effect, int32_t from)
{
    for (; effect; effect = effect->next)
        if (effect->kind == EFFECT_GO_TO)
            return effect->ref.index;
    return from;
}
