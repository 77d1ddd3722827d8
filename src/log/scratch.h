/* A temporary file for rows that do not fit into memory. It holds what cases say, so
 * nobody else may read it and it has no name: it is gone with the process, however that
 * ends. */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/error.h"

typedef struct Scratch {
    int file;           /* -1: none */
    const char *folder; /* borrowed; for messages */
} Scratch;

/* `folder` NULL: $TMPDIR, else /tmp. ERROR_IO, ERROR_PERMISSION. */
bool scratch_open(Scratch *scratch, const char *folder, Error *err);
/* At `offset`; all of it, or ERROR_IO: no space left, most likely. */
bool scratch_write(const Scratch *scratch, const void *bytes, size_t count, uint64_t offset,
                   Error *err);
bool scratch_read(const Scratch *scratch, void *bytes, size_t count, uint64_t offset,
                  Error *err);
void scratch_close(Scratch *scratch);
