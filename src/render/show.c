#include "render/show.h"

#include <stdlib.h>

#include "base/limits.h"
#include "base/mem.h"
#include "render/case_words.h"
#include "render/possible.h"
#include "render/safe.h"
#include "render/table.h"

void show_heading(const CaseView *view, Text *out)
{
    static const char *const statuses[] = {
        [CASE_NOT_OPEN] = "not open", [CASE_OPEN] = "open", [CASE_CLOSED] = "closed"};
    char now[TIME_TEXT_MAX];
    instant_format_long(view->program->zone, view->now - view->now % MINUTE_MS, now);
    text_add(out, "Case ");
    safe_add(out, view->reference);
    text_add(out, ": ");
    safe_add(out, label_workflow(view->flow));
    if (view->program->version) {
        text_add(out, ", version ");
        safe_add(out, view->program->version);
    }
    text_addf(out, "\n%s", view->record[SLOT_STATUS] == CASE_NOT_OPEN ? "Not open" : "Opened ");
    moment_words(view, view->record[SLOT_OPENED], out);
    if (view->record[SLOT_STATUS] == CASE_CLOSED) {
        text_add(out, ", closed ");
        moment_words(view, view->record[SLOT_CLOSED], out);
    }
    text_addf(out, "; %s, as at %s\n", statuses[view->record[SLOT_STATUS]], now);
}

/* "CPM VC reviews the case" and since when, for each line of work that is going on. */
static void add_places(const CaseView *view, Text *out)
{
    Table table = {.indent = 2};
    for (uint32_t t = 0; t < view->program->track_count; t++) {
        const int64_t *track = record_track(view->program, view->record, t);
        bool last = t == 0 && view->record[SLOT_STATUS] == CASE_CLOSED;
        int64_t state =
            last && !track[TRACK_STATE] ? track[TRACK_LAST_STATE] : track[TRACK_STATE];
        if (!track[TRACK_RUNNING] && !last)
            continue;
        Text since = {0};
        text_add(&since, "since ");
        moment_words(view, state ? track[TRACK_ENTERED] : track[TRACK_STARTED], &since);
        table_add(&table, t == 0 ? "The case" : label_track(view->flow, t),
                  state ? label_state(view->flow, (uint32_t)(state - 1)) : "going on",
                  text_get(&since), NULL);
        text_clear(&since);
    }
    text_add(out, "\nWhere it is\n");
    table_print(&table, false, out);
    table_clear(&table);
}

static void due_cell(const CaseView *view, uint32_t index, Text *out)
{
    const int64_t *work = record_work(view->program, view->record, index);
    if (work_is_immediate(view, index))
        text_add(out, "immediately");
    if (work[WORK_TARGET] != MOMENT_NEVER && work[WORK_TARGET] != MOMENT_NONE) {
        text_add(out, out->length ? "; aim: " : "aim: ");
        moment_words(view, work[WORK_TARGET], out);
    }
    if (work[WORK_DUE] != MOMENT_NEVER && work[WORK_DUE] != MOMENT_NONE) {
        text_add(out, out->length ? "; at the latest by " : "by ");
        moment_words(view, work[WORK_DUE], out);
    } else if (work[WORK_OUTCOME] == OUTCOME_NOT_STARTED) {
        text_add(out, "its time has not started");
    }
    if (out->length == 0)
        text_add(out, "no time limit");
    if (work[WORK_PAUSED_AT] != MOMENT_NONE)
        text_add(out, " (the clock is stopped)");
}

static const char *urgency(const CaseView *view, uint32_t index)
{
    const int64_t *work = record_work(view->program, view->record, index);
    if (work_is_overdue(view, index))
        return "OVERDUE";
    if (work_is_immediate(view, index))
        return "now";
    switch ((Outcome)work[WORK_OUTCOME]) {
    case OUTCOME_DUE_SOON:
        return "due soon";
    case OUTCOME_EXTENDED:
        return "extended";
    case OUTCOME_CANNOT_TELL:
        return "cannot tell";
    default:
        return "";
    }
}

static void add_work_row(const CaseView *view, uint32_t index, Table *table)
{
    Text who = {0}, due = {0};
    work_who_words(view, index, &who);
    due_cell(view, index, &due);
    Text because = {0};
    because_words(view->flow->work_at[index]->because, &because);
    const char *urgent = urgency(view, index);
    TableRow *row = table_add(table, urgent, label_work(view->flow, index), text_get(&who),
                              text_get(&due), text_get(&because), NULL);
    row->is_urgent = work_is_overdue(view, index);
    text_clear(&who);
    text_clear(&due);
    text_clear(&because);
}

/* Immediate work first, then by due moment. */
static int64_t place_of(const CaseView *view, uint32_t index)
{
    const int64_t *work = record_work(view->program, view->record, index);
    return work_is_immediate(view, index) ? MOMENT_NONE : work[WORK_DUE];
}

/* Open work in order; a few dozen at most. Fills `list`, returns how many. */
static uint32_t open_works(const CaseView *view, uint32_t *list)
{
    uint32_t count = 0;
    for (uint32_t w = 0; w < view->program->work_count; w++) {
        if (record_work(view->program, view->record, w)[WORK_STATUS] != WORK_OPEN)
            continue;
        uint32_t at = count++;
        for (; at > 0 && place_of(view, list[at - 1]) > place_of(view, w); at--)
            list[at] = list[at - 1];
        list[at] = w;
    }
    return count;
}

static void add_works(const CaseView *view, bool colour, Text *out)
{
    Table table = {.indent = 2};
    uint32_t *list = mem_alloc_array(view->program->work_count + 1, sizeof *list);
    uint32_t count = open_works(view, list);
    for (uint32_t i = 0; i < count; i++)
        add_work_row(view, list[i], &table);
    text_add(out, count ? "\nWhat must be done\n" : "\nWhat must be done\n  nothing is open\n");
    table_print(&table, colour, out);
    table_clear(&table);
    free(list);
}

/* What stands in a slot of waiting or held entries, as a line. */
static void add_entry_line(const CaseView *view, int64_t number, const char *what, Text *out)
{
    const EntryView *entry = view_entry(view, number);
    text_addf(out, "  entry %lld", (long long)number);
    if (entry && entry->label) {
        text_add(out, ", \"");
        safe_add(out, entry->label);
        text_add_char(out, '"');
    }
    text_addf(out, ", %s\n", what);
}

static void add_waiting(const CaseView *view, Text *out)
{
    Text lines = {0};
    for (uint32_t i = 0; i < LIMIT_HELD; i++) {
        int64_t waiting = view->record[SLOT_WAITING + i];
        int64_t held = view->record[SLOT_HELD + i];
        if (waiting)
            add_entry_line(view, waiting, "waits for approval", &lines);
        if (held)
            add_entry_line(view, held_entry(held), "is kept until later", &lines);
    }
    if (lines.length) {
        text_add(out, "\nWaiting\n");
        text_add_bytes(out, lines.data, lines.length);
    }
    text_clear(&lines);
}

static void add_people(const CaseView *view, Table *table)
{
    for (uint32_t r = 0; r < view->program->role_count; r++) {
        Person holder = record_role(view->program, view->record, r);
        if (holder)
            table_add(table, label_role(view->flow, r), view_person(view, holder), NULL);
    }
}

static void add_known(const CaseView *view, Text *out)
{
    Table table = {.indent = 2};
    add_people(view, &table);
    for (uint32_t f = 0; f < view->program->fact_count; f++) {
        Text words = {0};
        fact_words(view, f, record_fact(view->program, view->record, f), &words);
        table_add(&table, label_fact(view->flow, f), text_get(&words), NULL);
        text_clear(&words);
    }
    text_add(out, "\nWhat is known\n");
    table_print(&table, false, out);
    table_clear(&table);
}

static void add_flags(const CaseView *view, Text *out)
{
    bool first = true;
    for (uint32_t i = 0; i < view->happened_count; i++) {
        const Happened *h = &view->happened[i];
        if (h->kind != HAPPENED_FLAGGED)
            continue;
        text_add(out, first ? "\nFlags\n  " : "  ");
        safe_add(out, view->program->texts[h->value]);
        text_add(out, ", ");
        moment_words(view, h->at, out);
        text_add_char(out, '\n');
        first = false;
    }
    if (view->record[SLOT_FAULTS])
        text_addf(out,
                  "\nWARNING: %lld times a standing rule was broken without anybody "
                  "who could be refused\n",
                  (long long)view->record[SLOT_FAULTS]);
}

void show_text(const CaseView *view, bool colour, Text *out)
{
    show_heading(view, out);
    add_places(view, out);
    if (view->record[SLOT_STATUS] == CASE_OPEN)
        add_works(view, colour, out);
    add_waiting(view, out);
    add_flags(view, out);
    add_known(view, out);
    text_add(out, "\nWhat may happen next\n");
    possible_text(view, out);
}
