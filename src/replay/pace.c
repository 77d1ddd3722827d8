/* In step with the log, or out of it: an event that the flow refused was applied in part,
 * elsewhere or not at all, so the case may stand where the log's case did not. Until
 * something is accepted on that track again, what is refused because of where the case
 * stands follows from the first refusal, and is no finding of its own. */
#include "replay/replay_internal.h"

bool is_about_place(RefusalCode code)
{
    switch (code) {
    case REFUSED_WRONG_ROLE:
    case REFUSED_NOT_DEPUTY:
    case REFUSED_NOT_ASSIGNED:
    case REFUSED_SEPARATION:
    case REFUSED_MISSING_FACT:
    case REFUSED_WRONG_FACT:
    case REFUSED_MISSING_REASON:
    case REFUSED_WRONG_TICK:
    case REFUSED_MISSING_TICK:
    case REFUSED_MISSING_PERSON:
        return false;
    default:
        return true;
    }
}

typedef void (*TrackVisit)(Replayer *replayer, uint32_t track, bool *any);

/* The tracks that an event bears on: those that handle it, whose work it does, or that
 * start on it. */
static bool visit_tracks(Replayer *replayer, uint32_t event, TrackVisit visit)
{
    const Program *program = replayer->program;
    const EventInfo *info = &program->events[event];
    bool any = false;
    for (uint32_t i = 0; i < info->tracks.count; i++)
        visit(replayer, program->indices[info->tracks.first + i], &any);
    for (uint32_t i = 0; i < info->works.count; i++)
        visit(replayer, program->works[program->indices[info->works.first + i]].track, &any);
    for (uint32_t i = 0; i < info->starts.count; i++)
        visit(replayer, program->starts[program->indices[info->starts.first + i]].track, &any);
    return any;
}

static void look(Replayer *replayer, uint32_t track, bool *any)
{
    *any = *any || replayer->out_of_step[track];
}

static void lose(Replayer *replayer, uint32_t track, bool *any)
{
    (void)any;
    replayer->out_of_step[track] = true;
}

bool is_out_of_step(const Replayer *replayer, uint32_t event)
{
    return visit_tracks((Replayer *)replayer, event, look);
}

/* Tracks that start by a condition may have waited for it too. */
void lose_step(Replayer *replayer, uint32_t event)
{
    const Program *program = replayer->program;
    visit_tracks(replayer, event, lose);
    for (uint32_t i = 0; i < program->edge_starts.count; i++) {
        const StartInfo *start =
            &program->starts[program->indices[program->edge_starts.first + i]];
        if (!record_track(program, replayer->record, start->track)[TRACK_RUNNING])
            replayer->out_of_step[start->track] = true;
    }
}

void lose_every_step(Replayer *replayer)
{
    for (uint32_t track = 0; track < replayer->program->track_count; track++)
        replayer->out_of_step[track] = true;
}

void keep_step(Replayer *replayer, const Entry *entry, uint32_t from)
{
    for (uint32_t i = from; i < replayer->vm.happened_count; i++) {
        const Happened *item = &replayer->vm.happened[i];
        if (item->entry != entry->number)
            continue;
        if (item->kind == HAPPENED_MOVED || item->kind == HAPPENED_STARTED)
            replayer->out_of_step[item->track] = false;
        else if (item->kind == HAPPENED_DONE)
            replayer->out_of_step[replayer->program->works[item->work].track] = false;
    }
}

void keep_rules(Replayer *replayer)
{
    for (uint32_t rule = 0; replayer->any_broken && rule < replayer->program->rule_count;
         rule++)
        replayer->rule_broken[rule] = false; /* each is judged on the result of each step */
    replayer->any_broken = false;
}
