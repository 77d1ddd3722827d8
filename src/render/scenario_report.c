#include "render/scenario_report.h"

#include "base/json.h"
#include "render/coverage_words.h"
#include "render/diag_excerpt.h"
#include "render/markup.h"
#include "render/safe.h"
#include "render/scenario_words.h"

#define RED   "\x1b[1;31m"
#define PLAIN "\x1b[0m"

bool test_is_short(const TestReport *report)
{
    for (int kind = 0; report->coverage && kind < COVER_KINDS; kind++)
        if (coverage_counts((CoverageKind)kind) &&
            coverage_percent(report->coverage, (CoverageKind)kind) < report->least)
            return true;
    return false;
}

static uint32_t line_of(const TestReport *report, Span span)
{
    return source_place(&report->bundle->sources[span.file], span.offset).line;
}

static const char *path_of(const TestReport *report, Span span)
{
    return report->bundle->sources[span.file].path;
}

/* ---- for people -------------------------------------------------------------------- */

static void text_failure(const TestReport *report, const ScenarioResult *result,
                         const Failure *failure, Text *out)
{
    FailureWords words;
    failure_words(report->bundle, report->program, result, failure, &words);
    text_add(out, "  ");
    safe_add(out, path_of(report, failure->span));
    text_addf(out, ", line %u\n", line_of(report, failure->span));
    if (failure->span.offset != result->scenario->span.offset) {
        text_add_char(out, '\n');
        diag_excerpt(report->bundle, failure->span, NULL, report->colour ? RED : "",
                     report->colour ? PLAIN : "", out);
    }
    text_addf(out, "\n  %s\n", text_get(&words.headline));
    if (words.got.length)
        text_addf(out, "  got: %s\n", text_get(&words.got));
    text_add_bytes(out, text_get(&words.why), words.why.length);
    text_add_char(out, '\n');
    failure_words_clear(&words);
}

static void text_scenario(const TestReport *report, const ScenarioResult *result, Text *out)
{
    text_addf(out, "%sfailed%s: ", report->colour ? RED : "", report->colour ? PLAIN : "");
    safe_add(out, result->scenario->name);
    text_add_char(out, '\n');
    for (uint32_t i = 0; i < result->failure_count; i++)
        text_failure(report, result, &result->failures[i], out);
}

static void report_text(const TestReport *report, Text *out)
{
    for (uint32_t i = 0; i < report->count; i++)
        if (report->results[i].failure_count)
            text_scenario(report, &report->results[i], out);
    text_addf(out, "%u scenario%s: %u passed, %u failed\n", report->count,
              report->count == 1 ? "" : "s", report->count - report->failed, report->failed);
    if (!report->coverage)
        return;
    coverage_line(report, out);
    if (report->details)
        coverage_details(report, out);
}

/* ---- TAP ------------------------------------------------------------------------------ */

/* A '#' begins a directive. */
static void tap_name(const char *name, Text *out)
{
    Text safe = {0};
    safe_add(&safe, name);
    for (const char *c = text_get(&safe); *c; c++) {
        text_add(out, *c == '#' ? "\\" : "");
        text_add_char(out, *c);
    }
    text_clear(&safe);
}

static void tap_failure(const TestReport *report, const ScenarioResult *result,
                        const Failure *failure, Text *out)
{
    FailureWords words;
    failure_words(report->bundle, report->program, result, failure, &words);
    text_add(out, "# ");
    safe_add(out, path_of(report, failure->span));
    text_addf(out, ":%u: %s\n", line_of(report, failure->span), text_get(&words.headline));
    if (words.got.length)
        text_addf(out, "#   got: %s\n", text_get(&words.got));
    for (const char *c = text_get(&words.why); *c; c++) {
        if (c == text_get(&words.why) || c[-1] == '\n')
            text_add(out, "# ");
        text_add_char(out, *c);
    }
    failure_words_clear(&words);
}

static void report_tap(const TestReport *report, Text *out)
{
    text_addf(out, "TAP version 13\n1..%u\n", report->count);
    for (uint32_t i = 0; i < report->count; i++) {
        const ScenarioResult *result = &report->results[i];
        text_addf(out, "%s %u - ", result->failure_count ? "not ok" : "ok", i + 1);
        tap_name(result->scenario->name, out);
        text_add_char(out, '\n');
        for (uint32_t k = 0; k < result->failure_count; k++)
            tap_failure(report, result, &result->failures[k], out);
    }
    if (!report->coverage)
        return;
    text_add(out, "# ");
    coverage_line(report, out);
}

/* ---- JUnit ------------------------------------------------------------------------------- */

static void junit_failure(const TestReport *report, const ScenarioResult *result,
                          const Failure *failure, Text *out)
{
    FailureWords words;
    failure_words(report->bundle, report->program, result, failure, &words);
    text_add(out, "    <failure message=\"");
    markup_add_safe(out, text_get(&words.headline));
    text_add(out, "\">");
    markup_add_safe(out, path_of(report, failure->span));
    text_addf(out, ":%u\n", line_of(report, failure->span));
    if (words.got.length) {
        text_add(out, "got: ");
        markup_add_safe(out, text_get(&words.got));
        text_add_char(out, '\n');
    }
    markup_add_lines(out, text_get(&words.why));
    text_add(out, "</failure>\n");
    failure_words_clear(&words);
}

static void report_junit(const TestReport *report, Text *out)
{
    text_add(out, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuite name=\"");
    markup_add_safe(out, report->program->name);
    text_addf(out, "\" tests=\"%u\" failures=\"%u\">\n", report->count, report->failed);
    for (uint32_t i = 0; i < report->count; i++) {
        const ScenarioResult *result = &report->results[i];
        text_add(out, "  <testcase classname=\"");
        markup_add_safe(out, report->program->name);
        text_add(out, "\" name=\"");
        markup_add_safe(out, result->scenario->name);
        text_add(out, "\" file=\"");
        markup_add_safe(out, path_of(report, result->scenario->span));
        text_addf(out, "\" line=\"%u\"", line_of(report, result->scenario->span));
        if (result->failure_count == 0) {
            text_add(out, "/>\n");
            continue;
        }
        text_add(out, ">\n");
        for (uint32_t k = 0; k < result->failure_count; k++)
            junit_failure(report, result, &result->failures[k], out);
        text_add(out, "  </testcase>\n");
    }
    text_add(out, "</testsuite>\n");
}

/* ---- JSON -----------------------------------------------------------------------------------
 */

static void json_failure(const TestReport *report, const ScenarioResult *result,
                         const Failure *failure, Json *json)
{
    FailureWords words;
    failure_words(report->bundle, report->program, result, failure, &words);
    Place place =
        source_place(&report->bundle->sources[failure->span.file], failure->span.offset);
    json_object_begin(json, NULL);
    json_text(json, "file", path_of(report, failure->span));
    json_number(json, "line", place.line);
    json_number(json, "column", place.column);
    json_text(json, "text", text_get(&words.headline));
    json_text(json, "got", words.got.length ? text_get(&words.got) : NULL);
    json_text(json, "why", words.why.length ? text_get(&words.why) : NULL);
    json_text(json, "refusal",
              failure->attempted && failure->refusal.code != REFUSED_NOT
                  ? refusal_code_text(failure->refusal.code)
                  : NULL);
    json_object_end(json);
    failure_words_clear(&words);
}

static void report_json(const TestReport *report, Text *out)
{
    Json json = {.out = out, .pretty = true};
    json_object_begin(&json, NULL);
    json_text(&json, "schema", "casewright/test/1");
    json_text(&json, "flow", report->program->name);
    json_number(&json, "passed", report->count - report->failed);
    json_number(&json, "failed", report->failed);
    json_array_begin(&json, "scenarios");
    for (uint32_t i = 0; i < report->count; i++) {
        const ScenarioResult *result = &report->results[i];
        json_object_begin(&json, NULL);
        json_text(&json, "name", result->scenario->name);
        json_text(&json, "file", path_of(report, result->scenario->span));
        json_number(&json, "line", line_of(report, result->scenario->span));
        json_bool(&json, "passed", result->failure_count == 0);
        json_number(&json, "checks", result->check_count);
        json_array_begin(&json, "failures");
        for (uint32_t k = 0; k < result->failure_count; k++)
            json_failure(report, result, &result->failures[k], &json);
        json_array_end(&json);
        json_object_end(&json);
    }
    json_array_end(&json);
    if (report->coverage)
        coverage_json(report, &json);
    json_object_end(&json);
    text_add_char(out, '\n');
}

void test_report(const TestReport *report, TestFormat format, Text *out)
{
    static void (*const reports[])(const TestReport *report, Text *out) = {
        [TEST_TEXT] = report_text,
        [TEST_TAP] = report_tap,
        [TEST_JUNIT] = report_junit,
        [TEST_JSON] = report_json,
    };
    reports[format](report, out);
}
