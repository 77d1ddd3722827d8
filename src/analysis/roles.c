/* Who does what: one role that both asks and approves (CF402), work that its own
 * rules leave to nobody (CF403), a miss reported only to those who missed (CF405),
 * work that nobody covers (CF406, a note). */
#include "analysis/internal.h"

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

static const RoleAst *only_role(const Flow *flow, const RefList *by)
{
    if (!by->first || by->first->next)
        return NULL;
    const RoleAst *role = flow->role_at[by->first->index];
    return role->members.first ? NULL : role;
}

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

/* ---- CF402 ------------------------------------------------------------------------------- */

static const RefList *asked_by(const EventAst *event)
{
    return event->is_work ? &event->work->by : &event->by;
}

static void check_line(Analysis *analysis, const Handler *handler, const Line *line)
{
    const Flow *flow = analysis->flow;
    if (!line->approval.text || flow->role_at[line->approval.index]->members.first)
        return;
    for (const Ref *ref = handler->events.first; ref; ref = ref->next) {
        const EventAst *event = flow->event_at[ref->index];
        const RoleAst *asks = event->by_anyone ? NULL : only_role(flow, asked_by(event));
        if (!asks || asks->index != line->approval.index)
            continue;
        Diag *diag = finding(analysis, line->approval.span, "CF402",
                             "\"%s\" both asks for this and approves it", asks->name);
        if (!diag)
            continue;
        diag_related(analysis->diags, diag, asked_by(event)->first->span, "asks");
        diag_example(analysis->diags, diag,
                     "where only one person is %s, what they ask for can never be approved.",
                     asks->name);
        diag_help(analysis->diags, diag,
                  "Nobody may approve what they asked for themselves, so it takes two people\n"
                  "of one role. Let another role approve.");
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
    }
    for (const StateAst *state = flow->states; state; state = state->next)
        check_handlers(analysis, state->handlers);
    for (const TrackAst *track = flow->tracks; track; track = track->next)
        check_handlers(analysis, track->handlers);
    for (const AnyPoint *any = flow->any_points; any; any = any->next)
        check_handlers(analysis, any->handlers);
    check_self_excluded(analysis);
}
