/* Lives through what can happen to a case, breadth first, with the vm itself on
 * scratch records: every entry that somebody may make, with every value that a
 * condition tells apart, and time passing to the next due moment. Two cases that
 * stand alike (tracks, what is known, open and missed work, what is due first) are
 * one. Bounded: a search that stops at its bound says so. */
#pragma once

#include "analysis/internal.h"
#include "vm/vm.h"

#define EXPLORE_LAST_MS (2 * MINUTE_MS) /* the last moment before something is due */

typedef struct ExploreStep {
    int32_t parent; /* the step before; -1: the case was opened by this one */
    uint32_t depth;
    bool passes; /* time passes until `entry.at`; else an entry is made */
    Entry entry; /* its facts live in the arena */
} ExploreStep;

/* From one way a case can stand to the next; `to` may have been there before. */
typedef struct ExploreEdge {
    uint32_t from, to;
} ExploreEdge;

struct Explorer;

/* An entry that was refused; it stands at `step` until the next is tried. False ends the
 * search. */
typedef bool (*ExploreRefused)(void *context, const struct Explorer *explorer, uint32_t step,
                               const Refusal *refusal);

typedef struct Explorer {
    Analysis *analysis;
    /* What to look for; to be set between explorer_begin and explore. */
    const bool *events; /* borrowed: those that are entered; NULL: all */
    const bool *facts;  /* borrowed: those of which every value is tried; NULL: all */
    const bool *works;  /* borrowed: those of which it tells that they are due; NULL: all */
    bool waits;         /* also act at the last moment before something is due */
    const uint32_t *distance; /* borrowed, per node: nearer ones are tried first; or NULL */
    int32_t unknown, without; /* a fact that is not to be known, an event that is not to have
                                 happened; -1: any */
    ExploreRefused refused;   /* or NULL */
    uint32_t most_steps, most_tries;

    Vm vm;
    ExploreStep *steps; /* owned */
    size_t count, capacity;
    int64_t *records; /* owned: slot_count for each step */
    size_t record_capacity;
    ExploreEdge *edges; /* owned */
    size_t edge_count, edge_capacity;
    Map seen;        /* what stands alike -> its step */
    int32_t *key;    /* owned: of the step in hand */
    uint32_t *ranks; /* owned, per step: how far from where the search is going */
    size_t rank_capacity;
    bool *remembered; /* owned, per event: whether it happened may tell later */
    Arena arena;
    uint32_t tries;   /* entries tried */
    uint32_t entered; /* steps from which everything was tried */
    bool stopped;     /* at the bound */
    uint32_t depth;   /* the deepest step looked at */
    bool *bitten;     /* per rule: it refused something */
    bool any_moment;  /* whatever happens by itself may tell */
    bool promptly;    /* people act a minute after one another */
    Moment until;     /* no step after it */
} Explorer;

void explorer_begin(Analysis *analysis, Explorer *explorer);
void explorer_clear(Explorer *explorer);

/* After each step; `record` is how the case stands, vm->happened what the step did, beginning
 * with vm->happened[0]. A step that is like an earlier one is forgotten after the visit. False
 * ends the search. */
typedef bool (*ExploreVisit)(void *context, Explorer *explorer, uint32_t step,
                             const int64_t *record);
void explore(Explorer *explorer, ExploreVisit visit, void *context);

/* Lives on from one step as promptly as people can, up to `until`, and forgets what it found.
 * False: not everything was tried, and no visit ended it. */
bool explore_on(Explorer *explorer, uint32_t step, Moment until, ExploreVisit visit,
                void *context);

/* Is this the last moment before something is due that tells? */
bool explore_at_last(const Explorer *explorer, uint32_t step);

/* How the case stands after a step; valid until the next is tried. */
const int64_t *explore_record(const Explorer *explorer, uint32_t step);

/* "Monday 1 March 2021: concern. Then …", and the same as a scenario that ends with the
 * lines of `then`. */
void explore_write_story(const Explorer *explorer, uint32_t step, Text *out);
void explore_write_scenario(const Explorer *explorer, uint32_t step, const char *title,
                            const char *then, Text *out);

/* Both, for a finding. */
void explore_tell(const Explorer *explorer, uint32_t step, Diag *diag, const char *title,
                  const char *then);
/* "case is at visiting", of the main line. */
void explore_write_place(const Explorer *explorer, const int64_t *record, Text *out);
/* How far the search went, as what to know of a finding. */
void explore_say_bound(const Explorer *explorer, Diag *diag);
/* "3 March 2021 at 09:01", as a scenario writes it. */
void explore_write_time(const Explorer *explorer, Moment at, Text *out);
