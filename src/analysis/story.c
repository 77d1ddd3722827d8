/* A situation that goes wrong, written as a scenario: the case is put where it
 * happens, with the facts it needs, and the entry that is refused is made. */
#include "analysis/internal.h"

#include "analysis/knowledge.h"

static void write_day(Day day, Text *out)
{
    Civil civil = day_to_civil(day);
    text_addf(out, "%s %d %s %d", weekday_name(day_weekday(day)), civil.day,
              month_name(civil.month), civil.year);
}

/* ---- where the case stands ----------------------------------------------------- */

typedef struct HandledHere {
    int32_t event;
    bool found;
} HandledHere;

static void look_for(void *context, const Spot *place)
{
    HandledHere *handled = context;
    handled->found |= place->event == handled->event;
}

/* For what happens in another track: a state of the main line that has nothing to say
 * about the event, if there is one. */
static int32_t bystander(const Analysis *analysis, int32_t event)
{
    const Flow *flow = analysis->flow;
    int32_t best = -1;
    for (const StateAst *state = flow->states; state; state = state->next) {
        if (state->track != 0 || state->ends_here || !analysis->known->at[state->index])
            continue;
        HandledHere handled = {event, false};
        places_each(flow, node_of_state(state->index), look_for, &handled);
        if (!handled.found)
            return state->index;
        best = best < 0 ? state->index : best;
    }
    return best;
}

/* A track that must only be running, or over, is put at a state for which that is so. */
static int32_t standing_state(const Flow *flow, int32_t standing)
{
    return standing >= STANDING_AT ? flow->state_at[standing - STANDING_AT]->index : -1;
}

static bool write_tracks(const Analysis *analysis, const Story *story, Text *out)
{
    const Flow *flow = analysis->flow;
    for (uint32_t i = 1; i < flow->track_count; i++) {
        int32_t standing = story->situation->track[i];
        if (standing == STANDING_OPEN || standing == STANDING_NEVER)
            continue;
        int32_t state = standing_state(flow, standing);
        if (state < 0)
            return false;
        text_addf(out, "  and track %s is at %s\n", flow->track_at[i]->name,
                  flow->state_at[state]->name);
    }
    return true;
}

static bool write_windows(const Analysis *analysis, const Story *story, Text *out)
{
    const Flow *flow = analysis->flow;
    for (uint32_t i = 0; i < flow->window_count; i++) {
        if (story->situation->window[i] <= 0)
            continue;
        if (flow->window_at[i].count > 10)
            return false;
        for (int32_t k = 0; k < flow->window_at[i].count; k++) {
            text_addf(out, "  and %s on ", flow->event_at[flow->window_at[i].event]->name);
            write_day(analysis->story_day, out);
            text_add_char(out, '\n');
        }
    }
    return true;
}

/* ---- what is known, and what the entry brings ---------------------------------------- */

/* A value for a fact of which the conditions asked nothing. */
static void write_value(const Analysis *analysis, const Situation *situation, int32_t fact,
                        Text *out)
{
    int bit = situation->fact[fact] > 0 ? situation->fact[fact] : 1;
    text_addf(out, "%s is ", analysis->flow->fact_at[fact]->name);
    domain_write(analysis->flow->fact_at[fact], &analysis->domains[fact].pieces[bit - 1], out);
}

static bool entry_brings(const Story *story, int32_t fact)
{
    bool sometimes;
    const Expr *when;
    if (brings_fact(story->brings, fact, &sometimes, &when))
        return true;
    if (!sometimes || !when)
        return false;
    return situation_judge(story->situation, when) == IS_YES;
}

static void write_given_facts(const Analysis *analysis, const Story *story, Text *out)
{
    for (uint32_t i = 0; i < analysis->flow->fact_count; i++) {
        if (story->situation->fact[i] <= 0 || entry_brings(story, (int32_t)i))
            continue;
        text_add(out, "  and ");
        write_value(analysis, story->situation, (int32_t)i, out);
        text_add_char(out, '\n');
    }
}

static void write_entry_facts(const Analysis *analysis, const Story *story, Text *out)
{
    const char *lead = " with ";
    for (uint32_t i = 0; i < analysis->flow->fact_count; i++) {
        if (!entry_brings(story, (int32_t)i))
            continue;
        text_add(out, lead);
        write_value(analysis, story->situation, (int32_t)i, out);
        lead = ", ";
    }
    const RequiresReason *reasons = story->brings->work_count ? story->brings->works[0]->reasons
                                                              : story->brings->event->reasons;
    if (reasons)
        text_addf(out, "%sreason \"An invented reason\"", lead);
}

/* Tasks that have to be done first. */
static void write_before(const Analysis *analysis, const Story *story, Text *out)
{
    if (!story->brings->work_count || !story->brings->works[0]->after.text)
        return;
    text_addf(out, "  and %s on ", story->brings->works[0]->after.text);
    write_day(analysis->story_day, out);
    text_add_char(out, '\n');
}

/* ---- the block --------------------------------------------------------------------------- */

static bool write_given(const Analysis *analysis, const Story *story, Text *out)
{
    const Flow *flow = analysis->flow;
    int32_t track = story->track;
    int32_t main = track == 0 ? story->state : bystander(analysis, story->event);
    if (main < 0 || story->state < 0)
        return false;
    text_addf(out, "  given a case at %s on ", flow->state_at[main]->name);
    write_day(analysis->story_day, out);
    text_add_char(out, '\n');
    bool known = story->situation->track[track] != STANDING_OPEN;
    if (track != 0 && !known)
        text_addf(out, "  and track %s is at %s\n", flow->track_at[track]->name,
                  flow->state_at[story->state]->name);
    write_given_facts(analysis, story, out);
    write_before(analysis, story, out);
    return write_tracks(analysis, story, out) && write_windows(analysis, story, out);
}

void story_write(Analysis *analysis, const Story *story, Text *out)
{
    const char *event = analysis->flow->event_at[story->event]->name;
    text_addf(out, "scenario \"%s\"\n", story->title);
    if (!write_given(analysis, story, out)) {
        text_reset(out);
        return;
    }
    text_addf(out, "  when %s", event);
    write_entry_facts(analysis, story, out);
    text_add(out, " on ");
    write_day(analysis->story_day + 1, out);
    text_addf(out, "\n  then %s is refused as %s\n", event, story->refused);
}

/* ---- how much time is taken
 * ----------------------------------------------------------------------- */

#define TRACES_MOST 32u

bool may_trace(Analysis *analysis)
{
    return analysis->traces++ < TRACES_MOST;
}
