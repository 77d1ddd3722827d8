/* deploy: a flow, or a new version of it, goes into use. */
#include "base/json.h"
#include "base/limits.h"
#include "cli/session.h"
#include "render/diag_text.h"
#include "render/flow_words.h"
#include "render/safe.h"

static const Option options[] = {
    {"as", 0, false, "PERSON", "who you are (default: your login name)"},
    {0},
};

static void deployed_text(const Bundle *bundle, const Deployed *deployed, Text *out)
{
    const WorkflowAst *flow = bundle->flow.workflow;
    char day[DAY_TEXT_MAX];
    safe_add(out, label_workflow(&bundle->flow));
    text_add(out, " (");
    safe_add(out, flow->name);
    text_add_char(out, ')');
    if (flow->version) {
        text_add(out, ", version ");
        safe_add(out, flow->version);
    }
    text_add(out, deployed->is_new ? " is deployed" : " was deployed before; nothing changed");
    if (deployed->is_new && flow->in_force.day != DAY_NONE) {
        day_format_long(flow->in_force.day, day);
        text_addf(out, ", in force from %s", day);
    }
    text_addf(out, "\n  content %.16s\n", deployed->hash);
    if (deployed->is_new)
        text_add(out, "  Cases opened from now on follow it; open cases keep their version.\n");
}

static void deployed_json(const Bundle *bundle, const Deployed *deployed, Text *out)
{
    Json json = {.out = out, .pretty = true};
    json_object_begin(&json, NULL);
    json_text(&json, "schema", "casewright/deploy/1");
    json_text(&json, "flow", bundle->flow.workflow->name);
    json_text(&json, "version", bundle->flow.workflow->version);
    json_text(&json, "definition", deployed->hash);
    json_text(&json, "calendar", *deployed->calendar_hash ? deployed->calendar_hash : NULL);
    json_bool(&json, "new", deployed->is_new);
    json_object_end(&json);
    text_add_char(out, '\n');
}

/* A rehearsal takes a draft that can run; what is wrong with it is not kept quiet. */
static void say_wrong(const Invocation *call, const Bundle *bundle)
{
    size_t count = bundle->diags.errors;
    Text text = {0};
    if (count == 0)
        return;
    text_addf(&text,
              "check finds %zu error%s in this flow; only a rehearsal takes it so:"
              " casewright check ",
              count, count == 1 ? "" : "s");
    safe_add(&text, call->arguments[0]);
    text_add_char(&text, '\n');
    say_aside(&text);
    text_clear(&text);
}

static bool deploy(const Invocation *call, Engine *engine, Bundle *bundle, Error *err)
{
    Deployed deployed = {0};
    Text text = {0};
    bool done =
        engine_deploy(engine, call->arguments[0], session_person(call), bundle, &deployed, err);
    if (!done && bundle->diags.count > 0 && call->json)
        diag_render(bundle, DIAG_JSON, false, LIMIT_ERRORS_SHOWN, &text);
    else if (!done && bundle->diags.count > 0)
        diag_page(bundle, call->out->colour, &text);
    else if (done && call->json)
        deployed_json(bundle, &deployed, &text);
    else if (done)
        deployed_text(bundle, &deployed, &text);
    print_text(call, &text);
    if (done)
        say_wrong(call, bundle);
    return done;
}

static bool run(const Invocation *call, Error *err)
{
    Bundle bundle = {0};
    Engine *engine = session_open(call, SESSION_WRITE, err);
    bool done = engine && deploy(call, engine, &bundle, err);
    bundle_clear(&bundle);
    engine_close(engine);
    return done;
}

const CommandSpec command_deploy = {
    .usage = "FLOW",
    .about = "The flow and all it uses are kept in the database under a hash of their content. "
             "Cases that are open keep the version they began with.",
    .examples = "casewright deploy workflows/cre.flow",
    .answers_no = "the flow is wrong; nothing was stored",
    .takes = TAKES_FORMAT | TAKES_DATABASE | TAKES_NOW,
    .options = options,
    .least = 1,
    .most = 1,
    .run = run,
};
