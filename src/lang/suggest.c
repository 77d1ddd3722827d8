#include "lang/suggest.h"

#include <string.h>

#include "base/limits.h"

#define WORD_MAX LIMIT_NAME_BYTES

static uint32_t least(uint32_t a, uint32_t b)
{
    return a < b ? a : b;
}

/* Optimal string alignment; three rows of the table are kept. */
uint32_t suggest_distance(const char *left, const char *right, uint32_t most)
{
    size_t n = strlen(left), m = strlen(right);
    if (n > WORD_MAX || m > WORD_MAX || (n > m ? n - m : m - n) > most)
        return most + 1;
    uint32_t rows[3][WORD_MAX + 1];
    uint32_t *before = rows[0], *above = rows[1], *row = rows[2];
    for (size_t j = 0; j <= m; j++)
        above[j] = (uint32_t)j;
    for (size_t i = 1; i <= n; i++) {
        row[0] = (uint32_t)i;
        uint32_t nearest = row[0];
        for (size_t j = 1; j <= m; j++) {
            uint32_t changed = above[j - 1] + (left[i - 1] != right[j - 1]);
            row[j] = least(changed, least(above[j], row[j - 1]) + 1);
            if (i > 1 && j > 1 && left[i - 1] == right[j - 2] && left[i - 2] == right[j - 1])
                row[j] = least(row[j], before[j - 2] + 1);
            nearest = least(nearest, row[j]);
        }
        if (nearest > most)
            return most + 1;
        uint32_t *free_row = before;
        before = above;
        above = row;
        row = free_row;
    }
    return least(above[m], most + 1);
}

Suggestion suggest_begin(const char *wanted)
{
    uint32_t allowed = strlen(wanted) <= 3 ? 1 : 2;
    return (Suggestion){.wanted = wanted, .distance = allowed + 1, .best = SUGGEST_NONE};
}

void suggest_try(Suggestion *suggestion, const char *word)
{
    size_t position = suggestion->tried++;
    if (suggestion->distance == 0)
        return;
    uint32_t most = suggestion->distance - 1;
    uint32_t distance = suggest_distance(suggestion->wanted, word, most);
    if (distance > most)
        return;
    suggestion->distance = distance;
    suggestion->best = position;
}
