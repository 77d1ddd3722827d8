/* Both real policies under histories drawn at random: whatever is tried, a refused
 * entry changes nothing, many small jumps of time equal one, and the whole folds
 * to the same record again. The seed is printed when something differs. */
#include "vm/story.h"

#include <stdlib.h>

#include "base/mem.h"
#include "compile/compile.h"
#include "lang/names.h"

#define HISTORIES 300
#define TRIES     400

static uint64_t seed;

/* xorshift64*, Vigna 2016. */
static uint32_t below(uint32_t n)
{
    seed ^= seed >> 12;
    seed ^= seed << 25;
    seed ^= seed >> 27;
    return (uint32_t)((seed * 0x2545F4914F6CDD1Du >> 32) * n >> 32);
}

/* ---- a flow from its file, and what it uses from the standard library ---------- */

static bool read_file(void *context, const char *name, const char *from, char **path,
                      char **text, size_t *length, Error *err)
{
    (void)context;
    char file[200];
    snprintf(file, sizeof file, from ? "stdlib/%s.flow" : "%s", name);
    FILE *in = fopen(file, "rb");
    Text bytes = {0};
    char part[4096];
    if (!in)
        return error_kind(err, ERROR_NOT_FOUND, "no file '%s'", file);
    for (size_t n; (n = fread(part, 1, sizeof part, in)) > 0;)
        text_add_bytes(&bytes, part, n);
    fclose(in);
    *path = mem_strdup(file);
    *length = bytes.length;
    *text = text_take(&bytes);
    return true;
}

static Program *compile_file(Bundle *bundle, const char *file)
{
    Error err = {0};
    *bundle = (Bundle){0};
    assert_true(bundle_load(bundle, file, read_file, NULL, &err));
    names_resolve(bundle);
    assert_int_equal(bundle->diags.errors, 0);
    Program *program = compile_bundle(bundle, &err);
    assert_non_null(program);
    return program;
}

/* ---- random entries --------------------------------------------------------------- */

typedef struct History {
    Entry entries[TRIES];
    FactEntry facts[TRIES][12];
    AssignEntry assigns[TRIES][2];
    uint32_t count;
} History;

static History history;

static const Entry *find_entry(void *context, int64_t number)
{
    (void)context;
    return number >= 1 && number <= history.count ? &history.entries[number - 1] : NULL;
}

static int64_t random_value(const FactInfo *fact, int64_t number)
{
    if (below(20) == 0)
        return 1000;
    switch (fact->type) {
    case TYPE_ONE_OF:
        return below(fact->value_count);
    case TYPE_YES_NO:
        return below(2);
    case TYPE_NUMBER:
        return 1 + below(3);
    case TYPE_DATE:
        return 18600 + (int64_t)below(400);
    case TYPE_TEXT:
    case TYPE_PERSON:
        break;
    }
    return number;
}

static void bring_facts(const Program *p, Entry *entry, Slice records)
{
    for (uint32_t i = 0; i < records.count && entry->fact_count < 12; i++) {
        uint32_t fact = p->records[records.first + i].fact;
        bool there = false;
        for (uint32_t k = 0; k < entry->fact_count; k++)
            there |= history.facts[history.count][k].fact == fact;
        if (!there && below(12))
            history.facts[history.count][entry->fact_count++] =
                (FactEntry){fact, random_value(&p->facts[fact], entry->number)};
    }
}

/* Mostly what the open work and the events ask for, by somebody who may. */
static void choose_role(const Program *p, Entry *entry, Slice permits)
{
    entry->role = permits.count && below(12)
                      ? p->permits[permits.first + below(permits.count)].role
                      : below(p->role_count);
    entry->person = 1 + entry->role + (below(8) == 0 ? 100 : 0);
}

static void bring_work(const Program *p, Entry *entry, const WorkInfo *work)
{
    bring_facts(p, entry, work->records);
    if (below(8))
        entry->ticks = work->item_count ? UINT64_MAX >> (64 - work->item_count) : 0;
    for (uint32_t i = 0; i < work->assigns.count && i < 2 && below(10); i++) {
        uint32_t role = p->indices[work->assigns.first + i];
        Slice members = p->roles[role].members;
        uint32_t member =
            members.count ? p->indices[members.first + below(members.count)] : role;
        history.assigns[history.count][entry->assign_count++] =
            (AssignEntry){role, member, 1 + (Person)member};
    }
}

static Entry random_entry(const Program *p, const int64_t *record, Moment at)
{
    Entry entry = {.number = history.count + 1,
                   .kind = ENTRY_EVENT,
                   .at = at,
                   .recorded = at,
                   .role = NO_INDEX,
                   .for_role = NO_INDEX,
                   .facts = history.facts[history.count],
                   .assigns = history.assigns[history.count],
                   .has_reason = below(4) != 0};
    entry.name = below(p->event_count);
    for (uint32_t i = 0; i < 8; i++) { /* work that is open is tried more often */
        uint32_t work = below(p->work_count);
        if (record_work(p, record, work)[WORK_STATUS] == WORK_OPEN)
            entry.name = p->works[work].event;
    }
    const EventInfo *event = &p->events[entry.name];
    if (record[SLOT_STATUS] == CASE_NOT_OPEN)
        entry.kind = ENTRY_OPEN;
    else if (event->is_work && below(15) == 0)
        entry.kind = below(2) ? ENTRY_TICK : ENTRY_NOT_NEEDED;
    if (record[SLOT_STATUS] == CASE_CLOSED) {
        entry.kind = ENTRY_REOPEN;
        entry.name = below(p->state_count);
        entry.role = 0;
        return entry;
    }
    Slice permits = event->permits;
    bring_facts(p, &entry, event->records);
    for (uint32_t i = 0; i < event->works.count; i++) {
        const WorkInfo *work = &p->works[p->indices[event->works.first + i]];
        permits = work->permits;
        bring_work(p, &entry, work);
    }
    choose_role(p, &entry, permits);
    return entry;
}

/* ---- one history --------------------------------------------------------------------- */

static Moment later(Moment at)
{
    Instant step =
        (Instant)below(4) == 0 ? (Instant)below(20) * DAY_MS : (Instant)below(3000) * MINUTE_MS;
    return moment_at(moment_instant(at) + step, RANK_ENTRY);
}

/* The next due moment is looked for only where a track runs, in the state it is in, and
 * among duties: nothing may be open anywhere else. */
static void check_places(const Program *p, const int64_t *record, uint64_t start)
{
    for (uint32_t work = 0; work < p->work_count; work++) {
        const WorkInfo *info = &p->works[work];
        const int64_t *track = record_track(p, record, info->track);
        bool in_place =
            track[TRACK_RUNNING] &&
            (info->state == NO_INDEX || track[TRACK_STATE] == (int64_t)info->state + 1);
        if (record_work(p, record, work)[WORK_STATUS] == WORK_OPEN &&
            info->kind != PROGRAM_MUST && !in_place)
            fail_msg("seed %llu: '%s' is open where the case is not", (unsigned long long)start,
                     info->name);
    }
}

static uint32_t run_history(const Program *p, uint64_t number)
{
    size_t bytes = p->slot_count * sizeof(int64_t);
    int64_t *record = mem_alloc(bytes), *before = mem_alloc(bytes);
    Moment at = moment_at(INT64_C(1612170000000), RANK_ENTRY); /* 1 February 2021, 09:00 */
    Refusal refusal;
    Vm vm;
    uint64_t start = seed = number * 7919 + 1;
    vm_init(&vm, p);
    vm.find = find_entry;
    history.count = 0;
    vm_reset(p, record);
    for (uint32_t i = 0; i + 1 < TRIES && history.count + 1 < TRIES; i++) {
        at = later(at);
        assert_true(vm_advance(&vm, record, at));
        memcpy(before, record, bytes);
        Entry *entry = &history.entries[history.count];
        *entry = random_entry(p, record, at);
        if (vm_apply(&vm, record, entry, &refusal))
            history.count++;
        else if (memcmp(before, record, bytes) != 0)
            fail_msg("seed %llu: a refused entry (%s) changed the record",
                     (unsigned long long)start, refusal_code_text(refusal.code));
        check_places(p, record, start);
    }
    FoldResult folded =
        vm_fold(&vm, before, history.entries, history.count, record[SLOT_CLOCK]);
    assert_true(folded.whole);
    if (memcmp(before, record, bytes) != 0)
        fail_msg("seed %llu: the fold gives another record", (unsigned long long)start);
    uint32_t accepted = history.count;
    vm_clear(&vm);
    free(record);
    free(before);
    return accepted;
}

static void run_policy(const char *file)
{
    Bundle bundle;
    Program *program = compile_file(&bundle, file);
    uint32_t accepted = 0;
    for (uint64_t i = 0; i < HISTORIES; i++)
        accepted += run_history(program, i);
    assert_true(accepted > HISTORIES * 50); /* the histories go somewhere */
    program_free(program);
    bundle_clear(&bundle);
}

static void random_histories_of_cre_refuse_cleanly_and_fold_again(void **state)
{
    (void)state;
    run_policy("workflows/cre.flow");
}

static void random_histories_of_cse_refuse_cleanly_and_fold_again(void **state)
{
    (void)state;
    run_policy("workflows/cse.flow");
}

static void random_histories_of_the_bench_flow_refuse_cleanly_and_fold_again(void **state)
{
    (void)state;
    run_policy("bench/small.flow");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(random_histories_of_cre_refuse_cleanly_and_fold_again),
        cmocka_unit_test(random_histories_of_cse_refuse_cleanly_and_fold_again),
        cmocka_unit_test(random_histories_of_the_bench_flow_refuse_cleanly_and_fold_again),
    };
    return cmocka_run_group_tests_name("random", tests, NULL, NULL);
}
