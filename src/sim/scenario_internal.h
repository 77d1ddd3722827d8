/* What the parts of a scenario's run share. */
#pragma once

#include "base/error.h"
#include "sim/scenario.h"

/* One try at an event: accepted when the refusal's code is REFUSED_NOT. */
typedef struct Attempt {
    const WhenStep *when;
    Refusal refusal;
} Attempt;

/* One entry that was accepted. Its number is its place in the list, from 1. */
typedef struct MadeEntry {
    Entry entry;
    const WhenStep *when; /* NULL: what is given */
    const char *key;
    bool is_void;
} MadeEntry;

typedef struct Taken {
    TakenKind kind;
    uint32_t index;
} Taken;

typedef struct Run {
    const Bundle *bundle;
    const Flow *flow;
    const Program *program;
    const ScenarioAst *scenario;
    Coverage *coverage; /* or NULL */
    ScenarioResult *result;
    Vm vm;
    VmWatch watch;
    int64_t *record, *scratch; /* owned */
    MadeEntry *made;           /* owned */
    uint32_t made_count;
    size_t made_capacity;
    Entry trying; /* found under its number until it is accepted or refused */
    /* owned, since the checks before */
    Attempt *attempts;
    Happened *fresh;
    Judged *judged;
    uint32_t attempt_count, fresh_count, judged_count;
    size_t attempt_capacity, fresh_capacity, judged_capacity;
    Taken *taken; /* owned: by the entry in hand */
    uint32_t taken_count;
    size_t taken_capacity;
    Failure *failures; /* owned until the end */
    const char **persons;
    ScenarioText *texts;
    uint32_t failure_count, person_count, text_count;
    size_t failure_capacity, person_capacity, text_capacity;
    bool stopped; /* the story cannot go on */
} Run;

/* ---- scenario.c */
Failure *fail(Run *run, FailureKind kind, Span span);
void fail_story(Run *run, Span span, const char *format, ...)
    __attribute__((format(printf, 3, 4)));
Person person_of(Run *run, const char *name); /* 0 for NULL */

/* ---- story.c: what the scenario says, as the vm takes it */
bool story_moment(Run *run, TimeAst time, Moment *moment); /* false: a failure was added */
int64_t story_value(Run *run, uint32_t fact, const Value *value, int64_t entry);
bool story_given(Run *run);
/* Fills the entry but for its role, which may have to be tried out. */
bool story_entry(Run *run, const WhenStep *when, TimeAst on, int64_t number, Entry *entry);
/* The work that a step about a clock means: an open one of that event, if any. */
uint32_t story_work(const Run *run, uint32_t event);
/* The roles that may do it, in the order in which they are tried; at most `most`. */
uint32_t story_roles(const Run *run, const WhenStep *when, const Entry *entry, uint32_t *roles,
                     uint32_t most);

/* ---- steps.c */
void step_make(Run *run, const ScenarioStep *step);

/* ---- made.c: entries that come late, and corrections */
const Entry *made_find(void *context, int64_t number);
/* Folds everything anew, with `late` (may be NULL) among it, up to `until`. On a
 * conflict nothing has changed. */
bool made_refold(Run *run, const Entry *late, Moment until, Refusal *refusal);
MadeEntry *made_add(Run *run, const Entry *entry, const WhenStep *when);
MadeEntry *made_last(Run *run, uint32_t event);

/* ---- expect.c */
bool check_holds(const Run *run, const ThenCheck *check);
const Attempt *last_attempt(const Run *run, uint32_t event);
