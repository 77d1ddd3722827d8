#include "cli/flow_read.h"

#include <string.h>

#include "api/engine.h"
#include "cli/places.h"
#include "cli/session.h"
#include "compile/compile.h"
#include "render/diag_text.h"

static bool refuse(const Bundle *bundle, Error *err)
{
    Text text = {0};
    diag_page(bundle, false, &text);
    say_aside(&text);
    text_clear(&text);
    return error_kind(err, ERROR_REFUSED,
                      "the flow is wrong: see what 'casewright check' says");
}

static bool is_only(const Diags *diags, const char *code)
{
    for (size_t i = 0; i < diags->count; i++)
        if (diags->items[i]->severity == SEVERITY_ERROR &&
            (!code || strcmp(diags->items[i]->code, code) != 0))
            return false;
    return true;
}

/* `code` NULL: no error is let through. */
static bool read_but(const Invocation *call, const char *file, const char *code, Bundle *bundle,
                     Error *err)
{
    CwPlaces places = places_of(call);
    if (!flow_load(&places, file, bundle, err))
        return false;
    if (!is_only(&bundle->diags, code))
        return refuse(bundle, err);
    return bundle->flow.workflow ||
           error_kind(err, ERROR_REFUSED, "'%s' holds no workflow", file);
}

bool flow_read_but(const Invocation *call, const char *code, Bundle *bundle, Error *err)
{
    return read_but(call, call->arguments[0], code, bundle, err);
}

/* Some mistakes are found only by compiling. */
Program *flow_compile(const Invocation *call, const char *file, Bundle *bundle, Error *err)
{
    if (!read_but(call, file, NULL, bundle, err))
        return NULL;
    Program *program = compile_bundle(bundle, err);
    if (!program && bundle->diags.errors > 0)
        refuse(bundle, err);
    return program;
}

bool flow_read(const Invocation *call, Bundle *bundle, Error *err)
{
    Program *program = flow_compile(call, call->arguments[0], bundle, err);
    program_free(program);
    return program != NULL;
}

bool format_read(const Invocation *call, const char *const *names, size_t *format, Error *err)
{
    const char *wanted = option_text(call, "format");
    Text known = {0};
    *format = 0;
    for (size_t i = 0; names[i]; i++) {
        if (!wanted || strcmp(wanted, names[i]) == 0) {
            *format = i;
            text_clear(&known);
            return true;
        }
        text_addf(&known, "%s%s", i == 0 ? "" : names[i + 1] ? ", " : " or ", names[i]);
    }
    error_kind(err, ERROR_USAGE, "unknown format '%s': %s", wanted, text_get(&known));
    text_clear(&known);
    return false;
}
