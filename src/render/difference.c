#include "render/difference.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "render/safe.h"

#define AROUND 3

typedef struct Lines {
    const char **starts; /* owned; one more than count: the end */
    size_t count, capacity;
} Lines;

static Lines split(const char *text, size_t length)
{
    Lines lines = {0};
    const char *end = text + length;
    while (text < end) {
        lines.starts =
            mem_grow(lines.starts, &lines.capacity, lines.count + 2, sizeof *lines.starts);
        lines.starts[lines.count++] = text;
        const char *newline = memchr(text, '\n', (size_t)(end - text));
        text = newline ? newline + 1 : end;
    }
    lines.starts =
        mem_grow(lines.starts, &lines.capacity, lines.count + 1, sizeof *lines.starts);
    lines.starts[lines.count] = end;
    return lines;
}

static bool same_line(const Lines *a, size_t i, const Lines *b, size_t k)
{
    size_t length = (size_t)(a->starts[i + 1] - a->starts[i]);
    return length == (size_t)(b->starts[k + 1] - b->starts[k]) &&
           memcmp(a->starts[i], b->starts[k], length) == 0;
}

static void add_line(Text *out, char mark, const Lines *lines, size_t i)
{
    size_t length = (size_t)(lines->starts[i + 1] - lines->starts[i]);
    while (length && strchr("\r\n", lines->starts[i][length - 1]))
        length--;
    text_add_char(out, mark);
    safe_add_bytes(out, lines->starts[i], length);
    text_add_char(out, '\n');
}

/* How far from i and k the two agree again: the nearest pair of equal lines. Layout
 * changes few lines in a row, so a search outwards is short. */
static void find_next_same(const Lines *a, size_t *i, const Lines *b, size_t *k)
{
    size_t left = a->count - *i, right = b->count - *k;
    for (size_t sum = 0; sum < left + right; sum++)
        for (size_t x = 0; x <= sum; x++) {
            size_t y = sum - x;
            if (x < left && y < right && same_line(a, *i + x, b, *k + y)) {
                *i += x;
                *k += y;
                return;
            }
        }
    *i = a->count;
    *k = b->count;
}

/* One place where they differ, from (i, k) to (i2, k2), with the lines around it
 * that do not belong to the place before. */
static void add_place(Text *out, const Lines *a, const Lines *b, size_t i, size_t i2, size_t k,
                      size_t k2, size_t *shown)
{
    size_t from = i > AROUND ? i - AROUND : 0;
    if (from < *shown)
        from = *shown;
    if (from > *shown || *shown == 0)
        text_addf(out, "@@ line %zu @@\n", from + 1);
    for (size_t n = from; n < i; n++)
        add_line(out, ' ', a, n);
    for (size_t n = i; n < i2; n++)
        add_line(out, '-', a, n);
    for (size_t n = k; n < k2; n++)
        add_line(out, '+', b, n);
    *shown = i2;
}

static void add_tail(Text *out, const Lines *a, size_t *shown, size_t upto)
{
    size_t end = *shown + AROUND < upto ? *shown + AROUND : upto;
    for (; *shown < end; ++*shown)
        add_line(out, ' ', a, *shown);
}

void difference_render(const char *name, const char *old, size_t old_length,
                       const char *new_text, size_t new_length, Text *out)
{
    Lines a = split(old, old_length), b = split(new_text, new_length);
    size_t i = 0, k = 0, shown = 0;
    bool any = false;
    text_addf(out, "--- %s\n+++ %s, laid out\n", name, name);
    while (i < a.count || k < b.count) {
        if (i < a.count && k < b.count && same_line(&a, i, &b, k)) {
            i++;
            k++;
            continue;
        }
        size_t i2 = i, k2 = k;
        find_next_same(&a, &i2, &b, &k2);
        if (any)
            add_tail(out, &a, &shown, i);
        add_place(out, &a, &b, i, i2, k, k2, &shown);
        any = true;
        i = i2;
        k = k2;
    }
    add_tail(out, &a, &shown, a.count);
    free(a.starts);
    free(b.starts);
}
