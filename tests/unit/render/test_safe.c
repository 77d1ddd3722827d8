#include "render/safe.h"

#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <string.h>

#include <cmocka.h>

static void assert_shown(const char *words, size_t length, const char *expected)
{
    Text out = {0};
    safe_add_bytes(&out, words, length);
    assert_string_equal(text_get(&out), expected);
    text_clear(&out);
}

#define SHOWN(words, expected) assert_shown(words, sizeof(words) - 1, expected)

static void plain_text_and_other_alphabets_pass(void **state)
{
    (void)state;
    SHOWN("Ann Lee", "Ann Lee");
    SHOWN("Zoë Łuczak, 3 £", "Zoë Łuczak, 3 £");
    SHOWN("\xf0\x9f\x8c\xb1", "\xf0\x9f\x8c\xb1");
    SHOWN("", "");
}

static void no_control_character_gets_through(void **state)
{
    (void)state;
    for (int c = 0; c < 0x20; c++) {
        char byte = (char)c;
        Text out = {0};
        safe_add_bytes(&out, &byte, 1);
        for (size_t i = 0; i < out.length; i++)
            assert_true((unsigned char)out.data[i] >= 0x20);
        text_clear(&out);
    }
    SHOWN("a\x1b[31mb", "a\\x1b[31mb");
    SHOWN("\x7f", "\\x7f");
    SHOWN("\xc2\x9b", "\\u009b");
}

static void marks_that_reorder_text_are_shown_by_number(void **state)
{
    (void)state;
    SHOWN("\xe2\x80\xae", "\\u202e");
    SHOWN("\xe2\x81\xa6", "\\u2066");
    SHOWN("\xd8\x9c", "\\u061c");
    SHOWN("\xe2\x80\xaf", "\xe2\x80\xaf"); /* a narrow blank is no such mark */
}

static void broken_utf_8_is_shown_byte_by_byte(void **state)
{
    (void)state;
    SHOWN("\xff", "\\xff");
    SHOWN("\xc0\xaf", "\\xc0\\xaf");
    SHOWN("\xed\xa0\x80", "\\xed\\xa0\\x80");
    SHOWN("\xf4\x90\x80\x80", "\\xf4\\x90\\x80\\x80");
    SHOWN("a\xe2\x82", "a\\xe2\\x82");
    SHOWN("\xe2z", "\\xe2z");
}

static void a_line_end_does_not_start_a_line(void **state)
{
    (void)state;
    SHOWN("one\ntwo", "one / two");
    SHOWN("one\n", "one");
}

static void width_counts_characters_as_they_are_shown(void **state)
{
    (void)state;
    assert_int_equal(safe_width("Zoë"), 3);
    assert_int_equal(safe_width("a\x1b"), 5);
    assert_int_equal(safe_width(""), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(plain_text_and_other_alphabets_pass),
        cmocka_unit_test(no_control_character_gets_through),
        cmocka_unit_test(marks_that_reorder_text_are_shown_by_number),
        cmocka_unit_test(broken_utf_8_is_shown_byte_by_byte),
        cmocka_unit_test(a_line_end_does_not_start_a_line),
        cmocka_unit_test(width_counts_characters_as_they_are_shown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
