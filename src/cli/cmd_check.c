/* check: what is wrong with a flow. */
#include <stdlib.h>
#include <string.h>

#include "analysis/analysis.h"
#include "api/engine.h"
#include "base/limits.h"
#include "cli/clock.h"
#include "cli/places.h"
#include "cli/session.h"
#include "compile/compile.h"
#include "render/diag_text.h"
#include "render/scenario_findings.h"

static const Option options[] = {
    {"format", 0, false, "FORMAT",
     "text, compact (a line for each finding), json, sarif, github or junit"},
    {"json", 0, false, NULL, "short for --format json"},
    {"notes", 0, false, NULL, "say also what is only worth knowing"},
    {"quick", 0, false, NULL, "only whether the flow can run, not whether it is sound"},
    {"warnings-as-errors", 0, false, NULL, "end with 1 for warnings too"},
    {0},
};

static bool format_of(const Invocation *call, DiagFormat *format, Error *err)
{
    static const struct {
        const char *name;
        DiagFormat format;
    } known[] = {{"text", DIAG_TEXT},   {"compact", DIAG_COMPACT}, {"json", DIAG_JSON},
                 {"sarif", DIAG_SARIF}, {"github", DIAG_GITHUB},   {"junit", DIAG_JUNIT}};
    const char *wanted = option_text(call, "format");
    *format = option_given(call, "json") ? DIAG_JSON : DIAG_TEXT;
    if (!wanted)
        return true;
    for (size_t i = 0; i < sizeof known / sizeof *known; i++) {
        if (strcmp(known[i].name, wanted) == 0) {
            *format = known[i].format;
            return true;
        }
    }
    return error_kind(err, ERROR_USAGE,
                      "unknown format '%s': text, compact, json, sarif, github or junit",
                      wanted);
}

/* The checks need a flow that can run; some limits are found only when it compiles. */
static bool analyse(const Invocation *call, Bundle *bundle, Day today, Error *err)
{
    if (bundle->diags.errors > 0 || !bundle->flow.workflow)
        return true;
    Program *program = compile_bundle(bundle, err);
    if (!program)
        return bundle->diags.errors > 0;
    if (option_given(call, "quick")) {
        program_free(program);
        return true;
    }
    AnalysisOptions how = {.today = today, .notes = option_given(call, "notes")};
    analysis_run(bundle, program, &how);
    if (bundle->diags.errors == 0)
        scenario_findings(bundle, program, how.notes);
    program_free(program);
    return true;
}

static bool read_flow(const Invocation *call, const char *file, Bundle *bundle, Error *err)
{
    CwPlaces places = places_of(call);
    const Zone zone = {.summer_time = true};
    Instant now;
    if (!clock_now(call, zone, &now, err) || !flow_load(&places, file, bundle, err))
        return false;
    Day today = day_of_instant(zone, now);
    if (!analyse(call, bundle, today, err))
        return false;
    analysis_allow(bundle, today);
    return true;
}

/* What one run of the command comes to. */
typedef struct Check {
    DiagFormat format;
    bool wrong;
    Text codes; /* of the findings shown for people: see diag_more */
} Check;

static bool check_file(const Invocation *call, const char *file, Check *check, Error *err)
{
    Bundle bundle = {0};
    bool read = read_flow(call, file, &bundle, err);
    Text text = {0};
    bool for_people = check->format == DIAG_TEXT || check->format == DIAG_COMPACT;
    uint32_t most = for_people ? LIMIT_ERRORS_SHOWN : 0;
    if (read && (!for_people || bundle.diags.count > 0))
        diag_render(&bundle, check->format, call->out->colour, most, &text);
    if (read && check->format == DIAG_TEXT)
        diag_codes(&bundle, most, &check->codes);
    print_text(call, &text);
    bool warned = option_given(call, "warnings-as-errors") && bundle.diags.warnings > 0;
    if (read && (bundle.diags.errors > 0 || warned))
        check->wrong = true;
    bundle_clear(&bundle);
    return read;
}

#define SCENARIOS_END ".scenarios.flow"

/* A file of scenarios is read with its flow: the flow's name for its name, to be
 * freed; NULL for any other file. */
static char *flow_of_scenarios(const char *file)
{
    size_t length = strlen(file), end = strlen(SCENARIOS_END);
    if (length <= end || strcmp(file + length - end, SCENARIOS_END) != 0)
        return NULL;
    Text flow = {0};
    text_add_bytes(&flow, file, length - end);
    text_add(&flow, ".flow");
    return text_take(&flow);
}

static bool is_named(const Invocation *call, const char *file)
{
    for (int i = 0; i < call->argument_count; i++)
        if (strcmp(call->arguments[i], file) == 0)
            return true;
    return false;
}

/* So that `check workflows` with a star means each flow once. */
static bool check_argument(const Invocation *call, const char *file, Check *check, Error *err)
{
    char *flow = flow_of_scenarios(file);
    bool done =
        flow && is_named(call, flow) ? true : check_file(call, flow ? flow : file, check, err);
    free(flow);
    return done;
}

static bool check_all(const Invocation *call, Check *check, Error *err)
{
    for (int i = 0; i < call->argument_count; i++)
        if (!check_argument(call, call->arguments[i], check, err))
            return false;
    return true;
}

static bool run(const Invocation *call, Error *err)
{
    Check check = {0};
    if (!format_of(call, &check.format, err))
        return false;
    if ((check.format == DIAG_SARIF || check.format == DIAG_JUNIT) && call->argument_count > 1)
        return error_kind(err, ERROR_USAGE,
                          "this format is one file for one flow: name one flow");
    bool read = check_all(call, &check, err);
    Text text = {0};
    diag_more(&check.codes, &text);
    print_text(call, &text);
    text_clear(&check.codes);
    if (read)
        *err = (Error){.kind = ERROR_REFUSED};
    return read && !check.wrong;
}

const CommandSpec command_check = {
    .usage = "FLOW …",
    .about = "FLOW is a .flow file; what it uses, and its scenarios, are read with it. Says "
             "nothing when all is well. 'casewright explain CF201' tells what a finding means.",
    .examples = "casewright check workflows/cre.flow\n"
                "casewright check --format compact workflows/cre.flow",
    .answers_no = "a flow is wrong",
    .takes = TAKES_NOW,
    .options = options,
    .least = 1,
    .most = -1,
    .run = run,
};
