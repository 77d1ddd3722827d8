#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

#include "lang/scenario_ast.h"

#include "flow_text.h"

#define STORY                                                                                  \
    FRAME "fact outcome \"Outcome\" one of done, refused, open\nfact note \"Note\" text\n"     \
          "state more \"More\"\n  task look by worker checklist shoes, coat\n"                 \
          "    within 3 working days of entering\n"                                            \
          "track side \"Side\"\n  starts on begun\nstate here \"Here\" in side starts here\n"  \
          "scenario \"S\"\n  given a case at more on 1 March 2021\n"

static void assert_story(const char *lines, const char *codes)
{
    Text text = {0};
    text_addf(&text, STORY "%s", lines);
    Bundle bundle;
    resolve_text(&bundle, text_get(&text));
    assert_string_equal(codes_of(&bundle), codes);
    bundle_clear(&bundle);
    text_clear(&text);
}

static void what_is_said_of_a_name_depends_on_its_kind(void **state)
{
    (void)state;
    Bundle bundle;
    resolve_text(&bundle,
                 STORY "  then look is open\n  and outcome is open\n"
                       "  and look is refused\n  and outcome is refused\n"
                       "  and worker is notified\n  and look is refused as wrong-role\n");
    assert_string_equal(codes_of(&bundle), "");
    const ThenCheck *check = bundle.flow.scenarios->steps->checks;
    static const ThenKind kinds[] = {THEN_STATUS, THEN_FACT,     THEN_REFUSED,
                                     THEN_FACT,   THEN_NOTIFIED, THEN_REFUSED};
    for (size_t i = 0; i < sizeof kinds / sizeof kinds[0]; i++, check = check->next)
        assert_int_equal(check->kind, kinds[i]);
    check = bundle.flow.scenarios->steps->checks;
    assert_string_equal(check->status, "open");
    assert_int_equal(check->next->value.name.index, 2);
    bundle_clear(&bundle);
}

static void steps_name_events_roles_facts_states_and_ticks(void **state)
{
    (void)state;
    assert_story("  when look ticking shoes, coat on 2 March 2021\n  then case is at more\n",
                 "");
    assert_story("  when look ticking shoes, cot on 2 March 2021\n  then case is at more\n",
                 "CF101");
    assert_story("  when look by nurse on 2 March 2021\n  then case is at more\n", "CF101");
    assert_story("  when look by worker for nurse on 2 March 2021\n  then case is at more\n",
                 "CF101");
    assert_story("  when begun with outcome is done, note is \"fine\" on 2 March 2021\n"
                 "  then case is at more\n",
                 "");
    assert_story("  when begun with outcome is gone on 2 March 2021\n  then case is at more\n",
                 "CF207");
    assert_story(
        "  when begun assigning nurse \"Bo\" on 2 March 2021\n  then case is at more\n",
        "CF101");
    assert_story("  when case is reopened to moor on 2 March 2021\n  then case is at more\n",
                 "CF101");
    assert_story("  when case is reopened to here on 2 March 2021\n  then case is at more\n",
                 "CF117");
}

static void givens_name_tracks_states_events_and_roles(void **state)
{
    (void)state;
    assert_story("  and track side is at here since 1 March 2021\n  then case is at more\n",
                 "");
    assert_story("  and track side is at more since 1 March 2021\n  then case is at more\n",
                 "CF117");
    assert_story("  and track syde is at here\n  then case is at more\n", "CF101");
    assert_story("  and begin on 1 March 2021\n  then case is at more\n", "CF101");
    assert_story("  and \"Bo\" is nurse\n  then case is at more\n", "CF101");
    assert_story("  and \"Bo\" is worker\n  and \"Ann\" is absent\n  then case is at more\n",
                 "");
}

static void checks_ask_only_what_can_be_answered(void **state)
{
    (void)state;
    assert_story("  then look is due by 4 March 2021\n  and track side is running\n", "");
    assert_story("  then begun is due by 4 March 2021\n", "CF608");
    assert_story("  then look is overdue\n", "CF608");
    assert_story("  then worker is notified\n", "");
    assert_story("  then worker is notfied\n", "CF608");
    assert_story("  then look is refused as wrong-role\n", "");
    assert_story("  then look is refused as wrong-rol\n", "CF608");
    assert_story("  then look is refused as something\n", "CF608");
    assert_story("  then track syde has ended\n", "CF101");
    assert_story("  then track side is at more\n", "CF117");
    assert_story("  then outcom is not known\n", "CF101");
    assert_story("  then lok is due by 4 March 2021\n", "CF101");
    assert_story("  then note is \"fine\"\n  and note is 3\n", "CF206");
}

/* ---- several files ------------------------------------------------------------ */

static void assert_files(const MemoryFile *files, const char *codes)
{
    Bundle bundle;
    Error err = {0};
    assert_true(bundle_load(&bundle, "main", read_memory, (void *)(uintptr_t)files, &err));
    names_resolve(&bundle);
    assert_string_equal(codes_of(&bundle), codes);
    bundle_clear(&bundle);
}

static void scenarios_beside_the_flow_see_its_names(void **state)
{
    (void)state;
    const MemoryFile files[] = {
        {"main.flow", FRAME},
        {"main.scenarios.flow",
         "scenario \"S\"\n  given a case at first on 1 March 2021\n  then case is at last\n"},
        {0}};
    assert_files(files, "");
}

static void a_scenarios_file_holds_nothing_that_runs(void **state)
{
    (void)state;
    static const char *const strangers[] = {"role nurse \"Nurse\"\n",
                                            "fact seen \"Seen\" yes or no\n",
                                            "state more \"More\"\n",
                                            "track side \"Side\"\n",
                                            "event told \"Told\" by anyone\n",
                                            "use \"lib\"\n",
                                            "always case is at last\n",
                                            "at any point\n  on begun stay\n",
                                            "must begun within 3 working days of opening\n"};
    for (size_t i = 0; i < sizeof strangers / sizeof strangers[0]; i++) {
        const MemoryFile files[] = {{"main.flow", FRAME},
                                    {"main.scenarios.flow", strangers[i]},
                                    {"lib.flow", "# nothing\n"},
                                    {0}};
        assert_files(files, "CF123");
    }
}

static void a_workflow_is_not_used_by_another(void **state)
{
    (void)state;
    const MemoryFile files[] = {{"main.flow", "use \"other\"\n"}, {"other.flow", FRAME}, {0}};
    assert_files(files, "CF120");
}

static void a_library_needs_no_workflow(void **state)
{
    (void)state;
    const MemoryFile files[] = {{"main.flow", "role worker \"Worker\"\n"}, {0}};
    assert_files(files, "");
}

static void what_a_used_file_has_already_is_told_where_it_can_be_changed(void **state)
{
    (void)state;
    const MemoryFile files[] = {{"main.flow", "use \"lib\"\nrole worker \"Ours\"\n"},
                                {"lib.flow", "role worker \"Worker\"\n"},
                                {0}};
    Bundle bundle;
    Error err = {0};
    assert_true(bundle_load(&bundle, "main", read_memory, (void *)(uintptr_t)files, &err));
    names_resolve(&bundle);
    assert_string_equal(codes_of(&bundle), "CF102");
    assert_int_equal(bundle.diags.items[0]->span.file, 0);
    assert_non_null(strstr(bundle.diags.items[0]->help, "take this one away"));
    bundle_clear(&bundle);
}

static void a_name_in_another_file_is_said_to_be_there(void **state)
{
    (void)state;
    const MemoryFile files[] = {
        {"main.flow", FRAME "use \"lib\"\nstate more \"More\"\n  task look by nusre\n"},
        {"lib.flow", "# roles\nrole nurse \"Nurse\"\n"},
        {0}};
    Bundle bundle;
    Error err = {0};
    assert_true(bundle_load(&bundle, "main", read_memory, (void *)(uintptr_t)files, &err));
    names_resolve(&bundle);
    assert_string_equal(codes_of(&bundle), "CF101");
    assert_string_equal(bundle.diags.items[0]->help,
                        "Did you mean \"nurse\" (line 2 of lib.flow)?");
    bundle_clear(&bundle);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_is_said_of_a_name_depends_on_its_kind),
        cmocka_unit_test(steps_name_events_roles_facts_states_and_ticks),
        cmocka_unit_test(givens_name_tracks_states_events_and_roles),
        cmocka_unit_test(checks_ask_only_what_can_be_answered),
        cmocka_unit_test(scenarios_beside_the_flow_see_its_names),
        cmocka_unit_test(a_scenarios_file_holds_nothing_that_runs),
        cmocka_unit_test(a_workflow_is_not_used_by_another),
        cmocka_unit_test(a_library_needs_no_workflow),
        cmocka_unit_test(what_a_used_file_has_already_is_told_where_it_can_be_changed),
        cmocka_unit_test(a_name_in_another_file_is_said_to_be_there),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
