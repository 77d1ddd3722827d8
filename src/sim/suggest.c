#include "sim/suggest.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "sim/suggest_internal.h"

#define COMBINATIONS 64u /* of facts that are tried for one event at one place */

typedef struct Search {
    Coverage *coverage; /* what is covered so far, suggestions included */
    const CoverageItems *items;
    const Flow *flow;
    const Program *program;
    const char **found; /* by item */
    Coverage trial;
    uint32_t budget, missing;
    bool *opened; /* owned; by event: its work was open after the last story */
} Search;

/* ---- one story ------------------------------------------------------------------- */

static void forget(Coverage *coverage)
{
    Bundle const *bundle = coverage->bundle;
    Program const *program = coverage->program;
    coverage_clear(coverage);
    coverage_begin(coverage, bundle, program);
}

static void name_of(const Search *search, const CoverageItem *item, Text *out)
{
    static const char *const sides[] = {
        [SIDE_NONE] = "",       [SIDE_YES] = ", yes",       [SIDE_NO] = ", no",
        [SIDE_MET] = ", met",   [SIDE_MISSED] = ", missed", [SIDE_ON_TIME] = ", on time",
        [SIDE_LATE] = ", late", [SIDE_NEVER] = ", never",
    };
    const Source *source = &search->coverage->bundle->sources[item->span.file];
    if (item->kind == COVER_CLAUSES)
        text_addf(out, "%s-%d", search->flow->policy_at[item->index]->code, (int)item->clause);
    else if (item->kind == COVER_STATES)
        text_add(out, search->flow->state_at[item->index]->name);
    else if (item->kind == COVER_LIMITS || item->kind == COVER_REVIEWS)
        text_add(out, search->flow->work_at[item->index]->name);
    else
        text_addf(out, "what line %u says", source_place(source, item->span.offset).line);
    text_add(out, sides[item->side]);
}

/* Every item that this story is the first to cover gets its text. */
static void keep_new(Search *search, const Story *story, const ScenarioResult *result)
{
    CoverageItems tried = coverage_items(&search->trial);
    const char *text = NULL;
    for (uint32_t i = 0; i < tried.count; i++) {
        if (!tried.items[i].covered || search->items->items[i].covered || search->found[i])
            continue;
        if (!text) {
            Text name = {0}, words = {0};
            name_of(search, &search->items->items[i], &name);
            story_text(search->flow, search->program, story, result, text_get(&name), &words);
            text = arena_strdup(&search->coverage->arena, text_get(&words));
            text_clear(&name);
            text_clear(&words);
        }
        search->found[i] = text;
        search->missing--;
    }
}

static void look_around(Search *search, const ScenarioResult *result)
{
    const Program *program = search->program;
    memset(search->opened, 0, (program->event_count + 1) * sizeof *search->opened);
    for (uint32_t work = 0; work < program->work_count; work++)
        if (record_work(program, result->last, work)[WORK_STATUS] == WORK_OPEN)
            search->opened[program->works[work].event] = true;
}

/* Runs it. True when every step was accepted. */
static bool try_once(Search *search, const Story *story, bool *wants_reason)
{
    if (search->budget == 0 || search->missing == 0)
        return false;
    search->budget--;
    forget(&search->trial);
    ScenarioResult result;
    ScenarioAst *tree = story_tree(search->flow, story, &search->trial.arena);
    scenario_run(search->coverage->bundle, search->program, tree, &search->trial, &result);
    /* A story without checks fails for that alone, at the scenario itself. */
    const Failure *failure = result.failure_count ? &result.failures[0] : NULL;
    bool whole = result.reached_end;
    *wants_reason = failure && failure->kind == FAILED_REFUSED &&
                    failure->refusal.code == REFUSED_MISSING_REASON;
    if (whole || (failure && failure->kind == FAILED_REFUSED))
        keep_new(search, story, &result);
    if (whole)
        look_around(search, &result);
    scenario_result_clear(&result);
    return whole;
}

/* A reason is given where it is asked for, and not before. */
static bool try_story(Search *search, Story *story)
{
    bool wants_reason = false;
    bool whole = try_once(search, story, &wants_reason);
    if (!wants_reason || story->step_count == 0)
        return whole;
    story->steps[story->step_count - 1].has_reason = true;
    return try_once(search, story, &wants_reason);
}

/* ---- facts --------------------------------------------------------------------------- */

typedef struct Choice {
    uint32_t fact;
    bool may_be_absent;
    int64_t values[70];
    uint32_t count, at;
} Choice;

typedef struct Choices {
    Choice items[STORY_FACTS];
    uint32_t count;
} Choices;

static void add_choice(const Search *search, Choices *choices, uint32_t fact,
                       bool may_be_absent, Day day)
{
    for (uint32_t i = 0; i < choices->count; i++)
        if (choices->items[i].fact == fact)
            return;
    if (choices->count == STORY_FACTS)
        return;
    Choice *choice = &choices->items[choices->count++];
    const FactInfo *info = &search->program->facts[fact];
    *choice = (Choice){.fact = fact, .may_be_absent = may_be_absent, .count = 1};
    choice->values[0] = info->type == TYPE_DATE ? day : 1;
    if (info->type == TYPE_ONE_OF || info->type == TYPE_YES_NO) {
        choice->count = info->type == TYPE_YES_NO ? 2 : info->value_count;
        for (uint32_t i = 0; i < choice->count; i++)
            choice->values[i] = i;
    } else if (info->type == TYPE_NUMBER) {
        choice->values[0] = info->least;
        choice->values[1] = info->most;
        choice->count = info->most > info->least ? 2 : 1;
    }
}

/* What the event and its work ask for. */
static Choices asked_by(const Search *search, uint32_t event, Day day)
{
    const Program *program = search->program;
    const EventInfo *info = &program->events[event];
    Choices choices = {.count = 0};
    for (uint32_t i = 0; i < info->records.count; i++) {
        const RecordsInfo *asked = &program->records[info->records.first + i];
        add_choice(search, &choices, asked->fact, asked->when != 0, day);
    }
    for (uint32_t w = 0; w < info->works.count; w++) {
        Slice records = program->works[program->indices[info->works.first + w]].records;
        for (uint32_t i = 0; i < records.count; i++) {
            const RecordsInfo *asked = &program->records[records.first + i];
            add_choice(search, &choices, asked->fact, asked->when != 0 || info->works.count > 1,
                       day);
        }
    }
    return choices;
}

/* The next combination; false after the last. A count of values stands for absent. */
static bool next_choice(Choices *choices)
{
    for (uint32_t i = 0; i < choices->count; i++) {
        Choice *choice = &choices->items[i];
        if (++choice->at < choice->count + choice->may_be_absent)
            return true;
        choice->at = 0;
    }
    return false;
}

static uint32_t chosen(const Choices *choices, StoryFact *facts)
{
    uint32_t count = 0;
    for (uint32_t i = 0; i < choices->count; i++) {
        const Choice *choice = &choices->items[i];
        if (choice->at < choice->count)
            facts[count++] = (StoryFact){choice->fact, choice->values[choice->at]};
    }
    return count;
}

/* Facts that conditions of the last story looked at and the event did not bring. */
static Choices looked_at(const Search *search, const Choices *asked, Day day)
{
    const Program *program = search->program;
    Choices choices = {.count = 0};
    for (CodeRef ref = 0; ref < program->code_count; ref++) {
        if (!search->trial.judged[ref])
            continue;
        for (CodeRef at = ref; instruction_op(program->code[at]) != OP_END; at++) {
            OpCode op = instruction_op(program->code[at]);
            uint32_t fact = instruction_operand(program->code[at]);
            bool brought = op != OP_PUSH_FACT && op != OP_KNOWN;
            for (uint32_t i = 0; !brought && i < asked->count; i++)
                brought = asked->items[i].fact == fact;
            if (!brought)
                add_choice(search, &choices, fact, true, day);
        }
    }
    return choices;
}

/* ---- stories ---------------------------------------------------------------------------- */

/* After what was accepted: whatever is open now is done, or left. */
static void go_on(Search *search, const Story *story)
{
    static const int waits[] = {2, 8, 45, 100, 200};
    if (story->step_count + 2 > STORY_STEPS)
        return;
    bool *opened = mem_alloc_array(search->program->event_count + 1, sizeof *opened);
    memcpy(opened, search->opened, search->program->event_count * sizeof *opened);
    for (uint32_t event = 0; event < search->program->event_count; event++) {
        if (!opened[event])
            continue;
        Story longer = *story;
        Day day = longer.steps[longer.step_count - 1].day;
        StoryStep *step = &longer.steps[longer.step_count++];
        *step = (StoryStep){.event = event, .day = day + 1};
        Choices asked = asked_by(search, event, step->day);
        uint32_t tried = 0;
        do {
            step->fact_count = chosen(&asked, step->facts);
            step->has_reason = false;
            try_story(search, &longer);
        } while (next_choice(&asked) && ++tried < COMBINATIONS);
    }
    for (size_t i = 0; i < sizeof waits / sizeof *waits; i++) {
        Story longer = *story;
        Day day = longer.steps[longer.step_count - 1].day;
        longer.steps[longer.step_count++] =
            (StoryStep){.event = NO_INDEX, .day = day + waits[i]};
        try_story(search, &longer);
    }
    free(opened);
}

/* One event at that place, with every choice of its own facts and of the facts that
 * decide what it does. */
static void try_event(Search *search, const Story *place, uint32_t event, bool longer)
{
    Story story = *place;
    uint32_t before = search->missing, tried = 0;
    Day day = story.step_count ? story.steps[story.step_count - 1].day : place->day;
    StoryStep *step = &story.steps[story.step_count++];
    *step = (StoryStep){.event = event, .day = day + 1};
    Choices asked = asked_by(search, event, step->day);
    do {
        step->fact_count = chosen(&asked, step->facts);
        step->has_reason = false;
        story.given_count = 0;
        bool whole = try_story(search, &story);
        if (whole && longer)
            go_on(search, &story);
        Choices given = looked_at(search, &asked, step->day);
        for (uint32_t combination = 0;
             story.state != NO_INDEX && given.count && combination < COMBINATIONS;
             combination++) {
            story.given_count = chosen(&given, story.givens);
            if (try_story(search, &story) && longer && search->missing < before)
                go_on(search, &story);
            if (!next_choice(&given))
                break;
        }
    } while (next_choice(&asked) && ++tried < COMBINATIONS);
}

/* Does the event mean anything there? Work that is not open is left alone. */
static bool is_worth_trying(const Search *search, uint32_t event)
{
    return !search->program->events[event].is_work || search->opened[event];
}

/* All work that is open is done, one after the other, for `all tasks are done`. */
static void do_everything(Search *search, const Story *place)
{
    Story story = *place;
    while (story.step_count < STORY_STEPS && search->missing) {
        uint32_t event = 0;
        while (event < search->program->event_count && !search->opened[event])
            event++;
        if (event == search->program->event_count)
            return;
        StoryStep *step = &story.steps[story.step_count++];
        *step = (StoryStep){.event = event, .day = place->day + (Day)story.step_count};
        Choices asked = asked_by(search, event, step->day);
        bool accepted;
        uint32_t tried = 0;
        do {
            step->fact_count = chosen(&asked, step->facts);
            step->has_reason = false;
            accepted = try_story(search, &story);
        } while (!accepted && next_choice(&asked) && ++tried < COMBINATIONS);
        if (!accepted)
            return;
    }
}

static void wait_and_do(Search *search, const Story *place)
{
    static const int waits[] = {3, 10, 50, 120, 220, 400};
    bool *opened = mem_alloc_array(search->program->event_count + 1, sizeof *opened);
    memcpy(opened, search->opened, search->program->event_count * sizeof *opened);
    for (size_t i = 0; i < sizeof waits / sizeof *waits && search->missing; i++) {
        Story story = *place;
        story.steps[story.step_count++] =
            (StoryStep){.event = NO_INDEX, .day = place->day + waits[i]};
        try_story(search, &story);
        for (uint32_t event = 0; event < search->program->event_count; event++)
            if (opened[event] && search->missing)
                try_event(search, &story, event, false);
    }
    free(opened);
}

/* Events that limits open at this place are counted from. */
static void give_anchors(const Search *search, Story *place)
{
    const Program *program = search->program;
    for (uint32_t work = 0; work < program->work_count; work++) {
        const WorkInfo *info = &program->works[work];
        if (info->limit == NO_INDEX || !search->opened[info->event])
            continue;
        AnchorInfo anchor = program->limits[info->limit].anchor;
        bool is_event = anchor.type == FROM_EVENT || anchor.type == FROM_FIRST_EVENT;
        if (is_event && place->event_count < STORY_EVENTS)
            place->events[place->event_count++] =
                program->anchor_items[anchor.items.first].index;
    }
}

static void try_place(Search *search, Story *place)
{
    place->event_count = 0;
    if (search->missing == 0 || !try_story(search, place))
        return;
    give_anchors(search, place);
    if (place->event_count && !try_story(search, place))
        return;
    bool *opened = mem_alloc_array(search->program->event_count + 1, sizeof *opened);
    memcpy(opened, search->opened, search->program->event_count * sizeof *opened);
    do_everything(search, place);
    memcpy(search->opened, opened, search->program->event_count * sizeof *opened);
    wait_and_do(search, place);
    for (uint32_t event = 0; event < search->program->event_count && search->missing; event++) {
        memcpy(search->opened, opened, search->program->event_count * sizeof *opened);
        if (is_worth_trying(search, event))
            try_event(search, place, event, true);
    }
    free(opened);
}

/* As often as the window counts, on days that follow one another. */
static void fill_window(Search *search, const Story *place, const WindowInfo *window)
{
    Story story = *place;
    if (window->count > STORY_STEPS)
        return;
    for (uint32_t i = 0; i < window->count; i++)
        story.steps[story.step_count++] =
            (StoryStep){.event = window->event, .day = place->day + 1 + (Day)i};
    if (try_story(search, &story))
        go_on(search, &story);
}

/* A new case, then every state of the main line, then every state of a track beside
 * each open one of the main line that comes first. */
static void try_all(Search *search, Day day)
{
    const Program *program = search->program;
    Story place = {.day = day, .state = NO_INDEX, .track = NO_INDEX, .track_state = NO_INDEX};
    uint32_t base = NO_INDEX;
    for (uint32_t event = 0; event < program->event_count; event++)
        if (program->events[event].opens)
            try_event(search, &place, event, true);
    for (uint32_t state = 0; state < program->state_count; state++) {
        if (program->states[state].track != 0 || program->states[state].ends)
            continue;
        place.state = state;
        if (base == NO_INDEX && !program->states[state].starts)
            base = state;
        try_place(search, &place);
    }
    place.state = base;
    place.event_count = 0;
    for (uint32_t i = 0; base != NO_INDEX && i < program->window_count; i++)
        fill_window(search, &place, &program->windows[i]);
    for (uint32_t state = 0; base != NO_INDEX && state < program->state_count; state++) {
        if (program->states[state].track == 0 || program->states[state].ends)
            continue;
        place.track = program->states[state].track;
        place.track_state = state;
        try_place(search, &place);
    }
}

/* A Monday in March, when the flow is in force. */
static Day first_day(const Program *program)
{
    Day day = day_from_civil((Civil){2021, 3, 1});
    while (program->in_force != DAY_NONE && day < program->in_force)
        day += 7;
    return day;
}

const char *const *suggest_scenarios(Coverage *coverage, const CoverageItems *items,
                                     uint32_t budget)
{
    Search search = {.coverage = coverage,
                     .items = items,
                     .flow = &coverage->bundle->flow,
                     .program = coverage->program,
                     .budget = budget};
    search.found = ARENA_ARRAY(&coverage->arena, items->count + 1, const char *);
    search.opened = mem_alloc_array(coverage->program->event_count + 1, sizeof *search.opened);
    coverage_begin(&search.trial, coverage->bundle, coverage->program);
    for (uint32_t i = 0; i < items->count; i++)
        search.missing += !items->items[i].covered;
    try_all(&search, first_day(coverage->program));
    coverage_clear(&search.trial);
    free(search.opened);
    return search.found;
}
