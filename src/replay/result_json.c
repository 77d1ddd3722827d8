/* A result written as JSON, so that it can be kept, read by others and added up. */
#include <string.h>

#include "replay/result_fields.h"

typedef void (*Write)(Json *json, const Field *field, const void *at);

static void write_count(Json *json, const Field *field, const void *at)
{
    json_number(json, field->key, (int64_t) * (const uint64_t *)at);
}

static void write_number(Json *json, const Field *field, const void *at)
{
    json_number(json, field->key, *(const uint32_t *)at);
}

static void write_days(Json *json, const Field *field, const void *at)
{
    json_number(json, field->key, *(const int32_t *)at);
}

static void write_bool(Json *json, const Field *field, const void *at)
{
    json_bool(json, field->key, *(const bool *)at);
}

static void write_text(Json *json, const Field *field, const void *at)
{
    const char *text;
    memcpy(&text, at, sizeof text);
    json_text(json, field->key, text);
}

static void write_digest(Json *json, const Field *field, const void *at)
{
    json_text(json, field->key, at);
}

static void write_date(Json *json, const Field *field, const void *at)
{
    char text[DAY_TEXT_MAX];
    day_format(*(const Day *)at, text);
    json_text(json, field->key, text);
}

static void write_outcome(Json *json, const Field *field, const void *at)
{
    json_text(json, field->key, outcome_keys[*(const CaseOutcome *)at]);
}

static void write_moment(Json *json, const Field *field, const void *at)
{
    Moment moment = *(const Moment *)at;
    if (moment == MOMENT_NONE)
        json_none(json, field->key);
    else
        json_number(json, field->key, moment);
}

static void write_day_counts(Json *json, const Field *field, const void *at)
{
    const DayCounts *counts = at;
    json_array_begin(json, field->key);
    for (uint32_t i = 0; i < counts->count; i++) {
        json_object_begin(json, NULL);
        json_number(json, "days", counts->items[i].days);
        json_number(json, "count", (int64_t)counts->items[i].count);
        json_object_end(json);
    }
    json_array_end(json);
}

static void write_period(Json *json, const PeriodKeys *keys, int32_t period)
{
    char text[DAY_TEXT_MAX];
    if (keys->is_week)
        day_format(period, text);
    else
        snprintf(text, sizeof text, "%04d-%02d", period / 12, period % 12 + 1);
    json_text(json, keys->period, text);
}

static void write_periods(Json *json, const Field *field, const void *at)
{
    const PeriodCounts *counts = at;
    const PeriodKeys *keys = &period_keys[field->kind];
    json_array_begin(json, field->key);
    for (uint32_t i = 0; i < counts->count; i++) {
        const PeriodCount *one = &counts->items[i];
        const uint64_t numbers[] = {one->first, one->second, one->third};
        json_object_begin(json, NULL);
        write_period(json, keys, one->period);
        for (int k = 0; k < 3 && keys->numbers[k]; k++)
            json_number(json, keys->numbers[k], (int64_t)numbers[k]);
        json_object_end(json);
    }
    json_array_end(json);
}

static void write_weekdays(Json *json, const Field *field, const void *at)
{
    const uint64_t *weekdays = at;
    json_array_begin(json, field->key);
    for (int i = 0; i < 7; i++)
        json_number(json, NULL, (int64_t)weekdays[i]);
    json_array_end(json);
}

static void write_examples(Json *json, const Field *field, const void *at)
{
    const Examples *examples = at;
    json_array_begin(json, field->key);
    for (uint32_t i = 0; i < examples->count; i++)
        json_text(json, NULL, examples->ids[i]);
    json_array_end(json);
}

static void write_people(Json *json, const Field *field, const void *at)
{
    const RoleSum *role = at;
    json_array_begin(json, field->key);
    for (uint32_t i = 0; i < role->person_count; i++)
        json_text(json, NULL, role->people[i]);
    json_array_end(json);
}

static const Write writers[FIELD_KINDS] = {
    [FIELD_COUNT] = write_count,         [FIELD_MOST] = write_count,
    [FIELD_NUMBER] = write_number,       [FIELD_LINE] = write_count,
    [FIELD_DAYS] = write_days,           [FIELD_BOOL] = write_bool,
    [FIELD_EITHER] = write_bool,         [FIELD_TEXT] = write_text,
    [FIELD_OPTIONAL] = write_text,       [FIELD_DIGEST] = write_digest,
    [FIELD_DATE] = write_date,           [FIELD_OUTCOME] = write_outcome,
    [FIELD_MOMENT] = write_moment,       [FIELD_FIRST] = write_moment,
    [FIELD_LAST] = write_moment,         [FIELD_DAY_COUNTS] = write_day_counts,
    [FIELD_DUTY_MONTHS] = write_periods, [FIELD_CASE_MONTHS] = write_periods,
    [FIELD_WEEKS] = write_periods,       [FIELD_WEEKDAYS] = write_weekdays,
    [FIELD_EXAMPLES] = write_examples,   [FIELD_PEOPLE] = write_people,
};

static void write_fields(Json *json, const Field *fields, const void *item)
{
    for (const Field *field = fields; field->key; field++)
        writers[field->kind](json, field, (const char *)item + field->offset);
}

static void write_list(Json *json, Result *result, ListKind kind)
{
    List list = result_list(result, kind);
    const char *first;
    memcpy(&first, list.items, sizeof first);
    json_array_begin(json, result_list_keys[kind]);
    for (uint32_t i = 0; i < *list.count; i++) {
        json_object_begin(json, NULL);
        write_fields(json, result_list_fields[kind], first + i * list.size);
        json_object_end(json);
    }
    json_array_end(json);
}

static void write_notes(Json *json, const Result *result)
{
    json_object_begin(json, "set_aside");
    for (int i = 0; i < SET_ASIDE_COUNT; i++)
        json_number(json, set_aside_keys[i], (int64_t)result->set_aside[i]);
    json_object_end(json);
    json_object_begin(json, "notes");
    write_fields(json, result_note_fields, &result->notes);
    json_array_begin(json, "offsets");
    for (uint32_t i = 0; i < result->notes.offset_count; i++)
        json_number(json, NULL, result->notes.offsets[i]);
    json_array_end(json);
    json_object_end(json);
}

void result_json(const Result *result, Json *json)
{
    result_json_under(result, json, NULL);
}

void result_json_under(const Result *result, Json *json, const char *key)
{
    json_object_begin(json, key);
    json_text(json, "schema", RESULT_SCHEMA);
    json_object_begin(json, "run");
    write_fields(json, result_head_fields, &result->head);
    json_object_end(json);
    write_fields(json, result_count_fields, result);
    json_object_begin(json, "outcomes");
    for (int i = 0; i < CASE_OUTCOMES; i++)
        json_number(json, outcome_keys[i], (int64_t)result->outcomes[i]);
    json_object_end(json);
    write_notes(json, result);
    for (int kind = 0; kind < LISTS; kind++)
        write_list(json, (Result *)result, (ListKind)kind); /* only looked at */
    json_object_end(json);
}
