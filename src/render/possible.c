#include "render/possible.h"

#include <stdlib.h>

#include "base/mem.h"
#include "lang/suggest.h"
#include "render/case_words.h"
#include "render/guards.h"
#include "render/safe.h"

static bool is_open(const CaseView *view)
{
    return view->record[SLOT_STATUS] == CASE_OPEN;
}

/* Whether some of these works is open. */
static bool some_open(const CaseView *view, Slice works)
{
    for (uint32_t i = 0; i < works.count; i++) {
        uint32_t work = view->program->indices[works.first + i];
        if (record_work(view->program, view->record, work)[WORK_STATUS] == WORK_OPEN)
            return true;
    }
    return false;
}

/* Whether a running track has a line of that kind for the event. */
static bool is_handled(const CaseView *view, uint32_t event, ProgramHandlerKind kind)
{
    for (uint32_t track = 0; track < view->program->track_count; track++) {
        const HandlerInfo *handler = handler_now(view, track, event);
        if (handler && handler->kind == kind)
            return true;
    }
    return false;
}

static bool judge(const CaseView *view, uint32_t index, PossibleKind *kind)
{
    const EventInfo *event = &view->program->events[index];
    *kind = POSSIBLE_WORK;
    if (event->is_work)
        return some_open(view, event->works);
    *kind = POSSIBLE_EVENT;
    if (some_open(view, event->waits) || is_handled(view, index, HANDLES_ON) ||
        is_handled(view, index, HANDLES_HOLD))
        return true;
    *kind = POSSIBLE_ANY_TIME;
    return is_handled(view, index, HANDLES_IGNORE) ||
           (!event->opens &&
            (event->starts.count > 0 || event->windows.count > 0 || !event->handled));
}

Possible *possible_list(const CaseView *view, uint32_t *count)
{
    Possible *list = mem_alloc_array(view->program->event_count + 1, sizeof *list);
    *count = 0;
    for (int wanted = POSSIBLE_WORK; is_open(view) && wanted <= POSSIBLE_ANY_TIME; wanted++) {
        for (uint32_t event = 0; event < view->program->event_count; event++) {
            PossibleKind kind;
            if (judge(view, event, &kind) && (int)kind == wanted)
                list[(*count)++] = (Possible){kind, event};
        }
    }
    return list;
}

static bool is_among(const RefList *list, uint32_t index)
{
    for (const Ref *ref = list->first; ref; ref = ref->next)
        if (ref->index == (int32_t)index)
            return true;
    return false;
}

static void start_line(const CaseView *view, uint32_t track, const StartsLine *line, Text *out)
{
    text_add(out, "      starts \"");
    safe_add(out, label_track(view->flow, track));
    text_add_char(out, '"');
    if (line->once)
        text_add(out, ", once in a case");
    if (line->condition) {
        text_add(out, ", when ");
        condition_words(view->flow, line->condition, out);
    }
    text_add_char(out, '\n');
}

static void add_starts(const CaseView *view, uint32_t event, Text *out)
{
    for (uint32_t track = 1; track < view->flow->track_count; track++) {
        bool running = record_track(view->program, view->record, track)[TRACK_RUNNING];
        const StartsLine *line = running ? NULL : view->flow->track_at[track]->starts;
        for (; line; line = line->next)
            if (is_among(&line->events, event))
                start_line(view, track, line, out);
    }
}

static void add_holds(const CaseView *view, uint32_t event, Text *out)
{
    for (uint32_t track = 0; track < view->program->track_count; track++) {
        const HandlerInfo *handler = handler_now(view, track, event);
        if (!handler || handler->kind != HANDLES_HOLD)
            continue;
        text_add(out, "      is kept until \"");
        safe_add(out, label_state(view->flow, handler->until));
        text_add(out, "\"\n");
    }
}

static void possible_line(const CaseView *view, uint32_t event, Text *out)
{
    text_add(out, "  ");
    safe_add(out, label_event(view->flow, event));
    text_addf(out, "  (%s), by ", view->program->events[event].name);
    event_who_words(view, event, out);
    text_add_char(out, '\n');
    add_holds(view, event, out);
    guards_list(view, event, 6, out);
    add_starts(view, event, out);
}

void possible_text(const CaseView *view, Text *out)
{
    uint32_t count;
    Possible *list = possible_list(view, &count);
    for (uint32_t i = 0; i < count; i++) {
        if (list[i].kind == POSSIBLE_ANY_TIME &&
            (i == 0 || list[i - 1].kind != POSSIBLE_ANY_TIME))
            text_add(out, "  At any time also:\n");
        possible_line(view, list[i].event, out);
    }
    if (count == 0)
        text_add(out, is_open(view) ? "  nothing but corrections\n"
                                    : "  nothing but corrections or reopening\n");
    free(list);
}

void possible_short(const CaseView *view, Text *out)
{
    enum { MOST = 6 }; /* the rest is for `show` */
    uint32_t count, shown = 0, more = 0;
    Possible *list = possible_list(view, &count);
    for (uint32_t i = 0; i < count && list[i].kind != POSSIBLE_ANY_TIME; i++) {
        if (shown == MOST) {
            more++;
            continue;
        }
        text_add(out, shown++ ? ", \"" : "\"");
        safe_add(out, label_event(view->flow, list[i].event));
        text_addf(out, "\" (%s)", view->program->events[list[i].event].name);
    }
    if (more)
        text_addf(out, ", and %u more", more);
    if (shown == 0)
        text_add(out, "nothing on the way forward");
    free(list);
}

void event_meant(const CaseView *view, const char *typed, Text *out)
{
    Suggestion meant = suggest_begin(typed);
    for (uint32_t event = 0; event < view->program->event_count; event++)
        suggest_try(&meant, view->program->events[event].name);
    if (meant.best == SUGGEST_NONE)
        return;
    text_add(out, "  Did you mean ");
    safe_add(out, view->program->events[meant.best].name);
    text_add(out, " (\"");
    safe_add(out, label_event(view->flow, (uint32_t)meant.best));
    text_add(out, "\")?\n");
}
