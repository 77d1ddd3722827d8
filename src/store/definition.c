#include "store/store.h"

#include <sodium.h>

#include "store/store_internal.h"

/* What verification compares the stored text with. */
static void hash_of(const char *source, size_t length, uint8_t out[STORE_HASH_BYTES])
{
    crypto_hash_sha256(out, (const unsigned char *)source, length);
}

static bool added_one(Query *query, bool *added, Error *err)
{
    sqlite3 *db = query->store->db;
    bool ran = query_run(query, err);
    *added = ran && sqlite3_changes(db) > 0;
    return ran;
}

/* ---- definitions ----------------------------------------------------------- */

static void read_definition(Query *query, DefinitionRow *row)
{
    *row = (DefinitionRow){.number = column_number(query)};
    column_fixed(query, row->hash, sizeof row->hash);
    row->language_version = (int)column_number(query);
    row->flow = column_text(query);
    row->version_label = column_text(query);
    row->in_force_from = (Day)column_number(query);
    row->deployed = column_number(query);
    row->deployed_by = column_number(query);
    row->source = column_text_bytes(query, &row->source_length);
}

bool store_definition_add(Store *store, const DefinitionRow *row, bool *added, Error *err)
{
    uint8_t source_hash[STORE_HASH_BYTES];
    hash_of(row->source, row->source_length, source_hash);
    Query query = query_start(store, STATEMENT_DEFINITION_ADD, err);
    bind_fixed(&query, row->hash, sizeof row->hash);
    bind_number(&query, row->language_version);
    bind_text(&query, row->flow, err);
    bind_text(&query, row->version_label, err);
    bind_number(&query, row->in_force_from);
    bind_number(&query, row->deployed);
    bind_number_or_null(&query, row->deployed_by, 0);
    bind_text_bytes(&query, row->source, row->source_length, err);
    bind_fixed(&query, source_hash, sizeof source_hash);
    return added_one(&query, added, err);
}

static bool found_definition(Query *query, DefinitionRow *row, bool *found, Error *err)
{
    *found = query_row_kept(query, KEPT_DEFINITION, err);
    if (*found)
        read_definition(query, row);
    return query_end(query, err);
}

bool store_definition_find(Store *store, const uint8_t hash[STORE_HASH_BYTES],
                           DefinitionRow *row, bool *found, Error *err)
{
    Query query = query_start(store, STATEMENT_DEFINITION_FIND, err);
    bind_fixed(&query, hash, STORE_HASH_BYTES);
    return found_definition(&query, row, found, err);
}

bool store_definition_in_force(Store *store, const char *flow, Day day, DefinitionRow *row,
                               bool *found, Error *err)
{
    Query query = query_start(store, STATEMENT_DEFINITION_IN_FORCE, err);
    bind_text(&query, flow, err);
    bind_number(&query, day);
    return found_definition(&query, row, found, err);
}

bool store_definitions(Store *store, const char *flow, DefinitionVisit visit, void *context,
                       Error *err)
{
    DefinitionRow row;
    err->kind = ERROR_NONE;
    Query query = query_start(store, STATEMENT_DEFINITIONS, err);
    bind_text(&query, flow, err);
    while (query_row(&query, err)) {
        read_definition(&query, &row);
        if (!query_sound(&query, err) || !visit(context, &row, err))
            break;
    }
    return query_end(&query, err) && err->kind == ERROR_NONE;
}

/* ---- holiday data ------------------------------------------------------------ */

static void read_calendar(Query *query, CalendarRow *row)
{
    *row = (CalendarRow){.number = column_number(query)};
    column_fixed(query, row->hash, sizeof row->hash);
    row->name = column_text(query);
    row->applied = column_number(query);
    row->applied_by = column_number(query);
    row->source = column_text_bytes(query, &row->source_length);
}

bool store_calendar_add(Store *store, const CalendarRow *row, bool *added, Error *err)
{
    uint8_t source_hash[STORE_HASH_BYTES];
    hash_of(row->source, row->source_length, source_hash);
    Query query = query_start(store, STATEMENT_CALENDAR_ADD, err);
    bind_fixed(&query, row->hash, sizeof row->hash);
    bind_text(&query, row->name, err);
    bind_number(&query, row->applied);
    bind_number_or_null(&query, row->applied_by, 0);
    bind_text_bytes(&query, row->source, row->source_length, err);
    bind_fixed(&query, source_hash, sizeof source_hash);
    return added_one(&query, added, err);
}

static bool found_calendar(Query *query, CalendarRow *row, bool *found, Error *err)
{
    *found = query_row_kept(query, KEPT_CALENDAR, err);
    if (*found)
        read_calendar(query, row);
    return query_end(query, err);
}

bool store_calendar_find(Store *store, const uint8_t hash[STORE_HASH_BYTES], CalendarRow *row,
                         bool *found, Error *err)
{
    Query query = query_start(store, STATEMENT_CALENDAR_FIND, err);
    bind_fixed(&query, hash, STORE_HASH_BYTES);
    return found_calendar(&query, row, found, err);
}

bool store_calendar_latest(Store *store, const char *name, CalendarRow *row, bool *found,
                           Error *err)
{
    Query query = query_start(store, STATEMENT_CALENDAR_LATEST, err);
    bind_text(&query, name, err);
    return found_calendar(&query, row, found, err);
}

bool store_calendars(Store *store, CalendarVisit visit, void *context, Error *err)
{
    CalendarRow row;
    err->kind = ERROR_NONE;
    Query query = query_start(store, STATEMENT_CALENDARS, err);
    while (query_row(&query, err)) {
        read_calendar(&query, &row);
        if (!query_sound(&query, err) || !visit(context, &row, err))
            break;
    }
    return query_end(&query, err) && err->kind == ERROR_NONE;
}
