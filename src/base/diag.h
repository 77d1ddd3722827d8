/* What is wrong in the user's flow text. A stage adds findings and carries on;
 * it passed if it added no error. Spans are byte offsets into a numbered
 * source; line and column are worked out only when printed. One record feeds
 * every output format (text, JSON, SARIF …). Strings live in the Diags' own
 * arena. */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"

typedef struct Span {
    uint32_t file;   /* number of the source in its bundle */
    uint32_t offset; /* of the first byte */
    uint32_t length; /* in bytes; 0 marks a point */
} Span;

typedef enum Severity { SEVERITY_ERROR, SEVERITY_WARNING, SEVERITY_INFO } Severity;

typedef struct DiagRelated {
    Span span;
    const char *text; /* "risk is declared here" */
    struct DiagRelated *next;
} DiagRelated;

typedef struct Diag {
    Severity severity;
    const char *code;    /* "CF201"; static */
    Span span;
    const char *text;    /* the headline, a sentence without full stop */
    const char *label;   /* what stands under the marked words, or NULL */
    const char *help;    /* what to do, or NULL; may have several lines */
    const char *example; /* a concrete case, or NULL */
    const char *scenario; /* the same as a block to paste into the flow, or NULL */
    const char *replace; /* text that would put the span right, or NULL */
    DiagRelated *related;
    uint32_t order; /* as added, keeps sorting stable */
} Diag;

typedef struct Diags {
    Arena arena;
    Diag **items; /* owned array; the Diags live in the arena */
    size_t count, capacity;
    size_t errors, warnings;
} Diags;

/* Adds an error (or a finding of the given severity) and returns it, so that
 * help, example, replacement and related places can be set on it. */
Diag *diag_add(Diags *diags, Span span, const char *code, const char *format, ...)
    __attribute__((format(printf, 4, 5)));
Diag *diag_add_severity(Diags *diags, Severity severity, Span span, const char *code,
                        const char *format, ...) __attribute__((format(printf, 5, 6)));
void diag_help(Diags *diags, Diag *diag, const char *format, ...)
    __attribute__((format(printf, 3, 4)));
void diag_label(Diags *diags, Diag *diag, const char *format, ...)
    __attribute__((format(printf, 3, 4)));
void diag_example(Diags *diags, Diag *diag, const char *format, ...)
    __attribute__((format(printf, 3, 4)));
void diag_scenario(Diags *diags, Diag *diag, const char *text);
void diag_replace(Diags *diags, Diag *diag, const char *text);
void diag_related(Diags *diags, Diag *diag, Span span, const char *format, ...)
    __attribute__((format(printf, 4, 5)));

/* Takes back what was added after the first `count`; not to be called once sorted. */
void diags_keep(Diags *diags, size_t count);

/* By file, offset, then as added. */
void diags_sort(Diags *diags);
void diags_clear(Diags *diags);

Span span_join(Span first, Span last); /* from the first's start to the last's end */
