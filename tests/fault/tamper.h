/* What somebody with the file could do to it without us: change rows past the
 * triggers, change the schema, flip bits. For tests only. */
#pragma once

#include <sqlite3.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>

/* Runs `sql` on a plain connection on which nothing of ours is switched on. */
__attribute__((unused)) static int tamper(const char *path, const char *sql)
{
    sqlite3 *db = NULL;
    int answer = sqlite3_open_v2(path, &db, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE, NULL);
    if (answer == SQLITE_OK) {
        sqlite3_db_config(db, SQLITE_DBCONFIG_ENABLE_TRIGGER, 0, (int *)NULL);
        answer = sqlite3_exec(db, "PRAGMA ignore_check_constraints = ON", NULL, NULL, NULL);
    }
    if (answer == SQLITE_OK)
        answer = sqlite3_exec(db, sql, NULL, NULL, NULL);
    if (answer != SQLITE_OK)
        fprintf(stderr, "tamper: %s\n", sqlite3_errmsg(db));
    sqlite3_close(db);
    return answer;
}

/* The number that a query gives, or -1. */
__attribute__((unused)) static int64_t tamper_ask(const char *path, const char *sql)
{
    sqlite3 *db = NULL;
    sqlite3_stmt *stmt = NULL;
    int64_t value = -1;
    if (sqlite3_open_v2(path, &db, SQLITE_OPEN_READWRITE, NULL) == SQLITE_OK &&
        sqlite3_prepare_v2(db, sql, -1, &stmt, NULL) == SQLITE_OK &&
        sqlite3_step(stmt) == SQLITE_ROW)
        value = sqlite3_column_int64(stmt, 0);
    sqlite3_finalize(stmt);
    sqlite3_close(db);
    return value;
}

/* The whole file; the caller frees. No connection of this process may be open. */
__attribute__((unused)) static uint8_t *read_whole(const char *path, size_t *size)
{
    struct stat info;
    FILE *file = fopen(path, "rb");
    if (!file || fstat(fileno(file), &info) != 0)
        return NULL;
    *size = (size_t)info.st_size;
    uint8_t *bytes = malloc(*size + 1);
    if (fread(bytes, 1, *size, file) != *size)
        *size = 0;
    fclose(file);
    return bytes;
}

__attribute__((unused)) static void write_whole(const char *path, const uint8_t *bytes,
                                                size_t size)
{
    FILE *file = fopen(path, "wb");
    if (file && fwrite(bytes, 1, size, file) != size)
        perror(path);
    if (file)
        fclose(file);
}
