/* test: the scenarios of a flow, and how much of the flow they try. */
#include <stdlib.h>
#include <string.h>

#include "api/engine.h"
#include "base/mem.h"
#include "cli/places.h"
#include "cli/session.h"
#include "cli/watch.h"
#include "compile/compile.h"
#include "render/diag_text.h"
#include "render/safe.h"
#include "render/scenario_report.h"
#include "sim/suggest.h"

#define STORIES_TRIED 20000u /* to find scenarios for what is not covered */

static const Option options[] = {
    {"filter", 0, false, "TEXT", "only scenarios whose name has TEXT in it"},
    {"coverage", 0, false, NULL, "what the scenarios do not try, and a scenario that would"},
    {"min", 0, false, "N",
     "fail under N per cent of the states, transitions, guards, limits or clauses"},
    {"watch", 0, false, NULL, "run them again whenever a file changes, until interrupted"},
    {"format", 0, false, "FORMAT", "text, tap, junit or json"},
    {"json", 0, false, NULL, "short for --format json"},
    {0},
};

typedef struct Wish {
    TestFormat format;
    const char *filter; /* NULL: all */
    bool coverage;
    uint32_t least;
} Wish;

static bool read_format(const Invocation *call, Wish *wish, Error *err)
{
    static const struct {
        const char *name;
        TestFormat format;
    } known[] = {
        {"text", TEST_TEXT}, {"tap", TEST_TAP}, {"junit", TEST_JUNIT}, {"json", TEST_JSON}};
    const char *wanted = option_text(call, "format");
    wish->format = option_given(call, "json") ? TEST_JSON : TEST_TEXT;
    if (!wanted)
        return true;
    for (size_t i = 0; i < sizeof known / sizeof *known; i++) {
        if (strcmp(known[i].name, wanted) == 0) {
            wish->format = known[i].format;
            return true;
        }
    }
    return error_kind(err, ERROR_USAGE, "unknown format '%s': text, tap, junit or json",
                      wanted);
}

static bool read_least(const Invocation *call, Wish *wish, Error *err)
{
    const char *text = option_text(call, "min");
    if (!text)
        return true;
    char *end;
    unsigned long least = strtoul(text, &end, 10);
    if (*text < '0' || *text > '9' || *end || least > 100)
        return error_kind(err, ERROR_USAGE, "--min takes a number from 0 to 100, not '%s'",
                          text);
    wish->least = (uint32_t)least;
    return true;
}

static bool has_name(const ScenarioAst *scenario, const Wish *wish)
{
    return !wish->filter || strstr(scenario->name, wish->filter);
}

static bool any_named(const Bundle *bundle, const Wish *wish)
{
    for (const ScenarioAst *one = bundle->flow.scenarios; one; one = one->next)
        if (has_name(one, wish))
            return true;
    return false;
}

static void run_all(const Bundle *bundle, const Program *program, const Wish *wish,
                    Coverage *coverage, TestReport *report)
{
    uint32_t count = 0;
    for (const ScenarioAst *one = bundle->flow.scenarios; one; one = one->next)
        count += has_name(one, wish);
    ScenarioResult *results = mem_alloc_array(count, sizeof *results);
    for (const ScenarioAst *one = bundle->flow.scenarios; one; one = one->next) {
        if (!has_name(one, wish))
            continue;
        if (!scenario_run(bundle, program, one, coverage, &results[report->count]))
            report->failed++;
        report->count++;
    }
    report->results = results;
}

static bool test(const Invocation *call, const Bundle *bundle, const Program *program,
                 const Wish *wish)
{
    Coverage coverage;
    Text text = {0};
    TestReport report = {.bundle = bundle,
                         .program = program,
                         .details = wish->coverage,
                         .least = wish->least,
                         .colour = call->out->colour};
    coverage_begin(&coverage, bundle, program);
    run_all(bundle, program, wish, &coverage, &report);
    CoverageItems items = coverage_items(&coverage);
    if (!wish->filter || wish->coverage || wish->least)
        report.coverage = &items; /* of a few scenarios it tells little, unless asked for */
    if (wish->coverage)
        report.suggestions = suggest_scenarios(&coverage, &items, STORIES_TRIED);
    test_report(&report, wish->format, &text);
    print_text(call, &text);
    bool good = report.failed == 0 && !test_is_short(&report);
    for (uint32_t i = 0; i < report.count; i++)
        scenario_result_clear((ScenarioResult *)&report.results[i]);
    free((void *)report.results);
    coverage_clear(&coverage);
    return good;
}

/* A wrong flow has no program: what `check` would say is said here too. */
static bool refuse(const Bundle *bundle, Error *err)
{
    Text text = {0};
    diag_page(bundle, false, &text);
    say_aside(&text);
    text_clear(&text);
    return error_kind(err, ERROR_REFUSED, "the flow is wrong, so its scenarios cannot be run");
}

static bool test_bundle(const Invocation *call, Bundle *bundle, const Wish *wish, Error *err)
{
    if (bundle->diags.errors > 0)
        return refuse(bundle, err);
    if (!bundle->flow.workflow)
        return error_kind(err, ERROR_REFUSED, "'%s' holds no workflow", call->arguments[0]);
    if (wish->filter && !any_named(bundle, wish))
        return error_kind(err, ERROR_NOT_FOUND, "no scenario has '%s' in its name",
                          wish->filter);
    Program *program = compile_bundle(bundle, err);
    if (!program)
        return bundle->diags.errors > 0 ? refuse(bundle, err) : false;
    bool good = test(call, bundle, program, wish);
    program_free(program);
    *err = (Error){.kind = ERROR_REFUSED};
    return good;
}

/* `watch` may be NULL. */
static bool test_file(const Invocation *call, const Wish *wish, Watch *watch, Error *err)
{
    Bundle bundle = {0};
    CwPlaces places = places_of(call);
    bool good = flow_load(&places, call->arguments[0], &bundle, err) &&
                (!watch || watch_sources(watch, &bundle, err)) &&
                test_bundle(call, &bundle, wish, err);
    bundle_clear(&bundle);
    return good;
}

/* What could not be run is said, and waits to be put right as well. */
static void say_error(const Error *err)
{
    Text text = {0};
    if (*err->text) {
        text_add(&text, "casewright: ");
        safe_add(&text, err->text);
        text_add_char(&text, '\n');
        say_aside(&text);
    }
    text_clear(&text);
}

/* A flow that is not there at the beginning is not waited for. */
static bool test_on_change(const Invocation *call, const Wish *wish, Error *err)
{
    Watch watch;
    if (!watch_open(&watch, err))
        return false;
    bool done = test_file(call, wish, &watch, err) || err->kind == ERROR_REFUSED;
    while (done) {
        say_error(err);
        *err = (Error){.kind = ERROR_NONE};
        if (!output_flush(call->out) || !watch_wait(&watch))
            break;
        output_add(call->out, "\na file has changed\n");
        output_flush(call->out);
        test_file(call, wish, &watch, err);
    }
    watch_close(&watch);
    return done;
}

static bool run(const Invocation *call, Error *err)
{
    Wish wish = {.filter = option_text(call, "filter"),
                 .coverage = option_given(call, "coverage")};
    if (!read_format(call, &wish, err) || !read_least(call, &wish, err))
        return false;
    if (option_given(call, "watch"))
        return test_on_change(call, &wish, err);
    return test_file(call, &wish, NULL, err);
}

const CommandSpec command_test = {
    .usage = "FLOW",
    .about = "Runs the scenarios that stand in FLOW and in NAME.scenarios.flow beside it, with "
             "the dates that they say for a clock. Prints what did not hold, what was got "
             "instead and why; then how much of the flow the scenarios try.",
    .examples = "casewright test workflows/cre.flow\n"
                "casewright test workflows/cre.flow --coverage --min 95\n"
                "casewright test workflows/cre.flow --filter Easter --format tap",
    .answers_no = "a scenario failed, or --min was not reached",
    .options = options,
    .least = 1,
    .most = 1,
    .run = run,
};
