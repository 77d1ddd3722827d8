#include "compile_text.h"

static Program *program;

static int set_up(void **state)
{
    (void)state;
    program = compile_text("workflow w \"W\" version \"1\"\n"
                           "role clerk \"Clerk\"\n"
                           "role nurse \"Nurse\"\n"
                           "role staff \"Staff\" is any of clerk, nurse\n"
                           "role chief \"Chief\"\n"
                           "  cannot be staff on the same case\n"
                           "role everybody \"Everybody\" is any of staff, chief\n"
                           "role deputy \"Deputy\"\n"
                           "  can act for chief\n"
                           "  can act for staff when unavailable\n"
                           "  can act for nurse after 2 weeks\n"
                           "event begun \"Begun\" by anyone\n"
                           "  opens a case\n"
                           "event seen \"Seen\" by everybody\n"
                           "event told \"Told\" by chief, staff\n"
                           "state first \"First\" starts here\n"
                           "  on begun stay\n"
                           "  on seen go to last needs approval by staff\n"
                           "state last \"Last\" ends here\n");
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    program_free(program);
    return 0;
}

/* "clerk/staff, …": each permit's role and the role named. */
static void assert_permits(Slice permits, const char *expected)
{
    Text text = {0};
    for (uint32_t i = 0; i < permits.count; i++) {
        const Permit *permit = &program->permits[permits.first + i];
        text_addf(&text, "%s%s/%s", i ? ", " : "", program->roles[permit->role].name,
                  program->roles[permit->via].name);
    }
    assert_string_equal(text_get(&text), expected);
    text_clear(&text);
}

static void assert_roles(Slice list, const char *expected)
{
    Text text = {0};
    for (uint32_t i = 0; i < list.count; i++)
        text_addf(&text, "%s%s", i ? ", " : "",
                  program->roles[program->indices[list.first + i]].name);
    assert_string_equal(text_get(&text), expected);
    text_clear(&text);
}

static void a_group_permits_itself_and_all_its_members_groups_in_groups_too(void **state)
{
    (void)state;
    assert_permits(program->events[event_named(program, "seen")].permits,
                   "clerk/everybody, nurse/everybody, staff/everybody, chief/everybody, "
                   "everybody/everybody");
}

static void several_roles_permit_in_the_order_of_roles(void **state)
{
    (void)state;
    assert_permits(program->events[event_named(program, "told")].permits,
                   "clerk/staff, nurse/staff, staff/staff, chief/chief");
}

static void an_approval_names_its_role_and_its_permits(void **state)
{
    (void)state;
    for (uint32_t i = 0; i < program->alternative_count; i++) {
        const AlternativeInfo *line = &program->alternatives[i];
        if (!line->leaves)
            continue;
        assert_int_equal(line->approval, role_named(program, "staff"));
        assert_permits(line->approval_permits, "clerk/staff, nurse/staff, staff/staff");
    }
}

static void members_are_all_that_a_group_reaches(void **state)
{
    (void)state;
    assert_roles(program->roles[role_named(program, "everybody")].members,
                 "clerk, nurse, staff, chief");
    assert_roles(program->roles[role_named(program, "clerk")].members, "");
}

static void exclusion_holds_both_ways_and_through_groups(void **state)
{
    (void)state;
    assert_roles(program->roles[role_named(program, "chief")].excludes, "clerk, nurse, staff");
    assert_roles(program->roles[role_named(program, "clerk")].excludes, "chief");
    assert_roles(program->roles[role_named(program, "staff")].excludes, "chief");
    assert_roles(program->roles[role_named(program, "everybody")].excludes, "");
}

static void deputies_keep_when_they_may_act(void **state)
{
    (void)state;
    Slice list = program->roles[role_named(program, "deputy")].deputies;
    const DeputyInfo *deputies = program->deputies + list.first;
    assert_int_equal(list.count, 3);
    assert_int_equal(deputies[0].kind, ACTS_ALWAYS);
    assert_int_equal(deputies[0].for_role, role_named(program, "chief"));
    assert_int_equal(deputies[1].kind, ACTS_WHEN_UNAVAILABLE);
    assert_int_equal(deputies[2].kind, ACTS_AFTER);
    assert_int_equal(program->durations[deputies[2].after.first].duration.amount, 2);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_group_permits_itself_and_all_its_members_groups_in_groups_too),
        cmocka_unit_test(several_roles_permit_in_the_order_of_roles),
        cmocka_unit_test(an_approval_names_its_role_and_its_permits),
        cmocka_unit_test(members_are_all_that_a_group_reaches),
        cmocka_unit_test(exclusion_holds_both_ways_and_through_groups),
        cmocka_unit_test(deputies_keep_when_they_may_act),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
