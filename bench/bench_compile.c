/* Generated flows of 1,000, 10,000 and 100,000 lines: text to verified program,
 * against the lexer alone on the same bytes. Linear, or something is wrong. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/text.h"
#include "bench.h"
#include "compile/compile.h"
#include "lang/lexer.h"
#include "lang/names.h"

#define AIM         6.0
#define STATE_LINES 11

static void write_flow(Text *flow, int lines)
{
    text_add(flow, "workflow big \"Big\" version \"1\" in force from 1 January 2001\n"
                   "  uses calendar weeks\n"
                   "calendar weeks \"Weeks\"\n"
                   "  working Monday to Friday from 09:00 to 17:00\n"
                   "  covers 2000 to 2040\n"
                   "role worker \"Worker\"\nrole manager \"Manager\"\n"
                   "fact risk \"Risk\" one of low, medium, high\n"
                   "event begin \"Begin\" by anyone opens a case\n"
                   "state start \"Start\" starts here\n  on begin go to s0\n");
    int states = lines / STATE_LINES;
    for (int i = 0; i < states; i++) {
        char next[24];
        snprintf(next, sizeof next, i + 1 < states ? "s%d" : "closed", i + 1);
        text_addf(flow,
                  "\n# step %d of the work\n# which goes on to the next one\n"
                  "state s%d \"Step %d\"\n"
                  "  task do-%d \"Do the work of step %d\" by worker\n"
                  "    within 3 working days of entering\n"
                  "    records risk\n"
                  "    if missed notify manager\n"
                  "  on do-%d\n"
                  "    go to %s when risk is one of low, medium\n"
                  "    stay and notify manager otherwise\n",
                  i, i, i, i, i, i, next);
    }
    text_add(flow, "state closed \"Closed\" ends here\n");
}

static double compile(Text *flow)
{
    Bundle bundle = {0};
    Error err = {0};
    double start = bench_cpu();
    Program *program = NULL;
    if (bundle_load(&bundle, "big.flow", bench_give, flow, &err)) {
        names_resolve(&bundle);
        program = bundle.diags.errors ? NULL : compile_bundle(&bundle, &err);
    }
    double time = bench_cpu() - start;
    if (!program) {
        fprintf(stderr, "bench: %s\n",
                bundle.diags.count ? bundle.diags.items[0]->text : err.text);
        exit(1);
    }
    program_free(program);
    bundle_clear(&bundle);
    return time;
}

static double lex(const Text *flow)
{
    KeywordTable table = {0};
    Lexer lexer;
    size_t tokens = 0;
    keyword_table_fill(&table);
    double start = bench_cpu();
    lexer_start(&lexer, &table, flow->data, flow->length);
    while (lexer_next(&lexer).code != 0)
        tokens++;
    double time = bench_cpu() - start;
    if (tokens == 0)
        exit(1);
    return time;
}

int main(void)
{
    static const int sizes[] = {1000, 10000, 100000};
    for (int i = 0; i < 3; i++) {
        double compile_times[BENCH_RUNS], lex_times[BENCH_RUNS];
        Text flow = {0};
        write_flow(&flow, sizes[i]);
        for (int run = 0; run < BENCH_RUNS; run++) {
            compile_times[run] = compile(&flow);
            lex_times[run] = lex(&flow);
        }
        double a = bench_median(compile_times), b = bench_median(lex_times);
        printf("compile: %6d lines, %4zu KiB: %8.3f ms (%.2f us a line), lexer alone %7.3f ms:"
               " %.1f times (aim %.0f)\n",
               sizes[i], flow.length / 1024, a * 1e3, a * 1e6 / sizes[i], b * 1e3, a / b, AIM);
        text_clear(&flow);
    }
    return 0;
}
