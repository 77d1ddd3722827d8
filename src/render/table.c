#include "render/table.h"

#include <stdarg.h>
#include <stdlib.h>

#include "base/mem.h"
#include "render/safe.h"

TableRow *table_add(Table *table, const char *cell, ...)
{
    table->rows =
        mem_grow(table->rows, &table->capacity, table->count + 1, sizeof *table->rows);
    TableRow *row = &table->rows[table->count++];
    *row = (TableRow){0};
    va_list list;
    va_start(list, cell);
    for (size_t i = 0; cell && i < TABLE_COLUMNS; i++) {
        Text safe = {0};
        safe_add(&safe, cell);
        row->cells[i] = text_take(&safe);
        cell = va_arg(list, const char *);
    }
    va_end(list);
    return row;
}

static void measure(const Table *table, size_t widths[TABLE_COLUMNS])
{
    for (size_t i = 0; i < TABLE_COLUMNS; i++)
        widths[i] = 0;
    for (size_t r = 0; r < table->count; r++) {
        for (size_t i = 0; i < TABLE_COLUMNS && table->rows[r].cells[i]; i++) {
            size_t width = safe_width(table->rows[r].cells[i]);
            widths[i] = width > widths[i] ? width : widths[i];
        }
    }
}

static void print_row(const TableRow *row, const size_t widths[TABLE_COLUMNS], bool colour,
                      Text *out)
{
    size_t end = out->length;
    for (size_t i = 0; i < TABLE_COLUMNS && row->cells[i]; i++) {
        bool urgent = colour && row->is_urgent && i == 0;
        text_addf(out, "%s%s%s", urgent ? "\x1b[1;31m" : "", row->cells[i],
                  urgent ? "\x1b[0m" : "");
        if (*row->cells[i])
            end = out->length;
        if (widths[i] > 0) /* a column that is empty in every row takes no room */
            text_addf(out, "%*s", (int)(widths[i] - safe_width(row->cells[i]) + 2), "");
    }
    out->length = end; /* no blanks at the end of a line */
    text_add_char(out, '\n');
}

void table_print(const Table *table, bool colour, Text *out)
{
    size_t widths[TABLE_COLUMNS];
    measure(table, widths);
    for (size_t r = 0; r < table->count; r++) {
        text_addf(out, "%*s", (int)table->indent, "");
        print_row(&table->rows[r], widths, colour, out);
    }
}

void table_clear(Table *table)
{
    for (size_t r = 0; r < table->count; r++)
        for (size_t i = 0; i < TABLE_COLUMNS; i++)
            free(table->rows[r].cells[i]);
    free(table->rows);
    *table = (Table){0};
}
