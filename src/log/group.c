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

typedef struct Grouping {
    const LogGroupWish *wish;
    LogGroup *group;
    LogCase *met;         /* owned; the cases in the order in which they are met */
    uint32_t *names;      /* owned; theirs, to be put in order */
    uint32_t *row_counts; /* owned; by case name */
    uint32_t *places;     /* owned; by case name: of `met`, later of its next row */
    size_t met_capacity, name_capacity;
    uint32_t met_count;
    bool contiguous; /* the rows of each case stand together */
} Grouping;

static void meet(Grouping *g, LogCase one)
{
    const Log *log = g->wish->log;
    one.has_set_aside = one.name < log->mark_count && log->marks[one.name].line;
    g->met = mem_grow(g->met, &g->met_capacity, g->met_count + 1u, sizeof *g->met);
    g->names = mem_grow(g->names, &g->name_capacity, g->met_count + 1u, sizeof *g->names);
    g->places[one.name] = g->met_count;
    g->names[g->met_count] = one.name;
    g->met[g->met_count++] = one;
}

static void meet_cases(Grouping *g)
{
    const LogRow *rows = g->group->rows;
    const Log *log = g->wish->log;
    uint32_t last = 0;
    g->contiguous = true;
    for (size_t i = 0; i < g->group->row_count; i++) {
        const LogRow *row = &rows[i];
        if (g->row_counts[row->case_name]++ == 0)
            meet(g, (LogCase){.name = row->case_name,
                              .first_row = (uint32_t)i,
                              .file = row->file,
                              .line = row->line});
        else if (row->case_name != last)
            g->contiguous = false;
        last = row->case_name;
    }
    for (uint32_t i = 0; i < g->wish->lost_count; i++) {
        LogMark mark = log->marks[g->wish->lost[i]];
        meet(g, (LogCase){.name = g->wish->lost[i], .file = mark.file, .line = mark.line});
    }
}

static void order_cases(Grouping *g)
{
    LogGroup *group = g->group;
    log_names_sort(&g->wish->log->cases, g->names, g->met_count);
    group->case_count = g->met_count;
    group->cases = mem_alloc_array(g->met_count, sizeof *group->cases);
    for (uint32_t i = 0; i < g->met_count; i++) {
        group->cases[i] = g->met[g->places[g->names[i]]];
        group->cases[i].row_count = g->row_counts[g->names[i]];
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
    g.row_counts = mem_alloc_array(wish->log->cases.count, sizeof *g.row_counts);
    meet_cases(&g);
    order_cases(&g);
    if (!g.contiguous)
        gather_rows(&g);
    neighbours_order(wish, group, notes);
    free(g.places);
    free(g.row_counts);
    free(g.names);
    free(g.met);
}

void log_group_clear(LogGroup *group)
{
    free(group->rows);
    free(group->cases);
    free(group->removed);
    *group = (LogGroup){0};
}
