#include "cli/help.h"

#include <string.h>

enum { WIDTH = 78, INDENT = 2, NAME_COLUMN = 16 };

static void add_spaces(Text *out, size_t count)
{
    for (size_t i = 0; i < count; i++)
        text_add_char(out, ' ');
}

/* Columns that UTF-8 text takes; help has no wide characters. */
static size_t columns(const char *text, size_t length)
{
    size_t count = 0;
    for (size_t i = 0; i < length; i++)
        if (((unsigned char)text[i] & 0xC0) != 0x80)
            count++;
    return count;
}

/* Adds words from `column` on, wrapped and indented to it. */
static void add_wrapped(Text *out, const char *words, size_t column)
{
    size_t at = column;
    while (*words) {
        size_t length = strcspn(words, " ");
        size_t width = columns(words, length);
        if (at > column && at + 1 + width > WIDTH) {
            text_add_char(out, '\n');
            add_spaces(out, column);
            at = column;
        } else if (at > column) {
            text_add_char(out, ' ');
            at++;
        }
        text_add_bytes(out, words, length);
        at += width;
        words += length;
        words += strspn(words, " ");
    }
    text_add_char(out, '\n');
}

static void add_group(Text *out, CommandGroup group)
{
    text_addf(out, "\n%s\n", group_titles[group]);
    for (size_t i = 0; i < command_count; i++) {
        if (commands[i].group != group)
            continue;
        text_addf(out, "  %-*s", NAME_COLUMN - INDENT, commands[i].name);
        add_wrapped(out, commands[i].summary, NAME_COLUMN);
    }
}

void help_overview(Text *out)
{
    text_add(out, "casewright: work that runs by policy and deadline\n\n"
                  "  casewright due \"3 working days\" --from 2021-04-01"
                  " --calendar england-and-wales\n"
                  "  casewright check FLOW\n"
                  "  casewright worklist --role social-worker\n");
    for (int group = 0; group < GROUP_COUNT; group++)
        add_group(out, (CommandGroup)group);
    text_add(out, "\n'casewright help COMMAND' tells more about one, with examples;\n"
                  "'casewright help exit-codes' what the exit codes mean;\n"
                  "'casewright help --man' and 'help --completion bash' make a manual page and\n"
                  "the words that a shell completes.\n");
}

/* "-o, --option VALUE" */
static void add_option_name(Text *out, const Option *option)
{
    if (option->letter)
        text_addf(out, "-%c, ", option->letter);
    text_addf(out, "--%s", option->name);
    if (option->value)
        text_addf(out, " %s", option->value);
}

static void add_options(const Command *command, Text *out)
{
    enum { COLUMN = 28 };
    text_add(out, "\nOptions\n");
    const Option *option;
    for (size_t i = 0; (option = command_option(command, i)); i++) {
        size_t start = out->length;
        add_spaces(out, INDENT);
        add_option_name(out, option);
        size_t width = columns(text_get(out) + start, out->length - start);
        if (width + 2 > COLUMN) {
            text_add_char(out, '\n');
            width = 0;
        }
        add_spaces(out, COLUMN - width);
        add_wrapped(out, option->help, COLUMN);
    }
}

/* The lines of `text`, each indented. */
static void add_lines(Text *out, const char *text)
{
    while (*text) {
        size_t length = strcspn(text, "\n");
        add_spaces(out, INDENT);
        text_add_bytes(out, text, length);
        text_add_char(out, '\n');
        text += length + (text[length] == '\n');
    }
}

void help_command(const Command *command, Text *out)
{
    const CommandSpec *spec = command->spec;
    text_addf(out, "casewright %s: %s\n\n", command->name, command->summary);
    text_addf(out, "  casewright %s%s%s\n", command->name, *spec->usage ? " " : "",
              spec->usage);
    if (*spec->about) {
        text_add_char(out, '\n');
        add_wrapped(out, spec->about, 0);
    }
    text_add(out, "\nExamples\n");
    add_lines(out, spec->examples);
    add_options(command, out);
    text_add(out, "\nExit codes\n  0   done\n");
    if (spec->answers_no)
        text_addf(out, "  1   %s\n", spec->answers_no);
    text_add(out, "  2   the command was typed wrongly\n"
                  "  and those of 'casewright help exit-codes'\n");
}

void help_exit_codes(Text *out)
{
    text_add(out, "Exit codes\n");
#define EXIT_CODE(code, meaning) text_addf(out, "  %-5d%s\n", code, meaning);
#include "cli/exit_codes.def"
#undef EXIT_CODE
}
