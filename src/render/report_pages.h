/* Single cases of a log for the report, each told from beginning to end: what the log
 * says of it, what the flow made of that, and what was due when. Taken while cases are
 * replayed, since nothing of a case is kept afterwards; bounded, and what was left out
 * is counted. Plain words here, HTML in report_case.c. */
#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"
#include "calendar/zone.h"
#include "replay/replay.h"
#include "replay/result.h"

typedef enum PageStepKind {
    PAGE_EVENT,   /* a row of the log */
    PAGE_FINDING, /* what the flow says against it */
    PAGE_FOLLOWED /* what followed in the case: a move, a limit passed */
} PageStepKind;

typedef struct PageStep {
    PageStepKind kind;
    Moment at;
    bool date_only;
    const char *words;
    const char
        *note; /* who, in which role, where the log says it; of a finding its place; "" */
} PageStep;

typedef struct PageDuty {
    const char *label, *outcome;       /* outcome: in words, with the days late */
    Moment opened, started, due, done; /* MOMENT_NONE, MOMENT_NEVER: not */
    Moment ended;                      /* not done; MOMENT_NONE: done, or still open */
    bool is_late;
} PageDuty;

typedef struct CasePage {
    const char *id, *file, *state;
    uint64_t line;
    CaseOutcome outcome;
    bool is_open, left_cut, right_cut;
    PageStep *steps;
    PageDuty *duties;
    uint32_t step_count, duty_count, steps_left_out;
    Arena arena; /* owned */
} CasePage;

typedef struct ReportPages {
    CasePage *items; /* owned; ascending by id */
    uint32_t count;
    size_t capacity;
    bool outcomes[CASE_OUTCOMES]; /* cases with one of these get a page */
    const char *const *wanted;    /* borrowed: ids that get a page in any case */
    uint32_t wanted_count;
    uint64_t left_out; /* chosen, and not among the first LIMIT_REPORT_PAGES by id */
} ReportPages;

/* Whether the case is to have a page, before the trouble of making it; one that is
 * chosen and beyond the bound is counted as left out. */
bool report_pages_want(ReportPages *pages, const char *id, CaseOutcome outcome);
/* Takes the page, filled and with its id. Beyond the bound the last by id is dropped
 * and counted; a case asked for by its id is not. */
void report_pages_add(ReportPages *pages, CasePage *page);
/* Moves what `from` has into `to`, as if added one by one: for threads. */
void report_pages_merge(ReportPages *to, ReportPages *from);
void report_pages_clear(ReportPages *pages);
