#include "render/table.h"

#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>

#include <cmocka.h>

static void assert_printed(const Table *table, bool colour, const char *expected)
{
    Text out = {0};
    table_print(table, colour, &out);
    assert_string_equal(text_get(&out), expected);
    text_clear(&out);
}

static void columns_are_as_wide_as_their_longest_cell(void **state)
{
    (void)state;
    Table table = {.indent = 2};
    table_add(&table, "a", "Zoë", "x", NULL);
    table_add(&table, "long", "b", "y", NULL);
    assert_printed(&table, false, "  a     Zoë  x\n  long  b    y\n");
    table_clear(&table);
}

static void no_line_ends_in_blanks(void **state)
{
    (void)state;
    Table table = {0};
    table_add(&table, "one", "", NULL);
    table_add(&table, "two", "b", NULL);
    table_add(&table, "three", NULL);
    assert_printed(&table, false, "one\ntwo    b\nthree\n");
    table_clear(&table);
}

static void a_column_that_is_empty_everywhere_takes_no_room(void **state)
{
    (void)state;
    Table table = {0};
    table_add(&table, "", "one", NULL);
    table_add(&table, "", "two", NULL);
    assert_printed(&table, false, "one\ntwo\n");
    table_clear(&table);
}

static void an_urgent_row_is_coloured_only_where_colour_is_allowed(void **state)
{
    (void)state;
    Table table = {0};
    table_add(&table, "OVERDUE", "x", NULL)->is_urgent = true;
    assert_printed(&table, false, "OVERDUE  x\n");
    assert_printed(&table, true, "\x1b[1;31mOVERDUE\x1b[0m  x\n");
    table_clear(&table);
}

static void a_cell_cannot_break_out_of_its_line(void **state)
{
    (void)state;
    Table table = {0};
    table_add(&table, "a\nb\x1b[2J", "x", NULL);
    assert_printed(&table, false, "a / b\\x1b[2J  x\n");
    table_clear(&table);
}

static void an_empty_table_prints_nothing(void **state)
{
    (void)state;
    Table table = {.indent = 4};
    assert_printed(&table, true, "");
    table_clear(&table);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(columns_are_as_wide_as_their_longest_cell),
        cmocka_unit_test(no_line_ends_in_blanks),
        cmocka_unit_test(a_column_that_is_empty_everywhere_takes_no_room),
        cmocka_unit_test(an_urgent_row_is_coloured_only_where_colour_is_allowed),
        cmocka_unit_test(a_cell_cannot_break_out_of_its_line),
        cmocka_unit_test(an_empty_table_prints_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
