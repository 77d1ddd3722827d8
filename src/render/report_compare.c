/* Two flows over the same cases: what the second says differently, and what that would
 * have changed. */
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "render/page.h"
#include "render/report_internal.h"
#include "render/share.h"

/* In public only whether it is small: sums of these stand elsewhere. */
static void cell_effect(Report *report, uint64_t count)
{
    if (report->is_public && count > GRID_SMALL_MOST)
        text_add(report->out, "<td class=\"n\">5 or more</td>");
    else
        cell_count(report, count);
}

/* ---- what differs -------------------------------------------------------------------- */

/* "cre.flow:87": where the file lies is nobody's business. */
static const char *short_place(const char *place)
{
    const char *slash = strrchr(place, '/');
    return slash ? slash + 1 : place;
}

static void add_change(Report *report, const ChangeSum *change)
{
    Text words = {0};
    text_add(report->out, "<li>");
    page_words(change->sentence, report->out);
    if (*change->place_a || *change->place_b)
        text_addf(&words, " (%s%s%s)", short_place(change->place_a),
                  *change->place_a && *change->place_b ? "; now " : "",
                  short_place(change->place_b));
    text_add(report->out, "<span class=\"small\">");
    page_words(text_get(&words), report->out);
    text_add(report->out, "</span></li>\n");
    text_clear(&words);
}

static void add_changes(Report *report, const Comparison *comparison)
{
    page_element("h3", "What the second flow says differently", report->out);
    if (comparison->change_count == 0) {
        paragraph(report, "Nothing: the two flows say the same.");
        return;
    }
    text_add(report->out, "<ul>\n");
    for (uint32_t i = 0; i < comparison->change_count; i++)
        add_change(report, &comparison->changes[i]);
    text_add(report->out, "</ul>\n");
}

/* ---- the matrix ---------------------------------------------------------------------- */

static void add_matrix_row(Report *report, uint32_t a, const char *name)
{
    const Grid *grid = &report->outcomes;
    text_add(report->out, a == grid->rows ? "<tr class=\"sum\"><th scope=\"row\">"
                                          : "<tr><th scope=\"row\">");
    page_words(name, report->out);
    text_add(report->out, "</th>");
    for (uint32_t b = 0; b <= grid->columns; b++) {
        bool is_flip = a != b && a < grid->rows && b < grid->columns;
        bool is_met = is_flip && grid_value(grid, a, b) > 0 && grid_shows(grid, a, b);
        text_add(report->out, a == b && a < grid->rows ? "<td class=\"n same\">"
                              : is_met                 ? "<td class=\"n h2\">"
                                                       : "<td class=\"n\">");
        grid_words(grid, a, b, report->out);
        text_add(report->out, "</td>");
    }
    row_end(report);
}

static void add_matrix(Report *report, const Comparison *comparison)
{
    const char *headings[CASE_OUTCOMES + 3] = {"By the first flow"};
    Text labels[CASE_OUTCOMES] = {0};
    for (uint32_t b = 0; b < CASE_OUTCOMES; b++) {
        text_addf(&labels[b], "#Second: %s", report_outcomes[b]);
        headings[b + 1] = text_get(&labels[b]);
    }
    headings[CASE_OUTCOMES + 1] = "#Together";
    page_element("h3", "What the cases would come to", report->out);
    if (comparison->flipped == 0)
        paragraph(report, "No case comes to another answer.");
    rows_begin(report, "heat", "Cases by their answer under each flow", headings);
    for (uint32_t a = 0; a < CASE_OUTCOMES; a++)
        add_matrix_row(report, a, report_outcomes[a]);
    add_matrix_row(report, CASE_OUTCOMES, "Together");
    rows_end(report);
    paragraph(report, "Framed cells: the same answer by both. Shaded cells: cases whose answer "
                      "differs.");
    for (uint32_t b = 0; b < CASE_OUTCOMES; b++)
        text_clear(&labels[b]);
}

/* ---- which change does it ------------------------------------------------------------ */

static int compare_blocks(const void *left, const void *right)
{
    const BlockSum *a = *(const BlockSum *const *)left, *b = *(const BlockSum *const *)right;
    if (a->flips != b->flips)
        return (a->flips < b->flips) - (a->flips > b->flips);
    return a < b ? -1 : a > b;
}

static void add_blocks(Report *report, const Comparison *comparison)
{
    static const char *const headings[] = {"Changed in the second flow", "Replayed",
                                           "#Cases that it flips",       "#Duties newly late",
                                           "#Duties newly in time",      NULL};
    static const char *const standings[] = {
        [TRIAL_ALONE] = "with this change alone",
        [TRIAL_TOGETHER] = "with what cannot stand without it",
        [TRIAL_NONE] = "not by itself: see all changes together"};
    const BlockSum **sorted = mem_alloc_array(comparison->block_count, sizeof *sorted);
    for (uint32_t i = 0; i < comparison->block_count; i++)
        sorted[i] = &comparison->blocks[i];
    if (comparison->block_count > 0)
        qsort(sorted, comparison->block_count, sizeof *sorted, compare_blocks);
    rows_begin(report, "blocks", "What each change leads to by itself", headings);
    for (uint32_t i = 0; i < comparison->block_count; i++) {
        row_begin(report, sorted[i]->name);
        cell_words(report, standings[sorted[i]->standing]);
        cell_effect(report, sorted[i]->flips);
        cell_effect(report, sorted[i]->newly_late);
        cell_effect(report, sorted[i]->newly_in_time);
        row_end(report);
    }
    rows_end(report);
    free(sorted);
    if (comparison->flips_together > 0 && !report->is_public)
        paragraph(report, "Flipped by several changes together and by none alone: %llu.",
                  (unsigned long long)comparison->flips_together);
}

/* ---- duties and roles ---------------------------------------------------------------- */

static uint64_t sum_of(const uint64_t counts[DUTY_STANDINGS])
{
    uint64_t sum = 0;
    for (int i = 0; i < DUTY_STANDINGS; i++)
        sum += counts[i];
    return sum;
}

static bool is_affected(const DutyPair *pair)
{
    for (int a = 0; a < DUTY_STANDINGS; a++)
        for (int b = 0; b < DUTY_STANDINGS; b++)
            if (a != b && pair->both[a][b] > 0)
                return true;
    return sum_of(pair->only_a) + sum_of(pair->only_b) > 0 ||
           strcmp(pair->limit_a, pair->limit_b) != 0;
}

static void add_pair(Report *report, const DutyPair *pair)
{
    row_begin(report, pair->label);
    cell_words(report, *pair->limit_a ? pair->limit_a : "not in the first flow");
    cell_words(report, *pair->limit_b ? pair->limit_b : "not in the second flow");
    cell_effect(report, pair_newly_late(pair));
    cell_effect(report, pair_newly_in_time(pair));
    cell_effect(report, sum_of(pair->only_b));
    cell_effect(report, sum_of(pair->only_a));
    row_end(report);
}

/* The days that a duty took, with both limits, where both are in days and differ. */
static void add_pair_chart(Report *report, const DutyPair *pair)
{
    if (pair->limit_days_a == pair->limit_days_b || pair->limit_days_a == 0 ||
        pair->limit_days_b == 0)
        return;
    page_element("h4", pair->label, report->out);
    chart_days(report,
               &(DaysTaken){.label = pair->label,
                            .days = &pair->days,
                            .limit = pair->limit_days_b,
                            .was = pair->limit_days_a,
                            .in_working_days = pair->in_working_days},
               true);
}

static void add_pairs(Report *report, const Comparison *comparison)
{
    static const char *const headings[] = {
        "Duty",           "Limit in the first flow", "Limit in the second",  "#Newly late",
        "#Newly in time", "#Only the second asks",   "#Only the first asks", NULL};
    uint32_t affected = 0;
    for (uint32_t i = 0; i < comparison->pair_count; i++)
        affected += is_affected(&comparison->pairs[i]);
    page_element("h3", "Deadlines", report->out);
    if (affected == 0) {
        paragraph(report, "No deadline of these cases comes out otherwise.");
        return;
    }
    rows_begin(report, "pairs", "Deadlines that come out otherwise", headings);
    for (uint32_t i = 0; i < comparison->pair_count; i++)
        if (is_affected(&comparison->pairs[i]))
            add_pair(report, &comparison->pairs[i]);
    rows_end(report);
    paragraph(report,
              "Each is compared by itself, on the days that it took, never by averages.");
    for (uint32_t i = 0; i < comparison->pair_count && !report->is_public; i++)
        add_pair_chart(report, &comparison->pairs[i]);
}

static bool has_change(const RolePair *role)
{
    return role->added + role->removed > 0;
}

static void add_roles(Report *report, const Comparison *comparison)
{
    static const char *const headings[] = {
        "Role",     "#Asked by the first",   "#Added", "#of them with a limit",
        "#Removed", "#of them with a limit", NULL};
    uint32_t changed = 0;
    for (uint32_t i = 0; i < comparison->role_count; i++)
        changed += has_change(&comparison->roles[i]);
    page_element("h3", "Whose work changes", report->out);
    if (changed == 0) {
        paragraph(report, "Nobody's: both flows ask the same work of the same roles.");
        return;
    }
    rows_begin(report, "roles", "Roles with more or less to do", headings);
    for (uint32_t i = 0; i < comparison->role_count; i++) {
        const RolePair *role = &comparison->roles[i];
        if (!has_change(role))
            continue;
        row_begin(report, role->label);
        cell_effect(report, role->work_a);
        cell_effect(report, role->added);
        cell_effect(report, role->duties_added);
        cell_effect(report, role->removed);
        cell_effect(report, role->duties_removed);
        row_end(report);
    }
    rows_end(report);
}

static void add_reach(Report *report, const Reach *reach)
{
    static const char *const kinds[] = {
        [REACH_STATE] = "state", [REACH_EVENT] = "event", [REACH_DUTY] = "duty"};
    Text words = {0};
    text_addf(&words, "The %s \"%s\"%s%s%s%s: no case came there; ", kinds[reach->kind],
              reach->label, reach->is_new ? ", new in the second flow" : "",
              *reach->place ? " (" : "", short_place(reach->place), *reach->place ? ")" : "");
    lone_count_words(report, reach->could, &words);
    text_add(&words, reach->could == 1 && !report->is_public ? " case stood" : " cases stood");
    text_add(&words, " where it could have come next.");
    page_element("li", text_get(&words), report->out);
    text_clear(&words);
}

static void add_reaches(Report *report, const Comparison *comparison)
{
    uint32_t count = 0;
    for (uint32_t i = 0; i < comparison->reach_count; i++)
        count += comparison->reaches[i].reached == 0;
    page_element("h3", "No evidence", report->out);
    if (count == 0) {
        paragraph(report,
                  "None is missing: every state, event and duty of the second flow was met by "
                  "some case.");
        return;
    }
    paragraph(report, "What history never reached says nothing about the second flow, for or "
                      "against:");
    text_add(report->out, "<ul>\n");
    for (uint32_t i = 0; i < comparison->reach_count; i++)
        if (comparison->reaches[i].reached == 0)
            add_reach(report, &comparison->reaches[i]);
    text_add(report->out, "</ul>\n");
}

/* ---- case by case -------------------------------------------------------------------- */

static void add_side(Report *report, const CaseSide *side)
{
    Text words = {0};
    text_addf(&words, "%s%s%s", report_outcomes[side->outcome], *side->sentence ? ": " : "",
              side->sentence);
    if (*side->place)
        text_addf(&words, " (%s)", short_place(side->place));
    cell_words(report, text_get(&words));
    text_clear(&words);
}

static void add_causes(Report *report, const Comparison *comparison, uint64_t causes)
{
    const char *between = "";
    Text words = {0};
    for (uint32_t i = 0; i < comparison->block_count && i < 64; i++)
        if (causes >> i & 1) {
            text_addf(&words, "%s%s", between, comparison->blocks[i].name);
            between = "; ";
        }
    cell_words(report, *between ? text_get(&words) : "no change by itself");
    text_clear(&words);
}

static void add_case_head(Report *report, const char *id)
{
    text_add(report->out, "<tr><th scope=\"row\">");
    case_link(report, id);
    text_add(report->out, "</th>");
}

static void add_flipped_cases(Report *report, const Comparison *comparison)
{
    static const char *const headings[] = {"Case", "By the first flow", "By the second flow",
                                           "Done by the change of", NULL};
    if (comparison->case_count == 0)
        return;
    page_element("h3", "Cases whose answer differs", report->out);
    if (comparison->flipped > comparison->case_count)
        paragraph(report, "The first %u of %llu, by their ids.", comparison->case_count,
                  (unsigned long long)comparison->flipped);
    rows_begin(report, "flips", "Each flipped case", headings);
    for (uint32_t i = 0; i < comparison->case_count; i++) {
        const FlippedCase *flipped = &comparison->cases[i];
        add_case_head(report, flipped->id);
        add_side(report, &flipped->a);
        add_side(report, &flipped->b);
        add_causes(report, comparison, flipped->causes);
        row_end(report);
    }
    rows_end(report);
}

static void add_flipped_duties(Report *report, const Comparison *comparison)
{
    static const char *const headings[] = {
        "Case", "Duty", "Now", "Due by the first flow", "Due by the second flow", "Done", NULL};
    if (comparison->duty_count == 0)
        return;
    page_element("h3", "Duties newly late or newly in time", report->out);
    if (comparison->newly_late + comparison->newly_in_time > comparison->duty_count)
        paragraph(report, "The first %u of %llu, by the ids of their cases.",
                  comparison->duty_count,
                  (unsigned long long)(comparison->newly_late + comparison->newly_in_time));
    rows_begin(report, "flips", "Each of these duties", headings);
    for (uint32_t i = 0; i < comparison->duty_count; i++) {
        const FlippedDuty *duty = &comparison->duties[i];
        add_case_head(report, duty->id);
        cell_words(report, duty->work);
        cell_words(report, duty->newly_late ? "late" : "in time");
        cell_moment(report, duty->due_a, "no moment");
        cell_moment(report, duty->due_b, "no moment");
        cell_moment(report, duty->done, "not done");
        row_end(report);
    }
    rows_end(report);
}

void section_compare(Report *report)
{
    const Comparison *comparison = report->request->comparison;
    section_begin(report, "compare", "4. The two flows compared");
    text_add(report->out, "<div class=\"notice\">");
    paragraph(report, "%s", COMPARE_CAUTION);
    text_add(report->out, "</div>\n");
    add_changes(report, comparison);
    add_matrix(report, comparison);
    if (comparison->block_count > 0)
        add_blocks(report, comparison);
    add_pairs(report, comparison);
    add_roles(report, comparison);
    add_reaches(report, comparison);
    if (!report->is_public) {
        add_flipped_cases(report, comparison);
        add_flipped_duties(report, comparison);
    }
    section_end(report);
}
