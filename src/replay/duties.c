/* What happened in a case, as the duties and the work that came of it: each time that
 * work was opened, when it was due, and how that ended. Read off what the vm noted, so
 * that months, weeks and the chain of reviews are the vm's own. */
#include <string.h>

#include "replay/replay_internal.h"

Day replay_day(Zone zone, Moment moment)
{
    return moment_rank(moment) == RANK_DATE_ONLY ? moment_day(zone, moment)
                                                 : day_of_instant(zone, moment_instant(moment));
}

/* ---- which work has a limit ----------------------------------------------------- */

static Unit unit_of(const Program *program, const WorkInfo *info)
{
    if (info->in_step != NO_INDEX)
        return unit_of(program, &program->works[info->in_step]); /* never in a circle */
    Slice durations = {0};
    if (info->intervals.count)
        durations = program->intervals[info->intervals.first].every;
    else if (info->limit != NO_INDEX)
        durations = program->limits[info->limit].limit;
    return durations.count ? program->durations[durations.first].duration.unit
                           : UNIT_CALENDAR_DAYS;
}

bool duty_in_working_days(const Program *program, uint32_t work)
{
    Unit unit = unit_of(program, &program->works[work]);
    return unit == UNIT_WORKING_DAYS || unit == UNIT_WORKING_HOURS;
}

void duties_prepare(Replayer *replayer)
{
    const Program *program = replayer->program;
    for (uint32_t work = 0; work < program->work_count; work++) {
        const WorkInfo *info = &program->works[work];
        bool has_limit = info->limit != NO_INDEX && program->limits[info->limit].has_limit;
        replayer->chained[work] = MOMENT_NONE;
        replayer->is_duty[work] = has_limit || info->kind == PROGRAM_REVIEW;
        replayer->in_working_days[work] = duty_in_working_days(program, work);
    }
}

/* ---- opening --------------------------------------------------------------------- */

static uint32_t first_role(const Program *program, const WorkInfo *info)
{
    return info->permits.count ? program->permits[info->permits.first].via : NO_INDEX;
}

/* A review counts from the occurrence before it, else from its opening; what is owed in
 * step, from when it came to be owed. The record knows only the latest. */
static Moment started_at(const Replayer *r, const Happened *item)
{
    const WorkInfo *info = &r->program->works[item->work];
    if (info->in_step != NO_INDEX)
        return item->at;
    if (info->kind == PROGRAM_REVIEW && r->chained[item->work] != MOMENT_NONE)
        return r->chained[item->work];
    return record_work(r->program, r->record, item->work)[WORK_ANCHOR];
}

static uint32_t add_duty(Replayer *r, const Happened *item, bool was_put)
{
    r->duties = mem_grow(r->duties, &r->duty_capacity, r->duty_count + 1, sizeof *r->duties);
    r->unsure = mem_grow(r->unsure, &r->unsure_capacity, r->duty_count + 1, sizeof *r->unsure);
    Duty *duty = &r->duties[r->duty_count];
    *duty = (Duty){.work = item->work,
                   .occurrence = r->occurrences[item->work]++,
                   .opened = item->at,
                   .started = started_at(r, item),
                   .target = item->target == MOMENT_NONE ? MOMENT_NEVER : item->target,
                   .due = item->due,
                   .done = MOMENT_NONE,
                   .outcome = OUTCOME_RUNNING,
                   .is_open = true,
                   .role = first_role(r->program, &r->program->works[item->work])};
    r->chained[item->work] = duty->started;
    r->unsure[r->duty_count] =
        duty->started != MOMENT_NONE &&
        (duty->started == r->made_up || (was_put && duty->started == item->at));
    return r->duty_count++;
}

static uint32_t add_span(Replayer *r, const Happened *item)
{
    r->spans = mem_grow(r->spans, &r->span_capacity, r->span_count + 1, sizeof *r->spans);
    r->spans[r->span_count] =
        (WorkSpan){.work = item->work,
                   .role = first_role(r->program, &r->program->works[item->work]),
                   .opened = item->at,
                   .ended = MOMENT_NONE};
    return r->span_count++;
}

static void close_opening(Replayer *r, uint32_t work, const Happened *item, Outcome outcome,
                          Moment done);

static void open_one(Replayer *r, const Happened *item, uint32_t place)
{
    const WorkInfo *info = &r->program->works[item->work];
    bool was_put = place >= r->put_from && place < r->put_until;
    if (r->first_open[item->work] && info->in_step == NO_INDEX) /* the next point of a grid */
        close_opening(r, item->work, item, OUTCOME_MISSED, MOMENT_NONE);
    r->openings =
        mem_grow(r->openings, &r->opening_capacity, r->opening_count + 1, sizeof *r->openings);
    Opening *opening = &r->openings[r->opening_count++];
    bool is_work = info->kind == PROGRAM_TASK || info->kind == PROGRAM_REVIEW;
    *opening = (Opening){.duty = NO_INDEX, .span = NO_INDEX};
    if (r->is_duty[item->work])
        opening->duty = add_duty(r, item, was_put);
    if (is_work)
        opening->span = add_span(r, item);
    if (r->first_open[item->work])
        r->openings[r->last_open[item->work] - 1].next = r->opening_count;
    else
        r->first_open[item->work] = r->opening_count;
    r->last_open[item->work] = r->opening_count;
}

/* ---- ending ------------------------------------------------------------------------- */

static int32_t days_between(const Replayer *r, uint32_t work, Day from, Day until)
{
    const Calendar *calendar = r->program->calendar;
    if (until <= from)
        return 0;
    if (!r->in_working_days[work])
        return until - from;
    if (!calendar || !calendar_covers(calendar, from) || !calendar_covers(calendar, until))
        return -1;
    return calendar_count(calendar, from, until);
}

static bool is_before_a_date(const Program *program, uint32_t work)
{
    uint32_t limit = program->works[work].limit;
    return limit != NO_INDEX && program->limits[limit].before;
}

/* `until`: when it was done, else the as-of date or when it was ended. */
static void measure(const Replayer *r, Duty *duty, Moment until)
{
    Zone zone = r->program->zone;
    Moment from = is_before_a_date(r->program, duty->work) ? duty->opened : duty->started;
    Day end = replay_day(zone, until);
    duty->days =
        from == MOMENT_NONE ? -1 : days_between(r, duty->work, replay_day(zone, from), end);
    duty->days_late = 0;
    if (duty->is_late)
        duty->days_late = days_between(r, duty->work, moment_day(zone, duty->due), end);
    if (duty->days_late < 0)
        duty->days_late = 0;
}

static void weigh(Replayer *r, uint32_t place, Outcome outcome, Moment until)
{
    Duty *duty = &r->duties[place];
    duty->outcome = r->unsure[place] ? OUTCOME_CANNOT_TELL : outcome;
    duty->is_late = duty->outcome == OUTCOME_MET_LATE || duty->outcome == OUTCOME_MISSED ||
                    duty->outcome == OUTCOME_MISSED_KNOWN_LATE;
    duty->fell_due = duty->is_late || duty->outcome == OUTCOME_MET ||
                     (duty->outcome == OUTCOME_EXTENDED && !duty->is_open);
    measure(r, duty, until);
    if (duty->is_late)
        duty->accepted = find_accepted(r, "late", r->program->works[duty->work].event);
}

/* A date without a time, where the limit lies within that day: nobody can tell. */
static void note_no_time(Replayer *r, const Happened *item)
{
    uint32_t row = item->entry > 0 ? (uint32_t)item->entry - 1 : NO_INDEX;
    Finding *finding = add_finding(r, FINDING_NO_TIME, row, item->at);
    Span span = r->bundle->flow.work_at[item->work]->span;
    finding->refusal.work = item->work;
    finding->refusal.event = r->program->works[item->work].event;
    finding->rule_file = span.file;
    finding->rule_offset = span.offset;
    accept_finding(r, finding);
}

static uint32_t role_of(const Replayer *r, const Happened *item)
{
    return item->entry > 0 ? r->entries[item->entry - 1].role : NO_INDEX;
}

static void end_duty(Replayer *r, const Opening *opening, const Happened *item, Outcome outcome,
                     Moment done)
{
    Duty *duty = &r->duties[opening->duty];
    bool is_done = done != MOMENT_NONE;
    duty->is_open = false;
    duty->done = done;
    if (is_done && role_of(r, item) != NO_INDEX)
        duty->role = role_of(r, item);
    if (is_done && outcome == OUTCOME_CANNOT_TELL && duty->due != MOMENT_NEVER &&
        !r->unsure[opening->duty])
        note_no_time(r, item);
    weigh(r, opening->duty, opening->missed && !is_done ? duty->outcome : outcome,
          is_done ? done : item->at);
}

static void end_span(Replayer *r, WorkSpan *span, const Happened *item, bool done)
{
    span->ended = item->at;
    span->done = done;
    if (!done || item->entry <= 0)
        return;
    span->person = r->rows[item->entry - 1].person;
    if (role_of(r, item) != NO_INDEX)
        span->role = role_of(r, item);
}

/* The oldest one that is open. `done` MOMENT_NONE: it was not. */
static void close_opening(Replayer *r, uint32_t work, const Happened *item, Outcome outcome,
                          Moment done)
{
    uint32_t place = r->first_open[work];
    if (!place)
        return;
    Opening *opening = &r->openings[place - 1];
    r->first_open[work] = opening->next;
    if (opening->duty != NO_INDEX)
        end_duty(r, opening, item, outcome, done);
    if (opening->span != NO_INDEX)
        end_span(r, &r->spans[opening->span], item, done != MOMENT_NONE);
}

/* A deadline may be met by what came before it was opened (ruling 29). */
static Moment done_at(const Replayer *r, const Happened *item)
{
    const int64_t *slots = record_work(r->program, r->record, item->work);
    bool waits = r->program->works[item->work].kind >= PROGRAM_DEADLINE;
    return waits && slots[WORK_STATUS] == WORK_DONE ? slots[WORK_DONE_AT] : item->at;
}

/* ---- in between ------------------------------------------------------------------------ */

static Duty *open_duty(Replayer *r, uint32_t work)
{
    uint32_t place = r->first_open[work];
    bool has_duty = place && r->openings[place - 1].duty != NO_INDEX;
    return has_duty ? &r->duties[r->openings[place - 1].duty] : NULL;
}

static void miss(Replayer *r, const Happened *item)
{
    uint32_t place = r->first_open[item->work];
    while (place && r->openings[place - 1].missed)
        place = r->openings[place - 1].next;
    if (!place)
        return;
    Opening *opening = &r->openings[place - 1];
    opening->missed = true;
    if (opening->duty == NO_INDEX)
        return;
    r->duties[opening->duty].outcome = item->outcome;
    r->duties[opening->duty].due = item->due;
}

/* A limit began to run, or moved. */
static void set_limit(Replayer *r, const Happened *item)
{
    Duty *duty = open_duty(r, item->work);
    if (!duty)
        return;
    duty->due = item->due;
    if (r->program->works[item->work].kind != PROGRAM_REVIEW ||
        item->kind == HAPPENED_LIMIT_STARTED)
        duty->started = record_work(r->program, r->record, item->work)[WORK_ANCHOR];
    r->chained[item->work] = duty->started;
    if (item->kind == HAPPENED_LIMIT_STARTED && item->target != MOMENT_NONE)
        duty->target = item->target;
    if (duty->started == r->made_up && duty->started != MOMENT_NONE)
        r->unsure[duty - r->duties] = true;
    Slice steps = r->program->works[item->work].steps; /* what is owed with it moves too */
    for (uint32_t i = 0; i < steps.count; i++) {
        uint32_t work = r->program->indices[steps.first + i];
        uint32_t last = r->first_open[work] ? r->last_open[work] : 0;
        if (last && r->openings[last - 1].duty != NO_INDEX && !r->openings[last - 1].missed &&
            r->duties[r->openings[last - 1].duty].due == item->was)
            r->duties[r->openings[last - 1].duty].due = item->due;
    }
}

static void close_all(Replayer *r, const Happened *item, Outcome outcome)
{
    while (r->first_open[item->work])
        close_opening(r, item->work, item, outcome, MOMENT_NONE);
    r->chained[item->work] = MOMENT_NONE;
}

/* ---- what went wrong by itself ------------------------------------------------------------
 */

static bool is_noted(const Replayer *r, uint32_t rule, uint32_t row)
{
    for (uint32_t i = r->finding_count; row != NO_INDEX && i-- > 0;) {
        if (r->findings[i].row != row)
            return false;
        if (r->findings[i].refusal.rule == rule)
            return true;
    }
    return false;
}

/* The first unknown fact that a condition looks at. */
static uint32_t first_fact(const Replayer *r, CodeRef condition)
{
    for (CodeRef at = condition; at; at++) {
        OpCode op = instruction_op(r->program->code[at]);
        uint32_t fact = instruction_operand(r->program->code[at]);
        if (op == OP_END)
            break;
        if (op == OP_PUSH_FACT && record_fact(r->program, r->record, fact) == VALUE_UNKNOWN)
            return fact;
    }
    return NO_INDEX;
}

/* A rule broken by time passing, or by more than the row was refused for; a limit beyond
 * the calendar; two ways on at once. */
static void note_fault(Replayer *r, const Happened *item)
{
    const Program *program = r->program;
    uint32_t row = item->entry > 0 ? (uint32_t)item->entry - 1 : NO_INDEX;
    bool again = item->rule != NO_INDEX && r->rule_broken[item->rule];
    if (item->rule != NO_INDEX && (again || is_noted(r, item->rule, row)))
        return;
    bool unknown =
        item->rule != NO_INDEX &&
        vm_judge(program, r->record, program->rules[item->rule].condition) == UNKNOWN;
    FindingKind kind = unknown                  ? FINDING_NO_FACT
                       : item->rule != NO_INDEX ? FINDING_RULE
                       : item->work != NO_INDEX ? FINDING_NO_CALENDAR
                                                : FINDING_REFUSED;
    if (item->rule == NO_INDEX && row != NO_INDEX && r->finding_count &&
        r->findings[r->finding_count - 1].row == row &&
        (r->findings[r->finding_count - 1].kind == kind || kind == FINDING_REFUSED))
        return; /* the refusal of the row said so already */
    Finding *finding = add_finding(r, kind, row, item->at);
    finding->refusal.rule = item->rule;
    finding->refusal.work = item->work;
    finding->refusal.event = row == NO_INDEX ? NO_INDEX : r->entries[row].name;
    if (item->rule != NO_INDEX) {
        const RuleInfo *rule = &program->rules[item->rule];
        finding->refusal.code = rule->is_never ? REFUSED_NEVER : REFUSED_ALWAYS;
        finding->rule_file = rule->file;
        finding->rule_offset = rule->offset;
        r->rule_broken[item->rule] = r->any_broken = true;
        if (unknown)
            finding->fact = finding->refusal.fact = first_fact(r, rule->condition);
    } else if (kind == FINDING_NO_CALENDAR) {
        Span span = r->bundle->flow.work_at[item->work]->span;
        finding->rule_file = span.file;
        finding->rule_offset = span.offset;
    } else {
        finding->refusal.fact = item->fact;
        finding->refusal.code =
            item->fact != NO_INDEX ? REFUSED_CONFLICTING_RECORDS : REFUSED_SEVERAL_ALTERNATIVES;
    }
    accept_finding(r, finding);
}

/* What was held back and became impossible, or was still held when the case closed. */
static void note_dropped(Replayer *r, const Happened *item)
{
    uint32_t row = item->entry > 0 ? (uint32_t)item->entry - 1 : NO_INDEX;
    Finding *finding = add_finding(r, FINDING_REFUSED, row, item->at);
    uint32_t event = row == NO_INDEX ? item->event : r->entries[row].name;
    finding->refusal.code = item->value ? (RefusalCode)item->value : REFUSED_CASE_CLOSED;
    finding->refusal.event = event;
    finding->follow_on = event != NO_INDEX && is_out_of_step(r, event);
    accept_finding(r, finding);
    if (event != NO_INDEX)
        lose_step(r, event);
}

/* ---- following -------------------------------------------------------------------------- */

static void follow(Replayer *r, const Happened *item, uint32_t place)
{
    switch (item->kind) {
    case HAPPENED_WORK_OPENED:
        open_one(r, item, place);
        break;
    case HAPPENED_LIMIT_STARTED:
    case HAPPENED_LIMIT_MOVED:
        set_limit(r, item);
        break;
    case HAPPENED_MISSED:
        miss(r, item);
        break;
    case HAPPENED_DONE:
        close_opening(r, item->work, item, item->outcome, done_at(r, item));
        r->chained[item->work] = item->at;
        break;
    case HAPPENED_NOT_NEEDED:
    case HAPPENED_EXCLUDED:
        close_all(r, item, OUTCOME_NOT_NEEDED);
        break;
    case HAPPENED_UNFINISHED:
        close_all(r, item, OUTCOME_UNFINISHED);
        break;
    case HAPPENED_FAULT:
        note_fault(r, item);
        break;
    case HAPPENED_DROPPED:
        note_dropped(r, item);
        break;
    default:
        break;
    }
}

void duties_follow(Replayer *replayer)
{
    for (; replayer->scanned < replayer->vm.happened_count; replayer->scanned++) {
        const Happened *item = &replayer->vm.happened[replayer->scanned];
        follow(replayer, item, replayer->scanned); /* which makes nothing happen */
    }
}

/* What is open on the as-of date: overdue, or not yet due. */
void duties_finish(Replayer *r)
{
    for (uint32_t work = 0; work < r->program->work_count; work++) {
        for (uint32_t place = r->first_open[work]; place; place = r->openings[place - 1].next) {
            const Opening *opening = &r->openings[place - 1];
            if (opening->duty == NO_INDEX)
                continue;
            const Duty *duty = &r->duties[opening->duty];
            Outcome outcome =
                opening->missed ? duty->outcome : vm_outcome(r->program, r->record, work);
            weigh(r, opening->duty, outcome, r->as_of);
        }
        r->first_open[work] = r->last_open[work] = r->occurrences[work] = 0;
        r->chained[work] = MOMENT_NONE;
    }
}
