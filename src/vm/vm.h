/* Runs a case: (program, record, entry) -> new record, or a refusal with
 * nothing changed. Time is told by whoever calls; the vm reads no clock, no file
 * and no random number. A case is a fold: entries in total order, each preceded
 * by what falls due before it. Live use, scenarios, replay and explanation all
 * call these functions. */
#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "bytecode/program.h"

/* ---- what comes in ---------------------------------------------------- */

typedef enum EntryKind {
    ENTRY_OPEN,       /* name: the opening event */
    ENTRY_EVENT,      /* name: an event; of a task or review: it is done */
    ENTRY_TICK,       /* name: the event of a task or review; only ticks items */
    ENTRY_NOT_NEEDED, /* name: the event of an optional task */
    ENTRY_APPROVE,
    ENTRY_DECLINE, /* refers_to: the entry that waits */
    ENTRY_PAUSE,
    ENTRY_RESUME, /* name: the work */
    ENTRY_EXTEND, /* name: the work; extend_to */
    ENTRY_REOPEN, /* name: a state of the main line */
    ENTRY_ASSIGN, /* assigns */
    ENTRY_GIVEN,  /* given: the case is put where a scenario begins */
    ENTRY_NOTE    /* changes nothing */
} EntryKind;

typedef int64_t Person; /* a number that stands for a person; 0: nobody */

typedef struct FactEntry {
    uint32_t fact;
    int64_t value; /* for text and person facts the number of this entry */
} FactEntry;

typedef struct AssignEntry {
    uint32_t role;
    uint32_t
        member; /* the role of that group which the person holds; NO_INDEX: none or the same */
    Person person;
} AssignEntry;

/* Something that happened before a scenario begins. */
typedef struct GivenEvent {
    uint32_t event;
    Moment at;
    Person person;
} GivenEvent;

/* A track that a scenario begins with, and the state it is in. */
typedef struct GivenTrack {
    uint32_t track, state;
    Moment since;
} GivenTrack;

/* Where a case stands when a scenario begins (language.md, meaning 19; rulings 1, 3
 * and 4). A new case is in its start state and opened at that moment; in any other,
 * whatever was not given is not known: limits counted from it cannot be told. Facts
 * and persons are those of the entry. */
typedef struct GivenCase {
    bool is_new;
    uint32_t state; /* of the main line; unused when new */
    Moment since;   /* when it was entered; of a new case, opened */
    const GivenTrack *tracks;
    const GivenEvent *events; /* ascending by `at` */
    uint32_t track_count, event_count;
} GivenCase;

typedef struct Entry {
    int64_t number; /* in the log; ascending breaks ties of `at` */
    EntryKind kind;
    uint32_t name;   /* by kind: an event, work or state of the program; NO_INDEX: unknown */
    Moment at;       /* effective: RANK_ENTRY, or of a date */
    Moment recorded; /* when it was typed in, RANK_ENTRY */
    bool date_only, imported;
    bool has_reason;    /* one that is not blank */
    bool absence_noted; /* the person acted for is recorded as away */
    Person person;
    uint32_t role;     /* acted in; NO_INDEX: unknown to the flow */
    uint32_t for_role; /* a deputy: the role acted for; NO_INDEX: none said */
    Person for_person; /* 0: none said */
    const FactEntry *facts;
    uint32_t fact_count;
    uint64_t ticks;  /* bits of the checklist of the work that `name` does */
    bool wrong_tick; /* it ticks something that is on no checklist of that work */
    const AssignEntry *assigns;
    uint32_t assign_count;
    int64_t refers_to;
    Moment extend_to;
    bool ticks_unsaid, person_unsaid, assigns_unsaid; /* a scenario or history: taken to be
                                                         as needed */
    bool role_unsaid, reason_unsaid; /* history that does not hold them: not judged */
    bool approval_unsaid;     /* history: it took effect, so whoever had to has approved it */
    const bool *facts_unsaid; /* by fact: history does not hold it, so its lack is not judged;
                                 NULL: none */
    const GivenCase *given;   /* ENTRY_GIVEN */
} Entry;

/* Finds an entry of the same case by its number, for held and approved ones. */
typedef const Entry *(*EntryFinder)(void *context, int64_t number);

/* ---- what comes out --------------------------------------------------- */

typedef enum RefusalCode {
    REFUSED_NOT = 0,
#define REFUSAL(name, code) REFUSED_##name,
#include "base/refusal.def"
#undef REFUSAL
    REFUSAL_COUNT
} RefusalCode;

const char *refusal_code_text(RefusalCode code); /* "wrong-role" */

/* What is needed to say it in words; NO_INDEX where it does not apply. */
typedef struct Refusal {
    RefusalCode code;
    EntryKind kind; /* of what was refused */
    uint32_t event, work, role, fact, state, track, rule;
    uint32_t alternative, other; /* into Program.alternatives: several apply; the blocked one */
    uint64_t ticks;              /* the items missing */
    Person person;               /* who it belongs to, or who did the other thing */
    int64_t entry;               /* the one that waits, or that would become impossible */
} Refusal;

Refusal refusal_none(void); /* REFUSED_NOT, with NO_INDEX everywhere */

/* Everything that happened, in order: the history and the outbox are made from it. */
typedef enum HappenedKind {
    HAPPENED_OPENED, /* the case */
    HAPPENED_CLOSED, /* the case; state */
    HAPPENED_REOPENED,
    HAPPENED_EVENT, /* event took place */
    HAPPENED_FACT,  /* fact got value */
    HAPPENED_MOVED, /* track: from `state` to `to` */
    HAPPENED_STARTED,
    HAPPENED_ENDED,         /* a run of track */
    HAPPENED_START_KEPT,    /* track: comes when the running one ends */
    HAPPENED_WORK_OPENED,   /* work; due, target */
    HAPPENED_LIMIT_STARTED, /* work: its anchor has come; due */
    HAPPENED_LIMIT_MOVED,   /* work: from `was` to `due` */
    HAPPENED_DONE,          /* work; outcome */
    HAPPENED_NOT_NEEDED,
    HAPPENED_UNFINISHED,
    HAPPENED_EXCLUDED, /* work */
    HAPPENED_TICKED,   /* work; value: bits */
    HAPPENED_MISSED,   /* work; due; outcome tells whether known late */
    HAPPENED_REMINDED, /* work, role: a notification before the due moment */
    HAPPENED_NOTIFIED,
    HAPPENED_ESCALATED, /* role; work when a miss caused it */
    HAPPENED_FLAGGED,   /* value: number of the text; work */
    HAPPENED_WINDOW,    /* window became value 1 true, 0 false */
    HAPPENED_HELD,
    HAPPENED_RELEASED,
    HAPPENED_DROPPED, /* entry; DROPPED: refusal in value */
    HAPPENED_WAITING, /* entry waits for approval by role */
    HAPPENED_APPROVED,
    HAPPENED_DECLINED, /* entry */
    HAPPENED_PAUSED,
    HAPPENED_RESUMED,
    HAPPENED_EXTENDED,   /* work */
    HAPPENED_ASSIGNED,   /* role, value: person */
    HAPPENED_STAYED_PUT, /* work: `if missed go to` held back by work before leaving */
    HAPPENED_IGNORED,    /* event, track */
    HAPPENED_FAULT       /* rule broken by nobody */
} HappenedKind;

typedef struct Happened {
    HappenedKind kind;
    Moment at;
    int64_t entry; /* in whose step, or that caused the work; 0: none */
    uint32_t event, track, state, to, work, role, fact, window, rule; /* NO_INDEX */
    Outcome outcome;
    Moment due, was, target;
    int64_t value;
    int64_t opened_by; /* work: WORK_CAUSE, part of the stable key of a notification */
} Happened;

typedef enum TakenKind {
    TAKEN_LINE,    /* index into alternatives */
    TAKEN_AS_SOON, /* into as_soons */
    TAKEN_START,   /* into starts */
    TAKEN_MISSED   /* `if missed go to`: into works */
} TakenKind;

/* Whoever wants to know how a case was decided, for coverage. Nothing is told of a
 * quiet vm. What was taken in an entry that is then refused has been told too. */
typedef struct VmWatch {
    void *context;
    void (*judged)(void *context, CodeRef condition, Truth truth);
    void (*taken)(void *context, TakenKind kind, uint32_t index);
} VmWatch;

typedef struct Imposition Imposition;

typedef struct Vm {
    const Program *program;    /* borrowed */
    const Imposition *imposed; /* borrowed; NULL outside vm_impose */
    const VmWatch *watch;      /* borrowed; NULL: nobody */
    EntryFinder find;          /* NULL: nothing can be held or approved */
    void *find_context;
    Happened *happened; /* owned; what the calls since vm_begin caused */
    uint32_t happened_count;
    size_t happened_capacity;
    bool quiet;        /* note nothing in `happened` */
    Error limit_error; /* why a due moment could not be worked out, when a refusal's
                          code is NOT_POSSIBLE and its work is set */
    int64_t *undo, *before_advance, *before_release; /* owned: records to go back to */
    Refusal advance_refusal;                         /* why vm_advance failed */
    /* the step in hand */
    struct VmStep *step; /* owned */
} Vm;

/* Threads may share a Program and the calendar in it, each with a Vm and records of
 * its own: nothing here writes to them, but that the first Vm prepares the calendar.
 * So make one Vm, or call calendar_prepare, before the first thread starts. */
void vm_init(Vm *vm, const Program *program);
void vm_clear(Vm *vm);

/* Forgets what happened so far. */
void vm_begin(Vm *vm);

/* An empty record: the case is not open. `record` has program->slot_count slots. */
void vm_reset(const Program *program, int64_t *record);

/* Works time out up to `to`: what is due strictly before it happens, each at its
 * own moment, in order. False: the step budget was spent (refusal filled). */
bool vm_advance(Vm *vm, int64_t *record, Moment to);

/* vm_advance to entry->at, then the entry. False: refused, the record is as it was
 * after the advance. */
bool vm_apply(Vm *vm, int64_t *record, const Entry *entry, Refusal *refusal);

/* Would the entry be accepted? Leaves `record` and `happened` alone; `scratch` has
 * slot_count slots. */
bool vm_would_accept(Vm *vm, const int64_t *record, const Entry *entry, int64_t *scratch,
                     Refusal *refusal);

/* ---- what is imposed: impose.c ------------------------------------------ */

#define IMPOSED_LINES 8

/* A log of what was done is the truth, also where the flow would have refused it. */
struct Imposition {
    uint32_t overlook; /* bits 1 << RefusalCode: what is no reason to refuse it now. Not for
                          an event that has no place (not-open, awaiting-approval) or that
                          lines of an `on` block; not-possible only where it is a limit
                          beyond the calendar that refuses it */
    uint32_t lines[IMPOSED_LINES]; /* into alternatives: taken whatever their condition says */
    uint32_t line_count;
};

/* vm_apply, but for what is imposed. A rule that is broken so is noted as a fault. */
bool vm_impose(Vm *vm, int64_t *record, const Entry *entry, const Imposition *imposed,
               Refusal *refusal);

/* The entry is put on record and nothing more: its event counts as having happened, its
 * facts are known, deadlines that wait for it are met; nothing moves or starts. The
 * record must have been advanced to entry->at. */
void vm_record_only(Vm *vm, int64_t *record, const Entry *entry);

/* Puts a running track into `state`, as a transition at `at` would: the work of the state
 * it was in is closed, that of the other opened. `number`: the entry for which. */
void vm_put(Vm *vm, int64_t *record, uint32_t state, Moment at, int64_t number);

/* Opens the tasks done by `event` that only wait for another task. False: there are none. */
bool vm_open_waiting(Vm *vm, int64_t *record, uint32_t event, Moment at, int64_t number);

/* The one state that handles `event`, of those in which a running track could be and is
 * not; NO_INDEX where there is none or more than one. */
uint32_t vm_elsewhere(const Program *program, const int64_t *record, uint32_t event);

/* The one line with a `go to` (`again` is none) among those that `alternative`, which blocked
 * `event`, stands with; NO_INDEX where there is none or more than one. */
uint32_t vm_only_way(const Program *program, const int64_t *record, uint32_t event,
                     uint32_t alternative);

/* A condition over a record as it is. */
Truth vm_judge(const Program *program, const int64_t *record, CodeRef condition);

/* Can this role act for it (deputies apart)? */
bool vm_permits(const Program *program, Slice permits, uint32_t role);

/* What a limit's outcome is at the record's clock: as stored, but due soon (from
 * the first reminder, or one working day before) and extended while it runs. */
Outcome vm_outcome(const Program *program, const int64_t *record, uint32_t work);

/* Reading a record. */
static inline const int64_t *record_track(const Program *p, const int64_t *record, uint32_t t)
{
    return record + p->slot_tracks + t * TRACK_SLOTS;
}
static inline int64_t record_fact(const Program *p, const int64_t *record, uint32_t f)
{
    return record[p->slot_facts + f];
}
static inline const int64_t *record_event(const Program *p, const int64_t *record, uint32_t e)
{
    return record + p->slot_events + e * EVENT_SLOTS;
}
static inline const int64_t *record_work(const Program *p, const int64_t *record, uint32_t w)
{
    return record + p->slot_works + w * WORK_SLOTS;
}
static inline Person record_role(const Program *p, const int64_t *record, uint32_t r)
{
    return record[p->slot_roles + r];
}
