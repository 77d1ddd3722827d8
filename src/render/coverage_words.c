#include "render/coverage_words.h"

#include <string.h>

#include "render/diag_place.h"
#include "render/flow_words.h"
#include "render/safe.h"
#include "render/scenario_words.h"

static const char *const side_words[] = {
    [SIDE_NONE] = "",
    [SIDE_YES] = "never yes",
    [SIDE_NO] = "never no",
    [SIDE_MET] = "never met",
    [SIDE_MISSED] = "never missed",
    [SIDE_ON_TIME] = "never on time",
    [SIDE_LATE] = "never late",
    [SIDE_NEVER] = "never left out",
};

static const char *const side_codes[] = {
    [SIDE_NONE] = NULL,   [SIDE_YES] = "yes",       [SIDE_NO] = "no",
    [SIDE_MET] = "met",   [SIDE_MISSED] = "missed", [SIDE_ON_TIME] = "on-time",
    [SIDE_LATE] = "late", [SIDE_NEVER] = "never",
};

void coverage_line(const TestReport *report, Text *out)
{
    text_add(out, "coverage:");
    for (int kind = 0; kind < COVER_KINDS; kind++)
        text_addf(out, "%s %s %u of %u", kind ? "," : "",
                  coverage_kind_text((CoverageKind)kind), report->coverage->covered_of[kind],
                  report->coverage->count_of[kind]);
    text_add_char(out, '\n');
    for (int kind = 0; kind < COVER_KINDS; kind++) {
        uint32_t percent = coverage_percent(report->coverage, (CoverageKind)kind);
        if (coverage_counts((CoverageKind)kind) && percent < report->least)
            text_addf(out, "too little: %u per cent of the %s are covered, %u are asked for\n",
                      percent, coverage_kind_text((CoverageKind)kind), report->least);
    }
}

static void add_name(const TestReport *report, const CoverageItem *item, Text *out)
{
    const Flow *flow = &report->bundle->flow;
    switch (item->kind) {
    case COVER_STATES:
        safe_add(out, flow->state_at[item->index]->name);
        break;
    case COVER_LIMITS:
    case COVER_REVIEWS:
        safe_add(out, flow->work_at[item->index]->name);
        break;
    case COVER_ROLES:
        safe_add(out, flow->role_at[item->index]->name);
        break;
    case COVER_CLAUSES:
        safe_add(out, flow->policy_at[item->index]->code);
        text_addf(out, "-%d", (int)item->clause);
        break;
    case COVER_TRANSITIONS:
    case COVER_GUARDS:
    case COVER_KINDS:
        source_words(report->bundle, item->span, out);
        break;
    }
}

static void add_item(const TestReport *report, const CoverageItem *item, Text *out)
{
    const Source *source = &report->bundle->sources[item->span.file];
    text_add(out, "    ");
    add_name(report, item, out);
    if (item->side)
        text_addf(out, ": %s", side_words[item->side]);
    if (item->kind == COVER_CLAUSES && !item->cited)
        text_add(out, ": no line of the flow gives it as its reason");
    text_add(out, "\n      ");
    safe_add(out, source->path);
    text_addf(out, ", line %u", source_place(source, item->span.offset).line);
    if (item->kind == COVER_TRANSITIONS || item->kind == COVER_GUARDS ||
        item->kind == COVER_LIMITS || item->kind == COVER_REVIEWS) {
        text_add(out, ", ");
        diag_place(report->bundle, item->span, out);
    }
    text_add_char(out, '\n');
}

static void add_suggestion(const char *lines, Text *out)
{
    while (*lines) {
        size_t length = strcspn(lines, "\n");
        text_add(out, length ? "      " : "");
        text_add_bytes(out, lines, length);
        text_add_char(out, '\n');
        lines += length + (lines[length] == '\n');
    }
}

/* One scenario may cover several things: it is printed once. */
static bool said_before(const TestReport *report, uint32_t i)
{
    for (uint32_t k = 0; k < i; k++)
        if (report->suggestions[k] && !report->coverage->items[k].covered &&
            strcmp(report->suggestions[k], report->suggestions[i]) == 0)
            return true;
    return false;
}

void coverage_details(const TestReport *report, Text *out)
{
    int kind = -1;
    for (uint32_t i = 0; i < report->coverage->count; i++) {
        const CoverageItem *item = &report->coverage->items[i];
        if (item->covered)
            continue;
        if ((int)item->kind != kind)
            text_addf(out, "  %s not covered:\n", coverage_kind_text(item->kind));
        kind = (int)item->kind;
        add_item(report, item, out);
        const char *suggestion = report->suggestions ? report->suggestions[i] : NULL;
        if (!suggestion && item->kind == COVER_CLAUSES && !item->cited)
            continue;
        if (!suggestion) {
            text_add(out,
                     item->kind == COVER_ROLES
                         ? "      Let a step of some scenario be done \"by\" it.\n"
                         : "      No short story was found that covers it: begin one where "
                           "it stands.\n");
            continue;
        }
        if (said_before(report, i))
            text_add(out, "      A scenario above would cover this too.\n");
        else
            add_suggestion(suggestion, out);
    }
}

static void json_item(const TestReport *report, uint32_t i, Json *json)
{
    const CoverageItem *item = &report->coverage->items[i];
    const Source *source = &report->bundle->sources[item->span.file];
    Text name = {0};
    add_name(report, item, &name);
    json_object_begin(json, NULL);
    json_text(json, "kind", coverage_kind_text(item->kind));
    json_text(json, "name", text_get(&name));
    json_text(json, "side", side_codes[item->side]);
    json_bool(json, "covered", item->covered);
    json_text(json, "file", source->path);
    json_number(json, "line", source_place(source, item->span.offset).line);
    json_text(json, "scenario", report->suggestions ? report->suggestions[i] : NULL);
    json_object_end(json);
    text_clear(&name);
}

void coverage_json(const TestReport *report, Json *json)
{
    json_object_begin(json, "coverage");
    for (int kind = 0; kind < COVER_KINDS; kind++) {
        json_object_begin(json, coverage_kind_text((CoverageKind)kind));
        json_number(json, "covered", report->coverage->covered_of[kind]);
        json_number(json, "of", report->coverage->count_of[kind]);
        json_bool(json, "counts", coverage_counts((CoverageKind)kind));
        json_object_end(json);
    }
    json_number(json, "least", report->least);
    json_array_begin(json, "items");
    for (uint32_t i = 0; i < report->coverage->count; i++)
        json_item(report, i, json);
    json_array_end(json);
    json_object_end(json);
}
