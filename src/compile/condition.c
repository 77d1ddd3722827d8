#include "compile/compile_internal.h"

/* Names has bounded how deep a condition and the terms it stands on are, far
 * below the machine's stack, to which each level adds one value at most. */
static void compile_expr(Compiler *compiler, const Expr *expr, uint32_t state);

/* ---- values --------------------------------------------------------------- */

static int64_t value_number(const Value *value)
{
    switch (value->kind) {
    case VALUE_NAME:
        return value->name.index;
    case VALUE_NUMBER:
        return value->number;
    case VALUE_YES:
        return 1;
    case VALUE_NO:
        return 0;
    case VALUE_DATE:
        return value->day;
    case VALUE_TEXT:
        break;
    }
    return VALUE_UNKNOWN;
}

uint32_t compile_value(Compiler *compiler, const Value *value)
{
    if (value->kind == VALUE_TEXT)
        diag_add(
            &compiler->bundle->diags, value->span, "CF206",
            "a text can only be known or not known; it cannot be compared or recorded here");
    return append_constants(compiler, value_number(value));
}

/* ---- comparisons ----------------------------------------------------------- */

static const OpCode compare_ops[] = {
    [COMPARE_IS] = OP_IS,     [COMPARE_IS_NOT] = OP_IS_NOT,     [COMPARE_UNDER] = OP_UNDER,
    [COMPARE_OVER] = OP_OVER, [COMPARE_AT_LEAST] = OP_AT_LEAST, [COMPARE_AT_MOST] = OP_AT_MOST,
};

static void emit_comparison(Compiler *compiler, uint32_t fact, const Value *value, OpCode op)
{
    code_emit(compiler, OP_PUSH_FACT, fact);
    code_emit(compiler, OP_PUSH_CONST, compile_value(compiler, value));
    code_emit(compiler, op, 0);
}

/* Skips wait for their target in a chain: each holds the place of the one before. */
static uint32_t emit_skip(Compiler *compiler, OpCode skip, uint32_t before)
{
    uint32_t at = code_begin(compiler);
    code_emit(compiler, skip, before);
    return at;
}

static void land_skips(Compiler *compiler, uint32_t last)
{
    Instruction *code = compiler->program->code;
    while (last && !compiler->too_large) {
        uint32_t before = instruction_operand(code[last]);
        code[last] = instruction(instruction_op(code[last]), compiler->program->code_count);
        last = before;
    }
}

/* Of a list: one look at a bit mask. */
static void emit_mask(Compiler *compiler, uint32_t fact, const Value *values)
{
    int64_t mask = 0;
    for (const Value *value = values; value; value = value->next)
        mask |= (int64_t)1 << value_number(value);
    code_emit(compiler, OP_PUSH_FACT, fact);
    code_emit(compiler, OP_ONE_OF, append_constants(compiler, mask));
}

/* Of numbers or dates: one after the other. */
static void emit_any_of(Compiler *compiler, uint32_t fact, const Value *values)
{
    uint32_t skips = 0;
    for (const Value *value = values; value; value = value->next) {
        emit_comparison(compiler, fact, value, OP_IS);
        if (value != values)
            code_emit(compiler, OP_OR, 0);
        if (value->next)
            skips = emit_skip(compiler, OP_SKIP_IF_YES, skips);
    }
    land_skips(compiler, skips);
}

static void compile_compare(Compiler *compiler, const Expr *expr)
{
    uint32_t fact = (uint32_t)expr->ref.index;
    FactType type = compiler->flow->fact_at[fact]->type;
    if (expr->op != COMPARE_ONE_OF && expr->op != COMPARE_NOT_ONE_OF) {
        emit_comparison(compiler, fact, expr->values, compare_ops[expr->op]);
        return;
    }
    if (type == FACT_ONE_OF || type == FACT_YES_NO)
        emit_mask(compiler, fact, expr->values);
    else
        emit_any_of(compiler, fact, expr->values);
    if (expr->op == COMPARE_NOT_ONE_OF)
        code_emit(compiler, OP_NOT, 0);
}

/* ---- the rest ---------------------------------------------------------------- */

typedef struct Junction {
    OpCode skip, join;
} Junction;

static void compile_parts(Compiler *compiler, const Expr *expr, uint32_t state)
{
    Junction junction = expr->kind == EXPR_AND ? (Junction){OP_SKIP_IF_NO, OP_AND}
                                               : (Junction){OP_SKIP_IF_YES, OP_OR};
    uint32_t skips = 0;
    for (const Expr *part = expr->parts; part; part = part->next) {
        compile_expr(compiler, part, state);
        if (part != expr->parts)
            code_emit(compiler, junction.join, 0);
        if (part->next)
            skips = emit_skip(compiler, junction.skip, skips);
    }
    land_skips(compiler, skips);
}

static void emit_maybe_not(Compiler *compiler, OpCode op, int32_t operand, bool negated)
{
    code_emit(compiler, op, (uint32_t)operand);
    if (negated)
        code_emit(compiler, OP_NOT, 0);
}

static void compile_look(Compiler *compiler, const Expr *expr, uint32_t state)
{
    switch (expr->kind) {
    case EXPR_KNOWN:
    case EXPR_NOT_KNOWN:
        emit_maybe_not(compiler, OP_KNOWN, expr->ref.index, expr->kind == EXPR_NOT_KNOWN);
        break;
    case EXPR_TRACK_RUNNING:
    case EXPR_TRACK_NOT_RUNNING:
        emit_maybe_not(compiler, OP_RUNNING, expr->ref.index,
                       expr->kind == EXPR_TRACK_NOT_RUNNING);
        break;
    case EXPR_TRACK_ENDED:
    case EXPR_TRACK_NOT_ENDED:
        emit_maybe_not(compiler, OP_ENDED, expr->ref.index, expr->kind == EXPR_TRACK_NOT_ENDED);
        break;
    case EXPR_TRACK_AT:
    case EXPR_TRACK_NOT_AT:
        emit_maybe_not(compiler, OP_AT_STATE, expr->state.index,
                       expr->kind == EXPR_TRACK_NOT_AT);
        break;
    case EXPR_WINDOW:
        code_emit(compiler, OP_WINDOW, (uint32_t)expr->window_index);
        break;
    case EXPR_ALL_TASKS_DONE:
        code_emit(compiler, OP_TASKS_DONE, state);
        break;
    case EXPR_AND:
    case EXPR_OR:
    case EXPR_NOT:
    case EXPR_TERM:
    case EXPR_COMPARE:
        break; /* compile_expr's */
    }
}

/* Terms are written out where they are used: a program that grows too large by
 * it stops at once and is refused. */
static void compile_expr(Compiler *compiler, const Expr *expr, uint32_t state)
{
    if (compiler->too_large)
        return;
    switch (expr->kind) {
    case EXPR_AND:
    case EXPR_OR:
        compile_parts(compiler, expr, state);
        break;
    case EXPR_NOT:
        compile_expr(compiler, expr->parts, state);
        code_emit(compiler, OP_NOT, 0);
        break;
    case EXPR_TERM:
        compile_expr(compiler, compiler->flow->term_at[expr->ref.index]->condition, state);
        break;
    case EXPR_COMPARE:
        compile_compare(compiler, expr);
        break;
    default:
        compile_look(compiler, expr, state);
    }
}

CodeRef compile_condition(Compiler *compiler, const Expr *expr, uint32_t state)
{
    CodeRef begin = code_begin(compiler);
    if (expr)
        compile_expr(compiler, expr, state);
    return code_end(compiler, begin);
}
