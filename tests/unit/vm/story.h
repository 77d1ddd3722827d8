/* A case told in a few words per line, for the tests of the vm: a flow given as
 * text, entries by name, questions answered as text. Every step keeps all entries
 * so that the whole can be folded anew and compared. */
#pragma once

#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <setjmp.h>
#include <cmocka.h>

#include "bytecode/program.h"
#include "lang/bundle.h"
#include "vm/fold.h"
#include "vm/vm.h"

#define STORY_ENTRIES 200

typedef struct Story {
    Bundle bundle;
    Program *program;
    Vm vm;
    int64_t *record, *scratch;
    Entry entries[STORY_ENTRIES];
    FactEntry facts[STORY_ENTRIES][8];
    AssignEntry assigns[STORY_ENTRIES][4];
    uint32_t count;
    Refusal refusal;
    const char *recorded; /* when the next entries are typed in; NULL: at once */
    bool all_noted;       /* `happened` is kept over the entries */
    char text[400];
} Story;

/* A calendar of plain weeks, to be put before the flow under test. */
extern const char story_calendar[];

/* `flow` must compile; what it says against it is printed and fails the test. */
void story_begin(Story *story, const char *flow);
void story_end(Story *story);

/* An entry of an event or task at a time ("2021-04-01T11:00" or a date), in a role
 * ("team-manager", or "team-manager=7" for person 7; persons are 100 + the number
 * of the role otherwise). Then words, ended by NULL: "fact=value", "reason",
 * "tick:item", "assign:role=person", "for:role". */
bool story_open_case(Story *story, const char *at, const char *event, const char *role, ...);
bool story_do(Story *story, const char *at, const char *event, const char *role, ...);
/* Other kinds: `kind`, and the name of the event, work or state. */
bool story_kind(Story *story, EntryKind kind, const char *at, const char *name,
                const char *role, ...);
/* Advances to a time. */
void story_wait(Story *story, const char *until);

/* The code of the last refusal, "accepted" when there was none. */
const char *story_refused(const Story *story);
/* The label-less name of the state that a track ("case" for the main line) is in,
 * "-" when it does not run. */
const char *story_state(Story *story, const char *track);
/* "open", "done" …; "due", "outcome" of a task, review or deadline by name; with a
 * dot the track or state when the name stands in several places: "t.work". */
const char *story_status(Story *story, const char *work);
const char *story_due(Story *story, const char *work);     /* 2021-04-08, or with a time */
const char *story_outcome(Story *story, const char *work);
/* How often something of this kind happened since story_begin, for `name` (of its
 * work, role, track or event) or for all when NULL. */
int story_happened(const Story *story, HappenedKind kind, const char *name);
/* Folds all accepted entries anew, up to the present clock: must give the same
 * record, byte for byte, also in shuffled order. */
void story_check_fold(Story *story);
