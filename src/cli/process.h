/* What the process owes to its surroundings before it does anything else: three
 * open descriptors, no death by a closed pipe or a full file, no core dump with
 * a case in it, and an orderly end when interrupted. */
#pragma once

#include <stdbool.h>

/* The first act of main. False when even /dev/null cannot be opened. */
bool process_prepare(void);

/* The signal that asked the program to end (SIGINT, SIGTERM, SIGHUP), or 0.
 * Whatever takes long looks at it; a second signal ends the program at once. */
int process_interrupted(void);

/* Waits until there is something to read, or the end of it; false when told to end. */
bool process_wait_readable(int file);

/* 130 or 143. */
int process_exit_code(int signal_number);
