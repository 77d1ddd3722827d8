/* What may happen next in a case: work that is open, events that the flow expects
 * where the case is, and those that may come at any time. */
#pragma once

#include "base/text.h"
#include "render/view.h"

typedef enum PossibleKind {
    POSSIBLE_WORK,    /* doing open work */
    POSSIBLE_EVENT,   /* an `on` waits for it where the case is */
    POSSIBLE_ANY_TIME /* starts or counts for something, wherever the case is */
} PossibleKind;

typedef struct Possible {
    PossibleKind kind;
    uint32_t event;
} Possible;

/* Owned by the caller, who frees it; in the order of the kinds. */
Possible *possible_list(const CaseView *view, uint32_t *count);

/* Lines "Label  by whom", with where each leads. */
void possible_text(const CaseView *view, Text *out);
/* "Did you mean visit ("See the child")?", where an event is called almost so. */
void event_meant(const CaseView *view, const char *typed, Text *out);
/* "A, B or C": the short form, for refusals. */
void possible_short(const CaseView *view, Text *out);

/* How to get to where `event` can be recorded: the next thing to do on the shortest
 * way there. Adds nothing when there is none. */
void nearest_way(const CaseView *view, uint32_t event, Text *out);
