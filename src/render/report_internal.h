/* What the parts of the report share: which counts may be shown, the frame of the
 * page, tables and figures. The parts are called in the order in which they stand. */
#pragma once

#include "base/text.h"
#include "render/report.h"
#include "render/report_grid.h"
#include "render/report_periods.h"

/* Fewer cases than these are not published: hiding would leave nothing. */
enum { REPORT_PUBLISH_LEAST = 10 };

typedef enum DutyColumn { DUTY_MET, DUTY_DONE_LATE, DUTY_OVERDUE, DUTY_COLUMNS } DutyColumn;

/* One duty's counts by the month in which they fell due; the last row is the duty. */
typedef struct DutyTable {
    const DutySum *sum;
    Periods periods;
    Grid grid; /* periods x DutyColumn */
} DutyTable;

typedef struct Report {
    const ReportRequest *request; /* borrowed, as the next */
    const Result *result;
    Text *out;
    Zone zone;
    Grid outcomes;     /* a row for the flow, or with a comparison a row for each outcome by
                          the first flow and a column for each by the second */
    DutyTable *duties; /* owned; those that matter most first */
    bool is_public;
    bool hides;       /* a count of the cases or the duties is hidden: what could be set
                         against them is not shown exactly */
    unsigned figures; /* so far */
} Report;

/* ---- report_frame.c ---- */
void frame_begin(Report *report);
void frame_end(Report *report);
/* <section> with a heading of the second level; `id` is what links name. */
void section_begin(Report *report, const char *id, const char *title);
void section_end(Report *report);
/* A table in a frame that scrolls where the screen is narrow. `headings` end in NULL. */
void rows_begin(Report *report, const char *kind, const char *caption,
                const char *const *headings);
void rows_end(Report *report);
/* The heading cell of a row, and the cells after it; row_end closes the row. */
void row_begin(Report *report, const char *heading);
void row_end(Report *report);
void cell_words(Report *report, const char *words);
void cell_count(Report *report, uint64_t count);
void cell_grid(Report *report, const Grid *grid, uint32_t row, uint32_t column);
/* A date, or a date and time; `otherwise` where there is none. */
void cell_moment(Report *report, Moment moment, const char *otherwise);
/* <p>, from a format; what is put in is made safe. */
void paragraph(Report *report, const char *format, ...) __attribute__((format(printf, 2, 3)));
/* Begins a figure: title and description are read out in place of the picture. */
void figure_begin(Report *report, const char *title, const char *description, unsigned width,
                  unsigned height);
void figure_end(Report *report, const char *caption);

/* ---- counts ---- */
/* A count that stands by itself: in public "fewer than 5", or "5 or more" where others
 * are hidden. */
void lone_count_words(const Report *report, uint64_t count, Text *out);
/* "1 case", "2 cases" */
void counted_words(uint64_t count, const char *one, const char *many, Text *out);
/* By the first flow, over all that the second says. */
void answer_count_words(const Report *report, CaseOutcome outcome, Text *out);
bool answer_is_shown(const Report *report, CaseOutcome outcome);
extern const char *const report_outcomes[CASE_OUTCOMES];
uint64_t duty_missed(const DutyTable *table);
/* What may be shown of it. */
const char *finding_sentence(const Report *report, const FindingSum *finding);
/* The words with a capital at their beginning. */
void sentence_add(const char *sentence, Text *out);
/* The id, as a link where the case has a page. */
void case_link(Report *report, const char *id);

/* ---- report_chart.c ---- */
/* Words in a picture; `anchor` is "start", "middle" or "end", where x stands in them. */
void svg_words(Text *out, int x, int y, int size, const char *anchor, const char *words);
/* A line of a kind that the style of the page knows. */
void svg_line(Text *out, const char *kind, int x1, int y1, int x2, int y2);
void chart_months(Report *report, const DutyTable *table);
/* What a histogram of days is made from. */
typedef struct DaysTaken {
    const char *label;     /* of the duty */
    const DayCounts *days; /* of those done */
    int32_t limit;         /* days; 0: it varies, or is in hours */
    int32_t was;           /* by the first of two flows; 0: there is one flow */
    bool in_working_days;
} DaysTaken;

/* `may_show`: in public, that no count beside it is hidden. */
void chart_days(Report *report, const DaysTaken *taken, bool may_show);
/* A few bars without words, for a cell; `words` is read out. */
void chart_small(Report *report, const uint64_t *heights, uint32_t count, const char *words);

/* ---- report_travel.c ---- */
bool travel_add(Report *report, Error *err);

/* ---- the sections ---- */
void section_run(Report *report);
void section_summary(Report *report);
void section_duties(Report *report);
bool section_findings(Report *report, Error *err);
void section_compare(Report *report);
void section_roles(Report *report);
void section_data(Report *report);
void section_cases(Report *report);
