/* The effect part of the machine: what a chosen line, a miss or an entered state
 * does to the record. Starts and stops of tracks are only asked for here, since
 * they come after all moves (rulings 11 and 12). */
#include "vm/internal.h"

#include <assert.h>

static void set_fact(VmStep *step, uint32_t fact, int64_t value, uint32_t track)
{
    RecordedBy *by = &step->recorded_by[fact];
    int64_t *slot = slot_of_fact(step, fact);
    if (by->mark == step->number && by->track != track && *slot != value) {
        if (!step->entry) { /* nobody to refuse: the first one stands */
            note(step, HAPPENED_FAULT)->fact = fact;
            step->record[SLOT_FAULTS]++;
            return;
        }
        step->refusal->fact = fact;
        step->failed = !refuse(step, REFUSED_CONFLICTING_RECORDS);
        return;
    }
    *by = (RecordedBy){step->number, track};
    *slot = value;
    step->changed = true;
    Happened *item = note(step, HAPPENED_FACT);
    item->fact = fact;
    item->value = value;
    anchor_came(step, step->program->facts[fact].works, true);
}

static void close_list(VmStep *step, Slice works)
{
    for (uint32_t i = 0; i < works.count; i++)
        close_work(step, step->program->indices[works.first + i]);
}

void leave_state(VmStep *step, uint32_t track)
{
    int64_t state = slots_of_track(step, track)[TRACK_STATE];
    if (state)
        close_list(step, step->program->states[state - 1].works);
}

static void enter(VmStep *step, uint32_t state)
{
    uint32_t track = step->program->states[state].track;
    int64_t *slots = slots_of_track(step, track);
    Happened *item = note(step, HAPPENED_MOVED);
    item->track = track;
    item->state = slots[TRACK_STATE] ? (uint32_t)slots[TRACK_STATE] - 1 : NO_INDEX;
    item->to = state;
    slots[TRACK_STATE] = (int64_t)state + 1;
    slots[TRACK_ENTERED] = step->now;
    step->changed = step->dirty = true;
}

static void finish(VmStep *step, uint32_t track)
{
    if (track == 0)
        step->closing = true;
    else
        end_run(step, track, slots_of_track(step, track)[TRACK_STATE]);
}

/* About a missed work, or else about the event in hand. */
static void tell(VmStep *step, HappenedKind kind, uint32_t role)
{
    const Entry *entry = step->entry;
    Happened *item = note(step, kind);
    item->role = role;
    if (entry && (entry->kind == ENTRY_EVENT || entry->kind == ENTRY_OPEN))
        item->event = entry->name;
    item->work = step->cause_work;
    if (step->cause_work != NO_INDEX)
        item->due = view_of_work(step, step->cause_work)[WORK_DUE];
}

static void flag(VmStep *step, uint32_t text)
{
    Happened *item = note(step, HAPPENED_FLAGGED);
    item->value = text;
    item->work = step->cause_work;
}

/* `track` is the one whose line this is. Over 40 lines: one switch. */
void run_effects(VmStep *step, CodeRef at, uint32_t track)
{
    const Program *program = step->program;
    int64_t value = VALUE_UNKNOWN;
    for (; at; at++) {
        uint32_t operand = instruction_operand(program->code[at]);
        switch (instruction_op(program->code[at])) {
        case OP_END:
            return;
        case OP_PUSH_CONST:
            value = program->constants[operand];
            break;
        case OP_PUSH_FACT:
            value = *slot_of_fact(step, operand);
            break;
        case OP_PUSH_TRUTH:
            value = operand;
            break;
        case OP_CLOSE:
            close_work(step, operand);
            break;
        case OP_LEAVE:
            leave_state(step, operand);
            break;
        case OP_ENTER:
            enter(step, operand);
            break;
        case OP_OPEN:
            open_work(step, operand);
            break;
        case OP_FINISH:
            finish(step, operand);
            break;
        case OP_RECORD_FACT:
            set_fact(step, operand, value, track);
            break;
        case OP_START:
            ask_track(step, step->starting, operand);
            break;
        case OP_STOP:
            ask_track(step, step->stopping, operand);
            break;
        case OP_NOTIFY:
            tell(step, HAPPENED_NOTIFIED, operand);
            break;
        case OP_ESCALATE:
            tell(step, HAPPENED_ESCALATED, operand);
            break;
        case OP_FLAG:
            flag(step, operand);
            break;
        case OP_IS:
        case OP_IS_NOT:
        case OP_UNDER:
        case OP_OVER:
        case OP_AT_LEAST:
        case OP_AT_MOST:
        case OP_ONE_OF:
        case OP_KNOWN:
        case OP_RUNNING:
        case OP_ENDED:
        case OP_AT_STATE:
        case OP_WINDOW:
        case OP_TASKS_DONE:
        case OP_NOT:
        case OP_AND:
        case OP_OR:
        case OP_SKIP_IF_NO:
        case OP_SKIP_IF_YES:
        case OP_COUNT:
            assert(false && "a condition in an effect");
            return;
        }
    }
}

void start_track(VmStep *step, uint32_t track)
{
    int64_t *slots = slots_of_track(step, track);
    slots[TRACK_RUNNING] = 1;
    slots[TRACK_STATE] = 0;
    slots[TRACK_STARTED] = step->now;
    slots[TRACK_RUNS]++;
    step->changed = step->dirty = true;
    if (track != 0)
        note(step, HAPPENED_STARTED)->track = track;
    run_effects(step, step->program->tracks[track].begin, track);
}

/* `last_state` is 1 + the state that ended it, or 0 for `end TRACK` and a list
 * that is done. A start that was kept begins a new run. */
void end_run(VmStep *step, uint32_t track, int64_t last_state)
{
    int64_t *slots = slots_of_track(step, track);
    if (!slots[TRACK_RUNNING])
        return;
    leave_state(step, track);
    close_list(step, step->program->tracks[track].works);
    slots[TRACK_RUNNING] = 0;
    slots[TRACK_STATE] = 0;
    slots[TRACK_LAST_STATE] = last_state;
    step->changed = step->dirty = true;
    note(step, HAPPENED_ENDED)->track = track;
    if (slots[TRACK_KEPT]) {
        slots[TRACK_KEPT] = 0;
        ask_track(step, step->starting, track);
    }
}

static void drop_waiting(VmStep *step)
{
    for (uint32_t i = 0; i < LIMIT_HELD; i++) {
        int64_t waiting = step->record[SLOT_WAITING + i];
        int64_t held = step->record[SLOT_HELD + i];
        if (waiting)
            note(step, HAPPENED_DROPPED)->entry = waiting;
        if (held)
            note(step, HAPPENED_DROPPED)->entry = held_entry(held);
        step->record[SLOT_WAITING + i] = step->record[SLOT_HELD + i] = 0;
    }
}

/* All runs end, all open work is closed unfinished, nothing survives
 * (language.md, meaning 7). */
void close_case(VmStep *step)
{
    const Program *program = step->program;
    int64_t *main_line = slots_of_track(step, 0);
    uint32_t state = (uint32_t)main_line[TRACK_STATE] - 1;
    for (uint32_t track = 1; track < program->track_count; track++) {
        slots_of_track(step, track)[TRACK_KEPT] = 0;
        end_run(step, track, 0);
    }
    leave_state(step, 0);
    for (uint32_t work = 0; work < program->work_count; work++)
        close_work(step, work);
    drop_waiting(step);
    main_line[TRACK_RUNNING] = 0;
    main_line[TRACK_STATE] = 0;
    main_line[TRACK_LAST_STATE] = (int64_t)state + 1;
    step->record[SLOT_STATUS] = CASE_CLOSED;
    step->record[SLOT_CLOSED] = step->now;
    memset(step->starting, 0, program->track_count * sizeof *step->starting);
    step->closing = false;
    step->dirty = true;
    note(step, HAPPENED_CLOSED)->state = state;
}
