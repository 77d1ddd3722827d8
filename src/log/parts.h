/* A log cut into parts: whole cases, ascending by id, about as many rows in each; so
 * that several threads can judge them, and that a log larger than memory can be read
 * back part by part. Rows stand in memory by part, or in a temporary file. */
#pragma once

#include "log/log.h"
#include "log/scratch.h"

typedef struct LogSpan {
    uint64_t offset; /* in the temporary file, of its rows' bytes */
    size_t row_count, value_count;
    size_t next;          /* while rows come in: bytes, or rows in memory */
    LogRow *rows;         /* owned, until they are taken; NULL: in the file */
    const uint32_t *lost; /* of its cases those without a row: into `lost` of the parts */
    uint32_t lost_count;
} LogSpan;

typedef struct LogParts {
    LogSpan *spans; /* owned; ascending */
    uint32_t count;
    uint32_t *part_of; /* owned; by case name: its part + 1; 0: it has neither row nor mark */
    uint32_t *lost;    /* owned; case names without a row that could be read, by part */
    Scratch scratch;   /* where the rows of the parts are; file -1: in memory */
    struct SpanBuffer *buffers; /* owned; while rows come in */
} LogParts;

/* Rows and values of each case, as they come. */
typedef struct CaseCounts {
    uint32_t *rows, *values; /* owned; by case name */
    size_t row_capacity, value_capacity;
    uint32_t count;
} CaseCounts;

void case_counts_add(CaseCounts *counts, const Log *log, const LogRow *rows, size_t count);
void case_counts_clear(CaseCounts *counts);

/* Parts of about `rows_each` rows, for rows in memory; or, with `in_file`, with room in
 * a temporary file. */
bool parts_plan(LogParts *parts, const Log *log, const CaseCounts *counts, size_t rows_each,
                bool in_file, const char *folder, Error *err);
/* Puts a row where its case belongs. Rows come in order of file and line. */
bool parts_put(LogParts *parts, const LogRow *row, const LogValue *values, Error *err);
/* All rows are there. */
bool parts_finish(LogParts *parts, Error *err);
/* The rows of one part, in order of file and line; with *values those that the rows'
 * first_value counts in, NULL where it counts in the log's. The caller frees both. May be
 * called by several threads at once, for different parts. */
bool parts_take(LogParts *parts, uint32_t part, LogRow **rows, LogValue **values, Error *err);
void parts_clear(LogParts *parts);
