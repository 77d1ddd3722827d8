/* Is the file what we wrote? The chain of entries first, since it can name the case;
 * then rows that belong to nothing, text, the sources of definitions, and last
 * SQLite's own check of the whole file. Everything is read in one picture and
 * nothing is kept in memory, so a large file costs time only. */
#include "store/store.h"

#include <sodium.h>
#include <stdio.h>
#include <string.h>

#include "base/text.h"
#include "base/utf8.h"
#include "store/schema.h"
#include "store/store_internal.h"

/* Fills *damage and *err; false. */
static bool damaged(StoreDamage *damage, Error *err, const char *what)
{
    char where[120] = "";
    size_t at = 0;
    snprintf(damage->text, sizeof damage->text, "%s", what);
    if (damage->case_id)
        at += (size_t)snprintf(where + at, sizeof where - at, "case %lld, ",
                               (long long)damage->case_id);
    if (damage->entry)
        at += (size_t)snprintf(where + at, sizeof where - at, "entry %lld, ",
                               (long long)damage->entry);
    if (damage->table)
        snprintf(where + at, sizeof where - at,
                 "row %lld of table %s: ", (long long)damage->row, damage->table);
    return error_kind(err, ERROR_INTEGRITY, "%s%s", where, damage->text);
}

/* A failure while walking: when it is damage, it counts as the first one found. */
static bool walk_failed(StoreDamage *damage, Error *err)
{
    if (err->kind == ERROR_INTEGRITY)
        snprintf(damage->text, sizeof damage->text, "%.*s", (int)sizeof damage->text - 1,
                 err->text);
    return false;
}

static const char *table_named(const char *name)
{
    for (size_t i = 0; name && i < schema_table_count; i++)
        if (strcmp(schema_tables[i], name) == 0)
            return schema_tables[i];
    return NULL;
}

/* Where the row is an entry, or the content of one: which, and of which case? */
static void name_entry(Store *store, StoreDamage *damage)
{
    Error ignored = {0};
    if (!damage->table ||
        (strcmp(damage->table, "entry") != 0 && strcmp(damage->table, "entry_content") != 0))
        return;
    damage->entry = damage->row;
    Query query = query_start(store, STATEMENT_ENTRY_CASE, &ignored);
    bind_number(&query, damage->entry);
    if (query_row(&query, &ignored))
        damage->case_id = column_number(&query);
    query_end(&query, &ignored);
}

/* ---- the file ------------------------------------------------------------------- */

static Query query_text(Store *store, const char *sql, Error *err)
{
    Query query = {.store = store};
    int answer = sqlite3_prepare_v2(store->db, sql, -1, &query.stmt, NULL);
    query.failed = answer != SQLITE_OK && !store_fail(store, answer, err);
    return query;
}

static bool query_drop(Query *query, Error *err)
{
    sqlite3_stmt *stmt = query->stmt;
    bool whole = query_end(query, err);
    sqlite3_finalize(stmt);
    return whole;
}

static bool check_file(Store *store, StoreDamage *damage, Error *err)
{
    bool whole = true;
    Query query = query_text(store, "PRAGMA integrity_check(1)", err);
    if (query_row(&query, err)) {
        const char *said = column_text(&query);
        if (!said || strcmp(said, "ok") != 0)
            whole = damaged(damage, err, said ? said : "SQLite's own check says nothing");
    }
    return query_drop(&query, err) ? whole : walk_failed(damage, err);
}

static bool check_references(Store *store, StoreDamage *damage, Error *err)
{
    bool whole = true;
    Query query = query_text(store, "PRAGMA foreign_key_check", err);
    if (query_row(&query, err)) {
        char what[200];
        damage->table = table_named(column_text(&query));
        damage->row = column_number(&query);
        const char *parent = column_text(&query);
        name_entry(store, damage);
        snprintf(what, sizeof what, "it belongs to a row of table %s that is not there",
                 parent ? parent : "?");
        whole = damaged(damage, err, what);
    }
    return query_drop(&query, err) ? whole : walk_failed(damage, err);
}

/* ---- text ------------------------------------------------------------------------ */

static bool row_text_is_sound(Query *query)
{
    for (int i = 0; i < sqlite3_column_count(query->stmt); i++) {
        if (sqlite3_column_type(query->stmt, i) != SQLITE_TEXT)
            continue;
        const char *text = (const char *)sqlite3_column_text(query->stmt, i);
        if (!utf8_is_valid(text, (size_t)sqlite3_column_bytes(query->stmt, i)))
            return false;
    }
    return true;
}

/* The first column of every table is the number that names its rows. */
static bool check_text(Store *store, const char *table, StoreDamage *damage, Error *err)
{
    bool whole = true;
    Text sql = {0};
    text_addf(&sql, "SELECT * FROM %s", table);
    Query query = query_text(store, text_get(&sql), err);
    text_clear(&sql);
    while (whole && query_row(&query, err)) {
        if (row_text_is_sound(&query))
            continue;
        damage->table = table;
        damage->row = column_number(&query);
        name_entry(store, damage);
        whole = damaged(damage, err, "its text is not valid UTF-8, or holds a NUL");
    }
    return query_drop(&query, err) ? whole : walk_failed(damage, err);
}

static bool check_texts(Store *store, StoreDamage *damage, Error *err)
{
    for (size_t i = 0; i < schema_table_count; i++)
        if (!check_text(store, schema_tables[i], damage, err))
            return false;
    return true;
}

static bool check_sources(Store *store, StoreDamage *damage, Error *err)
{
    bool whole = true;
    Query query = query_start(store, STATEMENT_SOURCES, err);
    while (whole && query_row(&query, err)) {
        uint8_t said[STORE_HASH_BYTES], is[STORE_HASH_BYTES];
        size_t length;
        const char *table = table_named(column_text(&query));
        int64_t number = column_number(&query);
        column_fixed(&query, said, sizeof said);
        const char *source = column_text_bytes(&query, &length);
        crypto_hash_sha256(is, (const unsigned char *)source, length);
        if (memcmp(said, is, sizeof is) == 0)
            continue;
        damage->table = table;
        damage->row = number;
        whole = damaged(damage, err, "its source was changed after it was stored");
    }
    return query_end(&query, err) ? whole : walk_failed(damage, err);
}

/* ---- entries ------------------------------------------------------------------------ */

static bool persons_of(Store *store, const EntryRow *row, Login logins[2], const char *texts[2],
                       Error *err)
{
    return person_login(store, row->person, &logins[0], &texts[0], err) &&
           person_login(store, row->on_behalf_of, &logins[1], &texts[1], err);
}

/* NULL when the content is what was committed to, or was destroyed whole. */
static const char *content_fault(const EntryRow *row)
{
    uint8_t commitment[STORE_HASH_BYTES];
    if (row->destroyed)
        return row->facts || row->reason ? "its content was changed" : NULL;
    chain_commitment(row, commitment);
    return memcmp(commitment, row->commitment, sizeof commitment) == 0
               ? NULL
               : "its content was changed";
}

/* NULL when `row` continues `tip`. */
static const char *link_fault(const ChainTip *tip, const EntryRow *row)
{
    if (row->number != tip->number + 1)
        return "entries before it are missing";
    if (memcmp(row->previous, tip->hash, sizeof tip->hash) != 0)
        return "it does not follow from the entry before it";
    if (row->recorded < tip->recorded)
        return "it was recorded before the entry before it";
    return NULL;
}

static bool check_entry(Store *store, ChainTip *tip, const EntryRow *row, StoreDamage *damage,
                        Error *err)
{
    Login logins[2];
    const char *texts[2];
    uint8_t hash[STORE_HASH_BYTES];
    const char *fault = link_fault(tip, row);
    if (!fault && !persons_of(store, row, logins, texts, err))
        return err->kind == ERROR_NOT_FOUND ? damaged(damage, err, "its person is not there")
                                            : false;
    if (!fault) {
        chain_hash(&store->meta, row, texts[0], texts[1], hash);
        if (memcmp(hash, row->hash, sizeof hash) != 0)
            fault = "it was changed after it was recorded";
    }
    if (!fault && (fault = content_fault(row)))
        damage->table = "entry_content";
    if (fault)
        return damaged(damage, err, fault);
    tip->number = row->number;
    tip->recorded = row->recorded;
    memcpy(tip->hash, row->hash, sizeof tip->hash);
    *damage = (StoreDamage){0};
    return true;
}

/* A row of content that is gone looks like one that was destroyed. */
static bool check_contents(Store *store, StoreDamage *damage, Error *err)
{
    bool whole = true;
    Query query = query_start(store, STATEMENT_ENTRY_WITHOUT_CONTENT, err);
    if (query_row(&query, err)) {
        damage->case_id = column_number(&query);
        damage->entry = damage->row = column_number(&query);
        damage->table = "entry_content";
        whole = damaged(damage, err, "its content is missing");
    }
    return query_end(&query, err) ? whole : walk_failed(damage, err);
}

static bool check_chain(Store *store, StoreDamage *damage, Error *err)
{
    ChainTip tip = {.recorded = MOMENT_NONE};
    EntryRow row;
    bool whole = true;
    Query query = query_start(store, STATEMENT_ENTRIES_ALL, err);
    while (whole && query_row(&query, err)) {
        entry_read(&query, &row);
        bool is_word = !query.damaged;
        query.damaged = false;
        *damage = (StoreDamage){
            .case_id = row.case_id, .entry = row.number, .table = "entry", .row = row.number};
        if (!is_word)
            whole = damaged(damage, err, "it holds a word or a hash that is never written");
        else
            whole = check_entry(store, &tip, &row, damage, err);
    }
    return query_end(&query, err) ? whole : walk_failed(damage, err);
}

/* Numbers run through the file; seq must run through each case. */
static bool check_sequences(Store *store, StoreDamage *damage, Error *err)
{
    int64_t case_id = 0, expected = 0;
    bool whole = true;
    Query query = query_start(store, STATEMENT_ENTRY_SEQUENCES, err);
    while (whole && query_row(&query, err)) {
        int64_t of = column_number(&query), seq = column_number(&query);
        int64_t number = column_number(&query);
        expected = of == case_id ? expected + 1 : 1;
        case_id = of;
        if (seq == expected)
            continue;
        *damage =
            (StoreDamage){.case_id = of, .entry = number, .table = "entry", .row = number};
        whole = damaged(damage, err, "its place in the case is not the next one");
    }
    return query_end(&query, err) ? whole : walk_failed(damage, err);
}

static bool check_last_entries(Store *store, StoreDamage *damage, Error *err)
{
    bool whole = true;
    Query query = query_start(store, STATEMENT_CASES_WITH_OTHER_LAST, err);
    if (query_row(&query, err)) {
        damage->case_id = damage->row = column_number(&query);
        damage->entry = column_number(&query);
        damage->table = "case_file";
        whole = damaged(damage, err, "the last entry it names is not its last");
    }
    return query_end(&query, err) ? whole : walk_failed(damage, err);
}

bool store_verify_chain(Store *store, StoreDamage *damage, Error *err)
{
    *damage = (StoreDamage){0};
    bool inside = store->transaction != NOT_IN_ONE;
    if (!inside && !store_begin_read(store, err))
        return walk_failed(damage, err);
    bool whole = check_chain(store, damage, err) && check_contents(store, damage, err) &&
                 check_sequences(store, damage, err) &&
                 check_last_entries(store, damage, err) &&
                 check_references(store, damage, err) && check_texts(store, damage, err) &&
                 check_sources(store, damage, err) && check_file(store, damage, err);
    if (inside)
        return whole;
    if (whole)
        return store_commit(store, err);
    store_rollback(store);
    return false;
}
