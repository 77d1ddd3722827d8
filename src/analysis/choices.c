/* The lines of an `on`: do they cover every case (CF201), does only one apply
 * (CF202), and is everything they ask about known by then (CF208)? */
#include <stdlib.h>

#include "analysis/internal.h"
#include "analysis/knowledge.h"
#include "base/mem.h"

typedef struct Choice {
    Analysis *analysis;
    const Spot *place;
    const Brings *brings;
    bool gap, overlap, unknown; /* said already */
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

static void offer(const Choice *choice, Diag *diag, const Situation *situation,
                  const char *title, const char *refused)
{
    Story story = {.title = title,
                   .state = choice->place->state,
                   .track = choice->place->track,
                   .event = choice->place->event,
                   .brings = choice->brings,
                   .situation = situation,
                   .refused = refused};
    Text words = {0};
    situation_write(situation, &words);
    if (words.length)
        diag_example(choice->analysis->diags, diag, "%s.", text_get(&words));
    text_clear(&words);
    story_offer(choice->analysis, diag, &story);
}

/* ---- what to say ------------------------------------------------------------------- */

static void say_gap(Choice *choice, const Situation *situation)
{
    choice->gap = true;
    const Line *last = last_choice(choice->place->handler);
    Diag *diag =
        finding(choice->analysis, last->span, "CF201",
                "Some cases have nowhere to go when \"%s\" happens", event_name(choice));
    if (!diag)
        return;
    diag_label(choice->analysis->diags, diag, "the last way out");
    offer(choice, diag, situation, "Nowhere to go", "no-alternative");
    diag_help(choice->analysis->diags, diag,
              "No line applies then, so the case would stay in %s and the entry be refused.\n"
              "Add a line for it, or end the list with \"otherwise\".",
              place_name(choice));
}

static void say_overlap(Choice *choice, const Situation *situation, const Line *first,
                        const Line *second)
{
    choice->overlap = true;
    Diag *diag = finding(choice->analysis, second->span, "CF202",
                         "Two lines both apply to one \"%s\"", event_name(choice));
    if (!diag)
        return;
    diag_label(choice->analysis->diags, diag, "this one");
    diag_related(choice->analysis->diags, diag, first->span, "and this one");
    offer(choice, diag, situation, "Two ways at once", "several-alternatives");
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

static uint32_t node_of(const Choice *choice)
{
    return choice->place->state >= 0
               ? node_of_state(choice->place->state)
               : node_of_track(choice->analysis->flow, choice->place->track);
}

static void say_unknown(Choice *choice, const Situation *situation, const Line *line)
{
    int32_t fact = unknown_in(situation, line->condition);
    choice->unknown = true;
    if (fact < 0)
        return;
    const char *name = choice->analysis->flow->fact_at[fact]->name;
    Diag *diag =
        finding(choice->analysis, line->condition->span, "CF208",
                "In \"%s\" nobody may have recorded \"%s\" yet", place_name(choice), name);
    if (!diag)
        return;
    diag_label(choice->analysis->diags, diag, "asks about %s", name);
    offer(choice, diag, situation, "Not known yet", "unknown-guard");
    say_unrecorded(choice->analysis, diag, node_of(choice), fact);
    diag_help(choice->analysis->diags, diag,
              "The entry would be refused. Let an earlier step record %s, or say here what\n"
              "happens while it is not known: add \"%s is known and …\", and a line for\n"
              "\"%s is not known\".",
              name, name, name);
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
    if (unknown && !choice->unknown)
        say_unknown(choice, situation, unknown);
    if (!unknown && other && !choice->overlap)
        say_overlap(choice, situation, applies, other);
    if (!unknown && has_choice && !applies && !otherwise && !choice->gap)
        say_gap(choice, situation);
    return !(choice->unknown && choice->overlap && choice->gap);
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
