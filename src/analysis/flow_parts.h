/* Taking a flow apart into things and their clauses, for flow_difference. A thing is
 * begun, its clauses follow, and it is ended; the meaning of each clause is first
 * spelt into `value`. */
#pragma once

#include "analysis/flow_difference.h"
#include "base/text.h"

typedef struct Taking {
    FlowParts *parts;
    const Flow *flow;
    uint32_t thing; /* in hand */
    uint32_t block; /* the top-level one in hand */
    Text value;     /* of the next clause */
} Taking;

/* `label` NULL: none. The thing stands in the block in hand, or begins a new one. */
Thing *thing_begin(Taking *t, ThingKind kind, const char *name, const char *label, Span span,
                   bool begins_block);
void thing_end(Taking *t);

/* The clause whose meaning is in `t->value`, which is emptied. */
Clause *clause_add(Taking *t, Aspect aspect, const char *key, Span span, const void *node);
/* Such a clause only when something was spelt. */
void clause_add_said(Taking *t, Aspect aspect, const char *key, Span span, const void *node);
/* A clause with a text for its meaning; NULL adds nothing. */
void clause_text(Taking *t, Aspect aspect, const char *key, const char *text, Span span);
/* A clause that is there or not. */
void clause_flag(Taking *t, Aspect aspect, bool said, Span span);
/* Roles, tracks, calendars in any order; nothing for none. */
void clause_refs(Taking *t, Aspect aspect, const RefList *refs);
void clause_condition(Taking *t, Aspect aspect, const char *key, const Expr *condition);
void clause_records(Taking *t, const Records *records);
void clause_reasons(Taking *t, const RequiresReason *reasons);

/* States, tracks, what holds at any point, standing duties and rules (flow_parts_line.c). */
void parts_of_states(Taking *t);
void parts_of_tracks(Taking *t);
void parts_of_any_points(Taking *t);
void parts_of_musts(Taking *t);
