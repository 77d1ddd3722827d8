/* Scripts that let a shell complete commands, options and their values, made
 * from the same tables as --help. They never run the program: nothing is read
 * from a database because somebody pressed a key. */
#pragma once

#include <stdbool.h>

#include "base/text.h"

/* `shell` is bash, zsh or fish; false for any other. */
bool completion_script(const char *shell, Text *out);
