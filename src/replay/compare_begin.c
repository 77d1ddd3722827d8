#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "replay/compare_internal.h"

/* ---- heads ------------------------------------------------------------------------- */

static const char *copy(Arena *arena, const char *text)
{
    return text ? arena_strdup(arena, text) : NULL;
}

static void copy_head(Arena *arena, const ResultHead *from, ResultHead *to)
{
    *to = *from;
    const char **texts[] = {&to->flow,     &to->label,    &to->version, &to->hash,
                            &to->calendar, &to->covers,   &to->zone,    &to->mode,
                            &to->mapping,  &to->accepted, &to->not_held};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        *texts[i] = copy(arena, *texts[i]);
}

/* ---- what differs ------------------------------------------------------------------ */

static void begin_changes(Comparison *c, const CompareSetup *setup)
{
    const FlowDifference *d = setup->difference;
    c->changes = mem_grow(c->changes, &c->change_capacity, d->change_count, sizeof *c->changes);
    for (; c->change_count < d->change_count; c->change_count++) {
        ChangeSum *sum = &c->changes[c->change_count];
        const FlowChange *change = &d->changes[c->change_count];
        *sum = (ChangeSum){.block = setup->trials->of_change[c->change_count]};
        setup->words.change(setup->words.context, change, &c->arena, sum);
    }
}

static TrialStanding standing_of(const Trials *trials, uint32_t piece)
{
    if (trials->of_piece[piece] == NO_INDEX)
        return TRIAL_NONE;
    return trials->items[trials->of_piece[piece]].is_alone ? TRIAL_ALONE : TRIAL_TOGETHER;
}

static void begin_blocks(Comparison *c, const CompareSetup *setup)
{
    const FlowDifference *d = setup->difference;
    const Trials *trials = setup->trials;
    c->blocks = mem_grow(c->blocks, &c->block_capacity, trials->piece_count, sizeof *c->blocks);
    for (; c->block_count < trials->piece_count; c->block_count++) {
        const Piece *piece = &trials->pieces[c->block_count];
        const FlowChange *change =
            piece->change == NO_INDEX ? NULL : &d->changes[piece->change];
        c->blocks[c->block_count] = (BlockSum){
            .name = setup->words.piece(setup->words.context, &d->blocks[piece->block], change,
                                       &c->arena),
            .standing = standing_of(trials, c->block_count),
        };
    }
}

/* ---- duties ------------------------------------------------------------------------ */

static DutyPair *add_pair(Comparison *c)
{
    c->pairs = mem_grow(c->pairs, &c->pair_capacity, c->pair_count + 1, sizeof *c->pairs);
    DutyPair *pair = &c->pairs[c->pair_count++];
    *pair = (DutyPair){.limit_a = "",
                       .limit_b = "",
                       .place_a = "",
                       .place_b = "",
                       .work_a = NO_INDEX,
                       .work_b = NO_INDEX};
    return pair;
}

static void describe(const CompareSide *side, uint32_t work, Arena *arena, DutySum *sum)
{
    *sum = (DutySum){0};
    side->words->duty(side->words->context, work, arena, sum);
}

static void pair_has_a(Comparison *c, const CompareSetup *setup, DutyPair *pair, uint32_t work)
{
    DutySum sum;
    describe(&setup->a, work, &c->arena, &sum);
    pair->work_a = work;
    pair->name = sum.name;
    pair->label = sum.label;
    pair->limit_a = sum.limit ? sum.limit : "";
    pair->place_a = sum.place ? sum.place : "";
    pair->limit_days_a = sum.limit_days;
    pair->in_working_days = sum.in_working_days;
}

static void pair_has_b(Comparison *c, const CompareSetup *setup, DutyPair *pair, uint32_t work)
{
    DutySum sum;
    describe(&setup->b, work, &c->arena, &sum);
    pair->work_b = work;
    pair->limit_b = sum.limit ? sum.limit : "";
    pair->place_b = sum.place ? sum.place : "";
    pair->limit_days_b = sum.limit_days;
    pair->in_working_days = sum.in_working_days; /* the days are counted as b counts them */
    if (pair->work_a != NO_INDEX)
        return;
    pair->name = sum.name;
    pair->label = sum.label;
}

static int compare_pairs(const void *a, const void *b)
{
    const DutyPair *left = a, *right = b;
    int order = strcmp(left->name, right->name);
    if (order == 0)
        order = strcmp(left->place_a, right->place_a);
    return order ? order : strcmp(left->place_b, right->place_b);
}

static void begin_pairs(Comparison *c, const CompareSetup *setup)
{
    const Program *a = setup->a.program, *b = setup->b.program;
    uint32_t *map = work_map(a, b);
    bool *paired = mem_alloc_array(b->work_count + 1, sizeof *paired);
    for (uint32_t i = 0; i < a->work_count; i++) {
        bool in_b = map[i] != NO_INDEX;
        if (!work_is_duty(a, i) && !(in_b && work_is_duty(b, map[i])))
            continue;
        DutyPair *pair = add_pair(c);
        pair_has_a(c, setup, pair, i);
        if (!in_b)
            continue;
        pair_has_b(c, setup, pair, map[i]);
        paired[map[i]] = true;
    }
    for (uint32_t i = 0; i < b->work_count; i++)
        if (!paired[i] && work_is_duty(b, i))
            pair_has_b(c, setup, add_pair(c), i);
    if (c->pair_count > 1)
        qsort(c->pairs, c->pair_count, sizeof *c->pairs, compare_pairs);
    free(map);
    free(paired);
}

/* ---- roles ------------------------------------------------------------------------- */

static int compare_roles(const void *a, const void *b)
{
    return strcmp(((const RolePair *)a)->name, ((const RolePair *)b)->name);
}

static RolePair *role_named(Comparison *c, const RoleAst *role)
{
    for (uint32_t i = 0; i < c->role_count; i++)
        if (strcmp(c->roles[i].name, role->name) == 0)
            return &c->roles[i];
    c->roles = mem_grow(c->roles, &c->role_capacity, c->role_count + 1, sizeof *c->roles);
    RolePair *pair = &c->roles[c->role_count++];
    *pair = (RolePair){.name = copy(&c->arena, role->name),
                       .label = copy(&c->arena, role->label ? role->label : role->name),
                       .role_a = NO_INDEX,
                       .role_b = NO_INDEX};
    return pair;
}

static void begin_roles(Comparison *c, const CompareSetup *setup)
{
    for (const RoleAst *role = setup->a.bundle->flow.roles; role; role = role->next)
        role_named(c, role)->role_a = (uint32_t)role->index;
    for (const RoleAst *role = setup->b.bundle->flow.roles; role; role = role->next)
        role_named(c, role)->role_b = (uint32_t)role->index;
    if (c->role_count > 1)
        qsort(c->roles, c->role_count, sizeof *c->roles, compare_roles);
}

/* ---- where history went ------------------------------------------------------------ */

static Reach *add_reach(Comparison *c, const Bundle *bundle, ReachKind kind, uint32_t thing,
                        Span span)
{
    c->reaches =
        mem_grow(c->reaches, &c->reach_capacity, c->reach_count + 1, sizeof *c->reaches);
    Reach *reach = &c->reaches[c->reach_count++];
    const Source *source = &bundle->sources[span.file];
    *reach = (Reach){.kind = kind, .thing = thing};
    reach->place = arena_format(&c->arena, "%s:%u", source->path,
                                (unsigned)source_place(source, span.offset).line);
    return reach;
}

static void name_reach(Comparison *c, Reach *reach, const char *name, const char *label)
{
    reach->name = copy(&c->arena, name);
    reach->label = copy(&c->arena, label ? label : name);
}

static bool has_state(const Program *program, const char *name)
{
    for (uint32_t i = 0; i < program->state_count; i++)
        if (strcmp(program->states[i].name, name) == 0)
            return true;
    return false;
}

static bool has_event(const Program *program, const char *name)
{
    for (uint32_t i = 0; i < program->event_count; i++)
        if (strcmp(program->events[i].name, name) == 0)
            return true;
    return false;
}

static void begin_reaches(Comparison *c, const CompareSetup *setup)
{
    const Bundle *bundle = setup->b.bundle;
    const Program *a = setup->a.program, *b = setup->b.program;
    uint32_t *map = work_map(b, a);
    for (const StateAst *state = bundle->flow.states; state; state = state->next) {
        Reach *reach = add_reach(c, bundle, REACH_STATE, (uint32_t)state->index, state->span);
        name_reach(c, reach, state->name, state->label);
        reach->is_new = !has_state(a, state->name);
    }
    for (const EventAst *event = bundle->flow.events; event; event = event->next) {
        if (event->is_work)
            continue;
        Reach *reach = add_reach(c, bundle, REACH_EVENT, (uint32_t)event->index, event->span);
        name_reach(c, reach, event->name, event->label);
        reach->is_new = !has_event(a, event->name);
    }
    for (uint32_t i = 0; i < b->work_count; i++) {
        const Work *work = bundle->flow.work_at[i];
        if (!work_is_duty(b, i))
            continue;
        Reach *reach = add_reach(c, bundle, REACH_DUTY, i, work->span);
        name_reach(c, reach, work->name, work->label);
        reach->is_new = map[i] == NO_INDEX || !work_is_duty(a, map[i]);
    }
    free(map);
}

void comparison_begin(Comparison *c, const CompareSetup *setup, const ResultHead *a,
                      const ResultHead *b)
{
    copy_head(&c->arena, a, &c->a);
    copy_head(&c->arena, b, &c->b);
    begin_changes(c, setup);
    begin_blocks(c, setup);
    begin_pairs(c, setup);
    begin_roles(c, setup);
    begin_reaches(c, setup);
}

void comparison_clear(Comparison *c)
{
    for (uint32_t i = 0; i < c->pair_count; i++)
        free(c->pairs[i].days.items);
    free(c->changes);
    free(c->blocks);
    free(c->cases);
    free(c->duties);
    free(c->pairs);
    free(c->roles);
    free(c->reaches);
    arena_clear(&c->arena);
    *c = (Comparison){0};
}
