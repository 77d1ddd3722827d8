#include "render/why.h"

#include <string.h>

#include "render/case_words.h"
#include "render/limit_words.h"
#include "render/safe.h"
#include "render/show.h"
#include "render/show_json.h"
#include "render/working.h"

static Working working_of(const CaseView *view, const RunningLimit *limit)
{
    return (Working){.rule = &limit->rule,
                     .calendar = view->program->calendar,
                     .zone = view->program->zone,
                     .anchor = &limit->anchor,
                     .paused = &limit->paused,
                     .indent = 4};
}

static const int64_t *work_slots(const CaseView *view, uint32_t work)
{
    return record_work(view->program, view->record, work);
}

static bool is_told(const CaseView *view, uint32_t work, const char *name)
{
    const int64_t *slots = work_slots(view, work);
    if (name)
        return strcmp(view->program->works[work].name, name) == 0;
    return slots[WORK_STATUS] != WORK_CLOSED && slots[WORK_STATUS] != WORK_EXCLUDED &&
           slots[WORK_OUTCOME] != OUTCOME_NONE;
}

static void add_line(const CaseView *view, const char *words, Moment moment, Text *out)
{
    if (moment == MOMENT_NONE || moment == MOMENT_NEVER)
        return;
    text_addf(out, "  %s ", words);
    moment_words(view, moment, out);
    text_add(out, ".\n");
}

/* Where the stored moment is another than the working leads to, and why. */
static void add_difference(const CaseView *view, const int64_t *work, Moment worked_out,
                           Text *out)
{
    if (work[WORK_DUE] == worked_out)
        return;
    if (work[WORK_FLAGS] & WORK_FLAG_EXTENDED)
        add_line(view, "It was extended: now due by", work[WORK_DUE], out);
    else
        add_line(view, "It stands as it was set before: due by", work[WORK_DUE], out);
}

static void add_working(const CaseView *view, const RunningLimit *limit, const int64_t *work,
                        Text *out)
{
    LimitDue due;
    Error err = {0};
    Working working = working_of(view, limit);
    text_add(out, "  ");
    running_limit_words(view, limit, out);
    text_add_char(out, '\n');
    if (!working_text(&working, out, &due, &err)) {
        text_addf(out, "  This cannot be worked out: %s.\n", err.text);
        return;
    }
    add_line(view, "Due by", due.due, out);
    if (due.clipped)
        text_add(out, "  That month has no such day, so its last day stands.\n");
    if (due.practical != DAY_NONE) {
        char day[DAY_TEXT_MAX];
        day_format_long(due.practical, day);
        text_addf(out, "  That is not a working day: in practice by %s.\n", day);
    }
    if (due.projected)
        text_add(out, "  Projected: the holidays of that year are not yet published.\n");
    add_difference(view, work, due.due, out);
}

static void add_no_working(const CaseView *view, uint32_t index, Text *out)
{
    const int64_t *work = work_slots(view, index);
    const WorkInfo *info = &view->program->works[index];
    if (work_is_immediate(view, index)) {
        text_add(out, "  To be done immediately: there is no due date.\n");
    } else if (info->in_step != NO_INDEX) {
        text_add(out, "  In step with \"");
        safe_add(out, label_work(view->flow, info->in_step));
        text_add(out, "\": due when that is due.\n");
    } else if (work[WORK_OUTCOME] == OUTCOME_NOT_STARTED) {
        text_add(out,
                 "  Its time has not started: what it is counted from has not happened.\n");
    } else if (work[WORK_OUTCOME] == OUTCOME_NONE) {
        text_add(out, "  It has no time limit.\n");
    }
    add_line(view, "Due by", work[WORK_DUE], out);
}

static void add_outcome(const CaseView *view, const int64_t *work, Text *out)
{
    if (work[WORK_STATUS] == WORK_DONE)
        add_line(view, "Done", work[WORK_DONE_AT], out);
    if (work[WORK_PAUSED_AT] != MOMENT_NONE)
        text_add(out, "  The clock is stopped; the due date moves until it goes on.\n");
    const char *outcome = outcome_words((Outcome)work[WORK_OUTCOME]);
    if (*outcome && work[WORK_OUTCOME] != OUTCOME_NOT_STARTED) /* said already */
        text_addf(out, "  Outcome: %s.\n", outcome);
}

static void why_work(const CaseView *view, uint32_t index, Text *out)
{
    const int64_t *work = work_slots(view, index);
    const Because *because = view->flow->work_at[index]->because;
    RunningLimit limit;
    text_add_char(out, '\n');
    safe_add(out, label_work(view->flow, index));
    text_addf(out, "  (%s)", view->program->works[index].name);
    if (because) {
        text_add(out, ", because ");
        because_words(because, out);
    }
    text_add_char(out, '\n');
    if (work[WORK_STATUS] == WORK_CLOSED) {
        text_add(out, "  It is not open, so it has no due date.\n");
        return;
    }
    if (running_limit(view, index, &limit))
        add_working(view, &limit, work, out);
    else
        add_no_working(view, index, out);
    add_line(view, "Aimed for by", work[WORK_TARGET], out);
    add_outcome(view, work, out);
}

bool why_text(const CaseView *view, const char *name, Text *out)
{
    bool any = false;
    Text works = {0};
    for (uint32_t w = 0; w < view->program->work_count; w++) {
        if (!is_told(view, w, name))
            continue;
        why_work(view, w, &works);
        any = true;
    }
    if (any || !name) {
        show_heading(view, out);
        text_add(out, any ? text_get(&works) : "\nNothing here has a time limit.\n");
    }
    text_clear(&works);
    return any || !name;
}

static void why_work_json(const CaseView *view, uint32_t index, Json *json)
{
    const int64_t *work = work_slots(view, index);
    Zone zone = view->program->zone;
    RunningLimit limit;
    json_object_begin(json, NULL);
    json_text(json, "name", view->program->works[index].name);
    json_text(json, "label", label_work(view->flow, index));
    json_text(json, "outcome", outcome_code((Outcome)work[WORK_OUTCOME]));
    json_moment(json, "anchor", zone, work[WORK_ANCHOR]);
    json_moment(json, "due", zone, work[WORK_DUE]);
    json_moment(json, "target", zone, work[WORK_TARGET]);
    if (running_limit(view, index, &limit)) {
        Text words = {0};
        LimitDue due;
        Error err;
        Working working = working_of(view, &limit);
        running_limit_words(view, &limit, &words);
        json_text(json, "rule", text_get(&words));
        if (working_json(&working, json, &due, &err))
            json_bool(json, "projected", due.projected);
        text_clear(&words);
    }
    json_object_end(json);
}

bool why_json(const CaseView *view, const char *name, Text *out)
{
    bool any = false;
    Json json = {.out = out, .pretty = true};
    json_object_begin(&json, NULL);
    json_text(&json, "schema", "casewright/why/1");
    json_case(view, &json);
    json_array_begin(&json, "work");
    for (uint32_t w = 0; w < view->program->work_count; w++) {
        if (!is_told(view, w, name))
            continue;
        why_work_json(view, w, &json);
        any = true;
    }
    json_array_end(&json);
    json_object_end(&json);
    text_add_char(out, '\n');
    return any || !name;
}
