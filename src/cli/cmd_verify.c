/* verify: is the record whole, and does everything follow from it? */
#include "base/json.h"
#include "cli/session.h"
#include "render/safe.h"

static const Option options[] = {
    {"rebuild", 0, false, NULL, "drop what is only worked out, and work it out anew"},
    {0},
};

static void add_result(const Invocation *call, const Verified *verified, Text *text)
{
    if (!call->json) {
        text_addf(text, "%lld case%s with %lld entr%s checked: %s\n",
                  (long long)verified->cases, verified->cases == 1 ? "" : "s",
                  (long long)verified->entries, verified->entries == 1 ? "y" : "ies",
                  verified->damaged ? "NOT whole" : "all is well");
        return;
    }
    Json json = {.out = text, .pretty = true};
    json_object_begin(&json, NULL);
    json_text(&json, "schema", "casewright/verify/1");
    json_number(&json, "cases", verified->cases);
    json_number(&json, "entries", verified->entries);
    json_number(&json, "damaged", verified->damaged);
    json_text(&json, "first", verified->damaged ? verified->first : NULL);
    json_object_end(&json);
    text_add_char(text, '\n');
}

static bool verify(const Invocation *call, Engine *engine, Error *err)
{
    Verified verified = {0};
    if (!engine_verify(engine, &verified, err))
        return false;
    Text text = {0};
    add_result(call, &verified, &text);
    print_text(call, &text);
    if (verified.damaged)
        return error_kind(err, ERROR_INTEGRITY, "%lld cases differ from their entries: %s",
                          (long long)verified.damaged, verified.first);
    return true;
}

static bool rebuild(const Invocation *call, Engine *engine, Error *err)
{
    int64_t cases = 0;
    if (!engine_rebuild(engine, &cases, err))
        return false;
    Text text = {0};
    text_addf(&text, "%lld cases worked out anew\n", (long long)cases);
    if (!call->json)
        print_text(call, &text);
    text_clear(&text);
    return true;
}

static bool run(const Invocation *call, Error *err)
{
    bool anew = option_given(call, "rebuild");
    Engine *engine = session_open(call, anew ? SESSION_WRITE : SESSION_READ, err);
    bool done = engine && (!anew || rebuild(call, engine, err)) && verify(call, engine, err);
    engine_close(engine);
    return done;
}

const CommandSpec command_verify = {
    .usage = "[--rebuild]",
    .about = "Walks the chain of entries from the first to the last, works every case out anew "
             "from its entries, and compares.",
    .examples = "casewright verify",
    .takes = TAKES_FORMAT | TAKES_DATABASE | TAKES_NOW,
    .options = options,
    .least = 0,
    .most = 0,
    .run = run,
};
