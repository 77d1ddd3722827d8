/* "3 times within 30 calendar days": a sliding count over the last dates of an
 * event, both ends counted (language.md, meaning 13; calendar.md D11). The ring
 * holds as many dates as the window counts, so that its oldest one decides. */
#include "vm/internal.h"

#include "base/mem.h"

static int64_t *ring_of(const VmStep *step, uint32_t window)
{
    return step->record + step->program->windows[window].slot;
}

/* The day on which a date no longer counts. */
static Day counts_until(Duration within, Day day)
{
    switch (within.unit) {
    case UNIT_WEEKS:
        return day + within.amount * 7;
    case UNIT_MONTHS:
        return day_add_months(day, within.amount, NULL);
    case UNIT_YEARS:
        return day_add_months(day, within.amount * 12, NULL);
    case UNIT_WORKING_DAYS:
    case UNIT_CALENDAR_DAYS:
    case UNIT_HOURS:
    case UNIT_WORKING_HOURS:
    case UNIT_SAME_DAY:
    case UNIT_IMMEDIATELY:
        break;
    }
    return day + within.amount;
}

static Day oldest_day(const Program *program, const int64_t *record, uint32_t window)
{
    const int64_t *ring = record + program->windows[window].slot;
    return (Day)ring[WINDOW_DAYS + ring[WINDOW_NEXT]];
}

Moment window_end(const Program *program, const int64_t *record, uint32_t window)
{
    const WindowInfo *info = &program->windows[window];
    if (!record[info->slot + WINDOW_TRUE])
        return MOMENT_NEVER;
    Day end = counts_until(info->within, oldest_day(program, record, window));
    return moment_at(day_start(program->zone, end), RANK_DAY_LIMIT);
}

static void count_one(VmStep *step, uint32_t window)
{
    const WindowInfo *info = &step->program->windows[window];
    int64_t *ring = ring_of(step, window);
    Day today = anchor_day(step->program, step->now);
    ring[WINDOW_DAYS + ring[WINDOW_NEXT]] = today;
    ring[WINDOW_NEXT] = (ring[WINDOW_NEXT] + 1) % info->count;
    Day oldest = oldest_day(step->program, step->record, window);
    bool holds = oldest != DAY_NONE && today < counts_until(info->within, oldest);
    step->dirty = true;
    if (holds == (bool)ring[WINDOW_TRUE])
        return;
    ring[WINDOW_TRUE] = holds;
    step->changed = true;
    Happened *item = note(step, HAPPENED_WINDOW);
    item->window = window;
    item->event = info->event;
    item->value = holds;
}

/* Guards see the event counted already; where it is then refused, held or left to
 * wait, it never happened and uncount_windows puts the rings back. */
void count_windows(VmStep *step, uint32_t event)
{
    Slice windows = step->program->events[event].windows;
    size_t saved = 0;
    for (uint32_t i = 0; i < windows.count; i++) {
        uint32_t window = step->program->indices[windows.first + i];
        size_t slots = WINDOW_DAYS + step->program->windows[window].count;
        step->saved_rings = mem_grow(step->saved_rings, &step->ring_capacity, saved + slots,
                                     sizeof *step->saved_rings);
        memcpy(step->saved_rings + saved, ring_of(step, window), slots * sizeof(int64_t));
        saved += slots;
        count_one(step, window);
    }
}

void uncount_windows(VmStep *step, uint32_t event)
{
    Slice windows = step->program->events[event].windows;
    size_t saved = 0;
    for (uint32_t i = 0; i < windows.count; i++) {
        uint32_t window = step->program->indices[windows.first + i];
        size_t slots = WINDOW_DAYS + step->program->windows[window].count;
        memcpy(ring_of(step, window), step->saved_rings + saved, slots * sizeof(int64_t));
        saved += slots;
    }
}
