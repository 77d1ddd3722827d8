#include "vm/internal.h"

#include "base/mem.h"

Happened *note(VmStep *step, HappenedKind kind)
{
    Vm *vm = step->vm;
    uint32_t at = vm->happened_count;
    if (vm->quiet)
        return &vm->happened[0];
    if (at >= vm->happened_capacity)
        vm->happened =
            mem_grow(vm->happened, &vm->happened_capacity, at + 1, sizeof *vm->happened);
    vm->happened_count++;
    Happened *item = &vm->happened[at];
    *item = (Happened){.kind = kind,
                       .at = step->now,
                       .entry = step->entry ? step->entry->number : step->cause,
                       .event = NO_INDEX,
                       .track = NO_INDEX,
                       .state = NO_INDEX,
                       .to = NO_INDEX,
                       .work = NO_INDEX,
                       .role = NO_INDEX,
                       .fact = NO_INDEX,
                       .window = NO_INDEX,
                       .rule = NO_INDEX,
                       .outcome = OUTCOME_NONE,
                       .due = MOMENT_NONE,
                       .was = MOMENT_NONE,
                       .target = MOMENT_NONE,
                       .value = 0,
                       .opened_by = step->cause};
    return item;
}
