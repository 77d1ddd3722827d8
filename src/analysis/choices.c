/* The lines of an `on`: do they cover every case (CF201), does only one apply
 * (CF202), and is everything they ask about known by then (CF208)? */
#include <stdlib.h>
#include <string.h>

#include "analysis/confirm.h"
#include "analysis/knowledge.h"
#include "base/mem.h"

#define NODES_CONFIRMED 200u /* a longer flow cannot be tried whole anyway */
#define UNKNOWN_MOST    8u   /* facts that may not be known, of one place */

typedef struct Unknown {
    const Line *line;
    int32_t fact;
} Unknown;

/* What goes wrong in a situation, put into words while it stands. */
typedef struct Situated {
    bool found;
    const Line *first, *second;
    Text words, scenario; /* owned */
} Situated;

typedef struct Choice {
    Analysis *analysis;
    const Spot *place;
    const Brings *brings;
    Situated gap, overlap; /* the first of each */
    Unknown unknown[UNKNOWN_MOST];
    uint32_t unknown_count;
} Choice;

static const char *place_name(const Choice *choice)
{
    const Flow *flow = choice->analysis->flow;
    return choice->place->state >= 0 ? flow->state_at[choice->place->state]->name
                                     : flow->track_at[choice->place->track]->name;
}

static const char *event_name(const Choice *choice)
{
    return choice->analysis->flow->event_at[choice->place->event]->name;
}

static const Line *last_choice(const Handler *handler)
{
    const Line *last = NULL;
    for (const Line *line = handler->lines; line; line = line->next)
        if (line_is_choice(line))
            last = line;
    return last;
}

static void keep(const Choice *choice, Situated *situated, const Situation *situation,
                 const char *title, const char *refused)
{
    Story story = {.title = title,
                   .state = choice->place->state,
                   .track = choice->place->track,
                   .event = choice->place->event,
                   .brings = choice->brings,
                   .situation = situation,
                   .refused = refused};
    situated->found = true;
    situation_write(situation, &situated->words);
    story_write(choice->analysis, &story, &situated->scenario);
}

static uint32_t node_of(const Choice *choice)
{
    return choice->place->state >= 0
               ? node_of_state(choice->place->state)
               : node_of_track(choice->analysis->flow, choice->place->track);
}

/* Facts that hang together may make it impossible: then every story was tried, and in none
 * was it refused for that. */
static bool is_ruled_out(const Choice *choice, const Situated *situated, RefusalCode refused)
{
    Doubt doubt = {.node = node_of(choice),
                   .refused = refused,
                   .event = choice->place->event,
                   .rule = -1,
                   .fact = -1,
                   .work = -1,
                   .without = -1};
    Text story = {0}, scenario = {0};
    if (!situated->found || choice->analysis->known->node_count > NODES_CONFIRMED)
        return false;
    Verdict verdict = confirm(choice->analysis, &doubt, "", &story, &scenario);
    text_clear(&story);
    text_clear(&scenario);
    return verdict == IS_NO;
}

static void tell(const Choice *choice, const Situated *situated, Diag *diag)
{
    Diags *diags = choice->analysis->diags;
    if (situated->words.length)
        diag_example(diags, diag, "%s.", text_get(&situated->words));
    if (situated->scenario.length)
        diag_scenario(diags, diag, text_get(&situated->scenario));
}

/* ---- what to say ------------------------------------------------------------------------- */

static void say_gap(const Choice *choice)
{
    const Line *last = last_choice(choice->place->handler);
    if (!choice->gap.found || is_ruled_out(choice, &choice->gap, REFUSED_NO_ALTERNATIVE))
        return;
    Diag *diag =
        finding(choice->analysis, last->span, "CF201",
                "Some cases have nowhere to go when \"%s\" happens", event_name(choice));
    if (!diag)
        return;
    diag_label(choice->analysis->diags, diag, "the last way out");
    tell(choice, &choice->gap, diag);
    diag_help(choice->analysis->diags, diag,
              "No line applies then, so the case would stay in %s and the entry be refused.\n"
              "Add a line for it, or end the list with \"otherwise\".",
              place_name(choice));
}

static void say_overlap(const Choice *choice)
{
    const Situated *overlap = &choice->overlap;
    if (!overlap->found || is_ruled_out(choice, overlap, REFUSED_SEVERAL_ALTERNATIVES))
        return;
    Diag *diag = finding(choice->analysis, overlap->second->span, "CF202",
                         "Two lines both apply to one \"%s\"", event_name(choice));
    if (!diag)
        return;
    diag_label(choice->analysis->diags, diag, "this one");
    diag_related(choice->analysis->diags, diag, overlap->first->span, "and this one");
    tell(choice, overlap, diag);
    diag_help(choice->analysis->diags, diag,
              "The order of lines decides nothing. Say in one of them when it does not apply.");
}

/* The first fact that is not known and is asked about. */
static int32_t unknown_in(const Situation *situation, const Expr *expr)
{
    if (!expr || situation_judge(situation, expr) != IS_UNKNOWN)
        return -1;
    if (expr->kind == EXPR_COMPARE)
        return expr->ref.index;
    if (expr->kind == EXPR_TERM)
        return unknown_in(situation, situation->flow->term_at[expr->ref.index]->condition);
    for (const Expr *part = expr->parts; part; part = part->next) {
        int32_t fact = unknown_in(situation, part);
        if (fact >= 0)
            return fact;
    }
    return -1;
}

/* It is looked into once all situations were gone through. */
static void note_unknown(Choice *choice, const Situation *situation, const Line *line)
{
    int32_t fact = unknown_in(situation, line->condition);
    for (uint32_t i = 0; i < choice->unknown_count; i++)
        if (choice->unknown[i].line == line && choice->unknown[i].fact == fact)
            return;
    if (fact >= 0 && choice->unknown_count < UNKNOWN_MOST)
        choice->unknown[choice->unknown_count++] = (Unknown){line, fact};
}

static void say_unknown(const Choice *choice, Unknown unknown, const Text *story,
                        const Text *scenario)
{
    Diags *diags = choice->analysis->diags;
    const char *name = choice->analysis->flow->fact_at[unknown.fact]->name;
    Diag *diag =
        finding(choice->analysis, unknown.line->condition->span, "CF208",
                "In \"%s\" nobody may have recorded \"%s\" yet", place_name(choice), name);
    if (!diag)
        return;
    diag_label(diags, diag, "asks about %s", name);
    diag_example(diags, diag, "%s", text_get(story));
    diag_scenario(diags, diag, text_get(scenario));
    diag_help(diags, diag,
              "The entry would be refused. Let an earlier step record %s, or say here what\n"
              "happens while it is not known: add \"%s is known and …\", and a line for\n"
              "\"%s is not known\".",
              name, name, name);
}

/* False: it cannot come about. */
static bool look_into(const Choice *choice, Unknown unknown)
{
    Doubt doubt = {.node = node_of(choice),
                   .refused = REFUSED_UNKNOWN_GUARD,
                   .event = choice->place->event,
                   .line = unknown.line,
                   .rule = -1,
                   .fact = unknown.fact,
                   .work = -1,
                   .without = -1};
    Text story = {0}, scenario = {0};
    Verdict verdict = confirm(choice->analysis, &doubt, "Not known yet", &story, &scenario);
    if (verdict == IS_YES)
        say_unknown(choice, unknown, &story, &scenario);
    text_clear(&story);
    text_clear(&scenario);
    if (verdict != IS_UNKNOWN)
        return verdict == IS_YES;
    Text what = {0};
    text_addf(&what, "\"%s\" is not known here",
              choice->analysis->flow->fact_at[unknown.fact]->name);
    say_unconfirmed(choice->analysis, unknown.line->condition->span, text_get(&what));
    text_clear(&what);
    return true;
}

static bool was_said(const Choice *choice, Unknown unknown)
{
    const Diags *diags = choice->analysis->diags;
    Span span = unknown.line->condition->span;
    for (size_t i = choice->analysis->first_finding; i < diags->count; i++)
        if (strcmp(diags->items[i]->code, "CF208") == 0 &&
            diags->items[i]->span.file == span.file &&
            diags->items[i]->span.offset == span.offset)
            return true;
    return false;
}

/* One is enough: what is put right for it mostly helps with the rest. */
static void look_into_all(const Choice *choice)
{
    for (uint32_t i = 0; i < choice->unknown_count; i++)
        if (was_said(choice, choice->unknown[i]) || look_into(choice, choice->unknown[i]))
            return;
}

/* ---- one situation ---------------------------------------------------------------------- */

/* Can an entry come to this? One that has to bring a fact has brought it. */
static bool is_possible(const Choice *choice, const Situation *situation)
{
    const Flow *flow = choice->analysis->flow;
    for (uint32_t i = 0; i < flow->fact_count; i++) {
        bool sometimes;
        const Expr *when;
        if (situation->fact[i] != 0 ||
            brings_fact(choice->brings, (int32_t)i, &sometimes, &when) || !when)
            continue;
        if (situation_judge(situation, when) == IS_YES)
            return false;
    }
    return true;
}

static bool visit(void *context, const Situation *situation)
{
    Choice *choice = context;
    if (!is_possible(choice, situation))
        return true;
    const Line *applies = NULL, *other = NULL, *unknown = NULL;
    bool has_choice = false, otherwise = false;
    for (const Line *line = choice->place->handler->lines; line; line = line->next) {
        bool is_choice = line_is_choice(line);
        has_choice |= is_choice;
        otherwise |= is_choice && line->when == LINE_OTHERWISE;
        Verdict verdict =
            line->when == LINE_OTHERWISE ? IS_NO : situation_judge(situation, line->condition);
        if (verdict == IS_UNKNOWN && !unknown)
            unknown = line;
        if (verdict != IS_YES || !is_choice)
            continue;
        other = applies ? line : other;
        applies = applies ? applies : line;
    }
    if (unknown)
        note_unknown(choice, situation, unknown);
    if (!unknown && other && !choice->overlap.found) {
        keep(choice, &choice->overlap, situation, "Two ways at once", "several-alternatives");
        choice->overlap.first = applies;
        choice->overlap.second = other;
    }
    if (!unknown && has_choice && !applies && !otherwise && !choice->gap.found)
        keep(choice, &choice->gap, situation, "Nowhere to go", "no-alternative");
    return !(choice->unknown_count == UNKNOWN_MOST && choice->overlap.found &&
             choice->gap.found);
}

/* ---- one handler at one place ------------------------------------------------------------ */

typedef struct Exprs {
    const Expr **items; /* owned */
    size_t count, capacity;
} Exprs;

static void add_expr(Exprs *exprs, const Expr *expr)
{
    if (!expr)
        return;
    exprs->items =
        mem_grow(exprs->items, &exprs->capacity, exprs->count + 1, sizeof *exprs->items);
    exprs->items[exprs->count++] = expr;
}

static void gather(const Choice *choice, Exprs *exprs)
{
    for (const Line *line = choice->place->handler->lines; line; line = line->next)
        add_expr(exprs, line->condition);
    if (!exprs->count)
        return;
    for (uint32_t i = 0; i < choice->analysis->flow->fact_count; i++) {
        bool sometimes;
        const Expr *when;
        brings_fact(choice->brings, (int32_t)i, &sometimes, &when);
        add_expr(exprs, when);
    }
}

static void clear(Situated *situated)
{
    text_clear(&situated->words);
    text_clear(&situated->scenario);
}

static void check_place(void *context, const Spot *place)
{
    Analysis *analysis = context;
    uint32_t node = place->state >= 0 ? node_of_state(place->state)
                                      : node_of_track(analysis->flow, place->track);
    Brings brings;
    if (place->handler->kind != HANDLER_ON ||
        !brings_find(analysis->known, node, place->event, &brings))
        return;
    Choice choice = {.analysis = analysis, .place = place, .brings = &brings};
    Exprs exprs = {0};
    Arena scratch = {0};
    gather(&choice, &exprs);
    Supposing supposing = {
        .facts = facts_at_event(analysis->known, node, &brings, place->event, &scratch),
        .here = place->state,
        .track = place->state < 0 ? place->track : -1,
    };
    if (place->handler->lines)
        situations_each(&analysis->situation, exprs.items, (uint32_t)exprs.count, &supposing,
                        visit, &choice);
    look_into_all(&choice);
    say_overlap(&choice);
    say_gap(&choice);
    clear(&choice.gap);
    clear(&choice.overlap);
    arena_clear(&scratch);
    free(exprs.items);
}

void check_choices(Analysis *analysis)
{
    Knowledge *known = analysis->known;
    for (uint32_t node = 0; node < known->node_count; node++) {
        bool opens = node < analysis->flow->state_count &&
                     analysis->flow->state_at[node]->starts_here &&
                     analysis->flow->state_at[node]->track == 0;
        if (known->at[node] || opens)
            places_each(analysis->flow, node, check_place, analysis);
    }
}
