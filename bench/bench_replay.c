/* A log of past cases, from the CSV file to the result: the program, started as people
 * start it, against the same written by hand (hand_replay.c). One thread and two; how
 * time and memory grow with the log. Both sides must count the same.
 *
 *     bench_replay PROGRAM [MOST]     events of the largest log; 1000000 unless said */
#include <fcntl.h>
#include <inttypes.h>
#include <jansson.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include "bare.h"
#include "bench.h"
#include "hand_replay.h"

#define AIM      2.0
#define AIM_JOBS 0.9

extern char **environ;

static char folder[] = "/tmp/casewright-bench-XXXXXX";
static char csv[80], result[80];

typedef struct Run {
    double seconds; /* the least of a few */
    long kilobytes; /* the most it held in memory */
} Run;

/* ---- the two sides ---------------------------------------------------------------- */

static pid_t start_ours(char *program, char *jobs)
{
    char *const words[] = {program,  "replay", "bench/small.flow", csv,
                           "--jobs", jobs,     "--json",           NULL};
    posix_spawn_file_actions_t actions;
    pid_t process;
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_addopen(&actions, 1, result, O_WRONLY | O_CREAT | O_TRUNC, 0600);
    must(posix_spawn(&process, program, &actions, NULL, words, environ) == 0, "no program");
    posix_spawn_file_actions_destroy(&actions);
    return process;
}

/* A process of its own too, so that both begin with nothing in their memory. */
static pid_t start_hand(int threads)
{
    pid_t process = fork();
    must(process >= 0, "cannot fork");
    if (process != 0)
        return process;
    HandReplay sums;
    FILE *out = fopen(result, "w");
    if (!out || !hand_replay(csv, threads, &sums))
        _exit(1);
    fprintf(out, "%" PRIu64 " %" PRIu64 " %" PRIu64 " %" PRIu64 " %" PRIu64 "\n", sums.cases,
            sums.sums.met, sums.sums.late, sums.open_overdue, sums.sums.closed_cases);
    _exit(fclose(out) == 0 ? 0 : 1);
}

static Run best_of(int times, char *program, int threads)
{
    Run best = {.seconds = 1e9};
    char jobs[8];
    snprintf(jobs, sizeof jobs, "%d", threads);
    for (int i = 0; i < times; i++) {
        struct rusage used;
        int status;
        double begun = bench_seconds();
        pid_t process = program ? start_ours(program, jobs) : start_hand(threads);
        must(wait4(process, &status, 0, &used) == process && status == 0, "a run failed");
        double seconds = bench_seconds() - begun;
        best.seconds = seconds < best.seconds ? seconds : best.seconds;
        best.kilobytes = used.ru_maxrss > best.kilobytes ? used.ru_maxrss : best.kilobytes;
    }
    return best;
}

/* ---- the result lines -------------------------------------------------------------- */

typedef struct Sums {
    uint64_t cases, met, late, open_overdue, closed;
} Sums;

static uint64_t number_of(const json_t *object, const char *key)
{
    return (uint64_t)json_integer_value(json_object_get(object, key));
}

static Sums line_of_ours(void)
{
    json_t *all = json_load_file(result, 0, NULL), *duty;
    size_t at;
    must(json_is_object(all), "the result cannot be read");
    Sums line = {.cases = number_of(all, "cases"), .closed = number_of(all, "closed")};
    json_array_foreach(json_object_get(all, "duties"), at, duty)
    {
        line.met += number_of(duty, "in_time");
        line.late += number_of(duty, "late");
        line.open_overdue += number_of(duty, "open_overdue");
    }
    json_decref(all);
    return line;
}

static Sums line_of_hand(void)
{
    Sums line = {0};
    FILE *in = fopen(result, "r");
    must(in && fscanf(in, "%" SCNu64 "%" SCNu64 "%" SCNu64 "%" SCNu64 "%" SCNu64, &line.cases,
                      &line.met, &line.late, &line.open_overdue, &line.closed) == 5,
         "no result");
    fclose(in);
    return line;
}

static bool check_lines(const Sums *ours, const Sums *hand)
{
    if (memcmp(ours, hand, sizeof *ours) == 0)
        return true;
    printf("replay: THE TWO DO NOT AGREE: cases %" PRIu64 "/%" PRIu64 " met %" PRIu64
           "/%" PRIu64 " late %" PRIu64 "/%" PRIu64 " overdue %" PRIu64 "/%" PRIu64
           " closed %" PRIu64 "/%" PRIu64 "\n",
           ours->cases, hand->cases, ours->met, hand->met, ours->late, hand->late,
           ours->open_overdue, hand->open_overdue, ours->closed, hand->closed);
    return false;
}

/* ---- one size ------------------------------------------------------------------------- */

static void make_log(size_t count)
{
    LogEntry *entries = log_make_clean(count, 20210201);
    must(log_write_csv(entries, count, csv), "cannot write the log");
    free(entries);
}

static bool measure(char *program, size_t events, bool both)
{
    int times = events > 1000000 ? 1 : 3;
    make_log(events);
    Run ours = best_of(times, program, 1);
    Sums our_line = line_of_ours();
    Run hand = best_of(times, NULL, 1);
    Sums hand_line = line_of_hand();
    double each = 1e9 / (double)events;
    printf(
        "replay, %zu events: %.0f ns an event, by hand %.0f ns: %.1f times (aim %.0f); at most "
        "%ld MiB, by hand %ld MiB\n",
        events, ours.seconds * each, hand.seconds * each, ours.seconds / hand.seconds, AIM,
        ours.kilobytes / 1024, hand.kilobytes / 1024);
    if (both) {
        Run ours_two = best_of(times, program, 2), hand_two = best_of(times, NULL, 2);
        double gain = ours.seconds / ours_two.seconds, theirs = hand.seconds / hand_two.seconds;
        printf("replay, two jobs: %.2f times as fast as one, by hand %.2f: %.2f of its gain "
               "(aim %.1f)\n",
               gain, theirs, gain / theirs, AIM_JOBS);
    }
    return check_lines(&our_line, &hand_line);
}

int main(int count, char **words)
{
    char *program = count > 1 ? words[1] : "build/casewright";
    size_t most = count > 2 ? (size_t)strtoul(words[2], NULL, 10) : 1000000;
    bool same = true;
    must(mkdtemp(folder) != NULL, "cannot make a temporary folder");
    snprintf(csv, sizeof csv, "%s/log.csv", folder);
    snprintf(result, sizeof result, "%s/result", folder);
    setvbuf(stdout, NULL, _IOLBF, 0);
    for (size_t events = 10000; events <= most; events *= 10)
        same = measure(program, events, events == 1000000) && same;
    bare_clean(folder);
    rmdir(folder);
    return same ? 0 : 1;
}
