/* What --help prints, made from the tables of commands and options. */
#pragma once

#include "base/text.h"
#include "cli/command.h"

void help_overview(Text *out);
void help_command(const Command *command, Text *out);
void help_exit_codes(Text *out);
