/* What the scenarios of a flow have tried, in the terms of the policy: states,
 * transitions, guards both ways, limits met and missed, reviews on time, late and
 * never, roles, clauses. Filled while scenarios run; the items are worked out
 * afterwards. */
#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"
#include "lang/bundle.h"
#include "vm/vm.h"

enum { /* what happened with a piece of work, as bits */
       SEEN_OPENED = 1,
       SEEN_MET = 2,
       SEEN_LATE = 4,
       SEEN_MISSED = 8,
       SEEN_NEVER = 16, /* missed, and not held after that */
       SEEN_DONE = 32,
       SEEN_NOT_NEEDED = 64
};

typedef struct Coverage {
    const Bundle *bundle;   /* borrowed */
    const Program *program; /* borrowed */
    Arena arena;            /* owned; the arrays live in it */
    uint8_t *judged;        /* per place in the code: 1 << truth of the condition there */
    bool *lines, *as_soons, *starts, *missed; /* taken: by alternative, clause, start, work */
    bool *states, *events, *roles, *deputies, *separations, *rules, *tracks;
    uint8_t *works;
} Coverage;

void coverage_begin(Coverage *coverage, const Bundle *bundle, const Program *program);
void coverage_clear(Coverage *coverage);

/* What happened in one scenario from its beginning to its end. */
void coverage_add(Coverage *coverage, const Happened *happened, uint32_t count);
/* An entry that was accepted, or refused with `refusal`. */
void coverage_entry(Coverage *coverage, const Entry *entry, const Refusal *refusal);

typedef enum CoverageKind {
    COVER_STATES,
    COVER_TRANSITIONS,
    COVER_GUARDS,
    COVER_LIMITS,
    COVER_REVIEWS,
    COVER_ROLES,
    COVER_CLAUSES,
    COVER_KINDS
} CoverageKind;

typedef enum CoverageSide {
    SIDE_NONE,
    SIDE_YES,
    SIDE_NO, /* a guard */
    SIDE_MET,
    SIDE_MISSED, /* a limit */
    SIDE_ON_TIME,
    SIDE_LATE,
    SIDE_NEVER /* a review */
} CoverageSide;

typedef struct CoverageItem {
    CoverageKind kind;
    CoverageSide side;
    bool covered;
    Span span;         /* where it stands; of a clause: of the first line that cites it */
    uint32_t index;    /* states: state; limits, reviews: work; roles: role; transitions:
                          alternative, clause of `as soon as` or work; clauses: the policy */
    TakenKind way;     /* transitions */
    CodeRef condition; /* guards */
    const Expr *expr;  /* guards */
    int32_t clause;    /* clauses: its number */
    bool cited;        /* clauses: some line cites it */
} CoverageItem;

typedef struct CoverageItems {
    CoverageItem *items; /* in the arena of the coverage */
    uint32_t count;
    uint32_t covered_of[COVER_KINDS], count_of[COVER_KINDS];
} CoverageItems;

/* In the order of the kinds, then of the text. */
CoverageItems coverage_items(Coverage *coverage);

/* Whether a kind counts for `--min`: reviews and roles are told only. */
bool coverage_counts(CoverageKind kind);
/* Covered of a hundred, rounded down; 100 where there is nothing to cover. */
uint32_t coverage_percent(const CoverageItems *items, CoverageKind kind);
const char *coverage_kind_text(CoverageKind kind); /* "states" */
