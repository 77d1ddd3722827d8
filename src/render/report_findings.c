/* What the policy would not allow: sentences in the flow's words, sorted by how many
 * cases they touch, under headings. */
#include <stdlib.h>
#include <string.h>

#include "base/limits.h"
#include "base/mem.h"
#include "render/page.h"
#include "render/report_internal.h"
#include "render/share.h"

/* Sentences that say what stands in the log, which may name a person. */
static bool quotes_the_log(const FindingSum *finding)
{
    static const char *const codes[] = {"unknown-activity", "bad-value", "set-aside",
                                        "unknown-event"};
    for (size_t i = 0; i < sizeof codes / sizeof *codes; i++)
        if (strcmp(finding->code, codes[i]) == 0)
            return true;
    return false;
}

const char *finding_sentence(const Report *report, const FindingSum *finding)
{
    return report->is_public && quotes_the_log(finding) ? finding->group : finding->sentence;
}

/* A finding, and how many cases stand under its heading. */
typedef struct Weighed {
    const FindingSum *sum;
    uint64_t group_cases;
} Weighed;

static bool is_one_group(const FindingSum *a, const FindingSum *b)
{
    return a->is_cannot_judge == b->is_cannot_judge && strcmp(a->group, b->group) == 0;
}

/* What breaks a rule first, then what leaves it open; under each the heading with the
 * most cases first. */
static int compare_findings(const void *left, const void *right)
{
    const Weighed *a = left, *b = right;
    if (a->sum->is_cannot_judge != b->sum->is_cannot_judge)
        return (int)a->sum->is_cannot_judge - (int)b->sum->is_cannot_judge;
    if (a->group_cases != b->group_cases)
        return (a->group_cases < b->group_cases) - (a->group_cases > b->group_cases);
    int group = strcmp(a->sum->group, b->sum->group);
    if (group != 0)
        return group;
    if (a->sum->cases != b->sum->cases)
        return (a->sum->cases < b->sum->cases) - (a->sum->cases > b->sum->cases);
    return a->sum < b->sum ? -1 : a->sum > b->sum; /* in the result's own order */
}

/* There are a dozen headings at most, whatever the log holds. */
static void weigh(Weighed *items, uint32_t count)
{
    for (uint32_t i = 0; i < count; i++) {
        uint32_t first = 0;
        while (!is_one_group(items[first].sum, items[i].sum))
            first++;
        items[first].group_cases += items[i].sum->cases;
    }
    for (uint32_t i = 0; i < count; i++) {
        uint32_t first = 0;
        while (!is_one_group(items[first].sum, items[i].sum))
            first++;
        items[i].group_cases = items[first].group_cases;
    }
}

static void add_case_links(Report *report, const Examples *examples)
{
    for (uint32_t i = 0; i < examples->count; i++) {
        text_add(report->out, "<span class=\"id\">");
        case_link(report, examples->ids[i]);
        text_add(report->out, i + 1 < examples->count ? ",</span> " : "</span>");
    }
}

static void add_month_cell(Report *report, const FindingSum *finding)
{
    Periods periods = periods_of(&finding->months);
    uint64_t heights[PERIODS_MOST] = {0};
    Text words = {0};
    for (uint32_t i = 0; i < finding->months.count; i++)
        heights[period_of(&periods, finding->months.items[i].period)] +=
            finding->months.items[i].first;
    for (uint32_t i = 0; i < periods.count && i < PERIODS_MOST; i++) {
        text_add(&words, i > 0 ? ", " : "");
        period_words(&periods, i, &words);
        text_addf(&words, ": %llu", (unsigned long long)heights[i]);
    }
    text_add(report->out, "<td>");
    if (periods.count > 1)
        chart_small(report, heights, periods.count, text_get(&words));
    text_add(report->out, "<span class=\"small\"> ");
    text_reset(&words);
    if (periods.count > 0)
        period_short(&periods, 0, &words);
    if (periods.count > 1) {
        text_add(&words, " to ");
        period_short(&periods, periods.count - 1, &words);
    }
    page_words(text_get(&words), report->out);
    text_add(report->out, "</span></td>");
    text_clear(&words);
}

void sentence_add(const char *sentence, Text *out)
{
    Text words = {0};
    text_add(&words, sentence);
    if (words.length > 0 && words.data[0] >= 'a' && words.data[0] <= 'z')
        words.data[0] = (char)(words.data[0] - 'a' + 'A');
    page_words(text_get(&words), out);
    text_clear(&words);
}

static void add_finding(Report *report, const FindingSum *finding)
{
    const char *sentence = finding_sentence(report, finding);
    text_add(report->out, "<tr><th scope=\"row\">");
    sentence_add(sentence, report->out);
    if (*finding->place) {
        text_add(report->out, "<br/><span class=\"small\">");
        page_words(finding->place, report->out);
        text_add(report->out, "</span>");
    }
    text_add(report->out, "</th>");
    cell_count(report, finding->cases);
    if (!report->is_public) {
        cell_count(report, finding->events);
        cell_count(report, finding->follow_ons);
        cell_count(report, finding->accepted);
        add_month_cell(report, finding);
        text_add(report->out, "<td>");
        add_case_links(report, &finding->examples);
        text_add(report->out, "</td>");
    }
    row_end(report);
}

static void add_group(Report *report, const Weighed *findings, uint32_t count)
{
    static const char *const all[] = {"What the log says", "#Cases",    "#Events",
                                      "#Follow-on",        "#Accepted", "Cases by month",
                                      "First cases",       NULL};
    static const char *const few[] = {"What the log says", "#Cases", NULL};
    rows_begin(report, "findings", findings[0].sum->group, report->is_public ? few : all);
    for (uint32_t i = 0; i < count && i < LIMIT_REPORT_ROWS; i++)
        add_finding(report, findings[i].sum);
    rows_end(report);
    if (count > LIMIT_REPORT_ROWS)
        paragraph(report,
                  "%u more such sentences, with fewer cases each, are left out; replay as text "
                  "or JSON lists all.",
                  count - LIMIT_REPORT_ROWS);
}

static void add_findings(Report *report, const Weighed *findings, uint32_t count)
{
    bool is_open = false;
    for (uint32_t i = 0, next; i < count; i = next) {
        if (findings[i].sum->is_cannot_judge && !is_open) {
            page_element("h3", "What could not be judged", report->out);
            is_open = true;
        }
        for (next = i + 1; next < count && is_one_group(findings[next].sum, findings[i].sum);)
            next++;
        add_group(report, findings + i, next - i);
    }
}

static void add_sorted(Report *report)
{
    const Result *result = report->result;
    Weighed *sorted = mem_alloc_array(result->finding_count, sizeof *sorted);
    for (uint32_t i = 0; i < result->finding_count; i++)
        sorted[i].sum = &result->findings[i];
    weigh(sorted, result->finding_count);
    qsort(sorted, result->finding_count, sizeof *sorted, compare_findings);
    add_findings(report, sorted, result->finding_count);
    free(sorted);
}

bool section_findings(Report *report, Error *err)
{
    section_begin(report, "findings", "3. What the policy would not allow");
    if (report->result->finding_count == 0) {
        paragraph(report, "Nothing: every event of every case is one that the policy allows.");
    } else {
        paragraph(report,
                  report->is_public
                      ? "A case can stand in several rows."
                      : "A case can stand in several rows. What followed from an earlier "
                        "step that the policy would not have allowed is counted apart: "
                        "it is no new breach (\"follow-on\").");
        add_sorted(report);
    }
    bool drawn = travel_add(report, err);
    section_end(report);
    return drawn;
}
