/* Scenarios a second: those of both policies, over and over. */
#include <stdio.h>
#include <stdlib.h>

#include "bench.h"
#include "sim/scenario.h"

#define ROUNDS 200

int main(void)
{
    static const char *const flows[] = {"workflows/cre.flow", "workflows/cse.flow"};
    for (int i = 0; i < 2; i++) {
        Bundle bundle;
        Program *program = bench_compile(&bundle, flows[i]);
        size_t count = 0, failed = 0;
        double start = bench_cpu();
        for (int round = 0; round < ROUNDS; round++)
            for (const ScenarioAst *scenario = bundle.flow.scenarios; scenario;
                 scenario = scenario->next, count++) {
                ScenarioResult result;
                failed += !scenario_run(&bundle, program, scenario, NULL, &result);
                scenario_result_clear(&result);
            }
        double time = bench_cpu() - start;
        printf("scenarios: %s: %.0f a second (%zu of them, %zu failed)\n", flows[i],
               (double)count / time, count / ROUNDS, failed / ROUNDS);
        program_free(program);
        bundle_clear(&bundle);
        if (failed)
            return 1;
    }
    return 0;
}
