#include "render/roles.h"

static void add_field(const char *before, const char *words, Text *out)
{
    if (*words)
        text_addf(out, "      %s%s\n", before, words);
}

static void add_duty(const SheetDuty *duty, Text *out)
{
    const PictureWork *work = duty->work;
    text_addf(out, "    %s", work->label);
    text_addf(out, *work->clauses ? " [%s]\n" : "%s\n", work->clauses);
    add_field("", *work->limit ? work->limit : "no time limit", out);
    add_field("at: ", duty->where, out);
    add_field("as ", duty->as, out);
    add_field("", work->with, out);
    add_field("", work->missed, out);
    for (const PictureNote *note = work->notes; note; note = note->next)
        add_field("", note->words, out);
}

static void add_sheet(const RoleSheet *sheet, Text *out)
{
    text_addf(out, "\n%s\n", sheet->title);
    text_add(out,
             sheet->duties ? "  What you must do, and by when\n" : "  No work of your own\n");
    for (const SheetDuty *duty = sheet->duties; duty; duty = duty->next)
        add_duty(duty, out);
    for (size_t i = 0; i < SHEET_PARTS; i++) {
        text_addf(out, sheet->notes[i] ? "  %s\n" : "%.0s", sheet_titles[i]);
        for (const PictureNote *note = sheet->notes[i]; note; note = note->next) {
            text_addf(out, "    %s", note->words);
            text_addf(out, *note->clauses ? " [%s]\n" : "%s\n", note->clauses);
        }
    }
}

void roles_text(const Picture *picture, int32_t only, Text *out)
{
    text_addf(out, "%s\n%s\n", picture->title, picture->subtitle);
    for (const RoleAst *role = picture->flow->roles; role; role = role->next) {
        if (only >= 0 ? role->index != only : role->members.count > 0)
            continue;
        RoleSheet sheet;
        role_sheet_build(picture, role->index, &sheet);
        if (only >= 0 || !role_sheet_is_empty(&sheet))
            add_sheet(&sheet, out);
        role_sheet_clear(&sheet);
    }
}
