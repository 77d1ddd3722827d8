/* The entries of a scenario's case. Most are applied as they come; a late one, and
 * a correction, folds the whole case anew, as live use does. */
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "sim/scenario_internal.h"
#include "vm/fold.h"

const Entry *made_find(void *context, int64_t number)
{
    const Run *run = context;
    if (number == (int64_t)run->made_count + 1)
        return &run->trying;
    bool known = number >= 1 && number <= (int64_t)run->made_count;
    return known ? &run->made[number - 1].entry : NULL;
}

MadeEntry *made_add(Run *run, const Entry *entry, const WhenStep *when)
{
    run->made =
        mem_grow(run->made, &run->made_capacity, run->made_count + 1, sizeof *run->made);
    MadeEntry *made = &run->made[run->made_count++];
    *made = (MadeEntry){.entry = *entry, .when = when, .key = when ? when->key : NULL};
    return made;
}

MadeEntry *made_last(Run *run, uint32_t event)
{
    for (uint32_t i = run->made_count; i-- > 0;) {
        MadeEntry *made = &run->made[i];
        bool is_event = made->entry.kind == ENTRY_EVENT || made->entry.kind == ENTRY_OPEN;
        if (is_event && made->entry.name == event && !made->is_void)
            return made;
    }
    return NULL;
}

static uint32_t gather(const Run *run, const Entry *late, Entry *entries)
{
    uint32_t count = 0;
    for (uint32_t i = 0; i < run->made_count; i++)
        if (!run->made[i].is_void)
            entries[count++] = run->made[i].entry;
    if (late)
        entries[count++] = *late;
    return count;
}

static bool is_same(const Happened *a, const Happened *b)
{
    return a->kind == b->kind && a->at == b->at && a->work == b->work && a->role == b->role &&
           a->event == b->event && a->track == b->track && a->to == b->to &&
           a->fact == b->fact && a->value == b->value && a->due == b->due;
}

/* What the fold tells that was not told before. */
static void note_news(Run *run, const Happened *before, uint32_t count)
{
    bool *used = mem_alloc_array(count + 1, sizeof *used);
    for (uint32_t i = 0; i < run->vm.happened_count; i++) {
        const Happened *now = &run->vm.happened[i];
        uint32_t k = 0;
        while (k < count && (used[k] || !is_same(&before[k], now)))
            k++;
        if (k < count) {
            used[k] = true;
            continue;
        }
        run->fresh = mem_grow(run->fresh, &run->fresh_capacity, run->fresh_count + 1,
                              sizeof *run->fresh);
        run->fresh[run->fresh_count++] = *now;
    }
    free(used);
}

static void name_conflict(const Run *run, const Entry *late, const Entry *stopped,
                          Refusal *refusal)
{
    if (late && stopped->number == late->number)
        return;
    Refusal conflict = *refusal;
    conflict.code = REFUSED_CONFLICT;
    conflict.entry = stopped->number;
    conflict.event = late ? late->name : run->made[stopped->number - 1].entry.name;
    *refusal = conflict;
}

bool made_refold(Run *run, const Entry *late, Moment until, Refusal *refusal)
{
    size_t bytes = run->program->slot_count * sizeof *run->record;
    uint32_t before_count = run->vm.happened_count;
    Happened *before = mem_alloc_array(before_count + 1, sizeof *before);
    Entry *entries = mem_alloc_array(run->made_count + 1, sizeof *entries);
    memcpy(before, run->vm.happened, before_count * sizeof *before);
    uint32_t count = gather(run, late, entries);
    entries_sort(entries, count);
    FoldResult fold = vm_fold(&run->vm, run->scratch, entries, count, until);
    *refusal = fold.refusal;
    if (fold.whole) {
        memcpy(run->record, run->scratch, bytes);
        note_news(run, before, before_count);
        refusal->code = REFUSED_NOT;
    } else {
        if (fold.stopped_at < count)
            name_conflict(run, late, &entries[fold.stopped_at], refusal);
        memcpy(run->vm.happened, before, before_count * sizeof *before);
        run->vm.happened_count = before_count;
    }
    free(entries);
    free(before);
    return fold.whole;
}
