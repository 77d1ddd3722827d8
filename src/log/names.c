#include "log/names.h"

#include <stdlib.h>
#include <string.h>

#include "base/map.h"
#include "base/mem.h"

/* A log asks for millions of names, those of its cases in any order. So a slot says
 * all there is to compare: a text of up to 16 bytes is its length and two words, and
 * finding it touches one place in memory. */
typedef struct LogNameSlot {
    uint64_t first, last; /* see key_of */
    uint32_t length;
    uint32_t number; /* 0: free; the empty text needs no slot */
} LogNameSlot;

enum { WHOLE_IN_KEY = 16, FIRST_SLOTS = 64 };

static uint64_t load_8(const char *at)
{
    uint64_t word;
    memcpy(&word, at, sizeof word);
    return word;
}

static uint64_t load_4(const char *at)
{
    uint32_t word;
    memcpy(&word, at, sizeof word);
    return word;
}

/* The text in two words, which may overlap: with the length, all of it up to 16 bytes;
 * of a longer one its beginning and a hash. */
static LogNameSlot key_of(const LogNames *names, LogText text)
{
    const char *at = text.text;
    size_t length = text.length;
    LogNameSlot key = {.length = (uint32_t)length};
    if (length > WHOLE_IN_KEY) {
        key.first = load_8(at);
        key.last = map_hash((uintptr_t)names->slots, at, length);
    } else if (length >= 8) {
        key.first = load_8(at);
        key.last = load_8(at + length - 8);
    } else if (length >= 4) {
        key.first = load_4(at);
        key.last = load_4(at + length - 4);
    } else if (length > 0) {
        key.first = (unsigned char)at[0];
        key.last = (uint64_t)(unsigned char)at[length / 2] << 8 | (unsigned char)at[length - 1];
    }
    return key;
}

static bool is_same(const LogNames *names, const LogNameSlot *slot, const LogNameSlot *key,
                    LogText text)
{
    return slot->first == key->first && slot->last == key->last &&
           slot->length == key->length &&
           (text.length <= WHOLE_IN_KEY ||
            memcmp(names->texts[slot->number], text.text, text.length) == 0);
}

/* Each step brings the upper half, in which the last letters of the words are, down to
 * where the next multiplication spreads it. The table's own address is in it: it
 * differs from run to run, and never reaches any output. */
static uint32_t hash_of(const LogNames *names, const LogNameSlot *key)
{
    const uint64_t odd = 0x9e3779b97f4a7c15u; /* 2^64 by the golden ratio */
    uint64_t hash = (key->first ^ (uintptr_t)names->slots) * odd;
    hash = ((hash ^ hash >> 32) + key->last + key->length) * odd;
    hash = (hash ^ hash >> 32) * odd;
    return (uint32_t)(hash >> 32);
}

/* The slot that holds the text, or the free one where it would go. */
static inline LogNameSlot *slot_of(const LogNames *names, const LogNameSlot *key, LogText text)
{
    uint32_t mask = names->slot_count - 1;
    for (uint32_t at = hash_of(names, key) & mask;; at = (at + 1) & mask) {
        LogNameSlot *slot = &names->slots[at];
        if (!slot->number || is_same(names, slot, key, text))
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
        LogNameSlot key = key_of(names, text);
        key.number = number;
        *slot_of(names, &key, text) = key;
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
    LogNameSlot key = key_of(names, text);
    return slot_of(names, &key, text)->number;
}

uint32_t log_name_find(const LogNames *names, const char *text)
{
    return log_names_find(names, (LogText){text, strlen(text)});
}

static uint32_t add_new(LogNames *names, Arena *arena, LogText text)
{
    if (names->count == 0)
        append(names, "", 0);
    if (text.length == 0)
        return 0;
    make_room(names);
    LogNameSlot key = key_of(names, text), *slot = slot_of(names, &key, text);
    *slot = key;
    slot->number = append(names, arena_strndup(arena, text.text, text.length), text.length);
    return slot->number;
}

/* Nearly every text was met before. */
uint32_t log_names_add(LogNames *names, Arena *arena, LogText text)
{
    uint32_t number = log_names_find(names, text);
    return number ? number : add_new(names, arena, text);
}

void log_names_clear(LogNames *names)
{
    free(names->texts);
    free(names->lengths);
    free(names->slots);
    *names = (LogNames){0};
}
