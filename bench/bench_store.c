/* One durable entry per transaction: through the library, against the bare SQLite
 * statements that write the same rows with the same settings and schema. Both end
 * each transaction on the disk. Prints also what an entry takes on disk. */
#include <dirent.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "api/casewright.h"
#include "bench.h"

#define CASES 250
#define STEPS 8
#define AIM   1.3

static char folder[] = "/tmp/casewright-bench-XXXXXX";
static char ours[80], bare[80];

static void must(bool done, const char *what)
{
    if (done)
        return;
    fprintf(stderr, "bench: %s\n", what);
    exit(1);
}

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

static sqlite3 *db;

static void run(const char *sql)
{
    must(sqlite3_exec(db, sql, NULL, NULL, NULL) == SQLITE_OK, sqlite3_errmsg(db));
}

static sqlite3_stmt *prepare(const char *sql)
{
    sqlite3_stmt *stmt = NULL;
    must(sqlite3_prepare_v3(db, sql, -1, SQLITE_PREPARE_PERSISTENT, &stmt, NULL) == SQLITE_OK,
         sqlite3_errmsg(db));
    return stmt;
}

/* The same schema, and the rows that the measured time does not write. */
static void make_bare(void)
{
    char sql[300];
    must(sqlite3_open(bare, &db) == SQLITE_OK, "cannot make the bare database");
    run("PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA wal_autocheckpoint=0;"
        "PRAGMA foreign_keys=ON; PRAGMA temp_store=MEMORY");
    snprintf(sql, sizeof sql, "ATTACH '%s' AS o", ours);
    run(sql);
    sqlite3_stmt *schema = prepare("SELECT sql FROM o.sqlite_master WHERE sql IS NOT NULL"
                                   " AND name NOT LIKE 'sqlite_%' ORDER BY type = 'table' DESC,"
                                   " type = 'index' DESC, rowid");
    while (sqlite3_step(schema) == SQLITE_ROW)
        run((const char *)sqlite3_column_text(schema, 0));
    sqlite3_finalize(schema);
    run("INSERT INTO person SELECT * FROM o.person; INSERT INTO definition SELECT * FROM "
        "o.definition;"
        "INSERT INTO calendar_version SELECT * FROM o.calendar_version;"
        "INSERT INTO entry SELECT * FROM o.entry WHERE case_id IS NULL;"
        "INSERT INTO entry_content SELECT c.* FROM o.entry_content AS c JOIN o.entry AS e"
        " ON e.number = c.entry WHERE e.case_id IS NULL");
}

/* Values read into memory before the clock runs. */
typedef struct Row {
    sqlite3_value *values[32];
} Row;

typedef struct Rows {
    Row *rows;
    int count, columns;
} Rows;

static Rows read_rows(const char *sql)
{
    sqlite3_stmt *stmt = prepare(sql);
    Rows rows = {.columns = sqlite3_column_count(stmt)};
    rows.rows = calloc(CASES * STEPS * 16, sizeof *rows.rows);
    while (sqlite3_step(stmt) == SQLITE_ROW) {
        Row *row = &rows.rows[rows.count++];
        for (int i = 0; i < rows.columns; i++)
            row->values[i] = sqlite3_value_dup(sqlite3_column_value(stmt, i));
    }
    sqlite3_finalize(stmt);
    return rows;
}

static sqlite3_stmt *insert_of(const char *table, int columns, const char *verb)
{
    char sql[300];
    int length = snprintf(sql, sizeof sql, "%s INTO main.%s VALUES (?", verb, table);
    for (int i = 1; i < columns; i++)
        length += snprintf(sql + length, sizeof sql - (size_t)length, ",?");
    snprintf(sql + length, sizeof sql - (size_t)length, ")");
    return prepare(sql);
}

static void put(sqlite3_stmt *stmt, const Row *row, int first, int columns)
{
    for (int i = first; i < columns; i++)
        sqlite3_bind_value(stmt, i - first + 1, row->values[i]);
    must(sqlite3_step(stmt) == SQLITE_DONE, sqlite3_errmsg(db));
    sqlite3_reset(stmt);
}

/* Per transaction: the entry, its content, the case's row, its list of work. */
static double run_bare(void)
{
    make_bare();
    Rows cases = read_rows("SELECT * FROM o.case_file ORDER BY id");
    Rows entries = read_rows("SELECT * FROM o.entry WHERE case_id IS NOT NULL ORDER BY number");
    Rows contents = read_rows("SELECT c.* FROM o.entry_content AS c JOIN o.entry AS e ON"
                              " e.number = c.entry WHERE e.case_id IS NOT NULL ORDER BY entry");
    Rows tasks = read_rows("SELECT * FROM o.task ORDER BY case_id, position");
    sqlite3_stmt *begin = prepare("BEGIN IMMEDIATE"), *commit = prepare("COMMIT");
    sqlite3_stmt *open = insert_of("case_file", cases.columns, "INSERT");
    sqlite3_stmt *entry = insert_of("entry", entries.columns, "INSERT");
    sqlite3_stmt *content = insert_of("entry_content", contents.columns, "INSERT");
    sqlite3_stmt *task = insert_of("task", tasks.columns, "INSERT OR REPLACE");
    sqlite3_stmt *set = prepare("UPDATE main.case_file SET as_of = ?, status = ?, next_due = ?,"
                                " opened = ?, closed = ?, layout = ?, record = ? WHERE id = ?");
    int per_case = tasks.count / CASES;
    double start = bench_seconds();
    for (int i = 0; i < entries.count; i++) {
        const Row *row = &cases.rows[i % CASES];
        Row change = {{row->values[6], row->values[7], row->values[8], row->values[9],
                       row->values[10], row->values[11], row->values[12], row->values[0]}};
        sqlite3_step(begin);
        sqlite3_reset(begin);
        if (i < CASES)
            put(open, row, 0, cases.columns);
        put(entry, &entries.rows[i], 0, entries.columns);
        put(content, &contents.rows[i], 0, contents.columns);
        put(set, &change, 0, 8);
        for (int k = 0; k < per_case; k++)
            put(task, &tasks.rows[(i % CASES) * per_case + k], 0, tasks.columns);
        must(sqlite3_step(commit) == SQLITE_DONE, sqlite3_errmsg(db));
        sqlite3_reset(commit);
    }
    double time = bench_seconds() - start;
    sqlite3_close_v2(db);
    return time;
}

/* ---- all -------------------------------------------------------------------------- */

static void clean(void)
{
    char path[400];
    DIR *dir = opendir(folder);
    for (struct dirent *item; dir && (item = readdir(dir));) {
        snprintf(path, sizeof path, "%s/%s", folder, item->d_name);
        if (item->d_name[0] != '.')
            unlink(path);
    }
    if (dir)
        closedir(dir);
}

int main(void)
{
    double ours_times[BENCH_RUNS], bare_times[BENCH_RUNS];
    struct stat file = {0};
    must(mkdtemp(folder) != NULL, "cannot make a temporary folder");
    snprintf(ours, sizeof ours, "%s/ours.db", folder);
    snprintf(bare, sizeof bare, "%s/bare.db", folder);
    for (int i = 0; i < BENCH_RUNS; i++) {
        clean();
        ours_times[i] = run_ours();
        must(stat(ours, &file) == 0, "no database");
        bare_times[i] = run_bare();
    }
    clean();
    rmdir(folder);
    double a = bench_median(ours_times), b = bench_median(bare_times);
    printf("store: %.0f us a durable entry, bare statements %.0f us: %.2f times (aim %.1f);"
           " %lld bytes an entry on disk, all tables\n",
           a * 1e6 / (CASES * STEPS), b * 1e6 / (CASES * STEPS), a / b, AIM,
           (long long)file.st_size / (CASES * STEPS));
    return 0;
}
