/* All checks of generated flows of 10 to 10,000 states: how their time grows. No
 * check may be worse than quadratic. Then how fast stories of a real flow are tried, and how
 * long they get within the bound. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "analysis/explore.h"
#include "base/limits.h"
#include "base/mem.h"
#include "base/text.h"
#include "bench.h"
#include "compile/compile.h"
#include "lang/names.h"

/* A line of as many states, the first and the last among them, with choices on facts, limits
 * and a way back. */
static void write_flow(Text *flow, int states)
{
    const int steps = states - 2;
    text_add(flow, "workflow big \"Big\" version \"1\" in force from 1 January 2001\n"
                   "  uses calendar weeks\n"
                   "calendar weeks \"Weeks\"\n"
                   "  working Monday to Friday from 09:00 to 17:00\n"
                   "  covers 2000 to 2040\n"
                   "role worker \"Worker\"\nrole manager \"Manager\"\n"
                   "fact risk \"Risk\" one of low, medium, high\n"
                   "fact score \"Score\" number from 0 to 100\n"
                   "event begin \"Begin\" by anyone opens a case\n"
                   "state start \"Start\" starts here\n  on begin go to s0\n");
    for (int i = 0; i < steps; i++) {
        char next[24];
        snprintf(next, sizeof next, i + 1 < steps ? "s%d" : "closed", i + 1);
        text_addf(flow,
                  "state s%d \"Step %d\"\n"
                  "  task do-%d \"Do the work of step %d\" by worker\n"
                  "    within 3 working days of entering\n"
                  "    records risk\n"
                  "    records score\n"
                  "    if missed notify manager\n"
                  "  on do-%d\n"
                  "    go to %s when risk is one of low, medium\n"
                  "    go to s%d when risk is high and score is under 50\n"
                  "    stay and notify manager otherwise\n",
                  i, i, i, i, i, next, i / 2);
    }
    text_add(flow, "state closed \"Closed\" ends here\n"
                   "never closed when risk is high\n");
}

/* Seconds that the checks alone take. */
static double check(Text *flow)
{
    Bundle bundle = {0};
    Error err = {0};
    Program *program = NULL;
    AnalysisOptions options = {.today = DAY_NONE};
    if (bundle_load(&bundle, "big.flow", bench_give, flow, &err)) {
        names_resolve(&bundle);
        program = bundle.diags.errors ? NULL : compile_bundle(&bundle, &err);
    }
    if (!program) {
        fprintf(stderr, "bench: %s\n",
                bundle.diags.count ? bundle.diags.items[0]->text : err.text);
        exit(1);
    }
    double start = bench_cpu();
    analysis_run(&bundle, program, &options);
    double time = bench_cpu() - start;
    program_free(program);
    bundle_clear(&bundle);
    return time;
}

static bool go_on(void *context, Explorer *explorer, uint32_t step, const int64_t *record)
{
    (void)context;
    (void)explorer;
    (void)step;
    (void)record;
    return true;
}

static void time_search(const char *path)
{
    Bundle bundle;
    Program *program = bench_compile(&bundle, path);
    AnalysisOptions options = {.today = DAY_NONE};
    Analysis analysis;
    Explorer explorer;
    analysis_begin(&analysis, &bundle, program, &options);
    explorer_begin(&analysis, &explorer);
    double start = bench_cpu();
    explore(&explorer, go_on, NULL);
    double time = bench_cpu() - start;
    printf("search: %s: every story of up to %u steps, %u entries in %.0f ms, %.1f us each\n",
           path, explorer.depth - 1, explorer.tries, time * 1e3, time * 1e6 / explorer.tries);
    explorer_clear(&explorer);
    analysis_end(&analysis);
    program_free(program);
    bundle_clear(&bundle);
}

int main(void)
{
    double before = 0;
    for (int states = 10; states <= (int)LIMIT_STATES; states *= 10) {
        double times[BENCH_RUNS];
        Text flow = {0};
        write_flow(&flow, states);
        for (int run = 0; run < BENCH_RUNS; run++)
            times[run] = check(&flow);
        double time = bench_median(times);
        printf("check: %5d states: %9.3f ms, %.1f us a state", states, time * 1e3,
               time * 1e6 / states);
        if (before > 0)
            printf(" (%.1f times the one before)", time / before);
        printf("\n");
        before = time;
        text_clear(&flow);
    }
    time_search("workflows/cre.flow");
    time_search("workflows/cse.flow");
    return 0;
}
