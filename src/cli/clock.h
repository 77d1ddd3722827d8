/* The only reader of the machine's clock. Everything below is told the time. */
#pragma once

#include <stdbool.h>

#include "base/error.h"
#include "calendar/zone.h"
#include "cli/command.h"

/* Now, or what --now says. */
bool clock_now(const Invocation *call, Zone zone, Instant *now, Error *err);
