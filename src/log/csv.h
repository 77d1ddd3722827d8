/* Records of a CSV file (RFC 4180, with any one-character separator and quote), cell
 * by cell, without a copy where none is needed. Line ends are CR, LF or CRLF, inside
 * quotes too; the last may be missing. A quote within an unquoted cell is text.
 * What cannot be told apart for sure ends the reading: text after a closing quote, a
 * quote that is never closed. Says nothing of what the cells mean. */
#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "base/limits.h"
#include "log/mapping.h"
#include "log/names.h"
#include "log/source.h"

typedef struct Csv {
    Source *source;   /* borrowed */
    const char *path; /* borrowed; for messages */
    char separator, quote;
    LogEncoding encoding;
    uint64_t separators;              /* eight of them */
    uint8_t kinds[256];               /* what a byte is to the scan */
    uint64_t next_line;               /* on which the next record begins, from 1 */
    uint64_t line;                    /* on which this one does */
    LogText cells[LIMIT_CSV_COLUMNS]; /* of this record, until the next */
    uint32_t count;                   /* of all its cells, also of those beyond the array */
    bool is_bad_text;                 /* it holds bytes that the encoding has not, or a NUL */
    bool has_high;                    /* it holds bytes that are not ASCII */
    char *converted;                  /* owned; cells that had to be copied */
    size_t converted_capacity;
} Csv;

typedef enum CsvStep { CSV_FAILED, CSV_RECORD, CSV_END } CsvStep;

/* `quote` 0: no character quotes. */
void csv_begin(Csv *csv, Source *source, const char *path, char separator, char quote,
               LogEncoding encoding);
/* The next record that is not an empty line. CSV_FAILED: ERROR_INPUT with the line on
 * which the record begins, ERROR_LIMIT, or an error of the source. */
CsvStep csv_next(Csv *csv, Error *err);
void csv_clear(Csv *csv);
