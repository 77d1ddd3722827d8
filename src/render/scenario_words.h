/* What did not hold in a scenario, in words: what was expected, what was got, and
 * why: what happened, which days were skipped, which conditions were false. */
#pragma once

#include "base/text.h"
#include "lang/bundle.h"
#include "sim/scenario.h"

typedef struct FailureWords {
    Text headline; /* one sentence, without full stop */
    Text got;      /* one sentence; empty where the headline says all */
    Text why;      /* lines, each ending in a line feed and set in by four; may be empty */
} FailureWords;

void failure_words(const Bundle *bundle, const Program *program, const ScenarioResult *result,
                   const Failure *failure, FailureWords *words);
void failure_words_clear(FailureWords *words);

/* The words of the flow there, on one line. */
void source_words(const Bundle *bundle, Span span, Text *out);
