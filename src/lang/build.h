/* What the grammar's actions call: tokens and parts to tree nodes. Each
 * function attaches what it makes to the block being read. Findings about a
 * single value (an impossible date, a number out of bounds) are made here. */
#pragma once

#include "lang/parse.h"

typedef struct Number {
    Span span;
    int64_t value;
} Number;

typedef struct ValueList {
    Value *first, *last;
} ValueList;

typedef struct ExprList {
    Expr *first, *last;
} ExprList;

typedef struct EffectList {
    Effect *first, *last;
} EffectList;

typedef struct BecauseList {
    Because *first, *last;
} BecauseList;

#define TIMES_MAX 8u
typedef struct TimeList {
    TimeAst items[TIMES_MAX];
    uint32_t count;
} TimeList;

typedef struct LineCondition {
    LineWhen kind;
    Expr *condition;
} LineCondition;

/* ---- build_value.c: names, texts, numbers, dates, durations --------------- */
Ref *build_ref(Parser *p, Token name);
RefList build_refs(RefList list, Ref *ref);
void refs_append(RefList *list, RefList more);
/* What stands between the quotation marks. */
Span text_inside(const Parser *p, Token string);
const char *build_text(Parser *p, Token string);
const char *build_word(Parser *p, Token word);
Number build_number(Parser *p, Token digits, bool negative, Token first);
int32_t build_small(Parser *p, Token digits, int32_t least, int32_t most, const char *what);
DateAst build_date(Parser *p, const Token *weekday, Token day, Token month, Token year);
TimeAst build_time(Parser *p, DateAst date, const Token *clock);
TimeList build_times(Parser *p, TimeList list, TimeAst time);
int build_clock(Parser *p, Token clock, bool may_be_24);
DurationAst build_duration(Parser *p, Token amount, int unit);
DurationAst build_same_day(Parser *p, Token same);
DurationAst build_period_duration(const Ref *period);
Anchor build_anchor(Parser *p, Token first, AnchorKind kind, RefList refs);
Anchor build_anchor_ref(Parser *p, Ref *ref);
Because *build_clause(Parser *p, Token clause);
Because *build_reason(Parser *p, Token string);
BecauseList build_reasons(BecauseList list, Because *reason);

/* ---- build_expr.c: values and conditions ----------------------------------- */
Value *build_value(Parser *p, Token token, ValueKind kind);
Value *build_value_name(Parser *p, Ref *name);
Value *build_value_number(Parser *p, Number number);
Value *build_value_text(Parser *p, Token string);
Value *build_value_date(Parser *p, DateAst date);
ValueList build_values(ValueList list, Value *value);
ExprList build_exprs(ExprList list, Expr *expr);
Expr *build_list_expr(Parser *p, ExprKind kind, ExprList list);
Expr *build_not(Parser *p, Token word, Expr *inner);
Expr *build_term_ref(Parser *p, Ref *name);
Expr *build_expr(Parser *p, ExprKind kind, Ref *ref);
Expr *build_compare(Parser *p, Ref *ref, CompareOp op, Value *values);
Expr *build_window(Parser *p, Ref *ref, Token amount, DurationAst window);
Expr *build_track(Parser *p, Token first, ExprKind kind, Ref *track, Ref *state);
Expr *build_all_tasks(Parser *p, Token first);

/* False, with a finding, when a part that can hold only once was said before. */
bool build_said_once(Parser *p, bool said_already, Span span, const char *part);

/* ---- build_block.c: workflow, roles, facts, terms, periods, events ---------- */
void build_workflow(Parser *p, Token lead, Token name, const char *label);
void build_version(Parser *p, Token string);
void build_in_force(Parser *p, DateAst date);
void build_owner(Parser *p, RefList roles);
void build_uses_calendar(Parser *p, Ref *calendar);
void build_zone(Parser *p, Token string);
void build_default_missed(Parser *p, Token first, EffectList effects);
void build_use(Parser *p, Token lead, Token string);
void build_policy(Parser *p, Token lead, Token code, Token label, Token first, Token last);
void build_role(Parser *p, Token lead, Token name, const char *label);
void build_role_because(Parser *p, Because *because);
void build_role_members(Parser *p, RefList roles);
void build_deputy(Parser *p, Token lead, Ref *role, DeputyWhen when, const DurationAst *after);
void build_deputy_because(Parser *p, Because *because);
void build_excludes(Parser *p, RefList roles, Because *because);
void build_fact(Parser *p, Token lead, Token name, const char *label);
void build_fact_type(Parser *p, FactType type);
void build_fact_range(Parser *p, Number least, Number most);
void build_number_of(Parser *p, Token unit);
void build_fact_value(Parser *p, Token name, const char *label);
void build_fact_because(Parser *p, Because *because);
void build_term(Parser *p, Token lead, Token name, const char *label, Expr *condition,
                Because *because);
void build_period(Parser *p, Token lead, Token name, const char *label);
void build_period_value(Parser *p, DurationAst duration, const DateAst *from, Because *because);
void build_event(Parser *p, Token lead, Token name, const char *label);
void build_event_because(Parser *p, Because *because);
void build_by_anyone(Parser *p);
void build_event_by(Parser *p, RefList roles);
void build_opens(Parser *p);
void build_records(Parser *p, RefList facts, Expr *when);
void build_requires(Parser *p, Token first, Expr *when);
void build_rule(Parser *p, Token lead, bool is_never, Ref *state, Expr *condition,
                Because *because);
void build_allow(Parser *p, Token lead, Token code, DateAst until, Token reason);

/* ---- build_calendar.c -------------------------------------------------------- */
void build_calendar(Parser *p, Token lead, Token name, const char *label);
void build_week_days(Parser *p, Token first, Token last);
void build_working_week(Parser *p, Token lead, const Token *from, const Token *to);
void build_working_day(Parser *p, Token lead, DateAst date, const char *label);
void build_cut_off(Parser *p, Token clock);
void build_covers(Parser *p, Token first, Token last, const Token *published);
void build_calendar_plus(Parser *p, RefList calendars);
void build_calendar_minus(Parser *p, RefList calendars);
void build_except_date(Parser *p, Token lead, DateAst date, const char *label);
void build_except_fixed(Parser *p, Token lead, Token day, Token month, const char *label);
void build_except_nth(Parser *p, Token lead, int nth, Token weekday, Token month,
                      const char *label);
void build_except_easter(Parser *p, Token lead, const Token *days, int sign, const char *label);
void build_or_next_working(Parser *p);
void build_instead(Parser *p, DateAst date);
void build_from_year(Parser *p, Token year);
void build_until_year(Parser *p, Token year);

/* ---- build_state.c: states, tracks, handlers, effects ------------------------- */
void build_state(Parser *p, Token lead, Token name, const char *label);
void build_state_because(Parser *p, Because *because);
void build_in_track(Parser *p, Ref *track);
void build_starts_here(Parser *p);
void build_ends_here(Parser *p);
void build_overseen(Parser *p, RefList roles);
void build_was(Parser *p, Ref *old);
void build_hold(Parser *p, Token lead, RefList events, Ref *state, Because *because);
void build_track_block(Parser *p, Token lead, Token name, const char *label);
void build_track_because(Parser *p, Because *because);
void build_starts(Parser *p, Token lead, RefList events, Expr *condition);
void build_once(Parser *p);
void build_starts_once(Parser *p);
void build_starts_because(Parser *p, Because *because);
void build_any_point(Parser *p, Token lead, RefList states);
void build_any_point_because(Parser *p, Because *because);
void build_ignore(Parser *p, Token lead, RefList events, Because *because);
void build_on(Parser *p, Token lead, RefList events, Because *because);
void build_line(Parser *p, EffectList effects, Ref *approval, LineCondition when,
                Because *because);
void build_as_soon_head(Parser *p, Token lead);
void build_as_soon(Parser *p, Expr *condition, EffectList effects, Because *because);
EffectList build_effects(EffectList list, EffectList more);
EffectList build_effect(Parser *p, Token first, EffectKind kind, Ref *ref);
EffectList build_effect_each(Parser *p, Token first, EffectKind kind, RefList refs);
EffectList build_effect_record(Parser *p, Token first, Ref *fact, Value *value);
EffectList build_effect_flag(Parser *p, Token first, Token string);

/* ---- build_work.c: tasks, reviews, deadlines, musts, limits --------------------- */
void build_work(Parser *p, Token lead, WorkKind kind, Token name, const char *label);
void build_duty(Parser *p, Token lead, WorkKind kind, Token event, const char *label);
void build_work_because(Parser *p, Because *because);
void build_work_by(Parser *p, RefList roles);
void build_work_with(Parser *p, RefList roles);
void build_work_with_possible(Parser *p, RefList roles);
void build_assigns(Parser *p, RefList roles);
void build_optional(Parser *p);
void build_only_when(Parser *p, Expr *condition);
void build_must_when(Parser *p, Expr *condition);
void build_after(Parser *p, Ref *task);
void build_not_by_who(Parser *p, RefList tasks);
void build_before_leaving(Parser *p);
void build_item(Parser *p, Token name, const char *label);
void build_interval(Parser *p, Token first, IntervalKind kind, DurationAst every, Anchor from);
void build_interval_when(Parser *p, LineWhen when, Expr *condition);
void build_first_within(Parser *p, Token first, DurationAst duration, Anchor anchor);
void build_in_step(Parser *p, Ref *review);
void build_review_until(Parser *p, Expr *condition);
void build_if_missed(Parser *p, Token first, EffectList effects);
void build_if_changed(Parser *p, IfChanged changed);
void build_remind(Parser *p, Token first, RefList roles, DurationAst before);
void build_immediately(Parser *p, Token word);
void build_before(Parser *p, Token first, DurationAst duration, Ref *fact, bool clear);
void build_within(Parser *p, Token first, DurationAst duration, Anchor anchor);
void build_target(Parser *p, Token first, DurationAst duration, const Anchor *anchor);
void build_target_immediately(Parser *p, Token first);
void build_limit(Parser *p, DurationAst duration, Anchor anchor);
void build_roll(Parser *p, Roll roll);
void build_count_from_next(Parser *p);
void build_paused_while(Parser *p, Expr *condition);
void build_paused_by(Parser *p, RefList roles);
void build_extended_by(Parser *p, RefList roles);
void build_fixed(Parser *p);

/* ---- build_scenario.c ------------------------------------------------------------ */
void build_scenario(Parser *p, Token lead, Token name);
void build_next_step(Parser *p);
void build_given_new(Parser *p, Token first, const TimeAst *on);
void build_given_at(Parser *p, Token first, Ref *state, TimeAst on);
void build_given_fact(Parser *p, Ref *fact, Value *value);
void build_given_track(Parser *p, Token first, Ref *track, Ref *state, const TimeAst *since);
void build_given_event(Parser *p, Ref *event, const Token *person, TimeAst on);
void build_given_assigned(Parser *p, Token person, Ref *role);
void build_given_absent(Parser *p, Token person, const TimeAst *on);
void build_step(Parser *p, Ref *event, WhenKind kind);
void build_step_nothing(Parser *p, Token first, TimeAst until);
void build_step_reopened(Parser *p, Token first, Ref *state);
void build_step_extended(Parser *p, Ref *work, TimeAst to);
void build_step_by(Parser *p, Ref *role, const Token *person);
void build_step_for(Parser *p, Ref *role, const Token *person);
void build_step_on(Parser *p, TimeList times);
void build_step_ticking(Parser *p, RefList items);
void build_step_recorded(Parser *p, TimeAst time);
void build_step_again(Parser *p);
void build_with_fact(Parser *p, Ref *fact, Value *value);
void build_with_reason(Parser *p, Token string);
void build_with_key(Parser *p, Token string);
void build_assignment(Parser *p, Ref *role, Token person);
void build_check(Parser *p, Ref *ref, ThenKind kind, const TimeAst *on);
void build_check_case(Parser *p, Token first, Ref *state);
void build_check_value(Parser *p, Ref *ref, Value *value, const Token *code);
void build_check_track_at(Parser *p, Ref *track, Ref *state);
void build_check_flagged(Parser *p, Token string);
