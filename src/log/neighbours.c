#include "log/neighbours.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

enum { BURST_ACTIVITIES = 3 };

typedef struct Ordering {
    const LogGroupWish *wish;
    LogGroup *group;
    LogNotes *notes;
    LogRow *spare;   /* owned; room to merge */
    uint64_t *keys;  /* owned; of the rows at one moment */
    bool *is_repeat; /* owned; of the rows of a case */
    size_t spare_capacity, key_capacity, repeat_capacity;
} Ordering;

/* ---- order ------------------------------------------------------------------------- */

static bool comes_before(const Ordering *o, const LogRow *one, const LogRow *other)
{
    if (one->at != other->at)
        return one->at < other->at;
    const uint32_t *ranks = o->wish->ranks;
    return ranks && ranks[one->activity] < ranks[other->activity];
}

static bool is_sorted(const Ordering *o, const LogRow *rows, uint32_t count)
{
    for (uint32_t i = 1; i < count; i++)
        if (comes_before(o, &rows[i], &rows[i - 1]))
            return false;
    return true;
}

/* Rows that stand before one of an earlier moment. */
static uint64_t count_out_of_order(const LogRow *rows, uint32_t count)
{
    uint64_t found = 0;
    Moment earliest = MOMENT_NEVER;
    for (uint32_t i = count; i-- > 0;) {
        found += rows[i].at > earliest;
        earliest = rows[i].at < earliest ? rows[i].at : earliest;
    }
    return found;
}

static void merge(const Ordering *o, const LogRow *from, uint32_t middle, uint32_t count,
                  LogRow *to)
{
    uint32_t left = 0, right = middle;
    for (uint32_t i = 0; i < count; i++) {
        bool take_right =
            left == middle || (right < count && comes_before(o, &from[right], &from[left]));
        to[i] = from[take_right ? right++ : left++];
    }
}

/* Stable, so that what is equal stays in order of file and line; qsort is not. */
static void merge_sort(Ordering *o, LogRow *rows, uint32_t count)
{
    o->spare = mem_grow(o->spare, &o->spare_capacity, count, sizeof *o->spare);
    LogRow *from = rows, *to = o->spare;
    for (uint64_t width = 1; width < count; width *= 2) {
        for (uint64_t at = 0; at < count; at += 2 * width) {
            uint64_t all = count - at < 2 * width ? count - at : 2 * width;
            merge(o, from + at, (uint32_t)(all < width ? all : width), (uint32_t)all, to + at);
        }
        LogRow *swapped = from;
        from = to;
        to = swapped;
    }
    if (from != rows)
        memcpy(rows, from, count * sizeof *rows);
}

/* ---- rows at one moment -------------------------------------------------------------- */

static int compare_numbers(const void *one, const void *other)
{
    uint64_t a = *(const uint64_t *)one, b = *(const uint64_t *)other;
    return (a > b) - (a < b);
}

static uint64_t said_of(const LogRow *row)
{
    return (uint64_t)row->person << 32 | row->activity;
}

/* Whether one person did several different things: keys ascend, the person in their
 * upper half. */
static uint64_t count_bursts(const uint64_t *keys, uint32_t count)
{
    uint64_t bursts = 0;
    uint32_t different = 0;
    for (uint32_t i = 0; i < count; i++) {
        bool same_person = i > 0 && keys[i] >> 32 == keys[i - 1] >> 32;
        different = same_person ? different + (keys[i] != keys[i - 1]) : 1;
        bursts += keys[i] >> 32 && different == BURST_ACTIVITIES &&
                  (!same_person || keys[i] != keys[i - 1]);
    }
    return bursts;
}

/* Marks the later ones of rows that say the same. `keys` is sorted; each is looked up
 * in it once, and used up by its first row. */
static void mark_repeats(const LogRow *rows, uint32_t count, uint64_t *keys, bool *is_repeat)
{
    uint32_t distinct = 0;
    for (uint32_t i = 0; i < count; i++)
        if (i == 0 || keys[i] != keys[i - 1])
            keys[distinct++] = keys[i];
    bool *seen = mem_alloc_array(distinct, sizeof *seen);
    for (uint32_t i = 0; i < count; i++) {
        uint64_t said = said_of(&rows[i]);
        uint64_t *at = bsearch(&said, keys, distinct, sizeof *keys, compare_numbers);
        is_repeat[i] = seen[at - keys];
        seen[at - keys] = true;
    }
    free(seen);
}

/* `count` rows, two or more, at one moment. */
static void look_at_tie(Ordering *o, const LogRow *rows, uint32_t count, bool *is_repeat)
{
    o->notes->ties += count - 1;
    o->keys = mem_grow(o->keys, &o->key_capacity, count, sizeof *o->keys);
    for (uint32_t i = 0; i < count; i++)
        o->keys[i] = said_of(&rows[i]);
    qsort(o->keys, count, sizeof *o->keys, compare_numbers);
    uint64_t repeats = 0;
    for (uint32_t i = 1; i < count; i++)
        repeats += o->keys[i] == o->keys[i - 1];
    o->notes->duplicates += repeats;
    if (moment_rank(rows[0].at) == RANK_ENTRY)
        o->notes->bursts += count_bursts(o->keys, count);
    if (repeats && o->wish->mapping->dedupe)
        mark_repeats(rows, count, o->keys, is_repeat);
}

static void remove_repeats(Ordering *o, LogCase *one)
{
    LogGroup *group = o->group;
    LogRow *rows = &group->rows[one->first_row];
    uint32_t kept = 0;
    for (uint32_t i = 0; i < one->row_count; i++) {
        if (!o->is_repeat[i]) {
            rows[kept++] = rows[i];
            continue;
        }
        group->removed = mem_grow(group->removed, &group->removed_capacity,
                                  group->removed_count + 1, sizeof *group->removed);
        group->removed[group->removed_count++] = rows[i];
    }
    one->row_count = kept;
}

static void order_case(Ordering *o, LogCase *one)
{
    LogRow *rows = &o->group->rows[one->first_row];
    uint32_t count = one->row_count;
    if (!is_sorted(o, rows, count)) {
        o->notes->out_of_order += count_out_of_order(rows, count);
        merge_sort(o, rows, count);
    }
    bool dedupe = count > 0 && o->wish->mapping->dedupe;
    if (dedupe) {
        o->is_repeat = mem_grow(o->is_repeat, &o->repeat_capacity, count, 1);
        memset(o->is_repeat, 0, count);
    }
    for (uint32_t i = 0, next; i < count; i = next) {
        for (next = i + 1; next < count && rows[next].at == rows[i].at;)
            next++;
        if (next - i > 1)
            look_at_tie(o, &rows[i], next - i, dedupe ? &o->is_repeat[i] : NULL);
    }
    if (dedupe)
        remove_repeats(o, one);
}

void neighbours_order(const LogGroupWish *wish, LogGroup *group, LogNotes *notes)
{
    Ordering o = {.wish = wish, .group = group, .notes = notes};
    for (uint32_t i = 0; i < group->case_count; i++)
        order_case(&o, &group->cases[i]);
    free(o.spare);
    free(o.keys);
    free(o.is_repeat);
}
