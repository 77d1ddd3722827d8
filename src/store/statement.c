#include "store/store_internal.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/utf8.h"

static const char *const statement_sql[STATEMENT_COUNT] = {
#define STATEMENT(name, sql) sql,
#include "store/statement.def"
#undef STATEMENT
};

/* ---- starting and ending ------------------------------------------------- */

static bool may_run(Store *store, sqlite3_stmt *stmt, Error *err)
{
    if (sqlite3_stmt_readonly(stmt))
        return true;
    assert(store->transaction == WRITING);
    if (!store->spoiled && !sqlite3_get_autocommit(store->db))
        return true;
    return error_kind(err, ERROR_IO, "the transaction on '%s' has failed already", store->path);
}

Query query_start(Store *store, StatementId id, Error *err)
{
    Query query = {.store = store};
    if (store->unsynced) {
        query.failed = !store_fail(store, SQLITE_IOERR_FSYNC, err);
        return query;
    }
    sqlite3_stmt **stmt = &store->statements[id];
    if (!*stmt) {
        int answer = sqlite3_prepare_v3(store->db, statement_sql[id], -1,
                                        SQLITE_PREPARE_PERSISTENT, stmt, NULL);
        if (answer != SQLITE_OK) {
            query.failed = !store_fail(store, answer, err);
            return query;
        }
    }
    assert(!sqlite3_stmt_busy(*stmt)); /* a visitor called the walk it stands in */
    query.stmt = *stmt;
    query.failed = !may_run(store, *stmt, err);
    return query;
}

bool query_sound(Query *query, Error *err)
{
    if (!query->damaged)
        return true;
    query->damaged = false;
    query->failed = true;
    return error_kind(err, ERROR_INTEGRITY,
                      "'%s' is damaged: a row holds what is never written; run verify",
                      query->store->path);
}

bool query_end(Query *query, Error *err)
{
    query_sound(query, err);
    if (query->stmt) {
        sqlite3_reset(query->stmt); /* repeats the answer of the last step: seen there */
        if (query->failed && !sqlite3_stmt_readonly(query->stmt))
            query->store->spoiled = true;
    }
    query->stmt = NULL;
    return !query->failed;
}

bool query_row(Query *query, Error *err)
{
    if (query->failed)
        return false;
    int answer = sqlite3_step(query->stmt);
    query->at = 0;
    if (answer == SQLITE_ROW)
        return true;
    if (answer != SQLITE_DONE)
        query->failed = !store_fail(query->store, answer, err);
    return false;
}

#define KEPT_ALIGNMENT 8 /* so that a kept record can be read as it lies */

static void kept_reserve(Kept *kept, sqlite3_stmt *stmt)
{
    size_t needed = 0;
    for (int i = 0; i < sqlite3_column_count(stmt); i++)
        needed += (size_t)sqlite3_column_bytes(stmt, i) + KEPT_ALIGNMENT;
    kept->data = mem_grow(kept->data, &kept->capacity, needed, 1);
    kept->used = 0;
}

bool query_row_kept(Query *query, KeptId kept, Error *err)
{
    if (!query_row(query, err))
        return false;
    query->keep = &query->store->kept[kept];
    kept_reserve(query->keep, query->stmt);
    return true;
}

bool query_run(Query *query, Error *err)
{
    while (query_row(query, err))
        ;
    return query_end(query, err);
}

bool store_run(Store *store, const char *sql, Error *err)
{
    int answer = sqlite3_exec(store->db, sql, NULL, NULL, NULL);
    return answer == SQLITE_OK || store_fail(store, answer, err);
}

/* ---- binding -------------------------------------------------------------- */

/* Binding a number, NULL or a small constant blob cannot fail unless we
 * miscounted. */
static void bound(int answer)
{
    assert(answer == SQLITE_OK);
    (void)answer;
}

void bind_number(Query *query, int64_t value)
{
    if (!query->failed)
        bound(sqlite3_bind_int64(query->stmt, ++query->at, value));
}

void bind_number_or_null(Query *query, int64_t value, int64_t null)
{
    if (value != null)
        bind_number(query, value);
    else if (!query->failed)
        bound(sqlite3_bind_null(query->stmt, ++query->at));
}

void bind_moment(Query *query, Moment moment)
{
    bind_number_or_null(query, moment == MOMENT_NEVER ? MOMENT_NONE : moment, MOMENT_NONE);
}

void bind_text_bytes(Query *query, const char *text, size_t length, Error *err)
{
    if (query->failed)
        return;
    if (!text) {
        bound(sqlite3_bind_null(query->stmt, ++query->at));
    } else if (!utf8_is_valid(text, length)) {
        query->failed = !error_set(err, "the text is not valid UTF-8, or holds a NUL");
    } else {
        int answer = sqlite3_bind_text64(query->stmt, ++query->at, text, length, SQLITE_STATIC,
                                         SQLITE_UTF8);
        if (answer != SQLITE_OK)
            query->failed = !store_fail(query->store, answer, err);
    }
}

void bind_text(Query *query, const char *text, Error *err)
{
    bind_text_bytes(query, text, text ? strlen(text) : 0, err);
}

void bind_bytes(Query *query, const void *bytes, size_t length, Error *err)
{
    if (query->failed)
        return;
    int answer =
        bytes ? sqlite3_bind_blob64(query->stmt, ++query->at, bytes, length, SQLITE_STATIC)
              : sqlite3_bind_null(query->stmt, ++query->at);
    if (answer != SQLITE_OK)
        query->failed = !store_fail(query->store, answer, err);
}

void bind_fixed(Query *query, const void *bytes, size_t size)
{
    if (!query->failed)
        bound(sqlite3_bind_blob64(query->stmt, ++query->at, bytes, size, SQLITE_STATIC));
}

void bind_hash_or_null(Query *query, const uint8_t hash[STORE_HASH_BYTES], bool has)
{
    if (has)
        bind_fixed(query, hash, STORE_HASH_BYTES);
    else if (!query->failed)
        bound(sqlite3_bind_null(query->stmt, ++query->at));
}

/* ---- reading -------------------------------------------------------------- */

int64_t column_number(Query *query)
{
    return sqlite3_column_int64(query->stmt, query->at++);
}

int64_t column_number_or(Query *query, int64_t null)
{
    bool is_null = sqlite3_column_type(query->stmt, query->at) == SQLITE_NULL;
    int64_t value = column_number(query);
    return is_null ? null : value;
}

static const void *keep(Query *query, const void *bytes, size_t length)
{
    Kept *kept = query->keep;
    if (!kept || !bytes)
        return bytes;
    char *copy = kept->data + kept->used;
    size_t room = (length / KEPT_ALIGNMENT + 1) * KEPT_ALIGNMENT; /* a NUL included */
    assert(kept->used + room <= kept->capacity);
    memcpy(copy, bytes, length);
    copy[length] = '\0';
    kept->used += room;
    return copy;
}

const char *column_text_bytes(Query *query, size_t *length)
{
    const unsigned char *text = sqlite3_column_text(query->stmt, query->at);
    *length = (size_t)sqlite3_column_bytes(query->stmt, query->at++);
    return keep(query, text, *length);
}

const char *column_text(Query *query)
{
    size_t length;
    return column_text_bytes(query, &length);
}

const void *column_bytes(Query *query, size_t *length)
{
    const void *bytes = sqlite3_column_blob(query->stmt, query->at);
    *length = (size_t)sqlite3_column_bytes(query->stmt, query->at++);
    return keep(query, bytes, *length);
}

bool column_fixed(Query *query, void *bytes, size_t size)
{
    const void *from = sqlite3_column_blob(query->stmt, query->at);
    size_t length = (size_t)sqlite3_column_bytes(query->stmt, query->at++);
    if (from && length == size)
        memcpy(bytes, from, size);
    else
        memset(bytes, 0, size);
    query->damaged |= length != 0 && length != size;
    return from && length == size;
}

int column_word(Query *query, const char *const *words, int count)
{
    const char *text = (const char *)sqlite3_column_text(query->stmt, query->at++);
    int at = 0;
    while (at < count && (!text || strcmp(words[at], text) != 0))
        at++;
    query->damaged |= at == count;
    return at;
}
