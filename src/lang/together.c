#include "lang/together.h"

#include "base/limits.h"

#define STEPS_MAX 2000 /* also bounds the depth of the search */

/* What is supposed about one thing. The list grows towards the newest and lives
 * on the stack of the search, so going back is returning. */
typedef enum SupposedKind {
    SUPPOSED_KNOWN,
    SUPPOSED_VALUES,
    SUPPOSED_RANGE,
    SUPPOSED_OTHER
} SupposedKind;

typedef struct Supposed {
    SupposedKind kind;
    const Expr *expr;
    bool truth;          /* SUPPOSED_KNOWN, SUPPOSED_OTHER */
    uint64_t values;     /* SUPPOSED_VALUES: the set it is in */
    int64_t least, most; /* SUPPOSED_RANGE */
    const struct Supposed *older;
} Supposed;

/* What still has to be made true (or, with truth false, surely untrue). */
typedef struct Pending {
    const Expr *expr;
    bool truth;
    const struct Pending *next;
} Pending;

typedef struct Search {
    const Flow *flow;
    uint32_t steps;
} Search;

static bool solve(Search *search, const Pending *pending, const Supposed *supposed);

/* ---- one fact, or one other thing ---------------------------------------- */

static bool same_other(const Expr *a, const Expr *b)
{
    return a->kind == b->kind && a->ref.index == b->ref.index &&
           a->state.index == b->state.index && a->window_index == b->window_index;
}

static bool about_fact(const Supposed *supposed)
{
    return supposed->kind != SUPPOSED_OTHER;
}

/* Does `fresh` agree with everything supposed about the same thing? */
static bool agrees(const Supposed *fresh)
{
    bool known = fresh->kind != SUPPOSED_KNOWN || fresh->truth;
    uint64_t values = ~UINT64_C(0);
    int64_t least = INT64_MIN, most = INT64_MAX;
    for (const Supposed *each = fresh; each; each = each->older) {
        if (about_fact(each) != about_fact(fresh))
            continue;
        if (!about_fact(fresh)) {
            if (same_other(each->expr, fresh->expr) && each->truth != fresh->truth)
                return false;
            continue;
        }
        if (each->expr->ref.index != fresh->expr->ref.index)
            continue;
        if (known != (each->kind != SUPPOSED_KNOWN || each->truth))
            return false;
        if (each->kind == SUPPOSED_VALUES)
            values &= each->values;
        if (each->kind == SUPPOSED_RANGE && each->least > least)
            least = each->least;
        if (each->kind == SUPPOSED_RANGE && each->most < most)
            most = each->most;
    }
    return values != 0 && least <= most;
}

static bool suppose(Search *search, const Pending *rest, Supposed fresh)
{
    return agrees(&fresh) && solve(search, rest, &fresh);
}

/* ---- comparisons ---------------------------------------------------------- */

static int64_t number_of(const Value *value)
{
    return value->kind == VALUE_DATE ? value->day : value->number;
}

static uint64_t set_of(const Value *value)
{
    uint64_t set = 0;
    for (; value; value = value->next) {
        if (value->kind == VALUE_NAME && value->name.index >= 0)
            set |= UINT64_C(1) << value->name.index;
        if (value->kind == VALUE_YES || value->kind == VALUE_NO)
            set |= value->kind == VALUE_YES ? 2 : 1;
    }
    return set;
}

static bool is_list(const FactAst *fact)
{
    return fact->type == FACT_ONE_OF || fact->type == FACT_YES_NO;
}

static bool suppose_values(Search *search, const Expr *expr, bool truth, const Pending *rest,
                           const Supposed *supposed)
{
    const FactAst *fact = search->flow->fact_at[expr->ref.index];
    uint32_t count = fact->type == FACT_YES_NO ? 2 : fact->value_count;
    uint64_t all = (UINT64_C(1) << count) - 1; /* at most LIMIT_VALUES */
    bool negated = expr->op == COMPARE_IS_NOT || expr->op == COMPARE_NOT_ONE_OF;
    uint64_t set = set_of(expr->values);
    return suppose(search, rest,
                   (Supposed){.kind = SUPPOSED_VALUES,
                              .expr = expr,
                              .values = negated == truth ? all & ~set : set,
                              .older = supposed});
}

/* Turns "not under 3" into "at least 3". */
static CompareOp opposite(CompareOp op)
{
    static const CompareOp opposites[] = {
        [COMPARE_IS] = COMPARE_IS_NOT,         [COMPARE_IS_NOT] = COMPARE_IS,
        [COMPARE_ONE_OF] = COMPARE_NOT_ONE_OF, [COMPARE_NOT_ONE_OF] = COMPARE_ONE_OF,
        [COMPARE_UNDER] = COMPARE_AT_LEAST,    [COMPARE_AT_LEAST] = COMPARE_UNDER,
        [COMPARE_OVER] = COMPARE_AT_MOST,      [COMPARE_AT_MOST] = COMPARE_OVER,
    };
    return opposites[op];
}

static Supposed range(const Expr *expr, int64_t least, int64_t most, const Supposed *older)
{
    return (Supposed){
        .kind = SUPPOSED_RANGE, .expr = expr, .least = least, .most = most, .older = older};
}

static bool suppose_range(Search *search, const Expr *expr, bool truth, const Pending *rest,
                          const Supposed *older)
{
    CompareOp op = truth ? expr->op : opposite(expr->op);
    int64_t number = number_of(expr->values);
    switch (op) {
    case COMPARE_UNDER:
        return suppose(search, rest, range(expr, INT64_MIN, number - 1, older));
    case COMPARE_AT_MOST:
        return suppose(search, rest, range(expr, INT64_MIN, number, older));
    case COMPARE_OVER:
        return suppose(search, rest, range(expr, number + 1, INT64_MAX, older));
    case COMPARE_AT_LEAST:
        return suppose(search, rest, range(expr, number, INT64_MAX, older));
    case COMPARE_IS:
    case COMPARE_ONE_OF:
        for (const Value *value = expr->values; value; value = value->next)
            if (suppose(search, rest, range(expr, number_of(value), number_of(value), older)))
                return true;
        return false;
    case COMPARE_IS_NOT:
        return suppose(search, rest, range(expr, INT64_MIN, number - 1, older)) ||
               suppose(search, rest, range(expr, number + 1, INT64_MAX, older));
    case COMPARE_NOT_ONE_OF: /* only that it is known */
        return suppose(search, rest, range(expr, INT64_MIN, INT64_MAX, older));
    }
    return false;
}

/* ---- the search ----------------------------------------------------------- */

/* All parts with the wanted truth: one after the other. */
static bool solve_all(Search *search, const Expr *parts, bool truth, const Pending *rest,
                      const Supposed *supposed)
{
    if (!parts)
        return solve(search, rest, supposed);
    Pending others = {.expr = parts, .truth = truth, .next = rest};
    if (!parts->next)
        return solve(search, &others, supposed);
    /* The first part now; what is left of the list waits as one condition. */
    Expr left = {.kind = truth ? EXPR_AND : EXPR_OR, .parts = parts->next};
    Pending later = {.expr = &left, .truth = truth, .next = rest};
    others.next = &later;
    return solve(search, &others, supposed);
}

static bool solve_any(Search *search, const Expr *parts, bool truth, const Pending *rest,
                      const Supposed *supposed)
{
    for (const Expr *part = parts; part; part = part->next) {
        Pending one = {.expr = part, .truth = truth, .next = rest};
        if (solve(search, &one, supposed))
            return true;
    }
    return false;
}

static bool solve_compare(Search *search, const Expr *expr, bool truth, const Pending *rest,
                          const Supposed *supposed)
{
    const FactAst *fact = search->flow->fact_at[expr->ref.index];
    return is_list(fact) ? suppose_values(search, expr, truth, rest, supposed)
                         : suppose_range(search, expr, truth, rest, supposed);
}

/* "is not running" and "is running" are one question. */
static bool solve_other(Search *search, const Expr *expr, bool truth, const Pending *rest,
                        const Supposed *supposed)
{
    bool negative = expr->kind == EXPR_TRACK_NOT_RUNNING ||
                    expr->kind == EXPR_TRACK_NOT_ENDED || expr->kind == EXPR_TRACK_NOT_AT;
    Expr plain = *expr;
    if (negative)
        plain.kind = expr->kind - 1;
    return suppose(search, rest,
                   (Supposed){.kind = SUPPOSED_OTHER,
                              .expr = &plain,
                              .truth = truth != negative,
                              .older = supposed});
}

static bool solve(Search *search, const Pending *pending, const Supposed *supposed)
{
    if (!pending)
        return true;
    if (++search->steps > STEPS_MAX)
        return false;
    const Expr *expr = pending->expr;
    bool truth = pending->truth;
    const Pending *rest = pending->next;
    switch (expr->kind) {
    case EXPR_AND:
        return (truth ? solve_all : solve_any)(search, expr->parts, truth, rest, supposed);
    case EXPR_OR:
        return (truth ? solve_any : solve_all)(search, expr->parts, truth, rest, supposed);
    case EXPR_NOT:
        return solve_any(search, expr->parts, !truth, rest, supposed);
    case EXPR_TERM:
        return solve_any(search, search->flow->term_at[expr->ref.index]->condition, truth, rest,
                         supposed);
    case EXPR_COMPARE:
        return solve_compare(search, expr, truth, rest, supposed);
    case EXPR_KNOWN:
    case EXPR_NOT_KNOWN:
        return suppose(search, rest,
                       (Supposed){.kind = SUPPOSED_KNOWN,
                                  .expr = expr,
                                  .truth = truth == (expr->kind == EXPR_KNOWN),
                                  .older = supposed});
    case EXPR_TRACK_RUNNING:
    case EXPR_TRACK_NOT_RUNNING:
    case EXPR_TRACK_ENDED:
    case EXPR_TRACK_NOT_ENDED:
    case EXPR_TRACK_AT:
    case EXPR_TRACK_NOT_AT:
    case EXPR_WINDOW:
        return solve_other(search, expr, truth, rest, supposed);
    case EXPR_ALL_TASKS_DONE: /* of a state without tasks: always */
        return truth && solve(search, rest, supposed);
    }
    return false;
}

bool conditions_hold_together(const Flow *flow, const Expr *const *conditions, size_t count)
{
    enum { MOST = 64 };
    Pending pending[MOST];
    if (count > MOST)
        return false;
    for (size_t i = 0; i < count; i++)
        pending[i] = (Pending){conditions[i], true, i + 1 < count ? &pending[i + 1] : NULL};
    Search search = {.flow = flow};
    return solve(&search, count ? pending : NULL, NULL);
}
