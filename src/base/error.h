/* Why a call failed: a sentence and the exit code that goes with it. For what
 * the world did (a file, a database, a refused event); what is wrong in the
 * user's flow text goes to base/diag.h. Lower case, no full stop, the problem
 * first, the subject in single quotes: cannot open 'cre.flow': no such file */
#pragma once

#include <stdbool.h>

/* The values are the program's exit codes (architecture: Commands). */
typedef enum ErrorKind {
    ERROR_NONE = 0,
    ERROR_REFUSED = 1,
    ERROR_USAGE = 2,
    ERROR_INPUT = 3,
    ERROR_NOT_FOUND = 4,
    ERROR_INTEGRITY = 5,
    ERROR_LIMIT = 6,
    ERROR_PERMISSION = 7,
    ERROR_VERSION = 8,
    ERROR_INTERNAL = 70,
    ERROR_MEMORY = 71,
    ERROR_IO = 74,
    ERROR_BUSY = 75,
    ERROR_INTERRUPTED = 130,
    ERROR_TERMINATED = 143
} ErrorKind;

typedef struct Error {
    ErrorKind kind;
    char text[1000];
} Error;

/* Both return false, so that a caller can `return error_set(…)`. `error_set`
 * is of kind ERROR_INPUT. A text that is too long is cut at a whole
 * character. */
bool error_set(Error *err, const char *format, ...) __attribute__((format(printf, 2, 3)));
bool error_kind(Error *err, ErrorKind kind, const char *format, ...)
    __attribute__((format(printf, 3, 4)));
