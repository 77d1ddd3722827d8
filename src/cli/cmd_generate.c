/* generate: made-up cases that follow a flow, written as a log. */
#include <string.h>

#include "base/limits.h"
#include "base/mem.h"
#include "cli/flow_read.h"
#include "cli/process.h"
#include "cli/session.h"
#include "cli/target.h"
#include "compile/compile.h"
#include "log/write.h"
#include "sim/generate.h"

static const Option options[] = {
    {"cases", 0, false, "N", "how many (default: 100)"},
    {"seed", 0, false, "N", "the same number gives the same cases (default: 1)"},
    {"from", 0, false, "DATE", "the first day (default: the day the flow comes into force)"},
    {"to", 0, false, "DATE", "the last day (default: two years after the first)"},
    {"late", 0, false, "PERCENT", "how many of a hundred limits are missed (default: none)"},
    {"format", 0, false, "FORMAT", "csv (the default) or xes"},
    TARGET_OPTIONS,
    {"write-map", 0, false, "FILE",
     "also write a map file, which tells 'replay --map' what column is what fact"},
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
        !read_number(call, "late", 0, 100, &late, err) || !read_day(call, "from", &from, err))
        return false;
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
    LogWriter writer;
    Text rows; /* owned; what is not yet in `out` */
    Output *out;
    uint32_t *columns;            /* owned; per fact: 1 + its column, 0 none */
    const char **facts, **values; /* owned; by column */
    Text *cells;                  /* owned; by column: numbers and dates in words */
} Writing;

/* A column for each fact that somebody may be asked for, in the order of the flow. */
static void choose_columns(Writing *writing)
{
    const Program *program = writing->program;
    size_t count = program->fact_count + 1u;
    writing->columns = mem_alloc_array(count, sizeof *writing->columns);
    writing->facts = mem_alloc_array(count, sizeof *writing->facts);
    writing->values = mem_alloc_array(count, sizeof *writing->values);
    writing->cells = mem_alloc_array(count, sizeof *writing->cells);
    for (uint32_t i = 0; i < program->records_count; i++)
        writing->columns[program->records[i].fact] = 1;
    uint32_t columns = 0;
    for (uint32_t fact = 0; fact < program->fact_count; fact++) {
        if (!writing->columns[fact])
            continue;
        writing->facts[columns++] = program->facts[fact].name;
        writing->columns[fact] = columns;
    }
    writing->writer.facts = writing->facts;
    writing->writer.fact_count = columns;
}

static void writing_clear(Writing *writing)
{
    for (uint32_t i = 0; i < writing->writer.fact_count; i++)
        text_clear(&writing->cells[i]);
    free(writing->columns);
    free(writing->facts);
    free(writing->values);
    free(writing->cells);
    text_clear(&writing->rows);
    log_write_clear(&writing->writer);
}

/* "team-manager-7" */
static void add_person(const Program *program, Person person, Text *out)
{
    text_addf(out, "%s-%u", program->roles[generated_role(person)].name,
              generated_number(person));
}

static const char *value_text(const Writing *writing, const Entry *entry, FactEntry fact,
                              Text *cell)
{
    const FactInfo *info = &writing->program->facts[fact.fact];
    char date[DAY_TEXT_MAX];
    text_reset(cell);
    switch (info->type) {
    case TYPE_ONE_OF:
        return writing->program->texts[info->values.first + (uint32_t)fact.value];
    case TYPE_YES_NO:
        return fact.value ? "yes" : "no";
    case TYPE_NUMBER:
        text_addf(cell, "%lld", (long long)fact.value);
        break;
    case TYPE_DATE:
        day_format((Day)fact.value, date);
        text_add(cell, date);
        break;
    case TYPE_TEXT:
        return "made up";
    case TYPE_PERSON:
        add_person(writing->program, entry->person, cell);
        break;
    }
    return text_get(cell);
}

static void write_entry(Writing *writing, const char *case_id, const Entry *entry, Text *person)
{
    const Program *program = writing->program;
    memset(writing->values, 0, writing->writer.fact_count * sizeof *writing->values);
    for (uint32_t i = 0; i < entry->fact_count; i++) {
        uint32_t column = writing->columns[entry->facts[i].fact] - 1;
        writing->values[column] =
            value_text(writing, entry, entry->facts[i], &writing->cells[column]);
    }
    text_reset(person);
    if (entry->person)
        add_person(program, entry->person, person);
    LogWriteRow row = {.case_id = case_id,
                       .activity = program->events[entry->name].name,
                       .person = text_get(person),
                       .role = entry->role != NO_INDEX ? program->roles[entry->role].name : "",
                       .values = writing->values,
                       .at = entry->at};
    log_write_row(&writing->writer, &row);
}

static bool write_case(void *context, const GeneratedCase *one, Error *err)
{
    Writing *writing = context;
    Text case_id = {0}, person = {0};
    if (one->number == 1)
        log_write_begin(&writing->writer);
    text_addf(&case_id, "synthetic-%06llu", (unsigned long long)one->number);
    for (uint32_t i = 0; i < one->entry_count; i++)
        if (one->entries[i].kind == ENTRY_OPEN || one->entries[i].kind == ENTRY_EVENT)
            write_entry(writing, text_get(&case_id), &one->entries[i], &person);
    text_clear(&case_id);
    text_clear(&person);
    output_add_text(writing->out, &writing->rows);
    text_reset(&writing->rows);
    if (process_interrupted())
        return error_kind(err, ERROR_INTERRUPTED, "interrupted");
    /* What is wrong with standard output main will say; of a file target_close does. */
    return !writing->out->failed || error_kind(err, ERROR_IO, "%s", "");
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

/* The other columns are found by their headings. */
static bool write_map(const Invocation *call, const Bundle *bundle, const Program *program,
                      Error *err)
{
    const char *path = option_text(call, "write-map");
    if (!path)
        return true;
    Writing writing = {.program = program};
    Text text = {0};
    choose_columns(&writing);
    text_addf(&text, "# Columns of a log made by casewright generate for the flow %s.\n",
              program->name);
    for (uint32_t i = 0; i < writing.writer.fact_count; i++)
        text_addf(&text, "fact %s column \"%s\"\n", writing.facts[i], writing.facts[i]);
    bool done = target_write_to(path, option_given(call, "force"), bundle, &text, err);
    text_clear(&text);
    writing_clear(&writing);
    return done;
}

static bool write_log(const GenerateRequest *request, LogFormat format, TargetStream *stream,
                      Error *err)
{
    Writing writing = {.program = request->program, .out = stream->out};
    writing.writer = (LogWriter){.format = format,
                                 .out = &writing.rows,
                                 .zone = request->program->zone,
                                 .raw = true, /* names of the flow and numbers only */
                                 .remark = "Synthetic: made by casewright generate. "
                                           "No case, person or fact in it is real."};
    GenerateTotals totals;
    choose_columns(&writing);
    bool done = generate(request, write_case, &writing, &totals, err);
    if (done) {
        if (totals.cases == 0)
            log_write_begin(&writing.writer);
        log_write_end(&writing.writer);
        output_add_text(writing.out, &writing.rows);
        tell_unclean(request->program, &totals);
    }
    writing_clear(&writing);
    return done;
}

static bool make(const Invocation *call, const Bundle *bundle, const Program *program,
                 Error *err)
{
    static const char *const names[] = {"csv", "xes", NULL};
    size_t format;
    GenerateRequest request;
    TargetStream stream;
    if (!format_read(call, names, &format, err) ||
        !read_request(call, program, &request, err) || !write_map(call, bundle, program, err))
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
    .examples = "casewright generate workflows/cre.flow --cases 500 --output cases.csv "
                "--write-map cases.map\n"
                "casewright generate workflows/cre.flow --seed 7 --late 10 --format xes",
    .answers_no = "the flow is wrong, or no case of it can be opened",
    .options = options,
    .least = 1,
    .most = 1,
    .run = run,
};
