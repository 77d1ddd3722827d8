/* approve, decline: what becomes of an event that waits for approval. */
#include "cli/request.h"

static const Option options[] = {OPTION_REASON, OPTION_ACTING_FOR, {0}};

static bool run(const Invocation *call, CwKind kind, Error *err)
{
    CwRequest request = {.kind = kind, .which = call->arguments[0]};
    const char *entry = argument(call, 1);
    bool done = (!entry || entry_number(entry, &request.refers_to, err)) &&
                request_read(call, 2, &request, err) && request_run(call, &request, err);
    request_clear(&request);
    return done;
}

static bool approve(const Invocation *call, Error *err)
{
    return run(call, CW_APPROVE, err);
}

static bool decline(const Invocation *call, Error *err)
{
    return run(call, CW_DECLINE, err);
}

const CommandSpec command_approve = {
    .usage = "CASE [ENTRY]",
    .about = "The event takes effect now, on the facts as they are now. ENTRY may be left out "
             "when only one waits.",
    .examples = "casewright approve C-17 --as tina --role team-manager",
    .answers_no = "refused; the reason is given",
    .takes = TAKES_FORMAT | TAKES_DATABASE | TAKES_NOW | TAKES_ACTOR | TAKES_AT | TAKES_KEY,
    .options = options,
    .least = 1,
    .most = 2,
    .run = approve,
};

const CommandSpec command_decline = {
    .usage = "CASE [ENTRY]",
    .about = "The event does not take effect; the record keeps that it was asked for.",
    .examples = "casewright decline C-17 --reason \"the plan is not finished\" --as tina",
    .answers_no = "refused; the reason is given",
    .takes = TAKES_FORMAT | TAKES_DATABASE | TAKES_NOW | TAKES_ACTOR | TAKES_AT | TAKES_KEY,
    .options = options,
    .least = 1,
    .most = 2,
    .run = decline,
};
