/* cases: the list of them. */
#include "cli/session.h"
#include "render/worklist.h"

static const Option options[] = {
    {"all", 0, false, NULL, "closed ones too"},
    {0},
};

static bool run(const Invocation *call, Error *err)
{
    Engine *engine = session_open(call, SESSION_READ, err);
    if (!engine)
        return false;
    CaseList list = {0};
    Text text = {0};
    bool done = engine_cases(engine, option_given(call, "all"), &list, err);
    if (done && call->json)
        case_list_json(&list, &text);
    else if (done)
        case_list_text(&list, &text);
    print_text(call, &text);
    case_list_clear(&list);
    engine_close(engine);
    return done;
}

const CommandSpec command_cases = {
    .usage = "",
    .about = "",
    .examples = "casewright cases\ncasewright cases --all --json",
    .takes = TAKES_FORMAT | TAKES_DATABASE | TAKES_NOW,
    .options = options,
    .least = 0,
    .most = 0,
    .run = run,
};
