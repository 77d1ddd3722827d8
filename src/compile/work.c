#include "base/limits.h"
#include "compile/compile_internal.h"

/* ---- parts of a work ---------------------------------------------------------- */

/* When a review is first due may be said as any other limit. */
static const LimitAst *limit_of(const Work *work)
{
    return work->first ? work->first : &work->limit;
}

static bool has_due_moment(const Work *work)
{
    return work->intervals || work->in_step.text || limit_of(work)->has_limit;
}

/* The workflow's `if missed` is for limits that say nothing. */
static const Effect *missed_effects(const Compiler *compiler, const Work *work)
{
    if (work->if_missed.span.length > 0)
        return work->if_missed.effects;
    return has_due_moment(work) ? compiler->flow->workflow->if_missed.effects : NULL;
}

static void compile_missed(Compiler *compiler, const Work *work, WorkInfo *info)
{
    const Effect *effects = missed_effects(compiler, work);
    const StateAst *target = effects_target(compiler, effects, (Origin){info->track, NULL});
    info->if_missed = compile_side_effects(compiler, effects);
    if (target) {
        info->missed_go = compile_leave_and_enter(compiler, info->track, target);
        info->missed_state = (uint32_t)target->index;
    }
}

static Slice compile_checklist(Compiler *compiler, const CheckItem *items)
{
    uint32_t first = compiler->program->text_count;
    for (const CheckItem *item = items; item; item = item->next)
        append_texts(compiler, compile_name(compiler, item->name));
    return slice_since(first, compiler->program->text_count);
}

static Slice compile_intervals(Compiler *compiler, const Interval *intervals)
{
    uint32_t first = compiler->program->interval_count;
    for (const Interval *one = intervals; one; one = one->next) {
        IntervalInfo info = {.grid = one->kind == INTERVAL_GRID,
                             .otherwise = one->when != LINE_WHEN};
        info.every = compile_duration(compiler, &one->every);
        info.when = compile_condition(compiler, one->condition, NO_INDEX);
        if (info.grid)
            info.from = compile_anchor(compiler, &one->from);
        append_intervals(compiler, info);
    }
    return slice_since(first, compiler->program->interval_count);
}

/* Those sent are kept as bits. */
static Slice compile_reminds(Compiler *compiler, const Work *work)
{
    uint32_t first = compiler->program->remind_count;
    for (const Remind *one = work->reminds; one; one = one->next) {
        Slice before = compile_duration(compiler, &one->before);
        append_reminds(compiler, (RemindInfo){before, compile_refs(compiler, &one->roles)});
    }
    Slice reminds = slice_since(first, compiler->program->remind_count);
    if (reminds.count > LIMIT_REMINDERS)
        diag_add(&compiler->bundle->diags, work->name_span, "CF010",
                 "\"%s\" has %u reminders; at most %u are possible", work->name, reminds.count,
                 LIMIT_REMINDERS);
    return reminds;
}

/* ---- other work ----------------------------------------------------------------- */

/* The work of `event` in the place in hand, or NO_INDEX. */
static uint32_t work_here(const Compiler *compiler, uint32_t event)
{
    return compiler->seen[event] == compiler->mark ? compiler->work_here[event] : NO_INDEX;
}

static void compile_after(Compiler *compiler, const Work *work, WorkInfo *info)
{
    if (!work->after.text)
        return;
    info->after_work = work_here(compiler, (uint32_t)work->after.index);
    if (info->after_work == NO_INDEX)
        info->after_event = (uint32_t)work->after.index;
}

/* The review of that name here, else the only one of that name. */
static void compile_in_step(Compiler *compiler, const Work *work, WorkInfo *info)
{
    if (!work->in_step.text)
        return;
    uint32_t event = (uint32_t)work->in_step.index;
    info->in_step = work_here(compiler, event);
    if (info->in_step != NO_INDEX)
        return;
    info->in_step = (uint32_t)compiler->flow->event_at[event]->work->index;
    if (compiler->works_of[event] > 1)
        diag_add(
            &compiler->bundle->diags, work->in_step.span, "CF101",
            "there are several reviews called \"%s\", none of them here, so it is not clear "
            "which one \"%s\" keeps step with",
            work->in_step.text, work->name);
}

/* ---- rows ----------------------------------------------------------------------- */

static const ProgramWorkKind kinds[] = {
    [WORK_TASK] = PROGRAM_TASK,
    [WORK_REVIEW] = PROGRAM_REVIEW,
    [WORK_DEADLINE] = PROGRAM_DEADLINE,
    [WORK_MUST] = PROGRAM_MUST,
};

static void compile_who(Compiler *compiler, const Work *work, WorkInfo *info)
{
    info->permits = compile_permits(compiler, &work->by);
    info->assigns = compile_refs(compiler, &work->assigns);
    info->not_by = compile_refs(compiler, &work->not_by_who);
}

static void compile_conditions(Compiler *compiler, const Work *work, WorkInfo *info)
{
    info->only_when = compile_condition(compiler, work->only_when, NO_INDEX);
    info->until = compile_condition(compiler, work->until, NO_INDEX);
    info->when = compile_condition(compiler, work->when, NO_INDEX);
}

static void compile_asked(Compiler *compiler, const Work *work, WorkInfo *info)
{
    info->records = compile_records(compiler, work->records);
    info->reasons = compile_reasons(compiler, work->reasons);
    info->items = compile_checklist(compiler, work->checklist);
    info->item_count = info->items.count;
}

static void compile_times(Compiler *compiler, const Work *work, WorkInfo *info)
{
    if (work->first && work->limit.span.length > 0)
        diag_add(&compiler->bundle->diags, work->limit.span, "CF316",
                 "\"%s\" says twice when it is first due", work->name);
    info->limit = compile_limit(compiler, limit_of(work));
    info->intervals = compile_intervals(compiler, work->intervals);
    info->reminds = compile_reminds(compiler, work);
}

static void compile_work(Compiler *compiler, const Work *work)
{
    WorkInfo *info = &compiler->program->works[work->index];
    *info = (WorkInfo){
        .name = compile_name(compiler, work->name),
        .kind = kinds[work->kind],
        .event = (uint32_t)work->event,
        .track = (uint32_t)work->track,
        .state = work->state < 0 ? NO_INDEX : (uint32_t)work->state,
        .optional = work->optional,
        .before_leaving = work->before_leaving,
        .after_work = NO_INDEX,
        .after_event = NO_INDEX,
        .in_step = NO_INDEX,
        .missed_state = NO_INDEX,
    };
    compile_who(compiler, work, info);
    compile_asked(compiler, work, info);
    compile_conditions(compiler, work, info);
    compile_times(compiler, work, info);
    compile_after(compiler, work, info);
    compile_in_step(compiler, work, info);
    compile_missed(compiler, work, info);
}

/* Notes which work does which event here, for `after` and `in step with`. */
static void compile_place(Compiler *compiler, const Work *works)
{
    compiler->mark++;
    for (const Work *work = works; work; work = work->next) {
        if (work->kind != WORK_TASK && work->kind != WORK_REVIEW)
            continue;
        compiler->seen[work->event] = compiler->mark;
        compiler->work_here[work->event] = (uint32_t)work->index;
    }
    for (const Work *work = works; work; work = work->next)
        compile_work(compiler, work);
}

void compile_works(Compiler *compiler)
{
    const Flow *flow = compiler->flow;
    for (uint32_t i = 0; i < flow->work_count; i++)
        if (flow->work_at[i]->kind == WORK_TASK || flow->work_at[i]->kind == WORK_REVIEW)
            compiler->works_of[flow->work_at[i]->event]++;
    for (uint32_t i = 0; i < flow->state_count; i++)
        compile_place(compiler, flow->state_at[i]->works);
    for (uint32_t i = 1; i < flow->track_count; i++)
        compile_place(compiler, flow->track_at[i]->works);
    compile_place(compiler, flow->musts);
}
