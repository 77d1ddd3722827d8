/* From the rows of a case to entries: names of the log become names of the flow. */
#include <assert.h>
#include <sodium.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include "api/import_internal.h"
#include "base/json.h"
#include "base/limits.h"
#include "base/mem.h"
#include "replay/near.h"

bool import_aside(Import *import, const LogRow *row, const char *format, ...)
{
    va_list list;
    va_start(list, format);
    vsnprintf(import->sentence, sizeof import->sentence, format, list);
    va_end(list);
    import->at_fault = row;
    return false;
}

static const LogRow *rows_of(const Import *import)
{
    return import->part->rows + import->one->first_row;
}

static const LogNames *facts_text(const Import *import)
{
    return &import->part->log->values;
}

/* ---- which version of the flow ------------------------------------------------------ */

static bool *events_with_approval(const Program *program)
{
    bool *approves = mem_alloc_array(program->event_count, sizeof *approves);
    for (uint32_t i = 0; i < program->handler_count; i++) {
        const HandlerInfo *handler = &program->handlers[i];
        for (uint32_t k = 0; k < handler->alternatives.count; k++)
            if (program->alternatives[handler->alternatives.first + k].approval_permits.count)
                approves[handler->event] = true;
    }
    return approves;
}

static bool make_plan(Import *import, Definition *definition, Error *err)
{
    ImportPlan *plan = mem_alloc(sizeof *plan);
    plan->definition = definition;
    plan->next = import->plans;
    plan->approves = events_with_approval(definition->program);
    import->plans = import->plan = plan;
    return binding_make(&plan->binding, &definition->bundle, definition->program, import->log,
                        import->request->log->mapping, err);
}

bool import_find_plan(Import *import, Error *err)
{
    const LogRow *first = rows_of(import);
    Day day = moment_day(import->log->zone, first->at);
    Error none = {0};
    Definition *definition =
        definition_in_force(import->engine, import->request->flow, day, &none);
    if (!definition && none.kind == ERROR_NOT_FOUND)
        return import_aside(import, first, "%s", none.text);
    if (!definition) {
        *err = none;
        return false;
    }
    for (ImportPlan *plan = import->plans; plan; plan = plan->next) {
        if (plan->definition == definition) {
            import->plan = plan;
            return true;
        }
    }
    return make_plan(import, definition, err);
}

void import_plans_clear(Import *import)
{
    while (import->plans) {
        ImportPlan *plan = import->plans;
        import->plans = plan->next;
        binding_clear(&plan->binding);
        free(plan->approves);
        free(plan);
    }
}

/* ---- the key ------------------------------------------------------------------------ */

static void hash_text(crypto_generichash_state *state, const char *text)
{
    crypto_generichash_update(state, (const unsigned char *)text, strlen(text) + 1);
}

static void hash_number(crypto_generichash_state *state, int64_t number)
{
    unsigned char bytes[8];
    for (int i = 0; i < 8; i++)
        bytes[i] = (unsigned char)((uint64_t)number >> (8 * i));
    crypto_generichash_update(state, bytes, sizeof bytes);
}

/* Over what the log says, not over what became of it: the same extract gives the same
 * keys also after a new version of the flow. */
void import_make_key(Import *import)
{
    const Log *log = import->part->log;
    unsigned char digest[20];
    crypto_generichash_state state;
    crypto_generichash_init(&state, NULL, 0, sizeof digest);
    hash_text(&state, import->request->flow);
    hash_text(&state, log->cases.texts[import->one->name]);
    for (uint32_t i = 0; i < import->one->row_count; i++) {
        const LogRow *row = rows_of(import) + i;
        hash_number(&state, row->at);
        hash_text(&state, log->activities.texts[row->activity]);
        hash_text(&state, log->people.texts[row->person]);
        hash_text(&state, log->roles.texts[row->role]);
        for (uint32_t k = 0; k < row->value_count; k++) {
            const LogValue *value = &log->row_values[row->first_value + k];
            hash_text(&state, import->request->log->mapping->facts[value->fact].fact);
            hash_text(&state, log->values.texts[value->text]);
        }
    }
    crypto_generichash_final(&state, digest, sizeof digest);
    memcpy(import->key, "import:", 8);
    sodium_bin2hex(import->key + 7, sizeof import->key - 7, digest, sizeof digest);
}

/* ---- people ------------------------------------------------------------------------- */

/* Who is not known yet has the negative of the name's number until the case is known
 * to be accepted: nobody is added for a case that is set aside. */
static bool find_person(Import *import, const LogRow *row, Person *person, Error *err)
{
    *person = row->person ? import->people[row->person] : 0;
    if (!row->person || *person)
        return true;
    const char *name = import->part->log->people.texts[row->person];
    if (strlen(name) > LIMIT_NAME_BYTES)
        return import_aside(import, row, "the name of the person is longer than %u bytes",
                            LIMIT_NAME_BYTES);
    if (!person_find(import->engine, name, person, err))
        return false;
    import->people[row->person] = *person;
    import->has_new_people |= !*person;
    *person = *person ? *person : -(Person)row->person;
    return true;
}

static bool add_person(Import *import, uint32_t name, Person *person, Error *err)
{
    const char *text = import->part->log->people.texts[name];
    PersonRow row = {.login = text, .name = text, .added = import->engine->now};
    import->counts->people++;
    if (!import->request->trial && !store_person_add(import->engine->store, &row, err))
        return false;
    *person = import->request->trial ? -(Person)name : row.id;
    return true;
}

bool import_add_people(Import *import, Error *err)
{
    for (uint32_t i = 0; i < import->count; i++) {
        EntryRow *row = &import->rows[i];
        if (row->person >= 0)
            continue;
        Person *person = &import->people[-row->person];
        if (!*person && !add_person(import, (uint32_t)-row->person, person, err))
            return false;
        row->person = *person;
    }
    return true;
}

/* ---- facts -------------------------------------------------------------------------- */

static void value_json(const FactInfo *info, const Program *program, int64_t value,
                       const char *text, Json *json)
{
    char day[DAY_TEXT_MAX];
    switch (info->type) {
    case TYPE_ONE_OF:
        json_text(json, info->name, program->texts[info->values.first + (uint32_t)value]);
        break;
    case TYPE_YES_NO:
        json_bool(json, info->name, value != 0);
        break;
    case TYPE_NUMBER:
        json_number(json, info->name, value);
        break;
    case TYPE_DATE:
        day_format((Day)value, day);
        json_text(json, info->name, day);
        break;
    case TYPE_TEXT:
    case TYPE_PERSON:
        json_text(json, info->name, text);
        break;
    }
}

/* The activity's own name says it, whatever the column holds. */
static bool is_said(const Binding *binding, const LogRow *row, uint32_t fact)
{
    Slice said = binding->sayings[row->activity];
    for (uint32_t i = 0; i < said.count; i++)
        if (binding->said[said.first + i].fact == fact)
            return true;
    return false;
}

static bool no_such_value(Import *import, const LogRow *row, uint32_t fact, const char *text)
{
    const char *name = import->plan->binding.program->facts[fact].name;
    const char *nearest = near_value(&import->plan->definition->bundle.flow, fact, text);
    if (!nearest)
        return import_aside(import, row, "'%s' is no value of the fact '%s'", text, name);
    return import_aside(import, row,
                        "'%s' is no value of the fact '%s'; if '%s' is meant, a line  value "
                        "\"%s\" of %s is %s  in the map file says so",
                        text, name, nearest, text, name, nearest);
}

static bool column_facts(Import *import, const LogRow *row, uint32_t event, Json *json)
{
    const Binding *binding = &import->plan->binding;
    const Program *program = binding->program;
    const Log *log = import->part->log;
    for (uint32_t i = 0; i < row->value_count; i++) {
        const LogValue *cell = &log->row_values[row->first_value + i];
        uint32_t fact = binding->facts[cell->fact].fact;
        const char *text = facts_text(import)->texts[cell->text];
        int64_t value;
        if (!binding->asks[event * program->fact_count + fact] || is_said(binding, row, fact))
            continue; /* a column says it on every row; the entry that asks for it keeps it */
        if (!binding_value(binding, cell->fact, text, 1, &value))
            return no_such_value(import, row, fact, text);
        value_json(&program->facts[fact], program, value, text, json);
    }
    return true;
}

static void said_facts(const Import *import, const LogRow *row, Json *json)
{
    const Binding *binding = &import->plan->binding;
    Slice said = binding->sayings[row->activity];
    const char *activity = import->part->log->activities.texts[row->activity];
    for (uint32_t i = 0; i < said.count; i++) {
        const FactEntry *fact = &binding->said[said.first + i];
        value_json(&binding->program->facts[fact->fact], binding->program, fact->value,
                   activity, json);
    }
}

/* {"facts":{…},"approved":true} */
static bool write_content(Import *import, const LogRow *row, uint32_t event, EntryRow *entry)
{
    Text text = {0};
    Json json = {.out = &text};
    json_object_begin(&json, NULL);
    json_object_begin(&json, "facts");
    bool ok = column_facts(import, row, event, &json);
    said_facts(import, row, &json);
    json_object_end(&json);
    if (import->plan->approves[event])
        json_bool(&json, "approved", true);
    json_object_end(&json);
    entry->facts = arena_strdup(&import->arena, text_get(&text));
    text_clear(&text);
    return ok;
}

/* ---- rows --------------------------------------------------------------------------- */

static const Bundle *bundle_of(const Import *import)
{
    return &import->plan->definition->bundle;
}

static bool no_such_name(Import *import, const LogRow *row, const char *lacks, const char *said,
                         const char *nearest, const char *what, const char *example)
{
    if (nearest)
        return import_aside(import, row,
                            "the flow %s '%s'; if '%s' is meant, a line  %s \"%s\" is %s  in "
                            "the map file says so",
                            lacks, said, nearest, what, said, nearest);
    return import_aside(import, row,
                        "the flow %s '%s'; a line  %s \"%s\" is %s  in the map file says which "
                        "it is",
                        lacks, said, what, said, example);
}

static bool unknown_activity(Import *import, const LogRow *row)
{
    const char *said = import->part->log->activities.texts[row->activity];
    return no_such_name(import, row, "has nothing called", said,
                        binding_nearest_event(bundle_of(import), said), "activity", "EVENT");
}

static bool find_role(Import *import, const LogRow *row, EntryRow *entry)
{
    const Binding *binding = &import->plan->binding;
    if (!row->role)
        return true;
    uint32_t role = binding->roles[row->role];
    const char *said = import->part->log->roles.texts[row->role];
    if (role == NO_INDEX)
        return no_such_name(import, row, "has no role", said,
                            binding_nearest_role(bundle_of(import), said), "role", "ROLE");
    entry->role = binding->program->roles[role].name;
    return true;
}

static bool make_row(Import *import, const LogRow *row, uint32_t event, Error *err)
{
    const Definition *definition = import->plan->definition;
    const Program *program = definition->program;
    EntryRow *entry = &import->rows[import->count];
    Day day = moment_day(program->zone, row->at);
    bool date_only = moment_rank(row->at) == RANK_DATE_ONLY;
    *entry = (EntryRow){.kind = import->count ? LOG_EVENT : LOG_OPEN,
                        .imported = true,
                        .name = program->events[event].name,
                        .effective =
                            date_only ? day_start(program->zone, day) : moment_instant(row->at),
                        .effective_day = day,
                        .date_only = date_only,
                        .recorded = import->engine->now,
                        .key = import->count ? NULL : import->key,
                        .has_calendar = definition->has_calendar};
    memcpy(entry->definition, definition->hash, STORE_HASH_BYTES);
    memcpy(entry->calendar, definition->calendar, STORE_HASH_BYTES);
    if (row->at >= now_moment(import->engine->now))
        return import_aside(import, row, "it lies in the future");
    if (!find_role(import, row, entry) || !find_person(import, row, &entry->person, err) ||
        !write_content(import, row, event, entry))
        return false;
    import->count++;
    return true;
}

bool import_make_rows(Import *import, Error *err)
{
    const Binding *binding = &import->plan->binding;
    uint32_t count = import->one->row_count;
    import->rows = ARENA_ARRAY(&import->arena, count, EntryRow);
    import->entries = ARENA_ARRAY(&import->arena, count, Entry);
    for (uint32_t i = 0; i < count; i++) {
        const LogRow *row = rows_of(import) + i;
        uint32_t event = binding->events[row->activity];
        if (event == BOUND_IGNORED) {
            import->counts->ignored++;
            continue;
        }
        if (event == NO_INDEX)
            return unknown_activity(import, row);
        if (!make_row(import, row, event, err))
            return false;
    }
    if (import->count == 0)
        return import_aside(import, rows_of(import), "all its rows are ignored");
    return true;
}
