#include "../../fault/tamper.h"
#include "store/scratch.h"

static void assert_open_fails(Scratch *scratch, const StoreOptions *options, ErrorKind kind,
                              const char *says)
{
    scratch_close(scratch);
    scratch->store = store_open(scratch->path, options, &scratch->err);
    assert_null(scratch->store);
    if (scratch->err.kind != kind || !strstr(scratch->err.text, says))
        fail_msg("%d %s", scratch->err.kind, scratch->err.text);
}

static void write_text(const char *path, const char *text, size_t length)
{
    write_whole(path, (const uint8_t *)text, length);
}

/* ---- making ------------------------------------------------------------------------ */

static void a_new_database_says_what_it_is(void **state)
{
    Scratch *scratch = *state;
    assert_ok(scratch, store_create(scratch->path, true, 42, NULL, &scratch->err));
    assert_int_equal(scratch_file_count(scratch), 1);
    assert_ok(scratch, scratch->store = store_open(scratch->path, NULL, &scratch->err));
    const StoreMeta *meta = store_meta(scratch->store);
    assert_true(meta->rehearsal);
    assert_int_equal(meta->created, 42);
    assert_int_equal(meta->schema_version, 1);
    assert_string_equal(meta->made_by, CASEWRIGHT_VERSION);
    assert_false(store_is_writable(scratch->store));
}

static void two_databases_have_different_numbers(void **state)
{
    Scratch *scratch = *state;
    uint8_t first[STORE_ID_BYTES];
    assert_ok(scratch, store_create(scratch->path, false, 1, NULL, &scratch->err));
    assert_ok(scratch, scratch->store = store_open(scratch->path, NULL, &scratch->err));
    assert_false(store_meta(scratch->store)->rehearsal);
    memcpy(first, store_meta(scratch->store)->database_id, sizeof first);
    scratch_close(scratch);
    unlink(scratch->path);
    assert_ok(scratch, store_create(scratch->path, false, 1, NULL, &scratch->err));
    assert_ok(scratch, scratch->store = store_open(scratch->path, NULL, &scratch->err));
    assert_memory_not_equal(first, store_meta(scratch->store)->database_id, sizeof first);
}

/* C5-15 */
static void only_the_owner_can_read_it_whatever_the_umask(void **state)
{
    Scratch *scratch = *state;
    static const mode_t masks[] = {0, 0777};
    static const char *const beside[] = {"", "-wal", "-shm"};
    struct stat info;
    for (size_t i = 0; i < 2; i++) {
        mode_t before = umask(masks[i]);
        bool made = store_create(scratch->path, false, 1, NULL, &scratch->err);
        Store *store = store_open(scratch->path, &scratch_writing, &scratch->err);
        bool began = store && store_begin(store, &scratch->err) &&
                     fill_person(store, "ann", &scratch->err) &&
                     store_commit(store, &scratch->err);
        umask(before);
        assert_ok(scratch, made && began);
        for (size_t k = 0; k < 3; k++) {
            char path[160];
            snprintf(path, sizeof path, "%s%s", scratch->path, beside[k]);
            assert_int_equal(stat(path, &info), 0);
            assert_int_equal(info.st_mode & 0777, 0600);
        }
        store_close(store);
        unlink(scratch->path);
    }
}

static void an_existing_file_is_never_made_anew(void **state)
{
    Scratch *scratch = *state;
    size_t size;
    write_text(scratch->path, "mine", 4);
    assert_false(store_create(scratch->path, false, 1, NULL, &scratch->err));
    assert_int_equal(scratch->err.kind, ERROR_INPUT);
    assert_non_null(strstr(scratch->err.text, "exists already"));
    uint8_t *bytes = read_whole(scratch->path, &size);
    assert_int_equal(size, 4);
    assert_memory_equal(bytes, "mine", 4);
    free(bytes);
    assert_int_equal(scratch_file_count(scratch), 1);
}

static void a_log_left_by_another_database_is_not_taken_over(void **state)
{
    Scratch *scratch = *state;
    char wal[160];
    snprintf(wal, sizeof wal, "%s-wal", scratch->path);
    write_text(wal, "old", 3);
    assert_false(store_create(scratch->path, false, 1, NULL, &scratch->err));
    assert_non_null(strstr(scratch->err.text, "move it away"));
}

static void a_folder_that_is_not_there_is_not_found(void **state)
{
    Scratch *scratch = *state;
    char path[160];
    snprintf(path, sizeof path, "%s/nowhere/case.db", scratch->folder);
    assert_false(store_create(path, false, 1, NULL, &scratch->err));
    assert_int_equal(scratch->err.kind, ERROR_NOT_FOUND);
    assert_false(store_create("", false, 1, NULL, &scratch->err));
    assert_int_equal(scratch->err.kind, ERROR_INPUT);
}

/* ---- opening what is not ours (C6-01) ------------------------------------------------ */

static void a_missing_file_is_not_found_and_not_made(void **state)
{
    Scratch *scratch = *state;
    assert_open_fails(scratch, &scratch_writing, ERROR_NOT_FOUND, "no such file");
    assert_open_fails(scratch, &scratch_reading, ERROR_NOT_FOUND, "no such file");
    assert_int_equal(scratch_file_count(scratch), 0);
}

static void what_is_not_a_casewright_database_is_refused_and_left_alone(void **state)
{
    Scratch *scratch = *state;
    char noise[5000];
    memset(noise, 'x', sizeof noise);
    static const size_t sizes[] = {0, 1, 16, 99, 100, 5000};
    for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++) {
        write_text(scratch->path, noise, sizes[i]);
        assert_open_fails(scratch, &scratch_writing, ERROR_INPUT,
                          "is not a casewright database");
        assert_int_equal(scratch_file_count(scratch), 1);
        struct stat info;
        assert_int_equal(stat(scratch->path, &info), 0);
        assert_int_equal(info.st_size, sizes[i]);
    }
}

static void another_programs_database_is_refused_and_left_alone(void **state)
{
    Scratch *scratch = *state;
    size_t before, after;
    assert_int_equal(tamper(scratch->path, "CREATE TABLE entry (a); PRAGMA user_version = 1"),
                     0);
    uint8_t *old = read_whole(scratch->path, &before);
    assert_open_fails(scratch, &scratch_writing, ERROR_INPUT, "is not a casewright database");
    uint8_t *now = read_whole(scratch->path, &after);
    assert_int_equal(before, after);
    assert_memory_equal(old, now, before);
    assert_int_equal(scratch_file_count(scratch), 1);
    free(old);
    free(now);
}

static void folders_pipes_and_links_are_refused(void **state)
{
    Scratch *scratch = *state;
    assert_int_equal(mkdir(scratch->path, 0700), 0);
    assert_open_fails(scratch, &scratch_writing, ERROR_INPUT, "is not a file");
    rmdir(scratch->path);
    assert_int_equal(mkfifo(scratch->path, 0600), 0);
    assert_open_fails(scratch, &scratch_writing, ERROR_INPUT, "is not a file");
    unlink(scratch->path);
    assert_int_equal(symlink("elsewhere.db", scratch->path), 0);
    assert_open_fails(scratch, &scratch_writing, ERROR_INPUT, "symbolic link");
}

/* C6-02 */
static void a_newer_database_is_refused_and_left_untouched(void **state)
{
    Scratch *scratch = *state;
    size_t before, after;
    scratch_fill(scratch);
    scratch_close(scratch);
    assert_int_equal(tamper(scratch->path, "PRAGMA user_version = 2"), 0);
    uint8_t *old = read_whole(scratch->path, &before);
    assert_open_fails(scratch, &scratch_writing, ERROR_VERSION, "newer casewright");
    assert_open_fails(scratch, &scratch_reading, ERROR_VERSION, "newer casewright");
    uint8_t *now = read_whole(scratch->path, &after);
    assert_int_equal(before, after);
    assert_memory_equal(old, now, before);
    assert_int_equal(scratch_file_count(scratch), 1);
    free(old);
    free(now);
}

/* C6-09, and the right application id over other tables (C6-01) */
static void any_difference_in_the_schema_is_an_integrity_failure(void **state)
{
    static const char *const changes[] = {
        "DROP TRIGGER entry_stays",
        "CREATE TRIGGER more AFTER INSERT ON entry BEGIN DELETE FROM task; END",
        "CREATE TABLE extra (a)",
        "DROP VIEW worklist; CREATE VIEW worklist AS SELECT 1",
        "CREATE INDEX extra ON entry (recorded)",
        "ALTER TABLE holds ADD COLUMN x INTEGER",
        "ALTER TABLE holds RENAME TO held; CREATE VIEW holds AS SELECT * FROM held",
        "CREATE VIRTUAL TABLE extra USING fts5 (a)",
        "ANALYZE",
    };
    Scratch *scratch = *state;
    size_t size;
    scratch_fill(scratch);
    scratch_close(scratch);
    uint8_t *good = read_whole(scratch->path, &size);
    for (size_t i = 0; i < sizeof changes / sizeof *changes; i++) {
        assert_int_equal(tamper(scratch->path, changes[i]), 0);
        assert_open_fails(scratch, &scratch_writing, ERROR_INTEGRITY, "tables");
        write_whole(scratch->path, good, size);
        scratch_reopen(scratch, &scratch_writing);
        scratch_close(scratch);
    }
    free(good);
}

/* C6-08 */
static void a_journal_of_another_database_is_not_played_into_ours(void **state)
{
    Scratch *scratch = *state;
    char journal[160];
    scratch_fill(scratch);
    scratch_close(scratch);
    snprintf(journal, sizeof journal, "%s-journal", scratch->path);
    write_text(journal, "not ours", 8);
    assert_open_fails(scratch, &scratch_writing, ERROR_INTEGRITY, "does not belong");
    unlink(journal);
    scratch_reopen(scratch, &scratch_writing);
}

/* Copies the file and its log, as they are, to a name of their own: what another
 * process leaves when it is killed, or somebody who copies files. NULL: not the log. */
static void copy_files(Scratch *scratch, const char *name, const char *log_name)
{
    char from[200], to[200];
    size_t size;
    snprintf(to, sizeof to, "%s/%s", scratch->folder, name);
    uint8_t *file = read_whole(scratch->path, &size);
    write_whole(to, file, size);
    free(file);
    if (!log_name)
        return;
    snprintf(from, sizeof from, "%s-wal", scratch->path);
    snprintf(to, sizeof to, "%s/%s", scratch->folder, log_name);
    uint8_t *log = read_whole(from, &size);
    assert_true(size > 0);
    write_whole(to, log, size);
    free(log);
}

static void use_copy(Scratch *scratch, const char *name)
{
    scratch_close(scratch);
    snprintf(scratch->path, sizeof scratch->path, "%s/%s", scratch->folder, name);
}

static void assert_whole_with(Scratch *scratch, int64_t entries)
{
    StoreDamage damage;
    StoreStatistics statistics;
    scratch_reopen(scratch, &scratch_reading);
    assert_ok(scratch, store_verify_chain(scratch->store, &damage, &scratch->err));
    assert_ok(scratch, store_statistics(scratch->store, &statistics, &scratch->err));
    assert_int_equal(statistics.entries, entries);
}

static void record_one(Scratch *scratch)
{
    assert_ok(scratch, store_begin(scratch->store, &scratch->err));
    assert_ok(scratch, fill_entry(scratch->store, 1, LOG_EVENT, NULL, &scratch->err));
    assert_ok(scratch, store_commit(scratch->store, &scratch->err));
}

static void a_log_without_its_index_is_recovered(void **state)
{
    Scratch *scratch = *state;
    scratch_fill(scratch);
    copy_files(scratch, "copy.db", "copy.db-wal");
    use_copy(scratch, "copy.db");
    assert_whole_with(scratch, 2);
}

static void a_stale_index_beside_a_log_is_made_anew(void **state)
{
    Scratch *scratch = *state;
    char shm[200], noise[32768];
    scratch_fill(scratch);
    copy_files(scratch, "copy.db", "copy.db-wal");
    use_copy(scratch, "copy.db");
    memset(noise, 7, sizeof noise);
    snprintf(shm, sizeof shm, "%s-shm", scratch->path);
    write_text(shm, noise, sizeof noise);
    assert_whole_with(scratch, 2);
}

/* Which entries are missing then only a checkpoint kept elsewhere can tell. */
static void a_log_that_was_deleted_leaves_an_older_whole_state(void **state)
{
    Scratch *scratch = *state;
    scratch_fill(scratch);
    scratch_reopen(scratch, &scratch_writing);
    record_one(scratch);
    copy_files(scratch, "copy.db", NULL);
    use_copy(scratch, "copy.db");
    assert_whole_with(scratch, 2);
}

static void a_log_of_an_older_copy_never_gives_a_mixture(void **state)
{
    Scratch *scratch = *state;
    StoreDamage damage;
    scratch_fill(scratch);
    scratch_reopen(scratch, &scratch_writing);
    record_one(scratch);
    copy_files(scratch, "old.db", "copy.db-wal"); /* the log of three entries */
    for (int i = 0; i < 40; i++)
        record_one(scratch);
    scratch_reopen(scratch, &scratch_writing); /* merged */
    copy_files(scratch, "copy.db", NULL);
    use_copy(scratch, "copy.db");
    scratch->store = store_open(scratch->path, &scratch_reading, &scratch->err);
    bool whole = scratch->store && store_verify_chain(scratch->store, &damage, &scratch->err);
    assert_false(whole);
    assert_int_equal(scratch->err.kind, ERROR_INTEGRITY);
}

static void closing_the_last_connection_merges_the_log(void **state)
{
    Scratch *scratch = *state;
    scratch_fill(scratch);
    assert_int_equal(scratch_file_count(scratch), 3);
    scratch_close(scratch);
    assert_int_equal(scratch_file_count(scratch), 1);
    scratch_reopen(scratch, &scratch_reading);
    scratch_close(scratch);
    assert_int_equal(scratch_file_count(scratch), 1);
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, scratch_set_up, scratch_tear_down)
    const struct CMUnitTest tests[] = {
        TEST(a_new_database_says_what_it_is),
        TEST(two_databases_have_different_numbers),
        TEST(only_the_owner_can_read_it_whatever_the_umask),
        TEST(an_existing_file_is_never_made_anew),
        TEST(a_log_left_by_another_database_is_not_taken_over),
        TEST(a_folder_that_is_not_there_is_not_found),
        TEST(a_missing_file_is_not_found_and_not_made),
        TEST(what_is_not_a_casewright_database_is_refused_and_left_alone),
        TEST(another_programs_database_is_refused_and_left_alone),
        TEST(folders_pipes_and_links_are_refused),
        TEST(a_newer_database_is_refused_and_left_untouched),
        TEST(any_difference_in_the_schema_is_an_integrity_failure),
        TEST(a_journal_of_another_database_is_not_played_into_ours),
        TEST(a_log_without_its_index_is_recovered),
        TEST(a_stale_index_beside_a_log_is_made_anew),
        TEST(a_log_that_was_deleted_leaves_an_older_whole_state),
        TEST(a_log_of_an_older_copy_never_gives_a_mixture),
        TEST(closing_the_last_connection_merges_the_log),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
