/* What adding, merging and reading back have in common: lists in order, whose items
 * are found by their names. */
#pragma once

#include "base/mem.h"
#include "replay/result.h"

typedef int (*Compare)(const void *left, const void *right);

/* One of a result's lists. */
typedef struct List {
    void *items; /* where the result keeps the pointer to the first */
    uint32_t *count;
    size_t *capacity;
    size_t size;
    Compare compare;
} List;

typedef enum ListKind {
    LIST_FILES,
    LIST_DUTIES,
    LIST_FINDINGS,
    LIST_ROLES,
    LIST_TRAVELS,
    LIST_ACTIVITIES,
    LIST_ROLE_NAMES,
    LIST_ACCEPTED,
    LIST_CASES,
    LIST_PARTS,
    LISTS
} ListKind;

List result_list(Result *result, ListKind kind);
/* The item that compares equal to `key`, which is copied in, its members as they are,
 * where there was none (*is_new). The list must be in order. */
void *list_place(List *list, const void *key, bool *is_new);
/* Behind the last; to be put into order before anything is looked for. */
void *list_add(List *list, const void *item);
void list_sort(List *list);

void day_counts_add(DayCounts *counts, int32_t days, uint64_t count);
PeriodCount *period_counts_at(PeriodCounts *counts, int32_t period);
void examples_add(Examples *examples, const char *id, Arena *arena);
/* Keeps the LIMIT_RESULT_PEOPLE that come first. */
void role_add_person(RoleSum *role, const char *person, Arena *arena);
