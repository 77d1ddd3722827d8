/* A calendar for commands that need no case: a library calendar by its name, or
 * the one that a .flow file declares. */
#pragma once

#include <stdbool.h>

#include "base/error.h"
#include "calendar/calendar.h"
#include "cli/command.h"

typedef struct LoadedCalendar {
    Calendar *calendar; /* owned */
    char *label;        /* owned */
} LoadedCalendar;

bool calendar_load(const Invocation *call, const char *name, LoadedCalendar *loaded,
                   Error *err);
void calendar_load_clear(LoadedCalendar *loaded);
