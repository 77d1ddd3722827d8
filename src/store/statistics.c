#include "store/store.h"

#include "store/file.h"
#include "store/store_internal.h"

bool store_statistics(Store *store, StoreStatistics *out, Error *err)
{
    *out = (StoreStatistics){.next_due = MOMENT_NEVER, .last_recorded = MOMENT_NONE};
    Query query = query_start(store, STATEMENT_STATISTICS, err);
    if (query_row(&query, err)) {
        out->definitions = column_number(&query);
        out->cases_open = column_number(&query);
        out->cases_closed = column_number(&query);
        out->entries = column_number(&query);
        out->refusals = column_number(&query);
        out->tasks_open = column_number(&query);
        out->people = column_number(&query);
        out->outbox_waiting = column_number(&query);
        out->outbox_delivered = column_number(&query);
        out->outbox_withdrawn = column_number(&query);
        out->contents_destroyed = column_number(&query);
        out->next_due = column_number_or(&query, MOMENT_NEVER);
    }
    out->file_bytes = file_size(store->path, "");
    out->wal_bytes = file_size(store->path, "-wal");
    out->sqlite_version = sqlite3_libversion();
    return query_end(&query, err) && store_last_recorded(store, &out->last_recorded, err);
}
