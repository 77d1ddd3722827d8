#include "render/csv_cells.h"

#include "log/write.h"

static void begin_cell(CsvTable *table)
{
    if (table->begun)
        text_add_char(table->out, ',');
    table->begun = true;
}

void csv_text(CsvTable *table, const char *cell)
{
    begin_cell(table);
    if (cell)
        csv_cell(table->out, cell, table->raw);
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
