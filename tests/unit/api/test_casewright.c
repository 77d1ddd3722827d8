/* The public header, used as another program would use it. */
#include "world.h"

#include <stdio.h>
#include <string.h>

#include "api/casewright.h"

static World world;

static int set_up(void **state)
{
    (void)state;
    world_open(&world);
    engine_close(world.engine);
    world.engine = NULL;
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    world_close(&world);
    return 0;
}

static CwDatabase *open_database(void)
{
    CwDatabase *database;
    CwError error;
    if (!cw_open(world.database, NULL, &database, &error))
        fail_msg("%s", error.text);
    assert_true(cw_set_now(database, 1614589200000, true, &error)); /* 1 March 2021, 09:00 */
    return database;
}

static bool count_line(void *context, const char *line, size_t length)
{
    (void)line;
    assert_true(length > 0);
    ++*(int *)context;
    return true;
}

static void another_program_runs_a_case(void **state)
{
    (void)state;
    CwError error;
    CwAnswer answer;
    CwDatabase *database = open_database();
    CwRequest opening = {.kind = CW_OPEN, .flow = "visits", .person = "bo", .key = "1"};
    assert_true(cw_write(database, &opening, &answer, &error));
    assert_true(answer.accepted);
    assert_int_equal(answer.case_number, 1);
    assert_true(cw_write(database, &opening, &answer, &error));
    assert_true(answer.repeated);
    CwRequest wrong = {.kind = CW_RECORD, .which = "1", .name = "meet", .person = "ann"};
    assert_true(cw_write(database, &wrong, &answer, &error));
    assert_false(answer.accepted);
    assert_string_equal(answer.refusal, "not-open");
    assert_true(answer.text[0]);
    int64_t cases, delivered;
    int lines = 0;
    assert_true(cw_set_now(database, 1614589200000 + 7 * DAY_MS, true, &error));
    assert_true(cw_tick(database, &cases, &error));
    assert_int_equal(cases, 1);
    assert_true(cw_deliver(database, count_line, &lines, &delivered, &error));
    assert_int_equal(lines, 1);
    assert_true(cw_verify(database, &error));
    cw_close(database);
}

static void a_copy_is_a_whole_database(void **state)
{
    (void)state;
    char copy[128];
    CwError error;
    CwAnswer answer;
    CwDatabase *database = open_database();
    CwRequest opening = {.kind = CW_OPEN, .flow = "visits", .person = "bo"};
    assert_true(cw_write(database, &opening, &answer, &error));
    snprintf(copy, sizeof copy, "%s/copy.db", world.folder);
    assert_true(cw_backup(database, copy, false, &error));
    assert_false(cw_backup(database, copy, false, &error));
    assert_false(cw_backup(database, world.database, true, &error));
    cw_close(database);
    CwDatabase *other;
    assert_true(cw_open(copy, NULL, &other, &error));
    assert_true(cw_verify(other, &error));
    cw_close(other);
}

static void failures_carry_a_code_and_a_sentence(void **state)
{
    (void)state;
    CwError error;
    CwDatabase *database;
    assert_false(cw_open("/nonexistent/cases.db", NULL, &database, &error));
    assert_int_equal(error.code, 4);
    assert_null(database);
    assert_false(cw_create(world.database, false, 0, &error));
    assert_int_equal(error.code, 3);
    database = open_database();
    assert_false(cw_deploy(database, world_file(&world, "bad.flow", "workflow x\n  wibble\n"), NULL,
                           NULL, &error));
    assert_int_equal(error.code, 1);
    assert_non_null(strstr(error.text, "bad.flow:"));
    cw_close(database);
    cw_close(NULL);
}

static void a_database_open_for_reading_takes_nothing(void **state)
{
    (void)state;
    CwError error;
    CwAnswer answer;
    CwDatabase *database;
    CwOptions options = {.read_only = true};
    CwRequest opening = {.kind = CW_OPEN, .flow = "visits", .person = "bo"};
    int64_t cases;
    assert_true(cw_open(world.database, &options, &database, &error));
    assert_true(cw_set_now(database, 1614589200000, true, &error));
    assert_false(cw_write(database, &opening, &answer, &error));
    assert_int_equal(error.code, 7);
    assert_false(cw_tick(database, &cases, &error));
    assert_true(cw_verify(database, &error));
    cw_close(database);
}

#define STORY(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        STORY(another_program_runs_a_case),
        STORY(a_copy_is_a_whole_database),
        STORY(failures_carry_a_code_and_a_sentence),
        STORY(a_database_open_for_reading_takes_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
