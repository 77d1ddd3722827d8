#include "log/parts.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "log/group.h"

enum { BUFFER_BYTES = 64 * 1024 };

typedef struct SpanBuffer {
    char *bytes; /* owned */
    size_t used;
} SpanBuffer;

/* ---- counting ----------------------------------------------------------------------- */

static uint32_t *grow_counts(uint32_t *counts, size_t *capacity, uint32_t from, uint32_t to)
{
    counts = mem_grow(counts, capacity, to, sizeof *counts);
    memset(counts + from, 0, (to - from) * sizeof *counts);
    return counts;
}

void case_counts_add(CaseCounts *counts, const Log *log, const LogRow *rows, size_t count)
{
    uint32_t names = log->cases.count;
    if (names > counts->count) {
        counts->rows = grow_counts(counts->rows, &counts->row_capacity, counts->count, names);
        counts->values =
            grow_counts(counts->values, &counts->value_capacity, counts->count, names);
        counts->count = names;
    }
    for (size_t i = 0; i < count; i++) {
        counts->rows[rows[i].case_name]++;
        counts->values[rows[i].case_name] += rows[i].value_count;
    }
}

void case_counts_clear(CaseCounts *counts)
{
    free(counts->rows);
    free(counts->values);
    *counts = (CaseCounts){0};
}

/* ---- planning ------------------------------------------------------------------------- */

static bool has_mark(const Log *log, uint32_t name)
{
    return name < log->mark_count && log->marks[name].line;
}

/* The names of all cases that have a row or a mark. */
static uint32_t *cases_there(const Log *log, const CaseCounts *counts, uint32_t *count)
{
    uint32_t *names = mem_alloc_array(log->cases.count, sizeof *names);
    *count = 0;
    for (uint32_t name = 0; name < log->cases.count; name++)
        if ((name < counts->count && counts->rows[name]) || has_mark(log, name))
            names[(*count)++] = name;
    log_names_sort(&log->cases, names, *count);
    return names;
}

static void add_span(LogParts *parts, size_t *capacity)
{
    parts->spans = mem_grow(parts->spans, capacity, parts->count + 1u, sizeof *parts->spans);
    parts->spans[parts->count++] = (LogSpan){0};
}

static void place_cases(LogParts *parts, const CaseCounts *counts, const uint32_t *names,
                        uint32_t name_count, size_t rows_each)
{
    size_t capacity = 0;
    uint32_t lost = 0;
    parts->part_of = mem_alloc_array(counts->count + 1u, sizeof *parts->part_of);
    parts->lost = mem_alloc_array(name_count, sizeof *parts->lost);
    for (uint32_t i = 0; i < name_count; i++) {
        if (parts->count == 0 || parts->spans[parts->count - 1].row_count >= rows_each) {
            add_span(parts, &capacity);
            parts->spans[parts->count - 1].lost = parts->lost + lost;
        }
        LogSpan *span = &parts->spans[parts->count - 1];
        uint32_t rows = names[i] < counts->count ? counts->rows[names[i]] : 0;
        if (rows == 0) {
            parts->lost[lost++] = names[i];
            span->lost_count++;
            continue;
        }
        parts->part_of[names[i]] = parts->count;
        span->row_count += rows;
        span->value_count += counts->values[names[i]];
    }
}

static size_t bytes_of(const LogSpan *span)
{
    return span->row_count * sizeof(LogRow) + span->value_count * sizeof(LogValue);
}

static void make_room_in_memory(LogParts *parts)
{
    for (uint32_t i = 0; i < parts->count; i++)
        parts->spans[i].rows = mem_alloc_raw(parts->spans[i].row_count * sizeof(LogRow));
}

static bool make_room_in_file(LogParts *parts, const char *folder, Error *err)
{
    uint64_t offset = 0;
    parts->buffers = mem_alloc_array(parts->count, sizeof *parts->buffers);
    for (uint32_t i = 0; i < parts->count; i++) {
        parts->spans[i].offset = offset;
        offset += bytes_of(&parts->spans[i]);
        parts->buffers[i].bytes = mem_alloc_raw(BUFFER_BYTES);
    }
    return scratch_open(&parts->scratch, folder, err);
}

bool parts_plan(LogParts *parts, const Log *log, const CaseCounts *counts, size_t rows_each,
                bool in_file, const char *folder, Error *err)
{
    uint32_t count;
    uint32_t *names = cases_there(log, counts, &count);
    *parts = (LogParts){.scratch = {.file = -1}};
    place_cases(parts, counts, names, count, rows_each);
    free(names);
    if (in_file)
        return make_room_in_file(parts, folder, err);
    make_room_in_memory(parts);
    return true;
}

/* ---- rows in -------------------------------------------------------------------------- */

static bool empty_buffer(LogParts *parts, uint32_t part, Error *err)
{
    LogSpan *span = &parts->spans[part];
    SpanBuffer *buffer = &parts->buffers[part];
    bool done = scratch_write(&parts->scratch, buffer->bytes, buffer->used,
                              span->offset + span->next, err);
    span->next += buffer->used;
    buffer->used = 0;
    return done;
}

static bool put_bytes(LogParts *parts, uint32_t part, const void *bytes, size_t count,
                      Error *err)
{
    SpanBuffer *buffer = &parts->buffers[part];
    const char *at = bytes;
    while (count > 0) {
        size_t room = BUFFER_BYTES - buffer->used, now = count < room ? count : room;
        memcpy(buffer->bytes + buffer->used, at, now);
        buffer->used += now;
        at += now;
        count -= now;
        if (buffer->used == BUFFER_BYTES && !empty_buffer(parts, part, err))
            return false;
    }
    return true;
}

bool parts_put(LogParts *parts, const LogRow *row, const LogValue *values, Error *err)
{
    uint32_t part = parts->part_of[row->case_name] - 1;
    LogSpan *span = &parts->spans[part];
    if (span->rows) {
        span->rows[span->next++] = *row;
        return true;
    }
    return put_bytes(parts, part, row, sizeof *row, err) &&
           put_bytes(parts, part, values, row->value_count * sizeof *values, err);
}

static void free_buffers(LogParts *parts)
{
    for (uint32_t i = 0; parts->buffers && i < parts->count; i++)
        free(parts->buffers[i].bytes);
    free(parts->buffers);
    parts->buffers = NULL;
}

bool parts_finish(LogParts *parts, Error *err)
{
    bool done = true;
    for (uint32_t i = 0; done && parts->buffers && i < parts->count; i++)
        done = empty_buffer(parts, i, err);
    free_buffers(parts);
    return done;
}

/* ---- rows out -------------------------------------------------------------------------- */

/* Each row is followed by its values. */
static void unpack(const LogSpan *span, const char *at, LogRow *rows, LogValue *values)
{
    uint32_t next = 0;
    for (size_t i = 0; i < span->row_count; i++) {
        memcpy(&rows[i], at, sizeof rows[i]);
        at += sizeof rows[i];
        memcpy(values + next, at, rows[i].value_count * sizeof *values);
        at += rows[i].value_count * sizeof *values;
        rows[i].first_value = next;
        next += rows[i].value_count;
    }
}

bool parts_take(LogParts *parts, uint32_t part, LogRow **rows, LogValue **values, Error *err)
{
    LogSpan *span = &parts->spans[part];
    *rows = span->rows;
    *values = NULL;
    span->rows = NULL;
    if (parts->scratch.file < 0)
        return true;
    char *bytes = mem_alloc_raw(bytes_of(span));
    bool done = scratch_read(&parts->scratch, bytes, bytes_of(span), span->offset, err);
    if (done) {
        *rows = mem_alloc_raw(span->row_count * sizeof **rows);
        *values = mem_alloc_raw(span->value_count * sizeof **values);
        unpack(span, bytes, *rows, *values);
    }
    free(bytes);
    return done;
}

void parts_clear(LogParts *parts)
{
    free_buffers(parts);
    for (uint32_t i = 0; i < parts->count; i++)
        free(parts->spans[i].rows);
    scratch_close(&parts->scratch);
    free(parts->spans);
    free(parts->part_of);
    free(parts->lost);
    *parts = (LogParts){.scratch = {.file = -1}};
}
