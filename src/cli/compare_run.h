/* The second flow of `replay --against`: what is needed for it, one set for each
 * thread. It goes beside a ReplayRun, which judges each case by the first. */
#pragma once

#include "cli/command.h"
#include "render/compare_words.h"
#include "render/replay_words.h"
#include "replay/compare.h"

typedef struct CompareWorker {
    Comparison comparison; /* of worker 0: the whole, once compare_run_end is done */
    Comparer *comparer;
} CompareWorker;

typedef struct CompareRun {
    Bundle bundle; /* of the second flow, as the next two */
    Program *program;
    Binding binding;
    FlowDifference difference;
    Trials trials;
    ReplayWords words_a, words_b;
    ResultWords results_a, results_b;
    CompareTelling telling;
    CompareSetup setup;
    CompareWorker *workers; /* owned */
    unsigned worker_count;
} CompareRun;

/* Reads and compiles the second flow, and what it says differently from `first`.
 * compare_run_clear ends it in any case. */
bool compare_run_read(CompareRun *run, const Invocation *call, const char *file,
                      const Bundle *first, Error *err);

/* Once the log's names are known. `head` is the first flow's, complete. */
bool compare_run_begin(CompareRun *run, const CompareSide *first, const Log *log,
                       const Mapping *mapping, const ReplayOptions *options,
                       const ResultHead *head, unsigned worker_count, Error *err);
/* A case that the first flow judged as `a`. */
void compare_run_case(CompareRun *run, unsigned worker, const LogPart *part, const LogCase *one,
                      const CaseResult *a);
/* Adds up what the threads have. */
bool compare_run_end(CompareRun *run, Error *err);

static inline const Comparison *compare_run_comparison(const CompareRun *run)
{
    return &run->workers[0].comparison;
}
void compare_run_clear(CompareRun *run);
