/* Memory that is either there or ends the process: nobody checks for NULL.
 * Exhaustion calls the handler (exit code 71 by default); a host may set its
 * own, which must not return. Input sizes are bounded by base/limits.h first. */
#pragma once

#include <stddef.h>

typedef void (*MemHandler)(size_t bytes);

void mem_set_handler(MemHandler handler);

/* Zeroed. `bytes` may be 0. The caller frees with free(). */
void *mem_alloc(size_t bytes);
void *mem_alloc_array(size_t count, size_t size);
/* Not zeroed: for what is written in full at once. */
void *mem_alloc_raw(size_t bytes);

/* Makes room for at least `needed` items of `size` bytes, doubling *capacity.
 * Returns the array, perhaps moved; new items are not cleared. */
void *mem_grow(void *array, size_t *capacity, size_t needed, size_t size);

char *mem_strdup(const char *text);
char *mem_strndup(const char *text, size_t length);
