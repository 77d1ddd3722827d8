/* Where a scenario begins: the case is put at a state, with the facts, tracks and
 * events that are given. Nothing else has happened: no line is followed, no track
 * starts, nobody is told. */
#include "vm/internal.h"

static void place_facts(VmStep *step)
{
    const Entry *entry = step->entry;
    for (uint32_t i = 0; i < entry->fact_count; i++)
        *slot_of_fact(step, entry->facts[i].fact) = entry->facts[i].value;
}

/* Before anything is opened, since limits are counted from them; also those that
 * come after the moment of the case (ruling 3). */
static void place_events(VmStep *step, const GivenCase *given)
{
    for (uint32_t i = 0; i < given->event_count; i++) {
        const GivenEvent *event = &given->events[i];
        int64_t *slots = slots_of_event(step, event->event);
        slots[EVENT_LAST] = event->at;
        if (slots[EVENT_FIRST] == MOMENT_NONE)
            slots[EVENT_FIRST] = event->at;
        slots[EVENT_PERSON] = event->person;
        step->now = event->at;
        count_windows(step, event->event);
    }
}

static void place_track(VmStep *step, uint32_t track, uint32_t state, Moment since)
{
    int64_t *slots = slots_of_track(step, track);
    Slice works = step->program->tracks[track].works;
    step->now = since;
    slots[TRACK_RUNNING] = 1;
    slots[TRACK_STARTED] = since;
    slots[TRACK_RUNS]++;
    for (uint32_t i = 0; i < works.count; i++)
        open_work(step, step->program->indices[works.first + i]);
    run_effects(step, step->program->states[state].enter, track);
}

/* A given event does the given work that was open when it came (ruling 3). */
static void do_given(VmStep *step, const GivenEvent *event)
{
    const EventInfo *info = &step->program->events[event->event];
    const Slice lists[] = {info->works, info->waits};
    step->now = event->at;
    for (uint32_t i = 0; i < 2; i++) {
        for (uint32_t k = 0; k < lists[i].count; k++) {
            uint32_t work = step->program->indices[lists[i].first + k];
            const int64_t *slots = view_of_work(step, work);
            if (slots[WORK_STATUS] == WORK_OPEN && slots[WORK_OPENED] <= event->at)
                finish_work(step, work, step->entry->number);
        }
    }
    refresh_works(step);
}

/* What holds already does not become true later. */
static void keep_edges(VmStep *step)
{
    Slice starts = step->program->edge_starts;
    for (uint32_t i = 0; i < starts.count; i++) {
        uint32_t start = step->program->indices[starts.first + i];
        step->record[step->program->slot_starts + start] =
            vm_judge(step->program, step->record, step->program->starts[start].condition) ==
            YES;
    }
}

static bool place_new(VmStep *step, const GivenCase *given)
{
    step->record[SLOT_OPENED] = given->since;
    step->now = given->since;
    note(step, HAPPENED_OPENED);
    start_track(step, 0);
    open_first_musts(step);
    return settle(step);
}

bool apply_given(VmStep *step)
{
    const GivenCase *given = step->entry->given;
    step->record[SLOT_STATUS] = CASE_OPEN;
    place_facts(step);
    place_events(step, given);
    assign_persons(step);
    if (given->is_new)
        return place_new(step, given);
    place_track(step, 0, given->state, given->since);
    for (uint32_t i = 0; i < given->track_count; i++)
        place_track(step, given->tracks[i].track, given->tracks[i].state,
                    given->tracks[i].since);
    for (uint32_t i = 0; i < given->event_count; i++)
        do_given(step, &given->events[i]);
    step->now = step->entry->at;
    refresh_works(step);
    keep_edges(step);
    step->dirty = true;
    if (step->closing)
        close_case(step);
    return !step->failed;
}
