#include "base/arena.h"

#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

#define BLOCK_BYTES ((size_t)64 * 1024)
#define ALIGNMENT   _Alignof(int64_t) /* nothing here wants more */

struct ArenaBlock {
    ArenaBlock *older;
    size_t size;
    _Alignas(ALIGNMENT) char data[];
};

static void add_block(Arena *arena, size_t bytes)
{
    size_t size = bytes > BLOCK_BYTES ? bytes : BLOCK_BYTES;
    ArenaBlock *block = mem_alloc_raw(sizeof *block + size);
    block->older = arena->block;
    block->size = size;
    arena->block = block;
    arena->used = 0;
}

/* Not cleared: what is never handed out is then never touched. */
static void *take(Arena *arena, size_t bytes, size_t alignment)
{
    size_t start = (arena->used + alignment - 1) & ~(alignment - 1);
    if (!arena->block || arena->block->size < start + bytes) {
        add_block(arena, bytes);
        start = 0;
    }
    arena->used = start + bytes;
    arena->total += bytes;
    return arena->block->data + start;
}

void *arena_alloc(Arena *arena, size_t bytes)
{
    return memset(take(arena, bytes, ALIGNMENT), 0, bytes);
}

char *arena_strndup(Arena *arena, const char *text, size_t length)
{
    char *copy = take(arena, length + 1, 1);
    memcpy(copy, text, length);
    copy[length] = '\0';
    return copy;
}

char *arena_strdup(Arena *arena, const char *text)
{
    return arena_strndup(arena, text, strlen(text));
}

char *arena_format(Arena *arena, const char *format, ...)
{
    va_list list, again;
    va_start(list, format);
    va_copy(again, list);
    int length = vsnprintf(NULL, 0, format, list);
    va_end(list);
    char *text = arena_alloc(arena, (size_t)length + 1);
    vsnprintf(text, (size_t)length + 1, format, again);
    va_end(again);
    return text;
}

void arena_clear(Arena *arena)
{
    for (ArenaBlock *block = arena->block, *older; block; block = older) {
        older = block->older;
        free(block);
    }
    *arena = (Arena){0};
}
