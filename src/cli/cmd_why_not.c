/* why-not: what would be said to an event, without recording it. */
#include "cli/request.h"
#include "cli/session.h"
#include "render/answer.h"
#include "render/why_not.h"

static const Option options[] = {
    OPTION_REASON, OPTION_ASSIGN, OPTION_TICK, OPTION_ACTING_FOR, {0},
};

/* That a reason is missing is easily put right: what else stands in the way is the
 * better answer, so it is asked again with one. */
static bool try_it(Engine *engine, const CwRequest *request, Answer *answer, Error *err)
{
    if (!engine_try(engine, request, answer, err))
        return false;
    if (answer->accepted || answer->refusal.code != REFUSED_MISSING_REASON)
        return true;
    CwRequest with_reason = *request;
    with_reason.reason = "a reason";
    Answer second = {0};
    bool done = engine_try(engine, &with_reason, &second, err);
    if (done && !second.accepted) {
        Answer first = *answer;
        *answer = second;
        second = first;
    }
    answer_clear(&second);
    return done;
}

static bool ask(const Invocation *call, Engine *engine, const CwRequest *request, Error *err)
{
    Answer answer = {0};
    Text text = {0};
    bool done = try_it(engine, request, &answer, err);
    if (done && call->json)
        answer_json(&answer, "casewright/why-not/1", &text);
    else if (done)
        why_not_text(&answer, request->name, &text);
    print_text(call, &text);
    if (done && !answer.accepted) {
        *err = (Error){.kind = ERROR_REFUSED};
        done = false;
    }
    answer_clear(&answer);
    return done;
}

static bool run(const Invocation *call, Error *err)
{
    CwRequest request = {
        .kind = CW_RECORD, .which = call->arguments[0], .name = call->arguments[1]};
    Engine *engine = NULL;
    bool done = request_read(call, 2, &request, err) &&
                (engine = session_open(call, SESSION_READ, err)) &&
                ask(call, engine, &request, err);
    request_clear(&request);
    engine_close(engine);
    return done;
}

const CommandSpec command_why_not = {
    .usage = "CASE EVENT [FACT=VALUE …]",
    .about =
        "Names the rule that blocks it, the value it looks at, who may change that, and the "
        "nearest way to where it is possible. Records nothing.",
    .examples = "casewright why-not C-17 cre-strategy-meeting --as tina --role team-manager",
    .answers_no = "it would be refused",
    .takes = TAKES_FORMAT | TAKES_DATABASE | TAKES_NOW | TAKES_ACTOR | TAKES_AT,
    .options = options,
    .least = 2,
    .most = -1,
    .run = run,
};
