/* Limits hang on facts: a due moment is anchor, amount, calendar, pauses and
 * extensions, worked out here and never typed in (language.md, meaning 10). */
#include "vm/internal.h"

/* Which date counting starts from. A date-only moment is its own date; what
 * happens at 24:00 belongs to the next day (ruling 10). */
Day anchor_day(const Program *program, Moment moment)
{
    if (moment_rank(moment) == RANK_DATE_ONLY)
        return moment_day(program->zone, moment);
    return day_of_instant(program->zone, moment_instant(moment));
}

static LimitAnchor limit_anchor(const Program *program, Moment moment)
{
    LimitAnchor anchor = {.day = anchor_day(program, moment),
                          .date_only = moment_rank(moment) == RANK_DATE_ONLY};
    anchor.at =
        anchor.date_only ? day_start(program->zone, anchor.day) : moment_instant(moment);
    return anchor;
}

static Moment item_moment(const VmStep *step, AnchorItem item, bool first)
{
    if (!item.is_fact)
        return slots_of_event(step, item.index)[first ? EVENT_FIRST : EVENT_LAST];
    int64_t day = *slot_of_fact(step, item.index);
    return day == VALUE_UNKNOWN ? MOMENT_NONE : moment_of_date(step->program->zone, (Day)day);
}

static Moment later_of(const VmStep *step, Slice items)
{
    Moment later = MOMENT_NONE;
    for (uint32_t i = 0; i < items.count; i++) {
        Moment at = item_moment(step, step->program->anchor_items[items.first + i], false);
        later = at > later ? at : later;
    }
    return later;
}

/* MOMENT_NONE while it has not happened. */
Moment find_anchor(const VmStep *step, const WorkInfo *info, const AnchorInfo *anchor)
{
    const AnchorItem *items = step->program->anchor_items + anchor->items.first;
    switch (anchor->type) {
    case FROM_NOTHING:
        return step->now;
    case FROM_ENTERING:
        return slots_of_track(step, info->track)[TRACK_ENTERED];
    case FROM_STARTING:
        return slots_of_track(step, info->track)[TRACK_STARTED];
    case FROM_OPENING:
        return step->record[SLOT_OPENED];
    case FROM_EVENT:
    case FROM_FACT:
        return item_moment(step, items[0], false);
    case FROM_FIRST_EVENT:
        return item_moment(step, items[0], true);
    case FROM_LATER_OF:
        return later_of(step, anchor->items);
    }
    return MOMENT_NONE;
}

Duration duration_on(const Program *program, Slice durations, Day day)
{
    const DatedDuration *list = program->durations + durations.first;
    Duration found = list[0].duration;
    for (uint32_t i = 1; i < durations.count && list[i].from <= day; i++)
        found = list[i].duration;
    return found;
}

/* Beyond the calendar: an entry is refused for it; what happens by itself goes
 * on, and the limit says that it cannot tell. */
void limit_failed(VmStep *step, uint32_t work, const Error *err)
{
    int64_t *slots = slots_of_work(step, work);
    step->vm->limit_error = *err;
    slots[WORK_DUE] = slots[WORK_DUE_LATEST] = MOMENT_NEVER;
    slots[WORK_OUTCOME] = OUTCOME_CANNOT_TELL;
    if (step->entry)
        step->refusal->work = work;
    if (step->entry && !refuse(step, REFUSED_NOT_POSSIBLE)) {
        step->failed = true;
        return;
    }
    note(step, HAPPENED_FAULT)->work = work;
    step->record[SLOT_FAULTS]++;
}

static LimitPaused paused_so_far(const int64_t *slots)
{
    return (LimitPaused){.whole_days = (int32_t)slots[WORK_PAUSED_DAYS],
                         .whole_working_days = (int32_t)slots[WORK_PAUSED_WORKING_DAYS],
                         .elapsed_ms = slots[WORK_PAUSED_MS],
                         .working_ms = slots[WORK_PAUSED_WORKING_MS]};
}

static bool compute(const VmStep *step, const int64_t *slots, const LimitRule *rule,
                    const LimitAnchor *from, LimitDue *due, Error *err)
{
    const Program *program = step->program;
    LimitPaused paused = paused_so_far(slots);
    return limit_due(rule, program->calendar, program->zone, from, &paused, due, err);
}

/* A target is shown; nothing happens when it passes. */
static void set_target(VmStep *step, uint32_t work, const LimitInfo *limit)
{
    int64_t *slots = slots_of_work(step, work);
    slots[WORK_TARGET] = MOMENT_NEVER;
    if (!limit->has_target)
        return;
    const WorkInfo *info = &step->program->works[work];
    Moment anchor = find_anchor(step, info, &limit->target_anchor);
    if (anchor == MOMENT_NONE)
        return;
    LimitAnchor from = limit_anchor(step->program, anchor);
    LimitRule rule = {.duration = duration_on(step->program, limit->target, from.day)};
    LimitDue due;
    Error err;
    if (!compute(step, slots, &rule, &from, &due, &err))
        limit_failed(step, work, &err);
    else
        slots[WORK_TARGET] = due.due;
}

void set_due(VmStep *step, uint32_t work, const LimitDue *due)
{
    int64_t *slots = slots_of_work(step, work);
    slots[WORK_DUE] = due->due;
    slots[WORK_DUE_LATEST] = due->due_latest;
    slots[WORK_FLAGS] &= ~(int64_t)WORK_FLAG_DAY_LIMIT;
    slots[WORK_FLAGS] |= due->is_day_limit ? WORK_FLAG_DAY_LIMIT : 0;
    step->dirty = true;
    plan_reminder(step, work);
}

static LimitRule rule_of(const Program *program, const LimitInfo *limit, Day day)
{
    return (LimitRule){.duration = duration_on(program, limit->limit, day),
                       .roll = limit->roll,
                       .count_from_next = limit->count_from_next,
                       .before = limit->before,
                       .clear = limit->clear};
}

/* From an anchor that has come: target, due moment, reminder. */
static void run_from(VmStep *step, uint32_t work, const LimitInfo *limit, Moment anchor)
{
    int64_t *slots = slots_of_work(step, work);
    LimitAnchor from = limit_anchor(step->program, anchor);
    slots[WORK_ANCHOR] = anchor;
    slots[WORK_ANCHOR_DAY] = from.day;
    if (from.date_only)
        slots[WORK_FLAGS] |= WORK_FLAG_DATE_ONLY;
    set_target(step, work, limit);
    if (!limit->has_limit)
        return;
    LimitRule rule = rule_of(step->program, limit, from.day);
    LimitDue due;
    Error err;
    if (!compute(step, slots, &rule, &from, &due, &err)) {
        limit_failed(step, work, &err);
        return;
    }
    slots[WORK_OUTCOME] = OUTCOME_RUNNING;
    slots[WORK_FIRST_DUE] = due.due;
    set_due(step, work, &due);
    refresh_pause(step, work);
}

/* A case that a scenario puts at a state has no opening: what was not given may have
 * happened, so its limits can never be told (ruling 4). */
Outcome without_anchor(const VmStep *step)
{
    return step->record[SLOT_OPENED] == MOMENT_NONE ? OUTCOME_CANNOT_TELL : OUTCOME_NOT_STARTED;
}

/* For the limits that are plain, as nearly all are. False: to be worked out the
 * general way, which also says why where the calendar does not reach. */
static bool start_plainly(VmStep *step, uint32_t work)
{
    const Program *program = step->program;
    const PlainLimit *plain = &step->plain[work];
    if (plain->working_days == NOT_PLAIN)
        return false;
    Moment anchor = step->record[plain->anchor], due;
    if (anchor == MOMENT_NONE || moment_rank(anchor) == RANK_DATE_ONLY)
        return false;
    Day day = day_of_instant(program->zone, moment_instant(anchor));
    if (!limit_due_plainly(plain->working_days, program->calendar, program->zone, day, &due))
        return false;
    int64_t *slots = slots_of_work(step, work);
    slots[WORK_ANCHOR] = anchor;
    slots[WORK_ANCHOR_DAY] = day;
    slots[WORK_OUTCOME] = OUTCOME_RUNNING;
    slots[WORK_FLAGS] |= WORK_FLAG_DAY_LIMIT;
    slots[WORK_FIRST_DUE] = slots[WORK_DUE] = slots[WORK_DUE_LATEST] = due;
    step->dirty = true;
    if (plain->reminds)
        plan_reminder(step, work);
    return true;
}

void start_limit(VmStep *step, uint32_t work)
{
    const WorkInfo *info = &step->program->works[work];
    if (start_plainly(step, work) || info->limit == NO_INDEX)
        return;
    const LimitInfo *limit = &step->program->limits[info->limit];
    Moment anchor = find_anchor(step, info, &limit->anchor);
    if (anchor != MOMENT_NONE)
        run_from(step, work, limit, anchor);
    else if (limit->has_limit)
        slots_of_work(step, work)[WORK_OUTCOME] = without_anchor(step);
}

/* An extension names a date; what is paused after it moves that date on. */
static bool extended_due(VmStep *step, const int64_t *slots, LimitDue *due, Error *err)
{
    Day day = moment_day(step->program->zone, slots[WORK_DUE]);
    bool working = slots[WORK_PAUSED_WORKING_DAYS] > 0 && step->program->calendar;
    int32_t days = (int32_t)slots[working ? WORK_PAUSED_WORKING_DAYS : WORK_PAUSED_DAYS];
    if (!(slots[WORK_FLAGS] & WORK_FLAG_DAY_LIMIT)) {
        Moment at = slots[WORK_DUE] + slots[WORK_PAUSED_MS] * 8;
        *due = (LimitDue){.due = at, .due_latest = at};
        return true;
    }
    if (working && !calendar_add(step->program->calendar, day, days, &day, err))
        return false;
    Day last = working ? day : day + days;
    Moment at = moment_at(day_start(step->program->zone, last + 1), RANK_DAY_LIMIT);
    *due = (LimitDue){.due = at, .due_latest = at, .day = last, .is_day_limit = true};
    return true;
}

static void clear_pauses(int64_t *slots)
{
    slots[WORK_PAUSED_DAYS] = slots[WORK_PAUSED_WORKING_DAYS] = 0;
    slots[WORK_PAUSED_MS] = slots[WORK_PAUSED_WORKING_MS] = 0;
}

static bool compute_anew(VmStep *step, uint32_t work, LimitDue *due, Error *err)
{
    const Program *program = step->program;
    int64_t *slots = slots_of_work(step, work);
    if (slots[WORK_FLAGS] & WORK_FLAG_EXTENDED) {
        bool done = extended_due(step, slots, due, err);
        clear_pauses(slots);
        return done;
    }
    const LimitInfo *limit = &program->limits[program->works[work].limit];
    LimitAnchor from = limit_anchor(program, slots[WORK_ANCHOR]);
    LimitRule rule = rule_of(program, limit, from.day);
    return compute(step, slots, &rule, &from, due, err);
}

void recompute_limit(VmStep *step, uint32_t work)
{
    int64_t *slots = slots_of_work(step, work);
    Moment was = slots[WORK_DUE];
    LimitDue due;
    Error err;
    if (slots[WORK_OUTCOME] == OUTCOME_NOT_STARTED || was == MOMENT_NEVER)
        return;
    if (!compute_anew(step, work, &due, &err)) {
        limit_failed(step, work, &err);
        return;
    }
    set_due(step, work, &due);
    if (due.due == was)
        return;
    Happened *moved = note(step, HAPPENED_LIMIT_MOVED);
    moved->work = work;
    moved->was = was;
    moved->due = due.due;
}

/* The moment of one reminder, or MOMENT_NEVER where it cannot be worked out. */
static Moment reminder_moment(VmStep *step, const RemindInfo *remind, Moment due)
{
    const Program *program = step->program;
    Day day = moment_day(program->zone, due);
    LimitRule rule = {.duration = duration_on(program, remind->before, day), .before = true};
    if (rule.duration.unit == UNIT_HOURS)
        return moment_at(moment_instant(due) - rule.duration.amount * HOUR_MS, RANK_HOUR_LIMIT);
    LimitAnchor from = {.at = day_start(program->zone, day), .day = day, .date_only = true};
    LimitDue before;
    Error err;
    if (!limit_due(&rule, program->calendar, program->zone, &from, NULL, &before, &err))
        return MOMENT_NEVER;
    return moment_at(day_start(program->zone, before.day), RANK_DAY_LIMIT);
}

void plan_reminder(VmStep *step, uint32_t work)
{
    const WorkInfo *info = &step->program->works[work];
    int64_t *slots = slots_of_work(step, work);
    slots[WORK_REMIND] = MOMENT_NEVER;
    if (slots[WORK_DUE] == MOMENT_NEVER)
        return;
    for (uint32_t i = 0; i < info->reminds.count; i++) {
        if (slots[WORK_REMINDED] >> i & 1)
            continue;
        const RemindInfo *remind = &step->program->reminds[info->reminds.first + i];
        Moment at = reminder_moment(step, remind, slots[WORK_DUE]);
        if (at < slots[WORK_REMIND])
            slots[WORK_REMIND] = at;
    }
}

/* While paused nothing falls due, but for the day on which the pause began: that
 * day still counts (D12). */
Moment effective_due(const Program *program, const int64_t *work)
{
    if (work[WORK_PAUSED_AT] == MOMENT_NONE)
        return work[WORK_DUE];
    if (!(work[WORK_FLAGS] & WORK_FLAG_DAY_LIMIT))
        return MOMENT_NEVER;
    Day due = moment_day(program->zone, work[WORK_DUE]);
    Day paused = day_of_instant(program->zone, work[WORK_PAUSED_AT]);
    return due <= paused ? work[WORK_DUE] : MOMENT_NEVER;
}

/* A date-only entry stands for any time of its day: where the limit lies inside
 * that day nobody can tell (rule 3, ruling 8). */
Outcome judge_done(const Program *program, const int64_t *work, Moment done, bool was_missed)
{
    if (work[WORK_OUTCOME] == OUTCOME_NOT_STARTED || work[WORK_DUE] == MOMENT_NEVER)
        return (Outcome)work[WORK_OUTCOME];
    Outcome in_time = OUTCOME_MET;
    if (work[WORK_FLAGS] & WORK_FLAG_EXTENDED && done > work[WORK_FIRST_DUE])
        in_time = OUTCOME_EXTENDED;
    if (moment_rank(done) == RANK_DATE_ONLY) {
        Instant due = moment_instant(work[WORK_DUE]);
        Day day = moment_day(program->zone, done);
        if (due > day_start(program->zone, day) && due < moment_instant(done))
            return OUTCOME_CANNOT_TELL;
    }
    if (done <= work[WORK_DUE])
        return was_missed ? OUTCOME_MET_LATE : in_time;
    Moment latest =
        work[WORK_FLAGS] & WORK_FLAG_DAY_LIMIT ? work[WORK_DUE] : work[WORK_DUE_LATEST];
    return done > latest ? OUTCOME_MET_LATE : OUTCOME_CANNOT_TELL;
}
