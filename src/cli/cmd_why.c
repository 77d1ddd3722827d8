/* why: how each due date was reached. */
#include "cli/looking.h"
#include "lang/suggest.h"
#include "render/why.h"

/* Always false. */
static bool unknown(const CaseView *view, const char *work, Error *err)
{
    Suggestion meant = suggest_begin(work);
    for (uint32_t i = 0; i < view->program->work_count; i++)
        suggest_try(&meant, view->program->works[i].name);
    if (meant.best != SUGGEST_NONE)
        return error_kind(err, ERROR_NOT_FOUND,
                          "the flow has no work called '%s'; did you mean '%s'?", work,
                          view->program->works[meant.best].name);
    return error_kind(err, ERROR_NOT_FOUND,
                      "the flow has no work called '%s': 'casewright why %s' shows all of it",
                      work, view->reference);
}

static bool look(const Invocation *call, const CaseView *view, Text *out, Error *err)
{
    const char *work = argument(call, 1);
    bool found = call->json ? why_json(view, work, out) : why_text(view, work, out);
    return found || unknown(view, work, err);
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
