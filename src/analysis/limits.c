/* Limits held against one another: none that nothing follows from (CF302), none
 * later than what depends on it (CF303, CF304, CF310), none twice (CF306), none
 * beyond the calendar (CF308); notes on cut-offs and on the ends of months (CF309,
 * CF313). */
#include "analysis/internal.h"
#include "analysis/times.h"

#define DAYS_TRIED 60 /* two months of anchors: weekends, holidays, ends of months */

/* ---- how long ------------------------------------------------------------------------ */

Duration duration_of(const Analysis *analysis, const DurationAst *duration)
{
    if (!duration->period.text)
        return duration->literal;
    const PeriodValue *values = analysis->flow->period_at[duration->period.index]->values;
    Duration found = values->duration;
    for (; values; values = values->next)
        if (values->from.day == DAY_NONE || values->from.day <= analysis->story_day)
            found = values->duration;
    return found;
}

bool due_from(const Analysis *analysis, const DurationAst *duration, const LimitAst *limit,
              Day day, Moment *due)
{
    LimitRule rule = {.duration = duration_of(analysis, duration)};
    if (limit) {
        rule.roll = limit->roll;
        rule.count_from_next = limit->count_from_next;
    }
    LimitAnchor anchor = {.day = day,
                          .at = day_start(analysis->program->zone, day) + 15 * HOUR_MS};
    LimitDue found;
    Error err = {0};
    if (!limit_due(&rule, analysis->program->calendar, analysis->program->zone, &anchor, NULL,
                   &found, &err))
        return false;
    *due = found.due;
    return found.due != MOMENT_NEVER;
}

/* 1: the first is always later, -1: always earlier, 0: it depends, or they agree. */
int duration_order(const Analysis *analysis, const DurationAst *a, const LimitAst *with_a,
                   const DurationAst *b, const LimitAst *with_b)
{
    bool later = true, earlier = true;
    for (int i = 0; i < DAYS_TRIED; i++) {
        Moment first, second;
        if (!due_from(analysis, a, with_a, analysis->story_day + i, &first) ||
            !due_from(analysis, b, with_b, analysis->story_day + i, &second))
            return 0;
        later &= first > second;
        earlier &= first < second;
    }
    return later ? 1 : earlier ? -1 : 0;
}

bool same_anchor(const Anchor *a, const Anchor *b)
{
    const Ref *left = a->refs.first, *right = b->refs.first;
    for (; left && right && left->index == right->index && left->kind == right->kind;
         left = left->next)
        right = right->next;
    return a->kind == b->kind && !left && !right;
}

/* ---- CF302, CF303, CF310 ----------------------------------------------------------------- */

static bool can_be_missed(const Work *work)
{
    return work->limit.has_limit || work->intervals || work->first;
}

static void check_consequence(Analysis *analysis, const Work *work)
{
    if (!can_be_missed(work) || work->if_missed.effects ||
        analysis->flow->workflow->if_missed.effects || work->name_span.file != 0)
        return;
    Diag *diag = finding(analysis, work->name_span, "CF302",
                         "Nothing follows when \"%s\" is missed", work->name);
    if (diag)
        diag_help(analysis->diags, diag,
                  "Add who is told, for example: if missed notify ROLE\n"
                  "or once for the whole workflow, below its first line.");
}

static void check_target(Analysis *analysis, const Work *work)
{
    const LimitAst *limit = &work->limit;
    bool own_anchor = limit->target_anchor.kind != ANCHOR_NONE &&
                      !same_anchor(&limit->target_anchor, &limit->anchor);
    if (!limit->has_target || !limit->has_limit || limit->before || limit->immediately ||
        own_anchor || duration_order(analysis, &limit->target, NULL, &limit->limit, limit) <= 0)
        return;
    Diag *diag = finding(analysis, limit->target.span, "CF303",
                         "The target of \"%s\" is later than its limit", work->name);
    if (!diag)
        return;
    diag_related(analysis->diags, diag, limit->limit.span, "the limit");
    diag_help(analysis->diags, diag,
              "The target is what one aims at; it comes before the limit.");
}

static void check_first(Analysis *analysis, const Work *work)
{
    const LimitAst *first = work->first;
    if (!first || !first->has_limit)
        return;
    for (const Interval *interval = work->intervals; interval; interval = interval->next) {
        if (duration_order(analysis, &first->limit, first, &interval->every, NULL) <= 0)
            continue;
        Diag *diag = finding(analysis, first->limit.span, "CF310",
                             "The first \"%s\" may come later than the next would", work->name);
        if (!diag)
            continue;
        diag_related(analysis->diags, diag, interval->every.span, "the interval");
        diag_help(analysis->diags, diag, "Is one of the two a slip?");
        return;
    }
}

/* ---- CF304 ------------------------------------------------------------------------------- */

static const Work *task_before(const Flow *flow, const Work *work)
{
    for (uint32_t i = 0; work->after.text && i < flow->work_count; i++) {
        const Work *other = flow->work_at[i];
        if (other->kind == WORK_TASK && other->event == work->after.index &&
            other->state == work->state && other->track == work->track)
            return other;
    }
    return NULL;
}

static void check_order(Analysis *analysis, const Work *work)
{
    const Work *before = task_before(analysis->flow, work);
    if (!before || !work->limit.has_limit || !before->limit.has_limit || work->limit.before ||
        before->limit.before || !same_anchor(&work->limit.anchor, &before->limit.anchor) ||
        duration_order(analysis, &before->limit.limit, &before->limit, &work->limit.limit,
                       &work->limit) <= 0)
        return;
    Diag *diag =
        finding(analysis, before->limit.limit.span, "CF304",
                "\"%s\" is due after \"%s\", which waits for it", before->name, work->name);
    if (!diag)
        return;
    diag_related(analysis->diags, diag, work->limit.limit.span, "due earlier");
    diag_help(analysis->diags, diag, "Let what comes first be due first.");
}

/* ---- CF306 ------------------------------------------------------------------------------- */

/* Open at one time: in one place, or one of them everywhere. */
static bool stand_together(const Work *a, const Work *b)
{
    return a->kind == WORK_MUST || b->kind == WORK_MUST ||
           (a->track == b->track && (a->state == b->state || a->state < 0 || b->state < 0));
}

static bool is_duty(const Work *work)
{
    return work->kind == WORK_DEADLINE || work->kind == WORK_MUST;
}

static void say_two_limits(Analysis *analysis, const Work *work, const Work *other, Day day)
{
    Moment due, due_other;
    char start[DAY_TEXT_MAX], one[TIME_TEXT_MAX], two[TIME_TEXT_MAX];
    Diag *diag =
        finding(analysis, other->limit.span, "CF306", "\"%s\" has two limits", work->name);
    if (!diag || !due_from(analysis, &work->limit.limit, &work->limit, day, &due) ||
        !due_from(analysis, &other->limit.limit, &other->limit, day, &due_other))
        return;
    Zone zone = analysis->program->zone;
    day_format_long(day, start);
    moment_format_long(zone, due, one);
    moment_format_long(zone, due_other, two);
    diag_related(analysis->diags, diag, work->limit.span, "the other one");
    diag_example(analysis->diags, diag, "counted from %s at 15:00, one gives %s, the other %s.",
                 start, one, two);
    diag_help(analysis->diags, diag, "Which one counts? Keep that one.");
}

static void compare_limits(Analysis *analysis, const Work *work, const Work *other)
{
    if ((!is_duty(work) && !is_duty(other)) || !stand_together(work, other) ||
        !work->limit.has_limit || !other->limit.has_limit || work->limit.before ||
        other->limit.before || !same_anchor(&work->limit.anchor, &other->limit.anchor))
        return;
    for (int i = 0; i < 7; i++) {
        Moment due, due_other;
        Day day = analysis->story_day + i;
        if (due_from(analysis, &work->limit.limit, &work->limit, day, &due) &&
            due_from(analysis, &other->limit.limit, &other->limit, day, &due_other) &&
            due != due_other) {
            say_two_limits(analysis, work, other, day);
            return;
        }
    }
}

static void check_two_limits(Analysis *analysis)
{
    const Flow *flow = analysis->flow;
    int32_t *first = ARENA_ARRAY(&analysis->arena, flow->event_count + 1, int32_t);
    int32_t *next = ARENA_ARRAY(&analysis->arena, flow->work_count + 1, int32_t);
    for (uint32_t i = 0; i < flow->work_count; i++) {
        const Work *work = flow->work_at[i];
        if (work->event < 0)
            continue;
        if (work->limit.has_limit)
            for (int32_t k = first[work->event]; k; k = next[k - 1])
                compare_limits(analysis, flow->work_at[k - 1], work);
        next[i] = first[work->event];
        first[work->event] = (int32_t)i + 1;
    }
}

/* ---- CF308 ------------------------------------------------------------------------------- */

static void check_calendar_end(Analysis *analysis, const Work *work)
{
    const Calendar *calendar = analysis->program->calendar;
    Day today = analysis->options->today;
    if (!calendar || today == DAY_NONE || !calendar_covers(calendar, today) ||
        !work->limit.has_limit || work->limit.before)
        return;
    LimitRule rule = {.duration = duration_of(analysis, &work->limit.limit)};
    LimitAnchor anchor = {.day = today, .at = day_start(analysis->program->zone, today)};
    LimitDue due;
    Error err = {0};
    bool fits = limit_due(&rule, calendar, analysis->program->zone, &anchor, NULL, &due, &err);
    if (fits && (due.day == DAY_NONE || calendar_covers(calendar, due.day)))
        return;
    char last[DAY_TEXT_MAX];
    day_format_long(calendar_last_day(calendar), last);
    Diag *diag = finding(analysis, work->limit.limit.span, "CF308",
                         "The calendar ends before \"%s\" would be due", work->name);
    if (diag)
        diag_help(analysis->diags, diag,
                  "It covers the time up to %s. Counted from today, this limit ends later.\n"
                  "Add the holidays of later years, and say so after \"covers\".",
                  last);
}

/* ---- notes ------------------------------------------------------------------------------- */

static void note_cut_off(Analysis *analysis)
{
    const Flow *flow = analysis->flow;
    const Calendar *calendar = analysis->program->calendar;
    if (!calendar || calendar_cut_off(calendar) >= 0)
        return;
    for (uint32_t i = 0; i < flow->work_count; i++) {
        const LimitAst *limit = &flow->work_at[i]->limit;
        if (!limit->has_limit || duration_of(analysis, &limit->limit).unit != UNIT_WORKING_DAYS)
            continue;
        Diag *diag =
            finding(analysis, flow->workflow->name_span, "CF309",
                    "It is not said whether something late in the day counts as today");
        if (diag)
            diag_help(
                analysis->diags, diag,
                "Without a cut-off it does, until midnight. In the calendar one can say:\n"
                "cut-off 16:00");
        return;
    }
}

static void note_months(Analysis *analysis, const Work *work)
{
    if (!work->limit.has_limit)
        return;
    Duration duration = duration_of(analysis, &work->limit.limit);
    if (duration.unit != UNIT_MONTHS || work->limit.before)
        return;
    Diag *diag =
        finding(analysis, work->limit.limit.span, "CF313",
                "Months have ends: this limit is cut to the last day where there is none");
    if (diag)
        diag_example(analysis->diags, diag,
                     "one month after 31 January is 28 February, or 29 in a leap year.");
}

void check_limits(Analysis *analysis)
{
    const Flow *flow = analysis->flow;
    for (uint32_t i = 0; i < flow->work_count; i++) {
        const Work *work = flow->work_at[i];
        check_consequence(analysis, work);
        check_target(analysis, work);
        check_first(analysis, work);
        check_order(analysis, work);
        check_calendar_end(analysis, work);
        if (analysis->options->notes)
            note_months(analysis, work);
    }
    check_two_limits(analysis);
    if (analysis->options->notes)
        note_cut_off(analysis);
}
