/* What a standing rule asks about has to be known where it is judged (CF208):
 * unknown refuses the step. */
#include "analysis/internal.h"
#include "analysis/knowledge.h"

typedef struct RuleLook {
    const Expr *expr;
    int32_t unknown; /* a fact, -1 none */
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
    rule->unknown = unknown_fact_in(situation, rule->expr);
    return rule->unknown < 0;
}

static void say(Analysis *analysis, const RuleAst *rule, uint32_t node, int32_t fact)
{
    const char *name = analysis->flow->fact_at[fact]->name;
    const char *state = analysis->flow->state_at[node]->name;
    Diag *diag = finding(
        analysis, rule->condition->span, "CF208",
        "This rule asks about \"%s\", which nobody may have recorded in \"%s\"", name, state);
    if (!diag)
        return;
    say_unrecorded(analysis, diag, node, fact);
    diag_help(analysis->diags, diag,
              "The step would be refused. Let an earlier step record it, or say what counts\n"
              "while it is not known: \"%s is known and …\".",
              name);
}

static bool check_at(Analysis *analysis, const RuleAst *rule, uint32_t node)
{
    if (!analysis->known->at[node])
        return true;
    const Expr *condition = rule->condition;
    RuleLook found = {condition, -1};
    Supposing supposing = {
        .facts = analysis->known->at[node], .here = (int32_t)node, .track = -1};
    situations_each(&analysis->situation, &condition, 1, &supposing, look, &found);
    if (found.unknown >= 0)
        say(analysis, rule, node, found.unknown);
    return found.unknown < 0;
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
