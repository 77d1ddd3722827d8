/* A loaded case, and what a write did to it, as plain data: src/api fills
 * these in, src/render puts them into words, src/cli carries them from one to
 * the other. Everything points into the arena of its CaseView or into its
 * definition, and is read only. Indices are the program's; labels stand in
 * `flow` under the same index. */
#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"
#include "lang/bundle.h"
#include "vm/vm.h"

/* What was recorded, in words: one row of the log. */
typedef struct EntryView {
    int64_t number, seq;
    const char *kind;      /* "open", "event", "tick", "not-needed", "approve", "void", "amend" … */
    const char *name;      /* of the event, work or state; NULL where there is none */
    const char *label;     /* its label, or its name */
    Moment effective;
    bool date_only, imported;
    Instant recorded;
    const char *person;    /* login */
    const char *person_label;
    const char *role;      /* name */
    const char *for_person, *for_role; /* a deputy's; NULL otherwise */
    const char *reason;    /* or NULL */
    const char *key;       /* or NULL */
    const char *content;   /* the facts, ticks and the rest as JSON */
    int64_t refers_to;     /* 0: nothing */
    int64_t voided_by;     /* number of the entry that makes this one void; 0: it counts */
    int64_t amended_by;    /* number of the entry whose content counts instead; 0: its own */
    bool clock_was_behind; /* recorded at the last recorded time, the machine's clock being earlier */
} EntryView;

/* A person as the case names them. */
typedef struct PersonView {
    Person number;
    const char *login, *label;
} PersonView;

/* What a text or person fact of an entry says. */
typedef struct TextView {
    int64_t entry;
    uint32_t fact;
    const char *text;
} TextView;

typedef struct CaseView {
    Arena arena;             /* owned */
    int64_t number;          /* of the case in the file */
    const char *reference;   /* as people call it; never NULL */
    const char *flow_name, *definition_hash, *calendar_hash;
    const Bundle *bundle;    /* borrowed from the engine's cache, as the next two */
    const Flow *flow;
    const Program *program;
    int64_t *record;         /* slot_count slots, worked out up to `now` */
    Instant now;
    Moment import;           /* of imported history: nothing before it was told to anybody */
    EntryView *entries;      /* in the order of the log, corrections included */
    uint32_t entry_count;
    Entry *folded;           /* what counts, in total order: corrections worked in */
    uint32_t folded_count;
    Happened *happened;      /* from the opening up to `now`, in order */
    uint32_t happened_count;
    PersonView *people;
    uint32_t person_count;
    TextView *texts;
    uint32_t text_count;
    bool in_scenario;        /* told in a scenario: help says what to write there */
} CaseView;

/* "Ann Lee" for a person's number; never NULL. */
const char *view_person(const CaseView *view, Person person);
/* The same for a login name; itself where nobody has it. */
const char *view_login_label(const CaseView *view, const char *login);
/* What a text fact says, or whom a person fact names, given the value of its slot;
 * NULL when unknown. */
const char *view_fact_text(const CaseView *view, uint32_t fact, int64_t value);
const EntryView *view_entry(const CaseView *view, int64_t number); /* NULL: not of this case */
void view_clear(CaseView *view);

/* What a correction or a late entry changed, as the case stands now. */
typedef enum ChangeKind {
    CHANGE_STATUS,   /* of the case: CaseStatus */
    CHANGE_TRACK,    /* index: track; before, after: state + 1, 0 not running */
    CHANGE_FACT,     /* index: fact; values of its slot */
    CHANGE_WORK,     /* index: work; before, after: WorkStatus */
    CHANGE_OUTCOME,  /* index: work; before, after: Outcome */
    CHANGE_DUE,      /* index: work; Moments */
    CHANGE_TARGET    /* index: work; Moments */
} ChangeKind;

typedef struct Change {
    ChangeKind kind;
    uint32_t index;
    int64_t before, after;
} Change;

/* A later entry that would become impossible. */
typedef struct Conflict {
    int64_t entry;
    Refusal refusal;
} Conflict;

/* What came of asking for something to be recorded. */
typedef struct Answer {
    bool accepted;
    bool repeated;           /* the same key and content came before: this is that answer */
    bool clock_was_behind;
    bool late;               /* it stands before something already worked out */
    int64_t case_number;     /* 0: there is no case (a refused opening) */
    int64_t entry;           /* its number; 0 when refused */
    Refusal refusal;
    const char *detail;      /* refused before the flow was asked: a sentence, else NULL */
    const char *words;       /* the refusal as a sentence, as it was kept; NULL when accepted */
    const char *help;        /* a refused opening: what would help, in lines; or NULL */
    Conflict *conflicts;     /* refusal.code is REFUSED_CONFLICT */
    uint32_t conflict_count;
    Change *changes;         /* of a late entry or correction */
    uint32_t change_count;
    uint32_t happened_from;  /* view.happened from here on is this entry's doing, up to now;
                                not of a late entry or correction */
    uint32_t *told;          /* of a late entry or correction: what it caused somebody to be
                                told, as indices of view.happened */
    uint32_t told_count;
    int64_t namesakes;       /* other cases with the reference of one that opens */
    uint32_t withdrawn;      /* notifications that no longer hold */
    bool has_view;           /* false where no case could be loaded */
    CaseView view;           /* accepted: as it is now; refused: as it stays */
} Answer;

void answer_clear(Answer *answer);

/* One line of a worklist or of the list of what is open. */
typedef struct WorkRow {
    int64_t case_number;
    const char *reference, *flow_name, *flow_label;
    const char *work, *label, *kind; /* "task", "review", "deadline", "must" */
    const char *role, *role_label;   /* who must do it; NULL: whoever (a deadline) */
    const char *person, *person_label; /* it belongs to; NULL: anyone of the role */
    Moment opened, target, due;      /* MOMENT_NEVER */
    Zone zone;
    bool immediately, overdue, target_passed, not_started, paused;
    Outcome outcome;
} WorkRow;

typedef struct Worklist {
    Arena arena; /* owned */
    WorkRow *rows; /* owned; immediate ones first, then by due moment */
    size_t count, capacity;
    bool only_overdue;
} Worklist;

void worklist_clear(Worklist *list);

/* One line of `cases`. */
typedef struct CaseLine {
    int64_t number;
    const char *reference, *flow_name, *flow_label, *version, *state_label;
    CaseStatus status;
    Moment opened, closed, next_due;
    Zone zone;
} CaseLine;

typedef struct CaseList {
    Arena arena;   /* owned */
    CaseLine *rows; /* owned; by number */
    size_t count, capacity;
} CaseList;

void case_list_clear(CaseList *list);
