/* tick: what has fallen due since the last time. */
#include "cli/session.h"

static void add_result(const TickResult *result, bool json, Text *text)
{
    if (json)
        text_addf(text,
                  "{\"schema\":\"casewright/tick/1\",\"cases\":%lld,\"missed\":%lld,"
                  "\"notifications\":%lld,\"faulty\":%lld}\n",
                  (long long)result->cases, (long long)result->missed,
                  (long long)result->notifications, (long long)result->faulty);
    else
        text_addf(text,
                  "cases moved on: %lld\nlimits passed: %lld\nnotifications to deliver: %lld\n",
                  (long long)result->cases, (long long)result->missed,
                  (long long)result->notifications);
}

static bool run(const Invocation *call, Error *err)
{
    Engine *engine = session_open(call, SESSION_WRITE, err);
    if (!engine)
        return false;
    TickResult result = {0};
    Text text = {0};
    bool done = engine_tick(engine, &result, err);
    if (done)
        add_result(&result, call->json, &text);
    print_text(call, &text);
    engine_close(engine);
    if (done && result.faulty)
        return error_kind(err, ERROR_LIMIT,
                          "%lld cases go round in a circle and were left as they were",
                          (long long)result.faulty);
    return done;
}

const CommandSpec command_tick = {
    .usage = "",
    .about =
        "Works out every due moment that has passed, in order, and puts the notifications "
        "that follow from them ready for 'deliver'. To be run by a timer, every few minutes; "
        "running it twice does nothing twice.",
    .examples = "casewright tick && casewright deliver --to-file notifications.jsonl",
    .takes = TAKES_FORMAT | TAKES_DATABASE | TAKES_NOW,
    .least = 0,
    .most = 0,
    .run = run,
};
