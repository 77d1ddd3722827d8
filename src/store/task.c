#include "store/store.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "store/store_internal.h"

static void read_task(Query *query, TaskRow *row)
{
    *row = (TaskRow){.case_id = column_number(query)};
    row->position = column_number(query);
    row->name = column_text(query);
    row->label = column_text(query);
    row->kind = column_text(query);
    row->track = column_text(query);
    row->status = (TaskStatus)column_word(query, task_status_words, TASK_STATUS_COUNT);
    row->roles = column_text(query);
    row->person = column_number(query);
    row->opened = column_number_or(query, MOMENT_NONE);
    row->target = column_number_or(query, MOMENT_NEVER);
    row->due = column_number_or(query, MOMENT_NEVER);
    row->due_text = column_text(query);
    row->done = column_number_or(query, MOMENT_NONE);
    row->outcome = column_text(query);
}

static bool put_task(Store *store, int64_t case_id, int64_t position, const TaskRow *row,
                     Error *err)
{
    Query query = query_start(store, STATEMENT_TASK_PUT, err);
    bind_number(&query, case_id);
    bind_number(&query, position);
    bind_text(&query, row->name, err);
    bind_text(&query, row->label, err);
    bind_text(&query, row->kind, err);
    bind_text(&query, row->track, err);
    bind_text(&query, task_status_words[row->status], err);
    bind_text(&query, row->roles, err);
    bind_number_or_null(&query, row->person, 0);
    bind_moment(&query, row->opened);
    bind_moment(&query, row->target);
    bind_moment(&query, row->due);
    bind_text(&query, row->due_text, err);
    bind_moment(&query, row->done);
    bind_text(&query, row->outcome, err);
    return query_run(&query, err);
}

static bool text_same(const char *a, const char *b)
{
    return a == b || (a && b && strcmp(a, b) == 0);
}

/* NONE and NEVER are one and the same NULL. */
static bool moment_same(Moment a, Moment b)
{
    return a == b ||
           ((a == MOMENT_NONE || a == MOMENT_NEVER) && (b == MOMENT_NONE || b == MOMENT_NEVER));
}

static bool task_same(const TaskRow *a, const TaskRow *b)
{
    return a->status == b->status && a->person == b->person &&
           moment_same(a->opened, b->opened) && moment_same(a->target, b->target) &&
           moment_same(a->due, b->due) && moment_same(a->done, b->done) &&
           text_same(a->name, b->name) && text_same(a->label, b->label) &&
           text_same(a->kind, b->kind) && text_same(a->track, b->track) &&
           text_same(a->roles, b->roles) && text_same(a->due_text, b->due_text) &&
           text_same(a->outcome, b->outcome);
}

/* Notes in store->same which of `rows` stand there already; *stored says how many
 * there are. */
static bool compare_tasks(Store *store, int64_t case_id, const TaskRow *rows, size_t count,
                          size_t *stored, Error *err)
{
    TaskRow row;
    *stored = 0;
    store->same = mem_grow(store->same, &store->same_capacity, count, sizeof *store->same);
    for (size_t i = 0; i < count; i++)
        store->same[i] = false;
    Query query = query_start(store, STATEMENT_TASKS_OF, err);
    bind_number(&query, case_id);
    while (query_row(&query, err)) {
        read_task(&query, &row);
        ++*stored;
        query.damaged = false; /* a row that cannot be read is simply replaced */
        if (row.position >= 0 && (uint64_t)row.position < count)
            store->same[row.position] = task_same(&row, &rows[row.position]);
    }
    return query_end(&query, err);
}

bool store_tasks_replace(Store *store, int64_t case_id, const TaskRow *rows, size_t count,
                         Error *err)
{
    size_t stored;
    if (!compare_tasks(store, case_id, rows, count, &stored, err))
        return false;
    for (size_t i = 0; i < count; i++)
        if (!store->same[i] && !put_task(store, case_id, (int64_t)i, &rows[i], err))
            return false;
    if (stored <= count)
        return true;
    Query query = query_start(store, STATEMENT_TASKS_CUT, err);
    bind_number(&query, case_id);
    bind_number(&query, (int64_t)count);
    return query_run(&query, err);
}

static bool walk_tasks(Query *query, TaskVisit visit, void *context, Error *err)
{
    TaskRow row;
    while (query_row(query, err)) {
        read_task(query, &row);
        if (!query_sound(query, err) || !visit(context, &row, err))
            break;
    }
    return query_end(query, err) && err->kind == ERROR_NONE;
}

bool store_tasks(Store *store, int64_t case_id, TaskVisit visit, void *context, Error *err)
{
    err->kind = ERROR_NONE;
    Query query = query_start(store, STATEMENT_TASKS_OF, err);
    bind_number(&query, case_id);
    return walk_tasks(&query, visit, context, err);
}

bool store_tasks_open(Store *store, TaskVisit visit, void *context, Error *err)
{
    err->kind = ERROR_NONE;
    Query query = query_start(store, STATEMENT_TASKS_OPEN, err);
    return walk_tasks(&query, visit, context, err);
}
