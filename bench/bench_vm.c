/* A million entries already in memory: through the machine, and through the same
 * policy written by hand. Both print what they counted; the lines must agree. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "bench.h"
#include "hand.h"
#include "vm/vm.h"

#define ENTRIES 1000000 /* unless the command line says otherwise */
#define AIM     3.0

typedef struct Bound {
    Entry *entries;
    FactEntry *facts;
    uint32_t *cases;
    size_t count;
} Bound;

static uint32_t event_index(const Program *program, const char *name)
{
    for (uint32_t i = 0; i < program->event_count; i++)
        if (strcmp(program->events[i].name, name) == 0)
            return i;
    return NO_INDEX;
}

static uint32_t role_index(const Program *program, const char *name)
{
    for (uint32_t i = 0; i < program->role_count; i++)
        if (strcmp(program->roles[i].name, name) == 0)
            return i;
    return NO_INDEX;
}

/* Names become numbers once, before the clock runs, for the hand-written side too. */
static Bound bind(const Program *program, const LogEntry *log, size_t count)
{
    uint32_t events[LOG_EVENTS], roles[LOG_ROLES];
    Bound bound = {mem_alloc_array(count, sizeof(Entry)),
                   mem_alloc_array(count, sizeof(FactEntry)),
                   mem_alloc_array(count, sizeof(uint32_t)), count};
    for (int i = 0; i < LOG_EVENTS; i++)
        events[i] = event_index(program, log_event_names[i]);
    for (int i = 0; i < LOG_ROLES; i++)
        roles[i] = role_index(program, log_role_names[i]);
    for (size_t i = 0; i < count; i++) {
        Moment at = moment_at(log[i].at, RANK_ENTRY);
        bound.facts[i] = (FactEntry){log[i].event == LOG_ASSESS, log[i].value};
        bound.cases[i] = log[i].case_number;
        bound.entries[i] = (Entry){.number = (int64_t)i + 1,
                                   .kind = log[i].event == LOG_REFER ? ENTRY_OPEN : ENTRY_EVENT,
                                   .name = events[log[i].event],
                                   .at = at,
                                   .recorded = at,
                                   .role = roles[log[i].role],
                                   .person = 1 + roles[log[i].role],
                                   .for_role = NO_INDEX,
                                   .facts = &bound.facts[i],
                                   .fact_count = log[i].value >= 0};
    }
    return bound;
}

/* Kept apart from the run, so that counting costs both sides alike. */
static void count_happened(const Vm *vm, LogResult *result)
{
    for (uint32_t i = 0; i < vm->happened_count; i++) {
        const Happened *item = &vm->happened[i];
        if (item->kind == HAPPENED_DONE) {
            result->met += item->outcome == OUTCOME_MET;
            result->late += item->outcome == OUTCOME_MET_LATE;
        }
        result->missed += item->kind == HAPPENED_MISSED;
        result->notified += item->kind == HAPPENED_NOTIFIED;
        result->closed_cases += item->kind == HAPPENED_CLOSED;
    }
}

/* The due moment of the open task, the one that is not see-child. */
static uint64_t open_due(const Program *program, const int64_t *record, uint32_t see_child)
{
    for (uint32_t work = 0; work < program->work_count; work++) {
        const int64_t *slots = record_work(program, record, work);
        if (work != see_child && slots[WORK_STATUS] == WORK_OPEN)
            return (uint64_t)moment_instant(slots[WORK_DUE]);
    }
    return 0;
}

static void vm_run(Vm *vm, int64_t *record, const Bound *bound, uint32_t see_child,
                   LogResult *result)
{
    const Program *program = vm->program;
    Refusal refusal;
    uint32_t number = 0;
    memset(result, 0, sizeof *result);
    for (size_t i = 0; i < bound->count; i++) {
        if (bound->cases[i] != number) {
            number = bound->cases[i];
            vm_reset(program, record);
        }
        vm_begin(vm);
        if (vm_apply(vm, record, &bound->entries[i], &refusal)) {
            result->accepted++;
            result->check = result->check * 31 + open_due(program, record, see_child);
        } else {
            result->refused++;
        }
        count_happened(vm, result);
    }
}

static uint32_t work_index(const Program *program, const char *name)
{
    uint32_t i = 0;
    while (i + 1 < program->work_count && strcmp(program->works[i].name, name) != 0)
        i++;
    return i;
}

int main(int count, char **words)
{
    size_t entries = count > 1 ? (size_t)strtoul(words[1], NULL, 10) : ENTRIES;
    Bundle bundle;
    Program *program = bench_compile(&bundle, "bench/small.flow");
    LogEntry *log = log_make(entries, 20210201);
    Bound bound = bind(program, log, entries);
    int64_t *record = mem_alloc_array(program->slot_count, sizeof *record);
    uint32_t see_child = work_index(program, "see-child");
    LogResult by_vm, by_hand;
    double vm_times[BENCH_RUNS], hand_times[BENCH_RUNS];
    Vm vm;
    vm_init(&vm, program);
    hand_prepare();
    for (int run = 0; run < BENCH_RUNS; run++) {
        double start = bench_cpu();
        vm_run(&vm, record, &bound, see_child, &by_vm);
        vm_times[run] = bench_cpu() - start;
        start = bench_cpu();
        hand_run(log, entries, &by_hand);
        hand_times[run] = bench_cpu() - start;
    }
    log_print("machine", &by_vm);
    log_print("by hand", &by_hand);
    double machine = bench_median(vm_times), hand = bench_median(hand_times);
    printf("vm: %.0f ns an entry, by hand %.0f ns: %.2f times (aim %.1f); %zu bytes a case "
           "record\n",
           machine * 1e9 / (double)entries, hand * 1e9 / (double)entries, machine / hand, AIM,
           program->slot_count * sizeof *record);
    bool same = memcmp(&by_vm, &by_hand, sizeof by_vm) == 0;
    if (!same)
        printf("vm: THE TWO DO NOT AGREE\n");
    vm_clear(&vm);
    program_free(program);
    bundle_clear(&bundle);
    free(bound.entries);
    free(bound.facts);
    free(bound.cases);
    free(record);
    free(log);
    return same ? 0 : 1;
}
