/* Who may read and write, at the same time and with which permissions. */
#include "../../fault/tamper.h"
#include "store/scratch.h"

/* ---- permissions (C6-04) --------------------------------------------------------------- */

typedef int (*InChild)(Scratch *scratch);

/* Runs `body` as somebody who is not root, so that permissions mean something. */
static void as_nobody(Scratch *scratch, InChild body)
{
    int status;
    pid_t child = fork();
    if (child == 0)
        _exit(geteuid() == 0 && (setgid(65534) != 0 || setuid(65534) != 0) ? 99
                                                                           : body(scratch));
    assert_int_equal(waitpid(child, &status, 0), child);
    assert_true(WIFEXITED(status));
    assert_int_equal(WEXITSTATUS(status), 0);
}

static int read_works_and_write_says_why(Scratch *scratch)
{
    StoreDamage damage;
    if (store_open(scratch->path, &scratch_writing, &scratch->err))
        return 1;
    if (scratch->err.kind != ERROR_PERMISSION || !strstr(scratch->err.text, "no permission"))
        return 2;
    Store *store = store_open(scratch->path, &scratch_reading, &scratch->err);
    if (!store)
        return 3;
    int answer = store_verify_chain(store, &damage, &scratch->err) ? 0 : 4;
    store_close(store);
    return answer;
}

static int nothing_can_be_read(Scratch *scratch)
{
    if (store_open(scratch->path, &scratch_reading, &scratch->err))
        return 1;
    return scratch->err.kind == ERROR_PERMISSION ? 0 : 2;
}

static void give_away(Scratch *scratch, mode_t file, mode_t folder)
{
    assert_int_equal(chmod(scratch->path, file), 0);
    assert_int_equal(chmod(scratch->folder, folder), 0);
    if (geteuid() == 0) {
        assert_int_equal(chown(scratch->path, 65534, 65534), 0);
        assert_int_equal(chown(scratch->folder, 65534, 65534), 0);
    }
}

static void a_read_only_file_can_be_read_and_nothing_is_left_beside_it(void **state)
{
    Scratch *scratch = *state;
    scratch_fill(scratch);
    scratch_close(scratch);
    give_away(scratch, 0400, 0700);
    as_nobody(scratch, read_works_and_write_says_why);
    assert_int_equal(scratch_file_count(scratch), 1);
}

static void a_file_in_a_read_only_folder_can_be_read(void **state)
{
    Scratch *scratch = *state;
    scratch_fill(scratch);
    scratch_close(scratch);
    give_away(scratch, 0600, 0500);
    as_nobody(scratch, read_works_and_write_says_why);
    assert_int_equal(chmod(scratch->folder, 0700), 0);
    assert_int_equal(scratch_file_count(scratch), 1);
}

static void an_unreadable_file_is_a_matter_of_permission(void **state)
{
    Scratch *scratch = *state;
    scratch_fill(scratch);
    scratch_close(scratch);
    give_away(scratch, 0000, 0700);
    as_nobody(scratch, nothing_can_be_read);
}

static int a_picture_that_changed_is_told(Scratch *scratch)
{
    char answer = 0;
    int *pipes = (int *)(void *)scratch->err.text; /* left there by the test */
    int ready = pipes[1], go_on = pipes[2];
    Error err;
    Store *store = store_open(scratch->path, &scratch_reading, &err);
    if (!store || !store_begin_read(store, &err))
        return 1;
    if (write(ready, "r", 1) != 1 || read(go_on, &answer, 1) != 1)
        return 2;
    if (store_commit(store, &err) || err.kind != ERROR_BUSY)
        return 3;
    store_close(store);
    return 0;
}

/* Somebody who may write does so while one who may not is reading. */
static void change_while_read(Scratch *scratch, bool close_writer)
{
    int out[2], in[2], status;
    char answer;
    scratch_fill(scratch);
    scratch_close(scratch);
    if (geteuid() != 0)
        skip(); /* a second user is needed */
    give_away(scratch, 0600, 0500);
    assert_int_equal(pipe(out), 0);
    assert_int_equal(pipe(in), 0);
    int pipes[3] = {0, out[1], in[0]};
    memcpy(scratch->err.text, pipes, sizeof pipes);
    pid_t child = fork();
    if (child == 0)
        _exit(setgid(65534) || setuid(65534) ? 99 : a_picture_that_changed_is_told(scratch));
    close(out[1]);
    assert_int_equal(read(out[0], &answer, 1), 1);
    scratch_reopen(scratch, &scratch_writing);
    assert_ok(scratch, store_begin(scratch->store, &scratch->err));
    assert_ok(scratch, fill_person(scratch->store, "bo", &scratch->err));
    assert_ok(scratch, store_commit(scratch->store, &scratch->err));
    if (close_writer)
        scratch_close(scratch);
    assert_int_equal(write(in[1], "g", 1), 1);
    assert_int_equal(waitpid(child, &status, 0), child);
    assert_true(WIFEXITED(status));
    assert_int_equal(WEXITSTATUS(status), 0);
    close(out[0]), close(in[0]), close(in[1]);
}

static void a_reader_without_locks_notices_that_the_file_changed(void **state)
{
    change_while_read(*state, true);
}

static void a_reader_without_locks_notices_that_a_log_appeared(void **state)
{
    change_while_read(*state, false);
}

/* ---- transactions ------------------------------------------------------------------------ */

/* C6-05 */
static void a_second_writer_waits_and_is_then_told_busy(void **state)
{
    Scratch *scratch = *state;
    StoreOptions patient = {.write = true, .busy_ms = 20};
    scratch_fill(scratch);
    assert_ok(scratch, store_begin(scratch->store, &scratch->err));
    Store *other = store_open(scratch->path, &patient, &scratch->err);
    assert_non_null(other);
    assert_false(store_begin(other, &scratch->err));
    assert_int_equal(scratch->err.kind, ERROR_BUSY);
    assert_ok(scratch, store_commit(scratch->store, &scratch->err));
    assert_ok(scratch, store_begin(other, &scratch->err));
    store_close(other);
}

static void readers_go_on_while_somebody_writes(void **state)
{
    Scratch *scratch = *state;
    PersonRow person;
    bool found;
    scratch_fill(scratch);
    Store *reader = store_open(scratch->path, &scratch_reading, &scratch->err);
    assert_non_null(reader);
    assert_ok(scratch, store_begin(scratch->store, &scratch->err));
    assert_ok(scratch, fill_person(scratch->store, "bo", &scratch->err));
    assert_ok(scratch, store_begin_read(reader, &scratch->err));
    assert_ok(scratch, store_person_find(reader, "bo", &person, &found, &scratch->err));
    assert_false(found);
    assert_ok(scratch, store_commit(scratch->store, &scratch->err));
    assert_ok(scratch, store_person_find(reader, "bo", &person, &found, &scratch->err));
    assert_false(found); /* still the same picture */
    assert_ok(scratch, store_commit(reader, &scratch->err));
    assert_ok(scratch, store_person_find(reader, "bo", &person, &found, &scratch->err));
    assert_true(found);
    store_close(reader);
}

static void what_was_rolled_back_is_gone(void **state)
{
    Scratch *scratch = *state;
    PersonRow person;
    bool found;
    scratch_fill(scratch);
    assert_ok(scratch, store_begin(scratch->store, &scratch->err));
    assert_ok(scratch, fill_person(scratch->store, "bo", &scratch->err));
    store_rollback(scratch->store);
    assert_ok(scratch, store_person_find(scratch->store, "bo", &person, &found, &scratch->err));
    assert_false(found);
}

static void what_was_not_committed_when_closing_is_gone(void **state)
{
    Scratch *scratch = *state;
    PersonRow person;
    bool found;
    scratch_fill(scratch);
    assert_ok(scratch, store_begin(scratch->store, &scratch->err));
    assert_ok(scratch, fill_person(scratch->store, "bo", &scratch->err));
    scratch_reopen(scratch, &scratch_reading);
    assert_ok(scratch, store_person_find(scratch->store, "bo", &person, &found, &scratch->err));
    assert_false(found);
}

static void a_database_whose_log_was_switched_off_works_again(void **state)
{
    Scratch *scratch = *state;
    scratch_fill(scratch);
    scratch_close(scratch);
    assert_int_equal(tamper(scratch->path, "PRAGMA journal_mode = DELETE"), 0);
    scratch_reopen(scratch, &scratch_reading);
    scratch_reopen(scratch, &scratch_writing);
    assert_ok(scratch, store_begin(scratch->store, &scratch->err));
    assert_ok(scratch, fill_person(scratch->store, "bo", &scratch->err));
    assert_ok(scratch, store_commit(scratch->store, &scratch->err));
    assert_int_equal(scratch_file_count(scratch), 3);
}

static void a_name_that_looks_like_a_uri_is_a_name(void **state)
{
    Scratch *scratch = *state;
    snprintf(scratch->path, sizeof scratch->path, "%s/file:x?mode=memory#%%41",
             scratch->folder);
    scratch_fill(scratch);
    scratch_close(scratch);
    assert_int_equal(scratch_file_count(scratch), 1);
    give_away(scratch, 0400, 0700);
    as_nobody(scratch, read_works_and_write_says_why);
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, scratch_set_up, scratch_tear_down)
    const struct CMUnitTest tests[] = {
        TEST(a_read_only_file_can_be_read_and_nothing_is_left_beside_it),
        TEST(a_file_in_a_read_only_folder_can_be_read),
        TEST(an_unreadable_file_is_a_matter_of_permission),
        TEST(a_reader_without_locks_notices_that_the_file_changed),
        TEST(a_reader_without_locks_notices_that_a_log_appeared),
        TEST(a_second_writer_waits_and_is_then_told_busy),
        TEST(readers_go_on_while_somebody_writes),
        TEST(what_was_rolled_back_is_gone),
        TEST(what_was_not_committed_when_closing_is_gone),
        TEST(a_database_whose_log_was_switched_off_works_again),
        TEST(a_name_that_looks_like_a_uri_is_a_name),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
