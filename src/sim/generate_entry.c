/* One entry: somebody who may do it, and the facts that it is asked for, found by
 * asking the machine. Whatever the machine says is missing is added, whatever it
 * does not ask for is taken out. */
#include <string.h>

#include "base/limits.h"
#include "base/mem.h"
#include "sim/generate_internal.h"

#define FACT_TRIES 4u /* other facts where these lead nowhere */

/* ---- facts --------------------------------------------------------------------------- */

/* Between its bounds: often beside a number that the flow speaks of, since that is where
 * something changes. */
static int64_t choose_number(Life *life, const FactInfo *info)
{
    const Program *program = life->program;
    int64_t least = info->least > -LIMIT_NUMBER ? info->least : 0;
    int64_t most = info->most < LIMIT_NUMBER ? info->most : least + 100;
    if (program->constant_count && random_below(&life->random, 2)) {
        uint32_t which = random_below(&life->random, program->constant_count);
        int64_t near = program->constants[which];
        if (near >= least && near <= most) {
            near += (int64_t)random_below(&life->random, 3) - 1;
            return near < least ? least : near > most ? most : near;
        }
    }
    int64_t range = most - least < UINT32_MAX - 1 ? most - least + 1 : UINT32_MAX;
    return least + random_below(&life->random, (uint32_t)range);
}

/* Ahead where something must come before it, today where something counts from it. */
static int64_t choose_date(Life *life, const FactInfo *info, Instant at)
{
    const Program *program = life->program;
    Day today = day_of_instant(program->zone, at);
    for (uint32_t i = 0; i < info->works.count; i++) {
        uint32_t limit = program->works[program->indices[info->works.first + i]].limit;
        if (limit != NO_INDEX && program->limits[limit].before)
            return today + 30 + (Day)random_below(&life->random, 40);
    }
    return info->works.count ? today : today - (Day)random_below(&life->random, 60);
}

static int64_t choose_value(Life *life, uint32_t fact, Instant at)
{
    const FactInfo *info = &life->program->facts[fact];
    switch (info->type) {
    case TYPE_ONE_OF:
        return random_below(&life->random, info->value_count);
    case TYPE_YES_NO:
        return random_below(&life->random, 2);
    case TYPE_NUMBER:
        return choose_number(life, info);
    case TYPE_DATE:
        return choose_date(life, info, at);
    case TYPE_TEXT:
    case TYPE_PERSON:
        break;
    }
    return life->trying.number;
}

static uint32_t place_of(const Life *life, uint32_t fact)
{
    uint32_t i = 0;
    while (i < life->trying.fact_count && life->facts[i].fact != fact)
        i++;
    return i;
}

static bool add_fact(Life *life, uint32_t fact)
{
    if (place_of(life, fact) < life->trying.fact_count)
        return false;
    life->facts[life->trying.fact_count++] =
        (FactEntry){fact, choose_value(life, fact, moment_instant(life->trying.at))};
    return true;
}

static bool take_out(Life *life, uint32_t fact)
{
    uint32_t at = place_of(life, fact);
    if (at == life->trying.fact_count)
        return false;
    life->facts[at] = life->facts[--life->trying.fact_count];
    return true;
}

static void add_asked(Life *life, Slice records)
{
    for (uint32_t i = 0; i < records.count; i++) {
        const RecordsInfo *asked = &life->program->records[records.first + i];
        if (!asked->when)
            add_fact(life, asked->fact);
    }
}

static void first_facts(Life *life)
{
    const Program *program = life->program;
    const EventInfo *info = &program->events[life->trying.name];
    life->trying.fact_count = 0;
    life->trying.facts = life->facts;
    add_asked(life, info->records);
    for (uint32_t i = 0; i < info->works.count; i++) {
        uint32_t work = program->indices[info->works.first + i];
        if (record_work(program, life->record, work)[WORK_STATUS] == WORK_OPEN)
            add_asked(life, program->works[work].records);
    }
}

/* With the facts that the machine asks for; each can be asked for once, so it ends. */
static bool try_with_facts(Life *life)
{
    uint32_t left = 2 * life->program->fact_count + 1;
    first_facts(life);
    while (!vm_apply(&life->vm, life->record, &life->trying, &life->refusal)) {
        RefusalCode code = life->refusal.code;
        bool changed = (code == REFUSED_MISSING_FACT && add_fact(life, life->refusal.fact)) ||
                       (code == REFUSED_WRONG_FACT && take_out(life, life->refusal.fact));
        if (!changed || left-- == 0)
            return false;
    }
    return true;
}

static bool may_depend_on_facts(RefusalCode code)
{
    return code == REFUSED_NO_ALTERNATIVE || code == REFUSED_NEVER || code == REFUSED_ALWAYS;
}

static bool try_person(Life *life, uint32_t role, uint32_t which)
{
    life->trying.role = role;
    life->trying.person = (Person)role * GENERATE_PEOPLE + which % GENERATE_PEOPLE + 1;
    for (uint32_t i = 0; i < FACT_TRIES; i++) {
        if (try_with_facts(life))
            return true;
        if (!may_depend_on_facts(life->refusal.code) || life->trying.fact_count == 0)
            return false;
    }
    return false;
}

/* ---- who ------------------------------------------------------------------------------- */

static bool is_about_who(RefusalCode code)
{
    return code == REFUSED_WRONG_ROLE || code == REFUSED_NOT_ASSIGNED ||
           code == REFUSED_NOT_DEPUTY || code == REFUSED_SEPARATION;
}

/* The role's own person on this case, and a colleague where that person may not. */
static bool try_role(Life *life, uint32_t role)
{
    if (try_person(life, role, life->cast[role]))
        return true;
    return life->refusal.code == REFUSED_SEPARATION &&
           try_person(life, role, life->cast[role] + 1);
}

/* Of a group first the role that stands for it in this case. */
static bool try_permits(Life *life, Slice permits)
{
    const Permit *all = life->program->permits + permits.first;
    for (uint32_t pass = 0; pass < 2; pass++) {
        for (uint32_t i = 0; i < permits.count; i++) {
            bool preferred = life->member[all[i].via] == all[i].role;
            if (preferred != (pass == 0))
                continue;
            if (try_role(life, all[i].role))
                return true;
            if (!is_about_who(life->refusal.code))
                return false;
        }
    }
    return false;
}

static bool try_anyone(Life *life)
{
    uint32_t count = life->program->role_count;
    uint32_t first = random_below(&life->random, count);
    for (uint32_t i = 0; i < count; i++) {
        uint32_t role = life->member[(first + i) % count];
        if (life->program->roles[role].members.count)
            continue;
        if (try_role(life, role))
            return true;
        if (!is_about_who(life->refusal.code))
            return false;
    }
    return count == 0 && try_with_facts(life);
}

static bool try_work(Life *life, const EventInfo *info)
{
    const Program *program = life->program;
    for (uint32_t i = 0; i < info->works.count; i++) {
        uint32_t work = program->indices[info->works.first + i];
        if (record_work(program, life->record, work)[WORK_STATUS] != WORK_OPEN)
            continue;
        if (try_permits(life, program->works[work].permits))
            return true;
        if (!is_about_who(life->refusal.code))
            return false;
    }
    return false;
}

/* ---- keeping ----------------------------------------------------------------------------- */

static Entry *keep(Life *life)
{
    FactEntry *facts = ARENA_ARRAY(&life->arena, life->trying.fact_count, FactEntry);
    if (life->trying.fact_count)
        memcpy(facts, life->facts, life->trying.fact_count * sizeof *facts);
    life->entries = mem_grow(life->entries, &life->entry_capacity, life->entry_count + 1u,
                             sizeof *life->entries);
    Entry *entry = &life->entries[life->entry_count++];
    *entry = life->trying;
    entry->facts = facts;
    life->trying.number = 0;
    return entry;
}

static bool waits_for_approval(const Life *life, int64_t number)
{
    for (uint32_t i = 0; i < LIMIT_HELD; i++)
        if (life->record[SLOT_WAITING + i] == number)
            return true;
    return false;
}

static bool try_answer(Life *life, EntryKind kind, const Entry *asked)
{
    const Program *program = life->program;
    life->trying = (Entry){.number = asked->number + 1,
                           .kind = kind,
                           .name = NO_INDEX,
                           .at = asked->at,
                           .recorded = asked->at,
                           .has_reason = true,
                           .for_role = NO_INDEX,
                           .refers_to = asked->number};
    for (uint32_t role = 0; role < program->role_count; role++) {
        Person person = (Person)role * GENERATE_PEOPLE + life->cast[role] + 1;
        life->trying.role = role;
        life->trying.person =
            person != asked->person ? person : person - 1 + 2 * !life->cast[role];
        if (program->roles[role].members.count == 0 &&
            vm_apply(&life->vm, life->record, &life->trying, &life->refusal))
            return true;
    }
    return false;
}

/* A log tells of what took effect: whoever must approve does so at once, or the event is
 * declined and no log would have it. */
static bool settle_approval(Life *life, int64_t number)
{
    Entry asked = life->entries[number - 1];
    bool approved = try_answer(life, ENTRY_APPROVE, &asked);
    if (!approved && !try_answer(life, ENTRY_DECLINE, &asked)) {
        life->misses++;
        return false;
    }
    life->trying.fact_count = 0;
    keep(life);
    if (!approved)
        life->entries[number - 1].kind = life->entries[number].kind = ENTRY_NOTE;
    return approved;
}

bool entry_try(Life *life, EntryKind kind, uint32_t event, Instant at)
{
    const EventInfo *info = &life->program->events[event];
    Moment moment = moment_at(at, RANK_ENTRY);
    life->trying = (Entry){.number = life->entry_count + 1,
                           .kind = kind,
                           .name = event,
                           .at = moment,
                           .recorded = moment,
                           .has_reason = true,
                           .for_role = NO_INDEX,
                           .role = NO_INDEX,
                           .ticks_unsaid = true,
                           .assigns_unsaid = true};
    life->refusal = (Refusal){.code = REFUSED_NOT_OPEN, .event = event};
    bool accepted = info->is_work     ? try_work(life, info)
                    : info->by_anyone ? try_anyone(life)
                                      : try_permits(life, info->permits);
    if (!accepted) {
        life->trying.number = 0;
        return false;
    }
    int64_t number = keep(life)->number;
    return !life->has_approvals || !waits_for_approval(life, number) ||
           settle_approval(life, number);
}
