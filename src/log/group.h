/* Rows into cases, wherever they stand: each case's in order of moment, the mapping's
 * rank of their activity, file and line. Looks at the order on the way: ties, rows
 * said twice, bursts. Knows nothing of files; used for all rows at once and part by
 * part. */
#pragma once

#include "log/log.h"
#include "log/names.h"

typedef struct LogGroup {
    LogRow *rows;    /* owned */
    LogCase *cases;  /* owned; ascending by the bytes of their ids */
    LogRow *removed; /* owned; with the mapping's dedupe: rows that stood there before */
    uint32_t case_count;
    size_t row_count, removed_count, removed_capacity;
} LogGroup;

typedef struct LogGroupWish {
    const Log *log; /* borrowed: names and marks */
    const Mapping *mapping;
    const uint32_t *ranks; /* of log_ranks; NULL: none declared */
    const uint32_t *lost;  /* case names of this part without a row that could be read */
    uint32_t lost_count;
} LogGroupWish;

/* By activity, its declared rank, those without one last; NULL where the mapping
 * declares none. The caller frees it. */
uint32_t *log_ranks(const Log *log, const Mapping *mapping);

/* Takes `rows`, in order of file and line. Adds ties, duplicates, bursts and what was
 * out of order to *notes. Several threads may group parts of one log at once. */
void log_group(const LogGroupWish *wish, LogRow *rows, size_t count, LogGroup *group,
               LogNotes *notes);
void log_group_clear(LogGroup *group);
