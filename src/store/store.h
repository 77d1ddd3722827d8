/* The database file: what was deployed, what was recorded, and the caches that
 * follow from it. Rows in, rows out; what they mean is decided above. Every
 * write stands between store_begin and store_commit; what has been committed
 * is on the disk. Entries can be added but never changed, and each carries the
 * hash of the one before it.
 *
 * Times are told by the caller. Instants are milliseconds, Moments as in
 * calendar/zone.h; MOMENT_NONE and MOMENT_NEVER are both kept as NULL and come
 * back as MOMENT_NEVER (due moments) or MOMENT_NONE (when something happened). */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/error.h"
#include "calendar/zone.h"
#include "store/rows.h"

typedef struct Store Store;

typedef void (*StoreRandom)(void *context, void *bytes, size_t count);

/* All zero (or a NULL pointer to it) means: read only, 5 seconds, real random
 * numbers, SQLite's own file system. */
typedef struct StoreOptions {
    bool write;
    bool exclusive;     /* nobody else may have the file open, not even to read (import) */
    bool no_wait;       /* busy at once instead of after `busy_ms` */
    int busy_ms;        /* how long to wait for another writer; 0: 5000 */
    StoreRandom random; /* salts and the database id; NULL: libsodium */
    void *random_context;
    const char *vfs; /* a SQLite VFS by name; NULL: the default */
} StoreOptions;

typedef struct StoreMeta {
    uint8_t database_id[STORE_ID_BYTES];
    int schema_version;
    bool rehearsal;
    Instant created;
    const char *made_by; /* version of the program that made the file */
} StoreMeta;

/* ---- the file --------------------------------------------------------- */

/* Makes a new database, readable by its owner only whatever the umask. An
 * existing file is refused (ERROR_INPUT); a failure leaves none behind. */
bool store_create(const char *path, bool rehearsal, Instant now, const StoreOptions *options,
                  Error *err);

/* NULL: ERROR_NOT_FOUND no such file · ERROR_INPUT not a casewright database ·
 * ERROR_VERSION made by a newer one · ERROR_INTEGRITY its tables are not ours, or
 * damage · ERROR_PERMISSION · ERROR_BUSY · ERROR_IO. Never makes a file. */
Store *store_open(const char *path, const StoreOptions *options, Error *err);
/* Rolls back what is open. NULL is allowed. */
void store_close(Store *store);

const StoreMeta *store_meta(const Store *store); /* lives as long as the store */
bool store_is_writable(const Store *store);

/* A write transaction: waits for another writer, then ERROR_BUSY. Everything that
 * adds, sets or replaces below needs one. After the first of them that fails it can
 * only be rolled back; store_person_add and store_case_set may also say no without
 * having failed (ERROR_REFUSED, ERROR_NOT_FOUND), and then it goes on. */
bool store_begin(Store *store, Error *err);
/* One picture for several reads, undisturbed by writers. Ends with store_commit,
 * which for a file that we may not write, and so read without locks, checks that it
 * stayed as it was: believe what you read only then. */
bool store_begin_read(Store *store, Error *err);
/* True: it is on the disk. False: the transaction is over and nothing of it counts.
 * Only where the disk failed while syncing may it turn up again, and then whole; a
 * key tells. After such a failure every call fails until the store is closed. */
bool store_commit(Store *store, Error *err);
void store_rollback(Store *store); /* harmless when none is open */
/* Merges the write-ahead log into the file and empties it, between transactions of a
 * store that was opened exclusively: two connections never do it at once. */
bool store_checkpoint(Store *store, Error *err);
bool store_in_transaction(const Store *store);

/* ---- walking rows ------------------------------------------------------ *
 * A visitor gets rows that live until it returns. False ends the walk; the walk
 * then succeeds unless the visitor set *err. It may call other functions of the
 * store, but not the walk it stands in, and not write to the table it walks over. */

typedef bool (*DefinitionVisit)(void *context, const DefinitionRow *row, Error *err);
typedef bool (*CalendarVisit)(void *context, const CalendarRow *row, Error *err);
typedef bool (*CaseVisit)(void *context, const CaseRow *row, Error *err);
typedef bool (*EntryVisit)(void *context, const EntryRow *row, Error *err);
typedef bool (*TaskVisit)(void *context, const TaskRow *row, Error *err);
typedef bool (*RefusalVisit)(void *context, const RefusalRow *row, Error *err);
typedef bool (*OutboxVisit)(void *context, const OutboxRow *row, Error *err);
typedef bool (*PersonVisit)(void *context, const PersonRow *row, Error *err);
typedef bool (*HoldsVisit)(void *context, const HoldsRow *row, Error *err);
typedef bool (*AbsenceVisit)(void *context, const AbsenceRow *row, Error *err);

/* Finders set *found and return true also when there is nothing; false is a
 * failure. Text and bytes of the row they fill live until the next call of the
 * same finder on this store. */

/* ---- definitions and calendars ------------------------------------------ */

/* A definition that is there already (same hash) changes nothing: *added false. */
bool store_definition_add(Store *store, const DefinitionRow *row, bool *added, Error *err);
bool store_definition_find(Store *store, const uint8_t hash[STORE_HASH_BYTES],
                           DefinitionRow *row, bool *found, Error *err);
/* In force when a case of `flow` opens on `day`: the latest in_force_from not
 * after it, among equals the newest deployed. */
bool store_definition_in_force(Store *store, const char *flow, Day day, DefinitionRow *row,
                               bool *found, Error *err);
/* All, oldest deployed first; `flow` NULL: of every flow. */
bool store_definitions(Store *store, const char *flow, DefinitionVisit visit, void *context,
                       Error *err);

bool store_calendar_add(Store *store, const CalendarRow *row, bool *added, Error *err);
bool store_calendar_find(Store *store, const uint8_t hash[STORE_HASH_BYTES], CalendarRow *row,
                         bool *found, Error *err);
/* The one applied last under that name. */
bool store_calendar_latest(Store *store, const char *name, CalendarRow *row, bool *found,
                           Error *err);
bool store_calendars(Store *store, CalendarVisit visit, void *context, Error *err);

/* ---- cases -------------------------------------------------------------- */

/* Gives the new case its number, in row->id. */
bool store_case_add(Store *store, CaseRow *row, Error *err);
/* Writes everything but id, reference and flow. */
bool store_case_set(Store *store, const CaseRow *row, Error *err);
/* Forgets the cached record of one case (0: of all), so that it is rebuilt. */
bool store_case_forget_record(Store *store, int64_t id, Error *err);
bool store_case_find(Store *store, int64_t id, CaseRow *row, bool *found, Error *err);
/* The cases with that reference, the newest first. */
bool store_cases_of_reference(Store *store, const char *reference, CaseVisit visit,
                              void *context, Error *err);
/* All by number, from `after` on (0: the first); only_open leaves out closed ones. */
bool store_cases(Store *store, int64_t after, bool only_open, CaseVisit visit, void *context,
                 Error *err);
/* Open cases whose next_due is at or before `until`, in due order, at most `most`.
 * The work does not grow with the number of open cases. */
bool store_cases_due(Store *store, Moment until, int64_t most, CaseVisit visit, void *context,
                     Error *err);

/* ---- entries ------------------------------------------------------------ */

/* Appends. Sets number, seq and the chain's columns in `row`. A key used before on
 * the case (by `open`: in the file) is ERROR_REFUSED: look first. */
bool store_entry_add(Store *store, EntryRow *row, Error *err);
/* The number that the next entry will have, while this transaction lasts. */
bool store_entry_next(Store *store, int64_t *number, Error *err);
/* Of one case, by seq, with content. */
bool store_entries(Store *store, int64_t case_id, EntryVisit visit, void *context, Error *err);
bool store_entry_find(Store *store, int64_t number, EntryRow *row, bool *found, Error *err);
/* The entry that carries `key` on that case; case_id 0: the `open` that does. */
bool store_entry_find_key(Store *store, int64_t case_id, const char *key, EntryRow *row,
                          bool *found, Error *err);
/* The latest `recorded` in the file, MOMENT_NONE (as an Instant) when it is empty. */
bool store_last_recorded(Store *store, Instant *recorded, Error *err);

/* ---- caches, refusals, outbox ------------------------------------------- */

/* Puts `rows` in place of all task rows of that case; writes only what differs. */
bool store_tasks_replace(Store *store, int64_t case_id, const TaskRow *rows, size_t count,
                         Error *err);
bool store_tasks(Store *store, int64_t case_id, TaskVisit visit, void *context, Error *err);
/* Open ones of all cases, by due moment (none last), then case. */
bool store_tasks_open(Store *store, TaskVisit visit, void *context, Error *err);

bool store_refusal_add(Store *store, const RefusalRow *row, Error *err);
/* Newest last; case_id 0: of all cases. */
bool store_refusals(Store *store, int64_t case_id, RefusalVisit visit, void *context,
                    Error *err);

/* *added false: the key is there already; if that one was withdrawn, it counts
 * again. */
bool store_outbox_add(Store *store, const OutboxRow *row, bool *added, Error *err);
/* Of one case (0: all), by number; only_waiting: neither delivered nor withdrawn. */
bool store_outbox(Store *store, int64_t case_id, bool only_waiting, OutboxVisit visit,
                  void *context, Error *err);
bool store_outbox_delivered(Store *store, int64_t number, Instant now, Error *err);
bool store_outbox_withdraw(Store *store, int64_t number, Instant now, Error *err);

/* ---- people ------------------------------------------------------------- */

/* A login name that is there already is ERROR_REFUSED. Sets row->id. */
bool store_person_add(Store *store, PersonRow *row, Error *err);
bool store_person_find(Store *store, const char *login, PersonRow *row, bool *found,
                       Error *err);
bool store_person_get(Store *store, int64_t id, PersonRow *row, bool *found, Error *err);
bool store_people(Store *store, PersonVisit visit, void *context, Error *err);

bool store_holds_add(Store *store, const HoldsRow *row, Error *err);
/* Ends what runs on `day`; *ended false when nothing did. */
bool store_holds_end(Store *store, int64_t person, const char *role, Day day, bool *ended,
                     Error *err);
bool store_holds(Store *store, int64_t person, const char *role, Day day, bool *holds,
                 Error *err);
/* Person 0: of everybody. day DAY_NONE: of all times, else only what runs then. */
bool store_holds_list(Store *store, int64_t person, Day day, HoldsVisit visit, void *context,
                      Error *err);

bool store_absence_add(Store *store, const AbsenceRow *row, Error *err);
bool store_absent(Store *store, int64_t person, Day day, bool *absent, Error *err);
bool store_absences(Store *store, int64_t person, AbsenceVisit visit, void *context,
                    Error *err);

/* ---- keeping it whole --------------------------------------------------- */

typedef struct StoreStatistics {
    int64_t definitions, cases_open, cases_closed, entries, refusals, tasks_open, people;
    int64_t outbox_waiting, outbox_delivered, outbox_withdrawn, contents_destroyed;
    int64_t file_bytes, wal_bytes;
    Moment next_due;       /* of all open cases; MOMENT_NEVER */
    Instant last_recorded; /* MOMENT_NONE: nothing yet */
    const char *sqlite_version;
} StoreStatistics;

#define STORE_WAL_WARNING (256ll * 1024 * 1024) /* above this `wal_bytes` deserves a word */

bool store_statistics(Store *store, StoreStatistics *out, Error *err);

/* Where the first damage is; 0 where it does not apply. */
typedef struct StoreDamage {
    int64_t case_id, entry;
    const char *table; /* static; NULL: the file as such */
    int64_t row;       /* its rowid, or number */
    char text[300];
} StoreDamage;

/* The file's own check, the hash chain from the first entry, content against its
 * commitments, gaps in numbers, words we do not know, text that is not UTF-8 or
 * holds NUL, rows that belong to nothing. False with ERROR_INTEGRITY and *damage
 * at the first; other failures leave *damage zero. */
bool store_verify_chain(Store *store, StoreDamage *damage, Error *err);

/* A copy that is whole while others write: under a temporary name beside `target`,
 * synced, opened again and verified, then renamed. An existing file is refused
 * unless `replace`; the database itself always. Not inside a transaction. */
bool store_backup(Store *store, const char *target, bool replace, Error *err);
