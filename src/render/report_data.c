/* State of the data: what the log did not say, said doubtfully, or said in a way that
 * could not be read. Nothing of it is left out because it looks bad. */
#include <string.h>

#include "base/limits.h"
#include "render/page.h"
#include "render/report_internal.h"
#include "render/share.h"

/* A remark with its count, where there is anything to remark. */
typedef struct Remark {
    uint64_t count;
    const char *one, *many; /* what one row, or case, does; what several do */
} Remark;

/* What the remarks of a list are about, and how many there are in all. */
typedef struct About {
    const char *one, *many;
    uint64_t of; /* 0: no share is said */
} About;

/* In public a share tells the count, so it is said only where the count may be. */
static bool says_share(const Report *report, uint64_t count, uint64_t of)
{
    return of > 0 && count <= of &&
           (!report->is_public || (!report->hides && count > GRID_SMALL_MOST));
}

/* "120 of 318 rows (38 per cent) have a date and no time" */
static void add_remark(Report *report, const Remark *remark, About about)
{
    Text words = {0};
    bool is_one = remark->count == 1 && !report->is_public;
    if (remark->count == 0)
        return;
    lone_count_words(report, remark->count, &words);
    if (says_share(report, remark->count, about.of)) {
        text_add(&words, " of ");
        counted_words(about.of, about.one, about.many, &words);
        text_add(&words, " (");
        share_words(remark->count, about.of, &words);
        text_add(&words, ")");
    } else {
        text_addf(&words, " %s", is_one ? about.one : about.many);
    }
    text_addf(&words, " %s", is_one ? remark->one : remark->many);
    page_element("li", text_get(&words), report->out);
    text_clear(&words);
}

static void add_rows(Report *report)
{
    const LogNotes *notes = &report->result->notes;
    const Result *result = report->result;
    const About about = {"row", "rows", result->events + result->later_rows};
    const Remark rows[] = {
        {notes->date_only, "has a date and no time: it stands at the end of its day",
         "have a date and no time: they stand at the end of their day"},
        {notes->without_zone, "has a time without a zone: taken as local time",
         "have a time without a zone: taken as local time"},
        {notes->ties,
         "stands at the same moment as the one before it in its case: the order is that of the "
         "file",
         "stand at the same moment as the one before them in their case: the order is that of "
         "the file"},
        {notes->duplicates,
         "says again what another says (the same case, activity, time and person)",
         "say again what others say (the same case, activity, time and person)"},
        {notes->out_of_order, "stood before an earlier one of its case and was put in order",
         "stood before an earlier one of their case and were put in order"},
        {result->roles_unsaid,
         "does not say the role: whether it was the right one was not judged",
         "do not say the role: whether it was the right one was not judged"},
        {result->people_unsaid,
         "does not say the person: separation of duties was not judged for it",
         "do not say the person: separation of duties was not judged for them"},
        {result->later_rows, "is later than the day judged at and was not looked at",
         "are later than the day judged at and were not looked at"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        add_remark(report, &rows[i], about);
}

static void add_left_out(Report *report)
{
    const LogNotes *notes = &report->result->notes;
    const Remark stage = {notes->other_lifecycle,
                          "was left out: not of the stage asked for (such as complete)",
                          "were left out: not of the stage asked for (such as complete)"};
    const Remark outside = {notes->outside_cases, "stands outside any case",
                            "stand outside any case"};
    const Remark bursts = {
        notes->bursts,
        "three or more activities of a case were entered at one moment by one person: their "
        "order, and the waits between them, are not known",
        "three or more activities of a case were entered at one moment by one person: their "
        "order, and the waits between them, are not known"};
    add_remark(report, &stage, (About){"event", "events", 0});
    add_remark(report, &outside, (About){"event", "events", 0});
    add_remark(report, &bursts, (About){"time", "times", 0});
}

static void add_cases(Report *report)
{
    const Result *result = report->result;
    const Remark cases[] = {
        {result->left_cut,
         "begins before the log does: its missing first steps are not held against it",
         "begin before the log does: their missing first steps are not held against them"},
        {result->right_cut, "goes on after the log ends", "go on after the log ends"},
        {result->open, "was still open", "were still open"},
    };
    const Remark empty = {result->notes.empty_cases, "has no events", "have no events"};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        add_remark(report, &cases[i], (About){"case", "cases", result->cases});
    add_remark(report, &empty, (About){"case of the log", "cases of the log", 0});
}

/* ---- what was assumed ---------------------------------------------------------------- */

static void add_offsets(Report *report)
{
    const LogNotes *notes = &report->result->notes;
    Text words = {0};
    if (notes->offset_count == 0)
        return;
    text_add(&words, "Times in the log are written with the offsets ");
    for (uint32_t i = 0; i < notes->offset_count; i++) {
        int minutes = notes->offsets[i] < 0 ? -notes->offsets[i] : notes->offsets[i];
        text_addf(&words, "%s%c%02d:%02d", i > 0 ? ", " : "", notes->offsets[i] < 0 ? '-' : '+',
                  minutes / 60, minutes % 60);
    }
    text_addf(&words, "; they were converted to %s.", report->result->head.zone);
    page_element("li", text_get(&words), report->out);
    text_clear(&words);
}

static void add_assumptions(Report *report)
{
    const ResultHead *head = &report->result->head;
    Text words = {0};
    if (!head->has_roles)
        page_element("li",
                     "The log does not say in which role anything was done: whether the right "
                     "role did it was not judged.",
                     report->out);
    if (!head->has_people)
        page_element(
            "li",
            "The log does not say who did anything: whether two people had to do it was "
            "not judged.",
            report->out);
    if (head->not_held && *head->not_held) {
        text_addf(&words, "The flow asks for what the log does not hold: %s.", head->not_held);
        page_element("li", text_get(&words), report->out);
    }
    add_offsets(report);
    text_clear(&words);
}

/* ---- rows set aside ------------------------------------------------------------------ */

static uint64_t sum_set_aside(const Result *result)
{
    uint64_t sum = 0;
    for (int i = 0; i < SET_ASIDE_COUNT; i++)
        sum += result->set_aside[i];
    return sum;
}

static void add_set_aside(Report *report)
{
    static const char *const headings[] = {"Reason", "#Rows", NULL};
    static const char *const sentences[] = {
#define SET_ASIDE(name, key, sentence) [SET_ASIDE_##name] = sentence,
#include "log/set_aside.def"
#undef SET_ASIDE
    };
    const Result *result = report->result;
    page_element("h3", "Rows set aside", report->out);
    if (sum_set_aside(result) == 0) {
        paragraph(report, "None: every row could be read.");
        return;
    }
    paragraph(report,
              "A row that could not be read was set aside, and its case cannot be judged "
              "where the case is known. \"casewright log\" lists each with its file and "
              "line.");
    rows_begin(report, "told", "Rows set aside, by reason", headings);
    for (int i = 0; i < SET_ASIDE_COUNT; i++) {
        if (result->set_aside[i] == 0)
            continue;
        row_begin(report, sentences[i]);
        cell_count(report, result->set_aside[i]);
        row_end(report);
    }
    rows_end(report);
}

/* ---- names --------------------------------------------------------------------------- */

static void say_left_out(Report *report, uint32_t count, uint32_t shown)
{
    if (count > shown)
        paragraph(report, "%u more are left out; replay as text or JSON lists all.",
                  count - shown);
}

static void add_activity(Report *report, const ActivitySum *activity)
{
    Text words = {0};
    row_begin(report, activity->activity);
    cell_count(report, activity->count);
    if (activity->ignored)
        text_add(&words, "ignored on purpose");
    else if (activity->nearest)
        text_addf(&words, "no event of the flow; the nearest is \"%s\"", activity->nearest);
    else
        text_add(&words, "no event of the flow, and none is near");
    cell_words(report, text_get(&words));
    row_end(report);
    text_clear(&words);
}

/* What the log calls things may name a person: in public only how many there are. */
static void add_activities(Report *report)
{
    static const char *const headings[] = {"Activity in the log", "#Rows", "In the flow", NULL};
    const Result *result = report->result;
    uint32_t count = 0;
    for (uint32_t i = 0; i < result->activity_count; i++)
        count += result->activities[i].event == NULL;
    page_element("h3", "Activities that the flow does not know", report->out);
    if (count == 0 || report->is_public) {
        paragraph(report,
                  count == 0 ? "None." : "There are some; their names are not published.");
        return;
    }
    rows_begin(report, "told", "Activities without an event of the flow", headings);
    uint32_t shown = 0;
    for (uint32_t i = 0; i < result->activity_count && shown < LIMIT_REPORT_ROWS; i++)
        if (!result->activities[i].event) {
            add_activity(report, &result->activities[i]);
            shown++;
        }
    rows_end(report);
    say_left_out(report, count, shown);
}

static void add_role_names(Report *report)
{
    static const char *const headings[] = {"Role in the log", "#Rows",
                                           "Nearest role of the flow", NULL};
    const Result *result = report->result;
    if (result->role_name_count == 0 || report->is_public)
        return;
    page_element("h3", "Roles that the flow does not know", report->out);
    rows_begin(report, "told", "Roles without a role of the flow", headings);
    uint32_t shown = result->role_name_count < LIMIT_REPORT_ROWS ? result->role_name_count
                                                                 : LIMIT_REPORT_ROWS;
    for (uint32_t i = 0; i < shown; i++) {
        row_begin(report, result->role_names[i].name);
        cell_count(report, result->role_names[i].count);
        cell_words(report, result->role_names[i].nearest ? result->role_names[i].nearest
                                                         : "none is near");
        row_end(report);
    }
    rows_end(report);
    say_left_out(report, result->role_name_count, shown);
}

/* ---- accepted beforehand ------------------------------------------------------------- */

static void add_accepted(Report *report)
{
    static const char *const headings[] = {"What",   "Why",     "Accepted by", "Until",
                                           "#Cases", "#Events", NULL};
    const Result *result = report->result;
    char until[DAY_TEXT_MAX];
    if (result->accepted_count == 0)
        return;
    page_element("h3", "Known deviations, accepted beforehand", report->out);
    if (report->is_public) {
        paragraph(report,
                  "Some were accepted; they may name cases and persons, so they are not "
                  "published.");
        return;
    }
    rows_begin(report, "told", "Accepted deviations and what they cover", headings);
    for (uint32_t i = 0; i < result->accepted_count; i++) {
        const AcceptedSum *accepted = &result->accepted[i];
        Text words = {0};
        day_format_long(accepted->until, until);
        text_addf(&words, "%s%s", until, accepted->expired ? " (expired: covers nothing)" : "");
        row_begin(report, accepted->what);
        cell_words(report, accepted->reason);
        cell_words(report, accepted->by);
        cell_words(report, text_get(&words));
        cell_count(report, accepted->cases);
        cell_count(report, accepted->events);
        row_end(report);
        text_clear(&words);
    }
    rows_end(report);
}

static void add_columns(Report *report)
{
    const Result *result = report->result;
    if (report->is_public)
        return;
    page_element("h3", "How the log was read", report->out);
    text_add(report->out, "<ul>\n");
    for (uint32_t i = 0; i < result->file_count; i++) {
        const ResultFile *file = &result->files[i];
        Text words = {0};
        text_addf(&words, "%s: ", file->path);
        counted_words(file->rows, "row read, ", "rows read, ", &words);
        count_words(file->used, &words);
        text_addf(&words, " used%s%s", file->columns && *file->columns ? "; " : "",
                  file->columns ? file->columns : "");
        page_element("li", text_get(&words), report->out);
        text_clear(&words);
    }
    text_add(report->out, "</ul>\n");
}

void section_data(Report *report)
{
    section_begin(report, "data", "7. State of the data");
    paragraph(report,
              "A day-only date cannot show what came first on its day; a row set aside "
              "leaves its case unjudged. How far the numbers above can be trusted rests "
              "on this.");
    text_add(report->out, "<ul>\n");
    size_t before = report->out->length;
    add_assumptions(report);
    add_rows(report);
    add_left_out(report);
    add_cases(report);
    if (report->out->length == before)
        page_element("li", "Nothing to remark.", report->out);
    text_add(report->out, "</ul>\n");
    add_set_aside(report);
    add_activities(report);
    add_role_names(report);
    add_accepted(report);
    add_columns(report);
    section_end(report);
}
