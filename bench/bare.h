/* Bare SQLite statements that write the rows of a database of ours into another of
 * the same tables and settings: what our own writing is compared with. Any failure
 * ends the program with a message. */
#pragma once

#include <sqlite3.h>
#include <stdbool.h>

void must(bool done, const char *what);

/* A new database at `path` with the tables of the one at `from`, which is attached as
 * `o`, and its rows that belong to no case. */
sqlite3 *bare_make(const char *path, const char *from);
sqlite3_stmt *bare_prepare(sqlite3 *db, const char *sql);

/* Values read into memory before the clock runs. */
typedef struct BareRow {
    sqlite3_value *values[32];
} BareRow;

typedef struct BareRows {
    BareRow *rows; /* owned */
    int count, capacity, columns;
} BareRows;

BareRows bare_rows(sqlite3 *db, const char *sql);
void bare_rows_clear(BareRows *rows);
/* VERB INTO main.TABLE VALUES (?, …) */
sqlite3_stmt *bare_insert(sqlite3 *db, const char *table, int columns, const char *verb);
void bare_put(sqlite3_stmt *stmt, const BareRow *row, int columns);
void bare_run(sqlite3_stmt *stmt);

/* Removes every file of a folder. */
void bare_clean(const char *folder);
