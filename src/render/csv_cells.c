#include "render/csv_cells.h"

#include <string.h>

static void begin_cell(CsvTable *table)
{
    if (table->begun)
        text_add_char(table->out, ',');
    table->begun = true;
}

/* OWASP's list of what begins a formula; a NUL cannot be in a C string. */
static bool is_formula(const char *cell)
{
    return *cell && strchr("=+-@\t\r", *cell);
}

void csv_text(CsvTable *table, const char *cell)
{
    begin_cell(table);
    if (!cell)
        return;
    bool formula = !table->raw && is_formula(cell);
    bool quoted = cell[strcspn(cell, ",\"\r\n")] != '\0';
    text_add(table->out, quoted ? "\"" : "");
    text_add(table->out, formula ? "'" : "");
    for (; *cell; cell++) {
        if (*cell == '"')
            text_add_char(table->out, '"');
        text_add_char(table->out, *cell);
    }
    text_add(table->out, quoted ? "\"" : "");
}

void csv_number(CsvTable *table, int64_t number)
{
    begin_cell(table);
    text_addf(table->out, "%lld", (long long)number);
}

void csv_bool(CsvTable *table, bool yes)
{
    csv_text(table, yes ? "yes" : "no");
}

void csv_line_end(CsvTable *table)
{
    text_add(table->out, "\r\n");
    table->begun = false;
}

void csv_heading(CsvTable *table, const char *const *cells)
{
    for (; *cells; cells++)
        csv_text(table, *cells);
    csv_line_end(table);
}
