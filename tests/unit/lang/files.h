/* Flow files in memory, for tests: a reader over a list that ends with a NULL path.
 * `use "x"` finds the file "x.flow". */
#pragma once

#include <string.h>

#include "base/mem.h"
#include "base/text.h"
#include "lang/bundle.h"

typedef struct MemoryFile {
    const char *path, *text;
} MemoryFile;

static inline bool read_memory(void *context, const char *name, const char *from, char **path,
                               char **text, size_t *length, Error *err)
{
    (void)from;
    Text wanted = {0};
    text_addf(&wanted, "%s.flow", name);
    for (const MemoryFile *file = context; file->path; file++)
        if (strcmp(file->path, text_get(&wanted)) == 0) {
            *path = mem_strdup(file->path);
            *text = mem_strdup(file->text);
            *length = strlen(file->text);
            text_clear(&wanted);
            return true;
        }
    text_clear(&wanted);
    return error_kind(err, ERROR_NOT_FOUND, "cannot open '%s.flow': no such file", name);
}
