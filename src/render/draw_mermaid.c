/* The picture as a Mermaid flowchart, for wikis and merge requests that draw one
 * themselves. A name of the flow has hyphens, which an identifier here may not. */
#include "render/draw_picture.h"

#include <string.h>

#include "render/markup.h"

enum { BOX_WIDTH = 44, ARROW_WIDTH = 28 };

static void add_id(const char *id, Text *out)
{
    for (; *id; id++)
        text_add_char(out, *id == '-' ? '_' : *id);
}

typedef struct Lines {
    Text *out;
    bool any;
} Lines;

static void add_line(void *context, const char *words, size_t length)
{
    Lines *lines = context;
    text_add(lines->out, lines->any ? "<br/>" : "");
    mermaid_add_bytes(lines->out, words, length);
    lines->any = true;
}

static void add_words(Lines *lines, const char *words, size_t width)
{
    picture_wrap(words, width, add_line, lines);
}

static void add_with_clauses(const Picture *picture, Lines *lines, const char *words,
                             const char *clauses, size_t width)
{
    Text text = {0};
    text_add(&text, words);
    picture_clauses(picture, clauses, &text);
    add_words(lines, text_get(&text), width);
    text_clear(&text);
}

static void add_work(const Picture *picture, const PictureWork *work, Lines *lines)
{
    Text title = {0};
    text_addf(&title, "%s: %s", work->kind, work->label);
    add_with_clauses(picture, lines, text_get(&title), work->clauses, BOX_WIDTH);
    text_clear(&title);
    const char *const rest[] = {work->who, work->with, work->limit,
                                work->is_usual ? "" : work->missed, work->mark};
    for (size_t i = 0; i < sizeof rest / sizeof *rest; i++)
        add_words(lines, rest[i], BOX_WIDTH);
}

static void add_box(const Picture *picture, const PictureBox *box, Text *out)
{
    text_add(out, "    ");
    add_id(box->id, out);
    text_add(out, box->starts ? "([\"" : box->ends ? "[[\"" : "[\"");
    Lines lines = {.out = out};
    if (*box->title) {
        text_add(out, "<b>");
        add_with_clauses(picture, &lines, box->title, box->clauses, BOX_WIDTH);
        text_add(out, "</b>");
    }
    add_words(&lines, box->caption, BOX_WIDTH);
    add_words(&lines, box->mark, BOX_WIDTH);
    for (const PictureWork *work = box->works; work; work = work->next)
        add_work(picture, work, &lines);
    for (const PictureNote *note = box->notes; note; note = note->next)
        if (!note->is_quiet)
            add_with_clauses(picture, &lines, note->words, note->clauses, BOX_WIDTH);
    text_add(out, box->starts ? "\"])" : box->ends ? "\"]]" : "\"]");
    text_add(out, box->here ? ":::here\n" : "\n");
}

static void add_arrow(const Picture *picture, const PictureArrow *arrow, Text *out)
{
    Text label = {0};
    Lines lines = {.out = &label};
    add_words(&lines, arrow->obvious ? "" : arrow->event, ARROW_WIDTH);
    for (const PictureWay *way = arrow->ways; way; way = way->next) {
        Text words = {0};
        text_addf(&words, "%s%s%s%s", way == arrow->ways ? "" : "or ", way->when,
                  *way->when && *way->effects ? ": " : "", way->effects);
        add_with_clauses(picture, &lines, text_get(&words), way->clauses, ARROW_WIDTH);
        add_words(&lines, way->is_untried ? "NOT TRIED" : "", ARROW_WIDTH);
        text_clear(&words);
    }
    add_words(&lines, arrow->mark, ARROW_WIDTH);
    text_add(out, "    ");
    add_id(arrow->from->id, out);
    text_add(out, arrow->taken ? " ==>" : arrow->kind == ARROW_MISSED ? " -.->" : " -->");
    if (lines.any)
        text_addf(out, "|\"%s\"|", text_get(&label));
    text_add_char(out, ' ');
    add_id(arrow->to->id, out);
    text_add_char(out, '\n');
    text_clear(&label);
}

static void add_part(const Picture *picture, const PicturePart *part, Text *out)
{
    text_add(out, "  subgraph ");
    add_id(part->id, out);
    text_add(out, "[\"");
    Lines lines = {.out = out};
    add_with_clauses(picture, &lines, part->title, part->clauses, BOX_WIDTH);
    for (const PictureNote *note = part->notes; note; note = note->next)
        if (!note->is_quiet)
            add_with_clauses(picture, &lines, note->words, note->clauses, BOX_WIDTH);
    add_words(&lines, part->mark, BOX_WIDTH);
    text_add(out, "\"]\n    direction TB\n");
    for (const PictureBox *box = part->boxes; box; box = box->next)
        add_box(picture, box, out);
    for (const PictureArrow *arrow = part->arrows; arrow; arrow = arrow->next)
        add_arrow(picture, arrow, out);
    text_add(out, "  end\n");
}

static void add_rules(const Picture *picture, Text *out)
{
    if (!picture->rules && !picture->duties)
        return;
    const PictureBox box = {.id = "standing_rules",
                            .title = "What holds throughout",
                            .caption = "",
                            .clauses = "",
                            .works = picture->duties,
                            .notes = picture->rules,
                            .mark = ""};
    add_box(picture, &box, out);
}

void draw_mermaid(const Picture *picture, Text *out)
{
    text_add(out, "flowchart TB\n  accTitle: ");
    mermaid_add_bytes(out, picture->title, strlen(picture->title));
    text_add_char(out, '\n');
    for (const PicturePart *part = picture->parts; part; part = part->next)
        add_part(picture, part, out);
    add_rules(picture, out);
    text_add(out, "  classDef here fill:#000,color:#fff,stroke-width:3px\n");
}
