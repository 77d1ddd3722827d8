#include "vm/internal.h"

#include "base/mem.h"

Happened *more_room(Vm *vm)
{
    vm->happened = mem_grow(vm->happened, &vm->happened_capacity, vm->happened_count + 1u,
                            sizeof *vm->happened);
    return &vm->happened[vm->happened_count];
}
