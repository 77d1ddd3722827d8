#include "sim/tale.h"

#include <stdio.h>
#include <string.h>

#include "base/mem.h"
#include "base/text.h"
#include "compile/compile.h"
#include "lang/names.h"

const char tale_flow[] =
    "workflow tale \"Tale\" version \"1\" in force from 1 January 2020\n"
    "  uses calendar weeks\n"
    "calendar weeks \"Weeks\"\n"
    "  working Monday to Friday from 09:00 to 17:00\n"
    "  covers 2020 to 2030\n"
    "policy TAL \"Tale\" clauses 1 to 3\n"
    "role boss \"Boss\"\nrole hand \"Hand\"\n"
    "fact big \"Big?\" yes or no\n"
    "fact words \"Words\" text\n"
    "event came \"Came\" by anyone\n  opens a case\n"
    "event noise \"Noise\" by anyone\n"
    "event shut \"Shut\" by boss\n  requires reason\n"
    "state start \"Start\" starts here\n"
    "  task sort \"Sort\" by boss within 3 working days of entering\n"
    "    records big  because TAL-1\n"
    "    if missed notify boss and flag \"Not sorted\"\n"
    "  task after-noise \"After the noise\" by hand within 5 working days of noise\n"
    "  on came stay\n"
    "  on sort\n"
    "    go to work when big is yes  because TAL-2\n"
    "    go to over otherwise\n"
    "state work \"Work\"\n"
    "  task make \"Make\" by hand\n"
    "    checklist cut, glue\n"
    "    records words\n"
    "  task rest \"Rest\" by hand optional\n"
    "  on shut go to over\n"
    "state over \"Over\" ends here\n"
    "never over when track echo is running\n"
    "track echo \"Echo\"\n  starts on noise\n"
    "state ringing \"Ringing\" in echo starts here\n"
    "  task listen \"Listen\" by hand\n"
    "  on listen go to silent\n"
    "state silent \"Silent\" in echo ends here\n";

static bool read_text(void *context, const char *name, const char *from, char **path,
                      char **text, size_t *length, Error *err)
{
    if (from || strcmp(name, "tale.flow") != 0)
        return error_kind(err, ERROR_NOT_FOUND, "no file '%s'", name);
    *path = mem_strdup("tale.flow");
    *text = mem_strdup(context);
    *length = strlen(context);
    return true;
}

/* From the root of the repository; what it uses is in stdlib. */
static bool read_file(void *context, const char *name, const char *from, char **path,
                      char **text, size_t *length, Error *err)
{
    (void)context;
    char file[200], part[4096];
    snprintf(file, sizeof file, from ? "stdlib/%s.flow" : "%s", name);
    FILE *in = fopen(file, "rb");
    Text bytes = {0};
    if (!in)
        return error_kind(err, ERROR_NOT_FOUND, "no file '%s'", file);
    for (size_t n; (n = fread(part, 1, sizeof part, in)) > 0;)
        text_add_bytes(&bytes, part, n);
    fclose(in);
    *path = mem_strdup(file);
    *length = bytes.length;
    *text = text_take(&bytes);
    return true;
}

static void load(Tale *tale, const char *name, BundleReader read, void *context)
{
    memset(tale, 0, sizeof *tale);
    Error err = {0};
    bool loaded = bundle_load(&tale->bundle, name, read, context, &err);
    if (loaded && !tale->bundle.diags.errors)
        names_resolve(&tale->bundle);
    if (loaded && !tale->bundle.diags.errors)
        tale->program = compile_bundle(&tale->bundle, &err);
    if (!tale->program)
        fail_msg("the flow does not compile: %s %s", err.text,
                 tale->bundle.diags.count ? tale->bundle.diags.items[0]->text : "");
    coverage_begin(&tale->coverage, &tale->bundle, tale->program);
}

void tale_begin_file(Tale *tale, const char *file)
{
    load(tale, file, read_file, NULL);
}

void tale_begin(Tale *tale, const char *flow, const char *scenarios)
{
    Text text = {0};
    text_addf(&text, "%s%s", flow, scenarios);
    load(tale, "tale.flow", read_text, (void *)text_get(&text));
    text_clear(&text);
}

void tale_end(Tale *tale)
{
    scenario_result_clear(&tale->result);
    coverage_clear(&tale->coverage);
    program_free(tale->program);
    bundle_clear(&tale->bundle);
}

bool tale_run(Tale *tale, int n)
{
    const ScenarioAst *scenario = tale->bundle.flow.scenarios;
    for (int i = 0; i < n; i++)
        scenario = scenario->next;
    scenario_result_clear(&tale->result);
    return scenario_run(&tale->bundle, tale->program, scenario, &tale->coverage, &tale->result);
}

static void begin_one(Tale *tale, const char *lines)
{
    Text text = {0};
    text_addf(&text, "scenario \"One\"\n%s", lines);
    tale_begin(tale, tale_flow, text_get(&text));
    text_clear(&text);
}

static const char *source_of(const Tale *tale, Span span)
{
    return tale->bundle.sources[span.file].text + span.offset;
}

void assert_holds(const char *lines)
{
    Tale tale;
    begin_one(&tale, lines);
    if (!tale_run(&tale, 0)) {
        const Failure *failure = &tale.result.failures[0];
        fail_msg("failed at: %.*s (%s)", (int)failure->span.length,
                 source_of(&tale, failure->span), failure->text ? failure->text : "");
    }
    tale_end(&tale);
}

void assert_fails(const char *lines, FailureKind kind, const char *at)
{
    Tale tale;
    begin_one(&tale, lines);
    assert_false(tale_run(&tale, 0));
    const Failure *failure = &tale.result.failures[0];
    assert_int_equal(failure->kind, kind);
    assert_memory_equal(source_of(&tale, failure->span), at, strlen(at));
    tale_end(&tale);
}
