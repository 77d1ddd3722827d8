/* Past cases went on where the flow would have refused: what was done is imposed on the
 * record, so that what follows is judged from where the case really was. Which of these
 * ways is taken is for replay to say; the vm only knows how. */
#include "vm/internal.h"

bool vm_impose(Vm *vm, int64_t *record, const Entry *entry, const Imposition *imposed,
               Refusal *refusal)
{
    vm->imposed = imposed;
    bool done = vm_apply(vm, record, entry, refusal);
    vm->imposed = NULL;
    return done;
}

/* A step that is no entry of the flow's own: whatever could be refused is a fault. */
static VmStep *begin_imposed(Vm *vm, int64_t *record, Moment at, int64_t number,
                             Refusal *refusal)
{
    VmStep *step = vm->step;
    *refusal = refusal_none();
    step->record = record;
    begin_step(step, NULL, refusal);
    step->now = at;
    step->cause = number;
    step->known = MOMENT_NONE;
    step->releasing = false;
    step->dirty = true;
    return step;
}

/* What falls due at that very moment, and no later, happens with it. */
static void end_imposed(VmStep *step, Moment at)
{
    int64_t *record = step->record;
    if (step->holds)
        release_held(step);
    plan_next(step);
    vm_advance(step->vm, record, at + 1);
    record[SLOT_CLOCK] = at;
}

/* ---- on record only ---------------------------------------------------------- */

/* Where the case goes cannot be told, but the work was done: the log says so. */
static void finish_open(VmStep *step, const Entry *entry, const EventInfo *event)
{
    for (uint32_t i = 0; i < event->works.count; i++) {
        uint32_t work = step->program->indices[event->works.first + i];
        if (view_of_work(step, work)[WORK_STATUS] == WORK_OPEN)
            finish_work(step, work, entry->number);
    }
}

static bool follow_event(VmStep *step, const Entry *entry)
{
    const EventInfo *event = &step->program->events[entry->name];
    count_windows(step, entry->name);
    stamp_event(step, entry->name);
    note_facts(step);
    finish_open(step, entry, event);
    keep_actor(step);
    meet_waiting(step, entry->name);
    anchor_came(step, event->anchored, false);
    return settle(step);
}

/* Nothing starts, opens or is met by it: all that a closed case can take. */
static void only_note(VmStep *step, const Entry *entry)
{
    stamp_event(step, entry->name);
    for (uint32_t i = 0; i < entry->fact_count; i++) {
        Happened *item = note(step, HAPPENED_FACT);
        item->fact = entry->facts[i].fact;
        item->value = entry->facts[i].value;
    }
}

void vm_record_only(Vm *vm, int64_t *record, const Entry *entry)
{
    static const Imposition anything = {.overlook = ~(1u << REFUSED_STEP_BUDGET)};
    size_t bytes = vm->program->slot_count * sizeof *record;
    Refusal refusal;
    VmStep *step = begin_imposed(vm, record, entry->at, entry->number, &refusal);
    uint32_t happened = vm->happened_count;
    memcpy(vm->undo, record, bytes);
    vm->imposed = &anything;
    step->entry = entry;
    place_entry_facts(step);
    if (record[SLOT_STATUS] != CASE_OPEN) {
        only_note(step, entry);
    } else if (!follow_event(step, entry)) { /* the flow goes round in a circle */
        memcpy(record, vm->undo, bytes);
        vm->happened_count = happened;
        place_entry_facts(step);
        only_note(step, entry);
    }
    vm->imposed = NULL;
    step->entry = NULL;
    record[SLOT_LAST_ENTRY] = entry->number;
    end_imposed(step, entry->at);
}

/* ---- somewhere else ------------------------------------------------------------ */

void vm_put(Vm *vm, int64_t *record, uint32_t state, Moment at, int64_t number)
{
    Refusal refusal;
    VmStep *step = begin_imposed(vm, record, at, number, &refusal);
    const StateInfo *info = &vm->program->states[state];
    leave_state(step, info->track);
    run_effects(step, info->enter, info->track);
    refresh_works(step);
    plan_next(step);
}

bool vm_open_waiting(Vm *vm, int64_t *record, uint32_t event, Moment at, int64_t number)
{
    const Program *program = vm->program;
    Slice works = program->events[event].works;
    Refusal refusal;
    VmStep *step = begin_imposed(vm, record, at, number, &refusal);
    bool any = false;
    for (uint32_t i = 0; i < works.count; i++) {
        uint32_t work = program->indices[works.first + i];
        const WorkInfo *info = &program->works[work];
        const int64_t *slots = view_of_work(step, work);
        bool waits = info->after_work != NO_INDEX || info->after_event != NO_INDEX;
        if (!waits || slots[WORK_STATUS] != WORK_CLOSED ||
            !(slots[WORK_FLAGS] & WORK_FLAG_ACTIVE))
            continue;
        begin_work(step, work);
        any = true;
    }
    if (any)
        plan_next(step);
    return any;
}

/* Work of the event stands there, or, for an event that is no work, an `on` for it. */
static bool handles(const Program *program, uint32_t state, uint32_t event)
{
    const EventInfo *info = &program->events[event];
    for (uint32_t i = 0; i < info->works.count; i++)
        if (program->works[program->indices[info->works.first + i]].state == state)
            return true;
    if (info->is_work)
        return false;
    const HandlerInfo *handler = find_handler(program, program->states[state].handlers, event);
    return handler && handler->kind == HANDLES_ON;
}

uint32_t vm_elsewhere(const Program *program, const int64_t *record, uint32_t event)
{
    uint32_t found = NO_INDEX;
    for (uint32_t state = 0; state < program->state_count; state++) {
        const int64_t *track = record_track(program, record, program->states[state].track);
        if (!track[TRACK_RUNNING] || track[TRACK_STATE] == (int64_t)state + 1 ||
            !handles(program, state, event))
            continue;
        if (found != NO_INDEX)
            return NO_INDEX;
        found = state;
    }
    return found;
}

/* ---- against its condition -------------------------------------------------------- */

/* `again` leads nowhere else and is no way on. */
static uint32_t only_way_of(const Program *program, Slice lines, uint32_t state)
{
    uint32_t found = NO_INDEX;
    for (uint32_t i = lines.first; i < lines.first + lines.count; i++) {
        const AlternativeInfo *line = &program->alternatives[i];
        if (!line->is_choice || !line->leaves || line->target == NO_INDEX ||
            line->target == state)
            continue;
        if (found != NO_INDEX)
            return NO_INDEX;
        found = i;
    }
    return found;
}

uint32_t vm_only_way(const Program *program, const int64_t *record, uint32_t event,
                     uint32_t alternative)
{
    Slice tracks = program->events[event].tracks;
    for (uint32_t i = 0; i < tracks.count; i++) {
        uint32_t track = program->indices[tracks.first + i];
        const int64_t *slots = record_track(program, record, track);
        uint32_t state = slots[TRACK_STATE] ? (uint32_t)slots[TRACK_STATE] - 1 : NO_INDEX;
        if (track == 0 && record[SLOT_STATUS] == CASE_NOT_OPEN)
            state = program->tracks[0].start_state; /* it is the opening that was blocked */
        else if (!slots[TRACK_RUNNING])
            continue;
        Slice row = state != NO_INDEX ? program->states[state].handlers
                                      : program->tracks[track].handlers;
        const HandlerInfo *handler = find_handler(program, row, event);
        if (handler && handler->kind == HANDLES_ON &&
            alternative - handler->alternatives.first < handler->alternatives.count)
            return only_way_of(program, handler->alternatives, state);
    }
    return NO_INDEX;
}
