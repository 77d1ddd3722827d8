#include "cli/compare_run.h"

#include <stdlib.h>

#include "api/engine.h"
#include "base/mem.h"
#include "cli/flow_read.h"
#include "cli/target.h"

/* What is written must not take the place of the second flow either. */
static bool spare_second(const Invocation *call, const Bundle *bundle, Error *err)
{
    static const char *const targets[] = {"output", "report"};
    for (size_t i = 0; i < sizeof targets / sizeof *targets; i++) {
        const char *path = option_text(call, targets[i]);
        if (path && !target_check(path, option_given(call, "force"), bundle, NULL, 0, err))
            return false;
    }
    return true;
}

bool compare_run_read(CompareRun *run, const Invocation *call, const char *file,
                      const Bundle *first, Error *err)
{
    run->program = flow_compile(call, file, &run->bundle, err);
    if (!run->program || !spare_second(call, &run->bundle, err))
        return false;
    flow_difference(&run->difference, first, &run->bundle);
    trials_make(&run->trials, &run->difference);
    return true;
}

/* What is said of a run of the second flow; its texts live in `result`. */
static void second_head(const CompareRun *run, Result *result)
{
    char hash[65];
    result_begin_more(result, &run->bundle, run->program, &run->binding, &run->setup.options);
    flow_hash(&run->bundle, hash);
    result->head.hash = arena_strdup(&result->arena, hash);
}

static void begin_workers(CompareRun *run, const ResultHead *head)
{
    Result second = {0};
    second_head(run, &second);
    run->workers = mem_alloc_array(run->worker_count, sizeof *run->workers);
    for (unsigned i = 0; i < run->worker_count; i++) {
        CompareWorker *worker = &run->workers[i];
        comparison_begin(&worker->comparison, &run->setup, head, &second.head);
        worker->comparer = comparer_new(&worker->comparison, &run->setup);
    }
    result_clear(&second);
}

bool compare_run_begin(CompareRun *run, const CompareSide *first, const Log *log,
                       const Mapping *mapping, const ReplayOptions *options,
                       const ResultHead *head, unsigned worker_count, Error *err)
{
    if (!binding_make_beside(&run->binding, &run->bundle, run->program, first->bundle, log,
                             mapping, err))
        return false;
    calendar_prepare(run->program->calendar);
    trials_bind(&run->trials, &run->difference, log, mapping);
    run->worker_count = worker_count;
    run->words_a = (ReplayWords){first->bundle, first->program};
    run->words_b = (ReplayWords){&run->bundle, run->program};
    run->results_a = replay_words(&run->words_a);
    run->results_b = replay_words(&run->words_b);
    run->telling = (CompareTelling){&run->difference, head->as_of};
    run->setup = (CompareSetup){
        .a = *first,
        .b = {&run->bundle, run->program, &run->binding, &run->results_b},
        .difference = &run->difference,
        .trials = &run->trials,
        .options = *options,
        .words = compare_words(&run->telling),
    };
    run->setup.a.words = &run->results_a;
    run->setup.options.as_of = head->as_of; /* one day for both, whatever their zones */
    begin_workers(run, head);
    return true;
}

void compare_run_case(CompareRun *run, unsigned worker, const LogPart *part, const LogCase *one,
                      const CaseResult *a)
{
    comparer_add(run->workers[worker].comparer, part, one, a);
}

bool compare_run_end(CompareRun *run, Error *err)
{
    for (unsigned i = 1; i < run->worker_count; i++)
        if (!comparison_merge(&run->workers[0].comparison, &run->workers[i].comparison, err))
            return false;
    return true;
}

void compare_run_clear(CompareRun *run)
{
    for (unsigned i = 0; run->workers && i < run->worker_count; i++) {
        comparer_free(run->workers[i].comparer);
        comparison_clear(&run->workers[i].comparison);
    }
    free(run->workers);
    trials_clear(&run->trials);
    flow_difference_clear(&run->difference);
    binding_clear(&run->binding);
    program_free(run->program);
    bundle_clear(&run->bundle);
    *run = (CompareRun){0};
}
