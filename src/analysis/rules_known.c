/* What a standing rule asks about has to be known where it is judged (CF208):
 * unknown refuses the step. */
#include "analysis/confirm.h"
#include "analysis/knowledge.h"

#define UNKNOWN_MOST 8u /* facts that may not be known, of one rule in one state */

typedef struct RuleLook {
    const Expr *expr;
    int32_t unknown[UNKNOWN_MOST]; /* facts */
    uint32_t count;
} RuleLook;

static int32_t unknown_fact_in(const Situation *situation, const Expr *expr)
{
    if (situation_judge(situation, expr) != IS_UNKNOWN)
        return -1;
    if (expr->kind == EXPR_COMPARE)
        return expr->ref.index;
    const Expr *parts = expr->kind == EXPR_TERM
                            ? situation->flow->term_at[expr->ref.index]->condition
                            : expr->parts;
    for (const Expr *part = parts; part; part = part->next) {
        int32_t fact = unknown_fact_in(situation, part);
        if (fact >= 0)
            return fact;
    }
    return -1;
}

static bool look(void *context, const Situation *situation)
{
    RuleLook *rule = context;
    int32_t fact = unknown_fact_in(situation, rule->expr);
    for (uint32_t i = 0; i < rule->count; i++)
        if (rule->unknown[i] == fact)
            return true;
    if (fact >= 0)
        rule->unknown[rule->count++] = fact;
    return rule->count < UNKNOWN_MOST;
}

static void say(Analysis *analysis, const RuleAst *rule, uint32_t node, int32_t fact,
                const Text *story, const Text *scenario)
{
    const char *name = analysis->flow->fact_at[fact]->name;
    const char *state = analysis->flow->state_at[node]->name;
    Diag *diag = finding(
        analysis, rule->condition->span, "CF208",
        "This rule asks about \"%s\", which nobody may have recorded in \"%s\"", name, state);
    if (!diag)
        return;
    diag_example(analysis->diags, diag, "%s", text_get(story));
    diag_scenario(analysis->diags, diag, text_get(scenario));
    diag_help(analysis->diags, diag,
              "The step would be refused. Let an earlier step record it, or say what counts\n"
              "while it is not known: \"%s is known and …\".",
              name);
}

static void say_not_all(Analysis *analysis, const RuleAst *rule, int32_t fact)
{
    Text what = {0};
    text_addf(&what, "\"%s\" is not known here", analysis->flow->fact_at[fact]->name);
    say_unconfirmed(analysis, rule->condition->span, text_get(&what));
    text_clear(&what);
}

/* False: it cannot come about. */
static bool look_into(Analysis *analysis, const RuleAst *rule, uint32_t node, int32_t fact)
{
    Doubt doubt = {.node = node,
                   .refused = rule->is_never ? REFUSED_NEVER : REFUSED_ALWAYS,
                   .event = -1,
                   .rule = rule->index,
                   .fact = fact,
                   .work = -1,
                   .without = -1};
    Text story = {0}, scenario = {0};
    Verdict verdict = confirm(analysis, &doubt, "Not known yet", &story, &scenario);
    if (verdict == IS_YES)
        say(analysis, rule, node, fact, &story, &scenario);
    else if (verdict == IS_UNKNOWN)
        say_not_all(analysis, rule, fact);
    text_clear(&story);
    text_clear(&scenario);
    return verdict != IS_NO;
}

static bool check_at(Analysis *analysis, const RuleAst *rule, uint32_t node)
{
    if (!analysis->known->at[node])
        return true;
    const Expr *condition = rule->condition;
    RuleLook found = {.expr = condition};
    Supposing supposing = {
        .facts = analysis->known->at[node], .here = (int32_t)node, .track = -1};
    situations_each(&analysis->situation, &condition, 1, &supposing, look, &found);
    for (uint32_t i = 0; i < found.count; i++)
        if (look_into(analysis, rule, node, found.unknown[i]))
            return false;
    return true;
}

void check_rules_known(Analysis *analysis)
{
    const Flow *flow = analysis->flow;
    for (const RuleAst *rule = flow->rules; rule; rule = rule->next) {
        if (!rule->condition)
            continue;
        if (rule->is_never) {
            check_at(analysis, rule, node_of_state(rule->state.index));
            continue;
        }
        for (const StateAst *state = flow->states; state; state = state->next)
            if (state->track == 0 && !check_at(analysis, rule, node_of_state(state->index)))
                break;
    }
}
