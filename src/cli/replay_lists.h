/* What replay tells of single cases: a line for each of them, of their findings or of
 * their duties, as CSV; or the story of one. Kept while the log is replayed, then put
 * into the order of the cases' ids, whatever the threads did. */
#pragma once

#include "cli/replay_run.h"
#include "render/replay_csv.h"

#define LIST_OPTIONS                                                                           \
    {"show-case", 0, false, "ID", "the story of one case instead of the sums"},                \
        {"list-cases", 0, false, NULL, "with --format json: a line for each case as well"},    \
        {"csv", 0, false, "TABLE",                                                             \
         "with --format csv: a line for each of the cases (default), findings or duties"},     \
    {                                                                                          \
        "raw", 0, false, NULL,                                                                 \
            "with --format csv: cells as they are, also those that a spreadsheet takes for "   \
            "formulas"                                                                         \
    }

typedef struct CaseLines CaseLines;

typedef struct CaseLinesList {
    CaseLines *items; /* owned */
    size_t count, capacity;
} CaseLinesList;

typedef struct ReplayLists {
    const ReplayRun *run; /* borrowed */
    ReplayTable table;
    bool is_csv, raw;
    const char *show_case; /* NULL: none */
    CaseLinesList *lists;  /* owned; by worker */
    unsigned list_count;
    Text story; /* of the case to be shown */
} ReplayLists;

/* Reads the options; where one asks for it, has the run tell of each case. */
bool replay_lists_begin(const Invocation *call, bool is_csv, ReplayRun *run, ReplayLists *lists,
                        Error *err);
/* After the run: the table. */
void replay_lists_csv(const ReplayLists *lists, Text *out);
/* The story; ERROR_NOT_FOUND when the log has no such case. */
bool replay_lists_story(const ReplayLists *lists, Text *out, Error *err);
void replay_lists_clear(ReplayLists *lists);
