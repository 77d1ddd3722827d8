/* People, what roles they hold and when they are away. Who holds a role is asked
 * once, when something is recorded; the fold never asks again. */
#include <string.h>

#include "api/engine_internal.h"
#include "base/limits.h"

static const Zone office = {.offset_minutes = 0, .summer_time = true};

bool person_find(Engine *engine, const char *login, Person *person, Error *err)
{
    PersonRow row;
    bool found;
    if (!store_person_find(engine->store, login, &row, &found, err))
        return false;
    *person = found ? row.id : 0;
    return true;
}

bool person_number(Engine *engine, const char *login, Person *person, Error *err)
{
    if (!person_find(engine, login, person, err))
        return false;
    if (!*person)
        return error_kind(
            err, ERROR_NOT_FOUND,
            "there is no person '%s' in this database: 'casewright people add' adds "
            "one, --as PERSON says who you are",
            login);
    return true;
}

bool person_holds(Engine *engine, const Definition *definition, Person person, const char *role,
                  Day day, bool *holds, Error *err)
{
    if (!store_holds(engine->store, person, role, day, holds, err) || *holds)
        return err->kind == ERROR_NONE;
    uint32_t index = index_of(&definition->roles, role);
    if (index == NO_INDEX)
        return true;
    const Program *p = definition->program;
    Slice members = p->roles[index].members;
    for (uint32_t i = 0; i < members.count && !*holds; i++) {
        const char *member = p->roles[p->indices[members.first + i]].name;
        if (!store_holds(engine->store, person, member, day, holds, err))
            return false;
    }
    return true;
}

/* ---- commands ----------------------------------------------------------------------- */

/* A name that people can type and read back: not empty, no white space or control
 * characters. */
static bool check_name(const char *what, const char *name, Error *err)
{
    size_t length = name ? strlen(name) : 0;
    if (length == 0)
        return error_kind(err, ERROR_USAGE, "the %s is empty", what);
    if (length > LIMIT_NAME_BYTES)
        return error_kind(err, ERROR_LIMIT, "the %s is longer than %u bytes", what,
                          LIMIT_NAME_BYTES);
    for (size_t i = 0; i < length; i++)
        if ((unsigned char)name[i] <= ' ' || name[i] == 0x7F)
            return error_kind(err, ERROR_USAGE, "the %s holds a space or a control character",
                              what);
    return true;
}

static bool read_day(const char *text, Day otherwise, Day *day, Error *err)
{
    *day = otherwise;
    if (text && !day_parse(text, day))
        return error_kind(err, ERROR_USAGE, "'%s' is not a date: write it as 2021-02-01", text);
    return true;
}

static bool read_stretch(const Engine *engine, const char *from, const char *until, Day *first,
                         Day *last, Error *err)
{
    Day today = day_of_instant(office, engine->now);
    if (!read_day(from, today, first, err) || !read_day(until, DAY_NONE, last, err))
        return false;
    if (*last != DAY_NONE && *last < *first)
        return error_kind(err, ERROR_USAGE, "the last day is before the first");
    return true;
}

/* Ends the transaction in hand: commits it when `ok`. */
static bool finish(Engine *engine, bool ok, Error *err)
{
    if (ok)
        return store_commit(engine->store, err);
    store_rollback(engine->store);
    return false;
}

bool engine_person_add(Engine *engine, const char *login, const char *label, Error *err)
{
    if (!check_name("login name", login, err) || !store_begin(engine->store, err))
        return false;
    PersonRow row = {.login = login, .name = label ? label : login, .added = engine->now};
    return finish(engine, store_person_add(engine->store, &row, err), err);
}

bool engine_person_hold(Engine *engine, const char *login, const char *role, const char *from,
                        const char *until, Error *err)
{
    HoldsRow row = {.role = role};
    if (!check_name("role", role, err) ||
        !read_stretch(engine, from, until, &row.from, &row.to, err) ||
        !store_begin(engine->store, err))
        return false;
    bool ok = person_number(engine, login, &row.person, err) &&
              store_holds_add(engine->store, &row, err);
    return finish(engine, ok, err);
}

bool engine_role_find(Engine *engine, const char *role, RoleFound *found, Error *err)
{
    if (!store_begin_read(engine->store, err))
        return false;
    bool ok = definitions_find_role(engine, role, found, err);
    store_rollback(engine->store);
    return ok;
}

bool engine_person_absent(Engine *engine, const char *login, const char *from,
                          const char *until, const char *reason, Error *err)
{
    AbsenceRow row = {.note = reason};
    if (!read_stretch(engine, from, until, &row.from, &row.to, err) ||
        !store_begin(engine->store, err))
        return false;
    bool ok = person_number(engine, login, &row.person, err) &&
              store_absence_add(engine->store, &row, err);
    return finish(engine, ok, err);
}

/* ---- the list of them --------------------------------------------------------------- */

/* The rows of each kind come by login name, so each list is walked once. */
typedef struct Gathering {
    PeopleList *list;
    PersonLine **end;    /* where the next person goes */
    PersonLine *current; /* whose roles or absences are being added */
    Stretch **slot;      /* where the next of them goes */
} Gathering;

static bool gather_person(void *context, const PersonRow *row, Error *err)
{
    (void)err;
    Gathering *gathering = context;
    PersonLine *line = ARENA_NEW(&gathering->list->arena, PersonLine);
    line->login = arena_strdup(&gathering->list->arena, row->login);
    line->name = arena_strdup(&gathering->list->arena, row->name ? row->name : row->login);
    *gathering->end = line;
    gathering->end = &line->next;
    return true;
}

/* True when `login` is another person than the rows before were about. */
static bool moves_on(Gathering *gathering, const char *login)
{
    PersonLine *line = gathering->current ? gathering->current : gathering->list->first;
    while (line && strcmp(line->login, login) != 0)
        line = line->next;
    bool moved = line != gathering->current;
    gathering->current = line;
    return moved;
}

static void gather_stretch(Gathering *gathering, const char *words, Day from, Day until)
{
    Arena *arena = &gathering->list->arena;
    Stretch *stretch = ARENA_NEW(arena, Stretch);
    *stretch = (Stretch){words ? arena_strdup(arena, words) : NULL, from, until, NULL};
    *gathering->slot = stretch;
    gathering->slot = &stretch->next;
}

static bool gather_role(void *context, const HoldsRow *row, Error *err)
{
    Gathering *gathering = context;
    if (moves_on(gathering, row->login) && gathering->current)
        gathering->slot = &gathering->current->roles;
    if (!gathering->current)
        return error_kind(err, ERROR_INTEGRITY, "a role is held by nobody");
    gather_stretch(gathering, row->role, row->from, row->to);
    return true;
}

static bool gather_absence(void *context, const AbsenceRow *row, Error *err)
{
    Gathering *gathering = context;
    if (moves_on(gathering, row->login) && gathering->current)
        gathering->slot = &gathering->current->absences;
    if (!gathering->current)
        return error_kind(err, ERROR_INTEGRITY, "nobody is noted as away");
    gather_stretch(gathering, row->note, row->from, row->to);
    return true;
}

bool engine_people(Engine *engine, PeopleList *list, Day *today, Error *err)
{
    *list = (PeopleList){0};
    *today = day_of_instant(office, engine->now);
    if (!store_begin_read(engine->store, err))
        return false;
    Gathering roles = {.list = list, .end = &list->first}, absences = {.list = list};
    bool ok = store_people(engine->store, gather_person, &roles, err) &&
              store_holds_list(engine->store, 0, DAY_NONE, gather_role, &roles, err) &&
              store_absences(engine->store, 0, gather_absence, &absences, err);
    return finish(engine, ok, err);
}
