#include "render/replay_text.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "render/log_report.h"
#include "render/replay_parts.h"
#include "render/replay_words.h"
#include "render/safe.h"
#include "render/share.h"
#include "render/table.h"

/* ---- numbers -------------------------------------------------------------------- */

static const char *counted(uint64_t count, Text *scratch)
{
    text_reset(scratch);
    count_words(count, scratch);
    return text_get(scratch);
}

/* ---- what was run ------------------------------------------------------------------ */

static void line(const char *what, const char *words, Text *out)
{
    if (!*words)
        return;
    text_addf(out, "  %s ", what);
    safe_add(out, words);
    text_add_char(out, '\n');
}

static void as_of_text(const ResultHead *head, Text *out)
{
    char moment[TIME_TEXT_MAX];
    Zone zone;
    Error err;
    if (head->as_of == MOMENT_NONE || !zone_parse(head->zone, &zone, &err))
        return;
    moment_format_long(zone, head->as_of, moment);
    text_addf(out, "  as of     %s%s\n", moment,
              head->as_of_is_last ? ", the last thing in the log" : "");
}

static void files_text(const Result *result, Text *out)
{
    for (uint32_t i = 0; i < result->file_count; i++) {
        const ResultFile *file = &result->files[i];
        text_add(out, "  log       ");
        safe_add(out, file->path);
        text_add(out, ": ");
        replay_count(file->rows, "row", "rows", out);
        text_add(out, " read, ");
        count_words(file->used, out);
        text_addf(out, " used; SHA-256 %.16s\n", file->digest);
        if (file->columns && *file->columns)
            line("          ", file->columns, out);
    }
}

static void not_judged(const ResultHead *head, Text *out)
{
    if (!head->has_roles)
        text_add(out, "  The log does not say in which role things were done: who did what is "
                      "not judged.\n");
    if (!head->has_people)
        text_add(out, "  The log does not say which person did what: whether two persons were "
                      "needed is not judged.\n");
    text_add(out,
             "  A log holds no reasons, checklists, assignments or approvals: they are taken "
             "to have been as needed.\n");
    if (*head->not_held) {
        text_add(out, "  The log does not hold these facts, and that they were recorded is not "
                      "judged: ");
        safe_add(out, head->not_held);
        text_add_char(out, '\n');
    }
}

/* The parts from `from` on that are of one log; they stand together. */
static uint32_t parts_of_log(const Result *result, uint32_t from)
{
    const PartSum *first = &result->parts[from];
    uint32_t next = from + 1;
    while (next < result->part_count && result->parts[next].shards == first->shards &&
           strcmp(result->parts[next].digest, first->digest) == 0)
        next++;
    return next - from;
}

void replay_missing_shards(const Result *result, const char *title, Text *out)
{
    uint32_t count;
    for (uint32_t i = 0; i < result->part_count; i += count) {
        const PartSum *part = &result->parts[i];
        count = parts_of_log(result, i);
        if (count < part->shards)
            text_addf(out, "%s%u of the %u shards of the log %.16s: NOT THE WHOLE LOG\n", title,
                      count, part->shards, part->digest);
    }
}

static void head_text(const Result *result, Text *out)
{
    const ResultHead *head = &result->head;
    safe_add(out, head->label);
    text_add(out, " (");
    safe_add(out, head->flow);
    text_add(out, ")");
    if (*head->version) {
        text_add(out, ", version ");
        safe_add(out, head->version);
    }
    text_add(out, ", over past cases\n");
    line("content  ", head->hash, out);
    files_text(result, out);
    replay_missing_shards(result, "  shards    ", out);
    line("mapping  ", head->mapping, out);
    line("accepted ", head->accepted, out);
    if (*head->calendar)
        text_addf(out, "  calendar  %s, %s\n", head->calendar, head->covers);
    line("times in ", head->zone, out);
    as_of_text(head, out);
    text_addf(out, "  mode      %s\n",
              strcmp(head->mode, "enforce") == 0
                  ? "enforce: what the flow would have refused did not happen"
                  : "judge: the log is the truth; what the flow would have refused was noted "
                    "and then applied");
    not_judged(head, out);
}

/* ---- in short ------------------------------------------------------------------------- */

typedef struct Reason {
    const char *before, *words, *after;
    uint64_t cases;
} Reason;

#define REASONS 3

static void add_reason(Reason reasons[REASONS], Reason reason)
{
    for (int i = 0; i < REASONS && reason.cases; i++) {
        if (reason.cases <= reasons[i].cases)
            continue;
        Reason was = reasons[i];
        reasons[i] = reason;
        reason = was;
    }
}

/* Roots, and duties late in at least one case; by cases. */
static void reasons_text(const Result *result, Text *out)
{
    Reason reasons[REASONS] = {0};
    for (uint32_t i = 0; i < result->finding_count; i++)
        if (result->findings[i].roots)
            add_reason(reasons, (Reason){"", result->findings[i].sentence, "",
                                         result->findings[i].cases});
    for (uint32_t i = 0; i < result->duty_count; i++)
        add_reason(reasons, (Reason){"\"", result->duties[i].label, "\" was not done in time",
                                     result->duties[i].late_cases});
    if (!reasons[0].cases)
        return;
    text_add(out, "The biggest reasons:\n");
    for (int i = 0; i < REASONS && reasons[i].cases; i++) {
        text_addf(out, "  %d. %s", i + 1, reasons[i].before);
        text_add(out, reasons[i].words);
        text_addf(out, "%s (", reasons[i].after);
        replay_count(reasons[i].cases, "case", "cases", out);
        text_add(out, ")\n");
    }
}

void replay_summary(const Result *result, Text *out)
{
    static const CaseOutcome shown[] = {CASE_FOLLOWS, CASE_LATE_ONLY, CASE_BREAKS,
                                        CASE_CANNOT_BE_JUDGED};
    if (!result->cases) { /* or an empty extract would look like a clean one */
        text_addf(out, "There is no case to judge: %s.\n",
                  result->later_rows ? "all rows are after the as-of date"
                                     : "what was read holds none");
        return;
    }
    text_add(out, "Of ");
    replay_count(result->cases, "case", "cases", out);
    for (int i = 0; i < CASE_OUTCOMES; i++) {
        uint64_t count = result->outcomes[shown[i]];
        text_add(out, i == 0 ? ", " : i == CASE_OUTCOMES - 1 ? " and " : ", ");
        count_words(count, out);
        text_addf(out, " %s", outcome_title(shown[i], count));
        if (count) {
            text_add(out, " (");
            share_words(count, result->cases, out);
            text_add_char(out, ')');
        }
    }
    text_add(out, ".\n");
    if (result->excused) {
        replay_count(result->excused, "case is", "cases are", out);
        text_add(out,
                 " among these as good as they are only because a deviation was accepted.\n");
    }
    reasons_text(result, out);
}

/* ---- deadlines ----------------------------------------------------------------------------
 */

static void days_cell(const DutySum *duty, int32_t days, Text *cell)
{
    text_reset(cell);
    if (days < 0)
        text_add_char(cell, '-');
    else
        text_addf(cell, "%d%s", days, duty->in_working_days ? " wd" : " d");
}

static void duty_row(Table *table, const DutySum *duty)
{
    Text cells[9] = {0};
    uint64_t counts[] = {duty->fell_due, duty->in_time,      0,
                         duty->late,     duty->open_overdue, duty->open_not_due};
    for (int i = 0; i < 6; i++)
        count_words(counts[i], &cells[i]);
    text_reset(&cells[2]);
    share_short(duty->in_time, duty->fell_due, &cells[2]);
    const DayCounts *days = &duty->days;
    days_cell(duty, day_counts_within(days, 1, 2), &cells[6]);
    days_cell(duty, day_counts_within(days, 9, 10), &cells[7]);
    days_cell(duty, days->count ? days->items[days->count - 1].days : -1, &cells[8]);
    table_add(table, duty->label, text_get(&cells[0]), text_get(&cells[1]), text_get(&cells[2]),
              text_get(&cells[3]), text_get(&cells[4]), text_get(&cells[5]),
              text_get(&cells[6]), text_get(&cells[7]), text_get(&cells[8]), duty->limit, NULL);
    for (int i = 0; i < 9; i++)
        text_clear(&cells[i]);
}

static void duty_notes(const DutySum *duty, Text *out)
{
    static const char *const words[] = {
        "could not be told", "had no limit running yet", "needed no doing any more",
        "ended with the state or the case before being due", "late and accepted"};
    uint64_t counts[] = {duty->cannot_tell, duty->not_started, duty->not_needed,
                         duty->unfinished, duty->accepted};
    for (size_t i = 0; i < sizeof counts / sizeof *counts; i++) {
        if (!counts[i])
            continue;
        text_add(out, "  ");
        safe_add(out, duty->label);
        text_add(out, ": ");
        count_words(counts[i], out);
        text_addf(out, " %s\n", words[i]);
    }
}

static void duties_text(const Result *result, Text *out)
{
    Table table = {.indent = 2};
    replay_title("Deadlines", out);
    if (!result->duty_count) {
        text_add(out, "  No work with a limit came up.\n");
        return;
    }
    table_add(&table, "", "fell due", "in time", "", "late", "overdue", "not yet due",
              "half within", "9 in 10", "longest", "limit", NULL);
    for (uint32_t i = 0; i < result->duty_count; i++)
        duty_row(&table, &result->duties[i]);
    table_print(&table, false, out);
    table_clear(&table);
    text_add(out, "  wd: working days, d: calendar days, of those done; overdue: not done when "
                  "its time ran out\n");
    for (uint32_t i = 0; i < result->duty_count; i++)
        duty_notes(&result->duties[i], out);
}

/* ---- work
 * --------------------------------------------------------------------------------------- */

static void role_row(Table *table, const RoleSum *role)
{
    uint64_t started = 0, finished = 0, ended = 0, most = 0;
    int32_t busiest = 0;
    Text cells[5] = {0};
    char week[DAY_TEXT_MAX] = "";
    for (uint32_t i = 0; i < role->weeks.count; i++) {
        const PeriodCount *one = &role->weeks.items[i];
        started += one->first;
        finished += one->second;
        ended += one->third;
        busiest = one->second > most ? one->period : busiest;
        most = one->second > most ? one->second : most;
    }
    count_words(started, &cells[0]);
    count_words(finished, &cells[1]);
    count_words(ended, &cells[2]);
    if (most) {
        day_format_long(busiest, week);
        text_addf(&cells[3], "%s: ", week);
        count_words(most, &cells[3]);
    }
    count_words(role->person_count, &cells[4]);
    table_add(table, role->label, text_get(&cells[0]), text_get(&cells[1]), text_get(&cells[2]),
              text_get(&cells[4]), text_get(&cells[3]), NULL);
    for (int i = 0; i < 5; i++)
        text_clear(&cells[i]);
}

static void work_text(const Result *result, Text *out)
{
    Table table = {.indent = 2};
    if (!result->role_count)
        return;
    replay_title("Work by role", out);
    table_add(&table, "", "came up", "done", "ended undone", "people", "busiest week from",
              NULL);
    for (uint32_t i = 0; i < result->role_count; i++)
        role_row(&table, &result->roles[i]);
    table_print(&table, false, out);
    table_clear(&table);
}

/* ---- names and data
 * --------------------------------------------------------------------------------- */

static void name_line(const char *what, const char *name, uint64_t count, const char *nearest,
                      Text *out)
{
    text_addf(out, "  - %s \"", what);
    safe_add(out, name);
    text_add(out, "\", ");
    replay_count(count, "row", "rows", out);
    if (nearest) {
        text_add(out, "; the nearest is ");
        safe_add(out, nearest);
    }
    text_add_char(out, '\n');
}

static bool any_unknown(const Result *result)
{
    for (uint32_t i = 0; i < result->activity_count; i++)
        if (!result->activities[i].event && !result->activities[i].ignored)
            return true;
    return result->role_name_count > 0;
}

static void names_text(const Result *result, Text *out)
{
    if (any_unknown(result))
        replay_title(
            "Names of the log that the flow does not know (lines of a map file say what they "
            "are: activity \"NAME\" is EVENT, role \"NAME\" is ROLE)",
            out);
    for (uint32_t i = 0; i < result->activity_count; i++) {
        const ActivitySum *sum = &result->activities[i];
        if (!sum->event && !sum->ignored)
            name_line("activity", sum->activity, sum->count, sum->nearest, out);
    }
    for (uint32_t i = 0; i < result->role_name_count; i++) {
        const RoleNameSum *sum = &result->role_names[i];
        name_line("role", sum->name, sum->count, sum->nearest, out);
    }
}

static void tell(uint64_t count, const char *one, const char *many, const char *what, Text *out)
{
    if (!count)
        return;
    text_add(out, "  - ");
    replay_count(count, one, many, out);
    text_addf(out, " %s\n", what);
}

static void rows_text(const Result *result, Text *out)
{
    for (uint32_t i = 0; i < result->activity_count; i++)
        if (result->activities[i].ignored)
            name_line("ignored on purpose:", result->activities[i].activity,
                      result->activities[i].count, NULL, out);
    for (int i = 0; i < SET_ASIDE_COUNT; i++) {
        if (!result->set_aside[i])
            continue;
        text_add(out, "  - ");
        replay_count(result->set_aside[i], "row", "rows", out);
        text_addf(out, " set aside: %s\n", set_aside_sentence((SetAsideReason)i));
    }
    if (result->head.has_roles)
        tell(result->roles_unsaid, "row", "rows", "without a role: who did it is not judged",
             out);
    if (result->head.has_people)
        tell(result->people_unsaid, "row", "rows", "without a person", out);
    tell(result->later_rows, "row", "rows", "after the as-of date, not looked at", out);
}

static void data_text(const Result *result, Text *out)
{
    const LogNotes *notes = &result->notes;
    Text scratch = {0};
    replay_title("State of the data", out);
    text_addf(out, "  - %s events of ", counted(result->events, &scratch));
    replay_count(result->cases, "case", "cases", out);
    text_addf(out, ": %s closed, ", counted(result->closed, &scratch));
    text_addf(out, "%s open\n", counted(result->open, &scratch));
    text_clear(&scratch);
    tell(result->left_cut, "case begins", "cases begin", "before the log does", out);
    rows_text(result, out);
    tell(notes->date_only, "row", "rows", "with a date and no time", out);
    tell(notes->without_zone, "row", "rows", "without an offset: taken as local time", out);
    tell(notes->doubled_hour, "row", "rows",
         "in the hour that October has twice: the earlier taken", out);
    tell(notes->ties, "pair", "pairs", "of one case at one moment: their order is the file's",
         out);
    tell(notes->duplicates, "row", "rows", "said twice: both are counted", out);
    tell(notes->other_lifecycle, "row", "rows", "of another lifecycle step, left out", out);
    tell(notes->out_of_order, "row", "rows", "that stood before an earlier one of their case",
         out);
    tell(notes->bursts, "burst", "bursts",
         "of three or more activities, one instant, one person: the waits inside are unknown",
         out);
    tell(notes->empty_cases, "case", "cases", "without any event, not judged", out);
}

void replay_text(const Result *result, Text *out)
{
    head_text(result, out);
    replay_title("In short", out);
    replay_summary(result, out);
    duties_text(result, out);
    replay_findings_text(result, out);
    replay_accepted_text(result, out);
    work_text(result, out);
    names_text(result, out);
    data_text(result, out);
}
