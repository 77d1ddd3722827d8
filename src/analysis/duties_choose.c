/* Which duties of a flow are worth following: where nothing can be found, no time is spent. */
#include <stdlib.h>

#include "analysis/beside.h"
#include "analysis/duties.h"
#include "analysis/times.h"
#include "base/mem.h"

const Work *work_before(const Flow *flow, const Work *work)
{
    for (uint32_t i = 0; work->after.text && i < flow->work_count; i++) {
        const Work *other = flow->work_at[i];
        if (other->event == work->after.index && other->track == work->track)
            return other;
    }
    return NULL;
}

/* ---- is it opened by something that has a limit of its own? ------------------------------ */

static bool is_timed(const Flow *flow, const Work *but, int32_t event)
{
    for (uint32_t i = 0; i < flow->work_count; i++)
        if (flow->work_at[i] != but && flow->work_at[i]->event == event &&
            flow->work_at[i]->limit.has_limit)
            return true;
    return false;
}

static bool is_recorded_in_time(const Flow *flow, const Work *but, int32_t fact)
{
    for (uint32_t i = 0; i < flow->work_count; i++)
        for (const Records *records = flow->work_at[i]->records; records;
             records = records->next)
            if (records->fact.index == fact && flow->work_at[i] != but &&
                flow->work_at[i]->limit.has_limit)
                return true;
    return false;
}

static bool has_timed_work(const Flow *flow, const Work *but, int32_t track)
{
    for (uint32_t i = 0; i < flow->work_count; i++)
        if (flow->work_at[i] != but && flow->work_at[i]->track == track &&
            flow->work_at[i]->limit.has_limit)
            return true;
    return false;
}

static bool waits_for_timed(const Flow *flow, const Work *work, const Expr *expr)
{
    if (!expr)
        return false;
    bool found = false;
    for (const Expr *part = expr->parts; part && !found; part = part->next)
        found = waits_for_timed(flow, work, part);
    switch (expr->kind) {
    case EXPR_AND:
    case EXPR_OR:
    case EXPR_NOT:
    case EXPR_ALL_TASKS_DONE:
        return found;
    case EXPR_TERM:
        return waits_for_timed(flow, work, flow->term_at[expr->ref.index]->condition);
    case EXPR_COMPARE:
    case EXPR_KNOWN:
    case EXPR_NOT_KNOWN:
        return is_recorded_in_time(flow, work, expr->ref.index);
    case EXPR_WINDOW:
        return is_timed(flow, work, expr->ref.index);
    case EXPR_TRACK_RUNNING:
    case EXPR_TRACK_NOT_RUNNING:
    case EXPR_TRACK_ENDED:
    case EXPR_TRACK_NOT_ENDED:
    case EXPR_TRACK_AT:
    case EXPR_TRACK_NOT_AT:
        break;
    }
    return has_timed_work(flow, work, expr->ref.index);
}

static bool starts_with_timed(const Flow *flow, const Work *work)
{
    AnchorKind from = work->limit.anchor.kind;
    if (work->track == 0 ||
        (from != ANCHOR_EVENT && from != ANCHOR_FIRST_EVENT && from != ANCHOR_OPENING))
        return false;
    for (const StartsLine *start = flow->track_at[work->track]->starts; start;
         start = start->next) {
        if (waits_for_timed(flow, work, start->condition))
            return true;
        for (const Ref *ref = start->events.first; ref; ref = ref->next)
            if (is_timed(flow, work, ref->index))
                return true;
    }
    return false;
}

/* It waits for something with a limit of its own, and is not counted from there. */
static bool may_be_out_of_order(const Flow *flow, const Work *work)
{
    if (!work->limit.has_limit || work->limit.before)
        return false;
    const Work *before = work_before(flow, work);
    bool compared = before && same_anchor(&work->limit.anchor, &before->limit.anchor);
    if (work->kind == WORK_MUST || (before && before->limit.has_limit && !compared))
        return true; /* those compared are CF304's */
    return work->kind == WORK_TASK &&
           (waits_for_timed(flow, work, work->only_when) || starts_with_timed(flow, work));
}

/* ---- all of them ------------------------------------------------------------------------- */

static bool is_telling(const Work *work, bool of_tasks)
{
    for (const Effect *effect = work->if_missed.effects; effect; effect = effect->next)
        if (effect->kind == EFFECT_GO_TO)
            return true;
    return work->kind == (of_tasks ? WORK_TASK : WORK_MUST);
}

/* Work of tracks that may be left open, as far as can be told without trying stories. */
static void find_owed(Duties *duties)
{
    const Flow *flow = duties->analysis->flow;
    bool *followed = mem_alloc_array(flow->track_count + 1, sizeof *followed);
    for (uint32_t i = 0; i < flow->work_count; i++) {
        const Work *work = flow->work_at[i];
        if (work->track == 0 || followed[work->track] || work->kind != WORK_TASK ||
            !work->limit.has_limit)
            continue;
        followed[work->track] = true;
        beside_find_left(duties->analysis, work->track, duties->owed);
    }
    free(followed);
}

void duties_begin(Analysis *analysis, bool of_tasks, Duties *duties)
{
    const Flow *flow = analysis->flow;
    *duties = (Duties){.analysis = analysis};
    duties->ordered = mem_alloc_array(flow->work_count + 1, sizeof *duties->ordered);
    duties->tells = mem_alloc_array(flow->work_count + 1, sizeof *duties->tells);
    duties->owed = mem_alloc_array(flow->work_count + 1, sizeof *duties->owed);
    duties->opened = mem_alloc_array(flow->work_count + 1, sizeof *duties->opened);
    if (!of_tasks)
        find_owed(duties);
    for (uint32_t i = 0; i < flow->work_count; i++) {
        const Work *work = flow->work_at[i];
        bool is_must = work->kind == WORK_MUST;
        duties->ordered[i] = is_must != of_tasks && may_be_out_of_order(flow, work);
        duties->owed[i] |= is_must && !of_tasks;
        duties->any |= duties->ordered[i] || duties->owed[i];
        duties->tells[i] = is_telling(work, of_tasks);
    }
}

void duties_add_to(const Duties *duties, Cone *cone)
{
    const Flow *flow = duties->analysis->flow;
    for (uint32_t i = 0; i < flow->work_count; i++)
        if (duties->ordered[i] || duties->owed[i]) {
            cone_add_event(cone, flow->work_at[i]->event);
            cone_add_track(cone, flow->work_at[i]->track);
        }
}

/* ---- tasks that are due before what they wait for ---------------------------------------- */

#define ORDER_STEPS_MAX 8000u

static bool look_at_tasks(void *context, Explorer *explorer, uint32_t step,
                          const int64_t *record)
{
    duties_look(context, explorer, step, record);
    return duties_left(context);
}

void check_order_of_duties(Analysis *analysis)
{
    Duties duties;
    duties_begin(analysis, true, &duties);
    if (duties.any) {
        Explorer explorer;
        Cone cone;
        cone_begin(analysis, &cone);
        duties_add_to(&duties, &cone);
        cone_grow(&cone);
        explorer_begin(analysis, &explorer);
        explorer.events = cone.events;
        explorer.facts = cone.facts;
        explorer.works = duties.tells;
        explorer.waits = true;
        explorer.most_steps = ORDER_STEPS_MAX;
        explore(&explorer, look_at_tasks, &duties);
        duties_say_found(&duties);
        explorer_clear(&explorer);
        cone_clear(&cone);
    }
    duties_clear(&duties);
}
