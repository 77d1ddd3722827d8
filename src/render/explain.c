#include "render/explain.h"

#include <string.h>

#include "analysis/explanation.h"
#include "base/json.h"
#include "render/diag_text.h"
#include "render/safe.h"
#include "render/scenario_findings.h"

static const char *const severities[] = {
    [SEVERITY_ERROR] = "error", [SEVERITY_WARNING] = "warning", [SEVERITY_INFO] = "note"};

/* By the first digit of the code. */
static const char *const families[] = {
    "Reading the file", "Names and shape", "Choices",         "Time",  "Roles",
    "Standing rules",   "Scenarios",       "Changing a flow", "Upkeep"};

/* Leaves the first finding with this code: the others are not what the page is about. */
static bool keep_only(Diags *diags, const char *code)
{
    diags_sort(diags);
    for (size_t i = 0; i < diags->count; i++) {
        if (strcmp(diags->items[i]->code, code) == 0) {
            diags->items[0] = diags->items[i];
            diags->count = 1;
            return true;
        }
    }
    diags->count = 0;
    return false;
}

/* What the program says of the wrong example. */
static bool add_message(const char *code, const Example *example, bool colour, Text *out,
                        Error *err)
{
    Bundle bundle = {0};
    bool done = example_check(example, scenario_findings, &bundle, err);
    if (done && !keep_only(&bundle.diags, code))
        done = error_kind(err, ERROR_INTERNAL, "the example of %s does not show it", code);
    if (done)
        diag_render(&bundle, DIAG_TEXT, colour, 1, out);
    bundle_clear(&bundle);
    return done;
}

/* `words` line by line, each after `indent` spaces and made safe. */
static void add_indented(const char *words, int indent, Text *out)
{
    while (*words) {
        size_t length = strcspn(words, "\n");
        if (length > 0)
            text_addf(out, "%*s", indent, "");
        safe_add_bytes(out, words, length);
        text_add_char(out, '\n');
        words += length + (words[length] == '\n');
    }
}

static bool add_examples(const CodeInfo *code, const Explanation *page, bool colour, Text *out,
                         Error *err)
{
    text_add(out, "\nWrong:\n\n");
    add_indented(text_get(&page->wrong.text), 4, out);
    text_add(out, "\nWhat \"casewright check\" says of this, in a small flow:\n\n");
    if (!add_message(code->code, &page->wrong, colour, out, err))
        return false;
    text_add(out, "Right:\n\n");
    add_indented(text_get(&page->right.text), 4, out);
    return true;
}

static bool find_page(const CodeInfo *code, Explanation *page, Error *err)
{
    return explanation_find(code->code, page) ||
           error_kind(err, ERROR_INTERNAL, "%s has no page", code->code);
}

bool explain_text(const CodeInfo *code, bool colour, Text *out, Error *err)
{
    Explanation page;
    if (!find_page(code, &page, err))
        return false;
    text_addf(out, "%s: %s (%s)\n\n", code->code, code->title, severities[code->severity]);
    add_indented(text_get(&page.why), 0, out);
    bool done = true;
    if (page.wrong.text.length > 0)
        done = add_examples(code, &page, colour, out, err);
    else
        text_add(out, page.too_large
                          ? "\nOnly a large flow has it: too long to be shown here.\n"
                          : "\nNo check reports this code in this version.\n");
    explanation_clear(&page);
    return done;
}

static void add_json_words(Json *json, const char *key, const Text *text)
{
    Text safe = {0};
    add_indented(text_get(text), 0, &safe);
    json_text(json, key, text->length > 0 ? text_get(&safe) : NULL);
    text_clear(&safe);
}

static bool add_json_page(const CodeInfo *code, Json *json, Error *err)
{
    Explanation page;
    if (!find_page(code, &page, err))
        return false;
    Text message = {0};
    bool done = page.wrong.text.length == 0 ||
                add_message(code->code, &page.wrong, false, &message, err);
    json_object_begin(json, NULL);
    json_text(json, "code", code->code);
    json_text(json, "severity", severities[code->severity]);
    json_text(json, "title", code->title);
    json_text(json, "family", families[code->code[2] - '0']);
    add_json_words(json, "why", &page.why);
    add_json_words(json, "wrong", &page.wrong.text);
    json_text(json, "message", message.length > 0 ? text_get(&message) : NULL);
    add_json_words(json, "right", &page.right.text);
    json_object_end(json);
    text_clear(&message);
    explanation_clear(&page);
    return done;
}

bool explain_json(const CodeInfo *codes, size_t count, Text *out, Error *err)
{
    Json json = {.out = out, .pretty = true};
    bool done = true;
    json_object_begin(&json, NULL);
    json_text(&json, "schema", "casewright/explain/1");
    json_array_begin(&json, "pages");
    for (size_t i = 0; i < count && done; i++)
        done = add_json_page(&codes[i], &json, err);
    json_array_end(&json);
    json_object_end(&json);
    text_add_char(out, '\n');
    return done;
}

void explain_list(Text *out)
{
    size_t count;
    const CodeInfo *codes = codes_all(&count);
    char family = 0;
    for (size_t i = 0; i < count; i++) {
        if (codes[i].code[2] != family)
            text_addf(out, "%s%s:\n", i == 0 ? "" : "\n", families[codes[i].code[2] - '0']);
        family = codes[i].code[2];
        text_addf(out, "  %s  %-7s  %s\n", codes[i].code, severities[codes[i].severity],
                  codes[i].title);
    }
}
