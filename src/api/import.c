#include "api/import.h"

#include <stdlib.h>
#include <string.h>

#include "api/import_internal.h"
#include "base/limits.h"
#include "base/mem.h"
#include "render/refusal.h"

/* ---- is it here already? ------------------------------------------------------------ */

/* *known: the same case with the same content. Another case of that reference sets this
 * one aside: nobody could tell which of the two is meant. */
static bool look_for_case(Import *import, const char *reference, bool *known, Error *err)
{
    EntryRow row;
    int64_t namesakes;
    if (!store_entry_find_key(import->engine->store, 0, import->key, &row, known, err))
        return false;
    if (*known)
        return true;
    if (!case_count_namesakes(import->engine, reference, &namesakes, err))
        return false;
    if (namesakes)
        return import_aside(import, NULL,
                            "a case of this reference is in the database already, with other "
                            "content: record what is new, or import into another database");
    return true;
}

/* ---- the machine -------------------------------------------------------------------- */

static const Entry *find_entry(void *context, int64_t number)
{
    const Import *import = context;
    for (uint32_t i = 0; i < import->count; i++)
        if (import->entries[i].number == number)
            return &import->entries[i];
    return NULL;
}

static const LogRow *row_of_entry(const Import *import, uint32_t at)
{
    const LogRow *rows = import->part->rows + import->one->first_row;
    uint32_t seen = 0;
    for (uint32_t i = 0; i < import->one->row_count; i++)
        if (import->plan->binding.events[rows[i].activity] != BOUND_IGNORED && seen++ == at)
            return &rows[i];
    return NULL;
}

/* Whom the sentence may name: the people of the log, by the numbers they have here. */
static void name_people(const Import *import, CaseView *view, Arena *arena)
{
    const LogNames *names = &import->part->log->people;
    view->people = ARENA_ARRAY(arena, names->count, PersonView);
    for (uint32_t i = 1; i < names->count; i++)
        if (import->people[i])
            view->people[view->person_count++] =
                (PersonView){import->people[i], names->texts[i], names->texts[i]};
}

static bool refuse_case(Import *import, uint32_t at, const Refusal *refusal)
{
    const Definition *definition = import->plan->definition;
    CaseView view = {
        .bundle = &definition->bundle,
        .flow = &definition->bundle.flow,
        .program = definition->program,
        .record = import->loaded.record,
        .flow_name = definition->program->name,
        .now = import->engine->now,
        .reference = import->part->log->cases.texts[import->one->name],
    };
    Text words = {0};
    name_people(import, &view, &import->arena);
    refusal_sentence(&view, refusal, NULL, &words);
    import_aside(import, row_of_entry(import, at), "%s", text_get(&words));
    text_clear(&words);
    return false;
}

/* Lives the case through, with the numbers that its entries will have. */
static bool live_through(Import *import, Error *err)
{
    Definition *definition = import->plan->definition;
    Vm *vm = &definition->vm;
    int64_t *record = import->loaded.record;
    Moment now = now_moment(import->engine->now);
    Refusal refusal;
    uint32_t at = 0;
    vm_reset(definition->program, record);
    vm->find = find_entry;
    vm->find_context = import;
    vm->quiet = true;
    bool accepted = true;
    for (; accepted && at < import->count; at++) {
        if (!bind_entry(import->engine, definition, &import->rows[at], &import->arena,
                        &import->entries[at], err))
            return false;
        accepted = vm_apply(vm, record, &import->entries[at], &refusal);
    }
    if (accepted && record[SLOT_CLOCK] < now && !vm_advance(vm, record, now)) {
        accepted = false;
        refusal = vm->advance_refusal;
    }
    vm->find = NULL;
    vm->quiet = false;
    return accepted || refuse_case(import, at - 1, &refusal);
}

static bool number_rows(Import *import, Error *err)
{
    int64_t number;
    if (!store_entry_next(import->engine->store, &number, err))
        return false;
    for (uint32_t i = 0; i < import->count; i++)
        import->rows[i].number = number + i;
    return true;
}

/* ---- writing ------------------------------------------------------------------------ */

static bool write_case(Import *import, Error *err)
{
    const Definition *definition = import->plan->definition;
    LoadedCase *loaded = &import->loaded;
    Store *store = import->engine->store;
    loaded->row = (CaseRow){
        .reference = import->part->log->cases.texts[import->one->name],
        .flow = definition->program->name,
        .has_calendar = definition->has_calendar,
        .status = STORE_NOT_OPEN,
        .as_of = MOMENT_NONE,
        .next_due = MOMENT_NEVER,
        .opened = import->rows[0].effective,
        .closed = MOMENT_NONE,
    };
    memcpy(loaded->row.definition, definition->hash, STORE_HASH_BYTES);
    memcpy(loaded->row.calendar, definition->calendar, STORE_HASH_BYTES);
    if (!store_case_add(store, &loaded->row, err))
        return false;
    for (uint32_t i = 0; i < import->count; i++) {
        import->rows[i].case_id = loaded->row.id;
        if (!store_entry_add(store, &import->rows[i], err))
            return false;
    }
    loaded->row.last_entry = import->rows[import->count - 1].number;
    return case_save(import->engine, loaded, err);
}

static void show_first(Import *import)
{
    const ImportRequest *request = import->request;
    const Log *log = import->part->log;
    for (uint32_t i = 0;
         i < import->count && request->preview && import->previewed < IMPORT_PREVIEW; i++) {
        const LogRow *from = row_of_entry(import, i);
        const EntryRow *row = &import->rows[i];
        ImportRow shown = {log->cases.texts[import->one->name],
                           row->name,
                           log->people.texts[from->person],
                           row->role ? row->role : "",
                           row->facts,
                           from->at,
                           import->plan->definition->program->zone};
        request->preview(request->context, &shown);
        import->previewed++;
    }
}

/* ---- one case ----------------------------------------------------------------------- */

static bool check_case(Import *import, const char *reference)
{
    if (import->one->has_set_aside)
        return import_aside(import, NULL,
                            "a row of it could not be read, so the case is not whole");
    if (strlen(reference) > LIMIT_KEY_BYTES)
        return import_aside(import, NULL, "its reference is longer than %u bytes",
                            LIMIT_KEY_BYTES);
    return true;
}

/* False with no error: the case was set aside. */
static bool take_case(Import *import, bool *known, Error *err)
{
    const char *reference = import->part->log->cases.texts[import->one->name];
    import_make_key(import);
    if (!check_case(import, reference) || !look_for_case(import, reference, known, err))
        return false;
    if (*known)
        return true;
    if (!import_find_plan(import, err) || !import_make_rows(import, err) ||
        !number_rows(import, err))
        return false;
    import->loaded.definition = import->plan->definition;
    import->loaded.record = mem_alloc(case_record_bytes(&import->loaded));
    if (!live_through(import, err))
        return false;
    /* Lived through once more, so that the record names them by the numbers they got. */
    if (import->has_new_people &&
        (!import_add_people(import, err) || !live_through(import, err)))
        return false;
    show_first(import);
    return import->request->trial || write_case(import, err);
}

static void tell_aside(Import *import)
{
    const Log *log = import->part->log;
    const LogRow *row = import->at_fault;
    ImportAside aside = {
        .reference = log->cases.texts[import->one->name],
        .file = log->files[row ? row->file : import->one->file].path,
        .line = row ? row->line : import->one->line,
        .activity = row ? log->activities.texts[row->activity] : "",
        .sentence = import->sentence,
    };
    import->counts->aside++;
    if (import->request->aside)
        import->request->aside(import->request->context, &aside);
}

static bool import_case(Import *import, Error *err)
{
    bool known = false;
    import->count = 0;
    import->has_new_people = false;
    import->sentence[0] = '\0';
    bool ok = take_case(import, &known, err);
    if (ok && known)
        import->counts->already++;
    else if (ok) {
        import->counts->cases++;
        import->counts->entries += import->count;
        import->in_batch += import->count;
    } else if (import->sentence[0]) {
        tell_aside(import);
        ok = true;
    }
    arena_clear(&import->arena);
    case_clear(&import->loaded);
    return ok;
}

/* ---- batches ------------------------------------------------------------------------ */

static bool begin_batch(Import *import, Error *err)
{
    Store *store = import->engine->store;
    import->in_batch = 0;
    return import->request->trial ? store_begin_read(store, err) : store_begin(store, err);
}

static bool end_batch(Import *import, Imported *kept, Error *err)
{
    Store *store = import->engine->store;
    if (!store_commit(store, err))
        return false;
    import->counts->batches++;
    *kept = *import->counts;
    if (!import->request->trial && !store_checkpoint(store, err))
        return false;
    if (import->request->progress && !import->request->progress(import->request->context, kept))
        return error_kind(err, ERROR_INTERRUPTED, "interrupted");
    return true;
}

typedef struct Visiting {
    Import import;
    Imported counts; /* the batch in hand included */
    Imported *kept;  /* what is on the disk */
} Visiting;

static bool begin_log(void *context, const Log *log, Error *err)
{
    Visiting *visiting = context;
    visiting->import.log = log;
    visiting->import.people = mem_alloc_array(log->people.count, sizeof(Person));
    return begin_batch(&visiting->import, err);
}

static bool visit_part(void *context, unsigned worker, uint32_t number, const LogPart *part,
                       Error *err)
{
    Visiting *visiting = context;
    Import *import = &visiting->import;
    uint32_t batch = import->request->batch ? import->request->batch : IMPORT_BATCH;
    (void)worker;
    (void)number;
    import->part = part;
    for (uint32_t i = 0; i < part->case_count; i++) {
        import->one = &part->cases[i];
        if (!import_case(import, err))
            return false;
        if (import->in_batch < batch)
            continue;
        if (!end_batch(import, visiting->kept, err) || !begin_batch(import, err))
            return false;
    }
    return true;
}

/* Recorded time never goes back. */
static bool check_clock(Engine *engine, Error *err)
{
    Instant last;
    if (!store_last_recorded(engine->store, &last, err))
        return false;
    if (last != MOMENT_NONE && last > engine->now)
        return error_kind(err, ERROR_REFUSED,
                          "the clock of this machine is behind the last entry of the "
                          "database: put it right, then import");
    return true;
}

bool engine_import(Engine *engine, const ImportRequest *request, Log *log, Imported *imported,
                   Error *err)
{
    *imported = (Imported){0};
    Visiting visiting = {.kept = imported, .import = {.engine = engine, .request = request}};
    visiting.import.counts = &visiting.counts;
    bool ok = check_clock(engine, err) &&
              log_visit(request->log, begin_log, visit_part, &visiting, log, err);
    if (store_in_transaction(engine->store) && ok)
        ok = end_batch(&visiting.import, imported, err);
    store_rollback(engine->store);
    import_plans_clear(&visiting.import);
    free(visiting.import.people);
    return ok;
}
