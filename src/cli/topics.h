/* `casewright help …`: the overview, a command, the exit codes, and the same
 * tables as manual pages and as completion for shells. */
#pragma once

#include "cli/command.h"

/* `argv` holds what follows `help`. */
bool topics_print(Output *out, int argc, char **argv, Error *err);
/* The command of that name; NULL (ERROR_USAGE) with the nearest one as a hint,
 * which is suggested and never run. */
const Command *topics_command(const char *name, Error *err);
