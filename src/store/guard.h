/* Hardens a SQLite connection. Two steps, because making the tables needs what
 * is forbidden afterwards. */
#pragma once

#include <sqlite3.h>
#include <stdbool.h>

/* Limits, switches and settings; returns SQLite's answer. */
typedef enum GuardMode { GUARD_READ, GUARD_WRITE, GUARD_EXCLUSIVE } GuardMode;
int guard_configure(sqlite3 *db, GuardMode mode, int busy_ms);
/* From here on: no change of schema, no attaching, no pragma but those that check,
 * no update or delete of what is only ever added to. */
void guard_close_schema(sqlite3 *db);
