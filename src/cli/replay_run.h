/* A log replayed through a flow: what is needed for it, one set for each thread, and
 * the visiting of parts. Shared by replay and by whatever builds on its result. */
#pragma once

#include "cli/command.h"
#include "cli/compare_run.h"
#include "cli/log_options.h"
#include "render/replay_words.h"
#include "replay/result.h"

/* How the work is spread: for the option tables of such commands. */
#define SPREAD_OPTIONS                                                                         \
    {"jobs", 'j', false, "N",                                                                  \
     "how many threads work at once (default: 1); the result is the same"},                    \
    {                                                                                          \
        "shard", 0, false, "I/N",                                                              \
            "only the cases of part I of N, by their ids, for several machines: 1/16; needs "  \
            "--as-of"                                                                          \
    }

/* Reads them. */
bool spread_read(const Invocation *call, LogRequest *request, Error *err);

/* Told each case after it was judged; from as many threads at once as there are jobs,
 * `worker` telling which. */
typedef bool (*ReplayCaseVisit)(void *context, unsigned worker, const LogPart *part,
                                const CaseResult *one, const Replayer *replayer, Error *err);

typedef struct ReplayListener {
    ReplayCaseVisit visit;
    void *context;
} ReplayListener;

enum { REPLAY_LISTENERS = 4 };

typedef struct ReplayWorker {
    Result result; /* of worker 0: the whole, once replay_run is done */
    Tally *tally;
    Replayer *replayer;
} ReplayWorker;

typedef struct ReplayRun {
    const Bundle *bundle; /* borrowed, as the next two */
    const Program *program;
    LogInput *input;
    ReplayOptions options;
    ReplayWords words;
    CompareRun *compare; /* borrowed: the second flow, read; NULL: none */
    bool keep_cases;     /* a line for each case in the result */
    ReplayListener listeners[REPLAY_LISTENERS];
    unsigned listener_count;
    Log log;
    Binding binding;
    ReplayWorker *workers; /* owned */
    unsigned worker_count;
} ReplayRun;

/* Has `visit` told of each case; before replay_run. */
void replay_run_tell(ReplayRun *run, ReplayCaseVisit visit, void *context);
/* How many workers there will be, as the request of the input says. */
unsigned replay_run_workers(const ReplayRun *run);
/* Reads the log and replays it. False: the world failed, the mapping does not fit the
 * flow, or the program was told to end. */
bool replay_run(ReplayRun *run, Error *err);
static inline Result *replay_run_result(const ReplayRun *run)
{
    return &run->workers[0].result;
}
void replay_run_clear(ReplayRun *run);
