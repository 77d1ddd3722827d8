/* How long it takes to work out what has fallen due, with a hundred cases due among
 * a thousand to a million open ones. The cases are made by copying the rows of one,
 * as an import would; only the sweep is measured. It must not grow with what is not
 * due. */
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "api/casewright.h"
#include "bench.h"

#define DUE 100

static char folder[] = "/tmp/casewright-bench-XXXXXX";
static char path[80];
static const int64_t now = INT64_C(1613379600000); /* 15 February 2021, 09:00 */

static void must(bool done, const char *what)
{
    if (done)
        return;
    fprintf(stderr, "bench: %s\n", what);
    exit(1);
}

static void open_case(CwDatabase *database, int64_t at)
{
    CwError error;
    CwAnswer answer;
    CwRequest request = {.kind = CW_OPEN,
                         .flow = "small",
                         .name = "refer",
                         .person = "intake",
                         .role = "intake"};
    must(cw_set_now(database, at, true, &error), error.text);
    must(cw_write(database, &request, &answer, &error), error.text);
    must(answer.accepted, answer.text);
}

static CwDatabase *make(void)
{
    CwDatabase *database;
    CwError error;
    unlink(path);
    must(cw_create(path, true, now, &error), error.text);
    must(cw_open(path, NULL, &database, &error), error.text);
    must(cw_set_now(database, now, true, &error), error.text);
    must(cw_deploy(database, "bench/small.flow", NULL, NULL, &error), error.text);
    must(cw_person_add(database, "intake", NULL, &error), error.text);
    must(cw_person_hold(database, "intake", "intake", "2001-01-01", NULL, &error), error.text);
    return database;
}

/* Open cases that are not due for long: copies of the last one's row. */
static void add_cases(long count)
{
    sqlite3 *db;
    char sql[600];
    must(sqlite3_open(path, &db) == SQLITE_OK, "cannot open the database");
    snprintf(sql, sizeof sql,
             "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < %ld)"
             " INSERT INTO case_file (flow, definition_hash, calendar_hash, last_entry, as_of,"
             " status, next_due, opened, closed, layout, record) SELECT flow, definition_hash,"
             " calendar_hash, last_entry, as_of, status, next_due + 8 * 86400000 * (400 + i),"
             " opened, closed, layout, record FROM case_file, n WHERE id = (SELECT max(id) FROM"
             " case_file)",
             count);
    must(sqlite3_exec(db, sql, NULL, NULL, NULL) == SQLITE_OK, sqlite3_errmsg(db));
    sqlite3_close(db);
}

int main(void)
{
    double first = 0;
    must(mkdtemp(folder) != NULL, "cannot make a temporary folder");
    snprintf(path, sizeof path, "%s/tick.db", folder);
    for (long open = 1000; open <= 1000000; open *= 10) {
        CwError error;
        int64_t cases;
        CwDatabase *database = make();
        for (int i = 0; i < DUE; i++)
            open_case(database, now);
        cw_close(database);
        add_cases(open - DUE);
        must(cw_open(path, NULL, &database, &error), error.text);
        must(cw_set_now(database, now + INT64_C(3) * 86400000, true, &error), error.text);
        double start = bench_seconds();
        must(cw_tick(database, &cases, &error), error.text);
        double time = bench_seconds() - start;
        cw_close(database);
        must(cases == DUE, "the sweep did not move the cases that were due");
        first = first > 0 ? first : time;
        printf("tick: %7ld open cases, %d due: %.1f ms (%.2f times the first)\n", open, DUE,
               time * 1e3, time / first);
    }
    unlink(path);
    char rest[100];
    snprintf(rest, sizeof rest, "%s-wal", path);
    unlink(rest);
    snprintf(rest, sizeof rest, "%s-shm", path);
    unlink(rest);
    rmdir(folder);
    return 0;
}
