#include "render/log_report.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "render/safe.h"
#include "render/share.h"
#include "render/table.h"

enum { SHOWN_NAMES = 40, SHOWN_ROWS = 3, SHOWN_TWINS = 20, SHOWN_ROLES = 6 };

static const struct {
    const char *key, *sentence;
} reasons[SET_ASIDE_COUNT] = {
#define SET_ASIDE(name, key, sentence) [SET_ASIDE_##name] = {key, sentence},
#include "log/set_aside.def"
#undef SET_ASIDE
};

const char *set_aside_key(SetAsideReason reason)
{
    return reasons[reason].key;
}

const char *set_aside_sentence(SetAsideReason reason)
{
    return reasons[reason].sentence;
}

static void offset_words(int minutes, Text *out)
{
    int size = minutes < 0 ? -minutes : minutes;
    text_addf(out, "%c%02d:%02d", minutes < 0 ? '-' : '+', size / 60, size % 60);
}

void zone_words(Zone zone, Text *out)
{
    if (zone.offset_minutes == 0) {
        text_add(out, zone.summer_time ? "Europe/London" : "UTC");
        return;
    }
    offset_words(zone.offset_minutes, out);
    text_add(out, zone.summer_time ? " with summer time" : "");
}

/* ---- sentences ---------------------------------------------------------------------- */

/* "1 case", "4,580 cases" */
static void add_count(uint64_t count, const char *one, const char *many, Text *out)
{
    count_words(count, out);
    text_addf(out, " %s", count == 1 ? one : many);
}

static void add_place(const Log *log, uint32_t file, uint64_t line, Text *out)
{
    char place[300];
    log_place(log, file, line, place);
    safe_add(out, place);
}

/* A point of the list of what to know; `what` is the rest of the sentence. */
static void tell(uint64_t count, const char *one, const char *many, const char *what, Text *out)
{
    if (count == 0)
        return;
    text_add(out, "  - ");
    add_count(count, one, many, out);
    text_addf(out, " %s\n", what);
}

static void tell_sight(const Log *log, const LogSight *sight, const char *one, const char *many,
                       Text *out)
{
    if (sight->count == 0)
        return;
    text_add(out, "  - ");
    add_count(sight->count, one, many, out);
    text_add(out, ", the first at ");
    add_place(log, sight->file, sight->line, out);
    text_add_char(out, '\n');
}

/* ---- files ------------------------------------------------------------------------------ */

static void file_text(const LogFile *file, Text *out)
{
    safe_add(out, file->path);
    text_addf(out, ": %s%s", file->is_xes ? "XES" : "CSV",
              file->is_packed ? ", packed with gzip" : "");
    if (!file->is_xes)
        text_addf(out,
                  file->separator == '\t' ? ", tab between columns" : ", '%c' between columns",
                  file->separator);
    text_add(out, "; ");
    add_count(file->rows, "row", "rows", out);
    text_add(out, " read, ");
    count_words(file->used, out);
    text_add(out, " used\n");
    if (*file->columns) {
        text_add(out, "  columns: ");
        safe_add(out, file->columns);
        text_add_char(out, '\n');
    }
}

static void period_text(const Log *log, Text *out)
{
    char text[TIME_TEXT_MAX];
    if (log->first == MOMENT_NONE)
        return;
    moment_format_long(log->zone, log->first, text);
    text_addf(out, "from %s ", text);
    moment_format_long(log->zone, log->last, text);
    text_addf(out, "to %s (local time: ", text);
    zone_words(log->zone, out);
    text_add(out, ")\n");
}

/* ---- activities ---------------------------------------------------------------------------
 */

/* Activities in the order in which they are listed. */
static uint32_t *listed(const LogFacts *facts, uint32_t *count,
                        int (*compare)(const void *, const void *, void *))
{
    const LogNames *names = &facts->log->activities;
    uint32_t *list = mem_alloc_array(names->count, sizeof *list);
    *count = 0;
    for (uint32_t i = 1; i < names->count; i++)
        if (facts->activities[i])
            list[(*count)++] = i;
    if (*count)
        qsort_r(list, *count, sizeof *list, compare, (void *)(uintptr_t)facts);
    return list;
}

static int by_name(const void *one, const void *other, void *context)
{
    const LogFacts *facts = context;
    const char *const *names = facts->log->activities.texts;
    return strcmp(names[*(const uint32_t *)one], names[*(const uint32_t *)other]);
}

static int by_count(const void *one, const void *other, void *context)
{
    const LogFacts *facts = context;
    uint64_t a = facts->activities[*(const uint32_t *)one];
    uint64_t b = facts->activities[*(const uint32_t *)other];
    return a != b ? (a < b ? 1 : -1) : by_name(one, other, context);
}

static void add_cell(TableRow *row, size_t column, uint64_t count)
{
    Text cell = {0};
    if (count)
        count_words(count, &cell);
    else
        text_add(&cell, "-");
    row->cells[column] = text_take(&cell);
}

static void activities_text(const LogFacts *facts, Text *out)
{
    uint32_t count, *list = listed(facts, &count, by_count);
    Table table = {.indent = 2};
    table_add(&table, "activity", "events", "begins a case", "ends a case", NULL);
    for (uint32_t i = 0; i < count && i < SHOWN_NAMES; i++) {
        TableRow *row = table_add(&table, facts->log->activities.texts[list[i]], NULL);
        add_cell(row, 1, facts->activities[list[i]]);
        add_cell(row, 2, facts->starts[list[i]]);
        add_cell(row, 3, facts->ends[list[i]]);
    }
    text_add_char(out, '\n');
    table_print(&table, false, out);
    if (count > SHOWN_NAMES)
        text_addf(out, "  and %u more activities (--json lists all)\n", count - SHOWN_NAMES);
    table_clear(&table);
    free(list);
}

/* ---- what to know ---------------------------------------------------------------------------
 */

static void offsets_text(const Log *log, Text *out)
{
    const LogNotes *notes = &log->notes;
    if (notes->offset_count == 0)
        return;
    text_add(out, "  - times have the offset");
    text_add(out, notes->offset_count > 1 ? "s " : " ");
    for (uint32_t i = 0; i < notes->offset_count; i++) {
        text_add(out, i == 0 ? "" : i + 1 < notes->offset_count ? ", " : " and ");
        offset_words(notes->offsets[i], out);
    }
    text_add(out, "; they are converted, not relabelled\n");
}

static void zone_text(const Log *log, Text *out)
{
    uint64_t local = log->notes.without_zone + log->notes.date_only;
    if (local && log->zone_assumed)
        tell(local, "row has", "rows have",
             "no offset: UTC is assumed; --zone says whose local time it is", out);
    tell(log->notes.doubled_hour, "time falls", "times fall",
         "into the hour that October has twice: the earlier one is taken", out);
}

static void roles_text(const LogNames *roles, Text *out)
{
    add_count(roles->count - 1, "role", "different roles", out);
    for (uint32_t i = 1; i < roles->count && i <= SHOWN_ROLES; i++) {
        text_add(out, i == 1 ? " (" : ", ");
        safe_add(out, roles->texts[i]);
    }
    text_add(out, roles->count > SHOWN_ROLES + 1 ? " …)" : roles->count > 1 ? ")" : "");
}

static void people_text(const Log *log, Text *out)
{
    text_add(out, "  - ");
    if (log->people.count > 1)
        add_count(log->people.count - 1, "person is named", "different people are named", out);
    else
        text_add(out, "no person is named");
    text_add(out, ", and ");
    if (log->roles.count > 1)
        roles_text(&log->roles, out);
    else
        text_add(out, "no role");
    text_add_char(out, '\n');
}

static void twins_text(const LogFacts *facts, Text *out)
{
    const char *const *names = facts->log->activities.texts;
    for (uint32_t i = 0; i < facts->twin_count && i < SHOWN_TWINS; i++) {
        text_add(out, "  - \"");
        safe_add(out, names[facts->twins[i].one]);
        text_add(out, "\" and \"");
        safe_add(out, names[facts->twins[i].other]);
        text_add(out, "\" look alike; they are counted apart\n");
    }
    if (facts->twin_count > SHOWN_TWINS)
        text_addf(out, "  - %u more pairs of names look alike\n",
                  facts->twin_count - SHOWN_TWINS);
    if (facts->too_many_to_compare)
        text_add(out, "  - there are too many activities to look for names that are alike\n");
}

static void notes_text(const LogFacts *facts, Text *out)
{
    const Log *log = facts->log;
    const LogNotes *notes = &log->notes;
    text_add(out, "\nWhat to know about the data\n");
    offsets_text(log, out);
    zone_text(log, out);
    tell(notes->date_only, "row has", "rows have",
         "a date without a time: it stands at the end of its day", out);
    tell(notes->ties, "neighbour stands", "neighbours stand",
         "at the same moment as the row before: their order is that of the file", out);
    tell(notes->duplicates, "row repeats", "rows repeat",
         "case, activity, time and person of another (--dedupe counts them once)", out);
    tell(notes->bursts, "time one person", "times one person",
         "did three or more things at one moment: perhaps a form that was saved at once, so "
         "that neither order nor waiting can be told",
         out);
    tell(notes->out_of_order, "row stands", "rows stand",
         "before an earlier one of the same case; cases are read in the order of time", out);
    tell_sight(log, &facts->future, "row lies in the future", "rows lie in the future", out);
    tell_sight(log, &facts->year_1970, "row is of 1970, which is often a missing date",
               "rows are of 1970, which is often a missing date", out);
    tell(notes->other_lifecycle, "event is", "events are",
         "left out: not of the part of the lifecycle that counts (--lifecycle)", out);
    tell(notes->empty_cases, "case has", "cases have", "no events", out);
    people_text(log, out);
    twins_text(facts, out);
}

/* ---- what was set aside
 * ------------------------------------------------------------------------ */

static void examples_text(const Log *log, SetAsideReason reason, Text *out)
{
    uint32_t shown = 0;
    for (size_t i = 0; i < log->set_aside_count && shown < SHOWN_ROWS; i++) {
        const SetAside *row = &log->set_aside[i];
        if (row->reason != reason)
            continue;
        text_add(out, "      ");
        add_place(log, row->file, row->line, out);
        if (*row->detail) {
            text_add(out, "  \"");
            safe_add(out, row->detail);
            text_add_char(out, '"');
        }
        text_add_char(out, '\n');
        shown++;
    }
}

static uint64_t set_aside_total(const Log *log)
{
    uint64_t total = 0;
    for (SetAsideReason reason = 0; reason < SET_ASIDE_COUNT; reason++)
        total += log->set_aside_by[reason];
    return total;
}

static void damaged_text(const LogFacts *facts, Text *out)
{
    uint64_t all = facts->damaged + facts->lost;
    if (all == 0)
        return;
    add_count(all, "case has such a row", "cases have such rows", out);
    text_add(out, " and cannot be judged");
    if (facts->lost == all)
        text_add(out, all == 1 ? "; it has no other row" : "; they have no other rows");
    else if (facts->lost)
        text_addf(out, "; %llu of them %s no other row", (unsigned long long)facts->lost,
                  facts->lost == 1 ? "has" : "have");
    text_add(out, ".\n");
}

static void set_aside_text(const LogFacts *facts, Text *out)
{
    const Log *log = facts->log;
    uint64_t total = set_aside_total(log);
    text_add_char(out, '\n');
    if (total == 0) {
        text_add(out, "Nothing was set aside.\n");
        return;
    }
    add_count(total, "row was", "rows were", out);
    text_add(out, " set aside and not used\n");
    for (SetAsideReason reason = 0; reason < SET_ASIDE_COUNT; reason++) {
        if (log->set_aside_by[reason] == 0)
            continue;
        text_add(out, "  ");
        count_words(log->set_aside_by[reason], out);
        text_addf(out, "  %s\n", set_aside_sentence(reason));
        examples_text(log, reason, out);
    }
    damaged_text(facts, out);
}

void log_report_text(const LogFacts *facts, Text *out)
{
    const Log *log = facts->log;
    for (size_t i = 0; i < log->file_count; i++)
        file_text(&log->files[i], out);
    text_add_char(out, '\n');
    add_count(facts->cases, "case", "cases", out);
    text_add(out, ", ");
    add_count(facts->events, "event", "events", out);
    text_add(out, ", ");
    add_count(facts->variants, "order of activities", "different orders of activities", out);
    text_add_char(out, '\n');
    period_text(log, out);
    if (facts->events)
        activities_text(facts, out);
    notes_text(facts, out);
    set_aside_text(facts, out);
}
