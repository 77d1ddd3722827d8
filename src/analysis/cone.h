/* What a question about a flow can depend on: the lines of work, facts and events that may
 * have a say in it, found by following what looks at what until nothing is added. What is
 * not in the cone may happen or not: the answer stays the same. So a search that leaves it
 * out gets deeper, and what it finds is found with the whole flow all the same. */
#pragma once

#include "analysis/internal.h"

typedef struct Cone {
    Analysis *analysis;
    bool *tracks, *facts, *events; /* owned: what is in it */
    bool changed;
} Cone;

void cone_begin(Analysis *analysis, Cone *cone);
void cone_clear(Cone *cone);

/* What is asked about. */
void cone_add_track(Cone *cone, int32_t track);
void cone_add_event(Cone *cone, int32_t event);
void cone_add_condition(Cone *cone, const Expr *expr);

/* Everything that has a say in that. */
void cone_grow(Cone *cone);
