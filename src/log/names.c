#include "log/names.h"

#include <stdlib.h>

#include "base/mem.h"

static uint32_t append(LogNames *names, const char *text, size_t length)
{
    names->texts =
        mem_grow(names->texts, &names->capacity, names->count + 1u, sizeof *names->texts);
    names->lengths = mem_grow(names->lengths, &names->length_capacity, names->count + 1u,
                              sizeof *names->lengths);
    names->texts[names->count] = text;
    names->lengths[names->count] = (uint32_t)length;
    return names->count++;
}

uint32_t log_names_find(const LogNames *names, LogText text)
{
    int64_t number = 0;
    return map_find(&names->map, text.text, text.length, &number) ? (uint32_t)number : 0;
}

uint32_t log_names_add(LogNames *names, Arena *arena, LogText text)
{
    if (names->count == 0)
        append(names, "", 0);
    if (text.length == 0)
        return 0;
    uint32_t known = log_names_find(names, text);
    if (known)
        return known;
    char *copy = arena_strndup(arena, text.text, text.length);
    uint32_t number = append(names, copy, text.length);
    map_add(&names->map, copy, text.length, number);
    return number;
}

void log_names_clear(LogNames *names)
{
    free(names->texts);
    free(names->lengths);
    map_clear(&names->map);
    *names = (LogNames){0};
}
