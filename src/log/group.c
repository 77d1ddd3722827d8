#include "log/group.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "log/neighbours.h"

uint32_t *log_ranks(const Log *log, const Mapping *mapping)
{
    if (mapping->rank_count == 0)
        return NULL;
    uint32_t *ranks = mem_alloc_array(log->activities.count, sizeof *ranks);
    for (uint32_t i = 0; i < log->activities.count; i++)
        ranks[i] = mapping->rank_count;
    for (uint32_t i = mapping->rank_count; i-- > 0;) {
        LogText name = {mapping->ranks[i], strlen(mapping->ranks[i])};
        ranks[log_names_find(&log->activities, name)] = i;
    }
    return ranks;
}

/* ---- the order of the cases -------------------------------------------------------- */

/* A case and the first bytes of its id that tell cases apart, so that most
 * comparisons look at one number. */
typedef struct CaseKey {
    uint64_t prefix;
    const char *text; /* borrowed */
    uint32_t length;
    LogCase one;
} CaseKey;

static int compare_keys(const void *one, const void *other)
{
    const CaseKey *a = one, *b = other;
    if (a->prefix != b->prefix)
        return a->prefix < b->prefix ? -1 : 1;
    uint32_t shorter = a->length < b->length ? a->length : b->length;
    int order = memcmp(a->text, b->text, shorter);
    return order ? order : (a->length > b->length) - (a->length < b->length);
}

static uint32_t common_prefix(const CaseKey *keys, uint32_t count)
{
    uint32_t common = count ? keys[0].length : 0;
    for (uint32_t i = 1; i < count; i++) {
        uint32_t same = 0;
        while (same < common && same < keys[i].length &&
               keys[i].text[same] == keys[0].text[same])
            same++;
        common = same;
    }
    return common;
}

static void sort_keys(CaseKey *keys, uint32_t count)
{
    uint32_t skip = common_prefix(keys, count);
    bool sorted = true;
    for (uint32_t i = 0; i < count; i++) {
        for (uint32_t k = 0; k < 8; k++) {
            bool there = skip + k < keys[i].length;
            keys[i].prefix =
                keys[i].prefix << 8 | (there ? (unsigned char)keys[i].text[skip + k] : 0);
        }
        sorted = sorted && (i == 0 || compare_keys(&keys[i - 1], &keys[i]) < 0);
    }
    if (!sorted)
        qsort(keys, count, sizeof *keys, compare_keys);
}

void log_order_cases(const Log *log, uint32_t *names, uint32_t count)
{
    CaseKey *keys = mem_alloc_array(count, sizeof *keys);
    for (uint32_t i = 0; i < count; i++)
        keys[i] = (CaseKey){.text = log->cases.texts[names[i]],
                            .length = log->cases.lengths[names[i]],
                            .one = {.name = names[i]}};
    sort_keys(keys, count);
    for (uint32_t i = 0; i < count; i++)
        names[i] = keys[i].one.name;
    free(keys);
}

/* ---- into cases ----------------------------------------------------------------------- */

typedef struct Grouping {
    const LogGroupWish *wish;
    LogGroup *group;
    uint32_t *places; /* owned; by case name: its key's number + 1; 0: not met */
    CaseKey *keys;    /* owned */
    size_t key_capacity;
    uint32_t key_count;
    bool contiguous; /* the rows of each case stand together */
} Grouping;

static bool is_marked(const Log *log, uint32_t name)
{
    return name < log->mark_count && log->marks[name].line;
}

static void add_key(Grouping *g, LogCase one)
{
    const Log *log = g->wish->log;
    one.has_set_aside = is_marked(log, one.name);
    g->keys = mem_grow(g->keys, &g->key_capacity, g->key_count + 1u, sizeof *g->keys);
    g->keys[g->key_count++] = (CaseKey){
        .text = log->cases.texts[one.name], .length = log->cases.lengths[one.name], .one = one};
    g->places[one.name] = g->key_count;
}

static void find_cases(Grouping *g)
{
    const LogRow *rows = g->group->rows;
    const Log *log = g->wish->log;
    uint32_t last = 0;
    g->contiguous = true;
    for (size_t i = 0; i < g->group->row_count; i++) {
        const LogRow *row = &rows[i];
        if (!g->places[row->case_name])
            add_key(g, (LogCase){.name = row->case_name,
                                 .first_row = (uint32_t)i,
                                 .file = row->file,
                                 .line = row->line});
        else if (row->case_name != last)
            g->contiguous = false;
        g->keys[g->places[row->case_name] - 1].one.row_count++;
        last = row->case_name;
    }
    for (uint32_t i = 0; i < g->wish->lost_count; i++) {
        LogMark mark = log->marks[g->wish->lost[i]];
        add_key(g, (LogCase){.name = g->wish->lost[i], .file = mark.file, .line = mark.line});
    }
}

/* Keeps the order of the rows within each case. */
static void gather_rows(Grouping *g)
{
    LogGroup *group = g->group;
    LogRow *gathered = mem_alloc_raw(group->row_count * sizeof *gathered);
    uint32_t next = 0;
    for (uint32_t i = 0; i < group->case_count; i++) {
        LogCase *one = &group->cases[i];
        one->first_row = next;
        next += one->row_count;
        g->places[one->name] = one->first_row;
    }
    for (size_t i = 0; i < group->row_count; i++)
        gathered[g->places[group->rows[i].case_name]++] = group->rows[i];
    free(group->rows);
    group->rows = gathered;
}

void log_group(const LogGroupWish *wish, LogRow *rows, size_t count, LogGroup *group,
               LogNotes *notes)
{
    *group = (LogGroup){.rows = rows, .row_count = count};
    Grouping g = {.wish = wish, .group = group};
    g.places = mem_alloc_array(wish->log->cases.count, sizeof *g.places);
    find_cases(&g);
    sort_keys(g.keys, g.key_count);
    group->case_count = g.key_count;
    group->cases = mem_alloc_array(g.key_count, sizeof *group->cases);
    for (uint32_t i = 0; i < g.key_count; i++)
        group->cases[i] = g.keys[i].one;
    if (!g.contiguous)
        gather_rows(&g);
    neighbours_order(wish, group, notes);
    free(g.places);
    free(g.keys);
}

void log_group_clear(LogGroup *group)
{
    free(group->rows);
    free(group->cases);
    free(group->removed);
    *group = (LogGroup){0};
}
