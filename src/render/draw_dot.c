/* The picture in Graphviz's language. A box is a table in Graphviz's own small
 * HTML, in which only markup characters mean something. Black on white: what a
 * colour says is always said in words or by a line too. */
#include "render/draw_picture.h"

#include <stdlib.h>

#include "base/mem.h"
#include "render/markup.h"

enum { BOX_WIDTH = 34, ARROW_WIDTH = 20, HEADING_WIDTH = 38 };

#define FONT        "Arial"
#define TABLE_START "<TABLE BORDER=\"0\" CELLBORDER=\"0\" CELLSPACING=\"0\" CELLPADDING=\"4\">"

typedef struct Style {
    Text *out;
    const char *before, *after; /* tags */
    bool any;
} Style;

static void add_wrapped_line(void *context, const char *words, size_t length)
{
    Style *style = context;
    text_add(style->out, style->any ? "<BR ALIGN=\"LEFT\"/>" : "");
    text_add(style->out, style->before);
    markup_add_bytes(style->out, words, length);
    text_add(style->out, style->after);
    text_add(style->out, "&#160;"); /* fonts differ a little from machine to machine */
    style->any = true;
}

/* Lines of one cell; `any`: there is something above. Returns whether there is now. */
static bool add_lines(Text *out, bool any, const char *words, size_t width, const char *before,
                      const char *after)
{
    Style style = {out, before, after, any};
    picture_wrap(words, width, add_wrapped_line, &style);
    return style.any;
}

static void begin_cell(Text *out, const char *attributes)
{
    text_addf(out, "<TR><TD ALIGN=\"LEFT\" BALIGN=\"LEFT\"%s>", attributes);
}

static void end_cell(Text *out)
{
    text_add(out, "</TD></TR>");
}

/* ---- boxes ------------------------------------------------------------------------- */

static const char *band_of(const Picture *picture, const PictureBox *box)
{
    if (box->here)
        return " BGCOLOR=\"black\"";
    if (picture->shows_coverage && box->kind == BOX_STATE)
        return box->is_untried ? " BGCOLOR=\"#f5cdc4\"" : " BGCOLOR=\"#d3ebce\"";
    if (box->kind == BOX_ANY_POINT)
        return " BGCOLOR=\"#f3ecd8\"";
    return box->kind == BOX_WORK ? " BGCOLOR=\"#f0f0f0\"" : " BGCOLOR=\"#d9e4ef\"";
}

static void add_heading(const Picture *picture, const PictureBox *box, Text *out)
{
    Text title = {0};
    const char *colour = box->here ? "<FONT COLOR=\"white\"><B>" : "<B>";
    const char *colour_end = box->here ? "</B></FONT>" : "</B>";
    const char *plain = box->here ? "<FONT COLOR=\"white\">" : "<I>";
    const char *plain_end = box->here ? "</FONT>" : "</I>";
    text_add(&title, box->title);
    picture_clauses(picture, box->clauses, &title);
    begin_cell(out, band_of(picture, box));
    bool any = add_lines(out, false, box->starts ? "START" : "", BOX_WIDTH, plain, plain_end);
    any = add_lines(out, any, box->ends ? "END" : "", BOX_WIDTH, plain, plain_end);
    any = add_lines(out, any, text_get(&title), BOX_WIDTH, colour, colour_end);
    any = add_lines(out, any, box->caption, BOX_WIDTH, plain, plain_end);
    add_lines(out, any, box->mark, BOX_WIDTH, colour, colour_end);
    end_cell(out);
    text_clear(&title);
}

static void add_work(const Picture *picture, const PictureWork *work, Text *out)
{
    Text title = {0};
    text_add(&title, work->label);
    picture_clauses(picture, work->clauses, &title);
    begin_cell(out, "");
    bool any = add_lines(out, false, text_get(&title), BOX_WIDTH, "<B>", "</B>");
    any = add_lines(out, any, work->who, BOX_WIDTH, "", "");
    any = add_lines(out, any, work->with, BOX_WIDTH, "", "");
    any = add_lines(out, any, work->limit, BOX_WIDTH, "<U>", "</U>");
    any = add_lines(out, any, work->is_usual ? "" : work->missed, BOX_WIDTH, "<I>", "</I>");
    add_lines(out, any, work->mark, BOX_WIDTH, "<B>", "</B>");
    end_cell(out);
    text_clear(&title);
}

static void add_note(const Picture *picture, const PictureNote *note, size_t width, Text *out)
{
    if (note->is_quiet)
        return;
    Text words = {0};
    text_add(&words, note->words);
    picture_clauses(picture, note->clauses, &words);
    begin_cell(out, "");
    add_lines(out, false, text_get(&words), width, "", "");
    end_cell(out);
    text_clear(&words);
}

/* A frame around what is in it; a second one around that for an end. */
static void begin_frame(const PictureBox *box, Text *out)
{
    bool is_heavy = box->here || box->visited;
    text_add(out, box->ends ? "<TABLE BORDER=\"1\" CELLBORDER=\"0\" CELLSPACING=\"2\" "
                              "CELLPADDING=\"0\"><TR><TD>"
                            : "");
    text_addf(out,
              "<TABLE BORDER=\"%d\" CELLBORDER=\"0\" CELLSPACING=\"0\" CELLPADDING=\"4\" "
              "BGCOLOR=\"white\"%s>",
              is_heavy ? 3 : 1, box->kind == BOX_ANY_POINT ? " STYLE=\"DASHED\"" : "");
}

static void end_frame(const PictureBox *box, Text *out)
{
    text_add(out, box->ends ? "</TABLE></TD></TR></TABLE>" : "</TABLE>");
}

static void add_box(const Picture *picture, const PictureBox *box, Text *out)
{
    text_addf(out, "    \"%s\" [id=\"%s\", label=<", box->id, box->id);
    begin_frame(box, out);
    if (*box->title)
        add_heading(picture, box, out);
    for (const PictureWork *work = box->works; work; work = work->next)
        add_work(picture, work, out);
    for (const PictureNote *note = box->notes; note; note = note->next)
        add_note(picture, note, BOX_WIDTH, out);
    end_frame(box, out);
    text_add(out, ">];\n");
}

/* ---- arrows ------------------------------------------------------------------------ */

/* What the condition is, then on a line of its own what else is done. */
static bool add_way(const Picture *picture, const PictureArrow *arrow, const PictureWay *way,
                    bool any, Text *out)
{
    Text when = {0}, effects = {0};
    bool is_first = way == arrow->ways;
    text_addf(&when, "%s%s", is_first ? "" : "or ", way->when);
    if (*way->effects)
        text_addf(&effects, "and %s", way->effects);
    picture_clauses(picture, way->clauses, *way->effects ? &effects : &when);
    any = add_lines(out, any, text_get(&when), ARROW_WIDTH, "", "");
    any = add_lines(out, any, text_get(&effects), ARROW_WIDTH, "", "");
    any = add_lines(out, any, way->is_untried ? "NOT TRIED" : "", ARROW_WIDTH, "<B>", "</B>");
    text_clear(&when);
    text_clear(&effects);
    return any;
}

static bool add_arrow_lines(const Picture *picture, const PictureArrow *arrow, Text *out)
{
    const char *event = arrow->obvious ? "" : arrow->event;
    bool any = add_lines(out, false, event, ARROW_WIDTH, "<I>", "</I>");
    for (const PictureWay *way = arrow->ways; way; way = way->next)
        any = add_way(picture, arrow, way, any, out);
    return add_lines(out, any, arrow->mark, ARROW_WIDTH, "<B>", "</B>");
}

/* In a cell, so that the words keep off the line. */
static void add_arrow_label(const Picture *picture, const PictureArrow *arrow, Text *out)
{
    Text lines = {0};
    if (add_arrow_lines(picture, arrow, &lines)) {
        text_add(out, ", label=<" TABLE_START);
        begin_cell(out, "");
        text_add(out, text_get(&lines));
        end_cell(out);
        text_add(out, "</TABLE>>");
    }
    text_clear(&lines);
}

static const char *colour_of(const Picture *picture, const PictureArrow *arrow)
{
    if (!picture->shows_coverage)
        return "";
    return arrow->is_untried ? ", color=\"#b03020\"" : ", color=\"#2a7a2a\"";
}

static void add_arrow(const Picture *picture, const PictureArrow *arrow, int number, Text *out)
{
    static const char *const styles[] = {
        [ARROW_EVENT] = "solid", [ARROW_AS_SOON] = "solid", [ARROW_MISSED] = "dashed"};
    bool back = arrow->to->state >= 0 && arrow->from->state >= arrow->to->state;
    text_addf(out, "    \"%s\" -> \"%s\" [id=\"%s-way-%d\", style=%s, penwidth=%s%s",
              arrow->from->id, arrow->to->id, arrow->from->id, number, styles[arrow->kind],
              arrow->taken ? "2.5" : "1", back ? ", constraint=false" : "");
    text_add(out, colour_of(picture, arrow));
    add_arrow_label(picture, arrow, out);
    text_add(out, "];\n");
}

/* Graphviz keeps the arrows out of a box in their order, from left to right: that of
 * the lines in the flow, so that a new one moves no other; those that end the case last,
 * as they are often the longest. */
typedef struct ArrowPlace {
    const PictureArrow *arrow;
    int number;
} ArrowPlace;

static int compare_places(const void *left, const void *right)
{
    const ArrowPlace *a = left, *b = right;
    int32_t from = a->arrow->from->state - b->arrow->from->state;
    int to = (int)a->arrow->to->ends - (int)b->arrow->to->ends;
    return from != 0 ? from : to != 0 ? to : a->number - b->number;
}

static void add_arrows(const Picture *picture, const PicturePart *part, Text *out)
{
    ArrowPlace *places = NULL;
    size_t count = 0, capacity = 0;
    for (const PictureArrow *arrow = part->arrows; arrow; arrow = arrow->next) {
        places = mem_grow(places, &capacity, count + 1, sizeof *places);
        places[count] = (ArrowPlace){arrow, (int)count + 1};
        count++;
    }
    if (count > 0)
        qsort(places, count, sizeof *places, compare_places);
    for (size_t i = 0; i < count; i++)
        add_arrow(picture, places[i].arrow, places[i].number, out);
    free(places);
}

/* ---- parts ------------------------------------------------------------------------- */

static void add_part_label(const Picture *picture, const PicturePart *part, Text *out)
{
    Text title = {0};
    text_addf(&title, "%s", part->title);
    picture_clauses(picture, part->clauses, &title);
    text_add(out, "label=<<TABLE BORDER=\"0\" CELLBORDER=\"0\" CELLSPACING=\"0\" "
                  "CELLPADDING=\"1\">");
    begin_cell(out, "");
    add_lines(out, false, text_get(&title), HEADING_WIDTH, "<FONT POINT-SIZE=\"14\"><B>",
              "</B></FONT>");
    end_cell(out);
    for (const PictureNote *note = part->notes; note; note = note->next)
        add_note(picture, note, HEADING_WIDTH, out);
    if (*part->mark) {
        begin_cell(out, part->running ? " BGCOLOR=\"black\"" : "");
        add_lines(out, false, part->mark, HEADING_WIDTH,
                  part->running ? "<FONT COLOR=\"white\"><B>" : "<B>",
                  part->running ? "</B></FONT>" : "</B>");
        end_cell(out);
    }
    text_add(out, "</TABLE>>;\n");
    text_clear(&title);
}

static void add_part(const Picture *picture, const PicturePart *part, Text *out)
{
    text_addf(out, "    id=\"%s\"; labelloc=t; labeljust=l;\n    ", part->id);
    add_part_label(picture, part, out);
    for (const PictureBox *box = part->boxes; box; box = box->next)
        add_box(picture, box, out);
    add_arrows(picture, part, out);
}

/* Musts and standing rules, as one more box without arrows. */
static void add_rules(const Picture *picture, Text *out)
{
    PictureBox box = {.kind = BOX_WORK,
                      .state = -1,
                      .id = "standing-rules",
                      .name = "",
                      .title = "What holds throughout",
                      .caption = "",
                      .clauses = "",
                      .works = picture->duties,
                      .notes = picture->rules,
                      .mark = ""};
    add_box(picture, &box, out);
}

static bool has_rules(const Picture *picture)
{
    return picture->rules || picture->duties;
}

static void add_defaults(Text *out)
{
    text_add(out, "    fontname=\"" FONT
                  "\"; fontsize=10; nodesep=0.25; ranksep=0.3; ordering=out;\n"
                  "    node [shape=plain, fontname=\"" FONT "\", fontsize=10];\n"
                  "    edge [fontname=\"" FONT "\", fontsize=9, arrowsize=0.8];\n");
}

void draw_dot(const Picture *picture, Text *out)
{
    text_add(out, "digraph flow {\n");
    add_defaults(out);
    text_add(out, "    id=\"flow\"; labelloc=t; labeljust=l;\n    label=<<B>");
    markup_add(out, picture->title);
    text_add(out, "</B><BR ALIGN=\"LEFT\"/>");
    markup_add(out, picture->subtitle);
    text_add(out, "<BR ALIGN=\"LEFT\"/>");
    markup_add(out, *picture->caption ? picture->caption : picture->usual);
    text_add(out, "<BR ALIGN=\"LEFT\"/>>;\n");
    for (const PicturePart *part = picture->parts; part; part = part->next) {
        text_addf(out, "  subgraph \"cluster-%s\" {\n", part->id);
        add_part(picture, part, out);
        text_add(out, "  }\n");
    }
    if (has_rules(picture))
        add_rules(picture, out);
    text_add(out, "}\n");
}

void draw_dot_parts(const Picture *picture, Text *out)
{
    for (const PicturePart *part = picture->parts; part; part = part->next) {
        text_add(out, "digraph part {\n    bgcolor=transparent;\n");
        add_defaults(out);
        add_part(picture, part, out);
        text_add(out, "}\n");
    }
    if (!has_rules(picture))
        return;
    text_add(out, "digraph rules {\n    bgcolor=transparent; id=\"rules\";\n");
    add_defaults(out);
    add_rules(picture, out);
    text_add(out, "}\n");
}
