#include "bytecode/verify_internal.h"

#include <stdlib.h>

#include "base/limits.h"
#include "base/mem.h"
#include "calendar/limit.h"

typedef bool (*RowCheck)(Verifier *verifier, uint32_t row);

/* ---- durations, anchors, limits ----------------------------------------- */

static bool duration_ok(Duration duration)
{
    Error unused = {0};
    return duration_check(duration, &unused);
}

/* One value, or several by date; the first holds from the beginning. */
static bool durations_ok(const Program *program, Slice slice)
{
    Day last = DAY_NONE;
    for (uint32_t i = 0; i < slice.count; i++) {
        const DatedDuration *item = &program->durations[slice.first + i];
        if (i == 0 ? item->from != DAY_NONE : item->from <= last)
            return false;
        if (!duration_ok(item->duration))
            return false;
        last = item->from;
    }
    return slice.count > 0;
}

static bool item_ok(const Program *program, AnchorItem item)
{
    if (item.is_fact)
        return item.index < program->fact_count && program->facts[item.index].type == TYPE_DATE;
    return item.index < program->event_count;
}

static bool anchor_ok(const Program *program, const AnchorInfo *anchor)
{
    uint32_t count = anchor->items.count;
    for (uint32_t i = 0; i < count; i++)
        if (!item_ok(program, program->anchor_items[anchor->items.first + i]))
            return false;
    if (anchor->type == FROM_LATER_OF)
        return count >= 1;
    bool one = anchor->type == FROM_EVENT || anchor->type == FROM_FIRST_EVENT ||
               anchor->type == FROM_FACT;
    if (count != (one ? 1 : 0))
        return false;
    return !one ||
           program->anchor_items[anchor->items.first].is_fact == (anchor->type == FROM_FACT);
}

static bool limit_row(Verifier *verifier, uint32_t row)
{
    const Program *program = verifier->program;
    const LimitInfo *limit = &program->limits[row];
    if ((limit->has_target && !durations_ok(program, limit->target)) ||
        (limit->has_limit && !durations_ok(program, limit->limit)))
        return verify_fail(verifier, "limit %u: bad duration", row);
    if (!anchor_ok(program, &limit->anchor) || !anchor_ok(program, &limit->target_anchor))
        return verify_fail(verifier, "limit %u: bad anchor", row);
    if (limit->has_limit && limit->anchor.type == FROM_NOTHING)
        return verify_fail(verifier, "limit %u: nothing to count from", row);
    return true;
}

static bool interval_row(Verifier *verifier, uint32_t row)
{
    const Program *program = verifier->program;
    const IntervalInfo *interval = &program->intervals[row];
    if (!durations_ok(program, interval->every))
        return verify_fail(verifier, "interval %u: bad duration", row);
    if (!anchor_ok(program, &interval->from) ||
        interval->grid != (interval->from.type != FROM_NOTHING))
        return verify_fail(verifier, "interval %u: bad anchor", row);
    if (interval->otherwise != (interval->when == 0))
        return verify_fail(verifier, "interval %u: condition and otherwise disagree", row);
    return true;
}

static bool remind_row(Verifier *verifier, uint32_t row)
{
    if (!durations_ok(verifier->program, verifier->program->reminds[row].before))
        return verify_fail(verifier, "reminder %u: bad duration", row);
    return true;
}

static bool deputy_row(Verifier *verifier, uint32_t row)
{
    const DeputyInfo *deputy = &verifier->program->deputies[row];
    if (deputy->kind == ACTS_AFTER && !durations_ok(verifier->program, deputy->after))
        return verify_fail(verifier, "deputy %u: bad duration", row);
    return true;
}

static bool window_row(Verifier *verifier, uint32_t row)
{
    const WindowInfo *window = &verifier->program->windows[row];
    if (window->count == 0 || window->count > LIMIT_WINDOW_COUNT)
        return verify_fail(verifier, "window %u: bad count", row);
    if (!duration_ok(window->within))
        return verify_fail(verifier, "window %u: bad duration", row);
    return true;
}

/* ---- facts, works -------------------------------------------------------- */

static bool fact_row(Verifier *verifier, uint32_t row)
{
    const FactInfo *fact = &verifier->program->facts[row];
    if (fact->value_count > LIMIT_VALUES || fact->values.count != fact->value_count ||
        (fact->type == TYPE_ONE_OF) != (fact->value_count > 0))
        return verify_fail(verifier, "fact %u: bad list of values", row);
    if (fact->type == TYPE_NUMBER && fact->least > fact->most)
        return verify_fail(verifier, "fact %u: bad range", row);
    return true;
}

static bool permits_ascend(const Program *program, Slice slice)
{
    for (uint32_t i = 1; i < slice.count; i++)
        if (program->permits[slice.first + i - 1].role > program->permits[slice.first + i].role)
            return false;
    return true;
}

static bool work_row(Verifier *verifier, uint32_t row)
{
    const Program *program = verifier->program;
    const WorkInfo *work = &program->works[row];
    if (work->item_count > LIMIT_CHECKLIST || work->items.count != work->item_count)
        return verify_fail(verifier, "work %u: bad checklist", row);
    if (work->state != NO_INDEX && program->states[work->state].track != work->track)
        return verify_fail(verifier, "work %u: its state is in another track", row);
    if (work->reminds.count > LIMIT_REMINDERS)
        return verify_fail(verifier, "work %u: too many reminders", row);
    if (!permits_ascend(program, work->permits))
        return verify_fail(verifier, "work %u: permits do not ascend", row);
    if ((work->missed_go == 0) != (work->missed_state == NO_INDEX))
        return verify_fail(verifier, "work %u: if missed goes nowhere", row);
    if (work->missed_go && program->states[work->missed_state].track != work->track)
        return verify_fail(verifier, "work %u: if missed goes to another track", row);
    if (program->indices[program->due_order.first + work->order] != row)
        return verify_fail(verifier, "work %u: not where the due order has it", row);
    return true;
}

static bool event_row(Verifier *verifier, uint32_t row)
{
    if (!permits_ascend(verifier->program, verifier->program->events[row].permits))
        return verify_fail(verifier, "event %u: permits do not ascend", row);
    return true;
}

static bool rule_row(Verifier *verifier, uint32_t row)
{
    const RuleInfo *rule = &verifier->program->rules[row];
    if (rule->is_never ? rule->state == NO_INDEX : rule->state != NO_INDEX || !rule->condition)
        return verify_fail(verifier, "rule %u: says nothing", row);
    return true;
}

/* ---- rows of handlers ----------------------------------------------------- */

static bool alternative_row(Verifier *verifier, uint32_t row)
{
    const AlternativeInfo *line = &verifier->program->alternatives[row];
    if ((line->approval == NO_INDEX) != (line->approval_permits.count == 0) ||
        !permits_ascend(verifier->program, line->approval_permits))
        return verify_fail(verifier, "alternative %u: bad approval", row);
    if (line->leaves && (!line->is_choice || line->target == NO_INDEX || line->effects == 0))
        return verify_fail(verifier, "alternative %u: leaves for nowhere", row);
    if (!line->leaves && line->target != NO_INDEX)
        return verify_fail(verifier, "alternative %u: has a target and does not leave", row);
    if (line->otherwise && line->guard)
        return verify_fail(verifier, "alternative %u: condition and otherwise disagree", row);
    return true;
}

static bool handler_row(Verifier *verifier, uint32_t row)
{
    const HandlerInfo *handler = &verifier->program->handlers[row];
    if ((handler->kind == HANDLES_ON) != (handler->alternatives.count > 0))
        return verify_fail(verifier, "handler %u: bad lines", row);
    if ((handler->kind == HANDLES_HOLD) != (handler->until != NO_INDEX))
        return verify_fail(verifier, "handler %u: held until nothing", row);
    return true;
}

static bool handlers_ascend(const Program *program, Slice slice)
{
    for (uint32_t i = 1; i < slice.count; i++)
        if (program->handlers[slice.first + i - 1].event >=
            program->handlers[slice.first + i].event)
            return false;
    return true;
}

static bool state_row(Verifier *verifier, uint32_t row)
{
    const Program *program = verifier->program;
    const StateInfo *state = &program->states[row];
    if (!handlers_ascend(program, state->handlers))
        return verify_fail(verifier, "state %u: handlers do not ascend", row);
    for (uint32_t i = 0; i < state->works.count; i++)
        if (program->works[program->indices[state->works.first + i]].state != row)
            return verify_fail(verifier, "state %u: has work of another state", row);
    for (uint32_t i = 0; i < state->as_soon.count; i++)
        if (program->states[program->as_soons[state->as_soon.first + i].target].track !=
            state->track)
            return verify_fail(verifier, "state %u: as soon as goes to another track", row);
    return true;
}

static bool track_row(Verifier *verifier, uint32_t row)
{
    const Program *program = verifier->program;
    const TrackInfo *track = &program->tracks[row];
    if (!handlers_ascend(program, track->handlers))
        return verify_fail(verifier, "track %u: handlers do not ascend", row);
    if (track->start_state != NO_INDEX && program->states[track->start_state].track != row)
        return verify_fail(verifier, "track %u: starts in another track", row);
    for (uint32_t i = 0; i < track->starts.count; i++)
        if (program->starts[track->starts.first + i].track != row)
            return verify_fail(verifier, "track %u: has the start of another track", row);
    for (uint32_t i = 0; i < track->works.count; i++)
        if (program->works[program->indices[track->works.first + i]].track != row)
            return verify_fail(verifier, "track %u: has work of another track", row);
    return true;
}

/* ---- the whole ------------------------------------------------------------ */

/* How many lines from this one on are known to stay in a track. */
typedef struct Stays {
    uint32_t track, count;
} Stays;

/* Every line of the rows goes to a state of their own track. The states of an
 * `at any point` share their lines, so what was looked at is not looked at again. */
static bool targets_ok(const Program *program, Slice handlers, uint32_t track, Stays *known)
{
    for (uint32_t i = 0; i < handlers.count; i++) {
        Slice lines = program->handlers[handlers.first + i].alternatives;
        if (lines.count == 0 ||
            (known[lines.first].count >= lines.count && known[lines.first].track == track))
            continue;
        for (uint32_t k = 0; k < lines.count; k++) {
            uint32_t target = program->alternatives[lines.first + k].target;
            if (target != NO_INDEX && program->states[target].track != track)
                return false;
        }
        known[lines.first] = (Stays){track, lines.count};
    }
    return true;
}

static bool verify_targets(Verifier *verifier)
{
    const Program *program = verifier->program;
    Stays *known = mem_alloc_array(program->alternative_count, sizeof *known);
    bool good = true;
    for (uint32_t i = 0; good && i < program->state_count; i++)
        if (!targets_ok(program, program->states[i].handlers, program->states[i].track, known))
            good = verify_fail(verifier, "state %u: a line goes to another track", i);
    for (uint32_t i = 0; good && i < program->track_count; i++)
        if (!targets_ok(program, program->tracks[i].handlers, i, known))
            good = verify_fail(verifier, "track %u: a line goes to another track", i);
    free(known);
    return good;
}

static bool verify_main_line(Verifier *verifier)
{
    const Program *program = verifier->program;
    if (program->track_count == 0 || program->tracks[0].start_state == NO_INDEX)
        return verify_fail(verifier, "the main line has no start");
    return true;
}

static bool verify_regions(Verifier *verifier)
{
    const Program *program = verifier->program;
    const struct {
        uint32_t begins, rows, slots;
    } regions[] = {
        {program->slot_tracks, program->track_count, TRACK_SLOTS},
        {program->slot_facts, program->fact_count, 1},
        {program->slot_events, program->event_count, EVENT_SLOTS},
        {program->slot_works, program->work_count, WORK_SLOTS},
        {program->slot_roles, program->role_count, 1},
        {program->slot_starts, program->start_count, 1},
        {program->slot_rest, 0, 0},
    };
    uint64_t next = SLOT_HEADER;
    for (size_t i = 0; i < sizeof regions / sizeof *regions; i++) {
        if (regions[i].begins != next)
            return verify_fail(verifier, "layout: region %zu is out of place", i);
        next += (uint64_t)regions[i].rows * regions[i].slots;
    }
    return true;
}

/* Whether a ring begins at `next`, or is left out where it is not kept. */
static bool ring_ok(uint64_t *next, uint32_t at, bool kept, uint32_t slots)
{
    bool good = at == (kept ? *next : NO_INDEX);
    *next += kept ? slots : 0;
    return good;
}

static bool verify_rings(Verifier *verifier)
{
    const Program *program = verifier->program;
    uint64_t next = program->slot_rest;
    for (uint32_t i = 0; i < program->window_count; i++)
        if (!ring_ok(&next, program->windows[i].slot, true,
                     WINDOW_DAYS + program->windows[i].count))
            return verify_fail(verifier, "layout: window %u is out of place", i);
    for (uint32_t i = 0; i < program->role_count; i++)
        if (!ring_ok(&next, program->roles[i].actors, program->roles[i].excludes.count > 0,
                     ROLE_ACTORS))
            return verify_fail(verifier, "layout: role %u is out of place", i);
    for (uint32_t i = 0; i < program->work_count; i++)
        if (!ring_ok(&next, program->works[i].owed, program->works[i].in_step != NO_INDEX,
                     REVIEW_OWED))
            return verify_fail(verifier, "layout: review %u is out of place", i);
    if (program->slot_count != next || next > LIMIT_PROGRAM_WORDS)
        return verify_fail(verifier, "layout: wrong number of slots");
    return true;
}

static bool verify_each(Verifier *verifier, uint32_t count, RowCheck check)
{
    for (uint32_t i = 0; i < count; i++)
        if (!check(verifier, i))
            return false;
    return true;
}

bool verify_rows(Verifier *verifier)
{
    const Program *program = verifier->program;
    const struct {
        uint32_t count;
        RowCheck check;
    } checks[] = {
        {program->limit_count, limit_row},
        {program->interval_count, interval_row},
        {program->remind_count, remind_row},
        {program->deputy_count, deputy_row},
        {program->window_count, window_row},
        {program->fact_count, fact_row},
        {program->work_count, work_row},
        {program->event_count, event_row},
        {program->alternative_count, alternative_row},
        {program->handler_count, handler_row},
        {program->state_count, state_row},
        {program->track_count, track_row},
        {program->rule_count, rule_row},
    };
    if (program->due_order.count != program->work_count)
        return verify_fail(verifier, "the due order is incomplete");
    for (size_t i = 0; i < sizeof checks / sizeof *checks; i++)
        if (!verify_each(verifier, checks[i].count, checks[i].check))
            return false;
    return verify_main_line(verifier) && verify_targets(verifier) && verify_regions(verifier) &&
           verify_rings(verifier);
}
