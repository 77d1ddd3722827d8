/* One durable entry per transaction: through the library, against the bare SQLite
 * statements that write the same rows with the same settings and schema. Both end
 * each transaction on the disk. Prints also what an entry takes on disk. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "api/casewright.h"
#include "bare.h"
#include "bench.h"

#define CASES 250
#define STEPS 8
#define AIM   1.3

static char folder[] = "/tmp/casewright-bench-XXXXXX";
static char ours[80], bare[80];

/* ---- ours --------------------------------------------------------------------- */

typedef struct Step {
    const char *name, *role, *fact;
    int day;
} Step;

static const Step steps[STEPS] = {
    {"refer", "intake", NULL, 0},
    {"screen", "intake", "risk=medium", 0},
    {"allot", "manager", NULL, 1},
    {"see-child", "worker", NULL, 3},
    {"assess", "worker", "score=60", 9},
    {"plan", "worker", NULL, 14},
    {"review-case", "manager", "risk=low", 20},
    {"close", "manager", NULL, 21},
};

static void write_step(CwDatabase *database, int number, const Step *step, int64_t now)
{
    char which[16], reference[16];
    snprintf(which, sizeof which, "%d", number);
    snprintf(reference, sizeof reference, "R-%d", number);
    CwRequest request = {.kind = step == steps ? CW_OPEN : CW_RECORD,
                         .which = which,
                         .flow = "small",
                         .reference = step == steps ? reference : NULL,
                         .name = step->name,
                         .person = step->role,
                         .role = step->role,
                         .facts = &step->fact,
                         .fact_count = step->fact != NULL};
    CwAnswer answer;
    CwError error;
    must(cw_set_now(database, now + step->day * INT64_C(86400000), true, &error), error.text);
    must(cw_write(database, &request, &answer, &error), error.text);
    must(answer.accepted, answer.text);
}

static double run_ours(void)
{
    const int64_t now = INT64_C(1613379600000); /* 15 February 2021, 09:00 */
    CwDatabase *database;
    CwError error;
    must(cw_create(ours, true, now, &error), error.text);
    must(cw_open(ours, NULL, &database, &error), error.text);
    must(cw_set_now(database, now, true, &error), error.text);
    must(cw_deploy(database, "bench/small.flow", NULL, NULL, &error), error.text);
    for (int i = 0; i < 3; i++) {
        static const char *const people[] = {"intake", "worker", "manager"};
        must(cw_person_add(database, people[i], NULL, &error), error.text);
        must(cw_person_hold(database, people[i], people[i], "2001-01-01", NULL, &error),
             error.text);
    }
    double start = bench_seconds();
    for (const Step *step = steps; step < steps + STEPS; step++)
        for (int i = 1; i <= CASES; i++)
            write_step(database, i, step, now);
    double time = bench_seconds() - start;
    cw_close(database);
    return time;
}

/* ---- bare ----------------------------------------------------------------------- */

/* Per transaction: the entry, its content, the case's row, its list of work. */
static double run_bare(void)
{
    sqlite3 *db = bare_make(bare, ours);
    BareRows cases = bare_rows(db, "SELECT * FROM o.case_file ORDER BY id");
    BareRows entries =
        bare_rows(db, "SELECT * FROM o.entry WHERE case_id IS NOT NULL ORDER BY number");
    BareRows contents =
        bare_rows(db, "SELECT c.* FROM o.entry_content AS c JOIN o.entry AS e ON"
                      " e.number = c.entry WHERE e.case_id IS NOT NULL ORDER BY entry");
    BareRows tasks = bare_rows(db, "SELECT * FROM o.task ORDER BY case_id, position");
    sqlite3_stmt *begin = bare_prepare(db, "BEGIN IMMEDIATE"),
                 *commit = bare_prepare(db, "COMMIT");
    sqlite3_stmt *open = bare_insert(db, "case_file", cases.columns, "INSERT");
    sqlite3_stmt *entry = bare_insert(db, "entry", entries.columns, "INSERT");
    sqlite3_stmt *content = bare_insert(db, "entry_content", contents.columns, "INSERT");
    sqlite3_stmt *task = bare_insert(db, "task", tasks.columns, "INSERT OR REPLACE");
    sqlite3_stmt *set =
        bare_prepare(db, "UPDATE main.case_file SET as_of = ?, status = ?, next_due = ?,"
                         " opened = ?, closed = ?, layout = ?, record = ? WHERE id = ?");
    int per_case = tasks.count / CASES;
    double start = bench_seconds();
    for (int i = 0; i < entries.count; i++) {
        const BareRow *row = &cases.rows[i % CASES];
        BareRow change = {{row->values[6], row->values[7], row->values[8], row->values[9],
                           row->values[10], row->values[11], row->values[12], row->values[0]}};
        bare_run(begin);
        if (i < CASES)
            bare_put(open, row, cases.columns);
        bare_put(entry, &entries.rows[i], entries.columns);
        bare_put(content, &contents.rows[i], contents.columns);
        bare_put(set, &change, 8);
        for (int k = 0; k < per_case; k++)
            bare_put(task, &tasks.rows[(i % CASES) * per_case + k], tasks.columns);
        bare_run(commit);
    }
    double time = bench_seconds() - start;
    sqlite3_close_v2(db);
    return time;
}

/* ---- all -------------------------------------------------------------------------- */

int main(void)
{
    double ours_times[BENCH_RUNS], bare_times[BENCH_RUNS];
    struct stat file = {0};
    must(mkdtemp(folder) != NULL, "cannot make a temporary folder");
    snprintf(ours, sizeof ours, "%s/ours.db", folder);
    snprintf(bare, sizeof bare, "%s/bare.db", folder);
    for (int i = 0; i < BENCH_RUNS; i++) {
        bare_clean(folder);
        ours_times[i] = run_ours();
        must(stat(ours, &file) == 0, "no database");
        bare_times[i] = run_bare();
    }
    bare_clean(folder);
    rmdir(folder);
    double a = bench_median(ours_times), b = bench_median(bare_times);
    printf("store: %.0f us a durable entry, bare statements %.0f us: %.2f times (aim %.1f);"
           " %lld bytes an entry on disk, all tables\n",
           a * 1e6 / (CASES * STEPS), b * 1e6 / (CASES * STEPS), a / b, AIM,
           (long long)file.st_size / (CASES * STEPS));
    return 0;
}
