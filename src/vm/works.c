/* Tasks, reviews, deadlines and duties: opening, closing, doing. */
#include "vm/internal.h"

const int64_t blank_work[WORK_SLOTS] = {
    [WORK_DUE] = MOMENT_NEVER,       [WORK_REMIND] = MOMENT_NEVER,
    [WORK_PAUSED_AT] = MOMENT_NONE,  [WORK_DUE_LATEST] = MOMENT_NEVER,
    [WORK_OPENED] = MOMENT_NONE,     [WORK_KNOWN] = MOMENT_NONE,
    [WORK_ANCHOR] = MOMENT_NONE,     [WORK_TARGET] = MOMENT_NEVER,
    [WORK_FIRST_DUE] = MOMENT_NEVER, [WORK_DONE_AT] = MOMENT_NONE,
    [WORK_LAST] = MOMENT_NONE,
};

/* As its place is entered: nothing is known of an earlier stay. */
static void clear_work(int64_t *slots)
{
    memcpy(slots, blank_work, sizeof blank_work);
    slots[WORK_FLAGS] = WORK_FLAG_ACTIVE;
}

/* A deadline or duty whose event came at or after its anchor is met at once
 * (ruling 29), at the time of that event; not by the event whose step opened it. */
static void meet_at_once(VmStep *step, uint32_t work)
{
    const WorkInfo *info = &step->program->works[work];
    int64_t *slots = slots_of_work(step, work);
    const int64_t *event = slots_of_event(step, info->event);
    Moment anchor = slots[WORK_ANCHOR];
    bool by_this_step = step->entry && step->entry->name == info->event;
    if (anchor == MOMENT_NONE || event[EVENT_LAST] == MOMENT_NONE ||
        event[EVENT_LAST] < anchor || by_this_step)
        return;
    Moment came = event[EVENT_FIRST] >= anchor ? event[EVENT_FIRST] : event[EVENT_LAST];
    slots[WORK_OUTCOME] = judge_done(step->program, slots, came, false);
    slots[WORK_STATUS] = WORK_DONE;
    slots[WORK_DONE_AT] = came;
    Happened *done = note(step, HAPPENED_DONE);
    done->work = work;
    done->outcome = (Outcome)slots[WORK_OUTCOME];
}

static void note_opened(VmStep *step, uint32_t work)
{
    const int64_t *slots = view_of_work(step, work);
    Happened *item = note(step, HAPPENED_WORK_OPENED);
    item->work = work;
    item->due = slots[WORK_DUE];
    item->target = slots[WORK_TARGET];
    item->outcome = (Outcome)slots[WORK_OUTCOME];
}

void begin_work(VmStep *step, uint32_t work)
{
    const WorkInfo *info = &step->program->works[work];
    int64_t *slots = slots_of_work(step, work);
    slots[WORK_STATUS] = WORK_OPEN;
    slots[WORK_OPENED] = step->now;
    slots[WORK_CAUSE] = step->cause;
    slots[WORK_KNOWN] = step->known;
    step->dirty = step->changed = true;
    if (info->kind == PROGRAM_REVIEW)
        open_review(step, work);
    else
        start_limit(step, work);
    if (slots[WORK_STATUS] == WORK_OPEN && info->in_step == NO_INDEX)
        note_opened(step, work); /* what is owed in step was noted as it came */
    if (info->kind == PROGRAM_DEADLINE || info->kind == PROGRAM_MUST)
        meet_at_once(step, work);
}

static void exclude(VmStep *step, uint32_t work)
{
    int64_t *slots = slots_of_work(step, work);
    bool was_open = slots[WORK_STATUS] == WORK_OPEN;
    clear_work(slots);
    slots[WORK_STATUS] = WORK_EXCLUDED;
    step->dirty = true;
    if (!was_open)
        return;
    step->changed = true;
    note(step, HAPPENED_EXCLUDED)->work = work;
}

/* What `only when` and `after` leave of it now. */
static WorkStatus may_open(const VmStep *step, const WorkInfo *info)
{
    if (info->only_when && judge(step, info->only_when) != YES)
        return WORK_EXCLUDED;
    if (info->after_event != NO_INDEX)
        return slots_of_event(step, info->after_event)[EVENT_LAST] == MOMENT_NONE ? WORK_CLOSED
                                                                                  : WORK_OPEN;
    if (info->after_work == NO_INDEX)
        return WORK_OPEN;
    int64_t before = view_of_work(step, info->after_work)[WORK_STATUS];
    if (before == WORK_EXCLUDED)
        return WORK_EXCLUDED;
    return before == WORK_DONE || before == WORK_NOT_NEEDED ? WORK_OPEN : WORK_CLOSED;
}

/* What waits for another task is left to refresh_works: that one may not have
 * been cleared from an earlier stay yet. */
void open_work(VmStep *step, uint32_t work)
{
    const WorkInfo *info = &step->program->works[work];
    clear_work(slots_of_work(step, work));
    if (info->after_work != NO_INDEX)
        return;
    WorkStatus status = may_open(step, info);
    if (status == WORK_OPEN)
        begin_work(step, work);
    else
        slots_of_work(step, work)[WORK_STATUS] = status;
}

void close_work(VmStep *step, uint32_t work)
{
    if (!(view_of_work(step, work)[WORK_FLAGS] & WORK_FLAG_ACTIVE))
        return;
    int64_t *slots = slots_of_work(step, work);
    slots[WORK_FLAGS] &= ~(int64_t)WORK_FLAG_ACTIVE;
    if (slots[WORK_STATUS] != WORK_OPEN)
        return;
    slots[WORK_STATUS] = WORK_UNFINISHED;
    if (slots[WORK_OUTCOME] != OUTCOME_NONE && !(slots[WORK_FLAGS] & WORK_FLAG_MISSED))
        slots[WORK_OUTCOME] = OUTCOME_UNFINISHED; /* a miss stays a miss (ruling 23) */
    step->dirty = true;
    Happened *item = note(step, HAPPENED_UNFINISHED);
    item->work = work;
    item->due = slots[WORK_DUE];
    item->outcome = (Outcome)slots[WORK_OUTCOME];
}

/* `entry` is the number of the one that did it. */
void finish_work(VmStep *step, uint32_t work, int64_t entry)
{
    const WorkInfo *info = &step->program->works[work];
    int64_t *slots = slots_of_work(step, work);
    if (info->kind == PROGRAM_REVIEW) {
        hold_review(step, work, entry);
        return;
    }
    bool missed = slots[WORK_FLAGS] & WORK_FLAG_MISSED;
    slots[WORK_OUTCOME] = judge_done(step->program, slots, step->now, missed);
    slots[WORK_STATUS] = WORK_DONE;
    slots[WORK_DONE_AT] = step->now;
    slots[WORK_DONE_ENTRY] = entry;
    step->dirty = step->changed = true;
    Happened *item = note(step, HAPPENED_DONE);
    item->work = work;
    item->due = slots[WORK_DUE];
    item->outcome = (Outcome)slots[WORK_OUTCOME];
}

static void stop_review(VmStep *step, uint32_t work)
{
    int64_t *slots = slots_of_work(step, work);
    slots[WORK_STATUS] = WORK_NOT_NEEDED;
    if (!(slots[WORK_FLAGS] & WORK_FLAG_MISSED))
        slots[WORK_OUTCOME] = OUTCOME_NOT_NEEDED;
    step->dirty = step->changed = true;
    note(step, HAPPENED_NOT_NEEDED)->work = work;
}

static void refresh_open(VmStep *step, uint32_t work, const WorkInfo *info)
{
    if (info->until && judge(step, info->until) == YES) {
        stop_review(step, work);
        return;
    }
    if (info->intervals.count > 1)
        refresh_cadence(step, work);
    refresh_pause(step, work);
}

/* Looks again at the work whose being open hangs on something: `only when`,
 * `after`, `until`, pauses, a cadence that changes. */
void refresh_works(VmStep *step)
{
    Slice watched = step->program->watched;
    for (uint32_t i = 0; i < watched.count; i++) {
        uint32_t work = step->program->indices[watched.first + i];
        const WorkInfo *info = &step->program->works[work];
        const int64_t *slots = view_of_work(step, work);
        int64_t status = slots[WORK_STATUS];
        if (!(slots[WORK_FLAGS] & WORK_FLAG_ACTIVE))
            continue;
        if (status == WORK_OPEN) {
            if (may_open(step, info) == WORK_EXCLUDED)
                exclude(step, work);
            else
                refresh_open(step, work, info);
        } else if (status == WORK_CLOSED || status == WORK_EXCLUDED) {
            WorkStatus may = may_open(step, info);
            bool waits_in_step = info->in_step != NO_INDEX && slots[WORK_OPENED] != MOMENT_NONE;
            if (may == WORK_OPEN && !waits_in_step)
                begin_work(step, work);
            else if (may == WORK_EXCLUDED && status == WORK_CLOSED)
                exclude(step, work);
        }
    }
}

/* The event that deadlines and duties wait for has come. */
void meet_waiting(VmStep *step, uint32_t event)
{
    Slice waits = step->program->events[event].waits;
    for (uint32_t i = 0; i < waits.count; i++) {
        uint32_t work = step->program->indices[waits.first + i];
        const int64_t *slots = view_of_work(step, work);
        if (slots[WORK_STATUS] == WORK_OPEN && slots[WORK_ANCHOR] != MOMENT_NONE)
            finish_work(step, work, step->entry->number);
    }
}

/* `must`: a duty opens when its anchor has occurred and its condition holds, one
 * at a time (language.md, meaning 15). */
void open_must(VmStep *step, uint32_t work)
{
    const WorkInfo *info = &step->program->works[work];
    int64_t *slots = slots_of_work(step, work);
    if (slots[WORK_STATUS] == WORK_OPEN || (info->when && judge(step, info->when) != YES))
        return;
    clear_work(slots);
    begin_work(step, work);
}

void open_musts(VmStep *step, Slice musts)
{
    for (uint32_t i = 0; i < musts.count; i++)
        open_must(step, step->program->indices[musts.first + i]);
}

static void follow_fact(VmStep *step, uint32_t work, const LimitInfo *limit)
{
    int64_t *slots = slots_of_work(step, work);
    Moment anchor = find_anchor(step, &step->program->works[work], &limit->anchor);
    if (limit->fixed || anchor == MOMENT_NONE || slots[WORK_FLAGS] & WORK_FLAG_EXTENDED)
        return;
    slots[WORK_ANCHOR] = anchor;
    slots[WORK_ANCHOR_DAY] = anchor_day(step->program, anchor);
    recompute_limit(step, work);
    if (slots[WORK_FLAGS] & WORK_FLAG_MISSED && slots[WORK_DUE] > step->now) {
        slots[WORK_FLAGS] &= ~(int64_t)WORK_FLAG_MISSED;
        slots[WORK_OUTCOME] = OUTCOME_RUNNING;
    }
}

/* What works are counted from has come: limits not started start (ruling 4), and
 * a limit counted from a fact follows it (ruling 5). */
void anchor_came(VmStep *step, Slice works, bool is_fact)
{
    for (uint32_t i = 0; i < works.count; i++) {
        uint32_t work = step->program->indices[works.first + i];
        const WorkInfo *info = &step->program->works[work];
        const int64_t *slots = view_of_work(step, work);
        if (info->kind == PROGRAM_MUST && slots[WORK_STATUS] != WORK_OPEN) {
            open_must(step, work);
        } else if (slots[WORK_STATUS] != WORK_OPEN) {
            continue;
        } else if (slots[WORK_OUTCOME] == OUTCOME_NOT_STARTED) {
            if (info->kind == PROGRAM_REVIEW)
                open_review(step, work);
            else
                start_limit(step, work);
            Happened *item = note(step, HAPPENED_LIMIT_STARTED);
            item->work = work;
            item->due = slots[WORK_DUE];
            item->target = slots[WORK_TARGET];
            if (info->kind == PROGRAM_DEADLINE)
                meet_at_once(step, work);
        } else if (is_fact && info->limit != NO_INDEX) {
            follow_fact(step, work, &step->program->limits[info->limit]);
        }
    }
}

/* Each task done, not needed or excluded; reviews and deadlines do not count. */
bool tasks_are_done(const Program *program, const int64_t *record, Slice works)
{
    for (uint32_t i = 0; i < works.count; i++) {
        uint32_t work = program->indices[works.first + i];
        int64_t status = record_work(program, record, work)[WORK_STATUS];
        if (program->works[work].kind == PROGRAM_TASK && status != WORK_DONE &&
            status != WORK_NOT_NEEDED && status != WORK_EXCLUDED)
            return false;
    }
    return true;
}

static bool takes_part(const VmStep *step, uint32_t work)
{
    for (uint32_t i = 0; i < step->does_count; i++)
        if (step->does[i] == work)
            return true;
    return false;
}

/* Open work of the state that must be done before leaving, apart from what the
 * entry in hand does itself; NO_INDEX when there is none. */
uint32_t holds_back(const VmStep *step, uint32_t state)
{
    const StateInfo *info = &step->program->states[state];
    for (uint32_t i = 0; info->has_before_leaving && i < info->works.count; i++) {
        uint32_t work = step->program->indices[info->works.first + i];
        if (step->program->works[work].before_leaving &&
            view_of_work(step, work)[WORK_STATUS] == WORK_OPEN && !takes_part(step, work))
            return work;
    }
    return NO_INDEX;
}
