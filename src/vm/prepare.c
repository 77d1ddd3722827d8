/* What vm_init finds out once about a program, so that a step looks only at what
 * its entry can touch, and the room that a step needs. */
#include "vm/internal.h"

#include <stdlib.h>

#include "base/mem.h"

/* ---- what is asked --------------------------------------------------------- */

static uint8_t asks_of_work(const WorkInfo *info)
{
    return (uint8_t)((info->records.count ? ASKS_FACTS : 0) |
                     (info->reasons.count ? ASKS_REASON : 0) |
                     (info->item_count || info->assigns.count ? ASKS_TICKS : 0));
}

static uint8_t asks_of_event(const Program *program, const EventInfo *info)
{
    uint32_t asks =
        (info->records.count ? ASKS_FACTS : 0u) | (info->reasons.count ? ASKS_REASON : 0u);
    for (uint32_t i = 0; i < info->works.count; i++)
        asks |= asks_of_work(&program->works[program->indices[info->works.first + i]]);
    return (uint8_t)asks;
}

static void list_asks(VmStep *step)
{
    const Program *program = step->program;
    step->asks = mem_alloc_array(program->event_count, sizeof *step->asks);
    for (uint32_t event = 0; event < program->event_count; event++)
        step->asks[event] = asks_of_event(program, &program->events[event]);
}

/* ---- limits ------------------------------------------------------------------ */

/* Where the moment stands that a limit is counted from (find_anchor, limits.c);
 * NO_INDEX where it is not one slot. */
static uint32_t anchor_slot(const Program *program, const WorkInfo *info, AnchorInfo anchor)
{
    uint32_t track = program->slot_tracks + info->track * TRACK_SLOTS;
    uint32_t event = program->slot_events;
    if (anchor.items.count)
        event += program->anchor_items[anchor.items.first].index * EVENT_SLOTS;
    switch (anchor.type) {
    case FROM_ENTERING:
        return track + TRACK_ENTERED;
    case FROM_STARTING:
        return track + TRACK_STARTED;
    case FROM_OPENING:
        return SLOT_OPENED;
    case FROM_EVENT:
        return event + EVENT_LAST;
    case FROM_FIRST_EVENT:
        return event + EVENT_FIRST;
    case FROM_NOTHING:
    case FROM_FACT:
    case FROM_LATER_OF:
        break;
    }
    return NO_INDEX;
}

/* What could be paused or has a target as well goes the general way. */
static PlainLimit plain_limit_of(const Program *program, const WorkInfo *info)
{
    const PlainLimit none = {.working_days = NOT_PLAIN};
    if (info->limit == NO_INDEX)
        return none;
    const LimitInfo *limit = &program->limits[info->limit];
    uint32_t anchor = anchor_slot(program, info, limit->anchor);
    if (!limit->has_limit || limit->has_target || limit->immediately ||
        limit->limit.count != 1 || limit->paused_while || limit->paused_by.count ||
        anchor == NO_INDEX)
        return none;
    LimitRule rule = {.duration = program->durations[limit->limit.first].duration,
                      .roll = limit->roll,
                      .count_from_next = limit->count_from_next,
                      .before = limit->before,
                      .clear = limit->clear};
    if (!limit_is_plain(&rule, program->calendar))
        return none;
    return (PlainLimit){rule.duration.amount, anchor, info->reminds.count > 0};
}

static void list_limits(VmStep *step)
{
    const Program *program = step->program;
    step->plain = mem_alloc_array(program->work_count, sizeof *step->plain);
    for (uint32_t work = 0; work < program->work_count; work++)
        step->plain[work] = plain_limit_of(program, &program->works[work]);
}

/* An upper bound in calendar days; working days never take more than thrice as
 * many (Christmas and new year), plus two weeks. */
static int64_t longest_days(Duration duration)
{
    switch (duration.unit) {
    case UNIT_WORKING_DAYS:
        return (int64_t)duration.amount * 3 + 14;
    case UNIT_WORKING_HOURS:
        return (int64_t)duration.amount + 14;
    case UNIT_CALENDAR_DAYS:
    case UNIT_HOURS:
        return duration.amount;
    case UNIT_WEEKS:
        return (int64_t)duration.amount * 7;
    case UNIT_MONTHS:
        return (int64_t)duration.amount * 31;
    case UNIT_YEARS:
        return (int64_t)duration.amount * 366;
    case UNIT_SAME_DAY:
    case UNIT_IMMEDIATELY:
        break;
    }
    return 0;
}

/* Between these instants no limit of the program can leave the calendar, so that
 * a step needs no copy to go back to. */
static void find_safe_years(VmStep *step)
{
    const Program *program = step->program;
    int64_t longest = 0;
    for (uint32_t i = 0; i < program->duration_count; i++) {
        int64_t days = longest_days(program->durations[i].duration);
        longest = days > longest ? days : longest;
    }
    longest = longest * 2 + 31;
    int64_t first = day_from_civil((Civil){LIMIT_YEAR_FIRST + 1, 1, 1});
    int64_t last = day_from_civil((Civil){LIMIT_YEAR_LAST - 1, 12, 31});
    if (program->calendar) {
        first = calendar_first_day(program->calendar);
        last = calendar_last_day(program->calendar);
    }
    step->safe_from = (first + longest) * DAY_MS;
    step->safe_until = (last - longest) * DAY_MS;
}

/* ---- what the program has ------------------------------------------------------ */

static void find_features(VmStep *step)
{
    const Program *program = step->program;
    step->moves_only = program->track_count == 1 && !program->as_soon_count &&
                       !program->rule_count && !program->watched.count;
    for (uint32_t i = 0; i < program->handler_count && !step->holds; i++)
        step->holds = program->handlers[i].kind == HANDLES_HOLD;
    for (uint32_t i = 0; i < program->alternative_count && !step->approves; i++)
        step->approves = program->alternatives[i].approval_permits.count > 0;
    for (uint32_t i = 0; i < program->role_count; i++) {
        step->keeps_actors |= program->roles[i].actors != NO_INDEX;
        step->separates |= program->roles[i].excludes.count > 0;
    }
    for (uint32_t i = 0; i < program->work_count && !step->separates; i++)
        step->separates = program->works[i].not_by.count > 0;
    for (uint32_t i = 0; i < program->state_count && !step->keeps_back; i++)
        step->keeps_back = program->states[i].has_before_leaving;
}

static void list_duties(VmStep *step)
{
    const Program *program = step->program;
    step->duties = mem_alloc_array(program->work_count, sizeof *step->duties);
    for (uint32_t work = 0; work < program->work_count; work++)
        if (program->works[work].kind == PROGRAM_MUST)
            step->duties[step->duty_count++] = work;
}

static bool is_list(const Program *program, const TrackInfo *info)
{
    bool has_task = false;
    for (uint32_t i = 0; i < info->works.count && !has_task; i++)
        has_task = program->works[program->indices[info->works.first + i]].kind == PROGRAM_TASK;
    return has_task && info->has_end && info->start_state == NO_INDEX;
}

static bool has_as_soon(const Program *program, uint32_t track)
{
    for (uint32_t state = 0; state < program->state_count; state++)
        if (program->states[state].track == track && program->states[state].as_soon.count)
            return true;
    return false;
}

static void list_tracks(VmStep *step)
{
    const Program *program = step->program;
    step->lists = mem_alloc_array(program->track_count, sizeof *step->lists);
    step->soon_tracks = mem_alloc_array(program->track_count, sizeof *step->soon_tracks);
    for (uint32_t track = 0; track < program->track_count; track++) {
        if (track && is_list(program, &program->tracks[track]))
            step->lists[step->list_count++] = track;
        if (has_as_soon(program, track))
            step->soon_tracks[step->soon_track_count++] = track;
    }
}

/* ---- room ------------------------------------------------------------------------ */

static uint32_t most_lines(const Program *program, Slice handlers, uint32_t most)
{
    for (uint32_t i = 0; i < handlers.count; i++) {
        uint32_t lines = program->handlers[handlers.first + i].alternatives.count;
        most = lines > most ? lines : most;
    }
    return most;
}

/* One event chooses among the lines of one handler of each track, and one may be
 * imposed. */
static size_t count_moves(const Program *program)
{
    size_t moves = 0;
    for (uint32_t track = 0; track < program->track_count; track++) {
        uint32_t most = most_lines(program, program->tracks[track].handlers, 0);
        for (uint32_t state = 0; state < program->state_count; state++)
            if (program->states[state].track == track)
                most = most_lines(program, program->states[state].handlers, most);
        moves += most + 1;
    }
    return moves;
}

static void make_room(VmStep *step)
{
    const Program *program = step->program;
    size_t tracks = program->track_count;
    step->moves = mem_alloc_array(count_moves(program), sizeof *step->moves);
    step->soon = mem_alloc_array(tracks, sizeof *step->soon);
    step->handlers = mem_alloc_array(tracks, sizeof *step->handlers);
    step->does = mem_alloc_array(program->work_count, sizeof *step->does);
    step->handled = mem_alloc_array(3 * tracks, sizeof *step->handled);
    step->starting = step->handled + tracks;
    step->stopping = step->starting + tracks;
    step->recorded_by = mem_alloc_array(program->fact_count, sizeof *step->recorded_by);
    step->work_saved = mem_alloc_array(program->work_count, sizeof *step->work_saved);
    step->saved = mem_alloc_array(program->work_count, sizeof *step->saved);
    step->own_facts = mem_alloc_array(program->fact_count, sizeof *step->own_facts);
    for (uint32_t fact = 0; fact < program->fact_count; fact++)
        step->own_facts[fact] = VALUE_UNKNOWN;
}

void prepare_step(VmStep *step)
{
    calendar_prepare(step->program->calendar);
    list_asks(step);
    list_limits(step);
    list_duties(step);
    list_tracks(step);
    find_safe_years(step);
    find_features(step);
    make_room(step);
}

void clear_step(VmStep *step)
{
    free(step->asks);
    free(step->plain);
    free(step->duties);
    free(step->lists);
    free(step->soon_tracks);
    free(step->moves);
    free(step->soon);
    free(step->handlers);
    free(step->does);
    free(step->handled);
    free(step->recorded_by);
    free(step->work_saved);
    free(step->saved);
    free(step->own_facts);
    free(step->saved_facts);
    free(step->saved_rings);
}
