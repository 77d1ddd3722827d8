/* C5-07, C5-11, C5-12: the disk fills up, fails, or the process dies at each single
 * operation of a story that makes a database and records in it. Afterwards the file
 * opens and verifies, what was acknowledged is there, and nothing is half written. */
#include "../unit/store/scratch.h"
#include "fault_vfs.h"

#define ENTRIES         4 /* of the story, each in a transaction of its own */
#define OPERATIONS_MOST 2000

static const StoreOptions faulty = {
    .write = true, .random = counted_random, .no_wait = true, .vfs = "fault"};

/* How far the story came, as whoever waits for it would know. */
typedef enum Told { TOLD_NOTHING, TOLD_MADE, TOLD_FILLED } Told; /* then one more per entry */

static bool fill_start(Store *store, Error *err)
{
    int64_t id;
    return store_begin(store, err) && fill_person(store, "ann", err) &&
           fill_definition(store, err) && fill_case(store, "R-1", &id, err) &&
           fill_entry(store, id, LOG_OPEN, "open-1", err) && store_commit(store, err);
}

static bool record_one(Store *store, Error *err)
{
    return store_begin(store, err) && fill_entry(store, 1, LOG_EVENT, NULL, err) &&
           store_commit(store, err);
}

static void tell(int channel, int *told)
{
    ++*told;
    if (channel >= 0 && write(channel, "+", 1) != 1)
        _exit(98);
}

/* Returns what was told; also through `channel`, for those who die on the way. */
static int tell_story(const char *path, int channel, Error *err)
{
    int told = TOLD_NOTHING;
    err->kind = ERROR_NONE;
    if (!store_create(path, false, 1, &faulty, err))
        return told;
    tell(channel, &told);
    Store *store = store_open(path, &faulty, err);
    if (store && fill_start(store, err)) {
        tell(channel, &told);
        for (int i = 0; i < ENTRIES && record_one(store, err); i++)
            tell(channel, &told);
    }
    store_close(store);
    return told;
}

static void clear_folder(const Scratch *scratch)
{
    DIR *folder = opendir(scratch->folder);
    for (struct dirent *at; (at = readdir(folder));)
        unlinkat(dirfd(folder), at->d_name, 0);
    closedir(folder);
}

/* With the disk in order again: everything told is there, at most one more, and work
 * goes on. */
static void assert_nothing_lost(Scratch *scratch, int told)
{
    StoreDamage damage;
    StoreStatistics found;
    CaseRow row;
    bool there;
    Store *store = store_open(scratch->path, &scratch_writing, &scratch->err);
    if (!store && told == TOLD_NOTHING && scratch->err.kind == ERROR_NOT_FOUND)
        return;
    assert_ok(scratch, store);
    assert_ok(scratch, store_verify_chain(store, &damage, &scratch->err));
    assert_ok(scratch, store_statistics(store, &found, &scratch->err));
    int64_t least = told <= TOLD_MADE ? 0 : told - TOLD_FILLED + 1;
    assert_in_range(found.entries, least, least + 1);
    assert_int_equal(found.tasks_open, found.entries > 0);
    assert_ok(scratch, store_case_find(store, 1, &row, &there, &scratch->err));
    assert_int_equal(there, found.entries > 0);
    if (there) {
        assert_int_equal(row.last_entry, found.entries);
        assert_ok(scratch, record_one(store, &scratch->err));
    } else {
        assert_ok(scratch, fill_start(store, &scratch->err));
    }
    store_close(store);
}

static void fail_at_each_operation(Scratch *scratch, FaultKind kind, bool forever)
{
    int at = 1;
    fault_register();
    for (; at < OPERATIONS_MOST; at++) {
        fault_plan(kind, at, forever);
        int told = tell_story(scratch->path, -1, &scratch->err);
        bool struck = fault.struck;
        fault_plan(FAULT_NONE, 0, false);
        if (told < TOLD_FILLED + ENTRIES) {
            assert_true(struck);
            if (scratch->err.kind != ERROR_IO)
                fail_msg("operation %d: %d %s", at, scratch->err.kind, scratch->err.text);
        }
        if (told == TOLD_NOTHING)
            assert_int_equal(scratch_file_count(scratch), 0);
        assert_nothing_lost(scratch, told);
        clear_folder(scratch);
        if (!struck)
            break;
    }
    assert_in_range(at, 50, OPERATIONS_MOST - 1);
}

static void a_full_disk_loses_nothing_at_any_write(void **state)
{
    fail_at_each_operation(*state, FAULT_FULL, false);
}

static void a_disk_that_stays_full_loses_nothing(void **state)
{
    fail_at_each_operation(*state, FAULT_FULL, true);
}

static void a_failing_disk_loses_nothing_at_any_operation(void **state)
{
    fail_at_each_operation(*state, FAULT_IO, false);
}

static void a_disk_that_keeps_failing_loses_nothing(void **state)
{
    fail_at_each_operation(*state, FAULT_IO, true);
}

/* ---- ends without warning --------------------------------------------------------------- */

static int read_told(int channel)
{
    int told = 0;
    char c;
    while (read(channel, &c, 1) == 1)
        told++;
    return told;
}

static void remove_shared_memory(const Scratch *scratch)
{
    char path[160];
    snprintf(path, sizeof path, "%s-shm", scratch->path);
    unlink(path);
}

static void die_at_each_operation(Scratch *scratch, FaultKind kind)
{
    int at = 1, status = 0;
    fault_register();
    for (; at < OPERATIONS_MOST; at++) {
        int channel[2];
        assert_int_equal(pipe(channel), 0);
        pid_t child = fork();
        if (child == 0) {
            fault_plan(kind, at, false);
            tell_story(scratch->path, channel[1], &scratch->err);
            _exit(0);
        }
        close(channel[1]);
        int told = read_told(channel[0]);
        close(channel[0]);
        assert_int_equal(waitpid(child, &status, 0), child);
        assert_true(WIFEXITED(status));
        if (kind == FAULT_POWER)
            remove_shared_memory(scratch); /* it was memory */
        assert_nothing_lost(scratch, told);
        clear_folder(scratch);
        if (WEXITSTATUS(status) == 0)
            break;
        assert_int_equal(WEXITSTATUS(status), FAULT_EXIT);
    }
    assert_in_range(at, 50, OPERATIONS_MOST - 1);
}

static void a_process_killed_at_any_operation_loses_nothing(void **state)
{
    die_at_each_operation(*state, FAULT_KILL);
}

static void a_power_cut_at_any_operation_loses_nothing(void **state)
{
    die_at_each_operation(*state, FAULT_POWER);
}

/* ---- a failed sync ---------------------------------------------------------------------- */

static void after_a_failed_sync_nothing_is_tried_again(void **state)
{
    Scratch *scratch = *state;
    StoreStatistics statistics;
    fault_register();
    fault_plan(FAULT_NONE, 0, false);
    assert_int_equal(tell_story(scratch->path, -1, &scratch->err), TOLD_FILLED + ENTRIES);
    assert_ok(scratch, scratch->store = store_open(scratch->path, &faulty, &scratch->err));
    for (int at = 1; at < OPERATIONS_MOST; at++) {
        fault_plan(FAULT_IO, at, false);
        bool done = record_one(scratch->store, &scratch->err);
        int count = fault.count;
        if (done)
            break;
        store_rollback(scratch->store);
        if (!strstr(scratch->err.text, "brought to the disk"))
            continue;
        assert_false(store_begin(scratch->store, &scratch->err));
        assert_int_equal(scratch->err.kind, ERROR_IO);
        assert_false(store_statistics(scratch->store, &statistics, &scratch->err));
        scratch_close(scratch);
        assert_int_equal(fault.count, count);
        return;
    }
    fail_msg("no sync was reached");
}

/* ---- two processes (C5-12, C6-05) ----------------------------------------------------------
 */

#define WRITERS 4
#define EACH    25

static int write_many(const char *path)
{
    Error err;
    StoreOptions options = {.write = true, .busy_ms = 30000};
    for (int i = 0; i < EACH; i++) {
        Store *store = store_open(path, &options, &err);
        bool done = store && record_one(store, &err);
        store_close(store);
        if (!done) {
            fprintf(stderr, "%s\n", err.text);
            return 1;
        }
    }
    return 0;
}

static void processes_that_write_at_once_wait_for_each_other(void **state)
{
    Scratch *scratch = *state;
    StoreDamage damage;
    StoreStatistics statistics;
    pid_t children[WRITERS];
    int status;
    scratch_fill(scratch);
    scratch_close(scratch);
    for (int i = 0; i < WRITERS; i++)
        if ((children[i] = fork()) == 0)
            _exit(write_many(scratch->path));
    for (int i = 0; i < WRITERS; i++) {
        assert_int_equal(waitpid(children[i], &status, 0), children[i]);
        assert_true(WIFEXITED(status));
        assert_int_equal(WEXITSTATUS(status), 0);
    }
    scratch_reopen(scratch, &scratch_reading);
    assert_ok(scratch, store_statistics(scratch->store, &statistics, &scratch->err));
    assert_int_equal(statistics.entries, 2 + WRITERS * EACH);
    assert_ok(scratch, store_verify_chain(scratch->store, &damage, &scratch->err));
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, scratch_set_up, scratch_tear_down)
    const struct CMUnitTest tests[] = {
        TEST(a_full_disk_loses_nothing_at_any_write),
        TEST(a_disk_that_stays_full_loses_nothing),
        TEST(a_failing_disk_loses_nothing_at_any_operation),
        TEST(a_disk_that_keeps_failing_loses_nothing),
        TEST(a_process_killed_at_any_operation_loses_nothing),
        TEST(a_power_cut_at_any_operation_loses_nothing),
        TEST(after_a_failed_sync_nothing_is_tried_again),
        TEST(processes_that_write_at_once_wait_for_each_other),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
