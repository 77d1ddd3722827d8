/* backup: a copy that is whole, also while others write. */
#include "cli/session.h"
#include "render/safe.h"

static const Option options[] = {
    {"replace", 0, false, NULL, "write over an existing copy"},
    {0},
};

static bool run(const Invocation *call, Error *err)
{
    Engine *engine = session_open(call, SESSION_READ, err);
    bool done =
        engine && engine_backup(engine, call->arguments[0], option_given(call, "replace"), err);
    engine_close(engine);
    if (!done)
        return false;
    Text text = {0};
    text_add(&text, "copied to '");
    safe_add(&text, call->arguments[0]);
    text_add(&text, "', and the copy was checked\n");
    print_text(call, &text);
    return true;
}

const CommandSpec command_backup = {
    .usage = "FILE",
    .about = "Never copy the database with other programs while it is in use.",
    .examples = "casewright backup cases-2021-04-01.db",
    .takes = TAKES_DATABASE | TAKES_NOW,
    .options = options,
    .least = 1,
    .most = 1,
    .run = run,
};
