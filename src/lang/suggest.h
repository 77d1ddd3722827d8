/* "Did you mean": the nearest of the words that would be right in one place. Near
 * is one slip of the finger for words of up to three letters, two otherwise; a
 * slip is a letter added, left out, changed, or swapped with its neighbour. At
 * most one suggestion is made: the nearest, the first of equals. */
#pragma once

#include <stddef.h>
#include <stdint.h>

/* Slips between two words; anything above `most` is given as most + 1. */
uint32_t suggest_distance(const char *left, const char *right, uint32_t most);

typedef struct Suggestion {
    const char *wanted; /* borrowed: what was written */
    uint32_t distance;  /* of the best so far; at first one more than allowed */
    size_t best;        /* position among the words tried, of the best */
    size_t tried;
} Suggestion;

#define SUGGEST_NONE ((size_t)-1)

Suggestion suggest_begin(const char *wanted);
void suggest_try(Suggestion *suggestion, const char *word);
