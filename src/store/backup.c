/* A copy through SQLite's own backup, which sees one picture of the file while
 * others write. A copy counts only after it has been opened and verified. */
#include "store/store.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "store/file.h"
#include "store/guard.h"
#include "store/store_internal.h"

/* Answers of the copy are told with the path of the copy, not of the database. */
static bool copy_pages(Store *store, sqlite3 *copy, const char *shown, Error *err)
{
    sqlite3_backup *backup = sqlite3_backup_init(copy, "main", store->db, "main");
    if (!backup)
        return sqlite_fail(sqlite3_extended_errcode(copy), shown, NULL, err);
    int answer = sqlite3_backup_step(backup, -1);
    int finished = sqlite3_backup_finish(backup);
    if (answer == SQLITE_DONE && finished == SQLITE_OK)
        return true;
    return sqlite_fail(finished != SQLITE_OK ? finished : answer, shown, NULL, err);
}

static bool copy_to(Store *store, const char *temporary, const char *shown, Error *err)
{
    sqlite3 *copy = NULL;
    int flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOFOLLOW | SQLITE_OPEN_NOMUTEX;
    int answer = sqlite3_open_v2(temporary, &copy, flags, store->vfs);
    if (answer == SQLITE_OK)
        answer = guard_configure(copy, GUARD_WRITE, 0);
    bool copied = answer == SQLITE_OK ? copy_pages(store, copy, shown, err)
                                      : sqlite_fail(answer, shown, NULL, err);
    sqlite3_close(copy);
    return copied;
}

static bool verify_copy(Store *store, const char *temporary, Error *err)
{
    StoreDamage damage;
    StoreOptions options = {
        .vfs = store->vfs, .random = store->random, .random_context = store->random_context};
    Store *copy = store_open(temporary, &options, err);
    bool whole = copy && store_verify_chain(copy, &damage, err);
    store_close(copy);
    return whole;
}

/* The same file by another name, or one that SQLite keeps beside it. */
static bool is_database_itself(const Store *store, const char *target)
{
    static const char *const suffixes[] = {"", "-wal", "-shm", "-journal"};
    size_t length = strlen(store->path);
    struct stat ours, theirs;
    if (stat(store->path, &ours) == 0 && stat(target, &theirs) == 0 &&
        ours.st_dev == theirs.st_dev && ours.st_ino == theirs.st_ino)
        return true;
    if (strncmp(target, store->path, length) != 0)
        return false;
    for (size_t i = 0; i < sizeof suffixes / sizeof *suffixes; i++)
        if (strcmp(target + length, suffixes[i]) == 0)
            return true;
    return false;
}

static bool may_be_target(const Store *store, const char *target, bool replace, Error *err)
{
    if (is_database_itself(store, target))
        return error_set(err, "'%s' is the database itself; name another file", target);
    if (file_exists(target)) {
        if (!replace)
            return error_set(err, "'%s' exists already", target);
        if (!file_check(target, target, err))
            return false;
    }
    /* A log that lies there would be read as part of the copy. */
    if (file_size(target, "-wal") > 0 || file_size(target, "-journal") > 0)
        return error_set(
            err,
            "beside '%s' lies the log of a database of that name, which is in use or "
            "was not closed; name another file",
            target);
    return true;
}

bool store_backup(Store *store, const char *target, bool replace, Error *err)
{
    assert(store->transaction == NOT_IN_ONE); /* what is not committed would be copied */
    char *full = file_resolve(target, err), *temporary = NULL;
    bool done = full && may_be_target(store, full, replace, err) &&
                (temporary = file_make_temporary(full, err)) &&
                copy_to(store, temporary, full, err) && verify_copy(store, temporary, err) &&
                file_publish(temporary, full, replace, err);
    if (temporary && !done)
        file_remove(temporary);
    free(temporary);
    free(full);
    return done;
}
