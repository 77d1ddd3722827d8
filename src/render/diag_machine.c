#include "render/diag_machine.h"

#include <string.h>

#include "base/json.h"
#include "lang/codes.h"
#include "render/diag_place.h"
#include "render/markup.h"

#define GITHUB_SHOWN 10

static const Source *source_of(const Bundle *bundle, Span span)
{
    return &bundle->sources[span.file];
}

/* ---- SARIF ------------------------------------------------------------------------ */

static const char *const sarif_levels[] = {
    [SEVERITY_ERROR] = "error", [SEVERITY_WARNING] = "warning", [SEVERITY_INFO] = "note"};

/* A path as the path of a URI (RFC 3986): everything but unreserved characters and
 * slashes as %XX. */
static void add_uri(Json *json, const char *path)
{
    static const char plain[] =
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~/";
    Text uri = {0};
    for (const char *c = path; *c; c++) {
        if (strchr(plain, *c))
            text_add_char(&uri, *c);
        else
            text_addf(&uri, "%%%02X", (unsigned char)*c);
    }
    json_text(json, "uri", text_get(&uri));
    text_clear(&uri);
}

static void add_location(Json *json, const Bundle *bundle, Span span, const char *message)
{
    const Source *source = source_of(bundle, span);
    Place first = source_place(source, span.offset);
    Place last = source_place(source, span.offset + span.length);
    json_object_begin(json, NULL);
    json_object_begin(json, "physicalLocation");
    json_object_begin(json, "artifactLocation");
    add_uri(json, source->path);
    json_object_end(json);
    json_object_begin(json, "region");
    json_number(json, "startLine", first.line);
    json_number(json, "startColumn", first.column);
    json_number(json, "endLine", last.line);
    json_number(json, "endColumn", last.column);
    json_object_end(json);
    json_object_end(json);
    if (message) {
        json_object_begin(json, "message");
        json_text(json, "text", message);
        json_object_end(json);
    }
    json_object_end(json);
}

/* What was found, with its example and what to do. */
static void add_message(Json *json, const Diag *diag)
{
    Text text = {0};
    text_addf(&text, "%s.", diag->text);
    if (diag->example)
        text_addf(&text, "\nFor example: %s", diag->example);
    if (diag->help)
        text_addf(&text, "\n%s", diag->help);
    json_object_begin(json, "message");
    json_text(json, "text", text_get(&text));
    json_object_end(json);
    text_clear(&text);
}

/* What the same finding keeps when lines move: its code, where it stands by name,
 * and its headline. */
static void add_fingerprint(Json *json, const Bundle *bundle, const Diag *diag)
{
    Text print = {0};
    text_addf(&print, "%s|", diag->code);
    diag_place(bundle, diag->span, &print);
    text_addf(&print, "|%s", diag->text);
    json_object_begin(json, "partialFingerprints");
    json_text(json, "finding/v1", text_get(&print));
    json_object_end(json);
    text_clear(&print);
}

static void add_result(Json *json, const Bundle *bundle, const Diag *diag)
{
    json_object_begin(json, NULL);
    json_text(json, "ruleId", diag->code);
    json_text(json, "level", sarif_levels[diag->severity]);
    add_message(json, diag);
    json_array_begin(json, "locations");
    add_location(json, bundle, diag->span, NULL);
    json_array_end(json);
    if (diag->related) {
        json_array_begin(json, "relatedLocations");
        for (const DiagRelated *related = diag->related; related; related = related->next)
            add_location(json, bundle, related->span, related->text);
        json_array_end(json);
    }
    add_fingerprint(json, bundle, diag);
    json_object_end(json);
}

/* The rules of the run: the codes that occur, each once. */
static void add_rules(Json *json, const Diags *sorted)
{
    size_t count;
    const CodeInfo *codes = codes_all(&count);
    json_array_begin(json, "rules");
    for (size_t i = 0; i < count; i++) {
        bool occurs = false;
        for (size_t k = 0; k < sorted->count && !occurs; k++)
            occurs = strcmp(sorted->items[k]->code, codes[i].code) == 0;
        if (!occurs)
            continue;
        json_object_begin(json, NULL);
        json_text(json, "id", codes[i].code);
        json_object_begin(json, "shortDescription");
        json_text(json, "text", codes[i].title);
        json_object_end(json);
        json_object_end(json);
    }
    json_array_end(json);
}

void diag_sarif(const Bundle *bundle, const Diags *sorted, Text *out)
{
    Json json = {.out = out, .pretty = true};
    json_object_begin(&json, NULL);
    json_text(&json, "version", "2.1.0");
    json_array_begin(&json, "runs");
    json_object_begin(&json, NULL);
    json_object_begin(&json, "tool");
    json_object_begin(&json, "driver");
    json_text(&json, "name", "casewright");
    json_text(&json, "version", CASEWRIGHT_VERSION);
    add_rules(&json, sorted);
    json_object_end(&json);
    json_object_end(&json);
    json_text(&json, "columnKind", "unicodeCodePoints");
    json_array_begin(&json, "results");
    for (size_t i = 0; i < sorted->count; i++)
        add_result(&json, bundle, sorted->items[i]);
    json_array_end(&json);
    json_object_end(&json);
    json_array_end(&json);
    json_object_end(&json);
    text_add_char(out, '\n');
}

/* ---- GitHub ------------------------------------------------------------------------- */

/* Its own escapes: in values of properties also the marks that part them. */
static void add_github(Text *out, const char *words, bool property)
{
    for (const char *c = words; *c; c++) {
        if (*c == '%' || (unsigned char)*c < ' ' || (property && (*c == ':' || *c == ',')))
            text_addf(out, "%%%02X", (unsigned char)*c);
        else
            text_add_char(out, *c);
    }
}

static void add_command(Text *out, const Bundle *bundle, const Diag *diag)
{
    static const char *const commands[] = {"error", "warning", "notice"};
    const Source *source = source_of(bundle, diag->span);
    Place first = source_place(source, diag->span.offset);
    Place last = source_place(source, diag->span.offset + diag->span.length);
    text_addf(out, "::%s file=", commands[diag->severity]);
    add_github(out, source->path, true);
    text_addf(out, ",line=%u,col=%u,endLine=%u,endColumn=%u,title=%s::", first.line,
              first.column, last.line, last.column, diag->code);
    add_github(out, diag->text, false);
    if (diag->example) {
        text_add(out, "%0AFor example: ");
        add_github(out, diag->example, false);
    }
    if (diag->help) {
        text_add(out, "%0A");
        add_github(out, diag->help, false);
    }
    text_add_char(out, '\n');
}

void diag_github(const Bundle *bundle, const Diags *sorted, Text *out)
{
    size_t shown = 0;
    for (int severity = SEVERITY_ERROR; severity <= SEVERITY_INFO; severity++) {
        size_t of_this = 0;
        for (size_t i = 0; i < sorted->count && of_this < GITHUB_SHOWN; i++) {
            if (sorted->items[i]->severity != (Severity)severity)
                continue;
            add_command(out, bundle, sorted->items[i]);
            of_this++;
        }
        shown += of_this;
    }
    if (sorted->count > shown)
        text_addf(out, "and %zu more\n", sorted->count - shown);
}

/* ---- JUnit ---------------------------------------------------------------------------- */

static void add_case(Text *out, const Bundle *bundle, const Diag *diag)
{
    const Source *source = source_of(bundle, diag->span);
    uint32_t line = source_place(source, diag->span.offset).line;
    bool failed = diag->severity == SEVERITY_ERROR;
    text_add(out, "  <testcase classname=\"");
    markup_add_safe(out, source->path);
    text_addf(out, "\" name=\"%s line %u\" file=\"", diag->code, line);
    markup_add_safe(out, source->path);
    text_addf(out, "\" line=\"%u\">\n    ", line);
    text_add(out, failed ? "<failure message=\"" : "<system-out>");
    markup_add_safe(out, diag->text);
    if (failed)
        text_add(out, "\">");
    if (diag->example) {
        text_add(out, "\nFor example: ");
        markup_add_lines(out, diag->example);
    }
    if (diag->help) {
        text_add_char(out, '\n');
        markup_add_lines(out, diag->help);
    }
    text_add(out, failed ? "</failure>\n  </testcase>\n" : "</system-out>\n  </testcase>\n");
}

void diag_junit(const Bundle *bundle, const Diags *sorted, Text *out)
{
    const char *path = bundle->source_count ? bundle->sources[0].path : "";
    text_add(out, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuite name=\"check ");
    markup_add_safe(out, path);
    text_addf(out, "\" tests=\"%zu\" failures=\"%zu\">\n", sorted->count ? sorted->count : 1,
              sorted->errors);
    for (size_t i = 0; i < sorted->count; i++)
        add_case(out, bundle, sorted->items[i]);
    if (sorted->count == 0) {
        text_add(out, "  <testcase classname=\"");
        markup_add_safe(out, path);
        text_add(out, "\" name=\"nothing is wrong\"/>\n");
    }
    text_add(out, "</testsuite>\n");
}
