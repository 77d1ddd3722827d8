/* The search in hand, and the entries that are tried in it. */
#pragma once

#include "analysis/explore.h"

typedef struct Search {
    Explorer *explorer;
    ExploreVisit visit;
    void *context;
    bool over; /* a visit ended it */
} Search;

/* Which piece of its fact's domain a value is in, counted from 1; 0: unknown. */
int32_t piece_of(const Domain *domain, int64_t value);

/* Tries an entry, or time passing to entry.at, after a step (-1: on no case). */
bool try_step(Search *search, int32_t parent, bool passes, Entry entry);

/* ---- explore_entries.c */

/* The entry of an event by whoever may make it, with every value that tells. */
void enter_event(Search *search, int32_t parent, EntryKind kind, uint32_t event, Moment at);
void enter_not_needed(Search *search, int32_t parent, uint32_t work, Moment at);
void enter_approvals(Search *search, int32_t parent, Moment at);
