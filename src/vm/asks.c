/* What an entry has to bring: facts, a reason, ticks, persons to assign. All are
 * judged on the entry's own facts (language.md, meaning 5). */
#include "vm/internal.h"

/* The open tasks and reviews that the event does and that this entry's role may do
 * stand in step->does. */

static bool has_fact(const Entry *entry, uint32_t fact)
{
    for (uint32_t i = 0; i < entry->fact_count; i++)
        if (entry->facts[i].fact == fact)
            return true;
    return false;
}

static bool find_missing(VmStep *step, Slice records)
{
    for (uint32_t i = 0; i < records.count; i++) {
        const RecordsInfo *asked = &step->program->records[records.first + i];
        bool unsaid = step->entry->facts_unsaid && step->entry->facts_unsaid[asked->fact];
        if (unsaid || has_fact(step->entry, asked->fact) || judge_own(step, asked->when) != YES)
            continue;
        step->refusal->fact = asked->fact;
        return refuse(step, REFUSED_MISSING_FACT);
    }
    return true;
}

static bool find_reason(VmStep *step, Slice reasons)
{
    for (uint32_t i = 0; i < reasons.count; i++)
        if (judge_own(step, step->program->codes[reasons.first + i]) == YES)
            return refuse(step, REFUSED_MISSING_REASON);
    return true;
}

static bool asks_for(VmStep *step, Slice records, uint32_t fact)
{
    for (uint32_t i = 0; i < records.count; i++) {
        const RecordsInfo *asked = &step->program->records[records.first + i];
        if (asked->fact == fact && judge_own(step, asked->when) == YES)
            return true;
    }
    return false;
}

static bool is_asked(VmStep *step, const EventInfo *event, uint32_t fact)
{
    if (asks_for(step, event->records, fact))
        return true;
    for (uint32_t i = 0; i < step->does_count; i++)
        if (asks_for(step, step->program->works[step->does[i]].records, fact))
            return true;
    return false;
}

bool fact_can_be(const FactInfo *info, int64_t value)
{
    switch (info->type) {
    case TYPE_ONE_OF:
        return value >= 0 && value < (int64_t)info->value_count;
    case TYPE_YES_NO:
        return value == 0 || value == 1;
    case TYPE_NUMBER:
        return value >= info->least && value <= info->most;
    case TYPE_DATE:
        return value >= INT32_MIN && value <= INT32_MAX && day_is_valid((Day)value);
    case TYPE_TEXT:
    case TYPE_PERSON:
        return value > 0;
    }
    return false;
}

static bool brings_facts(VmStep *step, const EventInfo *event)
{
    bool brings = find_missing(step, event->records);
    for (uint32_t i = 0; brings && i < step->does_count; i++)
        brings = find_missing(step, step->program->works[step->does[i]].records);
    return brings;
}

bool check_facts(VmStep *step, const EventInfo *event)
{
    const Entry *entry = step->entry;
    for (uint32_t i = 0; i < entry->fact_count; i++)
        if (entry->facts[i].fact >= step->program->fact_count)
            return refuse(step, REFUSED_WRONG_FACT);
    if (!brings_facts(step, event))
        return false;
    for (uint32_t i = 0; i < entry->fact_count; i++) {
        FactEntry fact = entry->facts[i];
        if (fact_can_be(&step->program->facts[fact.fact], fact.value) &&
            is_asked(step, event, fact.fact))
            continue;
        step->refusal->fact = fact.fact;
        return refuse(step, REFUSED_WRONG_FACT);
    }
    return true;
}

bool check_reasons(VmStep *step, const EventInfo *event)
{
    if (step->entry->has_reason || step->entry->reason_unsaid)
        return true;
    bool brings = find_reason(step, event->reasons);
    for (uint32_t i = 0; brings && i < step->does_count; i++)
        brings = find_reason(step, step->program->works[step->does[i]].reasons);
    return brings;
}

static bool names_person(const Entry *entry, uint32_t role)
{
    for (uint32_t i = 0; i < entry->assign_count; i++)
        if (entry->assigns[i].role == role && entry->assigns[i].person)
            return true;
    return false;
}

static bool check_items(VmStep *step, uint32_t work)
{
    const WorkInfo *info = &step->program->works[work];
    uint64_t all = info->item_count ? UINT64_MAX >> (64 - info->item_count) : 0;
    uint64_t ticked = (uint64_t)view_of_work(step, work)[WORK_TICKS] | step->entry->ticks;
    if (step->entry->wrong_tick || step->entry->ticks & ~all) {
        step->refusal->work = work;
        return refuse(step, REFUSED_WRONG_TICK);
    }
    if ((ticked & all) == all || step->entry->ticks_unsaid)
        return true;
    step->refusal->work = work;
    step->refusal->ticks = all & ~ticked;
    return refuse(step, REFUSED_MISSING_TICK);
}

static bool check_persons(VmStep *step, uint32_t work)
{
    const WorkInfo *info = &step->program->works[work];
    for (uint32_t i = 0; i < info->assigns.count; i++) {
        uint32_t role = step->program->indices[info->assigns.first + i];
        if (names_person(step->entry, role) || step->entry->assigns_unsaid)
            continue;
        step->refusal->work = work;
        step->refusal->role = role;
        return refuse(step, REFUSED_MISSING_PERSON);
    }
    return true;
}

bool check_ticks(VmStep *step)
{
    for (uint32_t i = 0; i < step->does_count; i++)
        if (!check_items(step, step->does[i]))
            return false;
    for (uint32_t i = 0; i < step->does_count; i++)
        if (!check_persons(step, step->does[i]))
            return false;
    if (!step->does_count && (step->entry->ticks || step->entry->wrong_tick))
        return refuse(step, REFUSED_WRONG_TICK);
    return true;
}
