#include "vm/fold.h"

#include <stdlib.h>

static int compare(const void *left, const void *right)
{
    const Entry *a = left, *b = right;
    if (a->at != b->at)
        return a->at < b->at ? -1 : 1;
    return a->number < b->number ? -1 : a->number > b->number;
}

void entries_sort(Entry *entries, uint32_t count)
{
    if (count)
        qsort(entries, count, sizeof *entries, compare);
}

FoldResult vm_fold(Vm *vm, int64_t *record, const Entry *entries, uint32_t count, Moment until)
{
    FoldResult result = {.whole = true, .stopped_at = count};
    vm_begin(vm);
    vm_reset(vm->program, record);
    for (uint32_t i = 0; i < count; i++) {
        if (vm_apply(vm, record, &entries[i], &result.refusal))
            continue;
        result.whole = false;
        result.stopped_at = i;
        return result;
    }
    if (until != MOMENT_NONE && !vm_advance(vm, record, until)) {
        result.whole = false;
        result.refusal = vm->advance_refusal;
    }
    return result;
}
