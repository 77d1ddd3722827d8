/* Rows of words in aligned columns, as wide as their longest cell. The last
 * column of a row is not padded. Cells are made safe for a terminal. */
#pragma once

#include <stdbool.h>
#include <stddef.h>

#include "base/text.h"

enum { TABLE_COLUMNS = 12 };

typedef struct TableRow {
    char *cells[TABLE_COLUMNS]; /* owned; NULL: empty */
    bool is_urgent;             /* its first cell stands out, where colour is allowed */
} TableRow;

typedef struct Table {
    TableRow *rows; /* owned */
    size_t count, capacity;
    size_t indent;
} Table;

/* Cells up to the first NULL. */
TableRow *table_add(Table *table, const char *cell, ...) __attribute__((sentinel));
void table_print(const Table *table, bool colour, Text *out);
void table_clear(Table *table);
