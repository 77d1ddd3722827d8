/* Many small objects with one end: a compile allocates everything here and
 * frees it once. All zero is the empty arena. Not for objects that grow. */
#pragma once

#include <stddef.h>

typedef struct ArenaBlock ArenaBlock;

typedef struct Arena {
    ArenaBlock *block; /* owned; newest first */
    size_t used;       /* bytes taken from the newest block */
    size_t total;      /* bytes handed out so far */
} Arena;

/* Zeroed and aligned for numbers and pointers; lives until arena_clear. */
void *arena_alloc(Arena *arena, size_t bytes);
char *arena_strndup(Arena *arena, const char *text, size_t length);
char *arena_strdup(Arena *arena, const char *text);
char *arena_format(Arena *arena, const char *format, ...) __attribute__((format(printf, 2, 3)));
void arena_clear(Arena *arena);

#define ARENA_NEW(arena, Type)          ((Type *)arena_alloc((arena), sizeof(Type)))
#define ARENA_ARRAY(arena, count, Type) ((Type *)arena_alloc((arena), (count) * sizeof(Type)))
