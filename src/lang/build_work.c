#include "base/limits.h"
#include "lang/build.h"

static Work *new_work(Parser *p, Token lead, WorkKind kind, Token name, const char *label)
{
    Work *work = ARENA_NEW(p->arena, Work);
    work->kind = kind;
    work->span = span_since(p, lead.offset);
    work->name = build_word(p, name);
    work->name_span = token_span(p, name);
    work->label = label;
    work->index = work->event = work->state = work->track = -1;
    work->event_ref.index = work->after.index = work->in_step.index = -1;
    return work;
}

/* What follows belongs to this piece of work. */
static void open_work(Parser *p, Work *work)
{
    p->now.work = work;
    p->now.records = &work->records;
    p->now.reasons = &work->reasons;
    p->now.item = &work->checklist;
    p->now.interval = &work->intervals;
    p->now.remind = &work->reminds;
    p->now.limit = NULL;
    p->now.clause_span = &work->span;
}

void build_work(Parser *p, Token lead, WorkKind kind, Token name, const char *label)
{
    Work *work = new_work(p, lead, kind, name, label);
    *p->now.work_slot = work;
    p->now.work_slot = &work->next;
    open_work(p, work);
}

void build_duty(Parser *p, Token lead, WorkKind kind, Token event, const char *label)
{
    Work *work = new_work(p, lead, kind, event, label);
    work->event_ref = *build_ref(p, event);
    if (kind == WORK_MUST) {
        *p->slots.must = work;
        p->slots.must = &work->next;
        p->now = (Current){.block_span = &work->span};
    } else {
        *p->now.work_slot = work;
        p->now.work_slot = &work->next;
    }
    open_work(p, work);
}

void build_work_because(Parser *p, Because *because)
{
    p->now.work->because = because;
}

void build_work_by(Parser *p, RefList roles)
{
    refs_append(&p->now.work->by, roles);
}

void build_work_with(Parser *p, RefList roles)
{
    refs_append(&p->now.work->with, roles);
}

void build_work_with_possible(Parser *p, RefList roles)
{
    refs_append(&p->now.work->with_where_possible, roles);
}

void build_assigns(Parser *p, RefList roles)
{
    refs_append(&p->now.work->assigns, roles);
}

void build_optional(Parser *p)
{
    p->now.work->optional = true;
}

/* A part that may be said once only; false, with a finding, the second time. */
static bool said_once(Parser *p, bool said_already, Span span, const char *part)
{
    if (!said_already)
        return true;
    Diag *diag =
        diag_add(p->diags, span, "CF102", "\"%s\" says \"%s\" twice", p->now.work->name, part);
    diag_help(p->diags, diag, "Only one can hold. Take one of them away.");
    return false;
}

void build_only_when(Parser *p, Expr *condition)
{
    if (said_once(p, p->now.work->only_when, condition->span, "only when"))
        p->now.work->only_when = condition;
}

void build_must_when(Parser *p, Expr *condition)
{
    if (said_once(p, p->now.work->when, condition->span, "when"))
        p->now.work->when = condition;
}

void build_after(Parser *p, Ref *task)
{
    if (said_once(p, p->now.work->after.text, task->span, "after"))
        p->now.work->after = *task;
}

void build_not_by_who(Parser *p, RefList tasks)
{
    refs_append(&p->now.work->not_by_who, tasks);
}

void build_before_leaving(Parser *p)
{
    p->now.work->before_leaving = true;
}

void build_item(Parser *p, Token name, const char *label)
{
    CheckItem *item = ARENA_NEW(p->arena, CheckItem);
    item->span = token_span(p, name);
    item->name = build_word(p, name);
    item->label = label;
    *p->now.item = item;
    p->now.item = &item->next;
}

/* ---- reviews -------------------------------------------------------------- */

void build_interval(Parser *p, Token first, IntervalKind kind, DurationAst every, Anchor from)
{
    Interval *interval = ARENA_NEW(p->arena, Interval);
    interval->kind = kind;
    interval->span = span_since(p, first.offset);
    interval->every = every;
    interval->from = from;
    *p->now.interval = interval;
    p->now.interval = &interval->next;
    p->now.last_interval = interval;
}

void build_interval_when(Parser *p, LineWhen when, Expr *condition)
{
    Interval *interval = p->now.last_interval;
    interval->when = when;
    interval->condition = condition;
    interval->span = span_since(p, interval->span.offset);
}

void build_in_step(Parser *p, Ref *review)
{
    if (said_once(p, p->now.work->in_step.text, review->span, "in step with"))
        p->now.work->in_step = *review;
}

void build_review_until(Parser *p, Expr *condition)
{
    if (said_once(p, p->now.work->until, condition->span, "until"))
        p->now.work->until = condition;
}

/* ---- after the reasons -------------------------------------------------------- */

void build_if_missed(Parser *p, Token first, EffectList effects)
{
    Span span = span_since(p, first.offset);
    if (said_once(p, p->now.work->if_missed.span.length, span, "if missed"))
        p->now.work->if_missed = (IfMissed){span, effects.first};
}

void build_if_changed(Parser *p, IfChanged changed)
{
    if (said_once(p, p->now.work->if_changed != CHANGED_UNSAID, token_span(p, p->before),
                  "if changed"))
        p->now.work->if_changed = changed;
}

void build_remind(Parser *p, Token first, RefList roles, DurationAst before)
{
    Remind *remind = ARENA_NEW(p->arena, Remind);
    remind->span = span_since(p, first.offset);
    remind->roles = roles;
    remind->before = before;
    *p->now.remind = remind;
    p->now.remind = &remind->next;
}

/* ---- limits ----------------------------------------------------------------- */

/* Opens the work's limit, or a spare one when it has one already. */
static LimitAst *begin_limit(Parser *p, Token first, LimitAst *limit, const char *part)
{
    if (!said_once(p, limit->span.length, token_span(p, first), part))
        limit = ARENA_NEW(p->arena, LimitAst);
    limit->span = span_since(p, first.offset);
    p->now.limit = limit;
    return limit;
}

static void extend_limit(Parser *p)
{
    p->now.limit->span = span_since(p, p->now.limit->span.offset);
}

void build_immediately(Parser *p, Token word)
{
    begin_limit(p, word, &p->now.work->limit, "a time limit")->immediately = true;
}

void build_before(Parser *p, Token first, DurationAst duration, Ref *fact, bool clear)
{
    LimitAst *limit = begin_limit(p, first, &p->now.work->limit, "a time limit");
    limit->has_limit = limit->before = true;
    limit->clear = clear;
    limit->limit = duration;
    limit->anchor = build_anchor_ref(p, fact);
}

void build_within(Parser *p, Token first, DurationAst duration, Anchor anchor)
{
    LimitAst *limit = begin_limit(p, first, &p->now.work->limit, "a time limit");
    limit->has_limit = true;
    limit->limit = duration;
    limit->anchor = anchor;
}

void build_first_within(Parser *p, Token first, DurationAst duration, Anchor anchor)
{
    Work *work = p->now.work;
    if (!work->first)
        work->first = ARENA_NEW(p->arena, LimitAst);
    LimitAst *limit = begin_limit(p, first, work->first, "first within");
    limit->has_limit = true;
    limit->limit = duration;
    limit->anchor = anchor;
}

void build_target(Parser *p, Token first, DurationAst duration, const Anchor *anchor)
{
    LimitAst *limit = begin_limit(p, first, &p->now.work->limit, "a time limit");
    limit->has_target = true;
    limit->target = duration;
    if (anchor)
        limit->target_anchor = *anchor;
}

void build_target_immediately(Parser *p, Token first)
{
    begin_limit(p, first, &p->now.work->limit, "a time limit")->immediately = true;
}

void build_limit(Parser *p, DurationAst duration, Anchor anchor)
{
    p->now.limit->has_limit = true;
    p->now.limit->limit = duration;
    p->now.limit->anchor = anchor;
    extend_limit(p);
}

void build_roll(Parser *p, Roll roll)
{
    p->now.limit->roll = roll;
    extend_limit(p);
}

void build_count_from_next(Parser *p)
{
    p->now.limit->count_from_next = true;
    extend_limit(p);
}

void build_paused_while(Parser *p, Expr *condition)
{
    if (said_once(p, p->now.limit->paused_while, condition->span, "paused while"))
        p->now.limit->paused_while = condition;
    extend_limit(p);
}

void build_paused_by(Parser *p, RefList roles)
{
    refs_append(&p->now.limit->paused_by, roles);
    extend_limit(p);
}

void build_extended_by(Parser *p, RefList roles)
{
    refs_append(&p->now.limit->extended_by, roles);
    extend_limit(p);
}

void build_fixed(Parser *p)
{
    p->now.limit->fixed = true;
    extend_limit(p);
}
