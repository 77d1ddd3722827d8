/* Duties, followed while a flow is lived through (explore.h): a `must` that cannot be kept
 * from where a case can get to (CF505) or never comes to be owed (CF503), what is left open
 * where the case or its track ends (CF305), and what may be missed although nobody is late
 * (CF303). That people may be late is no finding: every duty can be. */
#pragma once

#include "analysis/cone.h"
#include "analysis/explore.h"

/* A step in which a `must` was met in time. */
typedef struct MetStep {
    uint32_t from; /* the step before */
    uint32_t work;
} MetStep;

/* Something found on the way. A `must` that cannot be kept says more than that it may be left
 * open or missed, so what is found waits until everything was looked at. */
typedef struct Find {
    const Work *work;
    const Work *waited;   /* CF303: may be done later; NULL: CF305 */
    bool closed;          /* CF305: the case, not only its track */
    Text story, scenario; /* owned */
} Find;

typedef struct Duties {
    Analysis *analysis;
    bool any;      /* there is something to look for */
    bool *ordered; /* owned, per work: it may be due before what it waits for */
    bool *tells;   /* owned, per work: when it is due may decide it */
    bool *owed;    /* owned, per work: it may be left open */
    bool *opened;  /* owned, per work */
    bool *late;    /* owned, per step: somebody was late on the way there */
    size_t late_capacity;
    MetStep *met; /* owned */
    size_t met_count, met_capacity;
    Find *finds; /* owned */
    size_t find_count, find_capacity;
} Duties;

/* Chooses what to look for, of tasks or of the rest; duties_clear ends it. */
void duties_begin(Analysis *analysis, bool of_tasks, Duties *duties);
/* What it can depend on. */
void duties_add_to(const Duties *duties, Cone *cone);
void duties_clear(Duties *duties);

/* Of one step, as an ExploreVisit sees it. */
void duties_look(Duties *duties, Explorer *explorer, uint32_t step, const int64_t *record);

/* Is there anything that was not found yet? */
bool duties_left(const Duties *duties);

/* What can only be said when everything was looked at. */
void duties_say(Duties *duties, Explorer *explorer);
/* What was found on the way, of tasks. */
void duties_say_found(Duties *duties);

/* ---- duties_choose.c */

/* The task that `work` comes after, or NULL. */
const Work *work_before(const Flow *flow, const Work *work);

/* ---- duties_kept.c */

/* Looks for musts that cannot be kept; true where that was said of this one. */
bool duties_say_kept(Duties *duties, Explorer *explorer, const Work *must);
