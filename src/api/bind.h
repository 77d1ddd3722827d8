/* From the rows of the log to what the machine takes: names become indices, JSON
 * becomes values, corrections are worked in. The only place that does so. */
#pragma once

#include "api/engine_internal.h"
#include "vm/fold.h"

/* All entries of one case, and what of them counts. Strings are in the arena. */
typedef struct CaseLog {
    Arena arena;
    EntryRow *rows; /* owned; by number */
    size_t count, capacity;
    int64_t *voided_by; /* by row, in the arena: number of the entry that makes it void, or 0 */
    int64_t *amended_by; /* likewise: of the entry whose content counts instead */
    Entry *folded;       /* in total order, in the arena */
    uint32_t folded_count;
    Entry *by_number; /* the same, ascending by number */
    Moment import;    /* when the last imported entry was recorded; MOMENT_NONE */
} CaseLog;

bool case_log_load(Engine *engine, int64_t case_id, CaseLog *log, Error *err);
/* Copies `row` to the end. */
void case_log_add(CaseLog *log, const EntryRow *row);
/* Fills voided_by, amended_by, folded and by_number. */
bool case_log_bind(Engine *engine, const Definition *definition, CaseLog *log, Error *err);
void case_log_clear(CaseLog *log);
const EntryRow *case_log_row(const CaseLog *log, int64_t number); /* NULL: not there */
/* An EntryFinder over a bound log. */
const Entry *case_log_find(void *context, int64_t number);

/* The same, read when first asked for: most steps look at no earlier entry. */
typedef struct LazyLog {
    Engine *engine;
    const Definition *definition;
    int64_t case_id;
    CaseLog log;
    bool bound;
    Error failed; /* why it could not be read: what was worked out without it is void */
} LazyLog;

bool lazy_log_load(LazyLog *lazy, Error *err);
/* An EntryFinder; `context` is a LazyLog. */
const Entry *lazy_log_find(void *context, int64_t number);
/* Did every look into it succeed? */
bool lazy_log_is_fine(const LazyLog *lazy, Error *err);

/* One entry; its lists go into the arena. Names the flow does not know are damage. */
bool bind_entry(Engine *engine, const Definition *definition, const EntryRow *row, Arena *arena,
                Entry *entry, Error *err);
bool kind_is_correction(LogKind kind);
/* Where a piece of work stands: its state's name, else its track's. */
const char *work_place(const Program *program, uint32_t work);
