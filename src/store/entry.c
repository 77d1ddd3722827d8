#include "store/store.h"

#include <stdint.h>
#include <string.h>

#include "store/store_internal.h"

static const char *const origin_words[] = {"typed", "import"};
static const char *const precision_words[] = {"instant", "date"};

void entry_read(Query *query, EntryRow *row)
{
    *row = (EntryRow){.number = column_number(query)};
    row->case_id = column_number(query);
    row->seq = column_number(query);
    row->kind = (LogKind)column_word(query, log_kind_words, LOG_KIND_COUNT);
    row->imported = column_word(query, origin_words, 2) == 1;
    row->name = column_text(query);
    row->effective = column_number(query);
    row->effective_day = (Day)column_number(query);
    row->date_only = column_word(query, precision_words, 2) == 1;
    row->recorded = column_number(query);
    row->person = column_number(query);
    row->role = column_text(query);
    row->on_behalf_of = column_number(query);
    row->on_behalf_role = column_text(query);
    row->refers_to = column_number(query);
    row->key = column_text(query);
    column_fixed(query, row->definition, sizeof row->definition);
    row->has_calendar = column_fixed(query, row->calendar, sizeof row->calendar);
    column_fixed(query, row->commitment, sizeof row->commitment);
    column_fixed(query, row->previous, sizeof row->previous);
    column_fixed(query, row->hash, sizeof row->hash);
    row->destroyed = !column_fixed(query, row->salt, sizeof row->salt);
    row->facts = column_text(query);
    row->reason = column_text(query);
}

/* ---- adding ------------------------------------------------------------------ */

/* The newest entry, looked up once in a transaction. */
static bool tip_get(Store *store, Error *err)
{
    if (store->tip.known)
        return true;
    store->tip = (ChainTip){.recorded = MOMENT_NONE};
    Query query = query_start(store, STATEMENT_ENTRY_LAST, err);
    if (query_row(&query, err)) {
        store->tip.number = column_number(&query);
        store->tip.recorded = column_number(&query);
        column_fixed(&query, store->tip.hash, sizeof store->tip.hash);
    }
    store->tip.known = query_end(&query, err);
    return store->tip.known;
}

static bool next_seq(Store *store, int64_t case_id, int64_t *seq, Error *err)
{
    *seq = 0;
    if (case_id == 0)
        return true;
    if (case_id == store->tip.case_id) {
        *seq = store->tip.seq + 1;
        return true;
    }
    Query query = query_start(store, STATEMENT_ENTRY_LAST_SEQ, err);
    bind_number(&query, case_id);
    if (query_row(&query, err))
        *seq = column_number(&query);
    if (!query_end(&query, err))
        return false;
    if (*seq == INT64_MAX)
        return error_kind(err, ERROR_LIMIT, "no room for another entry in the case");
    ++*seq;
    return true;
}

static bool number_entry(Store *store, EntryRow *row, Error *err)
{
    if (!tip_get(store, err) || !next_seq(store, row->case_id, &row->seq, err))
        return false;
    if (store->tip.number == INT64_MAX)
        return error_kind(err, ERROR_LIMIT, "no room for another entry in '%s'", store->path);
    if (row->recorded < store->tip.recorded)
        return error_kind(err, ERROR_REFUSED,
                          "an entry cannot be recorded before the one before it");
    row->number = store->tip.number + 1;
    return true;
}

static bool seal_entry(Store *store, EntryRow *row, Error *err)
{
    Login login, on_behalf;
    const char *person, *other;
    if (!person_login(store, row->person, &login, &person, err) ||
        !person_login(store, row->on_behalf_of, &on_behalf, &other, err))
        return false;
    store->random(store->random_context, row->salt, sizeof row->salt);
    memcpy(row->previous, store->tip.hash, sizeof row->previous);
    chain_commitment(row, row->commitment);
    chain_hash(&store->meta, row, person, other, row->hash);
    return true;
}

static bool insert_entry(Store *store, const EntryRow *row, Error *err)
{
    Query query = query_start(store, STATEMENT_ENTRY_ADD, err);
    bind_number(&query, row->number);
    bind_number_or_null(&query, row->case_id, 0);
    bind_number(&query, row->seq);
    bind_text(&query, log_kind_text(row->kind), err);
    bind_text(&query, origin_words[row->imported], err);
    bind_text(&query, row->name, err);
    bind_number(&query, row->effective);
    bind_number(&query, row->effective_day);
    bind_text(&query, precision_words[row->date_only], err);
    bind_number(&query, row->recorded);
    bind_number_or_null(&query, row->person, 0);
    bind_text(&query, row->role, err);
    bind_number_or_null(&query, row->on_behalf_of, 0);
    bind_text(&query, row->on_behalf_role, err);
    bind_number_or_null(&query, row->refers_to, 0);
    bind_text(&query, row->key, err);
    bind_hash_or_null(&query, row->definition, row->case_id != 0);
    bind_hash_or_null(&query, row->calendar, row->has_calendar);
    bind_fixed(&query, row->commitment, sizeof row->commitment);
    bind_fixed(&query, row->previous, sizeof row->previous);
    bind_fixed(&query, row->hash, sizeof row->hash);
    return query_run(&query, err);
}

static bool insert_content(Store *store, const EntryRow *row, Error *err)
{
    Query query = query_start(store, STATEMENT_CONTENT_ADD, err);
    bind_number(&query, row->number);
    bind_fixed(&query, row->salt, sizeof row->salt);
    bind_text(&query, row->facts, err);
    bind_text(&query, row->reason, err);
    return query_run(&query, err);
}

bool store_entry_add(Store *store, EntryRow *row, Error *err)
{
    row->destroyed = false;
    if (!row->facts)
        row->facts = "{}";
    if (row->case_id == 0) /* such an entry follows no definition */
        memset(row->definition, 0, sizeof row->definition);
    if (!row->has_calendar)
        memset(row->calendar, 0, sizeof row->calendar);
    if (!number_entry(store, row, err) || !seal_entry(store, row, err) ||
        !insert_entry(store, row, err) || !insert_content(store, row, err))
        return false;
    store->tip.number = row->number;
    store->tip.recorded = row->recorded;
    store->tip.case_id = row->case_id;
    store->tip.seq = row->seq;
    memcpy(store->tip.hash, row->hash, sizeof store->tip.hash);
    return true;
}

bool store_entry_next(Store *store, int64_t *number, Error *err)
{
    if (!tip_get(store, err))
        return false;
    *number = store->tip.number + 1;
    return true;
}

/* ---- reading ------------------------------------------------------------------- */

bool store_entries(Store *store, int64_t case_id, EntryVisit visit, void *context, Error *err)
{
    EntryRow row;
    err->kind = ERROR_NONE;
    Query query = query_start(store, STATEMENT_ENTRIES_OF, err);
    bind_number(&query, case_id);
    while (query_row(&query, err)) {
        entry_read(&query, &row);
        if (!query_sound(&query, err) || !visit(context, &row, err))
            break;
    }
    return query_end(&query, err) && err->kind == ERROR_NONE;
}

static bool found_entry(Query *query, EntryRow *row, bool *found, Error *err)
{
    *found = query_row_kept(query, KEPT_ENTRY, err);
    if (*found)
        entry_read(query, row);
    return query_end(query, err);
}

bool store_entry_find(Store *store, int64_t number, EntryRow *row, bool *found, Error *err)
{
    Query query = query_start(store, STATEMENT_ENTRY_FIND, err);
    bind_number(&query, number);
    return found_entry(&query, row, found, err);
}

bool store_entry_find_key(Store *store, int64_t case_id, const char *key, EntryRow *row,
                          bool *found, Error *err)
{
    Query query = query_start(
        store, case_id ? STATEMENT_ENTRY_FIND_KEY : STATEMENT_ENTRY_FIND_OPEN_KEY, err);
    if (case_id)
        bind_number(&query, case_id);
    bind_text(&query, key, err);
    return found_entry(&query, row, found, err);
}

bool store_last_recorded(Store *store, Instant *recorded, Error *err)
{
    *recorded = MOMENT_NONE;
    Query query = query_start(store, STATEMENT_ENTRY_LAST, err);
    if (query_row(&query, err)) {
        column_number(&query);
        *recorded = column_number(&query);
    }
    return query_end(&query, err);
}
