#include "analysis/brought.h"

#include <stdlib.h>

#include "base/mem.h"

PieceSet brought_pieces(const Analysis *analysis, const Effect *effect)
{
    Value value = *effect->value;
    value.next = NULL;
    Expr compare = {
        .kind = EXPR_COMPARE, .ref = effect->ref, .op = COMPARE_IS, .values = &value};
    const Domain *domain = &analysis->domains[effect->ref.index];
    PieceSet pieces = domain_matching(domain, &compare);
    return domain->too_wide || !pieces ? domain_known(domain) : pieces;
}

static void add_item(Brought *brought, BroughtItem item)
{
    brought->items = mem_grow(brought->items, &brought->capacity, brought->count + 1,
                              sizeof *brought->items);
    brought->items[brought->count++] = item;
}

static void list_records(Brought *brought, const Records *records, int32_t event,
                         const Work *work)
{
    for (; records; records = records->next)
        add_item(brought, (BroughtItem){event, records->fact.index, work, 0});
}

static void list_lines(const Analysis *analysis, Brought *brought, const Handler *handler)
{
    for (; handler; handler = handler->next)
        for (const Line *line = handler->lines; line; line = line->next)
            for (const Effect *effect = line->effects; effect; effect = effect->next) {
                if (effect->kind != EFFECT_RECORD)
                    continue;
                for (const Ref *ref = handler->events.first; ref; ref = ref->next)
                    add_item(brought, (BroughtItem){ref->index, effect->ref.index, NULL,
                                                    brought_pieces(analysis, effect)});
            }
}

static void list_all_lines(const Analysis *analysis, Brought *brought)
{
    const Flow *flow = analysis->flow;
    for (const StateAst *state = flow->states; state; state = state->next)
        list_lines(analysis, brought, state->handlers);
    for (const TrackAst *track = flow->tracks; track; track = track->next)
        list_lines(analysis, brought, track->handlers);
    for (const AnyPoint *any = flow->any_points; any; any = any->next)
        list_lines(analysis, brought, any->handlers);
    brought->line_count = (uint32_t)brought->count;
}

/* The works of a state follow one another, and the states of a track. */
static void list_states(const Flow *flow, Brought *brought, int32_t track)
{
    Slice *of_track = &brought->of_track[track];
    of_track->first = (uint32_t)brought->count;
    for (const StateAst *state = flow->states; state; state = state->next) {
        if (state->track != track)
            continue;
        Slice *of_state = &brought->of_state[state->index];
        of_state->first = (uint32_t)brought->count;
        for (const Work *work = state->works; work; work = work->next)
            if (work->kind <= WORK_REVIEW)
                list_records(brought, work->records, work->event, work);
        of_state->count = (uint32_t)brought->count - of_state->first;
    }
    of_track->count = (uint32_t)brought->count - of_track->first;
}

Brought brought_of(const Analysis *analysis)
{
    const Flow *flow = analysis->flow;
    Brought brought = {0};
    brought.of_track = mem_alloc_array(flow->track_count + 1, sizeof *brought.of_track);
    brought.of_state = mem_alloc_array(flow->state_count + 1, sizeof *brought.of_state);
    list_all_lines(analysis, &brought);
    for (const EventAst *event = flow->events; event; event = event->next)
        list_records(&brought, event->records, event->index, NULL);
    for (uint32_t i = 0; i < flow->work_count; i++)
        if (flow->work_at[i]->kind <= WORK_REVIEW && flow->work_at[i]->state < 0)
            list_records(&brought, flow->work_at[i]->records, flow->work_at[i]->event,
                         flow->work_at[i]);
    brought.anywhere.count = (uint32_t)brought.count;
    for (uint32_t i = 0; i < flow->track_count; i++)
        list_states(flow, &brought, (int32_t)i);
    return brought;
}

void brought_clear(Brought *brought)
{
    free(brought->items);
    free(brought->of_track);
    free(brought->of_state);
    *brought = (Brought){0};
}
