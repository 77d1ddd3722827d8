/* replay --report FILE.html: what past cases come to as a page for a board. The page is
 * render's (render/report.h); here stand its options, the cases that get a page of their
 * own, Graphviz, and the file. */
#pragma once

#include "cli/command.h"
#include "cli/replay_run.h"
#include "render/report_pages.h"
#include "replay/compare.h"

#define REPORT_OPTIONS                                                                         \
    {"report", 0, false, "FILE.html", "write what it comes to as a page to print or show"},    \
        {"for-casework", 0, false, NULL,                                                       \
         "the report names cases (the default); only you may read the file"},                  \
        {"for-publication", 0, false, NULL,                                                    \
         "the report names no case and no person, and hides small counts"},                    \
        {"report-case", 0, true, "ID", "give this case a page of its own in the report"},      \
        {"report-cases", 0, false, "WHICH",                                                    \
         "give a page to each case of a kind: broken, late, unclear or all"},                  \
    {                                                                                          \
        "report-target", 0, false, "PERCENT",                                                  \
            "the share of duties that is to be in time, as a line in the charts: 95"           \
    }

typedef struct ReplayReport {
    const Invocation *call; /* borrowed, as the next two */
    const ReplayRun *run;
    const char *path; /* NULL: no report is asked for */
    bool is_public;
    unsigned target;    /* per cent; 0: none */
    ReportPages *pages; /* owned; one for each worker of the run */
    unsigned page_sets;
    const char **wanted; /* owned array; ids asked for */
    uint32_t wanted_count;
} ReplayReport;

/* Reads the options and refuses, before the log is replayed, what cannot be written;
 * then has the run tell it the cases that get a page. */
bool replay_report_begin(const Invocation *call, ReplayRun *run, ReplayReport *report,
                         Error *err);
/* Writes the report of a run that is done. `comparison`: NULL, one flow alone.
 * ERROR_NOT_FOUND when a case asked for is not in the log. */
bool replay_report_write(ReplayReport *report, const Comparison *comparison, Error *err);
void replay_report_clear(ReplayReport *report);
