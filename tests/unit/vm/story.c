#include "vm/story.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "compile/compile.h"
#include "lang/names.h"

const char story_calendar[] = "calendar weeks \"Weeks\"\n"
                              "  working Monday to Friday from 09:00 to 17:00\n"
                              "  except 25 December \"Christmas Day\"\n"
                              "  except 2 days before easter \"Good Friday\"\n"
                              "  except 1 day after easter \"Easter Monday\"\n"
                              "  covers 2000 to 2040\n";

static bool read_text(void *context, const char *name, const char *from, char **path,
                      char **text, size_t *length, Error *err)
{
    if (from || strcmp(name, "story.flow") != 0)
        return error_kind(err, ERROR_NOT_FOUND, "no file '%s'", name);
    *path = mem_strdup("story.flow");
    *text = mem_strdup(context);
    *length = strlen(context);
    return true;
}

static const Entry *find_entry(void *context, int64_t number)
{
    const Story *story = context;
    return number >= 1 && number <= story->count ? &story->entries[number - 1] : NULL;
}

static void print_findings(const Bundle *bundle)
{
    for (size_t i = 0; i < bundle->diags.count; i++) {
        const Diag *diag = bundle->diags.items[i];
        Place place = source_place(&bundle->sources[diag->span.file], diag->span.offset);
        printf("line %u: %s %s\n", place.line, diag->code, diag->text);
    }
}

void story_begin(Story *story, const char *flow)
{
    memset(story, 0, sizeof *story);
    Error err = {0};
    bool loaded = bundle_load(&story->bundle, "story.flow", read_text, (void *)flow, &err);
    if (loaded && !story->bundle.diags.errors)
        names_resolve(&story->bundle);
    if (loaded && !story->bundle.diags.errors)
        story->program = compile_bundle(&story->bundle, &err);
    if (!story->program) {
        print_findings(&story->bundle);
        fail_msg("the flow does not compile: %s", err.text);
    }
    vm_init(&story->vm, story->program);
    story->vm.find = find_entry;
    story->vm.find_context = story;
    story->record = mem_alloc_array(story->program->slot_count, sizeof *story->record);
    story->scratch = mem_alloc_array(story->program->slot_count, sizeof *story->record);
    vm_reset(story->program, story->record);
}

void story_end(Story *story)
{
    vm_clear(&story->vm);
    program_free(story->program);
    bundle_clear(&story->bundle);
    free(story->record);
    free(story->scratch);
}

/* ---- names ----------------------------------------------------------------- */

static uint32_t find_role(const Program *p, const char *name, size_t length)
{
    for (uint32_t i = 0; i < p->role_count; i++)
        if (strlen(p->roles[i].name) == length && memcmp(p->roles[i].name, name, length) == 0)
            return i;
    return NO_INDEX;
}

static uint32_t find_event(const Program *p, const char *name)
{
    for (uint32_t i = 0; i < p->event_count; i++)
        if (strcmp(p->events[i].name, name) == 0)
            return i;
    return NO_INDEX;
}

static uint32_t find_state(const Program *p, const char *name)
{
    for (uint32_t i = 0; i < p->state_count; i++)
        if (strcmp(p->states[i].name, name) == 0)
            return i;
    return NO_INDEX;
}

static uint32_t find_work(const Program *p, const char *name)
{
    const char *dot = strchr(name, '.');
    for (uint32_t i = 0; i < p->work_count; i++) {
        const WorkInfo *work = &p->works[i];
        if (strcmp(work->name, dot ? dot + 1 : name) != 0)
            continue;
        const char *place =
            work->state != NO_INDEX ? p->states[work->state].name : p->tracks[work->track].name;
        if (!dot || (strlen(place) == (size_t)(dot - name) &&
                     memcmp(place, name, (size_t)(dot - name)) == 0))
            return i;
    }
    fail_msg("no work '%s'", name);
    return NO_INDEX;
}

/* ---- entries ---------------------------------------------------------------- */

static Moment moment(const Story *story, const char *text, bool *date_only)
{
    TypedTime time;
    Error err;
    if (!time_parse(story->program->zone, text, &time, &err))
        fail_msg("%s", err.text);
    if (date_only)
        *date_only = time.date_only;
    return typed_moment(story->program->zone, time);
}

static int64_t fact_value(const Story *story, uint32_t fact, const char *text, int64_t number)
{
    const FactAst *ast = story->bundle.flow.fact_at[fact];
    int64_t place = 0;
    for (const FactValue *value = ast->values; value; value = value->next, place++)
        if (strcmp(value->name, text) == 0)
            return place;
    Day day;
    if (ast->type == FACT_YES_NO)
        return strcmp(text, "yes") == 0;
    if (ast->type == FACT_DATE)
        return day_parse(text, &day) ? day : VALUE_UNKNOWN;
    if (ast->type == FACT_TEXT || ast->type == FACT_PERSON)
        return number;
    return strtoll(text, NULL, 10);
}

static void add_fact(Story *story, Entry *entry, const char *word, const char *equals)
{
    const Program *p = story->program;
    for (uint32_t i = 0; i < p->fact_count; i++)
        if (strlen(p->facts[i].name) == (size_t)(equals - word) &&
            memcmp(p->facts[i].name, word, (size_t)(equals - word)) == 0) {
            FactEntry fact = {i, fact_value(story, i, equals + 1, entry->number)};
            story->facts[story->count][entry->fact_count++] = fact;
            return;
        }
    fail_msg("no fact in '%s'", word);
}

static void add_tick(Story *story, Entry *entry, const char *item)
{
    const Program *p = story->program;
    for (uint32_t w = 0; w < p->work_count; w++)
        for (uint32_t i = 0; p->works[w].event == entry->name && i < p->works[w].item_count;
             i++)
            if (strcmp(p->texts[p->works[w].items.first + i], item) == 0) {
                entry->ticks |= (uint64_t)1 << i;
                return;
            }
    entry->wrong_tick = true;
}

static void add_word(Story *story, Entry *entry, const char *word)
{
    const char *equals = strchr(word, '=');
    if (strcmp(word, "reason") == 0) {
        entry->has_reason = true;
    } else if (strncmp(word, "tick:", 5) == 0) {
        add_tick(story, entry, word + 5);
    } else if (strncmp(word, "for:", 4) == 0) {
        entry->for_role = find_role(story->program, word + 4, strlen(word + 4));
    } else if (strncmp(word, "entry:", 6) == 0) {
        entry->refers_to = strtoll(word + 6, NULL, 10);
    } else if (strncmp(word, "to:", 3) == 0) {
        bool date_only;
        Moment to = moment(story, word + 3, &date_only);
        entry->extend_to =
            moment_at(moment_instant(to), date_only ? RANK_DAY_LIMIT : RANK_HOUR_LIMIT);
    } else if (strncmp(word, "assign:", 7) == 0) {
        AssignEntry assign = {find_role(story->program, word + 7, (size_t)(equals - word - 7)),
                              NO_INDEX, strtoll(equals + 1, NULL, 10)};
        story->assigns[story->count][entry->assign_count++] = assign;
    } else {
        add_fact(story, entry, word, equals);
    }
}

static void set_name(const Story *story, Entry *entry, const char *name)
{
    bool work = entry->kind == ENTRY_PAUSE || entry->kind == ENTRY_RESUME ||
                entry->kind == ENTRY_EXTEND;
    if (!name)
        return;
    entry->name = work                          ? find_work(story->program, name)
                  : entry->kind == ENTRY_REOPEN ? find_state(story->program, name)
                                                : find_event(story->program, name);
}

static bool enter(Story *story, EntryKind kind, const char *at, const char *name,
                  const char *role, va_list words)
{
    Entry *entry = &story->entries[story->count];
    size_t length = strcspn(role, "=");
    *entry = (Entry){.number = story->count + 1,
                     .kind = kind,
                     .name = NO_INDEX,
                     .for_role = NO_INDEX,
                     .facts = story->facts[story->count],
                     .assigns = story->assigns[story->count]};
    entry->at = moment(story, at, &entry->date_only);
    entry->recorded = story->recorded ? moment(story, story->recorded, NULL) : entry->at;
    entry->role = find_role(story->program, role, length);
    entry->person = role[length] ? strtoll(role + length + 1, NULL, 10) : 100 + entry->role;
    set_name(story, entry, name);
    for (const char *word = va_arg(words, const char *); word;
         word = va_arg(words, const char *))
        add_word(story, entry, word);
    bool done = vm_apply(&story->vm, story->record, entry, &story->refusal);
    story->count += done;
    return done;
}

bool story_open_case(Story *story, const char *at, const char *event, const char *role, ...)
{
    va_list words;
    va_start(words, role);
    bool done = enter(story, ENTRY_OPEN, at, event, role, words);
    va_end(words);
    return done;
}

bool story_do(Story *story, const char *at, const char *event, const char *role, ...)
{
    va_list words;
    va_start(words, role);
    bool done = enter(story, ENTRY_EVENT, at, event, role, words);
    va_end(words);
    return done;
}

bool story_kind(Story *story, EntryKind kind, const char *at, const char *name,
                const char *role, ...)
{
    va_list words;
    va_start(words, role);
    bool done = enter(story, kind, at, name, role, words);
    va_end(words);
    return done;
}

void story_wait(Story *story, const char *until)
{
    assert_true(vm_advance(&story->vm, story->record, moment(story, until, NULL)));
}

/* ---- questions ------------------------------------------------------------------ */

const char *story_refused(const Story *story)
{
    return refusal_code_text(story->refusal.code);
}

const char *story_state(Story *story, const char *track)
{
    const Program *p = story->program;
    for (uint32_t t = 0; t < p->track_count; t++) {
        if (strcmp(p->tracks[t].name, track) != 0)
            continue;
        const int64_t *slots = record_track(p, story->record, t);
        if (!slots[TRACK_RUNNING])
            return "-";
        return slots[TRACK_STATE] ? p->states[slots[TRACK_STATE] - 1].name : "running";
    }
    fail_msg("no track '%s'", track);
    return NULL;
}

const char *story_status(Story *story, const char *work)
{
    static const char *const names[] = {"closed",     "open",       "done",
                                        "not needed", "unfinished", "excluded"};
    uint32_t index = find_work(story->program, work);
    return names[record_work(story->program, story->record, index)[WORK_STATUS]];
}

const char *story_outcome(Story *story, const char *work)
{
    static const char *const names[] = {
        "none",   "not started",        "running",  "due soon",   "met",        "met late",
        "missed", "missed, known late", "extended", "not needed", "unfinished", "cannot tell"};
    return names[vm_outcome(story->program, story->record, find_work(story->program, work))];
}

const char *story_due(Story *story, const char *work)
{
    const Program *p = story->program;
    Moment due = record_work(p, story->record, find_work(p, work))[WORK_DUE];
    char text[TIME_TEXT_MAX];
    if (due == MOMENT_NEVER)
        return "never";
    if (moment_rank(due) == RANK_DAY_LIMIT)
        day_format(moment_day(p->zone, due), text);
    else
        instant_format(p->zone, moment_instant(due), text);
    snprintf(story->text, sizeof story->text, "%s", text);
    return story->text;
}

static bool is_about(const Program *p, const Happened *item, const char *name)
{
    return !name || (item->work != NO_INDEX && strcmp(p->works[item->work].name, name) == 0) ||
           (item->role != NO_INDEX && strcmp(p->roles[item->role].name, name) == 0) ||
           (item->track != NO_INDEX && strcmp(p->tracks[item->track].name, name) == 0) ||
           (item->event != NO_INDEX && strcmp(p->events[item->event].name, name) == 0);
}

int story_happened(const Story *story, HappenedKind kind, const char *name)
{
    int count = 0;
    for (uint32_t i = 0; i < story->vm.happened_count; i++)
        if (story->vm.happened[i].kind == kind &&
            is_about(story->program, &story->vm.happened[i], name))
            count++;
    return count;
}

void story_check_fold(Story *story)
{
    size_t bytes = story->program->slot_count * sizeof *story->record;
    Entry *entries = mem_alloc_array(story->count, sizeof *entries);
    for (uint32_t i = 0; i < story->count; i++)
        entries[i] = story->entries[story->count - 1 - i];
    entries_sort(entries, story->count);
    Vm vm;
    vm_init(&vm, story->program);
    vm.find = find_entry;
    vm.find_context = story;
    FoldResult result =
        vm_fold(&vm, story->scratch, entries, story->count, story->record[SLOT_CLOCK]);
    assert_true(result.whole);
    assert_memory_equal(story->scratch, story->record, bytes);
    vm_clear(&vm);
    free(entries);
}
