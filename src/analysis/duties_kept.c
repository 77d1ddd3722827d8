/* Can a `must` still be kept, wherever a case gets to? Backwards from the steps in which
 * it was met; where none follows, people are let act as promptly as they can before
 * anything is said. */
#include <stdlib.h>

#include "analysis/duties.h"
#include "analysis/knowledge.h"
#include "base/mem.h"

#define TRIED_MOST 16u /* doubtful steps that are lived on from, for one duty */

typedef struct Following {
    Duties *duties;
    Explorer *explorer;
    uint32_t must;
    bool *kept; /* per step: it can be met from there, for all that was looked at */
} Following;

static const int64_t *slots_at(const Following *following, uint32_t step)
{
    return record_work(following->explorer->analysis->program,
                       explore_record(following->explorer, step), following->must);
}

static bool is_owed(const Following *following, uint32_t step)
{
    const int64_t *slots = slots_at(following, step);
    return slots[WORK_STATUS] == WORK_OPEN && !(slots[WORK_FLAGS] & WORK_FLAG_MISSED) &&
           explore_record(following->explorer, step)[SLOT_STATUS] == CASE_OPEN;
}

static void spread_back(const Following *following)
{
    const Explorer *explorer = following->explorer;
    bool changed = true;
    while (changed) {
        changed = false;
        for (size_t i = explorer->edge_count; i-- > 0;) {
            ExploreEdge edge = explorer->edges[i];
            if (following->kept[edge.from] || !following->kept[edge.to] ||
                !is_owed(following, edge.to))
                continue;
            following->kept[edge.from] = changed = true;
        }
    }
}

static void find_kept(const Following *following)
{
    const Duties *duties = following->duties;
    const Explorer *explorer = following->explorer;
    for (size_t i = explorer->entered; i < explorer->count; i++)
        following->kept[i] = true; /* not looked at: no reason to doubt */
    for (size_t i = 0; i < duties->met_count; i++)
        if (duties->met[i].work == following->must)
            following->kept[duties->met[i].from] = true;
    spread_back(following);
}

/* Does any way lead from where the case stands to where the duty can be done? */
static bool leads_there(const Following *following, uint32_t step)
{
    const Analysis *analysis = following->duties->analysis;
    const Flow *flow = analysis->flow;
    const int64_t *record = explore_record(following->explorer, step);
    bool *reached = mem_alloc_array(analysis->known->node_count + 1, sizeof *reached);
    for (uint32_t i = 0; i < flow->track_count; i++) {
        const int64_t *track = record_track(analysis->program, record, i);
        if (!track[TRACK_RUNNING])
            continue;
        reached[node_of_track(flow, (int32_t)i)] = true;
        if (track[TRACK_STATE])
            reached[node_of_state((int32_t)track[TRACK_STATE] - 1)] = true;
    }
    knowledge_spread(analysis->known, reached);
    const int32_t event = flow->work_at[following->must]->event;
    bool leads = !flow->event_at[event]->is_work;
    for (uint32_t i = 0; i < flow->work_count && !leads; i++) {
        const Work *work = flow->work_at[i];
        leads = work->kind <= WORK_REVIEW && work->event == event &&
                reached[work->state >= 0 ? node_of_state(work->state)
                                         : node_of_track(flow, work->track)];
    }
    free(reached);
    return leads;
}

typedef struct Meeting {
    uint32_t must;
    bool met;
} Meeting;

static bool look_for_met(void *context, Explorer *explorer, uint32_t step,
                         const int64_t *record)
{
    Meeting *meeting = context;
    (void)step;
    (void)record;
    for (uint32_t i = 0; i < explorer->vm.happened_count; i++) {
        const Happened *item = &explorer->vm.happened[i];
        meeting->met |= item->kind == HAPPENED_DONE && item->work == meeting->must &&
                        item->outcome != OUTCOME_MET_LATE;
    }
    return !meeting->met;
}

static void say_lost(const Following *following, uint32_t step)
{
    Analysis *analysis = following->duties->analysis;
    const Work *must = analysis->flow->work_at[following->must];
    Diag *diag = finding(analysis, must->name_span, "CF505",
                         "This must be done in time, but a case can get where it cannot, in "
                         "%u steps",
                         following->explorer->steps[step].depth);
    if (!diag)
        return;
    const int64_t *record = explore_record(following->explorer, step);
    Moment next = moment_at(moment_instant(record[SLOT_CLOCK]) + MINUTE_MS, RANK_ENTRY);
    Text then = {0};
    explore_write_place(following->explorer, record, &then);
    text_addf(&then, "\n  when %s on ", must->name);
    explore_write_time(following->explorer, next, &then);
    text_addf(&then, "\n  then %s is refused\n  and %s is open", must->name, must->name);
    explore_tell(following->explorer, step, diag, "A duty that can no longer be kept",
                 text_get(&then));
    text_clear(&then);
    char due[TIME_TEXT_MAX];
    moment_format_long(analysis->program->zone, slots_at(following, step)[WORK_DUE], due);
    diag_help(analysis->diags, diag,
              "It is owed by %s, and from there nothing that anybody can do leads to\n"
              "\"%s\" by then. Let it be done there too, let the case not get there before\n"
              "it is done, or say of which cases it is asked: must %s … when …",
              due, must->name, must->name);
}

/* Somebody waited on purpose until the last moment: then it is they who are late. */
static bool was_waited(const Explorer *explorer, uint32_t step)
{
    for (int32_t at = (int32_t)step; at >= 0; at = explorer->steps[at].parent)
        if (explorer->steps[at].passes && explore_at_last(explorer, (uint32_t)at))
            return true;
    return false;
}

/* Unknown: so much can happen that nobody can tell. */
static Verdict follow_must(const Following *following)
{
    Explorer *explorer = following->explorer;
    uint32_t tried = 0;
    find_kept(following);
    for (uint32_t step = 0; step < explorer->entered; step++) {
        if (following->kept[step] || !is_owed(following, step) || was_waited(explorer, step))
            continue;
        Meeting meeting = {following->must, false};
        bool leads = leads_there(following, step);
        if (leads && (tried++ == TRIED_MOST ||
                      !explore_on(explorer, step, slots_at(following, step)[WORK_DUE],
                                  look_for_met, &meeting)))
            return IS_UNKNOWN;
        if (!meeting.met) {
            say_lost(following, step);
            return IS_NO;
        }
    }
    return IS_YES;
}

static void say_not_all(const Following *following, bool whole)
{
    Analysis *analysis = following->duties->analysis;
    const Explorer *explorer = following->explorer;
    const Work *must = analysis->flow->work_at[following->must];
    if (whole && !explorer->stopped) {
        if (following->duties->opened[following->must])
            return;
        Diag *diag = finding(analysis, must->name_span, "CF503",
                             "This rule adds nothing: no case ever comes to owe it");
        if (diag)
            diag_help(analysis->diags, diag,
                      "Every story was tried, and in none did what it is counted from happen\n"
                      "while its condition held.");
        return;
    }
    Diag *diag = analysis->flow->event_at[must->event]->is_work
                     ? finding(analysis, must->name_span, "CF504",
                               "No case was found in which this cannot be done in time, but "
                               "not all were tried")
                     : NULL; /* who waits for a declared event may always record it */
    if (diag)
        explore_say_bound(explorer, diag);
}

bool duties_say_kept(Duties *duties, Explorer *explorer, const Work *must)
{
    Following following = {.duties = duties,
                           .explorer = explorer,
                           .must = (uint32_t)must->index,
                           .kept = mem_alloc_array(explorer->count + 1, sizeof(bool))};
    Verdict kept = follow_must(&following);
    if (kept != IS_NO)
        say_not_all(&following, kept == IS_YES);
    free(following.kept);
    return kept == IS_NO;
}
