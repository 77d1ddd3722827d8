/* Replay of a log of small.flow written by hand in plain C, as somebody would who
 * knew the file and wanted speed: the file mapped, a parser for just these columns, a
 * hash of the case ids, the policy of hand.c. It relies on what our reader has to find
 * out: UTC times to the minute, no quotes, rows in order of time. */
#pragma once

#include <stdbool.h>

#include "hand.h"

typedef struct HandReplay {
    LogResult sums; /* `check` and what depends on the order of cases left at 0 */
    uint64_t cases, open_overdue, open_not_due;
} HandReplay;

/* With one thread, or with two: each reads the file and judges half of the cases. False: the
 * file could not be read. */
bool hand_replay(const char *path, int threads, HandReplay *result);
