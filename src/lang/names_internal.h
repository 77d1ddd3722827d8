/* What the parts of name resolution share; nobody else includes it. The parts:
 *   names.c           the order of work
 *   names_declare.c   every declared thing gets its number; doubles, reserved words
 *   names_find.c      one Ref -> one thing, or a finding with "did you mean"
 *   names_types.c     facts against the values they are compared with
 *   names_clauses.c   citations, durations, conditions, limits
 *   names_handlers.c  effects, and the clauses that have them
 *   names_blocks.c    roles, periods, states, tracks … by the clauses they are made of
 *   names_scenario.c  scenarios
 *   names_shape.c     starts, ends, circles, sizes: what only the whole shows */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/map.h"
#include "lang/names.h"

#define REF_KINDS (REF_VALUE + 1)

/* One declared name. Its position among those of its kind is its index. */
typedef struct Declared {
    const char *name;
    Span span;
} Declared;

typedef struct DeclaredList {
    Declared *items; /* owned */
    size_t count, capacity;
    Map by_name; /* the first of that name */
} DeclaredList;

typedef struct Names {
    Bundle *bundle;
    Flow *flow;
    Arena *arena;
    Diags *diags;
    DeclaredList declared[REF_KINDS];
    Map reported;     /* kind and name of what was not found -> index into diags->items */
    Map handled;      /* place and event -> position in handled_at */
    Span *handled_at; /* owned */
    size_t handled_count, handled_capacity;
    uint32_t searches_left; /* for "did you mean": bounds the cost of a hopeless file */
    WindowAst *windows;     /* owned; becomes Flow.window_at */
    size_t window_count, window_capacity;
    size_t line_count;    /* of `on` handlers and `as soon as`, against LIMIT_TRANSITIONS */
    bool calendar_missed; /* said once */
    /* in the arena: */
    bool *waited;        /* by event: a deadline or must waits for it */
    int32_t *first_work; /* by event: the first task or review of that name; -1 */
    int32_t *next_work;  /* by work: the next of the same name; -1 */
} Names;

/* Where a clause stands: what `go to`, `again` and `of entering` mean there. */
typedef enum SiteKind { SITE_STATE, SITE_TRACK, SITE_ANY_POINT, SITE_MUST, SITE_FLOW } SiteKind;

typedef struct Site {
    SiteKind kind;
    int32_t track;   /* which `go to` moves */
    int32_t place;   /* tells places apart: the state's index, or further on for others */
    bool in_as_soon; /* `again` has no event to enter the state anew on */
} Site;

/* ---- names_declare.c -------------------------------------------------- */

void names_declare_all(Names *names);
/* After the states know their tracks: numbers work and gives it its events. */
void names_declare_work(Names *names);

/* ---- names_find.c ------------------------------------------------------ */

/* Resolves a Ref of one kind. False when it is absent, unknown (then said), or
 * was resolved to nothing before. */
bool names_ref(Names *names, Ref *ref, RefKind kind);
void names_refs(Names *names, RefList *list, RefKind kind);
/* The same without saying anything. */
bool names_ref_quietly(Names *names, Ref *ref, RefKind kind);
/* One of two kinds; ref->kind tells which. */
bool names_ref_either(Names *names, Ref *ref, RefKind kind, RefKind other);
/* A task or a review; an event that is only declared is not enough. */
bool names_work_ref(Names *names, Ref *ref);
/* "state", and "a" or "an" before it. */
const char *names_kind_word(RefKind kind);
const char *names_article(RefKind kind);
const Declared *names_declared(const Names *names, RefKind kind, int32_t index);
/* "line 12", or "line 12 of roles.flow" when that is not the file of `near`. */
const char *names_line(const Names *names, Span span, Span near);
/* "the main line", or "the track \"urgent\"". */
const char *names_track(const Names *names, int32_t track);
/* CF118 on a Ref that means the main line where only a track can stand. */
void names_say_main_line(Names *names, const Ref *ref, const char *sentence);
/* The words of the source under a span, shortened. */
const char *names_words(const Names *names, Span span);

/* ---- names_types.c ----------------------------------------------------- */

/* A value against its fact: CF206, CF207. Resolves a named value. */
bool names_value(Names *names, const FactAst *fact, Value *value);
void names_compare(Names *names, Expr *expr);
/* `texts`: also facts whose wording is free (in scenarios). */
void names_fact_value(Names *names, Ref *fact, Value *value, bool texts);

/* ---- names_clauses.c --------------------------------------------------- */

void names_expr(Names *names, Expr *expr, const Site *site);
typedef enum DurationUse { USE_LIMIT, USE_EVERY, USE_WINDOW, USE_BEFORE } DurationUse;
void names_duration(Names *names, DurationAst *duration, DurationUse use);
void names_limit(Names *names, LimitAst *limit, const Site *site);
void names_anchor(Names *names, Anchor *anchor, const Site *site, bool backward);
void names_because(Names *names, Because *because);

/* ---- names_handlers.c --------------------------------------------------- */

void names_handlers(Names *names, Handler *handlers, const Site *site);
/* Two clauses for one event in one place would leave open which of them counts;
 * `also` is another place that covers the same. */
void names_handled_once(Names *names, const Ref *event, int32_t place, int32_t also);
void names_as_soon(Names *names, AsSoonAs *clauses, const Site *site);
void names_if_missed(Names *names, IfMissed *if_missed, const Site *site);

/* ---- the others -------------------------------------------------------- */

void names_blocks_early(Names *names); /* what the rest looks at: tracks of states, calendars */
void names_blocks(Names *names);
void names_work(Names *names, Work *work, const Site *site);
void names_scenarios(Names *names);
void names_shape(Names *names);
void names_circles(Names *names);
