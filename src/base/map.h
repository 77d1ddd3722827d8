/* Names to numbers: an open-addressing hash table with a seed, so that crafted
 * names cannot make it slow. Keys are borrowed and must outlive the map. All
 * zero is the empty map. */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef struct MapSlot {
    const char *key; /* borrowed; NULL when free */
    size_t length;
    int64_t value;
} MapSlot;

typedef struct Map {
    MapSlot *slots; /* owned */
    size_t count, capacity;
} Map;

/* False, leaving the old value, when the key is there already. */
bool map_add(Map *map, const char *key, size_t length, int64_t value);
/* Adds or replaces. */
void map_set(Map *map, const char *key, size_t length, int64_t value);
bool map_find(const Map *map, const char *key, size_t length, int64_t *value);
/* -1 when the NUL-ended `key` is not there. */
int64_t map_index(const Map *map, const char *key);
void map_clear(Map *map);

/* The hash that the table uses, for tables that are kept in another way. Not the same
 * for two seeds; made for speed, not against somebody who knows the seed. */
uint64_t map_hash(uint64_t seed, const char *key, size_t length);
