#include "compile/compile_internal.h"

/* The events that windows in a condition count; terms are written out in its
 * code, so that is where to look. */
static Slice counted_events(Compiler *compiler, CodeRef condition)
{
    Program *program = compiler->program;
    uint32_t first = program->index_count;
    compiler->mark++;
    for (CodeRef at = condition; at && instruction_op(program->code[at]) != OP_END; at++) {
        if (instruction_op(program->code[at]) != OP_WINDOW)
            continue;
        uint32_t event = program->windows[instruction_operand(program->code[at])].event;
        if (compiler->seen[event] != compiler->mark)
            append_indices(compiler, event);
        compiler->seen[event] = compiler->mark;
    }
    return slice_since(first, program->index_count);
}

static Slice compile_starts(Compiler *compiler, const TrackAst *track)
{
    uint32_t first = compiler->program->start_count;
    for (const StartsLine *line = track->starts; line; line = line->next) {
        StartInfo start = {.track = (uint32_t)track->index,
                           .once = line->once,
                           .on_event = line->events.first != NULL};
        start.condition = compile_condition(compiler, line->condition, NO_INDEX);
        if (!start.on_event && !compiler->too_large)
            start.counted = counted_events(compiler, start.condition);
        append_starts(compiler, start);
    }
    return slice_since(first, compiler->program->start_count);
}

/* Over when each task is done, unless it has a review, which never is. */
static bool list_ends(const TrackAst *track)
{
    for (const Work *work = track->works; work; work = work->next)
        if (work->kind == WORK_REVIEW)
            return false;
    return true;
}

static void compile_track(Compiler *compiler, uint32_t index)
{
    const TrackAst *ast = compiler->flow->track_at[index];
    TrackInfo *track = &compiler->program->tracks[index];
    bool is_list = track->start_state == NO_INDEX;
    track->name = compile_name(compiler, ast ? ast->name : "case");
    track->begin = compile_begin(compiler, ast,
                                 is_list ? NULL : compiler->flow->state_at[track->start_state]);
    if (!ast)
        return;
    track->works = compile_work_list(compiler, ast->works);
    track->starts = compile_starts(compiler, ast);
    if (is_list)
        track->has_end = list_ends(ast);
}

void compile_tracks(Compiler *compiler)
{
    const Flow *flow = compiler->flow;
    TrackInfo *tracks = compiler->program->tracks;
    for (uint32_t i = 0; i < flow->track_count; i++)
        tracks[i].start_state = NO_INDEX;
    for (uint32_t i = 0; i < flow->state_count; i++) {
        const StateAst *state = flow->state_at[i];
        if (state->starts_here)
            tracks[state->track].start_state = i;
        if (state->ends_here)
            tracks[state->track].has_end = true;
    }
    for (uint32_t i = 0; i < flow->track_count && !compiler->too_large; i++)
        compile_track(compiler, i);
}
