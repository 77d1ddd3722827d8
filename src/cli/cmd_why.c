/* why: how each due date was reached. */
#include "cli/looking.h"
#include "render/why.h"

static bool look(const Invocation *call, const CaseView *view, Text *out, Error *err)
{
    const char *work = argument(call, 1);
    bool found = call->json ? why_json(view, work, out) : why_text(view, work, out);
    if (!found)
        return error_kind(err, ERROR_NOT_FOUND, "the flow has no work called '%s'", work);
    return true;
}

static bool run(const Invocation *call, Error *err)
{
    return look_at_case(call, look, err);
}

const CommandSpec command_why = {
    .usage = "CASE [WORK]",
    .about = "For each piece of work with a time limit, or for one: what the limit is counted "
             "from, and every day counted or skipped and why.",
    .examples = "casewright why C-17\ncasewright why C-17 cre-strategy-meeting",
    .takes = TAKES_FORMAT | TAKES_DATABASE | TAKES_NOW,
    .least = 1,
    .most = 2,
    .run = run,
};
