/* What an entry says, beyond its columns: facts, ticks, who is assigned and the
 * rest, as one JSON object. Written here from what a person typed, read back by
 * bind.c. Values are canonical: names of values, true and false, numbers,
 * "2021-02-01", text, login names. */
#pragma once

#include "api/engine_internal.h"

/* Why an entry is refused although the machine would take it: what only the layer
 * above can see (who holds what, how a fact was typed). The reason that is tried
 * first wins. */
typedef struct Objection {
    Refusal refusal; /* code REFUSED_NOT: none */
    char text[300];  /* a sentence */
} Objection;

void objection_clear(Objection *objection);
/* Kept when its reason comes before the one that stands. Returns the refusal to
 * fill in, or NULL. */
Refusal *objection_add(Objection *objection, RefusalCode code, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

typedef struct ContentSource {
    const CwRequest *request;
    const Definition *definition;
    Day today;            /* on which roles are held */
    uint32_t event, work; /* which work of that event is meant; NO_INDEX */
    bool names_work;      /* the entry is about the work, not about the event */
    const char *before;   /* CW_AMEND: what stood there; else NULL */
    bool absent;          /* the person acted for is recorded as away */
    bool clock_was_behind;
} ContentSource;

/* The object as text, to be freed by the caller. Mistakes become objections and are
 * left out of it; NULL when the request cannot be understood at all (*err). */
char *content_write(Engine *engine, const ContentSource *source, Objection *objection,
                    Error *err);

/* Is it UTF-8 and within its limit? NULL is. The error names it as `what`. */
bool text_check(const char *what, const char *text, size_t most, Error *err);
bool text_is_blank(const char *text); /* NULL too */
