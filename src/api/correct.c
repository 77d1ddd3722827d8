/* Late entries, voids and amendments: the case is replayed with what is new, and
 * compared with what it was. If a later entry has become impossible, nothing is
 * stored and each such entry is named. */
#include <stdlib.h>
#include <string.h>

#include "api/write.h"
#include "base/mem.h"

/* ---- what is corrected -------------------------------------------------------------- */

static void not_possible(Write *write, const char *what)
{
    Refusal *refusal = objection_add(&write->objection, REFUSED_NOT_POSSIBLE, "entry %lld %s",
                                     (long long)write->request->refers_to, what);
    if (refusal)
        refusal->entry = write->request->refers_to;
}

/* An amendment says again everything that it does not change. */
static void start_amendment(Write *write, const EntryRow *root, size_t at)
{
    const EntryRow *now = root;
    if (write->past.log.amended_by[at])
        now = case_log_row(&write->past.log, write->past.log.amended_by[at]);
    write->row.facts = now->facts;
    write->row.refers_to = root->number;
    if (write->request->at)
        return;
    write->row.effective = now->effective;
    write->row.effective_day = now->effective_day;
    write->row.date_only = now->date_only;
}

/* What an amendment of an amendment is about. */
static const EntryRow *root_row(const CaseLog *log, const EntryRow *row)
{
    while (row && row->kind == LOG_AMEND)
        row = case_log_row(log, row->refers_to);
    return row;
}

bool correct_target(Write *write, Error *err)
{
    if (!write->request->refers_to)
        return error_kind(err, ERROR_USAGE, "say which entry is corrected: its number");
    if (!lazy_log_load(&write->past, err))
        return false;
    bool amends = write->request->kind == CW_AMEND;
    const EntryRow *row = case_log_row(&write->past.log, write->request->refers_to);
    const EntryRow *root = amends ? root_row(&write->past.log, row) : row;
    if (!row || !root)
        return error_kind(err, ERROR_NOT_FOUND, "the case has no entry %lld",
                          (long long)write->request->refers_to);
    size_t at = (size_t)(root - write->past.log.rows);
    write->row.refers_to = root->number;
    /* the log is read again for the replay: what is kept of it is copied */
    write->row.name = root->name ? arena_strdup(write->arena, root->name) : NULL;
    if (write->past.log.voided_by[at])
        not_possible(write, "does not count any more");
    else if (amends && root->kind == LOG_VOID)
        not_possible(write, "makes another one void: make it void itself instead");
    else if (amends)
        start_amendment(write, root, at);
    if (!write->row.reason)
        objection_add(&write->objection, REFUSED_MISSING_REASON, "a correction needs a reason");
    write->event = index_of(&write->loaded.definition->events, root->name);
    return true;
}

/* Later entries that are to be made void in the same act. */
bool correct_also_void(Write *write, Error *err)
{
    const CwRequest *request = write->request;
    if (!request->also_void_count)
        return true;
    if (write->is_new)
        return error_kind(err, ERROR_USAGE, "a new case has no entries to make void");
    if (!lazy_log_load(&write->past, err))
        return false;
    if (!write->row.reason)
        objection_add(&write->objection, REFUSED_MISSING_REASON, "a correction needs a reason");
    for (size_t i = 0; i < request->also_void_count; i++) {
        const EntryRow *row = case_log_row(&write->past.log, request->also_void[i]);
        if (!row)
            return error_kind(err, ERROR_NOT_FOUND, "the case has no entry %lld",
                              (long long)request->also_void[i]);
        if (write->past.log.voided_by[row - write->past.log.rows])
            objection_add(&write->objection, REFUSED_NOT_POSSIBLE,
                          "entry %lld does not count any more", (long long)row->number);
    }
    return true;
}

/* ---- comparing ---------------------------------------------------------------------- */

typedef struct Comparison {
    Change *changes; /* owned until it is copied */
    size_t count, capacity;
} Comparison;

static void compare(Comparison *all, ChangeKind kind, uint32_t index, int64_t before,
                    int64_t after)
{
    if (before == after)
        return;
    all->changes = mem_grow(all->changes, &all->capacity, all->count + 1, sizeof *all->changes);
    all->changes[all->count++] = (Change){kind, index, before, after};
}

static int64_t where(const int64_t *track)
{
    return track[TRACK_RUNNING] ? track[TRACK_STATE] : 0;
}

static void compare_work(Comparison *all, const Program *p, uint32_t work,
                         const int64_t *before, const int64_t *after)
{
    const int64_t *was = record_work(p, before, work), *is = record_work(p, after, work);
    compare(all, CHANGE_WORK, work, was[WORK_STATUS], is[WORK_STATUS]);
    compare(all, CHANGE_OUTCOME, work, was[WORK_OUTCOME], is[WORK_OUTCOME]);
    if (was[WORK_STATUS] == WORK_CLOSED || is[WORK_STATUS] == WORK_CLOSED)
        return;
    compare(all, CHANGE_DUE, work, was[WORK_DUE], is[WORK_DUE]);
    compare(all, CHANGE_TARGET, work, was[WORK_TARGET], is[WORK_TARGET]);
}

static void list_changes(Write *write, const int64_t *before, const int64_t *after)
{
    const Program *p = write->loaded.definition->program;
    Comparison all = {0};
    compare(&all, CHANGE_STATUS, 0, before[SLOT_STATUS], after[SLOT_STATUS]);
    for (uint32_t i = 0; i < p->track_count; i++)
        compare(&all, CHANGE_TRACK, i, where(record_track(p, before, i)),
                where(record_track(p, after, i)));
    for (uint32_t i = 0; i < p->fact_count; i++)
        compare(&all, CHANGE_FACT, i, record_fact(p, before, i), record_fact(p, after, i));
    for (uint32_t i = 0; i < p->work_count; i++)
        compare_work(&all, p, i, before, after);
    write->answer->change_count = (uint32_t)all.count;
    write->answer->changes = ARENA_ARRAY(write->arena, all.count, Change);
    if (all.count)
        memcpy(write->answer->changes, all.changes, all.count * sizeof *all.changes);
    free(all.changes);
}

/* ---- replaying ---------------------------------------------------------------------- */

/* In a trial nothing was stored: the new rows are put at the end by hand. */
static void add_trial_rows(Write *write)
{
    case_log_add(&write->past.log, &write->row);
    for (size_t i = 0; i < write->request->also_void_count; i++) {
        EntryRow row = write->row;
        row.kind = LOG_VOID;
        row.number = write->row.number + 1 + (int64_t)i;
        row.refers_to = write->request->also_void[i];
        row.facts = NULL;
        case_log_add(&write->past.log, &row);
    }
}

static bool load_new_log(Write *write, Error *err)
{
    case_log_clear(&write->past.log);
    write->past.bound = true;
    if (!case_log_load(write->engine, write->loaded.row.id, &write->past.log, err))
        return false;
    if (!write->keep)
        add_trial_rows(write);
    return case_log_bind(write->engine, write->loaded.definition, &write->past.log, err);
}

/* The new entry itself refused is a plain refusal; another one refused is a conflict. */
static void take_conflicts(Write *write, const Folded *folded)
{
    Answer *answer = write->answer;
    for (uint32_t i = 0; i < folded->conflict_count; i++)
        if (folded->conflicts[i].entry == write->row.number ||
            (write->row.kind == LOG_AMEND &&
             folded->conflicts[i].entry == write->row.refers_to)) {
            answer->refusal = folded->conflicts[i].refusal;
            return;
        }
    Objection none;
    objection_clear(&none);
    answer->refusal = none.refusal;
    answer->refusal.code = REFUSED_CONFLICT;
    answer->refusal.entry = folded->conflicts[0].entry;
    answer->conflicts = folded->conflicts;
    answer->conflict_count = folded->conflict_count;
}

/* What the record was, worked out to the same moment as what it becomes. */
static int64_t *record_before(Write *write, Moment until)
{
    size_t bytes = case_record_bytes(&write->loaded);
    int64_t *before = mem_alloc(bytes);
    memcpy(before, write->loaded.record, bytes);
    Vm *vm = &write->loaded.definition->vm;
    vm->find = case_log_find;
    vm->find_context = &write->past.log;
    vm->quiet = true;
    if (until > before[SLOT_CLOCK])
        vm_advance(vm, before, until);
    vm->quiet = false;
    vm->find = NULL;
    return before;
}

static bool settle_outbox(Write *write, Error *err)
{
    const Vm *vm = &write->loaded.definition->vm;
    OutboxRows rows = {0};
    outbox_from_happened(write->loaded.definition, write->loaded.row.id, write->loaded.record,
                         vm->happened, vm->happened_count, write->past.log.import, &rows);
    bool ok = outbox_settle(write->engine, write->loaded.row.id, &rows, &write->withdrawn, err);
    Answer *answer = write->answer;
    answer->told_count = (uint32_t)rows.fresh_count;
    answer->told = ARENA_ARRAY(write->arena, rows.fresh_count, uint32_t);
    if (rows.fresh_count)
        memcpy(answer->told, rows.fresh, rows.fresh_count * sizeof *rows.fresh);
    outbox_rows_clear(&rows);
    return ok;
}

bool correct_replay(Write *write, bool *refused, Error *err)
{
    Moment until = now_moment(write->now);
    if (write->loaded.record[SLOT_CLOCK] > until)
        until = write->loaded.record[SLOT_CLOCK];
    if (!lazy_log_load(&write->past, err))
        return false;
    int64_t *before = record_before(write, until);
    bool ok = load_new_log(write, err);
    if (ok) {
        Folded folded = case_log_fold(write->loaded.definition, &write->past.log,
                                      write->loaded.record, until, 0, write->arena);
        *refused = folded.conflict_count > 0 || folded.spent;
        if (folded.conflict_count)
            take_conflicts(write, &folded);
        else if (folded.spent)
            write->answer->refusal.code = REFUSED_STEP_BUDGET;
        else
            list_changes(write, before, write->loaded.record);
    }
    free(before);
    return ok && (*refused || !write->keep || settle_outbox(write, err));
}
