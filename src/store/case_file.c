#include "store/store.h"

#include "store/store_internal.h"

static void read_case(Query *query, CaseRow *row)
{
    *row = (CaseRow){.id = column_number(query)};
    row->reference = column_text(query);
    row->flow = column_text(query);
    column_fixed(query, row->definition, sizeof row->definition);
    row->has_calendar = column_fixed(query, row->calendar, sizeof row->calendar);
    row->last_entry = column_number(query);
    row->as_of = column_number_or(query, MOMENT_NONE);
    row->status = (StoreStatus)column_word(query, store_status_words, STORE_CLOSED + 1);
    row->next_due = column_number_or(query, MOMENT_NEVER);
    row->opened = column_number_or(query, MOMENT_NONE);
    row->closed = column_number_or(query, MOMENT_NONE);
    row->layout = (uint64_t)column_number(query);
    row->record = column_bytes(query, &row->record_bytes);
}

/* The columns that adding and setting a case have in common. */
static void bind_state(Query *query, const CaseRow *row, Error *err)
{
    bind_fixed(query, row->definition, sizeof row->definition);
    bind_hash_or_null(query, row->calendar, row->has_calendar);
    bind_number_or_null(query, row->last_entry, 0);
    bind_moment(query, row->as_of);
    bind_text(query, store_status_words[row->status], err);
    bind_moment(query, row->next_due);
    bind_moment(query, row->opened);
    bind_moment(query, row->closed);
    bind_number(query, (int64_t)row->layout);
    bind_bytes(query, row->record, row->record_bytes, err);
}

bool store_case_add(Store *store, CaseRow *row, Error *err)
{
    Query query = query_start(store, STATEMENT_CASE_ADD, err);
    bind_text(&query, row->reference, err);
    bind_text(&query, row->flow, err);
    bind_state(&query, row, err);
    if (!query_run(&query, err))
        return false;
    row->id = sqlite3_last_insert_rowid(store->db);
    return true;
}

bool store_case_set(Store *store, const CaseRow *row, Error *err)
{
    Query query = query_start(store, STATEMENT_CASE_SET, err);
    bind_state(&query, row, err);
    bind_number(&query, row->id);
    if (!query_run(&query, err))
        return false;
    if (sqlite3_changes(store->db) == 0)
        return error_kind(err, ERROR_NOT_FOUND, "there is no case %lld", (long long)row->id);
    return true;
}

bool store_case_forget_record(Store *store, int64_t id, Error *err)
{
    Query query = query_start(store, STATEMENT_CASE_FORGET_RECORD, err);
    bind_number(&query, id);
    return query_run(&query, err);
}

static bool found_case(Query *query, CaseRow *row, bool *found, Error *err)
{
    *found = query_row_kept(query, KEPT_CASE, err);
    if (*found)
        read_case(query, row);
    return query_end(query, err);
}

bool store_case_find(Store *store, int64_t id, CaseRow *row, bool *found, Error *err)
{
    Query query = query_start(store, STATEMENT_CASE_FIND, err);
    bind_number(&query, id);
    return found_case(&query, row, found, err);
}

static bool walk_cases(Query *query, CaseVisit visit, void *context, Error *err)
{
    CaseRow row;
    while (query_row(query, err)) {
        read_case(query, &row);
        if (!query_sound(query, err) || !visit(context, &row, err))
            break;
    }
    return query_end(query, err) && err->kind == ERROR_NONE;
}

/* A case whose status is none that we write is neither open nor closed, so it would
 * be missing from every list. Reading one is what fails. */
static bool statuses_are_known(Store *store, Error *err)
{
    CaseRow row;
    bool found;
    Query query = query_start(store, STATEMENT_CASES_STRANGE, err);
    return found_case(&query, &row, &found, err) && !found;
}

bool store_cases(Store *store, int64_t after, bool only_open, CaseVisit visit, void *context,
                 Error *err)
{
    err->kind = ERROR_NONE;
    if (only_open && !statuses_are_known(store, err))
        return false;
    Query query = query_start(store, only_open ? STATEMENT_CASES_OPEN : STATEMENT_CASES, err);
    bind_number(&query, after);
    return walk_cases(&query, visit, context, err);
}

bool store_cases_of_reference(Store *store, const char *reference, CaseVisit visit,
                              void *context, Error *err)
{
    err->kind = ERROR_NONE;
    Query query = query_start(store, STATEMENT_CASES_OF_REFERENCE, err);
    bind_text(&query, reference, err);
    return walk_cases(&query, visit, context, err);
}

bool store_cases_due(Store *store, Moment until, int64_t most, CaseVisit visit, void *context,
                     Error *err)
{
    err->kind = ERROR_NONE;
    if (!statuses_are_known(store, err))
        return false;
    Query query = query_start(store, STATEMENT_CASES_DUE, err);
    bind_number(&query, until);
    bind_number(&query, most);
    return walk_cases(&query, visit, context, err);
}
