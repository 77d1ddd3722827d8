#include "log/facts.h"

#include <stdlib.h>
#include <string.h>

#include "base/limits.h"
#include "base/mem.h"

#define NEW_YEAR_1971 (365 * DAY_MS)

bool log_facts_begin(void *context, const Log *log, Error *err)
{
    (void)err;
    LogFacts *facts = context;
    facts->log = log;
    facts->activities = mem_alloc_array(log->activities.count, sizeof *facts->activities);
    facts->starts = mem_alloc_array(log->activities.count, sizeof *facts->starts);
    facts->ends = mem_alloc_array(log->activities.count, sizeof *facts->ends);
    return true;
}

static void see(LogSight *sight, const LogRow *row)
{
    if (sight->count++ == 0) {
        sight->file = row->file;
        sight->line = row->line;
    }
}

/* A date alone is its whole day. */
static Instant begins_at(Zone zone, Moment at)
{
    return moment_rank(at) == RANK_DATE_ONLY ? day_start(zone, moment_day(zone, at))
                                             : moment_instant(at);
}

static void count_row(LogFacts *facts, const LogRow *row)
{
    Instant at = begins_at(facts->log->zone, row->at);
    facts->activities[row->activity]++;
    if (at > facts->now)
        see(&facts->future, row);
    if (at >= 0 && at < NEW_YEAR_1971)
        see(&facts->year_1970, row);
}

static void count_step(LogFacts *facts, uint32_t from, uint32_t to)
{
    uint32_t pair[2] = {from, to};
    int64_t place;
    if (map_find(&facts->step_places, (const char *)pair, sizeof pair, &place)) {
        facts->steps[place].count++;
        return;
    }
    const char *key = arena_strndup(&facts->arena, (const char *)pair, sizeof pair);
    map_add(&facts->step_places, key, sizeof pair, facts->step_count);
    facts->steps = mem_grow(facts->steps, &facts->step_capacity, facts->step_count + 1u,
                            sizeof *facts->steps);
    facts->steps[facts->step_count++] = (LogStep){from, to, 1};
}

/* `order` is the case's activities, one after the other. */
static void count_variant(LogFacts *facts, const uint32_t *order, uint32_t count)
{
    size_t bytes = count * sizeof *order;
    int64_t unused;
    if (map_find(&facts->variant_set, (const char *)order, bytes, &unused))
        return;
    const char *key = arena_strndup(&facts->arena, (const char *)order, bytes);
    map_add(&facts->variant_set, key, bytes, 0);
    facts->variants++;
}

static void count_case(LogFacts *facts, const LogRow *rows, const LogCase *one, uint32_t *order)
{
    if (one->row_count == 0) {
        facts->lost += one->has_set_aside;
        return;
    }
    for (uint32_t i = 0; i < one->row_count; i++) {
        count_row(facts, &rows[i]);
        order[i] = rows[i].activity;
        if (i > 0)
            count_step(facts, order[i - 1], order[i]);
    }
    facts->cases++;
    facts->damaged += one->has_set_aside;
    facts->events += one->row_count;
    facts->starts[order[0]]++;
    facts->ends[order[one->row_count - 1]]++;
    count_variant(facts, order, one->row_count);
}

bool log_facts_visit(void *context, unsigned worker, uint32_t part_number, const LogPart *part,
                     Error *err)
{
    (void)worker, (void)part_number, (void)err;
    LogFacts *facts = context;
    uint32_t *order = NULL;
    size_t capacity = 0;
    for (uint32_t i = 0; i < part->case_count; i++) {
        const LogCase *one = &part->cases[i];
        order = mem_grow(order, &capacity, one->row_count, sizeof *order);
        count_case(facts, &part->rows[one->first_row], one, order);
    }
    free(order);
    return true;
}

static int compare_steps(const void *one, const void *other, void *context)
{
    const LogStep *a = one, *b = other;
    const char *const *names = ((const LogFacts *)context)->log->activities.texts;
    int order = strcmp(names[a->from], names[b->from]);
    return order ? order : strcmp(names[a->to], names[b->to]);
}

static void find_twins(LogFacts *facts)
{
    const LogNames *names = &facts->log->activities;
    facts->too_many_to_compare = names->count - 1 > LIMIT_LOG_COMPARED;
    for (uint32_t i = 1; i < names->count && !facts->too_many_to_compare; i++) {
        for (uint32_t k = i + 1; k < names->count; k++) {
            if (!names_look_alike(names->texts[i], names->texts[k]))
                continue;
            facts->twins = mem_grow(facts->twins, &facts->twin_capacity, facts->twin_count + 1u,
                                    sizeof *facts->twins);
            facts->twins[facts->twin_count++] = (LogTwins){i, k};
        }
    }
}

void log_facts_finish(LogFacts *facts)
{
    if (facts->step_count)
        qsort_r(facts->steps, facts->step_count, sizeof *facts->steps, compare_steps, facts);
    find_twins(facts);
}

void log_facts_clear(LogFacts *facts)
{
    free(facts->activities);
    free(facts->starts);
    free(facts->ends);
    free(facts->steps);
    free(facts->twins);
    map_clear(&facts->step_places);
    map_clear(&facts->variant_set);
    arena_clear(&facts->arena);
    *facts = (LogFacts){0};
}
