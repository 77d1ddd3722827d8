/* Finds the subcommand, runs it, prints what went wrong, and ends with its exit
 * code. */
#include <errno.h>
#include <string.h>
#include <unistd.h>

#include "cli/command.h"
#include "cli/help.h"
#include "cli/process.h"
#include "cli/topics.h"
#include "render/safe.h"

/* The last thing on a terminal, so the most visible. */
static void complain(const Error *err)
{
    if (!*err->text)
        return;
    Text line = {0};
    text_add(&line, "casewright: ");
    safe_add(&line, err->text);
    text_add_char(&line, '\n');
    Output errors = {.file = STDERR_FILENO};
    output_add_text(&errors, &line);
    output_flush(&errors);
    output_clear(&errors);
    text_clear(&line);
}

static bool print_command_help(Output *out, const Command *command)
{
    Text text = {0};
    help_command(command, &text);
    output_add_text(out, &text);
    text_clear(&text);
    return true;
}

/* Where this program stands, also when it was found on the PATH. */
static const char *program_path(const char *typed, char *buffer, size_t size)
{
    ssize_t length = readlink("/proc/self/exe", buffer, size - 1);
    if (length <= 0)
        return typed;
    buffer[length] = '\0';
    return buffer;
}

static bool run_command(const Command *command, Output *out, int argc, char **argv, Error *err)
{
    char path[4096];
    Invocation call = {
        .command = command, .program = program_path(argv[0], path, sizeof path), .out = out};
    bool done = invocation_read(&call, argc - 1, argv + 1, err);
    if (done && call.wants_help)
        print_command_help(out, command);
    else if (done)
        done = command->spec->run(&call, err);
    invocation_clear(&call);
    return done;
}

static bool is_word(const char *argument, const char *word, const char *letter)
{
    return strcmp(argument, word) == 0 || strcmp(argument, letter) == 0;
}

static bool run(Output *out, int argc, char **argv, Error *err)
{
    if (argc < 2 || is_word(argv[1], "--help", "-h"))
        return topics_print(out, 0, NULL, err);
    if (strcmp(argv[1], "help") == 0)
        return topics_print(out, argc - 2, argv + 2, err);
    if (is_word(argv[1], "--version", "-V")) {
        output_add(out, "casewright " CASEWRIGHT_VERSION "\n");
        return true;
    }
    if (argv[1][0] == '-')
        return error_kind(err, ERROR_USAGE, "unknown option '%s': see 'casewright --help'",
                          argv[1]);
    const Command *command = topics_command(argv[1], err);
    return command && run_command(command, out, argc, argv, err);
}

/* What the process ends with: trouble of its own first, then output that was
 * not taken. */
static int finish(Output *out, bool done, Error *err)
{
    bool written = output_flush(out);
    if (process_interrupted())
        return process_exit_code(process_interrupted());
    if (!done)
        complain(err);
    if (written || (!done && err->kind > ERROR_REFUSED))
        return done ? 0 : (int)err->kind;
    /* A reader that left (head, a pager) knows why: nothing is said. */
    if (out->failed != EPIPE)
        error_kind(err, ERROR_IO, "cannot write the result: %s", strerror(out->failed));
    else
        *err = (Error){.kind = ERROR_IO};
    complain(err);
    return ERROR_IO;
}

int main(int argc, char **argv)
{
    if (!process_prepare())
        return ERROR_IO;
    Output out = {.file = STDOUT_FILENO};
    Error err = {0};
    bool done = run(&out, argc, argv, &err);
    int code = finish(&out, done, &err);
    output_clear(&out);
    return code;
}
