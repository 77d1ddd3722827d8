/* Deadlines: one row for each duty, then each duty by month and by days taken. */
#include <stdlib.h>

#include "base/mem.h"
#include "render/page.h"
#include "render/report_internal.h"
#include "render/share.h"

/* ---- one row for each ---------------------------------------------------------------- */

/* The limit, where it stands and what it rests on, under the duty's name. */
static void add_name(Report *report, const DutySum *sum)
{
    Text words = {0};
    text_add(report->out, "<tr><th scope=\"row\"><strong>");
    page_words(sum->label, report->out);
    text_add(report->out, "</strong><br/><span class=\"small\">");
    text_addf(&words, "%s%s%s", sum->limit, sum->role ? "; by " : "",
              sum->role ? sum->role : "");
    text_addf(&words, "%s%s", sum->clause ? "; " : "", sum->clause ? sum->clause : "");
    text_addf(&words, "%s%s", *sum->place ? "; " : "", sum->place);
    page_words(text_get(&words), report->out);
    text_add(report->out, "</span></th>");
    text_clear(&words);
}

/* "47 (90%)": the share only where both numbers of it are shown. */
static void add_share_cell(Report *report, const Grid *grid, uint32_t row, uint32_t column)
{
    uint64_t due = grid_value(grid, row, DUTY_COLUMNS);
    Text words = {0};
    grid_words(grid, row, column, &words);
    if (due > 0 && grid_shows(grid, row, column) && grid_shows(grid, row, DUTY_COLUMNS)) {
        text_add(&words, " (");
        share_short(grid_value(grid, row, column), due, &words);
        text_add(&words, ")");
    }
    text_addf(report->out, "<td class=\"n\">%s</td>", text_get(&words));
    text_clear(&words);
}

static void add_days_cell(Report *report, const DutySum *sum, int32_t days, bool is_shown)
{
    text_add(report->out, "<td class=\"n\">");
    if (sum->days.count == 0)
        text_add(report->out, "-");
    else if (!is_shown)
        text_add(report->out, "hidden");
    else
        text_addf(report->out, "%d", (int)days);
    text_add(report->out, "</td>");
}

/* The longest is one child's: it is not published. */
static void add_days(Report *report, const DutySum *sum)
{
    bool is_shown = !report->is_public || day_counts_total(&sum->days) >= REPORT_PUBLISH_LEAST;
    int32_t longest = sum->days.count > 0 ? sum->days.items[sum->days.count - 1].days : 0;
    add_days_cell(report, sum, day_counts_within(&sum->days, 1, 2), is_shown);
    add_days_cell(report, sum, day_counts_within(&sum->days, 9, 10), is_shown);
    if (!report->is_public)
        add_days_cell(report, sum, longest, true);
}

/* A count that no total on the page has a part in. */
static void cell_apart(Report *report, uint64_t count)
{
    text_add(report->out, "<td class=\"n\">");
    if (report->is_public && count >= 1 && count <= GRID_SMALL_MOST)
        text_add(report->out, "fewer than 5");
    else
        count_words(count, report->out);
    text_add(report->out, "</td>");
}

static void add_duty_row(Report *report, const DutyTable *table)
{
    const Grid *grid = &table->grid;
    add_name(report, table->sum);
    cell_grid(report, grid, grid->rows, DUTY_COLUMNS);
    for (uint32_t column = 0; column < DUTY_COLUMNS; column++)
        add_share_cell(report, grid, grid->rows, column);
    cell_apart(report, table->sum->open_not_due);
    cell_apart(report, table->sum->cannot_tell);
    add_days(report, table->sum);
    row_end(report);
}

static void add_table(Report *report)
{
    static const char *const all[] = {"Duty",
                                      "#Fell due",
                                      "#In time",
                                      "#Late",
                                      "#Not done, overdue",
                                      "#Open, not yet due",
                                      "#Cannot be told",
                                      "#Median days",
                                      "#9 in 10 within",
                                      "#Longest",
                                      NULL};
    const char *headings[sizeof all / sizeof *all];
    for (size_t i = 0; i < sizeof all / sizeof *all; i++)
        headings[i] = all[i];
    if (report->is_public)
        headings[9] = NULL;
    rows_begin(report, "duties", "Each duty with a limit", headings);
    for (uint32_t i = 0; i < report->result->duty_count; i++)
        add_duty_row(report, &report->duties[i]);
    rows_end(report);
}

/* ---- each by itself ------------------------------------------------------------------ */

static void add_month_row(Report *report, const DutyTable *table, uint32_t row,
                          const char *name)
{
    const Grid *grid = &table->grid;
    text_add(report->out, row == grid->rows ? "<tr class=\"sum\"><th scope=\"row\">"
                                            : "<tr><th scope=\"row\">");
    page_words(name, report->out);
    text_add(report->out, "</th>");
    cell_grid(report, grid, row, DUTY_COLUMNS);
    for (uint32_t column = 0; column < DUTY_COLUMNS; column++)
        add_share_cell(report, grid, row, column);
    row_end(report);
}

static void add_months(Report *report, const DutyTable *table)
{
    static const char *const headings[] = {"Fell due in", "#Fell due",          "#In time",
                                           "#Late",       "#Not done, overdue", NULL};
    Text words = {0};
    text_addf(&words, "%s, by %s", table->sum->label, periods_name(&table->periods));
    rows_begin(report, "months", text_get(&words), headings);
    for (uint32_t i = 0; i < table->periods.count; i++) {
        text_reset(&words);
        period_words(&table->periods, i, &words);
        add_month_row(report, table, i, text_get(&words));
    }
    add_month_row(report, table, table->grid.rows, "Together");
    rows_end(report);
    text_clear(&words);
}

static double average(const DayCounts *counts)
{
    double sum = 0;
    for (uint32_t i = 0; i < counts->count; i++)
        sum += (double)counts->items[i].days * (double)counts->items[i].count;
    return sum / (double)day_counts_total(counts);
}

/* How late, not only how many: one day over is not three weeks over. */
static void add_lateness(const DutySum *sum, Text *words)
{
    const char *unit = sum->in_working_days ? "working day" : "calendar day";
    uint64_t late = day_counts_total(&sum->days_late);
    if (late == 0)
        return;
    int32_t longest = sum->days_late.items[sum->days_late.count - 1].days;
    text_add(words, " Of those done late, half were late by at most ");
    counted_words((uint64_t)day_counts_within(&sum->days_late, 1, 2), unit,
                  sum->in_working_days ? "working days" : "calendar days", words);
    text_addf(words, ", on average by %.1f; the longest by %d.", average(&sum->days_late),
              (int)longest);
}

/* What of it stands in no column of fallen due. */
static void add_rest(const DutySum *sum, Text *words)
{
    const struct {
        uint64_t count;
        const char *one, *many;
    } rest[] = {{sum->not_started, "had not begun to count", "had not begun to count"},
                {sum->not_needed, "was not needed", "were not needed"},
                {sum->unfinished, "ended before it was due, not done",
                 "ended before they were due, not done"},
                {sum->cannot_tell, "cannot be told", "cannot be told"}};
    const char *between = " Besides: ";
    for (size_t i = 0; i < sizeof rest / sizeof *rest; i++) {
        if (rest[i].count == 0)
            continue;
        text_add(words, between);
        counted_words(rest[i].count, rest[i].one, rest[i].many, words);
        between = ", ";
    }
    text_add(words, *between == ',' ? "." : "");
    if (sum->accepted == 0)
        return;
    text_add(words, " Accepted beforehand: ");
    count_words(sum->accepted, words);
    text_add(words, " of those not in time.");
}

/* "47 of 52 in time, 90 per cent; 3 late, 2 not done." */
static void add_sentence(Report *report, const DutyTable *table)
{
    const DutySum *sum = table->sum;
    Text words = {0};
    if (report->is_public && grid_hides(&table->grid)) {
        paragraph(report, "Some of its counts are below 5, so they stand in the table only as "
                          "far as they may be shown.");
        return;
    }
    text_addf(&words, "It fell due ");
    counted_words(sum->fell_due, "time", "times", &words);
    if (!report->is_public) {
        text_add(&words, " in ");
        counted_words(sum->cases, "case", "cases", &words);
    }
    text_add(&words, ". In time: ");
    share_counts(sum->in_time, sum->fell_due, &words);
    text_add(&words, ".");
    if (!report->is_public) {
        add_lateness(sum, &words);
        add_rest(sum, &words);
    }
    page_element("p", text_get(&words), report->out);
    text_clear(&words);
}

static void add_duty(Report *report, const DutyTable *table)
{
    text_add(report->out, "<div class=\"keep\">");
    page_element("h3", table->sum->label, report->out);
    paragraph(report, "Limit: %s%s%s.", table->sum->limit, table->sum->clause ? ", " : "",
              table->sum->clause ? table->sum->clause : "");
    add_sentence(report, table);
    if (table->periods.count > 0)
        chart_months(report, table);
    text_add(report->out, "</div>\n");
    if (table->periods.count > 0)
        add_months(report, table);
    chart_days(report,
               &(DaysTaken){.label = table->sum->label,
                            .days = &table->sum->days,
                            .limit = table->sum->limit_days,
                            .in_working_days = table->sum->in_working_days},
               !report->is_public || !grid_hides(&table->grid));
}

static void add_idle(Report *report)
{
    const char *between = "";
    Text words = {0};
    for (uint32_t i = 0; i < report->result->duty_count; i++) {
        const DutySum *sum = report->duties[i].sum;
        if (sum->fell_due > 0)
            continue;
        text_addf(&words, "%s\"%s\"", between, sum->label);
        between = ", ";
    }
    if (*between)
        paragraph(report, "Never fell due, so without a chart: %s.", text_get(&words));
    text_clear(&words);
}

void section_duties(Report *report)
{
    section_begin(report, "duties", "2. Deadlines");
    if (report->result->duty_count == 0)
        paragraph(report, "No work with a limit was opened in these cases.");
    if (report->result->duty_count > 0) {
        paragraph(
            report,
            "A duty is counted each time it arose; a review is a duty of its own each time "
            "it is held. The day it is counted from does not count, the day it is due "
            "does. Days are working days where the limit is in working days, else "
            "calendar days. Of what was not done, overdue is what had fallen due by the "
            "day the cases were judged; what was not yet due is not late. What was done early "
            "is "
            "counted in the month in which it would have fallen due.");
        add_table(report);
        add_idle(report);
    }
    for (uint32_t i = 0; i < report->result->duty_count; i++)
        if (report->duties[i].sum->fell_due > 0)
            add_duty(report, &report->duties[i]);
    section_end(report);
}
