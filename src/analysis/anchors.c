/* What a limit is counted from, against the ways to where it stands: an anchor that
 * may never come (CF301), limits that are past on arrival (CF314), circles of missed
 * limits in which no time passes (CF312), and work that is left open where the case
 * ends (CF305). */
#include <stdlib.h>
#include <string.h>

#include "analysis/confirm.h"
#include "analysis/knowledge.h"
#include "analysis/times.h"
#include "base/mem.h"
#include "lang/graph.h"

static uint32_t node_of_work(const Flow *flow, const Work *work)
{
    return work->state >= 0 ? node_of_state(work->state) : node_of_track(flow, work->track);
}

/* ---- CF301 ------------------------------------------------------------------------------ */

static void say_no_anchor(Analysis *analysis, const Work *work, bool is_fact, const Text *story,
                          const Text *scenario)
{
    Diag *diag =
        finding(analysis, work->limit.anchor.span, "CF301",
                is_fact ? "\"%s\" is counted from \"%s\", which may never be recorded"
                        : "\"%s\" is counted from \"%s\", which may never have happened",
                work->name, work->limit.anchor.refs.first->text);
    if (!diag)
        return;
    diag_example(analysis->diags, diag, "%s", text_get(story));
    diag_scenario(analysis->diags, diag, text_get(scenario));
    diag_help(analysis->diags, diag,
              is_fact
                  ? "The limit would never start. Let an earlier step record it."
                  : "The limit would never start. Count from something that has happened on "
                    "every\nway here, for example: of entering");
}

/* May the event still come while the work is open? */
static bool can_still_come(const Analysis *analysis, const Work *work, int32_t event)
{
    const EventInfo *info = &analysis->program->events[event];
    if (!info->is_work)
        return true; /* recorded wherever somebody handles it: not proven */
    Brings brings;
    return brings_find(analysis->known, node_of_work(analysis->flow, work), event, &brings);
}

/* Says it when a story was lived through in which the work is open and its limit not started.
 */
static void look_into(Analysis *analysis, const Work *work, int32_t event, int32_t fact)
{
    const Ref *ref = work->limit.anchor.refs.first;
    Doubt doubt = {.node = node_of_work(analysis->flow, work),
                   .event = -1,
                   .rule = -1,
                   .fact = fact,
                   .work = work->index,
                   .without = event};
    Text story = {0}, scenario = {0}, what = {0};
    Verdict verdict = confirm(analysis, &doubt, "The limit never starts", &story, &scenario);
    text_addf(&what, "\"%s\" never comes", ref->text);
    if (verdict == IS_YES)
        say_no_anchor(analysis, work, fact >= 0, &story, &scenario);
    else if (verdict == IS_UNKNOWN)
        say_unconfirmed(analysis, work->limit.anchor.span, text_get(&what));
    text_clear(&story);
    text_clear(&scenario);
    text_clear(&what);
}

static void check_event_anchor(Analysis *analysis, const Work *work, const Ref *ref)
{
    const uint32_t node = node_of_work(analysis->flow, work);
    if (!analysis->known->at[node] || can_still_come(analysis, work, ref->index) ||
        !knowledge_leads(analysis->known, node, ref->index) || !may_trace(analysis))
        return;
    Knowledge *without = knowledge_without(analysis, ref->index);
    bool reached = without->at[node] != NULL;
    knowledge_clear(without);
    if (reached)
        look_into(analysis, work, ref->index, -1);
}

static bool recorded_somewhere(const Analysis *analysis, const Work *work, int32_t fact)
{
    const Flow *flow = analysis->flow;
    for (const EventAst *event = flow->events; event; event = event->next) {
        Brings brings;
        bool sometimes;
        const Expr *when;
        if (brings_find(analysis->known, node_of_work(flow, work), event->index, &brings) &&
            (brings_fact(&brings, fact, &sometimes, &when) || sometimes))
            return true;
    }
    return false;
}

static void check_fact_anchor(Analysis *analysis, const Work *work, const Ref *ref)
{
    const uint32_t node = node_of_work(analysis->flow, work);
    const Knowledge *known = analysis->known;
    if (!known->at[node] || !(known->at[node][ref->index] & PIECE_UNKNOWN) ||
        recorded_somewhere(analysis, work, ref->index))
        return;
    look_into(analysis, work, -1, ref->index);
}

static void check_anchor(Analysis *analysis, const Work *work)
{
    const Anchor *anchor = &work->limit.anchor;
    if (work->limit.span.length == 0 || work->kind == WORK_MUST || !anchor->refs.first)
        return;
    bool several = anchor->kind == ANCHOR_LATER_OF;
    if (several)
        return; /* counts from those that have happened */
    if (anchor->kind == ANCHOR_FACT)
        check_fact_anchor(analysis, work, anchor->refs.first);
    else
        check_event_anchor(analysis, work, anchor->refs.first);
}

/* ---- CF314 ------------------------------------------------------------------------------- */

static bool is_forward(const Work *work)
{
    return work->limit.has_limit && !work->limit.before && !work->limit.paused_while &&
           !work->limit.extended_by.count && !work->limit.paused_by.count;
}

/* `missed` leads to a state in which work with the same anchor was due before. */
static void compare_arrival(Analysis *analysis, const Work *missed, const Work *work)
{
    bool fresh =
        work->limit.anchor.kind == ANCHOR_ENTERING || work->limit.anchor.kind == ANCHOR_NONE;
    if (fresh || !is_forward(work) || !is_forward(missed) ||
        !same_anchor(&work->limit.anchor, &missed->limit.anchor) ||
        duration_order(analysis, &work->limit.limit, &work->limit, &missed->limit.limit,
                       &missed->limit) > 0 ||
        work == missed)
        return;
    Moment due, due_missed;
    if (!due_from(analysis, &work->limit.limit, &work->limit, analysis->story_day, &due) ||
        !due_from(analysis, &missed->limit.limit, &missed->limit, analysis->story_day,
                  &due_missed) ||
        due > due_missed)
        return;
    Diag *diag = finding(analysis, work->limit.span, "CF314",
                         "Where \"%s\" was missed, \"%s\" is overdue on arrival", missed->name,
                         work->name);
    if (!diag)
        return;
    diag_related(analysis->diags, diag, missed->limit.span, "counted from the same");
    diag_help(analysis->diags, diag,
              "Both are counted from the same. Count from entering, or allow more time.");
}

static void check_arrivals(Analysis *analysis, const Work *missed)
{
    for (const Effect *effect = missed->if_missed.effects; effect; effect = effect->next) {
        if (effect->kind != EFFECT_GO_TO)
            continue;
        const StateAst *state = analysis->flow->state_at[effect->ref.index];
        for (const Work *work = state->works; work; work = work->next)
            compare_arrival(analysis, missed, work);
    }
}

/* ---- CF312 ------------------------------------------------------------------------------- */

/* Once missed it is missed again at once when its state is entered anew: it is
 * counted from something that does not come again by itself. */
static bool is_past_for_good(const Work *work)
{
    const Anchor *anchor = &work->limit.anchor;
    bool plain = !work->only_when && !work->after.text && is_forward(work) &&
                 work->kind == WORK_TASK && work->state >= 0;
    return plain && (anchor->kind == ANCHOR_OPENING || anchor->kind == ANCHOR_EVENT ||
                     anchor->kind == ANCHOR_FIRST_EVENT || anchor->kind == ANCHOR_STARTING);
}

static void say_loop(void *context, const Circle *circle)
{
    Analysis *analysis = context;
    const Work *work = circle->edges[0]->data;
    Diag *diag =
        finding(analysis, circle->edges[0]->span, "CF312",
                "When \"%s\" is missed the case goes round without time passing", work->name);
    if (!diag)
        return;
    Text way = {0};
    for (uint32_t i = 0; i < circle->count; i++)
        text_addf(&way, "%s (%s is missed) -> ",
                  analysis->flow->state_at[((const Work *)circle->edges[i]->data)->state]->name,
                  ((const Work *)circle->edges[i]->data)->name);
    text_add(&way, analysis->flow->state_at[circle->start]->name);
    diag_example(analysis->diags, diag, "%s, and so on.", text_get(&way));
    text_clear(&way);
    diag_help(analysis->diags, diag,
              "Its limit is past already when the case comes back. Count it from entering, or\n"
              "go somewhere else.");
}

static void check_loops(Analysis *analysis)
{
    const Flow *flow = analysis->flow;
    Graph graph = graph_new(flow->state_count);
    for (uint32_t i = 0; i < flow->work_count; i++) {
        const Work *work = flow->work_at[i];
        for (const Effect *effect = work->if_missed.effects; effect; effect = effect->next)
            if (effect->kind == EFFECT_GO_TO && is_past_for_good(work) &&
                analysis->known->at[work->state])
                graph_add(&graph, (uint32_t)work->state, (uint32_t)effect->ref.index,
                          effect->span, work);
    }
    if (graph.edge_count)
        graph_circles(&graph, say_loop, analysis, NULL);
    graph_clear(&graph);
}

/* ---- CF305 ------------------------------------------------------------------------------- */

typedef struct Ending {
    Analysis *analysis;
    const StateAst *state;
} Ending;

static bool is_owed(const Work *work, int32_t event)
{
    return work->kind == WORK_TASK && work->limit.has_limit && !work->optional &&
           !work->before_leaving && !work->only_when && work->event != event;
}

/* Every way on is through this work: then it is done by the time. */
static bool needs_other(const StateAst *state, int32_t event, const Work *work)
{
    for (const Work *done = state->works; done; done = done->next)
        if (done->event == event && done->after.text && done->after.index == work->event)
            return true;
    return false;
}

static void say_owed(const Ending *ending, const Line *line, const Work *work,
                     const Text *story, const Text *scenario)
{
    Analysis *analysis = ending->analysis;
    Diag *diag = finding(analysis, line->span, "CF305",
                         "The case can end here while \"%s\" is still owed", work->name);
    if (!diag)
        return;
    diag_related(analysis->diags, diag, work->name_span, "owed, with a limit");
    if (story->length) {
        diag_example(analysis->diags, diag, "%s", text_get(story));
        diag_scenario(analysis->diags, diag, text_get(scenario));
    }
    diag_help(analysis->diags, diag,
              "If it has to be done first, add to it: before leaving\n"
              "If not, say so: optional");
}

/* Unless every story was tried and none leaves it open. */
static void look_into_ending(const Ending *ending, const Line *line, const Work *work)
{
    Doubt doubt = {.node = node_of_state(ending->state->index),
                   .event = -1,
                   .rule = -1,
                   .fact = -1,
                   .work = -1,
                   .left = work,
                   .without = -1};
    Text story = {0}, scenario = {0};
    if (confirm(ending->analysis, &doubt, "A duty is left open", &story, &scenario) != IS_NO)
        say_owed(ending, line, work, &story, &scenario);
    text_clear(&story);
    text_clear(&scenario);
}

static bool ends_the_case(const Flow *flow, const Line *line)
{
    for (const Effect *effect = line->effects; effect; effect = effect->next)
        if (effect->kind == EFFECT_GO_TO && flow->state_at[effect->ref.index]->ends_here)
            return true;
    return false;
}

static void check_ending(void *context, const Spot *spot)
{
    const Ending *ending = context;
    const Analysis *analysis = ending->analysis;
    Brings brings;
    if (spot->handler->kind != HANDLER_ON ||
        !brings_find(analysis->known, node_of_state(ending->state->index), spot->event,
                     &brings))
        return;
    for (const Line *line = spot->handler->lines; line; line = line->next)
        for (const Work *work = ending->state->works; work; work = work->next)
            if (ends_the_case(analysis->flow, line) && is_owed(work, spot->event) &&
                !needs_other(ending->state, spot->event, work))
                look_into_ending(ending, line, work);
}

static void check_endings(Analysis *analysis)
{
    for (const StateAst *state = analysis->flow->states; state; state = state->next) {
        Ending ending = {analysis, state};
        if (state->track == 0 && analysis->known->at[state->index])
            places_each(analysis->flow, node_of_state(state->index), check_ending, &ending);
    }
}

void check_anchors(Analysis *analysis)
{
    for (uint32_t i = 0; i < analysis->flow->work_count; i++) {
        check_anchor(analysis, analysis->flow->work_at[i]);
        check_arrivals(analysis, analysis->flow->work_at[i]);
    }
    check_loops(analysis);
    check_endings(analysis);
}
