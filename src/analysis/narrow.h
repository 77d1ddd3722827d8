/* A set of values for each fact, made smaller by what a condition tells. Each fact by
 * itself: how two hang together is not kept, so nothing possible is lost. */
#pragma once

#include "analysis/internal.h"

typedef struct Narrowing {
    const Analysis *analysis;
    PieceSet *facts;
    uint32_t node; /* where the case, or the track, is */
} Narrowing;

/* Keeps the values with which the condition can hold (or, with truth false, surely
 * fail); false when there are none. */
bool narrow(const Narrowing *narrowing, const Expr *expr, bool truth);

/* Does the condition hold (or, with truth false, fail) whatever the facts are? */
bool narrow_surely(const Narrowing *narrowing, const Expr *expr, bool truth);
