/* history: everything that happened in a case. */
#include "cli/looking.h"
#include "render/history.h"

static bool look(const Invocation *call, const CaseView *view, Text *out, Error *err)
{
    (void)err;
    if (call->json)
        history_json(view, out);
    else
        history_text(view, out);
    return true;
}

static bool run(const Invocation *call, Error *err)
{
    return look_at_case(call, look, err);
}

const CommandSpec command_history = {
    .usage = "CASE",
    .about = "What people recorded, with who and why, and what followed from it or from time "
             "passing, in the order in which it happened; corrections at the end.",
    .examples = "casewright history C-17",
    .takes = TAKES_FORMAT | TAKES_DATABASE | TAKES_NOW,
    .least = 1,
    .most = 1,
    .run = run,
};
