#include <stdlib.h>
#include <string.h>

#include "base/limits.h"
#include "base/mem.h"
#include "replay/compare_internal.h"

/* ---- making it --------------------------------------------------------------------- */

static uint32_t *no_indices(uint32_t count)
{
    uint32_t *list = mem_alloc_array(count + 1, sizeof *list);
    for (uint32_t i = 0; i < count; i++)
        list[i] = NO_INDEX;
    return list;
}

static void index_pairs(Comparer *c)
{
    const CompareSide *a = &c->setup->a, *b = &c->setup->b;
    c->pair_a = no_indices(a->program->work_count);
    c->pair_b = no_indices(b->program->work_count);
    for (uint32_t i = 0; i < c->sum->pair_count; i++) {
        const DutyPair *pair = &c->sum->pairs[i];
        if (pair->work_a != NO_INDEX)
            c->pair_a[pair->work_a] = i;
        if (pair->work_b != NO_INDEX)
            c->pair_b[pair->work_b] = i;
    }
    c->role_a = no_indices(a->program->role_count);
    c->role_b = no_indices(b->program->role_count);
    for (uint32_t i = 0; i < c->sum->role_count; i++) {
        const RolePair *pair = &c->sum->roles[i];
        if (pair->role_a != NO_INDEX)
            c->role_a[pair->role_a] = i;
        if (pair->role_b != NO_INDEX)
            c->role_b[pair->role_b] = i;
    }
}

static void begin_trials(Comparer *c)
{
    const Trials *trials = c->setup->trials;
    c->trial_count = trials->count;
    c->trials = mem_alloc_array(trials->count + 1, sizeof *c->trials);
    for (uint32_t i = 0; i < trials->count; i++) {
        const Trial *trial = &trials->items[i];
        if (!trial->program)
            continue;
        c->trials[i].replayer =
            replayer_new(&trial->bundle, trial->program, &trial->binding, &c->setup->options);
        c->trials[i].works = work_map(c->setup->b.program, trial->program);
        c->trials[i].cause = UINT64_C(1) << trial->piece;
    }
}

Comparer *comparer_new(Comparison *comparison, const CompareSetup *setup)
{
    Comparer *c = mem_alloc(sizeof *c);
    const Program *a = setup->a.program, *b = setup->b.program;
    uint32_t most = a->work_count > b->work_count ? a->work_count : b->work_count;
    c->sum = comparison;
    c->setup = setup;
    c->b = replayer_new(setup->b.bundle, b, setup->b.binding, &setup->options);
    c->works = work_map(a, b);
    index_pairs(c);
    begin_trials(c);
    c->chains.heads = mem_alloc_array(most + 1, sizeof *c->chains.heads);
    c->chains.tails = mem_alloc_array(most + 1, sizeof *c->chains.tails);
    gates_make(&c->gates, b, comparison);
    c->seen = mem_alloc_array(c->gates.node_count + 1, sizeof *c->seen);
    c->events = mem_alloc_array(b->event_count + 1, sizeof *c->events);
    c->duties = mem_alloc_array(b->work_count + 1, sizeof *c->duties);
    return c;
}

void comparer_free(Comparer *c)
{
    if (!c)
        return;
    for (uint32_t i = 0; i < c->trial_count; i++) {
        if (c->trials[i].replayer)
            replayer_free(c->trials[i].replayer);
        free(c->trials[i].works);
    }
    replayer_free(c->b);
    gates_clear(&c->gates);
    void *const owned[] = {c->trials,      c->works,  c->pair_a,       c->pair_b,
                           c->role_a,      c->role_b, c->chains.heads, c->chains.tails,
                           c->chains.next, c->flips,  c->seen,         c->events,
                           c->duties};
    for (size_t i = 0; i < sizeof owned / sizeof *owned; i++)
        free(owned[i]);
    free(c);
}

/* ---- counterparts ------------------------------------------------------------------ */

static void chains_begin(Chains *chains, uint32_t works, uint32_t count)
{
    memset(chains->heads, 0, works * sizeof *chains->heads);
    chains->next = mem_grow(chains->next, &chains->capacity, count + 1, sizeof *chains->next);
}

static void chains_add(Chains *chains, uint32_t work, uint32_t index)
{
    chains->next[index] = 0;
    if (chains->heads[work])
        chains->next[chains->tails[work]] = index + 1;
    else
        chains->heads[work] = index + 1;
    chains->tails[work] = index;
}

/* The first of that work which has no counterpart yet; NO_INDEX: none. */
static uint32_t chains_take(Chains *chains, uint32_t work)
{
    uint32_t head = work == NO_INDEX ? 0 : chains->heads[work];
    if (!head)
        return NO_INDEX;
    chains->heads[work] = chains->next[head - 1];
    return head - 1;
}

/* ---- duties ------------------------------------------------------------------------ */

DutyStanding duty_standing(const Duty *duty)
{
    if (duty->outcome == OUTCOME_CANNOT_TELL)
        return DUTY_UNCLEAR;
    if (duty->is_late)
        return DUTY_LATE;
    return duty->fell_due ? DUTY_IN_TIME : DUTY_NOT_DUE;
}

static void note_flip(Comparer *c, const Duty *a, const Duty *b)
{
    c->flips = mem_grow(c->flips, &c->flip_capacity, c->flip_count + 1, sizeof *c->flips);
    c->flips[c->flip_count++] = (Flip){a, b, 0};
}

/* Late by one and not by the other; what cannot be told flips nothing. */
static bool is_flip(DutyStanding a, DutyStanding b)
{
    return (a == DUTY_LATE) != (b == DUTY_LATE) && a != DUTY_UNCLEAR && b != DUTY_UNCLEAR;
}

static void both_ask(Comparer *c, const Duty *a, const Duty *b)
{
    DutyStanding by_a = duty_standing(a), by_b = duty_standing(b);
    DutyPair *pair = &c->sum->pairs[c->pair_b[b->work]];
    bool same_start = a->started == b->started;
    pair->both[by_a][by_b]++;
    pair->other_start += !same_start;
    if (same_start && b->done != MOMENT_NONE && b->days >= 0)
        pair_add_days(pair, b->days, 1);
    if (is_flip(by_a, by_b))
        note_flip(c, a, b);
}

static void compare_duties(Comparer *c, const CaseResult *a, const CaseResult *b)
{
    chains_begin(&c->chains, c->setup->b.program->work_count, b->duty_count);
    for (uint32_t i = 0; i < b->duty_count; i++)
        if (c->pair_b[b->duties[i].work] != NO_INDEX)
            chains_add(&c->chains, b->duties[i].work, i);
    for (uint32_t i = 0; i < a->duty_count; i++) {
        const Duty *duty = &a->duties[i];
        uint32_t other = chains_take(&c->chains, c->works[duty->work]);
        if (other != NO_INDEX)
            both_ask(c, duty, &b->duties[other]);
        else if (c->pair_a[duty->work] != NO_INDEX)
            c->sum->pairs[c->pair_a[duty->work]].only_a[duty_standing(duty)]++;
    }
    for (uint32_t work = 0; work < c->setup->b.program->work_count; work++)
        for (uint32_t i; (i = chains_take(&c->chains, work)) != NO_INDEX;)
            c->sum->pairs[c->pair_b[work]].only_b[duty_standing(&b->duties[i])]++;
}

/* ---- work per role ----------------------------------------------------------------- */

static RolePair *role_of(Comparer *c, bool is_b, uint32_t work)
{
    uint32_t role = work_role((is_b ? &c->setup->b : &c->setup->a)->bundle, work);
    return role == NO_INDEX ? NULL : &c->sum->roles[(is_b ? c->role_b : c->role_a)[role]];
}

static void ask_more(Comparer *c, uint32_t work)
{
    RolePair *role = role_of(c, true, work);
    if (!role)
        return;
    role->added++;
    role->duties_added += c->pair_b[work] != NO_INDEX;
}

static void ask_less(Comparer *c, uint32_t work)
{
    RolePair *role = role_of(c, false, work);
    if (!role)
        return;
    role->removed++;
    role->duties_removed += c->pair_a[work] != NO_INDEX;
}

static void count_work(Comparer *c, const CaseResult *result, bool is_b)
{
    for (uint32_t i = 0; i < result->span_count; i++) {
        RolePair *role = role_of(c, is_b, result->spans[i].work);
        if (role && is_b)
            role->work_b++;
        else if (role)
            role->work_a++;
    }
}

static void compare_work(Comparer *c, const CaseResult *a, const CaseResult *b)
{
    chains_begin(&c->chains, c->setup->b.program->work_count, b->span_count);
    for (uint32_t i = 0; i < b->span_count; i++)
        chains_add(&c->chains, b->spans[i].work, i);
    for (uint32_t i = 0; i < a->span_count; i++) {
        uint32_t work = a->spans[i].work;
        uint32_t other = chains_take(&c->chains, c->works[work]);
        bool same = other != NO_INDEX &&
                    role_of(c, false, work) == role_of(c, true, b->spans[other].work);
        if (!same)
            ask_less(c, work);
        if (!same && other != NO_INDEX)
            ask_more(c, b->spans[other].work);
    }
    for (uint32_t work = 0; work < c->setup->b.program->work_count; work++)
        while (chains_take(&c->chains, work) != NO_INDEX)
            ask_more(c, work);
    count_work(c, a, false);
    count_work(c, b, true);
}

void comparer_add(Comparer *c, const LogPart *part, const LogCase *one, const CaseResult *a)
{
    CaseResult b;
    if (case_is_to_come(a))
        return;
    c->number++;
    c->flip_count = 0;
    replay_case(c->b, part, one, &b);
    c->sum->total++;
    c->sum->outcomes[a->outcome][b.outcome]++;
    compare_duties(c, a, &b);
    compare_work(c, a, &b);
    compare_reach(c, &b);
    tell_differences(c, part, one, a, &b);
}
