#include "analysis/duties.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

void duties_clear(Duties *duties)
{
    free(duties->ordered);
    free(duties->tells);
    free(duties->owed);
    free(duties->opened);
    free(duties->late);
    free(duties->met);
    for (size_t i = 0; i < duties->find_count; i++) {
        text_clear(&duties->finds[i].story);
        text_clear(&duties->finds[i].scenario);
    }
    free(duties->finds);
    *duties = (Duties){0};
}

static void add_find(Duties *duties, const Explorer *explorer, uint32_t step, Find find,
                     const char *title, const char *then)
{
    explore_write_story(explorer, step, &find.story);
    explore_write_scenario(explorer, step, title, then, &find.scenario);
    duties->finds = mem_grow(duties->finds, &duties->find_capacity, duties->find_count + 1,
                             sizeof *duties->finds);
    duties->finds[duties->find_count++] = find;
}

/* ---- CF305 ------------------------------------------------------------------------------- */

/* The case is closed, or the track was ended by a line and not by its own last step. */
static bool ended_early(const Explorer *explorer, const int64_t *record, const Work *work)
{
    const Vm *vm = &explorer->vm;
    if (work->track == 0)
        return record[SLOT_STATUS] == CASE_CLOSED;
    const int64_t *track =
        record_track(explorer->analysis->program, record, (uint32_t)work->track);
    for (uint32_t i = 0; i < vm->happened_count; i++)
        if (vm->happened[i].kind == HAPPENED_ENDED &&
            vm->happened[i].track == (uint32_t)work->track)
            return track[TRACK_LAST_STATE] == 0;
    return false;
}

/* A rule keeps the case open while the track runs: then a line ended it first. */
static bool is_kept_open(const Flow *flow, int32_t track)
{
    for (const RuleAst *rule = flow->rules; rule; rule = rule->next)
        if (rule->is_never && rule->condition && rule->condition->kind == EXPR_TRACK_RUNNING &&
            rule->condition->ref.index == track)
            return true;
    return false;
}

static void find_left(Duties *duties, const Explorer *explorer, uint32_t step,
                      const int64_t *record, const Work *work)
{
    duties->owed[work->index] = false;
    Text then = {0};
    explore_write_place(explorer, record, &then);
    text_addf(&then, "\n  and %s is closed-unfinished", work->name);
    add_find(duties, explorer, step,
             (Find){.work = work,
                    .closed = record[SLOT_STATUS] == CASE_CLOSED &&
                              !is_kept_open(duties->analysis->flow, work->track)},
             "A duty is left open", text_get(&then));
    text_clear(&then);
}

static Diag *say_left(Duties *duties, const Find *find)
{
    const Work *work = find->work;
    Diag *diag = finding(duties->analysis, work->name_span, "CF305",
                         find->closed ? "A case can end while \"%s\" is still owed"
                                      : "Its track can be ended while \"%s\" is still owed",
                         work->name);
    if (!diag)
        return NULL;
    if (work->kind == WORK_MUST)
        diag_help(duties->analysis->diags, diag,
                  "It is closed unfinished then. If that may not be, a rule can say so:\n"
                  "never STATE when …");
    else if (find->closed)
        diag_help(duties->analysis->diags, diag,
                  "It is closed unfinished then. If that may not be, a rule can say so:\n"
                  "never STATE when track %s is running\n"
                  "If nobody has to do it, say so: optional",
                  duties->analysis->flow->track_at[work->track]->name);
    else
        diag_help(duties->analysis->diags, diag,
                  "It is closed unfinished then. If it has to be done, let the track go on\n"
                  "until it is; if nobody has to do it, say so: optional");
    return diag;
}

/* ---- CF303 ------------------------------------------------------------------------------- */

static bool is_open(const Program *program, const int64_t *record, uint32_t work)
{
    return record_work(program, record, work)[WORK_STATUS] == WORK_OPEN;
}

/* Owed, and not yet late when the other was missed. */
static bool has_time(const Explorer *explorer, const int64_t *record, uint32_t work,
                     Moment missed)
{
    const int64_t *slots = record_work(explorer->analysis->program, record, work);
    return slots[WORK_STATUS] == WORK_OPEN && !(slots[WORK_FLAGS] & WORK_FLAG_MISSED) &&
           slots[WORK_DUE] != MOMENT_NEVER && slots[WORK_DUE] > missed;
}

/* A line of work on which `event` may be done. */
static bool leads_to(const Flow *flow, const Work *work, int32_t event)
{
    if (work->track == 0)
        return true;
    for (uint32_t i = 0; i < flow->work_count; i++)
        if (flow->work_at[i]->event == event && flow->work_at[i]->track == work->track)
            return true;
    return false;
}

/* What a missed `must` waited for, though it is due later: the work that does it, or, where
 * that is not open yet, all that the case waits for. */
static const Work *later_than_must(const Explorer *explorer, const int64_t *record,
                                   const Work *must, Moment missed)
{
    const Flow *flow = explorer->analysis->flow;
    const Work *found = NULL;
    bool doable = !flow->event_at[must->event]->is_work;
    for (uint32_t i = 0; i < flow->work_count; i++) {
        const Work *work = flow->work_at[i];
        if (work->kind > WORK_REVIEW || !is_open(explorer->analysis->program, record, i))
            continue;
        bool later = has_time(explorer, record, i, missed);
        if (work->event == must->event) {
            if (later)
                return work;
            doable = true;
        } else if (work->kind == WORK_TASK && !work->optional &&
                   leads_to(flow, work, must->event)) {
            found = later ? work : found;
            doable |= !later;
        }
    }
    return doable ? NULL : found;
}

/* What a task waited for, that still had time: what it comes after, or what opened it only
 * now. */
static const Work *later_than_task(const Explorer *explorer, uint32_t step,
                                   const int64_t *record, const Work *task, Moment missed)
{
    const Flow *flow = explorer->analysis->flow;
    const Program *program = explorer->analysis->program;
    const ExploreStep *made = &explorer->steps[step];
    const int64_t *before =
        made->parent < 0 ? NULL : explore_record(explorer, (uint32_t)made->parent);
    const Work *first = work_before(flow, task);
    if (first && has_time(explorer, record, (uint32_t)first->index, missed))
        return first;
    if (!before || made->passes || made->entry.kind != ENTRY_EVENT ||
        is_open(program, before, (uint32_t)task->index))
        return NULL;
    for (uint32_t i = 0; i < flow->work_count; i++)
        if (flow->work_at[i]->kind <= WORK_REVIEW && flow->work_at[i] != task &&
            flow->work_at[i]->event == (int32_t)made->entry.name &&
            has_time(explorer, before, i, made->entry.at))
            return flow->work_at[i];
    return NULL;
}

static void find_early(Duties *duties, const Explorer *explorer, uint32_t step,
                       const Work *work, const Work *waited)
{
    duties->ordered[work->index] = false;
    Text then = {0};
    text_addf(&then, "%s is missed", work->name);
    add_find(duties, explorer, step, (Find){.work = work, .waited = waited},
             "Missed, though nobody is late", text_get(&then));
    text_clear(&then);
}

static Diag *say_early(Duties *duties, const Find *find)
{
    Diag *diag = finding(duties->analysis, find->work->limit.limit.span, "CF303",
                         "\"%s\" may be missed although nobody is late", find->work->name);
    if (!diag)
        return NULL;
    diag_related(duties->analysis->diags, diag, find->waited->limit.span,
                 "this may be done later");
    if (find->waited->event == find->work->event)
        diag_help(duties->analysis->diags, diag,
                  "Here it must be done sooner than the limit of the task \"%s\" says. Give\n"
                  "both the same time.",
                  find->waited->name);
    else
        diag_help(duties->analysis->diags, diag,
                  "It cannot be done before \"%s\", which may still be done in time when this\n"
                  "is past. Count it from there, give it more time, or give \"%s\" less.",
                  find->waited->name, find->waited->name);
    return diag;
}

static void look_at_miss(Duties *duties, const Explorer *explorer, uint32_t step,
                         const int64_t *record, const Happened *missed)
{
    const Work *work = duties->analysis->flow->work_at[missed->work];
    if (!duties->ordered[missed->work])
        return;
    const Work *waited = work->kind == WORK_MUST
                             ? later_than_must(explorer, record, work, missed->at)
                             : later_than_task(explorer, step, record, work, missed->at);
    if (waited)
        find_early(duties, explorer, step, work, waited);
}

/* ---- one step ---------------------------------------------------------------------------- */

static void note_met(Duties *duties, const Explorer *explorer, uint32_t step,
                     const Happened *item)
{
    int32_t parent = explorer->steps[step].parent;
    if (parent < 0 || duties->analysis->flow->work_at[item->work]->kind != WORK_MUST ||
        item->outcome == OUTCOME_MET_LATE)
        return;
    duties->met = mem_grow(duties->met, &duties->met_capacity, duties->met_count + 1,
                           sizeof *duties->met);
    duties->met[duties->met_count++] = (MetStep){(uint32_t)parent, item->work};
}

void duties_look(Duties *duties, Explorer *explorer, uint32_t step, const int64_t *record)
{
    const Flow *flow = duties->analysis->flow;
    int32_t parent = explorer->steps[step].parent;
    duties->late =
        mem_grow(duties->late, &duties->late_capacity, step + 1, sizeof *duties->late);
    bool late = parent >= 0 && duties->late[parent];
    for (uint32_t i = 0; i < explorer->vm.happened_count; i++) {
        const Happened *item = &explorer->vm.happened[i];
        if (item->work == NO_INDEX)
            continue;
        if (item->kind == HAPPENED_WORK_OPENED)
            duties->opened[item->work] = true;
        if (item->kind == HAPPENED_DONE)
            note_met(duties, explorer, step, item);
        if (item->kind == HAPPENED_UNFINISHED && duties->owed[item->work] &&
            ended_early(explorer, record, flow->work_at[item->work]))
            find_left(duties, explorer, step, record, flow->work_at[item->work]);
        if (item->kind == HAPPENED_MISSED) {
            if (!late)
                look_at_miss(duties, explorer, step, record, item);
            late = true;
        }
    }
    duties->late[step] = late;
}

bool duties_left(const Duties *duties)
{
    const Flow *flow = duties->analysis->flow;
    for (uint32_t i = 0; i < flow->work_count; i++)
        if (duties->owed[i] || duties->ordered[i])
            return true;
    return flow->musts != NULL; /* whether they can be kept is only known at the end */
}

/* ---- all of them ------------------------------------------------------------------------- */

static void say_find(Duties *duties, const Find *find)
{
    Diag *diag = find->waited ? say_early(duties, find) : say_left(duties, find);
    if (!diag)
        return;
    diag_example(duties->analysis->diags, diag, "%s", text_get(&find->story));
    diag_scenario(duties->analysis->diags, diag, text_get(&find->scenario));
}

void duties_say_found(Duties *duties)
{
    for (size_t i = 0; i < duties->find_count; i++)
        say_find(duties, &duties->finds[i]);
}

/* Of work that may be left open, as far as could be told beforehand. */
static void say_not_all(Duties *duties, const Explorer *explorer)
{
    const Flow *flow = duties->analysis->flow;
    for (uint32_t i = 0; i < flow->work_count && explorer->stopped; i++) {
        const Work *work = flow->work_at[i];
        if (!duties->owed[i] || work->kind == WORK_MUST)
            continue;
        Diag *diag = finding(duties->analysis, work->name_span, "CF504",
                             "No case was found that ends while \"%s\" is owed, but not all "
                             "were tried",
                             work->name);
        if (diag)
            explore_say_bound(explorer, diag);
    }
}

void duties_say(Duties *duties, Explorer *explorer)
{
    const Flow *flow = duties->analysis->flow;
    bool *lost = mem_alloc_array(flow->work_count + 1, sizeof *lost);
    for (const Work *must = flow->musts; must; must = must->next)
        lost[must->index] = duties_say_kept(duties, explorer, must);
    for (size_t i = 0; i < duties->find_count; i++)
        if (!lost[duties->finds[i].work->index])
            say_find(duties, &duties->finds[i]);
    say_not_all(duties, explorer);
    free(lost);
}
