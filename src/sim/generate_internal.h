/* What the parts of the generator share: the hours in which people work, and the
 * case in hand. */
#pragma once

#include "base/arena.h"
#include "sim/generate.h"
#include "sim/random.h"

/* ---- generate_time.c ------------------------------------------------------------ */

#define INSTANT_NEVER INT64_MAX

/* The working hours of one day. */
typedef struct Span {
    Instant begin, end;
    int64_t before; /* working seconds of the spans before it */
} Span;

typedef struct Hours {
    Span *spans; /* owned; ascending */
    uint32_t count;
    size_t capacity;
    int64_t seconds, all; /* of those in the period; of those after it too */
    Instant last;         /* the last second of the period */
} Hours;

/* Of the flow's calendar; without one, or without hours in it, from nine to five. */
bool hours_begin(Hours *hours, const Program *program, Day from, Day to, Error *err);
void hours_clear(Hours *hours);
/* When the i-th of `count` cases opens: evenly over the period, with some chance. */
Instant hours_arrival(const Hours *hours, Random *random, uint64_t i, uint64_t count);
/* A working moment after `after`, `least` to `most` working days on, or fewer to be not after
 * `latest`: where that leaves no working time, any moment between. INSTANT_NEVER when
 * the period is over by then. */
Instant hours_pick(const Hours *hours, Random *random, Instant after, Instant latest,
                   uint32_t least, uint32_t most);
/* Working days that begin in (after, latest]. */
uint32_t hours_days(const Hours *hours, Instant after, Instant latest);

/* ---- generate_life.c: one case --------------------------------------------------- */

/* When something is meant to be done. Made anew when what it was made for changes. */
typedef struct Plan {
    Moment opened, due; /* of the work; of an event that leads on, when the place was
                           entered and which it is */
    Instant at, latest;
    bool is_made, late; /* late: on purpose */
} Plan;

typedef struct Life {
    const GenerateRequest *request;
    const Program *program;
    Hours hours; /* owned */
    Vm vm;
    Random random;
    int64_t *record;
    Plan *works, *events; /* owned; by work, by declared event */
    uint32_t *budget;     /* owned; by event: how often it may still happen by the way */
    uint32_t *cast;       /* owned; by role: which of its people is on this case */
    uint32_t *member;     /* owned; by role: of a group, who of it is on this case */
    bool has_approvals;
    Arena arena;    /* facts of the entries */
    Entry *entries; /* owned */
    Entry trying;
    FactEntry *facts; /* owned; of `trying` */
    uint32_t entry_count;
    size_t entry_capacity;
    Instant now;
    uint32_t misses, missed_work; /* what spoils the case, and the first of it */
    Refusal refusal;              /* of the last entry tried */
} Life;

void life_begin(Life *life, const GenerateRequest *request);
void life_clear(Life *life);
/* Lives case `number` (from 0) through, attempt by attempt telling another story. False
 * when it could not be opened: `life->refusal`. */
bool life_live(Life *life, uint64_t number, uint32_t attempt);

/* ---- generate_plan.c: what is to be done when -------------------------------------- */

void plan_begin(Life *life);
/* After something has changed. */
void plan_refresh(Life *life);
/* What comes first: an event of the program; NO_INDEX: nothing within the period.
 * *plan is the one that says so. */
uint32_t plan_first(Life *life, Plan **plan);
void plan_refused(Life *life, Plan *plan, uint32_t event);
void plan_accepted(Life *life, uint32_t event);

/* ---- generate_entry.c: who does it, and what it says -------------------------------- */

/* Tries the event at `at` with people who may do it, and facts as they are asked for.
 * False: refused, `life->refusal` has the last reason. */
bool entry_try(Life *life, EntryKind kind, uint32_t event, Instant at);
