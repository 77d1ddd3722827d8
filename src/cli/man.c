#include "cli/man.h"

#include <ctype.h>
#include <string.h>

/* What the program reads from its surroundings. */
static const struct Variable {
    const char *name, *meaning;
} environment[] = {
    {"CASEWRIGHT_DB", "the database, where --db is not given"},
    {"CASEWRIGHT_LIB", "a folder in which files named by 'use' are looked for"},
    {"NO_COLOR", "set and not empty: no colour"},
};

/* Text that stands for itself: a minus that can be copied, no escapes, and no
 * line that roff would take for a request. */
static void add_plain_bytes(Text *out, const char *text, size_t length)
{
    for (size_t i = 0; i < length; i++) {
        bool starts_line = out->length == 0 || text_get(out)[out->length - 1] == '\n';
        if (starts_line && (text[i] == '.' || text[i] == '\''))
            text_add(out, "\\&");
        if (text[i] == '-')
            text_add(out, "\\-");
        else if (text[i] == '\\')
            text_add(out, "\\e");
        else
            text_add_char(out, text[i]);
    }
}

static void add_plain(Text *out, const char *text)
{
    add_plain_bytes(out, text, strlen(text));
}

/* Filled anew when it is shown; the source is kept to lines that can be read. */
static void add_line_bytes(Text *out, const char *text, size_t length)
{
    enum { LINE = 70 };
    size_t from = 0, gap = 0;
    for (size_t i = 0; i < length; i++) {
        if (text[i] != ' ')
            continue;
        if (i - from > LINE && gap > from) {
            add_plain_bytes(out, text + from, gap - from);
            text_add_char(out, '\n');
            from = gap + 1;
        }
        gap = i;
    }
    add_plain_bytes(out, text + from, length - from);
    text_add_char(out, '\n');
}

static void add_line(Text *out, const char *text)
{
    add_line_bytes(out, text, strlen(text));
}

/* Each line of `text` a line of the page, in a type of its own width. */
static void add_typed(Text *out, const char *text)
{
    text_add(out, ".nf\n");
    while (*text) {
        size_t length = strcspn(text, "\n");
        text_add(out, "\\fB");
        add_plain_bytes(out, text, length);
        text_add(out, "\\fR\n");
        text += length + (text[length] == '\n');
    }
    text_add(out, ".fi\n");
}

/* A paragraph for each line: a blank line is a fault in a manual page. */
static void add_paragraphs(Text *out, const char *text)
{
    for (const char *at = text; *at;) {
        size_t length = strcspn(at, "\n");
        text_add(out, at > text ? ".PP\n" : "");
        add_line_bytes(out, at, length);
        at += length + (at[length] == '\n');
    }
}

static void add_title(Text *out, const char *command)
{
    text_add(out, ".TH CASEWRIGHT");
    if (command)
        text_add_char(out, '-');
    for (; command && *command; command++)
        text_add_char(out, (char)toupper((unsigned char)*command));
    text_add(out, " 1 \"\" \"casewright " CASEWRIGHT_VERSION "\" \"casewright\"\n");
}

static void add_tagged(Text *out, const char *tag, const char *meaning)
{
    text_add(out, ".TP\n\\fB");
    add_plain(out, tag);
    text_add(out, "\\fR\n");
    add_line(out, meaning);
}

static void add_option(Text *out, const Option *option)
{
    text_add(out, ".TP\n");
    if (option->letter)
        text_addf(out, "\\fB\\-%c\\fR, ", option->letter);
    text_add(out, "\\fB\\-\\-");
    add_plain(out, option->name);
    text_add(out, "\\fR");
    if (option->value) {
        text_add(out, " \\fI");
        add_plain(out, option->value);
        text_add(out, "\\fR");
    }
    text_add_char(out, '\n');
    add_line(out, option->help);
}

static void add_exit_codes(Text *out, const char *answers_no)
{
    text_add(out, ".SH EXIT STATUS\n");
#define EXIT_CODE(code, meaning)                                                               \
    if ((code) != 1 || answers_no)                                                             \
        add_tagged(out, #code, (code) == 1 ? answers_no : meaning);
#include "cli/exit_codes.def"
#undef EXIT_CODE
}

static void add_environment(Text *out)
{
    text_add(out, ".SH ENVIRONMENT\n");
    for (size_t i = 0; i < sizeof environment / sizeof *environment; i++)
        add_tagged(out, environment[i].name, environment[i].meaning);
}

static void add_commands(Text *out)
{
    text_add(out, ".SH COMMANDS\n");
    for (int group = 0; group < GROUP_COUNT; group++) {
        text_addf(out, ".SS %s\n", group_titles[group]);
        for (size_t i = 0; i < command_count; i++)
            if (commands[i].group == (CommandGroup)group)
                add_tagged(out, commands[i].name, commands[i].summary);
    }
}

void man_overview(Text *out)
{
    add_title(out, NULL);
    text_add(out, ".SH NAME\ncasewright \\- work that runs by policy and deadline\n"
                  ".SH SYNOPSIS\n\\fBcasewright\\fR \\fICOMMAND\\fR ...\n"
                  ".SH DESCRIPTION\n"
                  "Reads workflows that are written in plain sentences, says what is wrong\n"
                  "with them, runs cases by them, and can tell of every due date how it was\n"
                  "reached.\n"
                  "Each command has a page of its own:\n"
                  ".BR casewright\\-check (1)\nand so on.\n");
    add_commands(out);
    add_environment(out);
    add_exit_codes(out, "the answer is no: a flow is wrong, an event is refused, a line "
                        "cannot be read");
}

void man_command(const Command *command, Text *out)
{
    const CommandSpec *spec = command->spec;
    add_title(out, command->name);
    text_add(out, ".SH NAME\ncasewright\\-");
    add_plain(out, command->name);
    text_add(out, " \\- ");
    add_plain(out, command->summary);
    text_add_char(out, '\n');
    text_add(out, ".SH SYNOPSIS\n\\fBcasewright ");
    add_plain(out, command->name);
    text_add(out, "\\fR ");
    add_line(out, *spec->usage ? spec->usage : "[OPTION …]");
    if (*spec->about) {
        text_add(out, ".SH DESCRIPTION\n");
        add_paragraphs(out, spec->about);
    }
    text_add(out, ".SH OPTIONS\n");
    const Option *option;
    for (size_t i = 0; (option = command_option(command, i)); i++)
        add_option(out, option);
    text_add(out, ".SH EXAMPLES\n");
    add_typed(out, spec->examples);
    add_environment(out);
    add_exit_codes(out, spec->answers_no);
    text_add(out, ".SH SEE ALSO\n.BR casewright (1)\n");
}
