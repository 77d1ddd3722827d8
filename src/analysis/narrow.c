#include "analysis/narrow.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

static bool keep(const Narrowing *narrowing, int32_t fact, PieceSet pieces)
{
    narrowing->facts[fact] &= pieces;
    return narrowing->facts[fact] != 0;
}

static bool narrow_compare(const Narrowing *narrowing, const Expr *expr, bool truth)
{
    const Domain *domain = &narrowing->analysis->domains[expr->ref.index];
    if (domain->too_wide)
        return keep(narrowing, expr->ref.index, domain_known(domain));
    PieceSet yes = domain_matching(domain, expr);
    return keep(narrowing, expr->ref.index, truth ? yes : domain_known(domain) & ~yes);
}

static bool narrow_all(const Narrowing *narrowing, const Expr *parts, bool truth)
{
    for (; parts; parts = parts->next)
        if (!narrow(narrowing, parts, truth))
            return false;
    return true;
}

static bool narrow_any(const Narrowing *narrowing, const Expr *parts, bool truth)
{
    size_t count = narrowing->analysis->flow->fact_count;
    PieceSet *joined = mem_alloc_array(2 * count + 1, sizeof *joined);
    Narrowing one = *narrowing;
    one.facts = joined + count;
    bool possible = false;
    for (; parts; parts = parts->next) {
        memcpy(one.facts, narrowing->facts, count * sizeof *joined);
        if (!narrow(&one, parts, truth))
            continue;
        possible = true;
        for (size_t i = 0; i < count; i++)
            joined[i] |= one.facts[i];
    }
    memcpy(narrowing->facts, joined, count * sizeof *joined);
    free(joined);
    return possible;
}

static bool narrow_at(const Narrowing *narrowing, const Expr *expr, bool truth)
{
    const Flow *flow = narrowing->analysis->flow;
    if (narrowing->node >= flow->state_count ||
        flow->state_at[narrowing->node]->track != expr->ref.index)
        return true;
    bool is_here = expr->state.index == (int32_t)narrowing->node;
    return (is_here == (expr->kind == EXPR_TRACK_AT)) == truth;
}

bool narrow(const Narrowing *narrowing, const Expr *expr, bool truth)
{
    if (!expr)
        return truth;
    switch (expr->kind) {
    case EXPR_AND:
        return (truth ? narrow_all : narrow_any)(narrowing, expr->parts, truth);
    case EXPR_OR:
        return (truth ? narrow_any : narrow_all)(narrowing, expr->parts, truth);
    case EXPR_NOT:
        return narrow(narrowing, expr->parts, !truth);
    case EXPR_TERM:
        return narrow(narrowing, narrowing->analysis->flow->term_at[expr->ref.index]->condition,
                      truth);
    case EXPR_COMPARE:
        return narrow_compare(narrowing, expr, truth);
    case EXPR_KNOWN:
    case EXPR_NOT_KNOWN:
        return keep(narrowing, expr->ref.index,
                    truth == (expr->kind == EXPR_KNOWN) ? ~PIECE_UNKNOWN : PIECE_UNKNOWN);
    case EXPR_TRACK_AT:
    case EXPR_TRACK_NOT_AT:
        return narrow_at(narrowing, expr, truth);
    case EXPR_TRACK_RUNNING:
    case EXPR_TRACK_NOT_RUNNING:
    case EXPR_TRACK_ENDED:
    case EXPR_TRACK_NOT_ENDED:
    case EXPR_WINDOW:
    case EXPR_ALL_TASKS_DONE:
        break;
    }
    return true;
}

/* Does the condition hold (or, with truth false, fail) whatever the facts are? */
bool narrow_surely(const Narrowing *narrowing, const Expr *expr, bool truth)
{
    const Domain *domain;
    PieceSet may, yes;
    switch (expr->kind) {
    case EXPR_NOT:
        return narrow_surely(narrowing, expr->parts, !truth);
    case EXPR_TERM:
        return narrow_surely(
            narrowing, narrowing->analysis->flow->term_at[expr->ref.index]->condition, truth);
    case EXPR_COMPARE:
        domain = &narrowing->analysis->domains[expr->ref.index];
        may = narrowing->facts[expr->ref.index];
        yes = domain->too_wide ? 0 : domain_matching(domain, expr);
        if (domain->too_wide)
            return false;
        return (may & ~(truth ? yes : domain_known(domain) & ~yes)) == 0;
    case EXPR_AND:
    case EXPR_OR:
        break;
    default:
        return false;
    }
    bool every = (expr->kind == EXPR_AND) == truth;
    for (const Expr *part = expr->parts; part; part = part->next)
        if (narrow_surely(narrowing, part, truth) != every)
            return !every;
    return every;
}
