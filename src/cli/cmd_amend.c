/* void, amend: corrections. The first entry stays on record; the case is worked
 * out anew without it, or with what is said instead. */
#include "cli/request.h"

static const Option void_options[] = {OPTION_REASON, OPTION_ALSO_VOID, {0}};

static const Option amend_options[] = {
    OPTION_REASON, OPTION_TICK, OPTION_ASSIGN, OPTION_ALSO_VOID, {0},
};

static bool run(const Invocation *call, CwKind kind, Error *err)
{
    CwRequest request = {.kind = kind, .which = call->arguments[0]};
    bool done = entry_number(call->arguments[1], &request.refers_to, err) &&
                request_read(call, 2, &request, err) && request_run(call, &request, err);
    request_clear(&request);
    return done;
}

static bool void_entry(const Invocation *call, Error *err)
{
    return run(call, CW_VOID, err);
}

static bool amend_entry(const Invocation *call, Error *err)
{
    return run(call, CW_AMEND, err);
}

const CommandSpec command_void = {
    .usage = "CASE ENTRY --reason TEXT",
    .about = "The entry stays on record and no longer counts. Prints what that changed. When a "
             "later entry would become impossible nothing is stored, and those entries are "
             "listed.",
    .examples = "casewright void C-17 12 --reason \"entered on the wrong child\" --as ann",
    .answers_no = "refused; the reason is given",
    .takes = TAKES_FORMAT | TAKES_DATABASE | TAKES_NOW | TAKES_ACTOR | TAKES_KEY,
    .options = void_options,
    .least = 2,
    .most = 2,
    .run = void_entry,
};

const CommandSpec command_amend = {
    .usage = "CASE ENTRY [FACT=VALUE …] --reason TEXT",
    .about =
        "What is given here (facts, ticks, people, --at) counts instead of what that entry "
        "said. Prints what that changed.",
    .examples = "casewright amend C-17 12 risk=high --reason \"mistyped\" --as ann\n"
                "casewright amend C-17 12 --at 2021-02-03 --reason \"it was the day before\"",
    .answers_no = "refused; the reason is given",
    .takes = TAKES_FORMAT | TAKES_DATABASE | TAKES_NOW | TAKES_ACTOR | TAKES_AT | TAKES_KEY,
    .options = amend_options,
    .least = 2,
    .most = -1,
    .run = amend_entry,
};
