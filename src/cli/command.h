/* What a subcommand is, and what it is given. One table (commands.def) lists
 * them all; each has one table of options, from which parsing, --help and the
 * hints for misspelt words are made. A command writes its result to `out`,
 * never to stdout itself, and says what went wrong in *err: main prints it and
 * ends with its kind. A result that is "no" has been written already: such an
 * error has an empty text. */
#pragma once

#include <stdbool.h>
#include <stddef.h>

#include "base/error.h"
#include "cli/output.h"

typedef struct Option {
    const char *name;  /* without the dashes; NULL ends a table */
    char letter;       /* 0: none */
    bool many;         /* may be given several times */
    const char *value; /* what stands for the value in help; NULL: it takes none */
    const char *help;
} Option;

enum {                     /* sets of options that many commands share */
       TAKES_FORMAT = 1,   /* --format, --json */
       TAKES_DATABASE = 2, /* --db */
       TAKES_NOW = 4,      /* --now */
       TAKES_ACTOR = 8,    /* --as, --role */
       TAKES_AT = 16,      /* --at */
       TAKES_KEY = 32      /* --key */
};

typedef struct Invocation Invocation;

typedef struct CommandSpec {
    const char *usage;      /* what follows the name: "CASE EVENT [FACT=VALUE …]" */
    const char *about;      /* what it does, in a few lines */
    const char *examples;   /* one or two, each a line */
    const char *answers_no; /* when it ends with exit code 1; NULL: it never does */
    unsigned takes;
    const Option *options; /* its own; NULL: none */
    int least, most;       /* arguments besides options; most -1: any number */
    bool (*run)(const Invocation *call, Error *err);
} CommandSpec;

typedef enum CommandGroup {
    GROUP_WRITE,
    GROUP_DATES,
    GROUP_SETUP,
    GROUP_CASES,
    GROUP_LOOK,
    GROUP_LEARN,
    GROUP_KEEP,
    GROUP_COUNT
} CommandGroup;

typedef struct Command {
    const char *name;
    CommandGroup group;
    const char *summary;
    const CommandSpec *spec;
} Command;

extern const Command commands[];
extern const size_t command_count;
extern const char *const group_titles[GROUP_COUNT];

const Command *command_find(const char *name);

typedef struct GivenOption {
    const Option *option;
    const char *value; /* borrowed from argv; NULL for a switch */
} GivenOption;

struct Invocation {
    const Command *command;
    const char *program; /* its path */
    char **arguments;    /* borrowed from argv */
    int argument_count;
    GivenOption *given; /* owned */
    size_t given_count, given_capacity;
    bool wants_help;
    bool json;
    Output *out;
};

/* Reads everything after the command's name. False (ERROR_USAGE) with a hint. */
bool invocation_read(Invocation *call, int argc, char **argv, Error *err);
void invocation_clear(Invocation *call);

/* The value of an option, or NULL when it was not given. `name` must be one of
 * the command's own. */
const char *option_text(const Invocation *call, const char *name);
bool option_given(const Invocation *call, const char *name);
/* Option `name` for the n-th time, from 0; NULL when there are no more. */
const char *option_nth(const Invocation *call, const char *name, size_t n);
/* The n-th argument, or NULL. */
const char *argument(const Invocation *call, int n);

/* The i-th option of a command, its own first, then the shared ones; NULL ends. */
const Option *command_option(const Command *command, size_t i);
