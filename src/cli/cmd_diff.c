/* diff: what two versions of a flow say differently, in sentences. */
#include "cli/flow_read.h"
#include "cli/session.h"
#include "render/flow_difference_words.h"

static void flow_json(const Bundle *bundle, Json *json, const char *key)
{
    const WorkflowAst *workflow = bundle->flow.workflow;
    json_object_begin(json, key);
    json_text(json, "file", bundle->sources[0].path);
    json_text(json, "flow", workflow->name);
    json_text(json, "version", workflow->version);
    json_object_end(json);
}

static void write_json(const FlowDifference *difference, Text *out)
{
    Json json = {.out = out, .pretty = true};
    json_object_begin(&json, NULL);
    json_text(&json, "schema", "casewright/diff/1");
    flow_json(difference->old_parts.bundle, &json, "old");
    flow_json(difference->new_parts.bundle, &json, "new");
    json_bool(&json, "same", difference->change_count == 0);
    flow_difference_json(difference, &json, "changes");
    json_object_end(&json);
    text_add_char(out, '\n');
}

static bool read_flow(const Invocation *call, int which, Bundle *bundle, Error *err)
{
    Program *program = flow_compile(call, call->arguments[which], bundle, err);
    program_free(program);
    return program != NULL;
}

/* Ends with 1 when they differ, as the diff of any Unix does. */
static bool run(const Invocation *call, Error *err)
{
    Bundle old_flow = {0}, new_flow = {0};
    FlowDifference difference = {0};
    Text out = {0};
    bool done = read_flow(call, 0, &old_flow, err) && read_flow(call, 1, &new_flow, err);
    if (done) {
        flow_difference(&difference, &old_flow, &new_flow);
        if (call->json)
            write_json(&difference, &out);
        else
            flow_difference_text(&difference, &out);
        print_text(call, &out);
        done = difference.change_count == 0;
        *err = (Error){.kind = ERROR_REFUSED};
    }
    flow_difference_clear(&difference);
    bundle_clear(&old_flow);
    bundle_clear(&new_flow);
    return done;
}

const CommandSpec command_diff = {
    .usage = "OLD NEW",
    .about = "Tells what the second flow says differently from the first: states, what "
             "happens on events, conditions, work and its limits, roles, facts, calendars. "
             "Layout, comments, reasons, scenarios and the order of blocks make no difference. "
             "What only has another name was removed and added, and that is said.",
    .examples = "casewright diff workflows/cre.flow new/cre.flow\n"
                "casewright diff workflows/cre.flow new/cre.flow --json",
    .answers_no = "the flows differ, or one of them is wrong",
    .takes = TAKES_FORMAT,
    .least = 2,
    .most = 2,
    .run = run,
};
