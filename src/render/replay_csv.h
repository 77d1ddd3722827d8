/* A replay as tables: a line for each case, each finding or each duty. Lines of a case
 * come in its own order; whoever calls puts the cases into theirs. */
#pragma once

#include "render/csv_cells.h"
#include "render/replay_words.h"
#include "replay/replay.h"

typedef enum ReplayTable {
    TABLE_CASES,
    TABLE_FINDINGS,
    TABLE_DUTIES,
    REPLAY_TABLES
} ReplayTable;

extern const char *const replay_table_names[REPLAY_TABLES + 1]; /* ends in NULL */

void replay_csv_heading(ReplayTable table, CsvTable *out);
void replay_csv_lines(const ReplayWords *words, ReplayTable table, const LogPart *part,
                      const CaseResult *one, CsvTable *out);
