/* due --batch: one answer a line for each line of standard input, as they come,
 * in memory that does not grow with the input. */
#pragma once

#include <stdbool.h>

#include "base/error.h"
#include "calendar/calendar.h"
#include "calendar/zone.h"
#include "cli/command.h"

/* ERROR_REFUSED without a text when a line was an error. */
bool batch_run(const Invocation *call, Zone zone, const Calendar *calendar, Error *err);
