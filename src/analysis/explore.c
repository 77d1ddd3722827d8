#include "analysis/explore.h"

#include <stdlib.h>
#include <string.h>

#include "analysis/explore_internal.h"
#include "analysis/knowledge.h"
#include "base/mem.h"

#define STEPS_MAX    40000u   /* cases that stand differently */
#define TRIES_MAX    1000000u /* entries */
#define BYTES_MAX    (192u * 1024 * 1024)

#define ON_STEPS_MAX 400u /* the same for living on from one step */
#define ON_TRIES_MAX 10000u

/* ---- what makes two cases stand alike -------------------------------------------------- */

int32_t piece_of(const Domain *domain, int64_t value)
{
    for (uint32_t i = 0; value != VALUE_UNKNOWN && i < domain->count; i++)
        if (value >= domain->pieces[i].least && value <= domain->pieces[i].most)
            return (int32_t)i + 1;
    return value == VALUE_UNKNOWN ? 0 : 1;
}

static size_t key_room(const Program *program)
{
    return 3u + 3u * program->track_count + program->fact_count + program->event_count +
           program->work_count + program->window_count + (SLOT_HEADER - SLOT_WAITING);
}

/* Pauses and windows make what is due first change by itself. */
static bool moves_by_itself(const Flow *flow)
{
    bool moves = flow->window_count > 0;
    for (uint32_t i = 0; i < flow->work_count && !moves; i++)
        moves = flow->work_at[i]->limit.paused_while != NULL;
    return moves;
}

static void remember(Explorer *explorer, const RefList *list)
{
    for (const Ref *ref = list->first; ref; ref = ref->next)
        if (ref->kind == REF_EVENT)
            explorer->remembered[ref->index] = true;
}

/* Of most events nobody asks later whether they happened: only of what is counted from, what
 * comes after, and what somebody may not have done. */
static void find_remembered(Explorer *explorer)
{
    const Flow *flow = explorer->analysis->flow;
    for (uint32_t i = 0; i < flow->work_count; i++) {
        const Work *work = flow->work_at[i];
        remember(explorer, &work->limit.anchor.refs);
        remember(explorer, &work->limit.target_anchor.refs);
        remember(explorer, &work->not_by_who);
        for (const Interval *interval = work->intervals; interval; interval = interval->next)
            remember(explorer, &interval->from.refs);
        if (work->first)
            remember(explorer, &work->first->anchor.refs);
        if (work->after.text)
            explorer->remembered[work->after.index] = true;
        if (work->kind == WORK_DEADLINE || work->kind == WORK_MUST)
            explorer->remembered[work->event] = true;
    }
}

static bool tells(const Explorer *explorer, uint32_t work)
{
    return !explorer->works || explorer->works[work];
}

/* Work of another stay, and a duty that is not owed, are as if they had never been. */
static int32_t key_of_work(const Explorer *explorer, const int64_t *record, uint32_t index)
{
    const Program *program = explorer->analysis->program;
    const int64_t *work = record_work(program, record, index);
    bool counts = program->works[index].kind == PROGRAM_MUST
                      ? work[WORK_STATUS] == WORK_OPEN
                      : (work[WORK_FLAGS] & WORK_FLAG_ACTIVE) != 0;
    bool missed = tells(explorer, index) && work[WORK_FLAGS] & WORK_FLAG_MISSED;
    return counts ? (int32_t)(1 + work[WORK_STATUS] * 4 + missed * 2 +
                              (work[WORK_DUE] != MOMENT_NEVER))
                  : 0;
}

/* The work of those that tell which is due first; NO_INDEX: none. */
static uint32_t next_work(const Explorer *explorer, const int64_t *record)
{
    const Program *program = explorer->analysis->program;
    Moment first = MOMENT_NEVER;
    uint32_t next = NO_INDEX;
    for (uint32_t i = 0; i < program->work_count; i++) {
        const int64_t *work = record_work(program, record, i);
        if (work[WORK_STATUS] != WORK_OPEN || work[WORK_FLAGS] & WORK_FLAG_MISSED ||
            work[WORK_DUE] >= first || !tells(explorer, i))
            continue;
        first = work[WORK_DUE];
        next = i;
    }
    return next;
}

/* When it tells that time has passed; where a window or a pause may move things, whenever
 * anything happens by itself. */
static Moment next_due(const Explorer *explorer, const int64_t *record)
{
    const Program *program = explorer->analysis->program;
    if (!explorer->works || explorer->any_moment)
        return record[SLOT_NEXT_DUE];
    uint32_t next = next_work(explorer, record);
    return next == NO_INDEX ? MOMENT_NEVER : record_work(program, record, next)[WORK_DUE];
}

bool explore_at_last(const Explorer *explorer, uint32_t step)
{
    const int64_t *record = explore_record(explorer, step);
    Moment due = next_due(explorer, record);
    return due != MOMENT_NEVER &&
           moment_instant(due) - moment_instant(record[SLOT_CLOCK]) <= EXPLORE_LAST_MS;
}

static size_t write_key(const Explorer *explorer, const int64_t *record)
{
    const Analysis *analysis = explorer->analysis;
    const Program *program = analysis->program;
    int32_t *key = explorer->key;
    *key++ = (int32_t)record[SLOT_STATUS];
    *key++ = explorer->waits && explore_at_last(explorer, (uint32_t)explorer->count);
    for (uint32_t i = 0; i < program->track_count; i++) {
        const int64_t *track = record_track(program, record, i);
        bool runs = track[TRACK_RUNNING];
        *key++ = (int32_t)(runs ? 1 + 2 * track[TRACK_STATE] : 2 * track[TRACK_LAST_STATE]);
        *key++ = (track[TRACK_RUNS] > 0) * 2 + (track[TRACK_KEPT] != 0);
    }
    for (uint32_t i = 0; i < program->fact_count; i++)
        if (!explorer->facts || explorer->facts[i])
            *key++ = piece_of(&analysis->domains[i], record_fact(program, record, i));
    for (uint32_t i = 0; i < program->event_count; i++)
        if (explorer->remembered[i])
            *key++ = record_event(program, record, i)[EVENT_LAST] != MOMENT_NONE;
    for (uint32_t i = 0; i < program->work_count; i++)
        *key++ = key_of_work(explorer, record, i);
    *key++ = (int32_t)next_work(explorer, record);
    for (uint32_t i = 0; i < program->window_count; i++) {
        const int64_t *window = record + program->windows[i].slot;
        int32_t counted = 0;
        for (uint32_t k = 0; k < program->windows[i].count; k++)
            counted += window[WINDOW_DAYS + k] != DAY_NONE;
        *key++ = counted * 2 + (window[WINDOW_TRUE] != 0);
    }
    for (uint32_t i = SLOT_WAITING; i < SLOT_HEADER; i++)
        *key++ = record[i] != 0;
    return (size_t)(key - explorer->key) * sizeof *key;
}

/* ---- keeping steps ----------------------------------------------------------------------- */

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

const int64_t *explore_record(const Explorer *explorer, uint32_t step)
{
    return record_at(explorer, step);
}

/* Room for one more step; the last place is where it is tried. */
static void make_room(Explorer *explorer)
{
    const size_t size = explorer->analysis->program->slot_count * sizeof(int64_t);
    explorer->steps = mem_grow(explorer->steps, &explorer->capacity, explorer->count + 1,
                               sizeof *explorer->steps);
    explorer->records =
        mem_grow(explorer->records, &explorer->record_capacity, explorer->count + 1, size);
    if ((explorer->count + 1) * size > BYTES_MAX || explorer->count >= explorer->most_steps)
        explorer->stopped = true;
}

static void add_edge(Explorer *explorer, int32_t from, int64_t to)
{
    if (from < 0)
        return;
    explorer->edges = mem_grow(explorer->edges, &explorer->edge_capacity,
                               explorer->edge_count + 1, sizeof *explorer->edges);
    explorer->edges[explorer->edge_count++] = (ExploreEdge){(uint32_t)from, (uint32_t)to};
}

static bool leads_nowhere(const Explorer *explorer, const int64_t *record)
{
    const Program *program = explorer->analysis->program;
    return (explorer->unknown >= 0 &&
            record_fact(program, record, (uint32_t)explorer->unknown) != VALUE_UNKNOWN) ||
           (explorer->without >= 0 &&
            record_event(program, record, (uint32_t)explorer->without)[EVENT_LAST] !=
                MOMENT_NONE);
}

/* The nearest of the lines of work that run. */
static void rank_step(Explorer *explorer, uint32_t step)
{
    const Analysis *analysis = explorer->analysis;
    const int64_t *record = record_at(explorer, step);
    if (!explorer->distance)
        return;
    uint32_t rank = UINT32_MAX - 1; /* UINT32_MAX: tried */
    for (uint32_t i = 0; i < analysis->flow->track_count; i++) {
        const int64_t *track = record_track(analysis->program, record, i);
        if (!track[TRACK_RUNNING])
            continue;
        uint32_t node = track[TRACK_STATE] ? node_of_state((int32_t)track[TRACK_STATE] - 1)
                                           : node_of_track(analysis->flow, (int32_t)i);
        rank = explorer->distance[node] < rank ? explorer->distance[node] : rank;
    }
    explorer->ranks = mem_grow(explorer->ranks, &explorer->rank_capacity, explorer->count + 1,
                               sizeof *explorer->ranks);
    explorer->ranks[step] = rank;
}

/* The step in the last place was taken: keep it unless a case stood like that before. */
static void keep(Search *search)
{
    Explorer *explorer = search->explorer;
    const int64_t *record = record_at(explorer, explorer->count);
    const int32_t parent = explorer->steps[explorer->count].parent;
    if (!search->visit(search->context, explorer, (uint32_t)explorer->count, record)) {
        explorer->count++;
        search->over = true;
        return;
    }
    if (leads_nowhere(explorer, record))
        return;
    size_t length = write_key(explorer, record);
    int64_t to;
    if (!map_find(&explorer->seen, (const char *)explorer->key, length, &to)) {
        char *kept = arena_strndup(&explorer->arena, (const char *)explorer->key, length);
        to = (int64_t)explorer->count++;
        map_add(&explorer->seen, kept, length, to);
        rank_step(explorer, (uint32_t)to);
    }
    add_edge(explorer, parent, to);
}

static void note_refusal(Search *search, const Refusal *refusal)
{
    Explorer *explorer = search->explorer;
    if (explorer->refused &&
        !explorer->refused(search->context, explorer, (uint32_t)explorer->count, refusal))
        search->over = true;
    if ((refusal->code == REFUSED_NEVER || refusal->code == REFUSED_ALWAYS) &&
        refusal->rule != NO_INDEX)
        explorer->bitten[refusal->rule] = true;
}

bool try_step(Search *search, int32_t parent, bool passes, Entry entry)
{
    Explorer *explorer = search->explorer;
    const Program *program = explorer->analysis->program;
    if (entry.at > explorer->until)
        return false;
    make_room(explorer);
    if (search->over || explorer->stopped || ++explorer->tries > explorer->most_tries) {
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
        note_refusal(search, &refusal);
    return taken;
}

/* ---- the search -------------------------------------------------------------------------- */

/* The next entry is made at nine on a later day, or a minute later where something is due
 * before that. */
static Moment next_time(const Explorer *explorer, const int64_t *record)
{
    Zone zone = explorer->analysis->program->zone;
    Instant now = moment_instant(record[SLOT_CLOCK]);
    Instant morning = day_start(zone, day_of_instant(zone, now) + 1) + 9 * HOUR_MS;
    Moment next = next_due(explorer, record);
    bool due = next != MOMENT_NEVER && moment_instant(next) <= morning;
    return moment_at(due || explorer->promptly ? now + MINUTE_MS : morning, RANK_ENTRY);
}

/* To a minute after the next due moment, since acting on the instant would still meet it; where
 * it tells, also to the last moment before. */
static void pass_time(Search *search, int32_t step, Moment due)
{
    const Explorer *explorer = search->explorer;
    if (due == MOMENT_NEVER)
        return;
    if (explorer->waits && !explore_at_last(explorer, (uint32_t)step))
        try_step(search, step, true,
                 (Entry){.at = moment_at(moment_instant(due) - EXPLORE_LAST_MS, RANK_ENTRY)});
    try_step(search, step, true,
             (Entry){.at = moment_at(moment_instant(due) + MINUTE_MS, RANK_ENTRY)});
}

static void follow(Search *search, int32_t step)
{
    Explorer *explorer = search->explorer;
    const Program *program = explorer->analysis->program;
    const int64_t *record = record_at(explorer, (size_t)step);
    if (record[SLOT_STATUS] != CASE_OPEN)
        return;
    Moment at = next_time(explorer, record);
    explorer->depth = explorer->steps[step].depth;
    pass_time(search, step, next_due(explorer, record));
    for (uint32_t event = 0; event < program->event_count && !search->over; event++)
        if (!explorer->events || explorer->events[event])
            enter_event(search, step, ENTRY_EVENT, event, at);
    for (uint32_t work = 0; work < program->work_count && !search->over; work++)
        if (!explorer->events || explorer->events[program->works[work].event])
            enter_not_needed(search, step, work, at);
    enter_approvals(search, step, at);
}

static bool goes_on(const Search *search)
{
    return !search->over && !search->explorer->stopped;
}

/* Not what was found first, but what is nearest to where the search is going. */
static void follow_nearest(Search *search)
{
    Explorer *explorer = search->explorer;
    while (goes_on(search)) {
        uint32_t next = 0;
        for (uint32_t step = 1; step < explorer->count; step++)
            if (explorer->ranks[step] < explorer->ranks[next])
                next = step;
        if (!explorer->count || explorer->ranks[next] == UINT32_MAX)
            return;
        explorer->ranks[next] = UINT32_MAX;
        follow(search, (int32_t)next);
    }
}

void explorer_begin(Analysis *analysis, Explorer *explorer)
{
    const Program *program = analysis->program;
    *explorer = (Explorer){.analysis = analysis,
                           .most_steps = STEPS_MAX,
                           .most_tries = TRIES_MAX,
                           .unknown = -1,
                           .without = -1,
                           .until = MOMENT_NEVER};
    vm_init(&explorer->vm, program);
    explorer->vm.find = find_entry;
    explorer->vm.find_context = explorer;
    explorer->bitten = mem_alloc_array(program->rule_count + 1, sizeof *explorer->bitten);
    explorer->remembered =
        mem_alloc_array(program->event_count + 1, sizeof *explorer->remembered);
    find_remembered(explorer);
    explorer->any_moment = moves_by_itself(analysis->flow);
    explorer->key = mem_alloc_array(key_room(program), sizeof *explorer->key);
}

void explore(Explorer *explorer, ExploreVisit visit, void *context)
{
    const Program *program = explorer->analysis->program;
    Search search = {explorer, visit, context, false};
    Moment start = moment_at(
        day_start(program->zone, explorer->analysis->story_day) + 9 * HOUR_MS, RANK_ENTRY);
    for (uint32_t event = 0; event < program->event_count; event++)
        if (program->events[event].opens)
            enter_event(&search, -1, ENTRY_OPEN, event, start);
    if (explorer->distance) {
        follow_nearest(&search);
        return;
    }
    while (explorer->entered < explorer->count && goes_on(&search)) {
        follow(&search, (int32_t)explorer->entered);
        explorer->entered += goes_on(&search);
    }
}

bool explore_on(Explorer *explorer, uint32_t step, Moment until, ExploreVisit visit,
                void *context)
{
    const Explorer before = *explorer;
    Search search = {explorer, visit, context, false};
    explorer->seen = (Map){0};
    explorer->stopped = false;
    explorer->promptly = true;
    explorer->waits = false;
    explorer->until = until;
    explorer->most_steps = (uint32_t)before.count + ON_STEPS_MAX;
    explorer->most_tries = before.tries + ON_TRIES_MAX;
    follow(&search, (int32_t)step);
    for (size_t next = before.count; next < explorer->count && goes_on(&search); next++)
        follow(&search, (int32_t)next);
    bool whole = search.over || !explorer->stopped;
    map_clear(&explorer->seen);
    explorer->seen = before.seen;
    explorer->count = before.count;
    explorer->edge_count = before.edge_count;
    explorer->stopped = before.stopped;
    explorer->promptly = before.promptly;
    explorer->waits = before.waits;
    explorer->until = before.until;
    explorer->most_steps = before.most_steps;
    explorer->most_tries = before.most_tries;
    explorer->tries = before.tries;
    explorer->depth = before.depth;
    return whole;
}

void explorer_clear(Explorer *explorer)
{
    vm_clear(&explorer->vm);
    map_clear(&explorer->seen);
    arena_clear(&explorer->arena);
    free(explorer->steps);
    free(explorer->records);
    free(explorer->edges);
    free(explorer->ranks);
    free(explorer->key);
    free(explorer->remembered);
    free(explorer->bitten);
    *explorer = (Explorer){0};
}
