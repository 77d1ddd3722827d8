/* fmt: lay flows out in the one way. */
#include <string.h>

#include "api/engine.h"
#include "cli/places.h"
#include "cli/session.h"
#include "cli/target.h"
#include "lang/format.h"
#include "render/diag_text.h"
#include "render/difference.h"

static const Option options[] = {
    {"check", 0, false, NULL, "change nothing; say which files are not laid out so"},
    {"diff", 0, false, NULL, "change nothing; show what would change"},
    {0},
};

static bool handle(const Invocation *call, const Source *source, const Text *formatted,
                   bool *clean, Error *err)
{
    bool same = formatted->length == source->length &&
                memcmp(formatted->data, source->text, source->length) == 0;
    Text out = {0};
    if (same)
        return true;
    if (option_given(call, "diff"))
        difference_render(source->path, source->text, source->length, text_get(formatted),
                          formatted->length, &out);
    else if (option_given(call, "check"))
        text_addf(&out, "%s is not laid out as 'casewright fmt' would\n", source->path);
    if (out.length) {
        print_text(call, &out);
        *clean = false;
        return true;
    }
    return target_replace(source->path, formatted, err);
}

/* Codes CF0… are about words and marks; what a name means does not matter here. */
static bool is_readable(const Bundle *bundle)
{
    for (size_t i = 0; i < bundle->diags.count; i++)
        if (bundle->diags.items[i]->severity == SEVERITY_ERROR &&
            strncmp(bundle->diags.items[i]->code, "CF0", 3) == 0)
            return false;
    return true;
}

/* A flow with mistakes in its words is left alone: what stands in the wrong place
 * cannot be laid out. */
static bool format_file(const Invocation *call, const char *file, bool *clean, Error *err)
{
    CwPlaces places = places_of(call);
    Bundle bundle = {0};
    Text text = {0};
    bool done = flow_load(&places, file, &bundle, err);
    if (done && !is_readable(&bundle)) {
        diag_page(&bundle, call->out->colour, &text);
        print_text(call, &text);
        *clean = false;
    } else if (done) {
        format_source(&bundle, 0, &text);
        done = handle(call, &bundle.sources[0], &text, clean, err);
        text_clear(&text);
    }
    bundle_clear(&bundle);
    return done;
}

static bool run(const Invocation *call, Error *err)
{
    bool clean = true;
    for (int i = 0; i < call->argument_count; i++)
        if (!format_file(call, call->arguments[i], &clean, err))
            return false;
    *err = (Error){.kind = ERROR_REFUSED};
    return clean;
}

const CommandSpec command_fmt = {
    .usage = "FLOW …",
    .about =
        "Lays each file out in the one way: only white space and quote marks change, every "
        "comment stays.\nThe content hash stays the same. A flow with mistakes is left as "
        "it is.",
    .examples = "casewright fmt workflows/cre.flow\n"
                "casewright fmt --check workflows/cre.flow workflows/cse.flow\n"
                "casewright fmt --diff workflows/cre.flow",
    .answers_no = "a file is not laid out so (with --check or --diff), or a flow is wrong",
    .options = options,
    .least = 1,
    .most = -1,
    .run = run,
};
