/* Is what is kept what the entries say? Every case is folded anew from its entries
 * and its record, its task rows and its notifications are compared. */
#include <stdlib.h>
#include <string.h>

#include "api/case.h"
#include "base/mem.h"

typedef struct Verifying {
    Engine *engine;
    Verified *verified;
    LoadedCase *loaded; /* the case in hand */
    bool differs;
} Verifying;

static void differs(Verifying *verifying, const char *what)
{
    Verified *verified = verifying->verified;
    if (verifying->differs)
        return;
    verifying->differs = true;
    verified->damaged++;
    if (!verified->first[0])
        snprintf(verified->first, sizeof verified->first,
                 "case %lld: %s what its entries amount to",
                 (long long)verifying->loaded->row.id, what);
}

/* ---- the record --------------------------------------------------------------------- */

static Instant instant_or_none(Moment moment)
{
    return moment == MOMENT_NONE || moment == MOMENT_NEVER ? MOMENT_NONE
                                                           : moment_instant(moment);
}

static bool row_agrees(const CaseRow *row, const int64_t *record)
{
    return row->status == (StoreStatus)record[SLOT_STATUS] &&
           row->as_of == record[SLOT_CLOCK] && row->next_due == record[SLOT_NEXT_DUE] &&
           row->opened == instant_or_none(record[SLOT_OPENED]) &&
           row->closed == instant_or_none(record[SLOT_CLOSED]);
}

static void compare_record(Verifying *verifying, const CaseLog *log)
{
    const LoadedCase *loaded = verifying->loaded;
    size_t bytes = case_record_bytes(loaded);
    if (log->count && loaded->row.last_entry != log->rows[log->count - 1].number)
        differs(verifying, "its last entry is not");
    if (!loaded->row.record || loaded->row.layout != loaded->definition->layout)
        return; /* nothing is kept: it is made anew when needed */
    if (!case_record_is_sound(loaded) || memcmp(loaded->row.record, loaded->record, bytes) != 0)
        differs(verifying, "the record kept for it is not");
    if (!row_agrees(&loaded->row, loaded->record))
        differs(verifying, "its row is not");
}

/* ---- tasks -------------------------------------------------------------------------- */

typedef struct TaskComparison {
    const TaskRows *rows;
    size_t seen;
    bool same;
} TaskComparison;

static bool same_text(const char *a, const char *b)
{
    return a && b ? strcmp(a, b) == 0 : a == b;
}

static bool same_moment(Moment a, Moment b)
{
    bool a_none = a == MOMENT_NONE || a == MOMENT_NEVER;
    bool b_none = b == MOMENT_NONE || b == MOMENT_NEVER;
    return a_none || b_none ? a_none == b_none : a == b;
}

static bool same_task(const TaskRow *a, const TaskRow *b)
{
    return same_text(a->name, b->name) && same_text(a->kind, b->kind) &&
           same_text(a->track, b->track) && same_text(a->roles, b->roles) &&
           same_text(a->label, b->label) && same_text(a->due_text, b->due_text) &&
           same_text(a->outcome, b->outcome) && a->status == b->status &&
           a->person == b->person && same_moment(a->opened, b->opened) &&
           same_moment(a->target, b->target) && same_moment(a->due, b->due) &&
           same_moment(a->done, b->done);
}

static bool visit_task(void *context, const TaskRow *row, Error *err)
{
    (void)err;
    TaskComparison *all = context;
    all->same = all->same && all->seen < all->rows->count &&
                same_task(row, &all->rows->rows[all->seen]);
    all->seen++;
    return true;
}

static bool compare_tasks(Verifying *verifying, Error *err)
{
    TaskRows rows = {0};
    tasks_from_record(verifying->loaded->definition, verifying->loaded->record, &rows);
    TaskComparison all = {&rows, 0, true};
    bool ok =
        store_tasks(verifying->engine->store, verifying->loaded->row.id, visit_task, &all, err);
    if (ok && (!all.same || all.seen != rows.count))
        differs(verifying, "its list of work is not");
    task_rows_clear(&rows);
    return ok;
}

/* ---- notifications ------------------------------------------------------------------ */

typedef struct OutboxComparison {
    Map keys;
    size_t seen;
    bool same;
} OutboxComparison;

static bool visit_outbox(void *context, const OutboxRow *row, Error *err)
{
    (void)err;
    OutboxComparison *all = context;
    if (row->withdrawn != MOMENT_NONE)
        return true;
    all->seen++;
    all->same = all->same && map_index(&all->keys, row->key) >= 0;
    return true;
}

static bool compare_outbox(Verifying *verifying, const CaseLog *log, Error *err)
{
    const LoadedCase *loaded = verifying->loaded;
    const Vm *vm = &loaded->definition->vm;
    OutboxRows rows = {0};
    OutboxComparison all = {.same = true};
    outbox_from_happened(loaded->definition, loaded->row.id, loaded->record, vm->happened,
                         vm->happened_count, log->import, &rows);
    for (size_t i = 0; i < rows.count; i++)
        map_add(&all.keys, rows.rows[i].key, strlen(rows.rows[i].key), (int64_t)i);
    bool ok =
        store_outbox(verifying->engine->store, loaded->row.id, false, visit_outbox, &all, err);
    if (ok && (!all.same || all.seen != all.keys.count))
        differs(verifying, "its notifications are not");
    map_clear(&all.keys);
    outbox_rows_clear(&rows);
    return ok;
}

/* ---- all cases ---------------------------------------------------------------------- */

static bool fold_case(Verifying *verifying, CaseLog *log, Error *err)
{
    LoadedCase *loaded = verifying->loaded;
    if (!case_log_load(verifying->engine, loaded->row.id, log, err) ||
        !case_log_bind(verifying->engine, loaded->definition, log, err))
        return false;
    loaded->record = mem_alloc(case_record_bytes(loaded));
    Folded folded = case_log_fold(loaded->definition, log, loaded->record, loaded->row.as_of, 0,
                                  &log->arena);
    if (folded.conflict_count)
        differs(verifying, "one of its entries is refused, so it is not");
    return true;
}

static bool verify_case(void *context, const CaseRow *row, Error *err)
{
    Verifying *verifying = context;
    LoadedCase loaded = {0};
    CaseLog log = {0};
    verifying->loaded = &loaded;
    verifying->differs = false;
    case_take_row(&loaded, row);
    bool ok = case_load_definition(verifying->engine, &loaded, err) &&
              fold_case(verifying, &log, err);
    if (ok)
        compare_record(verifying, &log);
    ok = ok && compare_tasks(verifying, err) && compare_outbox(verifying, &log, err);
    verifying->verified->cases++;
    verifying->verified->entries += (int64_t)log.count;
    case_log_clear(&log);
    case_clear(&loaded);
    return ok;
}

bool engine_verify(Engine *engine, Verified *verified, Error *err)
{
    StoreDamage damage;
    Verifying verifying = {.engine = engine, .verified = verified};
    *verified = (Verified){0};
    if (!store_verify_chain(engine->store, &damage, err))
        return false;
    if (!store_begin_read(engine->store, err))
        return false;
    bool ok = store_cases(engine->store, 0, false, verify_case, &verifying, err);
    store_rollback(engine->store);
    return ok;
}

/* ---- making anew -------------------------------------------------------------------- */

static bool settle(Engine *engine, LoadedCase *loaded, Error *err)
{
    CaseLog log = {0};
    OutboxRows rows = {0};
    int64_t withdrawn;
    bool ok = case_log_load(engine, loaded->row.id, &log, err) &&
              case_log_bind(engine, loaded->definition, &log, err);
    if (ok) {
        case_log_fold(loaded->definition, &log, loaded->record, loaded->row.as_of, 0,
                      &log.arena);
        const Vm *vm = &loaded->definition->vm;
        outbox_from_happened(loaded->definition, loaded->row.id, loaded->record, vm->happened,
                             vm->happened_count, log.import, &rows);
        ok = case_save(engine, loaded, err) &&
             outbox_settle(engine, loaded->row.id, &rows, &withdrawn, err);
    }
    outbox_rows_clear(&rows);
    case_log_clear(&log);
    return ok;
}

typedef struct Ids {
    int64_t *ids; /* owned */
    size_t count, capacity;
} Ids;

static bool visit_id(void *context, const CaseRow *row, Error *err)
{
    (void)err;
    Ids *all = context;
    all->ids = mem_grow(all->ids, &all->capacity, all->count + 1, sizeof *all->ids);
    all->ids[all->count++] = row->id;
    return true;
}

static bool rebuild_case(Engine *engine, int64_t id, Error *err)
{
    LoadedCase loaded = {0};
    bool ok = store_case_forget_record(engine->store, id, err) &&
              case_find_number(engine, id, &loaded, err) && case_load(engine, &loaded, err) &&
              settle(engine, &loaded, err);
    case_clear(&loaded);
    return ok;
}

bool engine_rebuild(Engine *engine, int64_t *cases, Error *err)
{
    Ids all = {0};
    *cases = 0;
    if (!store_begin(engine->store, err))
        return false;
    bool ok = store_cases(engine->store, 0, false, visit_id, &all, err);
    for (size_t i = 0; ok && i < all.count; i++)
        ok = rebuild_case(engine, all.ids[i], err);
    *cases = (int64_t)all.count;
    free(all.ids);
    if (ok)
        return store_commit(engine->store, err);
    store_rollback(engine->store);
    return false;
}
