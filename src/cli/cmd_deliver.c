/* deliver: hands the waiting notifications to a program or a file. */
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "cli/child.h"
#include "cli/process.h"
#include "cli/session.h"

static const Option options[] = {
    {"to-file", 0, false, "FILE", "append each as a line of JSON; - is standard output"},
    {0},
};

typedef struct Delivery {
    const Invocation *call;
    int file;       /* to write to; -1: to a program */
    char **program; /* and its arguments */
} Delivery;

static bool write_line(int file, const char *line, size_t length, Error *err)
{
    Output out = {.file = file};
    output_add_bytes(&out, line, length);
    if (length == 0 || line[length - 1] != '\n')
        output_add_bytes(&out, "\n", 1);
    bool written = output_flush(&out);
    output_clear(&out);
    if (!written)
        return error_kind(err, ERROR_IO, "cannot deliver: %s", strerror(out.failed));
    return true;
}

/* Counts as delivered only when it is on the disk. */
static bool to_file(const Delivery *delivery, const char *line, size_t length, Error *err)
{
    if (!write_line(delivery->file, line, length, err))
        return false;
    if (fsync(delivery->file) != 0 && errno != EINVAL && errno != EROFS)
        return error_kind(err, ERROR_IO, "cannot deliver: %s", strerror(errno));
    return true;
}

/* No shell; the program reads from the returned end's other side. */
static int start(char **program, pid_t *child, Error *err)
{
    int ends[2];
    if (pipe2(ends, O_CLOEXEC) != 0) {
        error_kind(err, ERROR_IO, "cannot deliver: %s", strerror(errno));
        return -1;
    }
    const int streams[3] = {ends[0], -1, -1};
    int failure = child_spawn(program, streams, child);
    close(ends[0]);
    if (failure == 0)
        return ends[1];
    close(ends[1]);
    error_kind(err, failure == ENOENT ? ERROR_NOT_FOUND : ERROR_IO, "cannot run '%s': %s",
               program[0], strerror(failure));
    return -1;
}

/* The program says with its exit code whether it took the notification; it need not
 * read it all. */
static bool to_program(const Delivery *delivery, const char *line, size_t length, Error *err)
{
    pid_t child;
    int file = start(delivery->program, &child, err);
    if (file < 0)
        return false;
    write_line(file, line, length, err);
    close(file);
    int status = 0;
    while (waitpid(child, &status, 0) < 0 && errno == EINTR) {
    }
    if (WIFEXITED(status) && WEXITSTATUS(status) == 0)
        return true;
    if (WIFSIGNALED(status))
        return error_kind(err, ERROR_IO, "'%s' was ended by signal %d; the notification stays",
                          delivery->program[0], WTERMSIG(status));
    return error_kind(err, ERROR_IO,
                      "'%s' did not take the notification (exit code %d); it stays",
                      delivery->program[0], WEXITSTATUS(status));
}

static bool deliver(void *context, const char *line, size_t length, Error *err)
{
    const Delivery *delivery = context;
    if (process_interrupted())
        return error_kind(err, (ErrorKind)process_exit_code(process_interrupted()),
                          "interrupted");
    return delivery->file >= 0 ? to_file(delivery, line, length, err)
                               : to_program(delivery, line, length, err);
}

/* Readable by its owner only, whatever the umask. */
static int open_file(const char *path, Error *err)
{
    if (strcmp(path, "-") == 0)
        return STDOUT_FILENO;
    int file = open(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC | O_NOFOLLOW, 0600);
    struct stat about;
    if (file >= 0 && fstat(file, &about) == 0 && about.st_size == 0 && S_ISREG(about.st_mode))
        fchmod(file, 0600);
    if (file < 0)
        error_kind(err, errno == EACCES ? ERROR_PERMISSION : ERROR_IO, "cannot open '%s': %s",
                   path, strerror(errno));
    return file;
}

static bool targets(const Invocation *call, Delivery *delivery, Error *err)
{
    const char *path = option_text(call, "to-file");
    *delivery = (Delivery){.call = call, .file = -1, .program = call->arguments};
    if ((path != NULL) == (call->argument_count > 0))
        return error_kind(err, ERROR_USAGE, "say where to: --to-file FILE, or -- PROGRAM");
    if (path)
        delivery->file = open_file(path, err);
    return !path || delivery->file >= 0;
}

static bool run(const Invocation *call, Error *err)
{
    Delivery delivery;
    if (!targets(call, &delivery, err))
        return false;
    int64_t count = 0;
    Engine *engine = session_open(call, SESSION_WRITE, err);
    bool done = engine && engine_deliver(engine, deliver, &delivery, &count, err);
    engine_close(engine);
    if (delivery.file > STDERR_FILENO)
        close(delivery.file);
    if (engine) {
        Text text = {0};
        text_addf(&text, "%lld notifications delivered\n", (long long)count);
        say_aside(&text);
        text_clear(&text);
    }
    return done;
}

const CommandSpec command_deliver = {
    .usage = "--to-file FILE | -- PROGRAM [ARGUMENT …]",
    .about =
        "PROGRAM is run once for each notification and reads it as a line of JSON; exit code "
        "0 means that it took it. Each carries a stable key: after a breakdown one may come "
        "a second time, with the same key.",
    .examples = "casewright deliver --to-file notifications.jsonl\n"
                "casewright deliver -- send-mail --from cases@example.org",
    .takes = TAKES_DATABASE | TAKES_NOW,
    .options = options,
    .least = 0,
    .most = -1,
    .run = run,
};
