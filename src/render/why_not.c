#include "render/why_not.h"

#include <string.h>

#include "render/answer.h"
#include "render/case_words.h"
#include "render/guards.h"
#include "render/happened.h"
#include "render/possible.h"
#include "render/refusal.h"
#include "render/safe.h"

static uint32_t event_named(const CaseView *view, const char *name)
{
    for (uint32_t event = 0; event < view->program->event_count; event++)
        if (strcmp(view->program->events[event].name, name) == 0)
            return event;
    return NO_INDEX;
}

static void yes_text(const Answer *tried, uint32_t event, Text *out)
{
    const CaseView *view = &tried->view;
    text_add(out, "It would be accepted: \"");
    safe_add(out, label_event(view->flow, event));
    text_add(out, "\", by ");
    event_who_words(view, event, out);
    text_add(out, ".\n");
    guards_list(view, event, 2, out);
}

/* Work that stands where the case is, but is kept shut by a condition or by other
 * work that comes first. */
static void shut_work(const CaseView *view, uint32_t index, Text *out)
{
    const WorkInfo *info = &view->program->works[index];
    const Work *work = view->flow->work_at[index];
    if (!(record_work(view->program, view->record, index)[WORK_FLAGS] & WORK_FLAG_ACTIVE))
        return;
    if (work->only_when && vm_judge(view->program, view->record, info->only_when) != YES) {
        text_add(out, "  It is there only when ");
        condition_words(view->flow, work->only_when, out);
        text_add(out, ".\n");
        fact_values(view, work->only_when, out);
    }
    if (work->after.text) {
        text_add(out, "  It comes after \"");
        safe_add(out, label_event(view->flow, (uint32_t)work->after.index));
        text_add(out, "\".\n");
    }
}

static void shut_works(const CaseView *view, uint32_t event, Text *out)
{
    Slice works = view->program->events[event].works;
    for (uint32_t i = 0; i < works.count; i++)
        shut_work(view, view->program->indices[works.first + i], out);
}

static void places_text(const CaseView *view, Text *out)
{
    int64_t at = record_track(view->program, view->record, 0)[TRACK_STATE];
    if (at == 0)
        return;
    text_add(out, "  The case is at \"");
    safe_add(out, label_state(view->flow, (uint32_t)(at - 1)));
    text_add(out, "\".\n");
}

void why_not_text(const Answer *tried, const char *name, Text *out)
{
    const CaseView *view = &tried->view;
    uint32_t event = tried->has_view ? event_named(view, name) : NO_INDEX;
    if (tried->accepted && event != NO_INDEX) {
        yes_text(tried, event, out);
        return;
    }
    text_add(out, "No: ");
    refused_sentence(tried, out);
    text_add(out, ".\n");
    if (!tried->has_view)
        return;
    places_text(view, out);
    refusal_help(view, &tried->refusal, out);
    if (event == NO_INDEX)
        event_meant(view, name, out);
    if (event != NO_INDEX && (tried->refusal.code == REFUSED_NOT_OPEN ||
                              tried->refusal.code == REFUSED_NOT_POSSIBLE)) {
        shut_works(view, event, out);
        nearest_way(view, event, out);
    }
    text_add(out, "  Possible now: ");
    possible_short(view, out);
    text_add(out, ".\n");
}
