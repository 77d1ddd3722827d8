#include <stdlib.h>

#include "base/mem.h"
#include "replay/compare_internal.h"

/* Noted twice: first to count, then to write. */
typedef struct Laying {
    Gates *gates;
    uint32_t *filled; /* by reach; NULL while counting */
} Laying;

static void add_gate(Laying *l, uint32_t reach, uint32_t node)
{
    if (l->filled)
        l->gates->nodes[l->filled[reach]++] = node;
    else
        l->gates->first[reach + 1]++;
}

/* By state of the program: its reach. */
static uint32_t *reaches_of(const Comparison *comparison, ReachKind kind, uint32_t count)
{
    uint32_t *reaches = mem_alloc_array(count + 1, sizeof *reaches);
    for (uint32_t i = 0; i < count; i++)
        reaches[i] = NO_INDEX;
    for (uint32_t i = 0; i < comparison->reach_count; i++)
        if (comparison->reaches[i].kind == kind)
            reaches[comparison->reaches[i].thing] = i;
    return reaches;
}

static void lay_handlers(Laying *l, const Program *p, Slice handlers, uint32_t node,
                         const uint32_t *states, const uint32_t *events)
{
    for (uint32_t i = 0; i < handlers.count; i++) {
        const HandlerInfo *handler = &p->handlers[handlers.first + i];
        if (events[handler->event] != NO_INDEX)
            add_gate(l, events[handler->event], node);
        for (uint32_t j = 0; j < handler->alternatives.count; j++) {
            uint32_t target = p->alternatives[handler->alternatives.first + j].target;
            if (handler->kind == HANDLES_ON && target != NO_INDEX)
                add_gate(l, states[target], node);
        }
    }
}

static void lay_state(Laying *l, const Program *p, uint32_t state, const uint32_t *states,
                      const uint32_t *events)
{
    const StateInfo *info = &p->states[state];
    lay_handlers(l, p, info->handlers, state, states, events);
    for (uint32_t i = 0; i < info->as_soon.count; i++)
        add_gate(l, states[p->as_soons[info->as_soon.first + i].target], state);
    for (uint32_t i = 0; i < info->works.count; i++) {
        uint32_t missed = p->works[p->indices[info->works.first + i]].missed_state;
        if (missed != NO_INDEX)
            add_gate(l, states[missed], state);
    }
}

static void lay_works(Laying *l, const Program *p, const Comparison *comparison)
{
    for (uint32_t i = 0; i < comparison->reach_count; i++) {
        const Reach *reach = &comparison->reaches[i];
        if (reach->kind != REACH_DUTY)
            continue;
        const WorkInfo *work = &p->works[reach->thing];
        if (work->kind != PROGRAM_MUST)
            add_gate(l, i,
                     work->state != NO_INDEX ? work->state : p->state_count + work->track);
    }
}

static void lay(Laying *l, const Program *p, const Comparison *comparison)
{
    uint32_t *states = reaches_of(comparison, REACH_STATE, p->state_count);
    uint32_t *events = reaches_of(comparison, REACH_EVENT, p->event_count);
    for (uint32_t i = 0; i < p->state_count; i++)
        lay_state(l, p, i, states, events);
    for (uint32_t i = 1; i < p->track_count; i++)
        lay_handlers(l, p, p->tracks[i].handlers, p->state_count + i, states, events);
    lay_works(l, p, comparison);
    free(states);
    free(events);
}

/* Can it happen wherever an open case stands? Starts of tracks do; an event that
 * nothing handles is simply on record; a standing duty waits for its event. */
static bool is_open_to_all(const Program *p, const Reach *reach)
{
    const EventInfo *event = &p->events[reach->kind == REACH_EVENT ? reach->thing : 0];
    switch (reach->kind) {
    case REACH_STATE:
        return p->states[reach->thing].starts;
    case REACH_EVENT:
        return event->opens || !event->handled || event->starts.count || event->windows.count ||
               event->waits.count;
    case REACH_DUTY:
        return p->works[reach->thing].kind == PROGRAM_MUST;
    }
    return false;
}

void gates_make(Gates *gates, const Program *program, const Comparison *comparison)
{
    uint32_t count = comparison->reach_count;
    *gates = (Gates){.state_count = program->state_count,
                     .node_count = program->state_count + program->track_count,
                     .reach_count = count};
    gates->first = mem_alloc_array(count + 2, sizeof *gates->first);
    gates->always = mem_alloc_array(count + 1, sizeof *gates->always);
    Laying laying = {.gates = gates};
    lay(&laying, program, comparison);
    for (uint32_t i = 0; i < count; i++) {
        gates->always[i] = is_open_to_all(program, &comparison->reaches[i]);
        gates->first[i + 1] += gates->first[i];
    }
    gates->nodes = mem_alloc_array(gates->first[count] + 1, sizeof *gates->nodes);
    laying.filled = mem_alloc_array(count + 1, sizeof *laying.filled);
    for (uint32_t i = 0; i < count; i++)
        laying.filled[i] = gates->first[i];
    lay(&laying, program, comparison);
    free(laying.filled);
}

void gates_clear(Gates *gates)
{
    free(gates->first);
    free(gates->nodes);
    free(gates->always);
    *gates = (Gates){0};
}

/* ---- where history went ------------------------------------------------------------ */

static void see_node(Comparer *c, uint32_t node)
{
    if (node != NO_INDEX)
        c->seen[node] = c->number;
}

static void see(Comparer *c, const CaseResult *b)
{
    for (uint32_t i = 0; i < b->happened_count; i++) {
        const Happened *item = &b->happened[i];
        if (item->kind == HAPPENED_EVENT && item->event != NO_INDEX)
            c->events[item->event] = c->number;
        if (item->kind == HAPPENED_STARTED)
            see_node(c, c->gates.state_count + item->track);
        if (item->kind == HAPPENED_MOVED) {
            see_node(c, item->state);
            see_node(c, item->to);
        }
    }
    for (uint32_t i = 0; i < b->duty_count; i++)
        c->duties[b->duties[i].work] = c->number;
}

static bool was_reached(const Comparer *c, const Reach *reach)
{
    const uint64_t *seen = reach->kind == REACH_STATE   ? c->seen
                           : reach->kind == REACH_EVENT ? c->events
                                                        : c->duties;
    return seen[reach->thing] == c->number;
}

static bool could_be_reached(const Comparer *c, uint32_t reach, const CaseResult *b)
{
    if (c->gates.always[reach])
        return b->state != NO_INDEX;
    for (uint32_t i = c->gates.first[reach]; i < c->gates.first[reach + 1]; i++)
        if (c->seen[c->gates.nodes[i]] == c->number)
            return true;
    return false;
}

void compare_reach(Comparer *c, const CaseResult *b)
{
    see(c, b);
    for (uint32_t i = 0; i < c->sum->reach_count; i++) {
        Reach *reach = &c->sum->reaches[i];
        bool reached = was_reached(c, reach);
        reach->reached += reached;
        reach->could += reached || could_be_reached(c, i, b);
    }
}
