/* A flow as the machine runs it: tables, and straight-line code for every
 * condition and effect. Indices of facts, events, states, tracks, works, roles,
 * windows and rules are those of the Flow it was compiled from (track 0 is the
 * main line), so that whoever explains a program reads labels there. A Program
 * is never stored and never read from outside; program_verify runs on every
 * one all the same, so the vm may assert. The case record's layout is decided
 * here too: an array of 64-bit slots, described at the end. */
#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/error.h"
#include "base/text.h"
#include "calendar/calendar.h"
#include "calendar/limit.h"
#include "calendar/zone.h"

/* ---- code ------------------------------------------------------------- */

typedef enum OpCode {
#define OP(name, operand, pops, pushes, meaning) OP_##name,
#include "bytecode/opcode.def"
#undef OP
    OP_COUNT
} OpCode;

typedef enum OperandKind {
    OPERAND_NONE, OPERAND_CONST, OPERAND_FACT, OPERAND_TRUTH, OPERAND_TRACK, OPERAND_STATE,
    OPERAND_WINDOW, OPERAND_TARGET, OPERAND_WORK, OPERAND_ROLE, OPERAND_TEXT
} OperandKind;

typedef struct OpInfo {
    const char *name;
    OperandKind operand;
    int pops, pushes;
    const char *meaning;
} OpInfo;

extern const OpInfo op_info[OP_COUNT];

typedef uint32_t Instruction; /* operand << 8 | operation */

static inline Instruction instruction(OpCode op, uint32_t operand)
{
    return operand << 8 | (Instruction)op;
}
/* May be no operation at all in a program that was not verified. */
static inline OpCode instruction_op(Instruction i)
{
    return (OpCode)(i & 0xFF);
}
static inline uint32_t instruction_operand(Instruction i)
{
    return i >> 8;
}

/* Effects stand after all conditions in opcode.def. */
static inline bool op_is_effect(OpCode op)
{
    return op >= OP_CLOSE;
}

typedef uint32_t CodeRef; /* where a piece of code begins; 0: none (code[0] is OP_END) */

typedef enum Truth { NO = 0, YES = 1, UNKNOWN = 2 } Truth;

/* Values on the stack and in fact slots: a position in the list, 0/1 for no/yes,
 * a number, a Day, or for text and person the number of the entry. */
#define VALUE_UNKNOWN INT64_MIN

/* A run of consecutive items of one of the program's tables. */
typedef struct Slice {
    uint32_t first, count;
} Slice;

/* ---- tables ----------------------------------------------------------- */

typedef enum ProgramFactType {
    TYPE_ONE_OF, TYPE_YES_NO, TYPE_NUMBER, TYPE_DATE, TYPE_TEXT, TYPE_PERSON
} ProgramFactType;

typedef struct FactInfo {
    const char *name;
    ProgramFactType type;
    uint32_t value_count; /* TYPE_ONE_OF */
    Slice values;         /* in `texts`: their names */
    int64_t least, most;  /* TYPE_NUMBER; the limits of base/limits.h when unsaid */
    Slice works;          /* in `indices`: works with a limit or grid counted from it */
} FactInfo;

/* A dated period has one Duration per date; a plain duration is one with from
 * DAY_NONE. The value on the anchor's date counts. */
typedef struct DatedDuration {
    Day from; /* DAY_NONE for the first */
    Duration duration;
} DatedDuration;

typedef enum AnchorType {
    FROM_NOTHING, FROM_ENTERING, FROM_STARTING, FROM_OPENING,
    FROM_EVENT, FROM_FIRST_EVENT, FROM_FACT, FROM_LATER_OF
} AnchorType;

/* An item of FROM_LATER_OF, or the one of FROM_EVENT, FROM_FIRST_EVENT, FROM_FACT. */
typedef struct AnchorItem {
    bool is_fact;
    uint32_t index;
} AnchorItem;

typedef struct AnchorInfo {
    AnchorType type;
    Slice items; /* in `anchor_items` */
} AnchorInfo;

typedef struct LimitInfo {
    bool has_target, has_limit, immediately, fixed;
    Slice target, limit; /* in `durations` */
    AnchorInfo anchor, target_anchor;
    bool before, clear, count_from_next; /* of the limit; the target counts plainly forward */
    Roll roll;
    CodeRef paused_while;      /* condition */
    Slice paused_by, extended_by; /* in `permits` */
} LimitInfo;

typedef struct RemindInfo {
    Slice before; /* in `durations` */
    Slice roles;  /* in `indices` */
} RemindInfo;

/* One way to be allowed: acting as `role`, because the flow names `via` (the
 * same role, or a group that it belongs to). */
typedef struct Permit {
    uint32_t role, via;
} Permit;

typedef struct RecordsInfo {
    uint32_t fact;
    CodeRef when; /* 0: always asked for */
} RecordsInfo;

typedef struct IntervalInfo {
    bool grid;
    Slice every;       /* in `durations` */
    AnchorInfo from;   /* grid */
    bool otherwise;    /* the line without condition, or `otherwise` */
    CodeRef when;      /* 0 with otherwise */
} IntervalInfo;

typedef enum ProgramWorkKind { PROGRAM_TASK, PROGRAM_REVIEW, PROGRAM_DEADLINE, PROGRAM_MUST } ProgramWorkKind;

#define NO_INDEX UINT32_MAX

typedef struct WorkInfo {
    const char *name;
    ProgramWorkKind kind;
    uint32_t event;        /* done by, or waiting for */
    uint32_t track, state; /* state NO_INDEX: the track's own, or a must */
    Slice permits;         /* in `permits`; deadlines and musts have none */
    uint32_t limit;        /* into `limits`; NO_INDEX: none. A review's `first within` */
    Slice records;         /* in `records` */
    Slice reasons;         /* in `codes`: conditions under which a reason is required; 0 always */
    uint32_t item_count;   /* of the checklist */
    Slice items;           /* in `texts`: their names */
    Slice assigns;         /* in `indices`: roles */
    bool optional, before_leaving;
    CodeRef only_when;
    uint32_t after_work;   /* NO_INDEX: none; a task of the same place */
    uint32_t after_event;  /* NO_INDEX: none; a task of another place */
    Slice not_by;          /* in `indices`: events of tasks */
    Slice intervals;       /* in `intervals` */
    uint32_t in_step;      /* work; NO_INDEX: none */
    CodeRef until;
    CodeRef when;          /* a must's condition */
    CodeRef if_missed;     /* effects other than go to; 0: none */
    CodeRef missed_go;     /* `go to` of if missed: leave, enter, open; 0: none */
    uint32_t missed_state; /* its state; NO_INDEX: none */
    Slice reminds;         /* in `reminds` */
    Slice steps;           /* in `indices`: reviews in step with this one */
    uint32_t order;        /* place among due moments at one instant: by name, then track */
    uint32_t owed;         /* in step: slot of its ring of REVIEW_OWED due Moments; else NO_INDEX */
} WorkInfo;

typedef enum ProgramHandlerKind { HANDLES_ON, HANDLES_IGNORE, HANDLES_HOLD } ProgramHandlerKind;

/* One line of an `on`. */
typedef struct AlternativeInfo {
    bool is_choice;   /* has go to, again or stay: exactly one of these applies */
    bool leaves;      /* go to or again */
    bool otherwise;   /* applies when no other choice does */
    CodeRef guard;    /* 0: always */
    CodeRef effects;  /* everything the line does */
    uint32_t approval; /* the role that has to approve; NO_INDEX: none */
    Slice approval_permits; /* in `permits`; count 0: no approval needed */
    uint32_t target;  /* the state gone to (again: the same); NO_INDEX for stay */
    uint32_t file, offset; /* of the line in the source, for explanations */
} AlternativeInfo;

typedef struct HandlerInfo {
    uint32_t event;
    ProgramHandlerKind kind;
    Slice alternatives; /* in `alternatives`: shared by all states of an `at any point` */
    uint32_t until;     /* HANDLES_HOLD: the state */
} HandlerInfo;

typedef struct AsSoonInfo {
    CodeRef condition, effects;
    uint32_t target; /* state gone to */
    bool waits;      /* the state has work to be done before leaving */
    uint32_t file, offset;
} AsSoonInfo;

typedef struct StateInfo {
    const char *name;
    uint32_t track;
    bool starts, ends;
    Slice handlers; /* in `handlers`, ascending by event: own, then track's and any point's */
    Slice works;    /* in `indices` */
    Slice as_soon;  /* in `as_soons` */
    CodeRef enter;  /* ENTER, OPEN …, and FINISH for an end state */
    bool has_before_leaving;
} StateInfo;

typedef struct StartInfo {
    uint32_t track;
    CodeRef condition; /* 0: none */
    bool once, on_event; /* on_event: listed under its events; else `starts when` */
    Slice counted;       /* in `indices`: events that windows in the condition count (ruling 16) */
} StartInfo;

typedef struct TrackInfo {
    const char *name;    /* "case" for track 0 */
    uint32_t start_state; /* NO_INDEX: a list of work */
    bool has_end;         /* some state ends it, or it is a list without reviews */
    Slice works;          /* in `indices`: its own, not its states' */
    Slice handlers;       /* in `handlers`: of a track without states */
    Slice starts;         /* in `starts` */
    CodeRef begin;        /* OPEN its own work, then enter its start state */
} TrackInfo;

typedef struct EventInfo {
    const char *name;
    bool is_work;      /* of a task or review: recorded only while that is open */
    bool opens, by_anyone;
    bool handled;      /* some `on` of the flow names it */
    Slice permits;     /* declared events */
    Slice records, reasons;
    Slice tracks;      /* in `indices`: tracks with a handler for it somewhere */
    Slice starts;      /* in `indices` into starts: `starts on` this */
    Slice windows;     /* in `indices`: windows that count it */
    Slice works;       /* in `indices`: tasks and reviews that it does */
    Slice waits;       /* in `indices`: deadlines and musts that wait for it */
    Slice musts;       /* in `indices`: musts counted from it */
    Slice anchored;    /* in `indices`: works with a limit or grid counted from it */
} EventInfo;

typedef enum DeputyKind { ACTS_ALWAYS, ACTS_WHEN_UNAVAILABLE, ACTS_AFTER } DeputyKind;

typedef struct DeputyInfo {
    uint32_t for_role;
    DeputyKind kind;
    Slice after; /* in `durations` */
} DeputyInfo;

typedef struct RoleInfo {
    const char *name;
    Slice members;  /* in `indices`: the roles of a group, groups in it expanded */
    Slice deputies; /* in `deputies` */
    Slice excludes; /* in `indices`: roles the same person cannot have here, both ways */
    uint32_t actors; /* slot of its ring of persons; NO_INDEX: not kept */
} RoleInfo;

typedef struct WindowInfo {
    uint32_t event;
    uint32_t count;
    Duration within;
    uint32_t slot; /* of its ring */
} WindowInfo;

typedef struct RuleInfo {
    bool is_never;
    uint32_t state;    /* never STATE …; NO_INDEX for always */
    CodeRef condition; /* 0: never STATE at all */
    uint32_t file, offset;
} RuleInfo;

typedef struct Program {
    Arena arena; /* owns every table */
    const char *name, *version;
    Zone zone;
    Calendar *calendar; /* owned, program_free frees it; may be NULL */
    Day in_force;       /* DAY_NONE: always */

    Instruction *code;
    int64_t *constants;
    const char **texts;
    uint32_t *indices;
    CodeRef *codes;
    DatedDuration *durations;
    AnchorItem *anchor_items;
    LimitInfo *limits;
    RemindInfo *reminds;
    Permit *permits;
    RecordsInfo *records;
    IntervalInfo *intervals;
    AlternativeInfo *alternatives;
    HandlerInfo *handlers;
    AsSoonInfo *as_soons;
    StartInfo *starts;
    DeputyInfo *deputies;
    FactInfo *facts;
    EventInfo *events;
    StateInfo *states;
    TrackInfo *tracks;
    WorkInfo *works;
    RoleInfo *roles;
    WindowInfo *windows;
    RuleInfo *rules;
    uint32_t code_count, constant_count, text_count, index_count, code_list_count,
        duration_count, anchor_item_count, limit_count, remind_count, permit_count,
        records_count, interval_count, alternative_count, handler_count, as_soon_count,
        start_count, deputy_count, fact_count, event_count, state_count, track_count,
        work_count, role_count, window_count, rule_count;

    Slice watched;    /* in `indices`: works with only when, after, paused while, until, or a
                         cadence that changes: looked at after every step */
    Slice edge_starts; /* in `indices` into starts: the `starts when` lines */
    Slice due_order;  /* in `indices`: works by WorkInfo.order */
    bool may_undo;    /* a step that has begun can still fail, the calendar's end apart */

    uint32_t slot_count; /* of a case record */
    uint32_t slot_tracks, slot_facts, slot_events, slot_works, slot_roles, slot_starts,
        slot_rest; /* where each region begins; rings of windows, actors, reviews in step after slot_rest */
} Program;

/* ---- the case record -------------------------------------------------- */

enum { /* the first slots */
    SLOT_CLOCK,      /* Moment up to which time has been worked out */
    SLOT_NEXT_DUE,   /* Moment of the next thing that happens by itself, or MOMENT_NEVER */
    SLOT_STATUS,     /* CaseStatus */
    SLOT_OPENED,     /* Moment */
    SLOT_CLOSED,     /* Moment, or MOMENT_NONE */
    SLOT_LAST_ENTRY, /* number */
    SLOT_FAULTS,     /* rules broken by nobody */
    SLOT_WAITING,    /* LIMIT_HELD slots: entries waiting for approval, 0 free */
    SLOT_HELD = SLOT_WAITING + 8, /* LIMIT_HELD slots: held_pack of entries held, 0 free */
    SLOT_HEADER = SLOT_HELD + 8
};

/* A held entry and the state that it waits for, in one slot. */
static inline int64_t held_pack(int64_t entry, uint32_t state)
{
    return entry << 24 | state;
}
static inline int64_t held_entry(int64_t slot)
{
    return slot >> 24;
}
static inline uint32_t held_state(int64_t slot)
{
    return (uint32_t)(slot & 0xFFFFFF);
}

typedef enum CaseStatus { CASE_NOT_OPEN = 0, CASE_OPEN = 1, CASE_CLOSED = 2 } CaseStatus;

enum { /* per track */
    TRACK_RUNNING,   /* 0 no, 1 yes */
    TRACK_STATE,     /* index + 1 of the state it is in, or 0 */
    TRACK_ENTERED,   /* Moment */
    TRACK_STARTED,   /* Moment of this run */
    TRACK_RUNS,      /* runs so far */
    TRACK_KEPT,      /* number of the entry of a start that is kept, 0 none */
    TRACK_LAST_STATE, /* index + 1 of the state the last run ended in by reaching it, or 0 */
    TRACK_SLOTS
};

/* Moments of the last and the first occurrence, and who recorded the last. A
 * Moment tells by its rank whether it has a date only. */
enum { EVENT_LAST, EVENT_FIRST, EVENT_PERSON, EVENT_SLOTS };

typedef enum WorkStatus {
    WORK_CLOSED = 0, /* not open in the present stay */
    WORK_OPEN, WORK_DONE, WORK_NOT_NEEDED, WORK_UNFINISHED, WORK_EXCLUDED
} WorkStatus;

/* The outcomes of language.md, meaning 12, in that order. */
typedef enum Outcome {
    OUTCOME_NONE, /* no limit */
    OUTCOME_NOT_STARTED, OUTCOME_RUNNING, OUTCOME_DUE_SOON, OUTCOME_MET, OUTCOME_MET_LATE,
    OUTCOME_MISSED, OUTCOME_MISSED_KNOWN_LATE, OUTCOME_EXTENDED, OUTCOME_NOT_NEEDED,
    OUTCOME_UNFINISHED, OUTCOME_CANNOT_TELL
} Outcome;

enum { /* per work; those that every step looks at stand first */
    WORK_STATUS, WORK_OUTCOME,
    WORK_FLAGS,        /* WORK_FLAG_… */
    WORK_DUE,          /* Moment; MOMENT_NEVER */
    WORK_REMIND,       /* Moment of the next reminder, or MOMENT_NEVER */
    WORK_PAUSED_AT,    /* Instant since when it is paused, or MOMENT_NONE */
    WORK_DUE_LATEST,   /* differs from WORK_DUE where a date-only anchor leaves hours open; of a
                          review on a grid: when an occurrence not held becomes final */
    WORK_OPENED,       /* Moment */
    WORK_CAUSE,        /* number of the entry in whose step, or after which, it opened */
    WORK_KNOWN,        /* Moment when that entry was recorded, if that was later; else
                          MOMENT_NONE */
    WORK_ANCHOR,       /* Moment counted from; MOMENT_NONE: not started */
    WORK_ANCHOR_DAY,   /* the Day it counts as */
    WORK_TARGET,       /* Moment; MOMENT_NEVER */
    WORK_FIRST_DUE,    /* as first computed, before extensions */
    WORK_REMINDED,     /* bits of the reminders sent */
    WORK_PAUSED_DAYS, WORK_PAUSED_WORKING_DAYS, WORK_PAUSED_MS, WORK_PAUSED_WORKING_MS,
    WORK_TICKS,        /* bits */
    WORK_DONE_AT, WORK_DONE_ENTRY,
    WORK_LAST,         /* review: Moment of the last occurrence since it opened, or MOMENT_NONE */
    WORK_COUNT,        /* review: occurrences held; in step: occurrences owed */
    WORK_INTERVAL,     /* review: 1 + place among its intervals of the one in force; in step:
                          how many of those owed are missed */
    WORK_SLOTS
};

enum {
    WORK_FLAG_MISSED = 1,        /* its limit passed, effects done */
    WORK_FLAG_PAUSED_BY = 2,     /* paused by a person */
    WORK_FLAG_PAUSED_WHILE = 4,  /* paused by its condition */
    WORK_FLAG_EXTENDED = 8,
    WORK_FLAG_DATE_ONLY = 16,    /* the anchor has a date only */
    WORK_FLAG_DAY_LIMIT = 32,
    WORK_FLAG_KNOWN_LATE = 64,
    WORK_FLAG_ACTIVE = 128       /* its state or track is there in the present stay */
};

/* A window's ring: WINDOW_TRUE, WINDOW_NEXT, then `count` Days (DAY_NONE free). */
enum { WINDOW_TRUE, WINDOW_NEXT, WINDOW_DAYS };

#define ROLE_ACTORS 16 /* persons kept for a role that excludes another */
#define REVIEW_OWED 16 /* occurrences that a review in step may owe at once; older ones are final */

/* ---- making, checking, showing ---------------------------------------- */

void program_free(Program *program); /* the program itself came from program_new */
Program *program_new(void);

/* Lays the record out: sets slot_… and slot_count, and the rings of windows, roles
 * and reviews in step. */
void program_lay_out(Program *program);
/* Differs whenever the meaning of a slot does. */
uint64_t program_layout_fingerprint(const Program *program);

/* Every check of reliability.md section 4 that applies to a program in memory:
 * operations and operands in range, jumps forward and inside the piece, stack
 * depth recomputed and equal at joins, one value left by a condition and none
 * by effects, slices inside their tables, rows ascending, layout whole. */
bool program_verify(const Program *program, Error *err);

/* The listing of `casewright disasm`: every table that has something to say, then
 * the code piece by piece with its owner and names beside operands. */
void program_disassemble(const Program *program, Text *out);
