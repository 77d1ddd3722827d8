/* What the parts of the compiler share. While it works, the tables of
 * tables.def grow on the heap and are copied into the program's arena at the
 * end; those whose size the Flow tells (facts, events, states, tracks, works,
 * roles, windows, rules) stand in the arena from the start. Each part fills its
 * rows; lists that look the other way (which works wait for an event) are made
 * from pairs when all rows stand. */
#pragma once

#include "bytecode/program.h"
#include "compile/compile.h"
#include "lang/ast.h"

typedef struct Compiler {
    Bundle *bundle;   /* borrowed */
    const Flow *flow; /* borrowed: the bundle's */
    Program *program; /* owned until compile_bundle returns it */
    Arena scratch;
#define TABLE(field, count, Type) size_t field##_capacity;
#include "compile/tables.def"
#undef TABLE
    bool too_large;      /* a table reached LIMIT_PROGRAM_WORDS; nothing is added any more */
    Slice *periods;      /* in `durations`, by period */
    bool *is_member;     /* role x role: row is a group, column reached from it */
    Slice *role_permits; /* by role; count 0: not made yet */
    uint32_t *seen;      /* by event: the mark of the row or list that has it */
    uint32_t mark;
    uint32_t *work_here; /* by event: its work in the place in hand, valid where `seen` */
    uint32_t *works_of;  /* by event: how many tasks and reviews it does */
} Compiler;

/* Append one row and give its index (append_code, append_constants …). */
#define TABLE(field, count, Type) uint32_t append_##field(Compiler *compiler, Type row);
#include "compile/tables.def"
#undef TABLE

/* The rows added since `first` was the table's count. */
static inline Slice slice_since(uint32_t first, uint32_t count)
{
    return (Slice){first, count - first};
}

/* ---- emit.c -------------------------------------------------------------- */

void tables_move_to_arena(Compiler *compiler);
void tables_free(Compiler *compiler);
const char *compile_name(Compiler *compiler,
                         const char *name); /* a copy that stays; "" for NULL */

CodeRef code_begin(const Compiler *compiler);
void code_emit(Compiler *compiler, OpCode op, uint32_t operand);
/* Ends the piece begun at `begin`: 0, with nothing kept, when it is empty. */
CodeRef code_end(Compiler *compiler, CodeRef begin);

Slice compile_refs(Compiler *compiler, const RefList *refs); /* their indices, in `indices` */
Slice compile_work_list(Compiler *compiler, const Work *works); /* likewise */

/* One item of a list that belongs to `key`. */
typedef struct Pair {
    uint32_t key, item;
} Pair;

typedef struct Pairs {
    Pair *items; /* owned */
    size_t count, capacity;
} Pairs;

void pairs_add(Pairs *pairs, uint32_t key, uint32_t item);
/* Gives the key k its items, in the order added, as a list in `indices`, written to
 * the Slice at `slices` + k * `stride`. Empties `pairs`. */
void pairs_give(Compiler *compiler, Pairs *pairs, uint32_t keys, Slice *slices, size_t stride);

/* ---- condition.c, duration.c ---------------------------------------------- */

/* 0 for NULL. `state` is what "all tasks are done" speaks of, or NO_INDEX. */
CodeRef compile_condition(Compiler *compiler, const Expr *expr, uint32_t state);
uint32_t compile_value(Compiler *compiler, const Value *value); /* its constant */

Slice compile_duration(Compiler *compiler, const DurationAst *duration);
AnchorInfo compile_anchor(Compiler *compiler, const Anchor *anchor);
uint32_t compile_limit(Compiler *compiler, const LimitAst *limit); /* NO_INDEX when absent */

/* ---- effect.c -------------------------------------------------------------- */

/* Where effects are written. `state` is NULL where the state left is not fixed. */
typedef struct Origin {
    uint32_t track;
    const StateAst *state;
} Origin;

CodeRef compile_effects(Compiler *compiler, const Effect *effects, Origin origin);
/* The same without go to, stay and again. */
CodeRef compile_side_effects(Compiler *compiler, const Effect *effects);
CodeRef compile_enter(Compiler *compiler, const StateAst *state);
CodeRef compile_begin(Compiler *compiler, const TrackAst *track, const StateAst *start);
CodeRef compile_leave_and_enter(Compiler *compiler, uint32_t track, const StateAst *state);
/* The state that the effects go to; NULL when they stay. */
const StateAst *effects_target(const Compiler *compiler, const Effect *effects, Origin origin);

/* ---- the rows --------------------------------------------------------------- */

void compile_roles(Compiler *compiler);                                /* role.c */
Slice compile_permits(Compiler *compiler, const RefList *roles);       /* role.c */
void compile_facts(Compiler *compiler);                                /* rows.c */
void compile_events(Compiler *compiler);                               /* rows.c */
void compile_windows(Compiler *compiler);                              /* rows.c */
void compile_rules(Compiler *compiler);                                /* rows.c */
Slice compile_records(Compiler *compiler, const Records *records);     /* rows.c */
Slice compile_reasons(Compiler *compiler, const RequiresReason *list); /* rows.c */
void compile_works(Compiler *compiler);                                /* work.c */
void compile_states(Compiler *compiler);                               /* state.c */
void compile_tracks(Compiler *compiler);                               /* track.c */
void compile_reverse(Compiler *compiler);                              /* reverse.c */

/* The workflow's calendar, for the program. False with a finding and its sentence. */
bool compile_program_calendar(Compiler *compiler, Error *err); /* calendar.c */
