#include "render/page.h"
#include "render/roles.h"

static void add_item(const char *before, const char *words, Text *out)
{
    if (!*words)
        return;
    text_add(out, "<br/>");
    text_add(out, before);
    page_words(words, out);
}

static void add_duty(const SheetDuty *duty, Text *out)
{
    const PictureWork *work = duty->work;
    text_add(out, "<tr><td><strong>");
    page_words(work->label, out);
    text_add(out, "</strong>");
    add_item("as ", duty->as, out);
    add_item("", work->with, out);
    for (const PictureNote *note = work->notes; note; note = note->next)
        add_item("", note->words, out);
    text_add(out, "</td><td>");
    page_words(*work->limit ? work->limit : "no time limit", out);
    add_item("", work->missed, out);
    text_add(out, "</td><td>");
    page_words(duty->where, out);
    text_add(out, "</td><td>");
    page_words(work->clauses, out);
    text_add(out, "</td></tr>\n");
}

static void add_duties(const RoleSheet *sheet, Text *out)
{
    page_element("h3", sheet->duties ? "What you must do, and by when" : "No work of your own",
                 out);
    if (!sheet->duties)
        return;
    text_add(out,
             "<table><thead><tr><th scope=\"col\">What</th><th scope=\"col\">By when</th>"
             "<th scope=\"col\">Where</th><th scope=\"col\">Why</th></tr></thead><tbody>\n");
    for (const SheetDuty *duty = sheet->duties; duty; duty = duty->next)
        add_duty(duty, out);
    text_add(out, "</tbody></table>\n");
}

static void add_notes(const RoleSheet *sheet, SheetPart part, Text *out)
{
    if (!sheet->notes[part])
        return;
    page_element("h3", sheet_titles[part], out);
    text_add(out, "<ul>\n");
    for (const PictureNote *note = sheet->notes[part]; note; note = note->next) {
        text_add(out, "<li>");
        page_words(note->words, out);
        text_add(out, *note->clauses ? " (" : "");
        page_words(note->clauses, out);
        text_add(out, *note->clauses ? ")</li>\n" : "</li>\n");
    }
    text_add(out, "</ul>\n");
}

static void add_sheet(const RoleSheet *sheet, Text *out)
{
    text_add(out, "<section>");
    page_element("h2", sheet->title, out);
    add_duties(sheet, out);
    for (SheetPart part = 0; part < SHEET_PARTS; part++)
        add_notes(sheet, part, out);
    text_add(out, "</section>\n");
}

void roles_html(const Picture *picture, int32_t only, Text *out)
{
    page_begin(picture->title, picture->subtitle, out);
    for (const RoleAst *role = picture->flow->roles; role; role = role->next) {
        if (only >= 0 ? role->index != only : role->members.count > 0)
            continue;
        RoleSheet sheet;
        role_sheet_build(picture, role->index, &sheet);
        if (only >= 0 || !role_sheet_is_empty(&sheet))
            add_sheet(&sheet, out);
        role_sheet_clear(&sheet);
    }
    page_end(out);
}
