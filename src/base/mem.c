#include "base/mem.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

#define EXIT_MEMORY 71
#define LARGE_PAGE  ((uintptr_t)2 * 1024 * 1024)

static void end_process(size_t bytes)
{
    fprintf(stderr, "casewright: out of memory (%zu bytes asked for)\n", bytes);
    exit(EXIT_MEMORY);
}

static MemHandler on_exhausted = end_process;

void mem_set_handler(MemHandler handler)
{
    on_exhausted = handler ? handler : end_process;
}

static void *checked(void *memory, size_t bytes)
{
    if (!memory) {
        on_exhausted(bytes);
        abort();
    }
    return memory;
}

/* Asks for large pages within a large block, where the system has them: to be given a
 * page for each 4 KiB of a log's rows takes longer than to fill it. Only advice. */
static void *in_large_pages(void *memory, size_t bytes)
{
#ifdef MADV_HUGEPAGE
    uintptr_t start = (uintptr_t)memory, end = start + bytes;
    uintptr_t first = (start + LARGE_PAGE - 1) / LARGE_PAGE * LARGE_PAGE;
    uintptr_t past = end / LARGE_PAGE * LARGE_PAGE;
    if (bytes >= 2 * LARGE_PAGE && first < past)
        madvise((void *)first, past - first, MADV_HUGEPAGE);
#endif
    return memory;
}

void *mem_alloc(size_t bytes)
{
    return checked(calloc(1, bytes ? bytes : 1), bytes);
}

void *mem_alloc_raw(size_t bytes)
{
    return in_large_pages(checked(malloc(bytes ? bytes : 1), bytes), bytes);
}

void *mem_alloc_array(size_t count, size_t size)
{
    if (size && count > SIZE_MAX / size)
        return checked(NULL, SIZE_MAX);
    return mem_alloc(count * size);
}

void *mem_grow(void *array, size_t *capacity, size_t needed, size_t size)
{
    if (needed <= *capacity)
        return array;
    size_t room = *capacity ? *capacity : 8;
    while (room < needed)
        room = room > SIZE_MAX / 2 ? needed : room * 2;
    if (size && room > SIZE_MAX / size)
        return checked(NULL, SIZE_MAX);
    *capacity = room;
    return in_large_pages(checked(realloc(array, room * size), room * size), room * size);
}

char *mem_strndup(const char *text, size_t length)
{
    char *copy = mem_alloc_raw(length + 1);
    memcpy(copy, text, length);
    copy[length] = '\0';
    return copy;
}

char *mem_strdup(const char *text)
{
    return mem_strndup(text, strlen(text));
}
