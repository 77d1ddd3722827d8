/* A flow given as text, parsed and resolved, and what was found in it. */
#pragma once

#include <stdio.h>
#include <string.h>

#include "files.h"
#include "lang/names.h"

/* A workflow with a calendar, two roles and a main line; tests add to it. */
#define FRAME                                                                                  \
    "workflow small \"Small\" version \"1\" in force from 1 January 2021\n"                    \
    "  uses calendar plain\n"                                                                  \
    "calendar plain \"Plain\"\n  working Monday to Friday\n  covers 2020 to 2030\n"            \
    "role worker \"Worker\"\nrole manager \"Manager\"\n"                                       \
    "event begun \"Begun\" by anyone opens a case\n"                                           \
    "state first \"First\" starts here\n  on begun go to last\n"                               \
    "state last \"Last\" ends here\n"

static inline void resolve_text(Bundle *bundle, const char *text)
{
    const MemoryFile files[] = {{"main.flow", text}, {0}};
    Error err = {0};
    if (bundle_load(bundle, "main", read_memory, (void *)(uintptr_t)files, &err))
        names_resolve(bundle);
}

/* "CF101 CF102" in the order of the text; "" when all is well. */
static inline const char *codes_of(Bundle *bundle)
{
    static char codes[400];
    codes[0] = '\0';
    size_t length = 0;
    diags_sort(&bundle->diags);
    for (size_t i = 0; i < bundle->diags.count && length + 8 < sizeof codes; i++)
        length += (size_t)snprintf(codes + length, sizeof codes - length, "%s%s", i ? " " : "",
                                   bundle->diags.items[i]->code);
    return codes;
}
