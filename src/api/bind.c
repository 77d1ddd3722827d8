#include "api/bind.h"

#include <jansson.h>
#include <stdlib.h>
#include <string.h>

#include "api/content.h"
#include "base/mem.h"

typedef struct Binder {
    Engine *engine;
    const Definition *definition;
    const EntryRow *row;
    Arena *arena;
    Entry *entry;
} Binder;

static bool damaged(const Binder *binder, Error *err, const char *what, const char *name)
{
    return error_kind(err, ERROR_INTEGRITY, "entry %lld of case %lld: %s '%s'",
                      (long long)binder->row->number, (long long)binder->row->case_id, what,
                      name);
}

/* ---- kinds -------------------------------------------------------------------------- */

static const struct {
    LogKind logged;
    EntryKind kind;
} kinds[] = {
    {LOG_OPEN, ENTRY_OPEN},       {LOG_EVENT, ENTRY_EVENT},
    {LOG_TICK, ENTRY_TICK},       {LOG_NOT_NEEDED, ENTRY_NOT_NEEDED},
    {LOG_APPROVE, ENTRY_APPROVE}, {LOG_DECLINE, ENTRY_DECLINE},
    {LOG_PAUSE, ENTRY_PAUSE},     {LOG_RESUME, ENTRY_RESUME},
    {LOG_EXTEND, ENTRY_EXTEND},   {LOG_REOPEN, ENTRY_REOPEN},
    {LOG_ASSIGN, ENTRY_ASSIGN},   {LOG_NOTE, ENTRY_NOTE},
};

bool kind_is_correction(LogKind kind)
{
    return kind == LOG_VOID || kind == LOG_AMEND;
}

static bool bind_kind(Binder *binder, Error *err)
{
    for (size_t i = 0; i < sizeof kinds / sizeof kinds[0]; i++)
        if (kinds[i].logged == binder->row->kind) {
            binder->entry->kind = kinds[i].kind;
            return true;
        }
    return damaged(binder, err, "this program cannot fold an entry of kind",
                   log_kind_text(binder->row->kind));
}

/* ---- work --------------------------------------------------------------------------- */

const char *work_place(const Program *program, uint32_t work)
{
    const WorkInfo *info = &program->works[work];
    return info->state == NO_INDEX ? program->tracks[info->track].name
                                   : program->states[info->state].name;
}

static uint32_t find_at(const Program *p, Slice works, const char *place)
{
    for (uint32_t i = 0; i < works.count; i++)
        if (!place || strcmp(work_place(p, p->indices[works.first + i]), place) == 0)
            return p->indices[works.first + i];
    return NO_INDEX;
}

/* The work of that event which the entry is about: the one at the place written down,
 * else its first task or review, else the first deadline that waits for it. */
static uint32_t work_of(const Definition *definition, uint32_t event, const char *place)
{
    const Program *p = definition->program;
    if (event == NO_INDEX)
        return NO_INDEX;
    const EventInfo *info = &p->events[event];
    uint32_t work = find_at(p, info->works, place);
    return work == NO_INDEX ? find_at(p, info->waits, place) : work;
}

static bool names_work(EntryKind kind)
{
    return kind == ENTRY_PAUSE || kind == ENTRY_RESUME || kind == ENTRY_EXTEND;
}

static void bind_name(Binder *binder, const char *place)
{
    Entry *entry = binder->entry;
    const Definition *definition = binder->definition;
    const Map *names = entry->kind == ENTRY_REOPEN ? &definition->states : &definition->events;
    entry->name = index_of(names, binder->row->name);
    if (names_work(entry->kind))
        entry->name = work_of(definition, entry->name, place);
}

/* ---- facts -------------------------------------------------------------------------- */

static uint32_t value_position(const FactAst *fact, const char *name)
{
    uint32_t position = 0;
    for (const FactValue *value = fact->values; value; value = value->next, position++)
        if (strcmp(value->name, name) == 0)
            return position;
    return NO_INDEX;
}

static bool text_as_value(const Binder *binder, uint32_t fact, const char *text, int64_t *value)
{
    Day day;
    switch (binder->definition->program->facts[fact].type) {
    case TYPE_ONE_OF:
        *value = value_position(binder->definition->bundle.flow.fact_at[fact], text);
        return *value != NO_INDEX;
    case TYPE_DATE:
        if (!day_parse(text, &day))
            return false;
        *value = day;
        return true;
    case TYPE_TEXT:
    case TYPE_PERSON:
        *value = binder->row->number;
        return true;
    case TYPE_YES_NO:
    case TYPE_NUMBER:
        return false;
    }
    return false;
}

static bool fact_from_json(const Binder *binder, uint32_t fact, const json_t *json,
                           int64_t *value)
{
    ProgramFactType type = binder->definition->program->facts[fact].type;
    if (json_is_string(json))
        return text_as_value(binder, fact, json_string_value(json), value);
    if (json_is_boolean(json) && type == TYPE_YES_NO)
        *value = json_is_true(json);
    else if (json_is_integer(json) && type == TYPE_NUMBER)
        *value = json_integer_value(json);
    else
        return false;
    return true;
}

static bool bind_facts(Binder *binder, json_t *facts, Error *err)
{
    if (!facts)
        return true;
    FactEntry *list = ARENA_ARRAY(binder->arena, json_object_size(facts), FactEntry);
    uint32_t count = 0;
    const char *name;
    json_t *json;
    json_object_foreach(facts, name, json)
    {
        FactEntry *each = &list[count++];
        each->fact = index_of(&binder->definition->facts, name);
        if (each->fact == NO_INDEX)
            return damaged(binder, err, "the flow has no fact", name);
        if (!fact_from_json(binder, each->fact, json, &each->value))
            return damaged(binder, err, "no possible value for the fact", name);
    }
    binder->entry->facts = list;
    binder->entry->fact_count = count;
    return true;
}

/* ---- ticks -------------------------------------------------------------------------- */

/* Whose checklist is ticked: the work at the place written down, else the first of
 * that name that has one. */
static uint32_t ticked_work(const Binder *binder, const char *place)
{
    const Program *p = binder->definition->program;
    if (binder->entry->name == NO_INDEX || names_work(binder->entry->kind))
        return NO_INDEX;
    Slice works = p->events[binder->entry->name].works;
    for (uint32_t i = 0; !place && i < works.count; i++)
        if (p->works[p->indices[works.first + i]].item_count)
            return p->indices[works.first + i];
    return find_at(p, works, place);
}

static void bind_ticks(Binder *binder, json_t *ticks, const char *place)
{
    const Program *p = binder->definition->program;
    uint32_t work = ticks ? ticked_work(binder, place) : NO_INDEX;
    Slice items = work == NO_INDEX ? (Slice){0} : p->works[work].items;
    size_t at;
    json_t *json;
    json_array_foreach(ticks, at, json)
    {
        const char *name = json_string_value(json);
        uint32_t item = 0;
        while (item < items.count &&
               strcmp(p->texts[items.first + item], name ? name : "") != 0)
            item++;
        if (item < items.count)
            binder->entry->ticks |= UINT64_C(1) << item;
        else
            binder->entry->wrong_tick = true;
    }
}

/* ---- the rest ----------------------------------------------------------------------- */

static bool bind_assigns(Binder *binder, json_t *assigns, Error *err)
{
    if (!assigns)
        return true;
    AssignEntry *list = ARENA_ARRAY(binder->arena, json_object_size(assigns), AssignEntry);
    uint32_t count = 0;
    const char *role;
    json_t *json;
    json_object_foreach(assigns, role, json)
    {
        AssignEntry *each = &list[count++];
        const char *login = json_string_value(json_object_get(json, "person"));
        const char *member = json_string_value(json_object_get(json, "member"));
        each->role = index_of(&binder->definition->roles, role);
        each->member = index_of(&binder->definition->roles, member);
        if (each->role == NO_INDEX || !login)
            return damaged(binder, err, "nobody can be assigned as", role);
        if (!person_find(binder->engine, login, &each->person, err))
            return false;
        if (!each->person)
            return damaged(binder, err, "there is no person", login);
    }
    binder->entry->assigns = list;
    binder->entry->assign_count = count;
    return true;
}

/* A date means the end of that day, as a day limit does. */
static bool bind_extension(Binder *binder, const json_t *json, Error *err)
{
    Zone zone = binder->definition->program->zone;
    binder->entry->extend_to = MOMENT_NONE;
    Day day;
    if (json_is_integer(json))
        binder->entry->extend_to = moment_at(json_integer_value(json), RANK_HOUR_LIMIT);
    else if (json_is_string(json) && day_parse(json_string_value(json), &day))
        binder->entry->extend_to = moment_at(day_start(zone, day + 1), RANK_DAY_LIMIT);
    else if (json)
        return damaged(binder, err, "not a time in", "extend_to");
    return true;
}

static bool bind_content(Binder *binder, Error *err)
{
    const char *text = binder->row->facts;
    if (!text || strcmp(text, "{}") == 0) {
        bind_name(binder, NULL);
        return bind_extension(binder, NULL, err);
    }
    json_error_t wrong;
    json_t *object = json_loads(text, JSON_REJECT_DUPLICATES, &wrong);
    if (!json_is_object(object)) {
        json_decref(object);
        return damaged(binder, err, "its content cannot be read:", wrong.text);
    }
    const char *place = json_string_value(json_object_get(object, "at"));
    bind_name(binder, place);
    bind_ticks(binder, json_object_get(object, "ticks"), place);
    binder->entry->absence_noted = json_is_true(json_object_get(object, "absent"));
    binder->entry->approval_unsaid = json_is_true(json_object_get(object, "approved"));
    binder->entry->ticks_unsaid &= !json_object_get(object, "ticks");
    binder->entry->assigns_unsaid &= !json_object_get(object, "assigns");
    bool ok = bind_facts(binder, json_object_get(object, "facts"), err) &&
              bind_assigns(binder, json_object_get(object, "assigns"), err) &&
              bind_extension(binder, json_object_get(object, "extend_to"), err);
    json_decref(object);
    return ok;
}

bool bind_entry(Engine *engine, const Definition *definition, const EntryRow *row, Arena *arena,
                Entry *entry, Error *err)
{
    Binder binder = {engine, definition, row, arena, entry};
    Zone zone = definition->program->zone;
    Moment at = row->date_only ? moment_of_date(zone, row->effective_day)
                               : moment_at(row->effective, RANK_ENTRY);
    *entry = (Entry){
        .number = row->number,
        .at = at,
        /* of imported history the effective time decides every outcome */
        .recorded = row->imported ? at : moment_at(row->recorded, RANK_ENTRY),
        .date_only = row->date_only,
        .imported = row->imported,
        .has_reason = !text_is_blank(row->reason),
        /* history is not asked for what it does not hold */
        .ticks_unsaid = row->imported,
        .assigns_unsaid = row->imported,
        .person_unsaid = row->imported && !row->person,
        .role_unsaid = row->imported && !row->role,
        .reason_unsaid = row->imported && text_is_blank(row->reason),
        .person = row->person,
        .role = index_of(&definition->roles, row->role),
        .for_role = index_of(&definition->roles, row->on_behalf_role),
        .for_person = row->on_behalf_of,
        .refers_to = row->refers_to,
    };
    return bind_kind(&binder, err) && bind_content(&binder, err);
}
