/* The pages of "casewright explain": why a finding matters, an example that has it
 * and one that does not. They are written in explanations.txt and compiled in.
 * What an example gives is never written down: it is read and checked like any
 * flow, so a page cannot say what the program does not do. */
#pragma once

#include <stdbool.h>

#include "base/error.h"
#include "base/text.h"
#include "bytecode/program.h"
#include "lang/bundle.h"

typedef enum ExampleKind {
    EXAMPLE_BLOCKS,   /* the blocks that matter; a fixed flow supplies the rest */
    EXAMPLE_WHOLE,    /* a flow of its own */
    EXAMPLE_SCENARIOS /* the scenarios file beside the fixed flow */
} ExampleKind;

typedef struct Example {
    ExampleKind kind;
    Text text;
} Example;

typedef struct Explanation {
    Text why;
    Example wrong, right; /* empty texts: no check reports this code yet … */
    bool too_large;       /* … or only a flow too large to be shown has it */
} Explanation;

/* False when there is no page for this code. explanation_clear ends it. */
bool explanation_find(const char *code, Explanation *page);
void explanation_clear(Explanation *page);

/* Findings of a layer above this one, of a flow without errors. */
typedef void (*MoreFindings)(Bundle *bundle, const Program *program, bool notes);

/* Reads and checks an example like a flow in a file, notes included; `more` may be NULL.
 * bundle_clear ends it in any case. */
bool example_check(const Example *example, MoreFindings more, Bundle *bundle, Error *err);
