/* What is hidden cannot be worked out: a reader who knows every rule of the table and
 * tries all counts finds more than one for each hidden small cell. */
#include "render/report_grid.h"

#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>

#include <cmocka.h>

static void fill(Grid *grid, uint32_t rows, uint32_t columns, const uint64_t *counts)
{
    grid_make(grid, rows, columns);
    for (uint32_t r = 0; r < rows; r++)
        for (uint32_t c = 0; c < columns; c++)
            grid_add(grid, r, c, counts[r * columns + c]);
}

static void assert_words(const Grid *grid, const char *expected)
{
    Text out = {0};
    for (uint32_t r = 0; r <= grid->rows; r++)
        for (uint32_t c = 0; c <= grid->columns; c++) {
            grid_words(grid, r, c, &out);
            text_add(&out, c == grid->columns ? "; " : ", ");
        }
    assert_string_equal(text_get(&out), expected);
    text_clear(&out);
}

static void a_table_without_small_counts_is_shown_whole(void **state)
{
    (void)state;
    Grid grid;
    fill(&grid, 2, 2, (uint64_t[]){5, 0, 12, 7});
    grid_hide(&grid);
    assert_false(grid_hides(&grid));
    assert_words(&grid, "5, 0, 5; 12, 7, 19; 17, 7, 24; ");
    grid_clear(&grid);
}

static void a_small_count_takes_three_others_with_it(void **state)
{
    (void)state;
    Grid grid;
    fill(&grid, 2, 3, (uint64_t[]){40, 3, 9, 50, 8, 20});
    grid_hide(&grid);
    assert_words(&grid, "40, fewer than 5, hidden, 52; 50, hidden, hidden, 78; "
                        "90, 11, 29, 130; ");
    grid_clear(&grid);
}

static void a_line_of_counts_hides_a_second_one(void **state)
{
    (void)state;
    Grid grid;
    fill(&grid, 1, 4, (uint64_t[]){40, 6, 2, 0});
    grid.prints_column_totals = false;
    grid_hide(&grid);
    Text out = {0};
    for (uint32_t c = 0; c <= 4; c++) {
        grid_words(&grid, 0, c, &out);
        text_add(&out, ", ");
    }
    assert_string_equal(text_get(&out), "40, hidden, fewer than 5, 0, 48, ");
    text_clear(&out);
    grid_clear(&grid);
}

static void a_table_that_cannot_be_covered_is_withheld(void **state)
{
    (void)state;
    Grid grid;
    fill(&grid, 2, 2, (uint64_t[]){0, 1, 3, 0});
    grid_hide(&grid);
    assert_true(grid.is_withheld);
    assert_true(grid_hides(&grid));
    assert_false(grid_shows(&grid, 0, 0));
    grid_clear(&grid);
}

/* ---- a reader who tries everything --------------------------------------------------- */

enum { ROWS = 2, COLUMNS = 3, CELLS = (ROWS + 1) * (COLUMNS + 1), AROUND = 3 };

typedef struct Guess {
    const Grid *grid;
    uint64_t cells[CELLS];
    bool seen[CELLS][GRID_SMALL_MOST + 1]; /* possible counts of the small ones */
} Guess;

static uint64_t *cell(Guess *guess, uint32_t row, uint32_t column)
{
    return &guess->cells[row * (COLUMNS + 1) + column];
}

static bool fits(const Grid *grid, uint32_t row, uint32_t column, uint64_t value)
{
    switch (grid_mark(grid, row, column)) {
    case CELL_SHOWN:
        return value == grid_value(grid, row, column);
    case CELL_SMALL:
        return value >= 1 && value <= GRID_SMALL_MOST;
    default:
        return value == 0 || value > GRID_SMALL_MOST;
    }
}

static void note(Guess *guess)
{
    for (uint32_t r = 0; r <= ROWS; r++)
        for (uint32_t c = 0; c <= COLUMNS; c++)
            if (grid_mark(guess->grid, r, c) == CELL_SMALL)
                guess->seen[r * (COLUMNS + 1) + c][*cell(guess, r, c)] = true;
}

static void add_up(Guess *guess)
{
    for (uint32_t c = 0; c <= COLUMNS; c++)
        *cell(guess, ROWS, c) = 0;
    for (uint32_t r = 0; r < ROWS; r++) {
        *cell(guess, r, COLUMNS) = 0;
        for (uint32_t c = 0; c < COLUMNS; c++)
            *cell(guess, r, COLUMNS) += *cell(guess, r, c);
        for (uint32_t c = 0; c <= COLUMNS; c++)
            *cell(guess, ROWS, c) += *cell(guess, r, c);
    }
}

static void check_totals(Guess *guess)
{
    add_up(guess);
    for (uint32_t r = 0; r <= ROWS; r++)
        if (!fits(guess->grid, r, COLUMNS, *cell(guess, r, COLUMNS)))
            return;
    for (uint32_t c = 0; c < COLUMNS; c++)
        if (!fits(guess->grid, ROWS, c, *cell(guess, ROWS, c)))
            return;
    note(guess);
}

/* Tries all counts near the true ones for the inner cells from `at` on. */
static void try_all(Guess *guess, uint32_t at)
{
    if (at == ROWS * COLUMNS) {
        check_totals(guess);
        return;
    }
    uint32_t r = at / COLUMNS, c = at % COLUMNS;
    uint64_t is = grid_value(guess->grid, r, c);
    for (uint64_t value = is > AROUND ? is - AROUND : 0; value <= is + AROUND; value++) {
        *cell(guess, r, c) = value;
        if (fits(guess->grid, r, c, value))
            try_all(guess, at + 1);
    }
}

static void assert_secret(const Grid *grid)
{
    Guess guess = {.grid = grid};
    try_all(&guess, 0);
    for (uint32_t i = 0; i < CELLS; i++) {
        int possible = 0;
        for (int n = 1; n <= GRID_SMALL_MOST; n++)
            possible += guess.seen[i][n];
        if (grid->marks[i] == CELL_SMALL && possible < 2)
            fail_msg("cell %u can only be %llu", i, (unsigned long long)grid->values[i]);
    }
}

static void no_hidden_count_can_be_worked_out_from_the_rest(void **state)
{
    (void)state;
    uint32_t seed = 1, published = 0;
    for (int i = 0; i < 400; i++) {
        uint64_t counts[ROWS * COLUMNS];
        for (int n = 0; n < ROWS * COLUMNS; n++) {
            seed = seed * 1664525u + 1013904223u;
            counts[n] = (seed >> 20) % 14;
        }
        Grid grid;
        fill(&grid, ROWS, COLUMNS, counts);
        grid_hide(&grid);
        if (!grid.is_withheld) {
            assert_secret(&grid);
            published++;
        }
        grid_clear(&grid);
    }
    assert_true(published > 200);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_table_without_small_counts_is_shown_whole),
        cmocka_unit_test(a_small_count_takes_three_others_with_it),
        cmocka_unit_test(a_line_of_counts_hides_a_second_one),
        cmocka_unit_test(a_table_that_cannot_be_covered_is_withheld),
        cmocka_unit_test(no_hidden_count_can_be_worked_out_from_the_rest),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
