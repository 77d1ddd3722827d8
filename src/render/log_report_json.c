#include <sodium.h>
#include <stdlib.h>
#include <string.h>

#include "base/json.h"
#include "base/mem.h"
#include "render/log_report.h"

/* ---- files -------------------------------------------------------------------------- */

static void file_json(Json *json, const LogFile *file)
{
    char digest[2 * sizeof file->digest + 1], separator[2] = {file->separator, '\0'};
    sodium_bin2hex(digest, sizeof digest, file->digest, sizeof file->digest);
    json_object_begin(json, NULL);
    json_text(json, "path", file->path);
    json_text(json, "format", file->is_xes ? "xes" : "csv");
    json_bool(json, "packed", file->is_packed);
    json_text(json, "separator", file->is_xes ? NULL : separator);
    json_bool(json, "byte_order_mark", file->had_bom);
    json_number(json, "bytes", (int64_t)file->bytes);
    json_number(json, "rows", (int64_t)file->rows);
    json_number(json, "used", (int64_t)file->used);
    json_text(json, "sha256", digest);
    json_text(json, "columns", file->columns);
    json_object_end(json);
}

/* ---- counts --------------------------------------------------------------------------- */

static int by_text(const void *one, const void *other, void *context)
{
    const LogNames *names = context;
    return strcmp(names->texts[*(const uint32_t *)one], names->texts[*(const uint32_t *)other]);
}

/* Names with what was counted of them, those with nothing left out, by name. */
static void counts_json(Json *json, const char *key, const LogNames *names,
                        const uint64_t *counts)
{
    uint32_t *order = mem_alloc_array(names->count, sizeof *order);
    for (uint32_t i = 0; i < names->count; i++)
        order[i] = i;
    qsort_r(order, names->count, sizeof *order, by_text, (void *)(uintptr_t)names);
    json_object_begin(json, key);
    for (uint32_t i = 0; i < names->count; i++)
        if (counts[order[i]])
            json_number(json, names->texts[order[i]], (int64_t)counts[order[i]]);
    json_object_end(json);
    free(order);
}

static void steps_json(Json *json, const LogFacts *facts)
{
    const char *const *names = facts->log->activities.texts;
    json_array_begin(json, "directly_follows");
    for (uint32_t i = 0; i < facts->step_count; i++) {
        json_array_begin(json, NULL);
        json_text(json, NULL, names[facts->steps[i].from]);
        json_text(json, NULL, names[facts->steps[i].to]);
        json_number(json, NULL, (int64_t)facts->steps[i].count);
        json_array_end(json);
    }
    json_array_end(json);
}

/* The instant in UTC; of a date alone, the beginning of its day. */
static void moment_json(Json *json, const char *key, Zone zone, Moment at)
{
    if (at == MOMENT_NONE)
        json_none(json, key);
    else if (moment_rank(at) == RANK_DATE_ONLY)
        json_number(json, key, day_start(zone, moment_day(zone, at)));
    else
        json_number(json, key, moment_instant(at));
}

/* ---- the data -----------------------------------------------------------------------------
 */

static void place_json(Json *json, const Log *log, uint32_t file, uint64_t line)
{
    json_text(json, "file", log->files[file].path);
    json_number(json, "line", (int64_t)line);
}

static void sight_json(Json *json, const char *key, const Log *log, const LogSight *sight)
{
    json_object_begin(json, key);
    json_number(json, "rows", (int64_t)sight->count);
    if (sight->count)
        place_json(json, log, sight->file, sight->line);
    json_object_end(json);
}

static void twins_json(Json *json, const LogFacts *facts)
{
    const char *const *names = facts->log->activities.texts;
    json_array_begin(json, "alike");
    for (uint32_t i = 0; i < facts->twin_count; i++) {
        json_array_begin(json, NULL);
        json_text(json, NULL, names[facts->twins[i].one]);
        json_text(json, NULL, names[facts->twins[i].other]);
        json_array_end(json);
    }
    json_array_end(json);
    json_bool(json, "alike_not_looked_for", facts->too_many_to_compare);
}

static void notes_json(Json *json, const LogFacts *facts)
{
    const LogNotes *notes = &facts->log->notes;
    const struct {
        const char *key;
        uint64_t count;
    } counts[] = {
        {"date_only", notes->date_only},        {"without_offset", notes->without_zone},
        {"doubled_hour", notes->doubled_hour},  {"ties", notes->ties},
        {"duplicates", notes->duplicates},      {"bursts", notes->bursts},
        {"out_of_order", notes->out_of_order},  {"other_lifecycle", notes->other_lifecycle},
        {"empty_cases", notes->empty_cases},    {"people", facts->log->people.count - 1},
        {"roles", facts->log->roles.count - 1},
    };
    json_object_begin(json, "notes");
    for (size_t i = 0; i < sizeof counts / sizeof *counts; i++)
        json_number(json, counts[i].key, (int64_t)counts[i].count);
    json_array_begin(json, "offsets_minutes");
    for (uint32_t i = 0; i < notes->offset_count; i++)
        json_number(json, NULL, notes->offsets[i]);
    json_array_end(json);
    sight_json(json, "future", facts->log, &facts->future);
    sight_json(json, "year_1970", facts->log, &facts->year_1970);
    twins_json(json, facts);
    json_object_end(json);
}

/* ---- what was set aside --------------------------------------------------------------------
 */

static void set_aside_json(Json *json, const LogFacts *facts)
{
    const Log *log = facts->log;
    json_object_begin(json, "set_aside");
    for (SetAsideReason reason = 0; reason < SET_ASIDE_COUNT; reason++)
        if (log->set_aside_by[reason])
            json_number(json, set_aside_key(reason), (int64_t)log->set_aside_by[reason]);
    json_object_end(json);
    json_array_begin(json, "set_aside_rows");
    for (size_t i = 0; i < log->set_aside_count; i++) {
        const SetAside *row = &log->set_aside[i];
        json_object_begin(json, NULL);
        json_text(json, "reason", set_aside_key(row->reason));
        place_json(json, log, row->file, row->line);
        json_text(json, "case", row->case_name ? log->cases.texts[row->case_name] : NULL);
        json_text(json, "detail", row->detail);
        json_object_end(json);
    }
    json_array_end(json);
}

void log_report_json(const LogFacts *facts, Text *out)
{
    const Log *log = facts->log;
    Json json = {.out = out, .pretty = true};
    Text zone = {0};
    zone_words(log->zone, &zone);
    json_object_begin(&json, NULL);
    json_text(&json, "schema", "casewright/log/1");
    json_array_begin(&json, "files");
    for (size_t i = 0; i < log->file_count; i++)
        file_json(&json, &log->files[i]);
    json_array_end(&json);
    json_number(&json, "cases", (int64_t)facts->cases);
    json_number(&json, "cases_damaged", (int64_t)facts->damaged);
    json_number(&json, "cases_lost", (int64_t)facts->lost);
    json_number(&json, "events", (int64_t)facts->events);
    moment_json(&json, "first", log->zone, log->first);
    moment_json(&json, "last", log->zone, log->last);
    json_text(&json, "zone", text_get(&zone));
    json_bool(&json, "zone_assumed", log->zone_assumed);
    counts_json(&json, "activities", &log->activities, facts->activities);
    counts_json(&json, "starts", &log->activities, facts->starts);
    counts_json(&json, "ends", &log->activities, facts->ends);
    json_number(&json, "variants", (int64_t)facts->variants);
    steps_json(&json, facts);
    set_aside_json(&json, facts);
    notes_json(&json, facts);
    json_object_end(&json);
    text_add_char(out, '\n');
    text_clear(&zone);
}
