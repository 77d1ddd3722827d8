/* The working time of the period, as one ascending list of spans. */
#include <stdlib.h>

#include "base/mem.h"
#include "sim/generate_internal.h"

/* Days after the period for which things are planned, so that what is due then is not
 * crowded into its last days. */
enum { PLANNED_AHEAD = 200 };

static const WorkingHours usual = {9 * 60, 17 * 60};

static WorkingHours hours_of(const Calendar *calendar, Day day)
{
    WorkingHours none = {0};
    if (!calendar)
        return day_weekday(day) < 5 ? usual : none;
    if (!calendar_is_working(calendar, day))
        return none;
    return calendar_has_hours(calendar) ? calendar_hours_on(calendar, day) : usual;
}

static void add_day(Hours *hours, Zone zone, Day day, WorkingHours open)
{
    LocalTime from = {day, open.from * (int32_t)MINUTE_MS};
    LocalTime to = {day, open.to * (int32_t)MINUTE_MS};
    if (open.to == 24 * 60)
        to.ms -= (int32_t)SECOND_MS;
    Span span = {.before = hours->all};
    if (instant_from_local(zone, from, &span.begin) == LOCAL_NEVER ||
        instant_from_local(zone, to, &span.end) == LOCAL_NEVER || span.begin >= span.end)
        return;
    hours->spans = mem_grow(hours->spans, &hours->capacity, hours->count + 1u, sizeof span);
    hours->spans[hours->count++] = span;
    hours->all += (span.end - span.begin) / SECOND_MS;
}

static void add_days(Hours *hours, const Program *program, Day from, Day to)
{
    for (Day day = from; day <= to; day++) {
        WorkingHours open = hours_of(program->calendar, day);
        if (open.from < open.to)
            add_day(hours, program->zone, day, open);
    }
}

bool hours_begin(Hours *hours, const Program *program, Day from, Day to, Error *err)
{
    const Calendar *calendar = program->calendar;
    *hours = (Hours){.last = day_start(program->zone, to + 1) - SECOND_MS};
    if (calendar && (!calendar_check_covers(calendar, from, err) ||
                     !calendar_check_covers(calendar, to, err)))
        return false;
    add_days(hours, program, from, to);
    hours->seconds = hours->all;
    Day beyond = to + PLANNED_AHEAD;
    if (calendar && beyond > calendar_last_day(calendar))
        beyond = calendar_last_day(calendar);
    add_days(hours, program, to + 1, beyond);
    return hours->seconds > 0 ||
           error_kind(err, ERROR_USAGE, "there is no working day in the period");
}

void hours_clear(Hours *hours)
{
    free(hours->spans);
    *hours = (Hours){0};
}

/* The first span that ends after `at`; hours->count: none. */
static uint32_t span_after(const Hours *hours, Instant at)
{
    uint32_t low = 0, high = hours->count;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        if (hours->spans[middle].end > at)
            high = middle;
        else
            low = middle + 1;
    }
    return low;
}

/* How many spans begin at or before `at`. */
static uint32_t spans_until(const Hours *hours, Instant at)
{
    uint32_t low = 0, high = hours->count;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        if (hours->spans[middle].begin > at)
            high = middle;
        else
            low = middle + 1;
    }
    return low;
}

uint32_t hours_days(const Hours *hours, Instant after, Instant latest)
{
    uint32_t first = spans_until(hours, after), last = spans_until(hours, latest);
    return last > first ? last - first : 0;
}

/* Case i has the i-th share of the working time to itself, so that cases come in order
 * of opening and nobody has to sort them. */
Instant hours_arrival(const Hours *hours, Random *random, uint64_t i, uint64_t count)
{
    uint64_t all = (uint64_t)hours->seconds;
    uint64_t share = random_below(random, (uint32_t)all);
    int64_t second = (int64_t)((all * i + share) / count);
    uint32_t low = 0, high = hours->count;
    while (high - low > 1) {
        uint32_t middle = low + (high - low) / 2;
        if (hours->spans[middle].before <= second)
            low = middle;
        else
            high = middle;
    }
    return hours->spans[low].begin + (second - hours->spans[low].before) * SECOND_MS;
}

/* A second of (after, latest], or the one after `after`. */
static Instant pick_between(Random *random, Instant after, Instant latest)
{
    Instant seconds = latest > after ? (latest - after) / SECOND_MS : 0;
    return after + SECOND_MS * (1 + random_below(random, (uint32_t)seconds));
}

/* A second of the span that lies in (after, latest]; INSTANT_NEVER: none does. */
static Instant pick_within(Random *random, const Span *span, Instant after, Instant latest)
{
    Instant begin = span->begin > after ? span->begin : after + SECOND_MS;
    Instant end = span->end - SECOND_MS < latest ? span->end - SECOND_MS : latest;
    if (begin > end)
        return INSTANT_NEVER;
    return begin + SECOND_MS * random_below(random, (uint32_t)((end - begin) / SECOND_MS + 1));
}

Instant hours_pick(const Hours *hours, Random *random, Instant after, Instant latest,
                   uint32_t least, uint32_t most)
{
    if (latest <= after)
        return after + SECOND_MS;
    uint32_t first = span_after(hours, after + MINUTE_MS), past = spans_until(hours, latest);
    if (first >= past)
        return latest == INSTANT_NEVER ? latest : pick_between(random, after, latest);
    most = most < past - first ? most : past - first - 1;
    least = least < most ? least : most;
    uint32_t span = first + least + random_below(random, most - least + 1);
    Instant found = pick_within(random, &hours->spans[span], after, latest);
    return found != INSTANT_NEVER ? found : pick_between(random, after, latest);
}
