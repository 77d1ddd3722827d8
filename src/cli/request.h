/* From what was typed to a request, and from its answer to what is printed: the
 * same for every command that records something. */
#pragma once

#include <stdbool.h>

#include "api/engine.h"
#include "cli/command.h"

/* Options that carry what an entry says; a command's table holds those it takes. */
#define OPTION_REASON                                                                          \
    {                                                                                          \
        "reason", 0, false, "TEXT", "why"                                                      \
    }
#define OPTION_ACTING_FOR                                                                      \
    {                                                                                          \
        "acting-for", 0, false, "PERSON", "the person you stand in for"                        \
    }
#define OPTION_ASSIGN                                                                          \
    {                                                                                          \
        "assign", 0, true, "ROLE=PERSON", "who takes on a role in this case; may be repeated"  \
    }
#define OPTION_TICK                                                                            \
    {                                                                                          \
        "tick", 0, true, "ITEM", "an item of the checklist; may be repeated"                   \
    }
#define OPTION_ALSO_VOID                                                                       \
    {                                                                                          \
        "also-void", 0, true, "ENTRY",                                                         \
            "strike this later entry out in the same act; may be repeated"                     \
    }

/* Fills in who, when, why and the lists from the options, and the facts from the
 * arguments from `first_fact` on. request_clear frees the lists. */
bool request_read(const Invocation *call, int first_fact, CwRequest *request, Error *err);
void request_clear(CwRequest *request);

/* Records it and prints the answer. ERROR_REFUSED when the answer is no. */
bool request_run(const Invocation *call, const CwRequest *request, Error *err);

/* An entry's number as typed: "17". */
bool entry_number(const char *text, int64_t *number, Error *err);
