/* A log given out by case. What fits into memory and is wanted by one thread is one
 * part. Else it is cut: rows that do not fit go to a temporary file as they come, then
 * each to its part, and the parts are grouped and visited by as many threads as asked
 * for. Parts, cases and rows have the same order either way. */
#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>

#include "base/limits.h"
#include "base/mem.h"
#include "log/group.h"
#include "log/parts.h"
#include "log/reader.h"

enum {
    PARTS_EACH = 8,                /* for a thread, so that none waits long for the others */
    LEAST_ROWS = 1000,             /* of a part, if there are so many */
    PIECE_BYTES = 4 * 1024 * 1024, /* of the temporary file, read at once */
};

typedef struct Visit {
    const LogRequest *request;
    Log *log;
    LogVisit visit;
    void *context;
    CaseCounts counts;
    Scratch spilled; /* rows in the order of the files */
    uint64_t spilled_bytes;
    size_t spilled_rows;
    LogParts parts;
    uint32_t *ranks;  /* owned; NULL: none declared */
    LogGroup *groups; /* owned; by part: what was removed of it */
    LogNotes *notes;  /* owned; by part */
    atomic_uint next;
    atomic_bool stopped;
} Visit;

/* ---- what comes of grouping ------------------------------------------------------------ */

static void tell_removed(Log *log, const LogGroup *group)
{
    for (size_t i = 0; i < group->removed_count; i++) {
        const LogRow *row = &group->removed[i];
        log->files[row->file].used--;
        log_set_aside(log, SET_ASIDE_DUPLICATE, row->file, row->line, row->case_name,
                      (LogText){log->activities.texts[row->activity],
                                log->activities.lengths[row->activity]});
    }
}

static void add_notes(LogNotes *to, const LogNotes *from)
{
    to->ties += from->ties;
    to->duplicates += from->duplicates;
    to->out_of_order += from->out_of_order;
    to->bursts += from->bursts;
}

/* ---- all at once ------------------------------------------------------------------------- */

/* Cases of which every row was set aside: they are given out all the same. */
static uint32_t find_lost(const Log *log, uint32_t **lost)
{
    uint32_t count = 0;
    bool *has_rows = mem_alloc_array(log->cases.count, sizeof *has_rows);
    for (size_t i = 0; i < log->row_count; i++)
        has_rows[log->rows[i].case_name] = true;
    *lost = mem_alloc_array(log->mark_count, sizeof **lost);
    for (uint32_t name = 1; name < log->mark_count; name++)
        if (log->marks[name].line && !has_rows[name])
            (*lost)[count++] = name;
    free(has_rows);
    return count;
}

static void forget_rows(Log *log)
{
    log->rows = NULL;
    log->row_count = log->row_capacity = 0;
}

static bool visit_whole(Visit *all, LogBegin begin, Error *err)
{
    Log *log = all->log;
    LogGroup group;
    uint32_t *lost = NULL, lost_count = log->mark_count ? find_lost(log, &lost) : 0;
    LogGroupWish wish = {log, all->request->mapping, all->ranks, lost, lost_count};
    log_group(&wish, log->rows, log->row_count, &group, &log->notes);
    forget_rows(log);
    tell_removed(log, &group);
    LogPart part = {log, group.rows, group.cases, group.case_count};
    bool done =
        (!begin || begin(all->context, log, err)) && all->visit(all->context, 0, 0, &part, err);
    log_group_clear(&group);
    free(lost);
    return done;
}

/* ---- rows to the temporary file ------------------------------------------------------------
 */

/* Each row with its values behind it, as in the parts. */
static bool write_rows(Visit *all, const Log *log, Error *err)
{
    size_t size = log->row_count * sizeof(LogRow) + log->row_value_count * sizeof(LogValue);
    char *bytes = mem_alloc_raw(size), *at = bytes;
    for (size_t i = 0; i < log->row_count; i++) {
        const LogRow *row = &log->rows[i];
        size_t values = row->value_count * sizeof(LogValue);
        memcpy(at, row, sizeof *row);
        memcpy(at + sizeof *row, log->row_values + row->first_value, values);
        at += sizeof *row + values;
    }
    size_t used = (size_t)(at - bytes);
    bool done = scratch_write(&all->spilled, bytes, used, all->spilled_bytes, err);
    all->spilled_bytes += used;
    all->spilled_rows += log->row_count;
    free(bytes);
    return done;
}

static bool spill(void *context, Log *log, Error *err)
{
    Visit *all = context;
    if (all->spilled.file < 0 && !scratch_open(&all->spilled, all->request->scratch, err))
        return false;
    case_counts_add(&all->counts, log, log->rows, log->row_count);
    bool done = write_rows(all, log, err);
    log->row_count = log->row_value_count = 0;
    return done;
}

/* ---- rows to their parts --------------------------------------------------------------------
 */

static bool put_from_memory(Visit *all, Error *err)
{
    const Log *log = all->log;
    for (size_t i = 0; i < log->row_count; i++)
        if (!parts_put(&all->parts, &log->rows[i], log->row_values + log->rows[i].first_value,
                       err))
            return false;
    return true;
}

/* Puts the whole rows of a piece; *used: how many bytes they have. */
static bool put_piece(Visit *all, const char *bytes, size_t count, size_t *used, Error *err)
{
    LogRow row;
    LogValue *values = NULL;
    size_t capacity = 0;
    bool done = true;
    *used = 0;
    while (done && count - *used >= sizeof row) {
        memcpy(&row, bytes + *used, sizeof row);
        size_t size = row.value_count * sizeof *values;
        if (count - *used - sizeof row < size)
            break;
        values = mem_grow(values, &capacity, row.value_count, sizeof *values);
        memcpy(values, bytes + *used + sizeof row, size);
        done = parts_put(&all->parts, &row, values, err);
        *used += sizeof row + size;
    }
    free(values);
    return done;
}

static bool put_from_file(Visit *all, Error *err)
{
    char *piece = mem_alloc_raw(PIECE_BYTES);
    bool done = true;
    for (uint64_t at = 0; done && at < all->spilled_bytes;) {
        uint64_t left = all->spilled_bytes - at;
        size_t count = left < PIECE_BYTES ? (size_t)left : PIECE_BYTES, used;
        done = scratch_read(&all->spilled, piece, count, at, err) &&
               put_piece(all, piece, count, &used, err);
        at += done ? used : 0;
    }
    free(piece);
    return done;
}

static size_t memory_of(const LogRequest *request)
{
    return request->memory ? request->memory : LIMIT_LOG_MEMORY;
}

static unsigned jobs_of(const LogRequest *request)
{
    return request->jobs ? request->jobs : 1;
}

/* Each thread has a part in hand, packed and unpacked, grouped from one place to another. */
static size_t rows_each(const Visit *all, bool in_file)
{
    size_t rows = all->spilled_rows + all->log->row_count;
    size_t by_jobs = rows / (jobs_of(all->request) * PARTS_EACH) + 1;
    size_t by_memory =
        memory_of(all->request) / (4 * sizeof(LogRow) * jobs_of(all->request)) + 1;
    size_t each = in_file && by_memory < by_jobs ? by_memory : by_jobs;
    return each < LEAST_ROWS && !in_file ? LEAST_ROWS : each;
}

static bool make_parts(Visit *all, Error *err)
{
    Log *log = all->log;
    bool in_file = all->spilled.file >= 0;
    if (in_file && log->row_count && !spill(all, log, err))
        return false;
    if (!in_file)
        case_counts_add(&all->counts, log, log->rows, log->row_count);
    if (!parts_plan(&all->parts, log, &all->counts, rows_each(all, in_file), in_file,
                    all->request->scratch, err))
        return false;
    bool done = (in_file ? put_from_file(all, err) : put_from_memory(all, err)) &&
                parts_finish(&all->parts, err);
    free(log->rows);
    forget_rows(log);
    scratch_close(&all->spilled);
    return done;
}

/* ---- visiting parts
 * ----------------------------------------------------------------------------- */

static bool visit_part(Visit *all, unsigned worker, uint32_t number, Error *err)
{
    const LogSpan *span = &all->parts.spans[number];
    Log log = *all->log;
    LogRow *rows;
    LogValue *values;
    if (!parts_take(&all->parts, number, &rows, &values, err))
        return false;
    log.row_values = values ? values : all->log->row_values;
    LogGroupWish wish = {&log, all->request->mapping, all->ranks, span->lost, span->lost_count};
    LogGroup *group = &all->groups[number];
    log_group(&wish, rows, span->row_count, group, &all->notes[number]);
    LogPart part = {&log, group->rows, group->cases, group->case_count};
    bool done = all->visit(all->context, worker, number, &part, err);
    free(group->rows);
    free(group->cases);
    group->rows = NULL;
    group->cases = NULL;
    free(values);
    return done;
}

static bool was_interrupted(const LogRequest *request, Error *err)
{
    return request->progress && !request->progress(request->progress_context, 0, 0) &&
           !error_kind(err, ERROR_INTERRUPTED, "stopped");
}

typedef struct Worker {
    Visit *all;
    unsigned number;
    pthread_t thread;
    bool is_thread;
    uint32_t failed_at; /* the part */
    Error err;          /* kind ERROR_NONE: none */
} Worker;

static void *work(void *context)
{
    Worker *worker = context;
    Visit *all = worker->all;
    while (!atomic_load(&all->stopped)) {
        uint32_t number = atomic_fetch_add(&all->next, 1);
        if (number >= all->parts.count)
            break;
        if (!was_interrupted(all->request, &worker->err) &&
            visit_part(all, worker->number, number, &worker->err))
            continue;
        worker->failed_at = number;
        atomic_store(&all->stopped, true);
    }
    return NULL;
}

/* The error of the earliest part. */
static bool first_error(const Worker *workers, unsigned count, Error *err)
{
    const Worker *first = NULL;
    for (unsigned i = 0; i < count; i++)
        if (workers[i].err.kind != ERROR_NONE &&
            (!first || workers[i].failed_at < first->failed_at))
            first = &workers[i];
    if (first)
        *err = first->err;
    return first != NULL;
}

/* A thread that cannot be had is done without. */
static bool run_workers(Visit *all, Error *err)
{
    unsigned count = jobs_of(all->request);
    Worker *workers = mem_alloc_array(count, sizeof *workers);
    for (unsigned i = 0; i < count; i++)
        workers[i] = (Worker){.all = all, .number = i};
    for (unsigned i = 1; i < count; i++)
        workers[i].is_thread = pthread_create(&workers[i].thread, NULL, work, &workers[i]) == 0;
    work(&workers[0]);
    for (unsigned i = 1; i < count; i++)
        if (workers[i].is_thread)
            pthread_join(workers[i].thread, NULL);
    bool failed = first_error(workers, count, err);
    free(workers);
    return !failed;
}

static bool visit_parts(Visit *all, LogBegin begin, Error *err)
{
    if (!make_parts(all, err) || (begin && !begin(all->context, all->log, err)))
        return false;
    all->groups = mem_alloc_array(all->parts.count, sizeof *all->groups);
    all->notes = mem_alloc_array(all->parts.count, sizeof *all->notes);
    bool done = run_workers(all, err);
    for (uint32_t i = 0; i < all->parts.count; i++) {
        tell_removed(all->log, &all->groups[i]);
        add_notes(&all->log->notes, &all->notes[i]);
        log_group_clear(&all->groups[i]);
    }
    return done;
}

bool log_visit(const LogRequest *request, LogBegin begin, LogVisit visit, void *context,
               Log *log, Error *err)
{
    Visit all = {.request = request,
                 .log = log,
                 .visit = visit,
                 .context = context,
                 .spilled = {.file = -1},
                 .parts = {.scratch = {.file = -1}}};
    *log = (Log){0};
    LogReader reader = {.log = log,
                        .request = request,
                        .flush = spill,
                        .flush_context = &all,
                        .flush_at = memory_of(request) / (2 * sizeof(LogRow)) + 1};
    bool done = reader_read_all(&reader, err);
    reader_clear(&reader);
    if (done) {
        all.ranks = log_ranks(log, request->mapping);
        bool whole = all.spilled.file < 0 && jobs_of(request) == 1;
        done = whole ? visit_whole(&all, begin, err) : visit_parts(&all, begin, err);
    }
    free(all.ranks);
    free(all.groups);
    free(all.notes);
    case_counts_clear(&all.counts);
    parts_clear(&all.parts);
    scratch_close(&all.spilled);
    return done;
}
