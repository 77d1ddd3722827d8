/* One case: what is planned first is tried first, until it is closed, nothing is
 * planned any more, or the period is over. */
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "sim/generate_internal.h"

/* Minutes between two entries of a case: people do one thing after the other. */
enum { PAUSE_LEAST = 2, PAUSE_MOST = 40 };

/* ---- making --------------------------------------------------------------------- */

static const Entry *find_entry(void *context, int64_t number)
{
    const Life *life = context;
    if (number == life->trying.number)
        return &life->trying;
    bool known = number >= 1 && number <= (int64_t)life->entry_count;
    return known ? &life->entries[number - 1] : NULL;
}

void life_begin(Life *life, const GenerateRequest *request)
{
    const Program *program = request->program;
    life->request = request;
    life->program = program;
    vm_init(&life->vm, program);
    life->vm.find = find_entry;
    life->vm.find_context = life;
    life->record = mem_alloc_array(program->slot_count, sizeof *life->record);
    life->works = mem_alloc_array(program->work_count, sizeof *life->works);
    life->events = mem_alloc_array(program->event_count, sizeof *life->events);
    life->budget = mem_alloc_array(program->event_count, sizeof *life->budget);
    life->cast = mem_alloc_array(program->role_count, sizeof *life->cast);
    life->member = mem_alloc_array(program->role_count, sizeof *life->member);
    life->facts = mem_alloc_array(program->fact_count, sizeof *life->facts);
    for (uint32_t i = 0; i < program->alternative_count; i++)
        life->has_approvals |= program->alternatives[i].approval_permits.count > 0;
}

void life_clear(Life *life)
{
    vm_clear(&life->vm);
    hours_clear(&life->hours);
    arena_clear(&life->arena);
    free(life->record);
    free(life->works);
    free(life->events);
    free(life->budget);
    free(life->cast);
    free(life->member);
    free(life->facts);
    free(life->entries);
    *life = (Life){0};
}

/* Who is on this case: one person of each role, and of each group one role. */
static void choose_people(Life *life)
{
    const Program *program = life->program;
    for (uint32_t role = 0; role < program->role_count; role++) {
        Slice members = program->roles[role].members;
        uint32_t which = random_below(&life->random, members.count);
        life->cast[role] = random_below(&life->random, GENERATE_PEOPLE);
        life->member[role] = members.count ? program->indices[members.first + which] : role;
    }
}

static void start_over(Life *life, uint64_t number, uint32_t attempt)
{
    random_begin(&life->random, life->request->seed, number << 8 | attempt);
    vm_reset(life->program, life->record);
    arena_clear(&life->arena);
    life->entry_count = 0;
    life->misses = 0;
    life->missed_work = NO_INDEX;
    choose_people(life);
    plan_begin(life);
}

/* ---- what came of it --------------------------------------------------------------- */

static void spoil(Life *life, uint32_t work)
{
    if (life->misses++ == 0)
        life->missed_work = work;
}

/* Anything that replay would speak of, and that was not meant to be. */
static void look(Life *life)
{
    for (uint32_t i = 0; i < life->vm.happened_count; i++) {
        const Happened *item = &life->vm.happened[i];
        if (item->kind == HAPPENED_MISSED && !life->works[item->work].late)
            spoil(life, item->work);
        else if (item->kind == HAPPENED_FAULT || item->kind == HAPPENED_DROPPED)
            spoil(life, NO_INDEX);
    }
    vm_begin(&life->vm);
}

/* ---- opening ------------------------------------------------------------------------- */

/* One of the events that open a case, those after it where it is refused. */
static bool open_case(Life *life)
{
    const Program *program = life->program;
    uint32_t first = random_below(&life->random, program->event_count);
    for (uint32_t i = 0; i < program->event_count; i++) {
        uint32_t event = (first + i) % program->event_count;
        if (program->events[event].opens && entry_try(life, ENTRY_OPEN, event, life->now))
            return true;
    }
    return false;
}

/* ---- going on ------------------------------------------------------------------------ */

static Instant moment_for(Life *life, const Plan *plan)
{
    uint32_t minutes = PAUSE_LEAST + random_below(&life->random, PAUSE_MOST - PAUSE_LEAST);
    Instant soonest = life->now + minutes * MINUTE_MS;
    if (plan->at >= soonest)
        return plan->at;
    if (soonest < plan->latest)
        return hours_pick(&life->hours, &life->random, soonest, plan->latest, 0, 0);
    return plan->latest > life->now ? plan->latest : life->now + SECOND_MS;
}

static void go_on(Life *life)
{
    Plan *plan;
    while (life->record[SLOT_STATUS] == CASE_OPEN) {
        plan_refresh(life);
        uint32_t event = plan_first(life, &plan);
        Instant at = event == NO_INDEX ? INSTANT_NEVER : moment_for(life, plan);
        if (at > life->hours.last)
            return;
        bool accepted = entry_try(life, ENTRY_EVENT, event, at);
        life->now = at;
        look(life);
        if (accepted)
            plan_accepted(life, event);
        else
            plan_refused(life, plan, event);
    }
}

bool life_live(Life *life, uint64_t number, uint32_t attempt)
{
    start_over(life, number, attempt);
    life->now = hours_arrival(&life->hours, &life->random, number, life->request->cases);
    vm_begin(&life->vm);
    if (!open_case(life))
        return false;
    look(life);
    go_on(life);
    Moment end = moment_at(life->hours.last, RANK_LAST);
    if (life->record[SLOT_STATUS] == CASE_OPEN && !vm_advance(&life->vm, life->record, end))
        spoil(life, NO_INDEX);
    look(life);
    return true;
}
