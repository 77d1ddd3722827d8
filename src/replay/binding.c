#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/limits.h"
#include "base/mem.h"
#include "replay/beside.h"
#include "replay/near.h"
#include "replay/replay.h"

/* What binding_make has in hand. */
typedef struct Making {
    Binding *binding;
    const Flow *flow;
    const Flow *other; /* that the mapping speaks of too; NULL: none */
    const Program *program;
    const Mapping *mapping;
    Map events, roles; /* names and labels; AMBIGUOUS: a label of more than one */
    Error *err;
} Making;

#define AMBIGUOUS (-1)

const char *binding_nearest_event(const Bundle *bundle, const char *activity)
{
    return near_event(&bundle->flow, activity);
}

const char *binding_nearest_role(const Bundle *bundle, const char *role)
{
    return near_role(&bundle->flow, role);
}

/* ---- names and labels ------------------------------------------------------- */

/* A label that two things share names neither. Names come first and stay. */
static void add_label(Map *map, const char *label, int64_t index)
{
    int64_t was;
    if (!label || map_add(map, label, strlen(label), index) ||
        !map_find(map, label, strlen(label), &was) || was == index)
        return;
    map_set(map, label, strlen(label), AMBIGUOUS);
}

static void learn_events(Making *m)
{
    for (const EventAst *event = m->flow->events; event; event = event->next)
        map_add(&m->events, event->name, strlen(event->name), event->index);
    Map labels = {0};
    for (const EventAst *event = m->flow->events; event; event = event->next)
        add_label(&labels, event->label, event->index);
    for (uint32_t i = 0; i < m->flow->work_count; i++) /* several may do one event */
        if (m->program->events[m->program->works[i].event].is_work)
            add_label(&labels, m->flow->work_at[i]->label, m->program->works[i].event);
    for (size_t i = 0; i < labels.capacity; i++)
        if (labels.slots[i].key)
            map_add(&m->events, labels.slots[i].key, labels.slots[i].length,
                    labels.slots[i].value);
    map_clear(&labels);
}

static void learn_roles(Making *m)
{
    Map labels = {0};
    for (const RoleAst *role = m->flow->roles; role; role = role->next) {
        map_add(&m->roles, role->name, strlen(role->name), role->index);
        add_label(&labels, role->label, role->index);
    }
    for (size_t i = 0; i < labels.capacity; i++)
        if (labels.slots[i].key)
            map_add(&m->roles, labels.slots[i].key, labels.slots[i].length,
                    labels.slots[i].value);
    map_clear(&labels);
}

/* NO_INDEX: nothing, or more than one thing, is called that. */
static uint32_t index_of(const Map *map, const char *name)
{
    int64_t index;
    bool found = map_find(map, name, strlen(name), &index) && index != AMBIGUOUS;
    return found ? (uint32_t)index : NO_INDEX;
}

/* ---- what the mapping says wrongly --------------------------------------------- */

/* "'map.txt', line 12: ", or nothing for what an option said. */
static void say_place(const Making *m, uint32_t line, char out[300])
{
    out[0] = '\0';
    if (line && m->mapping->path)
        snprintf(out, 300, "'%.250s', line %u: ", m->mapping->path, line);
}

static bool wrong(const Making *m, uint32_t line, const char *kind, const char *name,
                  const char *nearest)
{
    char place[300];
    say_place(m, line, place);
    return nearest ? error_set(m->err, "%sthe flow has no %s '%s'; the nearest is '%s'", place,
                               kind, name, nearest)
                   : error_set(m->err, "%sthe flow has no %s '%s'", place, kind, name);
}

/* NO_INDEX: only the other flow has it. */
static bool find_fact(const Making *m, const char *name, uint32_t line, uint32_t *fact)
{
    for (*fact = 0; *fact < m->program->fact_count; (*fact)++)
        if (strcmp(m->program->facts[*fact].name, name) == 0)
            return true;
    *fact = NO_INDEX;
    if (beside_has_fact(m->other, name))
        return true;
    return wrong(m, line, "fact", name, near_fact(m->flow, name));
}

/* ---- values ------------------------------------------------------------------------ */

static void add_word(Map *map, const char *word, int64_t value)
{
    if (word)
        map_add(map, word, strlen(word), value);
}

static void learn_words(const Making *m, uint32_t fact, Map *words)
{
    static const char *const yes[] = {"yes", "Yes", "YES", "true", "True", "TRUE", "1"};
    static const char *const no[] = {"no", "No", "NO", "false", "False", "FALSE", "0"};
    for (size_t i = 0; m->program->facts[fact].type == TYPE_YES_NO && i < 7; i++) {
        add_word(words, yes[i], 1);
        add_word(words, no[i], 0);
    }
    int64_t place = 0;
    Map labels = {0};
    for (const FactValue *one = m->flow->fact_at[fact]->values; one; one = one->next) {
        add_word(words, one->name, place);
        add_label(&labels, one->label, place++);
    }
    for (size_t i = 0; i < labels.capacity; i++)
        if (labels.slots[i].key && labels.slots[i].value != AMBIGUOUS)
            map_add(words, labels.slots[i].key, labels.slots[i].length, labels.slots[i].value);
    map_clear(&labels);
}

/* What the map file says of a fact's values comes before the flow's own names. */
static bool learn_values(const Making *m, BoundFact *bound)
{
    const char *name = m->program->facts[bound->fact].name;
    Map own = {0};
    learn_words(m, bound->fact, &own);
    bool good = true;
    for (uint32_t i = 0; good && i < m->mapping->value_count; i++) {
        const MappedValue *value = &m->mapping->values[i];
        int64_t meant;
        if (strcmp(value->fact, name) != 0)
            continue;
        if (map_find(&own, value->to, strlen(value->to), &meant))
            map_add(&bound->words, value->from, strlen(value->from), meant);
        else
            good = beside_has_value(m->other, name, value->to) ||
                   wrong(m, value->line, "value", value->to,
                         near_value(m->flow, bound->fact, value->to));
    }
    for (size_t i = 0; i < own.capacity; i++)
        if (own.slots[i].key)
            map_add(&bound->words, own.slots[i].key, own.slots[i].length, own.slots[i].value);
    map_clear(&own);
    return good;
}

static bool read_number(const char *text, const FactInfo *info, int64_t *value)
{
    char *end;
    size_t length = strlen(text);
    bool shaped = length > 0 && length < 20 && strspn(text, "-0123456789") == length;
    *value = shaped ? strtoll(text, &end, 10) : 0;
    return shaped && *end == '\0' && *value >= info->least && *value <= info->most;
}

/* 2021-02-01, also before a time; or in the order that the mapping declares. */
static bool read_date(const char *text, DateOrder order, int64_t *value)
{
    Day day;
    int a, b, year, used = 0;
    if (strlen(text) >= 10 && (text[10] == '\0' || text[10] == 'T' || text[10] == ' ') &&
        day_parse_bytes(text, 10, &day)) {
        *value = day;
        return true;
    }
    bool shaped = sscanf(text, "%2d%*1[/.-]%2d%*1[/.-]%4d%n", &a, &b, &year, &used) == 3 &&
                  (text[used] == '\0' || text[used] == ' ') && year >= LIMIT_YEAR_FIRST;
    if (!shaped || (order != DATES_DAY_FIRST && order != DATES_MONTH_FIRST))
        return false;
    Civil civil = order == DATES_DAY_FIRST ? (Civil){year, b, a} : (Civil){year, a, b};
    if (!civil_is_valid(civil))
        return false;
    *value = day_from_civil(civil);
    return true;
}

static bool read_value(const Binding *binding, const BoundFact *bound, const char *text,
                       int64_t entry, int64_t *value)
{
    const FactInfo *info = &binding->program->facts[bound->fact];
    switch (info->type) {
    case TYPE_ONE_OF:
    case TYPE_YES_NO:
        return map_find(&bound->words, text, strlen(text), value);
    case TYPE_NUMBER:
        return read_number(text, info, value);
    case TYPE_DATE:
        return read_date(text, binding->mapping->dates, value);
    case TYPE_TEXT:
    case TYPE_PERSON:
        *value = entry;
        return true;
    }
    return false;
}

bool binding_value(const Binding *binding, uint32_t mapped, const char *text, int64_t entry,
                   int64_t *value)
{
    return read_value(binding, &binding->facts[mapped], text, entry, value);
}

/* ---- facts ------------------------------------------------------------------------------ */

static void note_asked(const Making *m, uint32_t event, Slice records)
{
    for (uint32_t i = 0; i < records.count; i++)
        m->binding->asks[event * m->program->fact_count +
                         m->program->records[records.first + i].fact] = true;
}

static void learn_asks(const Making *m)
{
    const Program *program = m->program;
    m->binding->asks = mem_alloc_array((size_t)program->event_count * program->fact_count + 1,
                                       sizeof *m->binding->asks);
    for (uint32_t event = 0; event < program->event_count; event++) {
        const EventInfo *info = &program->events[event];
        note_asked(m, event, info->records);
        for (uint32_t i = 0; i < info->works.count; i++)
            note_asked(m, event,
                       program->works[program->indices[info->works.first + i]].records);
    }
}

static void set_said(const Making *m, uint32_t fact)
{
    if (fact != NO_INDEX) /* it is the other flow's */
        m->binding->unsaid[fact] = false;
}

/* A column that was only looked for is there when some row has a value in it. */
static void find_offered(const Making *m)
{
    const Log *log = m->binding->log;
    for (uint32_t i = 0; log->facts_said && i < m->mapping->fact_count; i++)
        if (log->facts_said[i])
            set_said(m, m->binding->facts[i].fact);
}

static bool bind_facts(const Making *m)
{
    Binding *binding = m->binding;
    const Mapping *mapping = m->mapping;
    binding->facts = mem_alloc_array(mapping->fact_count + 1, sizeof *binding->facts);
    binding->unsaid = mem_alloc_array(m->program->fact_count + 1, sizeof *binding->unsaid);
    memset(binding->unsaid, true, m->program->fact_count * sizeof *binding->unsaid);
    for (uint32_t i = 0; i < mapping->fact_count; i++) {
        BoundFact *bound = &binding->facts[i];
        if (!find_fact(m, mapping->facts[i].fact, mapping->facts[i].line, &bound->fact))
            return false;
        if (bound->fact == NO_INDEX)
            continue;
        if (!learn_values(m, bound))
            return false;
        binding->unsaid[bound->fact] = mapping->facts[i].may_lack;
    }
    find_offered(m);
    for (uint32_t i = 0; i < mapping->value_count; i++) {
        uint32_t fact;
        if (!find_fact(m, mapping->values[i].fact, mapping->values[i].line, &fact))
            return false;
    }
    return true;
}

/* ---- activities and roles ------------------------------------------------------------------
 */

static bool bind_saying(const Making *m, const MappedActivity *activity, uint32_t event,
                        const MappedSaying *saying)
{
    Binding *binding = m->binding;
    BoundFact bound = {0};
    int64_t value;
    if (!find_fact(m, saying->fact, activity->line, &bound.fact))
        return false;
    if (bound.fact == NO_INDEX)
        return true;
    if (!binding->asks[event * m->program->fact_count + bound.fact]) {
        char place[300];
        if (beside_records(m->other, activity->event, saying->fact))
            return true;
        say_place(m, activity->line, place);
        return error_set(m->err, "%sin the flow '%s' does not record '%s'", place,
                         activity->event, saying->fact);
    }
    bool good = learn_values(m, &bound);
    bool is_value = good && read_value(binding, &bound, saying->value, VALUE_UNKNOWN, &value);
    map_clear(&bound.words);
    if (good && !is_value)
        good = beside_has_value(m->other, saying->fact, saying->value) ||
               wrong(m, activity->line, "value", saying->value,
                     near_value(m->flow, bound.fact, saying->value));
    if (!good || !is_value)
        return good;
    binding->said = mem_grow(binding->said, &binding->said_capacity, binding->said_count + 1,
                             sizeof *binding->said);
    binding->said[binding->said_count++] = (FactEntry){bound.fact, value};
    binding->unsaid[bound.fact] = false;
    return true;
}

/* The mapping is checked also where the log never says the activity: a slip in the map
 * file would otherwise wait for the log that does. */
static bool bind_mapped(const Making *m, const MappedActivity *activity)
{
    Binding *binding = m->binding;
    uint32_t event = activity->event ? index_of(&m->events, activity->event) : BOUND_IGNORED;
    if (event == NO_INDEX)
        return beside_has_event(m->other, activity->event) ||
               wrong(m, activity->line, "event", activity->event,
                     near_event(m->flow, activity->event));
    Slice sayings = {binding->said_count, 0};
    for (uint32_t i = 0; i < activity->saying_count; i++)
        if (!bind_saying(m, activity, event, &activity->sayings[i]))
            return false;
    sayings.count = binding->said_count - sayings.first;
    uint32_t number = log_name_find(&binding->log->activities, activity->activity);
    if (number == 0)
        return true;
    binding->events[number] = event;
    binding->sayings[number] = sayings;
    return true;
}

static bool bind_activities(const Making *m)
{
    Binding *binding = m->binding;
    const LogNames *names = &binding->log->activities;
    binding->events = mem_alloc_array(names->count + 1, sizeof *binding->events);
    binding->sayings = mem_alloc_array(names->count + 1, sizeof *binding->sayings);
    binding->events[0] = NO_INDEX;
    for (uint32_t i = 1; i < names->count; i++)
        binding->events[i] = index_of(&m->events, names->texts[i]);
    for (uint32_t i = 0; i < m->mapping->activity_count; i++)
        if (!bind_mapped(m, &m->mapping->activities[i]))
            return false;
    return true;
}

static bool bind_roles(const Making *m)
{
    Binding *binding = m->binding;
    const LogNames *names = &binding->log->roles;
    binding->roles = mem_alloc_array(names->count + 1, sizeof *binding->roles);
    binding->roles[0] = NO_INDEX;
    for (uint32_t i = 1; i < names->count; i++)
        binding->roles[i] = index_of(&m->roles, names->texts[i]);
    for (uint32_t i = 0; i < m->mapping->role_count; i++) {
        const MappedName *role = &m->mapping->roles[i];
        uint32_t meant = index_of(&m->roles, role->to);
        if (meant == NO_INDEX && beside_has_role(m->other, role->to))
            continue;
        if (meant == NO_INDEX)
            return wrong(m, role->line, "role", role->to, near_role(m->flow, role->to));
        uint32_t number = log_name_find(names, role->from);
        if (number)
            binding->roles[number] = meant;
    }
    return true;
}

bool binding_make(Binding *binding, const Bundle *bundle, const Program *program,
                  const Log *log, const Mapping *mapping, Error *err)
{
    return binding_make_beside(binding, bundle, program, NULL, log, mapping, err);
}

bool binding_make_beside(Binding *binding, const Bundle *bundle, const Program *program,
                         const Bundle *other, const Log *log, const Mapping *mapping,
                         Error *err)
{
    *binding = (Binding){.program = program,
                         .log = log,
                         .mapping = mapping,
                         .has_roles = log->roles_said,
                         .has_people = log->people_said};
    Making making = {.binding = binding,
                     .flow = &bundle->flow,
                     .other = other ? &other->flow : NULL,
                     .program = program,
                     .mapping = mapping,
                     .err = err};
    learn_events(&making);
    learn_roles(&making);
    learn_asks(&making);
    bool good = bind_facts(&making) && bind_activities(&making) && bind_roles(&making);
    map_clear(&making.events);
    map_clear(&making.roles);
    return good;
}

void binding_clear(Binding *binding)
{
    uint32_t facts = binding->facts && binding->mapping ? binding->mapping->fact_count : 0;
    for (uint32_t i = 0; i < facts; i++)
        map_clear(&binding->facts[i].words);
    free(binding->events);
    free(binding->sayings);
    free(binding->roles);
    free(binding->facts);
    free(binding->said);
    free(binding->asks);
    free(binding->unsaid);
    *binding = (Binding){0};
}
