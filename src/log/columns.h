/* Which column of a log is what: as the mapping says, else by the headings that
 * process-mining tools, council extracts and the child / date / type form use.
 * Nothing is taken where two would do: the headings are shown and the option named. */
#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "base/text.h"
#include "log/mapping.h"
#include "log/names.h"

#define NO_COLUMN UINT32_MAX

typedef struct Columns {
    uint32_t at[LOG_COLUMNS]; /* NO_COLUMN: there is none */
    uint32_t *facts;          /* owned; by fact of the mapping */
    uint32_t heading_count;
} Columns;

/* The name of a column in map files and, with two dashes before it, as an option. */
extern const char *const column_names[LOG_COLUMNS];

/* `path` is for messages. ERROR_INPUT: a column is missing, there twice, or several
 * would do. */
bool columns_find(Columns *columns, const Mapping *mapping, const LogText *headings,
                  uint32_t count, const char *path, Error *err);
/* case "case:concept:name", activity "concept:name" … */
void columns_describe(const Columns *columns, const Mapping *mapping, const LogText *headings,
                      Text *out);
void columns_clear(Columns *columns);
