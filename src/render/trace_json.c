#include "base/json.h"
#include "lang/scenario_ast.h"
#include "render/flow_words.h"
#include "render/trace.h"

static void add_place(const Trace *trace, Span span, Json *json)
{
    const Source *source = &trace->bundle->sources[span.file];
    json_text(json, "file", source->path);
    json_number(json, "line", source_place(source, span.offset).line);
}

static void add_code(const PolicyAst *policy, int32_t clause, const char *key, Json *json)
{
    Text code = {0};
    text_addf(&code, "%s-%d", policy->code, (int)clause);
    json_text(json, key, text_get(&code));
    text_clear(&code);
}

/* Lines and scenarios are named by their place in the lists at the end. */
static void add_clause(const Trace *trace, const TraceClause *clause, Json *json)
{
    const PolicyAst *policy = trace->bundle->flow.policy_at[clause->policy];
    json_object_begin(json, NULL);
    add_code(policy, clause->first, "clause", json);
    add_code(policy, clause->last, "to", json);
    json_bool(json, "exists", clause->exists);
    json_bool(json, "cited", clause->is_cited);
    json_array_begin(json, "lines");
    for (size_t i = 0; i < trace->count; i++)
        if (trace_cites(&trace->lines[i], clause))
            json_number(json, NULL, (int64_t)i);
    json_array_end(json);
    json_array_begin(json, "scenarios");
    for (size_t i = 0; i < trace->tried_count; i++)
        if (trace_tries(&trace->tried[i], clause))
            json_number(json, NULL, trace->tried[i].scenario);
    json_array_end(json);
    json_object_end(json);
}

static void add_line(const Trace *trace, const TraceLine *line, Json *json)
{
    json_object_begin(json, NULL);
    json_text(json, "what", line->what);
    json_text(json, "within", line->within);
    add_place(trace, line->span, json);
    json_array_begin(json, "because");
    for (const Because *b = line->because; b; b = b->next) {
        if (b->policy.text)
            add_code(trace->bundle->flow.policy_at[b->policy.index], b->clause, NULL, json);
        else
            json_text(json, NULL, b->text);
    }
    json_array_end(json);
    json_bool(json, "lacksReason", trace_lacks_reason(trace, line));
    json_object_end(json);
}

static void add_scenario(const Trace *trace, const ScenarioAst *scenario, Json *json)
{
    json_object_begin(json, NULL);
    json_text(json, "name", scenario->name);
    add_place(trace, scenario->span, json);
    json_bool(json, "holds", trace->failed && !trace->failed[scenario->index]);
    json_array_begin(json, "clauses");
    for (size_t i = 0; i < trace->tried_count; i++)
        if (trace->tried[i].scenario == scenario->index)
            add_code(trace->bundle->flow.policy_at[trace->tried[i].policy],
                     trace->tried[i].clause, NULL, json);
    json_array_end(json);
    json_object_end(json);
}

void trace_json(const Trace *trace, Text *out)
{
    const Flow *flow = &trace->bundle->flow;
    Json json = {.out = out, .pretty = true};
    json_object_begin(&json, NULL);
    json_text(&json, "schema", "casewright/trace/1");
    json_text(&json, "flow", flow->workflow->name);
    json_text(&json, "label", label_workflow(flow));
    json_text(&json, "version", flow->workflow->version);
    json_number(&json, "wrongCitations", (int64_t)trace_wrong_citations(trace));
    json_array_begin(&json, "clauses");
    for (size_t i = 0; i < trace->clause_count; i++)
        add_clause(trace, &trace->clauses[i], &json);
    json_array_end(&json);
    json_array_begin(&json, "lines");
    for (size_t i = 0; i < trace->count; i++)
        add_line(trace, &trace->lines[i], &json);
    json_array_end(&json);
    json_array_begin(&json, "scenarios");
    for (const ScenarioAst *s = flow->scenarios; s; s = s->next)
        add_scenario(trace, s, &json);
    json_array_end(&json);
    json_object_end(&json);
    text_add_char(out, '\n');
}
