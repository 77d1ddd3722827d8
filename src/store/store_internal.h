/* The insides of a Store, for src/store only: the connection, its prepared
 * statements, and a small way to bind and read them in column order. A Query
 * that has failed does nothing more and query_end says so, so that the calls
 * between need no checks. */
#pragma once

#include <sqlite3.h>

#include "store/store.h"

typedef enum StatementId {
#define STATEMENT(name, sql) STATEMENT_##name,
#include "store/statement.def"
#undef STATEMENT
    STATEMENT_COUNT
} StatementId;

/* Copies of a row's text and bytes, for finders whose statement is reset before
 * the caller reads the row. */
typedef struct Kept {
    char *data; /* owned */
    size_t used, capacity;
} Kept;

typedef enum KeptId {
    KEPT_DEFINITION,
    KEPT_CALENDAR,
    KEPT_CASE,
    KEPT_ENTRY,
    KEPT_PERSON,
    KEPT_COUNT
} KeptId;

typedef enum StoreTransaction { NOT_IN_ONE, READING, WRITING } StoreTransaction;

/* The newest entry: what the next one is chained to. */
typedef struct ChainTip {
    bool known; /* read in this transaction */
    int64_t number;
    Instant recorded; /* MOMENT_NONE before the first */
    uint8_t hash[STORE_HASH_BYTES];
    int64_t case_id, seq; /* of the entry added last in this transaction; 0: none */
} ChainTip;

/* How a file looked that is read without locks (see connection.c). */
typedef struct FileLook {
    int64_t size, seconds, nanoseconds;
    uint64_t inode;
} FileLook;

struct Store {
    sqlite3 *db; /* owned */
    char *path;  /* owned; absolute, no symbolic link in it */
    char *vfs;   /* owned; NULL: the default */
    bool writable;
    bool exclusive; /* no other connection has it open */
    bool lockless; /* nobody may write here, not even SQLite's side files */
    FileLook look;
    StoreTransaction transaction;
    bool spoiled;  /* a write failed: the transaction can only be rolled back */
    bool unsynced; /* a sync failed: nothing may be relied on, nothing is retried */
    StoreMeta meta;
    char *made_by; /* owned */
    StoreRandom random;
    void *random_context;
    ChainTip tip;
    sqlite3_stmt *statements[STATEMENT_COUNT]; /* owned; NULL until used */
    Kept kept[KEPT_COUNT];
    bool *same; /* owned: scratch of store_tasks_replace */
    size_t same_capacity;
};

/* ---- errors ------------------------------------------------------------ */

/* Says in words what SQLite answered, with the exit code that goes with it. */
bool store_fail(Store *store, int answer, Error *err);
/* The same where there is no Store yet. `detail` may be NULL. */
bool sqlite_fail(int answer, const char *path, const char *detail, Error *err);

/* ---- queries ----------------------------------------------------------- */

typedef struct Query {
    Store *store;
    sqlite3_stmt *stmt;
    int at;       /* last parameter bound, or next column to read */
    bool failed;  /* *err says why */
    bool damaged; /* a row held something that we never write */
    Kept *keep;   /* where text goes; NULL: it lives until the next row */
} Query;

Query query_start(Store *store, StatementId id, Error *err);
void bind_number(Query *query, int64_t value);
void bind_number_or_null(Query *query, int64_t value, int64_t null); /* `null` becomes NULL */
void bind_moment(Query *query, Moment moment);              /* NONE and NEVER become NULL */
void bind_text(Query *query, const char *text, Error *err); /* NULL allowed; UTF-8 is checked */
void bind_text_bytes(Query *query, const char *text, size_t length, Error *err);
void bind_bytes(Query *query, const void *bytes, size_t length, Error *err); /* NULL allowed */
void bind_fixed(Query *query, const void *bytes, size_t size); /* short, never NULL */
void bind_hash_or_null(Query *query, const uint8_t hash[STORE_HASH_BYTES], bool has);

/* The next row. False at the end and on failure. */
bool query_row(Query *query, Error *err);
/* Like query_row for a finder: text of the row outlives the statement. */
bool query_row_kept(Query *query, KeptId kept, Error *err);
/* Ends it, ready for its next use. False when anything failed, or the row read last
 * was damaged. */
bool query_end(Query *query, Error *err);
/* For statements without rows: steps and ends. */
bool query_run(Query *query, Error *err);

int64_t column_number(Query *query);
int64_t column_number_or(Query *query, int64_t null);
const char *column_text(Query *query);
const char *column_text_bytes(Query *query, size_t *length);
const void *column_bytes(Query *query, size_t *length);
/* False (all zero) when it is NULL or not of `size` bytes. */
bool column_fixed(Query *query, void *bytes, size_t size);
/* Which of `words` the text is; `count` when none. */
int column_word(Query *query, const char *const *words, int count);
/* After a row was read: was everything in it such as we write it? */
bool query_sound(Query *query, Error *err);

/* Runs text without rows or parameters. */
bool store_run(Store *store, const char *sql, Error *err);

/* ---- rows that more than one file reads --------------------------------- */

extern const char *const log_kind_words[], *const task_status_words[],
                                               *const store_status_words[];
void entry_read(Query *query, EntryRow *row);

/* ---- the chain ----------------------------------------------------------- */

/* HMAC-SHA-256 under row->salt over facts and reason. */
void chain_commitment(const EntryRow *row, uint8_t out[STORE_HASH_BYTES]);
/* Over row->previous and every column; logins stand for the persons. */
void chain_hash(const StoreMeta *meta, const EntryRow *row, const char *person_login,
                const char *on_behalf_login, uint8_t out[STORE_HASH_BYTES]);
/* NULL in *login for person 0. The text lives until the next call for that slot. */
typedef struct Login {
    char text[600]; /* 128 characters in UTF-8, with room */
} Login;
bool person_login(Store *store, int64_t person, Login *login, const char **text, Error *err);
