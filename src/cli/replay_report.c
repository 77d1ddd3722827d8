#include "cli/replay_report.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "cli/child.h"
#include "cli/process.h"
#include "cli/session.h"
#include "cli/target.h"
#include "render/report.h"
#include "render/report_take.h"

enum { DRAWN_BYTES = 64 * 1024 * 1024, DRAWING_SECONDS = 30 };

/* ---- options --------------------------------------------------------------------------- */

static bool read_target(const Invocation *call, unsigned *target, Error *err)
{
    const char *text = option_text(call, "report-target");
    char *end = NULL;
    long value = text ? strtol(text, &end, 10) : 0;
    if (text && *end == '%')
        end++;
    if (text && (end == text || *end || value < 1 || value > 100))
        return error_kind(err, ERROR_USAGE,
                          "'%s' is not a share: --report-target takes per cent from 1 to 100, "
                          "such as 95",
                          text);
    *target = (unsigned)value;
    return true;
}

static bool read_choice(const Invocation *call, bool outcomes[CASE_OUTCOMES], Error *err)
{
    static const struct {
        const char *name;
        bool outcomes[CASE_OUTCOMES];
    } kinds[] = {{"broken", {[CASE_BREAKS] = true}},
                 {"late", {[CASE_LATE_ONLY] = true}},
                 {"unclear", {[CASE_CANNOT_BE_JUDGED] = true}},
                 {"all", {true, true, true, true}}};
    const char *which = option_text(call, "report-cases");
    if (!which)
        return true;
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
        if (strcmp(kinds[i].name, which) == 0) {
            memcpy(outcomes, kinds[i].outcomes, sizeof kinds[i].outcomes);
            return true;
        }
    return error_kind(err, ERROR_USAGE,
                      "unknown kind of cases '%s': broken, late, unclear or all", which);
}

static bool check_together(const Invocation *call, Error *err)
{
    static const char *const others[] = {"for-casework", "for-publication", "report-case",
                                         "report-cases", "report-target"};
    for (size_t i = 0; i < sizeof others / sizeof *others; i++)
        if (option_given(call, others[i]) && !option_given(call, "report"))
            return error_kind(err, ERROR_USAGE, "'--%s' goes with '--report' only", others[i]);
    if (!option_given(call, "for-publication"))
        return true;
    for (size_t i = 0; i < 4; i++)
        if (i != 1 && option_given(call, others[i]))
            return error_kind(err, ERROR_USAGE,
                              "'--for-publication' and '--%s' exclude each other", others[i]);
    return true;
}

/* ---- pages of cases -------------------------------------------------------------------- */

static bool take_case(void *context, unsigned worker, const LogPart *part,
                      const CaseResult *one, const Replayer *replayer, Error *err)
{
    ReplayReport *report = context;
    ReportPages *pages = &report->pages[worker];
    (void)err;
    if (!report_pages_want(pages, part->log->cases.texts[one->name], one->outcome))
        return true;
    ReplayWords own = report->run->words;
    ResultWords words = replay_words(&own);
    PageSource source = {.bundle = report->run->bundle,
                         .program = report->run->program,
                         .words = &words,
                         .part = part,
                         .one = one,
                         .record = replayer_record(replayer)};
    CasePage page = {0};
    case_page_take(&source, &page);
    report_pages_add(pages, &page);
    return true;
}

static bool begin_pages(const Invocation *call, ReplayRun *run, ReplayReport *report,
                        Error *err)
{
    unsigned jobs = run->input->request.jobs;
    bool outcomes[CASE_OUTCOMES] = {false};
    size_t capacity = 0;
    const char *id;
    while ((id = option_nth(call, "report-case", report->wanted_count)) != NULL) {
        report->wanted =
            mem_grow(report->wanted, &capacity, report->wanted_count + 1, sizeof id);
        report->wanted[report->wanted_count++] = id;
    }
    if (!read_choice(call, outcomes, err))
        return false;
    if (!report->wanted_count && !option_given(call, "report-cases"))
        return true;
    report->page_sets = jobs > 1 ? jobs : 1;
    report->pages = mem_alloc_array(report->page_sets, sizeof *report->pages);
    for (unsigned i = 0; i < report->page_sets; i++) {
        report->pages[i].wanted = report->wanted;
        report->pages[i].wanted_count = report->wanted_count;
        memcpy(report->pages[i].outcomes, outcomes, sizeof outcomes);
    }
    replay_run_tell(run, take_case, report);
    return true;
}

static bool begin_report(const Invocation *call, ReplayRun *run, ReplayReport *report,
                         Error *err)
{
    const LogRequest *request = &run->input->request;
    return target_check(report->path, option_given(call, "force"), run->bundle, request->paths,
                        request->path_count, err) &&
           read_target(call, &report->target, err) && begin_pages(call, run, report, err);
}

bool replay_report_begin(const Invocation *call, ReplayRun *run, ReplayReport *report,
                         Error *err)
{
    *report = (ReplayReport){.call = call, .run = run, .path = option_text(call, "report")};
    report->is_public = option_given(call, "for-publication");
    if (!check_together(call, err))
        return false;
    return !report->path || begin_report(call, run, report, err);
}

/* ---- writing --------------------------------------------------------------------------- */

static bool has_page(const ReportPages *pages, const char *id)
{
    for (uint32_t i = 0; i < pages->count; i++)
        if (strcmp(pages->items[i].id, id) == 0)
            return true;
    return false;
}

static bool join_pages(ReplayReport *report, Error *err)
{
    for (unsigned i = 1; i < report->page_sets; i++)
        report_pages_merge(&report->pages[0], &report->pages[i]);
    for (uint32_t i = 0; i < report->wanted_count; i++)
        if (!has_page(&report->pages[0], report->wanted[i]))
            return error_kind(err, ERROR_NOT_FOUND, "the log holds no case '%s'",
                              report->wanted[i]);
    return true;
}

/* Without Graphviz, or where it takes too long, the report has the table alone. */
static bool draw(const ReportRequest *request, Text *drawn, Error *err)
{
    static const char *const graphviz[] = {"dot", "-Tsvg", NULL};
    Text graphs = {0}, aside = {0};
    Child child = {.arguments = (char *const *)(uintptr_t)graphviz,
                   .input = &graphs,
                   .seconds = DRAWING_SECONDS,
                   .most = DRAWN_BYTES,
                   .slow = "",
                   .missing = "Graphviz is not installed (the package is called graphviz)"};
    report_graphs(request, &graphs);
    bool done = graphs.length == 0 || child_filter(&child, drawn, err);
    if (!done && !process_interrupted()) {
        text_addf(&aside, "the report has no diagram, a table stands in its place: %s\n",
                  err->text);
        say_aside(&aside);
        *err = (Error){0};
        text_reset(drawn);
        done = true;
    }
    text_clear(&graphs);
    text_clear(&aside);
    return done;
}

static bool write_page(ReplayReport *report, ReportRequest *request, Error *err)
{
    Text drawn = {0}, out = {0};
    bool done = draw(request, &drawn, err);
    request->drawn = drawn.length > 0 ? text_get(&drawn) : NULL;
    done = done && report_html(request, &out, err) &&
           target_write_to(report->path, option_given(report->call, "force"),
                           !report->is_public, report->run->bundle, &out, err);
    text_clear(&drawn);
    text_clear(&out);
    return done;
}

bool replay_report_write(ReplayReport *report, const Comparison *comparison, Error *err)
{
    Picture picture;
    if (!report->path)
        return true;
    if (!join_pages(report, err))
        return false;
    picture_build(&report->run->bundle->flow, false, &picture);
    ReportRequest request = {.result = replay_run_result(report->run),
                             .comparison = comparison,
                             .picture = &picture,
                             .pages = report->pages,
                             .is_public = report->is_public,
                             .target = report->target};
    bool done = write_page(report, &request, err);
    picture_clear(&picture);
    return done;
}

void replay_report_clear(ReplayReport *report)
{
    for (unsigned i = 0; i < report->page_sets; i++)
        report_pages_clear(&report->pages[i]);
    free(report->pages);
    free(report->wanted);
    *report = (ReplayReport){0};
}
