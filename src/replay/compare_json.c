#include "replay/compare_fields.h"

#define AT(Type, member) offsetof(Type, member)

static const char *const outcomes[CASE_OUTCOMES] = {"follows", "late-only", "breaks",
                                                    "cannot-be-judged"};
static const char *const standings[] = {"alone", "together", "none"};
static const char *const reach_kinds[] = {"state", "event", "duty"};

/* ---- the tables -------------------------------------------------------------------- */

const Field head_fields[] = {
    {"flow", FIELD_TEXT, AT(ResultHead, flow), 0, NULL},
    {"label", FIELD_TEXT, AT(ResultHead, label), 0, NULL},
    {"version", FIELD_TEXT, AT(ResultHead, version), 0, NULL},
    {"hash", FIELD_TEXT, AT(ResultHead, hash), 0, NULL},
    {"calendar", FIELD_TEXT, AT(ResultHead, calendar), 0, NULL},
    {"covers", FIELD_TEXT, AT(ResultHead, covers), 0, NULL},
    {"zone", FIELD_TEXT, AT(ResultHead, zone), 0, NULL},
    {"mode", FIELD_TEXT, AT(ResultHead, mode), 0, NULL},
    {"mapping", FIELD_TEXT, AT(ResultHead, mapping), 0, NULL},
    {"accepted", FIELD_TEXT, AT(ResultHead, accepted), 0, NULL},
    {"not_held", FIELD_TEXT, AT(ResultHead, not_held), 0, NULL},
    {"as_of", FIELD_MOMENT, AT(ResultHead, as_of), 0, NULL},
    {"as_of_is_last", FIELD_BOOL, AT(ResultHead, as_of_is_last), 0, NULL},
    {"has_roles", FIELD_BOOL, AT(ResultHead, has_roles), 0, NULL},
    {"has_people", FIELD_BOOL, AT(ResultHead, has_people), 0, NULL},
    {0},
};

const Field total_fields[] = {
    {"cases", FIELD_COUNT, AT(Comparison, total), 0, NULL},
    {"outcomes", FIELD_COUNTS, AT(Comparison, outcomes), CASE_OUTCOMES *CASE_OUTCOMES, NULL},
    {"flipped", FIELD_COUNT, AT(Comparison, flipped), 0, NULL},
    {"flips_together", FIELD_COUNT, AT(Comparison, flips_together), 0, NULL},
    {"newly_late", FIELD_COUNT, AT(Comparison, newly_late), 0, NULL},
    {"newly_in_time", FIELD_COUNT, AT(Comparison, newly_in_time), 0, NULL},
    {0},
};

static const Field change_fields[] = {
    {"sentence", FIELD_TEXT, AT(ChangeSum, sentence), 0, NULL},
    {"place_a", FIELD_TEXT, AT(ChangeSum, place_a), 0, NULL},
    {"place_b", FIELD_TEXT, AT(ChangeSum, place_b), 0, NULL},
    {"declaration", FIELD_INDEX, AT(ChangeSum, block), 0, NULL},
    {0},
};

static const Field block_fields[] = {
    {"name", FIELD_TEXT, AT(BlockSum, name), 0, NULL},
    {"tried", FIELD_CHOICE, AT(BlockSum, standing), 3, standings},
    {"flips", FIELD_COUNT, AT(BlockSum, flips), 0, NULL},
    {"newly_late", FIELD_COUNT, AT(BlockSum, newly_late), 0, NULL},
    {"newly_in_time", FIELD_COUNT, AT(BlockSum, newly_in_time), 0, NULL},
    {0},
};

static const Field case_fields[] = {
    {"case", FIELD_TEXT, AT(FlippedCase, id), 0, NULL},
    {"a", FIELD_CHOICE, AT(FlippedCase, a.outcome), CASE_OUTCOMES, outcomes},
    {"sentence_a", FIELD_TEXT, AT(FlippedCase, a.sentence), 0, NULL},
    {"place_a", FIELD_TEXT, AT(FlippedCase, a.place), 0, NULL},
    {"b", FIELD_CHOICE, AT(FlippedCase, b.outcome), CASE_OUTCOMES, outcomes},
    {"sentence_b", FIELD_TEXT, AT(FlippedCase, b.sentence), 0, NULL},
    {"place_b", FIELD_TEXT, AT(FlippedCase, b.place), 0, NULL},
    {"causes", FIELD_BITS, AT(FlippedCase, causes), 0, NULL},
    {0},
};

static const Field duty_fields[] = {
    {"case", FIELD_TEXT, AT(FlippedDuty, id), 0, NULL},
    {"work", FIELD_TEXT, AT(FlippedDuty, work), 0, NULL},
    {"occurrence", FIELD_INDEX, AT(FlippedDuty, occurrence), 0, NULL},
    {"newly_late", FIELD_BOOL, AT(FlippedDuty, newly_late), 0, NULL},
    {"same_start", FIELD_BOOL, AT(FlippedDuty, same_start), 0, NULL},
    {"started", FIELD_MOMENT, AT(FlippedDuty, started), 0, NULL},
    {"due_a", FIELD_DUE, AT(FlippedDuty, due_a), 0, NULL},
    {"due_b", FIELD_DUE, AT(FlippedDuty, due_b), 0, NULL},
    {"done", FIELD_MOMENT, AT(FlippedDuty, done), 0, NULL},
    {"days", FIELD_INT, AT(FlippedDuty, days), 0, NULL},
    {"causes", FIELD_BITS, AT(FlippedDuty, causes), 0, NULL},
    {0},
};

static const Field pair_fields[] = {
    {"name", FIELD_TEXT, AT(DutyPair, name), 0, NULL},
    {"label", FIELD_TEXT, AT(DutyPair, label), 0, NULL},
    {"limit_a", FIELD_TEXT, AT(DutyPair, limit_a), 0, NULL},
    {"limit_b", FIELD_TEXT, AT(DutyPair, limit_b), 0, NULL},
    {"place_a", FIELD_TEXT, AT(DutyPair, place_a), 0, NULL},
    {"place_b", FIELD_TEXT, AT(DutyPair, place_b), 0, NULL},
    {"both", FIELD_COUNTS, AT(DutyPair, both), DUTY_STANDINGS *DUTY_STANDINGS, NULL},
    {"only_a", FIELD_COUNTS, AT(DutyPair, only_a), DUTY_STANDINGS, NULL},
    {"only_b", FIELD_COUNTS, AT(DutyPair, only_b), DUTY_STANDINGS, NULL},
    {"other_start", FIELD_COUNT, AT(DutyPair, other_start), 0, NULL},
    {"days", FIELD_DAYS, AT(DutyPair, days), 0, NULL},
    {"limit_days_a", FIELD_INT, AT(DutyPair, limit_days_a), 0, NULL},
    {"limit_days_b", FIELD_INT, AT(DutyPair, limit_days_b), 0, NULL},
    {"in_working_days", FIELD_BOOL, AT(DutyPair, in_working_days), 0, NULL},
    {0},
};

static const Field role_fields[] = {
    {"name", FIELD_TEXT, AT(RolePair, name), 0, NULL},
    {"label", FIELD_TEXT, AT(RolePair, label), 0, NULL},
    {"work_a", FIELD_COUNT, AT(RolePair, work_a), 0, NULL},
    {"work_b", FIELD_COUNT, AT(RolePair, work_b), 0, NULL},
    {"added", FIELD_COUNT, AT(RolePair, added), 0, NULL},
    {"removed", FIELD_COUNT, AT(RolePair, removed), 0, NULL},
    {"duties_added", FIELD_COUNT, AT(RolePair, duties_added), 0, NULL},
    {"duties_removed", FIELD_COUNT, AT(RolePair, duties_removed), 0, NULL},
    {0},
};

static const Field reach_fields[] = {
    {"kind", FIELD_CHOICE, AT(Reach, kind), 3, reach_kinds},
    {"name", FIELD_TEXT, AT(Reach, name), 0, NULL},
    {"label", FIELD_TEXT, AT(Reach, label), 0, NULL},
    {"place", FIELD_TEXT, AT(Reach, place), 0, NULL},
    {"is_new", FIELD_BOOL, AT(Reach, is_new), 0, NULL},
    {"reached", FIELD_COUNT, AT(Reach, reached), 0, NULL},
    {"could", FIELD_COUNT, AT(Reach, could), 0, NULL},
    {0},
};

#define LIST(name, fields, items, count, capacity, Type)                                       \
    {                                                                                          \
        name, fields, AT(Comparison, items), AT(Comparison, count), AT(Comparison, capacity),  \
            sizeof(Type)                                                                       \
    }
const FieldList field_lists[] = {
    LIST("changes", change_fields, changes, change_count, change_capacity, ChangeSum),
    LIST("declarations", block_fields, blocks, block_count, block_capacity, BlockSum),
    LIST("flipped_cases", case_fields, cases, case_count, case_capacity, FlippedCase),
    LIST("flipped_duties", duty_fields, duties, duty_count, duty_capacity, FlippedDuty),
    LIST("duties", pair_fields, pairs, pair_count, pair_capacity, DutyPair),
    LIST("roles", role_fields, roles, role_count, role_capacity, RolePair),
    LIST("reach", reach_fields, reaches, reach_count, reach_capacity, Reach),
    {0},
};

/* ---- writing ----------------------------------------------------------------------- */

static void write_moment(Json *json, const char *name, Moment moment)
{
    if (moment == MOMENT_NONE || moment == MOMENT_NEVER) {
        json_none(json, name);
        return;
    }
    json_number(json, name, moment);
}

static void write_bits(Json *json, const char *name, uint64_t bits)
{
    json_array_begin(json, name);
    for (int i = 0; i < 64; i++)
        if (bits >> i & 1)
            json_number(json, NULL, i);
    json_array_end(json);
}

static void write_counts(Json *json, const char *name, const uint64_t *counts, uint32_t count)
{
    json_array_begin(json, name);
    for (uint32_t i = 0; i < count; i++)
        json_number(json, NULL, (int64_t)counts[i]);
    json_array_end(json);
}

static void write_days(Json *json, const char *name, const DayCounts *days)
{
    json_array_begin(json, name);
    for (uint32_t i = 0; i < days->count; i++) {
        json_array_begin(json, NULL);
        json_number(json, NULL, days->items[i].days);
        json_number(json, NULL, (int64_t)days->items[i].count);
        json_array_end(json);
    }
    json_array_end(json);
}

/* Over 40 lines: one switch over all kinds. */
static void write_field(Json *json, const Field *field, const void *item)
{
    const void *at = (const char *)item + field->offset;
    switch (field->kind) {
    case FIELD_TEXT:
        json_text(json, field->name, *(const char *const *)at);
        break;
    case FIELD_BOOL:
        json_bool(json, field->name, *(const bool *)at);
        break;
    case FIELD_CHOICE:
        json_text(json, field->name, field->choices[*(const unsigned *)at]);
        break;
    case FIELD_INT:
        json_number(json, field->name, *(const int32_t *)at);
        break;
    case FIELD_INDEX:
        json_number(json, field->name, *(const uint32_t *)at);
        break;
    case FIELD_COUNT:
        json_number(json, field->name, (int64_t) * (const uint64_t *)at);
        break;
    case FIELD_COUNTS:
        write_counts(json, field->name, at, field->count);
        break;
    case FIELD_MOMENT:
    case FIELD_DUE:
        write_moment(json, field->name, *(const Moment *)at);
        break;
    case FIELD_BITS:
        write_bits(json, field->name, *(const uint64_t *)at);
        break;
    case FIELD_DAYS:
        write_days(json, field->name, at);
        break;
    }
}

static void write_fields(Json *json, const Field *fields, const void *item)
{
    for (; fields->name; fields++)
        write_field(json, fields, item);
}

static void write_head(Json *json, const char *name, const ResultHead *head)
{
    json_object_begin(json, name);
    write_fields(json, head_fields, head);
    json_object_end(json);
}

static void write_list(Json *json, const FieldList *list, const Comparison *comparison)
{
    const char *items = *(const char *const *)((const char *)comparison + list->items);
    uint32_t count = *(const uint32_t *)((const char *)comparison + list->count);
    json_array_begin(json, list->name);
    for (uint32_t i = 0; i < count; i++) {
        json_object_begin(json, NULL);
        write_fields(json, list->fields, items + i * list->size);
        json_object_end(json);
    }
    json_array_end(json);
}

void comparison_json(const Comparison *comparison, const Result *first, Json *json)
{
    json_object_begin(json, NULL);
    json_text(json, "schema", COMPARE_SCHEMA);
    json_text(json, "caution", COMPARE_CAUTION);
    write_head(json, "a", &comparison->a);
    write_head(json, "b", &comparison->b);
    write_fields(json, total_fields, comparison);
    for (const FieldList *list = field_lists; list->name; list++)
        write_list(json, list, comparison);
    if (first)
        result_json_under(first, json, "replay");
    json_object_end(json);
}
