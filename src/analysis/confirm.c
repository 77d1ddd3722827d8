#include "analysis/confirm.h"

#include <stdlib.h>

#include "analysis/cone.h"
#include "analysis/explore.h"
#include "analysis/knowledge.h"
#include "base/mem.h"

#define STEPS_MAX 3000u   /* for one doubt */
#define TRIES_MAX 60000u  /* likewise */
#define ALL_MAX   400000u /* for all of a flow, which has to be put right anyway */

typedef struct Confirming {
    const Doubt *doubt;
    const char *title;
    Text *story, *scenario;
    bool found;
} Confirming;

static bool is_there(const Analysis *analysis, const int64_t *record, uint32_t node)
{
    const Flow *flow = analysis->flow;
    bool is_state = node < flow->state_count;
    uint32_t index =
        is_state ? (uint32_t)flow->state_at[node]->track : node - flow->state_count;
    const int64_t *track = record_track(analysis->program, record, index);
    return track[TRACK_RUNNING] && (!is_state || track[TRACK_STATE] == (int64_t)node + 1);
}

static void tell(Confirming *confirming, const Explorer *explorer, uint32_t step,
                 const char *then)
{
    confirming->found = true;
    explore_write_story(explorer, step, confirming->story);
    explore_write_scenario(explorer, step, confirming->title, then, confirming->scenario);
}

/* The work was closed with the case, and not done in the same step. */
static bool is_left(const Explorer *explorer, const int64_t *record, const Work *work)
{
    bool left = false;
    for (uint32_t i = 0; i < explorer->vm.happened_count; i++)
        left |= explorer->vm.happened[i].kind == HAPPENED_UNFINISHED &&
                explorer->vm.happened[i].work == (uint32_t)work->index;
    return left && record[SLOT_STATUS] == CASE_CLOSED;
}

static bool look_for_left(Confirming *confirming, const Explorer *explorer, uint32_t step,
                          const int64_t *record)
{
    const Work *work = confirming->doubt->left;
    if (!is_left(explorer, record, work))
        return true;
    Text then = {0};
    explore_write_place(explorer, record, &then);
    text_addf(&then, "\n  and %s is closed-unfinished", work->name);
    tell(confirming, explorer, step, text_get(&then));
    text_clear(&then);
    return false;
}

static bool look(void *context, Explorer *explorer, uint32_t step, const int64_t *record)
{
    Confirming *confirming = context;
    const Analysis *analysis = explorer->analysis;
    const Doubt *doubt = confirming->doubt;
    if (doubt->left)
        return look_for_left(confirming, explorer, step, record);
    if (doubt->work < 0)
        return true;
    const int64_t *work = record_work(analysis->program, record, (uint32_t)doubt->work);
    if (work[WORK_STATUS] != WORK_OPEN || work[WORK_OUTCOME] != OUTCOME_NOT_STARTED)
        return true;
    Text then = {0};
    text_addf(&then, "%s is not-started", analysis->flow->work_at[doubt->work]->name);
    tell(confirming, explorer, step, text_get(&then));
    text_clear(&then);
    return false;
}

static bool is_line(const Analysis *analysis, const Line *line, uint32_t alternative)
{
    const AlternativeInfo *refused = &analysis->program->alternatives[alternative];
    return !line || (refused->file == line->span.file && refused->offset == line->span.offset);
}

static bool is_meant(const Doubt *doubt, const Explorer *explorer, uint32_t step,
                     const Refusal *refusal)
{
    const ExploreStep *tried = &explorer->steps[step];
    const Analysis *analysis = explorer->analysis;
    if (doubt->fact >= 0 && refusal->fact != (uint32_t)doubt->fact)
        return false;
    if (doubt->rule >= 0)
        return (refusal->code == REFUSED_NEVER || refusal->code == REFUSED_ALWAYS) &&
               refusal->rule == (uint32_t)doubt->rule;
    return refusal->code == doubt->refused && tried->entry.name == (uint32_t)doubt->event &&
           is_line(analysis, doubt->line, refusal->alternative) &&
           (tried->parent < 0 ||
            is_there(analysis, explore_record(explorer, step), doubt->node));
}

static bool look_at_refusal(void *context, const Explorer *explorer, uint32_t step,
                            const Refusal *refusal)
{
    Confirming *confirming = context;
    const Entry *entry = &explorer->steps[step].entry;
    if (confirming->doubt->refused == REFUSED_NOT || entry->kind == ENTRY_APPROVE ||
        !is_meant(confirming->doubt, explorer, step, refusal))
        return true;
    Text then = {0};
    text_addf(&then, "%s is refused as %s",
              explorer->analysis->program->events[entry->name].name,
              refusal_code_text(refusal->code));
    tell(confirming, explorer, step, text_get(&then));
    text_clear(&then);
    return false;
}

/* ---- the way there ------------------------------------------------------------------------
 */

/* Per node: how many ways lead from there to `goal` at least. */
static uint32_t *distances_to(const Knowledge *known, uint32_t goal)
{
    uint32_t *distance = mem_alloc_array(known->node_count + 1, sizeof *distance);
    uint32_t *queue = mem_alloc_array(known->node_count + 1, sizeof *queue);
    Graph back = graph_new(known->node_count);
    for (uint32_t from = 0; from < known->node_count; from++) {
        distance[from] = UINT32_MAX;
        for (int32_t i = known->ways.first[from]; i >= 0; i = known->ways.edges[i].next)
            graph_add(&back, known->ways.edges[i].to, from, (Span){0}, NULL);
    }
    uint32_t count = 0;
    distance[goal] = 0;
    queue[count++] = goal;
    for (uint32_t head = 0; head < count; head++)
        for (int32_t i = back.first[queue[head]]; i >= 0; i = back.edges[i].next) {
            uint32_t node = back.edges[i].to;
            if (distance[node] != UINT32_MAX)
                continue;
            distance[node] = distance[queue[head]] + 1;
            queue[count++] = node;
        }
    free(queue);
    graph_clear(&back);
    return distance;
}

static void find_cone(Analysis *analysis, const Doubt *doubt, Cone *cone)
{
    const Flow *flow = analysis->flow;
    cone_begin(analysis, cone);
    cone_add_track(cone, doubt->node < flow->state_count
                             ? flow->state_at[doubt->node]->track
                             : (int32_t)(doubt->node - flow->state_count));
    if (doubt->event >= 0)
        cone_add_event(cone, doubt->event);
    if (doubt->left)
        cone_add_event(cone, doubt->left->event);
    if (doubt->rule >= 0)
        cone_add_condition(cone, flow->rule_at[doubt->rule]->condition);
    cone_grow(cone);
}

Verdict confirm(Analysis *analysis, const Doubt *doubt, const char *title, Text *story,
                Text *scenario)
{
    Confirming confirming = {doubt, title, story, scenario, false};
    Explorer explorer;
    Cone cone;
    if (analysis->doubt_tries >= ALL_MAX)
        return IS_UNKNOWN;
    find_cone(analysis, doubt, &cone);
    uint32_t *distance = distances_to(analysis->known, doubt->node);
    explorer_begin(analysis, &explorer);
    explorer.events = cone.events;
    explorer.facts = cone.facts;
    explorer.distance = distance;
    explorer.unknown = doubt->fact;
    explorer.without = doubt->without;
    explorer.refused = look_at_refusal;
    explorer.most_steps = STEPS_MAX;
    explorer.most_tries = TRIES_MAX;
    explore(&explorer, look, &confirming);
    analysis->doubt_tries += explorer.tries;
    Verdict verdict = confirming.found ? IS_YES : explorer.stopped ? IS_UNKNOWN : IS_NO;
    explorer_clear(&explorer);
    cone_clear(&cone);
    free(distance);
    return verdict;
}

void say_unconfirmed(Analysis *analysis, Span span, const char *what)
{
    Diag *diag = finding(analysis, span, "CF504",
                         "No case was found in which %s, but not all were tried", what);
    if (diag)
        diag_help(
            analysis->diags, diag,
            "Following each fact by itself it could be so; no story was found in which it\n"
            "is, among some %u entries tried.",
            TRIES_MAX);
}
