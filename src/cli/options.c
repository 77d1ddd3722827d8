#include <assert.h>
#include <getopt.h>
#include <string.h>

#include "base/mem.h"
#include "cli/command.h"
#include "lang/suggest.h"

enum { OPTIONS_MAX = 40 };

static const Option everywhere[] = {
    {"color", 0, false, "WHEN", "colour: auto, always or never"},
    {"help", 'h', false, NULL, "print this"},
};

static const struct SharedOption {
    unsigned set;
    Option option;
} shared[] = {
    {TAKES_FORMAT, {"format", 0, false, "FORMAT", "text or json"}},
    {TAKES_FORMAT, {"json", 0, false, NULL, "short for --format json"}},
    {TAKES_DATABASE,
     {"db", 0, false, "FILE", "the database (default $CASEWRIGHT_DB, else casewright.db)"}},
    {TAKES_ACTOR, {"as", 0, false, "PERSON", "who you are (default: your login name)"}},
    {TAKES_ACTOR,
     {"role", 0, false, "ROLE", "the role you act in (default: the only one you hold)"}},
    {TAKES_AT,
     {"at", 0, false, "TIME",
      "when it happened: 2021-02-01 or 2021-02-01T09:00 (default: now; of an "
      "amendment, as it was)"}},
    {TAKES_KEY,
     {"key", 0, false, "KEY", "makes a repeat of the command safe: the first answer is given"}},
    {TAKES_NOW,
     {"now", 0, false, "TIME",
      "a pretended present; a database must have been made by init --rehearsal"}},
};

static size_t own_count(const Command *command)
{
    const Option *options = command->spec->options;
    size_t count = 0;
    while (options && options[count].name)
        count++;
    return count;
}

const Option *command_option(const Command *command, size_t i)
{
    size_t own = own_count(command);
    if (i < own)
        return &command->spec->options[i];
    i -= own;
    for (size_t k = 0; k < sizeof shared / sizeof *shared; k++)
        if (command->spec->takes & shared[k].set && i-- == 0)
            return &shared[k].option;
    return i < sizeof everywhere / sizeof *everywhere ? &everywhere[i] : NULL;
}

static const Option *find_option(const Command *command, const char *name)
{
    const Option *option;
    for (size_t i = 0; (option = command_option(command, i)); i++)
        if (strcmp(option->name, name) == 0)
            return option;
    return NULL;
}

/* What getopt_long wants: the long options, and the letters. */
typedef struct Getopt {
    struct option options[OPTIONS_MAX + 1];
    char letters[2 * OPTIONS_MAX + 3];
} Getopt;

static void getopt_tables(const Command *command, Getopt *tables)
{
    *tables = (Getopt){.letters = ":"};
    size_t letter = 1;
    const Option *option;
    for (size_t i = 0; (option = command_option(command, i)); i++) {
        assert(i < OPTIONS_MAX);
        tables->options[i] = (struct option){
            .name = option->name,
            .has_arg = option->value ? required_argument : no_argument,
        };
        if (option->letter)
            tables->letters[letter++] = option->letter;
        if (option->letter && option->value)
            tables->letters[letter++] = ':';
    }
}

static const Option *by_letter(const Command *command, int letter)
{
    const Option *option;
    for (size_t i = 0; (option = command_option(command, i)); i++)
        if (option->letter == letter)
            return option;
    return NULL;
}

static bool give(Invocation *call, const Option *option, const char *value, Error *err)
{
    if (!option->many && option_given(call, option->name))
        return error_kind(err, ERROR_USAGE, "option '--%s' is given twice", option->name);
    call->given = mem_grow(call->given, &call->given_capacity, call->given_count + 1,
                           sizeof *call->given);
    call->given[call->given_count++] = (GivenOption){option, value};
    return true;
}

static const Option *option_suggested(const Command *command, const char *name)
{
    Suggestion meant = suggest_begin(name);
    const Option *option;
    for (size_t i = 0; (option = command_option(command, i)); i++)
        suggest_try(&meant, option->name);
    return meant.best == SUGGEST_NONE ? NULL : command_option(command, meant.best);
}

/* `typed` as it stands on the command line: "--fromm=2021-02-01". */
static bool unknown_option(const Invocation *call, const char *typed, Error *err)
{
    char *name = mem_strdup(typed + strspn(typed, "-"));
    name[strcspn(name, "=")] = '\0';
    const Option *meant = option_suggested(call->command, name);
    if (find_option(call->command, name))
        error_kind(err, ERROR_USAGE, "option '--%s' takes no value", name);
    else if (meant)
        error_kind(err, ERROR_USAGE, "unknown option '--%s': did you mean '--%s'?", name,
                   meant->name);
    else
        error_kind(err, ERROR_USAGE, "unknown option '--%s': see 'casewright %s --help'", name,
                   call->command->name);
    free(name);
    return false;
}

/* Words that are read here, before the command runs. */
static bool read_common(Invocation *call, Error *err)
{
    const char *format = NULL;
    if (call->command->spec->takes & TAKES_FORMAT) {
        format = option_text(call, "format");
        call->json = option_given(call, "json") || (format && strcmp(format, "json") == 0);
    }
    if (format && strcmp(format, "json") != 0 && strcmp(format, "text") != 0)
        return error_kind(err, ERROR_USAGE, "unknown format '%s': text or json", format);
    if (format && option_given(call, "json") && strcmp(format, "json") != 0)
        return error_kind(err, ERROR_USAGE, "'--json' and '--format %s' exclude each other",
                          format);
    const char *when = option_text(call, "color");
    ColourWish wish = COLOUR_AUTO;
    if (when && strcmp(when, "always") == 0)
        wish = COLOUR_ALWAYS;
    else if (when && strcmp(when, "never") == 0)
        wish = COLOUR_NEVER;
    else if (when && strcmp(when, "auto") != 0)
        return error_kind(err, ERROR_USAGE, "unknown colour '%s': auto, always or never", when);
    call->out->colour = colour_allowed(wish, call->out->file);
    call->wants_help = option_given(call, "help");
    return true;
}

static bool count_arguments(const Invocation *call, Error *err)
{
    const Command *command = call->command;
    if (call->argument_count < command->spec->least)
        return error_kind(err, ERROR_USAGE, "too few arguments: casewright %s %s",
                          command->name, command->spec->usage);
    if (command->spec->most >= 0 && call->argument_count > command->spec->most)
        return error_kind(err, ERROR_USAGE, "'%s' is too much: casewright %s %s",
                          call->arguments[command->spec->most], command->name,
                          command->spec->usage);
    return true;
}

/* getopt_long takes a beginning for the whole; a script that relied on it would
 * break when another option is added. */
static bool is_spelt_out(const Option *option, int letter, char *const *argv)
{
    bool separate = optarg && optarg == argv[optind - 1];
    const char *typed = argv[optind - (separate ? 2 : 1)];
    return letter ||
           (strncmp(typed, "--", 2) == 0 && strcspn(typed + 2, "=") == strlen(option->name));
}

/* One option that getopt_long has found. */
static bool take_option(Invocation *call, int letter, int at, char *const *argv, Error *err)
{
    if (letter == ':')
        return error_kind(err, ERROR_USAGE, "option '%s' needs a value", argv[optind - 1]);
    if (letter == '?' && optopt)
        return error_kind(err, ERROR_USAGE, "unknown option '-%c': see 'casewright %s --help'",
                          optopt, call->command->name);
    if (letter == '?')
        return unknown_option(call, argv[optind - 1], err);
    const Option *option =
        letter ? by_letter(call->command, letter) : command_option(call->command, (size_t)at);
    if (!is_spelt_out(option, letter, argv))
        return error_kind(err, ERROR_USAGE, "write option '--%s' out in full", option->name);
    return give(call, option, optarg, err);
}

bool invocation_read(Invocation *call, int argc, char **argv, Error *err)
{
    Getopt tables;
    getopt_tables(call->command, &tables);
    opterr = 0;
    optind = 1;
    int letter, at = -1;
    while ((letter = getopt_long(argc, argv, tables.letters, tables.options, &at)) != -1)
        if (!take_option(call, letter, at, argv, err))
            return false;
    call->arguments = argv + optind;
    call->argument_count = argc - optind;
    if (!read_common(call, err))
        return false;
    return call->wants_help || count_arguments(call, err);
}

void invocation_clear(Invocation *call)
{
    free(call->given);
    call->given = NULL;
}

const char *option_nth(const Invocation *call, const char *name, size_t n)
{
    for (size_t i = 0; i < call->given_count; i++)
        if (strcmp(call->given[i].option->name, name) == 0 && n-- == 0)
            return call->given[i].value;
    return NULL;
}

const char *option_text(const Invocation *call, const char *name)
{
    assert(find_option(call->command, name));
    return option_nth(call, name, 0);
}

bool option_given(const Invocation *call, const char *name)
{
    for (size_t i = 0; i < call->given_count; i++)
        if (strcmp(call->given[i].option->name, name) == 0)
            return true;
    return false;
}

const char *argument(const Invocation *call, int n)
{
    return n < call->argument_count ? call->arguments[n] : NULL;
}
