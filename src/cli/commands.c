#include <string.h>

#include "cli/command.h"

#define COMMAND(name, identifier, group, summary) extern const CommandSpec command_##identifier;
#include "cli/commands.def"
#undef COMMAND

const Command commands[] = {
#define COMMAND(name, identifier, group, summary)                                              \
    {name, GROUP_##group, summary, &command_##identifier},
#include "cli/commands.def"
#undef COMMAND
};

const size_t command_count = sizeof commands / sizeof *commands;

const char *const group_titles[GROUP_COUNT] = {
    [GROUP_WRITE] = "Write flows",  [GROUP_DATES] = "Work out dates",
    [GROUP_SETUP] = "Set up",       [GROUP_CASES] = "Run cases",
    [GROUP_LOOK] = "Look",          [GROUP_LEARN] = "Learn from history",
    [GROUP_KEEP] = "Keep it going",
};

const Command *command_find(const char *name)
{
    for (size_t i = 0; i < command_count; i++)
        if (strcmp(commands[i].name, name) == 0)
            return &commands[i];
    return NULL;
}
