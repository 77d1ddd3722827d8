#include "render/report_take.h"

#include <stdlib.h>

#include "base/limits.h"
#include "base/mem.h"
#include "render/case_words.h"
#include "render/flow_words.h"
#include "render/happened.h"

/* A finding, and the row of the case after which it is told. */
typedef struct PlacedFinding {
    uint32_t row, index;
} PlacedFinding;

typedef struct Taking {
    const PageSource *source;
    CasePage *page;
    CaseView view;   /* what happened, for its words; owns nothing */
    PageStep *steps; /* owned until it is kept */
    size_t capacity;
    uint32_t happened;       /* the next to be told */
    PlacedFinding *findings; /* owned; by row */
    uint32_t finding;        /* of them, the next to be told */
} Taking;

static const char *keep(Taking *t, Text *words)
{
    const char *kept = arena_strndup(&t->page->arena, text_get(words), words->length);
    text_clear(words);
    return kept;
}

static PageStep *add_step(Taking *t, PageStepKind kind, Moment at)
{
    CasePage *page = t->page;
    if (page->step_count >= LIMIT_REPORT_STEPS) {
        page->steps_left_out++;
        return NULL;
    }
    t->steps = mem_grow(t->steps, &t->capacity, page->step_count + 1, sizeof *t->steps);
    PageStep *step = &t->steps[page->step_count++];
    *step = (PageStep){.kind = kind,
                       .at = at,
                       .date_only = moment_rank(at) == RANK_DATE_ONLY,
                       .words = "",
                       .note = ""};
    return step;
}

/* ---- what followed ------------------------------------------------------------------- */

/* What moved the case or passed. Of the past nobody was really told, and what was opened
 * stands among the duties. */
static bool is_told(HappenedKind kind)
{
    static const bool told[] = {[HAPPENED_CLOSED] = true,      [HAPPENED_REOPENED] = true,
                                [HAPPENED_MOVED] = true,       [HAPPENED_STARTED] = true,
                                [HAPPENED_ENDED] = true,       [HAPPENED_START_KEPT] = true,
                                [HAPPENED_LIMIT_MOVED] = true, [HAPPENED_MISSED] = true,
                                [HAPPENED_FLAGGED] = true,     [HAPPENED_WINDOW] = true,
                                [HAPPENED_STAYED_PUT] = true,  [HAPPENED_FAULT] = true};
    return (size_t)kind < sizeof told / sizeof *told && told[kind];
}

static void take_happened(Taking *t)
{
    const Happened *happened = &t->source->one->happened[t->happened++];
    Text words = {0};
    if (is_told(happened->kind) && happened_words(&t->view, happened, &words)) {
        PageStep *step = add_step(t, PAGE_FOLLOWED, happened->at);
        if (step)
            step->words = keep(t, &words);
    }
    text_clear(&words);
}

static void take_finding(Taking *t)
{
    const Finding *finding = &t->source->one->findings[t->findings[t->finding++].index];
    FindingSum sum = {0};
    PageStep *step = add_step(t, PAGE_FINDING, finding->at);
    if (!step)
        return;
    t->source->words->finding(t->source->words->context, t->source->part->log, finding,
                              &t->page->arena, &sum);
    step->words = sum.sentence;
    step->note = sum.place;
}

/* ---- the rows of the log ------------------------------------------------------------- */

static const LogRow *row_of(const Taking *t, uint32_t i)
{
    return &t->source->part->rows[t->source->one->source->first_row + i];
}

/* "Ann Lee, Social worker": as the log says it. */
static void who_words(const Log *log, const LogRow *row, Text *out)
{
    if (row->person)
        text_add(out, log->people.texts[row->person]);
    if (row->person && row->role)
        text_add(out, ", ");
    if (row->role)
        text_add(out, log->roles.texts[row->role]);
}

static void take_row(Taking *t, uint32_t i)
{
    const Log *log = t->source->part->log;
    const LogRow *row = row_of(t, i);
    Text who = {0};
    PageStep *step = add_step(t, PAGE_EVENT, row->at);
    if (!step)
        return;
    step->words = arena_strdup(&t->page->arena, log->activities.texts[row->activity]);
    who_words(log, row, &who);
    step->note = keep(t, &who);
}

/* The entry of row i has number i + 1; what time brought has the moment only. */
static bool comes_before(const Happened *happened, const LogRow *row, uint32_t i)
{
    return happened->at < row->at ||
           (happened->at == row->at && happened->entry > 0 && happened->entry <= (int64_t)i);
}

static bool belongs_to(const Happened *happened, const LogRow *row, uint32_t i)
{
    return happened->at == row->at && happened->entry == (int64_t)i + 1;
}

/* What time brought stands after the last row before it. */
static uint32_t place_of(const Taking *t, const Finding *finding, uint32_t rows)
{
    uint32_t row = finding->row;
    if (row != NO_INDEX)
        return row;
    for (row = 0; row + 1 < rows && row_of(t, row + 1)->at <= finding->at;)
        row++;
    return row;
}

static int compare_placed(const void *left, const void *right)
{
    const PlacedFinding *a = left, *b = right;
    if (a->row != b->row)
        return a->row < b->row ? -1 : 1;
    return (a->index > b->index) - (a->index < b->index);
}

static void place_findings(Taking *t, uint32_t rows)
{
    uint32_t count = t->source->one->finding_count;
    t->findings = mem_alloc_array(count, sizeof *t->findings);
    for (uint32_t i = 0; i < count; i++)
        t->findings[i] = (PlacedFinding){place_of(t, &t->source->one->findings[i], rows), i};
    if (count > 0)
        qsort(t->findings, count, sizeof *t->findings, compare_placed);
}

static void take_steps(Taking *t)
{
    const CaseResult *one = t->source->one;
    uint32_t rows = one->source->row_count - one->later_rows;
    place_findings(t, rows);
    for (uint32_t i = 0; i < rows; i++) {
        const LogRow *row = row_of(t, i);
        while (t->happened < one->happened_count &&
               comes_before(&one->happened[t->happened], row, i))
            take_happened(t);
        take_row(t, i);
        while (t->finding < one->finding_count && t->findings[t->finding].row == i)
            take_finding(t);
        while (t->happened < one->happened_count &&
               belongs_to(&one->happened[t->happened], row, i))
            take_happened(t);
    }
    while (t->happened < one->happened_count)
        take_happened(t);
    while (t->finding < one->finding_count)
        take_finding(t);
    free(t->findings);
}

static void keep_steps(Taking *t)
{
    CasePage *page = t->page;
    page->steps = ARENA_ARRAY(&page->arena, page->step_count, PageStep);
    for (uint32_t i = 0; i < page->step_count; i++)
        page->steps[i] = t->steps[i];
    free(t->steps);
}

/* ---- duties -------------------------------------------------------------------------- */

static void duty_outcome(const Duty *duty, bool in_working_days, Text *out)
{
    const char *unit = in_working_days ? "working day" : "day";
    text_add(out, duty->is_late && duty->done != MOMENT_NONE ? "late"
                  : duty->is_late                            ? "not done, overdue"
                                                             : outcome_words(duty->outcome));
    if (duty->is_late && duty->days_late > 0)
        text_addf(out, " by %d %s%s", (int)duty->days_late, unit,
                  duty->days_late == 1 ? "" : "s");
    text_add(out, duty->accepted ? " (accepted beforehand)" : "");
}

/* When work that was never done ended all the same; MOMENT_NONE. */
static Moment end_of(const CaseResult *one, const Duty *duty)
{
    for (uint32_t i = 0; i < one->span_count && duty->done == MOMENT_NONE; i++)
        if (one->spans[i].work == duty->work && one->spans[i].opened == duty->opened)
            return one->spans[i].ended;
    return MOMENT_NONE;
}

static void take_duties(Taking *t)
{
    const PageSource *source = t->source;
    CasePage *page = t->page;
    page->duty_count = source->one->duty_count;
    page->duties = ARENA_ARRAY(&page->arena, page->duty_count, PageDuty);
    for (uint32_t i = 0; i < page->duty_count; i++) {
        const Duty *duty = &source->one->duties[i];
        DutySum sum = {0};
        Text words = {0};
        source->words->duty(source->words->context, duty->work, &page->arena, &sum);
        duty_outcome(duty, sum.in_working_days, &words);
        page->duties[i] = (PageDuty){.label = sum.label,
                                     .outcome = keep(t, &words),
                                     .opened = duty->opened,
                                     .started = duty->started,
                                     .due = duty->due,
                                     .done = duty->done,
                                     .ended = end_of(source->one, duty),
                                     .is_late = duty->is_late};
    }
}

void case_page_take(const PageSource *source, CasePage *page)
{
    const CaseResult *one = source->one;
    const Log *log = source->part->log;
    Taking taking = {.source = source,
                     .page = page,
                     .view = {.reference = log->cases.texts[one->name],
                              .bundle = source->bundle,
                              .flow = &source->bundle->flow,
                              .program = source->program,
                              .record = (int64_t *)(uintptr_t)source->record,
                              .happened = (Happened *)(uintptr_t)one->happened,
                              .happened_count = one->happened_count}};
    page->id = arena_strdup(&page->arena, log->cases.texts[one->name]);
    page->file = arena_strdup(&page->arena, log->files[one->file].path);
    page->state =
        one->state == NO_INDEX
            ? ""
            : arena_strdup(&page->arena, label_state(&source->bundle->flow, one->state));
    page->line = one->line;
    page->outcome = one->outcome;
    page->is_open = one->is_open;
    page->left_cut = one->left_cut;
    page->right_cut = one->right_cut;
    take_steps(&taking);
    keep_steps(&taking);
    take_duties(&taking);
}
