#include "bench.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/mem.h"
#include "compile/compile.h"
#include "lang/names.h"

double bench_seconds(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec + (double)now.tv_nsec * 1e-9;
}

double bench_cpu(void)
{
    struct timespec now;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
    return (double)now.tv_sec + (double)now.tv_nsec * 1e-9;
}

static bool take_file(const char *file, char **path, char **text, size_t *length)
{
    FILE *in = fopen(file, "rb");
    Text bytes = {0};
    char part[65536];
    if (!in)
        return false;
    for (size_t n; (n = fread(part, 1, sizeof part, in)) > 0;)
        text_add_bytes(&bytes, part, n);
    fclose(in);
    *path = mem_strdup(file);
    *length = bytes.length;
    *text = text_take(&bytes);
    return true;
}

/* The main file as it is named; what it uses from the standard library; scenarios
 * ("workflows/cre.scenarios") beside it. */
static bool read_file(void *context, const char *name, const char *from, char **path,
                      char **text, size_t *length, Error *err)
{
    char file[300];
    (void)context;
    snprintf(file, sizeof file, from ? "stdlib/%s.flow" : "%s", name);
    if (take_file(file, path, text, length))
        return true;
    snprintf(file, sizeof file, "workflows/%s.flow", name);
    return (from && take_file(file, path, text, length)) ||
           error_kind(err, ERROR_NOT_FOUND, "no file '%s'", name);
}

Program *bench_compile(Bundle *bundle, const char *path)
{
    Error err = {0};
    Program *program = NULL;
    memset(bundle, 0, sizeof *bundle);
    if (bundle_load(bundle, path, read_file, NULL, &err) && !bundle->diags.errors) {
        names_resolve(bundle);
        if (!bundle->diags.errors)
            program = compile_bundle(bundle, &err);
    }
    if (program)
        return program;
    const char *text = bundle->diags.count ? bundle->diags.items[0]->text : err.text;
    fprintf(stderr, "bench: '%s' does not compile: %s\n", path, text);
    exit(1);
}

bool bench_give(void *context, const char *name, const char *from, char **path, char **text,
                size_t *length, Error *err)
{
    const Text *flow = context;
    if (from) /* it uses nothing, and has no scenarios */
        return error_kind(err, ERROR_NOT_FOUND, "no file '%s'", name);
    *path = mem_strdup(name);
    *text = mem_strndup(flow->data, flow->length);
    *length = flow->length;
    return true;
}

static int compare(const void *left, const void *right)
{
    double a = *(const double *)left, b = *(const double *)right;
    return a < b ? -1 : a > b;
}

double bench_median(double times[BENCH_RUNS])
{
    qsort(times, BENCH_RUNS, sizeof *times, compare);
    return times[BENCH_RUNS / 2];
}
