/* What the scenarios of a flow have tried, on its picture: in colour, and in words for
 * whoever sees none. A line that no scenario took says so, also where another line of
 * its arrow was taken. */
#include "render/draw_picture.h"

/* The item of that kind at that place in the text; NULL: nothing to cover. */
static const CoverageItem *item_at(const CoverageItems *items, CoverageKind kind, Span span)
{
    for (uint32_t i = 0; i < items->count; i++) {
        const CoverageItem *item = &items->items[i];
        if (item->kind == kind && item->span.file == span.file &&
            item->span.offset == span.offset)
            return item;
    }
    return NULL;
}

static bool is_untried_state(const CoverageItems *items, int32_t state)
{
    for (uint32_t i = 0; i < items->count; i++)
        if (items->items[i].kind == COVER_STATES && (int32_t)items->items[i].index == state)
            return !items->items[i].covered;
    return false;
}

/* "not tried: missed" */
static const char *work_mark(Picture *picture, const CoverageItems *items, int32_t work)
{
    static const char *const sides[] = {
        [SIDE_NONE] = "",     [SIDE_YES] = "",          [SIDE_NO] = "",
        [SIDE_MET] = "met",   [SIDE_MISSED] = "missed", [SIDE_ON_TIME] = "on time",
        [SIDE_LATE] = "late", [SIDE_NEVER] = "never"};
    Text words = {0};
    for (uint32_t i = 0; i < items->count; i++) {
        const CoverageItem *item = &items->items[i];
        bool is_limit = item->kind == COVER_LIMITS || item->kind == COVER_REVIEWS;
        if (is_limit && (int32_t)item->index == work && !item->covered)
            text_addf(&words, "%s%s",
                      words.length > 0 ? ", " : "NOT TRIED: ", sides[item->side]);
    }
    const char *mark = arena_strndup(&picture->arena, text_get(&words), words.length);
    text_clear(&words);
    return mark;
}

static void cover_arrow(const CoverageItems *items, PictureArrow *arrow)
{
    arrow->is_untried = true;
    for (PictureWay *way = arrow->ways; way; way = way->next) {
        const CoverageItem *item = item_at(items, COVER_TRANSITIONS, way->span);
        way->is_untried = item && !item->covered;
        arrow->is_untried = arrow->is_untried && way->is_untried;
    }
}

static void cover_part(Picture *picture, const CoverageItems *items, PicturePart *part)
{
    for (PictureBox *box = part->boxes; box; box = box->next) {
        box->is_untried = box->kind == BOX_STATE && is_untried_state(items, box->state);
        box->mark = box->is_untried ? "NOT TRIED" : "";
        for (PictureWork *work = box->works; work; work = work->next)
            work->mark = work_mark(picture, items, work->index);
    }
    for (PictureArrow *arrow = part->arrows; arrow; arrow = arrow->next)
        cover_arrow(items, arrow);
}

static const char *caption_of(Picture *picture, const CoverageItems *items)
{
    Text words = {0};
    text_addf(&words, "%u scenarios try", picture->flow->scenario_count);
    for (CoverageKind kind = 0; kind < COVER_KINDS; kind++)
        text_addf(&words, "%s %u of %u %s", kind == 0 ? "" : ",", items->covered_of[kind],
                  items->count_of[kind], coverage_kind_text(kind));
    const char *caption = arena_strndup(&picture->arena, text_get(&words), words.length);
    text_clear(&words);
    return caption;
}

void picture_cover(Picture *picture, const CoverageItems *items)
{
    picture->shows_coverage = true;
    picture->about_marks = "Scenarios";
    picture->caption = caption_of(picture, items);
    for (PicturePart *part = picture->parts; part; part = part->next)
        cover_part(picture, items, part);
    for (PictureWork *duty = picture->duties; duty; duty = duty->next)
        duty->mark = work_mark(picture, items, duty->index);
}
