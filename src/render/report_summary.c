/* What was run, and what came of it in one paragraph. */
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "render/page.h"
#include "render/report_internal.h"
#include "render/share.h"

/* ---- 0: what was run ----------------------------------------------------------------- */

static void add_fact(Report *report, const char *name, const char *words)
{
    if (!words || !*words)
        return;
    page_element("dt", name, report->out);
    page_element("dd", words, report->out);
}

static void add_flow(Report *report, const char *name, const ResultHead *head)
{
    Text words = {0};
    text_addf(&words, "%s (%s)", head->label, head->flow);
    if (head->version && *head->version)
        text_addf(&words, ", version %s", head->version);
    text_addf(&words, "; content %.16s", head->hash);
    add_fact(report, name, text_get(&words));
    text_clear(&words);
}

/* A file's name may say whose it is, and its rows less the events how many were set
 * aside: neither is published. */
static void add_file(Report *report, const ResultFile *file)
{
    Text words = {0};
    if (!report->is_public) {
        text_addf(&words, "%s, ", file->path);
        counted_words(file->rows, "row; ", "rows; ", &words);
    }
    text_addf(&words, "SHA-256 %s", file->digest);
    add_fact(report, "Log file", text_get(&words));
    text_clear(&words);
}

static void add_span(Report *report)
{
    const Result *result = report->result;
    char first[TIME_TEXT_MAX], last[TIME_TEXT_MAX];
    Text words = {0};
    counted_words(result->cases, "case", "cases", &words);
    text_add(&words, ", ");
    counted_words(result->events, "event", "events", &words);
    if (result->events > 0) {
        day_format_long(moment_day(report->zone, result->first), first);
        day_format_long(moment_day(report->zone, result->last), last);
        text_addf(&words, ", from %s to %s", first, last);
    }
    add_fact(report, "What the log holds", text_get(&words));
    text_clear(&words);
}

static void add_as_of(Report *report)
{
    const ResultHead *head = &report->result->head;
    char when[TIME_TEXT_MAX];
    Text words = {0};
    if (report->is_public) /* to the second it could be one case's last event */
        day_format_long(moment_day(report->zone, head->as_of), when);
    else
        moment_format_long(report->zone, head->as_of, when);
    text_addf(&words, "%s%s", when, head->as_of_is_last ? ", the last event of the log" : "");
    if (head->as_of != MOMENT_NONE)
        add_fact(report, "Judged as at", text_get(&words));
    text_clear(&words);
}

static void add_calendar(Report *report)
{
    const ResultHead *head = &report->result->head;
    Text words = {0};
    text_addf(&words, "%s%s%s", *head->calendar ? head->calendar : "none: every day counts",
              *head->covers ? ", covers " : "", head->covers);
    add_fact(report, "Calendar of working days", text_get(&words));
    add_fact(report, "Time zone", head->zone);
    text_clear(&words);
}

/* The shards of one log stand together, ascending; 1 of 1 is all of it. */
static uint32_t add_shards(Report *report, uint32_t from)
{
    const Result *result = report->result;
    const PartSum *first = &result->parts[from];
    uint32_t next = from + 1;
    Text words = {0};
    while (next < result->part_count && result->parts[next].shards == first->shards &&
           strcmp(result->parts[next].digest, first->digest) == 0)
        next++;
    if (first->shards > 1 && next - from == first->shards)
        text_addf(&words, "all %u shards", first->shards);
    else if (first->shards > 1)
        text_addf(&words, "%u of %u shards: NOT THE WHOLE LOG", next - from, first->shards);
    add_fact(report, "Parts of the log", text_get(&words));
    text_clear(&words);
    return next;
}

static void add_parts(Report *report)
{
    for (uint32_t i = 0; i < report->result->part_count;)
        i = add_shards(report, i);
}

static void add_notice(Report *report)
{
    text_add(report->out, "<div class=\"notice\">");
    if (report->is_public)
        paragraph(report,
                  "For publication. It names no case and no person. Counts of 1 to 4 are shown "
                  "as \"fewer than 5\". Where such a count could be worked out from a total, "
                  "another is hidden too, marked \"hidden\"; where any count of the cases or "
                  "deadlines is hidden, counts that could be set against it are given as "
                  "\"fewer than 5\" or \"5 or more\" only, or left out.");
    else
        paragraph(report, "For casework. It names cases. Keep it as you keep the case files; "
                          "there is a version for publication.");
    text_add(report->out, "</div>\n");
}

void section_run(Report *report)
{
    const Result *result = report->result;
    const ResultHead *head = &result->head;
    bool judges = strcmp(head->mode, "judge") == 0;
    section_begin(report, "run", "0. What was run");
    add_notice(report);
    text_add(report->out, "<dl>\n");
    add_flow(report, report->request->comparison ? "First flow" : "Flow", head);
    if (report->request->comparison)
        add_flow(report, "Second flow", &report->request->comparison->b);
    for (uint32_t i = 0; i < result->file_count; i++)
        add_file(report, &result->files[i]);
    add_parts(report);
    add_span(report);
    add_as_of(report);
    add_calendar(report);
    add_fact(report, "How it was judged",
             judges ? "The log is the truth: what the policy would have refused is noted and "
                      "then taken as done, so that what follows is judged from where the case "
                      "really was (mode: judge)."
                    : "What the policy would have refused is taken as not having happened "
                      "(mode: enforce).");
    if (!report->is_public) {
        add_fact(report, "Names mapped by", head->mapping);
        add_fact(report, "Known deviations accepted by", head->accepted);
    }
    text_add(report->out, "</dl>\n");
    section_end(report);
}

/* ---- 1: in one paragraph ------------------------------------------------------------- */

static void add_outcome(const Report *report, CaseOutcome outcome, const char *one,
                        const char *many, Text *words)
{
    uint64_t count = report->result->outcomes[outcome], cases = report->result->cases;
    answer_count_words(report, outcome, words);
    text_addf(words, " %s", count == 1 && !report->is_public ? one : many);
    if (answer_is_shown(report, outcome) && cases > 0) {
        text_add(words, " (");
        share_words(count, cases, words);
        text_add(words, ")");
    }
}

static void outcome_sentence(const Report *report, Text *words)
{
    if (!report->result->cases) {
        text_addf(words, "There is no case to judge: %s. ",
                  report->result->later_rows ? "all rows are after the day judged at"
                                             : "what was read holds none");
        return;
    }
    text_add(words, "Of ");
    counted_words(report->result->cases, "case", "cases", words);
    text_add(words, " in the log, ");
    add_outcome(report, CASE_FOLLOWS, "follows the policy", "follow the policy", words);
    text_add(words, ", ");
    add_outcome(report, CASE_BREAKS, "breaks a rule", "break a rule", words);
    text_add(words, ", ");
    add_outcome(report, CASE_LATE_ONLY, "is late only", "are late only", words);
    text_add(words, " and ");
    add_outcome(report, CASE_CANNOT_BE_JUDGED, "cannot be judged", "cannot be judged", words);
    text_add(words, ". ");
}

typedef struct DutyTotals {
    uint64_t fell_due, met, late, overdue;
} DutyTotals;

static DutyTotals add_up_duties(const Result *result)
{
    DutyTotals totals = {0};
    for (uint32_t i = 0; i < result->duty_count; i++) {
        totals.fell_due += result->duties[i].fell_due;
        totals.met += result->duties[i].in_time;
        totals.late += result->duties[i].late;
        totals.overdue += result->duties[i].open_overdue;
    }
    return totals;
}

/* In public the sums over all duties could be set against the duties themselves. */
static void duty_sentence(const Report *report, Text *words)
{
    DutyTotals totals = add_up_duties(report->result);
    if (totals.fell_due == 0) {
        text_add(words, "No duty with a limit fell due.");
        return;
    }
    if (report->hides) {
        text_add(words, "How many duties were in time stands below, duty by duty.");
        return;
    }
    counted_words(totals.fell_due,
                  "duty with a limit fell due: ", "duties with a limit fell due: ", words);
    share_counts(totals.met, totals.fell_due, words);
    text_add(words, totals.met == 1 ? ", was met in time; " : ", were met in time; ");
    counted_words(totals.late, "was done late and ", "were done late and ", words);
    counted_words(totals.overdue, "was not done though its day had passed.",
                  "were not done though their day had passed.", words);
}

/* ---- the biggest reasons ------------------------------------------------------------- */

typedef struct Reason {
    const char *words; /* borrowed: a sentence, or the label of a duty */
    uint64_t cases;
    uint64_t times;         /* of a duty: how often it was not done in time; else 0 */
    const DutyTable *table; /* of a duty; else NULL */
} Reason;

static int compare_reasons(const void *left, const void *right)
{
    const Reason *a = left, *b = right;
    return a->cases != b->cases ? (a->cases < b->cases) - (a->cases > b->cases)
                                : strcmp(a->words, b->words);
}

static void add_counted(const Report *report, uint64_t count, const char *one, const char *many,
                        Text *words)
{
    lone_count_words(report, count, words);
    text_addf(words, " %s", count == 1 && !report->is_public ? one : many);
}

/* In public as exactly as the table of deadlines has it. */
static void add_times(const Report *report, const Reason *reason, Text *words)
{
    const Grid *grid = &reason->table->grid;
    bool is_shown = !report->is_public || (grid_shows(grid, grid->rows, DUTY_DONE_LATE) &&
                                           grid_shows(grid, grid->rows, DUTY_OVERDUE));
    if (is_shown)
        counted_words(reason->times, "time", "times", words);
    else
        add_counted(report, reason->times, "time", "times", words);
}

static void add_reason(const Report *report, const Reason *reason, Text *words)
{
    if (!reason->table) {
        text_addf(words, "%s: ", reason->words);
        add_counted(report, reason->cases, "case", "cases", words);
        return;
    }
    text_addf(words, "\"%s\" was not done in time: ", reason->words);
    if (!report->is_public)
        add_counted(report, reason->cases, "case", "cases", words);
    if (!report->is_public && reason->times > reason->cases)
        text_add(words, ", ");
    if (report->is_public || reason->times > reason->cases)
        add_times(report, reason, words);
}

static size_t collect_reasons(const Report *report, Reason *reasons)
{
    const Result *result = report->result;
    size_t count = 0;
    for (uint32_t i = 0; i < result->finding_count; i++)
        if (result->findings[i].roots > 0)
            reasons[count++] = (Reason){finding_sentence(report, &result->findings[i]),
                                        result->findings[i].cases, 0, NULL};
    for (uint32_t i = 0; i < result->duty_count; i++)
        if (duty_missed(&report->duties[i]) > 0)
            reasons[count++] =
                (Reason){report->duties[i].sum->label, report->duties[i].sum->late_cases,
                         duty_missed(&report->duties[i]), &report->duties[i]};
    return count;
}

static void add_reasons(Report *report)
{
    size_t most = (size_t)report->result->finding_count + report->result->duty_count;
    Reason *reasons = mem_alloc_array(most, sizeof *reasons);
    size_t count = collect_reasons(report, reasons);
    if (count > 0) {
        qsort(reasons, count, sizeof *reasons, compare_reasons);
        text_add(report->out, count > 1 ? "<p>The biggest reasons:</p>\n<ol>\n"
                                        : "<p>The reason:</p>\n<ol>\n");
    }
    for (size_t i = 0; i < count && i < 3; i++) {
        Text words = {0};
        add_reason(report, &reasons[i], &words);
        text_add(report->out, "<li>");
        sentence_add(text_get(&words), report->out);
        text_add(report->out, "</li>\n");
        text_clear(&words);
    }
    text_add(report->out, count > 0 ? "</ol>\n" : "");
    free(reasons);
}

static void add_excused(Report *report)
{
    Text words = {0};
    if (report->result->excused == 0)
        return;
    lone_count_words(report, report->result->excused, &words);
    text_add(&words, report->result->excused == 1 && !report->is_public
                         ? " case would have been judged worse, had its deviation"
                         : " cases would have been judged worse, had their deviations");
    text_add(&words, " not been accepted beforehand; see the state of the data.");
    page_element("p", text_get(&words), report->out);
    text_clear(&words);
}

void section_summary(Report *report)
{
    Text words = {0};
    section_begin(report, "summary", "1. In one paragraph");
    outcome_sentence(report, &words);
    duty_sentence(report, &words);
    text_add(report->out, "<p class=\"lead\">");
    page_words(text_get(&words), report->out);
    text_add(report->out, "</p>\n");
    add_reasons(report);
    add_excused(report);
    if (report->request->comparison)
        paragraph(report, "These are the answers of the first flow. What the second would have "
                          "said stands in section 4.");
    text_clear(&words);
    section_end(report);
}
