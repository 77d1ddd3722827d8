#include "api/content.h"

#include <jansson.h>
#include <sodium.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include "api/bind.h"
#include "base/limits.h"
#include "base/mem.h"

typedef struct Writer {
    Engine *engine;
    const ContentSource *source;
    Objection *objection;
    json_t *object; /* owned */
} Writer;

/* ---- objections --------------------------------------------------------------------- */

void objection_clear(Objection *objection)
{
    *objection = (Objection){.refusal = refusal_none()};
}

Refusal *objection_add(Objection *objection, RefusalCode code, const char *format, ...)
{
    if (objection->refusal.code != REFUSED_NOT && objection->refusal.code <= code)
        return NULL;
    objection_clear(objection);
    objection->refusal.code = code;
    va_list list;
    va_start(list, format);
    vsnprintf(objection->text, sizeof objection->text, format, list);
    va_end(list);
    return &objection->refusal;
}

/* ---- text --------------------------------------------------------------------------- */

bool text_is_blank(const char *text)
{
    return !text || text[strspn(text, " \t\r\n\v\f")] == '\0';
}

bool text_check(const char *what, const char *text, size_t most, Error *err)
{
    if (!text)
        return true;
    if (strlen(text) > most)
        return error_kind(err, ERROR_LIMIT, "the %s is longer than %zu bytes", what, most);
    json_t *value = json_string(text);
    if (!value)
        return error_set(err, "the %s is not valid UTF-8 text", what);
    json_decref(value);
    return true;
}

/* ---- facts -------------------------------------------------------------------------- */

static bool read_number(const char *text, int64_t *number)
{
    const char *digits = text + (*text == '-');
    size_t length = strlen(digits);
    if (length == 0 || length > 12 || strspn(digits, "0123456789") != length)
        return false;
    *number = strtoll(text, NULL, 10);
    return *number <= LIMIT_NUMBER && *number >= -LIMIT_NUMBER;
}

static void wrong_fact(Writer *writer, uint32_t fact, const char *typed, const char *expected)
{
    Refusal *refusal = objection_add(writer->objection, REFUSED_WRONG_FACT,
                                     "'%s' does not fit: %s", typed, expected);
    if (refusal)
        refusal->fact = fact;
}

static json_t *one_of_value(Writer *writer, uint32_t fact, const char *text)
{
    const FactAst *ast = writer->source->definition->bundle.flow.fact_at[fact];
    Text names = {0};
    for (const FactValue *value = ast->values; value; value = value->next) {
        if (strcmp(value->name, text) == 0) {
            text_clear(&names);
            return json_string(text);
        }
        text_addf(&names, "%s%s", names.length ? ", " : "", value->name);
    }
    Text expected = {0};
    text_addf(&expected, "it is one of %s", text_get(&names));
    wrong_fact(writer, fact, text, text_get(&expected));
    text_clear(&names);
    text_clear(&expected);
    return NULL;
}

static json_t *yes_no_value(Writer *writer, uint32_t fact, const char *text)
{
    if (strcmp(text, "yes") == 0 || strcmp(text, "no") == 0)
        return json_boolean(text[0] == 'y');
    wrong_fact(writer, fact, text, "it is yes or no");
    return NULL;
}

static json_t *number_value(Writer *writer, uint32_t fact, const char *text)
{
    const FactInfo *info = &writer->source->definition->program->facts[fact];
    int64_t number;
    if (!read_number(text, &number)) {
        wrong_fact(writer, fact, text, "it is a whole number of at most 12 digits");
        return NULL;
    }
    if (number >= info->least && number <= info->most)
        return json_integer(number);
    char expected[100];
    snprintf(expected, sizeof expected, "it is a number from %lld to %lld",
             (long long)info->least, (long long)info->most);
    wrong_fact(writer, fact, text, expected);
    return NULL;
}

static json_t *date_value(Writer *writer, uint32_t fact, const char *text)
{
    Day day;
    if (day_parse(text, &day))
        return json_string(text);
    wrong_fact(writer, fact, text, "it is a date, written as 2021-02-01");
    return NULL;
}

static json_t *text_value(Writer *writer, uint32_t fact, const char *text)
{
    json_t *value = text_is_blank(text) ? NULL : json_string(text);
    if (!value)
        wrong_fact(writer, fact, "", "it is a text that says something, in UTF-8");
    return value;
}

static json_t *person_value(Writer *writer, uint32_t fact, const char *text, Error *err)
{
    Person person;
    if (!person_find(writer->engine, text, &person, err))
        return NULL;
    if (person)
        return json_string(text);
    wrong_fact(writer, fact, text, "it is the login name of a person in this database");
    return NULL;
}

/* NULL with an objection, or with *err set when the world failed. */
static json_t *fact_value(Writer *writer, uint32_t fact, const char *text, Error *err)
{
    switch (writer->source->definition->program->facts[fact].type) {
    case TYPE_ONE_OF:
        return one_of_value(writer, fact, text);
    case TYPE_YES_NO:
        return yes_no_value(writer, fact, text);
    case TYPE_NUMBER:
        return number_value(writer, fact, text);
    case TYPE_DATE:
        return date_value(writer, fact, text);
    case TYPE_TEXT:
        return text_value(writer, fact, text);
    case TYPE_PERSON:
        return person_value(writer, fact, text, err);
    }
    return NULL;
}

/* Splits NAME=VALUE; *name is to be freed. */
static bool split(const char *typed, const char *example, char **name, const char **value,
                  Error *err)
{
    const char *equals = strchr(typed, '=');
    if (!equals || equals == typed)
        return error_kind(err, ERROR_USAGE, "'%s' is not written as %s", typed, example);
    *name = mem_strndup(typed, (size_t)(equals - typed));
    *value = equals + 1;
    return true;
}

/* The object under `key`, made when it is not there. */
static json_t *part(json_t *object, const char *key, json_t *fresh)
{
    json_t *there = json_object_get(object, key);
    if (there) {
        json_decref(fresh);
        return there;
    }
    json_object_set_new(object, key, fresh);
    return fresh;
}

static bool add_fact(Writer *writer, json_t *said, const char *typed, Error *err)
{
    char *name;
    const char *text;
    if (!split(typed, "FACT=VALUE", &name, &text, err))
        return false;
    uint32_t fact = index_of(&writer->source->definition->facts, name);
    bool ok = text_check("value", text, LIMIT_TEXT_BYTES, err);
    if (ok && fact == NO_INDEX) {
        objection_add(writer->objection, REFUSED_WRONG_FACT, "'%s' is not a fact of this flow",
                      name);
    } else if (ok && json_object_get(said, name)) {
        wrong_fact(writer, fact, typed, "it is said twice");
    } else if (ok) {
        json_t *value = fact_value(writer, fact, text, err);
        ok = err->kind == ERROR_NONE;
        if (value)
            json_object_set_new(said, name, value);
    }
    free(name);
    return ok;
}

static bool add_facts(Writer *writer, Error *err)
{
    const CwRequest *request = writer->source->request;
    if (!request->fact_count)
        return true;
    json_t *said = json_object();
    bool ok = true;
    for (size_t i = 0; ok && i < request->fact_count; i++)
        ok = add_fact(writer, said, request->facts[i], err);
    json_object_update(part(writer->object, "facts", json_object()), said);
    json_decref(said);
    return ok;
}

/* ---- ticks -------------------------------------------------------------------------- */

/* Work of one name may stand in several states: which one is meant is written down
 * beside what is said about it. */
static void add_place(Writer *writer)
{
    const ContentSource *source = writer->source;
    const Program *p = source->definition->program;
    if (source->event == NO_INDEX || source->work == NO_INDEX)
        return;
    const EventInfo *event = &p->events[source->event];
    if (event->works.count + event->waits.count > 1)
        json_object_set_new(writer->object, "at", json_string(work_place(p, source->work)));
}

static bool add_ticks(Writer *writer, Error *err)
{
    const CwRequest *request = writer->source->request;
    if (!request->tick_count)
        return true;
    json_t *ticks = json_array();
    json_object_set_new(writer->object, "ticks", ticks);
    for (size_t i = 0; i < request->tick_count; i++) {
        if (!text_check("item", request->ticks[i], LIMIT_NAME_BYTES, err))
            return false;
        json_array_append_new(ticks, json_string(request->ticks[i]));
    }
    return true;
}

/* ---- who is assigned ---------------------------------------------------------------- */

/* The member of a group that the person holds: their own role on the case. */
static bool member_held(Writer *writer, Person person, uint32_t role, const char **member,
                        bool *holds, Error *err)
{
    const ContentSource *source = writer->source;
    const Program *p = source->definition->program;
    Slice members = p->roles[role].members;
    *holds = false;
    for (uint32_t i = 0; i < members.count; i++) {
        const char *name = p->roles[p->indices[members.first + i]].name;
        if (!store_holds(writer->engine->store, person, name, source->today, holds, err))
            return false;
        if (*holds) {
            *member = name;
            return true;
        }
    }
    return store_holds(writer->engine->store, person, p->roles[role].name, source->today, holds,
                       err);
}

static bool assign(Writer *writer, const char *role_name, const char *login, Error *err)
{
    uint32_t role = index_of(&writer->source->definition->roles, role_name);
    if (role == NO_INDEX) {
        objection_add(writer->objection, REFUSED_MISSING_PERSON,
                      "'%s' is not a role of this flow", role_name);
        return true;
    }
    Person person;
    const char *member = NULL;
    bool holds = false;
    if (!person_find(writer->engine, login, &person, err) ||
        (person && !member_held(writer, person, role, &member, &holds, err)))
        return false;
    if (!holds) {
        Refusal *refusal = objection_add(writer->objection, REFUSED_MISSING_PERSON,
                                         person ? "'%s' does not hold the role '%s'"
                                                : "there is no person '%s' to be '%s'",
                                         login, role_name);
        if (refusal)
            refusal->role = role;
        return true;
    }
    json_t *who = json_pack("{s:s}", "person", login);
    if (member)
        json_object_set_new(who, "member", json_string(member));
    json_object_set_new(part(writer->object, "assigns", json_object()), role_name, who);
    return true;
}

static bool add_assigns(Writer *writer, Error *err)
{
    const CwRequest *request = writer->source->request;
    bool ok = true;
    for (size_t i = 0; ok && i < request->assign_count; i++) {
        char *role;
        const char *login;
        if (!split(request->assigns[i], "ROLE=PERSON", &role, &login, err))
            return false;
        ok = text_check("name", request->assigns[i], 2 * LIMIT_NAME_BYTES, err) &&
             assign(writer, role, login, err);
        free(role);
    }
    return ok;
}

/* ---- the rest ----------------------------------------------------------------------- */

static void add_extension(Writer *writer)
{
    const char *typed = writer->source->request->extend_to;
    if (!typed)
        return;
    TypedTime time;
    Error wrong = {0};
    if (!time_parse(writer->source->definition->program->zone, typed, &time, &wrong)) {
        objection_add(writer->objection, REFUSED_BAD_TIME, "%s", wrong.text);
        return;
    }
    char day[DAY_TEXT_MAX];
    day_format(time.day, day);
    json_object_set_new(writer->object, "extend_to",
                        time.date_only ? json_string(day) : json_integer(time.at));
}

static int by_text(const void *a, const void *b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

static void digest_text(crypto_hash_sha256_state *state, const char *text)
{
    const char *said = text ? text : "";
    crypto_hash_sha256_update(state, (const unsigned char *)said, strlen(said) + 1);
}

/* In any order: a repeat may say the same facts the other way round. */
static void digest_list(crypto_hash_sha256_state *state, const char *const *list, size_t count)
{
    const char **sorted = mem_alloc_array(count, sizeof *sorted);
    if (count)
        memcpy(sorted, list, count * sizeof *sorted);
    qsort(sorted, count, sizeof *sorted, by_text);
    for (size_t i = 0; i < count; i++)
        digest_text(state, sorted[i]);
    digest_text(state, NULL);
    free(sorted);
}

/* Of all that the request says: a repeat with the same key must say the same. */
static void add_digest(Writer *writer)
{
    const CwRequest *r = writer->source->request;
    crypto_hash_sha256_state state;
    crypto_hash_sha256_init(&state);
    char numbers[100];
    snprintf(numbers, sizeof numbers, "%d %lld", (int)r->kind, (long long)r->refers_to);
    const char *texts[] = {numbers, r->flow,       r->reference, r->name,   r->person,
                           r->role, r->acting_for, r->at,        r->reason, r->extend_to};
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++)
        digest_text(&state, texts[i]);
    digest_list(&state, r->facts, r->fact_count);
    digest_list(&state, r->ticks, r->tick_count);
    digest_list(&state, r->assigns, r->assign_count);
    uint8_t hash[crypto_hash_sha256_BYTES];
    char text[2 * crypto_hash_sha256_BYTES + 1];
    crypto_hash_sha256_final(&state, hash);
    hash_to_text(hash, text);
    json_object_set_new(writer->object, "asked", json_string(text));
}

/* What stood in the entry that is amended. */
static json_t *start_from(const ContentSource *source)
{
    json_t *before =
        source->before ? json_loads(source->before, JSON_REJECT_DUPLICATES, NULL) : NULL;
    if (!before)
        return json_object();
    json_object_del(before, "asked");
    json_object_del(before, "clock_behind");
    return before;
}

char *content_write(Engine *engine, const ContentSource *source, Objection *objection,
                    Error *err)
{
    Writer writer = {engine, source, objection, start_from(source)};
    char *text = NULL;
    bool ok = add_facts(&writer, err) && add_ticks(&writer, err) && add_assigns(&writer, err);
    if (ok) {
        add_extension(&writer);
        if (source->request->tick_count || source->names_work)
            add_place(&writer);
        if (source->absent)
            json_object_set_new(writer.object, "absent", json_true());
        if (source->clock_was_behind)
            json_object_set_new(writer.object, "clock_behind", json_true());
        if (source->request->key)
            add_digest(&writer);
        text = json_dumps(writer.object, JSON_COMPACT | JSON_SORT_KEYS);
    }
    json_decref(writer.object);
    return text;
}
