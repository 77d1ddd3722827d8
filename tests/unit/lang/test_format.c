#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/text.h"
#include "lang/bundle.h"
#include "lang/format.h"

static bool give(void *context, const char *name, const char *from, char **path, char **text,
                 size_t *length, Error *err)
{
    const Text *flow = context;
    if (from && strcmp(name, "t.scenarios") == 0)
        return error_kind(err, ERROR_NOT_FOUND, "none");
    *path = mem_strdup(from ? name : "t.flow");
    *text = mem_strndup(from ? "" : text_get(flow), from ? 0 : flow->length);
    *length = from ? 0 : flow->length;
    return true;
}

/* The formatted text, and the normalised bytes that the content hash is of. */
static void format(Text *flow, Text *out, Text *normal)
{
    Bundle bundle = {0};
    Error err = {0};
    assert_true(bundle_load(&bundle, "t.flow", give, flow, &err));
    format_source(&bundle, 0, out);
    bundle_normalise(&bundle, normal);
    bundle_clear(&bundle);
}

static Text read_flow(const char *path)
{
    Text text = {0};
    char part[4096];
    FILE *file = fopen(path, "rb");
    assert_non_null(file);
    for (size_t n; (n = fread(part, 1, sizeof part, file)) > 0;)
        text_add_bytes(&text, part, n);
    fclose(file);
    return text;
}

static void check_stable(Text *flow)
{
    Text once = {0}, twice = {0}, before = {0}, after = {0};
    format(flow, &once, &before);
    format(&once, &twice, &after);
    assert_string_equal(text_get(&twice), text_get(&once));
    assert_string_equal(text_get(&after), text_get(&before));
    text_clear(&once);
    text_clear(&twice);
    text_clear(&before);
    text_clear(&after);
}

static const char *const flows[] = {"workflows/cre.flow",
                                    "workflows/cse.flow",
                                    "bench/small.flow",
                                    "stdlib/calendars/england-and-wales.flow",
                                    "stdlib/roles/childrens-services.flow",
                                    "tests/unit/lang/flows/shapes.flow"};
#define FLOWS (sizeof flows / sizeof *flows)

static void formatting_twice_changes_nothing_and_keeps_the_content(void **state)
{
    (void)state;
    for (size_t i = 0; i < FLOWS; i++) {
        Text flow = read_flow(flows[i]);
        check_stable(&flow);
        text_clear(&flow);
    }
}

/* All blanks at the front of every line gone, and every comment on its way out. */
static void lines_without_their_blanks_are_laid_out_again(void **state)
{
    (void)state;
    Text flow = read_flow("workflows/cre.flow"), flat = {0}, a = {0}, b = {0}, normal = {0};
    bool front = true;
    for (size_t i = 0; i < flow.length; i++) {
        char c = flow.data[i];
        if (!(front && c == ' '))
            text_add_char(&flat, c);
        front = c == '\n' || (front && c == ' ');
    }
    format(&flow, &a, &normal);
    format(&flat, &b, &normal);
    assert_string_equal(text_get(&a), text_get(&b));
    text_clear(&flow);
    text_clear(&flat);
    text_clear(&a);
    text_clear(&b);
    text_clear(&normal);
}

/* A comment of its own behind each line, and one on a line of its own after it. */
static Text with_comments(const Text *flow, int *count)
{
    Text out = {0};
    bool comment = false, words = false;
    for (size_t i = 0; i < flow->length; i++) {
        char c = flow->data[i];
        comment |= c == '#';
        words |= c != ' ' && c != '\n';
        if (c == '\n' && !comment && words)
            text_addf(&out, " # mark %d.\n# mark %d.\n", *count, *count + 1), *count += 2;
        else
            text_add_char(&out, c);
        if (c == '\n')
            comment = words = false;
    }
    return out;
}

static void every_comment_stays_and_in_order(void **state)
{
    (void)state;
    for (size_t i = 0; i < FLOWS; i++) {
        int count = 0;
        Text flow = read_flow(flows[i]), marked = with_comments(&flow, &count);
        Text out = {0}, normal = {0}, plain = {0}, expected = {0};
        format(&marked, &out, &normal);
        format(&flow, &plain, &expected);
        assert_string_equal(text_get(&normal), text_get(&expected));
        const char *at = text_get(&out);
        for (int n = 0; n < count; n++) {
            char mark[32];
            snprintf(mark, sizeof mark, "# mark %d.", n);
            at = strstr(at, mark);
            if (!at)
                fail_msg("%s: comment %d is lost or out of order", flows[i], n);
        }
        check_stable(&marked);
        text_clear(&flow);
        text_clear(&marked);
        text_clear(&out);
        text_clear(&normal);
        text_clear(&plain);
        text_clear(&expected);
    }
}

static void assert_formats(const char *from, const char *to)
{
    Text flow = {0}, out = {0}, normal = {0};
    text_add(&flow, from);
    format(&flow, &out, &normal);
    assert_string_equal(text_get(&out), to);
    text_clear(&flow);
    text_clear(&out);
    text_clear(&normal);
}

static void clauses_parts_and_reasons_have_their_places(void **state)
{
    (void)state;
    assert_formats(
        "state s \"S\"\ntask t \"T\" by r\nwithin 3 working days of entering because "
        "CRE-1\nif missed notify r\non t\ngo to a when x is yes\nstay otherwise\n",
        "state s \"S\"\n"
        "  task t \"T\" by r\n"
        "    within 3 working days of entering                                   "
        "because CRE-1\n"
        "    if missed notify r\n"
        "  on t\n"
        "    go to a when x is yes\n"
        "    stay otherwise\n");
}

static void quotes_become_straight_and_blank_lines_few(void **state)
{
    (void)state;
    assert_formats("role   a \u201cAn A\u201d\n\n\n\n\nrole b \"B\"   # last\n",
                   "role a \"An A\"\n\n\nrole b \"B\"  # last\n");
}

static void an_empty_file_stays_empty(void **state)
{
    (void)state;
    assert_formats("", "");
    assert_formats("# only this", "# only this\n");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(formatting_twice_changes_nothing_and_keeps_the_content),
        cmocka_unit_test(lines_without_their_blanks_are_laid_out_again),
        cmocka_unit_test(every_comment_stays_and_in_order),
        cmocka_unit_test(clauses_parts_and_reasons_have_their_places),
        cmocka_unit_test(quotes_become_straight_and_blank_lines_few),
        cmocka_unit_test(an_empty_file_stays_empty),
    };
    return cmocka_run_group_tests_name("format", tests, NULL, NULL);
}
