#include "analysis/analysis.h"

#include <stdarg.h>
#include <string.h>

#include "analysis/knowledge.h"
#include "lang/codes.h"

Diag *finding(Analysis *analysis, Span span, const char *code, const char *format, ...)
{
    const Diags *diags = analysis->diags;
    for (size_t i = analysis->first_finding; i < diags->count; i++) {
        const Diag *said = diags->items[i];
        if (said->span.file == span.file && said->span.offset == span.offset &&
            strcmp(said->code, code) == 0)
            return NULL;
    }
    Text text = {0};
    va_list list;
    va_start(list, format);
    text_addv(&text, format, list);
    va_end(list);
    Diag *diag = diag_add_severity(analysis->diags, code_find(code)->severity, span, code, "%s",
                                   text_get(&text));
    text_clear(&text);
    return diag;
}

void finding_to_note(Analysis *analysis, Diag *diag)
{
    analysis->diags->errors -= diag->severity == SEVERITY_ERROR;
    analysis->diags->warnings -= diag->severity == SEVERITY_WARNING;
    diag->severity = SEVERITY_INFO;
}

bool line_is_choice(const Line *line)
{
    for (const Effect *effect = line->effects; effect; effect = effect->next)
        if (effect->kind == EFFECT_GO_TO || effect->kind == EFFECT_STAY ||
            effect->kind == EFFECT_AGAIN)
            return true;
    return false;
}

/* The first working Monday or later day that the flow is in force. */
static Day choose_story_day(const Program *program)
{
    Day day = day_from_civil((Civil){2021, 3, 1});
    if (program->in_force != DAY_NONE && program->in_force > day)
        day = program->in_force;
    while (day_weekday(day) != 0)
        day++;
    const Calendar *calendar = program->calendar;
    while (calendar && calendar_covers(calendar, day) && !calendar_is_working(calendar, day))
        day++;
    return day;
}

void analysis_begin(Analysis *analysis, Bundle *bundle, const Program *program,
                    const AnalysisOptions *options)
{
    *analysis = (Analysis){.bundle = bundle,
                           .flow = &bundle->flow,
                           .program = program,
                           .diags = &bundle->diags,
                           .options = options,
                           .first_finding = bundle->diags.count};
    analysis->domains = domains_new(analysis->flow, &analysis->arena);
    analysis->situation = situation_new(analysis->flow, analysis->domains, &analysis->arena);
    analysis->known = knowledge_new(analysis);
    analysis->story_day = choose_story_day(program);
}

void analysis_end(Analysis *analysis)
{
    knowledge_clear(analysis->known);
    arena_clear(&analysis->arena);
}

void analysis_run(Bundle *bundle, const Program *program, const AnalysisOptions *options)
{
    static void (*const families[])(Analysis *) = {
        check_choices,   check_conditions, check_repeats,  check_rules_known,
        check_paths,     check_names_used, check_upkeep,   check_limits,
        check_anchors,   check_roles,      check_standing, check_order_of_duties,
        check_scenarios,
    };
    Analysis analysis;
    analysis_begin(&analysis, bundle, program, options);
    for (size_t i = 0; i < sizeof families / sizeof *families; i++)
        families[i](&analysis);
    analysis_end(&analysis);
}
