#include "analysis/flow_difference.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

/* ---- matching ---------------------------------------------------------------------- */

/* A thing or clause that looks for its counterpart. */
typedef struct Item {
    int group; /* its kind: only the same kind can match */
    const char *key, *value;
    uint32_t index;   /* in its list */
    uint32_t partner; /* index in the other list; UINT32_MAX: none */
} Item;

typedef struct ItemList {
    Item *items; /* owned */
    size_t count;
} ItemList;

static ItemList items_new(size_t most)
{
    return (ItemList){.items = mem_alloc_array(most, sizeof(Item))};
}

static void items_add(ItemList *list, int group, const char *key, const char *value,
                      uint32_t index)
{
    list->items[list->count++] = (Item){group, key, value, index, UINT32_MAX};
}

static int compare_keys(const Item *left, const Item *right)
{
    if (left->group != right->group)
        return left->group < right->group ? -1 : 1;
    return strcmp(left->key, right->key);
}

static int compare_items(const void *a, const void *b)
{
    const Item *left = a, *right = b;
    int order = compare_keys(left, right);
    if (order == 0)
        order = strcmp(left->value, right->value);
    if (order == 0)
        order = (left->index > right->index) - (left->index < right->index);
    return order;
}

static int compare_indices(const void *a, const void *b)
{
    const Item *left = a, *right = b;
    return (left->index > right->index) - (left->index < right->index);
}

static void pair(Item *left, Item *right)
{
    left->partner = right->index;
    right->partner = left->index;
}

/* Pairs two runs that share group and key: those of one meaning first, then, with
 * `changed`, what is left, in the order of meanings. */
static void pair_runs(Item *a, const Item *a_end, Item *b, const Item *b_end, bool changed)
{
    Item *left = a, *right = b;
    while (left < a_end && right < b_end) {
        int order = strcmp(left->value, right->value);
        if (order == 0)
            pair(left++, right++);
        else if (order < 0)
            left++;
        else
            right++;
    }
    if (!changed)
        return;
    for (left = a, right = b; left < a_end && right < b_end;) {
        if (left->partner != UINT32_MAX)
            left++;
        else if (right->partner != UINT32_MAX)
            right++;
        else
            pair(left++, right++);
    }
}

static Item *run_end(Item *item, const Item *end)
{
    Item *last = item + 1;
    while (last < end && compare_keys(item, last) == 0)
        last++;
    return last;
}

/* Gives each item its partner. Afterwards both lists are in the order of their indices
 * again. */
static void match(ItemList *a, ItemList *b, bool changed)
{
    if (a->count)
        qsort(a->items, a->count, sizeof(Item), compare_items);
    if (b->count)
        qsort(b->items, b->count, sizeof(Item), compare_items);
    Item *left = a->items, *right = b->items;
    const Item *a_end = left + a->count, *b_end = right + b->count;
    while (left < a_end && right < b_end) {
        int order = compare_keys(left, right);
        Item *left_end = order <= 0 ? run_end(left, a_end) : left;
        Item *right_end = order >= 0 ? run_end(right, b_end) : right;
        if (order == 0)
            pair_runs(left, left_end, right, right_end, changed);
        left = left_end;
        right = right_end;
    }
    if (a->count)
        qsort(a->items, a->count, sizeof(Item), compare_indices);
    if (b->count)
        qsort(b->items, b->count, sizeof(Item), compare_indices);
}

/* ---- changes ----------------------------------------------------------------------- */

/* Two counterparts, or one without. */
typedef struct Pair {
    const Thing *old_thing, *new_thing;
} Pair;

static const Span NOWHERE = {0};

static uint32_t block_of(FlowDifference *d, const Pair *block)
{
    if (d->block_count > 0) {
        const ChangedBlock *last = &d->blocks[d->block_count - 1];
        if (last->old_thing == block->old_thing && last->new_thing == block->new_thing)
            return d->block_count - 1;
    }
    d->blocks = mem_grow(d->blocks, &d->block_capacity, d->block_count + 1, sizeof *d->blocks);
    d->blocks[d->block_count] = (ChangedBlock){block->old_thing, block->new_thing, 0};
    return d->block_count++;
}

static FlowChange *add_change(FlowDifference *d, const Pair *block, const Pair *things)
{
    uint32_t at = block_of(d, block);
    d->blocks[at].change_count++;
    d->changes =
        mem_grow(d->changes, &d->change_capacity, d->change_count + 1, sizeof *d->changes);
    FlowChange *change = &d->changes[d->change_count++];
    const Thing *old_place = things->old_thing ? things->old_thing : block->old_thing;
    const Thing *new_place = things->new_thing ? things->new_thing : block->new_thing;
    *change = (FlowChange){.kind = !things->old_thing   ? CHANGE_ADDED
                                   : !things->new_thing ? CHANGE_REMOVED
                                                        : CHANGE_MADE,
                           .old_thing = things->old_thing,
                           .new_thing = things->new_thing,
                           .old_span = old_place ? old_place->span : NOWHERE,
                           .new_span = new_place ? new_place->span : NOWHERE,
                           .block = at};
    return change;
}

/* Either clause may be NULL: the thing says nothing of the kind there. */
static void add_clause_change(FlowDifference *d, const Pair *block, const Pair *things,
                              const Clause *old_clause, const Clause *new_clause)
{
    FlowChange *change = add_change(d, block, things);
    change->kind = !old_clause ? CHANGE_ADDED : !new_clause ? CHANGE_REMOVED : CHANGE_MADE;
    change->aspect = new_clause ? new_clause->aspect : old_clause->aspect;
    change->old_clause = old_clause;
    change->new_clause = new_clause;
    if (old_clause)
        change->old_span = old_clause->span;
    if (new_clause)
        change->new_span = new_clause->span;
}

/* ---- the clauses of two counterparts ----------------------------------------------- */

static ItemList clauses_of(const FlowParts *parts, const Thing *thing)
{
    ItemList list = items_new(thing->clause_count);
    for (uint32_t i = 0; i < thing->clause_count; i++) {
        const Clause *clause = &parts->clauses[thing->first_clause + i];
        items_add(&list, (int)clause->aspect, clause->key, clause->value, i);
    }
    return list;
}

/* Those without a partner so far that may be matched more loosely. */
static ItemList loose_of(const FlowParts *parts, const Thing *thing, const ItemList *all)
{
    ItemList list = items_new(all->count);
    for (size_t i = 0; i < all->count; i++) {
        const Clause *clause = &parts->clauses[thing->first_clause + all->items[i].index];
        if (all->items[i].partner == UINT32_MAX && clause->loose)
            items_add(&list, (int)clause->aspect, clause->loose, clause->value,
                      all->items[i].index);
    }
    return list;
}

/* Both lists are in the order of their indices, which are places in `all`. */
static void take_partners(ItemList *all, const ItemList *loose)
{
    for (size_t i = 0; i < loose->count; i++)
        if (loose->items[i].partner != UINT32_MAX)
            all->items[loose->items[i].index].partner = loose->items[i].partner;
}

static void match_loosely(const FlowDifference *d, const Pair *things, ItemList *a, ItemList *b)
{
    ItemList loose_a = loose_of(&d->old_parts, things->old_thing, a);
    ItemList loose_b = loose_of(&d->new_parts, things->new_thing, b);
    match(&loose_a, &loose_b, true);
    take_partners(a, &loose_a);
    take_partners(b, &loose_b);
    free(loose_a.items);
    free(loose_b.items);
}

static void compare_clauses(FlowDifference *d, const Pair *block, const Pair *things)
{
    const Clause *old_clauses = d->old_parts.clauses + things->old_thing->first_clause;
    const Clause *new_clauses = d->new_parts.clauses + things->new_thing->first_clause;
    ItemList a = clauses_of(&d->old_parts, things->old_thing);
    ItemList b = clauses_of(&d->new_parts, things->new_thing);
    match(&a, &b, true);
    match_loosely(d, things, &a, &b);
    for (size_t i = 0; i < b.count; i++) {
        const Clause *now = &new_clauses[i];
        const Clause *before =
            b.items[i].partner == UINT32_MAX ? NULL : &old_clauses[b.items[i].partner];
        if (!before || strcmp(before->value, now->value) != 0)
            add_clause_change(d, block, things, before, now);
    }
    for (size_t i = 0; i < a.count; i++)
        if (a.items[i].partner == UINT32_MAX)
            add_clause_change(d, block, things, &old_clauses[i], NULL);
    free(a.items);
    free(b.items);
}

/* ---- blocks ------------------------------------------------------------------------ */

/* The works that stand in a block come directly after it. */
static ItemList works_of(const FlowParts *parts, const Thing *block)
{
    uint32_t first = block->block + 1, end = first;
    while (end < parts->thing_count && parts->things[end].block == block->block)
        end++;
    ItemList list = items_new(end - first);
    for (uint32_t i = first; i < end; i++)
        items_add(&list, 0, parts->things[i].key, parts->things[i].value, i);
    return list;
}

static void compare_works(FlowDifference *d, const Pair *block)
{
    ItemList a = works_of(&d->old_parts, block->old_thing);
    ItemList b = works_of(&d->new_parts, block->new_thing);
    match(&a, &b, true);
    for (size_t i = 0; i < b.count; i++) {
        Pair works = {.new_thing = &d->new_parts.things[b.items[i].index]};
        if (b.items[i].partner == UINT32_MAX) {
            add_change(d, block, &works);
            continue;
        }
        works.old_thing = &d->old_parts.things[b.items[i].partner];
        compare_clauses(d, block, &works);
    }
    for (size_t i = 0; i < a.count; i++) {
        Pair works = {.old_thing = &d->old_parts.things[a.items[i].index]};
        if (a.items[i].partner == UINT32_MAX)
            add_change(d, block, &works);
    }
    free(a.items);
    free(b.items);
}

static ItemList blocks_of(const FlowParts *parts)
{
    ItemList list = items_new(parts->thing_count);
    for (uint32_t i = 0; i < parts->thing_count; i++)
        if (parts->things[i].block == i)
            items_add(&list, (int)parts->things[i].kind, parts->things[i].key,
                      parts->things[i].value, i);
    return list;
}

static void compare_blocks(FlowDifference *d, const Pair *block)
{
    if (!block->old_thing || !block->new_thing) {
        add_change(d, block, block);
        return;
    }
    compare_clauses(d, block, block);
    compare_works(d, block);
}

/* Kind by kind: those of the new flow in their order, then those that are gone. */
static void compare_kind(FlowDifference *d, ThingKind kind, const ItemList *a,
                         const ItemList *b)
{
    for (size_t i = 0; i < b->count; i++) {
        const Item *item = &b->items[i];
        Pair block = {.new_thing = &d->new_parts.things[item->index]};
        if (item->group != (int)kind)
            continue;
        if (item->partner != UINT32_MAX)
            block.old_thing = &d->old_parts.things[item->partner];
        compare_blocks(d, &block);
    }
    for (size_t i = 0; i < a->count; i++) {
        const Item *item = &a->items[i];
        Pair block = {.old_thing = &d->old_parts.things[item->index]};
        if (item->group == (int)kind && item->partner == UINT32_MAX)
            compare_blocks(d, &block);
    }
}

/* ---- perhaps renamed --------------------------------------------------------------- */

static ItemList whole_changes(const FlowDifference *d, FlowChangeKind kind)
{
    ItemList list = items_new(d->change_count);
    for (uint32_t i = 0; i < d->change_count; i++) {
        const FlowChange *change = &d->changes[i];
        if (change->aspect != ASPECT_WHOLE || change->kind != kind)
            continue;
        const Thing *thing = kind == CHANGE_ADDED ? change->new_thing : change->old_thing;
        const char *label = strcmp(thing->label, thing->name) != 0 ? thing->label : "";
        if (*thing->value && *thing->name)
            items_add(&list, (int)thing->kind, label, thing->value, i);
    }
    return list;
}

/* What went and came with the same label and meaning under another name. */
static void note_renamed(FlowDifference *d)
{
    ItemList gone = whole_changes(d, CHANGE_REMOVED), come = whole_changes(d, CHANGE_ADDED);
    match(&gone, &come, false);
    for (size_t i = 0; i < come.count; i++) {
        if (come.items[i].partner == UINT32_MAX)
            continue;
        d->changes[come.items[i].index].renamed = come.items[i].partner + 1;
        d->changes[come.items[i].partner].renamed = come.items[i].index + 1;
    }
    free(gone.items);
    free(come.items);
}

void flow_difference(FlowDifference *d, const Bundle *old_flow, const Bundle *new_flow)
{
    flow_parts(&d->old_parts, old_flow);
    flow_parts(&d->new_parts, new_flow);
    ItemList a = blocks_of(&d->old_parts), b = blocks_of(&d->new_parts);
    match(&a, &b, true);
    for (int kind = 0; kind < THING_WORK; kind++)
        compare_kind(d, (ThingKind)kind, &a, &b);
    note_renamed(d);
    free(a.items);
    free(b.items);
}

void flow_difference_clear(FlowDifference *d)
{
    flow_parts_clear(&d->old_parts);
    flow_parts_clear(&d->new_parts);
    free(d->changes);
    free(d->blocks);
    *d = (FlowDifference){0};
}
