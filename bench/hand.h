/* small.flow written by hand in plain C, as somebody would who knew the policy and
 * wanted speed: the limit that the machine is compared with. */
#pragma once

#include "log.h"

/* Builds its calendar tables; to be called once, outside the measured time. */
void hand_prepare(void);
void hand_run(const LogEntry *log, size_t count, LogResult *result);
