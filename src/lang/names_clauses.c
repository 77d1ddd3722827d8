#include <string.h>

#include "base/limits.h"
#include "base/mem.h"
#include "lang/names_internal.h"

void names_because(Names *names, Because *because)
{
    for (; because; because = because->next) {
        if (!names_ref(names, &because->policy, REF_POLICY))
            continue;
        const PolicyAst *policy = names->flow->policy_at[because->policy.index];
        bool has_numbers = policy->last_clause > 0;
        if (!has_numbers ||
            (because->clause >= policy->first_clause && because->clause <= policy->last_clause))
            continue;
        Diag *diag = diag_add(names->diags, because->span, "CF116", "%s has no clause %d",
                              policy->code, (int)because->clause);
        diag_help(names->diags, diag, "Its clauses are %d to %d (%s).",
                  (int)policy->first_clause, (int)policy->last_clause,
                  names_line(names, policy->span, because->span));
    }
}

/* ---- durations ---------------------------------------------------------- */

static bool unit_is(Unit unit, uint32_t set)
{
    return (set >> unit) & 1;
}

#define SET(unit) (1u << (unit))
#define UNITS_OF_DAYS                                                                          \
    (SET(UNIT_CALENDAR_DAYS) | SET(UNIT_WEEKS) | SET(UNIT_MONTHS) | SET(UNIT_YEARS))

/* What may stand where: a window slides over whole calendar days, an interval has
 * a length. */
static const struct {
    uint32_t units;
    bool may_be_nothing;
    const char *sentence;
} duration_uses[] = {
    [USE_LIMIT] = {~0u, true, ""},
    [USE_EVERY] = {UNITS_OF_DAYS | SET(UNIT_WORKING_DAYS) | SET(UNIT_HOURS) |
                       SET(UNIT_WORKING_HOURS),
                   false, "What recurs needs a length of at least one day or hour"},
    [USE_WINDOW] = {UNITS_OF_DAYS, false,
                    "A window counts calendar days, weeks, months or years, at least one"},
    [USE_BEFORE] = {~(SET(UNIT_SAME_DAY) | SET(UNIT_IMMEDIATELY)), false,
                    "A time before something needs a length of at least one"},
};

static void say_no_calendar(Names *names, Span span, const char *what)
{
    if (names->calendar_missed || !names->flow->workflow ||
        names->flow->workflow->calendar.text)
        return;
    names->calendar_missed = true;
    Diag *diag = diag_add(names->diags, span, "CF307",
                          "%s need a calendar, and this flow uses none", what);
    diag_help(names->diags, diag,
              "Add \"uses calendar NAME\" under the workflow line, or count calendar days.");
}

static const CalendarAst *calendar_of(const Names *names)
{
    const WorkflowAst *workflow = names->flow->workflow;
    bool found = workflow && workflow->calendar.kind == REF_CALENDAR;
    return found ? names->flow->calendar_at[workflow->calendar.index] : NULL;
}

static void check_calendar(Names *names, Span span, Unit unit)
{
    if (unit != UNIT_WORKING_DAYS && unit != UNIT_WORKING_HOURS)
        return;
    say_no_calendar(names, span, unit == UNIT_WORKING_DAYS ? "Working days" : "Working hours");
    const CalendarAst *calendar = calendar_of(names);
    if (unit != UNIT_WORKING_HOURS || !calendar || calendar->has_hours)
        return;
    Diag *diag = diag_add(names->diags, span, "CF315",
                          "The calendar \"%s\" does not say at which hours work is done",
                          calendar->name);
    diag_help(names->diags, diag,
              "Add them (%s): working Monday to Friday from 09:00 to 17:00.",
              names_line(names, calendar->name_span, span));
}

static void check_duration(Names *names, Span span, Duration duration, DurationUse use)
{
    bool has_length = duration_uses[use].may_be_nothing || duration.amount > 0;
    if (!unit_is(duration.unit, duration_uses[use].units) || !has_length)
        diag_add(names->diags, span, "CF317", "%s", duration_uses[use].sentence);
    else
        check_calendar(names, span, duration.unit);
}

void names_duration(Names *names, DurationAst *duration, DurationUse use)
{
    if (!duration->period.text) {
        check_duration(names, duration->span, duration->literal, use);
        return;
    }
    if (!names_ref(names, &duration->period, REF_PERIOD))
        return;
    const PeriodAst *period = names->flow->period_at[duration->period.index];
    for (const PeriodValue *value = period->values; value; value = value->next)
        check_duration(names, duration->span, value->duration, use);
}

/* ---- conditions --------------------------------------------------------- */

/* The window's length: written out, or a period that never changed. */
static Duration window_length(Names *names, const DurationAst *window)
{
    if (!window->period.text)
        return window->literal;
    if (window->period.kind != REF_PERIOD)
        return (Duration){0};
    const PeriodAst *period = names->flow->period_at[window->period.index];
    if (!period->values)
        return (Duration){0};
    if (period->values->next) {
        Diag *diag = diag_add(names->diags, window->span, "CF317",
                              "The length of a window cannot change with the date");
        diag_help(names->diags, diag, "\"%s\" has several values (%s). Write the length here.",
                  period->name, names_line(names, period->name_span, window->span));
    }
    return period->values->duration;
}

static void resolve_window(Names *names, Expr *expr)
{
    names_duration(names, &expr->window, USE_WINDOW);
    if (expr->amount < 1 || expr->amount > LIMIT_WINDOW_COUNT)
        diag_add(names->diags, expr->span, "CF010", "A window counts from 1 to %u times",
                 LIMIT_WINDOW_COUNT);
    if (!names_ref(names, &expr->ref, REF_EVENT))
        return;
    names->windows = mem_grow(names->windows, &names->window_capacity, names->window_count + 1,
                              sizeof *names->windows);
    expr->window_index = (int32_t)names->window_count;
    names->windows[names->window_count++] = (WindowAst){
        .expr = expr,
        .event = expr->ref.index,
        .count = (int32_t)expr->amount,
        .within = window_length(names, &expr->window),
    };
}

static void resolve_track_at(Names *names, Expr *expr)
{
    bool has_track = names_ref(names, &expr->ref, REF_TRACK);
    if (!names_ref(names, &expr->state, REF_STATE) || !has_track)
        return;
    const StateAst *state = names->flow->state_at[expr->state.index];
    if (state->track == expr->ref.index || state->track < 0)
        return;
    Diag *diag =
        diag_add(names->diags, expr->state.span, "CF117", "\"%s\" is not a state of %s",
                 state->name, names_track(names, expr->ref.index));
    diag_help(names->diags, diag, "It is a state of %s (%s).", names_track(names, state->track),
              names_line(names, state->name_span, expr->span));
}

static void resolve_parts(Names *names, Expr *parts, const Site *site)
{
    for (Expr *part = parts; part; part = part->next)
        names_expr(names, part, site);
}

void names_expr(Names *names, Expr *expr, const Site *site)
{
    if (!expr)
        return;
    expr->window_index = -1;
    switch (expr->kind) {
    case EXPR_AND:
    case EXPR_OR:
    case EXPR_NOT:
        resolve_parts(names, expr->parts, site);
        break;
    case EXPR_TERM:
        names_ref(names, &expr->ref, REF_TERM);
        break;
    case EXPR_COMPARE:
        names_compare(names, expr);
        break;
    case EXPR_KNOWN:
    case EXPR_NOT_KNOWN:
        names_ref(names, &expr->ref, REF_FACT);
        break;
    case EXPR_TRACK_RUNNING:
    case EXPR_TRACK_NOT_RUNNING:
    case EXPR_TRACK_ENDED:
    case EXPR_TRACK_NOT_ENDED:
        if (names_ref(names, &expr->ref, REF_TRACK) && expr->ref.index == 0)
            names_say_main_line(names, &expr->ref,
                                "A condition cannot ask whether the case itself runs");
        break;
    case EXPR_TRACK_AT:
    case EXPR_TRACK_NOT_AT:
        resolve_track_at(names, expr);
        break;
    case EXPR_WINDOW:
        resolve_window(names, expr);
        break;
    case EXPR_ALL_TASKS_DONE: /* the grammar has it in `as soon as` only */
        break;
    }
}

/* ---- limits ------------------------------------------------------------- */

static void check_place_anchor(Names *names, const Anchor *anchor, const Site *site)
{
    bool in_track = site->track > 0;
    if (anchor->kind == ANCHOR_ENTERING && site->kind != SITE_STATE) {
        Diag *diag = diag_add(names->diags, anchor->span, "CF316",
                              "This does not stand in a state, so nothing is entered");
        diag_help(names->diags, diag, "Count from %s, or from an event.",
                  in_track ? "\"of starting\" (this run of the track)"
                           : "\"of opening\" (the case)");
    }
    if (anchor->kind == ANCHOR_STARTING && !in_track) {
        Diag *diag = diag_add(names->diags, anchor->span, "CF316",
                              "\"of starting\" is for tracks, and this does not stand in one");
        diag_help(names->diags, diag,
                  "Write \"of opening\" to count from the start of the case.");
    }
}

static void resolve_anchor_ref(Names *names, Anchor *anchor, Ref *ref)
{
    if (!names_ref_either(names, ref, REF_EVENT, REF_FACT) || ref->kind != REF_FACT)
        return;
    const FactAst *fact = names->flow->fact_at[ref->index];
    if (fact->type != FACT_DATE) {
        Diag *diag =
            diag_add(names->diags, ref->span, "CF206",
                     "\"%s\" is not a date, so no time can be counted from it", ref->text);
        diag_help(names->diags, diag, "It is declared on %s.",
                  names_line(names, fact->name_span, ref->span));
    }
    if (anchor->kind == ANCHOR_EVENT)
        anchor->kind = ANCHOR_FACT;
    if (anchor->kind == ANCHOR_FIRST_EVENT)
        diag_add(names->diags, ref->span, "CF316",
                 "\"%s\" is a fact: only an event can happen a first time", ref->text);
}

void names_anchor(Names *names, Anchor *anchor, const Site *site, bool backward)
{
    check_place_anchor(names, anchor, site);
    for (Ref *ref = anchor->refs.first; ref; ref = ref->next)
        resolve_anchor_ref(names, anchor, ref);
    bool known = !anchor->refs.first || anchor->refs.first->kind != REF_UNRESOLVED;
    if (!backward || !known || anchor->kind == ANCHOR_FACT)
        return;
    Diag *diag = diag_add(names->diags, anchor->span, "CF316",
                          "Only a date that is known beforehand can be counted back from");
    diag_help(names->diags, diag,
              "Record the date as a fact (for example: fact meeting-date date) and write "
              "\"before meeting-date\".");
}

void names_limit(Names *names, LimitAst *limit, const Site *site)
{
    if (limit->span.length == 0)
        return;
    if (limit->has_target)
        names_duration(names, &limit->target, limit->before ? USE_BEFORE : USE_LIMIT);
    if (limit->has_limit)
        names_duration(names, &limit->limit, limit->before ? USE_BEFORE : USE_LIMIT);
    if (limit->roll != ROLL_NONE || limit->count_from_next)
        say_no_calendar(names, limit->span, "Working days");
    names_anchor(names, &limit->anchor, site, limit->before);
    names_anchor(names, &limit->target_anchor, site, false);
    names_expr(names, limit->paused_while, site);
    names_refs(names, &limit->paused_by, REF_ROLE);
    names_refs(names, &limit->extended_by, REF_ROLE);
}
