#include "cli/replay_lists.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "render/replay_case.h"

struct CaseLines {
    const char *id; /* borrowed from the log */
    Text lines;     /* owned */
};

/* ---- options ------------------------------------------------------------------------ */

static bool read_table(const Invocation *call, ReplayLists *lists, Error *err)
{
    const char *wanted = option_text(call, "csv");
    if ((wanted || lists->raw) && !lists->is_csv)
        return error_kind(err, ERROR_USAGE, "--%s goes with --format csv",
                          wanted ? "csv" : "raw");
    for (size_t i = 0; wanted && replay_table_names[i]; i++) {
        lists->table = (ReplayTable)i;
        if (strcmp(wanted, replay_table_names[i]) == 0)
            return true;
    }
    return !wanted || error_kind(err, ERROR_USAGE,
                                 "unknown table '%s': cases, findings or duties", wanted);
}

/* ---- each case ------------------------------------------------------------------------ */

static void keep_lines(ReplayLists *lists, unsigned worker, const LogPart *part,
                       const CaseResult *one)
{
    CaseLinesList *list = &lists->lists[worker];
    CaseLines lines = {.id = part->log->cases.texts[one->name]};
    CsvTable table = {.out = &lines.lines, .raw = lists->raw};
    replay_csv_lines(&lists->run->words, lists->table, part, one, &table);
    if (!lines.lines.length)
        return;
    list->items = mem_grow(list->items, &list->capacity, list->count + 1, sizeof *list->items);
    list->items[list->count++] = lines;
}

/* Only one worker has the case to be shown, so nobody else writes its story. */
static bool visit_case(void *context, unsigned worker, const LogPart *part,
                       const CaseResult *one, const Replayer *replayer, Error *err)
{
    ReplayLists *lists = context;
    (void)err;
    if (lists->is_csv && !case_is_to_come(one))
        keep_lines(lists, worker, part, one);
    if (lists->show_case && strcmp(part->log->cases.texts[one->name], lists->show_case) == 0)
        replay_case_text(&lists->run->words, part, one, replayer_record(replayer),
                         &lists->story);
    return true;
}

bool replay_lists_begin(const Invocation *call, bool is_csv, ReplayRun *run, ReplayLists *lists,
                        Error *err)
{
    *lists = (ReplayLists){.run = run, .is_csv = is_csv, .raw = option_given(call, "raw")};
    lists->show_case = option_text(call, "show-case");
    if (!read_table(call, lists, err))
        return false;
    run->keep_cases = run->keep_cases || option_given(call, "list-cases");
    lists->list_count = replay_run_workers(run);
    lists->lists = mem_alloc_array(lists->list_count, sizeof *lists->lists);
    if (is_csv || lists->show_case)
        replay_run_tell(run, visit_case, lists);
    return true;
}

/* ---- afterwards ------------------------------------------------------------------------- */

static int by_id(const void *left, const void *right)
{
    return strcmp(((const CaseLines *)left)->id, ((const CaseLines *)right)->id);
}

void replay_lists_csv(const ReplayLists *lists, Text *out)
{
    CaseLinesList all = {0};
    CsvTable table = {.out = out};
    for (unsigned i = 0; i < lists->list_count; i++) {
        const CaseLinesList *list = &lists->lists[i];
        all.items =
            mem_grow(all.items, &all.capacity, all.count + list->count, sizeof *all.items);
        for (size_t k = 0; k < list->count; k++)
            all.items[all.count++] = list->items[k];
    }
    if (all.count > 1)
        qsort(all.items, all.count, sizeof *all.items, by_id);
    replay_csv_heading(lists->table, &table);
    for (size_t i = 0; i < all.count; i++)
        text_add_bytes(out, all.items[i].lines.data, all.items[i].lines.length);
    free(all.items);
}

bool replay_lists_story(const ReplayLists *lists, Text *out, Error *err)
{
    text_add(out, text_get(&lists->story));
    return lists->story.length > 0 ||
           error_kind(err, ERROR_NOT_FOUND, "the log has no case '%s'", lists->show_case);
}

void replay_lists_clear(ReplayLists *lists)
{
    for (unsigned i = 0; i < lists->list_count; i++) {
        for (size_t k = 0; k < lists->lists[i].count; k++)
            text_clear(&lists->lists[i].items[k].lines);
        free(lists->lists[i].items);
    }
    free(lists->lists);
    text_clear(&lists->story);
    *lists = (ReplayLists){0};
}
