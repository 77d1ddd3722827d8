/* reopen: a closed case goes on. */
#include "cli/request.h"

static const Option options[] = {OPTION_REASON, OPTION_ACTING_FOR, {0}};

static bool run(const Invocation *call, Error *err)
{
    CwRequest request = {
        .kind = CW_REOPEN, .which = call->arguments[0], .name = call->arguments[1]};
    bool done = request_read(call, 2, &request, err) && request_run(call, &request, err);
    request_clear(&request);
    return done;
}

const CommandSpec command_reopen = {
    .usage = "CASE STATE --reason TEXT",
    .about = "The case enters that state anew; its time limits start again.",
    .examples = "casewright reopen C-17 allocation --reason \"new concern\" --as tina",
    .answers_no = "refused; the reason is given",
    .takes = TAKES_FORMAT | TAKES_DATABASE | TAKES_NOW | TAKES_ACTOR | TAKES_AT | TAKES_KEY,
    .options = options,
    .least = 2,
    .most = 2,
    .run = run,
};
