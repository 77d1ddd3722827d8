/* One command's work with the database: opened as --db and --now say, and
 * closed again. */
#pragma once

#include <stdbool.h>

#include "api/engine.h"
#include "cli/command.h"

/* SESSION_ALONE: nobody else may have the file open meanwhile. */
typedef enum SessionKind { SESSION_READ, SESSION_WRITE, SESSION_ALONE } SessionKind;

/* The file that --db or $CASEWRIGHT_DB names, else casewright.db. */
const char *database_path(const Invocation *call);
/* NULL with an error; engine_close ends it. */
Engine *session_open(const Invocation *call, SessionKind kind, Error *err);
/* Who acts: --as, or the login name. NULL when there is none. */
const char *session_person(const Invocation *call);

/* Text that is no result, on standard error. */
void say_aside(const Text *text);
/* Prints `text` as the result, and frees it. */
void print_text(const Invocation *call, Text *text);
