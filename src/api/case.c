#include "api/case.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

/* ---- finding ------------------------------------------------------------------------ */

void case_take_row(LoadedCase *loaded, const CaseRow *row)
{
    loaded->row = *row;
    loaded->row.reference =
        row->reference ? arena_strdup(&loaded->arena, row->reference) : NULL;
    loaded->row.flow = arena_strdup(&loaded->arena, row->flow);
    if (row->record) {
        void *copy = arena_alloc(&loaded->arena, row->record_bytes);
        memcpy(copy, row->record, row->record_bytes);
        loaded->row.record = copy;
    }
}

/* A number as people type it: 7 or #7. */
static bool read_number(const char *which, int64_t *number)
{
    const char *digits = which + (*which == '#');
    size_t length = strlen(digits);
    if (length == 0 || length > 18 || strspn(digits, "0123456789") != length)
        return false;
    *number = strtoll(digits, NULL, 10);
    return true;
}

static bool no_such_case(const char *which, Error *err)
{
    return error_kind(err, ERROR_NOT_FOUND, "there is no case '%s'", which);
}

bool case_find_number(Engine *engine, int64_t id, LoadedCase *loaded, Error *err)
{
    CaseRow row;
    bool found;
    if (!store_case_find(engine->store, id, &row, &found, err))
        return false;
    if (!found) {
        char text[32];
        snprintf(text, sizeof text, "%lld", (long long)id);
        return no_such_case(text, err);
    }
    case_take_row(loaded, &row);
    return true;
}

/* The cases of one reference: the newest, and all of them in words. */
typedef struct Namesakes {
    LoadedCase *newest;
    int64_t count;
    Text words; /* "#7 (cre, open), #3 (cre, closed)" */
} Namesakes;

static bool visit_namesake(void *context, const CaseRow *row, Error *err)
{
    (void)err;
    static const char *const statuses[] = {
        [STORE_NOT_OPEN] = "not open", [STORE_OPEN] = "open", [STORE_CLOSED] = "closed"};
    Namesakes *all = context;
    if (all->count++ == 0)
        case_take_row(all->newest, row);
    text_addf(&all->words, "%s#%lld (%s, %s)", all->words.length ? ", " : "",
              (long long)row->id, row->flow, statuses[row->status]);
    return true;
}

static bool find_reference(Engine *engine, const char *which, LoadedCase *loaded, bool *found,
                           Error *err)
{
    Namesakes all = {.newest = loaded};
    bool ok = store_cases_of_reference(engine->store, which, visit_namesake, &all, err);
    *found = all.count > 0;
    if (ok && all.count > 1)
        ok = error_kind(err, ERROR_USAGE,
                        "%lld cases have the reference '%s': give the number of one: %s",
                        (long long)all.count, which, text_get(&all.words));
    text_clear(&all.words);
    return ok;
}

bool case_find(Engine *engine, const char *which, LoadedCase *loaded, Error *err)
{
    if (!which || !*which)
        return error_kind(err, ERROR_USAGE, "say which case: its number or its reference");
    int64_t number = 0;
    bool is_number = read_number(which, &number), found, both;
    if (*which == '#' && is_number)
        return case_find_number(engine, number, loaded, err);
    if (!find_reference(engine, which, loaded, &found, err))
        return false;
    if (!found)
        return is_number ? case_find_number(engine, number, loaded, err)
                         : no_such_case(which, err);
    if (!is_number || number == loaded->row.id)
        return true;
    CaseRow row;
    if (!store_case_find(engine->store, number, &row, &both, err))
        return false;
    return !both ||
           error_kind(err, ERROR_USAGE,
                      "'%s' is the reference of one case and the number "
                      "of another: write '#%s' for the number, or '#%lld' for the other",
                      which, which, (long long)loaded->row.id);
}

static bool count_other(void *context, const CaseRow *row, Error *err)
{
    (void)row;
    (void)err;
    ++*(int64_t *)context;
    return true;
}

bool case_count_namesakes(Engine *engine, const char *reference, int64_t *count, Error *err)
{
    *count = 0;
    return !reference ||
           store_cases_of_reference(engine->store, reference, count_other, count, err);
}

/* ---- loading ------------------------------------------------------------------------ */

size_t case_record_bytes(const LoadedCase *loaded)
{
    return loaded->definition->program->slot_count * sizeof *loaded->record;
}

/* Word by word, so that it costs nothing beside writing the row. It keeps damage
 * out, not people: what they change is found by the chain of entries. */
static uint64_t seal_of(const LoadedCase *loaded, const int64_t *record)
{
    const uint64_t prime = 0x9E3779B97F4A7C15u;
    uint64_t seal = (uint64_t)loaded->row.id * prime ^ (uint64_t)loaded->row.last_entry;
    for (uint32_t i = 0; i < loaded->definition->program->slot_count; i++) {
        seal = (seal ^ (uint64_t)record[i]) * prime;
        seal ^= seal >> 32;
    }
    return seal;
}

bool case_record_is_sound(const LoadedCase *loaded)
{
    size_t bytes = case_record_bytes(loaded);
    uint64_t seal;
    if (!loaded->row.record || loaded->row.record_bytes != bytes + sizeof seal)
        return false;
    memcpy(&seal, (const char *)loaded->row.record + bytes, sizeof seal);
    return seal == seal_of(loaded, loaded->row.record);
}

/* The record as it is kept: its slots, then their seal. */
static void keep_record(LoadedCase *loaded)
{
    size_t bytes = case_record_bytes(loaded);
    uint64_t seal = seal_of(loaded, loaded->record);
    char *kept = arena_alloc(&loaded->arena, bytes + sizeof seal);
    memcpy(kept, loaded->record, bytes);
    memcpy(kept + bytes, &seal, sizeof seal);
    loaded->row.record = kept;
    loaded->row.record_bytes = bytes + sizeof seal;
}

bool case_load_definition(Engine *engine, LoadedCase *loaded, Error *err)
{
    const uint8_t *calendar = loaded->row.has_calendar ? loaded->row.calendar : NULL;
    loaded->definition = definition_get(engine, loaded->row.definition, calendar, err);
    return loaded->definition != NULL;
}

static bool rebuild(Engine *engine, LoadedCase *loaded, Error *err)
{
    CaseLog log = {0};
    bool ok = case_log_load(engine, loaded->row.id, &log, err) &&
              case_log_bind(engine, loaded->definition, &log, err);
    if (ok) {
        Folded folded = case_log_fold(loaded->definition, &log, loaded->record,
                                      loaded->row.as_of, 0, &log.arena);
        if (folded.conflict_count)
            ok = error_kind(err, ERROR_INTEGRITY,
                            "case %lld cannot be rebuilt: its entry %lld is refused (%s)",
                            (long long)loaded->row.id, (long long)folded.conflicts[0].entry,
                            refusal_code_text(folded.conflicts[0].refusal.code));
    }
    case_log_clear(&log);
    return ok;
}

bool case_load(Engine *engine, LoadedCase *loaded, Error *err)
{
    if (!case_load_definition(engine, loaded, err))
        return false;
    size_t bytes = case_record_bytes(loaded);
    loaded->record = mem_alloc(bytes);
    loaded->was_cached =
        loaded->row.layout == loaded->definition->layout && case_record_is_sound(loaded);
    if (!loaded->was_cached)
        return rebuild(engine, loaded, err);
    memcpy(loaded->record, loaded->row.record, bytes);
    return true;
}

bool case_advance(LoadedCase *loaded, Moment to, LazyLog *past)
{
    Vm *vm = &loaded->definition->vm;
    if (to <= loaded->record[SLOT_CLOCK])
        return true;
    vm->find = lazy_log_find;
    vm->find_context = past;
    bool ok = vm_advance(vm, loaded->record, to);
    vm->find = NULL;
    return ok;
}

void case_clear(LoadedCase *loaded)
{
    arena_clear(&loaded->arena);
    free(loaded->record);
    *loaded = (LoadedCase){0};
}

/* ---- folding ------------------------------------------------------------------------ */

/* Like vm_fold, but goes on after a refusal, so that every entry that has become
 * impossible can be named. */
Folded case_log_fold(Definition *definition, CaseLog *log, int64_t *record, Moment until,
                     int64_t watch, Arena *arena)
{
    Folded folded = {0};
    Vm *vm = &definition->vm;
    vm->find = case_log_find;
    vm->find_context = log;
    vm_begin(vm);
    vm_reset(definition->program, record);
    for (uint32_t i = 0; i < log->folded_count; i++) {
        if (log->folded[i].number == watch)
            folded.watched_from = vm->happened_count;
        Refusal refusal;
        if (vm_apply(vm, record, &log->folded[i], &refusal))
            continue;
        if (!folded.conflicts)
            folded.conflicts = ARENA_ARRAY(arena, log->folded_count, Conflict);
        folded.conflicts[folded.conflict_count++] = (Conflict){log->folded[i].number, refusal};
    }
    if (until != MOMENT_NONE && until > record[SLOT_CLOCK] && log->folded_count)
        folded.spent = !vm_advance(vm, record, until);
    vm->find = NULL;
    return folded;
}

/* ---- saving ------------------------------------------------------------------------- */

static Instant instant_or_none(Moment moment)
{
    bool none = moment == MOMENT_NONE || moment == MOMENT_NEVER;
    return none ? MOMENT_NONE : moment_instant(moment);
}

bool case_save(Engine *engine, LoadedCase *loaded, Error *err)
{
    CaseRow *row = &loaded->row;
    const int64_t *record = loaded->record;
    memcpy(row->definition, loaded->definition->hash, STORE_HASH_BYTES);
    keep_record(loaded);
    row->layout = loaded->definition->layout;
    row->as_of = record[SLOT_CLOCK];
    row->status = (StoreStatus)record[SLOT_STATUS];
    row->next_due = record[SLOT_NEXT_DUE];
    row->opened = instant_or_none(record[SLOT_OPENED]);
    row->closed = instant_or_none(record[SLOT_CLOSED]);
    TaskRows tasks = {0};
    tasks_from_record(loaded->definition, record, &tasks);
    bool ok = store_case_set(engine->store, row, err) &&
              store_tasks_replace(engine->store, row->id, tasks.rows, tasks.count, err);
    task_rows_clear(&tasks);
    return ok;
}
