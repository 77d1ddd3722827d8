/* One situation a case may be in, as far as conditions ask about it, and the walk
 * through all of them: every thing the conditions look at is tried with every
 * value it can have, until each condition is decided. Unknown is a value. */
#pragma once

#include "analysis/domain.h"

typedef enum Verdict { IS_NO, IS_YES, IS_UNKNOWN, IS_OPEN } Verdict; /* OPEN: not decided yet */

/* How a track stands. */
#define STANDING_OPEN    (-1)
#define STANDING_NEVER   0 /* it never ran */
#define STANDING_RUNNING 1 /* a track without states */
#define STANDING_ENDED   2 /* not by reaching an end state */
#define STANDING_AT      3 /* + state: there, or ended there */

typedef struct Situation {
    const Flow *flow;
    const Domain *domains;
    int8_t *fact;    /* per fact: bit of its PieceSet, -1 open */
    int32_t *track;  /* per track: STANDING_… */
    int8_t *window;  /* per window: 0, 1, -1 open */
    int8_t tasks;    /* all tasks done? -1 open */
    const bool *own; /* NULL, or the facts to look at: all others count as unknown */
} Situation;

Situation situation_new(const Flow *flow, const Domain *domains, Arena *arena);

/* Everything is open again. */
void situation_forget(Situation *situation);

Verdict situation_judge(const Situation *situation, const Expr *expr);

/* What may be supposed: NULL in `facts` is everything. */
typedef struct Supposing {
    const PieceSet *facts; /* per fact */
    int32_t here;          /* a state that its track is in; -1: unsaid */
    int32_t track;         /* a track without states that runs; -1: unsaid */
} Supposing;

/* All `exprs` are decided; false: stop. */
typedef bool (*SituationVisit)(void *context, const Situation *situation);

/* False when there are too many to try: then nothing was proven. */
bool situations_each(Situation *situation, const Expr *const *exprs, uint32_t count,
                     const Supposing *supposing, SituationVisit visit, void *context);

/* "risk high, held-by not known, the track urgent is running"; what is still open
 * is left out. Empty when nothing was asked. */
void situation_write(const Situation *situation, Text *out);
