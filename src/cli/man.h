/* Manual pages, made from the tables of commands and options, so that they never
 * say anything else than --help. `casewright help --man` prints them and
 * `make install` puts them into place. */
#pragma once

#include "base/text.h"
#include "cli/command.h"

/* casewright(1): what there is. */
void man_overview(Text *out);
/* casewright-COMMAND(1). */
void man_command(const Command *command, Text *out);
