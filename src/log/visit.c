/* A log given out by case, all of it in memory as one part. */
#include <stdlib.h>

#include "base/mem.h"
#include "log/group.h"
#include "log/reader.h"

/* Cases of which every row was set aside: they are given out all the same. */
static uint32_t find_lost(const Log *log, uint32_t **lost)
{
    uint32_t count = 0;
    bool *has_rows = mem_alloc_array(log->cases.count, sizeof *has_rows);
    for (size_t i = 0; i < log->row_count; i++)
        has_rows[log->rows[i].case_name] = true;
    *lost = mem_alloc_array(log->mark_count, sizeof **lost);
    for (uint32_t name = 1; name < log->mark_count; name++)
        if (log->marks[name].line && !has_rows[name])
            (*lost)[count++] = name;
    free(has_rows);
    return count;
}

static void tell_removed(Log *log, const LogGroup *group)
{
    for (size_t i = 0; i < group->removed_count; i++) {
        const LogRow *row = &group->removed[i];
        log->files[row->file].used--;
        log_set_aside(log, SET_ASIDE_DUPLICATE, row->file, row->line, row->case_name,
                      (LogText){log->activities.texts[row->activity],
                                log->activities.lengths[row->activity]});
    }
}

/* Takes the rows out of the log. */
static void group_all(Log *log, const Mapping *mapping, LogGroup *group)
{
    uint32_t *lost = NULL, lost_count = log->mark_count ? find_lost(log, &lost) : 0;
    uint32_t *ranks = log_ranks(log, mapping);
    LogGroupWish wish = {log, mapping, ranks, lost, lost_count};
    log_group(&wish, log->rows, log->row_count, group, &log->notes);
    log->rows = NULL;
    log->row_count = log->row_capacity = 0;
    tell_removed(log, group);
    free(ranks);
    free(lost);
}

bool log_visit(const LogRequest *request, LogBegin begin, LogVisit visit, void *context,
               Log *log, Error *err)
{
    LogGroup group = {0};
    if (!log_read(request, log, err))
        return false;
    group_all(log, request->mapping, &group);
    LogPart part = {log, group.rows, group.cases, group.case_count};
    bool done = (!begin || begin(context, log, err)) && visit(context, 0, 0, &part, err);
    log_group_clear(&group);
    return done;
}
