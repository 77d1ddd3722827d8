/* Two results added up. Counts are sums, lists are joined by name, and what is kept of
 * long lists is what comes first in their order: so the grouping makes no difference. */
#include <string.h>

#include "replay/result_fields.h"

typedef void (*Add)(void *to, const void *from, Arena *arena);

static void add_count(void *to, const void *from, Arena *arena)
{
    (void)arena;
    *(uint64_t *)to += *(const uint64_t *)from;
}

static void take_most(void *to, const void *from, Arena *arena)
{
    (void)arena;
    uint64_t a = *(const uint64_t *)to, b = *(const uint64_t *)from;
    *(uint64_t *)to = a > b ? a : b;
}

static void take_either(void *to, const void *from, Arena *arena)
{
    (void)arena;
    *(bool *)to = *(const bool *)to || *(const bool *)from;
}

static void take_first(void *to, const void *from, Arena *arena)
{
    (void)arena;
    Moment a = *(const Moment *)to, b = *(const Moment *)from;
    if (a == MOMENT_NONE || (b != MOMENT_NONE && b < a))
        *(Moment *)to = b;
}

static void take_last(void *to, const void *from, Arena *arena)
{
    (void)arena;
    Moment a = *(const Moment *)to, b = *(const Moment *)from;
    *(Moment *)to = a > b ? a : b; /* MOMENT_NONE is the least */
}

static void add_day_counts(void *to, const void *from, Arena *arena)
{
    (void)arena;
    const DayCounts *counts = from;
    for (uint32_t i = 0; i < counts->count; i++)
        day_counts_add(to, counts->items[i].days, counts->items[i].count);
}

static void add_periods(void *to, const void *from, Arena *arena)
{
    (void)arena;
    const PeriodCounts *counts = from;
    for (uint32_t i = 0; i < counts->count; i++) {
        PeriodCount *sum = period_counts_at(to, counts->items[i].period);
        sum->first += counts->items[i].first;
        sum->second += counts->items[i].second;
        sum->third += counts->items[i].third;
    }
}

static void add_weekdays(void *to, const void *from, Arena *arena)
{
    for (size_t i = 0; i < 7; i++)
        add_count((uint64_t *)to + i, (const uint64_t *)from + i, arena);
}

static void add_examples(void *to, const void *from, Arena *arena)
{
    const Examples *examples = from;
    for (uint32_t i = 0; i < examples->count; i++)
        examples_add(to, examples->ids[i], arena);
}

static void add_people(void *to, const void *from, Arena *arena)
{
    const RoleSum *role = from;
    for (uint32_t i = 0; i < role->person_count; i++)
        role_add_person(to, role->people[i], arena);
}

/* NULL: the same in both, or of one case alone. */
static const Add adders[FIELD_KINDS] = {
    [FIELD_COUNT] = add_count,         [FIELD_MOST] = take_most,
    [FIELD_EITHER] = take_either,      [FIELD_FIRST] = take_first,
    [FIELD_LAST] = take_last,          [FIELD_DAY_COUNTS] = add_day_counts,
    [FIELD_DUTY_MONTHS] = add_periods, [FIELD_CASE_MONTHS] = add_periods,
    [FIELD_WEEKS] = add_periods,       [FIELD_WEEKDAYS] = add_weekdays,
    [FIELD_EXAMPLES] = add_examples,   [FIELD_PEOPLE] = add_people,
};

static void add_fields(const Field *fields, void *to, const void *from, Arena *arena)
{
    for (const Field *field = fields; field->key; field++)
        if (adders[field->kind])
            adders[field->kind]((char *)to + field->offset, (const char *)from + field->offset,
                                arena);
}

/* ---- a new item ------------------------------------------------------------------ */

static size_t width_of(FieldKind kind)
{
    switch (kind) {
    case FIELD_DAY_COUNTS:
        return sizeof(DayCounts);
    case FIELD_DUTY_MONTHS:
    case FIELD_CASE_MONTHS:
    case FIELD_WEEKS:
        return sizeof(PeriodCounts);
    case FIELD_WEEKDAYS:
        return 7 * sizeof(uint64_t);
    case FIELD_EXAMPLES:
        return sizeof(Examples);
    default:
        return sizeof(uint64_t);
    }
}

static void own_text(void *at, Arena *arena)
{
    const char *text;
    memcpy(&text, at, sizeof text);
    text = text ? arena_strdup(arena, text) : NULL;
    memcpy(at, &text, sizeof text);
}

/* Makes an item that was copied as it is the result's own, with nothing counted yet. */
static void empty_item(const Field *fields, void *item, Arena *arena)
{
    for (const Field *field = fields; field->key; field++) {
        char *at = (char *)item + field->offset;
        if (field->kind == FIELD_TEXT || field->kind == FIELD_OPTIONAL) {
            own_text(at, arena);
        } else if (field->kind == FIELD_PEOPLE) {
            RoleSum *role = item;
            role->people = NULL;
            role->person_count = 0;
            role->person_capacity = 0;
        } else if (adders[field->kind]) {
            memset(at, 0, width_of(field->kind));
        }
    }
}

static void merge_list(Result *to, const Result *from, ListKind kind)
{
    List target = result_list(to, kind), source = result_list((Result *)from, kind);
    const char *first;
    memcpy(&first, source.items, sizeof first);
    for (uint32_t i = 0; i < *source.count; i++) {
        const void *item = first + i * source.size;
        bool is_new;
        void *sum = list_place(&target, item, &is_new);
        if (is_new)
            empty_item(result_list_fields[kind], sum, &to->arena);
        add_fields(result_list_fields[kind], sum, item, &to->arena);
    }
}

/* ---- heads ----------------------------------------------------------------------------- */

static bool differ(const char *what, const char *one, const char *other, Error *err)
{
    return error_set(err,
                     "these are not results of the same run: the %s is '%s' in one and '%s' "
                     "in the other",
                     what, one, other);
}

static bool check_heads(const ResultHead *to, const ResultHead *from, Error *err)
{
    const struct {
        const char *what, *one, *other;
    } texts[] = {
        {"flow", to->flow, from->flow},
        {"content of the flow", to->hash, from->hash},
        {"calendar", to->calendar, from->calendar},
        {"years that the calendar covers", to->covers, from->covers},
        {"zone", to->zone, from->zone},
        {"mode", to->mode, from->mode},
        {"mapping", to->mapping, from->mapping},
        {"list of what is accepted", to->accepted, from->accepted},
        {"list of facts that the log does not hold", to->not_held, from->not_held},
    };
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        if (strcmp(texts[i].one, texts[i].other) != 0)
            return differ(texts[i].what, texts[i].one, texts[i].other, err);
    if (to->as_of == from->as_of)
        return true;
    char one[TIME_TEXT_MAX] = "", other[TIME_TEXT_MAX] = "";
    Zone zone;
    if (!zone_parse(to->zone, &zone, err))
        return false;
    if (to->as_of != MOMENT_NONE)
        moment_format_long(zone, to->as_of, one);
    if (from->as_of != MOMENT_NONE)
        moment_format_long(zone, from->as_of, other);
    return error_set(err,
                     "these are not results of the same run: one is as of '%s' and the other "
                     "as of '%s'; say --as-of DATE for both",
                     one, other);
}

static void merge_offsets(LogNotes *to, const LogNotes *from)
{
    const uint32_t most = sizeof to->offsets / sizeof *to->offsets;
    for (uint32_t i = 0; i < from->offset_count; i++) {
        uint32_t at = 0;
        while (at < to->offset_count && to->offsets[at] < from->offsets[i])
            at++;
        if (at == most || (at < to->offset_count && to->offsets[at] == from->offsets[i]))
            continue;
        to->offset_count += to->offset_count < most;
        for (uint32_t k = to->offset_count - 1; k > at; k--)
            to->offsets[k] = to->offsets[k - 1];
        to->offsets[at] = from->offsets[i];
    }
}

/* ---- parts ------------------------------------------------------------------------- */

static bool check_parts(const Result *result, Error *err)
{
    for (uint32_t i = 0; i < result->part_count; i++) {
        const PartSum *part = &result->parts[i], *before = i ? part - 1 : part;
        if (part->times > 1 && part->shards == 1)
            return error_set(err, "the same log is among these results twice");
        if (part->times > 1)
            return error_set(err, "shard %u/%u is among these results twice", part->shard,
                             part->shards);
        if (strcmp(part->digest, before->digest) == 0 && before->shards == 1 && part != before)
            return error_set(err, "a whole log and shard %u/%u of it have cases in common",
                             part->shard, part->shards);
        if (strcmp(part->digest, before->digest) == 0 && part->shards != before->shards)
            return error_set(err, "shard %u/%u and shard %u/%u of a log have cases in common",
                             before->shard, before->shards, part->shard, part->shards);
    }
    return true;
}

/* All shards of a log are the log. */
static void join_parts(Result *result)
{
    uint32_t kept = 0;
    for (uint32_t i = 0, next; i < result->part_count; i = next) {
        PartSum *part = &result->parts[i];
        for (next = i + 1; next < result->part_count &&
                           strcmp(result->parts[next].digest, part->digest) == 0;)
            next++;
        uint32_t count = next - i;
        if (count == part->shards)
            *part = (PartSum){part->digest, 1, 1, 1};
        count = part->shards == 1 ? 1 : count;
        memmove(&result->parts[kept], part, count * sizeof *part);
        kept += count;
    }
    result->part_count = kept;
}

bool result_merge(Result *to, const Result *from, Error *err)
{
    if (!check_heads(&to->head, &from->head, err))
        return false;
    add_fields(result_head_fields, &to->head, &from->head, &to->arena);
    add_fields(result_count_fields, to, from, &to->arena);
    add_fields(result_note_fields, &to->notes, &from->notes, &to->arena);
    merge_offsets(&to->notes, &from->notes);
    for (int i = 0; i < CASE_OUTCOMES; i++)
        to->outcomes[i] += from->outcomes[i];
    for (int i = 0; i < SET_ASIDE_COUNT; i++)
        to->set_aside[i] += from->set_aside[i];
    for (int kind = 0; kind < LISTS; kind++)
        merge_list(to, from, (ListKind)kind);
    if (!check_parts(to, err))
        return false;
    join_parts(to);
    return true;
}
