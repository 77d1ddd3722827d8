/* The pictures of the report. Each stands beside a table with the same numbers; what
 * is in time is solid and what is late is hatched, so that black and white will do. */
#include <stdlib.h>

#include "base/mem.h"
#include "render/page.h"
#include "render/report_internal.h"
#include "render/share.h"

/* ---- in time, month by month --------------------------------------------------------- */

enum {
    WIDTH = 660,
    LEFT = 44,
    RIGHT = 580, /* of the widest axis; what names a line stands beyond it */
    TOP = 24,
    FLOOR = 154, /* where the bars stand */
    MONTHS_HEIGHT = 226,
    WIDEST = 56,     /* a bar and the gap after it */
    NARROWEST = 240, /* an axis */
    LETTER = 7       /* about as wide as one is */
};

static int height_of(uint64_t part, uint64_t of)
{
    return of == 0 ? 0 : (int)((double)part * (FLOOR - TOP) / (double)of + 0.5);
}

void svg_words(Text *out, int x, int y, int size, const char *anchor, const char *words)
{
    text_addf(out, "<text x=\"%d\" y=\"%d\" font-size=\"%d\" text-anchor=\"%s\">", x, y, size,
              anchor);
    page_words(words, out);
    text_add(out, "</text>\n");
}

static void add_box(Text *out, const char *kind, int x, int y, int width, int height)
{
    if (height > 0)
        text_addf(out, "<rect class=\"%s\" x=\"%d\" y=\"%d\" width=\"%d\" height=\"%d\"/>\n",
                  kind, x, y, width, height);
}

void svg_line(Text *out, const char *kind, int x1, int y1, int x2, int y2)
{
    text_addf(out, "<line class=\"%s\" x1=\"%d\" y1=\"%d\" x2=\"%d\" y2=\"%d\"/>\n", kind, x1,
              y1, x2, y2);
}

/* Leaning to the left, ending under the bar: long names stay apart. */
static void add_leaning(Text *out, int x, int y, const char *words)
{
    text_addf(out,
              "<text font-size=\"11\" text-anchor=\"end\" transform=\"translate(%d %d) "
              "rotate(-40)\">",
              x, y);
    page_words(words, out);
    text_add(out, "</text>\n");
}

/* Two bars of a month on each other reach from the floor to the top: in time below, the
 * rest above. */
static void add_month(Report *report, const DutyTable *table, uint32_t period, int x, int width)
{
    const Grid *grid = &table->grid;
    Text *out = report->out, words = {0};
    uint64_t due = grid_value(grid, period, DUTY_COLUMNS);
    bool is_shown =
        grid_shows(grid, period, DUTY_MET) && grid_shows(grid, period, DUTY_COLUMNS);
    int met = height_of(grid_value(grid, period, DUTY_MET), due);
    if (due > 0 && !is_shown) {
        svg_words(out, x + width / 2, FLOOR - 4, 10, "middle", "hidden");
    } else if (due > 0) {
        add_box(out, "out", x, TOP, width, FLOOR - TOP - met);
        add_box(out, "in", x, FLOOR - met, width, met);
        share_short(grid_value(grid, period, DUTY_MET), due, &words);
        svg_words(out, x + width / 2, TOP - 6, width < 30 ? 9 : 11, "middle", text_get(&words));
    }
    text_reset(&words);
    period_short(&table->periods, period, &words);
    add_leaning(out, x + width / 2 + 4, FLOOR + 14, text_get(&words));
    text_clear(&words);
}

/* Where the axis ends: a few bars need no wide one. */
static int right_of(uint32_t bars, int step)
{
    int right = LEFT + 6 + (int)bars * step;
    return right < NARROWEST ? NARROWEST : right;
}

static void add_scale(Report *report, int right)
{
    static const char *const marks[] = {"0%", "50%", "100%"};
    for (int i = 0; i <= 2; i++) {
        int y = FLOOR - (FLOOR - TOP) * i / 2;
        svg_line(report->out, "axis", LEFT - 5, y, LEFT, y);
        svg_words(report->out, LEFT - 8, y + 4, 11, "end", marks[i]);
    }
    svg_line(report->out, "axis", LEFT, TOP, LEFT, FLOOR);
    svg_line(report->out, "axis", LEFT, FLOOR, right, FLOOR);
}

static void add_target(Report *report, int right)
{
    unsigned target = report->request->target;
    Text words = {0};
    if (target == 0)
        return;
    int y = FLOOR - (FLOOR - TOP) * (int)target / 100;
    text_addf(&words, "target %u%%", target);
    svg_line(report->out, "halo", LEFT, y, right, y);
    svg_line(report->out, "target", LEFT, y, right, y);
    svg_words(report->out, right + 4, y + 4, 11, "start", text_get(&words));
    text_clear(&words);
}

void chart_months(Report *report, const DutyTable *table)
{
    const Periods *periods = &table->periods;
    Text title = {0}, caption = {0};
    int step = (RIGHT - LEFT - 6) / (int)periods->count;
    step = step > WIDEST ? WIDEST : step;
    text_addf(&title, "%s: share in time, each %s", table->sum->label, periods_name(periods));
    figure_begin(report, text_get(&title),
                 "A bar for each period, by when the duty fell due. The table below has the "
                 "same numbers.",
                 WIDTH, MONTHS_HEIGHT);
    for (uint32_t i = 0; i < periods->count; i++)
        add_month(report, table, i, LEFT + 6 + (int)i * step, step - 6);
    add_scale(report, right_of(periods->count, step));
    add_target(report, right_of(periods->count, step));
    text_addf(&caption,
              "Share in time, by the %s in which it fell due. Solid: in time. "
              "Hatched: late, or not done and overdue.",
              periods_name(periods));
    if (report->request->target > 0)
        text_addf(&caption, " Dotted line: the target of %u per cent.",
                  report->request->target);
    figure_end(report, text_get(&caption));
    text_clear(&title);
    text_clear(&caption);
}

/* ---- days taken ---------------------------------------------------------------------- */

enum { BANDS_MOST = 20, BAND_FLOOR = 164, DAYS_HEIGHT = 218, BANDS_TOP = 38 };

/* Days from `from` to `to`; the last band goes on for ever. */
typedef struct Band {
    int32_t from, to;
    uint64_t count;
    bool is_late;
} Band;

typedef struct Bands {
    Band *items; /* owned */
    uint32_t count;
    size_t capacity;
} Bands;

static void add_band(Bands *bands, int32_t from, int32_t to, bool is_late)
{
    bands->items = mem_grow(bands->items, &bands->capacity, bands->count + 1, sizeof(Band));
    bands->items[bands->count++] = (Band){.from = from, .to = to, .is_late = is_late};
}

static int32_t band_width(int32_t reach)
{
    static const int32_t widths[] = {1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 5000};
    size_t i = 0;
    while (i + 1 < sizeof widths / sizeof *widths && reach / widths[i] >= BANDS_MOST - 2)
        i++;
    return widths[i];
}

/* Bands end where the limit does, so that none holds both sides of it. */
static void make_bands(const DaysTaken *taken, Bands *bands)
{
    int32_t limit = taken->limit;
    int32_t most = day_counts_within(taken->days, 95, 100);
    int32_t reach = most > 2 * limit ? most : 2 * limit;
    int32_t width = band_width(reach), from = 0;
    int32_t first = width > 1 && limit % width == 0 ? width : limit % width;
    for (int32_t to = first; from <= reach; to += width) {
        add_band(bands, from, to, limit > 0 && from > limit);
        from = to + 1;
    }
    add_band(bands, from, INT32_MAX, limit > 0);
}

static void fill_bands(const DayCounts *days, Bands *bands)
{
    uint32_t at = 0;
    for (uint32_t i = 0; i < days->count; i++) {
        while (at + 1 < bands->count && days->items[i].days > bands->items[at].to)
            at++;
        bands->items[at].count += days->items[i].count;
    }
}

/* In public, neighbours on one side of the limit are joined until none is small. */
static void join_small(Bands *bands)
{
    for (uint32_t i = 0; i < bands->count;) {
        Band *band = &bands->items[i];
        bool is_small = band->count >= 1 && band->count <= GRID_SMALL_MOST;
        bool has_next = i + 1 < bands->count && band[1].is_late == band->is_late;
        uint32_t into = has_next ? i : i - 1;
        bool has_other = has_next || (i > 0 && band[-1].is_late == band->is_late);
        if (!is_small || !has_other) {
            i++;
            continue;
        }
        bands->items[into].to = bands->items[into + 1].to;
        bands->items[into].count += bands->items[into + 1].count;
        for (uint32_t k = into + 1; k + 1 < bands->count; k++)
            bands->items[k] = bands->items[k + 1];
        bands->count--;
        i = into;
    }
}

static bool has_small(const Bands *bands)
{
    for (uint32_t i = 0; i < bands->count; i++)
        if (bands->items[i].count >= 1 && bands->items[i].count <= GRID_SMALL_MOST)
            return true;
    return false;
}

static void band_words(const Band *band, Text *out)
{
    if (band->to == INT32_MAX)
        text_addf(out, "%d or more", (int)band->from);
    else if (band->to == band->from)
        text_addf(out, "%d", (int)band->from);
    else
        text_addf(out, "%d to %d", (int)band->from, (int)band->to);
}

static uint64_t highest_band(const Bands *bands)
{
    uint64_t most = 1;
    for (uint32_t i = 0; i < bands->count; i++)
        most = bands->items[i].count > most ? bands->items[i].count : most;
    return most;
}

static void add_band_bar(Report *report, const Band *band, uint64_t most, int x, int width)
{
    Text *out = report->out, words = {0};
    int height = (int)((double)band->count * (BAND_FLOOR - BANDS_TOP) / (double)most + 0.5);
    add_box(out, band->is_late ? "out" : "in", x, BAND_FLOOR - height, width, height);
    if (band->count > 0) {
        count_words(band->count, &words);
        svg_words(out, x + width / 2, BAND_FLOOR - height - 5, 11, "middle", text_get(&words));
    }
    text_reset(&words);
    band_words(band, &words);
    if ((int)words.length * LETTER > width)
        add_leaning(out, x + width / 2 + 4, BAND_FLOOR + 14, text_get(&words));
    else
        svg_words(out, x + width / 2, BAND_FLOOR + 15, 11, "middle", text_get(&words));
    text_clear(&words);
}

/* At the end of its day; within a band in proportion. */
static int x_of_days(const Bands *bands, int32_t days, int step)
{
    int x = LEFT + 3;
    uint32_t i = 0;
    for (; i + 1 < bands->count && bands->items[i].to <= days; i++)
        x += step;
    const Band *band = &bands->items[i];
    if (band->to == INT32_MAX || days < band->from)
        return x;
    return x + step * (days - band->from + 1) / (band->to - band->from + 1);
}

/* Its name stands on the right of the line, or on the left where another line follows. */
static void add_limit(Report *report, int x, bool is_first, const char *name, int32_t limit)
{
    Text words = {0};
    int y = BANDS_TOP - (is_first ? 28 : 18);
    text_addf(&words, "%s %d", name, (int)limit);
    svg_line(report->out, "limit", x, y - 9, x, BAND_FLOOR + 4);
    svg_words(report->out, is_first ? x - 5 : x + 5, y, 11, is_first ? "end" : "start",
              text_get(&words));
    text_clear(&words);
}

static void add_limits(Report *report, const DaysTaken *taken, const Bands *bands, int step)
{
    bool are_two = taken->was > 0;
    if (taken->limit > 0)
        add_limit(report, x_of_days(bands, taken->limit, step),
                  are_two && taken->limit < taken->was,
                  are_two ? "second flow:" : "limit:", taken->limit);
    if (are_two)
        add_limit(report, x_of_days(bands, taken->was, step), taken->was < taken->limit,
                  "first flow:", taken->was);
}

/* What is read out in place of the picture. */
static void bands_words(const Bands *bands, Text *out)
{
    for (uint32_t i = 0; i < bands->count; i++) {
        text_add(out, i > 0 ? ", " : "In ");
        band_words(&bands->items[i], out);
        text_addf(out, i > 0 ? ": %llu" : " days: %llu",
                  (unsigned long long)bands->items[i].count);
    }
}

static const char *days_caption(const DaysTaken *taken)
{
    return taken->was > 0
               ? "Solid: within the limit of the second flow. Hatched: later. Dashed "
                 "lines: the two limits."
           : taken->limit > 0
               ? "Solid: within the limit, which is the dashed line. Hatched: later."
               : "The limit is in hours or varies, so it is not drawn.";
}

static void draw_bands(Report *report, const DaysTaken *taken, const Bands *bands)
{
    const char *unit = taken->in_working_days ? "working days" : "calendar days";
    Text title = {0}, words = {0};
    int step = (RIGHT - LEFT - 6) / (int)bands->count;
    step = step > WIDEST ? WIDEST : step;
    text_addf(&title, "%s: %s taken, of those done", taken->label, unit);
    bands_words(bands, &words);
    figure_begin(report, text_get(&title), text_get(&words), WIDTH, DAYS_HEIGHT);
    for (uint32_t i = 0; i < bands->count; i++)
        add_band_bar(report, &bands->items[i], highest_band(bands), LEFT + 6 + (int)i * step,
                     step - 6);
    svg_line(report->out, "axis", LEFT, BAND_FLOOR, right_of(bands->count, step), BAND_FLOOR);
    add_limits(report, taken, bands, step);
    text_reset(&words);
    text_addf(&words, "How many were done in how many %s. %s", unit, days_caption(taken));
    figure_end(report, text_get(&words));
    text_clear(&title);
    text_clear(&words);
}

void chart_days(Report *report, const DaysTaken *taken, bool may_show)
{
    Bands bands = {0};
    if (taken->days->count == 0)
        return;
    make_bands(taken, &bands);
    fill_bands(taken->days, &bands);
    if (report->is_public)
        join_small(&bands);
    if (!may_show || (report->is_public && has_small(&bands)))
        paragraph(report, "How many days were taken is left out: some counts are below 5.");
    else
        draw_bands(report, taken, &bands);
    free(bands.items);
}

/* ---- in a cell ----------------------------------------------------------------------- */

void chart_small(Report *report, const uint64_t *heights, uint32_t count, const char *words)
{
    enum { BAR = 4, HIGH = 24 };
    uint64_t most = 1;
    for (uint32_t i = 0; i < count; i++)
        most = heights[i] > most ? heights[i] : most;
    text_addf(report->out,
              "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%u\" height=\"%d\" "
              "viewBox=\"0 0 %u %d\" role=\"img\" aria-label=\"",
              count * BAR + 2, HIGH + 2, count * BAR + 2, HIGH + 2);
    page_words(words, report->out);
    text_add(report->out, "\">");
    for (uint32_t i = 0; i < count; i++) {
        int height = (int)((double)heights[i] * HIGH / (double)most + 0.5);
        add_box(report->out, "in", (int)i * BAR + 1, HIGH + 1 - height, BAR - 1, height);
    }
    text_addf(report->out,
              "<line class=\"axis\" x1=\"0\" y1=\"%d\" x2=\"%u\" y2=\"%d\"/></svg>", HIGH + 1,
              count * BAR + 2, HIGH + 1);
}
