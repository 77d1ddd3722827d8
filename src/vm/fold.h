/* A whole case from its entries: the one place that puts them in order and
 * applies them one by one. */
#pragma once

#include "vm/vm.h"

typedef struct FoldResult {
    bool whole;            /* every entry was accepted */
    uint32_t stopped_at;   /* index (in total order) of the entry that was refused */
    Refusal refusal;
} FoldResult;

/* Sorts `entries` in place by (at, number). */
void entries_sort(Entry *entries, uint32_t count);

/* Resets `record`, applies every entry (sorted already), then advances to
 * `until` (MOMENT_NONE: not at all). Stops at the first refusal. What happened is
 * in vm->happened from the start. */
FoldResult vm_fold(Vm *vm, int64_t *record, const Entry *entries, uint32_t count, Moment until);
