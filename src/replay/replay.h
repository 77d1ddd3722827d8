/* Past cases judged by a flow: one case at a time, on the same vm that runs live
 * cases, with the log's times for a clock. In judge mode the log is the truth: what
 * the flow would have refused is noted and then applied as far as it can be, so
 * that what follows is judged from where the case really was. In enforce mode a
 * refused event does not happen. Linear in the events; the same input gives the
 * same findings. Findings are numbers here; render has the words. */
#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "base/error.h"
#include "base/map.h"
#include "lang/bundle.h"
#include "log/log.h"
#include "vm/vm.h"

typedef enum ReplayMode { REPLAY_JUDGE, REPLAY_ENFORCE } ReplayMode;

/* The four answers for a case, the worst that applies, in this order: cannot be
 * judged, breaks a rule, late only, follows the policy. None is ever hidden. */
typedef enum CaseOutcome {
    CASE_FOLLOWS,
    CASE_LATE_ONLY,
    CASE_BREAKS,
    CASE_CANNOT_BE_JUDGED,
    CASE_OUTCOMES
} CaseOutcome;

typedef enum FindingKind {
    FINDING_REFUSED,     /* the flow would not have allowed it: `refusal` */
    FINDING_RULE,        /* a standing rule was broken by what the log says, or by nobody */
    FINDING_UNKNOWN,     /* an activity that the flow has no event for */
    FINDING_NO_OPENING,  /* the case does not begin with an event that opens one */
    FINDING_NO_FACT,     /* a guard asks for something that the log does not hold */
    FINDING_NO_TIME,     /* a date without a time, where the hour decides */
    FINDING_NO_CALENDAR, /* the calendar does not cover it */
    FINDING_SET_ASIDE,   /* a row of the case could not be read */
    FINDING_BAD_VALUE,   /* what the log holds is no value of the fact */
    FINDING_KINDS
} FindingKind;

/* How far a refused event was applied all the same (judge mode). */
typedef enum Applied {
    APPLIED_NOT,       /* enforce mode, or nothing of it could be */
    APPLIED_WHOLE,     /* only who, why, what was ticked or asked for was overlooked */
    APPLIED_LINE,      /* the one line that goes somewhere was taken against its guard */
    APPLIED_ELSEWHERE, /* as from the one other state that handles it: `from` */
    APPLIED_FACTS      /* only what it says was recorded */
} Applied;

typedef struct Finding {
    FindingKind kind;
    bool follow_on; /* the case was already out of step: not counted as a root */
    bool again;     /* work that was done already in this stay */
    Applied applied;
    uint32_t accepted; /* index + 1 of the accepted deviation that covers it; 0: none */
    uint32_t row;      /* of the case, from 0; NO_INDEX: none (a rule broken by time passing) */
    Moment at;
    uint32_t activity; /* into log->activities; 0: none */
    uint32_t state;    /* in which the main line was; NO_INDEX */
    uint32_t from;     /* APPLIED_ELSEWHERE: the state; else NO_INDEX */
    uint32_t rule_file,
        rule_offset; /* where the rule stands in the flow; file NO_INDEX: nowhere */
    uint32_t fact;   /* FINDING_NO_FACT, FINDING_BAD_VALUE; of a guard, the first it asks for */
    int64_t value;   /* which it had, or VALUE_UNKNOWN; FINDING_BAD_VALUE: into log->values */
    Refusal refusal; /* FINDING_REFUSED and FINDING_RULE */
} Finding;

/* One duty of one case: each time that work with a limit was opened. A review's
 * occurrences are duties of their own, one after the other. */
typedef struct Duty {
    uint32_t work, occurrence; /* occurrence: from 0 */
    Moment opened, started;    /* started: what the limit counts from; MOMENT_NONE: not yet */
    Moment target, due;        /* MOMENT_NEVER */
    Moment done;               /* MOMENT_NONE: not */
    Outcome outcome;           /* at the as-of date */
    int32_t days; /* from `started` (of a limit before a date: from `opened`) to done, or to
                     as-of where open, in working days where the limit is in them, else in
                     calendar days; -1: it cannot be told */
    int32_t days_late;      /* likewise, from `due`; 0: not late, or late on the same day */
    bool is_open, fell_due; /* fell_due: it was done, or its due moment passed */
    bool is_late;           /* fell due, and was not done in time; no case is late by what is
                               accepted */
    uint32_t role;          /* that did it, else the first that may; NO_INDEX */
    uint32_t accepted;      /* index + 1 of the accepted lateness that covers it; 0: none */
} Duty;

/* Something that somebody had to do, for the work of a role by the week. */
typedef struct WorkSpan {
    uint32_t work, role;
    Moment opened, ended; /* ended MOMENT_NONE: open at as-of */
    bool done;            /* else it was ended without being done */
    Person person;
} WorkSpan;

typedef struct CaseResult {
    const LogCase *source; /* borrowed: its rows in the part */
    uint32_t name;         /* into log->cases */
    uint32_t file;
    uint64_t line; /* where the case is first met in the log */
    CaseOutcome outcome;
    bool left_cut, right_cut; /* begins before, or goes on after, what the log holds */
    bool is_open;
    uint32_t state;          /* of the main line at the end; NO_INDEX: never opened */
    uint32_t events;         /* rows judged */
    const Finding *findings; /* in order; the replayer's, until the next case */
    const Duty *duties;
    const WorkSpan *spans;
    const Happened *happened; /* everything, from the opening */
    uint32_t finding_count, duty_count, span_count, happened_count;
    uint32_t roots, late;  /* findings that are roots, duties that are late; accepted apart */
    CaseOutcome unexcused; /* what the outcome would be if nothing were accepted */
    uint32_t roles_unsaid, people_unsaid; /* rows whose role, person was not judged */
    uint32_t later_rows;                  /* after the as-of date: not looked at */
} CaseResult;

/* How the texts of one fact's column are read. */
typedef struct BoundFact {
    uint32_t fact; /* NO_INDEX: a fact of another flow (binding_make_beside) */
    Map words; /* of one-of and yes-or-no facts: names, labels, and what the mapping says */
} BoundFact;

/* It had not begun by the as-of date: it is in no count of cases. */
static inline bool case_is_to_come(const CaseResult *one)
{
    return one->later_rows > 0 && one->later_rows == one->source->row_count;
}

/* What of the log is what in the flow; made once for a log, then only read. */
typedef struct Binding {
    const Program *program; /* borrowed, as the next two */
    const Log *log;
    const Mapping *mapping;
    uint32_t *events; /* owned; by activity: event, or BOUND_IGNORED, or NO_INDEX */
    uint32_t *roles;  /* owned; by role: role, or NO_INDEX */
    BoundFact *facts; /* owned; by fact of the mapping */
    Slice *sayings;   /* owned; by activity: in `said`, what its name says */
    FactEntry *said;  /* owned; of text and person facts any value: it was said */
    bool *asks;       /* owned; event * fact_count + fact: it may record that */
    bool *unsaid;     /* owned; by fact: the log holds it nowhere */
    uint32_t said_count;
    size_t said_capacity;
    bool has_roles, has_people; /* the log says them anywhere */
} Binding;

#define BOUND_IGNORED (NO_INDEX - 1)

/* Errors: ERROR_INPUT where the mapping names what the flow has not, with its line
 * and the nearest names. */
bool binding_make(Binding *binding, const Bundle *bundle, const Program *program,
                  const Log *log, const Mapping *mapping, Error *err);
/* The same for one of two flows: what the mapping names that only `other` has is passed
 * over. NULL: there is no other. */
bool binding_make_beside(Binding *binding, const Bundle *bundle, const Program *program,
                         const Bundle *other, const Log *log, const Mapping *mapping,
                         Error *err);
void binding_clear(Binding *binding);
/* The flow's event, or role, whose name or label is nearest to what the log says;
 * NULL: none is near. The flow's own text. */
const char *binding_nearest_event(const Bundle *bundle, const char *activity);
const char *binding_nearest_role(const Bundle *bundle, const char *role);
/* What a cell of a fact's column says. False: it is no value of the fact. `entry` is
 * the number that a text or person fact takes as its value. */
bool binding_value(const Binding *binding, uint32_t mapped, const char *text, int64_t entry,
                   int64_t *value);

/* "unknown-activity", "no-fact" …: what an accept file and --json call it; of what was
 * refused, the refusal's own code ("wrong-role"). */
const char *finding_code(const Finding *finding);
/* Does it leave open whether the policy was followed? Else it breaks it. */
bool finding_leaves_open(const Finding *finding);

/* A known deviation: reason, who accepted it and until when (replay.md, R10). */
typedef struct Accepted {
    const char *case_id; /* NULL: any case */
    const char *event;   /* of the flow; NULL: any */
    const char *code;    /* refusal code or finding kind, "late" for lateness; NULL: any */
    const char *reason, *by;
    Day until;
    uint32_t line;
} Accepted;

typedef struct AcceptedList {
    Arena arena;
    const char *path;
    Accepted *items;
    uint32_t count;
} AcceptedList;

/* Reads an accept file, a line for each:
 *
 *     # comment
 *     accept wrong-role of record-decision in case "C-17"
 *       until 31 March 2027 because "agreed at the board" by "head of service"
 *
 * `accept any`, `of` and `in case` may be left out; a line that begins with blanks
 * continues the one before. ERROR_INPUT with the line and what was expected there;
 * an event or code that does not exist is refused with the nearest. `path` is copied. */
bool accepted_parse(AcceptedList *list, const Bundle *bundle, const char *path,
                    const char *text, size_t length, Error *err);
void accepted_clear(AcceptedList *list);

typedef struct ReplayOptions {
    ReplayMode mode;
    Moment as_of;                 /* MOMENT_NONE: the last event of the log */
    const AcceptedList *accepted; /* NULL: none */
} ReplayOptions;

/* Are the days of that work's limit working days? Else calendar days. */
bool duty_in_working_days(const Program *program, uint32_t work);

/* The as-of date that the options name, else the last event of the log. */
Moment replay_as_of(const Program *program, const Log *log, const ReplayOptions *options);

/* One for each thread; owns its vm, a record and the lists that it gives out. */
typedef struct Replayer Replayer;

Replayer *replayer_new(const Bundle *bundle, const Program *program, const Binding *binding,
                       const ReplayOptions *options);
void replayer_free(Replayer *replayer);

/* `result` is valid until the next call. Never fails: what cannot be judged is a
 * finding. */
void replay_case(Replayer *replayer, const LogPart *part, const LogCase *one,
                 CaseResult *result);
/* The case as it stands after replay_case: slot_count slots. */
const int64_t *replayer_record(const Replayer *replayer);
