/* Names by their bytes: sorted byte by byte on the first eight that tell them apart,
 * which for ids of a kind is all of them; only names that still agree are compared. A
 * hundred thousand cases are put in order in the time of a few comparisons each. */
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "log/names.h"

enum { PREFIX_BYTES = 8, BYTE_VALUES = 256 };

typedef struct Entry {
    uint64_t prefix; /* the bytes after the common ones, the first uppermost */
    uint32_t number;
} Entry;

/* How many bytes all the names begin with. */
static uint32_t common_bytes(const LogNames *names, const uint32_t *numbers, uint32_t count)
{
    const char *first = names->texts[numbers[0]];
    uint32_t common = names->lengths[numbers[0]];
    for (uint32_t i = 1; i < count; i++) {
        const char *text = names->texts[numbers[i]]; /* ends in NUL, which no name holds */
        uint32_t same = 0;
        while (same < common && text[same] == first[same])
            same++;
        common = same;
    }
    return common;
}

static Entry entry_of(const LogNames *names, uint32_t number, uint32_t skip)
{
    Entry entry = {.number = number};
    const char *text = names->texts[number];
    for (uint32_t at = skip; at < skip + PREFIX_BYTES; at++) {
        bool there = at < names->lengths[number];
        entry.prefix = entry.prefix << 8 | (there ? (unsigned char)text[at] : 0);
    }
    return entry;
}

/* Stable by one byte of the prefix; false when all agree in it, and nothing moved. */
static bool sort_by_byte(const Entry *from, Entry *to, uint32_t count, unsigned shift)
{
    uint32_t places[BYTE_VALUES] = {0}, next = 0;
    for (uint32_t i = 0; i < count; i++)
        places[from[i].prefix >> shift & 0xff]++;
    if (places[from[0].prefix >> shift & 0xff] == count)
        return false;
    for (unsigned value = 0; value < BYTE_VALUES; value++) {
        uint32_t here = places[value];
        places[value] = next;
        next += here;
    }
    for (uint32_t i = 0; i < count; i++)
        to[places[from[i].prefix >> shift & 0xff]++] = from[i];
    return true;
}

static int compare_whole(const void *one, const void *other, void *context)
{
    const LogNames *names = context;
    const Entry *a = one, *b = other;
    return strcmp(names->texts[a->number], names->texts[b->number]);
}

/* Runs of names that agree in the prefix and go on after it. */
static void sort_rest(const LogNames *names, Entry *entries, uint32_t count)
{
    for (uint32_t i = 0, next; i < count; i = next) {
        for (next = i + 1; next < count && entries[next].prefix == entries[i].prefix;)
            next++;
        if (next - i > 1)
            qsort_r(&entries[i], next - i, sizeof *entries, compare_whole,
                    (void *)(uintptr_t)names);
    }
}

void log_names_sort(const LogNames *names, uint32_t *numbers, uint32_t count)
{
    if (count < 2)
        return;
    uint32_t skip = common_bytes(names, numbers, count);
    Entry *room = mem_alloc_raw(2 * (size_t)count * sizeof *room);
    Entry *from = room, *to = room + count;
    for (uint32_t i = 0; i < count; i++)
        from[i] = entry_of(names, numbers[i], skip);
    for (unsigned shift = 0; shift < 8 * PREFIX_BYTES; shift += 8) {
        if (!sort_by_byte(from, to, count, shift))
            continue;
        Entry *sorted = to;
        to = from;
        from = sorted;
    }
    sort_rest(names, from, count);
    for (uint32_t i = 0; i < count; i++)
        numbers[i] = from[i].number;
    free(room);
}
