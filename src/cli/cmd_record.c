/* record: something happened, or work was done. */
#include "cli/request.h"

static const Option options[] = {
    OPTION_REASON,
    OPTION_ASSIGN,
    OPTION_TICK,
    OPTION_ACTING_FOR,
    {"not-done", 0, false, NULL, "only keep the ticks; the work is not done yet"},
    {"not-needed", 0, false, NULL, "the task is not needed; say why with --reason"},
    {0},
};

static bool kind_of(const Invocation *call, CwKind *kind, Error *err)
{
    bool not_done = option_given(call, "not-done");
    bool not_needed = option_given(call, "not-needed");
    if (not_done && not_needed)
        return error_kind(err, ERROR_USAGE,
                          "'--not-done' and '--not-needed' exclude each other");
    if (not_done && !option_given(call, "tick"))
        return error_kind(err, ERROR_USAGE, "'--not-done' needs '--tick ITEM'");
    *kind = not_done ? CW_TICK : not_needed ? CW_NOT_NEEDED : CW_RECORD;
    return true;
}

static bool run(const Invocation *call, Error *err)
{
    CwRequest request = {.which = call->arguments[0], .name = call->arguments[1]};
    bool done = kind_of(call, &request.kind, err) && request_read(call, 2, &request, err) &&
                request_run(call, &request, err);
    request_clear(&request);
    return done;
}

const CommandSpec command_record = {
    .usage = "CASE EVENT [FACT=VALUE …]",
    .about = "CASE is its number or its reference; EVENT the name of an event, or of a task or "
             "review that is done. With --at in the past the case is worked out anew, and what "
             "that changed is told.",
    .examples =
        "casewright record C-17 cpm-decision high-risk-remains=yes --as ann --role cpm-vc\n"
        "casewright record C-17 allocate held-by=social-care --assign worker=bo --at 2021-02-03T14:30",
    .answers_no = "refused; the reason is given, and what is possible",
    .takes = TAKES_FORMAT | TAKES_DATABASE | TAKES_NOW | TAKES_ACTOR | TAKES_AT | TAKES_KEY,
    .options = options,
    .least = 2,
    .most = -1,
    .run = run,
};
