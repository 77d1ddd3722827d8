#include "base/limits.h"
#include "lang/build.h"

Value *build_value(Parser *p, Token token, ValueKind kind)
{
    Value *value = ARENA_NEW(p->arena, Value);
    value->span = token_span(p, token);
    value->kind = kind;
    value->name.index = -1;
    return value;
}

Value *build_value_name(Parser *p, Ref *name)
{
    Value *value = ARENA_NEW(p->arena, Value);
    value->span = name->span;
    value->kind = VALUE_NAME;
    value->name = *name;
    return value;
}

Value *build_value_number(Parser *p, Number number)
{
    Value *value = ARENA_NEW(p->arena, Value);
    value->span = number.span;
    value->kind = VALUE_NUMBER;
    value->number = number.value;
    value->name.index = -1;
    return value;
}

Value *build_value_text(Parser *p, Token string)
{
    Value *value = build_value(p, string, VALUE_TEXT);
    value->text = build_text(p, string);
    return value;
}

Value *build_value_date(Parser *p, DateAst date)
{
    Value *value = ARENA_NEW(p->arena, Value);
    value->span = date.span;
    value->kind = VALUE_DATE;
    value->day = date.day;
    value->name.index = -1;
    return value;
}

ValueList build_values(ValueList list, Value *value)
{
    if (list.last)
        list.last->next = value;
    else
        list.first = value;
    list.last = value;
    return list;
}

/* A bracketed list inside a list of the same kind stays a node of its own: its
 * `next` is free, since each condition is used once. */
ExprList build_exprs(ExprList list, Expr *expr)
{
    if (list.last)
        list.last->next = expr;
    else
        list.first = expr;
    list.last = expr;
    return list;
}

static Expr *new_expr(Parser *p, ExprKind kind, uint32_t offset)
{
    Expr *expr = ARENA_NEW(p->arena, Expr);
    expr->kind = kind;
    expr->span = span_since(p, offset);
    expr->ref.index = expr->state.index = -1;
    expr->window_index = -1;
    return expr;
}

Expr *build_list_expr(Parser *p, ExprKind kind, ExprList list)
{
    Expr *expr = new_expr(p, kind, list.first->span.offset);
    expr->parts = list.first;
    return expr;
}

Expr *build_not(Parser *p, Token word, Expr *inner)
{
    Expr *expr = new_expr(p, EXPR_NOT, word.offset);
    expr->parts = inner;
    return expr;
}

Expr *build_expr(Parser *p, ExprKind kind, Ref *ref)
{
    Expr *expr = new_expr(p, kind, ref->span.offset);
    expr->ref = *ref;
    return expr;
}

Expr *build_term_ref(Parser *p, Ref *name)
{
    return build_expr(p, EXPR_TERM, name);
}

Expr *build_compare(Parser *p, Ref *ref, CompareOp op, Value *values)
{
    Expr *expr = build_expr(p, EXPR_COMPARE, ref);
    expr->op = op;
    expr->values = values;
    return expr;
}

Expr *build_window(Parser *p, Ref *ref, Token amount, DurationAst window)
{
    Expr *expr = build_expr(p, EXPR_WINDOW, ref);
    expr->amount = build_small(p, amount, 1, LIMIT_WINDOW_COUNT, "How many times");
    expr->window = window;
    return expr;
}

Expr *build_track(Parser *p, Token first, ExprKind kind, Ref *track, Ref *state)
{
    Expr *expr = new_expr(p, kind, first.offset);
    expr->ref = *track;
    if (state)
        expr->state = *state;
    return expr;
}

Expr *build_all_tasks(Parser *p, Token first)
{
    Expr *expr = new_expr(p, EXPR_ALL_TASKS_DONE, first.offset);
    if (!p->now.in_as_soon) {
        Diag *diag = diag_add(p->diags, expr->span, "CF001",
                              "\"all tasks are done\" can stand only after \"as soon as\"");
        diag_help(p->diags, diag, "For example: as soon as all tasks are done go to closed");
    }
    return expr;
}
