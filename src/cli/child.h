/* Runs another program as a filter: bytes in, bytes out, no shell, with a bound on
 * time and on what it may answer. */
#pragma once

#include <stdbool.h>
#include <sys/types.h>

#include "base/error.h"
#include "base/text.h"

typedef struct Child {
    char *const *arguments; /* [0]: the program, looked for in $PATH; ends in NULL */
    const Text *input;
    int seconds;         /* as long as it may take */
    size_t most;         /* bytes that it may answer */
    const char *missing; /* the error when it is not there */
    const char *slow;    /* what to do when it takes too long: the end of that error */
} Child;

/* False: it could not be started (ERROR_NOT_FOUND when it is not installed), failed
 * (with the first line that it complained with), took too long or said too much
 * (ERROR_LIMIT), or we were told to end. */
bool child_filter(const Child *child, Text *answer, Error *err);

/* Starts a program with these for its standard streams; -1: ours. 0, or why not, as in
 * errno. Signals that we ignore are as usual for it. */
int child_spawn(char *const *arguments, const int streams[3], pid_t *process);
