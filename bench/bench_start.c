/* A whole process: reading and checking a real policy, against the sqlite3 shell
 * starting with an empty database in memory and ending. */
#include <fcntl.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

#include "bench.h"

#define TIMES 40

extern char **environ;

static double run(char *const words[])
{
    posix_spawn_file_actions_t actions;
    pid_t process;
    int status;
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_addopen(&actions, 1, "/dev/null", O_WRONLY, 0);
    double start = bench_seconds();
    if (posix_spawnp(&process, words[0], &actions, NULL, words, environ) != 0 ||
        waitpid(process, &status, 0) < 0 || status != 0) {
        fprintf(stderr, "bench: '%s' failed\n", words[0]);
        exit(1);
    }
    double time = bench_seconds() - start;
    posix_spawn_file_actions_destroy(&actions);
    return time;
}

static int compare(const void *left, const void *right)
{
    double a = *(const double *)left, b = *(const double *)right;
    return a < b ? -1 : a > b;
}

int main(int count, char **words)
{
    double ours[TIMES], theirs[TIMES];
    char *program = count > 1 ? words[1] : "build/casewright";
    char *const check[] = {program, "check", "workflows/cre.flow", NULL};
    char *const shell[] = {"sqlite3", ":memory:", "", NULL};
    for (int i = 0; i < TIMES; i++) {
        ours[i] = run(check);
        theirs[i] = run(shell);
    }
    qsort(ours, TIMES, sizeof *ours, compare);
    qsort(theirs, TIMES, sizeof *theirs, compare);
    printf("start: check workflows/cre.flow %.2f ms, sqlite3 :memory: \"\" %.2f ms: %.2f times"
           " (aim 1)\n",
           ours[TIMES / 2] * 1e3, theirs[TIMES / 2] * 1e3, ours[TIMES / 2] / theirs[TIMES / 2]);
    return 0;
}
