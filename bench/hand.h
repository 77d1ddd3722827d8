/* small.flow written by hand in plain C, as somebody would who knew the policy and
 * wanted speed: the limit that the machine is compared with. */
#pragma once

#include <stdbool.h>

#include "log.h"

typedef struct HandDuty {
    bool open, missed;
    int64_t due;
} HandDuty;

typedef struct HandCase {
    int state;
    int64_t referred, assessed;
    int risk, score;
    HandDuty first, second; /* the state's task; see-child beside assess */
} HandCase;

/* Builds its calendar tables; to be called once, outside the measured time. */
void hand_prepare(void);
/* One entry of a case, counted in `result`; safe in several threads. */
void hand_apply(HandCase *c, const LogEntry *entry, LogResult *result);
/* What is due before `now` is missed. */
void hand_advance(HandCase *c, int64_t now, LogResult *result);
bool hand_is_closed(const HandCase *c);
void hand_run(const LogEntry *log, size_t count, LogResult *result);
