/* The picture in sentences: for those who cannot see it, for a terminal, and to
 * read aloud. Says everything that the other formats show, and what they leave out
 * for want of room. */
#include "render/draw_picture.h"

static void add_clauses(const char *clauses, Text *out)
{
    text_addf(out, *clauses ? " [%s]\n" : "%s\n", clauses);
}

static void add_field(const char *before, const char *words, Text *out)
{
    if (*words)
        text_addf(out, "      %s%s\n", before, words);
}

/* Where a case stands with it, or what no scenario has tried. */
static void add_mark(const Picture *picture, const char *indent, const char *mark, Text *out)
{
    if (*mark)
        text_addf(out, "%s%s: %s\n", indent, picture->about_marks, mark);
}

static void add_work(const Picture *picture, const PictureWork *work, Text *out)
{
    text_addf(out, "    %s: %s", work->kind, work->label);
    add_clauses(work->clauses, out);
    add_field("by ", work->who, out);
    add_field("", work->with, out);
    add_field("", work->limit, out);
    add_field("", work->missed, out);
    for (const PictureNote *note = work->notes; note; note = note->next)
        add_field("", note->words, out);
    add_mark(picture, "      ", work->mark, out);
}

static void add_way(const Picture *picture, const PictureArrow *arrow, const PictureWay *way,
                    Text *out)
{
    text_addf(out, "    %s", arrow->kind == ARROW_EVENT ? "On " : "");
    text_add(out, arrow->kind == ARROW_AS_SOON ? "As soon as " : arrow->event);
    if (*way->when)
        text_addf(out, arrow->kind == ARROW_AS_SOON ? "%s" : ", %s", way->when);
    text_addf(out, " -> %s", arrow->to == arrow->from ? "the same again" : arrow->to->title);
    if (*way->effects)
        text_addf(out, "; %s", way->effects);
    add_clauses(way->clauses, out);
    add_mark(picture, "      ", way->is_untried ? "NOT TRIED" : "", out);
}

static void add_ways(const Picture *picture, const PicturePart *part, const PictureBox *box,
                     Text *out)
{
    for (const PictureArrow *arrow = part->arrows; arrow; arrow = arrow->next) {
        if (arrow->from != box)
            continue;
        for (const PictureWay *way = arrow->ways; way; way = way->next)
            add_way(picture, arrow, way, out);
        add_mark(picture, "      ", arrow->mark, out);
    }
}

static void add_box(const Picture *picture, const PicturePart *part, const PictureBox *box,
                    Text *out)
{
    if (*box->title) {
        text_addf(out, "  %s%s%s%s%s%s", box->here ? "* " : "", box->title,
                  box->starts ? " (start)" : "", box->ends ? " (end)" : "",
                  *box->caption ? ", " : "", box->caption);
        add_clauses(box->clauses, out);
    }
    add_mark(picture, "    ", box->mark, out);
    for (const PictureWork *work = box->works; work; work = work->next)
        add_work(picture, work, out);
    for (const PictureNote *note = box->notes; note; note = note->next) {
        text_addf(out, "    On %s", note->words);
        add_clauses(note->clauses, out);
    }
    add_ways(picture, part, box, out);
}

static void add_part(const Picture *picture, const PicturePart *part, Text *out)
{
    text_addf(out, "\n%s%s", part->track == 0 ? "" : "Beside it: ", part->title);
    add_clauses(part->clauses, out);
    for (const PictureNote *note = part->notes; note; note = note->next) {
        text_addf(out, "  %s", note->words);
        add_clauses(note->clauses, out);
    }
    add_mark(picture, "  ", part->mark, out);
    for (const PictureBox *box = part->boxes; box; box = box->next)
        add_box(picture, part, box, out);
}

void draw_text(const Picture *picture, Text *out)
{
    text_addf(out, "%s\n", picture->title);
    text_addf(out, *picture->subtitle ? "%s\n" : "%s", picture->subtitle);
    text_addf(out, *picture->caption ? "%s\n" : "%s", picture->caption);
    for (const PicturePart *part = picture->parts; part; part = part->next)
        add_part(picture, part, out);
    if (picture->duties || picture->rules)
        text_add(out, "\nWhat holds throughout\n");
    for (const PictureWork *duty = picture->duties; duty; duty = duty->next)
        add_work(picture, duty, out);
    for (const PictureNote *rule = picture->rules; rule; rule = rule->next) {
        text_addf(out, "  %s", rule->words);
        add_clauses(rule->clauses, out);
    }
}
