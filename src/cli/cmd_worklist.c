/* worklist: what must be done, over all cases. */
#include "cli/session.h"
#include "render/worklist.h"

static const Option options[] = {
    {"role", 0, false, "ROLE", "only what that role may do"},
    {"person", 0, false, "PERSON", "only what belongs to that person, or to a role they hold"},
    {"overdue", 0, false, NULL, "only what is overdue"},
    {0},
};

static bool run(const Invocation *call, Error *err)
{
    Engine *engine = session_open(call, SESSION_READ, err);
    if (!engine)
        return false;
    WorkFilter filter = {.role = option_text(call, "role"),
                         .person = option_text(call, "person"),
                         .which = argument(call, 0),
                         .overdue = option_given(call, "overdue")};
    Worklist list = {0};
    Text text = {0};
    bool done = engine_worklist(engine, &filter, &list, err);
    if (done && call->json)
        worklist_json(&list, engine_now(engine), &text);
    else if (done)
        worklist_text(&list, engine_now(engine), call->out->colour, &text);
    print_text(call, &text);
    worklist_clear(&list);
    engine_close(engine);
    return done;
}

const CommandSpec command_worklist = {
    .usage = "[CASE]",
    .about = "What is to be done at once, what is overdue, what is due today, and what comes "
             "later, in the order of the due dates.",
    .examples =
        "casewright worklist --role social-worker\ncasewright worklist --person ann --overdue",
    .takes = TAKES_FORMAT | TAKES_DATABASE | TAKES_NOW,
    .options = options,
    .least = 0,
    .most = 1,
    .run = run,
};
