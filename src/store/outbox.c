/* What goes out, and what was turned away. */
#include "store/store.h"

#include "store/store_internal.h"

/* ---- refusals -------------------------------------------------------------------- */

static void read_refusal(Query *query, RefusalRow *row)
{
    *row = (RefusalRow){.number = column_number(query)};
    row->case_id = column_number(query);
    row->kind = (LogKind)column_word(query, log_kind_words, LOG_KIND_COUNT);
    row->name = column_text(query);
    row->effective = column_number_or(query, MOMENT_NONE);
    row->recorded = column_number(query);
    row->person = column_number(query);
    row->role = column_text(query);
    row->code = column_text(query);
    row->text = column_text(query);
}

bool store_refusal_add(Store *store, const RefusalRow *row, Error *err)
{
    Query query = query_start(store, STATEMENT_REFUSAL_ADD, err);
    bind_number_or_null(&query, row->case_id, 0);
    bind_text(&query, log_kind_text(row->kind), err);
    bind_text(&query, row->name, err);
    bind_moment(&query, row->effective);
    bind_number(&query, row->recorded);
    bind_number_or_null(&query, row->person, 0);
    bind_text(&query, row->role, err);
    bind_text(&query, row->code, err);
    bind_text(&query, row->text, err);
    return query_run(&query, err);
}

bool store_refusals(Store *store, int64_t case_id, RefusalVisit visit, void *context,
                    Error *err)
{
    RefusalRow row;
    err->kind = ERROR_NONE;
    Query query = query_start(store, case_id ? STATEMENT_REFUSALS_OF : STATEMENT_REFUSALS, err);
    if (case_id)
        bind_number(&query, case_id);
    while (query_row(&query, err)) {
        read_refusal(&query, &row);
        if (!query_sound(&query, err) || !visit(context, &row, err))
            break;
    }
    return query_end(&query, err) && err->kind == ERROR_NONE;
}

/* ---- notifications ----------------------------------------------------------------- */

static void read_notification(Query *query, OutboxRow *row)
{
    *row = (OutboxRow){.number = column_number(query)};
    row->key = column_text(query);
    row->case_id = column_number(query);
    row->kind = column_text(query);
    row->name = column_text(query);
    row->role = column_text(query);
    row->person = column_number(query);
    row->text = column_text(query);
    row->happened = column_number(query);
    row->due = column_number_or(query, MOMENT_NEVER);
    row->created = column_number(query);
    row->delivered = column_number_or(query, MOMENT_NONE);
    row->withdrawn = column_number_or(query, MOMENT_NONE);
}

static bool revive(Store *store, const char *key, Error *err)
{
    Query query = query_start(store, STATEMENT_OUTBOX_REVIVE, err);
    bind_text(&query, key, err);
    return query_run(&query, err);
}

bool store_outbox_add(Store *store, const OutboxRow *row, bool *added, Error *err)
{
    *added = false;
    Query query = query_start(store, STATEMENT_OUTBOX_ADD, err);
    bind_text(&query, row->key, err);
    bind_number(&query, row->case_id);
    bind_text(&query, row->kind, err);
    bind_text(&query, row->name, err);
    bind_text(&query, row->role, err);
    bind_number_or_null(&query, row->person, 0);
    bind_text(&query, row->text, err);
    bind_number(&query, row->happened);
    bind_moment(&query, row->due);
    bind_number(&query, row->created);
    if (!query_run(&query, err))
        return false;
    *added = sqlite3_changes(store->db) > 0;
    return *added || revive(store, row->key, err);
}

static StatementId outbox_statement(int64_t case_id, bool only_waiting)
{
    if (case_id)
        return only_waiting ? STATEMENT_OUTBOX_WAITING_OF : STATEMENT_OUTBOX_OF;
    return only_waiting ? STATEMENT_OUTBOX_WAITING : STATEMENT_OUTBOX;
}

bool store_outbox(Store *store, int64_t case_id, bool only_waiting, OutboxVisit visit,
                  void *context, Error *err)
{
    OutboxRow row;
    err->kind = ERROR_NONE;
    Query query = query_start(store, outbox_statement(case_id, only_waiting), err);
    if (case_id)
        bind_number(&query, case_id);
    while (query_row(&query, err)) {
        read_notification(&query, &row);
        if (!query_sound(&query, err) || !visit(context, &row, err))
            break;
    }
    return query_end(&query, err) && err->kind == ERROR_NONE;
}

static bool mark(Store *store, StatementId id, int64_t number, Instant now, Error *err)
{
    Query query = query_start(store, id, err);
    bind_number(&query, now);
    bind_number(&query, number);
    return query_run(&query, err);
}

bool store_outbox_delivered(Store *store, int64_t number, Instant now, Error *err)
{
    return mark(store, STATEMENT_OUTBOX_DELIVERED, number, now, err);
}

bool store_outbox_withdraw(Store *store, int64_t number, Instant now, Error *err)
{
    return mark(store, STATEMENT_OUTBOX_WITHDRAW, number, now, err);
}
