/* merge: results of replay, from shards, machines or several logs, added up to one. */
#include <string.h>

#include "api/engine.h"
#include "base/limits.h"
#include "cli/flow_read.h"
#include "cli/replay_report.h"
#include "cli/session.h"
#include "cli/target.h"
#include "cli/text_file.h"
#include "render/compare_words.h"
#include "render/replay_text.h"
#include "replay/compare.h"

static const Option options[] = {
    {"flow", 0, false, "FLOW", "the flow that was replayed, for the diagram of --report"},
    {"format", 0, false, "FORMAT", "text (the default) or json"},
    {"json", 0, false, NULL, "short for --format json"},
    REPORT_OPTIONS,
    TARGET_OPTIONS,
    {0},
};

/* What one file holds, or several together. */
typedef struct Sum {
    bool is_comparison;
    Result result; /* of the first flow, where two are compared */
    Comparison comparison;
} Sum;

static void sum_clear(Sum *sum)
{
    result_clear(&sum->result);
    comparison_clear(&sum->comparison);
}

/* ---- reading ------------------------------------------------------------------------ */

static bool parse(Sum *sum, const Text *text, Error *err)
{
    const char *bytes = text_get(text);
    sum->is_comparison = strstr(bytes, "\"casewright/comparison/") != NULL;
    if (!sum->is_comparison)
        return result_parse(&sum->result, bytes, text->length, err);
    return comparison_parse(&sum->comparison, &sum->result, bytes, text->length, err);
}

static bool say_file(const char *path, Error *err)
{
    Error plain = *err;
    return error_kind(err, plain.kind, "%s: %s", path, plain.text);
}

static bool read_sum(const char *path, Sum *sum, Error *err)
{
    Text text = {0};
    bool done = text_file_read(path, LIMIT_RESULT_BYTES, &text, err) &&
                (parse(sum, &text, err) || say_file(path, err));
    text_clear(&text);
    return done;
}

static bool add(Sum *to, const Sum *from, Error *err)
{
    if (to->is_comparison != from->is_comparison)
        return error_set(err, "one of the results compares two flows and another does not");
    return result_merge(&to->result, &from->result, err) &&
           (!to->is_comparison || comparison_merge(&to->comparison, &from->comparison, err));
}

static bool add_all(const Invocation *call, Sum *sum, Error *err)
{
    if (!read_sum(call->arguments[0], sum, err))
        return false;
    for (int i = 1; i < call->argument_count; i++) {
        Sum one = {0};
        bool done = read_sum(call->arguments[i], &one, err) &&
                    (add(sum, &one, err) || say_file(call->arguments[i], err));
        sum_clear(&one);
        if (!done)
            return false;
    }
    return true;
}

/* ---- writing ---------------------------------------------------------------------------- */

static void make_output(const Sum *sum, bool json, Text *out)
{
    Json writer = {.out = out, .pretty = true};
    if (json && sum->is_comparison)
        comparison_json(&sum->comparison, &sum->result, &writer);
    else if (json)
        result_json(&sum->result, &writer);
    else if (sum->is_comparison)
        compare_text(&sum->comparison, &sum->result, out);
    else
        replay_text(&sum->result, out);
    if (json)
        text_add_char(out, '\n');
}

static bool check_flow(const Bundle *bundle, const Sum *sum, const char *file, Error *err)
{
    char hash[65];
    flow_hash(bundle, hash);
    return strcmp(hash, sum->result.head.hash) == 0 ||
           error_set(err,
                     "'%s' is not the flow that was replayed: its content is %.16s, that of "
                     "the results is %.16s",
                     file, hash, sum->result.head.hash);
}

static bool write_report(const Invocation *call, Sum *sum, Error *err)
{
    const char *file = option_text(call, "flow");
    Bundle bundle = {0};
    Program *program = flow_compile(call, file, &bundle, err);
    LogInput input = {.request = {.paths = (const char *const *)call->arguments,
                                  .path_count = (size_t)call->argument_count}};
    ReplayWorker worker = {.result = sum->result};
    ReplayRun run = {.bundle = &bundle,
                     .program = program,
                     .input = &input,
                     .workers = &worker,
                     .worker_count = 1};
    ReplayReport report = {0};
    bool done = program && check_flow(&bundle, sum, file, err) &&
                replay_report_begin(call, &run, &report, err) &&
                replay_report_write(&report, sum->is_comparison ? &sum->comparison : NULL, err);
    replay_report_clear(&report);
    program_free(program);
    bundle_clear(&bundle);
    return done;
}

static bool write_sum(const Invocation *call, Sum *sum, bool json, Error *err)
{
    Text out = {0};
    bool done = !option_given(call, "report") || write_report(call, sum, err);
    make_output(sum, json, &out);
    if (done && option_given(call, "report") && !option_given(call, "output"))
        output_add_text(call->out, &out);
    else if (done)
        done = target_write(call, NULL, true, &out, err);
    text_clear(&out);
    return done;
}

/* ---- the command --------------------------------------------------------------------------
 */

/* Results are sums: single cases are no longer in them. */
static bool check_options(const Invocation *call, Error *err)
{
    if (option_given(call, "report") && !option_given(call, "flow"))
        return error_kind(err, ERROR_USAGE,
                          "--report draws the flow: name it with --flow FLOW");
    if (option_given(call, "report-case") || option_given(call, "report-cases"))
        return error_kind(err, ERROR_USAGE,
                          "results hold sums, not single cases: replay tells of a case");
    return true;
}

/* Before anything is read: what is added up, and the flow, are never written over. */
static bool check_output(const Invocation *call, Error *err)
{
    const char *path = option_text(call, "output");
    const char *flow = option_text(call, "flow");
    bool force = option_given(call, "force");
    return !path || (target_check(path, force, NULL, (const char *const *)call->arguments,
                                  (size_t)call->argument_count, err) &&
                     (!flow || target_check(path, force, NULL, &flow, 1, err)));
}

static bool run(const Invocation *call, Error *err)
{
    static const char *const names[] = {"text", "json", NULL};
    size_t format;
    Sum sum = {0};
    if (!format_read(call, names, &format, err) || !check_options(call, err) ||
        !check_output(call, err))
        return false;
    bool json = format == 1 || option_given(call, "json");
    bool done = add_all(call, &sum, err) && write_sum(call, &sum, json, err);
    sum_clear(&sum);
    return done;
}

const CommandSpec command_merge = {
    .usage = "RESULT …",
    .about =
        "Adds up results that 'replay --json' wrote: of the shards of a log, of several "
        "machines, of several logs. The order and the grouping make no difference, and the "
        "shards of a log come to what the whole log comes to. Results of different flows, "
        "maps or as-of dates are refused, and so is a part that is there twice.",
    .examples = "casewright merge shard-*.json\n"
                "casewright merge shard-*.json --report cases.html --flow workflows/cre.flow",
    .options = options,
    .least = 1,
    .most = -1,
    .run = run,
};
