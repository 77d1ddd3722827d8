/* Standing rules. What a person does is refused where it would break one, so only
 * what happens by itself can: a missed limit, `as soon as`, a window. Where nothing
 * of that kind touches a rule it holds; else the flow is lived through (CF501,
 * CF502, CF504), and duties are followed on the way (duties.h). */
#include <stdlib.h>

#include "analysis/duties.h"
#include "analysis/walk.h"
#include "base/mem.h"

typedef struct Rules {
    Analysis *analysis;
    bool *enters; /* per state: it may be entered by itself */
    bool *runs;   /* per track: a run may start or end by itself */
    bool *moves;  /* per track: it may move, start or end by itself */
    bool *asked;  /* per rule: it has to be searched for */
    bool *broken; /* per rule */
    bool facts, any_asked;
    Duties duties;
} Rules;

/* ---- what happens by itself ----------------------------------------------------------------
 * Not what was held back: where it would break a rule it is dropped, with a note. */

/* Going to an end state ends the run. */
static void mark_entered(Rules *rules, int32_t track, const Effect *effect)
{
    rules->enters[effect->ref.index] = true;
    if (rules->analysis->flow->state_at[effect->ref.index]->ends_here)
        rules->runs[track] = true;
}

static void mark_missed(Rules *rules, const Work *work)
{
    for (const Effect *effect = work->if_missed.effects; effect; effect = effect->next)
        if (effect->kind == EFFECT_GO_TO) {
            rules->moves[work->track] = true;
            mark_entered(rules, work->track, effect);
        }
}

static void mark_effects(Rules *rules, const Effect *effect)
{
    for (; effect; effect = effect->next) {
        if (effect->kind == EFFECT_START || effect->kind == EFFECT_END)
            rules->moves[effect->ref.index] = rules->runs[effect->ref.index] = true;
        if (effect->kind == EFFECT_GO_TO)
            mark_entered(rules, rules->analysis->flow->state_at[effect->ref.index]->track,
                         effect);
        rules->facts |= effect->kind == EFFECT_RECORD;
    }
}

static void mark_moves(Rules *rules)
{
    const Flow *flow = rules->analysis->flow;
    for (uint32_t i = 0; i < flow->work_count; i++)
        mark_missed(rules, flow->work_at[i]);
    for (const StateAst *state = flow->states; state; state = state->next)
        for (const AsSoonAs *soon = state->as_soon; soon; soon = soon->next) {
            rules->moves[state->track] = true;
            mark_effects(rules, soon->effects);
        }
    for (const TrackAst *track = flow->tracks; track; track = track->next)
        for (const StartsLine *start = track->starts; start; start = start->next)
            if (!start->events.first)
                rules->moves[track->index] = rules->runs[track->index] = true;
}

static bool touches(const Rules *rules, const Expr *expr)
{
    if (!expr)
        return false;
    bool found = false;
    for (const Expr *part = expr->parts; part && !found; part = part->next)
        found = touches(rules, part);
    switch (expr->kind) {
    case EXPR_TERM:
        return touches(rules, rules->analysis->flow->term_at[expr->ref.index]->condition);
    case EXPR_COMPARE:
    case EXPR_KNOWN:
    case EXPR_NOT_KNOWN:
        return rules->facts;
    case EXPR_WINDOW:
        return true;
    case EXPR_AND:
    case EXPR_OR:
    case EXPR_NOT:
    case EXPR_ALL_TASKS_DONE:
        return found;
    case EXPR_TRACK_RUNNING:
    case EXPR_TRACK_NOT_RUNNING:
    case EXPR_TRACK_ENDED:
    case EXPR_TRACK_NOT_ENDED:
        return rules->runs[expr->ref.index];
    case EXPR_TRACK_AT:
    case EXPR_TRACK_NOT_AT:
        break;
    }
    return rules->moves[expr->ref.index];
}

static void choose_rules(Rules *rules)
{
    const Flow *flow = rules->analysis->flow;
    for (const RuleAst *rule = flow->rules; rule; rule = rule->next) {
        const StateAst *state = rule->is_never ? flow->state_at[rule->state.index] : NULL;
        bool moves = state && (rules->enters[state->index] ||
                               (state->starts_here && rules->runs[state->track]));
        bool closed = state && state->track == 0 && state->ends_here; /* nothing follows it */
        rules->asked[rule->index] = moves || (!closed && touches(rules, rule->condition));
        rules->any_asked |= rules->asked[rule->index];
    }
}

/* ---- what was found ---------------------------------------------------------------------- */

static void say_broken(Rules *rules, const Explorer *explorer, uint32_t step,
                       const int64_t *record, uint32_t index)
{
    const RuleAst *rule = rules->analysis->flow->rule_at[index];
    rules->broken[index] = true;
    Diag *diag = finding(rules->analysis, rule->span, rule->is_never ? "CF501" : "CF502",
                         rule->is_never ? "This must never happen, but it can, in %u steps"
                                        : "This must always hold, but it can fail, in %u steps",
                         explorer->steps[step].depth);
    if (!diag)
        return;
    Text then = {0};
    explore_write_place(explorer, record, &then);
    explore_tell(explorer, step, diag, "The rule is broken", text_get(&then));
    text_clear(&then);
    diag_help(rules->analysis->diags, diag,
              "It comes about by itself, so there is nobody whose entry could be refused.\n"
              "Change what leads there.");
}

static bool look(void *context, Explorer *explorer, uint32_t step, const int64_t *record)
{
    Rules *rules = context;
    const Vm *vm = &explorer->vm;
    for (uint32_t i = 0; i < vm->happened_count; i++) {
        const Happened *item = &vm->happened[i];
        if (item->kind == HAPPENED_FAULT && item->rule != NO_INDEX &&
            !rules->broken[item->rule])
            say_broken(rules, explorer, step, record, item->rule);
    }
    duties_look(&rules->duties, explorer, step, record);
    return rules->any_asked || duties_left(&rules->duties);
}

static void say_bound(const Rules *rules, const Explorer *explorer)
{
    for (const RuleAst *rule = rules->analysis->flow->rules; rule; rule = rule->next) {
        if (!rules->asked[rule->index] || rules->broken[rule->index])
            continue;
        if (explorer->stopped) {
            Diag *diag =
                finding(rules->analysis, rule->span, "CF504",
                        "No case was found that breaks this rule, but not all were tried");
            if (diag)
                explore_say_bound(explorer, diag);
        } else if (!explorer->bitten[rule->index]) {
            Diag *diag = finding(rules->analysis, rule->span, "CF503",
                                 "This rule adds nothing: no case comes near breaking it");
            if (diag)
                diag_help(rules->analysis->diags, diag,
                          "Every story was tried, and it never stopped one.");
        }
    }
}

/* What the rules to be searched for, and the duties, can depend on. */
static void find_cone(const Rules *rules, Cone *cone)
{
    const Flow *flow = rules->analysis->flow;
    cone_begin(rules->analysis, cone);
    for (const RuleAst *rule = flow->rules; rule; rule = rule->next) {
        if (!rules->asked[rule->index])
            continue;
        cone_add_condition(cone, rule->condition);
        if (rule->is_never)
            cone_add_track(cone, flow->state_at[rule->state.index]->track);
    }
    duties_add_to(&rules->duties, cone);
    cone_grow(cone);
}

static void search(Rules *rules)
{
    Explorer explorer;
    Cone cone;
    find_cone(rules, &cone);
    explorer_begin(rules->analysis, &explorer);
    explorer.events = cone.events;
    explorer.facts = cone.facts;
    explorer.works = rules->duties.tells;
    explore(&explorer, look, rules);
    say_bound(rules, &explorer);
    duties_say(&rules->duties, &explorer);
    explorer_clear(&explorer);
    cone_clear(&cone);
}

void check_standing(Analysis *analysis)
{
    const Flow *flow = analysis->flow;
    Rules rules = {.analysis = analysis};
    rules.moves = mem_alloc_array(flow->track_count + 1, sizeof *rules.moves);
    rules.enters = mem_alloc_array(flow->state_count + 1, sizeof *rules.enters);
    rules.runs = mem_alloc_array(flow->track_count + 1, sizeof *rules.runs);
    rules.asked = mem_alloc_array(flow->rule_count + 1, sizeof *rules.asked);
    rules.broken = mem_alloc_array(flow->rule_count + 1, sizeof *rules.broken);
    mark_moves(&rules);
    choose_rules(&rules);
    duties_begin(analysis, false, &rules.duties);
    if (rules.any_asked || rules.duties.any)
        search(&rules);
    free(rules.moves);
    free(rules.enters);
    free(rules.runs);
    free(rules.asked);
    free(rules.broken);
    duties_clear(&rules.duties);
}
