/* Traces: clauses, lines, reasons. Flows and names are invented. */
#include "render/trace.h"

#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>

#include <cmocka.h>

#include "lang/flow_text.h"
#include "markup_parse.h"

#define FLOW                                                                                   \
    FRAME "policy POL \"Policy\" clauses 1 to 9\n"                                             \
          "event worse \"Worse\" by anyone because POL-2\n"                                    \
          "state middle \"Middle\"\n"                                                          \
          "  task look \"Look\" by worker because POL-4, POL-5, \"a local rule\"\n"            \
          "  on look go to last because POL-4\n"                                               \
          "  on worse go to last\n"

static void build(Bundle *bundle, const char *text, const char *codes, Trace *trace)
{
    static const TraceTried tried[] = {{0, 0, 4}};
    resolve_text(bundle, text);
    assert_string_equal(codes_of(bundle), codes);
    trace_build(bundle, trace);
    trace->tried = tried;
    trace->tried_count = bundle->flow.scenarios ? 1 : 0;
}

static void end(Bundle *bundle, Trace *trace)
{
    trace_clear(trace);
    bundle_clear(bundle);
}

static void assert_clauses(const char *text, const char *codes, const char *expected)
{
    Bundle bundle = {0};
    Trace trace;
    Text words = {0};
    build(&bundle, text, codes, &trace);
    for (size_t i = 0; i < trace.clause_count; i++) {
        const TraceClause *clause = &trace.clauses[i];
        trace_clause_words(&trace, clause, &words);
        text_add(&words, clause->is_cited ? "+" : "-");
        text_add(&words, clause->exists ? " " : "! ");
    }
    assert_string_equal(text_get(&words), expected);
    text_clear(&words);
    end(&bundle, &trace);
}

static void clauses_that_nobody_cites_stand_between_the_others(void **state)
{
    (void)state;
    assert_clauses(FLOW, "", "POL-1- POL-2+ POL-3- POL-4+ POL-5+ POL-6 to POL-9- ");
}

static void a_cited_clause_that_does_not_exist_is_listed_as_such(void **state)
{
    (void)state;
    assert_clauses(FLOW "role odd \"Odd\"\n  can act for worker because POL-12\n", "CF116",
                   "POL-1- POL-2+ POL-3- POL-4+ POL-5+ POL-6 to POL-9- POL-12+! ");
}

static void a_policy_of_many_clauses_is_one_line_where_nobody_cites_them(void **state)
{
    (void)state;
    assert_clauses(FRAME "policy POL \"Policy\" clauses 1 to 9999\n", "",
                   "POL-1 to POL-9999- ");
}

static void a_line_that_does_something_lacks_a_reason_until_one_is_said(void **state)
{
    (void)state;
    Bundle bundle = {0};
    Trace trace;
    Text words = {0};
    build(&bundle, FLOW, "", &trace);
    for (size_t i = 0; i < trace.count; i++)
        if (trace_lacks_reason(&trace, &trace.lines[i]))
            text_addf(&words, "%s: %s; ", trace.lines[i].within, trace.lines[i].what);
    assert_string_equal(text_get(&words), "state \"First\": on \"Begun\": go to \"Last\"; "
                                          "state \"Middle\": on \"Worse\": go to \"Last\"; ");
    text_clear(&words);
    end(&bundle, &trace);
}

static void a_clause_is_told_with_its_lines_and_scenarios(void **state)
{
    (void)state;
    Bundle bundle = {0};
    Trace trace;
    Text out = {0};
    build(&bundle,
          FLOW "scenario \"A story\"\n  given a case at middle on 1 March 2021\n"
               "  when look on 2 March 2021\n  then case is at last\n",
          "", &trace);
    trace_text(&trace, &out);
    assert_non_null(strstr(text_get(&out),
                           "  POL-4\n"
                           "    main.flow:15  state \"Middle\": task \"Look\"\n"
                           "    main.flow:16  state \"Middle\": on \"Look\": go to "
                           "\"Last\"\n"
                           "    tried by main.flow:18  \"A story\"\n"));
    assert_non_null(strstr(text_get(&out), "task \"Look\" [POL-4, POL-5, a local rule]\n"));
    assert_non_null(strstr(text_get(&out), "main.flow:18  \"A story\"  POL-4\n"));
    text_clear(&out);
    end(&bundle, &trace);
}

static void the_page_is_well_formed_whatever_the_names(void **state)
{
    (void)state;
    Bundle bundle = {0};
    Trace trace;
    Text out = {0}, words = {0};
    build(&bundle,
          FLOW "policy ODD \"" NASTY "\" clauses 1 to 5\nstate trick \"" NASTY "\"\n"
               "  task more \"" NASTY "\" by worker because \"" NASTY "\", ODD-3\n"
               "  on more go to last\n"
               "scenario \"" NASTY "\"\n  given a case at trick on 1 March 2021\n"
               "  when more on 2 March 2021\n  then case is at last\n",
          "", &trace);
    trace_html(&trace, &out);
    parse(text_get(&out), out.length, &words);
    const char *at = text_get(&words);
    for (int i = 0; i < 4; i++) {
        at = strstr(at, SHOWN);
        assert_non_null(at);
        at++;
    }
    text_clear(&words);
    text_clear(&out);
    end(&bundle, &trace);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(clauses_that_nobody_cites_stand_between_the_others),
        cmocka_unit_test(a_cited_clause_that_does_not_exist_is_listed_as_such),
        cmocka_unit_test(a_policy_of_many_clauses_is_one_line_where_nobody_cites_them),
        cmocka_unit_test(a_line_that_does_something_lacks_a_reason_until_one_is_said),
        cmocka_unit_test(a_clause_is_told_with_its_lines_and_scenarios),
        cmocka_unit_test(the_page_is_well_formed_whatever_the_names),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
