/* init: a new database. */
#include "cli/clock.h"
#include "cli/session.h"
#include "render/safe.h"

static const Option options[] = {
    {"rehearsal", 0, false, NULL,
     "for trying things out: --now may pretend any time; never for real cases"},
    {0},
};

static bool run(const Invocation *call, Error *err)
{
    Zone london;
    Instant now;
    bool rehearsal = option_given(call, "rehearsal");
    if (option_given(call, "now") && !rehearsal)
        return error_kind(err, ERROR_USAGE, "'--now' goes with '--rehearsal' only");
    if (!zone_parse("Europe/London", &london, err) || !clock_now(call, london, &now, err) ||
        !engine_create(database_path(call), rehearsal, now, err))
        return false;
    Text text = {0};
    text_add(&text, "made '");
    safe_add(&text, database_path(call));
    text_add(&text, rehearsal ? "', a database for rehearsals\n" : "'\n");
    print_text(call, &text);
    return true;
}

const CommandSpec command_init = {
    .usage = "[--rehearsal]",
    .about = "Makes a file that only you can read. An existing file is left alone.",
    .examples = "casewright init --db cases.db\ncasewright init --rehearsal --db try.db",
    .takes = TAKES_DATABASE | TAKES_NOW,
    .options = options,
    .least = 0,
    .most = 0,
    .run = run,
};
