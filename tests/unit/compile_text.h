/* Turns the text of a flow into a program, for tests: nothing is read from disk. */
#pragma once

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/mem.h"
#include "compile/compile.h"
#include "lang/bundle.h"
#include "lang/names.h"

static inline bool read_flow_text(void *context, const char *name, const char *from,
                                  char **path, char **text, size_t *length, Error *err)
{
    if (from || strcmp(name, "test") != 0)
        return error_kind(err, ERROR_NOT_FOUND, "cannot open '%s'", name);
    *path = mem_strdup("test.flow");
    *text = mem_strdup(context);
    *length = strlen(*text);
    return true;
}

/* The caller clears `bundle`, also when NULL comes back. */
static inline Program *try_compile_text(Bundle *bundle, const char *text, Error *err)
{
    *bundle = (Bundle){0};
    if (!bundle_load(bundle, "test", read_flow_text, (void *)(uintptr_t)text, err))
        return NULL;
    names_resolve(bundle);
    return compile_bundle(bundle, err);
}

static inline void print_findings(const Bundle *bundle)
{
    for (size_t i = 0; i < bundle->diags.count; i++)
        print_error("%s at %u: %s\n", bundle->diags.items[i]->code,
                    bundle->diags.items[i]->span.offset, bundle->diags.items[i]->text);
}

/* The flow must compile. The caller ends the program with program_free. */
static inline Program *compile_text(const char *text)
{
    Bundle bundle;
    Error err = {0};
    Program *program = try_compile_text(&bundle, text, &err);
    if (!program) {
        print_findings(&bundle);
        fail_msg("does not compile: %s", err.text);
    }
    bundle_clear(&bundle);
    return program;
}

/* Does the flow fail with a finding of this code? */
static inline bool text_gives(const char *text, const char *code)
{
    Bundle bundle;
    Error err = {0};
    bool found = false;
    Program *program = try_compile_text(&bundle, text, &err);
    program_free(program);
    for (size_t i = 0; i < bundle.diags.count; i++)
        found = found || strcmp(bundle.diags.items[i]->code, code) == 0;
    bundle_clear(&bundle);
    return !program && found;
}

/* ---- finding rows by name ------------------------------------------------- */

#define INDEX_BY_NAME(function, rows, count)                                                   \
    static inline uint32_t function(const Program *program, const char *name)                  \
    {                                                                                          \
        for (uint32_t i = 0; i < program->count; i++)                                          \
            if (strcmp(program->rows[i].name, name) == 0)                                      \
                return i;                                                                      \
        fail_msg("no such name: %s", name);                                                    \
        return NO_INDEX;                                                                       \
    }
INDEX_BY_NAME(fact_named, facts, fact_count)
INDEX_BY_NAME(event_named, events, event_count)
INDEX_BY_NAME(state_named, states, state_count)
INDEX_BY_NAME(track_named, tracks, track_count)
INDEX_BY_NAME(work_named, works, work_count)
INDEX_BY_NAME(role_named, roles, role_count)
#undef INDEX_BY_NAME
