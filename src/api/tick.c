/* Time passing: every case in which something has fallen due is worked out up to
 * now, in due order, some hundred cases to a transaction. What people did is not
 * touched; only caches and the outbox follow. */
#include <stdlib.h>
#include <string.h>

#include "api/case.h"
#include "base/mem.h"

enum { BATCH = 100 };

typedef struct Ticking {
    Engine *engine;
    TickResult *result;
    Moment now;
    int64_t batch[BATCH];
    size_t batch_count;
    int64_t *faulty; /* owned: cases that stay as they were */
    size_t faulty_count, faulty_capacity;
} Ticking;

static bool is_faulty(const Ticking *ticking, int64_t id)
{
    for (size_t i = 0; i < ticking->faulty_count; i++)
        if (ticking->faulty[i] == id)
            return true;
    return false;
}

static bool visit_due(void *context, const CaseRow *row, Error *err)
{
    (void)err;
    Ticking *ticking = context;
    if (!is_faulty(ticking, row->id) && ticking->batch_count < BATCH)
        ticking->batch[ticking->batch_count++] = row->id;
    return true;
}

static void count_missed(Ticking *ticking, const Vm *vm)
{
    for (uint32_t i = 0; i < vm->happened_count; i++)
        ticking->result->missed += vm->happened[i].kind == HAPPENED_MISSED;
}

static bool store_advanced(Ticking *ticking, LoadedCase *loaded, Error *err)
{
    const Vm *vm = &loaded->definition->vm;
    OutboxRows rows = {0};
    outbox_from_happened(loaded->definition, loaded->row.id, loaded->record, vm->happened,
                         vm->happened_count, MOMENT_NONE, &rows);
    bool ok =
        outbox_add(ticking->engine, &rows, err) && case_save(ticking->engine, loaded, err);
    ticking->result->notifications += (int64_t)rows.fresh_count;
    outbox_rows_clear(&rows);
    return ok;
}

static void set_aside(Ticking *ticking, int64_t id)
{
    ticking->faulty = mem_grow(ticking->faulty, &ticking->faulty_capacity,
                               ticking->faulty_count + 1, sizeof *ticking->faulty);
    ticking->faulty[ticking->faulty_count++] = id;
    ticking->result->faulty++;
}

static bool tick_case(Ticking *ticking, int64_t id, Error *err)
{
    LoadedCase loaded = {0};
    LazyLog past = {.engine = ticking->engine, .case_id = id};
    bool ok = case_find_number(ticking->engine, id, &loaded, err) &&
              case_load(ticking->engine, &loaded, err);
    past.definition = loaded.definition;
    if (ok) {
        vm_begin(&loaded.definition->vm);
        bool advanced = case_advance(&loaded, ticking->now, &past);
        ok = lazy_log_is_fine(&past, err);
        if (ok && advanced) {
            count_missed(ticking, &loaded.definition->vm);
            ticking->result->cases++;
            ok = store_advanced(ticking, &loaded, err);
        } else if (ok) {
            set_aside(ticking, id);
        }
    }
    case_log_clear(&past.log);
    case_clear(&loaded);
    return ok;
}

/* What falls due at the very moment is left for later: people may still act on it. */
static bool tick_batch(Ticking *ticking, Error *err)
{
    Store *store = ticking->engine->store;
    if (!store_begin(store, err))
        return false;
    ticking->batch_count = 0;
    bool ok = store_cases_due(store, ticking->now - 1, BATCH + (int64_t)ticking->faulty_count,
                              visit_due, ticking, err);
    for (size_t i = 0; ok && i < ticking->batch_count; i++)
        ok = tick_case(ticking, ticking->batch[i], err);
    if (ok && ticking->batch_count)
        return store_commit(store, err);
    store_rollback(store);
    return ok;
}

bool engine_tick(Engine *engine, TickResult *result, Error *err)
{
    Ticking ticking = {.engine = engine, .result = result, .now = now_moment(engine->now)};
    *result = (TickResult){0};
    if (engine->read_only)
        return error_kind(err, ERROR_PERMISSION, "the database was opened for reading only");
    bool ok;
    do
        ok = tick_batch(&ticking, err);
    while (ok && ticking.batch_count);
    free(ticking.faulty);
    return ok;
}
