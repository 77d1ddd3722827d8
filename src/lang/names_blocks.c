#include <stdlib.h>
#include <string.h>

#include "base/limits.h"
#include "base/mem.h"
#include "calendar/zone.h"
#include "lang/names_internal.h"

/* ---- workflow, calendars, roles, periods -------------------------------- */

static void resolve_workflow(Names *names, WorkflowAst *workflow)
{
    if (!workflow)
        return;
    names_ref(names, &workflow->calendar, REF_CALENDAR);
    names_refs(names, &workflow->owner, REF_ROLE);
    Zone zone;
    Error err = {0};
    if (workflow->zone_name && !zone_parse(workflow->zone_name, &zone, &err)) {
        Diag *diag = diag_add(names->diags, workflow->zone_span, "CF319",
                              "There is no time zone \"%s\" here", workflow->zone_name);
        diag_help(
            names->diags, diag,
            "Write Europe/London, UTC, or an offset such as +01:00 or +01:00 summer time.");
    }
}

static void resolve_roles(Names *names)
{
    for (RoleAst *role = names->flow->roles; role; role = role->next) {
        names_because(names, role->because);
        names_refs(names, &role->members, REF_ROLE);
        names_refs(names, &role->excludes, REF_ROLE);
        for (Deputy *deputy = role->deputies; deputy; deputy = deputy->next) {
            names_ref(names, &deputy->role, REF_ROLE);
            names_because(names, deputy->because);
            if (deputy->when == DEPUTY_AFTER)
                names_duration(names, &deputy->after, USE_BEFORE);
        }
    }
}

static int by_date(const void *left, const void *right)
{
    const PeriodValue *a = *(PeriodValue *const *)left, *b = *(PeriodValue *const *)right;
    if (a->from.day != b->from.day)
        return a->from.day < b->from.day ? -1 : 1;
    return a->span.offset < b->span.offset ? -1 : 1;
}

/* DAY_NONE is the least Day, so the value without a date comes first. */
static void sort_values(Names *names, PeriodAst *period)
{
    size_t count = 0;
    for (const PeriodValue *value = period->values; value; value = value->next)
        count++;
    if (count < 2)
        return;
    PeriodValue **sorted = ARENA_ARRAY(names->arena, count, PeriodValue *);
    count = 0;
    for (PeriodValue *value = period->values; value; value = value->next)
        sorted[count++] = value;
    qsort(sorted, count, sizeof *sorted, by_date);
    for (size_t i = 0; i < count; i++)
        sorted[i]->next = i + 1 < count ? sorted[i + 1] : NULL;
    period->values = sorted[0];
}

static void resolve_period(Names *names, PeriodAst *period)
{
    sort_values(names, period);
    for (PeriodValue *value = period->values; value; value = value->next) {
        names_because(names, value->because);
        if (value->next && value->next->from.day == value->from.day)
            diag_add(names->diags, value->next->span, "CF102",
                     "\"%s\" has two values from the same date on", period->name);
    }
}

/* ---- facts of an event, terms, rules ------------------------------------ */

static void resolve_records(Names *names, Records *records, RequiresReason *reasons,
                            const Site *site)
{
    for (; records; records = records->next) {
        names_ref(names, &records->fact, REF_FACT);
        names_expr(names, records->when, site);
    }
    for (; reasons; reasons = reasons->next)
        names_expr(names, reasons->when, site);
}

static void resolve_event(Names *names, EventAst *event, const Site *site)
{
    if (event->is_work)
        return;
    names_refs(names, &event->by, REF_ROLE);
    resolve_records(names, event->records, event->reasons, site);
    names_because(names, event->because);
    if (event->by_anyone && event->by.first)
        diag_add(names->diags, event->by.first->span, "CF407",
                 "\"%s\" is by anyone, so naming a role says nothing more", event->name);
    if (event->by_anyone || event->by.first)
        return;
    Diag *diag = diag_add(names->diags, event->name_span, "CF407",
                          "Nobody is named who may record \"%s\"", event->name);
    diag_help(names->diags, diag,
              "Add \"by\" and a role, or write \"by anyone\" if that is meant.");
}

static void resolve_conditions(Names *names, const Site *site)
{
    Flow *flow = names->flow;
    for (FactAst *fact = flow->facts; fact; fact = fact->next)
        names_because(names, fact->because);
    for (TermAst *term = flow->terms; term; term = term->next) {
        names_expr(names, term->condition, site);
        names_because(names, term->because);
    }
    for (EventAst *event = flow->events; event; event = event->next)
        resolve_event(names, event, site);
    for (RuleAst *rule = flow->rules; rule; rule = rule->next) {
        names_ref(names, &rule->state, REF_STATE);
        names_expr(names, rule->condition, site);
        names_because(names, rule->because);
    }
}

/* ---- work --------------------------------------------------------------- */

static bool has_due_moment(const Work *work)
{
    return work->limit.has_target || work->limit.has_limit || work->first || work->intervals ||
           work->in_step.text;
}

static void check_review(Names *names, const Work *work)
{
    const Interval *otherwise = NULL;
    for (const Interval *interval = work->intervals; interval; interval = interval->next) {
        if (interval->when == LINE_OTHERWISE && otherwise) {
            Diag *diag = diag_add(names->diags, interval->span, "CF205",
                                  "There is \"otherwise\" twice here");
            diag_related(names->diags, diag, otherwise->span, "the first one");
        }
        if (interval->when == LINE_OTHERWISE)
            otherwise = interval;
    }
    if (work->intervals || work->in_step.text)
        return;
    Diag *diag = diag_add(names->diags, work->name_span, "CF321",
                          "The review \"%s\" does not say how often it is held", work->name);
    diag_help(names->diags, diag,
              "Add \"every 3 months from ...\" or \"at most 6 weeks after the last one\".");
}

static void resolve_intervals(Names *names, Work *work, const Site *site)
{
    for (Interval *interval = work->intervals; interval; interval = interval->next) {
        names_duration(names, &interval->every, USE_EVERY);
        names_expr(names, interval->condition, site);
        if (interval->kind == INTERVAL_GRID)
            names_anchor(names, &interval->from, site, false);
    }
}

static bool is_review_somewhere(const Names *names, int32_t event)
{
    for (int32_t work = names->first_work[event]; work >= 0; work = names->next_work[work])
        if (names->flow->work_at[work]->kind == WORK_REVIEW)
            return true;
    return false;
}

static void resolve_in_step(Names *names, Work *work)
{
    if (!names_work_ref(names, &work->in_step))
        return;
    int32_t event = work->in_step.index;
    if (event == work->event)
        diag_add(names->diags, work->in_step.span, "CF113",
                 "\"%s\" cannot be in step with itself", work->name);
    else if (!is_review_somewhere(names, event))
        diag_add(names->diags, work->in_step.span, "CF101",
                 "\"%s\" is a task: only a review can be kept step with", work->in_step.text);
}

static void check_holder(Names *names, const Work *work)
{
    if (work->by.first)
        return;
    bool review = work->kind == WORK_REVIEW;
    Diag *diag = diag_add(names->diags, work->name_span, review ? "CF311" : "CF401",
                          "Nobody is named to do \"%s\"", work->name);
    diag_help(names->diags, diag, "Add \"by\" and a role.");
}

static void check_checklist(Names *names, const Work *work)
{
    Map seen = {0};
    uint32_t count = 0;
    for (const CheckItem *item = work->checklist; item; item = item->next, count++)
        if (!map_add(&seen, item->name, strlen(item->name), 1))
            diag_add(names->diags, item->span, "CF102", "\"%s\" stands twice in this checklist",
                     item->name);
    map_clear(&seen);
    if (count > LIMIT_CHECKLIST)
        diag_add(names->diags, work->name_span, "CF010",
                 "The checklist of \"%s\" has %u items; at most %u are possible", work->name,
                 count, LIMIT_CHECKLIST);
}

static void check_something_to_miss(Names *names, const Work *work)
{
    bool only_waits = work->kind == WORK_DEADLINE || work->kind == WORK_MUST;
    bool missed = work->if_missed.span.length > 0;
    if (has_due_moment(work) || (!missed && !work->reminds && !only_waits))
        return;
    Span span = missed          ? work->if_missed.span
                : work->reminds ? work->reminds->span
                                : work->name_span;
    Diag *diag = diag_add(names->diags, span, "CF320",
                          "\"%s\" has no limit, so it can never be missed", work->name);
    diag_help(names->diags, diag,
              "Add a limit, for example: within 3 working days of entering.");
}

static void resolve_waited(Names *names, Work *work)
{
    if (!names_ref(names, &work->event_ref, REF_EVENT))
        return;
    work->event = work->event_ref.index;
    names->waited[work->event] = true;
}

static void check_kind(Names *names, Work *work, const Site *site)
{
    if (work->kind == WORK_DEADLINE || work->kind == WORK_MUST) {
        resolve_waited(names, work);
        return;
    }
    check_holder(names, work);
    if (work->kind == WORK_REVIEW) {
        resolve_intervals(names, work, site);
        check_review(names, work);
    }
}

void names_work(Names *names, Work *work, const Site *site)
{
    check_kind(names, work, site);
    names_refs(names, &work->by, REF_ROLE);
    names_refs(names, &work->with, REF_ROLE);
    names_refs(names, &work->with_where_possible, REF_ROLE);
    names_refs(names, &work->assigns, REF_ROLE);
    names_limit(names, &work->limit, site);
    if (work->first)
        names_limit(names, work->first, site);
    resolve_records(names, work->records, work->reasons, site);
    check_checklist(names, work);
    names_expr(names, work->only_when, site);
    names_expr(names, work->until, site);
    names_expr(names, work->when, site);
    names_work_ref(names, &work->after);
    for (Ref *task = work->not_by_who.first; task; task = task->next)
        names_work_ref(names, task);
    resolve_in_step(names, work);
    names_if_missed(names, &work->if_missed, site);
    check_something_to_miss(names, work);
    for (Remind *remind = work->reminds; remind; remind = remind->next) {
        names_refs(names, &remind->roles, REF_ROLE);
        names_duration(names, &remind->before, USE_BEFORE);
    }
    names_because(names, work->because);
}

static void resolve_works(Names *names, Work *works, const Site *site)
{
    for (Work *work = works; work; work = work->next)
        names_work(names, work, site);
}

/* ---- states, tracks, at any point ---------------------------------------- */

static void resolve_states(Names *names)
{
    for (StateAst *state = names->flow->states; state; state = state->next) {
        Site site = {.kind = SITE_STATE, .track = state->track, .place = state->index};
        names_refs(names, &state->overseen_by, REF_ROLE);
        names_because(names, state->because);
        resolve_works(names, state->works, &site);
        names_handlers(names, state->handlers, &site);
        names_as_soon(names, state->as_soon, &site);
    }
}

static void resolve_starts(Names *names, StartsLine *starts, const Site *site)
{
    for (; starts; starts = starts->next) {
        names_refs(names, &starts->events, REF_EVENT);
        names_expr(names, starts->condition, site);
        names_because(names, starts->because);
    }
}

static void resolve_tracks(Names *names)
{
    int32_t states = (int32_t)names->flow->state_count;
    for (TrackAst *track = names->flow->tracks; track; track = track->next) {
        Site site = {.kind = SITE_TRACK, .track = track->index, .place = states + track->index};
        names_because(names, track->because);
        resolve_starts(names, track->starts, &site);
        resolve_works(names, track->works, &site);
        names_handlers(names, track->handlers, &site);
    }
}

static bool resolve_covered_state(Names *names, Ref *ref)
{
    if (!names_ref(names, ref, REF_STATE))
        return false;
    const StateAst *state = names->flow->state_at[ref->index];
    if (state->track <= 0)
        return true;
    Diag *diag =
        diag_add(names->diags, ref->span, "CF117",
                 "\"at any point\" is about the main line, and \"%s\" is a state of \"%s\"",
                 state->name, names->flow->track_at[state->track]->name);
    diag_help(names->diags, diag,
              "Put the \"on\" into the track itself: it holds in all its states.");
    return false;
}

/* Each pair of a covered state and an event once; `everywhere` covers all. */
static void check_covered_once(Names *names, AnyPoint *any, int32_t everywhere)
{
    for (const Handler *handler = any->handlers; handler; handler = handler->next)
        for (const Ref *event = handler->events.first; event; event = event->next) {
            if (event->kind != REF_EVENT)
                continue;
            if (!any->states.first)
                names_handled_once(names, event, everywhere, everywhere);
            for (const Ref *state = any->states.first; state; state = state->next)
                if (state->kind == REF_STATE && names->line_count++ < LIMIT_TRANSITIONS)
                    names_handled_once(names, event, everywhere + 1 + state->index, everywhere);
        }
}

static void resolve_any_points(Names *names)
{
    Flow *flow = names->flow;
    int32_t everywhere = (int32_t)(flow->state_count + flow->track_count);
    Site site = {.kind = SITE_ANY_POINT, .place = everywhere};
    for (AnyPoint *any = flow->any_points; any; any = any->next) {
        for (Ref *state = any->states.first; state; state = state->next)
            resolve_covered_state(names, state);
        names_because(names, any->because);
        names_handlers(names, any->handlers, &site);
    }
    for (int specific = 0; specific <= 1; specific++)
        for (AnyPoint *any = flow->any_points; any; any = any->next)
            if ((any->states.first != NULL) == specific)
                check_covered_once(names, any, everywhere);
}

/* ---- the order of work ---------------------------------------------------- */

void names_blocks_early(Names *names)
{
    Flow *flow = names->flow;
    resolve_workflow(names, flow->workflow);
    for (CalendarAst *calendar = flow->calendars; calendar; calendar = calendar->next) {
        names_refs(names, &calendar->plus, REF_CALENDAR);
        names_refs(names, &calendar->minus, REF_CALENDAR);
    }
    for (StateAst *state = flow->states; state; state = state->next)
        if (state->in_track
                .text) /* -1, and nothing more is said, when there is no such track */
            state->track =
                names_ref(names, &state->in_track, REF_TRACK) ? state->in_track.index : -1;
}

void names_blocks(Names *names)
{
    Flow *flow = names->flow;
    Site whole = {.kind = SITE_FLOW, .place = -1};
    Site must = {.kind = SITE_MUST, .place = -1};
    for (PeriodAst *period = flow->periods; period; period = period->next)
        resolve_period(names, period);
    resolve_roles(names);
    resolve_conditions(names, &whole);
    if (flow->workflow)
        names_if_missed(names, &flow->workflow->if_missed, &whole);
    for (Work *work = flow->musts; work; work = work->next)
        names_work(names, work, &must);
    resolve_states(names);
    resolve_tracks(names);
    resolve_any_points(names);
}
