#include "log/names.h"

#include <stdlib.h>
#include <string.h>

#include "base/map.h"
#include "base/mem.h"

/* A list of names has millions of look-ups, and often a hundred thousand names: a slot
 * is small, so that the table stays in the cache, and part of the hash in it spares
 * most looks at the texts. */
typedef struct LogNameSlot {
    uint32_t hash;   /* its upper half */
    uint32_t number; /* 0: free; the empty text needs no slot */
} LogNameSlot;

enum { FIRST_SLOTS = 64 };

/* The table's own address: never reaches any output. */
static uint64_t hash_of(const LogNames *names, LogText text)
{
    return map_hash((uintptr_t)names->slots >> 4, text.text, text.length);
}

/* The slot that holds the text, or the free one where it would go. */
static LogNameSlot *slot_of(const LogNames *names, LogText text, uint64_t hash)
{
    uint32_t mask = names->slot_count - 1, upper = (uint32_t)(hash >> 32);
    for (uint32_t at = (uint32_t)hash & mask;; at = (at + 1) & mask) {
        LogNameSlot *slot = &names->slots[at];
        if (!slot->number ||
            (slot->hash == upper && names->lengths[slot->number] == text.length &&
             memcmp(names->texts[slot->number], text.text, text.length) == 0))
            return slot;
    }
}

static void make_room(LogNames *names)
{
    if (names->slots && names->count < names->slot_count / 2)
        return;
    free(names->slots);
    names->slot_count = names->slot_count ? names->slot_count * 2 : FIRST_SLOTS;
    names->slots = mem_alloc_array(names->slot_count, sizeof *names->slots);
    for (uint32_t number = 1; number < names->count; number++) {
        LogText text = {names->texts[number], names->lengths[number]};
        uint64_t hash = hash_of(names, text);
        *slot_of(names, text, hash) = (LogNameSlot){(uint32_t)(hash >> 32), number};
    }
}

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
    if (!names->slots || text.length == 0)
        return 0;
    return slot_of(names, text, hash_of(names, text))->number;
}

uint32_t log_name_find(const LogNames *names, const char *text)
{
    return log_names_find(names, (LogText){text, strlen(text)});
}

uint32_t log_names_add(LogNames *names, Arena *arena, LogText text)
{
    if (names->count == 0)
        append(names, "", 0);
    if (text.length == 0)
        return 0;
    make_room(names);
    uint64_t hash = hash_of(names, text);
    LogNameSlot *slot = slot_of(names, text, hash);
    if (!slot->number) {
        slot->hash = (uint32_t)(hash >> 32);
        slot->number = append(names, arena_strndup(arena, text.text, text.length), text.length);
    }
    return slot->number;
}

void log_names_clear(LogNames *names)
{
    free(names->texts);
    free(names->lengths);
    free(names->slots);
    *names = (LogNames){0};
}
