#include "cli/topics.h"

#include <string.h>

#include "cli/completion.h"
#include "cli/help.h"
#include "cli/man.h"
#include "lang/suggest.h"

const Command *topics_command(const char *name, Error *err)
{
    const Command *command = command_find(name);
    if (command)
        return command;
    Suggestion meant = suggest_begin(name);
    for (size_t i = 0; i < command_count; i++)
        suggest_try(&meant, commands[i].name);
    if (*name && meant.best != SUGGEST_NONE)
        error_kind(err, ERROR_USAGE, "unknown command '%s': did you mean '%s'?", name,
                   commands[meant.best].name);
    else
        error_kind(err, ERROR_USAGE, "unknown command '%s': see 'casewright --help'", name);
    return NULL;
}

static bool write_completion(const char *shell, Text *text, Error *err)
{
    if (!shell)
        return error_kind(err, ERROR_USAGE,
                          "no shell: casewright help --completion bash, zsh or fish");
    return completion_script(shell, text) ||
           error_kind(err, ERROR_USAGE, "unknown shell '%s': bash, zsh or fish", shell);
}

static bool write_man(const char *name, Text *text, Error *err)
{
    const Command *command = name ? topics_command(name, err) : NULL;
    if (command)
        man_command(command, text);
    else if (!name)
        man_overview(text);
    return command || !name;
}

static bool write_help(const char *name, Text *text, Error *err)
{
    if (!name) {
        help_overview(text);
        return true;
    }
    if (strcmp(name, "exit-codes") == 0) {
        help_exit_codes(text);
        return true;
    }
    const Command *command = topics_command(name, err);
    if (command)
        help_command(command, text);
    return command != NULL;
}

bool topics_print(Output *out, int argc, char **argv, Error *err)
{
    static const struct {
        const char *option;
        bool (*write)(const char *name, Text *text, Error *err);
    } forms[] = {{"--man", write_man}, {"--completion", write_completion}};
    bool (*write)(const char *name, Text *text, Error *err) = write_help;
    int used = 0;
    for (size_t i = 0; argc > 0 && i < sizeof forms / sizeof *forms; i++) {
        if (strcmp(argv[0], forms[i].option) == 0) {
            write = forms[i].write;
            used = 1;
        }
    }
    if (argc > used && argv[used][0] == '-')
        return error_kind(err, ERROR_USAGE, "unknown option '%s': see 'casewright --help'",
                          argv[used]);
    if (argc > used + 1)
        return error_kind(err, ERROR_USAGE, "'%s' is too much: casewright help COMMAND",
                          argv[used + 1]);
    Text text = {0};
    bool done = write(argc > used ? argv[used] : NULL, &text, err);
    output_add_text(out, &text);
    text_clear(&text);
    return done;
}
