#include "compile/compile_internal.h"

/* The values of a period are written once, whoever uses it. */
static Slice period_slice(Compiler *compiler, uint32_t period)
{
    Slice *slice = &compiler->periods[period];
    if (slice->count)
        return *slice;
    uint32_t first = compiler->program->duration_count;
    for (const PeriodValue *value = compiler->flow->period_at[period]->values; value;
         value = value->next)
        append_durations(compiler, (DatedDuration){value->from.day, value->duration});
    *slice = slice_since(first, compiler->program->duration_count);
    return *slice;
}

Slice compile_duration(Compiler *compiler, const DurationAst *duration)
{
    if (duration->period.text)
        return period_slice(compiler, (uint32_t)duration->period.index);
    uint32_t at = append_durations(compiler, (DatedDuration){DAY_NONE, duration->literal});
    return (Slice){at, 1};
}

AnchorInfo compile_anchor(Compiler *compiler, const Anchor *anchor)
{
    static const AnchorType types[] = {
        [ANCHOR_NONE] = FROM_NOTHING,      [ANCHOR_ENTERING] = FROM_ENTERING,
        [ANCHOR_STARTING] = FROM_STARTING, [ANCHOR_OPENING] = FROM_OPENING,
        [ANCHOR_EVENT] = FROM_EVENT,       [ANCHOR_FIRST_EVENT] = FROM_FIRST_EVENT,
        [ANCHOR_FACT] = FROM_FACT,         [ANCHOR_LATER_OF] = FROM_LATER_OF,
    };
    uint32_t first = compiler->program->anchor_item_count;
    for (const Ref *ref = anchor->refs.first; ref; ref = ref->next)
        append_anchor_items(compiler,
                            (AnchorItem){ref->kind == REF_FACT, (uint32_t)ref->index});
    return (AnchorInfo){types[anchor->kind],
                        slice_since(first, compiler->program->anchor_item_count)};
}

uint32_t compile_limit(Compiler *compiler, const LimitAst *ast)
{
    if (ast->span.length == 0)
        return NO_INDEX;
    LimitInfo limit = {
        .has_target = ast->has_target,
        .has_limit = ast->has_limit,
        .immediately = ast->immediately,
        .fixed = ast->fixed,
        .before = ast->before,
        .clear = ast->clear,
        .count_from_next = ast->count_from_next,
        .roll = ast->roll,
    };
    limit.paused_while = compile_condition(compiler, ast->paused_while, NO_INDEX);
    limit.paused_by = compile_permits(compiler, &ast->paused_by);
    limit.extended_by = compile_permits(compiler, &ast->extended_by);
    limit.anchor = compile_anchor(compiler, &ast->anchor);
    limit.target_anchor = limit.anchor;
    if (ast->target_anchor.kind != ANCHOR_NONE)
        limit.target_anchor = compile_anchor(compiler, &ast->target_anchor);
    if (ast->has_target)
        limit.target = compile_duration(compiler, &ast->target);
    if (ast->has_limit)
        limit.limit = compile_duration(compiler, &ast->limit);
    return append_limits(compiler, limit);
}
