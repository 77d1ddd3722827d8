#include "../../fault/fault_vfs.h"
#include "../../fault/tamper.h"
#include "store/scratch.h"

static const char *target_of(const Scratch *scratch)
{
    static char target[160];
    snprintf(target, sizeof target, "%s/copy.db", scratch->folder);
    return target;
}

static void a_copy_holds_everything_and_is_nobody_elses_to_read(void **state)
{
    Scratch *scratch = *state;
    StoreDamage damage;
    StoreStatistics statistics;
    struct stat info;
    uint8_t id[STORE_ID_BYTES];
    scratch_fill(scratch);
    memcpy(id, store_meta(scratch->store)->database_id, sizeof id);
    mode_t before = umask(0);
    bool copied = store_backup(scratch->store, target_of(scratch), false, &scratch->err);
    umask(before);
    assert_ok(scratch, copied);
    assert_int_equal(scratch_file_count(scratch), 4); /* three of the database, one copy */
    assert_int_equal(stat(target_of(scratch), &info), 0);
    assert_int_equal(info.st_mode & 0777, 0600);
    Store *copy = store_open(target_of(scratch), &scratch_reading, &scratch->err);
    assert_ok(scratch, copy);
    assert_memory_equal(store_meta(copy)->database_id, id, sizeof id);
    assert_ok(scratch, store_verify_chain(copy, &damage, &scratch->err));
    assert_ok(scratch, store_statistics(copy, &statistics, &scratch->err));
    assert_int_equal(statistics.entries, 2);
    store_close(copy);
}

/* C6-14 */
static void a_copy_made_while_somebody_writes_is_of_one_moment(void **state)
{
    Scratch *scratch = *state;
    StoreStatistics statistics;
    scratch_fill(scratch);
    Store *reader = store_open(scratch->path, &scratch_reading, &scratch->err);
    assert_ok(scratch, reader);
    assert_ok(scratch, store_begin(scratch->store, &scratch->err));
    assert_ok(scratch, fill_entry(scratch->store, 1, LOG_EVENT, NULL, &scratch->err));
    assert_ok(scratch, store_backup(reader, target_of(scratch), false, &scratch->err));
    assert_ok(scratch, store_commit(scratch->store, &scratch->err));
    store_close(reader);
    Store *copy = store_open(target_of(scratch), &scratch_reading, &scratch->err);
    assert_ok(scratch, copy);
    assert_ok(scratch, store_statistics(copy, &statistics, &scratch->err));
    assert_int_equal(statistics.entries, 2);
    store_close(copy);
}

static void an_existing_file_is_replaced_only_when_told(void **state)
{
    Scratch *scratch = *state;
    struct stat info;
    scratch_fill(scratch);
    write_whole(target_of(scratch), (const uint8_t *)"mine", 4);
    assert_false(store_backup(scratch->store, target_of(scratch), false, &scratch->err));
    assert_int_equal(scratch->err.kind, ERROR_INPUT);
    assert_int_equal(stat(target_of(scratch), &info), 0);
    assert_int_equal(info.st_size, 4);
    assert_ok(scratch, store_backup(scratch->store, target_of(scratch), true, &scratch->err));
    assert_int_equal(stat(target_of(scratch), &info), 0);
    assert_true(info.st_size > 4);
}

static void the_database_itself_is_never_the_target(void **state)
{
    static const char *const names[] = {"case.db",     "./case.db",       "case.db-wal",
                                        "case.db-shm", "case.db-journal", "other.db"};
    Scratch *scratch = *state;
    char target[200], other[160];
    StoreDamage damage;
    scratch_fill(scratch);
    snprintf(other, sizeof other, "%s/other.db", scratch->folder);
    assert_int_equal(link(scratch->path, other), 0);
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        snprintf(target, sizeof target, "%s/%s", scratch->folder, names[i]);
        assert_false(store_backup(scratch->store, target, true, &scratch->err));
        assert_int_equal(scratch->err.kind, ERROR_INPUT);
        assert_non_null(strstr(scratch->err.text, "the database itself"));
    }
    assert_ok(scratch, store_verify_chain(scratch->store, &damage, &scratch->err));
}

static void a_log_beside_the_target_is_never_mixed_into_the_copy(void **state)
{
    Scratch *scratch = *state;
    char wal[200];
    scratch_fill(scratch);
    snprintf(wal, sizeof wal, "%s-wal", target_of(scratch));
    write_whole(wal, (const uint8_t *)"old", 3);
    assert_false(store_backup(scratch->store, target_of(scratch), true, &scratch->err));
    assert_non_null(strstr(scratch->err.text, "name another file"));
}

static void a_copy_of_a_damaged_database_is_refused(void **state)
{
    Scratch *scratch = *state;
    scratch_fill(scratch);
    scratch_close(scratch);
    assert_int_equal(tamper(scratch->path, "UPDATE entry_content SET reason = 'x'"), 0);
    scratch_reopen(scratch, &scratch_reading);
    assert_false(store_backup(scratch->store, target_of(scratch), false, &scratch->err));
    assert_int_equal(scratch->err.kind, ERROR_INTEGRITY);
    assert_int_equal(access(target_of(scratch), F_OK), -1);
}

static void a_folder_that_is_not_there_is_told(void **state)
{
    Scratch *scratch = *state;
    char target[200];
    scratch_fill(scratch);
    snprintf(target, sizeof target, "%s/nowhere/copy.db", scratch->folder);
    assert_false(store_backup(scratch->store, target, false, &scratch->err));
    assert_int_equal(scratch->err.kind, ERROR_NOT_FOUND);
}

/* C5-07 */
static void a_full_disk_leaves_no_half_copy(void **state)
{
    static const StoreOptions faulty = {.random = counted_random, .vfs = "fault"};
    Scratch *scratch = *state;
    int at = 1;
    fault_register();
    fault_plan(FAULT_NONE, 0, false);
    scratch_fill(scratch);
    scratch_reopen(scratch, &faulty);
    for (;; at++) {
        fault_plan(FAULT_FULL, at, true);
        bool copied = store_backup(scratch->store, target_of(scratch), false, &scratch->err);
        bool struck = fault.struck;
        fault_plan(FAULT_NONE, 0, false);
        if (copied)
            break;
        assert_true(struck);
        assert_int_equal(scratch->err.kind, ERROR_IO);
        assert_int_equal(access(target_of(scratch), F_OK), -1);
        assert_int_equal(scratch_file_count(scratch), 3);
    }
    assert_in_range(at, 20, 5000);
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, scratch_set_up, scratch_tear_down)
    const struct CMUnitTest tests[] = {
        TEST(a_copy_holds_everything_and_is_nobody_elses_to_read),
        TEST(a_copy_made_while_somebody_writes_is_of_one_moment),
        TEST(an_existing_file_is_replaced_only_when_told),
        TEST(the_database_itself_is_never_the_target),
        TEST(a_log_beside_the_target_is_never_mixed_into_the_copy),
        TEST(a_copy_of_a_damaged_database_is_refused),
        TEST(a_folder_that_is_not_there_is_told),
        TEST(a_full_disk_leaves_no_half_copy),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
