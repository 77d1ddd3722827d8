/* What a scenario tells, as a tree: how it begins, what happens, what must then be
 * so. Parsed and resolved with the flow (ast.h), run by sim/scenario.h. It is no
 * part of what a case is pinned to, and nothing that runs a case reads it. */
#pragma once

#include "lang/ast.h"

/* DATE [at TIME] in a scenario. */
typedef struct TimeAst {
    Span span;
    Day day;        /* DAY_NONE: absent */
    int32_t minute; /* since midnight, -1: date only */
} TimeAst;

typedef enum GivenKind {
    GIVEN_NEW_CASE,      /* a new case [on TIME] */
    GIVEN_CASE_AT,       /* a case at STATE on TIME */
    GIVEN_FACT, GIVEN_TRACK_AT, GIVEN_EVENT, GIVEN_ASSIGNED, GIVEN_ABSENT
} GivenKind;

typedef struct Given {
    GivenKind kind;
    Span span;
    Ref ref, state;
    Value value;
    TimeAst on;
    const char *person;
    struct Given *next;
} Given;

typedef struct WithFact {
    Span span;
    Ref fact;
    Value value;
    struct WithFact *next;
} WithFact;

typedef struct AssignAst {
    Span span;
    Ref role;
    const char *person;
    struct AssignAst *next;
} AssignAst;

typedef enum WhenKind {
    WHEN_EVENT, WHEN_NOT_NEEDED, WHEN_EXTENDED, WHEN_APPROVED, WHEN_REFUSED,
    WHEN_PAUSED, WHEN_RESUMED, WHEN_NOTHING, WHEN_REOPENED, WHEN_VOIDED, WHEN_AMENDED
} WhenKind;

typedef struct WhenStep {
    WhenKind kind;
    Span span;
    Ref ref;              /* the event or work; WHEN_REOPENED: the state */
    Ref by, for_role;     /* roles */
    const char *person, *for_person, *reason, *key;
    WithFact *facts;
    AssignAst *assigns;
    RefList ticks;
    bool has_ticks, again_same_key;
    TimeAst on[8];        /* several: the same step on each */
    uint32_t on_count;
    TimeAst until;        /* extended to, nothing happens until */
    TimeAst recorded;     /* a late entry */
} WhenStep;

typedef enum ThenKind {
    THEN_CASE_AT, THEN_FACT, THEN_FACT_UNKNOWN, THEN_DUE, THEN_TARGET, THEN_STATUS,
    THEN_REFUSED, THEN_NOTIFIED, THEN_TRACK_ENDED, THEN_TRACK_AT, THEN_TRACK_RUNNING,
    THEN_TRACK_NOT_RUNNING, THEN_FLAGGED
} ThenKind;

typedef struct ThenCheck {
    ThenKind kind;
    Span span;
    Ref ref, state;
    const char *status;   /* the word after `X is`: the parser makes every `X is WORD` a THEN_FACT
                             with both `value` and `status`; names makes it THEN_STATUS (open,
                             done, missed …), THEN_REFUSED or THEN_NOTIFIED by what X is */
    const char *text;     /* refusal code or flag */
    Span text_span;       /* of a refusal code */
    Value value;
    TimeAst on;
    struct ThenCheck *next;
} ThenCheck;

typedef struct ScenarioStep { /* a `when` and the `then`s after it */
    WhenStep *when;           /* NULL for checks straight after given */
    ThenCheck *checks;
    struct ScenarioStep *next;
} ScenarioStep;

struct ScenarioAst {
    Span span;
    const char *name;
    int32_t index;
    Given *givens;
    ScenarioStep *steps;
    struct ScenarioAst *next;
};
