/* Time: what falls due by itself, one at a time, each at its own moment, so that
 * one jump of twenty days equals twenty jumps of one. */
#include "vm/internal.h"

/* ---- the next due moment ---------------------------------------------------- */

/* When open work that is missed or paused next does something by itself. */
static Moment next_limit(const VmStep *step, uint32_t work, const int64_t *slots)
{
    const Program *program = step->program;
    const WorkInfo *info = &program->works[work];
    if (info->in_step != NO_INDEX)
        return slots[WORK_INTERVAL] < slots[WORK_COUNT]
                   ? step->record[info->owed + slots[WORK_INTERVAL]]
                   : MOMENT_NEVER;
    if (!(slots[WORK_FLAGS] & WORK_FLAG_MISSED))
        return effective_due(program, slots);
    bool grid = info->kind == PROGRAM_REVIEW && is_on_grid(program, step->record, work);
    return grid ? slots[WORK_DUE_LATEST] : MOMENT_NEVER;
}

/* What happens next by itself to open work, and at one moment first: reminders,
 * limits; then by name, track (ruling 9). */
typedef struct Next {
    Moment at; /* MOMENT_NEVER: nothing */
    uint32_t work;
    bool reminds;
} Next;

static bool comes_first(const VmStep *step, uint32_t work, bool reminds, const Next *next)
{
    const WorkInfo *works = step->program->works;
    if (next->work == NO_INDEX || reminds != next->reminds)
        return reminds;
    return works[work].order < works[next->work].order;
}

static void look_through(const VmStep *step, const uint32_t *works, uint32_t count, Next *next)
{
    for (uint32_t i = 0; i < count; i++) {
        const int64_t *slots = view_of_work(step, works[i]);
        if (slots[WORK_STATUS] != WORK_OPEN)
            continue;
        Moment limit = slots[WORK_DUE], remind = slots[WORK_REMIND];
        if (slots[WORK_FLAGS] & WORK_FLAG_MISSED || slots[WORK_PAUSED_AT] != MOMENT_NONE) {
            limit = next_limit(step, works[i], slots);
            remind = MOMENT_NEVER;
        }
        bool reminds = remind <= limit;
        Moment at = reminds ? remind : limit;
        if (at < next->at || (at == next->at && comes_first(step, works[i], reminds, next)))
            *next = (Next){at, works[i], reminds};
    }
}

/* Leaving a place closes its work, so only the tracks that run, the states they are
 * in and the duties have any that is open. */
static Next find_next(const VmStep *step)
{
    const Program *program = step->program;
    Next next = {.at = MOMENT_NEVER, .work = NO_INDEX};
    if (step->duty_count)
        look_through(step, step->duties, step->duty_count, &next);
    for (uint32_t track = 0; track < program->track_count; track++) {
        const int64_t *slots = slots_of_track(step, track);
        if (!slots[TRACK_RUNNING])
            continue;
        Slice works = program->tracks[track].works;
        if (works.count)
            look_through(step, program->indices + works.first, works.count, &next);
        if (!slots[TRACK_STATE])
            continue;
        works = program->states[slots[TRACK_STATE] - 1].works;
        look_through(step, program->indices + works.first, works.count, &next);
    }
    return next;
}

void plan_next(VmStep *step)
{
    const Program *program = step->program;
    step->dirty = false;
    if (step->record[SLOT_STATUS] != CASE_OPEN) {
        step->record[SLOT_NEXT_DUE] = MOMENT_NEVER;
        return;
    }
    Moment next = find_next(step).at;
    for (uint32_t window = 0; window < program->window_count; window++) {
        Moment end = window_end(program, step->record, window);
        next = end < next ? end : next;
    }
    step->record[SLOT_NEXT_DUE] = next;
}

/* ---- firing ----------------------------------------------------------------- */

static bool end_window(VmStep *step, Moment at)
{
    for (uint32_t window = 0; window < step->program->window_count; window++) {
        if (window_end(step->program, step->record, window) != at)
            continue;
        step->record[step->program->windows[window].slot + WINDOW_TRUE] = 0;
        Happened *item = note(step, HAPPENED_WINDOW);
        item->window = window;
        item->event = step->program->windows[window].event;
        return true;
    }
    return false;
}

static void send_reminder(VmStep *step, uint32_t work, uint32_t place)
{
    const WorkInfo *info = &step->program->works[work];
    const RemindInfo *remind = &step->program->reminds[info->reminds.first + place];
    int64_t *slots = slots_of_work(step, work);
    slots[WORK_REMINDED] |= (int64_t)1 << place;
    step->cause = slots[WORK_CAUSE];
    for (uint32_t i = 0; i < remind->roles.count; i++) {
        Happened *item = note(step, HAPPENED_REMINDED);
        item->work = work;
        item->role = step->program->indices[remind->roles.first + i];
        item->due = slots[WORK_DUE];
    }
}

/* Sends each reminder of the work whose moment is `at`: those not sent whose
 * sending changes the next moment. */
static void remind(VmStep *step, uint32_t work, Moment at)
{
    const WorkInfo *info = &step->program->works[work];
    int64_t *slots = slots_of_work(step, work);
    for (uint32_t place = 0; slots[WORK_REMIND] == at && place < info->reminds.count; place++) {
        if (slots[WORK_REMINDED] >> place & 1)
            continue;
        slots[WORK_REMINDED] |= (int64_t)1 << place;
        plan_reminder(step, work);
        if (slots[WORK_REMIND] != at)
            send_reminder(step, work, place);
        else
            slots[WORK_REMINDED] &= ~((int64_t)1 << place);
    }
}

/* Several reminders at one moment: none alone changes the next one, so all are
 * sent. */
static void remind_all(VmStep *step, uint32_t work, Moment at)
{
    const WorkInfo *info = &step->program->works[work];
    const int64_t *slots = view_of_work(step, work);
    remind(step, work, at);
    for (uint32_t place = 0; slots[WORK_REMIND] == at && place < info->reminds.count; place++) {
        if (!(slots[WORK_REMINDED] >> place & 1))
            send_reminder(step, work, place);
        plan_reminder(step, work);
    }
}

/* The place is not left while work holds it back (ruling 20). */
static void go_if_missed(VmStep *step, uint32_t work)
{
    const WorkInfo *info = &step->program->works[work];
    if (!info->missed_go)
        return;
    uint32_t track = step->program->states[info->missed_state].track;
    int64_t state = slots_of_track(step, track)[TRACK_STATE];
    if (state && holds_back(step, (uint32_t)state - 1) != NO_INDEX) {
        note(step, HAPPENED_STAYED_PUT)->work = work;
        return;
    }
    tell_taken(step, TAKEN_MISSED, work);
    run_effects(step, info->missed_go, track);
}

static void miss(VmStep *step, uint32_t work, Moment due)
{
    const WorkInfo *info = &step->program->works[work];
    int64_t *slots = slots_of_work(step, work);
    bool late = slots[WORK_KNOWN] != MOMENT_NONE && due < slots[WORK_KNOWN];
    if (info->in_step != NO_INDEX)
        miss_in_step(step, work);
    slots[WORK_FLAGS] |= WORK_FLAG_MISSED | (late ? WORK_FLAG_KNOWN_LATE : 0);
    slots[WORK_OUTCOME] = late ? OUTCOME_MISSED_KNOWN_LATE : OUTCOME_MISSED;
    Happened *item = note(step, HAPPENED_MISSED);
    item->work = work;
    item->due = due;
    item->outcome = (Outcome)slots[WORK_OUTCOME];
    run_effects(step, info->if_missed, info->track);
    go_if_missed(step, work);
}

static void fire_limit(VmStep *step, uint32_t work, Moment at)
{
    int64_t *slots = slots_of_work(step, work);
    step->cause = slots[WORK_CAUSE];
    step->known = slots[WORK_KNOWN];
    step->cause_work = work;
    if (slots[WORK_FLAGS] & WORK_FLAG_MISSED && step->program->works[work].in_step == NO_INDEX)
        grid_point_came(step, work);
    else
        miss(step, work, at);
}

/* Windows first (ruling 9). */
static void fire_one(VmStep *step, Moment at)
{
    if (end_window(step, at))
        return;
    Next next = find_next(step);
    if (next.at != at)
        return;
    if (next.reminds)
        remind_all(step, next.work, at);
    else
        fire_limit(step, next.work, at);
}

/* What was past when it opened happens at once, at the moment of opening
 * (ruling 7). False: nothing is due strictly before `before`, or the step failed
 * (the refusal tells which). */
bool fire_due(VmStep *step, Moment before)
{
    Moment at = step->record[SLOT_NEXT_DUE];
    if (at >= before)
        return false;
    Moment clock = step->record[SLOT_CLOCK];
    begin_step(step, NULL, step->refusal);
    step->cause = 0;
    step->known = MOMENT_NONE;
    step->now = at > clock ? at : clock;
    step->record[SLOT_CLOCK] = step->now;
    fire_one(step, at);
    if (!settle(step))
        return false;
    step->entry = NULL;
    if (step->holds)
        release_held(step);
    plan_next(step);
    return true;
}
