/* Scenarios as they are written: one that checks nothing (CF602), two of one name
 * (CF603), time that runs backwards or begins before the flow is in force (CF605). */
#include <string.h>

#include "analysis/internal.h"
#include "lang/scenario_ast.h"

static void check_has_then(Analysis *analysis, const ScenarioAst *scenario)
{
    for (const ScenarioStep *step = scenario->steps; step; step = step->next)
        if (step->checks)
            return;
    Diag *diag = finding(analysis, scenario->span, "CF602", "This scenario checks nothing");
    if (diag)
        diag_help(analysis->diags, diag, "Say what has to come out: then case is at STATE");
}

static void check_same_name(Analysis *analysis, const ScenarioAst *scenario)
{
    int64_t first = map_index(&analysis->scenarios, scenario->name);
    if (first < 0) {
        map_add(&analysis->scenarios, scenario->name, strlen(scenario->name),
                (int64_t)(intptr_t)scenario);
        return;
    }
    const ScenarioAst *other = (const ScenarioAst *)(intptr_t)first;
    Diag *diag = finding(analysis, scenario->span, "CF603", "Two scenarios have this name");
    if (!diag)
        return;
    diag_related(analysis->diags, diag, other->span, "the other one");
    diag_help(analysis->diags, diag, "A failure is reported by name: give each its own.");
}

/* A date without a time is the end of its day, and a later one may follow on it. */
static bool is_before(const TimeAst *time, const TimeAst *than)
{
    if (time->day != than->day)
        return time->day < than->day;
    return time->minute >= 0 && than->minute >= 0 && time->minute < than->minute;
}

static void check_time(Analysis *analysis, const TimeAst *time, const TimeAst **last)
{
    if (time->day == DAY_NONE)
        return;
    if (*last && is_before(time, *last)) {
        Diag *diag =
            finding(analysis, time->span, "CF605", "This is earlier than the step before");
        if (diag) {
            diag_related(analysis->diags, diag, (*last)->span, "the step before");
            diag_help(
                analysis->diags, diag,
                "Steps come in order. What was typed in later is \"recorded on\" a date.");
        }
    }
    *last = time;
}

/* Only a note: stories stay right when a later version takes effect later. */
static void note_in_force(Analysis *analysis, const TimeAst *time)
{
    Day in_force = analysis->program->in_force;
    if (!analysis->options->notes || time->day == DAY_NONE || in_force == DAY_NONE ||
        time->day >= in_force)
        return;
    char from[DAY_TEXT_MAX];
    day_format_long(in_force, from);
    Diag *diag = finding(analysis, time->span, "CF605", "The flow is not in force yet then");
    if (!diag)
        return;
    finding_to_note(analysis, diag);
    diag_help(analysis->diags, diag, "It is from %s.", from);
}

static bool is_late_entry(const WhenStep *when)
{
    return when->recorded.day != DAY_NONE || when->again_same_key ||
           when->kind == WHEN_VOIDED || when->kind == WHEN_AMENDED;
}

static void check_order(Analysis *analysis, const ScenarioAst *scenario)
{
    const TimeAst *last = NULL;
    for (const Given *given = scenario->givens; given; given = given->next)
        if (given->kind == GIVEN_NEW_CASE || given->kind == GIVEN_CASE_AT) {
            note_in_force(analysis, &given->on);
            check_time(analysis, &given->on, &last);
        }
    for (const ScenarioStep *step = scenario->steps; step; step = step->next) {
        const WhenStep *when = step->when;
        if (!when || is_late_entry(when))
            continue;
        for (uint32_t i = 0; i < when->on_count; i++)
            check_time(analysis, &when->on[i], &last);
        if (when->kind == WHEN_NOTHING)
            check_time(analysis, &when->until, &last);
        if (when->on_count)
            note_in_force(analysis, &when->on[0]);
    }
}

void check_scenarios(Analysis *analysis)
{
    for (const ScenarioAst *scenario = analysis->flow->scenarios; scenario;
         scenario = scenario->next) {
        check_has_then(analysis, scenario);
        check_same_name(analysis, scenario);
        check_order(analysis, scenario);
    }
    map_clear(&analysis->scenarios);
}
