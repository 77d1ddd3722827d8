/* log: what logs of past cases hold, and what is wrong with them. */
#include "cli/clock.h"
#include "cli/command.h"
#include "cli/log_options.h"
#include "cli/session.h"
#include "render/log_report.h"

static const Option options[] = {
    LOG_OPTIONS,
    {0},
};

/* The log could be read, and yet nothing in it could be used. */
static bool check_used(const Log *log, Error *err)
{
    uint64_t rows = 0, used = 0;
    for (size_t i = 0; i < log->file_count; i++) {
        rows += log->files[i].rows;
        used += log->files[i].used;
    }
    return used > 0 || rows == log->notes.other_lifecycle ||
           error_set(err, "no row could be used: see why each was set aside");
}

static bool run(const Invocation *call, Error *err)
{
    LogInput input;
    LogFacts facts = {0};
    Log log = {0};
    Text text = {0};
    bool done = log_input_read(call, 0, &input, err) &&
                clock_now(call, input.mapping.zone, &facts.now, err) &&
                log_visit(&input.request, log_facts_begin, log_facts_visit, &facts, &log, err);
    if (done) {
        log_facts_finish(&facts);
        if (call->json)
            log_report_json(&facts, &text);
        else
            log_report_text(&facts, &text);
        print_text(call, &text);
        done = check_used(&log, err);
    }
    log_facts_clear(&facts);
    log_clear(&log);
    log_input_clear(&input);
    return done;
}

const CommandSpec command_log = {
    .usage = "FILE…",
    .about = "Reads logs of past cases, CSV or XES, plain or packed with gzip, and says what "
             "they hold: cases, activities, what begins and what ends a case; how columns and "
             "dates were understood; and what could not be used, with file, line and reason. "
             "A file called - is standard input. See docs/logs.md for map files.",
    .examples = "casewright log permits.xes.gz\n"
                "casewright log --case 'Child ID' --dates 'day month year' visits.csv\n"
                "casewright log --map visits.map --json visits-2023.csv visits-2024.csv",
    .takes = TAKES_FORMAT | TAKES_NOW,
    .options = options,
    .least = 1,
    .most = -1,
    .run = run,
};
