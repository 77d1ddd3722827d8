/* draw: a flow as a picture for the wall, or for another program to draw. */
#include <string.h>

#include "cli/child.h"
#include "cli/flow_read.h"
#include "cli/session.h"
#include "cli/target.h"
#include "compile/compile.h"
#include "render/draw_picture.h"
#include "sim/scenario.h"

enum { DRAWN_BYTES = 64 * 1024 * 1024, PATIENCE = 30, PATIENCE_MOST = 3600 };

static const Option options[] = {
    {"format", 0, false, "FORMAT",
     "svg (one A4 sheet, the default), dot (for Graphviz), mermaid, or text"},
    {"clauses", 0, false, NULL, "show the clauses of the policy; text always does"},
    {"case", 0, false, "CASE", "mark where this case stands and how it got there"},
    {"coverage", 0, false, NULL, "run the scenarios, and show what they try and what not"},
    {"patience", 0, false, "SECONDS", "for svg: as long as Graphviz may take (default 30)"},
    TARGET_OPTIONS,
    {0},
};

static bool seconds_of(const Invocation *call, int *seconds, Error *err)
{
    const char *given = option_text(call, "patience");
    char *end = NULL;
    long value = given ? strtol(given, &end, 10) : PATIENCE;
    if (given && (end == given || *end || value < 1 || value > PATIENCE_MOST))
        return error_kind(err, ERROR_USAGE, "'%s' is not a number of seconds from 1 to %d",
                          given, PATIENCE_MOST);
    *seconds = (int)value;
    return true;
}

/* Graphviz lays the parts out; as another program, since as a library it leaks. */
static bool draw_sheet(const Invocation *call, const Picture *picture, Text *out, Error *err)
{
    static const char *const graphviz[] = {"dot", "-Tsvg", NULL};
    Text graphs = {0}, drawn = {0};
    Child child = {.arguments = (char *const *)(uintptr_t)graphviz,
                   .input = &graphs,
                   .most = DRAWN_BYTES,
                   .slow = ": --patience gives it more time",
                   .missing = "Graphviz is not installed: there is no program 'dot' (the "
                              "package is called graphviz); --format text needs none"};
    draw_dot_parts(picture, &graphs);
    bool done = seconds_of(call, &child.seconds, err) && child_filter(&child, &drawn, err) &&
                draw_svg(picture, text_get(&drawn), drawn.length, out, err);
    text_clear(&graphs);
    text_clear(&drawn);
    return done;
}

static bool draw_picture(const Invocation *call, const Picture *picture, Text *out, Error *err)
{
    static const char *const names[] = {"svg", "dot", "mermaid", "text", NULL};
    static void (*const writers[])(const Picture *picture,
                                   Text *out) = {NULL, draw_dot, draw_mermaid, draw_text};
    size_t format;
    if (!format_read(call, names, &format, err))
        return false;
    if (!writers[format])
        return draw_sheet(call, picture, out, err);
    if (option_given(call, "patience"))
        return error_kind(err, ERROR_USAGE, "'--patience' goes with --format svg only");
    writers[format](picture, out);
    return true;
}

static bool draw_to_target(const Invocation *call, const Bundle *bundle, bool is_private,
                           const Picture *picture, Error *err)
{
    Text out = {0};
    bool done = draw_picture(call, picture, &out, err) &&
                target_write(call, bundle, is_private, &out, err);
    text_clear(&out);
    return done;
}

static void run_scenarios(const Bundle *bundle, const Program *program, Coverage *coverage)
{
    uint32_t failed = 0;
    for (const ScenarioAst *one = bundle->flow.scenarios; one; one = one->next) {
        ScenarioResult result;
        failed += !scenario_run(bundle, program, one, coverage, &result);
        scenario_result_clear(&result);
    }
    Text text = {0};
    if (failed > 0)
        text_addf(&text, "%u of %u scenarios do not hold: see what 'casewright test' says\n",
                  failed, bundle->flow.scenario_count);
    say_aside(&text);
    text_clear(&text);
}

static bool draw_covered(const Invocation *call, Bundle *bundle, Error *err)
{
    Program *program = compile_bundle(bundle, err);
    if (!program)
        return false;
    Coverage coverage;
    Picture picture;
    coverage_begin(&coverage, bundle, program);
    run_scenarios(bundle, program, &coverage);
    CoverageItems items = coverage_items(&coverage);
    picture_build(&bundle->flow, option_given(call, "clauses"), &picture);
    picture_cover(&picture, &items);
    bool done = draw_to_target(call, bundle, false, &picture, err);
    picture_clear(&picture);
    coverage_clear(&coverage);
    program_free(program);
    return done;
}

/* `view`: the case to mark, with the flow that it follows; NULL: none. */
static bool draw_flow(const Invocation *call, const Bundle *bundle, const CaseView *view,
                      Error *err)
{
    Picture picture;
    picture_build(view ? view->flow : &bundle->flow, option_given(call, "clauses"), &picture);
    if (view)
        picture_mark(&picture, view);
    bool done = draw_to_target(call, bundle, view != NULL, &picture, err);
    picture_clear(&picture);
    return done;
}

static bool says_the_same(const Bundle *one, const Bundle *other)
{
    Text first = {0}, second = {0};
    bundle_normalise(one, &first);
    bundle_normalise(other, &second);
    bool same = first.length == second.length &&
                memcmp(text_get(&first), text_get(&second), first.length) == 0;
    text_clear(&first);
    text_clear(&second);
    return same;
}

/* A case is drawn on the flow that it follows, which may be older than the file. */
static bool draw_case(const Invocation *call, const Bundle *bundle, Error *err)
{
    Engine *engine = session_open(call, SESSION_READ, err);
    CaseView view = {0};
    bool done = engine && engine_view(engine, option_text(call, "case"), &view, err);
    if (done && strcmp(view.flow_name, bundle->flow.workflow->name) != 0)
        done = error_kind(err, ERROR_REFUSED, "case '%s' follows the workflow '%s', not '%s'",
                          view.reference, view.flow_name, bundle->flow.workflow->name);
    if (done && !says_the_same(bundle, view.bundle)) {
        Text text = {0};
        text_add(&text, "the case follows another version of this flow: that one is drawn\n");
        say_aside(&text);
        text_clear(&text);
    }
    done = done && draw_flow(call, bundle, &view, err);
    view_clear(&view);
    engine_close(engine);
    return done;
}

static bool check_options(const Invocation *call, Error *err)
{
    bool has_case = option_given(call, "case");
    if (!has_case && (option_given(call, "db") || option_given(call, "now")))
        return error_kind(err, ERROR_USAGE, "'--%s' goes with '--case' only",
                          option_given(call, "db") ? "db" : "now");
    if (has_case && option_given(call, "coverage"))
        return error_kind(err, ERROR_USAGE, "'--case' and '--coverage' exclude each other");
    return true;
}

static bool run(const Invocation *call, Error *err)
{
    Bundle bundle = {0};
    if (!check_options(call, err))
        return false;
    bool done = flow_read(call, &bundle, err);
    if (done && option_given(call, "case"))
        done = draw_case(call, &bundle, err);
    else if (done && option_given(call, "coverage"))
        done = draw_covered(call, &bundle, err);
    else if (done)
        done = draw_flow(call, &bundle, NULL, err);
    bundle_clear(&bundle);
    return done;
}

const CommandSpec command_draw = {
    .usage = "FLOW",
    .about = "The states with their work, roles and time limits, the tracks beside them, and "
             "what may happen at any point. An SVG fits one A4 sheet, reads in black and "
             "white, and holds the same in words for screen readers.",
    .examples = "casewright draw workflows/cre.flow --clauses --output cre.svg\n"
                "casewright draw workflows/cre.flow --format text",
    .answers_no = "the flow is wrong, or the case follows another",
    .takes = TAKES_DATABASE | TAKES_NOW,
    .options = options,
    .least = 1,
    .most = 1,
    .run = run,
};
