#include "store/store.h"

#include <assert.h>
#include <sodium.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/mem.h"
#include "base/text.h"
#include "store/file.h"
#include "store/guard.h"
#include "store/schema.h"
#include "store/store_internal.h"

#define BUSY_MS         5000
#define HEADER_BYTES    100
#define HEADER_MAGIC    "SQLite format 3"
#define AT_READ_VERSION 19 /* 2: write-ahead log */
#define AT_USER_VERSION 60
#define AT_APPLICATION  68

static const StoreOptions no_options;

static int busy_time(const StoreOptions *options)
{
    return options->no_wait ? 0 : options->busy_ms > 0 ? options->busy_ms : BUSY_MS;
}

static GuardMode mode_of(const StoreOptions *options)
{
    return !options->write ? GUARD_READ : options->exclusive ? GUARD_EXCLUSIVE : GUARD_WRITE;
}

static void real_random(void *context, void *bytes, size_t count)
{
    (void)context;
    randombytes_buf(bytes, count);
}

/* ---- making ---------------------------------------------------------------- */

static bool fill_meta(sqlite3 *db, bool rehearsal, Instant now, const StoreOptions *options)
{
    uint8_t id[STORE_ID_BYTES];
    sqlite3_stmt *stmt = NULL;
    (options->random ? options->random : real_random)(options->random_context, id, sizeof id);
    int answer = sqlite3_prepare_v2(
        db, "INSERT INTO meta VALUES (1, ?, ?, ?, ?, '" CASEWRIGHT_VERSION "')", -1, &stmt,
        NULL);
    if (answer == SQLITE_OK) {
        sqlite3_bind_blob(stmt, 1, id, sizeof id, SQLITE_STATIC);
        sqlite3_bind_int(stmt, 2, SCHEMA_VERSION);
        sqlite3_bind_int(stmt, 3, rehearsal);
        sqlite3_bind_int64(stmt, 4, now);
        answer = sqlite3_step(stmt);
    }
    sqlite3_finalize(stmt);
    return answer == SQLITE_DONE;
}

static bool fill_schema(sqlite3 *db)
{
    for (size_t i = 0; i < schema_statement_count; i++)
        if (sqlite3_exec(db, schema_statements[i], NULL, NULL, NULL) != SQLITE_OK)
            return false;
    Text text = {0};
    text_addf(&text, "PRAGMA application_id = %d; PRAGMA user_version = %d;",
              SCHEMA_APPLICATION_ID, SCHEMA_VERSION);
    int answer = sqlite3_exec(db, text_get(&text), NULL, NULL, NULL);
    text_clear(&text);
    return answer == SQLITE_OK;
}

/* SQLite's last answer, or that of opening where even that failed. */
static bool fill_fail(sqlite3 *db, int answer, const char *shown, Error *err)
{
    return sqlite_fail(db ? sqlite3_extended_errcode(db) : answer, shown, NULL, err);
}

static bool fill_file(const char *temporary, const char *shown, bool rehearsal, Instant now,
                      const StoreOptions *options, Error *err)
{
    sqlite3 *db = NULL;
    int flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOFOLLOW | SQLITE_OPEN_NOMUTEX;
    int answer = sqlite3_open_v2(temporary, &db, flags, options->vfs);
    bool filled =
        answer == SQLITE_OK && guard_configure(db, GUARD_WRITE, 0) == SQLITE_OK &&
        sqlite3_exec(db, "BEGIN EXCLUSIVE", NULL, NULL, NULL) == SQLITE_OK && fill_schema(db) &&
        fill_meta(db, rehearsal, now, options) &&
        sqlite3_exec(db, "COMMIT; PRAGMA journal_mode = WAL", NULL, NULL, NULL) == SQLITE_OK;
    if (!filled)
        fill_fail(db, answer, shown, err);
    sqlite3_close(db);
    /* Closing merged the log into the file; what is left of it was not merged. */
    if (filled && file_size(temporary, "-wal") > 0)
        filled = error_kind(err, ERROR_IO, "cannot bring '%s' to the disk", shown);
    return filled;
}

bool store_create(const char *path, bool rehearsal, Instant now, const StoreOptions *options,
                  Error *err)
{
    bool done = false;
    char *temporary = NULL;
    if (!options)
        options = &no_options;
    if (sodium_init() < 0)
        return error_kind(err, ERROR_INTERNAL, "libsodium cannot start");
    char *full = file_resolve(path, err);
    if (!full)
        return false;
    if (file_exists(full)) {
        error_set(err, "'%s' exists already; init only makes new databases", path);
        goto out;
    }
    if (file_size(full, "-wal") > 0 || file_size(full, "-journal") > 0) {
        error_set(err,
                  "beside '%s' lies the log of an earlier database of that name; move it away",
                  path);
        goto out;
    }
    if (!file_folder_is_local(full, path, err))
        goto out;
    temporary = file_make_temporary(full, err);
    done = temporary && fill_file(temporary, path, rehearsal, now, options, err) &&
           file_publish(temporary, full, false, err);
out:
    if (temporary && !done)
        file_remove(temporary);
    free(temporary);
    free(full);
    return done;
}

/* ---- opening ---------------------------------------------------------------- */

static FileLook look_at(const char *path)
{
    struct stat info;
    FileLook look = {0};
    if (stat(path, &info) == 0)
        look = (FileLook){info.st_size, info.st_mtim.tv_sec, info.st_mtim.tv_nsec, info.st_ino};
    return look;
}

/* A path as SQLite's URI, for the one mode that needs it. */
static char *immutable_name(const char *path)
{
    Text text = {0};
    text_add(&text, "file:");
    for (const char *c = path; *c; c++)
        if (strchr("?#%", *c))
            text_addf(&text, "%%%02X", (unsigned)(unsigned char)*c);
        else
            text_add_char(&text, *c);
    text_add(&text, "?immutable=1");
    return text_take(&text);
}

/* Reading also opens for writing where it may, since reading a log that another
 * process left needs it; `query_only` keeps that from changing anything. Where
 * nothing may be written, a file without a log is read without locks, and
 * store_commit looks whether it stayed as it was. */
static bool open_connection(Store *store, const StoreOptions *options, Error *err)
{
    bool writable = file_is_writable(store->path);
    if (options->write && !writable)
        return error_kind(err, ERROR_PERMISSION,
                          "no permission to write '%s' and in its folder; reading works",
                          store->path);
    store->writable = options->write;
    store->exclusive = options->exclusive;
    store->lockless = !writable && file_size(store->path, "-wal") == 0;
    int flags = SQLITE_OPEN_NOFOLLOW | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_PRIVATECACHE;
    flags |= store->lockless ? SQLITE_OPEN_READONLY | SQLITE_OPEN_URI : SQLITE_OPEN_READWRITE;
    char *name = store->lockless ? immutable_name(store->path) : mem_strdup(store->path);
    int answer = sqlite3_open_v2(name, &store->db, flags, store->vfs);
    free(name);
    return answer == SQLITE_OK || store_fail(store, sqlite3_extended_errcode(store->db), err);
}

static uint32_t big_endian(const uint8_t *at)
{
    return (uint32_t)at[0] << 24 | (uint32_t)at[1] << 16 | (uint32_t)at[2] << 8 | at[3];
}

/* Before SQLite reads anything: a file that is not ours, or newer, must not even get
 * a log beside it. */
static bool header_is_ours(Store *store, Error *err)
{
    uint8_t header[HEADER_BYTES];
    sqlite3_file *file = NULL;
    int answer = sqlite3_file_control(store->db, "main", SQLITE_FCNTL_FILE_POINTER, &file);
    if (answer == SQLITE_OK)
        answer = file->pMethods->xRead(file, header, sizeof header, 0);
    if (answer != SQLITE_OK && answer != SQLITE_IOERR_SHORT_READ)
        return store_fail(store, answer, err);
    if (answer == SQLITE_IOERR_SHORT_READ || memcmp(header, HEADER_MAGIC, 16) != 0 ||
        big_endian(header + AT_APPLICATION) != SCHEMA_APPLICATION_ID)
        return error_set(err, "'%s' is not a casewright database", store->path);
    uint32_t version = big_endian(header + AT_USER_VERSION);
    if (version > SCHEMA_VERSION)
        return error_kind(
            err, ERROR_VERSION,
            "'%s' was made by a newer casewright (its tables are version %u, this "
            "program knows version %d); it was left untouched",
            store->path, (unsigned)version, SCHEMA_VERSION);
    if (version != SCHEMA_VERSION)
        return error_kind(err, ERROR_INTEGRITY, "'%s' is damaged: its version is %u",
                          store->path, (unsigned)version);
    if (header[AT_READ_VERSION] == 2 && file_size(store->path, "-journal") > 0)
        return error_kind(
            err, ERROR_INTEGRITY,
            "'%s-journal' does not belong to this database; move it away, then run "
            "verify",
            store->path);
    return true;
}

/* SQLite answers NOTADB and CORRUPT while it first reads the schema. */
static bool schema_is_ours(Store *store, Error *err)
{
    static const char sql[] = "SELECT sql FROM sqlite_schema"
                              " WHERE sql IS NOT NULL OR name NOT LIKE 'sqlite_autoindex_%'"
                              " ORDER BY rowid";
    sqlite3_stmt *stmt = NULL;
    size_t at = 0;
    bool same = true;
    int answer = sqlite3_prepare_v2(store->db, sql, -1, &stmt, NULL);
    while (answer == SQLITE_OK && same && sqlite3_step(stmt) == SQLITE_ROW) {
        const char *text = (const char *)sqlite3_column_text(stmt, 0);
        same = text && at < schema_statement_count && strcmp(text, schema_statements[at]) == 0;
        at++;
    }
    if (answer == SQLITE_OK)
        answer = sqlite3_reset(stmt);
    else if ((answer & 0xFF) == SQLITE_ERROR) /* a schema that SQLite cannot even read */
        same = false, answer = SQLITE_OK;
    sqlite3_finalize(stmt);
    if (answer != SQLITE_OK)
        return store_fail(store, answer, err);
    if (!same || at != schema_statement_count)
        return error_kind(
            err, ERROR_INTEGRITY,
            "the tables of '%s' are not those that casewright makes; restore a backup",
            store->path);
    return true;
}

static bool read_meta(Store *store, Error *err)
{
    static const char sql[] = "SELECT database_id, schema_version, rehearsal, created, made_by"
                              " FROM meta";
    sqlite3_stmt *stmt = NULL;
    int answer = sqlite3_prepare_v2(store->db, sql, -1, &stmt, NULL);
    bool there = answer == SQLITE_OK && sqlite3_step(stmt) == SQLITE_ROW &&
                 sqlite3_column_bytes(stmt, 0) == STORE_ID_BYTES &&
                 sqlite3_column_text(stmt, 4);
    if (there) {
        memcpy(store->meta.database_id, sqlite3_column_blob(stmt, 0), STORE_ID_BYTES);
        store->meta.schema_version = sqlite3_column_int(stmt, 1);
        store->meta.rehearsal = sqlite3_column_int(stmt, 2) != 0;
        store->meta.created = sqlite3_column_int64(stmt, 3);
        store->made_by = mem_strdup((const char *)sqlite3_column_text(stmt, 4));
        store->meta.made_by = store->made_by;
    }
    if (answer == SQLITE_OK)
        answer = sqlite3_reset(stmt);
    sqlite3_finalize(stmt);
    if (answer != SQLITE_OK)
        return store_fail(store, answer, err);
    return there || error_kind(err, ERROR_INTEGRITY, "'%s' does not say which database it is",
                               store->path);
}

/* Somebody may have switched the log off to send the file; a writer puts it back. */
static bool use_log(Store *store, Error *err)
{
    sqlite3_stmt *stmt = NULL;
    int answer = sqlite3_prepare_v2(store->db, "PRAGMA journal_mode = WAL", -1, &stmt, NULL);
    bool is_wal = answer == SQLITE_OK && sqlite3_step(stmt) == SQLITE_ROW &&
                  strcmp((const char *)sqlite3_column_text(stmt, 0), "wal") == 0;
    if (answer == SQLITE_OK)
        answer = sqlite3_reset(stmt);
    sqlite3_finalize(stmt);
    if (answer != SQLITE_OK)
        return store_fail(store, answer, err);
    return is_wal ||
           error_kind(err, ERROR_IO, "'%s' cannot keep a write-ahead log there", store->path);
}

Store *store_open(const char *path, const StoreOptions *options, Error *err)
{
    if (!options)
        options = &no_options;
    if (sodium_init() < 0) {
        error_kind(err, ERROR_INTERNAL, "libsodium cannot start");
        return NULL;
    }
    char *full = file_resolve(path, err);
    if (!full || !file_check(full, path, err)) {
        free(full);
        return NULL;
    }
    Store *store = mem_alloc(sizeof *store);
    store->path = full;
    store->vfs = options->vfs ? mem_strdup(options->vfs) : NULL;
    store->random = options->random ? options->random : real_random;
    store->random_context = options->random_context;
    bool opened = open_connection(store, options, err) && header_is_ours(store, err);
    if (opened) {
        int answer = guard_configure(store->db, mode_of(options), busy_time(options));
        opened = answer == SQLITE_OK || store_fail(store, answer, err);
    }
    if (opened && schema_is_ours(store, err) && read_meta(store, err) &&
        (!options->write || use_log(store, err))) {
        guard_close_schema(store->db);
        return store;
    }
    store_close(store);
    return NULL;
}

void store_close(Store *store)
{
    if (!store)
        return;
    for (int i = 0; i < STATEMENT_COUNT; i++)
        sqlite3_finalize(store->statements[i]);
    if (store->unsynced) /* merging the log would trust the disk once more */
        sqlite3_db_config(store->db, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, (int *)NULL);
    sqlite3_close(store->db); /* rolls back what is open */
    for (int i = 0; i < KEPT_COUNT; i++)
        free(store->kept[i].data);
    free(store->same);
    free(store->made_by);
    free(store->vfs);
    free(store->path);
    free(store);
}

const StoreMeta *store_meta(const Store *store)
{
    return &store->meta;
}

bool store_is_writable(const Store *store)
{
    return store->writable;
}

/* ---- transactions ------------------------------------------------------------ */

static bool begin(Store *store, const char *sql, StoreTransaction kind, Error *err)
{
    assert(store->transaction == NOT_IN_ONE);
    if (store->unsynced)
        return store_fail(store, SQLITE_IOERR_FSYNC, err);
    if (!store_run(store, sql, err))
        return false;
    store->transaction = kind;
    store->spoiled = false;
    store->tip.known = false;
    return true;
}

bool store_begin(Store *store, Error *err)
{
    assert(store->writable);
    return begin(store, "BEGIN IMMEDIATE", WRITING, err);
}

bool store_begin_read(Store *store, Error *err)
{
    store->look = look_at(store->path);
    return begin(store, "BEGIN", READING, err);
}

void store_rollback(Store *store)
{
    if (store->transaction != NOT_IN_ONE && !sqlite3_get_autocommit(store->db))
        sqlite3_exec(store->db, "ROLLBACK", NULL, NULL, NULL);
    store->transaction = NOT_IN_ONE;
    store->spoiled = false;
    store->tip.known = false;
}

static bool stayed_as_it_was(const Store *store, Error *err)
{
    FileLook now = look_at(store->path);
    if (memcmp(&now, &store->look, sizeof now) == 0 && file_size(store->path, "-wal") == 0)
        return true;
    return error_kind(err, ERROR_BUSY, "'%s' was written to while it was read; try again",
                      store->path);
}

bool store_commit(Store *store, Error *err)
{
    assert(store->transaction != NOT_IN_ONE);
    bool committed = true;
    if (store->spoiled || sqlite3_get_autocommit(store->db))
        committed = error_kind(err, ERROR_IO, "the transaction on '%s' has failed already",
                               store->path);
    else
        committed = store_run(store, "COMMIT", err);
    if (committed && store->transaction == READING && store->lockless)
        committed = stayed_as_it_was(store, err);
    store_rollback(store); /* does nothing after a commit */
    return committed;
}

bool store_checkpoint(Store *store, Error *err)
{
    assert(store->exclusive && store->transaction == NOT_IN_ONE);
    int answer =
        sqlite3_wal_checkpoint_v2(store->db, NULL, SQLITE_CHECKPOINT_TRUNCATE, NULL, NULL);
    return answer == SQLITE_OK || store_fail(store, answer, err);
}

bool store_in_transaction(const Store *store)
{
    return store->transaction != NOT_IN_ONE;
}
