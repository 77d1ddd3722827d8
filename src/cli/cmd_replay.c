/* replay: past cases judged by a flow. */
#include <stdlib.h>
#include <string.h>

#include "base/limits.h"
#include "base/mem.h"
#include "cli/clock.h"
#include "cli/flow_read.h"
#include "cli/replay_lists.h"
#include "cli/replay_report.h"
#include "cli/replay_run.h"
#include "cli/session.h"
#include "cli/target.h"
#include "cli/text_file.h"
#include "compile/compile.h"
#include "render/replay_text.h"
#include "replay/threshold.h"

static const Option options[] = {
    LOG_OPTIONS,
    SPREAD_OPTIONS,
    {"as-of", 0, false, "DATE", "judge what is open as on that date (default: the last event)"},
    {"mode", 0, false, "MODE",
     "judge (default): what the flow would refuse is noted and then applied; enforce: it does "
     "not happen"},
    {"against", 0, false, "FLOW2",
     "compare with another version of the flow: what it says differently, and what that would "
     "have changed"},
    {"accept", 0, false, "FILE", "deviations that somebody has accepted, with reason and end"},
    {"fail-if", 0, true, "CONDITION",
     "end with exit code 1 where it holds: 'late > 5%', 'broken > 0', 'cannot-judge > 10%'"},
    {"format", 0, false, "FORMAT", "text (the default), json or csv"},
    {"json", 0, false, NULL, "short for --format json"},
    LIST_OPTIONS,
    REPORT_OPTIONS,
    TARGET_OPTIONS,
    {0},
};

enum { FORMAT_TEXT, FORMAT_JSON, FORMAT_CSV };

typedef struct Wish {
    size_t format;
    Threshold *thresholds; /* owned */
    size_t threshold_count, threshold_capacity;
    AcceptedList accepted;
    ReplayLists lists;
    ReplayReport report;
    CompareRun compare;
    ReplayRun run;
} Wish;

/* ---- what is wished for ------------------------------------------------------------ */

static bool read_mode(const Invocation *call, ReplayMode *mode, Error *err)
{
    const char *wanted = option_text(call, "mode");
    *mode = wanted && strcmp(wanted, "enforce") == 0 ? REPLAY_ENFORCE : REPLAY_JUDGE;
    return !wanted || *mode == REPLAY_ENFORCE || strcmp(wanted, "judge") == 0 ||
           error_kind(err, ERROR_USAGE, "unknown mode '%s': judge or enforce", wanted);
}

/* A date means its end; limits that end with it still run. */
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

static bool read_accepted(const Invocation *call, Wish *wish, Error *err)
{
    const char *path = option_text(call, "accept");
    Text text = {0};
    bool done = !path || (text_file_read(path, LIMIT_MAP_BYTES, &text, err) &&
                          accepted_parse(&wish->accepted, wish->run.bundle, path,
                                         text_get(&text), text.length, err));
    wish->run.options.accepted = path ? &wish->accepted : NULL;
    text_clear(&text);
    return done;
}

static bool read_thresholds(const Invocation *call, Wish *wish, Error *err)
{
    const char *text;
    for (size_t i = 0; (text = option_nth(call, "fail-if", i)); i++) {
        Threshold threshold;
        if (!threshold_parse(text, &threshold, err))
            return false;
        wish->thresholds = mem_grow(wish->thresholds, &wish->threshold_capacity,
                                    wish->threshold_count + 1, sizeof *wish->thresholds);
        wish->thresholds[wish->threshold_count++] = threshold;
    }
    return true;
}

static bool read_format(const Invocation *call, size_t *format, Error *err)
{
    static const char *const names[] = {"text", "json", "csv", NULL};
    if (!format_read(call, names, format, err))
        return false;
    bool json = option_given(call, "json");
    if (json && option_given(call, "format") && *format != FORMAT_JSON)
        return error_kind(err, ERROR_USAGE, "'--json' and '--format %s' exclude each other",
                          names[*format]);
    *format = json ? FORMAT_JSON : *format;
    return *format == FORMAT_TEXT || !option_given(call, "show-case") ||
           error_kind(err, ERROR_USAGE, "--show-case tells a story in text only");
}

static bool read_second(const Invocation *call, Wish *wish, Error *err)
{
    const char *file = option_text(call, "against");
    wish->run.compare = file ? &wish->compare : NULL;
    if (file && wish->format == FORMAT_CSV)
        return error_kind(err, ERROR_USAGE, "--against is told as text or json, not as csv");
    return !file || compare_run_read(&wish->compare, call, file, wish->run.bundle, err);
}

/* Before the log is replayed: what cannot be written is not worth the waiting. */
static bool check_output(const Invocation *call, const LogInput *input, const Bundle *bundle,
                         Error *err)
{
    const char *path = option_text(call, "output");
    return !path || target_check(path, option_given(call, "force"), bundle,
                                 input->request.paths, input->request.path_count, err);
}

static bool read_wish(const Invocation *call, LogInput *input, Wish *wish, Error *err)
{
    ReplayRun *run = &wish->run;
    if (!read_format(call, &wish->format, err) || !read_mode(call, &run->options.mode, err) ||
        !read_as_of(call, run->program->zone, &run->options.as_of, err) ||
        !read_thresholds(call, wish, err) || !read_accepted(call, wish, err) ||
        !read_second(call, wish, err) || !log_input_read(call, 1, input, err) ||
        !spread_read(call, &input->request, err) ||
        !check_output(call, input, run->bundle, err))
        return false;
    log_input_offer(input, run->program);
    return replay_lists_begin(call, wish->format == FORMAT_CSV, run, &wish->lists, err) &&
           replay_report_begin(call, run, &wish->report, err);
}

/* ---- the end ----------------------------------------------------------------------------- */

/* NULL: there is no other flow. */
static const Comparison *comparison_of(const Wish *wish)
{
    return wish->run.compare ? compare_run_comparison(wish->run.compare) : NULL;
}

static void write_json(const Wish *wish, Text *out)
{
    Json json = {.out = out, .pretty = true};
    if (wish->run.compare)
        comparison_json(comparison_of(wish), replay_run_result(&wish->run), &json);
    else
        result_json(replay_run_result(&wish->run), &json);
    text_add_char(out, '\n');
}

static bool make_output(const Wish *wish, Text *out, Error *err)
{
    const Result *result = replay_run_result(&wish->run);
    if (wish->lists.show_case)
        return replay_lists_story(&wish->lists, out, err);
    if (wish->format == FORMAT_CSV)
        replay_lists_csv(&wish->lists, out);
    else if (wish->format == FORMAT_JSON)
        write_json(wish, out);
    else if (wish->run.compare)
        compare_text(comparison_of(wish), result, out);
    else
        replay_text(result, out);
    return true;
}

/* --force is the report's where both could be meant. */
static bool write_output(const Invocation *call, const Wish *wish, Error *err)
{
    Text out = {0};
    bool done = make_output(wish, &out, err);
    if (done && option_given(call, "report") && !option_given(call, "output"))
        output_add_text(call->out, &out);
    else if (done)
        done = target_write(call, wish->run.bundle, true, &out, err);
    text_clear(&out);
    return done;
}

/* A year mistyped in one row would make everything that is open look overdue. The clock
 * decides about this note only: the result is the same whenever it is asked for. */
static bool note_future(const Invocation *call, const ReplayRun *run, Error *err)
{
    const ResultHead *head = &replay_run_result(run)->head;
    char day[DAY_TEXT_MAX];
    Text note = {0};
    Instant now;
    if (!clock_now(call, run->program->zone, &now, err))
        return false;
    if (!head->as_of_is_last || moment_instant(head->as_of) <= now)
        return true;
    day_format_long(moment_day(run->program->zone, head->as_of), day);
    text_addf(&note,
              "note: the last thing in the log lies in the future, on %s, and the cases are "
              "judged as of then; 'casewright log' says which rows these are, --as-of DATE "
              "takes another day\n",
              day);
    say_aside(&note);
    text_clear(&note);
    return true;
}

/* What was found is written in any case; then the sentence says why the run fails. */
static bool check_thresholds(const Wish *wish, Error *err)
{
    Text words = {0};
    for (size_t i = 0; i < wish->threshold_count; i++) {
        Text one = {0};
        if (threshold_is_exceeded(&wish->thresholds[i], replay_run_result(&wish->run), &one))
            text_addf(&words, "%s%s", words.length ? "; " : "", text_get(&one));
        text_clear(&one);
    }
    if (wish->threshold_count && replay_run_result(&wish->run)->cases == 0)
        text_add(&words, "--fail-if has nothing to judge by: the log holds no case");
    bool good = !words.length || error_kind(err, ERROR_REFUSED, "%s", text_get(&words));
    text_clear(&words);
    return good;
}

static bool replay(const Invocation *call, const Bundle *bundle, const Program *program,
                   Error *err)
{
    LogInput input = {0};
    Wish wish = {.run = {.bundle = bundle, .program = program, .input = &input}};
    bool done = read_wish(call, &input, &wish, err) && replay_run(&wish.run, err) &&
                replay_report_write(&wish.report, comparison_of(&wish), err) &&
                write_output(call, &wish, err) && note_future(call, &wish.run, err) &&
                check_thresholds(&wish, err);
    replay_report_clear(&wish.report);
    replay_lists_clear(&wish.lists);
    replay_run_clear(&wish.run);
    compare_run_clear(&wish.compare);
    log_input_clear(&input);
    accepted_clear(&wish.accepted);
    free(wish.thresholds);
    return done;
}

static bool ends_in_flow(const char *name)
{
    size_t length = strlen(name);
    return length > 5 && strcmp(name + length - 5, ".flow") == 0;
}

/* The flow comes first; the other way round it would be read as a very wrong flow. */
static bool check_order(const Invocation *call, Error *err)
{
    const char *flow = call->arguments[0];
    for (int i = 1; i < call->argument_count && !ends_in_flow(flow); i++)
        if (ends_in_flow(call->arguments[i]))
            return error_kind(err, ERROR_USAGE, "the flow comes first: casewright replay %s %s",
                              call->arguments[i], flow);
    return true;
}

static bool run(const Invocation *call, Error *err)
{
    Bundle bundle = {0};
    if (!check_order(call, err))
        return false;
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
    .examples = "casewright replay workflows/cre.flow cases.csv --as-of 2021-03-31\n"
                "casewright replay workflows/cre.flow cases.csv --show-case C-17\n"
                "casewright replay workflows/cre.flow cases.csv --against new/cre.flow\n"
                "casewright replay workflows/cre.flow cases.csv --map cre.map --fail-if "
                "'late > 5%'",
    .answers_no = "the flow is wrong, or a --fail-if holds",
    .takes = TAKES_NOW,
    .options = options,
    .least = 2,
    .most = -1,
    .run = run,
};
