/* What was found by following each fact for itself is said only when a story was lived
 * through in which it happens: the search goes straight to the place in question. */
#pragma once

#include "analysis/internal.h"
#include "vm/vm.h"

/* Something that may be so at a node. What does not apply is -1, or NULL. */
typedef struct Doubt {
    uint32_t node;
    RefusalCode refused; /* REFUSED_NOT: nothing is */
    int32_t event;       /* what is refused there … */
    const Line *line;    /* … because of this line (not known) … */
    int32_t rule;        /* … or of this rule … */
    int32_t fact;        /* … since this fact is not known */
    int32_t work;        /* or: its limit has not started … */
    const Work *left;    /* or: it is open where the case is closed */
    int32_t without;     /* of a limit: … because this event never happened, or the fact is
                            not known */
} Doubt;

/* IS_YES: it happens; then the story, and a scenario with this title, are added to the
 * texts. IS_NO: every story was tried. IS_UNKNOWN: not all were. */
Verdict confirm(Analysis *analysis, const Doubt *doubt, const char *title, Text *story,
                Text *scenario);

/* "No case was found in which …, but not all were tried" (CF504), at this place. */
void say_unconfirmed(Analysis *analysis, Span span, const char *what);
