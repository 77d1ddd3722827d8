#include "render/replay_text.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "render/log_report.h"
#include "render/replay_words.h"
#include "render/safe.h"
#include "render/share.h"
#include "render/table.h"

/* ---- numbers -------------------------------------------------------------------- */

static void add_count(uint64_t count, const char *one, const char *many, Text *out)
{
    count_words(count, out);
    text_addf(out, " %s", count == 1 ? one : many);
}

static const char *counted(uint64_t count, Text *scratch)
{
    text_reset(scratch);
    count_words(count, scratch);
    return text_get(scratch);
}

static void title(const char *words, Text *out)
{
    text_addf(out, "\n%s\n", words);
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
        add_count(file->rows, "row", "rows", out);
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

typedef struct Order {
    const Result *result;
    uint32_t place;
} Order;

static int by_weight(const void *left, const void *right)
{
    const Order *a = left, *b = right;
    const FindingSum *x = &a->result->findings[a->place], *y = &b->result->findings[b->place];
    if ((x->roots > 0) != (y->roots > 0))
        return x->roots > 0 ? -1 : 1;
    if (x->cases != y->cases)
        return x->cases > y->cases ? -1 : 1;
    return (a->place > b->place) - (a->place < b->place);
}

void replay_finding_order(const Result *result, uint32_t *order)
{
    Order *places = mem_alloc_array(result->finding_count, sizeof *places);
    for (uint32_t i = 0; i < result->finding_count; i++)
        places[i] = (Order){result, i};
    if (result->finding_count > 1)
        qsort(places, result->finding_count, sizeof *places, by_weight);
    for (uint32_t i = 0; i < result->finding_count; i++)
        order[i] = places[i].place;
    free(places);
}

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
        add_count(reasons[i].cases, "case", "cases", out);
        text_add(out, ")\n");
    }
}

void replay_summary(const Result *result, Text *out)
{
    static const CaseOutcome shown[] = {CASE_FOLLOWS, CASE_LATE_ONLY, CASE_BREAKS,
                                        CASE_CANNOT_BE_JUDGED};
    text_add(out, "Of ");
    add_count(result->cases, "case", "cases", out);
    for (int i = 0; i < CASE_OUTCOMES; i++) {
        uint64_t count = result->outcomes[shown[i]];
        text_add(out, i == 0 ? ", " : i == CASE_OUTCOMES - 1 ? " and " : ", ");
        count_words(count, out);
        text_addf(out, " %s", outcome_titles[shown[i]]);
        if (result->cases) {
            text_add(out, " (");
            share_words(count, result->cases, out);
            text_add_char(out, ')');
        }
    }
    text_add(out, ".\n");
    if (result->excused) {
        add_count(result->excused, "case is", "cases are", out);
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
        "ended with the state or the case before they were due", "late ones are accepted"};
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
    title("Deadlines", out);
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

/* ---- findings -------------------------------------------------------------------------------
 */

static void examples_text(const Examples *examples, Text *out)
{
    text_add(out, examples->count == 1 ? ": " : ", first ");
    for (uint32_t i = 0; i < examples->count; i++) {
        text_add(out, i ? ", " : "");
        safe_add(out, examples->ids[i]);
    }
}

static void finding_text(const FindingSum *sum, Text *out)
{
    text_add(out, "  - ");
    text_add(out, sum->sentence);
    if (*sum->place)
        text_addf(out, "  [%s]", sum->place);
    text_add(out, "\n    ");
    add_count(sum->cases, "case", "cases", out);
    text_add(out, ", ");
    add_count(sum->events, "event", "events", out);
    if (sum->follow_ons) {
        text_add(out, ", ");
        count_words(sum->follow_ons, out);
        text_add(out, " of them because of an earlier one");
    }
    if (sum->accepted) {
        text_add(out, ", ");
        count_words(sum->accepted, out);
        text_add(out, " accepted");
    }
    examples_text(&sum->examples, out);
    text_add_char(out, '\n');
}

/* One pass for each heading, in the order in which the weightiest of each comes. */
static void findings_part(const Result *result, const uint32_t *order, bool leaves_open,
                          bool roots, Text *out)
{
    bool *done = mem_alloc_array(result->finding_count, sizeof *done);
    for (uint32_t i = 0; i < result->finding_count; i++) {
        const FindingSum *first = &result->findings[order[i]];
        if (done[i] || first->is_cannot_judge != leaves_open || (first->roots > 0) != roots)
            continue;
        if (roots && !leaves_open)
            text_addf(out, "  %s\n", first->group);
        for (uint32_t k = i; k < result->finding_count; k++) {
            const FindingSum *sum = &result->findings[order[k]];
            if (strcmp(sum->group, first->group) != 0 || (sum->roots > 0) != roots ||
                sum->is_cannot_judge != leaves_open)
                continue;
            finding_text(sum, out);
            done[k] = true;
        }
    }
    free(done);
}

static bool has_part(const Result *result, bool leaves_open, bool roots)
{
    for (uint32_t i = 0; i < result->finding_count; i++)
        if (result->findings[i].is_cannot_judge == leaves_open &&
            (result->findings[i].roots > 0) == roots)
            return true;
    return false;
}

static void findings_text(const Result *result, Text *out)
{
    static const struct {
        const char *title;
        bool leaves_open, roots;
    } parts[] = {
        {"What the policy would not allow", false, true},
        {"What only followed from that", false, false},
        {"What could not be judged, and why", true, true},
        {"What could not be judged because a case was out of step already", true, false},
    };
    uint32_t *order = mem_alloc_array(result->finding_count, sizeof *order);
    replay_finding_order(result, order);
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
        bool any = has_part(result, parts[i].leaves_open, parts[i].roots);
        if (!any && i > 0)
            continue;
        title(parts[i].title, out);
        if (any)
            findings_part(result, order, parts[i].leaves_open, parts[i].roots, out);
        else
            text_add(out, "  Nothing.\n");
    }
    free(order);
}

static void accepted_text(const Result *result, Text *out)
{
    if (!result->accepted_count)
        return;
    title("Deviations that are accepted", out);
    for (uint32_t i = 0; i < result->accepted_count; i++) {
        const AcceptedSum *sum = &result->accepted[i];
        char until[DAY_TEXT_MAX];
        day_format_long(sum->until, until);
        text_add(out, "  - ");
        safe_add(out, sum->what);
        text_addf(out, ", until %s: ", until);
        safe_add(out, sum->reason);
        text_add(out, " (");
        safe_add(out, sum->by);
        text_add(out, ")\n    ");
        if (sum->expired) {
            text_add(out, "has expired and covers nothing\n");
            continue;
        }
        add_count(sum->events, "deviation", "deviations", out);
        text_add(out, " in ");
        add_count(sum->cases, "case", "cases", out);
        text_add_char(out, '\n');
    }
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
    title("Work by role", out);
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
    add_count(count, "row", "rows", out);
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
        title("Names of the log that the flow does not know (a map file can say what they are)",
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
    add_count(count, one, many, out);
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
        add_count(result->set_aside[i], "row", "rows", out);
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
    title("State of the data", out);
    text_addf(out, "  - %s events of ", counted(result->events, &scratch));
    add_count(result->cases, "case", "cases", out);
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
    tell(notes->duplicates, "row", "rows", "that stand there twice: both are counted", out);
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
    title("In short", out);
    replay_summary(result, out);
    duties_text(result, out);
    findings_text(result, out);
    accepted_text(result, out);
    work_text(result, out);
    names_text(result, out);
    data_text(result, out);
}
