/* What follows from a case's record and history and is kept only to be found
 * quickly: the rows of its work, and the notifications it owes. */
#include <stdlib.h>
#include <string.h>

#include "api/bind.h"
#include "api/case.h"
#include "base/mem.h"
#include "render/case_words.h"

/* ---- words -------------------------------------------------------------------------- */

static const char *const work_kind_words[] = {
    [PROGRAM_TASK] = "task",
    [PROGRAM_REVIEW] = "review",
    [PROGRAM_DEADLINE] = "deadline",
    [PROGRAM_MUST] = "must",
};

static const char *outcome_word(Outcome outcome)
{
    return outcome == OUTCOME_NONE ? NULL : outcome_code(outcome);
}

static TaskStatus task_status_of(WorkStatus status)
{
    static const TaskStatus table[] = {
        [WORK_CLOSED] = TASK_CLOSED,
        [WORK_OPEN] = TASK_OPEN,
        [WORK_DONE] = TASK_DONE,
        [WORK_NOT_NEEDED] = TASK_NOT_NEEDED,
        [WORK_UNFINISHED] = TASK_UNFINISHED,
        [WORK_EXCLUDED] = TASK_EXCLUDED,
    };
    return table[status];
}

/* A due moment for a spreadsheet: the date of a day limit, else date and time. */
static const char *due_text(Zone zone, Moment due, Arena *arena)
{
    char text[TIME_TEXT_MAX];
    if (due == MOMENT_NEVER || due == MOMENT_NONE)
        return NULL;
    if (moment_rank(due) == RANK_DAY_LIMIT)
        day_format(moment_day(zone, due), text);
    else
        instant_format(zone, moment_instant(due), text);
    return arena_strdup(arena, text);
}

/* ---- tasks -------------------------------------------------------------------------- */

static const char *roles_text(const Work *work, Arena *arena)
{
    const char *text = NULL;
    for (const Ref *ref = work->by.first; ref; ref = ref->next)
        text = text ? arena_format(arena, "%s, %s", text, ref->text) : ref->text;
    return text;
}

/* Whom the work belongs to: the person who fills one of its roles on the case. */
static Person owner_of(const Definition *definition, const int64_t *record, const Work *work)
{
    for (const Ref *ref = work->by.first; ref; ref = ref->next) {
        Person person = record_role(definition->program, record, (uint32_t)ref->index);
        if (person)
            return person;
    }
    return 0;
}

static void add_task(const Definition *definition, const int64_t *record, uint32_t index,
                     TaskRows *rows)
{
    const Program *p = definition->program;
    const int64_t *slots = record_work(p, record, index);
    const WorkInfo *info = &p->works[index];
    const Work *work = definition->bundle.flow.work_at[index];
    rows->rows = mem_grow(rows->rows, &rows->capacity, rows->count + 1, sizeof *rows->rows);
    bool is_done = slots[WORK_STATUS] == WORK_DONE;
    rows->rows[rows->count] = (TaskRow){
        .position = (int64_t)rows->count,
        .name = info->name,
        .label = work->label ? work->label : info->name,
        .kind = work_kind_words[info->kind],
        .track = info->track ? p->tracks[info->track].name : NULL,
        .status = task_status_of((WorkStatus)slots[WORK_STATUS]),
        .roles = roles_text(work, &rows->arena),
        .person = owner_of(definition, record, work),
        .opened = slots[WORK_OPENED],
        .target = slots[WORK_TARGET],
        .due = slots[WORK_DUE],
        .due_text = due_text(p->zone, slots[WORK_DUE], &rows->arena),
        .done = is_done ? slots[WORK_DONE_AT] : MOMENT_NONE,
        .outcome = outcome_word((Outcome)slots[WORK_OUTCOME]),
    };
    rows->count++;
}

void tasks_from_record(const Definition *definition, const int64_t *record, TaskRows *rows)
{
    const Program *p = definition->program;
    for (uint32_t work = 0; work < p->work_count; work++)
        if (record_work(p, record, work)[WORK_STATUS] != WORK_CLOSED)
            add_task(definition, record, work, rows);
}

void task_rows_clear(TaskRows *rows)
{
    arena_clear(&rows->arena);
    free(rows->rows);
    *rows = (TaskRows){0};
}

/* ---- the outbox --------------------------------------------------------------------- */

/* What is told to somebody, and by what word. */
static const char *outbox_kind(HappenedKind kind)
{
    switch (kind) {
    case HAPPENED_NOTIFIED:
        return "notify";
    case HAPPENED_ESCALATED:
        return "escalate";
    case HAPPENED_REMINDED:
        return "remind";
    case HAPPENED_FLAGGED:
        return "flag";
    default:
        return NULL;
    }
}

static const char *label_of(const char *label, const char *name)
{
    return label ? label : name;
}

/* What it is about, in a few words; the whole story is in the case. */
static const char *about(const Definition *definition, const Happened *happened, Arena *arena)
{
    const Program *p = definition->program;
    const Flow *flow = &definition->bundle.flow;
    if (happened->kind == HAPPENED_FLAGGED)
        return p->texts[happened->value];
    const char *subject = flow->workflow->label;
    if (happened->work != NO_INDEX)
        subject = label_of(flow->work_at[happened->work]->label, p->works[happened->work].name);
    else if (happened->event != NO_INDEX)
        subject =
            label_of(flow->event_at[happened->event]->label, p->events[happened->event].name);
    return arena_strdup(arena, label_of(subject, p->name));
}

/* The same notification has this key after every replay: case, what and where, whom,
 * from which entry it came, when. */
static const char *stable_key(const Definition *definition, int64_t case_id,
                              const Happened *happened, const char *kind, Arena *arena)
{
    const Program *p = definition->program;
    const WorkInfo *work = happened->work == NO_INDEX ? NULL : &p->works[happened->work];
    return arena_format(arena, "%lld|%s|%s|%s|%lld|%s|%lld|%lld", (long long)case_id,
                        work ? work->name : "-", work ? work_place(p, happened->work) : "-",
                        happened->role == NO_INDEX ? "-" : p->roles[happened->role].name,
                        (long long)(work ? happened->opened_by : happened->entry), kind,
                        (long long)happened->at,
                        (long long)(happened->kind == HAPPENED_FLAGGED ? happened->value : 0));
}

void outbox_from_happened(const Definition *definition, int64_t case_id, const int64_t *record,
                          const Happened *happened, uint32_t count, Moment import,
                          OutboxRows *rows)
{
    const Program *p = definition->program;
    for (uint32_t i = 0; i < count; i++) {
        const Happened *each = &happened[i];
        const char *kind = outbox_kind(each->kind);
        if (!kind || each->at < import)
            continue;
        rows->rows = mem_grow(rows->rows, &rows->capacity, rows->count + 1, sizeof *rows->rows);
        rows->sources = mem_grow(rows->sources, &rows->source_capacity, rows->count + 1,
                                 sizeof *rows->sources);
        rows->sources[rows->count] = i;
        bool has_role = each->role != NO_INDEX;
        rows->rows[rows->count++] = (OutboxRow){
            .key = stable_key(definition, case_id, each, kind, &rows->arena),
            .case_id = case_id,
            .kind = kind,
            .name = each->work == NO_INDEX ? NULL : p->works[each->work].name,
            .role = has_role ? p->roles[each->role].name : NULL,
            .person = has_role ? record_role(p, record, each->role) : 0,
            .text = about(definition, each, &rows->arena),
            .happened = each->at,
            .due = each->due == MOMENT_NONE ? MOMENT_NEVER : each->due,
        };
    }
}

void outbox_rows_clear(OutboxRows *rows)
{
    arena_clear(&rows->arena);
    free(rows->rows);
    free(rows->sources);
    free(rows->fresh);
    *rows = (OutboxRows){0};
}

bool outbox_add(Engine *engine, OutboxRows *rows, Error *err)
{
    for (size_t i = 0; i < rows->count; i++) {
        bool is_new;
        rows->rows[i].created = engine->now;
        if (!store_outbox_add(engine->store, &rows->rows[i], &is_new, err))
            return false;
        if (!is_new)
            continue;
        rows->fresh = mem_grow(rows->fresh, &rows->fresh_capacity, rows->fresh_count + 1,
                               sizeof *rows->fresh);
        rows->fresh[rows->fresh_count++] = rows->sources[i];
    }
    return true;
}

typedef struct Settling {
    Map keys;
    int64_t *stale; /* owned: numbers of rows that no longer hold */
    size_t count, capacity;
} Settling;

static bool visit_outbox(void *context, const OutboxRow *row, Error *err)
{
    (void)err;
    Settling *settling = context;
    if (row->withdrawn != MOMENT_NONE || map_index(&settling->keys, row->key) >= 0)
        return true;
    settling->stale = mem_grow(settling->stale, &settling->capacity, settling->count + 1,
                               sizeof *settling->stale);
    settling->stale[settling->count++] = row->number;
    return true;
}

bool outbox_settle(Engine *engine, int64_t case_id, OutboxRows *rows, int64_t *withdrawn,
                   Error *err)
{
    Settling settling = {0};
    for (size_t i = 0; i < rows->count; i++)
        map_add(&settling.keys, rows->rows[i].key, strlen(rows->rows[i].key), (int64_t)i);
    bool ok = store_outbox(engine->store, case_id, false, visit_outbox, &settling, err);
    for (size_t i = 0; ok && i < settling.count; i++)
        ok = store_outbox_withdraw(engine->store, settling.stale[i], engine->now, err);
    ok = ok && outbox_add(engine, rows, err);
    *withdrawn = (int64_t)settling.count;
    map_clear(&settling.keys);
    free(settling.stale);
    return ok;
}
