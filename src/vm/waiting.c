/* Events that wait: held back until a state is reached, or until somebody approves.
 * A case keeps their numbers; whoever finds entries (vm.h) gives them back. */
#include "vm/internal.h"

bool is_waiting(VmStep *step, uint32_t event)
{
    for (uint32_t i = 0; i < LIMIT_HELD; i++) {
        int64_t number = step->record[SLOT_WAITING + i];
        const Entry *entry = number ? step->vm->find(step->vm->find_context, number) : NULL;
        if (entry && entry->name == event) {
            step->refusal->entry = number;
            return true;
        }
    }
    return false;
}

static bool put_away(VmStep *step, uint32_t first, int64_t value)
{
    for (uint32_t i = 0; step->vm->find && i < LIMIT_HELD; i++)
        if (!step->record[first + i]) {
            step->record[first + i] = value;
            return true;
        }
    int64_t longest = step->record[first];
    step->refusal->entry = first == SLOT_HELD ? held_entry(longest) : longest;
    return refuse(step, REFUSED_NOT_POSSIBLE);
}

bool hold_entry(VmStep *step, const HandlerInfo *hold)
{
    if (!put_away(step, SLOT_HELD, held_pack(step->entry->number, hold->until)))
        return false;
    Happened *item = note(step, HAPPENED_HELD);
    item->event = step->entry->name;
    item->state = hold->until;
    return true;
}

bool wait_for_approval(VmStep *step, const AlternativeInfo *line)
{
    if (!put_away(step, SLOT_WAITING, step->entry->number))
        return false;
    Happened *item = note(step, HAPPENED_WAITING);
    item->event = step->entry->name;
    item->role = step->program->permits[line->approval_permits.first].via;
    return true;
}

bool forget_waiting(VmStep *step, int64_t entry)
{
    for (uint32_t i = 0; i < LIMIT_HELD; i++)
        if (step->record[SLOT_WAITING + i] == entry) {
            step->record[SLOT_WAITING + i] = 0;
            return true;
        }
    return false;
}

/* The person who approves may not be the one who asked, nor act in two roles that
 * exclude each other. */
static bool check_approver(VmStep *step, const AlternativeInfo *line)
{
    const Entry *asked = step->entry;
    step->entry = step->approval;
    bool may = check_who(step, line->approval_permits, NULL, MOMENT_NONE) &&
               (!step->separates || check_separation(step, NULL));
    if (may && asked->person && step->entry->person == asked->person) {
        step->refusal->person = asked->person;
        may = refuse(step, REFUSED_SEPARATION);
    }
    step->entry = asked;
    return may;
}

void keep_approver(VmStep *step)
{
    const Entry *asked = step->entry;
    step->entry = step->approval;
    keep_actor(step);
    step->entry = asked;
}

/* The first chosen line that needs approval, or NULL. */
const AlternativeInfo *needs_approval(const VmStep *step)
{
    for (uint32_t i = 0; step->approves && i < step->move_count; i++)
        if (step->moves[i].line->approval_permits.count)
            return step->moves[i].line;
    return NULL;
}

bool check_approvals(VmStep *step)
{
    for (uint32_t i = 0; step->approval && i < step->move_count; i++)
        if (step->moves[i].line->approval_permits.count &&
            !check_approver(step, step->moves[i].line))
            return false;
    return true;
}
