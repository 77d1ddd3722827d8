/* What many cases come to: counts, sentences, days taken, work by the week. Nothing
 * but sums and lists with a total order, keyed by names and not by numbers, so that
 * results of threads, shards and machines can be added in any grouping and give the
 * same bytes (result_merge is associative and commutative), and can be written and
 * read back without the flow. Text, JSON, CSV and the HTML report are made from it. */
#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/error.h"
#include "base/json.h"
#include "base/text.h"
#include "replay/replay.h"

/* How often a number of days was met; ascending by `days`. */
typedef struct DayCount {
    int32_t days;
    uint64_t count;
} DayCount;

typedef struct DayCounts {
    DayCount *items; /* owned */
    uint32_t count;
    size_t capacity;
} DayCounts;

uint64_t day_counts_total(const DayCounts *counts);
/* The smallest number of days that at least `part` of `of` were done within:
 * 1 of 2 is the median, 9 of 10 is nine in ten. -1 of nothing. */
int32_t day_counts_within(const DayCounts *counts, uint64_t part, uint64_t of);

/* A month (year * 12 + month - 1) or a week (of its Monday: a Day) and what fell in it. */
typedef struct PeriodCount {
    int32_t period;
    uint64_t first, second, third; /* duties: in time, late, open and overdue; findings: cases;
                                      roles: started, finished, ended undone */
} PeriodCount;

typedef struct PeriodCounts {
    PeriodCount *items; /* owned; ascending by `period` */
    uint32_t count;
    size_t capacity;
} PeriodCounts;

typedef struct DutySum {
    const char *name, *label; /* of the work */
    const char *limit;        /* "within 3 working days of …", the flow's words */
    const char *place;        /* "cre.flow:87" */
    const char *clause;       /* "CRE-15"; NULL: none cited */
    const char *role;         /* label of the first that may do it; NULL: nobody named */
    bool is_review, in_working_days;
    int32_t limit_days; /* to draw the limit; 0: it varies or is in hours */
    /* late: done after its moment; open_overdue: not done, its moment past, also where the
       work was ended so. fell_due = in_time + late + open_overdue. */
    uint64_t fell_due, in_time, late, open_overdue, open_not_due, not_started, not_needed,
        unfinished, cannot_tell, accepted;
    uint64_t cases;      /* with at least one that fell due */
    uint64_t late_cases; /* with at least one that was not done in time */
    DayCounts days;      /* taken by those done */
    DayCounts days_late; /* of those done late */
    PeriodCounts months; /* by the month in which it fell due */
} DutySum;

#define RESULT_EXAMPLES 3

/* The cases that come first by id; ascending. */
typedef struct Examples {
    const char *ids[RESULT_EXAMPLES];
    uint32_t count;
} Examples;

typedef struct FindingSum {
    const char *code;     /* "wrong-role", "no-fact" … */
    const char *group;    /* the heading it stands under: "Not allowed at that point" */
    const char *sentence; /* the same for every case: without ids, names, dates */
    const char *place;    /* "cre.flow:87"; "" where no line says it */
    bool is_cannot_judge;
    uint64_t cases, events, roots, follow_ons, accepted;
    PeriodCounts months; /* cases by month */
    Examples examples;
} FindingSum;

typedef struct RoleSum {
    const char *name, *label;
    PeriodCounts weeks;
    uint64_t weekdays[7]; /* finished on it; 0 is Monday */
    const char **people;  /* owned array; distinct, ascending; at most LIMIT_RESULT_PEOPLE */
    uint32_t person_count;
    size_t person_capacity;
} RoleSum;

/* How often a line of the flow was travelled, for the picture. */
typedef struct TravelSum {
    const char *track, *from,
        *to; /* names; from "" is the opening; to "" counts stays refused */
    uint64_t count, refused;
} TravelSum;

typedef struct ActivitySum {
    const char *activity;
    const char *event; /* of the flow; NULL: none, or ignored */
    bool ignored;
    const char *nearest; /* of the flow's events, where there is none; or NULL */
    uint64_t count;
} ActivitySum;

/* What the log calls a role, and the flow has not. */
typedef struct RoleNameSum {
    const char *name, *nearest; /* nearest: of the flow's roles; NULL: none is near */
    uint64_t count;             /* rows */
} RoleNameSum;

typedef struct AcceptedSum {
    const char *what, *reason, *by;
    Day until;
    bool expired; /* at the as-of date: it covers nothing */
    uint64_t cases, events;
} AcceptedSum;

/* One line for a case; kept only where asked for (result_begin). */
typedef struct CaseSum {
    const char *id, *file;
    uint64_t line;
    CaseOutcome outcome;
    const char *why; /* sentence of its first root or lateness; "" when it follows */
    const char *state;
    uint32_t events, findings, late;
    bool left_cut, right_cut, is_open;
} CaseSum;

typedef struct ResultFile {
    const char *path;
    char digest[65];
    uint64_t bytes, rows, used;
    const char *columns;
} ResultFile;

/* Which cases of which files were judged, so that nothing is added up twice. All shards
 * of the files together are shard 1 of 1. */
typedef struct PartSum {
    const char *digest;     /* SHA-256 of each file, in hexadecimal, joined by "+" */
    uint32_t shard, shards; /* from 1 */
    uint64_t times;         /* 1 */
} PartSum;

/* What was run: section 0 of the report. Two results with different heads (the files
 * and what was read apart) cannot be merged. */
typedef struct ResultHead {
    const char *flow, *label, *version, *hash;
    const char *calendar, *covers; /* "1995 to 2035" */
    const char *zone;
    const char *mode;               /* "judge" or "enforce" */
    const char *mapping, *accepted; /* paths; "" none */
    Moment as_of;
    bool as_of_is_last;         /* nobody named it */
    bool has_roles, has_people; /* the log says who, in which role, did what */
    const char *not_held;       /* facts that the flow asks for and the log does not hold, their
                                   labels joined by ", "; "" none */
} ResultHead;

typedef struct Result {
    Arena arena; /* owned: the texts */
    ResultHead head;
    ResultFile *files;
    uint64_t cases, events, outcomes[CASE_OUTCOMES];
    uint64_t closed, open, left_cut, right_cut;
    uint64_t excused; /* cases whose outcome is better for what is accepted */
    uint64_t roles_unsaid, people_unsaid; /* rows whose role, person was not judged */
    uint64_t later_rows;                  /* after the as-of date: not looked at */
    Moment first, last;
    uint64_t set_aside[SET_ASIDE_COUNT];
    LogNotes notes;
    DutySum *duties;         /* owned arrays, each in its stated order: by name */
    FindingSum *findings;    /* by code, place, sentence */
    RoleSum *roles;          /* by name */
    TravelSum *travels;      /* by track, from, to */
    ActivitySum *activities; /* by activity */
    RoleNameSum *role_names; /* by name */
    AcceptedSum *accepted;   /* by what, reason, by, until */
    CaseSum *case_sums;      /* by id */
    PartSum *parts;          /* by digest, shards, shard */
    uint32_t file_count, duty_count, finding_count, role_count, travel_count, activity_count,
        role_name_count, accepted_count, case_sum_count, part_count;
    size_t file_capacity, duty_capacity, finding_capacity, role_capacity, travel_capacity,
        activity_capacity, role_name_capacity, accepted_capacity, case_sum_capacity,
        part_capacity;
} Result;

/* The words for numbers, supplied by whoever has them (render): asked once for each
 * new kind of finding or duty, never in the hot path. */
typedef struct ResultWords {
    void *context;
    /* Fills code, group, sentence, place; texts in the arena. */
    void (*finding)(void *context, const Log *log, const Finding *finding, Arena *arena,
                    FindingSum *sum);
    void (*duty)(void *context, uint32_t work, Arena *arena, DutySum *sum);
} ResultWords;

/* Adds cases to a result; one for each thread. Keeps tables from the flow's numbers to
 * the result's places, so that adding a case looks nothing up by name. */
typedef struct Tally Tally;
Tally *tally_new(Result *result, const Bundle *bundle, const Program *program,
                 const Binding *binding, const ResultWords *words, bool keep_cases);
void tally_add(Tally *tally, const LogPart *part, const CaseResult *one);
/* Puts the result's lists into their order; until then it is not to be read. */
void tally_free(Tally *tally);

/* What was run and read, once for a log and not for each thread: files, set-aside rows,
 * notes, what is accepted. Only the flow's hash is left for the caller to fill. Every
 * thread's own result needs what is accepted: see result_begin_more. */
void result_begin(Result *result, const Bundle *bundle, const Program *program,
                  const Binding *binding, const ReplayOptions *options);

/* The same but for what was read, which must be counted once: for another thread. */
void result_begin_more(Result *result, const Bundle *bundle, const Program *program,
                       const Binding *binding, const ReplayOptions *options);

/* Adds `from` to `to`. ERROR_INPUT when they are not results of the same flow, mode,
 * mapping and as-of date (which of them differs is said). */
bool result_merge(Result *to, const Result *from, Error *err);
void result_json(const Result *result, Json *json);
/* The same as a member of what is being written. */
void result_json_under(const Result *result, Json *json, const char *key);
/* Reads what result_json wrote; ERROR_INPUT with the place, ERROR_VERSION for a
 * newer one. */
bool result_parse(Result *result, const char *text, size_t length, Error *err);
void result_clear(Result *result);
