/* A calendar for commands that need no case: a library calendar by its name, or
 * the one that a .flow file declares. */
#pragma once

#include <stdbool.h>

#include "base/error.h"
#include "calendar/calendar.h"
#include "calendar/limit.h"
#include "cli/command.h"

typedef struct LoadedCalendar {
    Calendar *calendar; /* owned */
    char *label;        /* owned */
} LoadedCalendar;

bool calendar_load(const Invocation *call, const char *name, LoadedCalendar *loaded,
                   Error *err);
/* False, with the calendars that there are, when the duration cannot be counted
 * without one. */
bool calendar_required(const Invocation *call, Duration duration, Error *err);
void calendar_load_clear(LoadedCalendar *loaded);
