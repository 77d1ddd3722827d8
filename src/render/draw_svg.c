/* One sheet out of the pictures that Graphviz made of the parts: the main line
 * first, then the tracks in the order of the flow, in columns. The height of the
 * columns is the one with which everything is largest on A4. */
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "render/draw_picture.h"
#include "render/markup.h"

enum { GAP = 12, PADDING = 8, MARGIN = 18, TITLE_HEIGHT = 54, FOOT_HEIGHT = 18, TRIES = 400 };

#define SHORT_SIDE 210.0 /* A4, in mm */
#define LONG_SIDE  297.0
#define FONT       "Arial, 'Liberation Sans', Helvetica, sans-serif"

typedef struct Panel {
    const char *body; /* borrowed: what stands between <svg …> and </svg> */
    size_t length;
    double width, height; /* as drawn */
    double x, y, frame;   /* frame: as wide as its column */
} Panel;

typedef struct Sheet {
    Panel *panels; /* owned */
    size_t count, capacity;
    double width, height; /* of all columns */
} Sheet;

/* ---- reading what Graphviz wrote --------------------------------------------------- */

/* The number of points in `width="123pt"`. */
static bool read_points(const char *tag, const char *end, const char *name, double *points)
{
    const char *at = strstr(tag, name);
    if (!at || at > end)
        return false;
    *points = strtod(at + strlen(name), NULL);
    return *points > 0 && *points < 1e7;
}

static const char *read_panel(const char *at, Panel *panel)
{
    const char *tag = strstr(at, "<svg ");
    const char *body = tag ? strchr(tag, '>') : NULL;
    const char *end = body ? strstr(body, "</svg>") : NULL;
    if (!end || !read_points(tag, body, " width=\"", &panel->width) ||
        !read_points(tag, body, " height=\"", &panel->height))
        return NULL;
    panel->body = body + 1;
    panel->length = (size_t)(end - panel->body);
    return end;
}

static void read_panels(Sheet *sheet, const char *drawn)
{
    Panel panel = {0};
    while ((drawn = read_panel(drawn, &panel)) != NULL) {
        sheet->panels =
            mem_grow(sheet->panels, &sheet->capacity, sheet->count + 1, sizeof *sheet->panels);
        sheet->panels[sheet->count++] = panel;
    }
}

static size_t panels_wanted(const Picture *picture)
{
    size_t count = picture->rules || picture->duties ? 1 : 0;
    for (const PicturePart *part = picture->parts; part; part = part->next)
        count++;
    return count;
}

/* ---- columns ------------------------------------------------------------------------ */

static void frame_column(Sheet *sheet, size_t from, size_t to, double width)
{
    for (size_t i = from; i < to; i++)
        sheet->panels[i].frame = width;
}

/* Fills columns of at most `most` one after the other. */
static void arrange(Sheet *sheet, double most)
{
    double x = 0, y = 0, column = 0;
    size_t first = 0;
    sheet->height = 0;
    for (size_t i = 0; i < sheet->count; i++) {
        Panel *panel = &sheet->panels[i];
        double width = panel->width + 2 * PADDING, height = panel->height + 2 * PADDING;
        if (y > 0 && y + height > most) {
            frame_column(sheet, first, i, column);
            first = i;
            x += column + GAP;
            y = column = 0;
        }
        panel->x = x;
        panel->y = y;
        y += height;
        if (y > sheet->height)
            sheet->height = y;
        if (width > column)
            column = width;
        y += GAP;
    }
    frame_column(sheet, first, sheet->count, column);
    sheet->width = x + column;
}

static double whole_width(const Sheet *sheet)
{
    return sheet->width + 2 * MARGIN;
}

static double whole_height(const Sheet *sheet)
{
    return sheet->height + TITLE_HEIGHT + FOOT_HEIGHT + 2 * MARGIN;
}

/* How many points of the picture go into one mm, on the better side of the sheet. */
static double crowding(const Sheet *sheet, bool *wide)
{
    double w = whole_width(sheet), h = whole_height(sheet);
    double lying = w / LONG_SIDE > h / SHORT_SIDE ? w / LONG_SIDE : h / SHORT_SIDE;
    double standing = w / SHORT_SIDE > h / LONG_SIDE ? w / SHORT_SIDE : h / LONG_SIDE;
    *wide = lying <= standing;
    return *wide ? lying : standing;
}

static void arrange_best(Sheet *sheet)
{
    double tallest = 0, all = 0, best = 0, least = 0;
    bool wide;
    for (size_t i = 0; i < sheet->count; i++) {
        double height = sheet->panels[i].height + 2 * PADDING;
        tallest = height > tallest ? height : tallest;
        all += height + GAP;
    }
    for (int i = 0; i <= TRIES; i++) {
        double most = tallest + (all - tallest) * i / TRIES;
        arrange(sheet, most);
        double crowded = crowding(sheet, &wide);
        if (i == 0 || crowded < least) {
            least = crowded;
            best = most;
        }
    }
    arrange(sheet, best);
}

/* ---- writing ------------------------------------------------------------------------ */

static void add_words(Text *out, double x, double y, int size, const char *weight,
                      const char *words)
{
    text_addf(out, "<text x=\"%.1f\" y=\"%.1f\" font-size=\"%d\" font-weight=\"%s\">", x, y,
              size, weight);
    markup_add(out, words);
    text_add(out, "</text>\n");
}

static void add_head(const Picture *picture, const Sheet *sheet, Text *out)
{
    bool wide;
    crowding(sheet, &wide);
    text_add(out, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
    text_addf(out,
              "<svg xmlns=\"http://www.w3.org/2000/svg\" "
              "xmlns:xlink=\"http://www.w3.org/1999/xlink\" width=\"%dmm\" height=\"%dmm\" "
              "viewBox=\"0 0 %.1f %.1f\" preserveAspectRatio=\"xMidYMin meet\" role=\"img\" "
              "aria-labelledby=\"flow-title flow-description\" font-family=\"" FONT "\">\n",
              wide ? 297 : 210, wide ? 210 : 297, whole_width(sheet), whole_height(sheet));
    text_add(out, "<title id=\"flow-title\">");
    markup_add(out, picture->title);
    text_add(out, "</title>\n<desc id=\"flow-description\">");
    Text words = {0};
    draw_text(picture, &words);
    markup_add_bytes(out, text_get(&words), words.length);
    text_clear(&words);
    text_add(out, "</desc>\n<rect width=\"100%\" height=\"100%\" fill=\"white\"/>\n");
    add_words(out, MARGIN, MARGIN + 20, 22, "bold", picture->title);
    add_words(out, MARGIN, MARGIN + 36, 11, "normal", picture->subtitle);
    if (*picture->caption)
        add_words(out, MARGIN, MARGIN + 49, 11, "bold", picture->caption);
}

/* Where a panel shows a part that this case has under way, its frame is heavy. */
static void add_panel(const Panel *panel, const PicturePart *part, Text *out)
{
    double x = panel->x + MARGIN, y = panel->y + MARGIN + TITLE_HEIGHT;
    text_addf(out,
              "<rect x=\"%.1f\" y=\"%.1f\" width=\"%.1f\" height=\"%.1f\" rx=\"5\" "
              "fill=\"%s\" stroke=\"#555555\" stroke-width=\"%s\"/>\n",
              x, y, panel->frame, panel->height + 2 * PADDING,
              part && part->track == 0 ? "#ffffff" : "#f7f7f7",
              part && part->running ? "2.5" : "0.8");
    text_addf(out,
              "<svg x=\"%.1f\" y=\"%.1f\" width=\"%.1f\" height=\"%.1f\" "
              "viewBox=\"0 0 %.1f %.1f\">",
              x + PADDING, y + PADDING, panel->width, panel->height, panel->width,
              panel->height);
    text_add_bytes(out, panel->body, panel->length);
    text_add(out, "</svg>\n");
}

static void add_foot(const Picture *picture, const Sheet *sheet, Text *out)
{
    static const char plain[] = "Underlined: time limits. Double frame: an end. Dashed arrow: "
                                "when a limit is missed. Grey panels run beside the case.";
    static const char marked[] =
        "Black: where the case stands. Heavy frames and arrows: the way "
        "it came. Underlined: time limits. Double frame: an end.";
    static const char tried[] = "Green: tried by a scenario. Red: not tried, and the words say "
                                "so. Underlined: time limits. Double frame: an end.";
    const char *legend = picture->shows_coverage ? tried : *picture->caption ? marked : plain;
    double y = whole_height(sheet) - MARGIN;
    Text words = {0};
    text_addf(&words, "%s%s%s", legend, *picture->usual ? " " : "", picture->usual);
    add_words(out, MARGIN, y, 9, "normal", text_get(&words));
    text_clear(&words);
}

bool draw_svg(const Picture *picture, const char *drawn, size_t length, Text *out, Error *err)
{
    Sheet sheet = {0};
    size_t wanted = panels_wanted(picture);
    if (strlen(drawn) == length)
        read_panels(&sheet, drawn);
    bool whole = sheet.count == wanted;
    if (whole) {
        arrange_best(&sheet);
        add_head(picture, &sheet, out);
        const PicturePart *part = picture->parts;
        for (size_t i = 0; i < sheet.count; i++, part = part ? part->next : NULL)
            add_panel(&sheet.panels[i], part, out);
        add_foot(picture, &sheet, out);
        text_add(out, "</svg>\n");
    } else {
        error_kind(err, ERROR_IO, "Graphviz drew %zu of %zu parts of the picture", sheet.count,
                   wanted);
    }
    free(sheet.panels);
    return whole;
}
