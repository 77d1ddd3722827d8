#include "../../fault/tamper.h"
#include "store/file.h"
#include "store/scratch.h"

static void a_finished_file_never_takes_the_place_of_another_unasked(void **state)
{
    Scratch *scratch = *state;
    struct stat info;
    char *temporary = file_make_temporary(scratch->path, &scratch->err);
    assert_non_null(temporary);
    write_whole(temporary, (const uint8_t *)"new", 3);
    write_whole(scratch->path, (const uint8_t *)"old file", 8);
    assert_false(file_publish(temporary, scratch->path, false, &scratch->err));
    assert_int_equal(scratch->err.kind, ERROR_INPUT);
    assert_int_equal(stat(scratch->path, &info), 0);
    assert_int_equal(info.st_size, 8);
    assert_ok(scratch, file_publish(temporary, scratch->path, true, &scratch->err));
    assert_int_equal(stat(scratch->path, &info), 0);
    assert_int_equal(info.st_size, 3);
    assert_false(file_exists(temporary));
    free(temporary);
}

static void a_name_is_resolved_but_for_its_last_part(void **state)
{
    Scratch *scratch = *state;
    char link[160], path[200];
    snprintf(link, sizeof link, "%s/link", scratch->folder);
    assert_int_equal(symlink(scratch->folder, link), 0);
    snprintf(path, sizeof path, "%s/./case.db", link);
    char *full = file_resolve(path, &scratch->err);
    assert_string_equal(full, scratch->path);
    free(full);
    full = file_resolve(link, &scratch->err);
    assert_string_equal(full, link);
    free(full);
    assert_null(file_resolve("..", &scratch->err));
    assert_null(file_resolve("a/", &scratch->err));
    assert_int_equal(scratch->err.kind, ERROR_INPUT);
}

static void removing_a_temporary_file_takes_what_lies_beside_it(void **state)
{
    static const char *const suffixes[] = {"", "-wal", "-shm", "-journal"};
    Scratch *scratch = *state;
    for (size_t i = 0; i < 4; i++) {
        char path[160];
        snprintf(path, sizeof path, "%s%s", scratch->path, suffixes[i]);
        write_whole(path, (const uint8_t *)"x", 1);
    }
    assert_int_equal(file_size(scratch->path, "-wal"), 1);
    file_remove(scratch->path);
    assert_int_equal(scratch_file_count(scratch), 0);
    assert_int_equal(file_size(scratch->path, "-wal"), 0);
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, scratch_set_up, scratch_tear_down)
    const struct CMUnitTest tests[] = {
        TEST(a_finished_file_never_takes_the_place_of_another_unasked),
        TEST(a_name_is_resolved_but_for_its_last_part),
        TEST(removing_a_temporary_file_takes_what_lies_beside_it),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
