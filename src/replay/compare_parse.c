/* Its json_none is never called, and ours writes. */
#define json_none jansson_null
#include <jansson.h>
#undef json_none
#include <stdlib.h>
#include <string.h>

#include "base/limits.h"
#include "base/mem.h"
#include "replay/compare_fields.h"
#include "replay/compare_internal.h"

/* What is being read, and where in it a complaint belongs. */
typedef struct Reading {
    Comparison *comparison;
    const char *list; /* name of the list in hand; NULL: the head */
    size_t index;
    Error *err;
} Reading;

static bool wrong(const Reading *r, const char *name, const char *what)
{
    if (r->list)
        return error_kind(r->err, ERROR_INPUT, "not a comparison: %s[%zu].%s %s", r->list,
                          r->index, name, what);
    return error_kind(r->err, ERROR_INPUT, "not a comparison: '%s' %s", name, what);
}

/* ---- values ------------------------------------------------------------------------ */

static bool read_integer(const json_t *value, int64_t least, int64_t most, int64_t *out)
{
    if (!json_is_integer(value))
        return false;
    *out = json_integer_value(value);
    return *out >= least && *out <= most;
}

static bool read_text(Arena *arena, const json_t *value, const char **text)
{
    *text = json_is_string(value) ? arena_strdup(arena, json_string_value(value)) : "";
    return json_is_string(value);
}

static bool read_choice(const Field *field, const json_t *value, unsigned *choice)
{
    for (*choice = 0; json_is_string(value) && *choice < field->count; (*choice)++)
        if (strcmp(field->choices[*choice], json_string_value(value)) == 0)
            return true;
    return false;
}

/* Sums of sums must not run over either. */
static const int64_t MOST_COUNTED = INT64_MAX / 1024;

static bool read_counts(const Field *field, const json_t *value, uint64_t *counts)
{
    if (json_array_size(value) != field->count)
        return false;
    for (uint32_t i = 0; i < field->count; i++) {
        int64_t number;
        if (!read_integer(json_array_get(value, i), 0, MOST_COUNTED, &number))
            return false;
        counts[i] = (uint64_t)number;
    }
    return true;
}

static bool read_moment(const json_t *value, Moment none, Moment *moment)
{
    static const int64_t most = INT64_MAX / 8;
    *moment = none;
    return json_is_null(value) || read_integer(value, -most, most, moment);
}

static bool read_bits(const json_t *value, uint64_t *bits)
{
    *bits = 0;
    for (size_t i = 0; i < json_array_size(value); i++) {
        int64_t bit;
        if (!read_integer(json_array_get(value, i), 0, 63, &bit))
            return false;
        *bits |= UINT64_C(1) << bit;
    }
    return json_is_array(value);
}

static bool read_days(const json_t *value, DutyPair *pair)
{
    for (size_t i = 0; i < json_array_size(value); i++) {
        const json_t *item = json_array_get(value, i);
        int64_t days, count;
        if (json_array_size(item) != 2 ||
            !read_integer(json_array_get(item, 0), 0, INT32_MAX, &days) ||
            !read_integer(json_array_get(item, 1), 1, MOST_COUNTED, &count))
            return false;
        pair_add_days(pair, (int32_t)days, (uint64_t)count);
    }
    return json_is_array(value);
}

static bool read_number(const Field *field, const json_t *value, void *at)
{
    int64_t number;
    if (field->kind == FIELD_INT && read_integer(value, INT32_MIN, INT32_MAX, &number))
        *(int32_t *)at = (int32_t)number;
    else if (field->kind == FIELD_INDEX && read_integer(value, 0, UINT32_MAX - 1, &number))
        *(uint32_t *)at = (uint32_t)number;
    else if (field->kind == FIELD_COUNT && read_integer(value, 0, MOST_COUNTED, &number))
        *(uint64_t *)at = (uint64_t)number;
    else
        return false;
    return true;
}

/* `item` is the DutyPair where there are days. */
static bool read_value(Arena *arena, const Field *field, const json_t *value, void *item)
{
    void *at = (char *)item + field->offset;
    switch (field->kind) {
    case FIELD_TEXT:
        return read_text(arena, value, at);
    case FIELD_BOOL:
        *(bool *)at = json_is_true(value);
        return json_is_boolean(value);
    case FIELD_CHOICE:
        return read_choice(field, value, at);
    case FIELD_COUNTS:
        return read_counts(field, value, at);
    case FIELD_MOMENT:
        return read_moment(value, MOMENT_NONE, at);
    case FIELD_DUE:
        return read_moment(value, MOMENT_NEVER, at);
    case FIELD_BITS:
        return read_bits(value, at);
    case FIELD_DAYS:
        return read_days(value, item);
    case FIELD_INT:
    case FIELD_INDEX:
    case FIELD_COUNT:
        return read_number(field, value, at);
    }
    return false;
}

static bool read_fields(Reading *r, const Field *fields, const json_t *object, void *item)
{
    for (; fields->name; fields++) {
        const json_t *value = json_object_get(object, fields->name);
        if (!value)
            return wrong(r, fields->name, "is missing");
        if (!read_value(&r->comparison->arena, fields, value, item))
            return wrong(r, fields->name, "is not what it should be");
    }
    return true;
}

/* ---- lists ------------------------------------------------------------------------- */

static bool read_list(Reading *r, const FieldList *list, const json_t *array)
{
    char *comparison = (char *)r->comparison;
    void **items = (void **)(comparison + list->items);
    uint32_t *count = (uint32_t *)(comparison + list->count);
    size_t *capacity = (size_t *)(comparison + list->capacity);
    if (!json_is_array(array) || json_array_size(array) > UINT32_MAX / 2)
        return wrong(r, list->name, "is missing, or is no list");
    if (json_array_size(array) > 0) {
        *items = mem_grow(*items, capacity, json_array_size(array), list->size);
        memset(*items, 0, json_array_size(array) * list->size);
    }
    r->list = list->name;
    for (r->index = 0; r->index < json_array_size(array); r->index++) {
        void *item = (char *)*items + r->index * list->size;
        (*count)++; /* before it is filled: what it owns is then freed with the rest */
        if (!read_fields(r, list->fields, json_array_get(array, r->index), item))
            return false;
    }
    r->list = NULL;
    return true;
}

/* Numbers of the programs, which nobody has here. */
static void forget_programs(Comparison *c)
{
    for (uint32_t i = 0; i < c->pair_count; i++)
        c->pairs[i].work_a = c->pairs[i].work_b = NO_INDEX;
    for (uint32_t i = 0; i < c->role_count; i++)
        c->roles[i].role_a = c->roles[i].role_b = NO_INDEX;
    for (uint32_t i = 0; i < c->reach_count; i++)
        c->reaches[i].thing = NO_INDEX;
}

static bool changes_have_blocks(Reading *r)
{
    for (uint32_t i = 0; i < r->comparison->change_count; i++)
        if (r->comparison->changes[i].block >= r->comparison->block_count)
            return wrong(r, "changes", "name a declaration that is not listed");
    return true;
}

static bool is_version(const Reading *r, const json_t *root)
{
    static const char stem[] = "casewright/comparison/";
    const char *schema = json_string_value(json_object_get(root, "schema"));
    if (!schema || strncmp(schema, stem, strlen(stem)) != 0)
        return error_kind(r->err, ERROR_INPUT,
                          "not a comparison: its member 'schema' does not say that it is one");
    return strcmp(schema, COMPARE_SCHEMA) == 0 ||
           error_kind(r->err, ERROR_VERSION,
                      "'%s' was written by a newer casewright; this one reads '%s'", schema,
                      COMPARE_SCHEMA);
}

static bool read_whole(Reading *r, const json_t *root)
{
    Comparison *c = r->comparison;
    if (!is_version(r, root) ||
        !read_fields(r, head_fields, json_object_get(root, "a"), &c->a) ||
        !read_fields(r, head_fields, json_object_get(root, "b"), &c->b) ||
        !read_fields(r, total_fields, root, c))
        return false;
    for (const FieldList *list = field_lists; list->name; list++)
        if (!read_list(r, list, json_object_get(root, list->name)))
            return false;
    forget_programs(c);
    return changes_have_blocks(r);
}

/* The member "replay" is a result, read as any other. */
static bool read_first(const json_t *root, Result *first, Error *err)
{
    char *text = json_dumps(json_object_get(root, "replay"), JSON_COMPACT);
    if (!text)
        return error_kind(err, ERROR_INPUT, "not a whole comparison: 'replay' is missing");
    bool good = result_parse(first, text, strlen(text), err);
    free(text);
    return good;
}

bool comparison_parse(Comparison *comparison, Result *first, const char *text, size_t length,
                      Error *err)
{
    json_error_t trouble;
    if (length > LIMIT_RESULT_BYTES)
        return error_kind(err, ERROR_LIMIT, "a comparison of more than %u bytes is not read",
                          LIMIT_RESULT_BYTES);
    json_t *root = json_loadb(text, length, JSON_REJECT_DUPLICATES, &trouble);
    if (!root)
        return error_kind(err, ERROR_INPUT, "line %d: %s", trouble.line, trouble.text);
    Reading reading = {.comparison = comparison, .err = err};
    bool good = read_whole(&reading, root) && (!first || read_first(root, first, err));
    json_decref(root);
    return good;
}
