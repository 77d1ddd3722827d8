/* What the parts of a comparison share. */
#pragma once

#include "replay/compare.h"

/* Where each piece of work of one flow stands in another: by name and place, else by
 * its name where that is left once on both sides. NO_INDEX: nowhere. The caller frees. */
uint32_t *work_map(const Program *from, const Program *to);
/* The state or track it stands in; "" for a standing duty. */
const char *place_of_work(const Program *program, uint32_t work);
/* Has it a moment at which it is late? */
bool work_is_duty(const Program *program, uint32_t work);
/* That the flow names first for it; NO_INDEX: none. */
uint32_t work_role(const Bundle *bundle, uint32_t work);

DutyStanding duty_standing(const Duty *duty);

/* The lists keep their order, and the first LIMIT_COMPARE_LISTED by it. */
bool has_room_for_case(const Comparison *comparison, const char *id);
bool has_room_for_duty(const Comparison *comparison, const FlippedDuty *one);
void list_flipped_case(Comparison *comparison, const FlippedCase *one);
void list_flipped_duty(Comparison *comparison, const FlippedDuty *one);

/* `count` more that took so many days. */
void pair_add_days(DutyPair *pair, int32_t days, uint64_t count);

/* ---- where a case could have gone -------------------------------------------------- */

/* The states (and, behind them, tracks) of a flow from which each of its reaches can be
 * come to; made once for a flow. */
typedef struct Gates {
    uint32_t state_count, node_count, reach_count;
    uint32_t *first; /* owned; by reach, and one more: where its nodes begin */
    uint32_t *nodes; /* owned */
    bool *always;    /* owned; by reach: any open case could have come there */
} Gates;

void gates_make(Gates *gates, const Program *program, const Comparison *comparison);
void gates_clear(Gates *gates);

/* ---- one case after the other ------------------------------------------------------ */

/* Duties or other work of one case, by work: the next that has no counterpart yet. */
typedef struct Chains {
    uint32_t *heads; /* owned; by work: 1 + index; 0: none is left */
    uint32_t *tails; /* owned */
    uint32_t *next;  /* owned; by index likewise */
    size_t capacity;
} Chains;

/* A duty that one flow calls late and the other does not. */
typedef struct Flip {
    const Duty *a, *b;
    uint64_t causes;
} Flip;

typedef struct TrialRun {
    Replayer *replayer; /* owned; NULL: the trial cannot be made */
    uint32_t *works;    /* owned; by work of the second flow: of the trial */
    uint64_t cause;     /* the bit of the piece that it tries */
} TrialRun;

struct Comparer {
    Comparison *sum; /* borrowed, as the next */
    const CompareSetup *setup;
    Replayer *b;      /* owned */
    TrialRun *trials; /* owned */
    uint32_t trial_count;
    uint32_t *works;           /* owned; by work of the first flow: of the second */
    uint32_t *pair_a, *pair_b; /* owned; by work: its pair; NO_INDEX: no duty */
    uint32_t *role_a, *role_b; /* owned; by role: its pair */
    Chains chains;
    Flip *flips; /* owned; of the case in hand */
    size_t flip_capacity;
    uint32_t flip_count;
    Gates gates;
    uint64_t *seen;            /* owned; by node: the number of the case last seen there */
    uint64_t *events, *duties; /* owned; by event, work: likewise */
    uint64_t number;           /* of the case in hand, from 1 */
};

/* Where the case came by the second flow, and could have. */
void compare_reach(Comparer *comparer, const CaseResult *b);
/* Tries and lists what the two say differently of the case; `flips` are noted. */
void tell_differences(Comparer *comparer, const LogPart *part, const LogCase *one,
                      const CaseResult *a, const CaseResult *b);
