/* Two flows over the same past cases: what the second would have changed for each,
 * and which of its changes did it. Each case is replayed by both with the same log, mode
 * and as-of date; where the answers differ it is replayed once more by every trial, the
 * first flow with one changed declaration of the second. Duties are compared one by
 * one, on the same elapsed days, never by averages. Sums and lists with a total order
 * only, keyed by names, so that comparisons of threads, shards and machines can be added
 * in any grouping. What it does not do: guess how people would have acted. */
#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "analysis/flow_difference.h"
#include "replay/replay.h"
#include "replay/result.h"

/* Printed with every comparison (replay.md, C6). */
#define COMPARE_CAUTION                                                                        \
    "The log shows what people did under the rules of its time. Under the second flow they "   \
    "might have acted otherwise; this comparison does not guess how."

/* ---- trials: one change at a time -------------------------------------------------- */

/* What is tried by itself: one clause of a changed declaration where the file lets it be
 * put in the other's place, else all of the declaration that is no such clause. */
typedef struct Piece {
    uint32_t block;  /* into difference->blocks */
    uint32_t change; /* into difference->changes; NO_INDEX: the rest of the block */
} Piece;

/* The first flow with one piece as the second has it, and with whatever else of the
 * second that piece cannot stand without. */
typedef struct Trial {
    uint32_t piece;
    bool is_alone;
    Bundle bundle;
    Program *program; /* owned; NULL: the mapping does not fit it */
    Binding binding;
} Trial;

typedef struct Trials {
    Piece *pieces; /* owned */
    uint32_t piece_count;
    uint32_t *of_change; /* owned; by change: its piece */
    Trial *items;        /* owned */
    uint32_t count;
    uint32_t *of_piece; /* owned; by piece: the trial that applies it; NO_INDEX: none */
} Trials;

/* Makes and compiles them. More than LIMIT_COMPARE_TRIALS changed declarations: none is
 * made (count 0), and the comparison says so. */
void trials_make(Trials *trials, const FlowDifference *difference);
/* Once the log's names are known, and before threads share them. A trial that the
 * mapping does not fit is as one that cannot be applied. */
void trials_bind(Trials *trials, const FlowDifference *difference, const Log *log,
                 const Mapping *mapping);
void trials_clear(Trials *trials);

/* ---- what comes out ---------------------------------------------------------------- */

/* A change in words, once. */
typedef struct ChangeSum {
    const char *sentence; /* "Task "CRE strategy meeting": the limit was …, now …" */
    const char *place_a, *place_b; /* "cre.flow:87"; "": not in that flow */
    uint32_t block;                /* into `blocks`: the piece that it is of */
} ChangeSum;

typedef enum TrialStanding {
    TRIAL_ALONE,    /* replayed with this change and no other */
    TRIAL_TOGETHER, /* makes no whole flow by itself: replayed with what it needs */
    TRIAL_NONE      /* too many changes, or no way to apply it without all the others */
} TrialStanding;

/* What a piece of the difference leads to by itself. */
typedef struct BlockSum {
    const char *name; /* "state strategy", or of one clause "state strategy, the limit" */
    TrialStanding standing;
    uint64_t flips; /* flipped cases that it gives the second flow's outcome by itself */
    uint64_t newly_late, newly_in_time; /* duties, likewise */
} BlockSum;

/* One case's answer by one flow. */
typedef struct CaseSide {
    CaseOutcome outcome;
    const char *sentence; /* its first root finding that counts, in words; else its first
                             lateness; "" when it follows */
    const char *place;    /* of the rule, "cre.flow:87"; "" */
} CaseSide;

/* A case whose outcome differs. */
typedef struct FlippedCase {
    const char *id;
    CaseSide a, b;
    uint64_t causes; /* bits of the blocks whose trial alone gives the outcome of b; 0: only
                        changes together do, or no trial was made */
} FlippedCase;

/* A duty of a case that both flows ask for, in time by one and late by the other. */
typedef struct FlippedDuty {
    const char *id;   /* of the case */
    const char *work; /* label */
    uint32_t occurrence;
    bool newly_late;              /* else newly in time */
    bool same_start;              /* both count from the same moment: the same elapsed days */
    Moment started, due_a, due_b; /* started: by b */
    Moment done;                  /* MOMENT_NONE: open */
    int32_t days;                 /* elapsed, as b counts them */
    uint64_t causes;
} FlippedDuty;

typedef enum DutyStanding {
    DUTY_IN_TIME,
    DUTY_LATE,    /* done late, or open and overdue */
    DUTY_NOT_DUE, /* open and not yet due, not started, not needed, ended unfinished */
    DUTY_UNCLEAR, /* cannot tell */
    DUTY_STANDINGS
} DutyStanding;

/* One piece of work with a limit, by both. */
typedef struct DutyPair {
    const char *name, *label;
    const char *limit_a, *limit_b; /* "within 3 working days of …"; "": not in that flow */
    const char *place_a, *place_b;
    uint64_t both[DUTY_STANDINGS][DUTY_STANDINGS]; /* by a, by b: asked for by both */
    uint64_t only_a[DUTY_STANDINGS], only_b[DUTY_STANDINGS];
    uint64_t other_start; /* of those asked for by both, counted from another moment */
    DayCounts days;       /* elapsed, of those done that both count from the same moment */
    int32_t limit_days_a, limit_days_b; /* 0: varies, or in hours */
    bool in_working_days;               /* the days are */
    uint32_t work_a, work_b;            /* of the programs; NO_INDEX: not there, or read back */
} DutyPair;

/* Of the duties that both ask for: late by the second flow only, by the first only,
 * whether done too late or still open and overdue. As Comparison counts them. */
static inline uint64_t pair_newly_late(const DutyPair *pair)
{
    return pair->both[DUTY_IN_TIME][DUTY_LATE] + pair->both[DUTY_NOT_DUE][DUTY_LATE];
}
static inline uint64_t pair_newly_in_time(const DutyPair *pair)
{
    return pair->both[DUTY_LATE][DUTY_IN_TIME] + pair->both[DUTY_LATE][DUTY_NOT_DUE];
}

/* What a role has to do, with or without a limit. */
typedef struct RolePair {
    const char *name, *label;
    uint64_t work_a, work_b;               /* pieces opened */
    uint64_t added, removed;               /* pieces that only b, only a asks of this role */
    uint64_t duties_added, duties_removed; /* those of them with a limit */
    uint32_t role_a, role_b;               /* as work_a */
} RolePair;

typedef enum ReachKind { REACH_STATE, REACH_EVENT, REACH_DUTY } ReachKind;

/* A state, event or duty of the second flow and how often history came there. */
typedef struct Reach {
    ReachKind kind;
    const char *name, *label, *place;
    bool is_new;      /* the first flow has none of that name */
    uint64_t reached; /* cases; 0: no evidence */
    uint64_t could;   /* cases that stood where it could have come next */
    uint32_t thing;   /* state, event or work of the second program; NO_INDEX: read back */
} Reach;

typedef struct Comparison {
    Arena arena; /* owned: the texts */
    ResultHead a, b;
    ChangeSum *changes;  /* owned arrays; this and `blocks` as in the difference */
    BlockSum *blocks;    /* by piece of the trials */
    FlippedCase *cases;  /* by id; at most LIMIT_COMPARE_LISTED, the first by id */
    FlippedDuty *duties; /* by id, work, occurrence; likewise */
    DutyPair *pairs;     /* by name, place_a, place_b */
    RolePair *roles;     /* by name */
    Reach *reaches;      /* by kind, then as the flow declares them */
    uint32_t change_count, block_count, case_count, duty_count, pair_count, role_count,
        reach_count;
    size_t change_capacity, block_capacity, case_capacity, duty_capacity, pair_capacity,
        role_capacity, reach_capacity;
    uint64_t total;                                  /* cases compared */
    uint64_t outcomes[CASE_OUTCOMES][CASE_OUTCOMES]; /* by a, by b */
    uint64_t flipped;                                /* off the diagonal; those listed or not */
    uint64_t flips_together;                         /* flipped, and no change alone does it */
    uint64_t newly_late, newly_in_time;              /* duties; listed or not */
} Comparison;

/* ---- making it --------------------------------------------------------------------- */

/* One flow, ready to judge the log. */
typedef struct CompareSide {
    const Bundle *bundle;
    const Program *program;
    const Binding *binding;
    const ResultWords *words;
} CompareSide;

/* Words that only render has; texts in the arena. */
typedef struct CompareWords {
    void *context;
    /* Fills sentence, place_a, place_b. */
    void (*change)(void *context, const FlowChange *change, Arena *arena, ChangeSum *sum);
    /* `change` NULL: all of the block, or what is left of it. */
    const char *(*piece)(void *context, const ChangedBlock *block, const FlowChange *change,
                         Arena *arena);
    /* "CRE strategy meeting was due on Thursday 8 April 2021 and was done …" */
    void (*lateness)(void *context, bool is_b, const Duty *duty, Arena *arena, CaseSide *side);
} CompareWords;

/* Shared by threads, only read. */
typedef struct CompareSetup {
    CompareSide a, b;
    const FlowDifference *difference;
    const Trials *trials;
    ReplayOptions options; /* as_of is set: both are judged on one day */
    CompareWords words;
} CompareSetup;

/* Fills what does not depend on cases. Once for each Comparison that is to be merged. */
void comparison_begin(Comparison *comparison, const CompareSetup *setup, const ResultHead *a,
                      const ResultHead *b);

/* One for each thread; owns its replayers and borrows the rest. */
typedef struct Comparer Comparer;
Comparer *comparer_new(Comparison *comparison, const CompareSetup *setup);
void comparer_free(Comparer *comparer);
/* `a` is the case by the first flow; it is replayed by the second. One that had not begun
 * by the as-of date is passed over. */
void comparer_add(Comparer *comparer, const LogPart *part, const LogCase *one,
                  const CaseResult *a);

/* ---- adding and keeping ------------------------------------------------------------ */

/* Associative and commutative. ERROR_INPUT when they compare other flows, or otherwise. */
bool comparison_merge(Comparison *to, const Comparison *from, Error *err);
/* With what the cases come to by the first flow in the member "replay", unless NULL. */
void comparison_json(const Comparison *comparison, const Result *first, Json *json);
/* Reads what comparison_json wrote; `first` (NULL: not wanted) is its member "replay".
 * ERROR_INPUT with what is wrong; ERROR_VERSION for a newer one. The caller clears both
 * also after false. */
bool comparison_parse(Comparison *comparison, Result *first, const char *text, size_t length,
                      Error *err);
void comparison_clear(Comparison *comparison);
