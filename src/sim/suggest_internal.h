/* A made-up story and its text. */
#pragma once

#include "base/text.h"
#include "sim/scenario.h"

#define STORY_STEPS  10u
#define STORY_FACTS  12u
#define STORY_EVENTS 4u

typedef struct StoryFact {
    uint32_t fact;
    int64_t value;
} StoryFact;

typedef struct StoryStep {
    uint32_t event; /* NO_INDEX: nothing happens */
    Day day;
    StoryFact facts[STORY_FACTS];
    uint32_t fact_count;
    bool has_reason;
} StoryStep;

typedef struct Story {
    Day day;
    uint32_t state;              /* of the main line; NO_INDEX: a new case */
    uint32_t track, track_state; /* NO_INDEX: none given */
    StoryFact givens[STORY_FACTS];
    uint32_t given_count;
    uint32_t events[STORY_EVENTS]; /* given on `day`: limits are counted from them */
    uint32_t event_count;
    StoryStep steps[STORY_STEPS];
    uint32_t step_count;
} Story;

/* The same as the parser would give it, in `arena`. */
ScenarioAst *story_tree(const Flow *flow, const Story *story, Arena *arena);
/* As it would be written, with what came of it for its `then`. */
void story_text(const Flow *flow, const Program *program, const Story *story,
                const ScenarioResult *result, const char *name, Text *out);
