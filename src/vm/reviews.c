/* Work that recurs (language.md, meaning 11; rulings 25 to 28). One occurrence is
 * open at a time. On a grid the points never drift; after the last one, the next
 * is counted from the day it was really held; in step, a queue of those owed. */
#include "vm/internal.h"

/* ---- which cadence ------------------------------------------------------ */

/* 1 + the place of the interval whose condition holds, else of `otherwise`, else
 * 0. Unknown counts as not yet. */
static int64_t pick_interval(const VmStep *step, const WorkInfo *info)
{
    int64_t otherwise = 0;
    for (uint32_t i = 0; i < info->intervals.count; i++) {
        const IntervalInfo *interval = &step->program->intervals[info->intervals.first + i];
        if (interval->otherwise)
            otherwise = (int64_t)i + 1;
        else if (judge(step, interval->when) == YES)
            return (int64_t)i + 1;
    }
    return otherwise;
}

static const IntervalInfo *interval_of(const Program *program, const int64_t *record,
                                       uint32_t work)
{
    int64_t place = record_work(program, record, work)[WORK_INTERVAL];
    if (place == 0 || program->works[work].in_step != NO_INDEX)
        return NULL;
    return &program->intervals[program->works[work].intervals.first + place - 1];
}

static bool by_first_within(const WorkInfo *info, const int64_t *slots)
{
    return info->limit != NO_INDEX && slots[WORK_LAST] == MOMENT_NONE;
}

bool is_on_grid(const Program *program, const int64_t *record, uint32_t work)
{
    const IntervalInfo *interval = interval_of(program, record, work);
    const int64_t *slots = record_work(program, record, work);
    return interval && interval->grid && !by_first_within(&program->works[work], slots);
}

/* ---- the grid ----------------------------------------------------------- */

/* The first point strictly after `day`. Starts a little before where it must be,
 * so that the search is short however old the grid is. */
static bool first_point_after(const VmStep *step, const IntervalInfo *interval, Day from,
                              Day day, Day *point, Error *err)
{
    const Program *program = step->program;
    Duration every = duration_on(program, interval->every, from);
    Day second;
    if (!grid_day(every, program->calendar, from, 1, point, err))
        return false;
    second = *point;
    int32_t stride = second > from ? second - from : 1;
    int32_t k = day > from ? (day - from) / (stride + 4) : 1;
    for (k = k < 1 ? 1 : k;; k++) {
        if (!grid_day(every, program->calendar, from, k, point, err))
            return false;
        if (*point > day)
            return true;
    }
}

/* Due at the end of the first grid point after `day`. False: the grid has not
 * begun (the anchor has not happened), or the calendar ends (*err filled). */
static bool grid_due(const VmStep *step, uint32_t work, const IntervalInfo *interval, Day day,
                     LimitDue *due, Moment *next, Error *err)
{
    const Program *program = step->program;
    Moment anchor = find_anchor(step, &program->works[work], &interval->from);
    if (anchor == MOMENT_NONE)
        return false;
    Day from = anchor_day(program, anchor), point, after;
    if (!first_point_after(step, interval, from, day, &point, err) ||
        !first_point_after(step, interval, from, point, &after, err))
        return false;
    Moment end = moment_at(day_start(program->zone, point + 1), RANK_DAY_LIMIT);
    *due = (LimitDue){.due = end, .due_latest = end, .day = point, .is_day_limit = true};
    *next = moment_at(day_start(program->zone, after), RANK_DAY_LIMIT);
    return true;
}

/* ---- the open occurrence ------------------------------------------------ */

static bool after_last_due(const VmStep *step, const IntervalInfo *interval,
                           const int64_t *slots, LimitDue *due, Error *err)
{
    const Program *program = step->program;
    Moment last = slots[WORK_LAST] != MOMENT_NONE ? slots[WORK_LAST] : slots[WORK_OPENED];
    Day day = anchor_day(program, last);
    bool date_only = moment_rank(last) == RANK_DATE_ONLY;
    LimitAnchor anchor = {.day = day, .date_only = date_only};
    anchor.at = date_only ? day_start(program->zone, day) : moment_instant(last);
    LimitRule rule = {.duration = duration_on(program, interval->every, day)};
    return limit_due(&rule, program->calendar, program->zone, &anchor, NULL, due, err);
}

/* Works out where the occurrence after `day` stands by the interval in force.
 * *next is MOMENT_NEVER unless it is on a grid. */
static bool occurrence_due(VmStep *step, uint32_t work, Day day, LimitDue *due, Moment *next)
{
    const IntervalInfo *interval = interval_of(step->program, step->record, work);
    int64_t *slots = slots_of_work(step, work);
    Error err = {.kind = ERROR_NONE};
    *next = MOMENT_NEVER;
    if (!interval)
        return false;
    bool found = interval->grid ? grid_due(step, work, interval, day, due, next, &err)
                                : after_last_due(step, interval, slots, due, &err);
    if (!found && err.kind != ERROR_NONE)
        limit_failed(step, work, &err);
    return found;
}

static void set_occurrence(VmStep *step, uint32_t work, const LimitDue *due, Moment next)
{
    int64_t *slots = slots_of_work(step, work);
    set_due(step, work, due);
    if (next == MOMENT_NEVER)
        return;
    slots[WORK_DUE_LATEST] = next;
    slots[WORK_ANCHOR_DAY] = due->day;
}

static void plan_occurrence(VmStep *step, uint32_t work, Day after)
{
    int64_t *slots = slots_of_work(step, work);
    LimitDue due;
    Moment next;
    slots[WORK_FLAGS] &=
        ~(int64_t)(WORK_FLAG_MISSED | WORK_FLAG_EXTENDED | WORK_FLAG_KNOWN_LATE);
    slots[WORK_REMINDED] = 0;
    slots[WORK_TICKS] = 0;
    slots[WORK_DUE] = slots[WORK_DUE_LATEST] = MOMENT_NEVER;
    slots[WORK_OUTCOME] = without_anchor(step);
    step->dirty = true;
    if (!occurrence_due(step, work, after, &due, &next))
        return;
    slots[WORK_ANCHOR] =
        slots[WORK_LAST] != MOMENT_NONE ? slots[WORK_LAST] : slots[WORK_OPENED];
    slots[WORK_ANCHOR_DAY] = anchor_day(step->program, slots[WORK_ANCHOR]);
    slots[WORK_FIRST_DUE] = due.due;
    slots[WORK_OUTCOME] = OUTCOME_RUNNING;
    set_occurrence(step, work, &due, next);
}

/* ---- in step with another ------------------------------------------------ */

static void show_oldest(VmStep *step, uint32_t work)
{
    int64_t *slots = slots_of_work(step, work);
    const int64_t *owed = step->record + step->program->works[work].owed;
    slots[WORK_STATUS] = slots[WORK_COUNT] ? WORK_OPEN : WORK_CLOSED;
    slots[WORK_DUE] = slots[WORK_DUE_LATEST] = slots[WORK_COUNT] ? owed[0] : MOMENT_NEVER;
    slots[WORK_FLAGS] &= ~(int64_t)WORK_FLAG_MISSED;
    slots[WORK_FLAGS] |= WORK_FLAG_DAY_LIMIT | (slots[WORK_INTERVAL] ? WORK_FLAG_MISSED : 0);
    slots[WORK_OUTCOME] = slots[WORK_INTERVAL] ? OUTCOME_MISSED : OUTCOME_RUNNING;
    step->dirty = true;
}

static void drop_oldest(VmStep *step, uint32_t work)
{
    int64_t *slots = slots_of_work(step, work);
    int64_t *owed = step->record + step->program->works[work].owed;
    slots[WORK_COUNT]--;
    slots[WORK_INTERVAL] -= slots[WORK_INTERVAL] > 0;
    memmove(owed, owed + 1, (size_t)slots[WORK_COUNT] * sizeof *owed);
}

static void owe(VmStep *step, uint32_t work, Moment due)
{
    int64_t *slots = slots_of_work(step, work);
    int64_t *owed = step->record + step->program->works[work].owed;
    if (slots[WORK_COUNT] == REVIEW_OWED)
        drop_oldest(step, work);
    owed[slots[WORK_COUNT]++] = due;
    if (slots[WORK_COUNT] == 1) {
        slots[WORK_OPENED] = step->now;
        slots[WORK_FIRST_DUE] = due;
        slots[WORK_ANCHOR] = step->now;
        slots[WORK_CAUSE] = step->cause;
        slots[WORK_KNOWN] = step->known;
    }
    show_oldest(step, work);
    Happened *item = note(step, HAPPENED_WORK_OPENED);
    item->work = work;
    item->due = due;
}

/* A new occurrence of `work` opened: those in step with it owe one more. */
static void owe_in_step(VmStep *step, uint32_t work)
{
    Slice steps = step->program->works[work].steps;
    Moment due = view_of_work(step, work)[WORK_DUE];
    for (uint32_t i = 0; due != MOMENT_NEVER && i < steps.count; i++) {
        uint32_t other = step->program->indices[steps.first + i];
        const int64_t *slots = view_of_work(step, other);
        if (slots[WORK_FLAGS] & WORK_FLAG_ACTIVE && slots[WORK_OPENED] != MOMENT_NONE)
            owe(step, other, due);
    }
}

/* The open occurrence of `work` moved: so does what is owed for it. */
static void move_in_step(VmStep *step, uint32_t work, Moment was)
{
    Slice steps = step->program->works[work].steps;
    for (uint32_t i = 0; i < steps.count; i++) {
        uint32_t other = step->program->indices[steps.first + i];
        int64_t *slots = slots_of_work(step, other);
        int64_t *owed = step->record + step->program->works[other].owed;
        int64_t last = slots[WORK_COUNT] - 1;
        if (last < slots[WORK_INTERVAL] || owed[last] != was)
            continue;
        owed[last] = view_of_work(step, work)[WORK_DUE];
        show_oldest(step, other);
    }
}

static void hold_in_step(VmStep *step, uint32_t work)
{
    drop_oldest(step, work);
    show_oldest(step, work);
}

void miss_in_step(VmStep *step, uint32_t work)
{
    slots_of_work(step, work)[WORK_INTERVAL]++;
    show_oldest(step, work);
}

/* ---- opening, holding, moving -------------------------------------------- */

void open_review(VmStep *step, uint32_t work)
{
    const WorkInfo *info = &step->program->works[work];
    int64_t *slots = slots_of_work(step, work);
    if (info->in_step != NO_INDEX) {
        const int64_t *other = view_of_work(step, info->in_step);
        slots[WORK_STATUS] = WORK_CLOSED;
        if (other[WORK_FLAGS] & WORK_FLAG_ACTIVE && other[WORK_STATUS] == WORK_OPEN &&
            other[WORK_DUE] != MOMENT_NEVER)
            owe(step, work, other[WORK_DUE]);
        return;
    }
    slots[WORK_INTERVAL] = pick_interval(step, info);
    if (by_first_within(info, slots))
        start_limit(step, work);
    else
        plan_occurrence(step, work, anchor_day(step->program, slots[WORK_OPENED]));
    owe_in_step(step, work);
}

static void note_held(VmStep *step, uint32_t work, int64_t entry)
{
    int64_t *slots = slots_of_work(step, work);
    bool missed = slots[WORK_FLAGS] & WORK_FLAG_MISSED;
    Happened *item = note(step, HAPPENED_DONE);
    item->work = work;
    item->due = slots[WORK_DUE];
    item->outcome = judge_done(step->program, slots, step->now, missed);
    slots[WORK_DONE_AT] = step->now;
    slots[WORK_DONE_ENTRY] = entry;
    slots[WORK_TICKS] = 0;
    step->changed = true;
}

void hold_review(VmStep *step, uint32_t work, int64_t entry)
{
    const WorkInfo *info = &step->program->works[work];
    int64_t *slots = slots_of_work(step, work);
    note_held(step, work, entry);
    if (info->in_step != NO_INDEX) {
        hold_in_step(step, work);
        return;
    }
    Day after = is_on_grid(step->program, step->record, work)
                    ? (Day)slots[WORK_ANCHOR_DAY]
                    : anchor_day(step->program, step->now);
    slots[WORK_LAST] = step->now;
    slots[WORK_COUNT]++;
    if (info->until && judge(step, info->until) == YES)
        return; /* refresh_works stops it */
    slots[WORK_CAUSE] = step->cause;
    slots[WORK_KNOWN] = step->known;
    slots[WORK_INTERVAL] = pick_interval(step, info);
    plan_occurrence(step, work, after);
    Happened *opened = note(step, HAPPENED_WORK_OPENED);
    opened->work = work;
    opened->due = slots[WORK_DUE];
    owe_in_step(step, work);
}

/* The cadence may have changed. An overdue occurrence is not moved (ruling 25),
 * and a new moment that is past already leaves the old one standing. */
void refresh_cadence(VmStep *step, uint32_t work)
{
    const WorkInfo *info = &step->program->works[work];
    int64_t *slots = slots_of_work(step, work);
    int64_t interval = pick_interval(step, info);
    if (info->in_step != NO_INDEX || interval == slots[WORK_INTERVAL])
        return;
    slots[WORK_INTERVAL] = interval;
    step->changed = true;
    if (slots[WORK_FLAGS] & WORK_FLAG_MISSED || by_first_within(info, slots))
        return;
    Moment since = slots[WORK_LAST] != MOMENT_NONE ? slots[WORK_LAST] : slots[WORK_OPENED];
    Moment was = slots[WORK_DUE], next;
    LimitDue due;
    if (!occurrence_due(step, work, anchor_day(step->program, since), &due, &next) ||
        due.due <= step->now || due.due == was)
        return;
    slots[WORK_OUTCOME] = OUTCOME_RUNNING;
    slots[WORK_FIRST_DUE] = due.due;
    set_occurrence(step, work, &due, next);
    Happened *moved = note(step, HAPPENED_LIMIT_MOVED);
    moved->work = work;
    moved->was = was;
    moved->due = due.due;
    move_in_step(step, work, was);
}

/* The next grid point has come and the occurrence before it was not held: it is
 * missed for good, and the next one is open (ruling 26). */
void grid_point_came(VmStep *step, uint32_t work)
{
    int64_t *slots = slots_of_work(step, work);
    plan_occurrence(step, work, (Day)slots[WORK_ANCHOR_DAY]);
    step->changed = true;
    Happened *opened = note(step, HAPPENED_WORK_OPENED);
    opened->work = work;
    opened->due = slots[WORK_DUE];
    owe_in_step(step, work);
}
