#include "cli/completion.h"

#include <ctype.h>
#include <string.h>

#include "cli/command.h"

/* ---- what the tables say about values and arguments ----------------------------- */

static bool is_choice(const Option *option)
{
    return option->value &&
           (strcmp(option->value, "FORMAT") == 0 || strcmp(option->value, "WHEN") == 0);
}

static bool is_word_char(char c)
{
    return islower((unsigned char)c) || isdigit((unsigned char)c) || c == '-';
}

/* The values that its help lists: "text, compact (a line for each finding) or json"
 * gives "text compact json". What stands before a colon or in brackets is no value. */
static void add_choices(const Option *option, Text *out)
{
    const char *colon = strstr(option->help, ": ");
    size_t start = out->length;
    for (const char *at = colon ? colon + 2 : option->help; *at;) {
        size_t length = 0;
        if (*at == '(')
            at += strcspn(at, ")");
        while (is_word_char(at[length]))
            length++;
        if (length && !(length == 2 && strncmp(at, "or", 2) == 0)) {
            text_add(out, out->length > start ? " " : "");
            text_add_bytes(out, at, length);
        }
        at += length ? length : (size_t)(*at != '\0');
    }
}

static bool takes_file(const Option *option)
{
    return option->value &&
           (strcmp(option->value, "FILE") == 0 || strcmp(option->value, "FOLDER") == 0);
}

/* A command whose examples name a .flow file takes such files; one with FILE
 * takes any. */
static bool takes_flows(const Command *command)
{
    return strstr(command->spec->examples, ".flow") != NULL;
}

static bool takes_files(const Command *command)
{
    return strstr(command->spec->usage, "FILE") != NULL;
}

/* The words of "[add PERSON | hold PERSON ROLE | absent PERSON]" that are typed as
 * they stand: the first of each alternative. */
static void add_verbs(const Command *command, Text *out)
{
    const char *at = command->spec->usage;
    at += *at == '[';
    while (at) {
        size_t length = 0;
        while (is_word_char(at[length]))
            length++;
        if (length) {
            text_add_char(out, ' ');
            text_add_bytes(out, at, length);
        }
        at = strstr(at, " | ");
        at = at ? at + 3 : NULL;
    }
}

/* In single quotes a quote is the only character that means something. */
static void add_quoted(Text *out, const char *text)
{
    for (; *text; text++) {
        if (*text == '\'')
            text_add(out, "'\\''");
        else
            text_add_char(out, *text);
    }
}

static void add_command_names(Text *out)
{
    for (size_t i = 0; i < command_count; i++)
        text_addf(out, "%s ", commands[i].name);
    text_add(out, "help");
}

/* ---- bash --------------------------------------------------------------------- */

static void bash_values(Text *out)
{
    const Option *option;
    for (size_t i = 0; i < command_count; i++) {
        for (size_t k = 0; (option = command_option(&commands[i], k)); k++) {
            if (!option->value)
                continue;
            text_addf(out, "    %s:--%s) ", commands[i].name, option->name);
            if (is_choice(option)) {
                text_add(out, "words='");
                add_choices(option, out);
                text_add(out, "' ");
            } else if (takes_file(option)) {
                text_add(out, "files=any ");
            }
            text_add(out, ";;\n");
        }
    }
}

static void bash_commands(Text *out)
{
    const Option *option;
    for (size_t i = 0; i < command_count; i++) {
        text_addf(out, "        %s) words='", commands[i].name);
        size_t start = out->length;
        for (size_t k = 0; (option = command_option(&commands[i], k)); k++)
            text_addf(out, "%s--%s", out->length > start ? " " : "", option->name);
        add_verbs(&commands[i], out);
        const char *files = takes_flows(&commands[i])   ? "flow"
                            : takes_files(&commands[i]) ? "any"
                                                        : "";
        text_addf(out, "' files='%s' ;;\n", files);
    }
}

/* "--format=json" comes as three words, since = parts words in bash. */
static void bash_script(Text *out)
{
    text_add(out, "# bash completion for casewright\n"
                  "_casewright() {\n"
                  "    local at=$COMP_CWORD word previous command='' words='' files=''\n"
                  "    word=${COMP_WORDS[at]} previous=${COMP_WORDS[at-1]}\n"
                  "    [ \"$at\" -gt 1 ] && command=${COMP_WORDS[1]}\n"
                  "    if [ \"$word\" = '=' ]; then\n"
                  "        word=''\n"
                  "    elif [ \"$previous\" = '=' ]; then\n"
                  "        previous=${COMP_WORDS[at-2]}\n"
                  "    fi\n"
                  "    COMPREPLY=()\n"
                  "    case $command:$previous in\n");
    bash_values(out);
    text_add(out, "    help:help) words='exit-codes --man --completion ");
    add_command_names(out);
    text_add(out, "' ;;\n    help:--completion) words='bash zsh fish' ;;\n"
                  "    help:--man) words='");
    add_command_names(out);
    text_add(out, "' ;;\n    *)\n        case $command in\n        '') words='");
    add_command_names(out);
    text_add(out, " --help --version' ;;\n");
    bash_commands(out);
    text_add(out, "        esac ;;\n"
                  "    esac\n"
                  "    [ -n \"$files\" ] && [ \"${word#-}\" = \"$word\" ] && words=''\n"
                  "    mapfile -t COMPREPLY < <(\n"
                  "        compgen -W \"$words\" -- \"$word\"\n"
                  "        [ \"$files\" != any ] || compgen -f -- \"$word\"\n"
                  "        [ \"$files\" != flow ] || compgen -f -X '!*.flow' -- \"$word\"\n"
                  "        [ \"$files\" != flow ] || compgen -d -- \"$word\")\n"
                  "}\n"
                  "complete -o filenames -F _casewright casewright\n");
}

/* ---- zsh ---------------------------------------------------------------------- */

/* Help inside [ ]: a bracket or colon there would end it. */
static void zsh_help(Text *out, const char *help)
{
    Text plain = {0};
    for (; *help; help++) {
        if (strchr("[]:\\", *help))
            text_add_char(&plain, '\\');
        text_add_char(&plain, *help);
    }
    add_quoted(out, text_get(&plain));
    text_clear(&plain);
}

static void zsh_option(const Option *option, Text *out)
{
    text_addf(out, " \\\n        '%s--%s%s[", option->many ? "*" : "", option->name,
              option->value ? "=" : "");
    zsh_help(out, option->help);
    text_add_char(out, ']');
    if (option->value) {
        text_addf(out, ":%s:", option->value);
        if (is_choice(option)) {
            text_add_char(out, '(');
            add_choices(option, out);
            text_add_char(out, ')');
        } else if (takes_file(option)) {
            text_add(out, "_files");
        }
    }
    text_add_char(out, '\'');
}

static void zsh_arguments(const Command *command, Text *out)
{
    Text verbs = {0};
    add_verbs(command, &verbs);
    if (takes_flows(command))
        text_add(out, " \\\n        '*:FLOW:_files -g \"*.flow\"'");
    else if (takes_files(command))
        text_add(out, " \\\n        '*:FILE:_files'");
    else if (verbs.length)
        text_addf(out, " \\\n        '1:what:(%s)'", text_get(&verbs) + 1);
    text_clear(&verbs);
}

static void zsh_script(Text *out)
{
    text_add(out, "#compdef casewright\n"
                  "_casewright() {\n"
                  "    if (( CURRENT == 2 )); then\n"
                  "        local -a known=(\n");
    for (size_t i = 0; i < command_count; i++) {
        text_addf(out, "            '%s:", commands[i].name);
        add_quoted(out, commands[i].summary);
        text_add(out, "'\n");
    }
    text_add(out, "            'help:tell more about a command'\n"
                  "        )\n"
                  "        _describe command known\n"
                  "        return\n"
                  "    fi\n"
                  "    shift words\n"
                  "    (( CURRENT-- ))\n"
                  "    case $words[1] in\n");
    const Option *option;
    for (size_t i = 0; i < command_count; i++) {
        text_addf(out, "    %s) _arguments", commands[i].name);
        for (size_t k = 0; (option = command_option(&commands[i], k)); k++)
            zsh_option(option, out);
        zsh_arguments(&commands[i], out);
        text_add(out, " ;;\n");
    }
    text_add(out, "    help) _arguments '--man[a manual page]'"
                  " '--completion=[a script for a shell]:shell:(bash zsh fish)'"
                  " '1:command:(exit-codes ");
    add_command_names(out);
    text_add(out, ")' ;;\n    esac\n}\n_casewright \"$@\"\n");
}

/* ---- fish --------------------------------------------------------------------- */

static void fish_option(const Command *command, const Option *option, Text *out)
{
    text_addf(out, "complete -c casewright -n '__fish_seen_subcommand_from %s' -l %s",
              command->name, option->name);
    if (option->letter)
        text_addf(out, " -s %c", option->letter);
    if (is_choice(option)) {
        text_add(out, " -x -a '");
        add_choices(option, out);
        text_add_char(out, '\'');
    } else if (option->value) {
        text_add(out, takes_file(option) ? " -r -F" : " -x");
    }
    text_add(out, " -d '");
    for (const char *at = option->help; *at; at++) {
        if (*at == '\'' || *at == '\\')
            text_add_char(out, '\\');
        text_add_char(out, *at);
    }
    text_add(out, "'\n");
}

static void fish_command(const Command *command, Text *out)
{
    Text verbs = {0};
    const Option *option;
    text_addf(out, "complete -c casewright -n __fish_use_subcommand -a %s -d '%s'\n",
              command->name, command->summary);
    for (size_t k = 0; (option = command_option(command, k)); k++)
        fish_option(command, option, out);
    add_verbs(command, &verbs);
    if (takes_flows(command))
        text_addf(out,
                  "complete -c casewright -n '__fish_seen_subcommand_from %s' "
                  "-a '(__fish_complete_suffix .flow)'\n",
                  command->name);
    else if (takes_files(command))
        text_addf(out, "complete -c casewright -n '__fish_seen_subcommand_from %s' -F\n",
                  command->name);
    else if (verbs.length)
        text_addf(out, "complete -c casewright -n '__fish_seen_subcommand_from %s' -a '%s'\n",
                  command->name, text_get(&verbs) + 1);
    text_clear(&verbs);
}

static void fish_script(Text *out)
{
    text_add(out, "# fish completion for casewright\ncomplete -c casewright -f\n");
    for (size_t i = 0; i < command_count; i++)
        fish_command(&commands[i], out);
    text_add(out,
             "complete -c casewright -n __fish_use_subcommand -a help"
             " -d 'tell more about a command'\n"
             "complete -c casewright -n '__fish_seen_subcommand_from help' -a 'exit-codes ");
    add_command_names(out);
    text_add(out, "'\n"
                  "complete -c casewright -n '__fish_seen_subcommand_from help' -l man"
                  " -d 'a manual page'\n"
                  "complete -c casewright -n '__fish_seen_subcommand_from help' -l completion"
                  " -x -a 'bash zsh fish' -d 'a script for a shell'\n");
}

bool completion_script(const char *shell, Text *out)
{
    static const struct {
        const char *name;
        void (*write)(Text *out);
    } shells[] = {{"bash", bash_script}, {"zsh", zsh_script}, {"fish", fish_script}};
    for (size_t i = 0; i < sizeof shells / sizeof *shells; i++) {
        if (strcmp(shells[i].name, shell) == 0) {
            shells[i].write(out);
            return true;
        }
    }
    return false;
}
