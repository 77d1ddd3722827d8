#include "vm/internal.h"

#include <assert.h>
#include <stdlib.h>

#include "base/mem.h"

/* ---- making ------------------------------------------------------------------- */

void vm_init(Vm *vm, const Program *program)
{
    size_t bytes = program->slot_count * sizeof *vm->undo;
    *vm = (Vm){.program = program, .happened_capacity = 64};
    vm->happened = mem_alloc_raw(vm->happened_capacity * sizeof *vm->happened);
    vm->undo = mem_alloc_raw(bytes);
    vm->before_advance = mem_alloc_raw(bytes);
    vm->before_release = mem_alloc_raw(bytes);
    vm->step = mem_alloc(sizeof *vm->step);
    vm->step->vm = vm;
    vm->step->program = program;
    prepare_step(vm->step);
}

void vm_clear(Vm *vm)
{
    if (vm->step)
        clear_step(vm->step);
    free(vm->step);
    free(vm->happened);
    free(vm->undo);
    free(vm->before_advance);
    free(vm->before_release);
    *vm = (Vm){0};
}

void vm_begin(Vm *vm)
{
    vm->happened_count = 0;
}

/* ---- records ------------------------------------------------------------------- */

static void fill(int64_t *slots, uint32_t count, int64_t value)
{
    for (uint32_t i = 0; i < count; i++)
        slots[i] = value;
}

void vm_reset(const Program *program, int64_t *record)
{
    size_t after_works = program->slot_count - program->slot_roles;
    memset(record, 0, program->slot_works * sizeof *record);
    memset(record + program->slot_roles, 0, after_works * sizeof *record);
    record[SLOT_CLOCK] = record[SLOT_OPENED] = record[SLOT_CLOSED] = MOMENT_NONE;
    record[SLOT_NEXT_DUE] = MOMENT_NEVER;
    fill(record + program->slot_facts, program->fact_count, VALUE_UNKNOWN);
    for (uint32_t track = 0; track < program->track_count; track++) {
        int64_t *slots = record + program->slot_tracks + track * TRACK_SLOTS;
        slots[TRACK_ENTERED] = slots[TRACK_STARTED] = MOMENT_NONE;
    }
    for (uint32_t event = 0; event < program->event_count; event++)
        fill(record + program->slot_events + event * EVENT_SLOTS, EVENT_PERSON, MOMENT_NONE);
    for (uint32_t work = 0; work < program->work_count; work++)
        memcpy(record + program->slot_works + work * WORK_SLOTS, blank_work, sizeof blank_work);
    for (uint32_t window = 0; window < program->window_count; window++)
        fill(record + program->windows[window].slot + WINDOW_DAYS,
             program->windows[window].count, DAY_NONE);
}

/* ---- steps ----------------------------------------------------------------------- */

Refusal refusal_none(void)
{
    return (Refusal){.event = NO_INDEX,
                     .work = NO_INDEX,
                     .role = NO_INDEX,
                     .fact = NO_INDEX,
                     .state = NO_INDEX,
                     .track = NO_INDEX,
                     .rule = NO_INDEX,
                     .alternative = NO_INDEX,
                     .other = NO_INDEX};
}

void begin_step(VmStep *step, const Entry *entry, Refusal *refusal)
{
    step->number++;
    step->entry = entry;
    step->refusal = refusal;
    step->cause_work = NO_INDEX;
    step->failed = step->closing = step->changed = step->ignored = step->asked = false;
    step->budget = LIMIT_STEPS;
    step->move_count = step->does_count = 0;
    step->approval = NULL;
}

/* Fires everything due strictly before `to`. Things that open and miss each other
 * for ever without time passing spend the budget; then nothing has changed. */
static bool advance(VmStep *step, Moment to)
{
    Vm *vm = step->vm;
    int64_t *record = step->record;
    size_t bytes = step->program->slot_count * sizeof *record;
    uint32_t happened = vm->happened_count, left = LIMIT_STEPS;
    Moment clock = record[SLOT_CLOCK];
    if (step->program->may_undo)
        memcpy(vm->before_advance, record, bytes);
    while (fire_due(step, to)) {
        left = record[SLOT_CLOCK] > clock ? LIMIT_STEPS : left - 1;
        clock = record[SLOT_CLOCK];
        if (left == 0)
            refuse(step, REFUSED_STEP_BUDGET);
        if (step->refusal->code != REFUSED_NOT)
            break;
    }
    if (step->refusal->code == REFUSED_NOT)
        return true;
    assert(step->program->may_undo); /* nothing else goes round without time passing */
    memcpy(record, vm->before_advance, bytes);
    vm->happened_count = happened;
    return false;
}

bool vm_advance(Vm *vm, int64_t *record, Moment to)
{
    VmStep *step = vm->step;
    if (record[SLOT_STATUS] == CASE_NOT_OPEN)
        return true;
    if (record[SLOT_NEXT_DUE] < to) {
        vm->advance_refusal = refusal_none();
        step->record = record;
        step->refusal = &vm->advance_refusal;
        if (!advance(step, to))
            return false;
    }
    if (record[SLOT_CLOCK] < to)
        record[SLOT_CLOCK] = to;
    return true;
}

/* Most entries are refused before anything moved; these may be later. */
static bool needs_undo(const VmStep *step, const Entry *entry)
{
    Instant at = moment_instant(entry->at);
    if (step->program->may_undo || entry->kind != ENTRY_EVENT || entry->name == NO_INDEX ||
        at < step->safe_from || at > step->safe_until)
        return true;
    return entry->role != NO_INDEX && step->program->roles[entry->role].actors != NO_INDEX;
}

static bool run_step(VmStep *step, const Entry *entry, Refusal *refusal)
{
    begin_step(step, entry, refusal);
    step->now = entry->at;
    step->cause = entry->number;
    step->known = entry->recorded > entry->at ? entry->recorded : MOMENT_NONE;
    step->releasing = false;
    if (needs_undo(step, entry))
        keep_undo(step);
    bool plain = entry->kind == ENTRY_EVENT && step->record[SLOT_STATUS] == CASE_OPEN;
    return plain ? apply_event(step) : apply_entry(step);
}

/* What follows at the very moment of the entry: releases, and what is due already. */
static bool end_entry(VmStep *step, const Entry *entry)
{
    int64_t *record = step->record;
    record[SLOT_CLOCK] = entry->at;
    record[SLOT_LAST_ENTRY] = entry->number;
    if (step->holds)
        release_held(step);
    if (step->dirty)
        plan_next(step);
    return record[SLOT_NEXT_DUE] > entry->at || advance(step, entry->at + 1);
}

bool vm_apply(Vm *vm, int64_t *record, const Entry *entry, Refusal *refusal)
{
    VmStep *step = vm->step;
    *refusal = refusal_none();
    refusal->kind = entry->kind;
    step->refusal = refusal;
    if (record[SLOT_STATUS] != CASE_NOT_OPEN) {
        if (entry->at < record[SLOT_CLOCK])
            return refuse(step, REFUSED_BAD_TIME);
        if (record[SLOT_NEXT_DUE] < entry->at && !vm_advance(vm, record, entry->at)) {
            *refusal = vm->advance_refusal;
            return false;
        }
        record[SLOT_CLOCK] = entry->at;
    }
    step->record = record;
    uint32_t happened = vm->happened_count;
    bool accepted = run_step(step, entry, refusal) && end_entry(step, entry);
    if (!accepted) {
        vm->happened_count = happened;
        if (step->saving)
            go_back(step);
    }
    step->saving = false;
    return accepted;
}

bool vm_would_accept(Vm *vm, const int64_t *record, const Entry *entry, int64_t *scratch,
                     Refusal *refusal)
{
    bool was_quiet = vm->quiet;
    vm->quiet = true;
    memcpy(scratch, record, vm->program->slot_count * sizeof *scratch);
    bool accepted = vm_apply(vm, scratch, entry, refusal);
    vm->quiet = was_quiet;
    return accepted;
}
