#include <string.h>

#include "base/limits.h"
#include "base/mem.h"
#include "replay/compare_internal.h"

/* ---- lists in order ---------------------------------------------------------------- */

static int order_of_duties(const FlippedDuty *a, const FlippedDuty *b)
{
    int order = strcmp(a->id, b->id);
    if (order == 0)
        order = strcmp(a->work, b->work);
    if (order == 0)
        order = (a->occurrence > b->occurrence) - (a->occurrence < b->occurrence);
    if (order == 0) /* one work in two places */
        order = (a->due_b > b->due_b) - (a->due_b < b->due_b);
    return order ? order : (a->due_a > b->due_a) - (a->due_a < b->due_a);
}

bool has_room_for_case(const Comparison *c, const char *id)
{
    return c->case_count < LIMIT_COMPARE_LISTED ||
           strcmp(id, c->cases[c->case_count - 1].id) < 0;
}

bool has_room_for_duty(const Comparison *c, const FlippedDuty *one)
{
    return c->duty_count < LIMIT_COMPARE_LISTED ||
           order_of_duties(one, &c->duties[c->duty_count - 1]) < 0;
}

/* Cases mostly come in order, so the search begins at the end. */
void list_flipped_case(Comparison *c, const FlippedCase *one)
{
    uint32_t at = c->case_count;
    while (at > 0 && strcmp(c->cases[at - 1].id, one->id) > 0)
        at--;
    if (at == LIMIT_COMPARE_LISTED)
        return;
    c->cases = mem_grow(c->cases, &c->case_capacity, c->case_count + 1, sizeof *c->cases);
    memmove(&c->cases[at + 1], &c->cases[at], (c->case_count - at) * sizeof *c->cases);
    c->cases[at] = *one;
    c->case_count += c->case_count < LIMIT_COMPARE_LISTED;
}

void list_flipped_duty(Comparison *c, const FlippedDuty *one)
{
    uint32_t at = c->duty_count;
    while (at > 0 && order_of_duties(&c->duties[at - 1], one) > 0)
        at--;
    if (at == LIMIT_COMPARE_LISTED)
        return;
    c->duties = mem_grow(c->duties, &c->duty_capacity, c->duty_count + 1, sizeof *c->duties);
    memmove(&c->duties[at + 1], &c->duties[at], (c->duty_count - at) * sizeof *c->duties);
    c->duties[at] = *one;
    c->duty_count += c->duty_count < LIMIT_COMPARE_LISTED;
}

void pair_add_days(DutyPair *pair, int32_t days, uint64_t count)
{
    DayCounts *list = &pair->days;
    uint32_t at = list->count;
    while (at > 0 && list->items[at - 1].days > days)
        at--;
    if (at > 0 && list->items[at - 1].days == days) {
        list->items[at - 1].count += count;
        return;
    }
    list->items = mem_grow(list->items, &list->capacity, list->count + 1, sizeof *list->items);
    memmove(&list->items[at + 1], &list->items[at], (list->count - at) * sizeof *list->items);
    list->items[at] = (DayCount){days, count};
    list->count++;
}

/* ---- of the same flows ------------------------------------------------------------- */

static bool same_text(const char *a, const char *b)
{
    return a == b || (a && b && strcmp(a, b) == 0);
}

static bool same_head(const ResultHead *a, const ResultHead *b, const char *which, Error *err)
{
    const struct {
        const char *what, *a, *b;
    } texts[] = {
        {"flow", a->hash, b->hash},
        {"mode", a->mode, b->mode},
        {"mapping", a->mapping, b->mapping},
        {"zone", a->zone, b->zone},
        {"list of accepted deviations", a->accepted, b->accepted},
    };
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        if (!same_text(texts[i].a, texts[i].b))
            return error_kind(err, ERROR_INPUT,
                              "these compare different things: the %s of the %s flow differs",
                              texts[i].what, which);
    return a->as_of == b->as_of ||
           error_kind(err, ERROR_INPUT,
                      "these compare different things: the as-of date differs");
}

static bool same_shape(const Comparison *a, const Comparison *b, Error *err)
{
    if (!same_head(&a->a, &b->a, "first", err) || !same_head(&a->b, &b->b, "second", err))
        return false;
    bool same = a->change_count == b->change_count && a->block_count == b->block_count &&
                a->pair_count == b->pair_count && a->role_count == b->role_count &&
                a->reach_count == b->reach_count;
    for (uint32_t i = 0; same && i < a->pair_count; i++)
        same = same_text(a->pairs[i].name, b->pairs[i].name);
    for (uint32_t i = 0; same && i < a->role_count; i++)
        same = same_text(a->roles[i].name, b->roles[i].name);
    for (uint32_t i = 0; same && i < a->reach_count; i++)
        same = same_text(a->reaches[i].name, b->reaches[i].name);
    return same || error_kind(err, ERROR_INPUT,
                              "these compare different things: what the flows ask for differs");
}

/* ---- adding ------------------------------------------------------------------------ */

static void merge_pair(DutyPair *to, const DutyPair *from)
{
    for (int i = 0; i < DUTY_STANDINGS; i++) {
        for (int j = 0; j < DUTY_STANDINGS; j++)
            to->both[i][j] += from->both[i][j];
        to->only_a[i] += from->only_a[i];
        to->only_b[i] += from->only_b[i];
    }
    to->other_start += from->other_start;
    for (uint32_t i = 0; i < from->days.count; i++)
        pair_add_days(to, from->days.items[i].days, from->days.items[i].count);
}

static void merge_role(RolePair *to, const RolePair *from)
{
    to->work_a += from->work_a;
    to->work_b += from->work_b;
    to->added += from->added;
    to->removed += from->removed;
    to->duties_added += from->duties_added;
    to->duties_removed += from->duties_removed;
}

static void merge_block(BlockSum *to, const BlockSum *from)
{
    to->flips += from->flips;
    to->newly_late += from->newly_late;
    to->newly_in_time += from->newly_in_time;
    /* a mapping that does not fit a trial fits it nowhere, so they say the same */
    if (from->standing > to->standing)
        to->standing = from->standing;
}

static void copy_side(Arena *arena, CaseSide *side)
{
    side->sentence = arena_strdup(arena, side->sentence);
    side->place = arena_strdup(arena, side->place);
}

static void merge_lists(Comparison *to, const Comparison *from)
{
    for (uint32_t i = 0; i < from->case_count; i++) {
        FlippedCase one = from->cases[i];
        if (!has_room_for_case(to, one.id))
            break;
        one.id = arena_strdup(&to->arena, one.id);
        copy_side(&to->arena, &one.a);
        copy_side(&to->arena, &one.b);
        list_flipped_case(to, &one);
    }
    for (uint32_t i = 0; i < from->duty_count; i++) {
        FlippedDuty one = from->duties[i];
        if (!has_room_for_duty(to, &one))
            break;
        one.id = arena_strdup(&to->arena, one.id);
        one.work = arena_strdup(&to->arena, one.work);
        list_flipped_duty(to, &one);
    }
}

bool comparison_merge(Comparison *to, const Comparison *from, Error *err)
{
    if (!same_shape(to, from, err))
        return false;
    for (int i = 0; i < CASE_OUTCOMES; i++)
        for (int j = 0; j < CASE_OUTCOMES; j++)
            to->outcomes[i][j] += from->outcomes[i][j];
    to->total += from->total;
    to->flipped += from->flipped;
    to->flips_together += from->flips_together;
    to->newly_late += from->newly_late;
    to->newly_in_time += from->newly_in_time;
    for (uint32_t i = 0; i < to->block_count; i++)
        merge_block(&to->blocks[i], &from->blocks[i]);
    for (uint32_t i = 0; i < to->pair_count; i++)
        merge_pair(&to->pairs[i], &from->pairs[i]);
    for (uint32_t i = 0; i < to->role_count; i++)
        merge_role(&to->roles[i], &from->roles[i]);
    for (uint32_t i = 0; i < to->reach_count; i++) {
        to->reaches[i].reached += from->reaches[i].reached;
        to->reaches[i].could += from->reaches[i].could;
    }
    merge_lists(to, from);
    return true;
}
