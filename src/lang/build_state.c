#include "lang/build.h"

void build_state(Parser *p, Token lead, Token name, const char *label)
{
    StateAst *state = ARENA_NEW(p->arena, StateAst);
    state->span = span_since(p, lead.offset);
    state->name = build_word(p, name);
    state->name_span = token_span(p, name);
    state->label = label;
    state->index = -1;
    state->in_track.index = state->was.index = -1;
    *p->slots.state = state;
    p->slots.state = &state->next;
    p->now = (Current){.block_span = &state->span,
                       .state = state,
                       .work_slot = &state->works,
                       .handler_slot = &state->handlers,
                       .as_soon_slot = &state->as_soon};
}

void build_state_because(Parser *p, Because *because)
{
    p->now.state->because = because;
}

void build_in_track(Parser *p, Ref *track)
{
    if (build_said_once(p, p->now.state->in_track.text, track->span, "in"))
        p->now.state->in_track = *track;
}

void build_starts_here(Parser *p)
{
    p->now.state->starts_here = true;
}

void build_ends_here(Parser *p)
{
    p->now.state->ends_here = true;
}

void build_overseen(Parser *p, RefList roles)
{
    refs_append(&p->now.state->overseen_by, roles);
}

void build_was(Parser *p, Ref *old)
{
    if (build_said_once(p, p->now.state->was.text, old->span, "was"))
        p->now.state->was = *old;
}

void build_track_block(Parser *p, Token lead, Token name, const char *label)
{
    TrackAst *track = ARENA_NEW(p->arena, TrackAst);
    track->span = span_since(p, lead.offset);
    track->name = build_word(p, name);
    track->name_span = token_span(p, name);
    track->label = label;
    track->index = -1;
    *p->slots.track = track;
    p->slots.track = &track->next;
    p->now = (Current){.block_span = &track->span,
                       .track = track,
                       .work_slot = &track->works,
                       .handler_slot = &track->handlers,
                       .starts_slot = &track->starts};
}

void build_track_because(Parser *p, Because *because)
{
    p->now.track->because = because;
}

void build_starts(Parser *p, Token lead, RefList events, Expr *condition)
{
    StartsLine *starts = ARENA_NEW(p->arena, StartsLine);
    starts->span = span_since(p, lead.offset);
    starts->events = events;
    starts->condition = condition;
    starts->once = p->now.once;
    p->now.once = false;
    *p->now.starts_slot = starts;
    p->now.starts_slot = &starts->next;
    p->now.starts = starts;
    p->now.clause_span = &starts->span;
}

void build_once(Parser *p)
{
    p->now.once = true;
}

void build_starts_once(Parser *p)
{
    p->now.starts->once = true;
}

void build_starts_because(Parser *p, Because *because)
{
    p->now.starts->because = because;
}

void build_any_point(Parser *p, Token lead, RefList states)
{
    AnyPoint *point = ARENA_NEW(p->arena, AnyPoint);
    point->span = span_since(p, lead.offset);
    point->states = states;
    *p->slots.any_point = point;
    p->slots.any_point = &point->next;
    p->now = (Current){
        .block_span = &point->span, .any_point = point, .handler_slot = &point->handlers};
}

void build_any_point_because(Parser *p, Because *because)
{
    p->now.any_point->because = because;
}

/* ---- handlers --------------------------------------------------------------- */

static Handler *add_handler(Parser *p, Token lead, HandlerKind kind, RefList events,
                            Because *because)
{
    Handler *handler = ARENA_NEW(p->arena, Handler);
    handler->kind = kind;
    handler->span = span_since(p, lead.offset);
    handler->events = events;
    handler->because = because;
    handler->until.index = -1;
    *p->now.handler_slot = handler;
    p->now.handler_slot = &handler->next;
    p->now.clause_span = &handler->span;
    return handler;
}

void build_ignore(Parser *p, Token lead, RefList events, Because *because)
{
    add_handler(p, lead, HANDLER_IGNORE, events, because);
}

void build_hold(Parser *p, Token lead, RefList events, Ref *state, Because *because)
{
    add_handler(p, lead, HANDLER_HOLD, events, because)->until = *state;
}

void build_on(Parser *p, Token lead, RefList events, Because *because)
{
    p->now.handler = add_handler(p, lead, HANDLER_ON, events, because);
    p->now.line = &p->now.handler->lines;
}

void build_line(Parser *p, EffectList effects, Ref *approval, LineCondition when,
                Because *because)
{
    Line *line = ARENA_NEW(p->arena, Line);
    line->span = span_since(p, effects.first->span.offset);
    line->effects = effects.first;
    line->approval.index = -1;
    if (approval)
        line->approval = *approval;
    line->when = when.kind;
    line->condition = when.condition;
    line->because = because;
    *p->now.line = line;
    p->now.line = &line->next;
}

void build_as_soon_head(Parser *p, Token lead)
{
    p->now.as_soon = ARENA_NEW(p->arena, AsSoonAs);
    p->now.as_soon->span = span_since(p, lead.offset);
    p->now.in_as_soon = true;
}

void build_as_soon(Parser *p, Expr *condition, EffectList effects, Because *because)
{
    AsSoonAs *clause = p->now.as_soon;
    clause->span = span_since(p, clause->span.offset);
    clause->condition = condition;
    clause->effects = effects.first;
    clause->because = because;
    *p->now.as_soon_slot = clause;
    p->now.as_soon_slot = &clause->next;
    p->now.in_as_soon = false;
}

/* ---- effects ------------------------------------------------------------------ */

EffectList build_effects(EffectList list, EffectList more)
{
    list.last->next = more.first;
    list.last = more.last;
    return list;
}

EffectList build_effect(Parser *p, Token first, EffectKind kind, Ref *ref)
{
    Effect *effect = ARENA_NEW(p->arena, Effect);
    effect->kind = kind;
    effect->span = span_since(p, first.offset);
    effect->ref.index = -1;
    if (ref)
        effect->ref = *ref;
    effect->ref.next = NULL;
    return (EffectList){effect, effect};
}

/* `notify a, b` is two effects. */
EffectList build_effect_each(Parser *p, Token first, EffectKind kind, RefList refs)
{
    EffectList list = {0};
    for (Ref *ref = refs.first; ref; ref = ref->next) {
        EffectList one = build_effect(p, first, kind, ref);
        list = list.first ? build_effects(list, one) : one;
    }
    return list;
}

EffectList build_effect_record(Parser *p, Token first, Ref *fact, Value *value)
{
    EffectList list = build_effect(p, first, EFFECT_RECORD, fact);
    list.first->value = value;
    return list;
}

EffectList build_effect_flag(Parser *p, Token first, Token string)
{
    EffectList list = build_effect(p, first, EFFECT_FLAG, NULL);
    list.first->text = build_text(p, string);
    return list;
}
