#include <stdlib.h>

#include "base/mem.h"
#include "render/case_words.h"
#include "render/possible.h"
#include "render/safe.h"

/* A search by breadth over the states of one track; conditions are not judged,
 * since what happens on the way may change them. */
typedef struct Search {
    const CaseView *view;
    uint32_t event;  /* wanted */
    uint32_t *queue; /* states reached, in order */
    uint32_t *via;   /* by state: the event that first led there + 1; 0 not reached */
    uint32_t *from;  /* by state: the state before it */
    uint32_t count;
} Search;

static bool has_work_for(const Search *s, Slice works)
{
    for (uint32_t i = 0; i < works.count; i++) {
        const WorkInfo *work =
            &s->view->program->works[s->view->program->indices[works.first + i]];
        if (work->event == s->event && work->kind <= PROGRAM_REVIEW)
            return true;
    }
    return false;
}

static bool is_wanted(const Search *s, uint32_t state)
{
    const StateInfo *info = &s->view->program->states[state];
    if (s->view->program->events[s->event].is_work)
        return has_work_for(s, info->works);
    for (uint32_t i = 0; i < info->handlers.count; i++) {
        const HandlerInfo *handler = &s->view->program->handlers[info->handlers.first + i];
        if (handler->event == s->event && handler->kind == HANDLES_ON)
            return true;
    }
    return false;
}

static void reach(Search *s, uint32_t state, uint32_t from, uint32_t event)
{
    if (s->via[state])
        return;
    s->via[state] = event + 1;
    s->from[state] = from;
    s->queue[s->count++] = state;
}

static void follow(Search *s, uint32_t state)
{
    const Program *program = s->view->program;
    Slice handlers = program->states[state].handlers;
    for (uint32_t i = 0; i < handlers.count; i++) {
        const HandlerInfo *handler = &program->handlers[handlers.first + i];
        for (uint32_t k = 0; handler->kind == HANDLES_ON && k < handler->alternatives.count;
             k++) {
            const AlternativeInfo *way =
                &program->alternatives[handler->alternatives.first + k];
            if (way->target != NO_INDEX)
                reach(s, way->target, state, handler->event);
        }
    }
}

/* The state where the event is possible, or NO_INDEX. */
static uint32_t search(Search *s, uint32_t start)
{
    reach(s, start, start, 0);
    for (uint32_t i = 0; i < s->count; i++) {
        if (i > 0 && is_wanted(s, s->queue[i]))
            return s->queue[i];
        follow(s, s->queue[i]);
    }
    return NO_INDEX;
}

static void tell(const Search *s, uint32_t start, uint32_t goal, Text *out)
{
    uint32_t step = goal;
    while (s->from[step] != start)
        step = s->from[step];
    uint32_t event = s->via[step] - 1;
    text_add(out, "  It is possible at \"");
    safe_add(out, label_state(s->view->flow, goal));
    text_add(out, "\". The next step towards it: \"");
    safe_add(out, label_event(s->view->flow, event));
    text_addf(out, "\" (%s), by ", s->view->program->events[event].name);
    event_who_words(s->view, event, out);
    text_add_char(out, '\n');
}

void nearest_way(const CaseView *view, uint32_t event, Text *out)
{
    const Program *program = view->program;
    for (uint32_t track = 0; track < program->track_count; track++) {
        int64_t at = record_track(program, view->record, track)[TRACK_STATE];
        if (at == 0)
            continue;
        Search s = {.view = view, .event = event};
        s.queue = mem_alloc_array(program->state_count, sizeof *s.queue);
        s.via = mem_alloc_array(program->state_count, sizeof *s.via);
        s.from = mem_alloc_array(program->state_count, sizeof *s.from);
        uint32_t start = (uint32_t)(at - 1);
        uint32_t goal = search(&s, start);
        if (goal != NO_INDEX)
            tell(&s, start, goal, out);
        free(s.queue);
        free(s.via);
        free(s.from);
    }
}
