/* trace: from the clauses of a policy to the lines of the flow and the scenarios, and
 * back. */
#include <stdlib.h>
#include <string.h>

#include "api/engine.h"
#include "base/mem.h"
#include "cli/flow_read.h"
#include "cli/places.h"
#include "cli/target.h"
#include "compile/compile.h"
#include "render/trace.h"
#include "sim/scenario.h"

static const Option options[] = {
    {"format", 0, false, "FORMAT", "text (the default), json or html"},
    {"json", 0, false, NULL, "short for --format json"},
    TARGET_OPTIONS,
    {0},
};

typedef struct TriedList {
    TraceTried *items; /* owned */
    size_t count, capacity;
    bool *failed; /* owned; by scenario; NULL: none was run */
} TriedList;

/* ---- which scenario tries which clause: they are run to find out --------------------------
 */

static void add_tried(TriedList *list, const ScenarioAst *scenario, const CoverageItem *item)
{
    list->items = mem_grow(list->items, &list->capacity, list->count + 1, sizeof *list->items);
    list->items[list->count++] = (TraceTried){
        .scenario = scenario->index, .policy = (int32_t)item->index, .clause = item->clause};
}

static void try_scenario(const Bundle *bundle, const Program *program,
                         const ScenarioAst *scenario, TriedList *list)
{
    Coverage coverage;
    ScenarioResult result;
    coverage_begin(&coverage, bundle, program);
    list->failed[scenario->index] =
        !scenario_run(bundle, program, scenario, &coverage, &result);
    CoverageItems items = coverage_items(&coverage);
    for (uint32_t i = 0; i < items.count; i++)
        if (items.items[i].kind == COVER_CLAUSES && items.items[i].covered)
            add_tried(list, scenario, &items.items[i]);
    scenario_result_clear(&result);
    coverage_clear(&coverage);
}

/* A flow that cites a clause which is not there has no program, and so no stories. */
static bool try_scenarios(Bundle *bundle, TriedList *list, Error *err)
{
    if (bundle->diags.errors > 0 || !bundle->flow.scenarios)
        return true;
    Program *program = compile_bundle(bundle, err);
    if (!program)
        return false;
    list->failed = mem_alloc_array(bundle->flow.scenario_count, sizeof *list->failed);
    for (const ScenarioAst *one = bundle->flow.scenarios; one; one = one->next)
        try_scenario(bundle, program, one, list);
    program_free(program);
    return true;
}

/* ---- the command ----------------------------------------------------------------------------
 */

static bool write_trace(const Invocation *call, const Bundle *bundle, const TriedList *list,
                        size_t format, Error *err)
{
    static void (*const writers[])(const Trace *trace, Text *out) = {trace_text, trace_json,
                                                                     trace_html};
    Trace trace;
    Text out = {0};
    trace_build(bundle, &trace);
    trace.tried = list->items;
    trace.tried_count = list->count;
    trace.failed = list->failed;
    writers[format](&trace, &out);
    bool right = trace_wrong_citations(&trace) == 0;
    trace_clear(&trace);
    if (!target_write(call, bundle, false, &out, err))
        return false;
    *err = (Error){.kind = ERROR_REFUSED};
    return right;
}

static bool read_format(const Invocation *call, size_t *format, Error *err)
{
    static const char *const names[] = {"text", "json", "html", NULL};
    if (!format_read(call, names, format, err))
        return false;
    bool json = option_given(call, "json");
    if (json && option_given(call, "format") && *format != 1)
        return error_kind(err, ERROR_USAGE, "'--json' and '--format %s' exclude each other",
                          names[*format]);
    *format = json ? 1 : *format;
    return true;
}

static bool run(const Invocation *call, Error *err)
{
    Bundle bundle = {0};
    TriedList list = {0};
    size_t format;
    bool done = read_format(call, &format, err) && flow_read_but(call, "CF116", &bundle, err) &&
                try_scenarios(&bundle, &list, err) &&
                write_trace(call, &bundle, &list, format, err);
    free(list.items);
    free(list.failed);
    bundle_clear(&bundle);
    return done;
}

const CommandSpec command_trace = {
    .usage = "FLOW",
    .about = "For each clause of the policy: the lines of the flow that cite it, and the "
             "scenarios that try it; then each line with its reasons, and each scenario with "
             "its clauses. Names the clauses that nobody cites, citations of clauses that do "
             "not exist, and lines that do something and say no reason.",
    .examples = "casewright trace workflows/cre.flow\n"
                "casewright trace workflows/cre.flow --format html --output cre-trace.html",
    .answers_no = "the flow is wrong, or cites a clause that its policy does not have",
    .options = options,
    .least = 1,
    .most = 1,
    .run = run,
};
