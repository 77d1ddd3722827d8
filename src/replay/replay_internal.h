/* What the parts of a replay share: one case in hand. Rows of the case are numbered
 * from 0; the entry of row i has number i + 1, and entry 0 is nobody's. Everything is
 * sized once for the flow or grows to the longest case, so that a case of usual
 * length allocates nothing. */
#pragma once

#include "base/mem.h"
#include "replay/replay.h"

/* Work that was opened and has not ended: with a limit a duty, of a task or review
 * also a span. Several of one work are open only for a review in step with another. */
typedef struct Opening {
    uint32_t next;       /* 1 + the next of the same work; 0: none */
    uint32_t duty, span; /* NO_INDEX: none */
    bool missed;
} Opening;

struct Replayer {
    const Bundle *bundle; /* borrowed, as the next two */
    const Program *program;
    const Binding *binding;
    ReplayOptions options;
    Moment as_of;
    Vm vm;
    int64_t *record, *before; /* owned; before: to go back to */
    /* the case in hand */
    const LogPart *part;
    const LogRow *rows;
    uint32_t case_name;
    Entry *entries;   /* owned; by row */
    FactEntry *facts; /* owned; of all entries */
    Finding *findings;
    Duty *duties;
    bool *unsure; /* by duty: counted from a moment that was made up */
    WorkSpan *spans;
    Opening *openings;
    size_t entry_capacity, fact_capacity, finding_capacity, duty_capacity, unsure_capacity,
        span_capacity, opening_capacity;
    uint32_t fact_count, finding_count, duty_count, span_count, opening_count;
    uint32_t scanned; /* of vm.happened */
    Moment made_up;   /* when a case without an opening was opened; else MOMENT_NONE */
    uint32_t put_from, put_until; /* of vm.happened: what putting a track elsewhere caused */
    CaseResult counts;            /* of rows */
    /* by work */
    uint32_t *first_open, *last_open; /* 1 + its place in openings; 0: none */
    uint32_t *occurrences;
    Moment *chained; /* what a review's next occurrence counts from; MOMENT_NONE: nothing yet */
    bool *is_duty, *in_working_days;
    /* by track, by rule */
    bool *out_of_step, *rule_broken;
    bool any_broken;
    bool *no_facts; /* by fact: true, for the opening that nobody recorded */
};

/* Which date a moment counts as: what happens at 24:00 belongs to the next day (ruling
 * 10), a date without a time to itself. */
Day replay_day(Zone zone, Moment moment);

/* ---- finding.c */
/* The new one, blank but for what the moment and the record tell; row NO_INDEX: none. */
Finding *add_finding(Replayer *replayer, FindingKind kind, uint32_t row, Moment at);
/* What was refused, and which rule of the flow says so. */
Finding *add_refusal(Replayer *replayer, const Entry *entry, const Refusal *refusal);
/* Once it is complete: is it accepted? */
void accept_finding(Replayer *replayer, Finding *finding);
/* index + 1; 0: none. `event` NO_INDEX: of no event. */
uint32_t find_accepted(const Replayer *replayer, const char *code, uint32_t event);

/* ---- pace.c: out of step, and in step again */
bool is_out_of_step(const Replayer *replayer, uint32_t event);
void lose_step(Replayer *replayer, uint32_t event);
void lose_every_step(Replayer *replayer);
/* An entry was accepted; what it caused begins at `from` of vm.happened. */
void keep_step(Replayer *replayer, const Entry *entry, uint32_t from);
/* An entry was accepted, so that no rule is broken any more. */
void keep_rules(Replayer *replayer);
/* Is it about where the case stood? Else about who did it or what was said. */
bool is_about_place(RefusalCode code);

/* ---- judge.c */
void judge_row(Replayer *replayer, uint32_t row);
void open_without_opening(Replayer *replayer, uint32_t row);

/* ---- duties.c */
void duties_prepare(Replayer *replayer);
/* Takes in what happened since the last call. */
void duties_follow(Replayer *replayer);
void duties_finish(Replayer *replayer);
