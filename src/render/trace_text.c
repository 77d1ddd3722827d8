#include "render/flow_words.h"
#include "lang/scenario_ast.h"
#include "render/safe.h"
#include "render/trace.h"

static void add_line(const Trace *trace, const TraceLine *line, Text *out)
{
    text_add(out, "    ");
    trace_place_words(trace, line->span, out);
    text_addf(out, *line->within ? "  %s: %s" : "  %s%s", line->within, line->what);
}

static void add_scenario(const Trace *trace, const char *before, const ScenarioAst *scenario,
                         Text *out)
{
    text_add(out, before);
    trace_place_words(trace, scenario->span, out);
    text_add(out, "  \"");
    safe_add(out, scenario->name);
    text_add(out, trace_fails(trace, scenario) ? "\" (which fails)" : "\"");
}

static void add_clause(const Trace *trace, const TraceClause *clause, Text *out)
{
    text_add(out, "  ");
    trace_clause_words(trace, clause, out);
    text_add(out, clause->exists ? "" : ": there is no such clause");
    text_add(out, clause->is_cited ? "\n" : ": nobody cites it\n");
    for (size_t i = 0; i < trace->count; i++)
        if (trace_cites(&trace->lines[i], clause)) {
            add_line(trace, &trace->lines[i], out);
            text_add_char(out, '\n');
        }
    for (size_t i = 0; i < trace->tried_count; i++)
        if (trace_tries(&trace->tried[i], clause)) {
            add_scenario(trace, "    tried by ", trace->scenarios[trace->tried[i].scenario],
                         out);
            text_add_char(out, '\n');
        }
}

static void add_policies(const Trace *trace, Text *out)
{
    for (size_t i = 0; i < trace->clause_count; i++) {
        const TraceClause *clause = &trace->clauses[i];
        if (i == 0 || clause->policy != clause[-1].policy) {
            const PolicyAst *policy = trace->bundle->flow.policy_at[clause->policy];
            text_add_char(out, '\n');
            safe_add(out, policy->label ? policy->label : policy->code);
            text_add(out, ": clauses, and the lines that cite them\n");
        }
        add_clause(trace, clause, out);
    }
}

static void add_back(const Trace *trace, Text *out)
{
    text_add(out, "\nLines, and the clauses that they cite\n");
    for (size_t i = 0; i < trace->count; i++) {
        if (!trace->lines[i].because)
            continue;
        add_line(trace, &trace->lines[i], out);
        text_add(out, " [");
        because_words(trace->lines[i].because, out);
        text_add(out, "]\n");
    }
}

static void add_unreasoned(const Trace *trace, Text *out)
{
    size_t count = 0;
    for (size_t i = 0; i < trace->count; i++) {
        if (!trace_lacks_reason(trace, &trace->lines[i]))
            continue;
        text_add(out, count++ == 0 ? "\nLines that do something and say no reason\n" : "");
        add_line(trace, &trace->lines[i], out);
        text_add_char(out, '\n');
    }
}

static void add_clauses_of(const Trace *trace, const ScenarioAst *scenario, Text *out)
{
    bool any = false;
    for (size_t i = 0; i < trace->tried_count; i++) {
        const TraceTried *tried = &trace->tried[i];
        if (tried->scenario != scenario->index)
            continue;
        text_addf(out, "%s%s-%d", any ? ", " : "  ",
                  trace->bundle->flow.policy_at[tried->policy]->code, (int)tried->clause);
        any = true;
    }
}

static void add_stories(const Trace *trace, Text *out)
{
    const ScenarioAst *scenario = trace->bundle->flow.scenarios;
    text_add(out, scenario ? "\nScenarios, and the clauses that they try\n" : "");
    for (; scenario; scenario = scenario->next) {
        add_scenario(trace, "    ", scenario, out);
        add_clauses_of(trace, scenario, out);
        text_add_char(out, '\n');
    }
}

void trace_text(const Trace *trace, Text *out)
{
    safe_add(out, label_workflow(&trace->bundle->flow));
    text_add_char(out, '\n');
    add_policies(trace, out);
    add_back(trace, out);
    add_stories(trace, out);
    add_unreasoned(trace, out);
}
