#include "replay/beside.h"

#include <string.h>

static bool is_called(const char *name, const char *own, const char *label)
{
    return strcmp(name, own) == 0 || (label && strcmp(name, label) == 0);
}

bool beside_has_event(const Flow *other, const char *name)
{
    if (!other)
        return false;
    for (const EventAst *event = other->events; event; event = event->next)
        if (is_called(name, event->name, event->label))
            return true;
    for (uint32_t i = 0; i < other->work_count; i++)
        if (is_called(name, other->work_at[i]->name, other->work_at[i]->label))
            return true;
    return false;
}

bool beside_has_role(const Flow *other, const char *name)
{
    for (const RoleAst *role = other ? other->roles : NULL; role; role = role->next)
        if (is_called(name, role->name, role->label))
            return true;
    return false;
}

static const FactAst *fact_named(const Flow *other, const char *name)
{
    for (const FactAst *fact = other ? other->facts : NULL; fact; fact = fact->next)
        if (strcmp(name, fact->name) == 0)
            return fact;
    return NULL;
}

bool beside_has_fact(const Flow *other, const char *name)
{
    return fact_named(other, name) != NULL;
}

bool beside_has_value(const Flow *other, const char *fact, const char *value)
{
    const FactAst *found = fact_named(other, fact);
    for (const FactValue *one = found ? found->values : NULL; one; one = one->next)
        if (is_called(value, one->name, one->label))
            return true;
    return false;
}

static bool has_record(const Records *records, const char *fact)
{
    for (; records; records = records->next)
        if (strcmp(records->fact.text, fact) == 0)
            return true;
    return false;
}

bool beside_records(const Flow *other, const char *event, const char *fact)
{
    if (!other)
        return false;
    for (const EventAst *one = other->events; one; one = one->next)
        if (is_called(event, one->name, one->label) && has_record(one->records, fact))
            return true;
    for (uint32_t i = 0; i < other->work_count; i++) {
        const Work *work = other->work_at[i];
        if (is_called(event, work->name, work->label) && has_record(work->records, fact))
            return true;
    }
    return false;
}
