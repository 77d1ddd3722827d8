/* When things are meant to be done. What is owed gets a moment before it is due; what
 * leads on where nothing is owed gets one soon; what merely may happen gets one by
 * and by. Plain lists, looked through after every entry: a flow has a few dozen. */
#include "sim/generate_internal.h"

/* Working days within which things are done; chosen so that a case of a real policy
 * takes months, not days. */
enum {
    DAYS_TASK = 10,        /* a task without limit */
    DAYS_OPTIONAL = 30,    /* one that need not be done */
    DAYS_LEAD = 15,        /* the event that leads on, where nothing else is to be done */
    DAYS_LEAD_LATER = 120, /* where something is */
    DAYS_BY_THE_WAY = 150, /* an event that leads nowhere else */
    DAYS_LATE = 8,         /* at most, after the due moment, where late on purpose */
    DAYS_AGAIN = 5         /* after a refusal */
};

/* One case in so many sees a window filled, such as a child missing three times. */
enum { WINDOW_CASES = 4 };

/* ---- beginning ---------------------------------------------------------------------- */

static uint32_t choose_budget(Life *life, const EventInfo *info)
{
    uint32_t most = 0;
    for (uint32_t i = 0; i < info->windows.count; i++) {
        uint32_t window = life->program->indices[info->windows.first + i];
        uint32_t needed = life->program->windows[window].count;
        most = needed > most ? needed : most;
    }
    if (most && random_below(&life->random, WINDOW_CASES) == 0)
        return most + random_below(&life->random, 2);
    return random_below(&life->random, 2) ? random_below(&life->random, most ? most : 3) : 0;
}

void plan_begin(Life *life)
{
    const Program *program = life->program;
    for (uint32_t work = 0; work < program->work_count; work++)
        life->works[work] = (Plan){.at = INSTANT_NEVER};
    for (uint32_t event = 0; event < program->event_count; event++) {
        life->events[event] = (Plan){.at = INSTANT_NEVER};
        life->budget[event] = choose_budget(life, &program->events[event]);
    }
}

/* ---- what is owed --------------------------------------------------------------------- */

static bool is_open(const Life *life, uint32_t work)
{
    return record_work(life->program, life->record, work)[WORK_STATUS] == WORK_OPEN;
}

static bool waits(const WorkInfo *info)
{
    return info->kind == PROGRAM_DEADLINE || info->kind == PROGRAM_MUST;
}

/* The last second in which it is in time; INSTANT_NEVER where nothing says so now. */
static Instant last_second(const int64_t *slots)
{
    if (slots[WORK_DUE] == MOMENT_NEVER || slots[WORK_PAUSED_AT] != MOMENT_NONE ||
        slots[WORK_FLAGS] & WORK_FLAG_MISSED)
        return INSTANT_NEVER;
    return moment_instant(slots[WORK_DUE]) - SECOND_MS;
}

/* What comes before something that is due then takes a quarter of the time left. */
static Instant first_quarter(const Life *life, Instant due)
{
    bool is_ahead = due != INSTANT_NEVER && due > life->now;
    return is_ahead ? life->now + (due - life->now) / (4 * SECOND_MS) * SECOND_MS : due;
}

/* Where something elsewhere in the flow must have happened by a date, the case hurries. */
static Instant hurry(const Life *life)
{
    Instant latest = INSTANT_NEVER;
    for (uint32_t work = 0; work < life->program->work_count; work++) {
        if (!waits(&life->program->works[work]) || !is_open(life, work) ||
            life->works[work].late)
            continue;
        Instant due = last_second(record_work(life->program, life->record, work));
        latest = due < latest ? due : latest;
    }
    return first_quarter(life, latest);
}

/* The same for work that other work of its place waits for. */
static Instant hurry_beside(const Life *life, uint32_t work)
{
    const WorkInfo *info = &life->program->works[work];
    Instant latest = INSTANT_NEVER;
    for (uint32_t other = 0; other < life->program->work_count; other++) {
        const WorkInfo *beside = &life->program->works[other];
        if (other == work || beside->track != info->track || beside->state != info->state ||
            !is_open(life, other))
            continue;
        Instant due = last_second(record_work(life->program, life->record, other));
        latest = due < latest ? due : latest;
    }
    return first_quarter(life, latest);
}

/* Does other work of the same place wait for it? */
static bool is_waited_for(const Life *life, uint32_t work)
{
    const Program *program = life->program;
    const WorkInfo *info = &program->works[work];
    if (info->before_leaving)
        return true;
    for (uint32_t other = 0; other < program->work_count; other++)
        if (program->works[other].after_work == work ||
            program->works[other].after_event == info->event)
            return true;
    return false;
}

static Instant pick_in_time(Life *life, const WorkInfo *info, Instant latest)
{
    uint32_t days = hours_days(&life->hours, life->now, latest);
    /* A review too early would be another review than the one that is due. */
    uint32_t least = info->kind == PROGRAM_REVIEW ? days - days / 3 : 0;
    return hours_pick(&life->hours, &life->random, life->now, latest, least, days);
}

static Instant pick_unlimited(Life *life, uint32_t work, Instant latest)
{
    const WorkInfo *info = &life->program->works[work];
    bool left_out = info->optional && random_below(&life->random, 2);
    uint32_t most = is_waited_for(life, work) ? 1 : info->optional ? DAYS_OPTIONAL : DAYS_TASK;
    return left_out ? INSTANT_NEVER
                    : hours_pick(&life->hours, &life->random, life->now, latest, 0, most);
}

/* Is it still what was planned for? A limit that has passed, as it was meant to, changes
 * nothing. */
static bool is_planned(const Plan *plan, const int64_t *slots, Instant due)
{
    return plan->is_made && plan->opened == slots[WORK_OPENED] &&
           (plan->due == due || (plan->late && due == INSTANT_NEVER));
}

static void plan_late(Life *life, Plan *plan, Instant due)
{
    plan->late = true;
    plan->latest = INSTANT_NEVER;
    plan->at =
        hours_pick(&life->hours, &life->random, due + MINUTE_MS, INSTANT_NEVER, 0, DAYS_LATE);
}

static void plan_work(Life *life, uint32_t work, Instant hurried)
{
    Plan *plan = &life->works[work];
    const WorkInfo *info = &life->program->works[work];
    const int64_t *slots = record_work(life->program, life->record, work);
    if (slots[WORK_STATUS] != WORK_OPEN) {
        *plan = (Plan){.at = INSTANT_NEVER};
        return;
    }
    Instant due = last_second(slots);
    if (is_planned(plan, slots, due))
        return;
    *plan = (Plan){.opened = slots[WORK_OPENED], .due = due, .is_made = true, .latest = due};
    if (due != INSTANT_NEVER &&
        random_below(&life->random, 100) < life->request->late_percent) {
        plan_late(life, plan, due);
        return;
    }
    Instant beside = is_waited_for(life, work) ? hurry_beside(life, work) : INSTANT_NEVER;
    hurried = beside < hurried ? beside : hurried;
    if (hurried < due && !waits(info))
        plan->latest = hurried;
    plan->at = due == INSTANT_NEVER ? pick_unlimited(life, work, plan->latest)
                                    : pick_in_time(life, info, plan->latest);
}

/* ---- what leads on, and what may happen -------------------------------------------------- */

static bool leads_on(const Program *program, Slice handlers, uint32_t event, bool *ends)
{
    for (uint32_t i = 0; i < handlers.count; i++) {
        const HandlerInfo *handler = &program->handlers[handlers.first + i];
        if (handler->event != event || handler->kind != HANDLES_ON)
            continue;
        bool leaves = false;
        for (uint32_t k = 0; k < handler->alternatives.count; k++) {
            const AlternativeInfo *line =
                &program->alternatives[handler->alternatives.first + k];
            leaves |= line->leaves;
            *ends |=
                line->leaves && line->target != NO_INDEX && program->states[line->target].ends;
        }
        return leaves;
    }
    return false;
}

/* The running track that the event moves on; NO_INDEX: none. */
static uint32_t led_track(const Life *life, uint32_t event, bool *ends)
{
    const Program *program = life->program;
    Slice tracks = program->events[event].tracks;
    for (uint32_t i = 0; i < tracks.count; i++) {
        uint32_t track = program->indices[tracks.first + i];
        const int64_t *slots = record_track(program, life->record, track);
        if (slots[TRACK_RUNNING] && slots[TRACK_STATE] &&
            leads_on(program, program->states[slots[TRACK_STATE] - 1].handlers, event, ends))
            return track;
    }
    return NO_INDEX;
}

static bool any_task_open(const Life *life)
{
    for (uint32_t work = 0; work < life->program->work_count; work++)
        if (!waits(&life->program->works[work]) && is_open(life, work))
            return true;
    return false;
}

/* So close together that the window may fill. */
static uint32_t days_between(const Life *life, const EventInfo *info)
{
    uint32_t most = DAYS_BY_THE_WAY;
    for (uint32_t i = 0; i < info->windows.count; i++) {
        const WindowInfo *window =
            &life->program->windows[life->program->indices[info->windows.first + i]];
        uint32_t days = (uint32_t)window->within.amount / (2 * window->count) + 1;
        most = window->within.unit == UNIT_CALENDAR_DAYS && days < most ? days : most;
    }
    return most;
}

static void plan_by_the_way(Life *life, uint32_t event)
{
    Plan *plan = &life->events[event];
    const EventInfo *info = &life->program->events[event];
    if (plan->is_made && plan->opened == MOMENT_NONE)
        return;
    bool again = info->windows.count &&
                 record_event(life->program, life->record, event)[EVENT_LAST] != MOMENT_NONE;
    uint32_t days = again ? days_between(life, info) : DAYS_BY_THE_WAY;
    *plan = (Plan){
        .opened = MOMENT_NONE, .is_made = true, .at = INSTANT_NEVER, .latest = INSTANT_NEVER};
    if (life->budget[event] && !info->opens)
        plan->at = hours_pick(&life->hours, &life->random, life->now, INSTANT_NEVER, 0, days);
}

static void plan_event(Life *life, uint32_t event, bool busy, Instant hurried)
{
    const Program *program = life->program;
    Plan *plan = &life->events[event];
    bool ends = false;
    uint32_t track = led_track(life, event, &ends);
    if (track == NO_INDEX) {
        plan_by_the_way(life, event);
        return;
    }
    const int64_t *slots = record_track(program, life->record, track);
    if (plan->is_made && plan->opened == slots[TRACK_ENTERED] &&
        plan->due == slots[TRACK_STATE])
        return;
    *plan = (Plan){.opened = slots[TRACK_ENTERED],
                   .due = slots[TRACK_STATE],
                   .is_made = true,
                   .latest = hurried};
    uint32_t least = ends && busy ? DAYS_LEAD : 0;
    plan->at = hours_pick(&life->hours, &life->random, life->now, hurried, least,
                          busy ? DAYS_LEAD_LATER : DAYS_LEAD);
}

/* ---- together ----------------------------------------------------------------------- */

void plan_refresh(Life *life)
{
    const Program *program = life->program;
    Instant hurried = hurry(life);
    bool busy = any_task_open(life);
    for (uint32_t work = 0; work < program->work_count; work++)
        plan_work(life, work, hurried);
    for (uint32_t event = 0; event < program->event_count; event++)
        if (!program->events[event].is_work)
            plan_event(life, event, busy, hurried);
}

/* Is it before what was first so far? */
static bool comes_first(const Plan *plan, const Plan *first)
{
    return plan->is_made && plan->at != INSTANT_NEVER && (!first || plan->at < first->at);
}

uint32_t plan_first(Life *life, Plan **plan)
{
    const Program *program = life->program;
    uint32_t next = NO_INDEX;
    *plan = NULL;
    for (uint32_t work = 0; work < program->work_count; work++) {
        if (comes_first(&life->works[work], *plan)) {
            *plan = &life->works[work];
            next = program->works[work].event;
        }
    }
    for (uint32_t event = 0; event < program->event_count; event++) {
        if (comes_first(&life->events[event], *plan)) {
            *plan = &life->events[event];
            next = event;
        }
    }
    return next;
}

/* Tried again: later, but while it still is in time. */
static Instant pick_again(Life *life, const Plan *plan)
{
    Instant left = plan->latest - life->now;
    if (plan->latest == INSTANT_NEVER)
        return hours_pick(&life->hours, &life->random, life->now, INSTANT_NEVER, 1, DAYS_AGAIN);
    if (left <= 2 * MINUTE_MS)
        return INSTANT_NEVER;
    return hours_pick(&life->hours, &life->random, life->now + MINUTE_MS,
                      life->now + left / (2 * SECOND_MS) * SECOND_MS, 0, 1);
}

void plan_refused(Life *life, Plan *plan, uint32_t event)
{
    bool by_the_way = plan == &life->events[event] && plan->opened == MOMENT_NONE;
    if (by_the_way && life->budget[event])
        life->budget[event]--;
    bool again = !by_the_way || life->budget[event];
    plan->at = again ? pick_again(life, plan) : INSTANT_NEVER;
}

void plan_accepted(Life *life, uint32_t event)
{
    life->events[event].is_made = false;
    if (life->budget[event])
        life->budget[event]--;
    Slice works = life->program->events[event].works;
    for (uint32_t i = 0; i < works.count; i++)
        life->works[life->program->indices[works.first + i]].is_made = false;
    Slice waiting = life->program->events[event].waits;
    for (uint32_t i = 0; i < waiting.count; i++)
        life->works[life->program->indices[waiting.first + i]].is_made = false;
}
