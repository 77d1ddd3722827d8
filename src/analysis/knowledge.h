/* What can be known of a case wherever it stands: for every state, and every track
 * without states, the values that each fact may have there. Followed from the
 * opening through every line, start, missed limit and `as soon as` until nothing
 * is added. Nothing possible is left out; what two facts have to do with each
 * other is not kept. Reopened cases are not followed. */
#pragma once

#include "analysis/internal.h"
#include "lang/graph.h"

/* How a case first got to a node. */
typedef struct Arrival {
    int32_t from;  /* node, -1: the case was opened */
    int32_t event; /* -1: by itself: a limit missed, `as soon as`, `starts when` */
    const Work *missed;
} Arrival;

typedef struct Knowledge {
    Analysis *analysis;
    uint32_t node_count;
    PieceSet **at;    /* per node, per fact; NULL: never reached */
    Arrival *arrival; /* per node */
    int32_t banned;   /* an event that never happens, or -1 */
    /* per event: the tasks and reviews that it does */
    uint32_t *event_first; /* event_count + 1 places into event_works */
    const Work **event_works;
    Graph ways;    /* owned: from node to node; data: 1 + the event, as a pointer */
    Map ways_seen; /* while it is made, with the next */
    const struct Brought *brought; /* while it is made */
    uint32_t reached;              /* nodes */
    uint32_t *queue, queue_head, queue_count;
    bool *queued;
    uint32_t *marks, *seen, mark; /* per event: followed, or handled, at this node */
} Knowledge;

/* A node is a state, or a track (its own work; where it has no states, its stay). */
static inline uint32_t node_of_state(int32_t state)
{
    return (uint32_t)state;
}
static inline uint32_t node_of_track(const Flow *flow, int32_t track)
{
    return flow->state_count + (uint32_t)track;
}

Knowledge *knowledge_new(Analysis *analysis);
/* Where a case can get although `event` never happens. */
Knowledge *knowledge_without(Analysis *analysis, int32_t event);

void knowledge_clear(Knowledge *known);
/* Could a case get there without the event, if conditions did not matter? Cheap, and
 * never wrongly no. */
bool knowledge_leads(const Knowledge *known, uint32_t node, int32_t without);

/* Marks all nodes that a case can get to from those that are marked, if conditions did not
 * matter; `reached` has node_count places. */
void knowledge_spread(const Knowledge *known, bool *reached);

/* Calls `visit` for every handler that counts at a node: its own, then those of the
 * track or of `at any point` that it does not replace. */
typedef void (*SpotVisit)(void *context, const Spot *place);
void places_each(const Flow *flow, uint32_t node, SpotVisit visit, void *context);

/* The works that `event` may do at a node; false: it cannot happen there. */
bool brings_find(const Knowledge *known, uint32_t node, int32_t event, Brings *brings);

/* Is this fact always among what the entry brings? *sometimes: only in some cases, of
 * which *when (if not NULL) tells exactly. */
bool brings_fact(const Brings *brings, int32_t fact, bool *sometimes, const Expr **when);

/* The facts as they may stand when the event is judged at a node, with what its entry
 * brings; in `arena`. */
PieceSet *facts_at_event(const Knowledge *known, uint32_t node, const Brings *brings,
                         int32_t event, Arena *arena);

/* "new -> triage (concern-raised) -> visiting (visit-asked)". */
void knowledge_write_way(const Knowledge *known, uint32_t node, Text *out);
