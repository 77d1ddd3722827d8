/* open: begins a case. */
#include <string.h>

#include "cli/request.h"

static const Option options[] = {
    {"reference", 0, false, "TEXT", "how people call the case (default: its number)"},
    OPTION_REASON,
    OPTION_ASSIGN,
    {0},
};

static bool run(const Invocation *call, Error *err)
{
    const char *event = argument(call, 1);
    bool named = event && !strchr(event, '=');
    CwRequest request = {
        .kind = CW_OPEN, .flow = call->arguments[0], .name = named ? event : NULL};
    bool done =
        request_read(call, named ? 2 : 1, &request, err) && request_run(call, &request, err);
    request_clear(&request);
    return done;
}

const CommandSpec command_open = {
    .usage = "FLOW [EVENT] [FACT=VALUE …]",
    .about = "The case follows the version of the flow that is in force on the day it opens, "
             "and keeps to it. EVENT may be left out when only one opens a case.",
    .examples = "casewright open cre concern-raised --reference C-17\n"
                "casewright open cre --at 2021-02-01T09:00 --key referral-5512",
    .answers_no = "refused; the reason is given",
    .takes = TAKES_FORMAT | TAKES_DATABASE | TAKES_NOW | TAKES_ACTOR | TAKES_AT | TAKES_KEY,
    .options = options,
    .least = 1,
    .most = -1,
    .run = run,
};
