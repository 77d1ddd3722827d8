/* Paused clocks (calendar.md D12): by a person, or while a condition holds; the
 * clock runs again when neither is left. */
#include "vm/internal.h"

#define PAUSE_FLAGS ((int64_t)(WORK_FLAG_PAUSED_BY | WORK_FLAG_PAUSED_WHILE))

void begin_pause(VmStep *step, uint32_t work, int64_t flag)
{
    int64_t *slots = slots_of_work(step, work);
    bool was_paused = slots[WORK_FLAGS] & PAUSE_FLAGS;
    slots[WORK_FLAGS] |= flag;
    if (was_paused)
        return;
    slots[WORK_PAUSED_AT] = moment_instant(step->now);
    step->dirty = true;
    note(step, HAPPENED_PAUSED)->work = work;
}

/* The anchor's own day never counts, so that pausing it moves nothing. */
static bool add_stretch(VmStep *step, const int64_t *slots, LimitPaused *paused, Error *err)
{
    const Program *program = step->program;
    Instant from = slots[WORK_PAUSED_AT];
    if (slots[WORK_FLAGS] & WORK_FLAG_DAY_LIMIT) {
        Instant first = day_start(program->zone, (Day)slots[WORK_ANCHOR_DAY] + 1);
        from = from < first ? first : from;
    }
    Instant to = moment_instant(step->now);
    return from >= to ||
           limit_add_pause(paused, program->calendar, program->zone, from, to, err);
}

void end_pause(VmStep *step, uint32_t work, int64_t flag)
{
    int64_t *slots = slots_of_work(step, work);
    slots[WORK_FLAGS] &= ~flag;
    if (slots[WORK_FLAGS] & PAUSE_FLAGS)
        return;
    LimitPaused paused = {(int32_t)slots[WORK_PAUSED_DAYS],
                          (int32_t)slots[WORK_PAUSED_WORKING_DAYS], slots[WORK_PAUSED_MS],
                          slots[WORK_PAUSED_WORKING_MS]};
    Error err;
    if (!add_stretch(step, slots, &paused, &err)) {
        limit_failed(step, work, &err);
        return;
    }
    slots[WORK_PAUSED_DAYS] = paused.whole_days;
    slots[WORK_PAUSED_WORKING_DAYS] = paused.whole_working_days;
    slots[WORK_PAUSED_MS] = paused.elapsed_ms;
    slots[WORK_PAUSED_WORKING_MS] = paused.working_ms;
    slots[WORK_PAUSED_AT] = MOMENT_NONE;
    step->dirty = true;
    note(step, HAPPENED_RESUMED)->work = work;
    recompute_limit(step, work);
}

/* `paused while`: unknown counts as not yet. */
void refresh_pause(VmStep *step, uint32_t work)
{
    uint32_t limit = step->program->works[work].limit;
    int64_t *slots = slots_of_work(step, work);
    if (limit == NO_INDEX || !step->program->limits[limit].paused_while ||
        slots[WORK_DUE] == MOMENT_NEVER || slots[WORK_FLAGS] & WORK_FLAG_MISSED)
        return;
    CodeRef condition = step->program->limits[limit].paused_while;
    bool pause = judge(step, condition) == YES;
    bool paused = slots[WORK_FLAGS] & WORK_FLAG_PAUSED_WHILE;
    if (pause && !paused)
        begin_pause(step, work, WORK_FLAG_PAUSED_WHILE);
    else if (!pause && paused)
        end_pause(step, work, WORK_FLAG_PAUSED_WHILE);
}
