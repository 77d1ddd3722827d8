/* What two flows say differently, as data: declaration by declaration, and in each
 * clause by clause. Meaning as it is written is compared, not text: layout, comments,
 * `because`, scenarios, `allow` and the order of what has no order make no difference.
 * What is named in one and not in the other was removed and added; where all else is
 * the same it was perhaps renamed. Nothing is put into words here (render does), and
 * nothing is said of what a difference leads to (replay/compare does). */
#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"
#include "lang/bundle.h"

typedef enum ThingKind {
    THING_WORKFLOW,
    THING_POLICY,
    THING_CALENDAR,
    THING_ROLE,
    THING_FACT,
    THING_TERM,
    THING_PERIOD,
    THING_EVENT,
    THING_STATE,
    THING_TRACK,
    THING_ANY_POINT,
    THING_MUST,
    THING_RULE,
    THING_WORK, /* a task, review or deadline in a state or track */
    THING_KINDS
} ThingKind;

/* What a clause is about. One table: the key in JSON and the words. */
typedef enum Aspect {
    ASPECT_WHOLE, /* no clause: the thing itself came or went */
#define ASPECT(name, key, words) ASPECT_##name,
#include "analysis/aspects.def"
#undef ASPECT
    ASPECT_COUNT
} Aspect;

/* What the words of a clause are made from; which one, `aspect` tells. NULL where
 * `value` is fit to be read as it is. */
typedef union ClauseNode {
    const void *any;
    const RefList *refs;
    const Ref *ref;
    const Expr *condition;
    const Work *work;
    const Line *line;
    const AsSoonAs *as_soon;
    const StartsLine *starts;
    const Handler *handler;
    const Records *records;
    const RequiresReason *reason;
    const Deputy *deputy;
    const Remind *remind;
    const Effect *effects;
    const RuleAst *rule;
} ClauseNode;

typedef struct Clause {
    Aspect aspect;
    const char *key;   /* what else must agree for two to be the same clause said anew */
    const char *loose; /* what must agree where no `key` does; NULL: nothing will do */
    const char *value; /* its meaning, spelt in one way; equal values say the same */
    const char *name;  /* of the event that it is about; NULL: none */
    Span span;
    ClauseNode node;
} Clause;

/* Something that a flow declares. */
typedef struct Thing {
    ThingKind kind;
    const char *key;   /* its name, of work with its place; two of one kind may share it */
    const char *name;  /* "" where it has none */
    const char *label; /* else its name */
    const char *value; /* all its clauses, and of a block its works; without its own name
                          and label */
    Span span;         /* all of it */
    uint32_t block;    /* the top-level declaration that it stands in; of one, itself */
    uint32_t first_clause, clause_count;
    union {
        const Work *work; /* THING_WORK, THING_MUST */
        const RuleAst *rule;
        const AnyPoint *any_point;
    } node;
} Thing;

/* A flow taken apart. All zero is the empty one. */
typedef struct FlowParts {
    Arena arena;
    const Bundle *bundle; /* borrowed; outlives this */
    Thing *things;        /* owned; in the order of the text, a block before its works */
    Clause *clauses;      /* owned */
    uint32_t thing_count, clause_count;
    size_t thing_capacity, clause_capacity;
} FlowParts;

/* `bundle` is resolved and free of errors. */
void flow_parts(FlowParts *parts, const Bundle *bundle);
void flow_parts_clear(FlowParts *parts);

typedef enum FlowChangeKind { CHANGE_ADDED, CHANGE_REMOVED, CHANGE_MADE } FlowChangeKind;

typedef struct FlowChange {
    FlowChangeKind kind;
    Aspect aspect;
    const Thing *old_thing, *new_thing;    /* NULL: not in that flow */
    const Clause *old_clause, *new_clause; /* NULL likewise, and with ASPECT_WHOLE */
    Span old_span, new_span;               /* where each stands; length 0: nowhere */
    uint32_t block;                        /* into `blocks` */
    uint32_t renamed; /* index + 1 of the change that is perhaps the same thing under another
                         name; 0: none */
} FlowChange;

/* A top-level declaration with a difference in it, and the changes that are its. */
typedef struct ChangedBlock {
    const Thing *old_thing, *new_thing; /* NULL: not in that flow */
    uint32_t change_count;
} ChangedBlock;

typedef struct FlowDifference {
    FlowParts old_parts, new_parts;
    FlowChange *changes;  /* owned; in the order of the kinds, then of the new text */
    ChangedBlock *blocks; /* owned; in the order in which changes first name them */
    uint32_t change_count, block_count;
    size_t change_capacity, block_capacity;
} FlowDifference;

/* Both bundles are resolved, free of errors, and outlive the difference. */
void flow_difference(FlowDifference *difference, const Bundle *old_flow,
                     const Bundle *new_flow);
void flow_difference_clear(FlowDifference *difference);
