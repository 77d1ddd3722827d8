/* Every kind of entry but the plain event: ticks, not needed, approvals, pauses,
 * extensions, reopening; and what is released once a state is reached. */
#include "vm/internal.h"

static bool refuse_work(VmStep *step, RefusalCode code, uint32_t work)
{
    step->refusal->work = work;
    return refuse(step, code);
}

/* A later `assigns` replaces: the group's other member roles are let go. */
static void assign_role(VmStep *step, AssignEntry assign)
{
    const Program *program = step->program;
    Slice members = program->roles[assign.role].members;
    int64_t *holders = step->record + program->slot_roles;
    for (uint32_t i = 0; i < members.count; i++)
        holders[program->indices[members.first + i]] = 0;
    holders[assign.role] = assign.person;
    if (assign.member != NO_INDEX)
        holders[assign.member] = assign.person;
    Happened *item = note(step, HAPPENED_ASSIGNED);
    item->role = assign.role;
    item->value = assign.person;
}

void assign_persons(VmStep *step)
{
    for (uint32_t i = 0; i < step->entry->assign_count; i++)
        assign_role(step, step->entry->assigns[i]);
}

/* ---- ticks and not needed -------------------------------------------------- */

static bool find_open(VmStep *step, uint32_t *work)
{
    uint32_t event = step->entry->name;
    if (event == NO_INDEX)
        return refuse(step, REFUSED_UNKNOWN_EVENT);
    step->refusal->event = event;
    Slice works = step->program->events[event].works;
    for (uint32_t i = 0; i < works.count; i++) {
        *work = step->program->indices[works.first + i];
        if (view_of_work(step, *work)[WORK_STATUS] == WORK_OPEN)
            return true;
    }
    return refuse(step, REFUSED_NOT_OPEN);
}

static bool may_do_work(VmStep *step, uint32_t work)
{
    const WorkInfo *info = &step->program->works[work];
    step->refusal->work = work;
    return check_who(step, info->permits, info, view_of_work(step, work)[WORK_OPENED]) &&
           check_separation(step, info);
}

static bool apply_tick(VmStep *step)
{
    uint32_t work;
    if (!find_open(step, &work) || !may_do_work(step, work))
        return false;
    uint32_t items = step->program->works[work].item_count;
    uint64_t all = items ? UINT64_MAX >> (64 - items) : 0;
    if (step->entry->wrong_tick || !step->entry->ticks || step->entry->ticks & ~all)
        return refuse_work(step, REFUSED_WRONG_TICK, work);
    slots_of_work(step, work)[WORK_TICKS] |= (int64_t)step->entry->ticks;
    Happened *item = note(step, HAPPENED_TICKED);
    item->work = work;
    item->value = view_of_work(step, work)[WORK_TICKS];
    return true;
}

static bool apply_not_needed(VmStep *step)
{
    uint32_t work;
    if (!find_open(step, &work))
        return false;
    if (!step->program->works[work].optional)
        return refuse_work(step, REFUSED_NOT_POSSIBLE, work);
    if (!may_do_work(step, work))
        return false;
    if (!step->entry->has_reason)
        return refuse_work(step, REFUSED_MISSING_REASON, work);
    int64_t *slots = slots_of_work(step, work);
    slots[WORK_STATUS] = WORK_NOT_NEEDED;
    slots[WORK_OUTCOME] = OUTCOME_NOT_NEEDED;
    slots[WORK_DONE_AT] = step->now;
    slots[WORK_DONE_ENTRY] = step->entry->number;
    step->dirty = true;
    note(step, HAPPENED_NOT_NEEDED)->work = work;
    return settle(step);
}

/* ---- approvals -------------------------------------------------------------- */

static const Entry *find_waiting(VmStep *step)
{
    int64_t number = step->entry->refers_to;
    bool waits = number > 0 && forget_waiting(step, number);
    step->refusal->entry = number;
    const Entry *entry =
        waits && step->vm->find ? step->vm->find(step->vm->find_context, number) : NULL;
    if (!entry)
        refuse(step, REFUSED_NOT_POSSIBLE);
    return entry;
}

static bool apply_approve(VmStep *step)
{
    const Entry *approval = step->entry;
    const Entry *waiting = find_waiting(step);
    if (!waiting)
        return false;
    Happened *item = note(step, HAPPENED_APPROVED);
    item->entry = waiting->number;
    item->event = waiting->name;
    step->approval = approval;
    step->entry = waiting;
    bool done = apply_event(step);
    step->entry = approval;
    step->approval = NULL;
    return done;
}

/* Whoever could approve some line for the event may decline it. */
static bool may_decline(VmStep *step, uint32_t event)
{
    const Program *program = step->program;
    for (uint32_t i = 0; i < program->handler_count; i++) {
        const HandlerInfo *handler = &program->handlers[i];
        for (uint32_t k = 0; handler->event == event && k < handler->alternatives.count; k++) {
            Slice permits =
                program->alternatives[handler->alternatives.first + k].approval_permits;
            step->refusal->code = REFUSED_NOT;
            if (permits.count && check_who(step, permits, NULL, MOMENT_NONE))
                return true;
        }
    }
    step->refusal->code = REFUSED_NOT;
    return refuse(step, REFUSED_WRONG_ROLE);
}

static bool apply_decline(VmStep *step)
{
    const Entry *waiting = find_waiting(step);
    if (!waiting)
        return false;
    step->refusal->event = waiting->name;
    if (!may_decline(step, waiting->name))
        return false;
    Happened *item = note(step, HAPPENED_DECLINED);
    item->entry = waiting->number;
    item->event = waiting->name;
    return true;
}

/* ---- clocks ------------------------------------------------------------------ */

/* The open work that the entry names, with a running limit whose `roles` allow
 * this entry; NO_INDEX after refusing. */
static uint32_t find_clock(VmStep *step, bool extend)
{
    uint32_t work = step->entry->name;
    if (work == NO_INDEX || work >= step->program->work_count) {
        refuse(step, REFUSED_UNKNOWN_EVENT);
        return NO_INDEX;
    }
    const WorkInfo *info = &step->program->works[work];
    const int64_t *slots = view_of_work(step, work);
    step->refusal->work = work;
    if (slots[WORK_STATUS] != WORK_OPEN) {
        refuse(step, REFUSED_NOT_OPEN);
        return NO_INDEX;
    }
    Slice none = {0};
    Slice permits = info->limit == NO_INDEX ? none
                    : extend                ? step->program->limits[info->limit].extended_by
                                            : step->program->limits[info->limit].paused_by;
    if (!permits.count || slots[WORK_DUE] == MOMENT_NEVER) {
        refuse(step, REFUSED_NOT_POSSIBLE);
        return NO_INDEX;
    }
    return check_who(step, permits, NULL, slots[WORK_OPENED]) ? work : NO_INDEX;
}

static bool apply_pause(VmStep *step)
{
    uint32_t work = find_clock(step, false);
    if (work == NO_INDEX)
        return false;
    if (view_of_work(step, work)[WORK_FLAGS] & (WORK_FLAG_PAUSED_BY | WORK_FLAG_MISSED))
        return refuse(step, REFUSED_NOT_POSSIBLE);
    begin_pause(step, work, WORK_FLAG_PAUSED_BY);
    return settle(step);
}

static bool apply_resume(VmStep *step)
{
    uint32_t work = find_clock(step, false);
    if (work == NO_INDEX)
        return false;
    if (!(view_of_work(step, work)[WORK_FLAGS] & WORK_FLAG_PAUSED_BY))
        return refuse(step, REFUSED_NOT_POSSIBLE);
    end_pause(step, work, WORK_FLAG_PAUSED_BY);
    return !step->failed && settle(step);
}

/* Later than the present due moment, or it would be no extension. A day limit
 * goes to the end of the day named. */
static bool apply_extend(VmStep *step)
{
    uint32_t work = find_clock(step, true);
    if (work == NO_INDEX)
        return false;
    int64_t *slots = slots_of_work(step, work);
    Moment was = slots[WORK_DUE];
    if (step->entry->extend_to <= was || step->entry->extend_to == MOMENT_NEVER)
        return refuse(step, REFUSED_BAD_TIME);
    LimitDue due = {.due = step->entry->extend_to,
                    .due_latest = step->entry->extend_to,
                    .is_day_limit = moment_rank(step->entry->extend_to) == RANK_DAY_LIMIT};
    slots[WORK_FLAGS] |= WORK_FLAG_EXTENDED;
    slots[WORK_FLAGS] &= ~(int64_t)WORK_FLAG_MISSED;
    slots[WORK_OUTCOME] = OUTCOME_RUNNING;
    slots[WORK_PAUSED_DAYS] = slots[WORK_PAUSED_WORKING_DAYS] = 0;
    slots[WORK_PAUSED_MS] = slots[WORK_PAUSED_WORKING_MS] = 0;
    set_due(step, work, &due);
    Happened *item = note(step, HAPPENED_EXTENDED);
    item->work = work;
    item->was = was;
    item->due = due.due;
    return settle(step);
}

/* ---- opening and reopening ----------------------------------------------------- */

void open_first_musts(VmStep *step)
{
    const Program *program = step->program;
    for (uint32_t i = 0; i < step->duty_count; i++) {
        const WorkInfo *info = &program->works[step->duties[i]];
        if (info->limit != NO_INDEX && program->limits[info->limit].anchor.type == FROM_OPENING)
            open_must(step, step->duties[i]);
    }
}

/* Enters the start state, then applies the opening event (language.md, meaning 6). */
static bool apply_open(VmStep *step)
{
    const Program *program = step->program;
    uint32_t event = step->entry->name;
    step->refusal->event = event;
    if (event == NO_INDEX)
        return refuse(step, REFUSED_UNKNOWN_EVENT);
    if (!program->events[event].opens)
        return refuse(step, REFUSED_NOT_OPENED);
    step->record[SLOT_STATUS] = CASE_OPEN;
    step->record[SLOT_OPENED] = step->now;
    note(step, HAPPENED_OPENED)->event = event;
    start_track(step, 0);
    if (!apply_event(step))
        return false;
    if (step->record[SLOT_STATUS] == CASE_CLOSED)
        return true;
    open_first_musts(step);
    return settle(step);
}

static bool apply_reopen(VmStep *step)
{
    uint32_t state = step->entry->name;
    if (state == NO_INDEX || step->program->states[state].track != 0 ||
        step->program->states[state].ends)
        return refuse(step, REFUSED_NOT_POSSIBLE);
    step->refusal->state = state;
    if (!step->entry->has_reason)
        return refuse(step, REFUSED_MISSING_REASON);
    step->record[SLOT_STATUS] = CASE_OPEN;
    step->record[SLOT_CLOSED] = MOMENT_NONE;
    int64_t *main_line = slots_of_track(step, 0);
    main_line[TRACK_RUNNING] = 1;
    main_line[TRACK_STATE] = 0;
    main_line[TRACK_STARTED] = step->now;
    main_line[TRACK_RUNS]++;
    note(step, HAPPENED_REOPENED)->state = state;
    for (uint32_t i = 0; i < step->program->tracks[0].works.count; i++)
        open_work(step, step->program->indices[step->program->tracks[0].works.first + i]);
    run_effects(step, step->program->states[state].enter, 0);
    return !step->failed && settle(step);
}

/* ---- held entries ---------------------------------------------------------------- */

static bool is_reached(const VmStep *step, uint32_t state)
{
    const int64_t *track = slots_of_track(step, step->program->states[state].track);
    int64_t there = track[TRACK_RUNNING] ? track[TRACK_STATE] : track[TRACK_LAST_STATE];
    return there == (int64_t)state + 1;
}

/* A released entry that has become impossible is dropped with a note (ruling 19). */
static void release_one(VmStep *step, const Entry *entry)
{
    const Program *program = step->program;
    size_t bytes = program->slot_count * sizeof *step->record;
    const Entry *outer = step->entry;
    Refusal *outer_refusal = step->refusal, refusal = refusal_none();
    memcpy(step->vm->before_release, step->record, bytes);
    uint32_t happened = step->vm->happened_count;
    const Imposition *outer_imposed = step->vm->imposed;
    step->vm->imposed = NULL;
    Happened *item = note(step, HAPPENED_RELEASED);
    item->entry = entry->number;
    item->event = entry->name;
    begin_step(step, entry, &refusal);
    step->cause = entry->number;
    step->known = MOMENT_NONE;
    step->releasing = true;
    bool done = apply_event(step);
    step->releasing = false;
    if (!done) {
        memcpy(step->record, step->vm->before_release, bytes);
        step->vm->happened_count = happened;
        item = note(step, HAPPENED_DROPPED);
        item->entry = entry->number;
        item->event = entry->name;
        item->value = refusal.code;
    }
    step->vm->imposed = outer_imposed;
    step->entry = outer;
    step->refusal = outer_refusal;
    step->failed = false;
}

void release_held(VmStep *step)
{
    for (uint32_t i = 0; i < LIMIT_HELD; i++) {
        int64_t slot = step->record[SLOT_HELD + i];
        if (!slot || !is_reached(step, held_state(slot)) || !step->vm->find)
            continue;
        const Entry *entry = step->vm->find(step->vm->find_context, held_entry(slot));
        step->record[SLOT_HELD + i] = 0;
        if (entry)
            release_one(step, entry);
        i = UINT32_MAX; /* what was released may have released another */
    }
}

/* ---- one entry --------------------------------------------------------------------- */

static bool check_status(VmStep *step)
{
    int64_t status = step->record[SLOT_STATUS];
    EntryKind kind = step->entry->kind;
    if (status == CASE_OPEN && kind == ENTRY_EVENT)
        return true;
    if (kind == ENTRY_GIVEN)
        return status == CASE_NOT_OPEN || refuse(step, REFUSED_NOT_POSSIBLE);
    if (status == CASE_CLOSED && kind != ENTRY_REOPEN)
        return refuse(step, REFUSED_CASE_CLOSED);
    if (status == CASE_NOT_OPEN && kind != ENTRY_OPEN)
        return refuse(step, REFUSED_NOT_OPENED);
    if (status == CASE_OPEN && (kind == ENTRY_OPEN || kind == ENTRY_REOPEN))
        return refuse(step, REFUSED_NOT_POSSIBLE);
    return true;
}

static bool apply_other(VmStep *step)
{
    switch (step->entry->kind) {
    case ENTRY_OPEN:
        return apply_open(step);
    case ENTRY_TICK:
        return apply_tick(step);
    case ENTRY_NOT_NEEDED:
        return apply_not_needed(step);
    case ENTRY_APPROVE:
        return apply_approve(step);
    case ENTRY_DECLINE:
        return apply_decline(step);
    case ENTRY_PAUSE:
        return apply_pause(step);
    case ENTRY_RESUME:
        return apply_resume(step);
    case ENTRY_EXTEND:
        return apply_extend(step);
    case ENTRY_REOPEN:
        return apply_reopen(step);
    case ENTRY_ASSIGN:
        assign_persons(step);
        return true;
    case ENTRY_GIVEN:
        return apply_given(step);
    case ENTRY_EVENT:
    case ENTRY_NOTE:
        return true;
    }
    return refuse(step, REFUSED_UNKNOWN_EVENT);
}

bool apply_entry(VmStep *step)
{
    bool is_event = step->entry->kind == ENTRY_EVENT;
    if (is_event)
        step->refusal->event = step->entry->name;
    if (!check_status(step))
        return false;
    return is_event ? apply_event(step) : apply_other(step);
}
