/* Role sheets: whose is what. Flows and names are invented. */
#include "render/roles.h"

#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>

#include <cmocka.h>

#include "lang/flow_text.h"
#include "markup_parse.h"

#define FLOW                                                                                   \
    FRAME "role team \"Team\" is any of worker, helper\nrole helper \"Helper\"\n"              \
          "role stranger \"Stranger\"\nrole judge \"Judge\"\n"                                 \
          "role deputy \"Deputy\"\n  can act for manager after 4 hours\n"                      \
          "event worse \"Worse\" by anyone\nevent end-it \"End it\" by manager\n"              \
          "state middle \"Middle\" overseen by manager\n"                                      \
          "  task look \"Look at it\" by team with manager\n"                                  \
          "    within 3 working days of entering can be extended by manager\n"                 \
          "    if missed escalate to manager\n    remind helper 1 working day before\n"        \
          "  on look go to last and notify helper\n"                                           \
          "  on end-it go to last needs approval by judge\n"

static void build(Bundle *bundle, const char *text, Picture *picture)
{
    resolve_text(bundle, text);
    assert_string_equal(codes_of(bundle), "");
    picture_build(&bundle->flow, true, picture);
}

static int32_t role_named(const Flow *flow, const char *name)
{
    for (const RoleAst *role = flow->roles; role; role = role->next)
        if (strcmp(role->name, name) == 0)
            return role->index;
    return -1;
}

static void assert_sheet(const char *role, const char *expected)
{
    Bundle bundle = {0};
    Picture picture;
    Text out = {0};
    build(&bundle, FLOW, &picture);
    roles_text(&picture, role_named(&bundle.flow, role), &out);
    const char *sheet = strstr(text_get(&out), "\n\n");
    assert_string_equal(sheet + 2, expected);
    text_clear(&out);
    picture_clear(&picture);
    bundle_clear(&bundle);
}

static void a_member_has_the_work_of_its_group(void **state)
{
    (void)state;
    assert_sheet("helper", "Helper\n"
                           "  What you must do, and by when\n"
                           "    Look at it\n"
                           "      within 3 working days of coming here; can be extended by "
                           "Manager\n"
                           "      at: Middle\n"
                           "      as Team\n"
                           "      with Manager\n"
                           "      if missed: ask Manager to take over\n"
                           "      reminder to Helper 1 working day before\n"
                           "  You may\n"
                           "    open a case with \"Begun\", as anyone may\n"
                           "    record \"Worse\", as anyone may\n"
                           "  You are told\n"
                           "    1 working day before \"Look at it\" is due\n"
                           "    on \"Look at it\", at \"Middle\"\n");
}

static void who_takes_part_oversees_and_takes_over_is_told_so(void **state)
{
    (void)state;
    assert_sheet("manager",
                 "Manager\n"
                 "  No work of your own\n"
                 "  You take part in\n"
                 "    \"Look at it\", held by Team, within 3 working days of coming here; can "
                 "be extended by Manager\n"
                 "  You may\n"
                 "    give more time for \"Look at it\"\n"
                 "    open a case with \"Begun\", as anyone may\n"
                 "    record \"Worse\", as anyone may\n"
                 "    record \"End it\"\n"
                 "  You are told\n"
                 "    when \"Look at it\" was missed, and are asked to take it over\n"
                 "  You oversee\n"
                 "    \"Middle\"\n"
                 "  Standing in\n"
                 "    Deputy can act for you after 4 hours\n");
}

static bool is_empty(const Picture *picture, const char *role)
{
    RoleSheet sheet;
    role_sheet_build(picture, role_named(picture->flow, role), &sheet);
    bool empty = role_sheet_is_empty(&sheet);
    role_sheet_clear(&sheet);
    return empty;
}

/* What anyone may record is no reason for a sheet; an approval alone is. */
static void only_who_is_meant_has_a_sheet(void **state)
{
    (void)state;
    Bundle bundle = {0};
    Picture picture;
    build(&bundle, FLOW, &picture);
    assert_true(is_empty(&picture, "stranger"));
    assert_false(is_empty(&picture, "judge"));
    assert_false(is_empty(&picture, "deputy"));
    assert_false(is_empty(&picture, "helper"));
    picture_clear(&picture);
    bundle_clear(&bundle);
}

static void the_page_is_well_formed_whatever_the_names(void **state)
{
    (void)state;
    Bundle bundle = {0};
    Picture picture;
    Text out = {0}, words = {0};
    build(&bundle,
          FLOW "role villain \"" NASTY "\"\nstate trick \"" NASTY "\" overseen by villain\n"
               "  task more \"" NASTY "\" by villain because \"" NASTY "\"\n"
               "  on more go to last and notify villain\n",
          &picture);
    roles_html(&picture, -1, &out);
    parse(text_get(&out), out.length, &words);
    const char *first = strstr(text_get(&words), SHOWN);
    assert_non_null(first);
    assert_non_null(strstr(first + 1, SHOWN));
    text_clear(&words);
    text_clear(&out);
    picture_clear(&picture);
    bundle_clear(&bundle);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_member_has_the_work_of_its_group),
        cmocka_unit_test(who_takes_part_oversees_and_takes_over_is_told_so),
        cmocka_unit_test(only_who_is_meant_has_a_sheet),
        cmocka_unit_test(the_page_is_well_formed_whatever_the_names),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
