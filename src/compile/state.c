/* A state's row of handlers: its own first, then for events that it does not
 * name those of its track or of `at any point`. Lines that several states share
 * are compiled once. */
#include <stdlib.h>

#include "base/mem.h"
#include "compile/compile_internal.h"

/* One event of one `on`, `ignore` or `hold`, ready to stand in a row. */
typedef struct RowItem {
    HandlerInfo info;
    const Ref *event;
    bool reported;
} RowItem;

/* An `at any point in S, …` that holds in one state. */
typedef struct AnyUse {
    Slice items;
    struct AnyUse *next;
} AnyUse;

typedef struct Rows {
    Compiler *compiler;
    RowItem *items; /* owned */
    size_t count, capacity;
    Slice *of_track; /* in `items`: the handlers of a track, by track */
    Slice of_every;  /* the same of each `at any point` without a list of states */
    AnyUse **uses;   /* by state: those with one */
    bool *is_shared; /* by event: whether the one in the row is shared, valid where `seen` */
} Rows;

/* ---- lines ------------------------------------------------------------------- */

static bool is_choice(const Effect *effects)
{
    for (const Effect *effect = effects; effect; effect = effect->next)
        if (effect->kind == EFFECT_GO_TO || effect->kind == EFFECT_AGAIN ||
            effect->kind == EFFECT_STAY)
            return true;
    return false;
}

static AlternativeInfo compile_line(Compiler *compiler, const Line *line, Origin origin)
{
    const StateAst *target = effects_target(compiler, line->effects, origin);
    AlternativeInfo info = {
        .is_choice = is_choice(line->effects),
        .leaves = target != NULL,
        .otherwise = line->when == LINE_OTHERWISE,
        .approval = NO_INDEX,
        .target = target ? (uint32_t)target->index : NO_INDEX,
        .file = line->span.file,
        .offset = line->span.offset,
    };
    info.guard = compile_condition(compiler, line->condition, NO_INDEX);
    info.effects = compile_effects(compiler, line->effects, origin);
    if (line->approval.text) {
        Ref approval = line->approval;
        approval.next = NULL;
        info.approval = (uint32_t)approval.index;
        info.approval_permits = compile_permits(
            compiler, &(RefList){.first = &approval, .last = &approval, .count = 1});
    }
    return info;
}

static Slice compile_lines(Compiler *compiler, const Line *lines, Origin origin)
{
    uint32_t first = compiler->program->alternative_count;
    for (const Line *line = lines; line && !compiler->too_large; line = line->next)
        append_alternatives(compiler, compile_line(compiler, line, origin));
    return slice_since(first, compiler->program->alternative_count);
}

/* ---- items of rows --------------------------------------------------------------- */

static Slice add_items(Rows *rows, const Handler *handlers, Origin origin)
{
    static const ProgramHandlerKind kinds[] = {[HANDLER_ON] = HANDLES_ON,
                                               [HANDLER_IGNORE] = HANDLES_IGNORE,
                                               [HANDLER_HOLD] = HANDLES_HOLD};
    size_t first = rows->count;
    for (const Handler *handler = handlers; handler; handler = handler->next) {
        HandlerInfo info = {
            .kind = kinds[handler->kind],
            .alternatives = compile_lines(rows->compiler, handler->lines, origin),
            .until = handler->kind == HANDLER_HOLD ? (uint32_t)handler->until.index : NO_INDEX,
        };
        for (const Ref *event = handler->events.first; event; event = event->next) {
            info.event = (uint32_t)event->index;
            if (handler->kind == HANDLER_ON)
                rows->compiler->program->events[info.event].handled = true;
            rows->items =
                mem_grow(rows->items, &rows->capacity, rows->count + 1, sizeof *rows->items);
            rows->items[rows->count++] = (RowItem){info, event, false};
        }
    }
    return slice_since((uint32_t)first, (uint32_t)rows->count);
}

/* Names finds this too; a flow in which one of two silently won must never run. */
static void report_twice(Rows *rows, RowItem *item)
{
    if (item->reported)
        return;
    item->reported = true;
    diag_add(&rows->compiler->bundle->diags, item->event->span, "CF214",
             "what happens on \"%s\" is said here already", item->event->text);
}

static void put_item(Rows *rows, RowItem *item, bool shared)
{
    Compiler *compiler = rows->compiler;
    uint32_t event = item->info.event;
    if (compiler->seen[event] == compiler->mark) {
        if (rows->is_shared[event] == shared)
            report_twice(rows, item);
        return;
    }
    compiler->seen[event] = compiler->mark;
    rows->is_shared[event] = shared;
    append_handlers(compiler, item->info);
}

static void put_items(Rows *rows, Slice items, bool shared)
{
    for (uint32_t i = 0; i < items.count && !rows->compiler->too_large; i++)
        put_item(rows, &rows->items[items.first + i], shared);
}

static int by_event(const void *left, const void *right)
{
    const HandlerInfo *a = left, *b = right;
    return (a->event > b->event) - (a->event < b->event);
}

static Slice sorted_row(Compiler *compiler, uint32_t first)
{
    Slice row = slice_since(first, compiler->program->handler_count);
    if (row.count > 1)
        qsort(compiler->program->handlers + first, row.count, sizeof(HandlerInfo), by_event);
    return row;
}

static Slice compile_row(Rows *rows, const StateAst *state)
{
    Compiler *compiler = rows->compiler;
    uint32_t first = compiler->program->handler_count;
    uint32_t track = (uint32_t)state->track;
    Slice own = add_items(rows, state->handlers, (Origin){track, state});
    compiler->mark++;
    put_items(rows, own, false);
    put_items(rows, rows->of_track[track], true);
    if (track == 0)
        put_items(rows, rows->of_every, true);
    for (const AnyUse *use = rows->uses[state->index]; use; use = use->next)
        put_items(rows, use->items, true);
    rows->count = own.first;
    return sorted_row(compiler, first);
}

/* ---- at any point ------------------------------------------------------------------ */

static void compile_any_points(Rows *rows)
{
    size_t first = rows->count;
    for (const AnyPoint *any = rows->compiler->flow->any_points; any; any = any->next)
        if (!any->states.first)
            add_items(rows, any->handlers, (Origin){0, NULL});
    rows->of_every = slice_since((uint32_t)first, (uint32_t)rows->count);
    for (const AnyPoint *any = rows->compiler->flow->any_points; any; any = any->next) {
        if (!any->states.first)
            continue;
        Slice items = add_items(rows, any->handlers, (Origin){0, NULL});
        for (const Ref *ref = any->states.first; ref; ref = ref->next) {
            AnyUse *use = ARENA_NEW(&rows->compiler->scratch, AnyUse);
            *use = (AnyUse){items, rows->uses[ref->index]};
            rows->uses[ref->index] = use;
        }
    }
}

/* ---- states -------------------------------------------------------------------------- */

static bool has_before_leaving(const StateAst *state)
{
    for (const Work *work = state->works; work; work = work->next)
        if (work->before_leaving)
            return true;
    return false;
}

static Slice compile_as_soons(Compiler *compiler, const StateAst *state)
{
    uint32_t first = compiler->program->as_soon_count;
    Origin origin = {(uint32_t)state->track, state};
    for (const AsSoonAs *one = state->as_soon; one; one = one->next) {
        const StateAst *target = effects_target(compiler, one->effects, origin);
        if (!target) {
            diag_add(&compiler->bundle->diags, one->span, "CF118",
                     "\"as soon as\" has to say where the case goes to");
            continue;
        }
        AsSoonInfo info = {.target = (uint32_t)target->index,
                           .waits = has_before_leaving(state),
                           .file = one->span.file,
                           .offset = one->span.offset};
        info.condition = compile_condition(compiler, one->condition, (uint32_t)state->index);
        info.effects = compile_effects(compiler, one->effects, origin);
        append_as_soons(compiler, info);
    }
    return slice_since(first, compiler->program->as_soon_count);
}

static void compile_state(Rows *rows, const StateAst *ast)
{
    Compiler *compiler = rows->compiler;
    StateInfo *state = &compiler->program->states[ast->index];
    state->name = compile_name(compiler, ast->name);
    state->track = (uint32_t)ast->track;
    state->starts = ast->starts_here;
    state->ends = ast->ends_here;
    state->handlers = compile_row(rows, ast);
    state->works = compile_work_list(compiler, ast->works);
    state->as_soon = compile_as_soons(compiler, ast);
    state->enter = compile_enter(compiler, ast);
    state->has_before_leaving = has_before_leaving(ast);
}

static void compile_rows(Rows *rows)
{
    Compiler *compiler = rows->compiler;
    const Flow *flow = compiler->flow;
    Program *program = compiler->program;
    for (uint32_t i = 1; i < flow->track_count; i++)
        rows->of_track[i] = add_items(rows, flow->track_at[i]->handlers, (Origin){i, NULL});
    compile_any_points(rows);
    for (uint32_t i = 0; i < flow->state_count && !compiler->too_large; i++)
        compile_state(rows, flow->state_at[i]);
    for (uint32_t i = 1; i < flow->track_count && !compiler->too_large; i++) {
        uint32_t first = program->handler_count;
        if (program->tracks[i].start_state != NO_INDEX)
            continue;
        compiler->mark++;
        put_items(rows, rows->of_track[i], true);
        program->tracks[i].handlers = sorted_row(compiler, first);
    }
}

void compile_states(Compiler *compiler)
{
    const Flow *flow = compiler->flow;
    Rows rows = {
        .compiler = compiler,
        .of_track = ARENA_ARRAY(&compiler->scratch, flow->track_count + 1u, Slice),
        .uses = ARENA_ARRAY(&compiler->scratch, flow->state_count + 1u, AnyUse *),
        .is_shared = ARENA_ARRAY(&compiler->scratch, flow->event_count + 1u, bool),
    };
    compile_rows(&rows);
    free(rows.items);
}
