/* An event, or a task or review that is done: one step (language.md, meaning 4
 * and 6). First everything that could refuse it, in the order of the rulings,
 * judged on the facts that the entry brings; then the moves. */
#include "vm/internal.h"

#include "base/mem.h"

/* ---- is it possible at all? ---------------------------------------------- */

/* The handler of the state the track is in, which replaces the track's; NULL when
 * the track does not run or has none. */
static const HandlerInfo *handler_now(const VmStep *step, uint32_t track, uint32_t event)
{
    const int64_t *slots = slots_of_track(step, track);
    if (!slots[TRACK_RUNNING])
        return NULL;
    Slice row = slots[TRACK_STATE] ? step->program->states[slots[TRACK_STATE] - 1].handlers
                                   : step->program->tracks[track].handlers;
    const HandlerInfo *handler = find_handler(step->program, row, event);
    if (handler && handler->kind == HANDLES_HOLD && step->releasing)
        return NULL;
    return handler;
}

/* Nothing moves before all lines are chosen, so one look serves a whole entry. */
static void find_handlers(VmStep *step, uint32_t event)
{
    Slice tracks = step->program->events[event].tracks;
    for (uint32_t i = 0; i < tracks.count; i++) {
        uint32_t track = step->program->indices[tracks.first + i];
        step->handlers[track] = handler_now(step, track, event);
    }
}

static bool some_open(const VmStep *step, Slice works)
{
    for (uint32_t i = 0; i < works.count; i++)
        if (view_of_work(step, step->program->indices[works.first + i])[WORK_STATUS] ==
            WORK_OPEN)
            return true;
    return false;
}

static bool is_possible(const VmStep *step, uint32_t event)
{
    const EventInfo *info = &step->program->events[event];
    if (info->is_work)
        return some_open(step, info->works);
    if (!info->handled || info->starts.count || info->windows.count ||
        some_open(step, info->waits))
        return true;
    for (uint32_t i = 0; i < info->tracks.count; i++)
        if (step->handlers[step->program->indices[info->tracks.first + i]])
            return true;
    return step->entry->kind == ENTRY_OPEN;
}

/* ---- who ------------------------------------------------------------------ */

/* Of the open work that the event does, what this person may do takes part. */
static bool choose_works(VmStep *step, const EventInfo *event)
{
    bool refused = false;
    Refusal first;
    for (uint32_t i = 0; i < event->works.count; i++) {
        uint32_t work = step->program->indices[event->works.first + i];
        const WorkInfo *info = &step->program->works[work];
        const int64_t *slots = view_of_work(step, work);
        if (slots[WORK_STATUS] != WORK_OPEN)
            continue;
        if (!refused)
            step->refusal->work = work;
        if (check_who(step, info->permits, info, slots[WORK_OPENED]) &&
            check_separation(step, info)) {
            step->does[step->does_count++] = work;
        } else if (!refused) {
            first = *step->refusal;
            refused = true;
        }
        step->refusal->code = REFUSED_NOT;
    }
    if (step->does_count)
        return true;
    if (refused)
        *step->refusal = first;
    return false;
}

static bool may_do(VmStep *step, const EventInfo *event)
{
    if (event->is_work)
        return choose_works(step, event);
    return (event->by_anyone || check_who(step, event->permits, NULL, MOMENT_NONE)) &&
           check_separation(step, NULL);
}

/* Facts, reason, ticks and persons that the entry has to bring. */
static bool brings_all(VmStep *step, const EventInfo *event)
{
    const Entry *entry = step->entry;
    uint8_t asks = step->asks[entry->name];
    bool ticks = asks & ASKS_TICKS || entry->ticks || entry->wrong_tick;
    return ((!(asks & ASKS_FACTS) && !entry->fact_count) || check_facts(step, event)) &&
           (!(asks & ASKS_REASON) || check_reasons(step, event)) &&
           (!ticks || check_ticks(step));
}

/* ---- the entry's facts ------------------------------------------------------ */

/* Puts the entry's facts in place and keeps what was there, since guards are
 * judged on them; the other way round takes them out again. */
static void swap_facts(VmStep *step)
{
    for (uint32_t i = 0; i < step->entry->fact_count; i++) {
        int64_t *slot = slot_of_fact(step, step->entry->facts[i].fact);
        int64_t was = *slot;
        *slot = step->saved_facts[i];
        step->saved_facts[i] = was;
    }
}

void place_entry_facts(VmStep *step)
{
    uint32_t count = step->entry->fact_count;
    if (!count)
        return;
    step->saved_facts =
        mem_grow(step->saved_facts, &step->saved_capacity, count, sizeof *step->saved_facts);
    for (uint32_t i = 0; i < count; i++)
        step->saved_facts[i] = step->entry->facts[i].value;
    swap_facts(step);
}

/* ---- choosing lines --------------------------------------------------------- */

static void add_move(VmStep *step, uint32_t track, const AlternativeInfo *line)
{
    step->moves[step->move_count++] = (Move){track, line};
}

static bool refuse_line(VmStep *step, RefusalCode code, const AlternativeInfo *line,
                        const AlternativeInfo *other)
{
    const AlternativeInfo *all = step->program->alternatives;
    step->refusal->alternative = (uint32_t)(line - all);
    step->refusal->other = other ? (uint32_t)(other - all) : NO_INDEX;
    if (code == REFUSED_UNKNOWN_GUARD)
        step->refusal->fact = unknown_fact(step->program, step->record, line->guard);
    return refuse(step, code);
}

/* Lines with a condition, or with none at all: all that hold, of the choices at
 * most one. */
static bool choose_guarded(VmStep *step, uint32_t track, Slice lines,
                           const AlternativeInfo **choice, bool *other_chosen)
{
    const AlternativeInfo *line = &step->program->alternatives[lines.first];
    for (uint32_t i = 0; i < lines.count; i++, line++) {
        if (line->otherwise)
            continue;
        Truth truth = judge(step, line->guard);
        if (truth == UNKNOWN)
            return refuse_line(step, REFUSED_UNKNOWN_GUARD, line, NULL);
        if (truth == NO)
            continue;
        if (line->is_choice && *choice)
            return refuse_line(step, REFUSED_SEVERAL_ALTERNATIVES, *choice, line);
        if (line->is_choice)
            *choice = line;
        else
            *other_chosen = true;
        add_move(step, track, line);
    }
    return true;
}

/* The line that is imposed on these, or NULL. */
static const AlternativeInfo *find_imposed(const VmStep *step, Slice lines)
{
    const Imposition *imposed = step->vm->imposed;
    for (uint32_t i = 0; imposed && i < imposed->line_count; i++)
        if (imposed->lines[i] - lines.first < lines.count)
            return &step->program->alternatives[imposed->lines[i]];
    return NULL;
}

/* That line, and those beside it that are no choice and hold. */
static void impose_line(VmStep *step, uint32_t track, Slice lines, const AlternativeInfo *line)
{
    bool other = false;
    add_move(step, track, line);
    for (uint32_t i = 0; i < lines.count; i++) {
        const AlternativeInfo *beside = &step->program->alternatives[lines.first + i];
        if (beside->is_choice ||
            (beside->otherwise ? other : judge(step, beside->guard) != YES))
            continue;
        other = true;
        add_move(step, track, beside);
    }
}

static bool choose_lines(VmStep *step, uint32_t track, Slice lines)
{
    const AlternativeInfo *choice = NULL, *blocked = NULL;
    bool other = false;
    const AlternativeInfo *imposed = find_imposed(step, lines);
    if (imposed) {
        impose_line(step, track, lines, imposed);
        return true;
    }
    if (!choose_guarded(step, track, lines, &choice, &other))
        return false;
    if (lines.count == 1 && choice)
        return true;
    bool had_choice = choice != NULL;
    const AlternativeInfo *line = &step->program->alternatives[lines.first];
    for (uint32_t i = 0; i < lines.count; i++, line++) {
        if (line->is_choice && !blocked)
            blocked = line;
        if (!line->otherwise || (line->is_choice ? had_choice : other))
            continue;
        add_move(step, track, line);
        if (line->is_choice)
            choice = line;
    }
    if (blocked && !choice) {
        step->refusal->track = track;
        return refuse_line(step, REFUSED_NO_ALTERNATIVE, blocked, NULL);
    }
    return true;
}

/* The first handler that holds the event back, or NULL: then the whole event waits,
 * whatever other tracks would do with it (ruling 19). */
static const HandlerInfo *find_hold(const VmStep *step, uint32_t event)
{
    if (!step->holds)
        return NULL;
    Slice tracks = step->program->events[event].tracks;
    for (uint32_t i = 0; i < tracks.count; i++) {
        const HandlerInfo *handler = step->handlers[step->program->indices[tracks.first + i]];
        if (handler && handler->kind == HANDLES_HOLD)
            return handler;
    }
    return NULL;
}

/* Chooses for every running track that handles the event. */
static bool choose_moves(VmStep *step, uint32_t event)
{
    Slice tracks = step->program->events[event].tracks;
    for (uint32_t i = 0; i < tracks.count; i++) {
        uint32_t track = step->program->indices[tracks.first + i];
        const HandlerInfo *handler = step->handlers[track];
        if (!handler)
            continue;
        step->handled[track] = step->number;
        step->ignored |= handler->kind == HANDLES_IGNORE;
        if (handler->kind == HANDLES_ON && !choose_lines(step, track, handler->alternatives))
            return false;
    }
    return true;
}

/* ---- leaving ------------------------------------------------------------------ */

static bool check_leaving(VmStep *step)
{
    for (uint32_t i = 0; step->keeps_back && i < step->move_count; i++) {
        int64_t state = slots_of_track(step, step->moves[i].track)[TRACK_STATE];
        if (!step->moves[i].line->leaves || !state)
            continue;
        uint32_t work = holds_back(step, (uint32_t)state - 1);
        if (work == NO_INDEX)
            continue;
        step->refusal->work = work;
        return refuse(step, REFUSED_BEFORE_LEAVING);
    }
    return true;
}

/* ---- taking effect -------------------------------------------------------------- */

void stamp_event(VmStep *step, uint32_t event)
{
    int64_t *slots = slots_of_event(step, event);
    slots[EVENT_LAST] = step->now;
    if (slots[EVENT_FIRST] == MOMENT_NONE)
        slots[EVENT_FIRST] = step->now;
    slots[EVENT_PERSON] = step->entry->person;
    note(step, HAPPENED_EVENT)->event = event;
}

void note_facts(VmStep *step)
{
    for (uint32_t i = 0; i < step->entry->fact_count; i++) {
        FactEntry fact = step->entry->facts[i];
        Happened *item = note(step, HAPPENED_FACT);
        item->fact = fact.fact;
        item->value = fact.value;
        step->changed = true;
        Slice works = step->program->facts[fact.fact].works;
        if (works.count)
            anchor_came(step, works, true);
    }
}

static void do_works(VmStep *step)
{
    for (uint32_t i = 0; i < step->does_count; i++) {
        uint32_t work = step->does[i];
        slots_of_work(step, work)[WORK_TICKS] |= (int64_t)step->entry->ticks;
        finish_work(step, work, step->entry->number);
    }
}

static void note_ignored(VmStep *step, const EventInfo *event)
{
    for (uint32_t i = 0; i < event->tracks.count; i++) {
        uint32_t track = step->program->indices[event->tracks.first + i];
        const HandlerInfo *handler = step->handlers[track];
        if (!handler || handler->kind != HANDLES_IGNORE)
            continue;
        Happened *item = note(step, HAPPENED_IGNORED);
        item->event = step->entry->name;
        item->track = track;
    }
}

static void ask_starts(VmStep *step, const EventInfo *event)
{
    for (uint32_t i = 0; i < event->starts.count; i++) {
        uint32_t start = step->program->indices[event->starts.first + i];
        const StartInfo *info = &step->program->starts[start];
        if (!is_marked(step, step->handled, info->track) && judge(step, info->condition) == YES)
            ask_start(step, start);
    }
}

static void run_moves(VmStep *step)
{
    for (const Move *move = step->moves; move < step->moves + step->move_count; move++) {
        tell_taken(step, TAKEN_LINE, (uint32_t)(move->line - step->program->alternatives));
        run_effects(step, move->line->effects, move->track);
    }
}

static bool take_effect(VmStep *step, uint32_t event)
{
    const EventInfo *info = &step->program->events[event];
    stamp_event(step, event);
    note_facts(step);
    if (step->entry->assign_count)
        assign_persons(step);
    if (step->ignored)
        note_ignored(step, info);
    do_works(step);
    if (step->keeps_actors)
        keep_actor(step);
    if (step->keeps_actors && step->approval)
        keep_approver(step);
    if (info->waits.count)
        meet_waiting(step, event);
    if (info->anchored.count)
        anchor_came(step, info->anchored, false);
    run_moves(step);
    if (step->asked)
        stop_tracks(step);
    if (info->starts.count)
        ask_starts(step, info);
    if (info->musts.count)
        open_musts(step, info->musts);
    return !step->failed && settle(step);
}

/* The facts go out again and the windows back: as if it had not been tried. */
static void put_back(VmStep *step, uint32_t event, uint32_t happened)
{
    swap_facts(step);
    uncount_windows(step, event);
    step->vm->happened_count = happened;
}

/* With the entry's facts in place: choose, then wait or take effect. */
static bool decide(VmStep *step, uint32_t event)
{
    uint32_t happened = step->vm->happened_count;
    place_entry_facts(step);
    if (step->program->events[event].windows.count)
        count_windows(step, event);
    bool chosen = choose_moves(step, event);
    bool asks = chosen && !step->approval && !step->entry->approval_unsaid;
    const AlternativeInfo *line = asks ? needs_approval(step) : NULL;
    if (chosen && !line && check_approvals(step) && check_leaving(step))
        return take_effect(step, event);
    put_back(step, event, happened);
    return line && wait_for_approval(step, line);
}

bool apply_event(VmStep *step)
{
    uint32_t event = step->entry->name;
    if (event == NO_INDEX)
        return refuse(step, REFUSED_UNKNOWN_EVENT);
    const EventInfo *info = &step->program->events[event];
    step->refusal->event = event;
    find_handlers(step, event);
    if (!is_possible(step, event))
        return refuse(step, info->is_work ? REFUSED_NOT_OPEN : REFUSED_NOT_POSSIBLE);
    if (step->approves && !step->approval && is_waiting(step, event))
        return refuse(step, REFUSED_AWAITING_APPROVAL);
    if (!may_do(step, info) || !brings_all(step, info))
        return false;
    const HandlerInfo *hold = find_hold(step, event);
    return hold ? hold_entry(step, hold) : decide(step, event);
}
