#include "cli/replay_run.h"

#include <assert.h>
#include <stdlib.h>

#include "api/engine.h"
#include "base/limits.h"
#include "base/mem.h"
#include "cli/process.h"

/* ---- how the work is spread -------------------------------------------------------- */

static bool read_number(const char **at, unsigned most, unsigned *value)
{
    char *end;
    if (**at < '1' || **at > '9')
        return false;
    unsigned long read = strtoul(*at, &end, 10);
    *at = end;
    *value = (unsigned)read;
    return read <= most;
}

static bool read_jobs(const char *text, unsigned *jobs, Error *err)
{
    const char *at = text;
    if (!text || (read_number(&at, LIMIT_JOBS, jobs) && *at == '\0'))
        return true;
    return error_kind(err, ERROR_USAGE, "--jobs takes a number from 1 to %u, not '%s'",
                      LIMIT_JOBS, text);
}

/* People count from 1. */
static bool read_shard(const char *text, LogRequest *request, Error *err)
{
    const char *at = text;
    unsigned shard, shards;
    if (!text)
        return true;
    if (!read_number(&at, LIMIT_SHARDS, &shard) || *at++ != '/' ||
        !read_number(&at, LIMIT_SHARDS, &shards) || *at != '\0' || shard > shards)
        return error_kind(err, ERROR_USAGE,
                          "--shard takes which part of how many, such as 3/16, up to %u, not "
                          "'%s'",
                          LIMIT_SHARDS, text);
    request->shard = shard - 1;
    request->shards = shards;
    return true;
}

bool spread_read(const Invocation *call, LogRequest *request, Error *err)
{
    if (!read_jobs(option_text(call, "jobs"), &request->jobs, err) ||
        !read_shard(option_text(call, "shard"), request, err))
        return false;
    return !request->shards || option_given(call, "as-of") ||
           error_kind(err, ERROR_USAGE,
                      "--shard needs --as-of DATE: each part of a log ends at another moment, "
                      "and their results could not be merged");
}

/* ---- running ------------------------------------------------------------------------- */

static void begin_worker(ReplayRun *run, unsigned number, const char *hash)
{
    ReplayWorker *worker = &run->workers[number];
    ResultWords words = replay_words(&run->words);
    (number == 0 ? result_begin : result_begin_more)(&worker->result, run->bundle, run->program,
                                                     &run->binding, &run->options);
    worker->result.head.hash = arena_strdup(&worker->result.arena, hash);
    worker->tally = tally_new(&worker->result, run->bundle, run->program, &run->binding, &words,
                              run->keep_cases);
    worker->replayer = replayer_new(run->bundle, run->program, &run->binding, &run->options);
}

static bool begin_compare(ReplayRun *run, const Log *log, Error *err)
{
    const CompareSide first = {run->bundle, run->program, &run->binding, NULL};
    return !run->compare ||
           compare_run_begin(run->compare, &first, log, &run->input->mapping, &run->options,
                             &run->workers[0].result.head, run->worker_count, err);
}

static bool begin(void *context, const Log *log, Error *err)
{
    ReplayRun *run = context;
    char hash[65];
    const Bundle *second = run->compare ? &run->compare->bundle : NULL;
    if (!binding_make_beside(&run->binding, run->bundle, run->program, second, log,
                             &run->input->mapping, err))
        return false;
    flow_hash(run->bundle, hash);
    calendar_prepare(run->program->calendar);
    for (unsigned i = 0; i < run->worker_count; i++)
        begin_worker(run, i, hash);
    return begin_compare(run, log, err);
}

static bool visit_part(void *context, unsigned number, uint32_t part_number,
                       const LogPart *part, Error *err)
{
    ReplayRun *run = context;
    ReplayWorker *worker = &run->workers[number];
    (void)part_number;
    for (uint32_t i = 0; i < part->case_count; i++) {
        CaseResult one;
        if (process_interrupted())
            return error_kind(err, (ErrorKind)process_exit_code(process_interrupted()),
                              "stopped before the log was replayed: nothing was written");
        replay_case(worker->replayer, part, &part->cases[i], &one);
        tally_add(worker->tally, part, &one);
        if (run->compare)
            compare_run_case(run->compare, number, part, &part->cases[i], &one);
        for (unsigned k = 0; k < run->listener_count; k++)
            if (!run->listeners[k].visit(run->listeners[k].context, number, part, &one,
                                         worker->replayer, err))
                return false;
    }
    return true;
}

static bool join(ReplayRun *run, Error *err)
{
    for (unsigned i = 0; i < run->worker_count; i++) {
        tally_free(run->workers[i].tally);
        run->workers[i].tally = NULL;
    }
    for (unsigned i = 1; i < run->worker_count; i++)
        if (!result_merge(&run->workers[0].result, &run->workers[i].result, err))
            return false;
    return !run->compare || compare_run_end(run->compare, err);
}

void replay_run_tell(ReplayRun *run, ReplayCaseVisit visit, void *context)
{
    assert(run->listener_count < REPLAY_LISTENERS);
    run->listeners[run->listener_count++] = (ReplayListener){visit, context};
}

unsigned replay_run_workers(const ReplayRun *run)
{
    return run->input->request.jobs > 1 ? run->input->request.jobs : 1;
}

bool replay_run(ReplayRun *run, Error *err)
{
    LogRequest *request = &run->input->request;
    run->words = (ReplayWords){run->bundle, run->program};
    if (!run->input->mapping.has_zone) {
        request->zone = run->program->zone;
        request->has_zone = true;
    }
    log_input_offer(run->input, run->program);
    run->worker_count = replay_run_workers(run);
    run->workers = mem_alloc_array(run->worker_count, sizeof *run->workers);
    return log_visit(request, begin, visit_part, run, &run->log, err) && join(run, err);
}

void replay_run_clear(ReplayRun *run)
{
    for (unsigned i = 0; i < run->worker_count; i++) {
        tally_free(run->workers[i].tally);
        replayer_free(run->workers[i].replayer);
        result_clear(&run->workers[i].result);
    }
    free(run->workers);
    binding_clear(&run->binding);
    log_clear(&run->log);
    *run = (ReplayRun){0};
}
