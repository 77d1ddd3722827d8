/* A table of counts with its totals, and which of them may be published. A count of 1
 * to 4 could point at a child, so it is hidden; and where it could be worked out from
 * a total and the other counts, more is hidden until it could have been another
 * (statistical disclosure control: primary and secondary suppression of cells).
 * Totals that are printed elsewhere belong into the same grid as what they add up. */
#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "base/text.h"

enum { GRID_SMALL_MOST = 4 }; /* the largest count that is hidden for itself */

typedef enum CellMark {
    CELL_SHOWN,
    CELL_SMALL, /* 1 to GRID_SMALL_MOST */
    CELL_COVER  /* hidden for the sake of a small one; never itself from 1 to 4 */
} CellMark;

/* The last row and the last column hold the totals: `rows` and `columns` are their
 * numbers. A total that is printed nowhere hides what is added up in it. */
typedef struct Grid {
    uint64_t *values; /* owned; (rows + 1) * (columns + 1) */
    uint8_t *marks;   /* owned; CellMark, likewise */
    uint32_t rows, columns;
    bool prints_row_totals, prints_column_totals;
    bool is_withheld; /* it cannot be published in part: all of it is hidden */
} Grid;

void grid_make(Grid *grid, uint32_t rows, uint32_t columns);
/* Counts into an inner cell and the three totals over it. */
void grid_add(Grid *grid, uint32_t row, uint32_t column, uint64_t count);
uint64_t grid_value(const Grid *grid, uint32_t row, uint32_t column);
CellMark grid_mark(const Grid *grid, uint32_t row, uint32_t column);
bool grid_shows(const Grid *grid, uint32_t row, uint32_t column);

/* Hides what must not be published. */
void grid_hide(Grid *grid);
/* Whether anything is hidden. */
bool grid_hides(const Grid *grid);
/* The count, "fewer than 5" or "hidden". */
void grid_words(const Grid *grid, uint32_t row, uint32_t column, Text *out);
void grid_clear(Grid *grid);
