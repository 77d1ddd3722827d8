/* Writes past cases as files that other tools and our own reader take: CSV (RFC 4180
 * with LF; UTF-8) or XES (IEEE 1849). Rows come in the order given, of XES grouped by
 * case. Gathers in a Text that whoever owns it empties as it grows, so that memory
 * stays flat. Opens no file. */
#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "base/text.h"
#include "calendar/zone.h"

typedef enum LogFormat { LOG_CSV, LOG_XES } LogFormat;

typedef struct LogWriter {
    LogFormat format;
    Text *out;                /* borrowed */
    const char *const *facts; /* borrowed: headings of the columns after the first five */
    uint32_t fact_count;
    const char *remark; /* XES: a comment at the top; NULL: none. No "--" in it */
    Zone zone;          /* times are written as local to it, with their offset */
    bool raw;           /* CSV: cells as they are, also where a spreadsheet would take
                           them for a formula */
    Text open_case;     /* owned: of XES, the case whose trace is open */
    bool has_case, has_event;
} LogWriter;

typedef struct LogWriteRow {
    const char *case_id, *activity;
    const char *person, *role; /* "": not said */
    const char *const *values; /* one for each fact; "" or NULL: none */
    Moment at;                 /* RANK_DATE_ONLY: written as a date, also in XES, which has
                                  no other word for a day that is not its midnight */
} LogWriteRow;

/* The heading: case, activity, time, person, role, then the facts. */
void log_write_begin(LogWriter *writer);
void log_write_row(LogWriter *writer, const LogWriteRow *row);
/* What is still open, once everything is written. Not after a failure: half a log must
 * not look like a whole one. */
void log_write_end(LogWriter *writer);
/* Frees what the writer holds; in any case. */
void log_write_clear(LogWriter *writer);

/* One cell of CSV (RFC 4180), quoted where it must be. Unless `raw`, what a spreadsheet
 * would run begins with an apostrophe. */
void csv_cell(Text *out, const char *cell, bool raw);
