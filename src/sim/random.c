#include "sim/random.h"

static uint64_t splitmix(uint64_t *state)
{
    uint64_t z = *state += 0x9E3779B97F4A7C15u;
    z = (z ^ z >> 30) * 0xBF58476D1CE4E5B9u;
    z = (z ^ z >> 27) * 0x94D049BB133111EBu;
    return z ^ z >> 31;
}

void random_begin(Random *random, uint64_t seed, uint64_t stream)
{
    uint64_t state = stream;
    state = splitmix(&state) ^ seed;
    for (int i = 0; i < 4; i++)
        random->words[i] = splitmix(&state);
}

static uint64_t rotate(uint64_t x, int by)
{
    return x << by | x >> (64 - by);
}

uint64_t random_next(Random *random)
{
    uint64_t *s = random->words;
    uint64_t result = rotate(s[1] * 5, 7) * 9, moved = s[1] << 17;
    s[2] ^= s[0];
    s[3] ^= s[1];
    s[1] ^= s[2];
    s[0] ^= s[3];
    s[2] ^= moved;
    s[3] = rotate(s[3], 45);
    return result;
}

uint32_t random_below(Random *random, uint32_t count)
{
    return (uint32_t)((random_next(random) >> 32) * count >> 32);
}
