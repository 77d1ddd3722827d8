#include "cli/child.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include "cli/output.h"
#include "cli/process.h"
#include "render/safe.h"

extern char **environ;

enum { PIECE = 16 * 1024, COMPLAINT = 300, LOOK_EVERY_MS = 100 };

/* Files in memory, so that nobody waits for anybody while it reads and complains. */
typedef struct Run {
    const Child *child;
    int input, complaints, answers; /* descriptors */
    pid_t process;
    int64_t until; /* by the monotonic clock, in ms */
} Run;

static bool prepare_input(Run *run, Error *err)
{
    run->input = memfd_create("input", MFD_CLOEXEC);
    run->complaints = memfd_create("complaints", MFD_CLOEXEC);
    Output out = {.file = run->input};
    bool ready = run->input >= 0 && run->complaints >= 0;
    if (ready)
        output_add_text(&out, run->child->input);
    ready = ready && output_flush(&out) && lseek(run->input, 0, SEEK_SET) == 0;
    output_clear(&out);
    if (!ready)
        return error_kind(err, ERROR_IO, "cannot hand over to '%s': %s",
                          run->child->arguments[0], strerror(errno));
    return true;
}

int child_spawn(char *const *arguments, const int streams[3], pid_t *process)
{
    posix_spawn_file_actions_t actions;
    posix_spawnattr_t attributes;
    sigset_t usual;
    sigemptyset(&usual);
    sigaddset(&usual, SIGPIPE);
    sigaddset(&usual, SIGXFSZ);
    posix_spawn_file_actions_init(&actions);
    for (int i = 0; i < 3; i++)
        if (streams[i] >= 0)
            posix_spawn_file_actions_adddup2(&actions, streams[i], i);
    posix_spawnattr_init(&attributes);
    posix_spawnattr_setsigdefault(&attributes, &usual);
    posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETSIGDEF);
    int failure =
        posix_spawnp(process, arguments[0], &actions, &attributes, arguments, environ);
    posix_spawnattr_destroy(&attributes);
    posix_spawn_file_actions_destroy(&actions);
    return failure;
}

static bool start(Run *run, Error *err)
{
    int ends[2];
    if (pipe2(ends, O_CLOEXEC) != 0)
        return error_kind(err, ERROR_IO, "cannot start '%s': %s", run->child->arguments[0],
                          strerror(errno));
    const int streams[3] = {run->input, ends[1], run->complaints};
    int failure = child_spawn(run->child->arguments, streams, &run->process);
    close(ends[1]);
    run->answers = ends[0];
    if (failure == ENOENT)
        return error_kind(err, ERROR_NOT_FOUND, "%s", run->child->missing);
    if (failure != 0)
        return error_kind(err, failure == EACCES ? ERROR_PERMISSION : ERROR_IO,
                          "cannot start '%s': %s", run->child->arguments[0], strerror(failure));
    return true;
}

static int64_t milliseconds(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

/* Waits for bytes in short pieces, so as to notice in time when told to end. */
static bool may_go_on(const Run *run, Error *err)
{
    if (process_interrupted())
        return error_kind(err, (ErrorKind)process_exit_code(process_interrupted()),
                          "interrupted");
    if (milliseconds() >= run->until)
        return error_kind(err, ERROR_LIMIT, "'%s' had not finished after %d s and was ended%s",
                          run->child->arguments[0], run->child->seconds, run->child->slow);
    return true;
}

static bool wait_for_answer(const Run *run, Error *err)
{
    while (may_go_on(run, err)) {
        struct pollfd ready = {.fd = run->answers, .events = POLLIN};
        if (poll(&ready, 1, LOOK_EVERY_MS) > 0)
            return true;
    }
    return false;
}

static bool read_answer(const Run *run, Text *answer, Error *err)
{
    char piece[PIECE];
    while (wait_for_answer(run, err)) {
        ssize_t got = read(run->answers, piece, sizeof piece);
        if (got == 0)
            return true;
        if (got < 0 && errno != EINTR)
            return error_kind(err, ERROR_IO, "cannot read from '%s': %s",
                              run->child->arguments[0], strerror(errno));
        if (got > 0)
            text_add_bytes(answer, piece, (size_t)got);
        if (answer->length > run->child->most)
            return error_kind(err, ERROR_LIMIT, "'%s' answered more than %zu bytes",
                              run->child->arguments[0], run->child->most);
    }
    return false;
}

/* The first line that the program complained with. */
static void complaint_words(const Run *run, Text *out)
{
    char line[COMPLAINT];
    ssize_t length = pread(run->complaints, line, sizeof line, 0);
    if (length <= 0)
        return;
    const char *end = memchr(line, '\n', (size_t)length);
    text_add(out, ": ");
    safe_add_bytes(out, line, end ? (size_t)(end - line) : (size_t)length);
}

/* It may have closed its output and still go on. */
static bool wait_for_end(const Run *run, int *status, Error *err)
{
    while (waitpid(run->process, status, WNOHANG) == 0) {
        if (!may_go_on(run, err))
            return false;
        poll(NULL, 0, 1);
    }
    return true;
}

static bool judge(const Run *run, int status, Error *err)
{
    if (WIFEXITED(status) && WEXITSTATUS(status) == 0)
        return true;
    Text words = {0};
    complaint_words(run, &words);
    if (WIFSIGNALED(status))
        error_kind(err, ERROR_IO, "'%s' was ended by signal %d%s", run->child->arguments[0],
                   WTERMSIG(status), text_get(&words));
    else
        error_kind(err, ERROR_IO, "'%s' failed with exit code %d%s", run->child->arguments[0],
                   WEXITSTATUS(status), text_get(&words));
    text_clear(&words);
    return false;
}

/* Nothing that we started is left running, however this ends. */
static bool converse(Run *run, Text *answer, Error *err)
{
    int status = 0;
    run->until = milliseconds() + (int64_t)run->child->seconds * 1000;
    if (read_answer(run, answer, err) && wait_for_end(run, &status, err))
        return judge(run, status, err);
    kill(run->process, SIGKILL);
    while (waitpid(run->process, &status, 0) < 0 && errno == EINTR) {
    }
    return false;
}

static void close_open(int file)
{
    if (file >= 0)
        close(file);
}

bool child_filter(const Child *child, Text *answer, Error *err)
{
    Run run = {.child = child, .input = -1, .complaints = -1, .answers = -1};
    bool done = prepare_input(&run, err) && start(&run, err) && converse(&run, answer, err);
    close_open(run.input);
    close_open(run.complaints);
    close_open(run.answers);
    return done;
}
