/* The members of a comparison as JSON has them: one table, from which it is written and
 * read back, so that the two cannot disagree. */
#pragma once

#include <stddef.h>

#include "replay/compare.h"

#define COMPARE_SCHEMA "casewright/comparison/1"

typedef enum FieldKind {
    FIELD_TEXT, /* const char *; never NULL */
    FIELD_BOOL,
    FIELD_CHOICE, /* an enum of `count` values, by their names */
    FIELD_INT,    /* int32_t */
    FIELD_INDEX,  /* uint32_t */
    FIELD_COUNT,  /* uint64_t */
    FIELD_COUNTS, /* `count` of them; rows of DUTY_STANDINGS or CASE_OUTCOMES in one list */
    FIELD_MOMENT, /* a number that keeps its rank; null: MOMENT_NONE */
    FIELD_DUE,    /* the same; null: MOMENT_NEVER */
    FIELD_BITS,   /* uint64_t: a list of the places of its bits */
    FIELD_DAYS    /* DayCounts: a list of [days, count] */
} FieldKind;

typedef struct Field {
    const char *name; /* NULL ends a table */
    FieldKind kind;
    size_t offset;
    uint32_t count;
    const char *const *choices;
} Field;

extern const Field head_fields[], total_fields[];

/* One of the lists of a comparison. */
typedef struct FieldList {
    const char *name; /* NULL ends the table */
    const Field *fields;
    size_t items, count, capacity; /* where they stand in Comparison */
    size_t size;                   /* of an item */
} FieldList;

extern const FieldList field_lists[];
