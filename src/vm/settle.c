/* What follows by itself from a move, in rounds, until nothing changes: runs of
 * finished lists end, tracks start, work opens or is excluded, `starts when` and
 * `as soon as` fire. All conditions of a round are judged on one picture and each
 * track moves once a round (ruling 13). Then the standing rules. */
#include "vm/internal.h"

/* ---- starts -------------------------------------------------------------- */

/* Starts a track, or keeps the start when a run goes on (language.md, meaning 8). */
void ask_start(VmStep *step, uint32_t start)
{
    const StartInfo *info = &step->program->starts[start];
    const int64_t *slots = slots_of_track(step, info->track);
    if (info->once && slots[TRACK_RUNS] > 0)
        return;
    tell_taken(step, TAKEN_START, start);
    ask_track(step, step->starting, info->track);
}

static void keep_start(VmStep *step, uint32_t track)
{
    int64_t *slots = slots_of_track(step, track);
    if (!step->program->tracks[track].has_end || slots[TRACK_KEPT])
        return;
    slots[TRACK_KEPT] = step->entry ? step->entry->number : -1;
    note(step, HAPPENED_START_KEPT)->track = track;
}

static void start_asked(VmStep *step)
{
    for (uint32_t track = 1; track < step->program->track_count; track++) {
        if (!is_marked(step, step->starting, track))
            continue;
        step->starting[track] = 0;
        if (slots_of_track(step, track)[TRACK_RUNNING])
            keep_start(step, track);
        else
            start_track(step, track);
    }
}

void stop_tracks(VmStep *step)
{
    for (uint32_t track = 1; track < step->program->track_count; track++) {
        if (!is_marked(step, step->stopping, track))
            continue;
        step->stopping[track] = 0;
        end_run(step, track, 0);
    }
}

/* The event in hand is one that the line's windows count. */
static bool is_counted(const VmStep *step, const StartInfo *info)
{
    for (uint32_t i = 0; step->entry && i < info->counted.count; i++)
        if (step->program->indices[info->counted.first + i] == step->entry->name)
            return true;
    return false;
}

/* `starts when`: when it becomes true, and again only after having been false
 * (ruling 16). */
static void watch_edges(VmStep *step)
{
    const Program *program = step->program;
    for (uint32_t i = 0; i < program->edge_starts.count; i++) {
        uint32_t start = program->indices[program->edge_starts.first + i];
        const StartInfo *info = &program->starts[start];
        int64_t *was = step->record + program->slot_starts + start;
        int64_t is = judge(step, info->condition) == YES;
        bool rises = is && !*was;
        *was = is;
        if (!rises || (is_marked(step, step->handled, info->track) && is_counted(step, info)))
            continue;
        ask_start(step, start);
        step->changed = true;
    }
}

/* ---- ends of lists ------------------------------------------------------- */

static void end_lists(VmStep *step)
{
    const Program *program = step->program;
    for (uint32_t i = 0; i < step->list_count; i++) {
        uint32_t track = step->lists[i];
        if (slots_of_track(step, track)[TRACK_RUNNING] &&
            tasks_are_done(program, step->record, program->tracks[track].works))
            end_run(step, track, 0);
    }
}

/* ---- as soon as ---------------------------------------------------------- */

/* Two clauses that lead to different states: refused, or reported where nobody
 * could be refused. */
static const AsSoonInfo *clash(VmStep *step, uint32_t state)
{
    if (step->entry)
        step->refusal->state = state;
    if (step->entry && !refuse(step, REFUSED_SEVERAL_ALTERNATIVES)) {
        step->failed = true;
    } else {
        note(step, HAPPENED_FAULT)->state = state;
        step->record[SLOT_FAULTS]++;
    }
    return NULL;
}

/* The clause of the state that applies now, or NULL; it waits for work to be done
 * before leaving (ruling 20). */
static const AsSoonInfo *pick_as_soon(VmStep *step, uint32_t state)
{
    Slice clauses = step->program->states[state].as_soon;
    const AsSoonInfo *found = NULL;
    for (uint32_t i = 0; i < clauses.count; i++) {
        const AsSoonInfo *clause = &step->program->as_soons[clauses.first + i];
        if (judge(step, clause->condition) != YES)
            continue;
        if (found && found->target != clause->target)
            return clash(step, state);
        found = clause;
    }
    return found && holds_back(step, state) != NO_INDEX ? NULL : found;
}

static void move_as_soon(VmStep *step)
{
    uint32_t count = 0;
    for (uint32_t i = 0; i < step->soon_track_count; i++) {
        uint32_t track = step->soon_tracks[i];
        const int64_t *slots = slots_of_track(step, track);
        if (!slots[TRACK_RUNNING] || !slots[TRACK_STATE] || (track == 0 && step->closing))
            continue;
        const AsSoonInfo *clause = pick_as_soon(step, (uint32_t)slots[TRACK_STATE] - 1);
        if (clause)
            step->soon[count++] = (SoonMove){track, clause};
    }
    for (uint32_t i = 0; i < count; i++) {
        const AsSoonInfo *clause = step->soon[i].clause;
        tell_taken(step, TAKEN_AS_SOON, (uint32_t)(clause - step->program->as_soons));
        run_effects(step, clause->effects, step->soon[i].track);
    }
}

/* ---- rounds -------------------------------------------------------------- */

/* False when the budget is spent or something failed; the refusal is filled. */
bool settle_rounds(VmStep *step)
{
    if (step->moves_only) {
        if (step->closing)
            close_case(step);
        return !step->failed;
    }
    do {
        step->changed = false;
        end_lists(step);
        if (step->asked)
            start_asked(step);
        refresh_works(step);
        watch_edges(step);
        move_as_soon(step);
        if (step->asked)
            stop_tracks(step);
        if (step->failed)
            return false;
        if (step->changed && step->budget-- == 0)
            return refuse(step, REFUSED_STEP_BUDGET);
    } while (step->changed);
    if (!check_rules(step))
        return false;
    if (step->closing)
        close_case(step);
    return true;
}

/* ---- standing rules ------------------------------------------------------ */

/* In the state now, or brought to its end there in this very step. */
static bool is_in(const VmStep *step, uint32_t state)
{
    const int64_t *track = slots_of_track(step, step->program->states[state].track);
    int64_t there = (int64_t)state + 1;
    return track[TRACK_STATE] == there ||
           (!track[TRACK_RUNNING] && track[TRACK_LAST_STATE] == there &&
            track[TRACK_ENTERED] == step->now);
}

static bool is_broken(VmStep *step, const RuleInfo *rule)
{
    const Program *program = step->program;
    if (rule->is_never) {
        if (!is_in(step, rule->state))
            return false;
    }
    Truth truth = judge(step, rule->condition);
    bool broken = rule->is_never ? truth != NO : truth != YES;
    if (broken && truth == UNKNOWN)
        step->refusal->fact = unknown_fact(program, step->record, rule->condition);
    return broken;
}

/* Judged on the result of the step, before a closing case ends its runs (ruling
 * 14). Where nobody could be refused, the step stands and the fault is reported
 * (ruling 15). */
bool check_rules(VmStep *step)
{
    if (step->entry && step->entry->kind == ENTRY_GIVEN)
        return true; /* the opening event, which may be what keeps a rule, is still to come */
    for (uint32_t i = 0; i < step->program->rule_count; i++) {
        const RuleInfo *rule = &step->program->rules[i];
        if (!is_broken(step, rule))
            continue;
        if (step->entry) {
            step->refusal->rule = i;
            step->refusal->state = rule->state;
            if (!refuse(step, rule->is_never ? REFUSED_NEVER : REFUSED_ALWAYS))
                return false;
        }
        note(step, HAPPENED_FAULT)->rule = i;
        step->record[SLOT_FAULTS]++;
    }
    return true;
}
