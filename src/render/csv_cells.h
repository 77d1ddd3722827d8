/* Cells of a table for people, as CSV (RFC 4180): what a spreadsheet would take for a
 * formula begins with an apostrophe, unless raw text is asked for. */
#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "base/text.h"

typedef struct CsvTable {
    Text *out; /* borrowed */
    bool raw;
    bool begun; /* the line has a cell */
} CsvTable;

void csv_text(CsvTable *table, const char *cell); /* NULL: empty */
void csv_number(CsvTable *table, int64_t number);
void csv_bool(CsvTable *table, bool yes); /* yes, no */
void csv_line_end(CsvTable *table);
/* A heading line of texts, ended by NULL. */
void csv_heading(CsvTable *table, const char *const *cells);
