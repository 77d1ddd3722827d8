/* One row of the log against the flow. What is refused is noted; in judge mode it is
 * then applied as far as it can be: whole, where only who did it or what was said with
 * it was wrong; along the one line that leads on, where its condition did not hold; from
 * the one other state that handles it; and else it is only put on record. */
#include <string.h>

#include "replay/replay_internal.h"

/* How a refused row is applied after all. */
typedef struct Way {
    Imposition imposed;
    Applied applied;
    uint32_t from;  /* the state it was put in first; NO_INDEX */
    bool was_moved; /* the record was changed on the way: `before` holds it as it was */
} Way;

#define WHO (1u << REFUSED_WRONG_ROLE | 1u << REFUSED_NOT_DEPUTY | 1u << REFUSED_NOT_ASSIGNED)

static void keep_record(Replayer *replayer, Way *way)
{
    if (!way->was_moved)
        memcpy(replayer->before, replayer->record,
               replayer->program->slot_count * sizeof *replayer->record);
    way->was_moved = true;
}

/* ---- ways -------------------------------------------------------------------- */

static bool overlook(Way *way, uint32_t codes)
{
    bool is_new = codes & ~way->imposed.overlook;
    way->imposed.overlook |= codes;
    return is_new;
}

static bool take_line(const Replayer *replayer, const Entry *entry, const Refusal *refusal,
                      Way *way)
{
    if (refusal->alternative == NO_INDEX) /* two `as soon as` lead to different states */
        return overlook(way, 1u << refusal->code);
    uint32_t line =
        vm_only_way(replayer->program, replayer->record, entry->name, refusal->alternative);
    for (uint32_t i = 0; i < way->imposed.line_count; i++)
        if (way->imposed.lines[i] == line)
            return false;
    if (line == NO_INDEX || way->imposed.line_count == IMPOSED_LINES)
        return false;
    way->imposed.lines[way->imposed.line_count++] = line;
    way->applied = way->applied == APPLIED_WHOLE ? APPLIED_LINE : way->applied;
    return true;
}

/* A task that only waits for another was done before it; else the place is another. */
static bool go_elsewhere(Replayer *replayer, const Entry *entry, Way *way)
{
    if (way->was_moved || replayer->record[SLOT_STATUS] != CASE_OPEN)
        return false;
    keep_record(replayer, way);
    if (vm_open_waiting(&replayer->vm, replayer->record, entry->name, entry->at, entry->number))
        return true;
    way->from = vm_elsewhere(replayer->program, replayer->record, entry->name);
    if (way->from == NO_INDEX)
        return false;
    replayer->put_from = replayer->vm.happened_count;
    vm_put(&replayer->vm, replayer->record, way->from, entry->at, entry->number);
    vm_open_waiting(&replayer->vm, replayer->record, entry->name, entry->at, entry->number);
    replayer->put_until = replayer->vm.happened_count;
    way->applied = APPLIED_ELSEWHERE;
    return true;
}

static bool find_way(Replayer *replayer, const Entry *entry, const Refusal *refusal, Way *way)
{
    switch (refusal->code) {
    case REFUSED_WRONG_ROLE:
    case REFUSED_NOT_DEPUTY:
    case REFUSED_NOT_ASSIGNED:
        return overlook(way, WHO);
    case REFUSED_SEPARATION:
    case REFUSED_MISSING_FACT:
    case REFUSED_MISSING_REASON:
    case REFUSED_WRONG_TICK:
    case REFUSED_MISSING_TICK:
    case REFUSED_MISSING_PERSON:
    case REFUSED_CONFLICTING_RECORDS:
    case REFUSED_BEFORE_LEAVING:
    case REFUSED_NEVER:
    case REFUSED_ALWAYS:
        return overlook(way, 1u << refusal->code);
    case REFUSED_UNKNOWN_GUARD:
    case REFUSED_SEVERAL_ALTERNATIVES:
    case REFUSED_NO_ALTERNATIVE:
        return take_line(replayer, entry, refusal, way);
    case REFUSED_NOT_POSSIBLE:
        if (replayer->vm.limit_error.kind != ERROR_NONE)
            return overlook(way, 1u << REFUSED_NOT_POSSIBLE);
        return go_elsewhere(replayer, entry, way);
    case REFUSED_NOT_OPEN:
        return go_elsewhere(replayer, entry, way);
    default:
        return false;
    }
}

/* ---- noting ------------------------------------------------------------------- */

/* The first refusal of a row says why; another that is about the place follows from it. */
static void note_refusal(Replayer *replayer, const Entry *entry, const Refusal *refusal,
                         uint32_t first)
{
    bool follows = is_about_place(refusal->code) && is_out_of_step(replayer, entry->name);
    for (uint32_t i = first; i < replayer->finding_count; i++)
        follows = follows || (is_about_place(refusal->code) &&
                              is_about_place(replayer->findings[i].refusal.code));
    Finding *finding = add_refusal(replayer, entry, refusal);
    finding->follow_on = follows;
    if (refusal->rule != NO_INDEX) {
        finding->follow_on = follows || replayer->rule_broken[refusal->rule];
        replayer->rule_broken[refusal->rule] = replayer->any_broken = true;
    }
    accept_finding(replayer, finding);
}

/* A cell is read wherever the event may record the fact; where the entry's own facts say
 * that it is not asked for this time, it is left out. */
static bool leave_out(Entry *entry, uint32_t fact)
{
    FactEntry *facts = (FactEntry *)entry->facts; /* the replayer's own */
    for (uint32_t i = 0; i < entry->fact_count; i++) {
        if (facts[i].fact != fact)
            continue;
        facts[i] = facts[--entry->fact_count];
        return true;
    }
    return false;
}

static bool apply(Replayer *replayer, Entry *entry, const Imposition *imposed, Refusal *refusal)
{
    bool done;
    do {
        replayer->vm.limit_error.kind = ERROR_NONE;
        done = imposed->overlook || imposed->line_count
                   ? vm_impose(&replayer->vm, replayer->record, entry, imposed, refusal)
                   : vm_apply(&replayer->vm, replayer->record, entry, refusal);
    } while (!done && refusal->code == REFUSED_WRONG_FACT && leave_out(entry, refusal->fact));
    return done;
}

/* ---- one row -------------------------------------------------------------------- */

/* In the start state, with no event at all. */
static void open_plainly(Replayer *replayer, Moment at)
{
    GivenCase given = {.is_new = true, .state = NO_INDEX, .since = at};
    Entry entry = {.kind = ENTRY_GIVEN,
                   .name = NO_INDEX,
                   .at = at,
                   .recorded = at,
                   .role = NO_INDEX,
                   .for_role = NO_INDEX,
                   .given = &given};
    Refusal refusal;
    vm_apply(&replayer->vm, replayer->record, &entry, &refusal);
}

static void put_on_record(Replayer *replayer, const Entry *entry, Way *way, uint32_t happened)
{
    if (way->was_moved) {
        memcpy(replayer->record, replayer->before,
               replayer->program->slot_count * sizeof *replayer->record);
        replayer->vm.happened_count = happened;
    }
    replayer->put_from = replayer->put_until = 0;
    way->applied = APPLIED_FACTS;
    way->from = NO_INDEX;
    if (entry->kind == ENTRY_OPEN)
        open_plainly(replayer, entry->at);
    if (replayer->record[SLOT_STATUS] != CASE_NOT_OPEN)
        vm_record_only(&replayer->vm, replayer->record, entry);
}

static void apply_refused(Replayer *replayer, Entry *entry, Refusal refusal)
{
    Way way = {.applied = APPLIED_WHOLE, .from = NO_INDEX};
    uint32_t first = replayer->finding_count;
    uint32_t happened = replayer->vm.happened_count;
    note_refusal(replayer, entry, &refusal, first);
    if (replayer->options.mode == REPLAY_ENFORCE)
        way.applied = APPLIED_NOT;
    while (way.applied != APPLIED_NOT) {
        if (!find_way(replayer, entry, &refusal, &way)) {
            put_on_record(replayer, entry, &way, happened);
            break;
        }
        if (apply(replayer, entry, &way.imposed, &refusal))
            break;
        note_refusal(replayer, entry, &refusal, first);
    }
    for (uint32_t i = first; i < replayer->finding_count; i++) {
        replayer->findings[i].applied = way.applied;
        replayer->findings[i].from = way.from;
    }
    if (way.applied == APPLIED_WHOLE)
        keep_step(replayer, entry, happened);
    else
        lose_step(replayer, entry->name);
}

void judge_row(Replayer *replayer, uint32_t row)
{
    static const Imposition nothing;
    Entry *entry = &replayer->entries[row];
    uint32_t from = replayer->vm.happened_count;
    Refusal refusal;
    if (apply(replayer, entry, &nothing, &refusal)) {
        keep_step(replayer, entry, from);
        keep_rules(replayer);
    } else {
        duties_follow(replayer); /* what fell due before it */
        apply_refused(replayer, entry, refusal);
    }
    duties_follow(replayer);
}

/* ---- a case that begins before the log does ---------------------------------------- */

static bool open_by(Replayer *replayer, const Entry *entry)
{
    Refusal refusal;
    if (vm_apply(&replayer->vm, replayer->record, entry, &refusal))
        return true;
    Way way = {.applied = APPLIED_WHOLE, .from = NO_INDEX};
    while (find_way(replayer, entry, &refusal, &way))
        if (vm_impose(&replayer->vm, replayer->record, entry, &way.imposed, &refusal))
            return true;
    return false;
}

/* As by the first opening event that the flow takes, at that moment; else in the start
 * state. Nobody recorded it, so nothing is asked of it and its moment proves nothing. */
void open_without_opening(Replayer *replayer, uint32_t row)
{
    const Program *program = replayer->program;
    Entry entry = {.kind = ENTRY_OPEN,
                   .at = replayer->entries[row].at,
                   .recorded = replayer->entries[row].at,
                   .role = NO_INDEX,
                   .for_role = NO_INDEX,
                   .ticks_unsaid = true,
                   .person_unsaid = true,
                   .assigns_unsaid = true,
                   .role_unsaid = true,
                   .reason_unsaid = true,
                   .approval_unsaid = true,
                   .facts_unsaid = replayer->no_facts};
    accept_finding(replayer, add_finding(replayer, FINDING_NO_OPENING, row, entry.at));
    bool opened = false;
    for (uint32_t event = 0; !opened && event < program->event_count; event++) {
        entry.name = event;
        opened = program->events[event].opens && open_by(replayer, &entry);
    }
    if (!opened)
        open_plainly(replayer, entry.at);
    replayer->made_up = entry.at;
    lose_every_step(replayer);
    duties_follow(replayer);
}
