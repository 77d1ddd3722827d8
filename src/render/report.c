#include "render/report.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "render/report_internal.h"
#include "render/share.h"

const char *const report_outcomes[CASE_OUTCOMES] = {
    [CASE_FOLLOWS] = "Follows the policy",
    [CASE_LATE_ONLY] = "Late only",
    [CASE_BREAKS] = "Breaks a rule",
    [CASE_CANNOT_BE_JUDGED] = "Cannot be judged",
};

/* ---- counts -------------------------------------------------------------------------- */

void lone_count_words(const Report *report, uint64_t count, Text *out)
{
    if (report->is_public && count >= 1 && count <= GRID_SMALL_MOST)
        text_add(out, "fewer than 5");
    else if (report->is_public && report->hides && count > 0)
        text_add(out, "5 or more");
    else
        count_words(count, out);
}

void counted_words(uint64_t count, const char *one, const char *many, Text *out)
{
    count_words(count, out);
    text_addf(out, " %s", count == 1 ? one : many);
}

static void outcome_place(const Report *report, CaseOutcome outcome, uint32_t *row,
                          uint32_t *column)
{
    bool is_matrix = report->request->comparison != NULL;
    *row = is_matrix ? (uint32_t)outcome : 0;
    *column = is_matrix ? report->outcomes.columns : (uint32_t)outcome;
}

void answer_count_words(const Report *report, CaseOutcome outcome, Text *out)
{
    uint32_t row, column;
    outcome_place(report, outcome, &row, &column);
    grid_words(&report->outcomes, row, column, out);
}

bool answer_is_shown(const Report *report, CaseOutcome outcome)
{
    uint32_t row, column;
    outcome_place(report, outcome, &row, &column);
    return grid_shows(&report->outcomes, row, column);
}

uint64_t duty_missed(const DutyTable *table)
{
    return table->sum->late + table->sum->open_overdue;
}

/* ---- what is shown ------------------------------------------------------------------- */

static void build_outcomes(Report *report)
{
    const Comparison *comparison = report->request->comparison;
    grid_make(&report->outcomes, comparison ? CASE_OUTCOMES : 1, CASE_OUTCOMES);
    report->outcomes.prints_column_totals = comparison != NULL;
    for (uint32_t a = 0; a < report->outcomes.rows; a++)
        for (uint32_t b = 0; b < CASE_OUTCOMES; b++)
            grid_add(&report->outcomes, a, b,
                     comparison ? comparison->outcomes[a][b] : report->result->outcomes[b]);
}

static void build_duty(const DutySum *sum, DutyTable *table)
{
    table->sum = sum;
    table->periods = periods_of(&sum->months);
    grid_make(&table->grid, table->periods.count, DUTY_COLUMNS);
    for (uint32_t i = 0; i < sum->months.count; i++) {
        const PeriodCount *month = &sum->months.items[i];
        uint32_t row = period_of(&table->periods, month->period);
        grid_add(&table->grid, row, DUTY_MET, month->first);
        grid_add(&table->grid, row, DUTY_DONE_LATE, month->second);
        grid_add(&table->grid, row, DUTY_OVERDUE, month->third);
    }
}

static int compare_duties(const void *left, const void *right)
{
    const DutyTable *a = left, *b = right;
    uint64_t missed_a = duty_missed(a), missed_b = duty_missed(b);
    return missed_a != missed_b ? (missed_a < missed_b) - (missed_a > missed_b)
                                : strcmp(a->sum->name, b->sum->name);
}

static void build_duties(Report *report)
{
    const Result *result = report->result;
    report->duties = mem_alloc_array(result->duty_count, sizeof *report->duties);
    for (uint32_t i = 0; i < result->duty_count; i++)
        build_duty(&result->duties[i], &report->duties[i]);
    if (result->duty_count > 0)
        qsort(report->duties, result->duty_count, sizeof *report->duties, compare_duties);
}

static void hide_small(Report *report)
{
    grid_hide(&report->outcomes);
    report->hides = grid_hides(&report->outcomes);
    for (uint32_t i = 0; i < report->result->duty_count; i++) {
        grid_hide(&report->duties[i].grid);
        report->hides = report->hides || grid_hides(&report->duties[i].grid);
    }
    for (uint32_t i = 0; i < report->result->finding_count; i++) {
        uint64_t cases = report->result->findings[i].cases;
        report->hides = report->hides || (cases >= 1 && cases <= GRID_SMALL_MOST);
    }
}

static void report_begin(Report *report, const ReportRequest *request, Text *out)
{
    Error err;
    *report = (Report){.request = request,
                       .result = request->result,
                       .out = out,
                       .is_public = request->is_public};
    if (!zone_parse(request->result->head.zone, &report->zone, &err))
        report->zone = (Zone){0};
    build_outcomes(report);
    build_duties(report);
    if (report->is_public)
        hide_small(report);
}

static void report_end(Report *report)
{
    grid_clear(&report->outcomes);
    for (uint32_t i = 0; i < report->result->duty_count; i++)
        grid_clear(&report->duties[i].grid);
    free(report->duties);
}

static bool may_be_made(const ReportRequest *request, Error *err)
{
    if (request->is_public && request->pages)
        return error_kind(err, ERROR_REFUSED,
                          "a report for publication has no pages of single cases");
    if (request->is_public && request->result->cases < REPORT_PUBLISH_LEAST)
        return error_kind(err, ERROR_REFUSED,
                          "the log holds fewer than %d cases: too few for a report for "
                          "publication, since hiding small counts would leave nothing",
                          REPORT_PUBLISH_LEAST);
    return true;
}

bool report_html(const ReportRequest *request, Text *out, Error *err)
{
    Report report;
    if (!may_be_made(request, err))
        return false;
    report_begin(&report, request, out);
    frame_begin(&report);
    section_run(&report);
    section_summary(&report);
    section_duties(&report);
    bool drawn = section_findings(&report, err);
    if (request->comparison)
        section_compare(&report);
    section_roles(&report);
    section_data(&report);
    if (request->pages)
        section_cases(&report);
    frame_end(&report);
    report_end(&report);
    return drawn;
}
