/* What the benchmarks share: a clock, a flow from a file, the median of a few
 * runs. Ratios come from one run of one program; figures of different machines are
 * never compared. */
#pragma once

#include <stddef.h>

#include "bytecode/program.h"
#include "lang/bundle.h"

double bench_seconds(void); /* monotonic */
double bench_cpu(void);     /* of this process: not disturbed by what else runs */

/* Loads, resolves and compiles a flow file; ends the program with a message when
 * it cannot. The caller frees both. */
Program *bench_compile(Bundle *bundle, const char *path);

/* A BundleReader for a flow that is a Text in memory, whatever it is called. */
bool bench_give(void *context, const char *name, const char *from, char **path, char **text,
                size_t *length, Error *err);

#define BENCH_RUNS 5
double bench_median(double times[BENCH_RUNS]); /* sorts them */
