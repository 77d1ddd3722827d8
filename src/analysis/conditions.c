/* Each condition by itself: can it ever hold (CF203, CF503), can it ever fail
 * (CF204), can it be read (CF209), is it said twice (CF210)? */
#include <string.h>

#include "analysis/internal.h"
#include "analysis/knowledge.h"
#include "analysis/walk.h"
#include "base/map.h"

#define LONG_CONDITION 3u /* questions in it */

typedef struct Found {
    const Expr *expr;
    bool yes, no;
} Found;

static bool look(void *context, const Situation *situation)
{
    Found *found = context;
    Verdict verdict = situation_judge(situation, found->expr);
    found->yes |= verdict == IS_YES;
    found->no |= verdict == IS_NO;
    return !(found->yes && found->no);
}

/* ---- always, never ------------------------------------------------------------------ */

static void say_never(Analysis *analysis, const Expr *expr, ConditionRole role)
{
    static const char *const what[] = {
        [CONDITION_LINE] = "This line can never apply",
        [CONDITION_AS_SOON] = "This can never come about",
        [CONDITION_STARTS] = "The track can never start by this",
        [CONDITION_ONLY_WHEN] = "This work is never asked for",
        [CONDITION_UNTIL] = "This review never ends",
        [CONDITION_MUST] = "This is never asked for",
        [CONDITION_PAUSED] = "This limit is never paused",
        [CONDITION_INTERVAL] = "This interval never applies",
        [CONDITION_RECORDS] = "This is never recorded",
        [CONDITION_REQUIRES] = "A reason is never asked for by this",
        [CONDITION_TERM] = "This term is never true",
        [CONDITION_ALWAYS] = "No case could keep this rule",
    };
    Diag *diag = finding(analysis, expr->span, "CF203",
                         "%s: its conditions contradict each other", what[role]);
    if (diag)
        diag_help(analysis->diags, diag, "There is no case of which all of this is true.");
}

static void say_always(Analysis *analysis, const Expr *expr)
{
    Diag *diag = finding(analysis, expr->span, "CF204", "This condition is always true");
    if (diag)
        diag_help(analysis->diags, diag,
                  "There is no case of which it is not. Leave it out, or correct it.");
}

static void say_no_bite(Analysis *analysis, const Expr *expr)
{
    Diag *diag = finding(analysis, expr->span, "CF503",
                         "This rule adds nothing: no case could break it");
    if (diag)
        diag_help(analysis->diags, diag, "Whatever is recorded, its condition is kept.");
}

static void check_truth(Analysis *analysis, const Expr *expr, ConditionRole role, int32_t here)
{
    if (expr->kind == EXPR_TERM && role != CONDITION_TERM)
        return; /* said of the term itself */
    Supposing supposing = {.here = here, .track = -1};
    Found found = {.expr = expr};
    if (!situations_each(&analysis->situation, &expr, 1, &supposing, look, &found))
        return;
    bool rule = role == CONDITION_NEVER || role == CONDITION_ALWAYS;
    if (role == CONDITION_NEVER ? !found.yes : rule && !found.no)
        say_no_bite(analysis, expr);
    else if (!found.yes)
        say_never(analysis, expr, role);
    else if (!found.no && !rule)
        say_always(analysis, expr);
}

/* ---- otherwise ------------------------------------------------------------------------ */

typedef struct Left {
    const Handler *handler;
    bool any;
} Left;

static bool look_for_left(void *context, const Situation *situation)
{
    Left *left = context;
    left->any = true;
    for (const Line *line = left->handler->lines; line; line = line->next)
        if (line_is_choice(line) && line->when != LINE_OTHERWISE &&
            situation_judge(situation, line->condition) != IS_NO)
            left->any = false;
    return !left->any;
}

static void check_otherwise(Analysis *analysis, const Handler *handler, const Line *otherwise,
                            int32_t here)
{
    enum { MOST = 64 };
    const Expr *exprs[MOST];
    uint32_t count = 0;
    for (const Line *line = handler->lines; line; line = line->next)
        if (line_is_choice(line) && line->condition) {
            if (count == MOST)
                return;
            exprs[count++] = line->condition;
        }
    Supposing supposing = {.here = here, .track = -1};
    Left left = {.handler = handler};
    if (!situations_each(&analysis->situation, exprs, count, &supposing, look_for_left,
                         &left) ||
        left.any)
        return;
    Diag *diag = finding(analysis, otherwise->span, "CF203",
                         "This line can never apply: nothing is left for \"otherwise\"");
    if (diag)
        diag_help(analysis->diags, diag, "The lines before it cover every case between them.");
}

static void check_handlers(Analysis *analysis, const Handler *handler, int32_t here)
{
    for (; handler; handler = handler->next)
        for (const Line *line = handler->lines; line; line = line->next)
            if (line->when == LINE_OTHERWISE && line_is_choice(line))
                check_otherwise(analysis, handler, line, here);
}

/* ---- how it reads ------------------------------------------------------------------------ */

static bool is_negative(const Expr *expr)
{
    switch (expr->kind) {
    case EXPR_COMPARE:
        return expr->op == COMPARE_IS_NOT || expr->op == COMPARE_NOT_ONE_OF;
    case EXPR_NOT:
    case EXPR_NOT_KNOWN:
    case EXPR_TRACK_NOT_RUNNING:
    case EXPR_TRACK_NOT_ENDED:
    case EXPR_TRACK_NOT_AT:
        return true;
    default:
        return false;
    }
}

static void check_negatives(Analysis *analysis, const Expr *expr)
{
    for (const Expr *part = expr->parts; part; part = part->next)
        check_negatives(analysis, part);
    bool of_not = expr->kind == EXPR_NOT && is_negative(expr->parts);
    bool not_no = expr->kind == EXPR_COMPARE && expr->op == COMPARE_IS_NOT &&
                  expr->values->kind == VALUE_NO;
    if (!of_not && !not_no)
        return;
    Diag *diag = finding(analysis, expr->span, "CF209", "Two negatives are easy to misread");
    if (!diag)
        return;
    if (not_no)
        diag_help(analysis->diags, diag, "Say \"%s is yes\".", expr->ref.text);
    else
        diag_help(analysis->diags, diag,
                  "Say it without \"not\": \"is\" for \"not … is not\".");
}

static uint32_t questions(const Expr *expr)
{
    uint32_t count = expr->parts == NULL;
    for (const Expr *part = expr->parts; part; part = part->next)
        count += questions(part);
    return count;
}

static void check_repeated(Analysis *analysis, const Expr *expr)
{
    if (questions(expr) < LONG_CONDITION)
        return;
    const char *words = words_of(analysis, expr->span);
    const size_t length = strlen(words);
    int64_t first;
    if (!map_find(&analysis->conditions, words, length, &first)) {
        map_add(&analysis->conditions, words, length, (int64_t)(intptr_t)expr);
        return;
    }
    const Expr *before = (const Expr *)(intptr_t)first;
    Diag *diag =
        finding(analysis, expr->span, "CF210", "This long condition stands here again");
    if (!diag)
        return;
    diag_related(analysis->diags, diag, before->span, "it stands here already");
    diag_help(analysis->diags, diag,
              "Give it a name, so that it is changed in one place:\n"
              "term NAME \"…\" when %s",
              words);
}

static void check_condition(Analysis *analysis, const Expr *expr, ConditionRole role,
                            int32_t here)
{
    check_truth(analysis, expr, role, here);
    check_negatives(analysis, expr);
    check_repeated(analysis, expr);
}

void check_conditions(Analysis *analysis)
{
    conditions_each(analysis, check_condition);
    handlers_each(analysis, check_handlers);
    map_clear(&analysis->conditions);
}
