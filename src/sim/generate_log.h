/* Made-up cases as a log: the flow's names, people called by their role and a number,
 * and a column for each fact that somebody may be asked for. Every case id begins
 * with "synthetic-". */
#pragma once

#include "log/write.h"
#include "sim/generate.h"

typedef struct GenerateLog {
    const Program *program; /* borrowed */
    LogWriter writer;
    Text rows;                    /* owned; empty it as it grows */
    uint32_t *columns;            /* owned; by fact: 1 + its column, 0 none */
    const char **facts, **values; /* owned; by column */
    Text *cells;                  /* owned; by column: numbers and dates in words */
} GenerateLog;

/* Writes the heading. generate_log_clear ends it. */
void generate_log_begin(GenerateLog *log, const Program *program, LogFormat format);
void generate_log_case(GenerateLog *log, const GeneratedCase *one);
/* After the last case. */
void generate_log_end(GenerateLog *log);
void generate_log_clear(GenerateLog *log);
