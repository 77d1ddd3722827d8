#include "analysis/explanation.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "lang/codes.h"
#include "render/scenario_findings.h"

/* Is `code` among the findings? A right example may have no error of any kind. */
static bool finds(const Example *example, const char *code, bool must_be_sound)
{
    Bundle bundle = {0};
    Error err = {0};
    bool found = false;
    if (!example_check(example, scenario_findings, &bundle, &err))
        fail_msg("%s: %s", code, err.text);
    for (size_t i = 0; i < bundle.diags.count; i++) {
        const Diag *diag = bundle.diags.items[i];
        if (must_be_sound && diag->severity == SEVERITY_ERROR)
            fail_msg("the right example of %s: %s %s", code, diag->code, diag->text);
        if (strcmp(diag->code, code) == 0)
            found = true;
    }
    bundle_clear(&bundle);
    return found;
}

static void check_page(const CodeInfo *info)
{
    Explanation page;
    if (!explanation_find(info->code, &page))
        fail_msg("%s has no page", info->code);
    if (page.why.length == 0)
        fail_msg("the page of %s does not say why", info->code);
    if ((page.wrong.text.length == 0) != (page.right.text.length == 0))
        fail_msg("the page of %s has only one example", info->code);
    if (page.wrong.text.length > 0 && !finds(&page.wrong, info->code, false))
        fail_msg("the wrong example of %s does not show it", info->code);
    if (page.right.text.length > 0 && finds(&page.right, info->code, true))
        fail_msg("the right example of %s still shows it", info->code);
    explanation_clear(&page);
}

static void every_code_has_a_page_whose_examples_show_what_it_says(void **state)
{
    (void)state;
    size_t count;
    const CodeInfo *codes = codes_all(&count);
    for (size_t i = 0; i < count; i++)
        check_page(&codes[i]);
}

static void the_frame_alone_has_no_finding_but_notes(void **state)
{
    (void)state;
    Bundle bundle = {0};
    Error err = {0};
    assert_true(example_check(&(Example){0}, scenario_findings, &bundle, &err));
    assert_int_equal(bundle.diags.errors, 0);
    assert_int_equal(bundle.diags.warnings, 0);
    bundle_clear(&bundle);
}

static void a_block_takes_the_place_of_its_namesake(void **state)
{
    (void)state;
    Example example = {0};
    text_add(&example.text, "role helper \"Helper\"\nstate closed \"Shut\" ends here\n");
    Bundle bundle = {0};
    Error err = {0};
    assert_true(example_check(&example, scenario_findings, &bundle, &err));
    const char *flow = bundle.sources[0].text;
    assert_null(strstr(flow, "\"Closed\""));
    assert_true(strstr(flow, "state closed \"Shut\"") < strstr(flow, "role helper"));
    bundle_clear(&bundle);
    text_clear(&example.text);
}

static void what_has_no_page_is_not_found(void **state)
{
    (void)state;
    Explanation page;
    assert_false(explanation_find("CF999", &page));
    assert_false(explanation_find("", &page));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_code_has_a_page_whose_examples_show_what_it_says),
        cmocka_unit_test(the_frame_alone_has_no_finding_but_notes),
        cmocka_unit_test(a_block_takes_the_place_of_its_namesake),
        cmocka_unit_test(what_has_no_page_is_not_found),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
