#include "vm/internal.h"

#include "base/mem.h"

static const Happened nothing = {
    .event = NO_INDEX,
    .track = NO_INDEX,
    .state = NO_INDEX,
    .to = NO_INDEX,
    .work = NO_INDEX,
    .role = NO_INDEX,
    .fact = NO_INDEX,
    .window = NO_INDEX,
    .rule = NO_INDEX,
    .due = MOMENT_NONE,
    .was = MOMENT_NONE,
    .target = MOMENT_NONE,
};

Happened *note(VmStep *step, HappenedKind kind)
{
    Vm *vm = step->vm;
    uint32_t at = vm->quiet ? 0 : vm->happened_count;
    if (at >= vm->happened_capacity)
        vm->happened =
            mem_grow(vm->happened, &vm->happened_capacity, at + 1, sizeof *vm->happened);
    Happened *item = &vm->happened[at];
    if (vm->quiet)
        return item;
    vm->happened_count++;
    *item = nothing;
    item->kind = kind;
    item->at = step->now;
    item->entry = step->entry ? step->entry->number : step->cause;
    item->opened_by = step->cause;
    return item;
}
