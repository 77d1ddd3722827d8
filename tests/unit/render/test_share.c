/* Shares in words. */
#include "render/share.h"

#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>

#include <cmocka.h>

static void assert_share(uint64_t part, uint64_t of, const char *words, const char *in_table)
{
    Text out = {0};
    share_words(part, of, &out);
    assert_string_equal(text_get(&out), words);
    text_reset(&out);
    share_short(part, of, &out);
    assert_string_equal(text_get(&out), in_table);
    text_clear(&out);
}

static void a_share_is_in_whole_per_cent(void **state)
{
    (void)state;
    assert_share(47, 52, "90 per cent", "90%");
    assert_share(1, 8, "13 per cent", "13%");
    assert_share(52, 52, "100 per cent", "100%");
    assert_share(0, 52, "0 per cent", "0%");
}

static void a_hundred_is_not_said_while_one_is_missing(void **state)
{
    (void)state;
    assert_share(1999, 2000, "over 99 per cent", "over 99%");
    assert_share(99999999999, 100000000000, "over 99 per cent", "over 99%");
    assert_share(199, 201, "99 per cent", "99%");
}

static void nothing_is_not_said_while_there_is_one(void **state)
{
    (void)state;
    assert_share(1, 2000, "under 1 per cent", "under 1%");
    assert_share(1, 200, "1 per cent", "1%");
}

static void of_nothing_there_is_no_share(void **state)
{
    (void)state;
    assert_share(0, 0, "", "-");
}

static void a_share_stands_with_its_denominator(void **state)
{
    (void)state;
    Text out = {0};
    share_counts(1047, 12052, &out);
    text_add(&out, "; ");
    share_counts(0, 0, &out);
    assert_string_equal(text_get(&out), "1,047 of 12,052, 9 per cent; 0 of 0");
    text_clear(&out);
}

static void thousands_stand_apart(void **state)
{
    (void)state;
    Text out = {0};
    count_words(0, &out);
    text_add(&out, " ");
    count_words(999, &out);
    text_add(&out, " ");
    count_words(1000000, &out);
    text_add(&out, " ");
    count_words(UINT64_MAX, &out);
    assert_string_equal(text_get(&out), "0 999 1,000,000 18,446,744,073,709,551,615");
    text_clear(&out);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_share_is_in_whole_per_cent),
        cmocka_unit_test(a_hundred_is_not_said_while_one_is_missing),
        cmocka_unit_test(nothing_is_not_said_while_there_is_one),
        cmocka_unit_test(of_nothing_there_is_no_share),
        cmocka_unit_test(a_share_stands_with_its_denominator),
        cmocka_unit_test(thousands_stand_apart),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
