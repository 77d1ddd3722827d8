#include "render/diag_text.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

/* One finding on `length` bytes from `offset`, rendered without colour. */
static Text rendered(const char *text, uint32_t offset, uint32_t length, DiagFormat format)
{
    Bundle bundle = {0};
    bundle_add_source(&bundle, "a.flow", "a", text, strlen(text));
    Diag *diag =
        diag_add(&bundle.diags, (Span){0, offset, length}, "CF101", "there is no \"x\"");
    diag_label(&bundle.diags, diag, "this one");
    diag_help(&bundle.diags, diag, "Do this.\nOr that.");
    Text out = {0};
    diag_render(&bundle, format, false, 0, &out);
    bundle_clear(&bundle);
    return out;
}

static void assert_rendered(const char *text, uint32_t offset, uint32_t length,
                            DiagFormat format, const char *wanted)
{
    Text out = rendered(text, offset, length, format);
    assert_non_null(strstr(text_get(&out), wanted));
    text_clear(&out);
}

static void a_finding_shows_place_line_mark_label_and_help(void **state)
{
    (void)state;
    assert_rendered("# one\n  go to x\n", 14, 1, DIAG_TEXT,
                    "error CF101: there is no \"x\"\n"
                    "  a.flow, line 2\n"
                    "\n"
                    "    2 |   go to x\n"
                    "      |         - this one\n"
                    "\n"
                    "  Do this.\n"
                    "  Or that.\n");
}

static void marks_stand_right_below_letters_of_several_bytes(void **state)
{
    (void)state;
    assert_rendered("\xC3\xA9\xC3\xA9 x\n", 5, 1, DIAG_TEXT,
                    "    1 | \xC3\xA9\xC3\xA9 x\n"
                    "      |    - this one\n");
}

static void below_all_findings_stands_once_where_to_read_about_each_code(void **state)
{
    (void)state;
    Bundle bundle = {0};
    bundle_add_source(&bundle, "a.flow", "a", "one two", 7);
    diag_add(&bundle.diags, (Span){0, 4, 3}, "CF203", "second");
    diag_add(&bundle.diags, (Span){0, 4, 3}, "CF101", "third");
    diag_add(&bundle.diags, (Span){0, 0, 3}, "CF101", "first");
    Text out = {0}, codes = {0}, none = {0};
    diag_page(&bundle, false, &out);
    assert_non_null(strstr(text_get(&out), "To read more: casewright explain CF101 CF203\n"));
    diag_codes(&bundle, 1, &codes);
    assert_string_equal(text_get(&codes), " CF101");
    text_reset(&out);
    diag_more(&none, &out);
    assert_int_equal(out.length, 0);
    text_clear(&out);
    text_clear(&codes);
    bundle_clear(&bundle);
}

static void tabs_are_shown_as_blanks_up_to_the_next_stop(void **state)
{
    (void)state;
    assert_rendered("a\tx\n", 2, 1, DIAG_TEXT, "    1 | a   x\n      |     - this one\n");
}

static void control_characters_never_reach_the_terminal(void **state)
{
    (void)state;
    Text out = rendered("a\x1b[2Jx\n", 5, 1, DIAG_TEXT);
    assert_null(strchr(text_get(&out), '\x1b'));
    assert_non_null(strstr(text_get(&out), "a\\x1b[2Jx\n      |         - this one"));
    text_clear(&out);
}

static void a_long_line_is_cut_around_the_mark(void **state)
{
    (void)state;
    char line[1001];
    memset(line, 'a', 1000);
    line[1000] = '\0';
    line[500] = 'x';
    Text out = rendered(line, 500, 1, DIAG_TEXT);
    const char *excerpt = strstr(text_get(&out), "    1 | ...");
    assert_non_null(excerpt);
    const char *mark = strstr(excerpt, "\n      | ");
    assert_int_equal(excerpt[strcspn(mark + 1, "-")], 'x'); /* right above the mark */
    assert_true(mark - excerpt < 130);
    text_clear(&out);
}

static void a_mark_beyond_the_end_of_the_line_is_a_point(void **state)
{
    (void)state;
    assert_rendered("go to\nnext\n", 5, 0, DIAG_TEXT,
                    "    1 | go to\n      |      ^ this one\n");
}

static void compact_is_one_line_for_each(void **state)
{
    (void)state;
    assert_rendered("# one\n  go to x\n", 14, 1, DIAG_COMPACT,
                    "a.flow:2:9: error CF101: there is no \"x\"\n");
}

static void json_carries_everything(void **state)
{
    (void)state;
    Text out = rendered("# one\n  go to x\n", 14, 1, DIAG_JSON);
    static const char *const parts[] = {"\"schema\": \"casewright/findings/1\"",
                                        "\"errors\": 1",
                                        "\"code\": \"CF101\"",
                                        "\"line\": 2",
                                        "\"column\": 9",
                                        "\"help\": \"Do this.\\nOr that.\""};
    for (size_t i = 0; i < sizeof parts / sizeof parts[0]; i++)
        assert_non_null(strstr(text_get(&out), parts[i]));
    text_clear(&out);
}

static void findings_come_in_the_order_of_the_text_and_the_rest_is_counted(void **state)
{
    (void)state;
    Bundle bundle = {0};
    bundle_add_source(&bundle, "a.flow", "a", "a\nb\nc\n", 6);
    for (uint32_t i = 5; i-- > 0;)
        diag_add(&bundle.diags, (Span){0, i, 1}, "CF101", "number %u", i);
    Text out = {0};
    diag_render(&bundle, DIAG_COMPACT, false, 2, &out);
    assert_string_equal(text_get(&out), "a.flow:1:1: error CF101: number 0\n"
                                        "a.flow:1:2: error CF101: number 1\n"
                                        "and 3 more\n");
    text_clear(&out);
    bundle_clear(&bundle);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_finding_shows_place_line_mark_label_and_help),
        cmocka_unit_test(marks_stand_right_below_letters_of_several_bytes),
        cmocka_unit_test(below_all_findings_stands_once_where_to_read_about_each_code),
        cmocka_unit_test(tabs_are_shown_as_blanks_up_to_the_next_stop),
        cmocka_unit_test(control_characters_never_reach_the_terminal),
        cmocka_unit_test(a_long_line_is_cut_around_the_mark),
        cmocka_unit_test(a_mark_beyond_the_end_of_the_line_is_a_point),
        cmocka_unit_test(compact_is_one_line_for_each),
        cmocka_unit_test(json_carries_everything),
        cmocka_unit_test(findings_come_in_the_order_of_the_text_and_the_rest_is_counted),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
