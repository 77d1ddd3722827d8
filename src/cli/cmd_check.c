/* check: what is wrong with a flow. */
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

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
    {"notes", 0, false, NULL,
     "say also what is only worth knowing, and what no scenario tries"},
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

/* One byte more than a flow may have is enough to know that it is too long. */
static bool read_standard_input(Text *text, Error *err)
{
    char part[16384];
    ssize_t got;
    while (text->length <= LIMIT_FLOW_BYTES &&
           (got = read(STDIN_FILENO, part, sizeof part)) != 0) {
        if (got > 0)
            text_add_bytes(text, part, (size_t)got);
        else if (errno != EINTR)
            return error_kind(err, ERROR_IO, "cannot read standard input: %s", strerror(errno));
    }
    if (text->length > LIMIT_FLOW_BYTES)
        return error_kind(err, ERROR_LIMIT,
                          "standard input is larger than a flow may be (8 MiB)");
    return true;
}

/* `-` is standard input, as for an editor that has not saved yet. */
static bool load_flow(const CwPlaces *places, const char *file, Bundle *bundle, Error *err)
{
    if (strcmp(file, "-") != 0)
        return flow_load(places, file, bundle, err);
    Text text = {0};
    bool done = read_standard_input(&text, err) &&
                flow_load_text(places, "standard input", &text, bundle, err);
    text_clear(&text);
    return done;
}

static bool read_flow(const Invocation *call, const char *file, Bundle *bundle, Error *err)
{
    CwPlaces places = places_of(call);
    const Zone zone = {.summer_time = true};
    Instant now;
    if (!clock_now(call, zone, &now, err) || !load_flow(&places, file, bundle, err))
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

static int count_named(const Invocation *call, const char *file)
{
    int count = 0;
    for (int i = 0; i < call->argument_count; i++)
        count += strcmp(call->arguments[i], file) == 0;
    return count;
}

/* So that `check workflows` with a star means each flow once. */
static bool check_argument(const Invocation *call, const char *file, Check *check, Error *err)
{
    char *flow = flow_of_scenarios(file);
    bool done = flow && count_named(call, flow) > 0
                    ? true
                    : check_file(call, flow ? flow : file, check, err);
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
    if (count_named(call, "-") > 1)
        return error_kind(err, ERROR_USAGE, "standard input can be read only once");
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
    .about =
        "FLOW is a .flow file; what it uses is read with it, and its scenarios are run. - is a "
        "flow on standard input, which uses what stands beside the folder you are in. Says "
        "nothing when all is well. 'casewright explain CF201' tells what a finding means.",
    .examples = "casewright check workflows/cre.flow\n"
                "casewright check --format compact workflows/cre.flow\n"
                "casewright check - <workflows/cre.flow",
    .answers_no = "a flow is wrong",
    .takes = TAKES_NOW,
    .options = options,
    .least = 1,
    .most = -1,
    .run = run,
};
