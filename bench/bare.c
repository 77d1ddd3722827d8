#include "bare.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

void must(bool done, const char *what)
{
    if (done)
        return;
    fprintf(stderr, "bench: %s\n", what);
    exit(1);
}

static void run(sqlite3 *db, const char *sql)
{
    must(sqlite3_exec(db, sql, NULL, NULL, NULL) == SQLITE_OK, sqlite3_errmsg(db));
}

sqlite3_stmt *bare_prepare(sqlite3 *db, const char *sql)
{
    sqlite3_stmt *stmt = NULL;
    must(sqlite3_prepare_v3(db, sql, -1, SQLITE_PREPARE_PERSISTENT, &stmt, NULL) == SQLITE_OK,
         sqlite3_errmsg(db));
    return stmt;
}

sqlite3 *bare_make(const char *path, const char *from)
{
    char sql[300];
    sqlite3 *db = NULL;
    must(sqlite3_open(path, &db) == SQLITE_OK, "cannot make the bare database");
    run(db, "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA wal_autocheckpoint=0;"
            "PRAGMA foreign_keys=ON; PRAGMA temp_store=MEMORY");
    snprintf(sql, sizeof sql, "ATTACH '%s' AS o", from);
    run(db, sql);
    sqlite3_stmt *schema =
        bare_prepare(db, "SELECT sql FROM o.sqlite_master WHERE sql IS NOT NULL"
                         " AND name NOT LIKE 'sqlite_%' ORDER BY type = 'table' DESC,"
                         " type = 'index' DESC, rowid");
    while (sqlite3_step(schema) == SQLITE_ROW)
        run(db, (const char *)sqlite3_column_text(schema, 0));
    sqlite3_finalize(schema);
    run(db, "INSERT INTO person SELECT * FROM o.person;"
            "INSERT INTO definition SELECT * FROM o.definition;"
            "INSERT INTO calendar_version SELECT * FROM o.calendar_version;"
            "INSERT INTO entry SELECT * FROM o.entry WHERE case_id IS NULL;"
            "INSERT INTO entry_content SELECT c.* FROM o.entry_content AS c JOIN o.entry AS e"
            " ON e.number = c.entry WHERE e.case_id IS NULL");
    return db;
}

BareRows bare_rows(sqlite3 *db, const char *sql)
{
    sqlite3_stmt *stmt = bare_prepare(db, sql);
    BareRows rows = {.columns = sqlite3_column_count(stmt)};
    while (sqlite3_step(stmt) == SQLITE_ROW) {
        if (rows.count == rows.capacity) {
            rows.capacity = rows.capacity ? rows.capacity * 2 : 1024;
            rows.rows = realloc(rows.rows, (size_t)rows.capacity * sizeof *rows.rows);
            must(rows.rows != NULL, "out of memory");
        }
        BareRow *row = &rows.rows[rows.count++];
        for (int i = 0; i < rows.columns; i++)
            row->values[i] = sqlite3_value_dup(sqlite3_column_value(stmt, i));
    }
    sqlite3_finalize(stmt);
    return rows;
}

void bare_rows_clear(BareRows *rows)
{
    for (int i = 0; i < rows->count; i++)
        for (int k = 0; k < rows->columns; k++)
            sqlite3_value_free(rows->rows[i].values[k]);
    free(rows->rows);
    *rows = (BareRows){0};
}

sqlite3_stmt *bare_insert(sqlite3 *db, const char *table, int columns, const char *verb)
{
    char sql[300];
    int length = snprintf(sql, sizeof sql, "%s INTO main.%s VALUES (?", verb, table);
    for (int i = 1; i < columns; i++)
        length += snprintf(sql + length, sizeof sql - (size_t)length, ",?");
    snprintf(sql + length, sizeof sql - (size_t)length, ")");
    return bare_prepare(db, sql);
}

void bare_run(sqlite3_stmt *stmt)
{
    must(sqlite3_step(stmt) == SQLITE_DONE, sqlite3_errmsg(sqlite3_db_handle(stmt)));
    sqlite3_reset(stmt);
}

void bare_put(sqlite3_stmt *stmt, const BareRow *row, int columns)
{
    for (int i = 0; i < columns; i++)
        sqlite3_bind_value(stmt, i + 1, row->values[i]);
    bare_run(stmt);
}

void bare_clean(const char *folder)
{
    char path[400];
    DIR *dir = opendir(folder);
    for (struct dirent *item; dir && (item = readdir(dir));) {
        snprintf(path, sizeof path, "%s/%s", folder, item->d_name);
        if (item->d_name[0] != '.')
            unlink(path);
    }
    if (dir)
        closedir(dir);
}
