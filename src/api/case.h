/* A case in hand: its row, its definition, its record; and the caches that follow
 * from the record. */
#pragma once

#include "api/bind.h"
#include "api/engine_internal.h"

typedef struct LoadedCase {
    CaseRow row; /* text in the arena; `record` is not used */
    Arena arena;
    Definition *definition; /* borrowed from the engine */
    int64_t *record;        /* owned; slot_count slots */
    bool was_cached; /* false: the kept record was missing, damaged or laid out otherwise */
} LoadedCase;

/* By number ("7" or "#7") or reference. */
bool case_find(Engine *engine, const char *which, LoadedCase *loaded, Error *err);
bool case_find_number(Engine *engine, int64_t id, LoadedCase *loaded, Error *err);
/* How many cases have that reference; NULL: none. */
bool case_count_namesakes(Engine *engine, const char *reference, int64_t *count, Error *err);
/* A case of a row that a walk hands out. */
void case_take_row(LoadedCase *loaded, const CaseRow *row);
/* Definition and record: the cached one, or rebuilt from the entries as of the same
 * moment. */
bool case_load(Engine *engine, LoadedCase *loaded, Error *err);
/* The definition only. */
bool case_load_definition(Engine *engine, LoadedCase *loaded, Error *err);
/* Works time out up to `to`, if that is later. False: the step budget was spent and
 * the record is as it was. Look whether `past` is fine afterwards. */
bool case_advance(LoadedCase *loaded, Moment to, LazyLog *past);
void case_clear(LoadedCase *loaded);
size_t case_record_bytes(const LoadedCase *loaded);
/* Whether the kept record is whole, as it was written for this case. */
bool case_record_is_sound(const LoadedCase *loaded);

/* What folding a bound log came to. */
typedef struct Folded {
    Conflict *conflicts; /* in the arena given; entries the machine refused, left out */
    uint32_t conflict_count;
    uint32_t watched_from; /* happened_count when the entry `watch` was reached */
    bool spent;            /* the step budget while time went on */
} Folded;

/* Folds into `record`, then up to `until` when that is later than the last entry. What
 * happened is in the definition's vm. `watch`: an entry's number, or 0. */
Folded case_log_fold(Definition *definition, CaseLog *log, int64_t *record, Moment until,
                     int64_t watch, Arena *arena);

/* Writes the case's row, its record and its task rows. */
bool case_save(Engine *engine, LoadedCase *loaded, Error *err);

/* ---- caches.c ----------------------------------------------------------------------- */

typedef struct TaskRows {
    Arena arena;
    TaskRow *rows; /* owned */
    size_t count, capacity;
} TaskRows;

void tasks_from_record(const Definition *definition, const int64_t *record, TaskRows *rows);
void task_rows_clear(TaskRows *rows);

typedef struct OutboxRows {
    Arena arena;
    OutboxRow *rows; /* owned */
    size_t count, capacity;
    uint32_t *sources; /* owned; for each row, which of `happened` it comes of */
    size_t source_capacity;
    uint32_t *fresh; /* owned; after adding: the sources of those that were new */
    size_t fresh_count, fresh_capacity;
} OutboxRows;

/* The notifications that `happened` amounts to. `import`: nothing before it is told to
 * anybody. */
void outbox_from_happened(const Definition *definition, int64_t case_id, const int64_t *record,
                          const Happened *happened, uint32_t count, Moment import,
                          OutboxRows *rows);
void outbox_rows_clear(OutboxRows *rows);
/* Adds what is new. */
bool outbox_add(Engine *engine, OutboxRows *rows, Error *err);
/* Makes the outbox of the case hold exactly `rows`: adds, and withdraws what is not
 * among them. */
bool outbox_settle(Engine *engine, int64_t case_id, OutboxRows *rows, int64_t *withdrawn,
                   Error *err);
