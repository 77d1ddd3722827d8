/* Numbers that look like chance and are the same on every machine: xoshiro256**
 * (Blackman and Vigna, 2018), its four words filled by splitmix64 from one seed.
 * Whole numbers only, since rounding differs between machines. For made-up data;
 * never for anything that must not be guessed. */
#pragma once

#include <stdint.h>

typedef struct Random {
    uint64_t words[4];
} Random;

/* `stream` tells apart what shares a seed: one for each case, so that a case comes out
 * the same whichever others are made. */
void random_begin(Random *random, uint64_t seed, uint64_t stream);
uint64_t random_next(Random *random);
/* 0 .. count - 1; 0 for a count of 0. For counts far below 2^32 even enough. */
uint32_t random_below(Random *random, uint32_t count);
