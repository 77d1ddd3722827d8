/* A result as a table: each member of each list with its key in JSON and its kind. Adding
 * two results, writing one and reading one back all go by these tables, so that a member
 * is added to one place. */
#pragma once

#include "replay/result_internal.h"

typedef enum FieldKind {
    FIELD_COUNT,  /* uint64_t; added up */
    FIELD_MOST,   /* uint64_t; the greater counts */
    FIELD_NUMBER, /* uint32_t; of one case or file, not added up */
    FIELD_LINE,   /* uint64_t, likewise */
    FIELD_DAYS,   /* int32_t, likewise */
    FIELD_BOOL,
    FIELD_EITHER, /* bool; true where one of two is */
    FIELD_TEXT,
    FIELD_OPTIONAL, /* a text or null */
    FIELD_DIGEST,   /* char[65] */
    FIELD_DATE,     /* Day */
    FIELD_OUTCOME,  /* CaseOutcome */
    FIELD_MOMENT,   /* as a number that keeps its rank; null for MOMENT_NONE */
    FIELD_FIRST,    /* likewise; the earlier counts */
    FIELD_LAST,
    FIELD_DAY_COUNTS,
    FIELD_DUTY_MONTHS,
    FIELD_CASE_MONTHS,
    FIELD_WEEKS,
    FIELD_WEEKDAYS, /* uint64_t[7] */
    FIELD_EXAMPLES,
    FIELD_PEOPLE, /* of the RoleSum itself: offset 0 */
    FIELD_KINDS
} FieldKind;

typedef struct Field {
    const char *key; /* NULL ends a table */
    FieldKind kind;
    size_t offset;
} Field;

extern const Field *const result_list_fields[LISTS]; /* of one item */
extern const char *const result_list_keys[LISTS];
extern const Field result_head_fields[];  /* of ResultHead */
extern const Field result_count_fields[]; /* of Result: counts */
extern const Field result_note_fields[];  /* of LogNotes: counts */
extern const char *const set_aside_keys[SET_ASIDE_COUNT];
extern const char *const outcome_keys[CASE_OUTCOMES];

/* What the numbers of a period are called. */
typedef struct PeriodKeys {
    const char *period;
    bool is_week;
    const char *numbers[3]; /* NULL: not there */
} PeriodKeys;

extern const PeriodKeys period_keys[FIELD_KINDS]; /* of the three kinds that have them */

#define RESULT_SCHEMA     "casewright/replay/1"
#define RESULT_COUNT_MOST 1000000000000000 /* of one count that is read back */
