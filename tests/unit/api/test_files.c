#include "world.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* Folders: project/, library/ and outside.flow beside them. */
typedef struct Tree {
    char base[64], project[96], library[96], main_file[128];
} Tree;

static Tree tree;

static void put(const char *folder, const char *name, const char *text)
{
    char path[256];
    snprintf(path, sizeof path, "%s/%s", folder, name);
    FILE *file = fopen(path, "w");
    assert_non_null(file);
    fputs(text, file);
    fclose(file);
}

static int set_up(void **state)
{
    (void)state;
    tree = (Tree){.base = "/tmp/casewright-files-XXXXXX"};
    assert_non_null(mkdtemp(tree.base));
    snprintf(tree.project, sizeof tree.project, "%s/project", tree.base);
    snprintf(tree.library, sizeof tree.library, "%s/library", tree.base);
    snprintf(tree.main_file, sizeof tree.main_file, "%s/main.flow", tree.project);
    assert_int_equal(mkdir(tree.project, 0700), 0);
    assert_int_equal(mkdir(tree.library, 0700), 0);
    put(tree.base, "outside.flow", "role secret \"Top secret\"\n");
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    char command[160];
    snprintf(command, sizeof command, "rm -r '%s'", tree.base);
    return system(command);
}

static bool load_main(const char *use, Bundle *bundle, Error *err)
{
    char text[512];
    snprintf(text, sizeof text, "use \"%s\"\nrole clerk \"Clerk\"\n", use);
    put(tree.project, "main.flow", text);
    CwPlaces places = {.library = tree.library};
    *err = (Error){0};
    return flow_load(&places, tree.main_file, bundle, err);
}

static void a_library_is_looked_in_after_the_flows_own_folder(void **state)
{
    (void)state;
    Bundle bundle;
    Error err;
    put(tree.library, "roles.flow", "role helper \"Helper\"\n");
    assert_true(load_main("roles", &bundle, &err));
    assert_int_equal(bundle.source_count, 2);
    assert_non_null(strstr(bundle.sources[1].path, "library/roles.flow"));
    bundle_clear(&bundle);
}

static void two_hits_that_differ_are_an_error_and_equal_ones_are_not(void **state)
{
    (void)state;
    Bundle bundle;
    Error err;
    put(tree.library, "roles.flow", "role helper \"Helper\"\n");
    put(tree.project, "roles.flow", "role helper \"Helper\"\n");
    assert_true(load_main("roles", &bundle, &err));
    assert_string_equal(strstr(bundle.sources[1].path, "project"), "project/roles.flow");
    bundle_clear(&bundle);
    put(tree.project, "roles.flow", "role helper \"Other\"\n");
    assert_false(load_main("roles", &bundle, &err));
    assert_int_equal(err.kind, ERROR_INPUT);
    assert_non_null(strstr(err.text, "two different files"));
    bundle_clear(&bundle);
}

static void names_that_climb_out_are_refused(void **state)
{
    (void)state;
    static const char *const names[] = {
        "../outside", "../../etc/passwd", "/etc/passwd", "file:///etc/passwd", "x/../../outside",
        "./main", "roles.", "roles/", "", "a//b", ".hidden", "a/.hidden", "~root", "C:\\\\x",
    };
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        Bundle bundle;
        Error err;
        bool ok = load_main(names[i], &bundle, &err);
        if (ok && !bundle.diags.errors)
            fail_msg("\"%s\" was taken", names[i]);
        if (!ok && err.kind != ERROR_PERMISSION)
            fail_msg("\"%s\": %s", names[i], err.text);
        assert_null(strstr(err.text, "secret"));
        bundle_clear(&bundle);
    }
}

static void a_link_that_leads_out_is_refused_without_showing_what_is_there(void **state)
{
    (void)state;
    Bundle bundle;
    Error err;
    char target[128], link[160];
    snprintf(target, sizeof target, "%s/outside.flow", tree.base);
    snprintf(link, sizeof link, "%s/inside.flow", tree.project);
    assert_int_equal(symlink(target, link), 0);
    assert_false(load_main("inside", &bundle, &err));
    assert_int_equal(err.kind, ERROR_PERMISSION);
    assert_null(strstr(err.text, "Top secret"));
    bundle_clear(&bundle);
}

static void a_file_reached_by_two_ways_is_read_once(void **state)
{
    (void)state;
    Bundle bundle;
    Error err;
    char link[160];
    put(tree.project, "roles.flow", "role helper \"Helper\"\n");
    snprintf(link, sizeof link, "%s/same.flow", tree.project);
    assert_int_equal(symlink("roles.flow", link), 0);
    put(tree.project, "both.flow", "use \"roles\"\nuse \"same\"\n");
    assert_true(load_main("both", &bundle, &err));
    assert_int_equal(bundle.source_count, 3);
    bundle_clear(&bundle);
}

static void a_folder_a_pipe_and_nothing_are_not_flows(void **state)
{
    (void)state;
    Bundle bundle;
    Error err;
    char path[160];
    assert_false(load_main("nothing", &bundle, &err));
    assert_int_equal(err.kind, ERROR_NOT_FOUND);
    bundle_clear(&bundle);
    snprintf(path, sizeof path, "%s/folder.flow", tree.project);
    assert_int_equal(mkdir(path, 0700), 0);
    assert_false(load_main("folder", &bundle, &err));
    assert_int_equal(err.kind, ERROR_INPUT);
    bundle_clear(&bundle);
    snprintf(path, sizeof path, "%s/pipe.flow", tree.project);
    assert_int_equal(mkfifo(path, 0600), 0);
    assert_false(load_main("pipe", &bundle, &err));
    assert_int_equal(err.kind, ERROR_INPUT);
    bundle_clear(&bundle);
}

static void a_file_one_byte_too_large_is_refused(void **state)
{
    (void)state;
    enum { MOST = 8 * 1024 * 1024 };
    for (int more = -1; more <= 1; more++) {
        Bundle bundle;
        Error err = {0};
        FILE *file = fopen(tree.main_file, "w");
        assert_non_null(file);
        for (int i = 0; i < MOST + more; i++)
            fputc(i % 80 ? ' ' : '\n', file);
        fclose(file);
        bool ok = flow_load(NULL, tree.main_file, &bundle, &err);
        assert_int_equal(ok, more <= 0);
        assert_int_equal(err.kind, more <= 0 ? ERROR_NONE : ERROR_LIMIT);
        bundle_clear(&bundle);
    }
}

static void a_scenario_file_beside_the_flow_is_read_with_it(void **state)
{
    (void)state;
    Bundle bundle;
    Error err = {0};
    put(tree.project, "main.flow", "role clerk \"Clerk\"\n");
    put(tree.project, "main.scenarios.flow", "# none yet\n");
    assert_true(flow_load(NULL, tree.main_file, &bundle, &err));
    assert_int_equal(bundle.source_count, 2);
    assert_true(bundle.sources[1].is_scenarios);
    bundle_clear(&bundle);
}

static void a_library_name_can_be_the_main_file(void **state)
{
    (void)state;
    Bundle bundle;
    Error err = {0};
    CwPlaces places = {.library = tree.library};
    put(tree.library, "roles.flow", "role helper \"Helper\"\n");
    assert_true(flow_load_library(&places, "roles", &bundle, &err));
    bundle_clear(&bundle);
    assert_false(flow_load_library(&places, "../outside", &bundle, &err));
    assert_int_equal(err.kind, ERROR_PERMISSION);
    bundle_clear(&bundle);
}

#define IN_TREE(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        IN_TREE(a_library_is_looked_in_after_the_flows_own_folder),
        IN_TREE(two_hits_that_differ_are_an_error_and_equal_ones_are_not),
        IN_TREE(names_that_climb_out_are_refused),
        IN_TREE(a_link_that_leads_out_is_refused_without_showing_what_is_there),
        IN_TREE(a_file_reached_by_two_ways_is_read_once),
        IN_TREE(a_folder_a_pipe_and_nothing_are_not_flows),
        IN_TREE(a_file_one_byte_too_large_is_refused),
        IN_TREE(a_scenario_file_beside_the_flow_is_read_with_it),
        IN_TREE(a_library_name_can_be_the_main_file),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
