#include <string.h>

#include "analysis/flow_keys.h"
#include "analysis/flow_parts.h"

/* ---- what happens on an event ------------------------------------------------------ */

/* A line under its event and where it leads; failing that, under its event alone, so
 * that a line which now leads elsewhere is one changed and not two. */
static void add_line(Taking *t, const Ref *event, const Line *line)
{
    Text key = {0};
    text_addf(&key, "%s -> ", event->text);
    key_target(line->effects, &key);
    key_line(line, &t->value);
    Clause *clause = clause_add(t, ASPECT_LINE, text_get(&key), line->span, line);
    clause->loose = clause->name = event->text;
    text_clear(&key);
}

static void add_handler(Taking *t, const Handler *handler)
{
    for (const Ref *event = handler->events.first; event; event = event->next) {
        if (handler->kind == HANDLER_ON) {
            for (const Line *line = handler->lines; line; line = line->next)
                add_line(t, event, line);
            continue;
        }
        bool hold = handler->kind == HANDLER_HOLD;
        text_add(&t->value, hold ? handler->until.text : "");
        clause_add(t, hold ? ASPECT_HOLD : ASPECT_IGNORE, event->text, event->span, handler)
            ->name = event->text;
    }
}

static void add_handlers(Taking *t, const Handler *handlers)
{
    for (; handlers; handlers = handlers->next)
        add_handler(t, handlers);
}

/* ---- work -------------------------------------------------------------------------- */

static Span limit_span(const Work *work)
{
    if (work->limit.span.length)
        return work->limit.span;
    Span span = work->intervals ? work->intervals->span : work->name_span;
    for (const Interval *one = work->intervals; one; one = one->next)
        span = span_join(span, one->span);
    if (work->intervals)
        return span;
    return work->first ? work->first->span : work->name_span;
}

static void work_who(Taking *t, const Work *work)
{
    clause_refs(t, ASPECT_BY, &work->by);
    clause_refs(t, ASPECT_NOT_BY, &work->not_by_who);
    if (work->with.count + work->with_where_possible.count) {
        key_refs(&work->with, &t->value);
        text_add(&t->value, " where possible ");
        key_refs(&work->with_where_possible, &t->value);
        const Ref *first =
            work->with.first ? work->with.first : work->with_where_possible.first;
        clause_add(t, ASPECT_WITH, "", first->span, work);
    }
    clause_refs(t, ASPECT_ASSIGNS, &work->assigns);
}

static void work_when(Taking *t, const Work *work)
{
    key_work_limit(work, &t->value);
    clause_add_said(t, ASPECT_LIMIT, "", limit_span(work), work);
    key_effects(work->if_missed.effects, &t->value);
    clause_add_said(t, ASPECT_IF_MISSED, "", work->if_missed.span, work->if_missed.effects);
    for (const Remind *remind = work->reminds; remind; remind = remind->next) {
        Text roles = {0};
        key_refs(&remind->roles, &roles);
        key_duration(&remind->before, &t->value);
        clause_add(t, ASPECT_REMIND, text_get(&roles), remind->span, remind);
        text_clear(&roles);
    }
    clause_condition(t, ASPECT_ONLY_WHEN, "", work->only_when);
    clause_condition(t, ASPECT_CONDITION, "", work->when);
    if (work->after.text)
        text_add(&t->value, work->after.text);
    clause_add_said(t, ASPECT_AFTER, "", work->after.span, &work->after);
}

static void work_asks(Taking *t, const Work *work)
{
    clause_records(t, work->records);
    clause_reasons(t, work->reasons);
    for (const CheckItem *item = work->checklist; item; item = item->next)
        clause_text(t, ASPECT_CHECKLIST, item->name, item->label ? item->label : item->name,
                    item->span);
    clause_flag(t, ASPECT_OPTIONAL, work->optional, work->name_span);
    clause_flag(t, ASPECT_BEFORE_LEAVING, work->before_leaving, work->name_span);
}

/* `place` is where it stands, NULL for a duty of the whole flow. */
static void add_work(Taking *t, const Work *work, const char *place)
{
    static const char *const kinds[] = {[WORK_TASK] = "task",
                                        [WORK_REVIEW] = "review",
                                        [WORK_DEADLINE] = "deadline",
                                        [WORK_MUST] = "standing duty"};
    static const char *const changed[] = {[CHANGED_UNSAID] = NULL,
                                          [CHANGED_KEEP] = "keep",
                                          [CHANGED_RESTART] = "restart",
                                          [CHANGED_RECOMPUTE] = "recompute"};
    Thing *thing = thing_begin(t, place ? THING_WORK : THING_MUST, work->name, work->label,
                               work->span, !place);
    if (place)
        thing->key = arena_format(&t->parts->arena, "%s/%s", place, work->name);
    thing->node.work = work;
    clause_text(t, ASPECT_KIND, "", kinds[work->kind], work->span);
    work_who(t, work);
    work_when(t, work);
    work_asks(t, work);
    clause_text(t, ASPECT_IF_CHANGED, "", changed[work->if_changed], work->name_span);
    thing_end(t);
}

static void add_works(Taking *t, const Work *works, const char *place)
{
    for (; works; works = works->next)
        add_work(t, works, place);
}

/* ---- states, tracks, any point ----------------------------------------------------- */

static void add_as_soon(Taking *t, const AsSoonAs *clauses)
{
    for (; clauses; clauses = clauses->next) {
        Text key = {0};
        key_target(clauses->effects, &key);
        key_effects(clauses->effects, &t->value);
        text_add(&t->value, " when ");
        key_condition(clauses->condition, &t->value);
        clause_add(t, ASPECT_AS_SOON, text_get(&key), clauses->span, clauses)->loose = "";
        text_clear(&key);
    }
}

void parts_of_states(Taking *t)
{
    for (const StateAst *state = t->flow->states; state; state = state->next) {
        thing_begin(t, THING_STATE, state->name, state->label, state->span, true);
        clause_text(t, ASPECT_IN_TRACK, "", state->in_track.text, state->in_track.span);
        clause_flag(t, ASPECT_STARTS_HERE, state->starts_here, state->name_span);
        clause_flag(t, ASPECT_ENDS_HERE, state->ends_here, state->name_span);
        clause_refs(t, ASPECT_OVERSEEN, &state->overseen_by);
        clause_text(t, ASPECT_WAS, "", state->was.text, state->was.span);
        add_handlers(t, state->handlers);
        add_as_soon(t, state->as_soon);
        thing_end(t);
        add_works(t, state->works, state->name);
    }
}

static void add_start(Taking *t, const StartsLine *starts, const char *event)
{
    text_addf(&t->value, "%s when ", starts->once ? "once" : "");
    key_condition(starts->condition, &t->value);
    clause_add(t, ASPECT_STARTS, event, starts->span, starts)->name = event;
}

static void add_starts(Taking *t, const StartsLine *starts)
{
    for (; starts; starts = starts->next) {
        for (const Ref *event = starts->events.first; event; event = event->next)
            add_start(t, starts, event->text);
        if (starts->events.count == 0)
            add_start(t, starts, "");
    }
}

void parts_of_tracks(Taking *t)
{
    for (const TrackAst *track = t->flow->tracks; track; track = track->next) {
        thing_begin(t, THING_TRACK, track->name, track->label, track->span, true);
        add_starts(t, track->starts);
        add_handlers(t, track->handlers);
        thing_end(t);
        add_works(t, track->works, track->name);
    }
}

void parts_of_any_points(Taking *t)
{
    for (const AnyPoint *point = t->flow->any_points; point; point = point->next) {
        Text states = {0};
        key_refs(&point->states, &states);
        Thing *thing = thing_begin(t, THING_ANY_POINT, "", NULL, point->span, true);
        thing->key = arena_strdup(&t->parts->arena, text_get(&states));
        thing->node.any_point = point;
        text_clear(&states);
        add_handlers(t, point->handlers);
        thing_end(t);
    }
}

void parts_of_musts(Taking *t)
{
    add_works(t, t->flow->musts, NULL);
}
