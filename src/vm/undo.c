/* Going back to the record as it was before an entry. Works are most of a record and a
 * step touches few of them, so each is saved when it is first written to. */
#include "vm/internal.h"

#include <assert.h>

/* Everything before the works and everything after them. */
static void copy_rest(const Program *program, int64_t *to, const int64_t *from)
{
    size_t after = program->slot_works + (size_t)program->work_count * WORK_SLOTS;
    memcpy(to, from, program->slot_works * sizeof *to);
    memcpy(to + after, from + after, (program->slot_count - after) * sizeof *to);
}

static void copy_work(const Program *program, int64_t *to, const int64_t *from, uint32_t work)
{
    size_t at = program->slot_works + (size_t)work * WORK_SLOTS;
    memcpy(to + at, from + at, WORK_SLOTS * sizeof *to);
}

void keep_undo(VmStep *step)
{
    step->saving = true;
    step->saves++;
    step->saved_count = 0;
    copy_rest(step->program, step->vm->undo, step->record);
}

void save_work(VmStep *step, uint32_t work)
{
    step->work_saved[work] = step->saves;
    step->saved[step->saved_count++] = work;
    copy_work(step->program, step->vm->undo, step->record, work);
}

void go_back(VmStep *step)
{
    assert(step->saving);
    copy_rest(step->program, step->record, step->vm->undo);
    for (uint32_t i = 0; i < step->saved_count; i++)
        copy_work(step->program, step->record, step->vm->undo, step->saved[i]);
}
