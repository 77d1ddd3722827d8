/* Waits until one of some files is written anew. Looks at their folders, since an
 * editor often puts a new file in the place of the old one. Linux's inotify, so that
 * nothing sleeps and looks again. */
#pragma once

#include <stdbool.h>

#include "base/error.h"
#include "lang/bundle.h"

typedef struct Watch {
    int file; /* a file descriptor */
} Watch;

bool watch_open(Watch *watch, Error *err);
void watch_close(Watch *watch);

/* The folders of all that was read. */
bool watch_sources(const Watch *watch, const Bundle *bundle, Error *err);

/* Until a .flow file in them has changed; false when told to end. */
bool watch_wait(const Watch *watch);
