#include <string.h>

#include "base/limits.h"
#include "base/mem.h"
#include "lang/codes.h"
#include "lang/names_internal.h"

/* ---- starts and ends ------------------------------------------------------ */

/* What the states of one line, the main one or a track, come to. */
typedef struct LineShape {
    const StateAst *start;
    uint32_t states, ends;
} LineShape;

static void say_two_starts(Names *names, const StateAst *again, const StateAst *first)
{
    Diag *diag =
        diag_add(names->diags, again->name_span, "CF104",
                 "\"%s\" and \"%s\" both say \"starts here\"", first->name, again->name);
    diag_related(names->diags, diag, first->name_span, "the first one");
    diag_help(names->diags, diag, "A line of states begins in exactly one of them.");
}

static LineShape *measure_lines(Names *names)
{
    const Flow *flow = names->flow;
    LineShape *lines = ARENA_ARRAY(names->arena, flow->track_count, LineShape);
    for (const StateAst *state = flow->states; state; state = state->next) {
        if (state->track < 0)
            continue;
        LineShape *line = &lines[state->track];
        line->states++;
        line->ends += state->ends_here;
        if (!state->starts_here)
            continue;
        if (line->start)
            say_two_starts(names, state, line->start);
        else
            line->start = state;
    }
    return lines;
}

static void check_main_line(Names *names, const WorkflowAst *workflow, const LineShape *line)
{
    if (!line->start) {
        Diag *diag =
            diag_add(names->diags, workflow->name_span, "CF104",
                     "No state says \"starts here\", so a new case has nowhere to begin");
        diag_help(names->diags, diag,
                  "Add \"starts here\" after the label of its first state.");
    }
    if (line->states && !line->ends) {
        Diag *diag = diag_add(names->diags, workflow->name_span, "CF105",
                              "No state says \"ends here\", so a case could never be closed");
        diag_help(names->diags, diag,
                  "Add a state such as: state closed \"Case closed\" ends here");
    }
}

static void check_lines(Names *names)
{
    const Flow *flow = names->flow;
    const LineShape *lines = measure_lines(names);
    if (flow->workflow)
        check_main_line(names, flow->workflow, &lines[0]);
    for (uint32_t i = 1; i < flow->track_count; i++)
        if (lines[i].states && !lines[i].start) {
            Diag *diag = diag_add(names->diags, flow->track_at[i]->name_span, "CF104",
                                  "No state of the track \"%s\" says \"starts here\"",
                                  flow->track_at[i]->name);
            diag_help(names->diags, diag, "Add it to the state in which each run begins.");
        }
}

/* Without an opening event no case can ever begin. */
static void check_can_open(Names *names)
{
    const Flow *flow = names->flow;
    if (!flow->workflow)
        return;
    for (const EventAst *event = flow->events; event; event = event->next)
        if (event->opens)
            return;
    Diag *diag = diag_add(names->diags, flow->workflow->name_span, "CF121",
                          "No event opens a case, so there could never be one");
    diag_help(names->diags, diag,
              "Add \"opens a case\" to the event with which a case begins.");
}

/* ---- end states ------------------------------------------------------------ */

static void check_end(Names *names, const StateAst *state)
{
    const Span *span = state->works      ? &state->works->span
                       : state->handlers ? &state->handlers->span
                       : state->as_soon  ? &state->as_soon->span
                                         : NULL;
    if (!state->ends_here || !span)
        return;
    Diag *diag = diag_add(names->diags, *span, "CF114",
                          "\"%s\" ends here, so nothing in it can still happen", state->name);
    diag_related(names->diags, diag, state->name_span, "the end state");
    diag_help(names->diags, diag,
              "Move this to the state before it, or take \"ends here\" away.");
}

/* ---- what may stand in which file ------------------------------------------ */

/* Nothing but blanks and comments; an empty file that another one uses is
 * noticed by what is missing from it. */
static void check_empty(Names *names)
{
    const Flow *flow = names->flow;
    bool says_something = flow->workflow || flow->uses || flow->policies || flow->calendars ||
                          flow->roles || flow->facts || flow->terms || flow->periods ||
                          flow->events || flow->states || flow->tracks || flow->any_points ||
                          flow->musts || flow->rules || flow->scenarios || flow->allows;
    if (says_something || names->diags->errors > 0)
        return;
    Diag *diag = diag_add(names->diags, (Span){0, 0, 0}, "CF120", "This file says nothing");
    diag_help(names->diags, diag, "Begin it with: workflow NAME \"Label\" version \"1\"");
}

static void check_workflow_file(Names *names)
{
    const Flow *flow = names->flow;
    if (flow->workflow && flow->workflow->span.file != 0) {
        Diag *diag = diag_add(names->diags, flow->workflow->name_span, "CF120",
                              "A file that is used by another cannot be a workflow of its own");
        diag_help(names->diags, diag, "Take the workflow line out, or do not use this file.");
    }
    if (!flow->workflow && flow->states) {
        Diag *diag =
            diag_add(names->diags, flow->states->name_span, "CF120",
                     "There are states here, but no workflow line says what they belong to");
        diag_help(names->diags, diag,
                  "Begin the file with: workflow NAME \"Label\" version \"1\"");
    }
}

static void check_scenario_file(Names *names, Span span)
{
    if (!names->bundle->sources[span.file].is_scenarios)
        return;
    Diag *diag =
        diag_add(names->diags, span, "CF123", "A scenarios file can only hold scenarios");
    diag_help(names->diags, diag, "It is no part of what runs. Move this to %s.",
              names->bundle->sources[0].path);
}

static void check_scenario_files(Names *names)
{
    const Flow *flow = names->flow;
    for (RefKind kind = REF_FACT; kind < REF_VALUE; kind++)
        for (size_t i = kind == REF_TRACK; i < names->declared[kind].count; i++) {
            bool is_work = kind == REF_EVENT && flow->event_at[i]->is_work;
            if (!is_work) /* it stands in a state or track, which is said */
                check_scenario_file(names, names->declared[kind].items[i].span);
        }
    for (const UseAst *use = flow->uses; use; use = use->next)
        check_scenario_file(names, use->span);
    for (const Work *must = flow->musts; must; must = must->next)
        check_scenario_file(names, must->name_span);
    for (const RuleAst *rule = flow->rules; rule; rule = rule->next)
        check_scenario_file(names, rule->span);
    for (const AnyPoint *any = flow->any_points; any; any = any->next)
        check_scenario_file(names, any->span);
}

/* ---- the whole --------------------------------------------------------------- */

static void check_allowed(Names *names)
{
    for (const AllowAst *allow = names->flow->allows; allow; allow = allow->next)
        if (!code_find(allow->code)) {
            Diag *diag = diag_add(names->diags, allow->span, "CF804", "There is no check %s",
                                  allow->code);
            diag_help(names->diags, diag,
                      "The code stands at the beginning of the finding, for example CF405.");
        }
}

void names_shape(Names *names)
{
    check_empty(names);
    check_workflow_file(names);
    check_scenario_files(names);
    check_lines(names);
    check_can_open(names);
    for (const StateAst *state = names->flow->states; state; state = state->next)
        check_end(names, state);
    check_allowed(names);
    if (names->line_count > LIMIT_TRANSITIONS && names->flow->states)
        diag_add(names->diags, names->flow->states->name_span, "CF010",
                 "This flow has more than %u lines that say what happens next",
                 LIMIT_TRANSITIONS);
}
