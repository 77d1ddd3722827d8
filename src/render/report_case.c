/* Single cases, a page for each: what the log says, what the flow says to it, and when
 * what was due. */
#include <string.h>

#include "base/limits.h"
#include "render/page.h"
#include "render/report_internal.h"
#include "render/share.h"

enum { LINE_WIDTH = 660, LINE_LEFT = 14, LINE_RIGHT = 646, ROW_HEIGHT = 30, DUTIES_DRAWN = 24 };

void case_link(Report *report, const char *id)
{
    const ReportPages *pages = report->request->pages;
    for (uint32_t i = 0; pages && i < pages->count; i++)
        if (strcmp(pages->items[i].id, id) == 0) {
            text_addf(report->out, "<a href=\"#case-%u\">", i);
            page_words(id, report->out);
            text_add(report->out, "</a>");
            return;
        }
    page_words(id, report->out);
}

/* ---- the time line ------------------------------------------------------------------- */

typedef struct TimeLine {
    Moment first, last;
} TimeLine;

static bool is_moment(Moment moment)
{
    return moment != MOMENT_NONE && moment != MOMENT_NEVER;
}

static void take_in(TimeLine *line, Moment moment)
{
    if (!is_moment(moment))
        return;
    line->first = moment < line->first ? moment : line->first;
    line->last = moment > line->last ? moment : line->last;
}

/* Until when it was open, so far as is known. */
static Moment last_of(const Report *report, const PageDuty *duty)
{
    return is_moment(duty->done)    ? duty->done
           : is_moment(duty->ended) ? duty->ended
                                    : report->result->head.as_of;
}

static TimeLine line_of(const Report *report, const CasePage *page)
{
    TimeLine line = {MOMENT_NEVER, MOMENT_NONE};
    for (uint32_t i = 0; i < page->step_count; i++)
        take_in(&line, page->steps[i].at);
    for (uint32_t i = 0; i < page->duty_count; i++) {
        take_in(&line, page->duties[i].opened);
        take_in(&line, page->duties[i].due);
        take_in(&line, page->duties[i].done);
        take_in(&line, last_of(report, &page->duties[i]));
    }
    return line;
}

static int x_of(const TimeLine *line, Moment moment)
{
    double whole = (double)(line->last - line->first);
    double part = (double)(moment - line->first);
    return LINE_LEFT + (int)(part / (whole > 0 ? whole : 1) * (LINE_RIGHT - LINE_LEFT) + 0.5);
}

/* From its beginning to its end; what goes beyond the due moment is hatched. */
static void add_duty_line(Report *report, const TimeLine *line, const PageDuty *duty, int y)
{
    Text *out = report->out;
    Moment end = last_of(report, duty);
    Moment begin = is_moment(duty->started) ? duty->started : duty->opened;
    int from = x_of(line, begin), to = x_of(line, end);
    from = from < LINE_LEFT ? LINE_LEFT : from;
    svg_words(out, from > 400 ? LINE_RIGHT : from, y - 6, 11, from > 400 ? "end" : "start",
              duty->label);
    svg_line(out, "axis", from, y + 4, to, y + 4);
    if (is_moment(duty->due)) {
        int due = x_of(line, duty->due);
        if (duty->is_late && to > due)
            text_addf(out,
                      "<rect class=\"out\" x=\"%d\" y=\"%d\" width=\"%d\" height=\"8\"/>\n",
                      due, y, to - due);
        svg_line(out, "limit", due, y - 4, due, y + 10);
    }
    if (is_moment(duty->done))
        text_addf(out, "<circle class=\"in\" cx=\"%d\" cy=\"%d\" r=\"4\"/>\n", to, y + 4);
}

/* Numbers stand where there is room; the list below has them all. */
static void add_ticks(Report *report, const TimeLine *line, const CasePage *page, int y)
{
    int taken = -100;
    unsigned number = 0;
    for (uint32_t i = 0; i < page->step_count; i++) {
        if (page->steps[i].kind != PAGE_EVENT)
            continue;
        int x = x_of(line, page->steps[i].at);
        char digits[16];
        number++;
        svg_line(report->out, "axis", x, y - 6, x, y + 6);
        if (x - taken < 16)
            continue;
        snprintf(digits, sizeof digits, "%u", number);
        svg_words(report->out, x, y - 9, 11, "middle", digits);
        taken = x;
    }
    svg_line(report->out, "axis", LINE_LEFT, y, LINE_RIGHT, y);
}

static void add_ends(Report *report, const TimeLine *line, int y)
{
    char day[DAY_TEXT_MAX];
    day_format(moment_day(report->zone, line->first), day);
    svg_words(report->out, LINE_LEFT, y, 11, "start", day);
    day_format(moment_day(report->zone, line->last), day);
    svg_words(report->out, LINE_RIGHT, y, 11, "end", day);
}

static void add_time_line(Report *report, const CasePage *page)
{
    TimeLine line = line_of(report, page);
    uint32_t drawn = page->duty_count < DUTIES_DRAWN ? page->duty_count : DUTIES_DRAWN;
    Text title = {0};
    if (page->step_count == 0 || line.last <= line.first)
        return;
    text_addf(&title, "Time line of case %s", page->id);
    figure_begin(report, text_get(&title),
                 "The events of the log in their order, and under them each duty from its "
                 "beginning to its end. The tables below say the same.",
                 LINE_WIDTH, 52 + ROW_HEIGHT * drawn);
    add_ticks(report, &line, page, 24);
    add_ends(report, &line, 42);
    for (uint32_t i = 0; i < drawn; i++)
        add_duty_line(report, &line, &page->duties[i], 64 + ROW_HEIGHT * (int)i);
    figure_end(report,
               "Above: the events of the log, numbered as in the list. Below: each duty; "
               "dashed upright: due; dot: done; hatched: late.");
    text_clear(&title);
}

/* ---- what happened ------------------------------------------------------------------- */

static void moment_words(const Report *report, const PageStep *step, Text *out)
{
    char when[TIME_TEXT_MAX];
    if (step->date_only)
        day_format_long(moment_day(report->zone, step->at), when);
    else
        moment_format_long(report->zone, step->at, when);
    text_add(out, when);
}

static void add_step(Report *report, const PageStep *step, unsigned number)
{
    static const char *const kinds[] = {[PAGE_EVENT] = "",
                                        [PAGE_FINDING] = " class=\"against\"",
                                        [PAGE_FOLLOWED] = " class=\"then\""};
    Text words = {0};
    text_addf(report->out, "<li%s>", kinds[step->kind]);
    if (step->kind == PAGE_EVENT) {
        text_addf(&words, "%u. ", number);
        moment_words(report, step, &words);
        text_addf(&words, ": ");
        page_words(text_get(&words), report->out);
        page_element("strong", step->words, report->out);
    } else {
        text_add(report->out,
                 step->kind == PAGE_FINDING ? "<strong>Not as the policy says:</strong> " : "");
        page_words(step->words, report->out);
    }
    if (*step->note) {
        text_add(report->out, " <span class=\"small\">(");
        page_words(step->note, report->out);
        text_add(report->out, ")</span>");
    }
    text_add(report->out, "</li>\n");
    text_clear(&words);
}

static void add_steps(Report *report, const CasePage *page)
{
    unsigned number = 0;
    page_element("h4", "What happened", report->out);
    text_add(report->out, "<ol class=\"steps\">\n");
    for (uint32_t i = 0; i < page->step_count; i++) {
        number += page->steps[i].kind == PAGE_EVENT;
        add_step(report, &page->steps[i], number);
    }
    text_add(report->out, "</ol>\n");
    if (page->steps_left_out > 0)
        paragraph(report, "%u more lines are left out: a page has room for %u.",
                  page->steps_left_out, LIMIT_REPORT_STEPS);
}

static void add_duties(Report *report, const CasePage *page)
{
    static const char *const headings[] = {"Duty", "Opened", "Due", "Done", "Outcome", NULL};
    if (page->duty_count == 0)
        return;
    page_element("h4", "What was due", report->out);
    rows_begin(report, "told", "Duties of this case", headings);
    for (uint32_t i = 0; i < page->duty_count; i++) {
        const PageDuty *duty = &page->duties[i];
        row_begin(report, duty->label);
        cell_moment(report, duty->opened, "");
        cell_moment(report, duty->due, "no moment yet");
        cell_moment(report, duty->done, "not done");
        text_add(report->out, duty->is_late ? "<td><span class=\"tag bad\">" : "<td><span>");
        page_words(duty->outcome, report->out);
        text_add(report->out, "</span></td>");
        row_end(report);
    }
    rows_end(report);
}

static void add_page(Report *report, const CasePage *page, uint32_t number)
{
    Text words = {0};
    text_addf(report->out,
              "<article class=\"page\" id=\"case-%u\" aria-labelledby=\"case-%u-title\">"
              "<h3 id=\"case-%u-title\">Case ",
              number, number, number);
    page_words(page->id, report->out);
    text_add(report->out, "</h3>\n");
    text_addf(&words, "%s. %s%s%s", report_outcomes[page->outcome],
              page->is_open ? "Open" : "Closed", *page->state ? ", at: " : "", page->state);
    text_addf(&words, ". Begins at %s, line %llu.", page->file, (unsigned long long)page->line);
    text_add(&words, page->left_cut ? " The log begins after the case did." : "");
    text_add(&words, page->right_cut ? " The log ends before the case did." : "");
    page_element("p", text_get(&words), report->out);
    text_clear(&words);
    add_time_line(report, page);
    add_duties(report, page);
    add_steps(report, page);
    text_add(report->out, "</article>\n");
}

static void add_index(Report *report, const ReportPages *pages)
{
    static const char *const headings[] = {"Case", "Answer", "Where it stands", NULL};
    rows_begin(report, "told", "Cases with a page", headings);
    for (uint32_t i = 0; i < pages->count; i++) {
        text_add(report->out, "<tr><th scope=\"row\">");
        case_link(report, pages->items[i].id);
        text_add(report->out, "</th>");
        cell_words(report, report_outcomes[pages->items[i].outcome]);
        cell_words(report, pages->items[i].state);
        row_end(report);
    }
    rows_end(report);
}

void section_cases(Report *report)
{
    const ReportPages *pages = report->request->pages;
    section_begin(report, "cases", "8. Single cases");
    if (pages->count == 0)
        paragraph(report, "No case of the kind asked for.");
    else
        add_index(report, pages);
    if (pages->left_out > 0)
        paragraph(report,
                  "%llu more cases of that kind have no page here: a report has room for "
                  "%u, the first by their ids. Name a case to see it.",
                  (unsigned long long)pages->left_out, LIMIT_REPORT_PAGES);
    if (report->request->comparison)
        paragraph(report, "Told as the first flow judges them.");
    for (uint32_t i = 0; i < pages->count; i++)
        add_page(report, &pages->items[i], i);
    section_end(report);
}
