#include "base/map.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

static uint64_t mix(uint64_t hash, uint64_t more)
{
    hash = (hash ^ more) * 0x9e3779b97f4a7c15u;
    return hash ^ (hash >> 32);
}

/* Eight bytes at a time: most names take one step or two. */
uint64_t map_hash(uint64_t seed, const char *key, size_t length)
{
    uint64_t hash = mix(seed, length), part;
    for (; length >= sizeof part; length -= sizeof part, key += sizeof part) {
        memcpy(&part, key, sizeof part);
        hash = mix(hash, part);
    }
    part = 0;
    memcpy(&part, key, length);
    hash = mix(hash, part);
    return hash ^ (hash >> 29);
}

/* The seed is the table's own address, which differs from run to run but never reaches
 * any output: nothing iterates over a map. */
static size_t hash_of(const Map *map, const char *key, size_t length)
{
    return (size_t)map_hash((uintptr_t)map->slots >> 4, key, length);
}

/* The slot that holds the key, or the free one where it would go. */
static MapSlot *slot_of(const Map *map, const char *key, size_t length)
{
    size_t mask = map->capacity - 1;
    for (size_t at = hash_of(map, key, length) & mask;; at = (at + 1) & mask) {
        MapSlot *slot = &map->slots[at];
        if (!slot->key || (slot->length == length && memcmp(slot->key, key, length) == 0))
            return slot;
    }
}

static void make_room(Map *map)
{
    if (map->capacity && (map->count + 1) * 4 <= map->capacity * 3)
        return;
    Map bigger = {.capacity = map->capacity ? map->capacity * 2 : 16};
    bigger.slots = mem_alloc_array(bigger.capacity, sizeof *bigger.slots);
    for (size_t i = 0; i < map->capacity; i++)
        if (map->slots[i].key)
            *slot_of(&bigger, map->slots[i].key, map->slots[i].length) = map->slots[i];
    bigger.count = map->count;
    free(map->slots);
    *map = bigger;
}

bool map_add(Map *map, const char *key, size_t length, int64_t value)
{
    make_room(map);
    MapSlot *slot = slot_of(map, key, length);
    if (slot->key)
        return false;
    *slot = (MapSlot){key, length, value};
    map->count++;
    return true;
}

void map_set(Map *map, const char *key, size_t length, int64_t value)
{
    if (!map_add(map, key, length, value))
        slot_of(map, key, length)->value = value;
}

bool map_find(const Map *map, const char *key, size_t length, int64_t *value)
{
    if (!map->capacity)
        return false;
    const MapSlot *slot = slot_of(map, key, length);
    if (slot->key)
        *value = slot->value;
    return slot->key != NULL;
}

int64_t map_index(const Map *map, const char *key)
{
    int64_t value;
    return map_find(map, key, strlen(key), &value) ? value : -1;
}

void map_clear(Map *map)
{
    free(map->slots);
    *map = (Map){0};
}
