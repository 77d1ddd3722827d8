/* A result read back from JSON. Everything is looked at before it is believed: types,
 * ranges, sizes; the first fault is named with its place ("duties[3].late"). */
/* Its json_none is never called, and ours writes. */
#define json_none jansson_null
#include <jansson.h>
#undef json_none
#include <string.h>

#include "base/limits.h"
#include "replay/result_fields.h"

typedef struct Reading {
    Result *result;
    const char *list; /* key of the list in hand; "" outside lists */
    size_t place;     /* in it */
    Error *err;
} Reading;

static bool wrong(const Reading *r, const char *key, const char *expected)
{
    if (*r->list)
        return error_set(r->err, "this is no result of a replay: %s[%zu].%s is not %s", r->list,
                         r->place, key, expected);
    return error_set(r->err, "this is no result of a replay: '%s' is not %s", key, expected);
}

/* ---- plain values ----------------------------------------------------------------- */

static bool read_integer(const Reading *r, const char *key, const json_t *value, int64_t least,
                         int64_t most, int64_t *out)
{
    *out = json_integer_value(value);
    return (json_is_integer(value) && *out >= least && *out <= most) ||
           wrong(r, key, "a number that can be");
}

typedef bool (*Read)(Reading *r, const Field *field, const json_t *value, void *at);

static bool read_count(Reading *r, const Field *field, const json_t *value, void *at)
{
    int64_t number;
    if (!read_integer(r, field->key, value, 0, RESULT_COUNT_MOST, &number))
        return false;
    *(uint64_t *)at = (uint64_t)number;
    return true;
}

static bool read_number(Reading *r, const Field *field, const json_t *value, void *at)
{
    int64_t number;
    if (!read_integer(r, field->key, value, 0, UINT32_MAX, &number))
        return false;
    *(uint32_t *)at = (uint32_t)number;
    return true;
}

static bool read_days(Reading *r, const Field *field, const json_t *value, void *at)
{
    int64_t number;
    if (!read_integer(r, field->key, value, 0, INT32_MAX, &number))
        return false;
    *(int32_t *)at = (int32_t)number;
    return true;
}

static bool read_bool(Reading *r, const Field *field, const json_t *value, void *at)
{
    *(bool *)at = json_is_true(value);
    return json_is_boolean(value) || wrong(r, field->key, "true or false");
}

static bool read_text(Reading *r, const Field *field, const json_t *value, void *at)
{
    if (!json_is_string(value))
        return wrong(r, field->key, "a text");
    const char *text =
        arena_strndup(&r->result->arena, json_string_value(value), json_string_length(value));
    memcpy(at, &text, sizeof text);
    return true;
}

static bool read_optional(Reading *r, const Field *field, const json_t *value, void *at)
{
    return json_is_null(value) || read_text(r, field, value, at);
}

static bool read_digest(Reading *r, const Field *field, const json_t *value, void *at)
{
    const char *text = json_string_value(value);
    if (!text || strlen(text) != 64 || strspn(text, "0123456789abcdef") != 64)
        return wrong(r, field->key, "a SHA-256");
    memcpy(at, text, 65);
    return true;
}

static bool read_date(Reading *r, const Field *field, const json_t *value, void *at)
{
    const char *text = json_string_value(value);
    return (text && day_parse(text, at)) || wrong(r, field->key, "a date such as 2021-03-31");
}

static bool read_outcome(Reading *r, const Field *field, const json_t *value, void *at)
{
    const char *text = json_string_value(value);
    for (int i = 0; text && i < CASE_OUTCOMES; i++) {
        if (strcmp(text, outcome_keys[i]) != 0)
            continue;
        *(CaseOutcome *)at = (CaseOutcome)i;
        return true;
    }
    return wrong(r, field->key, "an outcome");
}

static bool read_moment(Reading *r, const Field *field, const json_t *value, void *at)
{
    static const Instant most = (Instant)200000 * 366 * 24 * 3600 * 1000;
    int64_t moment = MOMENT_NONE;
    if (!json_is_null(value) &&
        !read_integer(r, field->key, value, moment_at(-most, RANK_DATE_ONLY),
                      moment_at(most, RANK_DATE_ONLY), &moment))
        return false;
    *(Moment *)at = moment;
    return true;
}

/* ---- lists of numbers --------------------------------------------------------------- */

static bool read_day_counts(Reading *r, const Field *field, const json_t *value, void *at)
{
    const json_t *one;
    size_t i;
    if (!json_is_array(value))
        return wrong(r, field->key, "a list");
    json_array_foreach(value, i, one)
    {
        int64_t days, count;
        if (!read_integer(r, field->key, json_object_get(one, "days"), 0, INT32_MAX, &days) ||
            !read_integer(r, field->key, json_object_get(one, "count"), 0, RESULT_COUNT_MOST,
                          &count))
            return false;
        day_counts_add(at, (int32_t)days, (uint64_t)count);
    }
    return true;
}

/* "2021-03", or for weeks "2021-03-29". */
static bool read_period(const PeriodKeys *keys, const char *text, int32_t *period)
{
    char date[DAY_TEXT_MAX];
    Day day;
    if (!text || strlen(text) != (keys->is_week ? 10 : 7))
        return false;
    snprintf(date, sizeof date, "%s%s", text, keys->is_week ? "" : "-01");
    if (!day_parse(date, &day))
        return false;
    Civil civil = day_to_civil(day);
    *period = keys->is_week ? day : civil.year * 12 + civil.month - 1;
    return true;
}

static bool read_periods(Reading *r, const Field *field, const json_t *value, void *at)
{
    const PeriodKeys *keys = &period_keys[field->kind];
    const json_t *one;
    size_t i;
    if (!json_is_array(value))
        return wrong(r, field->key, "a list");
    json_array_foreach(value, i, one)
    {
        int64_t numbers[3] = {0};
        int32_t period;
        if (!read_period(keys, json_string_value(json_object_get(one, keys->period)), &period))
            return wrong(r, field->key, "a list of months or weeks");
        for (int k = 0; k < 3 && keys->numbers[k]; k++)
            if (!read_integer(r, field->key, json_object_get(one, keys->numbers[k]), 0,
                              RESULT_COUNT_MOST, &numbers[k]))
                return false;
        PeriodCount *sum = period_counts_at(at, period);
        sum->first += (uint64_t)numbers[0];
        sum->second += (uint64_t)numbers[1];
        sum->third += (uint64_t)numbers[2];
    }
    return true;
}

static bool read_weekdays(Reading *r, const Field *field, const json_t *value, void *at)
{
    uint64_t *weekdays = at;
    if (json_array_size(value) != 7)
        return wrong(r, field->key, "seven numbers");
    for (size_t i = 0; i < 7; i++)
        if (!read_count(r, field, json_array_get(value, i), &weekdays[i]))
            return false;
    return true;
}

/* ---- lists of texts ------------------------------------------------------------------- */

static bool is_text_list(const json_t *value)
{
    const json_t *one;
    size_t i;
    if (!json_is_array(value))
        return false;
    json_array_foreach(value, i, one)
    {
        if (!json_is_string(one))
            return false;
    }
    return true;
}

static bool read_examples(Reading *r, const Field *field, const json_t *value, void *at)
{
    if (!is_text_list(value))
        return wrong(r, field->key, "a list of texts");
    for (size_t i = 0; i < json_array_size(value); i++)
        examples_add(at, json_string_value(json_array_get(value, i)), &r->result->arena);
    return true;
}

static bool read_people(Reading *r, const Field *field, const json_t *value, void *at)
{
    if (!is_text_list(value))
        return wrong(r, field->key, "a list of texts");
    for (size_t i = 0; i < json_array_size(value); i++)
        role_add_person(at, json_string_value(json_array_get(value, i)), &r->result->arena);
    return true;
}

static const Read readers[FIELD_KINDS] = {
    [FIELD_COUNT] = read_count,         [FIELD_MOST] = read_count,
    [FIELD_NUMBER] = read_number,       [FIELD_LINE] = read_count,
    [FIELD_DAYS] = read_days,           [FIELD_BOOL] = read_bool,
    [FIELD_EITHER] = read_bool,         [FIELD_TEXT] = read_text,
    [FIELD_OPTIONAL] = read_optional,   [FIELD_DIGEST] = read_digest,
    [FIELD_DATE] = read_date,           [FIELD_OUTCOME] = read_outcome,
    [FIELD_MOMENT] = read_moment,       [FIELD_FIRST] = read_moment,
    [FIELD_LAST] = read_moment,         [FIELD_DAY_COUNTS] = read_day_counts,
    [FIELD_DUTY_MONTHS] = read_periods, [FIELD_CASE_MONTHS] = read_periods,
    [FIELD_WEEKS] = read_periods,       [FIELD_WEEKDAYS] = read_weekdays,
    [FIELD_EXAMPLES] = read_examples,   [FIELD_PEOPLE] = read_people,
};

/* ---- the whole ----------------------------------------------------------------------------
 */

static bool read_fields(Reading *r, const Field *fields, const json_t *from, void *item)
{
    if (!json_is_object(from))
        return wrong(r, "run", "an object");
    for (const Field *field = fields; field->key; field++) {
        const json_t *value = json_object_get(from, field->key);
        if (!value)
            return wrong(r, field->key, "there");
        if (!readers[field->kind](r, field, value, (char *)item + field->offset))
            return false;
    }
    return true;
}

/* An item is in its list before it is read, so that what it owns is freed in any case. */
static bool read_list(Reading *r, const json_t *root, ListKind kind)
{
    union {
        DutySum duty;
        FindingSum finding;
        RoleSum role;
        CaseSum one;
        ResultFile file;
        TravelSum travel;
        ActivitySum activity;
        RoleNameSum role_name;
        AcceptedSum accepted;
    } blank;
    const json_t *from = json_object_get(root, result_list_keys[kind]), *one;
    List list = result_list(r->result, kind);
    size_t i;
    if (!json_is_array(from))
        return wrong(r, result_list_keys[kind], "a list");
    memset(&blank, 0, sizeof blank);
    r->list = result_list_keys[kind];
    json_array_foreach(from, i, one)
    {
        r->place = i;
        if (!read_fields(r, result_list_fields[kind], one, list_add(&list, &blank)))
            return false;
    }
    r->list = "";
    list_sort(&list);
    return true;
}

static bool read_numbers(Reading *r, const json_t *from, const char *const *keys, int count,
                         uint64_t *numbers)
{
    for (int i = 0; i < count; i++) {
        const Field field = {.key = keys[i], .kind = FIELD_COUNT};
        if (!read_count(r, &field, json_object_get(from, keys[i]), &numbers[i]))
            return false;
    }
    return true;
}

static bool read_offsets(Reading *r, const json_t *from, LogNotes *notes)
{
    const size_t most = sizeof notes->offsets / sizeof *notes->offsets;
    if (!json_is_array(from) || json_array_size(from) > most)
        return wrong(r, "offsets", "a list of some minutes");
    for (size_t i = 0; i < json_array_size(from); i++) {
        int64_t minutes;
        if (!read_integer(r, "offsets", json_array_get(from, i), -1440, 1440, &minutes))
            return false;
        notes->offsets[notes->offset_count++] = (int16_t)minutes;
    }
    return true;
}

static bool check_schema(const Reading *r, const json_t *root)
{
    static const char family[] = "casewright/replay/";
    const char *schema = json_string_value(json_object_get(root, "schema"));
    if (schema && strcmp(schema, RESULT_SCHEMA) == 0)
        return true;
    if (schema && strncmp(schema, family, sizeof family - 1) == 0)
        return error_kind(r->err, ERROR_VERSION,
                          "this result is of the form '%.60s'; this program knows '%s'", schema,
                          RESULT_SCHEMA);
    return error_set(r->err, "this is no result of a replay: make one with 'casewright replay "
                             "FLOW LOG --json'");
}

static bool read_root(Reading *r, const json_t *root)
{
    Result *result = r->result;
    const json_t *notes = json_object_get(root, "notes");
    if (!check_schema(r, root) ||
        !read_fields(r, result_head_fields, json_object_get(root, "run"), &result->head) ||
        !read_fields(r, result_count_fields, root, result) ||
        !read_numbers(r, json_object_get(root, "outcomes"), outcome_keys, CASE_OUTCOMES,
                      result->outcomes) ||
        !read_numbers(r, json_object_get(root, "set_aside"), set_aside_keys, SET_ASIDE_COUNT,
                      result->set_aside) ||
        !read_fields(r, result_note_fields, notes, &result->notes) ||
        !read_offsets(r, json_object_get(notes, "offsets"), &result->notes))
        return false;
    for (int kind = 0; kind < LISTS; kind++)
        if (!read_list(r, root, (ListKind)kind))
            return false;
    return true;
}

bool result_parse(Result *result, const char *text, size_t length, Error *err)
{
    *result = (Result){.first = MOMENT_NONE, .last = MOMENT_NONE};
    Reading reading = {.result = result, .list = "", .err = err};
    json_error_t where;
    if (length > LIMIT_RESULT_BYTES)
        return error_kind(err, ERROR_LIMIT, "a result has at most %u bytes",
                          LIMIT_RESULT_BYTES);
    json_t *root = json_loadb(text, length, JSON_REJECT_DUPLICATES, &where);
    if (!root)
        return error_set(err, "this is not JSON: line %d: %s", where.line, where.text);
    bool done = read_root(&reading, root);
    json_decref(root);
    return done;
}
