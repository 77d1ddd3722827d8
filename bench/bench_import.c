/* A log of past cases into the case database: reading, judging, hashing and writing by
 * the library, against bare SQLite statements that write the same rows in batches of
 * the same size. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "api/import.h"
#include "bare.h"
#include "bench.h"
#include "log.h"

#define ENTRIES 100000
#define AIM     1.5

static char folder[] = "/tmp/casewright-bench-XXXXXX";
static char ours[80], bare[80], csv[80];

static const char map_text[] = "fact risk column \"risk\"\n"
                               "fact score column \"score\"\n";

/* ---- ours --------------------------------------------------------------------- */

static double run_ours(const Mapping *mapping)
{
    const int64_t now = INT64_C(1767225600000); /* 1 January 2026 */
    const char *paths[] = {csv};
    const CwOptions options = {.exclusive = true};
    LogRequest from = {.paths = paths, .path_count = 1, .mapping = mapping, .has_zone = true};
    ImportRequest request = {.flow = "small", .log = &from};
    Engine *engine;
    Error err = {0};
    CwError error;
    Log log = {0};
    Imported imported;
    must(engine_create(ours, true, now, &err) && engine_open(ours, &options, &engine, &err) &&
             engine_set_now(engine, now, true, &err),
         err.text);
    must(cw_deploy(engine, "bench/small.flow", NULL, NULL, &error), error.text);
    double start = bench_seconds();
    must(engine_import(engine, &request, &log, &imported, &err), err.text);
    double time = bench_seconds() - start;
    must(imported.entries == ENTRIES && imported.aside == 0, "not everything was imported");
    log_clear(&log);
    engine_close(engine);
    return time;
}

/* ---- bare ----------------------------------------------------------------------- */

typedef struct Table {
    BareRows rows;
    sqlite3_stmt *insert;
    int next;
} Table;

static Table table_of(sqlite3 *db, const char *name, const char *sql)
{
    Table table = {.rows = bare_rows(db, sql)};
    table.insert = bare_insert(db, name, table.rows.columns, "INSERT");
    return table;
}

/* The rows that belong to the case: `column` holds its number. */
static int put_of_case(Table *table, int column, int64_t id)
{
    int count = 0;
    while (table->next < table->rows.count &&
           sqlite3_value_int64(table->rows.rows[table->next].values[column]) == id) {
        bare_put(table->insert, &table->rows.rows[table->next++], table->rows.columns);
        count++;
    }
    return count;
}

static void table_clear(Table *table)
{
    sqlite3_finalize(table->insert);
    bare_rows_clear(&table->rows);
}

static double run_bare(void)
{
    sqlite3 *db = bare_make(bare, ours);
    Table cases = table_of(db, "case_file", "SELECT * FROM o.case_file ORDER BY id");
    Table entries = table_of(db, "entry",
                             "SELECT * FROM o.entry WHERE case_id IS NOT NULL ORDER BY number");
    Table contents =
        table_of(db, "entry_content",
                 "SELECT c.* FROM o.entry_content AS c JOIN o.entry AS e"
                 " ON e.number = c.entry WHERE e.case_id IS NOT NULL ORDER BY entry");
    Table tasks = table_of(db, "task", "SELECT * FROM o.task ORDER BY case_id, position");
    sqlite3_stmt *begin = bare_prepare(db, "BEGIN IMMEDIATE");
    sqlite3_stmt *commit = bare_prepare(db, "COMMIT");
    uint32_t in_batch = 0;
    double start = bench_seconds();
    bare_run(begin);
    for (int i = 0; i < cases.rows.count; i++) {
        const BareRow *row = &cases.rows.rows[i];
        int64_t id = sqlite3_value_int64(row->values[0]);
        bare_put(cases.insert, row, cases.rows.columns);
        int count = put_of_case(&entries, 1, id);
        for (int k = 0; k < count; k++)
            bare_put(contents.insert, &contents.rows.rows[contents.next++],
                     contents.rows.columns);
        put_of_case(&tasks, 0, id);
        in_batch += (uint32_t)count;
        if (in_batch < IMPORT_BATCH)
            continue;
        bare_run(commit);
        sqlite3_wal_checkpoint_v2(db, "main", SQLITE_CHECKPOINT_TRUNCATE, NULL, NULL);
        bare_run(begin);
        in_batch = 0;
    }
    bare_run(commit);
    double time = bench_seconds() - start;
    Table *all[] = {&cases, &entries, &contents, &tasks};
    for (int i = 0; i < 4; i++)
        table_clear(all[i]);
    sqlite3_close_v2(db);
    return time;
}

/* ---- all -------------------------------------------------------------------------- */

static void make_log(void)
{
    LogEntry *entries = log_make_clean(ENTRIES, 20210201);
    must(log_write_csv(entries, ENTRIES, csv), "cannot write the log");
    free(entries);
}

int main(void)
{
    double ours_times[BENCH_RUNS], bare_times[BENCH_RUNS];
    Mapping mapping = {0};
    Error err = {0};
    must(mkdtemp(folder) != NULL, "cannot make a temporary folder");
    snprintf(ours, sizeof ours, "%s/ours.db", folder);
    snprintf(bare, sizeof bare, "%s/bare.db", folder);
    snprintf(csv, sizeof csv, "%s/log.csv", folder);
    must(mapping_parse(&mapping, "bench.map", map_text, sizeof map_text - 1, &err), err.text);
    for (int i = 0; i < BENCH_RUNS; i++) {
        bare_clean(folder);
        make_log();
        ours_times[i] = run_ours(&mapping);
        bare_times[i] = run_bare();
    }
    bare_clean(folder);
    rmdir(folder);
    mapping_clear(&mapping);
    double a = bench_median(ours_times), b = bench_median(bare_times);
    printf("import: %.1f us an entry, bare statements %.1f us: %.2f times (aim %.1f)\n",
           a * 1e6 / ENTRIES, b * 1e6 / ENTRIES, a / b, AIM);
    return 0;
}
