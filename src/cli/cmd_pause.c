/* pause, resume, extend: the clock of one piece of work. */
#include "cli/request.h"

static const Option options[] = {OPTION_REASON, OPTION_ACTING_FOR, {0}};

static const Option extend_options[] = {
    {"to", 0, false, "TIME", "the new due date or moment"},
    OPTION_REASON,
    OPTION_ACTING_FOR,
    {0},
};

static bool run(const Invocation *call, CwRequest request, Error *err)
{
    request.which = call->arguments[0];
    request.name = call->arguments[1];
    bool done = request_read(call, 2, &request, err) && request_run(call, &request, err);
    request_clear(&request);
    return done;
}

static bool pause_work(const Invocation *call, Error *err)
{
    return run(call, (CwRequest){.kind = CW_PAUSE}, err);
}

static bool resume_work(const Invocation *call, Error *err)
{
    return run(call, (CwRequest){.kind = CW_RESUME}, err);
}

static bool extend_work(const Invocation *call, Error *err)
{
    const char *to = option_text(call, "to");
    if (!to)
        return error_kind(err, ERROR_USAGE, "until when? add --to TIME");
    return run(call, (CwRequest){.kind = CW_EXTEND, .extend_to = to}, err);
}

#define TAKES (TAKES_FORMAT | TAKES_DATABASE | TAKES_NOW | TAKES_ACTOR | TAKES_AT | TAKES_KEY)

const CommandSpec command_pause = {
    .usage = "CASE WORK",
    .about = "Only where the flow says by whom the work can be paused.",
    .examples =
        "casewright pause C-17 return-interview --reason \"the child is abroad\" --as ann",
    .answers_no = "refused; the reason is given",
    .takes = TAKES,
    .options = options,
    .least = 2,
    .most = 2,
    .run = pause_work,
};

const CommandSpec command_resume = {
    .usage = "CASE WORK",
    .about = "The paused time is added to the due date.",
    .examples = "casewright resume C-17 return-interview --as ann",
    .answers_no = "refused; the reason is given",
    .takes = TAKES,
    .options = options,
    .least = 2,
    .most = 2,
    .run = resume_work,
};

const CommandSpec command_extend = {
    .usage = "CASE WORK --to TIME",
    .about = "Only where the flow says by whom the work can be extended.",
    .examples =
        "casewright extend C-17 assessment --to 2021-04-30 --as tina --role team-manager",
    .answers_no = "refused; the reason is given",
    .takes = TAKES,
    .options = extend_options,
    .least = 2,
    .most = 2,
    .run = extend_work,
};
