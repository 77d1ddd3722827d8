/* May this person, in this role, do it? Who holds a role was checked when the
 * entry was recorded and is not asked again (language.md, meaning 14). */
#include "vm/internal.h"

bool vm_permits(const Program *program, Slice permits, uint32_t role)
{
    for (uint32_t i = 0; i < permits.count; i++)
        if (program->permits[permits.first + i].role == role)
            return true;
    return false;
}

/* Work of an assigned role belongs to that person; deputies are exempt. */
static bool belongs_to_another(VmStep *step, Permit permit)
{
    const uint32_t roles[] = {permit.role, permit.via};
    for (uint32_t i = 0; i < 2; i++) {
        Person holder = record_role(step->program, step->record, roles[i]);
        if (holder && holder != step->entry->person) {
            step->refusal->person = holder;
            step->refusal->role = roles[i];
            return true;
        }
    }
    return false;
}

/* Acting in a permitted role of one's own. Sets *named when the role is there at
 * all. */
static bool is_permitted(VmStep *step, Slice permits, bool is_work, bool *named)
{
    const Permit *permit = &step->program->permits[permits.first];
    for (const Permit *end = permit + permits.count; permit < end; permit++) {
        if (permit->role != step->entry->role)
            continue;
        *named = true;
        if (!is_work || step->entry->person_unsaid || !belongs_to_another(step, *permit))
            return true;
    }
    return false;
}

static bool deputy_may(VmStep *step, const DeputyInfo *deputy, Moment opened)
{
    const Program *program = step->program;
    const Entry *entry = step->entry;
    if (deputy->kind == ACTS_ALWAYS)
        return true;
    if (deputy->kind == ACTS_WHEN_UNAVAILABLE)
        return entry->has_reason || entry->reason_unsaid || entry->absence_noted;
    if (opened == MOMENT_NONE)
        return false;
    LimitRule rule = {.duration =
                          duration_on(program, deputy->after, anchor_day(program, opened))};
    LimitAnchor from = {.at = moment_instant(opened), .day = anchor_day(program, opened)};
    LimitDue due;
    Error err;
    return limit_due(&rule, program->calendar, program->zone, &from, NULL, &due, &err) &&
           step->now >= due.due;
}

/* Is `role`, or a group that the flow names and it belongs to, what is needed? */
static bool is_needed(const Program *program, Slice permits, uint32_t role)
{
    for (uint32_t i = 0; i < permits.count; i++) {
        Permit permit = program->permits[permits.first + i];
        if (permit.role == role || permit.via == role)
            return true;
    }
    return false;
}

/* *named: some deputy rule fits, though perhaps not now. */
static bool is_deputy(VmStep *step, Slice permits, Moment opened, bool *named)
{
    const Program *program = step->program;
    Slice deputies = program->roles[step->entry->role].deputies;
    for (uint32_t i = 0; i < deputies.count; i++) {
        const DeputyInfo *deputy = &program->deputies[deputies.first + i];
        bool asked =
            step->entry->for_role == NO_INDEX || step->entry->for_role == deputy->for_role;
        if (!asked || !is_needed(program, permits, deputy->for_role))
            continue;
        *named = true;
        step->refusal->role = deputy->for_role;
        if (deputy_may(step, deputy, opened))
            return true;
    }
    return false;
}

/* `work` is NULL for events; `opened` is MOMENT_NONE where nothing was opened. Who
 * says for whom acts as a deputy first, anybody else in a role of their own. */
bool check_who(VmStep *step, Slice permits, const WorkInfo *work, Moment opened)
{
    bool named = false, deputy = false;
    if (step->entry->role_unsaid)
        return true;
    if (step->entry->role == NO_INDEX)
        return refuse(step, REFUSED_WRONG_ROLE);
    bool acts_for = step->entry->for_role != NO_INDEX;
    if (acts_for && is_deputy(step, permits, opened, &deputy))
        return true;
    if (!deputy && is_permitted(step, permits, work != NULL, &named))
        return true;
    if (!acts_for && is_deputy(step, permits, opened, &deputy))
        return true;
    return refuse(step, named    ? REFUSED_NOT_ASSIGNED
                        : deputy ? REFUSED_NOT_DEPUTY
                                 : REFUSED_WRONG_ROLE);
}

static bool acted_as(const VmStep *step, uint32_t role, Person person)
{
    const RoleInfo *info = &step->program->roles[role];
    if (record_role(step->program, step->record, role) == person)
        return true;
    for (uint32_t i = 0; info->actors != NO_INDEX && i < ROLE_ACTORS; i++)
        if (step->record[info->actors + i] == person)
            return true;
    return false;
}

/* `not by who did T` and `cannot be R on the same case`. `work` may be NULL. */
bool check_separation(VmStep *step, const WorkInfo *work)
{
    const Program *program = step->program;
    Person person = step->entry->person;
    if (!step->separates)
        return true;
    for (uint32_t i = 0; work && person && i < work->not_by.count; i++) {
        uint32_t event = program->indices[work->not_by.first + i];
        if (slots_of_event(step, event)[EVENT_PERSON] == person) {
            step->refusal->event = event;
            step->refusal->person = person;
            return refuse(step, REFUSED_SEPARATION);
        }
    }
    if (step->entry->role == NO_INDEX || !person)
        return true;
    Slice excludes = program->roles[step->entry->role].excludes;
    for (uint32_t i = 0; i < excludes.count; i++) {
        uint32_t role = program->indices[excludes.first + i];
        if (acted_as(step, role, person)) {
            step->refusal->role = role;
            step->refusal->person = person;
            return refuse(step, REFUSED_SEPARATION);
        }
    }
    return true;
}

/* Remembers who acted in a role that excludes another. A full ring refuses: to
 * forget somebody would be to let a rule be broken. */
void keep_actor(VmStep *step)
{
    const Entry *entry = step->entry;
    if (entry->role == NO_INDEX || !entry->person)
        return;
    uint32_t actors = step->program->roles[entry->role].actors;
    for (uint32_t i = 0; actors != NO_INDEX && i < ROLE_ACTORS; i++) {
        int64_t *slot = &step->record[actors + i];
        if (*slot == entry->person)
            return;
        if (*slot == 0) {
            *slot = entry->person;
            return;
        }
    }
    if (actors == NO_INDEX)
        return;
    step->refusal->role = entry->role;
    step->failed = !refuse(step, REFUSED_SEPARATION);
}
