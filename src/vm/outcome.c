#include "vm/internal.h"

/* From the first reminder sent, or one working day before (one calendar day where
 * the flow has no calendar): language.md, meaning 12. */
static bool is_due_soon(const Program *program, const int64_t *slots, Moment clock)
{
    if (slots[WORK_DUE] == MOMENT_NEVER)
        return false;
    if (slots[WORK_REMINDED])
        return true;
    Day due = moment_day(program->zone, slots[WORK_DUE]), soon;
    Error err;
    if (!program->calendar || !calendar_covers(program->calendar, due) ||
        !calendar_add(program->calendar, due, -1, &soon, &err))
        soon = due - 1;
    return clock >= moment_at(day_start(program->zone, soon), RANK_DAY_LIMIT);
}

Outcome vm_outcome(const Program *program, const int64_t *record, uint32_t work)
{
    const int64_t *slots = record_work(program, record, work);
    if (slots[WORK_STATUS] != WORK_OPEN || slots[WORK_OUTCOME] != OUTCOME_RUNNING)
        return (Outcome)slots[WORK_OUTCOME];
    if (is_due_soon(program, slots, record[SLOT_CLOCK]))
        return OUTCOME_DUE_SOON;
    return slots[WORK_FLAGS] & WORK_FLAG_EXTENDED ? OUTCOME_EXTENDED : OUTCOME_RUNNING;
}
