/* Who does what: one role that both asks and approves, in its own name or for another
 * (CF402), work that its own rules leave to nobody (CF403), a miss reported only to those
 * who missed (CF405), work that nobody covers (CF406, a note). */
#include "analysis/knowledge.h"

/* Is a role, or a group that holds it, in the list? */
static bool covers(const Flow *flow, const RefList *list, int32_t role)
{
    for (const Ref *ref = list->first; ref; ref = ref->next)
        if (ref->index == role || covers(flow, &flow->role_at[ref->index]->members, role))
            return true;
    return false;
}

/* ---- CF405 --------------------------------------------------------------------------- */

static void check_told(Analysis *analysis, const Work *work)
{
    const Flow *flow = analysis->flow;
    const Effect *effects = work->if_missed.effects;
    bool own = effects != NULL;
    bool has_limit = work->limit.has_limit || work->intervals;
    if (!own && has_limit)
        effects = flow->workflow->if_missed.effects;
    const Effect *told = NULL;
    for (const Effect *effect = effects; effect; effect = effect->next) {
        if (effect->kind != EFFECT_NOTIFY && effect->kind != EFFECT_ESCALATE)
            continue;
        if (!covers(flow, &work->by, effect->ref.index))
            return;
        told = effect;
    }
    if (!told || !work->by.first || work->by.first->next)
        return;
    Diag *diag = finding(analysis, own ? told->span : work->name_span, "CF405",
                         "When \"%s\" is missed only \"%s\" is told, who missed it", work->name,
                         told->ref.text);
    if (!diag)
        return;
    if (!own)
        diag_related(analysis->diags, diag, told->span, "the default of the workflow");
    diag_help(analysis->diags, diag, "Tell somebody else: if missed notify ROLE");
}

/* ---- CF406 ---------------------------------------------------------------------------- */

static bool has_deputy(const Flow *flow, int32_t role)
{
    for (const RoleAst *each = flow->roles; each; each = each->next)
        for (const Deputy *deputy = each->deputies; deputy; deputy = deputy->next)
            if (deputy->role.index == role)
                return true;
    return false;
}

/* May somebody act for one of these roles, or for one that they hold? */
static bool has_deputies(const Flow *flow, const RefList *by)
{
    for (const RoleAst *each = flow->roles; each; each = each->next)
        for (const Deputy *deputy = each->deputies; deputy; deputy = deputy->next)
            if (covers(flow, by, deputy->role.index))
                return true;
    return false;
}

/* Said once for each role, where it is first given work. */
static void note_cover(Analysis *analysis, const Work *work, bool *noted)
{
    const Ref *by = work->by.first;
    if (!analysis->options->notes || !by || by->next ||
        analysis->flow->role_at[by->index]->members.first || noted[by->index] ||
        has_deputy(analysis->flow, by->index))
        return;
    noted[by->index] = true;
    Diag *diag = finding(analysis, by->span, "CF406", "Nobody stands in for \"%s\"", by->text);
    if (diag)
        diag_help(analysis->diags, diag,
                  "If all who hold the role are away, nobody can do it. A role can say:\n"
                  "can act for %s when unavailable",
                  by->text);
}

/* ---- CF403 ------------------------------------------------------------------------------- */

static bool excludes(const Flow *flow, const RoleAst *role, int32_t other)
{
    return covers(flow, &role->excludes, other);
}

static void say_nobody(Analysis *analysis, Span span, const char *role, Span rule)
{
    Diag *diag = finding(analysis, span, "CF403",
                         "Nobody can ever do this: \"%s\" rules "
                         "itself out",
                         role);
    if (!diag)
        return;
    diag_related(analysis->diags, diag, rule, "this rules it out");
    diag_help(analysis->diags, diag,
              "Whoever acts in the role may not have it on the same case. Take the role out\n"
              "of what it cannot be.");
}

static void check_self_excluded(Analysis *analysis)
{
    const Flow *flow = analysis->flow;
    for (const RoleAst *role = flow->roles; role; role = role->next)
        if (excludes(flow, role, role->index))
            say_nobody(analysis, role->name_span, role->name, role->excludes.first->span);
}

/* ---- CF403: nobody but the one who must not ---------------------------------------------- */

static bool same_roles(const RefList *a, const RefList *b)
{
    return a->count == 1 && b->count == 1 && a->first->index == b->first->index;
}

/* The one piece of work that gives the role to a person; NULL: none, or several, so that it may
 * pass to somebody else. */
static const Work *only_assignment(const Flow *flow, int32_t role)
{
    const Work *found = NULL;
    for (uint32_t i = 0; i < flow->work_count; i++)
        for (const Ref *ref = flow->work_at[i]->assigns.first; ref; ref = ref->next) {
            if (ref->index != role)
                continue;
            if (found)
                return NULL;
            found = flow->work_at[i];
        }
    return found;
}

/* Does a case only get to this work once the role was given to somebody? */
static bool comes_after(Analysis *analysis, const Work *work, const Work *assignment)
{
    uint32_t node = work->state >= 0 ? node_of_state(work->state)
                                     : node_of_track(analysis->flow, work->track);
    Knowledge *without = knowledge_without(analysis, assignment->event);
    bool after = analysis->known->at[node] && !without->at[node];
    knowledge_clear(without);
    return after;
}

static const Work *task_named(const Flow *flow, int32_t event)
{
    return flow->event_at[event]->is_work ? flow->event_at[event]->work : NULL;
}

/* Work of an assigned role belongs to one person; what must not be done by the same person as
 * other work of that role then has nobody (ruling 40), deputies apart. */
static void check_left_to_nobody(Analysis *analysis, const Work *work)
{
    const Flow *flow = analysis->flow;
    for (const Ref *ref = work->not_by_who.first; ref; ref = ref->next) {
        const Work *other = task_named(flow, ref->index);
        if (!other || other == work || !same_roles(&work->by, &other->by) ||
            has_deputies(flow, &work->by))
            continue;
        const Work *assignment = only_assignment(flow, work->by.first->index);
        if (!assignment || assignment == other || !may_trace(analysis) ||
            !comes_after(analysis, work, assignment) ||
            !comes_after(analysis, other, assignment))
            continue;
        Diag *diag = finding(analysis, ref->span, "CF403",
                             "Nobody can do \"%s\": it belongs to the person who did \"%s\"",
                             work->name, other->name);
        if (!diag)
            continue;
        diag_related(analysis->diags, diag, assignment->assigns.first->span,
                     "from here on work of this role belongs to one person");
        diag_help(analysis->diags, diag,
                  "Let another role do one of the two, or let a role act for \"%s\".",
                  work->by.first->text);
    }
}

/* ---- CF402 ------------------------------------------------------------------------------- */

static const RefList *asked_by(const EventAst *event)
{
    return event->is_work ? &event->work->by : &event->by;
}

static bool holds(const Flow *flow, int32_t named, int32_t role)
{
    return named == role || covers(flow, &flow->role_at[named]->members, role);
}

/* The one role in which it can be approved; NULL: several. */
static const RoleAst *only_approver(const Flow *flow, int32_t named)
{
    const RoleAst *found = NULL;
    for (const RoleAst *role = flow->roles; role; role = role->next) {
        if (role->members.first || !holds(flow, named, role->index))
            continue;
        if (found)
            return NULL;
        found = role;
    }
    return found;
}

/* In place of whom this role may ask. */
static const Deputy *asks_for(const Flow *flow, const RoleAst *role, const RefList *by)
{
    for (const Deputy *deputy = role->deputies; deputy; deputy = deputy->next)
        if (covers(flow, by, deputy->role.index))
            return deputy;
    return NULL;
}

static void say_both(Analysis *analysis, const Line *line, const RoleAst *role,
                     const RefList *by, const Deputy *deputy)
{
    Diag *diag =
        deputy ? finding(analysis, line->approval.span, "CF402",
                         "\"%s\" may ask for this in place of \"%s\", and alone approves it",
                         role->name, deputy->role.text)
               : finding(analysis, line->approval.span, "CF402",
                         "\"%s\" both asks for this and approves it", role->name);
    if (!diag)
        return;
    diag_related(analysis->diags, diag, by->first->span, "asks");
    if (deputy)
        diag_related(analysis->diags, diag, deputy->span, "this lets them ask");
    diag_example(analysis->diags, diag,
                 "where only one person is %s, what they ask for can never be approved.",
                 role->name);
    diag_help(analysis->diags, diag,
              "Nobody may approve what they asked for themselves, so it takes two people\n"
              "of one role. Let another role approve.");
}

static void check_line(Analysis *analysis, const Handler *handler, const Line *line)
{
    const Flow *flow = analysis->flow;
    const RoleAst *approver =
        line->approval.text ? only_approver(flow, line->approval.index) : NULL;
    for (const Ref *ref = handler->events.first; ref && approver; ref = ref->next) {
        const EventAst *event = flow->event_at[ref->index];
        const RefList *by = asked_by(event);
        if (event->by_anyone || !by->first)
            continue;
        bool asks = covers(flow, by, approver->index);
        const Deputy *deputy = asks ? NULL : asks_for(flow, approver, by);
        if (asks || deputy)
            say_both(analysis, line, approver, by, deputy);
    }
}

static void check_handlers(Analysis *analysis, const Handler *handler)
{
    for (; handler; handler = handler->next)
        for (const Line *line = handler->lines; line; line = line->next)
            check_line(analysis, handler, line);
}

void check_roles(Analysis *analysis)
{
    const Flow *flow = analysis->flow;
    bool *noted = ARENA_ARRAY(&analysis->arena, flow->role_count + 1, bool);
    for (uint32_t i = 0; i < flow->work_count; i++) {
        check_told(analysis, flow->work_at[i]);
        note_cover(analysis, flow->work_at[i], noted);
        check_left_to_nobody(analysis, flow->work_at[i]);
    }
    for (const StateAst *state = flow->states; state; state = state->next)
        check_handlers(analysis, state->handlers);
    for (const TrackAst *track = flow->tracks; track; track = track->next)
        check_handlers(analysis, track->handlers);
    for (const AnyPoint *any = flow->any_points; any; any = any->next)
        check_handlers(analysis, any->handlers);
    check_self_excluded(analysis);
}
