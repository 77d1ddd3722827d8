#include "world.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "api/engine_internal.h"

static World world;

static int set_up(void **state)
{
    (void)state;
    world_open(&world);
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    world_close(&world);
    return 0;
}

static Deployed deploy(const char *find, const char *replace)
{
    char *text = world_flow_text(find, replace);
    Deployed deployed = *world_deploy(&world, text);
    free(text);
    return deployed;
}

static void white_space_and_comments_make_no_new_definition(void **state)
{
    (void)state;
    Deployed first = deploy(NULL, NULL);
    assert_false(first.is_new);
    Deployed second = deploy("event missing", "# what the police say\n\n\nevent   missing");
    assert_string_equal(second.hash, first.hash);
    assert_false(second.is_new);
    Deployed third = deploy("\"Visit the child\"", "\"See the child\"");
    assert_string_not_equal(third.hash, first.hash);
    assert_true(third.is_new);
}

static void a_changed_limit_holds_for_new_cases_and_open_ones_keep_the_old(void **state)
{
    (void)state;
    world_open_case(&world, "bo", NULL);
    deploy("within 3 working days", "within 2 working days");
    world_open_case(&world, "bo", NULL);
    assert_string_equal(due_of(&world, "visit"), "2021-03-03");
    world.case_number = 1;
    assert_string_equal(due_of(&world, "visit"), "2021-03-04");
    assert_true(world_record(&world, "bo", "missing", NULL) > 0);
    world_reopen(&world);
    assert_string_equal(due_of(&world, "visit"), "2021-03-04");
    assert_whole(&world);
}

static void an_added_state_works_at_once(void **state)
{
    (void)state;
    deploy("on close-case go to closed\nstate closed \"Closed\" ends here\n",
           "on close-case go to archive\n"
           "state archive \"Archive\"\n"
           "  task archive-it \"Archive it\" by manager\n"
           "  on archive-it go to closed\n"
           "state closed \"Closed\" ends here\n");
    world_open_case(&world, "bo", NULL);
    world_record(&world, "bo", "visit", "risk=low", "+seen", "+spoken-to", NULL);
    world_record(&world, "ann", "close-case", "because done", NULL);
    assert_string_equal(state_now(&world), "archive");
    assert_whole(&world);
}

static void the_version_in_force_on_the_day_a_case_opens_counts(void **state)
{
    (void)state;
    char *text = world_flow_text("in force from 1 January 2020", "in force from 1 March 2021");
    char *at = strstr(text, "within 3 working");
    at[strlen("within ")] = '1';
    world_deploy(&world, text);
    free(text);
    world_open_case(&world, "bo", "at 2021-02-26", NULL);
    assert_string_equal(due_of(&world, "visit"), "2021-03-03");
    world_open_case(&world, "bo", NULL);
    assert_string_equal(due_of(&world, "visit"), "2021-03-02");
    assert_whole(&world);
}

static void no_version_in_force_is_not_found(void **state)
{
    (void)state;
    CwRequest request = {.kind = CW_OPEN, .flow = "visits", .person = "bo", .at = "2019-12-31"};
    Answer answer;
    Error err = {0};
    assert_false(engine_write(world.engine, &request, &answer, &err));
    assert_int_equal(err.kind, ERROR_NOT_FOUND);
    answer_clear(&answer);
}

static void new_holidays_hold_for_new_cases_and_open_ones_keep_theirs(void **state)
{
    (void)state;
    world_open_case(&world, "bo", NULL);
    Deployed deployed = deploy("  except 25 December",
                               "  except 3 March 2021 \"Offices closed\"\n  except 25 December");
    assert_false(deployed.is_new);
    assert_true(deployed.new_calendar);
    world_open_case(&world, "bo", NULL);
    assert_string_equal(due_of(&world, "visit"), "2021-03-05");
    world.case_number = 1;
    assert_string_equal(due_of(&world, "visit"), "2021-03-04");
    world_reopen(&world);
    world_record(&world, "bo", "missing", NULL);
    assert_string_equal(due_of(&world, "visit"), "2021-03-04");
    world.case_number = 2;
    assert_string_equal(due_of(&world, "visit"), "2021-03-05");
    assert_whole(&world);
}

static void a_flow_without_version_or_date_is_always_in_force(void **state)
{
    (void)state;
    char *text = world_flow_text(" version \"1\" in force from 1 January 2020", "");
    char *name = strstr(text, "visits");
    memcpy(name, "plains", 6);
    world_deploy(&world, text);
    free(text);
    CwRequest request = {.kind = CW_OPEN, .flow = "plains", .person = "bo", .at = "2019-06-03"};
    Answer answer;
    Error err = {0};
    assert_true(engine_write(world.engine, &request, &answer, &err));
    assert_true(answer.accepted);
    answer_clear(&answer);
}

static void a_flow_with_mistakes_is_not_deployed(void **state)
{
    (void)state;
    Bundle bundle;
    Deployed deployed;
    Error err = {0};
    char *text = world_flow_text("go to meeting", "go to meting");
    world_file(&world, "wrong.flow", text);
    free(text);
    char path[128];
    snprintf(path, sizeof path, "%s/wrong.flow", world.folder);
    assert_false(engine_deploy(world.engine, path, NULL, &bundle, &deployed, &err));
    assert_int_equal(err.kind, ERROR_REFUSED);
    assert_true(bundle.diags.errors > 0);
    bundle_clear(&bundle);
    EngineStatus status;
    assert_true(engine_status(world.engine, &status, &err));
    assert_int_equal(status.definitions, 1);
}

static void a_library_is_no_workflow(void **state)
{
    (void)state;
    Bundle bundle;
    Deployed deployed;
    Error err = {0};
    const char *path = world_file(&world, "roles.flow", "role helper \"Helper\"\n");
    assert_false(engine_deploy(world.engine, path, NULL, &bundle, &deployed, &err));
    assert_int_equal(err.kind, ERROR_INPUT);
    bundle_clear(&bundle);
}

static void what_is_deployed_needs_the_files_no_more(void **state)
{
    (void)state;
    world_file(&world, "extra.flow", "event extra \"Extra\" by anyone\n");
    char *text = world_flow_text("role manager", "use \"extra\"\nrole manager");
    world_deploy(&world, text);
    free(text);
    remove(world_file(&world, "extra.flow", ""));
    remove(world.flow);
    world_reopen(&world);
    world_open_case(&world, "bo", NULL);
    assert_true(world_record(&world, "bo", "extra", NULL) > 0);
    assert_whole(&world);
}

static void a_definition_of_a_newer_language_is_refused_as_such(void **state)
{
    (void)state;
    Error err = {0};
    bool added;
    DefinitionRow row = {.hash = {7}, .language_version = 2, .flow = "visits", .version_label = "3",
                         .in_force_from = day_from_civil((Civil){2021, 3, 1}), .source = "x",
                         .source_length = 1};
    assert_true(store_begin(world.engine->store, &err));
    assert_true(store_definition_add(world.engine->store, &row, &added, &err));
    assert_true(store_commit(world.engine->store, &err));
    CwRequest request = {.kind = CW_OPEN, .flow = "visits", .person = "bo"};
    Answer answer;
    assert_false(engine_write(world.engine, &request, &answer, &err));
    assert_int_equal(err.kind, ERROR_VERSION);
    answer_clear(&answer);
}

#define STORY(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        STORY(white_space_and_comments_make_no_new_definition),
        STORY(a_changed_limit_holds_for_new_cases_and_open_ones_keep_the_old),
        STORY(an_added_state_works_at_once),
        STORY(the_version_in_force_on_the_day_a_case_opens_counts),
        STORY(no_version_in_force_is_not_found),
        STORY(new_holidays_hold_for_new_cases_and_open_ones_keep_theirs),
        STORY(a_flow_without_version_or_date_is_always_in_force),
        STORY(a_flow_with_mistakes_is_not_deployed),
        STORY(a_library_is_no_workflow),
        STORY(a_definition_of_a_newer_language_is_refused_as_such),
        STORY(what_is_deployed_needs_the_files_no_more),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
