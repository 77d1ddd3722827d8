#include "render/diag_text.h"

#include <stdlib.h>
#include <string.h>

#include "base/json.h"
#include "base/limits.h"
#include "base/mem.h"
#include "render/diag_excerpt.h"
#include "render/diag_machine.h"
#include "render/diag_place.h"
#include "render/safe.h"

#define RELATED_SHOWN 4u

static const char *const severity_words[] = {
    [SEVERITY_ERROR] = "error", [SEVERITY_WARNING] = "warning", [SEVERITY_INFO] = "note"};

typedef struct Page {
    const Bundle *bundle;
    bool colour;
    Text *out;
} Page;

static const char *paint(const Page *page, const char *code)
{
    return page->colour ? code : "";
}

#define BOLD   "\x1b[1m"
#define RED    "\x1b[1;31m"
#define YELLOW "\x1b[1;33m"
#define BLUE   "\x1b[1;36m"
#define PLAIN  "\x1b[0m"

static const char *severity_paint(const Page *page, Severity severity)
{
    return paint(page, severity == SEVERITY_ERROR     ? RED
                       : severity == SEVERITY_WARNING ? YELLOW
                                                      : BLUE);
}

/* ---- for people ----------------------------------------------------------- */

static const Source *source_of(const Page *page, Span span)
{
    return &page->bundle->sources[span.file];
}

static void add_headline(const Page *page, const Diag *diag)
{
    text_addf(page->out, "%s%s %s%s: %s", severity_paint(page, diag->severity),
              severity_words[diag->severity], diag->code, paint(page, PLAIN),
              paint(page, BOLD));
    safe_add(page->out, diag->text);
    text_addf(page->out, "%s\n", paint(page, PLAIN));
}

static void add_where(const Page *page, Span span, bool with_name)
{
    Text name = {0};
    if (with_name)
        diag_place(page->bundle, span, &name);
    text_add(page->out, "  ");
    safe_add(page->out, source_of(page, span)->path);
    text_addf(page->out, ", line %u%s%s\n",
              source_place(source_of(page, span), span.offset).line, name.length ? ", " : "",
              text_get(&name));
    text_clear(&name);
}

/* Each line of a help text, set in. */
static void add_paragraph(const Page *page, const char *lead, const char *words)
{
    text_add(page->out, "\n");
    while (*words) {
        size_t length = strcspn(words, "\n");
        text_addf(page->out, "  %s", lead);
        safe_add_bytes(page->out, words, length);
        text_add_char(page->out, '\n');
        words += length + (words[length] == '\n');
        lead = "";
    }
}

static void add_scenario(const Page *page, const char *scenario)
{
    text_add(page->out, "\n  As a scenario to paste into the flow:\n");
    add_paragraph(page, "", scenario);
}

static void add_related(const Page *page, const Diag *diag)
{
    uint32_t shown = 0;
    for (const DiagRelated *related = diag->related; related; related = related->next) {
        if (++shown > RELATED_SHOWN)
            break;
        if (related->span.file != diag->span.file) {
            text_add_char(page->out, '\n');
            add_where(page, related->span, false);
        }
        diag_excerpt(page->bundle, related->span, related->text, paint(page, BLUE),
                     paint(page, PLAIN), page->out);
    }
}

static void add_finding(const Page *page, const Diag *diag)
{
    add_headline(page, diag);
    add_where(page, diag->span, true);
    text_add_char(page->out, '\n');
    diag_excerpt(page->bundle, diag->span, diag->label, severity_paint(page, diag->severity),
                 paint(page, PLAIN), page->out);
    add_related(page, diag);
    if (diag->example)
        add_paragraph(page, "For example: ", diag->example);
    if (diag->help)
        add_paragraph(page, "", diag->help);
    if (diag->scenario)
        add_scenario(page, diag->scenario);
    text_add_char(page->out, '\n');
}

static void add_compact(const Page *page, const Diag *diag)
{
    Place place = source_place(source_of(page, diag->span), diag->span.offset);
    safe_add(page->out, source_of(page, diag->span)->path);
    text_addf(page->out, ":%u:%u: %s %s: ", place.line, place.column,
              severity_words[diag->severity], diag->code);
    safe_add(page->out, diag->text);
    text_add_char(page->out, '\n');
}

/* ---- for tools -------------------------------------------------------------- */

static void add_span(Json *json, const Bundle *bundle, Span span)
{
    const Source *source = &bundle->sources[span.file];
    Place first = source_place(source, span.offset);
    Place last = source_place(source, span.offset + span.length);
    json_text(json, "file", source->path);
    json_number(json, "line", first.line);
    json_number(json, "column", first.column);
    json_number(json, "endLine", last.line);
    json_number(json, "endColumn", last.column);
    json_number(json, "offset", span.offset);
    json_number(json, "length", span.length);
}

static void add_json_finding(Json *json, const Bundle *bundle, const Diag *diag)
{
    Text within = {0};
    diag_place(bundle, diag->span, &within);
    json_object_begin(json, NULL);
    json_text(json, "code", diag->code);
    json_text(json, "severity", severity_words[diag->severity]);
    json_text(json, "text", diag->text);
    add_span(json, bundle, diag->span);
    json_text(json, "within", within.length ? text_get(&within) : NULL);
    json_text(json, "label", diag->label);
    json_text(json, "help", diag->help);
    json_text(json, "example", diag->example);
    json_text(json, "scenario", diag->scenario);
    json_text(json, "replace", diag->replace);
    json_array_begin(json, "related");
    for (const DiagRelated *related = diag->related; related; related = related->next) {
        json_object_begin(json, NULL);
        json_text(json, "text", related->text);
        add_span(json, bundle, related->span);
        json_object_end(json);
    }
    json_array_end(json);
    json_object_end(json);
    text_clear(&within);
}

static void render_json(const Bundle *bundle, const Diags *sorted, size_t shown, Text *out)
{
    Json json = {.out = out, .pretty = true};
    json_object_begin(&json, NULL);
    json_text(&json, "schema", "casewright/findings/1");
    json_number(&json, "errors", (int64_t)sorted->errors);
    json_number(&json, "warnings", (int64_t)sorted->warnings);
    json_number(&json, "notShown", (int64_t)(sorted->count - shown));
    json_array_begin(&json, "findings");
    for (size_t i = 0; i < shown; i++)
        add_json_finding(&json, bundle, sorted->items[i]);
    json_array_end(&json);
    json_object_end(&json);
    text_add_char(out, '\n');
}

/* ---- all of them ------------------------------------------------------------- */

static void render_lines(const Bundle *bundle, const Diags *sorted, DiagFormat format,
                         bool colour, size_t shown, Text *out)
{
    Page page = {bundle, colour, out};
    for (size_t i = 0; i < shown; i++)
        (format == DIAG_COMPACT ? add_compact : add_finding)(&page, sorted->items[i]);
    if (sorted->count > shown)
        text_addf(out, "and %zu more\n", sorted->count - shown);
}

/* In the order of the text; free(items) ends it. */
static Diags sorted_findings(const Bundle *bundle)
{
    Diags sorted = bundle->diags;
    sorted.items = mem_alloc_array(sorted.count, sizeof *sorted.items);
    if (sorted.count)
        memcpy(sorted.items, bundle->diags.items, sorted.count * sizeof *sorted.items);
    diags_sort(&sorted);
    return sorted;
}

static size_t how_many(const Diags *sorted, uint32_t most)
{
    return most && sorted->count > most ? most : sorted->count;
}

void diag_render(const Bundle *bundle, DiagFormat format, bool colour, uint32_t most, Text *out)
{
    Diags sorted = sorted_findings(bundle);
    size_t shown = how_many(&sorted, most);
    switch (format) {
    case DIAG_JSON:
        render_json(bundle, &sorted, shown, out);
        break;
    case DIAG_SARIF:
        diag_sarif(bundle, &sorted, out);
        break;
    case DIAG_GITHUB:
        diag_github(bundle, &sorted, out);
        break;
    case DIAG_JUNIT:
        diag_junit(bundle, &sorted, out);
        break;
    case DIAG_TEXT:
    case DIAG_COMPACT:
        render_lines(bundle, &sorted, format, colour, shown, out);
        break;
    }
    free(sorted.items);
}

void diag_codes(const Bundle *bundle, uint32_t most, Text *codes)
{
    Diags sorted = sorted_findings(bundle);
    for (size_t i = 0; i < how_many(&sorted, most); i++)
        if (!strstr(text_get(codes), sorted.items[i]->code))
            text_addf(codes, " %s", sorted.items[i]->code);
    free(sorted.items);
}

void diag_more(const Text *codes, Text *out)
{
    if (codes->length > 0)
        text_addf(out, "To read more: casewright explain%s\n", text_get(codes));
}

void diag_page(const Bundle *bundle, bool colour, Text *out)
{
    Text codes = {0};
    diag_render(bundle, DIAG_TEXT, colour, LIMIT_ERRORS_SHOWN, out);
    diag_codes(bundle, LIMIT_ERRORS_SHOWN, &codes);
    diag_more(&codes, out);
    text_clear(&codes);
}
