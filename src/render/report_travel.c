/* Where the cases went: the states of the main line and of each track, the lines between
 * them as thick as they were travelled, and what the policy would have refused dashed
 * and in another colour. Graphviz lays it out; the table below needs no Graphviz. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "render/markup.h"
#include "render/page.h"
#include "render/report_internal.h"
#include "render/share.h"

enum { LABEL_WIDTH = 22 };

#define REFUSED_COLOUR "#9c2a00"

static const char *track_name(const Picture *picture, int32_t track)
{
    for (const TrackAst *one = picture->flow->tracks; one; one = one->next)
        if (one->index == track)
            return one->name;
    return "case";
}

static bool is_in(const TravelSum *travel, const char *track)
{
    return strcmp(travel->track, track) == 0;
}

static bool is_travelled(const Result *result, const char *track)
{
    for (uint32_t i = 0; i < result->travel_count; i++)
        if (is_in(&result->travels[i], track))
            return true;
    return false;
}

/* ---- for Graphviz -------------------------------------------------------------------- */

typedef struct Label {
    Text *out;
    bool any;
} Label;

static void add_label_line(void *context, const char *words, size_t length)
{
    Label *label = context;
    text_add(label->out, label->any ? "<BR/>" : "");
    markup_add_bytes(label->out, words, length);
    label->any = true;
}

static void add_state(const PictureBox *box, Text *out)
{
    Label label = {out, false};
    text_addf(out, "    \"%s\" [id=\"travel-%s\", peripheries=%d, label=<", box->name, box->id,
              box->ends ? 2 : 1);
    picture_wrap(box->title, LABEL_WIDTH, add_label_line, &label);
    text_add(out, ">];\n");
}

static uint64_t most_travelled(const Result *result)
{
    uint64_t most = 1;
    for (uint32_t i = 0; i < result->travel_count; i++)
        most = result->travels[i].count > most ? result->travels[i].count : most;
    return most;
}

/* In points. The square root lets a line of a hundred be seen beside one of ten
 * thousand. */
static double line_width(const ReportRequest *request, uint64_t count)
{
    double part = (double)count / (double)most_travelled(request->result);
    return request->is_public ? 2 : 1 + 4 * sqrt(part);
}

static void add_number(const ReportRequest *request, uint64_t count, Text *out)
{
    if (request->is_public)
        text_add(out, count > GRID_SMALL_MOST ? "5 or more" : "fewer than 5");
    else
        count_words(count, out);
}

static void add_travelled(const ReportRequest *request, const TravelSum *travel, size_t number,
                          Text *out)
{
    text_addf(out, "    \"%s\" -> \"%s\" [id=\"travel-way-%zu\", penwidth=%.1f, label=\"  ",
              *travel->from ? travel->from : "-opening", travel->to, number,
              line_width(request, travel->count));
    add_number(request, travel->count, out);
    text_add(out, "\"];\n");
}

/* What was refused and stayed is a line back to its own state. */
static void add_refused(const ReportRequest *request, const TravelSum *travel, size_t number,
                        Text *out)
{
    text_addf(out,
              "    \"%s\" -> \"%s\" [id=\"travel-refused-%zu\", style=dashed, color=\"%s\", "
              "fontcolor=\"%s\", penwidth=%.1f, label=\"  ",
              *travel->from ? travel->from : "-opening",
              *travel->to ? travel->to : travel->from, number, REFUSED_COLOUR, REFUSED_COLOUR,
              line_width(request, travel->refused));
    add_number(request, travel->refused, out);
    text_add(out, " not allowed\"];\n");
}

static void add_travels(const ReportRequest *request, const char *track, Text *out)
{
    const Result *result = request->result;
    for (uint32_t i = 0; i < result->travel_count; i++) {
        const TravelSum *travel = &result->travels[i];
        if (!is_in(travel, track))
            continue;
        if (!*travel->from)
            text_add(out, "    \"-opening\" [id=\"\", shape=point, width=0.12];\n");
        if (travel->count > 0 && *travel->to)
            add_travelled(request, travel, i, out);
        if (travel->refused > 0 && (*travel->to || *travel->from))
            add_refused(request, travel, i, out);
    }
}

static bool was_travelled(const Result *result, const char *track, const PictureArrow *arrow)
{
    for (uint32_t i = 0; i < result->travel_count; i++) {
        const TravelSum *travel = &result->travels[i];
        if (is_in(travel, track) && strcmp(travel->from, arrow->from->name) == 0 &&
            strcmp(travel->to, arrow->to->name) == 0)
            return true;
    }
    return false;
}

/* Another arrow between the same two boxes stands before it. */
static bool is_repeated(const PicturePart *part, const PictureArrow *arrow)
{
    for (const PictureArrow *one = part->arrows; one != arrow; one = one->next)
        if (one->from == arrow->from && one->to == arrow->to)
            return true;
    return false;
}

/* The flow's lines that no case took. */
static void add_untravelled(const ReportRequest *request, const PicturePart *part,
                            const char *track, Text *out)
{
    for (const PictureArrow *arrow = part->arrows; arrow; arrow = arrow->next)
        if (arrow->from->kind == BOX_STATE && arrow->to->kind == BOX_STATE &&
            !is_repeated(part, arrow) && !was_travelled(request->result, track, arrow))
            text_addf(out, "    \"%s\" -> \"%s\" [id=\"\", style=dotted, color=\"#666666\"];\n",
                      arrow->from->name, arrow->to->name);
}

static void add_graph(const ReportRequest *request, const PicturePart *part, Text *out)
{
    const char *track = track_name(request->picture, part->track);
    text_addf(out,
              "digraph travel {\n    id=\"travel-%s\"; bgcolor=transparent; nodesep=0.3; "
              "ranksep=0.35;\n"
              "    node [shape=box, style=rounded, fontname=\"Arial\", fontsize=11];\n"
              "    edge [fontname=\"Arial\", fontsize=10, arrowsize=0.7];\n",
              part->id);
    for (const PictureBox *box = part->boxes; box; box = box->next)
        if (box->kind == BOX_STATE)
            add_state(box, out);
    add_travels(request, track, out);
    add_untravelled(request, part, track, out);
    text_add(out, "}\n");
}

static bool has_states(const PicturePart *part)
{
    for (const PictureBox *box = part->boxes; box; box = box->next)
        if (box->kind == BOX_STATE)
            return true;
    return false;
}

static bool is_drawn(const ReportRequest *request, const PicturePart *part)
{
    return has_states(part) &&
           is_travelled(request->result, track_name(request->picture, part->track));
}

void report_graphs(const ReportRequest *request, Text *out)
{
    for (const PicturePart *part = request->picture ? request->picture->parts : NULL; part;
         part = part->next)
        if (is_drawn(request, part))
            add_graph(request, part, out);
}

/* ---- what Graphviz made of it -------------------------------------------------------- */

/* One drawing: what stands between <svg …> and </svg>, and its size in points. */
typedef struct Drawing {
    const char *body;
    size_t length;
    double width, height;
} Drawing;

static bool read_points(const char *tag, const char *end, const char *name, double *points)
{
    const char *at = strstr(tag, name);
    if (!at || at > end)
        return false;
    *points = strtod(at + strlen(name), NULL);
    return *points > 0 && *points < 1e6;
}

/* Where to go on; NULL: there is no further drawing. */
static const char *read_drawing(const char *at, Drawing *drawing)
{
    const char *tag = strstr(at, "<svg ");
    const char *body = tag ? strchr(tag, '>') : NULL;
    const char *end = body ? strstr(body, "</svg>") : NULL;
    if (!end || !read_points(tag, body, " width=\"", &drawing->width) ||
        !read_points(tag, body, " height=\"", &drawing->height))
        return NULL;
    drawing->body = body + 1;
    drawing->length = (size_t)(end - drawing->body);
    return end;
}

static const char *add_drawing(Report *report, const PicturePart *part, const char *at)
{
    Drawing drawing;
    Text title = {0};
    at = read_drawing(at, &drawing);
    if (!at)
        return NULL;
    text_addf(&title, "%s: where the cases went", part->title);
    figure_begin(report, text_get(&title),
                 "The states and the lines between them. The table beside it has the same "
                 "numbers.",
                 (unsigned)drawing.width + 1, (unsigned)drawing.height + 1);
    text_add_bytes(report->out, drawing.body, drawing.length);
    figure_end(report, part->title);
    text_clear(&title);
    return at;
}

/* ---- in numbers ---------------------------------------------------------------------- */

static const char *state_label(const Picture *picture, const char *name)
{
    for (const StateAst *state = picture ? picture->flow->states : NULL; state;
         state = state->next)
        if (strcmp(state->name, name) == 0)
            return state->label ? state->label : state->name;
    return name;
}

static const char *track_label(const Picture *picture, const char *name)
{
    for (const TrackAst *track = picture ? picture->flow->tracks : NULL; track;
         track = track->next)
        if (strcmp(track->name, name) == 0)
            return track->label ? track->label : track->name;
    return strcmp(name, "case") == 0 ? "The main line" : name;
}

static void cell_travel(Report *report, uint64_t count)
{
    Text words = {0};
    if (count == 0)
        text_add(&words, "0");
    else
        add_number(report->request, count, &words);
    text_addf(report->out, "<td class=\"n\">%s</td>", text_get(&words));
    text_clear(&words);
}

static void add_travel_row(Report *report, const TravelSum *travel)
{
    const Picture *picture = report->request->picture;
    row_begin(report, *travel->from ? state_label(picture, travel->from) : "The opening");
    cell_words(report, *travel->to         ? state_label(picture, travel->to)
                       : travel->count > 0 ? "its end"
                                           : "not by the policy");
    cell_travel(report, travel->count);
    cell_travel(report, travel->refused);
    row_end(report);
}

static void add_travel_table(Report *report, const char *track)
{
    static const char *const headings[] = {"From", "To", "#Times gone", "#Steps not allowed",
                                           NULL};
    const Result *result = report->result;
    Text caption = {0};
    text_addf(&caption, "%s: how often each way was gone",
              track_label(report->request->picture, track));
    rows_begin(report, "travel", text_get(&caption), headings);
    for (uint32_t i = 0; i < result->travel_count; i++)
        if (is_in(&result->travels[i], track))
            add_travel_row(report, &result->travels[i]);
    rows_end(report);
    text_clear(&caption);
}

/* A track beside its table. False: Graphviz left it out. */
static bool add_part(Report *report, const PicturePart *part, const char **at)
{
    text_add(report->out, "<div class=\"pair\">");
    if (*at)
        *at = add_drawing(report, part, *at);
    add_travel_table(report, track_name(report->request->picture, part->track));
    text_add(report->out, "</div>\n");
    return *at || !report->request->drawn;
}

static bool has_part(const ReportRequest *request, const char *track)
{
    const PicturePart *part = request->picture ? request->picture->parts : NULL;
    for (; part; part = part->next)
        if (is_drawn(request, part) &&
            strcmp(track_name(request->picture, part->track), track) == 0)
            return true;
    return false;
}

/* Of a flow that is not at hand. Travels are sorted by track. */
static void add_other_tables(Report *report)
{
    const Result *result = report->result;
    for (uint32_t i = 0; i < result->travel_count; i++)
        if ((i == 0 || !is_in(&result->travels[i], result->travels[i - 1].track)) &&
            !has_part(report->request, result->travels[i].track))
            add_travel_table(report, result->travels[i].track);
}

static void add_reading(Report *report)
{
    if (!report->request->drawn)
        paragraph(report, "The diagram is left out: Graphviz did not draw it.");
    else if (report->is_public)
        paragraph(report,
                  "Solid lines: ways that cases went. Dotted: no case went there. Dashed, "
                  "back to its own state: steps that the policy would not have allowed "
                  "there.");
    else
        paragraph(report, "The thicker a line, the more often it was gone; its number says how "
                          "often. Dotted: no case went there. Dashed, back to its own state: "
                          "steps that the policy would not have allowed there.");
}

bool travel_add(Report *report, Error *err)
{
    const ReportRequest *request = report->request;
    const char *at = request->drawn;
    if (report->result->travel_count == 0)
        return true;
    page_element("h3", "Where the cases went", report->out);
    add_reading(report);
    for (const PicturePart *part = request->picture ? request->picture->parts : NULL; part;
         part = part->next)
        if (is_drawn(request, part) && !add_part(report, part, &at))
            return error_kind(err, ERROR_IO, "Graphviz did not draw every part of the diagram");
    add_other_tables(report);
    return true;
}
