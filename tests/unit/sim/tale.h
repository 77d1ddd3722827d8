/* Scenarios from a text, for the tests of src/sim: a flow with its scenarios is
 * compiled, and each can be run by its place in the text. */
#pragma once

#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include "lang/bundle.h"
#include "sim/scenario.h"

typedef struct Tale {
    Bundle bundle;
    Program *program;
    Coverage coverage;
    ScenarioResult result; /* of the last run */
} Tale;

/* A flow with a calendar of plain weeks, two roles, tasks, a track and a rule; the
 * scenarios come after it. */
extern const char tale_flow[];

/* `flow` and `scenarios` one after the other; must compile. */
void tale_begin(Tale *tale, const char *flow, const char *scenarios);
/* A flow of the repository, by its path from the root. */
void tale_begin_file(Tale *tale, const char *file);
void tale_end(Tale *tale);

/* The n-th scenario, from 0. True when everything held. */
bool tale_run(Tale *tale, int n);
/* Its only scenario, from `given` on; the lines are those of one scenario. */
void assert_holds(const char *lines);
/* The first failure must be of this kind and stand at this text. */
void assert_fails(const char *lines, FailureKind kind, const char *at);
