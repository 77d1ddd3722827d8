/* Work of each role: what was begun and finished week by week, what lay open, and on
 * which days of the week. Every shade has its number in it. */
#include <stdlib.h>

#include "base/limits.h"
#include "base/mem.h"
#include "render/page.h"
#include "render/report_internal.h"
#include "render/share.h"

enum { WEEKS_MOST = 60, ROLES_ACROSS = 8, PUBLIC_MOST = 8 };

/* Weeks where they are few, else months or longer; a week belongs to the month of its
 * Monday. */
typedef struct WorkSpans {
    bool weekly;
    Day first; /* Monday */
    Periods periods;
    uint32_t count;
} WorkSpans;

static WorkSpans spans_of(const Report *report)
{
    const Result *result = report->result;
    Day first = DAY_NONE, last = DAY_NONE;
    for (uint32_t i = 0; i < result->role_count; i++) {
        const PeriodCounts *weeks = &result->roles[i].weeks;
        if (weeks->count == 0)
            continue;
        if (first == DAY_NONE || weeks->items[0].period < first)
            first = weeks->items[0].period;
        if (weeks->items[weeks->count - 1].period > last)
            last = weeks->items[weeks->count - 1].period;
    }
    if (first == DAY_NONE)
        return (WorkSpans){0};
    Periods periods = periods_between(month_of_day(first), month_of_day(last),
                                      report->is_public ? PUBLIC_MOST : PERIODS_MOST);
    uint32_t weeks = (uint32_t)(last - first) / 7 + 1;
    bool weekly = weeks <= WEEKS_MOST && !report->is_public;
    return (WorkSpans){weekly, first, periods, weekly ? weeks : periods.count};
}

static uint32_t span_of(const WorkSpans *spans, Day monday)
{
    return spans->weekly ? (uint32_t)(monday - spans->first) / 7
                         : period_of(&spans->periods, month_of_day(monday));
}

static void span_words(const WorkSpans *spans, uint32_t span, Text *out)
{
    if (!spans->weekly) {
        period_words(&spans->periods, span, out);
        return;
    }
    Civil civil = day_to_civil(spans->first + (Day)span * 7);
    text_addf(out, "%d %.3s %d", civil.day, month_name(civil.month), civil.year);
}

/* ---- shaded tables ------------------------------------------------------------------- */

/* Numbers of spans by role; `at` is by span, then role. */
typedef struct Heat {
    const char *caption, *corner;
    const uint64_t *values;
    uint32_t rows, columns;
    void (*row_words)(const void *context, uint32_t row, Text *out);
    const void *context;
} Heat;

static uint64_t hottest(const Heat *heat)
{
    uint64_t most = 1;
    for (size_t i = 0; i < (size_t)heat->rows * heat->columns; i++)
        most = heat->values[i] > most ? heat->values[i] : most;
    return most;
}

static void add_heat_cell(Report *report, uint64_t value, uint64_t most)
{
    unsigned level = value == 0 ? 0 : 1 + (unsigned)((double)value * 3.0 / (double)most);
    if (level == 0)
        text_add(report->out, "<td class=\"n\">");
    else
        text_addf(report->out, "<td class=\"n h%u\">", level);
    count_words(value, report->out);
    text_add(report->out, "</td>");
}

/* Roles `from` to `to`: as many as fit on a sheet. */
static void add_heat_part(Report *report, const Heat *heat, uint32_t from, uint32_t to)
{
    const char *headings[ROLES_ACROSS + 2] = {heat->corner};
    Text labels[ROLES_ACROSS] = {0}, words = {0};
    for (uint32_t c = from; c < to; c++) {
        text_addf(&labels[c - from], "#%s", report->result->roles[c].label);
        headings[c - from + 1] = text_get(&labels[c - from]);
    }
    rows_begin(report, "heat", heat->caption, headings);
    for (uint32_t r = 0; r < heat->rows; r++) {
        text_reset(&words);
        heat->row_words(heat->context, r, &words);
        row_begin(report, text_get(&words));
        for (uint32_t c = from; c < to; c++)
            add_heat_cell(report, heat->values[(size_t)r * heat->columns + c], hottest(heat));
        row_end(report);
    }
    rows_end(report);
    text_clear(&words);
    for (uint32_t c = 0; c < ROLES_ACROSS; c++)
        text_clear(&labels[c]);
}

static void add_heat(Report *report, const Heat *heat)
{
    for (uint32_t c = 0; c < heat->columns; c += ROLES_ACROSS)
        add_heat_part(report, heat, c,
                      c + ROLES_ACROSS < heat->columns ? c + ROLES_ACROSS : heat->columns);
}

static void span_row_words(const void *context, uint32_t row, Text *out)
{
    span_words(context, row, out);
}

static void weekday_row_words(const void *context, uint32_t row, Text *out)
{
    (void)context;
    text_add(out, weekday_name((int)row));
}

/* ---- for casework -------------------------------------------------------------------- */

typedef struct RoleTotals {
    uint64_t started, finished, undone, busiest;
    Day busiest_week;
} RoleTotals;

static RoleTotals totals_of(const RoleSum *role)
{
    RoleTotals totals = {0};
    for (uint32_t i = 0; i < role->weeks.count; i++) {
        const PeriodCount *week = &role->weeks.items[i];
        totals.started += week->first;
        totals.finished += week->second;
        totals.undone += week->third;
        if (week->second > totals.busiest) {
            totals.busiest = week->second;
            totals.busiest_week = week->period;
        }
    }
    return totals;
}

/* Beyond the bound nobody was counted. */
static void add_people(Report *report, const RoleSum *role)
{
    if (!report->result->head.has_people)
        cell_words(report, "not in the log");
    else if (role->person_count >= LIMIT_RESULT_PEOPLE)
        cell_words(report, "1,000 or more");
    else
        cell_count(report, role->person_count);
}

static void add_role(Report *report, const RoleSum *role)
{
    RoleTotals totals = totals_of(role);
    char day[DAY_TEXT_MAX];
    Text words = {0};
    row_begin(report, role->label);
    cell_count(report, totals.started);
    cell_count(report, totals.finished);
    cell_count(report, totals.undone);
    cell_count(report, totals.started - totals.finished - totals.undone);
    if (totals.busiest > 0) {
        day_format_long(totals.busiest_week, day);
        text_addf(&words, "from %s: ", day);
        count_words(totals.busiest, &words);
    }
    cell_words(report, text_get(&words));
    add_people(report, role);
    row_end(report);
    text_clear(&words);
}

static void add_roles_table(Report *report)
{
    static const char *const headings[] = {"Role",
                                           "#Begun",
                                           "#Finished",
                                           "#Ended undone",
                                           "#Open at the end",
                                           "Most finished in the week",
                                           "#People who did it",
                                           NULL};
    rows_begin(report, "roles", "Pieces of work of each role", headings);
    for (uint32_t i = 0; i < report->result->role_count; i++)
        add_role(report, &report->result->roles[i]);
    rows_end(report);
}

static void fill_finished(const Result *result, const WorkSpans *spans, uint64_t *values)
{
    for (uint32_t c = 0; c < result->role_count; c++)
        for (uint32_t i = 0; i < result->roles[c].weeks.count; i++) {
            const PeriodCount *week = &result->roles[c].weeks.items[i];
            values[(size_t)span_of(spans, week->period) * result->role_count + c] +=
                week->second;
        }
}

/* What was begun and neither finished nor ended by then. */
static void fill_open(const Result *result, const WorkSpans *spans, uint64_t *values)
{
    for (uint32_t c = 0; c < result->role_count; c++) {
        const PeriodCounts *weeks = &result->roles[c].weeks;
        uint64_t open = 0;
        uint32_t at = 0;
        for (uint32_t r = 0; r < spans->count; r++) {
            for (; at < weeks->count && span_of(spans, weeks->items[at].period) <= r; at++)
                open +=
                    weeks->items[at].first - weeks->items[at].second - weeks->items[at].third;
            values[(size_t)r * result->role_count + c] = open;
        }
    }
}

static void add_spans(Report *report, const WorkSpans *spans)
{
    const Result *result = report->result;
    size_t cells = (size_t)spans->count * result->role_count;
    Text caption = {0};
    const char *unit = spans->weekly ? "week" : periods_name(&spans->periods);
    Heat heat = {.corner = spans->weekly ? "Week from" : "In",
                 .rows = spans->count,
                 .columns = result->role_count,
                 .row_words = span_row_words,
                 .context = spans};
    uint64_t *values = mem_alloc_array(cells, sizeof *values);
    fill_finished(result, spans, values);
    text_addf(&caption, "Finished in each %s", unit);
    heat.values = values;
    heat.caption = text_get(&caption);
    add_heat(report, &heat);
    free(values);
    values = mem_alloc_array(cells, sizeof *values);
    fill_open(result, spans, values);
    text_reset(&caption);
    text_addf(&caption, "Open at the end of each %s", unit);
    heat.values = values;
    heat.caption = text_get(&caption);
    add_heat(report, &heat);
    free(values);
    text_clear(&caption);
}

static void add_weekdays(Report *report)
{
    const Result *result = report->result;
    uint64_t *values = mem_alloc_array((size_t)7 * result->role_count, sizeof *values);
    for (uint32_t c = 0; c < result->role_count; c++)
        for (uint32_t r = 0; r < 7; r++)
            values[(size_t)r * result->role_count + c] = result->roles[c].weekdays[r];
    Heat heat = {.caption = "Finished on each day of the week",
                 .corner = "Day",
                 .values = values,
                 .rows = 7,
                 .columns = result->role_count,
                 .row_words = weekday_row_words};
    add_heat(report, &heat);
    free(values);
}

/* ---- for publication ----------------------------------------------------------------- */

static void add_public_row(Report *report, const Grid *grid, uint32_t column, const char *name)
{
    row_begin(report, name);
    for (uint32_t r = 0; r <= grid->rows; r++)
        cell_grid(report, grid, r, column);
    row_end(report);
}

/* Roles downwards: there are fewer periods than a sheet is wide. */
static void add_public_table(Report *report, const WorkSpans *spans, const Grid *grid)
{
    const char *headings[PUBLIC_MOST + 3] = {"Role"};
    Text labels[PUBLIC_MOST] = {0};
    for (uint32_t r = 0; r < grid->rows; r++) {
        text_add_char(&labels[r], '#');
        period_short(&spans->periods, r, &labels[r]);
        headings[r + 1] = text_get(&labels[r]);
    }
    headings[grid->rows + 1] = "#Together";
    rows_begin(report, "roles", "Pieces of work finished by each role", headings);
    for (uint32_t c = 0; c < grid->columns; c++)
        add_public_row(report, grid, c, report->result->roles[c].label);
    add_public_row(report, grid, grid->columns, "Together");
    rows_end(report);
    for (uint32_t r = 0; r < PUBLIC_MOST; r++)
        text_clear(&labels[r]);
}

/* Where a count of cases or duties is hidden, what a role finished could give it away. */
static void add_public(Report *report, const WorkSpans *spans)
{
    const Result *result = report->result;
    Grid grid;
    if (report->hides) {
        paragraph(report, "Left out: with counts below 5 elsewhere in this report, the work of "
                          "a role could give them away.");
        return;
    }
    grid_make(&grid, spans->count, result->role_count);
    for (uint32_t c = 0; c < result->role_count; c++)
        for (uint32_t i = 0; i < result->roles[c].weeks.count; i++)
            grid_add(&grid, span_of(spans, result->roles[c].weeks.items[i].period), c,
                     result->roles[c].weeks.items[i].second);
    grid_hide(&grid);
    add_public_table(report, spans, &grid);
    grid_clear(&grid);
}

void section_roles(Report *report)
{
    WorkSpans spans = spans_of(report);
    section_begin(report, "roles", "5. Work of each role");
    if (spans.count == 0) {
        paragraph(report, "No work was opened in these cases.");
    } else if (report->is_public) {
        add_public(report, &spans);
    } else {
        paragraph(report, "A piece of work is a task, review or duty that was opened. It is "
                          "counted for the role that did it, else for the first role that may. "
                          "Darker cells hold larger numbers.");
        add_roles_table(report);
        add_spans(report, &spans);
        add_weekdays(report);
    }
    section_end(report);
}
