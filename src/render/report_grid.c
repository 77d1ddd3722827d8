#include "render/report_grid.h"

#include <assert.h>
#include <stdlib.h>

#include "base/mem.h"
#include "render/share.h"

#define TOTAL_COST ((uint64_t)1 << 60) /* more than any count */

/* A cell, and by how much its count could be another. */
typedef struct Move {
    uint32_t row, column;
    int by;
} Move;

void grid_make(Grid *grid, uint32_t rows, uint32_t columns)
{
    size_t cells = ((size_t)rows + 1) * ((size_t)columns + 1);
    *grid = (Grid){.rows = rows,
                   .columns = columns,
                   .prints_row_totals = true,
                   .prints_column_totals = true};
    grid->values = mem_alloc_array(cells, sizeof *grid->values);
    grid->marks = mem_alloc_array(cells, sizeof *grid->marks);
}

static size_t place_of(const Grid *grid, uint32_t row, uint32_t column)
{
    assert(row <= grid->rows && column <= grid->columns);
    return (size_t)row * (grid->columns + 1) + column;
}

void grid_add(Grid *grid, uint32_t row, uint32_t column, uint64_t count)
{
    assert(row < grid->rows && column < grid->columns);
    grid->values[place_of(grid, row, column)] += count;
    grid->values[place_of(grid, row, grid->columns)] += count;
    grid->values[place_of(grid, grid->rows, column)] += count;
    grid->values[place_of(grid, grid->rows, grid->columns)] += count;
}

uint64_t grid_value(const Grid *grid, uint32_t row, uint32_t column)
{
    return grid->values[place_of(grid, row, column)];
}

CellMark grid_mark(const Grid *grid, uint32_t row, uint32_t column)
{
    return (CellMark)grid->marks[place_of(grid, row, column)];
}

bool grid_shows(const Grid *grid, uint32_t row, uint32_t column)
{
    return !grid->is_withheld && grid_mark(grid, row, column) == CELL_SHOWN;
}

static bool is_printed(const Grid *grid, uint32_t row, uint32_t column)
{
    return (row < grid->rows || grid->prints_column_totals) &&
           (column < grid->columns || grid->prints_row_totals);
}

static bool is_small(uint64_t value)
{
    return value >= 1 && value <= GRID_SMALL_MOST;
}

/* Whether the reader, who sees the mark of the cell, must think it possible that its
 * count is another by that much. A shown cell is judged as if it were a cover. */
static bool could_move(const Grid *grid, Move move)
{
    uint64_t value = grid_value(grid, move.row, move.column);
    if (move.by < 0 && value < (uint64_t)-move.by)
        return false;
    uint64_t other = value + (uint64_t)(int64_t)move.by;
    if (!is_printed(grid, move.row, move.column))
        return true;
    if (grid_mark(grid, move.row, move.column) == CELL_SMALL)
        return is_small(other);
    return value > GRID_SMALL_MOST && other > GRID_SMALL_MOST;
}

static bool is_hidden(const Grid *grid, Move move)
{
    return !is_printed(grid, move.row, move.column) ||
           grid_mark(grid, move.row, move.column) != CELL_SHOWN;
}

/* A total moves the same way as a part of it, two parts move against each other. */
static int answering(int by, uint32_t from, uint32_t to, uint32_t total)
{
    return from == total || to == total ? by : -by;
}

/* Four corners of a rectangle: with all of them hidden, each could be another while
 * every total stays right. */
typedef struct Rectangle {
    Move corners[4];
    uint64_t cost; /* what would have to be hidden besides */
    bool is_found;
} Rectangle;

/* Totals tell a reader most, so they are hidden last. */
static uint64_t cost_of(const Grid *grid, Move corner)
{
    bool is_total = corner.row == grid->rows || corner.column == grid->columns;
    return grid_value(grid, corner.row, corner.column) + (is_total ? TOTAL_COST : 0);
}

static void try_rectangle(const Grid *grid, Move first, uint32_t row, uint32_t column,
                          Rectangle *best)
{
    int along = answering(first.by, first.column, column, grid->columns);
    int across = answering(first.by, first.row, row, grid->rows);
    Rectangle now = {
        .corners = {first,
                    {first.row, column, along},
                    {row, first.column, across},
                    {row, column, answering(across, first.column, column, grid->columns)}},
        .is_found = true};
    for (int i = 0; i < 4; i++) {
        if (!could_move(grid, now.corners[i]))
            return;
        if (!is_hidden(grid, now.corners[i]))
            now.cost += cost_of(grid, now.corners[i]);
    }
    if (!best->is_found || now.cost < best->cost)
        *best = now;
}

static Rectangle best_rectangle(const Grid *grid, uint32_t row, uint32_t column)
{
    Rectangle best = {0};
    for (uint32_t r = 0; r <= grid->rows; r++)
        for (uint32_t c = 0; c <= grid->columns; c++)
            for (int by = -1; by <= 1 && r != row && c != column; by += 2)
                try_rectangle(grid, (Move){row, column, by}, r, c, &best);
    return best;
}

/* False: no other cells can stand in for it. */
static bool cover(Grid *grid, uint32_t row, uint32_t column)
{
    Rectangle best = best_rectangle(grid, row, column);
    for (int i = 0; i < 4 && best.is_found; i++)
        if (!is_hidden(grid, best.corners[i]))
            grid->marks[place_of(grid, best.corners[i].row, best.corners[i].column)] =
                CELL_COVER;
    return best.is_found;
}

static void mark_small(Grid *grid)
{
    size_t cells = ((size_t)grid->rows + 1) * ((size_t)grid->columns + 1);
    for (size_t i = 0; i < cells; i++)
        grid->marks[i] = is_small(grid->values[i]) ? CELL_SMALL : CELL_SHOWN;
}

/* What is hidden stays hidden, so a rectangle that was found stays one. */
void grid_hide(Grid *grid)
{
    mark_small(grid);
    for (uint32_t r = 0; r <= grid->rows; r++)
        for (uint32_t c = 0; c <= grid->columns && !grid->is_withheld; c++)
            if (grid_mark(grid, r, c) == CELL_SMALL && is_printed(grid, r, c))
                grid->is_withheld = !cover(grid, r, c);
}

bool grid_hides(const Grid *grid)
{
    for (uint32_t r = 0; r <= grid->rows; r++)
        for (uint32_t c = 0; c <= grid->columns; c++)
            if (is_printed(grid, r, c) && !grid_shows(grid, r, c))
                return true;
    return false;
}

void grid_words(const Grid *grid, uint32_t row, uint32_t column, Text *out)
{
    if (grid_shows(grid, row, column))
        count_words(grid_value(grid, row, column), out);
    else if (grid_mark(grid, row, column) == CELL_SMALL && !grid->is_withheld)
        text_add(out, "fewer than 5");
    else
        text_add(out, "hidden");
}

void grid_clear(Grid *grid)
{
    free(grid->values);
    free(grid->marks);
    *grid = (Grid){0};
}
