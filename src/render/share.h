/* A part of a whole as a board reads it: in whole per cent, but never 100 while
 * something is missing from it and never 0 while something is in it. */
#pragma once

#include <stdint.h>

#include "base/text.h"

/* What a share comes to: whole per cent, halves rounded up, and whether rounding would
 * have said all (`over`: above 99) or nothing (`under`: below 1). -1: of nothing. */
typedef struct Share {
    int percent;
    enum { SHARE_ROUNDED, SHARE_OVER, SHARE_UNDER } kind;
} Share;

Share share_of(uint64_t part, uint64_t of); /* part is at most `of` */

/* "90 per cent", "over 99 per cent", "under 1 per cent"; nothing when `of` is 0. */
void share_words(uint64_t part, uint64_t of, Text *out);
/* The same for a table: "90%", "over 99%", "under 1%"; "-" when `of` is 0. */
void share_short(uint64_t part, uint64_t of, Text *out);
/* "47 of 52, 90 per cent"; "0 of 0" when there is nothing to share. */
void share_counts(uint64_t part, uint64_t of, Text *out);
/* "52,318": thousands apart, as in British English. */
void count_words(uint64_t count, Text *out);
