/* The entries that an exploration tries: who may make them, and with which facts. */
#include <string.h>

#include "analysis/explore_internal.h"

#define COMBOS_MAX 64u /* of values, for one entry */

typedef struct Making {
    Search *search;
    int32_t parent;
    Entry entry;
    const Records *asked[64]; /* facts without a condition first */
    uint32_t asked_count, combos;
    FactEntry facts[64];
    uint32_t fact_count;
    bool taken;
} Making;

static void make_entry(Making *making)
{
    Arena *arena = &making->search->explorer->arena;
    if (++making->combos > COMBOS_MAX)
        return;
    FactEntry *facts = ARENA_ARRAY(arena, making->fact_count + 1, FactEntry);
    if (making->fact_count)
        memcpy(facts, making->facts, making->fact_count * sizeof *facts);
    making->entry.facts = facts;
    making->entry.fact_count = making->fact_count;
    making->taken |= try_step(making->search, making->parent, false, making->entry);
}

/* Does the entry so far make this condition true? On its own facts only. */
static bool is_asked(const Making *making, const Expr *when)
{
    Analysis *analysis = making->search->explorer->analysis;
    Situation *situation = &analysis->situation;
    for (uint32_t i = 0; i < analysis->flow->fact_count; i++)
        situation->fact[i] = 0;
    for (uint32_t i = 0; i < making->fact_count; i++) {
        uint32_t fact = making->facts[i].fact;
        situation->fact[fact] =
            (int8_t)piece_of(&analysis->domains[fact], making->facts[i].value);
    }
    return situation_judge(situation, when) == IS_YES;
}

static bool has_fact(const Making *making, int32_t fact)
{
    for (uint32_t i = 0; i < making->fact_count; i++)
        if (making->facts[i].fact == (uint32_t)fact)
            return true;
    return false;
}

static int64_t value_in(const Piece *piece)
{
    if (piece->least <= 0 && piece->most >= 0)
        return 0;
    return piece->least > 0 ? piece->least : piece->most;
}

/* Each value of the next fact that is asked for. Recursion as deep as there are facts. */
static void make_facts(Making *making, uint32_t next)
{
    const Explorer *explorer = making->search->explorer;
    const Analysis *analysis = explorer->analysis;
    while (next < making->asked_count &&
           (has_fact(making, making->asked[next]->fact.index) ||
            (making->asked[next]->when && !is_asked(making, making->asked[next]->when))))
        next++;
    if (next == making->asked_count) {
        make_entry(making);
        return;
    }
    int32_t fact = making->asked[next]->fact.index;
    const Domain *domain = &analysis->domains[fact];
    FactType type = analysis->flow->fact_at[fact]->type;
    making->fact_count++;
    uint32_t count = explorer->facts && !explorer->facts[fact] ? 1 : domain->count;
    for (uint32_t i = 0; i < count && !making->search->over; i++) {
        int64_t value =
            type == FACT_DATE
                ? (domain->pieces[i].least > analysis->story_day  ? domain->pieces[i].least
                   : domain->pieces[i].most < analysis->story_day ? domain->pieces[i].most
                                                                  : analysis->story_day)
                : value_in(&domain->pieces[i]);
        making->facts[making->fact_count - 1] = (FactEntry){(uint32_t)fact, value};
        make_facts(making, next + 1);
    }
    making->fact_count--;
}

static void ask(Making *making, const Records *records, bool plain)
{
    for (; records; records = records->next)
        if ((records->when == NULL) == plain && making->asked_count < 64)
            making->asked[making->asked_count++] = records;
}

static Person person_for(const Explorer *explorer, int32_t parent, uint32_t role)
{
    if (parent < 0 || role == NO_INDEX)
        return (Person)role + 1;
    Person holder = record_role(explorer->analysis->program,
                                explore_record(explorer, (uint32_t)parent), role);
    return holder ? holder : (Person)role + 1;
}

/* Another person of the same role, for what one may not do after oneself. */
#define ANOTHER 100000

static void make_as(Making *making, Slice permits, bool anyone)
{
    const Explorer *explorer = making->search->explorer;
    const Program *program = explorer->analysis->program;
    making->taken = false;
    uint32_t count = anyone ? 1 : permits.count;
    for (uint32_t i = 0; i < count && !making->taken; i++) {
        uint32_t role = anyone ? 0 : program->permits[permits.first + i].role;
        making->entry.role = role;
        making->entry.person = person_for(explorer, making->parent, role);
        making->combos = 0;
        make_facts(making, 0);
        if (making->taken)
            return;
        making->entry.person += ANOTHER;
        making->combos = 0;
        make_facts(making, 0);
    }
}

static Making making_of(Search *search, int32_t parent, EntryKind kind, uint32_t name,
                        Moment at)
{
    Making making = {.search = search, .parent = parent};
    making.entry = (Entry){.kind = kind,
                           .name = name,
                           .at = at,
                           .recorded = at,
                           .has_reason = true,
                           .role = NO_INDEX,
                           .for_role = NO_INDEX,
                           .ticks_unsaid = true,
                           .person_unsaid = true,
                           .assigns_unsaid = true};
    return making;
}

void enter_event(Search *search, int32_t parent, EntryKind kind, uint32_t event, Moment at)
{
    const Flow *flow = search->explorer->analysis->flow;
    const Program *program = search->explorer->analysis->program;
    const EventInfo *info = &program->events[event];
    Making making = making_of(search, parent, kind, event, at);
    if (!info->is_work) {
        ask(&making, flow->event_at[event]->records, true);
        ask(&making, flow->event_at[event]->records, false);
        make_as(&making, info->permits, info->by_anyone);
        return;
    }
    const int64_t *record = explore_record(search->explorer, (uint32_t)parent);
    Slice permits = {0};
    for (int plain = 1; plain >= 0; plain--)
        for (uint32_t i = 0; i < info->works.count; i++) {
            uint32_t work = program->indices[info->works.first + i];
            if (record_work(program, record, work)[WORK_STATUS] != WORK_OPEN)
                continue;
            permits = program->works[work].permits;
            ask(&making, flow->work_at[work]->records, plain);
        }
    if (permits.count)
        make_as(&making, permits, false);
}

void enter_not_needed(Search *search, int32_t parent, uint32_t work, Moment at)
{
    const Program *program = search->explorer->analysis->program;
    const WorkInfo *info = &program->works[work];
    const int64_t *record = explore_record(search->explorer, (uint32_t)parent);
    if (!info->optional || record_work(program, record, work)[WORK_STATUS] != WORK_OPEN)
        return;
    Making making = making_of(search, parent, ENTRY_NOT_NEEDED, info->event, at);
    make_as(&making, info->permits, false);
}

/* Whoever may approve; the vm refuses the others. */
void enter_approvals(Search *search, int32_t parent, Moment at)
{
    Explorer *explorer = search->explorer;
    const Program *program = explorer->analysis->program;
    for (uint32_t i = 0; i < 8; i++) {
        int64_t waits = explore_record(explorer, (uint32_t)parent)[SLOT_WAITING + i];
        for (uint32_t role = 0; waits && role < program->role_count; role++) {
            Making making = making_of(search, parent, ENTRY_APPROVE, NO_INDEX, at);
            making.entry.refers_to = waits;
            making.entry.role = role;
            making.entry.person = (Person)role + 1 + 2 * ANOTHER;
            if (try_step(search, parent, false, making.entry))
                break;
        }
    }
}
