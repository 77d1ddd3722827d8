#include "analysis/explore.h"

#include <stdlib.h>
#include <string.h>

#include "analysis/knowledge.h"
#include "base/mem.h"

#define STEPS_MAX  2000u  /* cases that stand differently */
#define TRIES_MAX  40000u /* entries */
#define COMBOS_MAX 64u    /* of values, for one entry */
#define BYTES_MAX  (48u * 1024 * 1024)

/* ---- what makes two cases stand alike -------------------------------------------------- */

static void add_number(Text *key, int64_t number)
{
    text_addf(key, "%lld,", (long long)number);
}

static int64_t piece_of(const Domain *domain, int64_t value)
{
    for (uint32_t i = 0; value != VALUE_UNKNOWN && i < domain->count; i++)
        if (value >= domain->pieces[i].least && value <= domain->pieces[i].most)
            return i + 1;
    return value == VALUE_UNKNOWN ? 0 : 1;
}

static void add_works(const Program *program, const int64_t *record, Text *key)
{
    Moment first = MOMENT_NEVER;
    uint32_t next = NO_INDEX;
    for (uint32_t i = 0; i < program->work_count; i++) {
        const int64_t *work = record_work(program, record, i);
        bool open = work[WORK_STATUS] == WORK_OPEN;
        add_number(key, work[WORK_STATUS] * 16 + (work[WORK_FLAGS] & WORK_FLAG_MISSED) * 2 +
                            (work[WORK_DUE] != MOMENT_NEVER));
        if (!open || work[WORK_FLAGS] & WORK_FLAG_MISSED || work[WORK_DUE] >= first)
            continue;
        first = work[WORK_DUE];
        next = i;
    }
    add_number(key, next);
}

static void write_key(const Analysis *analysis, const int64_t *record, Text *key)
{
    const Program *program = analysis->program;
    text_reset(key);
    add_number(key, record[SLOT_STATUS]);
    for (uint32_t i = 0; i < program->track_count; i++) {
        const int64_t *track = record_track(program, record, i);
        add_number(key, track[TRACK_RUNNING] + 2 * track[TRACK_STATE]);
        add_number(key, track[TRACK_LAST_STATE] * 4 + (track[TRACK_RUNS] > 0) * 2 +
                            (track[TRACK_KEPT] != 0));
    }
    for (uint32_t i = 0; i < program->fact_count; i++)
        add_number(key, piece_of(&analysis->domains[i], record_fact(program, record, i)));
    for (uint32_t i = 0; i < program->event_count; i++)
        add_number(key, record_event(program, record, i)[EVENT_LAST] != MOMENT_NONE);
    add_works(program, record, key);
    for (uint32_t i = 0; i < program->window_count; i++) {
        const int64_t *window = record + program->windows[i].slot;
        int64_t counted = 0;
        for (uint32_t k = 0; k < program->windows[i].count; k++)
            counted += window[WINDOW_DAYS + k] != DAY_NONE;
        add_number(key, counted * 2 + (window[WINDOW_TRUE] != 0));
    }
    for (uint32_t i = SLOT_WAITING; i < SLOT_HEADER; i++)
        add_number(key, record[i] != 0);
}

/* ---- keeping steps ------------------------------------------------------------------------
 */

static const Entry *find_entry(void *context, int64_t number)
{
    const Explorer *explorer = context;
    return number > 0 && (size_t)number <= explorer->count ? &explorer->steps[number - 1].entry
                                                           : NULL;
}

static int64_t *record_at(const Explorer *explorer, size_t step)
{
    return explorer->records + step * explorer->analysis->program->slot_count;
}

/* Room for one more step; the last place is where it is tried. */
static void make_room(Explorer *explorer)
{
    const size_t size = explorer->analysis->program->slot_count * sizeof(int64_t);
    explorer->steps = mem_grow(explorer->steps, &explorer->capacity, explorer->count + 1,
                               sizeof *explorer->steps);
    explorer->records =
        mem_grow(explorer->records, &explorer->record_capacity, explorer->count + 1, size);
    if ((explorer->count + 1) * size > BYTES_MAX || explorer->count >= STEPS_MAX)
        explorer->stopped = true;
}

typedef struct Search {
    Explorer *explorer;
    ExploreVisit visit;
    void *context;
    bool over;
} Search;

/* The step in the last place was taken: keep it unless a case stood like that before. */
static void keep(Search *search)
{
    Explorer *explorer = search->explorer;
    const int64_t *record = record_at(explorer, explorer->count);
    if (!search->visit(search->context, explorer, (uint32_t)explorer->count, record)) {
        explorer->count++;
        search->over = true;
        return;
    }
    Text key = {0};
    write_key(explorer->analysis, record, &key);
    char *kept = arena_strndup(&explorer->arena, text_get(&key), key.length);
    if (map_add(&explorer->seen, kept, key.length, 1))
        explorer->count++;
    text_clear(&key);
}

static void note_refusal(Explorer *explorer, const Refusal *refusal)
{
    if ((refusal->code == REFUSED_NEVER || refusal->code == REFUSED_ALWAYS) &&
        refusal->rule != NO_INDEX)
        explorer->bitten[refusal->rule] = true;
}

static bool try_step(Search *search, int32_t parent, bool passes, Entry entry)
{
    Explorer *explorer = search->explorer;
    const Program *program = explorer->analysis->program;
    make_room(explorer);
    if (search->over || explorer->stopped || ++explorer->tries > TRIES_MAX) {
        explorer->stopped |= !search->over;
        return false;
    }
    int64_t *record = record_at(explorer, explorer->count);
    uint32_t depth = parent < 0 ? 1 : explorer->steps[parent].depth + 1;
    entry.number = (int64_t)explorer->count + 1;
    explorer->steps[explorer->count] = (ExploreStep){parent, depth, passes, entry};
    if (parent < 0)
        vm_reset(program, record);
    else
        memcpy(record, record_at(explorer, (size_t)parent),
               program->slot_count * sizeof *record);
    vm_begin(&explorer->vm);
    Refusal refusal;
    bool taken = passes ? vm_advance(&explorer->vm, record, entry.at)
                        : vm_apply(&explorer->vm, record,
                                   &explorer->steps[explorer->count].entry, &refusal);
    if (taken)
        keep(search);
    else if (!passes)
        note_refusal(explorer, &refusal);
    return taken;
}

/* ---- entries --------------------------------------------------------------------------------
 */

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
    const Analysis *analysis = making->search->explorer->analysis;
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
    for (uint32_t i = 0; i < domain->count && !making->search->over; i++) {
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
    Person holder =
        record_role(explorer->analysis->program, record_at(explorer, (size_t)parent), role);
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

static void make_event(Search *search, int32_t parent, EntryKind kind, uint32_t event,
                       Moment at)
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
    const int64_t *record = record_at(search->explorer, (size_t)parent);
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

static void make_not_needed(Search *search, int32_t parent, uint32_t work, Moment at)
{
    const Program *program = search->explorer->analysis->program;
    const WorkInfo *info = &program->works[work];
    const int64_t *record = record_at(search->explorer, (size_t)parent);
    if (!info->optional || record_work(program, record, work)[WORK_STATUS] != WORK_OPEN)
        return;
    Making making = making_of(search, parent, ENTRY_NOT_NEEDED, info->event, at);
    make_as(&making, info->permits, false);
}

/* Whoever may approve; the vm refuses the others. */
static void make_approvals(Search *search, int32_t parent, Moment at)
{
    Explorer *explorer = search->explorer;
    const Program *program = explorer->analysis->program;
    for (uint32_t i = 0; i < 8; i++) {
        int64_t waits = record_at(explorer, (size_t)parent)[SLOT_WAITING + i];
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

/* ---- the search
 * -------------------------------------------------------------------------------- */

/* The next entry is made at nine on a later day, or a minute later where something is due
 * before that. */
static Moment next_time(const Explorer *explorer, const int64_t *record)
{
    Zone zone = explorer->analysis->program->zone;
    Instant now = moment_instant(record[SLOT_CLOCK]);
    Instant morning = day_start(zone, day_of_instant(zone, now) + 1) + 9 * HOUR_MS;
    bool due = record[SLOT_NEXT_DUE] != MOMENT_NEVER &&
               moment_instant(record[SLOT_NEXT_DUE]) <= morning;
    return moment_at(due ? now + MINUTE_MS : morning, RANK_ENTRY);
}

static void follow(Search *search, int32_t step)
{
    Explorer *explorer = search->explorer;
    const Program *program = explorer->analysis->program;
    const int64_t *record = record_at(explorer, (size_t)step);
    if (record[SLOT_STATUS] != CASE_OPEN)
        return;
    Moment at = next_time(explorer, record);
    Moment due = record[SLOT_NEXT_DUE];
    explorer->depth = explorer->steps[step].depth;
    if (due != MOMENT_NEVER) /* a minute later: acting on the instant would still meet it */
        try_step(search, step, true,
                 (Entry){.at = moment_at(moment_instant(due) + MINUTE_MS, RANK_ENTRY)});
    for (uint32_t event = 0; event < program->event_count && !search->over; event++)
        make_event(search, step, ENTRY_EVENT, event, at);
    for (uint32_t work = 0; work < program->work_count && !search->over; work++)
        make_not_needed(search, step, work, at);
    make_approvals(search, step, at);
}

void explore(Analysis *analysis, ExploreVisit visit, void *context, Explorer *explorer)
{
    const Program *program = analysis->program;
    *explorer = (Explorer){.analysis = analysis};
    vm_init(&explorer->vm, program);
    explorer->vm.find = find_entry;
    explorer->vm.find_context = explorer;
    explorer->bitten = mem_alloc_array(program->rule_count + 1, sizeof *explorer->bitten);
    Search search = {explorer, visit, context, false};
    Moment start =
        moment_at(day_start(program->zone, analysis->story_day) + 9 * HOUR_MS, RANK_ENTRY);
    for (uint32_t event = 0; event < program->event_count; event++)
        if (program->events[event].opens)
            make_event(&search, -1, ENTRY_OPEN, event, start);
    for (size_t step = 0; step < explorer->count && !search.over && !explorer->stopped; step++)
        follow(&search, (int32_t)step);
}

void explorer_clear(Explorer *explorer)
{
    vm_clear(&explorer->vm);
    map_clear(&explorer->seen);
    arena_clear(&explorer->arena);
    free(explorer->steps);
    free(explorer->records);
    free(explorer->bitten);
    *explorer = (Explorer){0};
}
