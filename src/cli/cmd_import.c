/* import: past cases from a log into the database. */
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "api/import.h"
#include "base/json.h"
#include "base/limits.h"
#include "base/mem.h"
#include "cli/log_options.h"
#include "cli/process.h"
#include "cli/session.h"
#include "render/safe.h"

#define ASIDE_SHOWN 20u /* different ones, in the text; --json has every case */

static const Option options[] = {
    LOG_OPTIONS,
    {"dry-run", 0, false, NULL, "write nothing: say what would be imported, and show ten rows"},
    {"batch", 0, false, "N", "entries to a transaction (default: 5000)"},
    {"progress", 0, false, NULL, "say how far it is, also where nobody watches"},
    {0},
};

/* Cases that were set aside because of the same: most often one name that the map file
 * does not say, in hundreds of cases. The first of them stands for all. */
typedef struct Alike {
    char *reference, *file, *activity, *sentence; /* owned */
    uint64_t line, cases;
} Alike;

typedef struct Report {
    bool json, watched; /* watched: a line of progress is kept up to date */
    Alike alike[ASIDE_SHOWN];
    uint32_t alike_count;
    uint64_t beyond; /* cases that none of `alike` stands for */
    Text text;       /* the members of the array of what was set aside */
    Json array;      /* writes into `text` */
    Text rows;       /* the first rows as understood */
} Report;

/* ---- what was set aside ------------------------------------------------------------- */

static void aside_json(Report *report, const ImportAside *aside)
{
    Json *json = &report->array;
    json_object_begin(json, NULL);
    json_text(json, "case", aside->reference);
    json_text(json, "file", aside->file);
    json_number(json, "line", (int64_t)aside->line);
    json_text(json, "activity", aside->activity);
    json_text(json, "reason", aside->sentence);
    json_object_end(json);
}

static void add_alike(Report *report, const ImportAside *aside)
{
    for (uint32_t i = 0; i < report->alike_count; i++) {
        Alike *alike = &report->alike[i];
        if (strcmp(alike->activity, aside->activity) == 0 &&
            strcmp(alike->sentence, aside->sentence) == 0) {
            alike->cases++;
            return;
        }
    }
    if (report->alike_count == ASIDE_SHOWN) {
        report->beyond++;
        return;
    }
    report->alike[report->alike_count++] = (Alike){.reference = mem_strdup(aside->reference),
                                                   .file = mem_strdup(aside->file),
                                                   .activity = mem_strdup(aside->activity),
                                                   .sentence = mem_strdup(aside->sentence),
                                                   .line = aside->line,
                                                   .cases = 1};
}

static void add_aside(void *context, const ImportAside *aside)
{
    Report *report = context;
    if (report->json)
        aside_json(report, aside);
    else
        add_alike(report, aside);
}

static void alike_text(const Alike *alike, Text *out)
{
    text_add(out, "  ");
    safe_add(out, alike->reference);
    text_addf(out, " (%s:%" PRIu64 ")", alike->file, alike->line);
    if (alike->activity[0]) {
        text_add(out, ", ");
        safe_add(out, alike->activity);
    }
    text_add(out, ": ");
    safe_add(out, alike->sentence);
    if (alike->cases > 1)
        text_addf(out, " [and %" PRIu64 " more %s]", alike->cases - 1,
                  alike->cases == 2 ? "case" : "cases");
    text_add_char(out, '\n');
}

static void report_clear(Report *report)
{
    for (uint32_t i = 0; i < report->alike_count; i++) {
        free(report->alike[i].reference);
        free(report->alike[i].file);
        free(report->alike[i].activity);
        free(report->alike[i].sentence);
    }
    text_clear(&report->text);
    text_clear(&report->rows);
}

static void add_row(void *context, const ImportRow *row)
{
    Report *report = context;
    char time[TIME_TEXT_MAX];
    if (moment_rank(row->at) == RANK_DATE_ONLY)
        day_format(moment_day(row->zone, row->at), time);
    else
        instant_format(row->zone, moment_instant(row->at), time);
    text_add(&report->rows, "  ");
    safe_add(&report->rows, row->reference);
    text_addf(&report->rows, "  %s  %s", time, row->event);
    if (row->role[0])
        text_addf(&report->rows, " by %s", row->role);
    if (row->person[0]) {
        text_add(&report->rows, " (");
        safe_add(&report->rows, row->person);
        text_add(&report->rows, ")");
    }
    text_add(&report->rows, "  ");
    safe_add(&report->rows, row->facts);
    text_add_char(&report->rows, '\n');
}

/* ---- progress ----------------------------------------------------------------------- */

static bool say_progress(void *context, const Imported *so_far)
{
    Report *report = context;
    if (report->watched) {
        Text line = {0};
        text_addf(&line, "\rimported %" PRIu64 " cases, %" PRIu64 " entries", so_far->cases,
                  so_far->entries);
        say_aside(&line);
        text_clear(&line);
    }
    return process_interrupted() == 0;
}

static void end_progress(const Report *report, const Imported *imported)
{
    Text line = {0};
    if (!report->watched || !imported->batches)
        return;
    text_add(&line, "\n");
    say_aside(&line);
    text_clear(&line);
}

/* ---- the result --------------------------------------------------------------------- */

static void result_json(Report *report, const Imported *imported, bool trial, Text *out)
{
    Json json = {.out = out};
    json_object_begin(&json, NULL);
    json_text(&json, "schema", "casewright/import/1");
    json_bool(&json, "trial", trial);
    json_number(&json, "cases", (int64_t)imported->cases);
    json_number(&json, "entries", (int64_t)imported->entries);
    json_number(&json, "already", (int64_t)imported->already);
    json_number(&json, "ignored", (int64_t)imported->ignored);
    json_number(&json, "people", (int64_t)imported->people);
    json_array_begin(&json, "set_aside");
    text_add_bytes(out, text_get(&report->text), report->text.length);
    json_array_end(&json);
    json_object_end(&json);
    text_add_char(out, '\n');
}

/* "1 case", "3 cases": numbers of things whose plural takes an s. */
static void counted(Text *out, uint64_t count, const char *thing)
{
    text_addf(out, "%" PRIu64 " %s%s", count, thing, count == 1 ? "" : "s");
}

static void asides_text(const Report *report, const Imported *imported, Text *out)
{
    if (!imported->aside)
        return;
    text_add(out, "set aside, nothing of them was written: ");
    counted(out, imported->aside, "case");
    text_add_char(out, '\n');
    for (uint32_t i = 0; i < report->alike_count; i++)
        alike_text(&report->alike[i], out);
    if (report->beyond)
        text_addf(out, "  and %" PRIu64 " more, for other reasons: --json lists them all\n",
                  report->beyond);
}

static void result_text(const Report *report, const Imported *imported, bool trial, Text *out)
{
    if (report->rows.length)
        text_addf(out, "The first rows, as they are understood:\n%s\n",
                  text_get(&report->rows));
    text_add(out, trial ? "would be imported: " : "imported: ");
    counted(out, imported->cases, "case");
    text_addf(out, " with %" PRIu64 " %s\n", imported->entries,
              imported->entries == 1 ? "entry" : "entries");
    if (imported->already) {
        text_add(out, "in the database already, with the same content: ");
        counted(out, imported->already, "case");
        text_add_char(out, '\n');
    }
    if (imported->ignored)
        text_addf(out, "rows that the map file ignores: %" PRIu64 "\n", imported->ignored);
    if (imported->people)
        text_addf(out, "people that were not known: %" PRIu64 "\n", imported->people);
    asides_text(report, imported, out);
}

/* What is on the disk stays there: running it again goes on. Of an interruption main
 * says nothing, so it is said here. */
static bool explain_stop(const Imported *imported, Error *err)
{
    Error plain = *err;
    Text text = {0};
    text_addf(&text,
              "%" PRIu64
              " cases are in the database, whole: the same command goes on from there",
              imported->cases);
    if (plain.kind == ERROR_INTERRUPTED) {
        text_add_char(&text, '\n');
        say_aside(&text);
    } else if (imported->cases) {
        error_kind(err, plain.kind, "%s; %s", plain.text, text_get(&text));
    }
    text_clear(&text);
    return false;
}

/* ---- the command -------------------------------------------------------------------- */

static bool read_batch(const Invocation *call, uint32_t *batch, Error *err)
{
    const char *text = option_text(call, "batch");
    char *end;
    if (!text)
        return true;
    unsigned long value = strtoul(text, &end, 10);
    if (*text < '1' || *text > '9' || *end || value > LIMIT_IMPORT_BATCH)
        return error_kind(err, ERROR_USAGE, "--batch takes a number from 1 to %u, not '%s'",
                          LIMIT_IMPORT_BATCH, text);
    *batch = (uint32_t)value;
    return true;
}

static bool check_name(const char *flow, Error *err)
{
    size_t length = strlen(flow);
    if (length < 5 || strcmp(flow + length - 5, ".flow") != 0)
        return true;
    return error_kind(err, ERROR_USAGE,
                      "import takes the name of a flow that is in use, not a file: 'casewright "
                      "deploy %s' puts it into use, then name it as its 'workflow' line does",
                      flow);
}

static bool import_log(const Invocation *call, Engine *engine, LogInput *input, Error *err)
{
    bool trial = option_given(call, "dry-run");
    Report report = {.json = call->json,
                     .watched = option_given(call, "progress") || isatty(STDERR_FILENO)};
    ImportRequest request = {.flow = call->arguments[0],
                             .log = &input->request,
                             .trial = trial,
                             .aside = add_aside,
                             .preview = trial ? add_row : NULL,
                             .progress = say_progress,
                             .context = &report};
    Imported imported = {0};
    Log log = {0};
    Text out = {0};
    report.array.out = &report.text;
    bool done = read_batch(call, &request.batch, err);
    if (done) {
        done = engine_import(engine, &request, &log, &imported, err);
        end_progress(&report, &imported);
        done = done || explain_stop(&imported, err);
    }
    if (done && call->json)
        result_json(&report, &imported, trial, &out);
    else if (done)
        result_text(&report, &imported, trial, &out);
    print_text(call, &out);
    report_clear(&report);
    log_clear(&log);
    if (done && imported.aside)
        return error_kind(err, ERROR_REFUSED, "%s", "");
    return done;
}

static bool run(const Invocation *call, Error *err)
{
    const Bundle *bundle;
    const Program *program;
    LogInput input = {0};
    if (!check_name(call->arguments[0], err))
        return false;
    bool trial = option_given(call, "dry-run");
    Engine *engine = session_open(call, trial ? SESSION_READ : SESSION_ALONE, err);
    if (!engine)
        return false;
    bool done = engine_definition(engine, call->arguments[0], &bundle, &program, err) &&
                log_input_read(call, 1, &input, err);
    if (done) {
        log_input_offer(&input, program);
        input.request.zone = program->zone;
        input.request.has_zone = true;
    }
    done = done && import_log(call, engine, &input, err);
    log_input_clear(&input);
    engine_close(engine);
    return done;
}

const CommandSpec command_import = {
    .usage = "FLOW LOG …",
    .about =
        "Writes past cases into the database, as entries of origin 'import'. FLOW is the name "
        "of a "
        "flow that is in use; each case follows the version that was in force when it opened. "
        "A "
        "case goes in whole or is set aside with the reason, since the database holds only "
        "what "
        "the flow accepts. What was due before the import is notified to nobody. It can be "
        "stopped at any time; the same command goes on from there, and cases that are in the "
        "database already are left alone.",
    .examples = "casewright import cre history.csv --dry-run\n"
                "casewright import cre history.csv.gz --map history.map",
    .answers_no = "some case was set aside",
    .takes = TAKES_FORMAT | TAKES_DATABASE | TAKES_NOW,
    .options = options,
    .least = 2,
    .most = -1,
    .run = run,
};
