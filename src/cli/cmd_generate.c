/* generate: made-up cases that follow a flow, written as a log. */
#include <string.h>

#include "base/limits.h"
#include "cli/flow_read.h"
#include "cli/process.h"
#include "cli/session.h"
#include "cli/target.h"
#include "compile/compile.h"
#include "sim/generate_log.h"

static const Option options[] = {
    {"cases", 0, false, "N", "how many (default: 100)"},
    {"seed", 0, false, "N", "the same number gives the same cases (default: 1)"},
    {"from", 0, false, "DATE", "the first day (default: the day the flow comes into force)"},
    {"to", 0, false, "DATE", "the last day (default: two years after the first)"},
    {"late", 0, false, "PERCENT", "how many of a hundred limits are missed (default: none)"},
    {"format", 0, false, "FORMAT", "csv (the default) or xes"},
    TARGET_OPTIONS,
    {0},
};

/* ---- what was asked for ----------------------------------------------------------- */

static bool read_number(const Invocation *call, const char *name, uint64_t usual, uint64_t most,
                        uint64_t *value, Error *err)
{
    const char *text = option_text(call, name);
    *value = usual;
    if (!text)
        return true;
    uint64_t read = 0;
    size_t digits = strspn(text, "0123456789");
    if (digits == 0 || text[digits] || digits > 19)
        return error_kind(err, ERROR_USAGE, "--%s takes a whole number, not '%s'", name, text);
    for (; *text; text++)
        read = read * 10 + (uint64_t)(*text - '0');
    if (read > most)
        return error_kind(err, ERROR_LIMIT, "--%s is at most %llu, not %llu", name,
                          (unsigned long long)most, (unsigned long long)read);
    *value = read;
    return true;
}

static bool read_day(const Invocation *call, const char *name, Day *day, Error *err)
{
    const char *text = option_text(call, name);
    return !text || day_parse(text, day) ||
           error_kind(err, ERROR_USAGE, "--%s takes a date such as 2024-03-01, not '%s'", name,
                      text);
}

/* Two years, as far as the calendar goes. */
static Day usual_end(const Program *program, Day from)
{
    Day end = day_add_months(from, 24, NULL) - 1;
    Day last = program->calendar ? calendar_last_day(program->calendar) : end;
    return last < end && last >= from ? last : end;
}

static bool read_request(const Invocation *call, const Program *program,
                         GenerateRequest *request, Error *err)
{
    uint64_t late;
    Day from =
        program->in_force != DAY_NONE ? program->in_force : day_from_civil((Civil){2024, 1, 1});
    *request = (GenerateRequest){.program = program};
    if (!read_number(call, "cases", 100, LIMIT_GENERATE_CASES, &request->cases, err) ||
        !read_number(call, "seed", 1, INT64_MAX, &request->seed, err) ||
        !read_number(call, "late", 0, INT64_MAX, &late, err) ||
        !read_day(call, "from", &from, err))
        return false;
    if (late > 100)
        return error_kind(err, ERROR_USAGE,
                          "--late is a share of a hundred, 0 to 100, not %llu",
                          (unsigned long long)late);
    request->late_percent = (uint32_t)late;
    request->from = from;
    request->to = usual_end(program, from);
    if (!read_day(call, "to", &request->to, err))
        return false;
    if (request->to < from)
        return error_kind(err, ERROR_USAGE,
                          "the period ends before it begins: --to must not "
                          "be before --from");
    if (request->to >= day_add_months(from, LIMIT_GENERATE_YEARS * 12, NULL))
        return error_kind(err, ERROR_LIMIT, "the period is at most %d years long",
                          LIMIT_GENERATE_YEARS);
    return true;
}

/* ---- writing --------------------------------------------------------------------------- */

typedef struct Writing {
    const Program *program;
    LogFormat format;
    TargetStream *stream; /* borrowed */
    GenerateLog log;
    bool begun;
} Writing;

static void pass_on(Writing *writing)
{
    output_add_text(writing->stream->out, &writing->log.rows);
    text_reset(&writing->log.rows);
}

/* Nothing is written before it is known that something can be. */
static void begin_log(Writing *writing)
{
    if (!writing->begun)
        generate_log_begin(&writing->log, writing->program, writing->format);
    writing->begun = true;
}

static bool write_case(void *context, const GeneratedCase *one, Error *err)
{
    Writing *writing = context;
    begin_log(writing);
    generate_log_case(&writing->log, one);
    pass_on(writing);
    if (process_interrupted())
        return error_kind(err, ERROR_INTERRUPTED, "interrupted");
    return target_takes_more(writing->stream, err);
}

/* ---- the command ------------------------------------------------------------------------ */

/* Nobody is to take such a case for a late one without knowing. */
static void tell_unclean(const Program *program, const GenerateTotals *totals)
{
    if (!totals->unclean)
        return;
    Text text = {0};
    text_addf(&text, "note: in %llu of %llu cases something was late that was not meant to be",
              (unsigned long long)totals->unclean, (unsigned long long)totals->cases);
    if (totals->unclean_work != NO_INDEX)
        text_addf(&text, ", first \"%s\"", program->works[totals->unclean_work].name);
    text_add(&text, ":\n  no order of events was found in which every limit is met\n");
    say_aside(&text);
    text_clear(&text);
}

static bool write_log(const GenerateRequest *request, LogFormat format, TargetStream *stream,
                      Error *err)
{
    Writing writing = {.program = request->program, .format = format, .stream = stream};
    GenerateTotals totals;
    bool done = generate(request, write_case, &writing, &totals, err);
    if (done) {
        begin_log(&writing);
        generate_log_end(&writing.log);
        pass_on(&writing);
        tell_unclean(request->program, &totals);
    }
    generate_log_clear(&writing.log);
    return done;
}

static bool make(const Invocation *call, const Bundle *bundle, const Program *program,
                 Error *err)
{
    static const char *const names[] = {"csv", "xes", NULL};
    size_t format;
    GenerateRequest request;
    TargetStream stream;
    if (!format_read(call, names, &format, err) || !read_request(call, program, &request, err))
        return false;
    bool done = target_open(call, bundle, false, &stream, err) &&
                write_log(&request, (LogFormat)format, &stream, err);
    bool failed = stream.file.failed != 0;
    return target_close(&stream, done || failed, err) && done;
}

static bool run(const Invocation *call, Error *err)
{
    Bundle bundle = {0};
    Program *program = NULL;
    bool done = flow_read(call, &bundle, err) &&
                (program = compile_bundle(&bundle, err)) != NULL &&
                make(call, &bundle, program, err);
    if (program)
        program_free(program);
    bundle_clear(&bundle);
    return done;
}

const CommandSpec command_generate = {
    .usage = "FLOW",
    .about = "Lives made-up cases through with the machine that runs live cases, and writes "
             "them as a log: case, activity, time, person, role, and a column for each fact. "
             "By default nothing in it is late, and 'replay' finds nothing wrong. No case, "
             "person or fact in it is real.",
    .examples = "casewright generate workflows/cre.flow --cases 500 --output cases.csv\n"
                "casewright generate workflows/cre.flow --seed 7 --late 10 --format xes",
    .answers_no = "the flow is wrong, or no case of it can be opened",
    .options = options,
    .least = 1,
    .most = 1,
    .run = run,
};
