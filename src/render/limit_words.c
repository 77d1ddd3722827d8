#include "render/limit_words.h"

#include "base/limits.h"
#include "render/case_words.h"
#include "render/safe.h"

/* A dated period takes the value of the anchor's date. */
static Duration duration_on(const Program *program, Slice durations, Day day)
{
    Duration found = program->durations[durations.first].duration;
    for (uint32_t i = 1; i < durations.count; i++)
        if (program->durations[durations.first + i].from <= day)
            found = program->durations[durations.first + i].duration;
    return found;
}

static LimitPaused paused_of(const int64_t *work)
{
    return (LimitPaused){.whole_days = (int32_t)work[WORK_PAUSED_DAYS],
                         .whole_working_days = (int32_t)work[WORK_PAUSED_WORKING_DAYS],
                         .elapsed_ms = work[WORK_PAUSED_MS],
                         .working_ms = work[WORK_PAUSED_WORKING_MS]};
}

static LimitAnchor anchor_at(Zone zone, Moment moment, Day day, bool date_only)
{
    Instant at = date_only ? day_start(zone, day) : moment_instant(moment);
    return (LimitAnchor){.at = at, .day = day, .date_only = date_only};
}

static Moment item_moment(const CaseView *view, const AnchorItem *item, bool first)
{
    const Program *program = view->program;
    if (!item->is_fact)
        return record_event(program, view->record, item->index)[first ? EVENT_FIRST : EVENT_LAST];
    int64_t day = record_fact(program, view->record, item->index);
    return day == VALUE_UNKNOWN ? MOMENT_NONE : moment_of_date(program->zone, (Day)day);
}

/* What a grid is counted from: the record keeps only the point it has come to. */
static Moment grid_start(const CaseView *view, const WorkInfo *info, AnchorInfo from)
{
    const int64_t *track = record_track(view->program, view->record, info->track);
    Moment latest = MOMENT_NONE;
    switch (from.type) {
    case FROM_ENTERING:
        return info->state == NO_INDEX ? track[TRACK_STARTED] : track[TRACK_ENTERED];
    case FROM_STARTING:
        return track[TRACK_STARTED];
    case FROM_OPENING:
        return view->record[SLOT_OPENED];
    case FROM_NOTHING:
        return MOMENT_NONE;
    default:
        break;
    }
    for (uint32_t i = 0; i < from.items.count; i++) {
        const AnchorItem *item = &view->program->anchor_items[from.items.first + i];
        Moment moment = item_moment(view, item, from.type == FROM_FIRST_EVENT);
        latest = moment > latest ? moment : latest;
    }
    return latest;
}

/* A grid is shown as the whole stretch from its start: k times its step. False
 * where the due moment is no point of it (what it is counted from has moved). */
static bool stretch_grid(const CaseView *view, const WorkInfo *info, Moment due,
                         RunningLimit *limit)
{
    Zone zone = view->program->zone;
    Moment start = grid_start(view, info, limit->from);
    if (start == MOMENT_NONE)
        return false;
    limit->anchor = anchor_at(zone, start, moment_day_begun(zone, start),
                              moment_rank(start) == RANK_DATE_ONLY);
    Day due_day = moment_day(zone, due);
    Duration every = limit->rule.duration;
    for (int32_t k = 1; every.amount > 0 && k <= LIMIT_DURATION_DAYS / every.amount; k++) {
        Day day;
        Error err;
        if (!grid_day(every, view->program->calendar, limit->anchor.day, k, &day, &err))
            return false;
        if (day >= due_day) {
            limit->rule.duration.amount = every.amount * k;
            return day == due_day;
        }
    }
    return false;
}

static bool review_limit(const CaseView *view, const WorkInfo *info, const int64_t *work,
                         RunningLimit *limit)
{
    const Program *program = view->program;
    if (info->in_step != NO_INDEX || work[WORK_INTERVAL] == 0)
        return false;
    const IntervalInfo *interval =
        &program->intervals[info->intervals.first + (uint32_t)work[WORK_INTERVAL] - 1];
    limit->rule = (LimitRule){0};
    limit->rule.duration = duration_on(program, interval->every, limit->anchor.day);
    limit->from = interval->from;
    limit->after_last = !interval->grid;
    limit->has_last = work[WORK_LAST] != MOMENT_NONE;
    return !interval->grid || stretch_grid(view, info, work[WORK_DUE], limit);
}

static void plain_limit(const Program *program, const WorkInfo *info, RunningLimit *limit)
{
    const LimitInfo *declared = &program->limits[info->limit];
    limit->rule =
        (LimitRule){.duration = duration_on(program, declared->limit, limit->anchor.day),
                    .roll = declared->roll,
                    .count_from_next = declared->count_from_next,
                    .before = declared->before,
                    .clear = declared->clear};
    limit->from = declared->anchor;
}

bool running_limit(const CaseView *view, uint32_t index, RunningLimit *limit)
{
    const Program *program = view->program;
    const WorkInfo *info = &program->works[index];
    const int64_t *work = record_work(program, view->record, index);
    if (work[WORK_ANCHOR] == MOMENT_NONE || work[WORK_DUE] == MOMENT_NEVER ||
        work[WORK_DUE] == MOMENT_NONE)
        return false;
    *limit =
        (RunningLimit){.paused = paused_of(work), .state = info->state, .track = info->track};
    limit->anchor = anchor_at(program->zone, work[WORK_ANCHOR], (Day)work[WORK_ANCHOR_DAY],
                              moment_rank(work[WORK_ANCHOR]) == RANK_DATE_ONLY);
    bool first = info->limit != NO_INDEX && program->limits[info->limit].has_limit;
    if (info->intervals.count && !(first && work[WORK_LAST] == MOMENT_NONE))
        return review_limit(view, info, work, limit);
    if (!first)
        return false;
    plain_limit(program, info, limit);
    return true;
}

static void items_words(const CaseView *view, Slice items, Text *out)
{
    for (uint32_t i = 0; i < items.count; i++) {
        const AnchorItem *item = &view->program->anchor_items[items.first + i];
        text_add(out, i ? ", \"" : "\"");
        safe_add(out, item->is_fact ? label_fact(view->flow, item->index)
                                    : label_event(view->flow, item->index));
        text_add_char(out, '"');
    }
}

static void entering_words(const CaseView *view, const RunningLimit *limit, Text *out)
{
    text_add(out, "entering \"");
    safe_add(out, limit->state == NO_INDEX ? label_track(view->flow, limit->track)
                                           : label_state(view->flow, limit->state));
    text_add_char(out, '"');
}

static void from_words(const CaseView *view, const RunningLimit *limit, Text *out)
{
    if (limit->after_last) {
        text_add(out, limit->has_last ? "the last one" : "the opening of this review");
        return;
    }
    switch (limit->from.type) {
    case FROM_NOTHING:
        text_add(out, "nothing");
        break;
    case FROM_ENTERING:
        entering_words(view, limit, out);
        break;
    case FROM_STARTING:
        text_add(out, "the start of \"");
        safe_add(out, label_track(view->flow, limit->track));
        text_add_char(out, '"');
        break;
    case FROM_OPENING:
        text_add(out, "the opening of the case");
        break;
    case FROM_EVENT:
    case FROM_FACT:
        items_words(view, limit->from.items, out);
        break;
    case FROM_FIRST_EVENT:
        text_add(out, "the first ");
        items_words(view, limit->from.items, out);
        break;
    case FROM_LATER_OF:
        text_add(out, "the later of ");
        items_words(view, limit->from.items, out);
        break;
    }
}

void running_limit_words(const CaseView *view, const RunningLimit *limit, Text *out)
{
    if (limit->rule.clear)
        text_addf(out, "%d clear working days", (int)limit->rule.duration.amount);
    else
        duration_format(limit->rule.duration, out);
    text_add(out, limit->rule.before ? " before " : " from ");
    from_words(view, limit, out);
}
