#include "render/worklist.h"

#include "render/case_words.h"
#include "render/show_json.h"
#include "render/table.h"

/* Headings of the list, in its order. */
typedef enum Section {
    SECTION_NOW,
    SECTION_OVERDUE,
    SECTION_TODAY,
    SECTION_LATER,
    SECTION_PAUSED,
    SECTION_OPEN,
    SECTION_COUNT
} Section;

static const char *const section_titles[SECTION_COUNT] = {
    [SECTION_NOW] = "Do now",
    [SECTION_OVERDUE] = "Overdue",
    [SECTION_TODAY] = "Due today",
    [SECTION_LATER] = "Later",
    [SECTION_PAUSED] = "The clock is stopped",
    [SECTION_OPEN] = "No date to be done by",
};

static Section section_of(const WorkRow *row, Instant now)
{
    if (row->paused)
        return SECTION_PAUSED;
    if (row->overdue)
        return SECTION_OVERDUE;
    if (row->immediately)
        return SECTION_NOW;
    if (row->due == MOMENT_NEVER || row->due == MOMENT_NONE)
        return SECTION_OPEN;
    Day today = day_of_instant(row->zone, now);
    return moment_day(row->zone, row->due) <= today ? SECTION_TODAY : SECTION_LATER;
}

static void add_due(const WorkRow *row, Text *out)
{
    char text[TIME_TEXT_MAX];
    bool has_due = row->due != MOMENT_NEVER && row->due != MOMENT_NONE;
    if (row->immediately && !row->overdue) {
        moment_format_long(row->zone, row->opened, text);
        text_addf(out, "now, since %s%s", text, has_due ? "; at the latest " : "");
    }
    if (has_due) {
        moment_format_long(row->zone, row->due, text);
        text_addf(out, "%s %s",
                  row->overdue  ? "OVERDUE, was due by"
                  : row->paused ? "was due by"
                                : "by",
                  text);
    } else if (row->not_started) {
        text_add(out, "its time has not started");
    }
    if (row->target_passed && !row->overdue)
        text_add(out, " (aimed-for date passed)");
}

static void add_row(Table *table, const WorkRow *row)
{
    Text due = {0}, who = {0};
    add_due(row, &due);
    text_add(&who, row->role_label ? row->role_label : "whoever can");
    if (row->person_label)
        text_addf(&who, " (%s)", row->person_label);
    TableRow *line =
        table_add(table, text_get(&due), row->label, row->reference, text_get(&who), NULL);
    line->is_urgent = row->overdue;
    text_clear(&due);
    text_clear(&who);
}

static void add_section(const Worklist *list, Section section, Instant now, bool colour,
                        Text *out)
{
    Table table = {.indent = 2};
    for (size_t i = 0; i < list->count; i++)
        if (section_of(&list->rows[i], now) == section)
            add_row(&table, &list->rows[i]);
    if (table.count) {
        text_addf(out, "%s%s\n", out->length ? "\n" : "", section_titles[section]);
        table_print(&table, colour, out);
    }
    table_clear(&table);
}

void worklist_text(const Worklist *list, Instant now, bool colour, Text *out)
{
    for (int section = 0; section < SECTION_COUNT; section++)
        add_section(list, (Section)section, now, colour, out);
    if (list->count == 0)
        text_add(out, list->only_overdue ? "Nothing is overdue.\n"
                                         : "Nothing is waiting to be done.\n");
}

void worklist_json(const Worklist *list, Instant now, Text *out)
{
    static const char *const sections[SECTION_COUNT] = {"now",   "overdue", "today",
                                                        "later", "paused",  "open"};
    Json json = {.out = out, .pretty = true};
    json_object_begin(&json, NULL);
    json_text(&json, "schema", "casewright/worklist/1");
    json_array_begin(&json, "work");
    for (size_t i = 0; i < list->count; i++) {
        const WorkRow *row = &list->rows[i];
        json_object_begin(&json, NULL);
        json_number(&json, "case", row->case_number);
        json_text(&json, "reference", row->reference);
        json_text(&json, "flow", row->flow_name);
        json_text(&json, "work", row->work);
        json_text(&json, "label", row->label);
        json_text(&json, "kind", row->kind);
        json_text(&json, "role", row->role);
        json_text(&json, "person", row->person);
        json_moment(&json, "opened", row->zone, row->opened);
        json_moment(&json, "target", row->zone, row->target);
        json_moment(&json, "due", row->zone, row->due);
        json_text(&json, "section", sections[section_of(row, now)]);
        json_bool(&json, "overdue", row->overdue);
        json_bool(&json, "immediately", row->immediately);
        json_bool(&json, "paused", row->paused);
        json_text(&json, "outcome", outcome_code(row->outcome));
        json_object_end(&json);
    }
    json_array_end(&json);
    json_object_end(&json);
    text_add_char(out, '\n');
}

static const char *const statuses[] = {
    [CASE_NOT_OPEN] = "not open", [CASE_OPEN] = "open", [CASE_CLOSED] = "closed"};

void case_list_text(const CaseList *list, Text *out)
{
    Table table = {0};
    table_add(&table, "Case", "Flow", "Where it is", "Status", "Opened", NULL);
    for (size_t i = 0; i < list->count; i++) {
        const CaseLine *row = &list->rows[i];
        char opened[TIME_TEXT_MAX] = "";
        if (row->opened != MOMENT_NONE)
            moment_format_long(row->zone, row->opened, opened);
        table_add(&table, row->reference, row->flow_label, row->state_label,
                  statuses[row->status], opened, NULL);
    }
    if (list->count)
        table_print(&table, false, out);
    else
        text_add(out, "There is no case.\n");
    table_clear(&table);
}

void case_list_json(const CaseList *list, Text *out)
{
    Json json = {.out = out, .pretty = true};
    json_object_begin(&json, NULL);
    json_text(&json, "schema", "casewright/cases/1");
    json_array_begin(&json, "cases");
    for (size_t i = 0; i < list->count; i++) {
        const CaseLine *row = &list->rows[i];
        json_object_begin(&json, NULL);
        json_number(&json, "case", row->number);
        json_text(&json, "reference", row->reference);
        json_text(&json, "flow", row->flow_name);
        json_text(&json, "version", row->version);
        json_text(&json, "state_label", row->state_label);
        json_text(&json, "status", statuses[row->status]);
        json_moment(&json, "opened", row->zone, row->opened);
        json_moment(&json, "closed", row->zone, row->closed);
        json_moment(&json, "next_due", row->zone, row->next_due);
        json_object_end(&json);
    }
    json_array_end(&json);
    json_object_end(&json);
    text_add_char(out, '\n');
}
