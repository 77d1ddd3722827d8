/* Runs the `scenario` blocks of a flow on the same vm that runs live cases, with
 * the dates that they say for a clock. What did not hold is handed up as data: the
 * line, and the case as it was at that moment, so that whoever reports it can say
 * what was got instead and why. Nothing is printed here. */
#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"
#include "lang/bundle.h"
#include "lang/scenario_ast.h"
#include "sim/coverage.h"
#include "vm/vm.h"

/* One condition that was looked at in a step. */
typedef struct Judged {
    CodeRef condition;
    Truth truth;
} Judged;

typedef enum FailureKind {
    FAILED_CHECK,   /* a `then` that does not hold */
    FAILED_REFUSED, /* a `when` that was refused, and nothing says that it should be */
    FAILED_STORY    /* the scenario cannot be told that way: `text` says why */
} FailureKind;

typedef struct Failure {
    FailureKind kind;
    Span span;
    const ThenCheck *check; /* FAILED_CHECK */
    const WhenStep *when;   /* FAILED_REFUSED, and the step before a check; may be NULL */
    const char *text;       /* FAILED_STORY: a sentence without full stop */
    bool attempted; /* `refusal` is what came of the last try of the event in question */
    Refusal refusal;
    const int64_t *record;    /* the case at that moment */
    const Happened *happened; /* since the checks before */
    uint32_t happened_count;
    const Judged *judged; /* since the checks before */
    uint32_t judged_count;
} Failure;

/* What a text or person fact was said to be. */
typedef struct ScenarioText {
    int64_t entry;
    uint32_t fact;
    const char *text;
} ScenarioText;

typedef struct ScenarioResult {
    const ScenarioAst *scenario;
    Arena arena; /* owned; everything below lives in it */
    const Failure *failures;
    uint32_t failure_count, check_count;
    const char *const *persons; /* person n is persons[n - 1] */
    uint32_t person_count;
    const ScenarioText *texts;
    uint32_t text_count;
    const int64_t *last; /* the case at the end */
    bool reached_end;    /* no step stopped the story */
} ScenarioResult;

/* The flow of `bundle` must be resolved and without errors, `program` compiled from
 * it. `coverage` may be NULL. True when everything held. */
bool scenario_run(const Bundle *bundle, const Program *program, const ScenarioAst *scenario,
                  Coverage *coverage, ScenarioResult *result);
void scenario_result_clear(ScenarioResult *result);
