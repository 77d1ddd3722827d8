/* C5-11 for the whole program: each command is killed as with kill -9 before each
 * single system call that changes a file. Afterwards the database verifies, it holds
 * what it held before or what the command adds, and the same command typed again
 * ends as if nothing had happened. The program is the first argument. */
#include "../unit/store/scratch.h"
#include "tamper.h"

#include <signal.h>
#include <sys/ptrace.h>
#include <sys/syscall.h>

#define CALLS_MOST 2000
#define WORDS_MOST 12

static const char *program;

/* Invented. `counts` is what tells that the command has had its effect. */
typedef struct Step {
    const char *words[WORDS_MOST];
    const char *counts;
    bool repeatable; /* typing it again is no error */
} Step;

static const char flow[] = "workflow small \"A small flow\" version \"1\"\n"
                           "  in force from 1 January 2021\n"
                           "  owner worker\n"
                           "  uses calendar plain\n"
                           "calendar plain \"Plain\"\n"
                           "  working Monday to Friday from 09:00 to 17:00\n"
                           "  covers 2020 to 2030\n"
                           "role worker \"Worker\"\n"
                           "event began \"It began\" by worker\n"
                           "  opens a case\n"
                           "event seen \"The child was seen\" by worker\n"
                           "state waiting \"Waiting\" starts here\n"
                           "  on began stay\n"
                           "  on seen go to over\n"
                           "state over \"Over\" ends here\n";

static const Step steps[] = {
    {{"init", "--rehearsal"}, "SELECT count(*) FROM meta", false},
    {{"people", "add", "ann", "--name", "Ann Example", "--now", "2021-02-01"},
     "SELECT count(*) FROM person",
     false},
    {{"people", "hold", "ann", "worker", "--from", "2021-01-01", "--now", "2021-02-01"},
     "SELECT count(*) FROM holds",
     true},
    {{"deploy", "small.flow", "--as", "ann", "--now", "2021-02-01T09:00"},
     "SELECT count(*) FROM definition",
     true},
    {{"open", "small", "--as", "ann", "--key", "k", "--now", "2021-02-01T10:00"},
     "SELECT count(*) FROM entry WHERE kind = 'open'",
     true},
    {{"record", "1", "seen", "--as", "ann", "--key", "r", "--now", "2021-02-01T11:00"},
     "SELECT count(*) FROM entry WHERE kind = 'event'",
     true},
};
#define STEP_COUNT (sizeof steps / sizeof *steps)

static bool changes_a_file(uint64_t call, const uint64_t *arguments)
{
    static const uint64_t calls[] = {
        SYS_write,    SYS_pwrite64,  SYS_fsync,  SYS_fdatasync, SYS_ftruncate,
        SYS_unlinkat, SYS_renameat2, SYS_linkat, SYS_fchmod,
#ifdef SYS_unlink
        SYS_unlink,   SYS_rename,    SYS_link,
#endif
    };
    for (size_t i = 0; i < sizeof calls / sizeof *calls; i++)
        if (calls[i] == call)
            return true;
    return call == SYS_openat && (arguments[2] & O_CREAT);
}

/* ---- running ------------------------------------------------------------------------ */

static void become(const Scratch *scratch, const char *const *words, bool traced)
{
    const char *argv[WORDS_MOST + 2] = {program};
    int nowhere = open("/dev/null", O_RDWR);
    for (size_t i = 0; i < WORDS_MOST && words[i]; i++)
        argv[i + 1] = words[i];
    dup2(nowhere, 0), dup2(nowhere, 1), dup2(nowhere, 2);
    setenv("CASEWRIGHT_DB", scratch->path, 1);
    if (traced) /* the search for leaks traces too, and a process has one tracer */
        setenv("ASAN_OPTIONS", "detect_leaks=0", 1);
    if (chdir(scratch->folder) != 0 || (traced && ptrace(PTRACE_TRACEME, 0, 0, 0) != 0))
        _exit(120);
    execv(program, (char *const *)(uintptr_t)argv);
    _exit(121);
}

/* The exit code. */
static int run(const Scratch *scratch, const char *const *words)
{
    int status;
    pid_t child = fork();
    if (child == 0)
        become(scratch, words, false);
    assert_int_equal(waitpid(child, &status, 0), child);
    assert_true(WIFEXITED(status));
    return WEXITSTATUS(status);
}

/* Kills it before the `at`-th call that changes a file; true when it came that far.
 * *code is the exit code otherwise. */
static bool run_and_kill(const Scratch *scratch, const char *const *words, int at, int *code)
{
    int status, seen = 0;
    pid_t child = fork();
    if (child == 0)
        become(scratch, words, true);
    assert_int_equal(waitpid(child, &status, 0), child); /* stops at exec */
    if (WIFEXITED(status) && WEXITSTATUS(status) == 120)
        skip(); /* nothing can be traced here */
    ptrace(PTRACE_SETOPTIONS, child, 0, PTRACE_O_TRACESYSGOOD | PTRACE_O_EXITKILL);
    for (;;) {
        struct __ptrace_syscall_info call = {0};
        ptrace(PTRACE_SYSCALL, child, 0, 0);
        assert_int_equal(waitpid(child, &status, 0), child);
        if (WIFEXITED(status)) {
            *code = WEXITSTATUS(status);
            return false;
        }
        if (!WIFSTOPPED(status) || WSTOPSIG(status) != (SIGTRAP | 0x80))
            continue;
        ptrace(PTRACE_GET_SYSCALL_INFO, child, sizeof call, &call);
        uint64_t arguments[6];
        memcpy(arguments, call.entry.args, sizeof arguments);
        if (call.op == PTRACE_SYSCALL_INFO_ENTRY && changes_a_file(call.entry.nr, arguments) &&
            ++seen == at) {
            kill(child, SIGKILL);
            waitpid(child, &status, 0);
            return true;
        }
    }
}

/* ---- judging ------------------------------------------------------------------------ */

static void assert_whole(const Scratch *scratch)
{
    static const char *const verify[WORDS_MOST] = {"verify"};
    assert_int_equal(run(scratch, verify), 0);
}

static void assert_all_or_nothing(const Scratch *scratch, const Step *step, bool finished)
{
    bool there = access(scratch->path, F_OK) == 0;
    assert_true(there || (step == &steps[0] && !finished));
    int64_t count = 0;
    if (there) {
        assert_whole(scratch);
        count = tamper_ask(scratch->path, step->counts);
    }
    assert_in_range(count, finished ? 1 : 0, 1);
    int code = run(scratch, step->words);
    if (count == 0 || step->repeatable)
        assert_int_equal(code, 0);
    else
        assert_in_range(code, 1, 3); /* it is there already, says the program */
    assert_whole(scratch);
    if (step->words[0][0] != 'p') /* holding a role twice is harmless */
        assert_int_equal(tamper_ask(scratch->path, step->counts), 1);
}

static void empty_folder(const Scratch *scratch)
{
    DIR *folder = opendir(scratch->folder);
    for (struct dirent *at; (at = readdir(folder));)
        unlinkat(dirfd(folder), at->d_name, 0);
    closedir(folder);
}

/* The folder as it is before `step`: the flow, and the database made so far. */
static void lay_out(const Scratch *scratch, const uint8_t *database, size_t size)
{
    char path[160];
    empty_folder(scratch);
    snprintf(path, sizeof path, "%s/small.flow", scratch->folder);
    write_whole(path, (const uint8_t *)flow, sizeof flow - 1);
    if (!database)
        return;
    write_whole(scratch->path, database, size);
    assert_int_equal(chmod(scratch->path, 0600), 0);
}

static void kill_at_each_call(const Scratch *scratch, const Step *step, const uint8_t *database,
                              size_t size)
{
    int at = 1, code = 0;
    for (; at < CALLS_MOST; at++) {
        lay_out(scratch, database, size);
        bool killed = run_and_kill(scratch, step->words, at, &code);
        if (!killed)
            assert_int_equal(code, 0);
        assert_all_or_nothing(scratch, step, !killed);
        if (!killed)
            break;
    }
    assert_in_range(at, 10, CALLS_MOST - 1);
}

static void a_program_killed_at_any_moment_loses_nothing(void **state)
{
    Scratch *scratch = *state;
    uint8_t *database = NULL;
    size_t size = 0;
    if (!program)
        skip(); /* there is no program to kill */
    for (size_t i = 0; i < STEP_COUNT; i++) {
        kill_at_each_call(scratch, &steps[i], database, size);
        lay_out(scratch, database, size);
        assert_int_equal(run(scratch, steps[i].words), 0);
        free(database);
        database = read_whole(scratch->path, &size);
        assert_non_null(database);
    }
    free(database);
}

int main(int argc, char **argv)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(a_program_killed_at_any_moment_loses_nothing,
                                        scratch_set_up, scratch_tear_down),
    };
    char *full = argc > 1 ? realpath(argv[1], NULL) : NULL;
    program = full;
    int failed = cmocka_run_group_tests(tests, NULL, NULL);
    free(full);
    return failed;
}
