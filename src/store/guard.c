/* What a connection may do at all: every setting that keeps a damaged or crafted
 * file from doing more than answering wrongly, and that keeps our own mistakes
 * from touching the log. */
#include "store/guard.h"

#include <string.h>

/* Inserting is the only thing that ever happens to these. */
static const char *const kept_tables[] = {
    "meta", "entry", "entry_content", "definition", "calendar_version", "refusal"};

/* The pragmas of configure() below and of verification. */
static const char *const pragmas[] = {"foreign_key_check", "integrity_check", "data_version"};

static bool is_one_of(const char *word, const char *const *words, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (word && strcmp(word, words[i]) == 0)
            return true;
    return false;
}
#define IS_ONE_OF(word, words) is_one_of((word), (words), sizeof(words) / sizeof *(words))

static int authorise(void *context, int action, const char *first, const char *second,
                     const char *database, const char *trigger)
{
    (void)context, (void)second, (void)database, (void)trigger;
    switch (action) {
    case SQLITE_SELECT:
    case SQLITE_READ:
    case SQLITE_INSERT:
    case SQLITE_FUNCTION:
    case SQLITE_TRANSACTION:
    case SQLITE_RECURSIVE:
        return SQLITE_OK;
    case SQLITE_UPDATE:
    case SQLITE_DELETE:
        return IS_ONE_OF(first, kept_tables) ? SQLITE_DENY : SQLITE_OK;
    case SQLITE_PRAGMA:
        return IS_ONE_OF(first, pragmas) ? SQLITE_OK : SQLITE_DENY;
    default: /* tables, indexes, views and triggers come and go in no running program */
        return SQLITE_DENY;
    }
}

typedef struct Setting {
    int number, value;
} Setting;

static const Setting switches[] = {
    {SQLITE_DBCONFIG_DEFENSIVE, 1},
    {SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0},
    {SQLITE_DBCONFIG_ENABLE_LOAD_EXTENSION, 0},
    {SQLITE_DBCONFIG_DQS_DML, 0},
    {SQLITE_DBCONFIG_DQS_DDL, 0},
    {SQLITE_DBCONFIG_ENABLE_FKEY, 1},
    {SQLITE_DBCONFIG_ENABLE_TRIGGER, 1},
    {SQLITE_DBCONFIG_ENABLE_VIEW, 1},
    {SQLITE_DBCONFIG_WRITABLE_SCHEMA, 0},
};

static const Setting limits[] = {
    {SQLITE_LIMIT_LENGTH, 16 * 1024 * 1024},
    {SQLITE_LIMIT_SQL_LENGTH, 100000},
    {SQLITE_LIMIT_COLUMN, 100},
    {SQLITE_LIMIT_EXPR_DEPTH, 50},
    {SQLITE_LIMIT_COMPOUND_SELECT, 10},
    {SQLITE_LIMIT_VDBE_OP, 50000},
    {SQLITE_LIMIT_FUNCTION_ARG, 16},
    {SQLITE_LIMIT_LIKE_PATTERN_LENGTH, 100},
    {SQLITE_LIMIT_VARIABLE_NUMBER, 100},
    {SQLITE_LIMIT_TRIGGER_DEPTH, 1},
    {SQLITE_LIMIT_ATTACHED, 0},
    {SQLITE_LIMIT_WORKER_THREADS, 0},
};

/* Temporary files would hold what cases say. The log is merged into the file only
 * when the last connection closes, so that two never do it at once: SQLite 3.40
 * can damage a file there. */
static const char settings[] = "PRAGMA cell_size_check = ON;"
                               "PRAGMA mmap_size = 0;"
                               "PRAGMA temp_store = MEMORY;"
                               "PRAGMA recursive_triggers = OFF;"
                               "PRAGMA secure_delete = ON;"
                               "PRAGMA synchronous = FULL;"
                               "PRAGMA wal_autocheckpoint = 0;";

int guard_configure(sqlite3 *db, GuardMode mode, int busy_ms)
{
    sqlite3_extended_result_codes(db, 1);
    sqlite3_busy_timeout(db, busy_ms);
    for (size_t i = 0; i < sizeof switches / sizeof *switches; i++)
        sqlite3_db_config(db, switches[i].number, switches[i].value, (int *)NULL);
    for (size_t i = 0; i < sizeof limits / sizeof *limits; i++)
        sqlite3_limit(db, limits[i].number, limits[i].value);
    int answer = sqlite3_exec(db, settings, NULL, NULL, NULL);
    if (answer == SQLITE_OK && mode == GUARD_READ)
        answer = sqlite3_exec(db, "PRAGMA query_only = ON", NULL, NULL, NULL);
    if (answer == SQLITE_OK && mode == GUARD_EXCLUSIVE)
        answer = sqlite3_exec(db, "PRAGMA locking_mode = EXCLUSIVE", NULL, NULL, NULL);
    return answer;
}

void guard_close_schema(sqlite3 *db)
{
    sqlite3_set_authorizer(db, authorise, NULL);
}
