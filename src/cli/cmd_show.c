/* show: a case at a glance. */
#include "cli/looking.h"
#include "render/show.h"

static bool look(const Invocation *call, const CaseView *view, Text *out, Error *err)
{
    (void)err;
    if (call->json)
        show_json(view, out);
    else
        show_text(view, call->out->colour, out);
    return true;
}

static bool run(const Invocation *call, Error *err)
{
    return look_at_case(call, look, err);
}

const CommandSpec command_show = {
    .usage = "CASE",
    .about = "Where each part of the case is, what must be done by whom and by when, what is "
             "known, and what may happen next.",
    .examples = "casewright show C-17",
    .takes = TAKES_FORMAT | TAKES_DATABASE | TAKES_NOW,
    .least = 1,
    .most = 1,
    .run = run,
};
