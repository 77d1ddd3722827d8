/* The rows of the database as structs, one per table. Text is UTF-8, borrowed
 * in both directions (see store.h for how long); NULL stands for nothing said.
 * A number 0 where a person, case or entry could stand means none. */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "calendar/day.h"
#include "calendar/zone.h"

#define STORE_ID_BYTES   16
#define STORE_HASH_BYTES 32
#define STORE_SALT_BYTES 32

typedef struct DefinitionRow {
    int64_t number; /* in order of deployment; set by the store */
    uint8_t hash[STORE_HASH_BYTES];
    int language_version;
    const char *flow, *version_label;
    Day in_force_from;
    const char *source; /* the bundle, packed */
    size_t source_length;
    Instant deployed;
    int64_t deployed_by; /* person */
} DefinitionRow;

typedef struct CalendarRow {
    int64_t number; /* set by the store */
    uint8_t hash[STORE_HASH_BYTES];
    const char *name;
    const char *source; /* the dated holidays */
    size_t source_length;
    Instant applied;
    int64_t applied_by;
} CalendarRow;

/* As in the record (bytecode/program.h, CaseStatus). */
typedef enum StoreStatus { STORE_NOT_OPEN = 0, STORE_OPEN = 1, STORE_CLOSED = 2 } StoreStatus;

typedef struct CaseRow {
    int64_t id;
    const char *reference; /* NULL: none */
    const char *flow;
    uint8_t definition[STORE_HASH_BYTES];
    bool has_calendar;
    uint8_t calendar[STORE_HASH_BYTES]; /* of the holiday data it is pinned to */
    const void *record; /* NULL: to be rebuilt. In a walk at any address: copy it out */
    size_t record_bytes;
    uint64_t layout;    /* fingerprint of the record's layout */
    int64_t last_entry; /* number; 0: none yet */
    Moment as_of;       /* the case clock */
    StoreStatus status;
    Moment next_due;    /* MOMENT_NEVER */
    Instant opened;     /* when it was opened, in effect */
    Instant closed;     /* MOMENT_NONE */
} CaseRow;

/* One word each in the database; log_kind_text gives it. */
typedef enum LogKind {
    LOG_OPEN, LOG_EVENT, LOG_TICK, LOG_NOT_NEEDED, LOG_APPROVE, LOG_DECLINE, LOG_VOID, LOG_AMEND,
    LOG_MIGRATE, LOG_CALENDAR, LOG_PAUSE, LOG_RESUME, LOG_EXTEND, LOG_REOPEN, LOG_ASSIGN,
    LOG_ABSENCE, LOG_LINK, LOG_NOTE,
    LOG_KIND_COUNT
} LogKind;

const char *log_kind_text(LogKind kind); /* "not-needed" */

typedef struct EntryRow {
    int64_t number, case_id, seq; /* set by the store but for case_id; 0: of no case, then
                                     seq is 0 too */
    LogKind kind;
    bool imported;         /* origin: import, else typed */
    const char *name;      /* event, work or state; NULL where the kind has none */
    Instant effective;     /* when date_only: the start of that local day */
    Day effective_day;     /* the local date */
    bool date_only;
    Instant recorded;
    int64_t person;        /* 0 only for imported entries */
    const char *role;      /* acted in */
    int64_t on_behalf_of;  /* person; 0: nobody */
    const char *on_behalf_role;
    int64_t refers_to;     /* entry: what is voided, amended, approved … */
    const char *key;
    uint8_t definition[STORE_HASH_BYTES];
    bool has_calendar;
    uint8_t calendar[STORE_HASH_BYTES];
    /* content, apart so that it can be destroyed */
    bool destroyed;        /* then facts and reason are NULL */
    const char *facts;     /* JSON; "{}" when nothing was said */
    const char *reason;
    /* the chain; set by the store */
    uint8_t salt[STORE_SALT_BYTES];
    uint8_t commitment[STORE_HASH_BYTES], previous[STORE_HASH_BYTES], hash[STORE_HASH_BYTES];
} EntryRow;

typedef enum TaskStatus {
    TASK_OPEN, TASK_DONE, TASK_NOT_NEEDED, TASK_UNFINISHED, TASK_EXCLUDED, TASK_CLOSED,
    TASK_STATUS_COUNT
} TaskStatus;

const char *task_status_text(TaskStatus status); /* "not-needed" */

typedef struct TaskRow {
    int64_t case_id;       /* set by the store */
    int64_t position;      /* of the row in its case, from 0: the order given */
    const char *name, *label;
    const char *kind;      /* task, review, deadline, must */
    const char *track;     /* NULL: the main line */
    TaskStatus status;
    const char *roles;     /* "team-manager, cpm-vc" */
    int64_t person;        /* whose it is; 0: anybody's with the role */
    Moment opened, target, due; /* MOMENT_NONE, MOMENT_NEVER */
    const char *due_text;  /* for people: "2021-04-08", "2021-04-08T11:00+01:00" */
    Moment done;           /* MOMENT_NONE */
    const char *outcome;   /* word of language.md, meaning 12; NULL: no limit */
} TaskRow;

typedef struct RefusalRow {
    int64_t number, case_id; /* case 0: none was opened */
    LogKind kind;
    const char *name;
    Instant effective, recorded;
    int64_t person;
    const char *role, *code, *text;
} RefusalRow;

typedef struct OutboxRow {
    int64_t number;        /* set by the store */
    const char *key;       /* stable: the same notification has it after every replay */
    int64_t case_id;
    const char *kind;      /* notify, escalate, flag, remind */
    const char *name;      /* the work it is about; NULL */
    const char *role;      /* to whom; NULL for a flag */
    int64_t person;        /* who holds that role on the case; 0 */
    const char *text;
    Moment happened, due;  /* MOMENT_NEVER: no due moment */
    Instant created;
    Instant delivered, withdrawn; /* MOMENT_NONE; set by the store */
} OutboxRow;

typedef struct PersonRow {
    int64_t id;            /* set by the store */
    const char *login;     /* never changes: entries are sealed with it */
    const char *name;
    Instant added;
} PersonRow;

typedef struct HoldsRow {
    int64_t person;
    const char *login;     /* out only */
    const char *role;
    Day from, to;          /* both included; DAY_NONE: without end */
} HoldsRow;

typedef struct AbsenceRow {
    int64_t person;
    const char *login;     /* out only */
    Day from, to;          /* both included; DAY_NONE: until further notice */
    const char *note;
} AbsenceRow;
