/* A case for whoever reads it: its log, its record worked out to now, and all that
 * happened, from the opening on. */
#include "api/case_view.h"

#include <jansson.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

/* ---- people ------------------------------------------------------------------------- */

typedef struct People {
    Arena *arena;
    PersonView *all; /* owned */
    size_t count, capacity;
} People;

static bool visit_person(void *context, const PersonRow *row, Error *err)
{
    (void)err;
    People *people = context;
    people->all =
        mem_grow(people->all, &people->capacity, people->count + 1, sizeof *people->all);
    people->all[people->count++] = (PersonView){
        .number = row->id,
        .login = arena_strdup(people->arena, row->login),
        .label = row->name ? arena_strdup(people->arena, row->name) : NULL,
    };
    return true;
}

static bool add_people(Engine *engine, CaseView *view, Error *err)
{
    People people = {.arena = &view->arena};
    bool ok = store_people(engine->store, visit_person, &people, err);
    view->people = ARENA_ARRAY(&view->arena, people.count, PersonView);
    if (people.count)
        memcpy(view->people, people.all, people.count * sizeof *people.all);
    view->person_count = (uint32_t)people.count;
    free(people.all);
    return ok;
}

static const PersonView *find_person(const CaseView *view, Person number)
{
    for (uint32_t i = 0; number && i < view->person_count; i++)
        if (view->people[i].number == number)
            return &view->people[i];
    return NULL;
}

/* ---- entries ------------------------------------------------------------------------ */

static const char *label_of(const Definition *definition, const EntryRow *row)
{
    const Flow *flow = &definition->bundle.flow;
    const char *label = NULL;
    uint32_t event = index_of(&definition->events, row->name);
    uint32_t state = index_of(&definition->states, row->name);
    if (row->kind == LOG_REOPEN && state != NO_INDEX)
        label = flow->state_at[state]->label;
    else if (event != NO_INDEX && flow->event_at[event]->work)
        label = flow->event_at[event]->work->label;
    else if (event != NO_INDEX)
        label = flow->event_at[event]->label;
    return label ? label : row->name;
}

static Moment moment_of_row(const Definition *definition, const EntryRow *row)
{
    return row->date_only ? moment_of_date(definition->program->zone, row->effective_day)
                          : moment_at(row->effective, RANK_ENTRY);
}

static bool clock_was_behind(const EntryRow *row)
{
    json_t *content = row->facts ? json_loads(row->facts, 0, NULL) : NULL;
    bool behind = json_is_true(json_object_get(content, "clock_behind"));
    json_decref(content);
    return behind;
}

static void add_entry(CaseView *view, const Definition *definition, const CaseLog *log,
                      size_t at)
{
    const EntryRow *row = &log->rows[at];
    const PersonView *person = find_person(view, row->person);
    const PersonView *other = find_person(view, row->on_behalf_of);
    view->entries[at] = (EntryView){
        .number = row->number,
        .seq = row->seq,
        .kind = log_kind_text(row->kind),
        .name = row->name,
        .label = label_of(definition, row),
        .effective = moment_of_row(definition, row),
        .date_only = row->date_only,
        .imported = row->imported,
        .recorded = row->recorded,
        .person = person ? person->login : NULL,
        .person_label = person ? (person->label ? person->label : person->login) : NULL,
        .role = row->role,
        .for_person = other ? other->login : NULL,
        .for_role = row->on_behalf_role,
        .reason = row->reason,
        .key = row->key,
        .content = row->facts,
        .refers_to = row->refers_to,
        .voided_by = log->voided_by[at],
        .amended_by = log->amended_by[at],
        .clock_was_behind = clock_was_behind(row),
    };
}

/* ---- what text facts say ------------------------------------------------------------ */

typedef struct Texts {
    TextView *all; /* owned */
    size_t count, capacity;
} Texts;

static void add_text(CaseView *view, Texts *texts, const Definition *definition, int64_t entry,
                     const char *name, const json_t *value)
{
    uint32_t fact = index_of(&definition->facts, name);
    ProgramFactType type =
        fact == NO_INDEX ? TYPE_NUMBER : definition->program->facts[fact].type;
    if ((type != TYPE_TEXT && type != TYPE_PERSON) || !json_is_string(value))
        return;
    const char *text = json_string_value(value);
    if (type == TYPE_PERSON)
        text = view_login_label(view, text);
    texts->all = mem_grow(texts->all, &texts->capacity, texts->count + 1, sizeof *texts->all);
    texts->all[texts->count++] = (TextView){entry, fact, arena_strdup(&view->arena, text)};
}

/* In the content that counts now; an entry keeps its number when it is amended. */
static const char *content_now(const CaseLog *log, size_t at)
{
    int64_t amended = log->amended_by[at];
    return amended ? case_log_row(log, amended)->facts : log->rows[at].facts;
}

static void add_texts(CaseView *view, const Definition *definition, const CaseLog *log)
{
    Texts texts = {0};
    for (size_t i = 0; i < log->count; i++) {
        const char *content = content_now(log, i);
        json_t *object = content ? json_loads(content, JSON_REJECT_DUPLICATES, NULL) : NULL;
        const char *name;
        json_t *value;
        json_object_foreach(json_object_get(object, "facts"), name, value)
            add_text(view, &texts, definition, log->rows[i].number, name, value);
        json_decref(object);
    }
    view->texts = ARENA_ARRAY(&view->arena, texts.count, TextView);
    if (texts.count)
        memcpy(view->texts, texts.all, texts.count * sizeof *texts.all);
    view->text_count = (uint32_t)texts.count;
    free(texts.all);
}

static bool has_texts(const Program *p)
{
    for (uint32_t i = 0; i < p->fact_count; i++)
        if (p->facts[i].type == TYPE_TEXT || p->facts[i].type == TYPE_PERSON)
            return true;
    return false;
}

/* ---- the whole ---------------------------------------------------------------------- */

static void add_names(CaseView *view, const LoadedCase *loaded)
{
    const Definition *definition = loaded->definition;
    Arena *arena = &view->arena;
    view->number = loaded->row.id;
    view->reference = loaded->row.reference
                          ? arena_strdup(arena, loaded->row.reference)
                          : arena_format(arena, "%lld", (long long)loaded->row.id);
    view->flow_name = definition->program->name;
    view->definition_hash = definition->hash_text;
    view->calendar_hash = definition->calendar_text;
    view->bundle = &definition->bundle;
    view->flow = &definition->bundle.flow;
    view->program = definition->program;
}

static bool fold(CaseView *view, LoadedCase *loaded, CaseLog *log, int64_t watch,
                 uint32_t *from, Error *err)
{
    Definition *definition = loaded->definition;
    Moment until = now_moment(view->now);
    if (loaded->row.as_of > until)
        until = loaded->row.as_of;
    view->record = ARENA_ARRAY(&log->arena, definition->program->slot_count, int64_t);
    Folded folded = case_log_fold(definition, log, view->record, until, watch, &log->arena);
    if (folded.conflict_count)
        return error_kind(err, ERROR_INTEGRITY, "case %lld: its entry %lld is refused (%s)",
                          (long long)loaded->row.id, (long long)folded.conflicts[0].entry,
                          refusal_code_text(folded.conflicts[0].refusal.code));
    const Vm *vm = &definition->vm;
    view->happened_count = vm->happened_count;
    view->happened = ARENA_ARRAY(&log->arena, vm->happened_count, Happened);
    if (vm->happened_count)
        memcpy(view->happened, vm->happened, vm->happened_count * sizeof *vm->happened);
    *from = folded.watched_from;
    return true;
}

static bool fill(Engine *engine, LoadedCase *loaded, int64_t watch, CaseLog *log,
                 CaseView *view, uint32_t *from, Error *err)
{
    const Definition *definition = loaded->definition;
    if (!case_log_load(engine, loaded->row.id, log, err) ||
        !case_log_bind(engine, definition, log, err) ||
        !fold(view, loaded, log, watch, from, err))
        return false;
    view->import = log->import;
    view->folded = log->folded;
    view->folded_count = log->folded_count;
    return true;
}

bool view_build(Engine *engine, LoadedCase *loaded, int64_t watch, CaseView *view,
                uint32_t *from, Error *err)
{
    if (!case_load_definition(engine, loaded, err))
        return false;
    view->now = engine->now;
    CaseLog log = {.arena =
                       view->arena}; /* lent, so that what is bound lives as long as the view */
    bool ok = fill(engine, loaded, watch, &log, view, from, err);
    view->arena = log.arena;
    log.arena = (Arena){0};
    ok = ok && add_people(engine, view, err);
    if (ok) {
        add_names(view, loaded);
        view->entry_count = (uint32_t)log.count;
        view->entries = ARENA_ARRAY(&view->arena, log.count, EntryView);
        for (size_t i = 0; i < log.count; i++)
            add_entry(view, loaded->definition, &log, i);
        if (has_texts(view->program))
            add_texts(view, loaded->definition, &log);
    }
    case_log_clear(&log);
    return ok;
}

bool engine_view(Engine *engine, const char *which, CaseView *view, Error *err)
{
    LoadedCase loaded = {0};
    uint32_t from;
    *view = (CaseView){0};
    if (!store_begin_read(engine->store, err))
        return false;
    bool ok = case_find(engine, which, &loaded, err) &&
              view_build(engine, &loaded, 0, view, &from, err);
    case_clear(&loaded);
    store_rollback(engine->store);
    return ok;
}

/* The answer with the case as it is now, or as it stays. */
static bool answer_with_view(Engine *engine, Answer *answer, Error *err)
{
    LoadedCase loaded = {0};
    if (!answer->case_number)
        return true;
    int64_t watch = answer->late ? 0 : answer->entry;
    if (!store_begin_read(engine->store, err))
        return false;
    bool ok = case_find_number(engine, answer->case_number, &loaded, err) &&
              view_build(engine, &loaded, watch, &answer->view, &answer->happened_from, err);
    answer->has_view = ok;
    case_clear(&loaded);
    store_rollback(engine->store);
    return ok;
}

bool engine_write(Engine *engine, const CwRequest *request, Answer *answer, Error *err)
{
    *answer = (Answer){0};
    return write_perform(engine, request, true, answer, err) &&
           answer_with_view(engine, answer, err);
}

bool engine_try(Engine *engine, const CwRequest *request, Answer *answer, Error *err)
{
    *answer = (Answer){0};
    return write_perform(engine, request, false, answer, err) &&
           answer_with_view(engine, answer, err);
}
