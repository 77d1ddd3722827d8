/* Lives through what can happen to a case, breadth first, with the vm itself on
 * scratch records: every entry that somebody may make, with every value that a
 * condition tells apart, and time passing to the next due moment. Two cases that
 * stand alike (tracks, what is known, open and missed work, what is due first) are
 * one. Bounded: a search that stops at its bound says so. */
#pragma once

#include "analysis/internal.h"
#include "vm/vm.h"

typedef struct ExploreStep {
    int32_t parent; /* the step before; -1: the case was opened by this one */
    uint32_t depth;
    bool passes; /* time passes until `entry.at`; else an entry is made */
    Entry entry; /* its facts live in the arena */
} ExploreStep;

typedef struct Explorer {
    Analysis *analysis;
    Vm vm;
    ExploreStep *steps; /* owned */
    size_t count, capacity;
    int64_t *records; /* owned: slot_count for each step */
    size_t record_capacity;
    Map seen; /* what stands alike */
    Arena arena;
    uint32_t tries; /* entries tried */
    bool stopped;   /* at the bound */
    uint32_t depth; /* the deepest step looked at */
    bool *bitten;   /* per rule: it refused something */
} Explorer;

/* After each step; `record` is how the case stands, vm->happened what the step did. False ends
 * the search. */
typedef bool (*ExploreVisit)(void *context, Explorer *explorer, uint32_t step,
                             const int64_t *record);
void explore(Analysis *analysis, ExploreVisit visit, void *context, Explorer *explorer);
void explorer_clear(Explorer *explorer);

/* "Monday 1 March 2021: concern. Then …", and the same as a scenario that ends with the
 * lines of `then`. */
void explore_write_story(const Explorer *explorer, uint32_t step, Text *out);
void explore_write_scenario(const Explorer *explorer, uint32_t step, const char *title,
                            const char *then, Text *out);
