#include "replay/result.h"

#include <stdlib.h>
#include <string.h>

#include "base/limits.h"
#include "replay/result_internal.h"

/* ---- order -------------------------------------------------------------------- */

static int compare_texts(const char *left, const char *right)
{
    if (!left || !right)
        return (left != NULL) - (right != NULL);
    return strcmp(left, right);
}

static int compare_files(const void *left, const void *right)
{
    const ResultFile *a = left, *b = right;
    int order = strcmp(a->path, b->path);
    return order ? order : strcmp(a->digest, b->digest);
}

static int compare_duties(const void *left, const void *right)
{
    const DutySum *a = left, *b = right;
    int order = strcmp(a->name, b->name);
    return order ? order : strcmp(a->place, b->place);
}

static int compare_findings(const void *left, const void *right)
{
    const FindingSum *a = left, *b = right;
    int order = strcmp(a->code, b->code);
    order = order ? order : strcmp(a->place, b->place);
    return order ? order : strcmp(a->sentence, b->sentence);
}

static int compare_roles(const void *left, const void *right)
{
    return strcmp(((const RoleSum *)left)->name, ((const RoleSum *)right)->name);
}

static int compare_travels(const void *left, const void *right)
{
    const TravelSum *a = left, *b = right;
    int order = strcmp(a->track, b->track);
    order = order ? order : strcmp(a->from, b->from);
    return order ? order : strcmp(a->to, b->to);
}

static int compare_activities(const void *left, const void *right)
{
    return strcmp(((const ActivitySum *)left)->activity,
                  ((const ActivitySum *)right)->activity);
}

static int compare_role_names(const void *left, const void *right)
{
    return strcmp(((const RoleNameSum *)left)->name, ((const RoleNameSum *)right)->name);
}

static int compare_accepted(const void *left, const void *right)
{
    const AcceptedSum *a = left, *b = right;
    int order = strcmp(a->what, b->what);
    order = order ? order : strcmp(a->reason, b->reason);
    order = order ? order : strcmp(a->by, b->by);
    return order ? order : (a->until > b->until) - (a->until < b->until);
}

static int compare_cases(const void *left, const void *right)
{
    const CaseSum *a = left, *b = right;
    int order = strcmp(a->id, b->id);
    order = order ? order : compare_texts(a->file, b->file);
    return order ? order : (a->line > b->line) - (a->line < b->line);
}

static int compare_parts(const void *left, const void *right)
{
    const PartSum *a = left, *b = right;
    int order = strcmp(a->digest, b->digest);
    order = order ? order : (a->shards > b->shards) - (a->shards < b->shards);
    return order ? order : (a->shard > b->shard) - (a->shard < b->shard);
}

/* ---- lists ----------------------------------------------------------------------- */

#define LIST(field, one, compare)                                                              \
    {                                                                                          \
        &result->field, &result->one##_count, &result->one##_capacity, sizeof *result->field,  \
            compare                                                                            \
    }

List result_list(Result *result, ListKind kind)
{
    const List lists[LISTS] = {
        [LIST_FILES] = LIST(files, file, compare_files),
        [LIST_DUTIES] = LIST(duties, duty, compare_duties),
        [LIST_FINDINGS] = LIST(findings, finding, compare_findings),
        [LIST_ROLES] = LIST(roles, role, compare_roles),
        [LIST_TRAVELS] = LIST(travels, travel, compare_travels),
        [LIST_ACTIVITIES] = LIST(activities, activity, compare_activities),
        [LIST_ROLE_NAMES] = LIST(role_names, role_name, compare_role_names),
        [LIST_ACCEPTED] = LIST(accepted, accepted, compare_accepted),
        [LIST_CASES] = LIST(case_sums, case_sum, compare_cases),
        [LIST_PARTS] = LIST(parts, part, compare_parts),
    };
    return lists[kind];
}

/* Every pointer to an object is kept as its bytes say, whatever its type. */
static char *first_item(const List *list)
{
    char *first;
    memcpy(&first, list->items, sizeof first);
    return first;
}

static char *make_room(List *list)
{
    char *first = mem_grow(first_item(list), list->capacity, *list->count + 1, list->size);
    memcpy(list->items, &first, sizeof first);
    return first;
}

void *list_add(List *list, const void *item)
{
    char *at = make_room(list) + (*list->count)++ * list->size;
    memcpy(at, item, list->size);
    return at;
}

void *list_place(List *list, const void *key, bool *is_new)
{
    uint32_t low = 0, high = *list->count;
    char *first = first_item(list);
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        if (list->compare(first + middle * list->size, key) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    *is_new = low == *list->count || list->compare(first + low * list->size, key) != 0;
    if (!*is_new)
        return first + low * list->size;
    char *at = make_room(list) + low * list->size;
    memmove(at + list->size, at, (*list->count - low) * list->size);
    memcpy(at, key, list->size);
    ++*list->count;
    return at;
}

void list_sort(List *list)
{
    if (*list->count > 1)
        qsort(first_item(list), *list->count, list->size, list->compare);
}

/* ---- counts ------------------------------------------------------------------------ */

uint64_t day_counts_total(const DayCounts *counts)
{
    uint64_t total = 0;
    for (uint32_t i = 0; i < counts->count; i++)
        total += counts->items[i].count;
    return total;
}

int32_t day_counts_within(const DayCounts *counts, uint64_t part, uint64_t of)
{
    uint64_t total = day_counts_total(counts), sum = 0;
    for (uint32_t i = 0; i < counts->count; i++) {
        sum += counts->items[i].count;
        if (sum * of >= total * part)
            return counts->items[i].days;
    }
    return -1;
}

/* Looked for backwards, from where it stands if no smaller number is missing. */
void day_counts_add(DayCounts *counts, int32_t days, uint64_t count)
{
    bool is_within =
        days >= 0 && (uint32_t)days < counts->count && counts->items[days].days >= days;
    uint32_t at = is_within ? (uint32_t)days + 1 : counts->count;
    while (at > 0 && counts->items[at - 1].days >= days)
        at--;
    if (at == counts->count || counts->items[at].days != days) {
        counts->items = mem_grow(counts->items, &counts->capacity, counts->count + 1,
                                 sizeof *counts->items);
        memmove(&counts->items[at + 1], &counts->items[at],
                (counts->count - at) * sizeof *counts->items);
        counts->items[at] = (DayCount){days, 0};
        counts->count++;
    }
    counts->items[at].count += count;
}

/* Where the period stands if they follow one another at equal distances, as those of a
 * long log do; else anywhere. */
static uint32_t guess_place(const PeriodCounts *counts, int32_t period)
{
    if (counts->count < 2)
        return 0;
    uint32_t last = counts->count - 1;
    int64_t from = counts->items[0].period, until = counts->items[last].period;
    if (period <= from || period >= until)
        return period <= from ? 0 : last;
    return (uint32_t)((period - from) * last / (until - from));
}

PeriodCount *period_counts_at(PeriodCounts *counts, int32_t period)
{
    uint32_t low = 0, high = counts->count, guess = guess_place(counts, period);
    if (guess < high && counts->items[guess].period == period)
        return &counts->items[guess];
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        if (counts->items[middle].period < period)
            low = middle + 1;
        else
            high = middle;
    }
    if (low == counts->count || counts->items[low].period != period) {
        counts->items = mem_grow(counts->items, &counts->capacity, counts->count + 1,
                                 sizeof *counts->items);
        memmove(&counts->items[low + 1], &counts->items[low],
                (counts->count - low) * sizeof *counts->items);
        counts->items[low] = (PeriodCount){.period = period};
        counts->count++;
    }
    return &counts->items[low];
}

void examples_add(Examples *examples, const char *id, Arena *arena)
{
    uint32_t at = 0;
    while (at < examples->count && strcmp(examples->ids[at], id) < 0)
        at++;
    if (at == RESULT_EXAMPLES || (at < examples->count && strcmp(examples->ids[at], id) == 0))
        return;
    examples->count += examples->count < RESULT_EXAMPLES;
    for (uint32_t i = examples->count - 1; i > at; i--)
        examples->ids[i] = examples->ids[i - 1];
    examples->ids[at] = arena_strdup(arena, id);
}

void role_add_person(RoleSum *role, const char *person, Arena *arena)
{
    uint32_t low = 0, high = role->person_count;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        if (strcmp(role->people[middle], person) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    if (low == LIMIT_RESULT_PEOPLE ||
        (low < role->person_count && strcmp(role->people[low], person) == 0))
        return;
    role->people = mem_grow(role->people, &role->person_capacity, role->person_count + 1,
                            sizeof *role->people);
    memmove(&role->people[low + 1], &role->people[low],
            (role->person_count - low) * sizeof *role->people);
    role->people[low] = arena_strdup(arena, person);
    role->person_count += role->person_count < LIMIT_RESULT_PEOPLE;
}

/* ---- the end --------------------------------------------------------------------------- */

void result_clear(Result *result)
{
    for (uint32_t i = 0; i < result->duty_count; i++) {
        free(result->duties[i].days.items);
        free(result->duties[i].days_late.items);
        free(result->duties[i].months.items);
    }
    for (uint32_t i = 0; i < result->finding_count; i++)
        free(result->findings[i].months.items);
    for (uint32_t i = 0; i < result->role_count; i++) {
        free(result->roles[i].weeks.items);
        free(result->roles[i].people);
    }
    for (int kind = 0; kind < LISTS; kind++) {
        List list = result_list(result, (ListKind)kind);
        free(first_item(&list));
    }
    arena_clear(&result->arena);
    *result = (Result){0};
}
