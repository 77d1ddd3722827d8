#include "cli/process.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <sys/resource.h>
#include <unistd.h>

#include "base/error.h"

enum { PATIENCE_SECONDS = 5 };

/* A signal handler can reach nothing but a global. */
static volatile sig_atomic_t interrupted;

int process_interrupted(void)
{
    return interrupted;
}

int process_exit_code(int signal_number)
{
    return signal_number == SIGINT ? ERROR_INTERRUPTED : ERROR_TERMINATED;
}

/* An open transaction is undone by the database when the process is gone. */
static void on_signal(int signal_number)
{
    if (interrupted)
        _exit(process_exit_code(signal_number));
    interrupted = signal_number;
    alarm(PATIENCE_SECONDS);
}

/* What was going on did not come to an end by itself. */
static void on_alarm(int signal_number)
{
    (void)signal_number;
    _exit(process_exit_code(interrupted));
}

/* Signals wait while we look, so that none can slip in between looking and waiting. */
bool process_wait_readable(int file)
{
    sigset_t ours, before;
    sigemptyset(&ours);
    sigaddset(&ours, SIGINT);
    sigaddset(&ours, SIGTERM);
    sigaddset(&ours, SIGHUP);
    sigprocmask(SIG_BLOCK, &ours, &before);
    struct pollfd ready = {.fd = file, .events = POLLIN};
    while (!interrupted && ppoll(&ready, 1, NULL, &before) < 0 && errno == EINTR) {
    }
    sigprocmask(SIG_SETMASK, &before, NULL);
    return !interrupted;
}

/* Else the database could become descriptor 2 and be written over by a message.
 * For reading only, so that a result written to a closed output is an error. */
static bool fill_standard_descriptors(void)
{
    int file;
    do {
        file = open("/dev/null", O_RDONLY);
    } while (file >= 0 && file <= STDERR_FILENO);
    if (file < 0)
        return false;
    close(file);
    return true;
}

/* A signal that whoever started us ignores (nohup, a background job) stays so. */
static void set_handler(int signal_number, void (*handler)(int))
{
    struct sigaction old;
    if (sigaction(signal_number, NULL, &old) == 0 && old.sa_handler == SIG_IGN)
        return;
    struct sigaction action = {.sa_handler = handler}; /* no SA_RESTART: a read must end */
    sigaction(signal_number, &action, NULL);
}

/* One byte and not none: Linux gives a dump of any size to a collector program,
 * except when the limit is exactly 1. */
static void forbid_core_dump(void)
{
    struct rlimit one_byte = {1, 1};
    if (setrlimit(RLIMIT_CORE, &one_byte) != 0) {
        struct rlimit none = {0, 0};
        setrlimit(RLIMIT_CORE, &none);
    }
}

bool process_prepare(void)
{
    if (!fill_standard_descriptors())
        return false;
    set_handler(SIGPIPE, SIG_IGN);
    set_handler(SIGXFSZ, SIG_IGN);
    set_handler(SIGALRM, on_alarm);
    set_handler(SIGINT, on_signal);
    set_handler(SIGTERM, on_signal);
    set_handler(SIGHUP, on_signal);
    forbid_core_dump();
    return true;
}
