#include "render/flow_words.h"
#include "lang/scenario_ast.h"
#include "render/page.h"
#include "render/trace.h"

static void add_link(const char *kind, long number, const char *words, Text *out)
{
    text_addf(out, "<a href=\"#%s-%ld\">", kind, number);
    page_words(words, out);
    text_add(out, "</a>");
}

static void line_words(const Trace *trace, const TraceLine *line, Text *out)
{
    trace_place_words(trace, line->span, out);
    text_addf(out, *line->within ? "  %s: %s" : "  %s%s", line->within, line->what);
}

static void scenario_words(const Trace *trace, const ScenarioAst *scenario, Text *out)
{
    trace_place_words(trace, scenario->span, out);
    text_addf(out, "  \"%s\"%s", scenario->name,
              trace_fails(trace, scenario) ? " (which fails)" : "");
}

static void add_tried_by(const Trace *trace, const TraceClause *clause, Text *out)
{
    for (size_t i = 0; i < trace->tried_count; i++) {
        if (!trace_tries(&trace->tried[i], clause))
            continue;
        int32_t index = trace->tried[i].scenario;
        Text words = {0};
        scenario_words(trace, trace->scenarios[index], &words);
        text_add(out, "<li>tried by ");
        add_link("scenario", index, text_get(&words), out);
        text_add(out, "</li>\n");
        text_clear(&words);
    }
}

static void add_clause(const Trace *trace, const TraceClause *clause, size_t number, Text *out)
{
    Text words = {0};
    trace_clause_words(trace, clause, &words);
    text_addf(out, "<tr id=\"clause-%zu\"><th scope=\"row\">", number);
    page_words(text_get(&words), out);
    text_add(out, "</th><td>");
    text_add(out, clause->exists ? "" : "<strong>There is no such clause.</strong>");
    text_add(out, clause->is_cited ? "<ul>\n" : "<strong>Nobody cites it.</strong>");
    for (size_t i = 0; clause->is_cited && i < trace->count; i++) {
        if (!trace_cites(&trace->lines[i], clause))
            continue;
        text_reset(&words);
        line_words(trace, &trace->lines[i], &words);
        text_add(out, "<li>");
        add_link("line", (long)i, text_get(&words), out);
        text_add(out, "</li>\n");
    }
    add_tried_by(trace, clause, out);
    text_add(out, clause->is_cited ? "</ul></td></tr>\n" : "</td></tr>\n");
    text_clear(&words);
}

static void add_clauses(const Trace *trace, Text *out)
{
    for (size_t i = 0; i < trace->clause_count; i++) {
        const TraceClause *clause = &trace->clauses[i];
        const PolicyAst *policy = trace->bundle->flow.policy_at[clause->policy];
        if (i == 0 || clause->policy != clause[-1].policy) {
            text_add(out, i == 0 ? "" : "</tbody></table></section>\n");
            text_add(out, "<section>");
            page_element("h2", policy->label ? policy->label : policy->code, out);
            text_add(out,
                     "<table><thead><tr><th scope=\"col\">Clause</th><th scope=\"col\">Lines "
                     "of the flow, and scenarios</th></tr></thead><tbody>\n");
        }
        add_clause(trace, clause, i, out);
    }
    text_add(out, trace->clause_count > 0 ? "</tbody></table></section>\n" : "");
}

static void add_reasons(const Trace *trace, const TraceLine *line, Text *out)
{
    Text words = {0};
    because_words(line->because, &words);
    page_words(text_get(&words), out);
    text_clear(&words);
    text_add(out, trace_lacks_reason(trace, line) ? "<strong>No reason is said.</strong>" : "");
}

static void add_lines(const Trace *trace, Text *out)
{
    text_add(out, "<section>");
    page_element("h2", "Lines of the flow, and their reasons", out);
    text_add(out,
             "<table><thead><tr><th scope=\"col\">Line</th><th scope=\"col\">Reason</th></tr>"
             "</thead><tbody>\n");
    for (size_t i = 0; i < trace->count; i++) {
        const TraceLine *line = &trace->lines[i];
        if (!line->because && !trace_lacks_reason(trace, line))
            continue;
        Text words = {0};
        line_words(trace, line, &words);
        text_addf(out, "<tr id=\"line-%zu\"><td>", i);
        page_words(text_get(&words), out);
        text_add(out, "</td><td>");
        add_reasons(trace, line, out);
        text_add(out, "</td></tr>\n");
        text_clear(&words);
    }
    text_add(out, "</tbody></table></section>\n");
}

static void add_clauses_of(const Trace *trace, int32_t scenario, Text *out)
{
    const char *between = "";
    for (size_t i = 0; i < trace->tried_count; i++) {
        const TraceTried *tried = &trace->tried[i];
        if (tried->scenario != scenario)
            continue;
        text_addf(out, "%s%s-%d", between, trace->bundle->flow.policy_at[tried->policy]->code,
                  (int)tried->clause);
        between = ", ";
    }
}

static void add_scenarios(const Trace *trace, Text *out)
{
    const ScenarioAst *scenario = trace->bundle->flow.scenarios;
    if (!scenario)
        return;
    text_add(out, "<section>");
    page_element("h2", "Scenarios, and the clauses that they try", out);
    text_add(out, "<table><thead><tr><th scope=\"col\">Scenario</th><th "
                  "scope=\"col\">Clauses</th></tr></thead><tbody>\n");
    for (; scenario; scenario = scenario->next) {
        Text words = {0};
        scenario_words(trace, scenario, &words);
        text_addf(out, "<tr id=\"scenario-%d\"><td>", (int)scenario->index);
        page_words(text_get(&words), out);
        text_add(out, "</td><td>");
        add_clauses_of(trace, scenario->index, out);
        text_add(out, "</td></tr>\n");
        text_clear(&words);
    }
    text_add(out, "</tbody></table></section>\n");
}

void trace_html(const Trace *trace, Text *out)
{
    page_begin(label_workflow(&trace->bundle->flow),
               "What each clause of the policy became, and why each line is there.", out);
    add_clauses(trace, out);
    add_lines(trace, out);
    add_scenarios(trace, out);
    page_end(out);
}
