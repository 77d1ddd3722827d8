#include "render/scenario_findings.h"

#include <string.h>

#include "lang/codes.h"
#include "render/scenario_words.h"
#include "sim/suggest.h"

#define STORIES_TRIED 2000u /* to find a scenario for what is not tried */

/* ---- CF601 ------------------------------------------------------------------------------- */

/* One finding for each scenario: what goes wrong first mostly causes the rest. */
static void say_failure(Bundle *bundle, const Program *program, const ScenarioResult *result)
{
    FailureWords words;
    const Failure *failure = &result->failures[0];
    failure_words(bundle, program, result, failure, &words);
    Diag *diag = diag_add(&bundle->diags, failure->span, "CF601",
                          "The scenario \"%s\" does not hold", result->scenario->name);
    diag_help(
        &bundle->diags, diag,
        "%s%s%s\n"
        "One of the two is wrong, the flow or the scenario; \"casewright test\" tells what\n"
        "led there.",
        text_get(&words.headline), words.got.length ? "\ngot: " : "", text_get(&words.got));
    failure_words_clear(&words);
}

/* ---- CF604, CF606 ------------------------------------------------------------------------ */

/* What no scenario does, to be said of the thing that it is about. */
static const char *const untried[COVER_KINDS][SIDE_NEVER + 1] = {
    [COVER_STATES][SIDE_NONE] = "No scenario gets to this state",
    [COVER_TRANSITIONS][SIDE_NONE] = "No scenario goes this way",
    [COVER_LIMITS][SIDE_MET] = "No scenario meets this limit",
    [COVER_LIMITS][SIDE_MISSED] = "No scenario misses this limit",
    [COVER_REVIEWS][SIDE_ON_TIME] = "No scenario holds this review in time",
    [COVER_REVIEWS][SIDE_LATE] = "No scenario holds this review late",
    [COVER_REVIEWS][SIDE_NEVER] = "No scenario leaves this review out",
    [COVER_CLAUSES][SIDE_NONE] = "No scenario tries this clause of the policy",
};

static Diag *say_untried(Bundle *bundle, const CoverageItem *item)
{
    const char *text = untried[item->kind][item->side];
    bool no_line = item->kind == COVER_CLAUSES && !item->cited;
    if (!text || no_line)
        return NULL; /* "casewright trace" tells of clauses that nothing cites */
    return diag_add_severity(&bundle->diags, code_find("CF604")->severity, item->span, "CF604",
                             "%s", text);
}

/* Of a condition that no scenario looks at at all, its line tells. */
static Diag *say_one_way(Bundle *bundle, const CoverageItems *items, uint32_t i)
{
    const CoverageItem *item = &items->items[i];
    uint32_t other = item->side == SIDE_YES ? i + 1 : i - 1; /* listed side by side */
    if (!items->items[other].covered)
        return NULL;
    return diag_add_severity(&bundle->diags, code_find("CF606")->severity, item->span, "CF606",
                             item->side == SIDE_YES
                                 ? "In no scenario is this condition ever true"
                                 : "In every scenario this condition is true");
}

static bool is_new(const char *const *suggestions, const CoverageItems *items, uint32_t i)
{
    for (uint32_t k = 0; k < i; k++)
        if (suggestions[k] && !items->items[k].covered &&
            strcmp(suggestions[k], suggestions[i]) == 0)
            return false;
    return true;
}

static void say_not_tried(Bundle *bundle, Coverage *coverage)
{
    CoverageItems items = coverage_items(coverage);
    const char *const *suggestions = suggest_scenarios(coverage, &items, STORIES_TRIED);
    for (uint32_t i = 0; i < items.count; i++) {
        if (items.items[i].covered)
            continue;
        Diag *diag = items.items[i].kind == COVER_GUARDS ? say_one_way(bundle, &items, i)
                                                         : say_untried(bundle, &items.items[i]);
        if (!diag)
            continue;
        if (suggestions[i] && is_new(suggestions, &items, i))
            diag_scenario(&bundle->diags, diag, suggestions[i]);
        diag_help(&bundle->diags, diag, "Nobody would notice if it were changed by mistake.");
    }
}

/* ---- all of them ------------------------------------------------------------------------- */

void scenario_findings(Bundle *bundle, const Program *program, bool notes)
{
    Coverage coverage;
    notes &= bundle->flow.scenarios != NULL;
    if (notes)
        coverage_begin(&coverage, bundle, program);
    for (const ScenarioAst *one = bundle->flow.scenarios; one; one = one->next) {
        ScenarioResult result;
        if (!scenario_run(bundle, program, one, notes ? &coverage : NULL, &result))
            say_failure(bundle, program, &result);
        scenario_result_clear(&result);
    }
    if (notes && bundle->diags.errors == 0)
        say_not_tried(bundle, &coverage);
    if (notes)
        coverage_clear(&coverage);
}
