#include "store/store_internal.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

typedef struct Meaning {
    int answer; /* of SQLite: an extended code, or the primary one for all of its kind */
    ErrorKind kind;
    const char *text; /* %s is the path */
} Meaning;

/* Extended codes first: the first that fits counts. */
static const Meaning meanings[] = {
    {SQLITE_IOERR_NOMEM, ERROR_MEMORY, "out of memory while using '%s'"},
    {SQLITE_IOERR_FSYNC, ERROR_IO,
     "what was written to '%s' could not be brought to the disk; look at the disk first, then "
     "run verify"},
    {SQLITE_IOERR_DIR_FSYNC, ERROR_IO, "the folder of '%s' could not be brought to the disk"},
    {SQLITE_CANTOPEN_SYMLINK, ERROR_INPUT, "'%s' is a symbolic link; name the file itself"},
    {SQLITE_CONSTRAINT_UNIQUE, ERROR_REFUSED, "'%s' holds such a row already"},
    {SQLITE_CONSTRAINT_PRIMARYKEY, ERROR_REFUSED, "'%s' holds such a row already"},
    {SQLITE_CONSTRAINT_FOREIGNKEY, ERROR_NOT_FOUND,
     "the row refers to something that is not in '%s'"},
    {SQLITE_CONSTRAINT_TRIGGER, ERROR_REFUSED, "'%s' keeps that row as it is"},
    {SQLITE_BUSY, ERROR_BUSY, "'%s' is in use by another program; try again"},
    {SQLITE_LOCKED, ERROR_BUSY, "'%s' is in use; try again"},
    {SQLITE_FULL, ERROR_IO,
     "no space left on the file system that holds '%s'; nothing was kept"},
    {SQLITE_IOERR, ERROR_IO, "cannot read or write '%s'"},
    {SQLITE_READONLY, ERROR_PERMISSION, "'%s' can only be read, not written"},
    {SQLITE_PERM, ERROR_PERMISSION, "no permission to use '%s'"},
    {SQLITE_CANTOPEN, ERROR_PERMISSION, "cannot open '%s', or the files beside it"},
    {SQLITE_NOTADB, ERROR_INTEGRITY, "'%s' is damaged; restore a backup"},
    {SQLITE_CORRUPT, ERROR_INTEGRITY, "'%s' is damaged; restore a backup"},
    {SQLITE_NOMEM, ERROR_MEMORY, "out of memory while using '%s'"},
    {SQLITE_TOOBIG, ERROR_LIMIT, "too large for a row of '%s'"},
    {SQLITE_CONSTRAINT, ERROR_INPUT, "a value does not fit its column in '%s'"},
    {SQLITE_MISMATCH, ERROR_INPUT, "a value does not fit its column in '%s'"},
};

static const Meaning *meaning_of(int answer)
{
    for (size_t i = 0; i < sizeof meanings / sizeof *meanings; i++)
        if (meanings[i].answer == answer || meanings[i].answer == (answer & 0xFF))
            return &meanings[i];
    return NULL;
}

bool sqlite_fail(int answer, const char *path, const char *detail, Error *err)
{
    const Meaning *meaning = meaning_of(answer);
    char text[sizeof err->text];
    if (!meaning)
        return error_kind(err, ERROR_INTERNAL, "SQLite answers %d (%s) on '%s'", answer,
                          sqlite3_errstr(answer), path);
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
    snprintf(text, sizeof text, meaning->text, path);
#pragma GCC diagnostic pop
    return detail ? error_kind(err, meaning->kind, "%s: %s", text, detail)
                  : error_kind(err, meaning->kind, "%s", text);
}

/* What SQLite says of a broken CHECK or trigger names columns only, never what
 * stands in them, so it may be shown. */
bool store_fail(Store *store, int answer, Error *err)
{
    const char *detail = NULL;
    int primary = answer & 0xFF;
    if (answer == SQLITE_IOERR_FSYNC || answer == SQLITE_IOERR_DIR_FSYNC)
        store->unsynced = true;
    if (primary == SQLITE_CONSTRAINT)
        detail = sqlite3_errmsg(store->db);
    else if ((primary == SQLITE_IOERR || primary == SQLITE_CANTOPEN) &&
             sqlite3_system_errno(store->db) != 0)
        detail = strerror(sqlite3_system_errno(store->db));
    if (primary == SQLITE_CANTOPEN && sqlite3_system_errno(store->db) == ENOSPC)
        answer = SQLITE_FULL;
    return sqlite_fail(answer, store->path, detail, err);
}
