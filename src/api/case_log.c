/* The entries of a case, with corrections worked in. An entry that voids or amends
 * another never reaches the machine: what counts is the log without what is void,
 * each entry with the content that holds now. */
#include <stdlib.h>
#include <string.h>

#include "api/bind.h"
#include "base/mem.h"

/* ---- loading ------------------------------------------------------------------------ */

static const char *keep(CaseLog *log, const char *text)
{
    return text ? arena_strdup(&log->arena, text) : NULL;
}

void case_log_add(CaseLog *log, const EntryRow *row)
{
    log->rows = mem_grow(log->rows, &log->capacity, log->count + 1, sizeof *log->rows);
    EntryRow *copy = &log->rows[log->count++];
    *copy = *row;
    copy->name = keep(log, row->name);
    copy->role = keep(log, row->role);
    copy->on_behalf_role = keep(log, row->on_behalf_role);
    copy->key = keep(log, row->key);
    copy->facts = keep(log, row->facts);
    copy->reason = keep(log, row->reason);
}

static bool visit_entry(void *context, const EntryRow *row, Error *err)
{
    (void)err;
    case_log_add(context, row);
    return true;
}

bool case_log_load(Engine *engine, int64_t case_id, CaseLog *log, Error *err)
{
    return store_entries(engine->store, case_id, visit_entry, log, err);
}

void case_log_clear(CaseLog *log)
{
    arena_clear(&log->arena);
    free(log->rows);
    *log = (CaseLog){0};
}

/* ---- finding ------------------------------------------------------------------------ */

static size_t place_of(const CaseLog *log, int64_t number)
{
    size_t low = 0, high = log->count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (log->rows[middle].number < number)
            low = middle + 1;
        else
            high = middle;
    }
    return low < log->count && log->rows[low].number == number ? low : SIZE_MAX;
}

const EntryRow *case_log_row(const CaseLog *log, int64_t number)
{
    size_t at = place_of(log, number);
    return at == SIZE_MAX ? NULL : &log->rows[at];
}

const Entry *case_log_find(void *context, int64_t number)
{
    const CaseLog *log = context;
    uint32_t low = 0, high = log->folded_count;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        if (log->by_number[middle].number < number)
            low = middle + 1;
        else
            high = middle;
    }
    bool found = low < log->folded_count && log->by_number[low].number == number;
    return found ? &log->by_number[low] : NULL;
}

/* ---- read when needed --------------------------------------------------------------- */

bool lazy_log_load(LazyLog *lazy, Error *err)
{
    if (lazy->bound)
        return true;
    lazy->bound = case_log_load(lazy->engine, lazy->case_id, &lazy->log, err) &&
                  case_log_bind(lazy->engine, lazy->definition, &lazy->log, err);
    return lazy->bound;
}

const Entry *lazy_log_find(void *context, int64_t number)
{
    LazyLog *lazy = context;
    return lazy_log_load(lazy, &lazy->failed) ? case_log_find(&lazy->log, number) : NULL;
}

bool lazy_log_is_fine(const LazyLog *lazy, Error *err)
{
    if (lazy->failed.kind == ERROR_NONE)
        return true;
    *err = lazy->failed;
    return false;
}

/* ---- corrections -------------------------------------------------------------------- */

/* The entry that an amendment is about in the end: amending an amendment amends what
 * that one amended. Each step goes to a lower number. */
static size_t root_of(const CaseLog *log, size_t at)
{
    while (at != SIZE_MAX && log->rows[at].kind == LOG_AMEND) {
        size_t next = place_of(log, log->rows[at].refers_to);
        at = next < at ? next : SIZE_MAX;
    }
    return at;
}

/* From the newest to the oldest, so that a correction which was itself made void has
 * no effect; of several amendments the newest that counts holds. */
static void work_corrections_in(CaseLog *log)
{
    log->voided_by = ARENA_ARRAY(&log->arena, log->count, int64_t);
    log->amended_by = ARENA_ARRAY(&log->arena, log->count, int64_t);
    for (size_t i = log->count; i-- > 0;) {
        const EntryRow *row = &log->rows[i];
        if (!kind_is_correction(row->kind) || log->voided_by[i])
            continue;
        size_t to = row->kind == LOG_VOID ? place_of(log, row->refers_to) : root_of(log, i);
        int64_t *mark = to == SIZE_MAX          ? NULL
                        : row->kind == LOG_VOID ? &log->voided_by[to]
                                                : &log->amended_by[to];
        if (mark && !*mark)
            *mark = row->number;
    }
}

/* The row as it counts: the amendment's time and content, everything else its own.
 * What an amendment makes known is known since it was recorded. */
static EntryRow amended_row(const EntryRow *own, const EntryRow *amendment)
{
    EntryRow row = *own;
    bool same_time =
        own->effective == amendment->effective && own->date_only == amendment->date_only;
    bool same_content =
        own->facts && amendment->facts && strcmp(own->facts, amendment->facts) == 0;
    row.effective = amendment->effective;
    row.effective_day = amendment->effective_day;
    row.date_only = amendment->date_only;
    row.facts = amendment->facts;
    if (!same_time || !same_content)
        row.recorded = amendment->recorded;
    return row;
}

static bool bind_one(Engine *engine, const Definition *definition, CaseLog *log, size_t at,
                     Error *err)
{
    EntryRow row = log->rows[at];
    if (log->amended_by[at])
        row = amended_row(&row, case_log_row(log, log->amended_by[at]));
    Entry *entry = &log->folded[log->folded_count];
    if (!bind_entry(engine, definition, &row, &log->arena, entry, err))
        return false;
    log->folded_count++;
    return true;
}

bool case_log_bind(Engine *engine, const Definition *definition, CaseLog *log, Error *err)
{
    work_corrections_in(log);
    log->folded = ARENA_ARRAY(&log->arena, log->count, Entry);
    log->by_number = ARENA_ARRAY(&log->arena, log->count, Entry);
    log->folded_count = 0;
    log->import = MOMENT_NONE;
    for (size_t i = 0; i < log->count; i++) {
        const EntryRow *row = &log->rows[i];
        if (row->imported && moment_at(row->recorded, RANK_ENTRY) > log->import)
            log->import = moment_at(row->recorded, RANK_ENTRY);
        bool counts = !kind_is_correction(row->kind) && !log->voided_by[i];
        if (counts && !bind_one(engine, definition, log, i, err))
            return false;
    }
    if (log->folded_count)
        memcpy(log->by_number, log->folded, log->folded_count * sizeof *log->folded);
    entries_sort(log->folded, log->folded_count);
    return true;
}
