/* replay: past cases judged by a flow. */
#include <string.h>

#include "base/limits.h"
#include "cli/flow_read.h"
#include "cli/replay_report.h"
#include "cli/replay_run.h"
#include "cli/session.h"
#include "cli/target.h"
#include "cli/text_file.h"
#include "compile/compile.h"
#include "render/replay_text.h"

static const Option options[] = {
    LOG_OPTIONS,
    {"as-of", 0, false, "DATE", "judge what is open as on that date (default: the last event)"},
    {"mode", 0, false, "MODE",
     "judge (default): note what the flow would refuse, then apply it; enforce: it does not "
     "happen"},
    {"against", 0, false, "FLOW2",
     "compare with another version of the flow: what it says differently, and what that would "
     "have changed"},
    {"accept", 0, false, "FILE", "deviations that somebody has accepted, with reason and end"},
    {"format", 0, false, "FORMAT", "text (the default) or json"},
    {"json", 0, false, NULL, "short for --format json"},
    REPORT_OPTIONS,
    TARGET_OPTIONS,
    {0},
};

enum { FORMAT_TEXT, FORMAT_JSON };

/* ---- what is wished for ------------------------------------------------------------ */

static bool read_mode(const Invocation *call, ReplayMode *mode, Error *err)
{
    const char *wanted = option_text(call, "mode");
    *mode = wanted && strcmp(wanted, "enforce") == 0 ? REPLAY_ENFORCE : REPLAY_JUDGE;
    return !wanted || *mode == REPLAY_ENFORCE || strcmp(wanted, "judge") == 0 ||
           error_kind(err, ERROR_USAGE, "unknown mode '%s': judge or enforce", wanted);
}

/* A date means its end, its own day limits still running. */
static bool read_as_of(const Invocation *call, Zone zone, Moment *as_of, Error *err)
{
    const char *text = option_text(call, "as-of");
    TypedTime time;
    *as_of = MOMENT_NONE;
    if (!text)
        return true;
    if (!time_parse(zone, text, &time, err)) {
        err->kind = ERROR_USAGE;
        return false;
    }
    *as_of = typed_moment(zone, time);
    return true;
}

static bool read_accepted(const Invocation *call, const Bundle *bundle, AcceptedList *list,
                          Error *err)
{
    const char *path = option_text(call, "accept");
    Text text = {0};
    bool done =
        !path || (text_file_read(path, LIMIT_MAP_BYTES, &text, err) &&
                  accepted_parse(list, bundle, path, text_get(&text), text.length, err));
    text_clear(&text);
    return done;
}

static bool read_format(const Invocation *call, size_t *format, Error *err)
{
    static const char *const names[] = {"text", "json", NULL};
    if (!format_read(call, names, format, err))
        return false;
    if (option_given(call, "json"))
        *format = FORMAT_JSON;
    return true;
}

/* ---- the command ---------------------------------------------------------------------- */

/* NULL: there is no other flow. */
static const Comparison *replay_comparison(const ReplayRun *run)
{
    return run->compare ? compare_run_comparison(run->compare) : NULL;
}

static bool read_second(const Invocation *call, ReplayRun *run, CompareRun *compare, Error *err)
{
    const char *file = option_text(call, "against");
    run->compare = file ? compare : NULL;
    return !file || compare_run_read(compare, call, file, run->bundle, err);
}

static bool write_result(const Invocation *call, const ReplayRun *run, size_t format,
                         Error *err)
{
    Text out = {0};
    if (format == FORMAT_JSON) {
        Json json = {.out = &out, .pretty = true};
        if (run->compare)
            comparison_json(replay_comparison(run), replay_run_result(run), &json);
        else
            result_json(replay_run_result(run), &json);
        text_add_char(&out, '\n');
    } else if (run->compare) {
        compare_text(replay_comparison(run), replay_run_result(run), &out);
    } else {
        replay_text(replay_run_result(run), &out);
    }
    bool done = true;
    if (option_given(call, "report") && !option_given(call, "output"))
        output_add_text(call->out, &out); /* --force is the report's */
    else
        done = target_write(call, run->bundle, true, &out, err);
    text_clear(&out);
    return done;
}

static bool replay(const Invocation *call, const Bundle *bundle, const Program *program,
                   Error *err)
{
    LogInput input = {0};
    AcceptedList accepted = {0};
    ReplayRun run = {.bundle = bundle, .program = program, .input = &input};
    ReplayReport report = {0};
    CompareRun compare = {0};
    size_t format;
    bool done = read_format(call, &format, err) && read_mode(call, &run.options.mode, err) &&
                read_as_of(call, program->zone, &run.options.as_of, err) &&
                read_accepted(call, bundle, &accepted, err) &&
                read_second(call, &run, &compare, err) && log_input_read(call, 1, &input, err);
    run.options.accepted = option_given(call, "accept") ? &accepted : NULL;
    done = done && replay_report_begin(call, &run, &report, err) && replay_run(&run, err) &&
           replay_report_write(&report, replay_comparison(&run), err) &&
           write_result(call, &run, format, err);
    replay_report_clear(&report);
    replay_run_clear(&run);
    compare_run_clear(&compare);
    log_input_clear(&input);
    accepted_clear(&accepted);
    return done;
}

static bool run(const Invocation *call, Error *err)
{
    Bundle bundle = {0};
    Program *program = flow_read(call, &bundle, err) ? compile_bundle(&bundle, err) : NULL;
    bool done = program && replay(call, &bundle, program, err);
    program_free(program);
    bundle_clear(&bundle);
    return done;
}

const CommandSpec command_replay = {
    .usage = "FLOW LOG…",
    .about = "Replays the cases of a log through a flow and says, of each and of all: whether "
             "the policy was followed, what it would not have allowed and by which line, what "
             "was done in time and what late. LOG is CSV or XES, plain or packed with gzip; - "
             "is standard input.",
    .examples = "casewright replay workflows/cre.flow cases.csv\n"
                "casewright replay workflows/cre.flow cases.csv --as-of 2021-03-31\n"
                "casewright replay workflows/cre.flow cases.csv --against new/cre.flow",
    .options = options,
    .least = 2,
    .most = -1,
    .run = run,
};
