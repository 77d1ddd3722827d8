/* The lists that look the other way: what an event starts, which work waits for
 * it, what is counted from it. Made from the rows when all of them stand. */
#include <stddef.h>
#include <stdlib.h>

#include "base/mem.h"
#include "compile/compile_internal.h"

static void give_events(Compiler *compiler, Pairs *pairs, size_t field)
{
    Program *program = compiler->program;
    pairs_give(compiler, pairs, program->event_count,
               (Slice *)((char *)program->events + field), sizeof(EventInfo));
}

/* ---- handlers ------------------------------------------------------------------ */

static void pair_row(Compiler *compiler, Pairs *pairs, Slice row, uint32_t track)
{
    Program *program = compiler->program;
    for (uint32_t i = 0; i < row.count; i++) {
        uint32_t event = program->handlers[row.first + i].event;
        if (compiler->seen[event] == compiler->mark)
            continue;
        compiler->seen[event] = compiler->mark;
        pairs_add(pairs, event, track);
    }
}

/* State by state of one track after the other. */
static void give_tracks(Compiler *compiler)
{
    Program *program = compiler->program;
    Pairs states = {0}, pairs = {0};
    Slice *of_track = ARENA_ARRAY(&compiler->scratch, program->track_count + 1u, Slice);
    for (uint32_t i = 0; i < program->state_count; i++)
        pairs_add(&states, program->states[i].track, i);
    pairs_give(compiler, &states, program->track_count, of_track, sizeof *of_track);
    for (uint32_t track = 0; track < program->track_count; track++) {
        compiler->mark++;
        pair_row(compiler, &pairs, program->tracks[track].handlers, track);
        for (uint32_t i = 0; i < of_track[track].count; i++) {
            uint32_t state = program->indices[of_track[track].first + i];
            pair_row(compiler, &pairs, program->states[state].handlers, track);
        }
    }
    give_events(compiler, &pairs, offsetof(EventInfo, tracks));
}

/* ---- starts, windows -------------------------------------------------------------- */

static void give_starts(Compiler *compiler)
{
    Program *program = compiler->program;
    Pairs pairs = {0};
    for (uint32_t track = 1; track < program->track_count; track++) {
        uint32_t start = program->tracks[track].starts.first;
        for (const StartsLine *line = compiler->flow->track_at[track]->starts; line;
             line = line->next, start++)
            for (const Ref *ref = line->events.first; ref; ref = ref->next)
                pairs_add(&pairs, (uint32_t)ref->index, start);
    }
    give_events(compiler, &pairs, offsetof(EventInfo, starts));
}

static void give_windows(Compiler *compiler)
{
    Pairs pairs = {0};
    for (uint32_t i = 0; i < compiler->program->window_count; i++)
        pairs_add(&pairs, compiler->program->windows[i].event, i);
    give_events(compiler, &pairs, offsetof(EventInfo, windows));
}

/* ---- work --------------------------------------------------------------------------- */

static void give_done_by(Compiler *compiler)
{
    Program *program = compiler->program;
    Pairs works = {0}, waits = {0}, steps = {0};
    for (uint32_t i = 0; i < program->work_count; i++) {
        const WorkInfo *work = &program->works[i];
        bool is_done = work->kind == PROGRAM_TASK || work->kind == PROGRAM_REVIEW;
        pairs_add(is_done ? &works : &waits, work->event, i);
        if (work->in_step != NO_INDEX)
            pairs_add(&steps, work->in_step, i);
    }
    give_events(compiler, &works, offsetof(EventInfo, works));
    give_events(compiler, &waits, offsetof(EventInfo, waits));
    pairs_give(compiler, &steps, program->work_count, &program->works->steps, sizeof(WorkInfo));
}

/* What one work is counted from; each event or fact once. */
typedef struct Anchored {
    Pairs musts, anchored, facts;
    uint32_t *fact_seen; /* by fact: 1 + the last work that had it */
} Anchored;

static void pair_anchor(Compiler *compiler, Anchored *lists, uint32_t work,
                        const AnchorInfo *anchor)
{
    const Program *program = compiler->program;
    bool is_must = program->works[work].kind == PROGRAM_MUST;
    for (uint32_t i = 0; i < anchor->items.count; i++) {
        AnchorItem item = program->anchor_items[anchor->items.first + i];
        uint32_t *seen = item.is_fact ? lists->fact_seen : compiler->seen;
        uint32_t mark = item.is_fact ? work + 1 : compiler->mark;
        if (seen[item.index] == mark)
            continue;
        seen[item.index] = mark;
        Pairs *list = item.is_fact ? &lists->facts : is_must ? &lists->musts : &lists->anchored;
        pairs_add(list, item.index, work);
    }
}

static void give_anchored(Compiler *compiler)
{
    Program *program = compiler->program;
    Anchored lists = {.fact_seen =
                          ARENA_ARRAY(&compiler->scratch, program->fact_count + 1u, uint32_t)};
    for (uint32_t i = 0; i < program->work_count; i++) {
        const WorkInfo *work = &program->works[i];
        compiler->mark++;
        if (work->limit != NO_INDEX) {
            pair_anchor(compiler, &lists, i, &program->limits[work->limit].anchor);
            pair_anchor(compiler, &lists, i, &program->limits[work->limit].target_anchor);
        }
        for (uint32_t k = 0; k < work->intervals.count; k++)
            pair_anchor(compiler, &lists, i,
                        &program->intervals[work->intervals.first + k].from);
    }
    give_events(compiler, &lists.musts, offsetof(EventInfo, musts));
    give_events(compiler, &lists.anchored, offsetof(EventInfo, anchored));
    pairs_give(compiler, &lists.facts, program->fact_count, &program->facts->works,
               sizeof(FactInfo));
}

/* ---- of the program --------------------------------------------------------------------- */

static bool hangs_on_a_fact(const Program *program, const AnchorInfo *anchor)
{
    for (uint32_t i = 0; i < anchor->items.count; i++)
        if (program->anchor_items[anchor->items.first + i].is_fact)
            return true;
    return false;
}

static bool limit_may_fail(const Program *program, const LimitInfo *limit)
{
    return limit->paused_while || hangs_on_a_fact(program, &limit->anchor) ||
           hangs_on_a_fact(program, &limit->target_anchor);
}

/* Standing rules, clauses that fire by themselves, facts that lines record, dates
 * that people give, pauses of any length, and moves that could go round without
 * time passing: all can end a step that has begun. */
static bool may_fail_late(const Program *program)
{
    bool late = program->rule_count > 0 || program->as_soon_count > 0;
    for (uint32_t i = 0; i < program->code_count && !late; i++)
        late = instruction_op(program->code[i]) == OP_RECORD_FACT;
    for (uint32_t i = 0; i < program->limit_count && !late; i++)
        late = limit_may_fail(program, &program->limits[i]);
    for (uint32_t i = 0; i < program->interval_count && !late; i++)
        late = hangs_on_a_fact(program, &program->intervals[i].from);
    for (uint32_t i = 0; i < program->work_count && !late; i++)
        late = program->works[i].missed_go != 0;
    return late;
}

static bool is_watched(const Program *program, const WorkInfo *work)
{
    return work->only_when || work->until || work->intervals.count > 1 ||
           work->after_work != NO_INDEX || work->after_event != NO_INDEX ||
           (work->limit != NO_INDEX && program->limits[work->limit].paused_while);
}

static void list_watched(Compiler *compiler)
{
    Program *program = compiler->program;
    uint32_t first = program->index_count;
    for (uint32_t i = 0; i < program->work_count; i++)
        if (is_watched(program, &program->works[i]))
            append_indices(compiler, i);
    program->watched = slice_since(first, program->index_count);
}

static void list_edge_starts(Compiler *compiler)
{
    Program *program = compiler->program;
    uint32_t first = program->index_count;
    for (uint32_t i = 0; i < program->start_count; i++)
        if (!program->starts[i].on_event)
            append_indices(compiler, i);
    program->edge_starts = slice_since(first, program->index_count);
}

typedef struct Due {
    const char *name, *track;
    uint32_t work;
} Due;

static int by_name(const void *left, const void *right)
{
    const Due *a = left, *b = right;
    int order = strcmp(a->name, b->name);
    if (order == 0)
        order = strcmp(a->track, b->track);
    return order ? order : (a->work > b->work) - (a->work < b->work);
}

static void list_due_order(Compiler *compiler)
{
    Program *program = compiler->program;
    uint32_t first = program->index_count;
    Due *due = ARENA_ARRAY(&compiler->scratch, program->work_count + 1u, Due);
    for (uint32_t i = 0; i < program->work_count; i++)
        due[i] =
            (Due){program->works[i].name, program->tracks[program->works[i].track].name, i};
    qsort(due, program->work_count, sizeof *due, by_name);
    for (uint32_t i = 0; i < program->work_count; i++) {
        program->works[due[i].work].order = i;
        append_indices(compiler, due[i].work);
    }
    program->due_order = slice_since(first, program->index_count);
}

void compile_reverse(Compiler *compiler)
{
    Program *program = compiler->program;
    give_tracks(compiler);
    give_starts(compiler);
    give_windows(compiler);
    give_done_by(compiler);
    give_anchored(compiler);
    list_watched(compiler);
    list_edge_starts(compiler);
    list_due_order(compiler);
    program->may_undo = may_fail_late(program);
}
