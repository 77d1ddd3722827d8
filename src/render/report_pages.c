#include "render/report_pages.h"

#include <stdlib.h>
#include <string.h>

#include "base/limits.h"
#include "base/mem.h"

static bool is_named(const ReportPages *pages, const char *id)
{
    for (uint32_t i = 0; i < pages->wanted_count; i++)
        if (strcmp(pages->wanted[i], id) == 0)
            return true;
    return false;
}

/* Those with a page that nobody named; `last` gets the last of them by id. */
static uint32_t count_others(const ReportPages *pages, uint32_t *last)
{
    uint32_t others = 0;
    for (uint32_t i = 0; i < pages->count; i++)
        if (!is_named(pages, pages->items[i].id)) {
            others++;
            *last = i;
        }
    return others;
}

bool report_pages_want(ReportPages *pages, const char *id, CaseOutcome outcome)
{
    uint32_t last = 0;
    if (is_named(pages, id))
        return true;
    if (!pages->outcomes[outcome])
        return false;
    if (count_others(pages, &last) < LIMIT_REPORT_PAGES ||
        strcmp(id, pages->items[last].id) < 0)
        return true;
    pages->left_out++;
    return false;
}

static void page_clear(CasePage *page)
{
    arena_clear(&page->arena);
    *page = (CasePage){0};
}

/* Where it stands, or would have to stand. */
static uint32_t place_of(const ReportPages *pages, const char *id)
{
    uint32_t at = 0;
    while (at < pages->count && strcmp(pages->items[at].id, id) < 0)
        at++;
    return at;
}

static void drop(ReportPages *pages, uint32_t at)
{
    page_clear(&pages->items[at]);
    pages->count--;
    memmove(&pages->items[at], &pages->items[at + 1],
            (pages->count - at) * sizeof *pages->items);
    pages->left_out++;
}

void report_pages_add(ReportPages *pages, CasePage *page)
{
    uint32_t at = place_of(pages, page->id), last = 0;
    pages->items =
        mem_grow(pages->items, &pages->capacity, pages->count + 1, sizeof *pages->items);
    memmove(&pages->items[at + 1], &pages->items[at],
            (pages->count - at) * sizeof *pages->items);
    pages->items[at] = *page;
    pages->count++;
    *page = (CasePage){0};
    if (count_others(pages, &last) > LIMIT_REPORT_PAGES)
        drop(pages, last);
}

void report_pages_merge(ReportPages *to, ReportPages *from)
{
    to->left_out += from->left_out;
    for (uint32_t i = 0; i < from->count; i++)
        report_pages_add(to, &from->items[i]);
    from->count = 0;
    report_pages_clear(from);
}

void report_pages_clear(ReportPages *pages)
{
    for (uint32_t i = 0; i < pages->count; i++)
        page_clear(&pages->items[i]);
    free(pages->items);
    *pages = (ReportPages){0};
}
