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
                   false, "what recurs needs a length of at least one day or hour"},
    [USE_WINDOW] = {UNITS_OF_DAYS, false,
                    "a window counts calendar days, weeks, months or years, at least one"},
    [USE_BEFORE] = {~(SET(UNIT_SAME_DAY) | SET(UNIT_IMMEDIATELY)), false,
                    "a time before something needs a length of at least one"},
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
    say_no_calendar(names, span, unit == UNIT_WORKING_DAYS ? "working days" : "working hours");
    const CalendarAst *calendar = calendar_of(names);
    if (unit != UNIT_WORKING_HOURS || !calendar || calendar->has_hours)
        return;
    Diag *diag = diag_add(names->diags, span, "CF315",
                          "the calendar \"%s\" does not say at which hours work is done",
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
                              "the length of a window cannot change with the date");
        diag_help(names->diags, diag, "\"%s\" has several values (%s). Write the length here.",
                  period->name, names_line(names, period->name_span, window->span));
    }
    return period->values->duration;
}

static void resolve_window(Names *names, Expr *expr)
{
    names_duration(names, &expr->window, USE_WINDOW);
    if (expr->amount < 1 || expr->amount > LIMIT_WINDOW_COUNT)
        diag_add(names->diags, expr->span, "CF010", "a window counts from 1 to %u times",
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

static const char *track_name(const Names *names, int32_t track)
{
    return track == 0 ? "the main line"
                      : arena_format(names->arena, "the track \"%s\"",
                                     names->flow->track_at[track]->name);
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
                 state->name, track_name(names, expr->ref.index));
    diag_help(names->diags, diag, "It is a state of %s (%s).", track_name(names, state->track),
              names_line(names, state->name_span, expr->span));
}

static void say_main_line(Names *names, const Ref *ref, const char *sentence)
{
    Diag *diag = diag_add(names->diags, ref->span, "CF118", "%s", sentence);
    diag_help(names->diags, diag,
              "The main line runs from the opening of the case until it reaches an end state.");
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
            say_main_line(names, &expr->ref,
                          "a condition cannot ask whether the case itself runs");
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
                              "this does not stand in a state, so nothing is entered");
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
                          "only a date that is known beforehand can be counted back from");
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
        say_no_calendar(names, limit->span, "working days");
    names_anchor(names, &limit->anchor, site, limit->before);
    names_anchor(names, &limit->target_anchor, site, false);
    names_expr(names, limit->paused_while, site);
    names_refs(names, &limit->paused_by, REF_ROLE);
    names_refs(names, &limit->extended_by, REF_ROLE);
}

/* ---- effects ------------------------------------------------------------ */

static void check_moves_own_track(Names *names, const Effect *effect, const Site *site)
{
    const StateAst *state = names->flow->state_at[effect->ref.index];
    if (state->track == site->track || state->track < 0 || site->track < 0)
        return;
    Diag *diag = diag_add(names->diags, effect->ref.span, "CF117",
                          "\"%s\" is a state of %s, and this stands in %s", state->name,
                          track_name(names, state->track), track_name(names, site->track));
    diag_related(names->diags, diag, state->name_span, "declared here");
    diag_help(names->diags, diag, "A clause moves its own line only. %s",
              state->track == 0
                  ? "Put it in a state of the main line, or under \"at any point\"."
                  : "To begin that line of work, write \"start\" and its name.");
}

static void resolve_effect(Names *names, Effect *effect, const Site *site)
{
    switch (effect->kind) {
    case EFFECT_GO_TO:
        if (names_ref(names, &effect->ref, REF_STATE))
            check_moves_own_track(names, effect, site);
        break;
    case EFFECT_AGAIN:
        if (site->kind != SITE_STATE || site->in_as_soon)
            diag_add(names->diags, effect->span, "CF118",
                     "\"again\" enters a state anew, so it can only stand in that state's own "
                     "\"on\"");
        break;
    case EFFECT_RECORD:
        names_fact_value(names, &effect->ref, &effect->value, false);
        break;
    case EFFECT_START:
    case EFFECT_END:
        if (names_ref(names, &effect->ref, REF_TRACK) && effect->ref.index == 0)
            say_main_line(names, &effect->ref,
                          "the case itself is not started or ended like a track");
        break;
    case EFFECT_NOTIFY:
    case EFFECT_ESCALATE:
        names_ref(names, &effect->ref, REF_ROLE);
        break;
    case EFFECT_STAY:
    case EFFECT_FLAG:
        break;
    }
}

static bool is_move(EffectKind kind)
{
    return kind == EFFECT_GO_TO || kind == EFFECT_STAY || kind == EFFECT_AGAIN;
}

/* Returns whether the effects say where the case goes on (`stay` included). */
static bool resolve_effects(Names *names, Effect *effects, const Site *site)
{
    const Effect *move = NULL;
    for (Effect *effect = effects; effect; effect = effect->next) {
        resolve_effect(names, effect, site);
        if (!is_move(effect->kind))
            continue;
        if (move) {
            Diag *diag = diag_add(names->diags, effect->span, "CF213",
                                  "one line can only go to one place");
            diag_related(names->diags, diag, move->span, "this already says where");
        }
        move = effect;
    }
    return move != NULL;
}

void names_if_missed(Names *names, IfMissed *if_missed, const Site *site)
{
    for (Effect *effect = if_missed->effects; effect; effect = effect->next) {
        resolve_effect(names, effect, site);
        if (effect->kind == EFFECT_GO_TO && site->kind == SITE_FLOW)
            diag_add(
                names->diags, effect->span, "CF118",
                "what holds for every limit of the flow cannot move a case: notify, escalate "
                "to or flag");
    }
}

/* ---- on, ignore, hold --------------------------------------------------- */

static void say_two_defaults(Names *names, Span again, Span first)
{
    Diag *diag = diag_add(names->diags, again, "CF205", "there is \"otherwise\" twice here");
    diag_related(names->diags, diag, first, "the first one");
    diag_help(names->diags, diag, "Only one line can be for everything else.");
}

static void resolve_lines(Names *names, Handler *handler, const Site *site)
{
    const Line *otherwise = NULL;
    for (Line *line = handler->lines; line; line = line->next) {
        bool moves = resolve_effects(names, line->effects, site);
        names_ref(names, &line->approval, REF_ROLE);
        names_expr(names, line->condition, site);
        names_because(names, line->because);
        names->line_count++;
        if (line->when != LINE_OTHERWISE)
            continue;
        if (!moves) {
            Diag *diag =
                diag_add(names->diags, line->span, "CF212",
                         "\"otherwise\" is only for lines that say where the case goes on");
            diag_help(names->diags, diag,
                      "Begin the line with \"stay and\", or write out when it applies.");
        } else if (otherwise) {
            say_two_defaults(names, line->span, otherwise->span);
        } else {
            otherwise = line;
        }
    }
}

static Span *find_handled(Names *names, int32_t place, int32_t event)
{
    int32_t key[2] = {place, event};
    int64_t position = 0;
    bool found = map_find(&names->handled, (const char *)key, sizeof key, &position);
    return found ? &names->handled_at[position] : NULL;
}

static void keep_handled(Names *names, int32_t place, const Ref *event)
{
    int32_t *key = ARENA_ARRAY(names->arena, 2, int32_t);
    key[0] = place;
    key[1] = event->index;
    map_add(&names->handled, (const char *)key, 2 * sizeof *key, (int64_t)names->handled_count);
    names->handled_at = mem_grow(names->handled_at, &names->handled_capacity,
                                 names->handled_count + 1, sizeof *names->handled_at);
    names->handled_at[names->handled_count++] = event->span;
}

void names_handled_once(Names *names, const Ref *event, int32_t place, int32_t also)
{
    const Span *before = find_handled(names, place, event->index);
    if (!before)
        before = find_handled(names, also, event->index);
    if (!before) {
        keep_handled(names, place, event);
        return;
    }
    Diag *diag = diag_add(names->diags, event->span, "CF214",
                          "what happens on \"%s\" is said here already (%s)", event->text,
                          names_line(names, *before, event->span));
    diag_related(names->diags, diag, *before, "the first time");
    diag_help(names->diags, diag, "Put all its lines under one \"on\".");
}

static void check_hold(Names *names, Handler *handler, const Site *site)
{
    if (!names_ref(names, &handler->until, REF_STATE))
        return;
    const StateAst *state = names->flow->state_at[handler->until.index];
    if (state->track <= 0 || state->track == site->track)
        return;
    Diag *diag = diag_add(names->diags, handler->until.span, "CF122",
                          "\"hold\" can wait for a state of the main line or of its own track");
    diag_help(names->diags, diag, "\"%s\" is a state of %s (%s).", state->name,
              track_name(names, state->track),
              names_line(names, state->name_span, handler->until.span));
}

void names_handlers(Names *names, Handler *handlers, const Site *site)
{
    for (Handler *handler = handlers; handler; handler = handler->next) {
        names_because(names, handler->because);
        for (Ref *event = handler->events.first; event; event = event->next)
            if (names_ref(names, event, REF_EVENT) && site->kind != SITE_ANY_POINT)
                names_handled_once(names, event, site->place, site->place);
        if (handler->kind == HANDLER_HOLD)
            check_hold(names, handler, site);
        resolve_lines(names, handler, site);
    }
}

static bool goes_somewhere(const Effect *effects)
{
    for (; effects; effects = effects->next)
        if (effects->kind == EFFECT_GO_TO)
            return true;
    return false;
}

void names_as_soon(Names *names, AsSoonAs *clauses, const Site *site)
{
    Site inside = *site;
    inside.in_as_soon = true;
    for (AsSoonAs *clause = clauses; clause; clause = clause->next) {
        names_expr(names, clause->condition, &inside);
        resolve_effects(names, clause->effects, &inside);
        names_because(names, clause->because);
        names->line_count++;
        if (!goes_somewhere(clause->effects))
            diag_add(
                names->diags, clause->span, "CF118",
                "\"as soon as\" that goes nowhere would happen again for ever: say \"go to\"");
    }
}
