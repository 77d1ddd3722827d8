#include "render/history.h"

#include <string.h>

#include "render/case_words.h"
#include "render/happened.h"
#include "render/safe.h"
#include "render/show.h"
#include "render/show_json.h"

/* How an entry of each kind begins; the label of what it is about follows. */
static const char *opening_words(const char *kind)
{
    static const struct {
        const char *kind, *words;
    } table[] = {
        {"open", ""},
        {"event", ""},
        {"tick", "Checklist of "},
        {"not-needed", "Not needed: "},
        {"approve", "Approved: "},
        {"decline", "Declined: "},
        {"void", "Struck out: "},
        {"amend", "Put right: "},
        {"pause", "Clock stopped for "},
        {"resume", "Clock goes on for "},
        {"extend", "More time for "},
        {"reopen", "Reopened at "},
        {"assign", "Assigned"},
        {"note", "Note"},
        {"migrate", "Moved to another version"},
        {"calendar", "Holidays applied"},
        {"absence", "Absence"},
        {"link", "Link"},
    };
    for (size_t i = 0; i < sizeof table / sizeof *table; i++)
        if (strcmp(table[i].kind, kind) == 0)
            return table[i].words;
    return kind;
}

/* The label of a role that an entry names; the name itself where the flow no longer
 * knows it. */
static const char *role_label(const CaseView *view, const char *name)
{
    for (uint32_t role = 0; role < view->program->role_count; role++)
        if (strcmp(view->program->roles[role].name, name) == 0)
            return label_role(view->flow, role);
    return name;
}

void entry_words(const CaseView *view, const EntryView *entry, Text *out)
{
    text_add(out, opening_words(entry->kind));
    if (entry->label)
        safe_add(out, entry->label);
    if (entry->refers_to)
        text_addf(out, entry->label ? " (entry %lld)" : "entry %lld",
                  (long long)entry->refers_to);
    if (entry->person_label) {
        text_add(out, ", by ");
        safe_add(out, entry->person_label);
    }
    if (entry->role) {
        text_add(out, entry->person_label ? " (" : ", by (");
        safe_add(out, role_label(view, entry->role));
        text_add_char(out, ')');
    }
    if (entry->for_person || entry->for_role) {
        text_add(out, " acting for ");
        safe_add(out, entry->for_person ? view_login_label(view, entry->for_person)
                                        : role_label(view, entry->for_role));
    }
}

typedef struct History {
    const CaseView *view;
    Text *out;
    Day day; /* whose heading was printed last */
} History;

static void add_day(History *history, Day day)
{
    if (day == history->day)
        return;
    char text[DAY_TEXT_MAX];
    day_format_long(day, text);
    text_addf(history->out, "\n%s\n", text);
    history->day = day;
}

/* "11:00", or blanks for what has a date only, or "24:00" for the end of a day. */
static void add_time(const History *history, Moment moment)
{
    Rank rank = moment_rank(moment);
    LocalTime local = local_from_instant(history->view->program->zone, moment_instant(moment));
    int minutes = local.ms / 60000;
    if (rank == RANK_DATE_ONLY)
        text_add(history->out, "         ");
    else if (rank == RANK_DAY_LIMIT && minutes == 0)
        text_add(history->out, "  24:00  ");
    else
        text_addf(history->out, "  %02d:%02d  ", minutes / 60, minutes % 60);
}

/* Recorded on a later day than it happened, or corrected since. */
static void add_remarks(const History *history, const EntryView *entry)
{
    Text *out = history->out;
    Zone zone = history->view->program->zone;
    if (entry->reason) {
        text_add(out, "         because: ");
        safe_add(out, entry->reason);
        text_add_char(out, '\n');
    }
    if (day_of_instant(zone, entry->recorded) != moment_day(zone, entry->effective)) {
        char text[TIME_TEXT_MAX];
        instant_format_long(zone, entry->recorded, text);
        text_addf(out, "         recorded %s%s\n", text, entry->imported ? ", imported" : "");
    }
    if (entry->clock_was_behind)
        text_add(out,
                 "         the machine's clock was behind: recorded at the last known time\n");
    if (entry->amended_by)
        text_addf(out, "         put right by entry %lld\n", (long long)entry->amended_by);
}

/* `at` is when it counts as having happened: a correction may have moved it. */
static void add_entry(History *history, const EntryView *entry, Moment at)
{
    add_day(history, moment_day(history->view->program->zone, at));
    add_time(history, at);
    entry_words(history->view, entry, history->out);
    text_addf(history->out, "  [entry %lld]\n", (long long)entry->number);
    if (at != entry->effective) {
        text_add(history->out, "         first entered as ");
        moment_words(history->view, entry->effective, history->out);
        text_add_char(history->out, '\n');
    }
    add_remarks(history, entry);
}

static void add_consequence(const History *history, const Happened *happened)
{
    size_t start = history->out->length;
    text_add(history->out, "         ");
    if (happened_words(history->view, happened, history->out))
        text_add_char(history->out, '\n');
    else
        history->out->length = start;
}

static void add_derived(History *history, const Happened *happened)
{
    Text words = {0};
    Zone zone = history->view->program->zone;
    if (happened_words(history->view, happened, &words)) {
        bool morning = happened_begins_a_day(happened);
        add_day(history, morning ? moment_day_begun(zone, happened->at)
                                 : moment_day(zone, happened->at));
        if (morning)
            text_add(history->out, "         ");
        else
            add_time(history, happened->at);
        text_add_bytes(history->out, words.data, words.length);
        text_add_char(history->out, '\n');
    }
    text_clear(&words);
}

static bool is_before(const CaseView *view, uint32_t i, const Entry *entry)
{
    return i < view->happened_count && view->happened[i].at < entry->at;
}

/* The first thing of an entry's own step: it bears its number, or that of the entry
 * that it approves or declines. */
static bool begins_step(const Happened *happened, const Entry *entry)
{
    bool settles = happened->kind == HAPPENED_APPROVED || happened->kind == HAPPENED_DECLINED;
    return happened->entry == entry->number || (settles && happened->entry == entry->refers_to);
}

/* What entry `k` caused at once; with several entries at one moment, up to the next
 * one's own doing. */
static bool is_of(const CaseView *view, uint32_t i, uint32_t k)
{
    if (i >= view->happened_count || view->happened[i].at != view->folded[k].at)
        return false;
    bool next_is_then =
        k + 1 < view->folded_count && view->folded[k + 1].at == view->folded[k].at;
    return !next_is_then || !begins_step(&view->happened[i], &view->folded[k + 1]);
}

/* What was struck out, and the corrections themselves. */
static void add_corrections(const CaseView *view, Text *out)
{
    bool first = true;
    for (uint32_t i = 0; i < view->entry_count; i++) {
        const EntryView *entry = &view->entries[i];
        bool correction = strcmp(entry->kind, "void") == 0 || strcmp(entry->kind, "amend") == 0;
        if (!correction && !entry->voided_by)
            continue;
        text_add(out, first ? "\nCorrections\n" : "");
        first = false;
        text_addf(out, "  entry %lld: ", (long long)entry->number);
        entry_words(view, entry, out);
        if (entry->voided_by)
            text_addf(out, "; struck out by entry %lld", (long long)entry->voided_by);
        if (entry->reason) {
            text_add(out, "; because: ");
            safe_add(out, entry->reason);
        }
        text_add_char(out, '\n');
    }
}

void history_text(const CaseView *view, Text *out)
{
    History history = {view, out, DAY_NONE};
    show_heading(view, out);
    uint32_t i = 0;
    for (uint32_t k = 0; k < view->folded_count; k++) {
        for (; is_before(view, i, &view->folded[k]); i++)
            add_derived(&history, &view->happened[i]);
        const EntryView *entry = view_entry(view, view->folded[k].number);
        if (entry)
            add_entry(&history, entry, view->folded[k].at);
        for (; is_of(view, i, k); i++)
            add_consequence(&history, &view->happened[i]);
    }
    for (; i < view->happened_count; i++)
        add_derived(&history, &view->happened[i]);
    add_corrections(view, out);
}

static void entry_json(const CaseView *view, const EntryView *entry, Json *json)
{
    char recorded[TIME_TEXT_MAX];
    instant_format(view->program->zone, entry->recorded, recorded);
    json_object_begin(json, NULL);
    json_number(json, "entry", entry->number);
    json_text(json, "kind", entry->kind);
    json_text(json, "name", entry->name);
    json_text(json, "label", entry->label);
    json_moment(json, "effective", view->program->zone, entry->effective);
    json_text(json, "recorded", recorded);
    json_text(json, "person", entry->person);
    json_text(json, "role", entry->role);
    json_text(json, "acting_for", entry->for_person);
    json_text(json, "reason", entry->reason);
    json_text(json, "content", entry->content);
    if (entry->refers_to)
        json_number(json, "refers_to", entry->refers_to);
    if (entry->voided_by)
        json_number(json, "voided_by", entry->voided_by);
    if (entry->amended_by)
        json_number(json, "amended_by", entry->amended_by);
    json_bool(json, "imported", entry->imported);
    json_object_end(json);
}

void history_json(const CaseView *view, Text *out)
{
    Json json = {.out = out, .pretty = true};
    json_object_begin(&json, NULL);
    json_text(&json, "schema", "casewright/history/1");
    json_case(view, &json);
    json_array_begin(&json, "entries");
    for (uint32_t i = 0; i < view->entry_count; i++)
        entry_json(view, &view->entries[i], &json);
    json_array_end(&json);
    json_array_begin(&json, "happened");
    for (uint32_t i = 0; i < view->happened_count; i++)
        happened_json(view, &view->happened[i], &json);
    json_array_end(&json);
    json_object_end(&json);
    text_add_char(out, '\n');
}
