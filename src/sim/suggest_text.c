/* A made-up story as a tree that can be run, and as text that can be pasted. */
#include <string.h>

#include "sim/suggest_internal.h"

/* ---- tree -------------------------------------------------------------------------- */

static Ref ref_to(RefKind kind, uint32_t index, const char *name)
{
    return (Ref){.text = name, .kind = kind, .index = (int32_t)index};
}

static TimeAst date_of(Day day)
{
    return (TimeAst){.day = day, .minute = -1};
}

static Value value_of(const Flow *flow, StoryFact fact)
{
    Value value = {.kind = VALUE_NUMBER, .number = fact.value};
    switch (flow->fact_at[fact.fact]->type) {
    case FACT_ONE_OF:
        value.kind = VALUE_NAME;
        value.name = ref_to(REF_VALUE, (uint32_t)fact.value, "");
        break;
    case FACT_YES_NO:
        value.kind = fact.value ? VALUE_YES : VALUE_NO;
        break;
    case FACT_NUMBER:
        break;
    case FACT_DATE:
        value.kind = VALUE_DATE;
        value.day = (Day)fact.value;
        break;
    case FACT_TEXT:
    case FACT_PERSON:
        value.kind = VALUE_TEXT;
        value.text = "Said";
        break;
    }
    return value;
}

static Given *add_given(ScenarioAst *scenario, GivenKind kind, Arena *arena)
{
    Given **slot = &scenario->givens;
    while (*slot)
        slot = &(*slot)->next;
    *slot = ARENA_NEW(arena, Given);
    (*slot)->kind = kind;
    (*slot)->on = date_of(DAY_NONE);
    return *slot;
}

static void add_givens(const Flow *flow, const Story *story, ScenarioAst *scenario,
                       Arena *arena)
{
    bool is_new = story->state == NO_INDEX;
    Given *place = add_given(scenario, is_new ? GIVEN_NEW_CASE : GIVEN_CASE_AT, arena);
    if (!is_new) {
        place->state = ref_to(REF_STATE, story->state, flow->state_at[story->state]->name);
        place->on = date_of(story->day);
    }
    for (uint32_t i = 0; i < story->given_count; i++) {
        StoryFact fact = story->givens[i];
        Given *given = add_given(scenario, GIVEN_FACT, arena);
        given->ref = ref_to(REF_FACT, fact.fact, flow->fact_at[fact.fact]->name);
        given->value = value_of(flow, fact);
    }
    for (uint32_t i = 0; i < story->event_count; i++) {
        Given *event = add_given(scenario, GIVEN_EVENT, arena);
        event->ref =
            ref_to(REF_EVENT, story->events[i], flow->event_at[story->events[i]]->name);
        event->on = date_of(story->day);
    }
    if (story->track == NO_INDEX)
        return;
    Given *track = add_given(scenario, GIVEN_TRACK_AT, arena);
    track->ref = ref_to(REF_TRACK, story->track, flow->track_at[story->track]->name);
    track->state =
        ref_to(REF_STATE, story->track_state, flow->state_at[story->track_state]->name);
}

static WhenStep *when_of(const Flow *flow, const StoryStep *step, Arena *arena)
{
    WhenStep *when = ARENA_NEW(arena, WhenStep);
    when->recorded = when->until = date_of(DAY_NONE);
    when->ref.index = when->by.index = when->for_role.index = -1;
    if (step->event == NO_INDEX) {
        when->kind = WHEN_NOTHING;
        when->until = date_of(step->day);
        return when;
    }
    when->ref = ref_to(REF_EVENT, step->event, flow->event_at[step->event]->name);
    when->on[0] = date_of(step->day);
    when->on_count = 1;
    when->reason = step->has_reason ? "A reason" : NULL;
    WithFact **slot = &when->facts;
    for (uint32_t i = 0; i < step->fact_count; i++, slot = &(*slot)->next) {
        StoryFact fact = step->facts[i];
        *slot = ARENA_NEW(arena, WithFact);
        (*slot)->fact = ref_to(REF_FACT, fact.fact, flow->fact_at[fact.fact]->name);
        (*slot)->value = value_of(flow, fact);
    }
    return when;
}

ScenarioAst *story_tree(const Flow *flow, const Story *story, Arena *arena)
{
    ScenarioAst *scenario = ARENA_NEW(arena, ScenarioAst);
    scenario->name = "";
    add_givens(flow, story, scenario, arena);
    ScenarioStep **slot = &scenario->steps;
    for (uint32_t i = 0; i < story->step_count; i++, slot = &(*slot)->next) {
        *slot = ARENA_NEW(arena, ScenarioStep);
        (*slot)->when = when_of(flow, &story->steps[i], arena);
    }
    return scenario;
}

/* ---- text -------------------------------------------------------------------------------- */

static void add_day(Text *out, Day day)
{
    char text[DAY_TEXT_MAX];
    day_format_long(day, text);
    text_add(out, text);
}

static void add_fact(const Flow *flow, StoryFact fact, Text *out)
{
    const FactAst *ast = flow->fact_at[fact.fact];
    text_addf(out, "%s is ", ast->name);
    const FactValue *value = ast->values;
    switch (ast->type) {
    case FACT_ONE_OF:
        for (int64_t i = 0; value && i < fact.value; i++)
            value = value->next;
        text_add(out, value ? value->name : "");
        break;
    case FACT_YES_NO:
        text_add(out, fact.value ? "yes" : "no");
        break;
    case FACT_NUMBER:
        text_addf(out, "%lld", (long long)fact.value);
        break;
    case FACT_DATE: {
        char text[DAY_TEXT_MAX];
        day_format_long((Day)fact.value, text);
        text_add(out, strchr(text, ' ') + 1);
        break;
    }
    case FACT_TEXT:
    case FACT_PERSON:
        text_add(out, "\"Said\"");
        break;
    }
}

static void add_step(const Flow *flow, const StoryStep *step, bool first, Text *out)
{
    text_add(out, first ? "  when " : "  and ");
    if (step->event == NO_INDEX) {
        text_add(out, "nothing happens until ");
        add_day(out, step->day);
        text_add_char(out, '\n');
        return;
    }
    text_add(out, flow->event_at[step->event]->name);
    for (uint32_t i = 0; i < step->fact_count; i++) {
        text_add(out, i ? ", " : " with ");
        add_fact(flow, step->facts[i], out);
    }
    if (step->has_reason)
        text_add(out, step->fact_count ? ", reason \"A reason\"" : " with reason \"A reason\"");
    text_add(out, step->fact_count > 1 ? "\n    on " : " on ");
    add_day(out, step->day);
    text_add_char(out, '\n');
}

static void add_then(const Flow *flow, const Program *program, const Story *story,
                     const ScenarioResult *result, Text *out)
{
    const Failure *failure = result->failure_count ? &result->failures[0] : NULL;
    if (failure && failure->kind == FAILED_REFUSED) {
        text_addf(out, "  then %s is refused as %s\n", failure->when->ref.text,
                  refusal_code_text(failure->refusal.code));
        return;
    }
    const int64_t *main_line = record_track(program, result->last, 0);
    int64_t state =
        main_line[TRACK_RUNNING] ? main_line[TRACK_STATE] : main_line[TRACK_LAST_STATE];
    if (state)
        text_addf(out, "  then case is at %s\n", flow->state_at[state - 1]->name);
    const char *said = NULL; /* works of one name are said once */
    for (uint32_t work = 0; work < program->work_count; work++) {
        const int64_t *slots = record_work(program, result->last, work);
        bool missed = slots[WORK_STATUS] == WORK_OPEN && slots[WORK_OUTCOME] == OUTCOME_MISSED;
        if (!missed || (said && strcmp(said, program->works[work].name) == 0))
            continue;
        said = program->works[work].name;
        text_addf(out, "  %s %s is missed\n", state ? "and" : "then", said);
    }
    if (story->track != NO_INDEX &&
        record_track(program, result->last, story->track)[TRACK_RUNNING])
        text_addf(out, "  and track %s is running\n", flow->track_at[story->track]->name);
}

void story_text(const Flow *flow, const Program *program, const Story *story,
                const ScenarioResult *result, const char *name, Text *out)
{
    text_addf(out, "scenario \"%s\"\n  given a new case\n", name);
    if (story->state != NO_INDEX) {
        out->length -= strlen("new case\n");
        text_addf(out, "case at %s on ", flow->state_at[story->state]->name);
        add_day(out, story->day);
        text_add_char(out, '\n');
    }
    for (uint32_t i = 0; i < story->given_count; i++) {
        text_add(out, "  and ");
        add_fact(flow, story->givens[i], out);
        text_add_char(out, '\n');
    }
    for (uint32_t i = 0; i < story->event_count; i++) {
        text_addf(out, "  and %s on ", flow->event_at[story->events[i]]->name);
        add_day(out, story->day);
        text_add_char(out, '\n');
    }
    if (story->track != NO_INDEX)
        text_addf(out, "  and track %s is at %s\n", flow->track_at[story->track]->name,
                  flow->state_at[story->track_state]->name);
    for (uint32_t i = 0; i < story->step_count; i++)
        add_step(flow, &story->steps[i], i == 0, out);
    add_then(flow, program, story, result, out);
}
