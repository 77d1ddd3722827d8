/* The grammar of the .flow language: what may stand where. Actions only call
 * src/lang/build*.c, which attach each clause to the block being read at the
 * clause's own reduction, so that a file broken at its end still gives all
 * that stands before. There are no `error` rules: the driver
 * (src/lang/parser.c) asks whether a token is possible before it feeds it, and
 * unwinds the stack itself. Made with `lemon -c`: without compression there
 * are no default reductions, and a soft word that is wanted is never mistaken
 * for a name. */
%name FlowParser
%token_prefix TK_
%token_type {Token}
%extra_context {Parser *p}
%stack_size 0
%start_symbol file

/* Without lemon's tracing, which costs a test at every step; the checks of what we
 * wrote ourselves are on again below. */
%include {
#define NDEBUG
#include <assert.h>
#include <stdlib.h>

#include "base/mem.h"
#include "lang/automaton.h"
#include "lang/build.h"
}

%stack_overflow { parser_out_of_memory(); }
%syntax_error   { parser_automaton_disagrees(p); }

/* The driver hands these over but the grammar never wants them. */
%token ILLEGAL.
/* Filled in from src/lang/keywords.def by fallback.sh. */
%fallback NAME.

/* After `only when urgent`, a number goes on with the condition (`urgent 3
 * times …`); a limit of `3 clear working days` then needs its `at least`. */
%nonassoc BARE_TERM.
%nonassoc NUMBER.

%type ref        {Ref *}
%type refs       {RefList}
%type label      {const char *}
%type value      {Value *}
%type plain_value {Value *}
%type values     {ValueList}
%type number     {Number}
%type condition  {Expr *}
%type and_list   {ExprList}
%type or_list    {ExprList}
%type primary    {Expr *}
%type atom       {Expr *}
%type known_atom {Expr *}
%type literal    {DurationAst}
%type unit       {int}
%type duration   {DurationAst}
%type anchor     {Anchor}
%type date       {DateAst}
%type time       {TimeAst}
%type times      {TimeList}
%type effect     {EffectList}
%type line_effect   {EffectList}
%type missed_effect {EffectList}
%type line_effects   {EffectList}
%type missed_effects {EffectList}
%type approval   {Ref *}
%type line_when  {LineCondition}
%type because    {Because *}
%type reasons    {BecauseList}
%type reason     {Because *}
%type opt_because {Because *}
%type when       {Expr *}
%type nth        {int}

file ::= blocks.
blocks ::= .
blocks ::= blocks block.
block ::= workflow.
block ::= use.
block ::= policy.
block ::= calendar.
block ::= role.
block ::= fact.
block ::= term.
block ::= period.
block ::= event.
block ::= state.
block ::= track.
block ::= any_point.
block ::= rule.
block ::= must.
block ::= scenario.
block ::= allow.

/* ---- small parts -------------------------------------------------------- */

ref(A) ::= NAME(N).                    { A = build_ref(p, N); }
refs(A) ::= ref(R).                    { A = build_refs((RefList){0}, R); }
refs(A) ::= refs(L) COMMA ref(R).      { A = build_refs(L, R); }

label(A) ::= .                         { A = NULL; }
label(A) ::= STRING(S).                { A = build_text(p, S); }

number(A) ::= NUMBER(N).               { A = build_number(p, N, false, N); }
number(A) ::= DASH(D) NUMBER(N).       { A = build_number(p, N, true, D); }

date(A) ::= NUMBER(D) MONTH(M) NUMBER(Y).            { A = build_date(p, NULL, D, M, Y); }
date(A) ::= WEEKDAY(W) NUMBER(D) MONTH(M) NUMBER(Y). { A = build_date(p, &W, D, M, Y); }
time(A) ::= date(D).                   { A = build_time(p, D, NULL); }
time(A) ::= date(D) AT CLOCK(T).       { A = build_time(p, D, &T); }
times(A) ::= time(T).                  { A = build_times(p, (TimeList){0}, T); }
times(A) ::= times(L) COMMA time(T).   { A = build_times(p, L, T); }

unit(A) ::= WORKING DAYS.              { A = UNIT_WORKING_DAYS; }
unit(A) ::= CALENDAR DAYS.             { A = UNIT_CALENDAR_DAYS; }
unit(A) ::= HOURS.                     { A = UNIT_HOURS; }
unit(A) ::= WORKING HOURS.             { A = UNIT_WORKING_HOURS; }
unit(A) ::= WEEKS.                     { A = UNIT_WEEKS; }
unit(A) ::= MONTHS.                    { A = UNIT_MONTHS; }
unit(A) ::= YEARS.                     { A = UNIT_YEARS; }
literal(A) ::= NUMBER(N) unit(U).      { A = build_duration(p, N, U); }
literal(A) ::= SAME(S) DAYS.           { A = build_same_day(p, S); }
duration(A) ::= literal(L).            { A = L; }
duration(A) ::= ref(R).                { A = build_period_duration(R); }

anchor(A) ::= ENTERING(T).             { A = build_anchor(p, T, ANCHOR_ENTERING, (RefList){0}); }
anchor(A) ::= STARTING(T).             { A = build_anchor(p, T, ANCHOR_STARTING, (RefList){0}); }
anchor(A) ::= OPENING(T).              { A = build_anchor(p, T, ANCHOR_OPENING, (RefList){0}); }
anchor(A) ::= ref(R).                  { A = build_anchor_ref(p, R); }
anchor(A) ::= THE(T) FIRST ref(R).     { A = build_anchor(p, T, ANCHOR_FIRST_EVENT, build_refs((RefList){0}, R)); }
anchor(A) ::= THE(T) LATER OF refs(L). { A = build_anchor(p, T, ANCHOR_LATER_OF, L); }

opt_because(A) ::= .                   { A = NULL; }
opt_because(A) ::= because(B).         { A = B; }
because(A) ::= BECAUSE reasons(L).     { A = L.first; }
reasons(A) ::= reason(R).              { A = build_reasons((BecauseList){0}, R); }
reasons(A) ::= reasons(L) COMMA reason(R). { A = build_reasons(L, R); }
reason(A) ::= CLAUSE(C).               { A = build_clause(p, C); }
reason(A) ::= STRING(S).               { A = build_reason(p, S); }

/* ---- conditions --------------------------------------------------------- */

condition(A) ::= primary(E).           { A = E; }
condition(A) ::= and_list(L).          { A = build_list_expr(p, EXPR_AND, L); }
condition(A) ::= or_list(L).           { A = build_list_expr(p, EXPR_OR, L); }
and_list(A) ::= primary(E) AND primary(F).  { A = build_exprs(build_exprs((ExprList){0}, E), F); }
and_list(A) ::= and_list(L) AND primary(F). { A = build_exprs(L, F); }
or_list(A) ::= primary(E) OR primary(F).    { A = build_exprs(build_exprs((ExprList){0}, E), F); }
or_list(A) ::= or_list(L) OR primary(F).    { A = build_exprs(L, F); }
primary(A) ::= atom(E).                { A = E; }
primary(A) ::= NOT(T) ref(R).          { A = build_not(p, T, build_term_ref(p, R)); }
primary(A) ::= NOT(T) LP condition(C) RP. { A = build_not(p, T, C); }
primary(A) ::= LP condition(C) RP.     { A = C; }

atom(A) ::= ref(R). [BARE_TERM]        { A = build_term_ref(p, R); }
atom(A) ::= known_atom(E).             { A = E; }
known_atom(A) ::= ref(R) IS KNOWN.     { A = build_expr(p, EXPR_KNOWN, R); }
known_atom(A) ::= ref(R) IS NOT KNOWN. { A = build_expr(p, EXPR_NOT_KNOWN, R); }
atom(A) ::= ref(R) IS plain_value(V).  { A = build_compare(p, R, COMPARE_IS, V); }
atom(A) ::= ref(R) IS NOT plain_value(V).      { A = build_compare(p, R, COMPARE_IS_NOT, V); }
atom(A) ::= ref(R) IS ONE OF values(L).        { A = build_compare(p, R, COMPARE_ONE_OF, L.first); }
atom(A) ::= ref(R) IS NOT ONE OF values(L).    { A = build_compare(p, R, COMPARE_NOT_ONE_OF, L.first); }
atom(A) ::= ref(R) IS UNDER value(V).          { A = build_compare(p, R, COMPARE_UNDER, V); }
atom(A) ::= ref(R) IS OVER value(V).           { A = build_compare(p, R, COMPARE_OVER, V); }
atom(A) ::= ref(R) IS AT LEAST value(V).       { A = build_compare(p, R, COMPARE_AT_LEAST, V); }
atom(A) ::= ref(R) IS AT MOST value(V).        { A = build_compare(p, R, COMPARE_AT_MOST, V); }
atom(A) ::= ref(R) NUMBER(N) TIMES WITHIN duration(D). { A = build_window(p, R, N, D); }
atom(A) ::= TRACK(T) ref(R) IS RUNNING.        { A = build_track(p, T, EXPR_TRACK_RUNNING, R, NULL); }
atom(A) ::= TRACK(T) ref(R) IS NOT RUNNING.    { A = build_track(p, T, EXPR_TRACK_NOT_RUNNING, R, NULL); }
atom(A) ::= TRACK(T) ref(R) HAS ENDED.         { A = build_track(p, T, EXPR_TRACK_ENDED, R, NULL); }
atom(A) ::= TRACK(T) ref(R) HAS NOT ENDED.     { A = build_track(p, T, EXPR_TRACK_NOT_ENDED, R, NULL); }
atom(A) ::= TRACK(T) ref(R) IS AT ref(S).      { A = build_track(p, T, EXPR_TRACK_AT, R, S); }
atom(A) ::= TRACK(T) ref(R) IS NOT AT ref(S).  { A = build_track(p, T, EXPR_TRACK_NOT_AT, R, S); }
atom(A) ::= CASE(T) IS AT ref(S).              { A = build_track(p, T, EXPR_TRACK_AT, build_ref(p, T), S); }
atom(A) ::= CASE(T) IS NOT AT ref(S).          { A = build_track(p, T, EXPR_TRACK_NOT_AT, build_ref(p, T), S); }
atom(A) ::= ALL(T) TASKS ARE DONE.             { A = build_all_tasks(p, T); }

/* A value that may stand directly after `is`: a date is written out there too,
 * but AT, ONE, UNDER, OVER, KNOWN, YES and NO are words first. */
plain_value(A) ::= value(V).           { A = V; }
value(A) ::= ref(R).                   { A = build_value_name(p, R); }
value(A) ::= number(N).                { A = build_value_number(p, N); }
value(A) ::= YES(T).                   { A = build_value(p, T, VALUE_YES); }
value(A) ::= NO(T).                    { A = build_value(p, T, VALUE_NO); }
value(A) ::= STRING(T).                { A = build_value_text(p, T); }
value(A) ::= date(D).                  { A = build_value_date(p, D); }
values(A) ::= value(V).                { A = build_values((ValueList){0}, V); }
values(A) ::= values(L) COMMA value(V). { A = build_values(L, V); }

when(A) ::= .                          { A = NULL; }
when(A) ::= WHEN condition(C).         { A = C; }

/* ---- the workflow and its sources --------------------------------------- */

workflow ::= workflow_head.
workflow ::= workflow workflow_clause.
workflow_head ::= WORKFLOW_L(T) NAME(N) label(L). { build_workflow(p, T, N, L); }
workflow_head ::= workflow_head VERSION STRING(S). { build_version(p, S); }
workflow_head ::= workflow_head IN FORCE FROM date(D). { build_in_force(p, D); }
workflow_clause ::= OWNER_L refs(L).          { build_owner(p, L); }
workflow_clause ::= USES_L CALENDAR ref(R).   { build_uses_calendar(p, R); }
workflow_clause ::= ZONE_L STRING(S).         { build_zone(p, S); }
workflow_clause ::= IF(T) MISSED missed_effects(E). { build_default_missed(p, T, E); }

use ::= USE_L(T) STRING(S).                   { build_use(p, T, S); }
policy ::= POLICY_L(T) CODE(C) STRING(S) CLAUSES NUMBER(A) TO NUMBER(B). { build_policy(p, T, C, S, A, B); }

/* ---- calendars ---------------------------------------------------------- */

calendar ::= calendar_head.
calendar ::= calendar calendar_clause.
calendar_head ::= CALENDAR_L(T) NAME(N) label(L). { build_calendar(p, T, N, L); }
calendar_clause ::= WORKING_L(T) week.        { build_working_week(p, T, NULL, NULL); }
calendar_clause ::= WORKING_L(T) week FROM CLOCK(A) TO CLOCK(B). { build_working_week(p, T, &A, &B); }
calendar_clause ::= WORKING_L(T) date(D) label(L). { build_working_day(p, T, D, L); }
calendar_clause ::= CUT_OFF_L CLOCK(T).       { build_cut_off(p, T); }
calendar_clause ::= COVERS_L NUMBER(A) TO NUMBER(B). { build_covers(p, A, B, NULL); }
calendar_clause ::= COVERS_L NUMBER(A) TO NUMBER(B) PUBLISHED TO NUMBER(C). { build_covers(p, A, B, &C); }
calendar_clause ::= PLUS_L refs(L).           { build_calendar_plus(p, L); }
calendar_clause ::= MINUS_L refs(L).          { build_calendar_minus(p, L); }
calendar_clause ::= exception.
week ::= week_days.
week ::= week COMMA week_days.
week_days ::= WEEKDAY(A).                     { build_week_days(p, A, A); }
week_days ::= WEEKDAY(A) TO WEEKDAY(B).       { build_week_days(p, A, B); }

exception ::= except_day.
exception ::= except_day OR THE NEXT WORKING DAYS. { build_or_next_working(p); }
exception ::= except_date.
exception ::= except_date INSTEAD OF date(D). { build_instead(p, D); }
exception ::= exception FROM NUMBER(Y).       { build_from_year(p, Y); }
exception ::= exception UNTIL NUMBER(Y).      { build_until_year(p, Y); }
except_date ::= EXCEPT_L(T) date(D) label(L). { build_except_date(p, T, D, L); }
except_day ::= EXCEPT_L(T) NUMBER(D) MONTH(M) label(L). { build_except_fixed(p, T, D, M, L); }
except_day ::= EXCEPT_L(T) THE nth(K) WEEKDAY(W) IN MONTH(M) label(L). { build_except_nth(p, T, K, W, M, L); }
except_day ::= EXCEPT_L(T) NUMBER(N) DAYS BEFORE EASTER label(L). { build_except_easter(p, T, &N, -1, L); }
except_day ::= EXCEPT_L(T) NUMBER(N) DAYS AFTER EASTER label(L).  { build_except_easter(p, T, &N, 1, L); }
except_day ::= EXCEPT_L(T) EASTER label(L).   { build_except_easter(p, T, NULL, 0, L); }
nth(A) ::= FIRST.                             { A = 1; }
nth(A) ::= SECOND.                            { A = 2; }
nth(A) ::= THIRD.                             { A = 3; }
nth(A) ::= FOURTH.                            { A = 4; }
nth(A) ::= FIFTH.                             { A = 5; }
nth(A) ::= LAST.                              { A = -1; }

/* ---- roles, facts, terms, periods, events -------------------------------- */

role ::= role_open.
role ::= role_open because(B).                { build_role_because(p, B); }
role ::= role role_clause.
role_open ::= ROLE_L(T) NAME(N) label(L).     { build_role(p, T, N, L); }
role_open ::= role_open IS ANY OF refs(L).    { build_role_members(p, L); }
role_clause ::= deputy opt_because(B).        { build_deputy_because(p, B); }
role_clause ::= CANNOT_L BE refs(L) ON THE SAME CASE opt_because(B). { build_excludes(p, L, B); }
deputy ::= CAN_L(T) ACT FOR ref(R).           { build_deputy(p, T, R, DEPUTY_ALWAYS, NULL); }
deputy ::= CAN_L(T) ACT FOR ref(R) WHEN UNAVAILABLE. { build_deputy(p, T, R, DEPUTY_WHEN_UNAVAILABLE, NULL); }
deputy ::= CAN_L(T) ACT FOR ref(R) AFTER duration(D). { build_deputy(p, T, R, DEPUTY_AFTER, &D); }

fact ::= fact_body opt_because(B).            { build_fact_because(p, B); }
fact_body ::= fact_head ONE OF fact_values.   { build_fact_type(p, FACT_ONE_OF); }
fact_body ::= fact_head YES OR NO.            { build_fact_type(p, FACT_YES_NO); }
fact_body ::= fact_head NUMBER_WORD number_of. { build_fact_type(p, FACT_NUMBER); }
fact_body ::= fact_head NUMBER_WORD number_of FROM number(A) TO number(B). { build_fact_range(p, A, B); }
fact_body ::= fact_head DATE_WORD.            { build_fact_type(p, FACT_DATE); }
fact_body ::= fact_head TEXT_WORD.            { build_fact_type(p, FACT_TEXT); }
fact_body ::= fact_head PERSON_WORD.          { build_fact_type(p, FACT_PERSON); }
fact_head ::= FACT_L(T) NAME(N) label(L).     { build_fact(p, T, N, L); }
number_of ::= .
number_of ::= OF NAME(N).                     { build_number_of(p, N); }
fact_values ::= fact_value.
fact_values ::= fact_values COMMA fact_value.
fact_value ::= NAME(N) label(L).              { build_fact_value(p, N, L); }

term ::= TERM_L(T) NAME(N) label(L) WHEN condition(C) opt_because(B). { build_term(p, T, N, L, C, B); }

period ::= period_head IS literal(D) opt_because(B). { build_period_value(p, D, NULL, B); }
period ::= period_head FROM date(F) IS literal(D) opt_because(B). { build_period_value(p, D, &F, B); }
period ::= period FROM date(F) IS literal(D) opt_because(B). { build_period_value(p, D, &F, B); }
period_head ::= PERIOD_L(T) NAME(N) label(L). { build_period(p, T, N, L); }

event ::= event_open.
event ::= event_closed.
event_closed ::= event_open because(B).       { build_event_because(p, B); }
event_open ::= EVENT_L(T) NAME(N) label(L).   { build_event(p, T, N, L); }
event_open ::= event_open BY ANYONE.          { build_by_anyone(p); }
event_open ::= event_open BY refs(L).         { build_event_by(p, L); }
event_open ::= event_open OPENS A CASE.       { build_opens(p); }
event_open ::= event_closed OPENS A CASE.     { build_opens(p); }
event_open ::= event_open asks.
asks ::= RECORDS refs(L) when(C).             { build_records(p, L, C); }
asks ::= REQUIRES(T) REASON when(C).          { build_requires(p, T, C); }

/* ---- states and tracks --------------------------------------------------- */

state ::= state_open.
state ::= state_open because(B).              { build_state_because(p, B); }
state ::= state state_clause.
state_open ::= STATE_L(T) NAME(N) label(L).   { build_state(p, T, N, L); }
state_open ::= state_open IN ref(R).          { build_in_track(p, R); }
state_open ::= state_open STARTS HERE.        { build_starts_here(p); }
state_open ::= state_open ENDS HERE.          { build_ends_here(p); }
state_open ::= state_open OVERSEEN BY refs(L). { build_overseen(p, L); }
state_open ::= state_open WAS ref(R).         { build_was(p, R); }
state_clause ::= work.
state_clause ::= handler.
state_clause ::= as_soon.
state_clause ::= HOLD_L(T) refs(L) UNTIL ref(R) opt_because(B). { build_hold(p, T, L, R, B); }

track ::= track_open.
track ::= track_open because(B).              { build_track_because(p, B); }
track ::= track track_clause.
track_open ::= TRACK_L(T) NAME(N) label(L).   { build_track_block(p, T, N, L); }
track_clause ::= work.
track_clause ::= handler.
track_clause ::= starts opt_because(B).       { build_starts_because(p, B); }
starts ::= STARTS_L(T) once ON refs(L) when(C). { build_starts(p, T, L, C); }
starts ::= STARTS_L(T) once WHEN condition(C).  { build_starts(p, T, (RefList){0}, C); }
starts ::= starts ONCE.                       { build_starts_once(p); }
once ::= .
once ::= ONCE.                                { build_once(p); }

any_point ::= any_point_open.
any_point ::= any_point_open because(B).      { build_any_point_because(p, B); }
any_point ::= any_point on.
any_point_open ::= AT_L(T) ANY POINT.         { build_any_point(p, T, (RefList){0}); }
any_point_open ::= AT_L(T) ANY POINT IN refs(L). { build_any_point(p, T, L); }

/* ---- what happens --------------------------------------------------------- */

handler ::= on.
handler ::= IGNORE_L(T) refs(L) opt_because(B). { build_ignore(p, T, L, B); }
on ::= on_head line.
on ::= on line.
on_head ::= ON_L(T) refs(L) opt_because(B).   { build_on(p, T, L, B); }
line ::= line_effects(E) approval(R) line_when(C) opt_because(B). { build_line(p, E, R, C, B); }
approval(A) ::= .                             { A = NULL; }
approval(A) ::= NEEDS APPROVAL BY ref(R).     { A = R; }
line_when(A) ::= .                            { A = (LineCondition){LINE_ALWAYS, NULL}; }
line_when(A) ::= WHEN condition(C).           { A = (LineCondition){LINE_WHEN, C}; }
line_when(A) ::= OTHERWISE.                   { A = (LineCondition){LINE_OTHERWISE, NULL}; }

line_effects(A) ::= line_effect(E).           { A = E; }
line_effects(A) ::= line_effects(L) AND line_effect(E). { A = build_effects(L, E); }
missed_effects(A) ::= missed_effect(E).       { A = E; }
missed_effects(A) ::= missed_effects(L) AND missed_effect(E). { A = build_effects(L, E); }
effect(A) ::= GO(T) TO ref(R).                { A = build_effect(p, T, EFFECT_GO_TO, R); }
effect(A) ::= NOTIFY(T) refs(L).              { A = build_effect_each(p, T, EFFECT_NOTIFY, L); }
line_effect(A) ::= effect(E).                 { A = E; }
line_effect(A) ::= STAY(T).                   { A = build_effect(p, T, EFFECT_STAY, NULL); }
line_effect(A) ::= AGAIN(T).                  { A = build_effect(p, T, EFFECT_AGAIN, NULL); }
line_effect(A) ::= START(T) ref(R).           { A = build_effect(p, T, EFFECT_START, R); }
line_effect(A) ::= END_WORD(T) ref(R).             { A = build_effect(p, T, EFFECT_END, R); }
line_effect(A) ::= RECORD(T) ref(R) IS value(V). { A = build_effect_record(p, T, R, V); }
missed_effect(A) ::= effect(E).               { A = E; }
missed_effect(A) ::= ESCALATE(T) TO refs(L).  { A = build_effect_each(p, T, EFFECT_ESCALATE, L); }
missed_effect(A) ::= FLAG(T) STRING(S).       { A = build_effect_flag(p, T, S); }

as_soon ::= as_soon_head condition(C) line_effects(E) opt_because(B). { build_as_soon(p, C, E, B); }
as_soon_head ::= AS_L(T) SOON AS.             { build_as_soon_head(p, T); }

/* ---- work and its limits --------------------------------------------------- */

work ::= work_open.
work ::= work_closed.
work_closed ::= work_open because(B).         { build_work_because(p, B); }
work_closed ::= work_open after_because.
work_closed ::= work_closed after_because.
work_open ::= task.
work_open ::= review.
work_open ::= deadline.
task ::= TASK_L(T) NAME(N) label(L).          { build_work(p, T, WORK_TASK, N, L); }
task ::= task work_part.
task ::= task limit_part.
review ::= REVIEW_L(T) NAME(N) label(L).      { build_work(p, T, WORK_REVIEW, N, L); }
review ::= review work_part.
review ::= review limit_part.
review ::= review review_part.
deadline ::= DEADLINE_L(T) NAME(N) label(L).  { build_duty(p, T, WORK_DEADLINE, N, L); }
deadline ::= deadline limit_part.
deadline ::= deadline ONLY WHEN condition(C). { build_only_when(p, C); }

must ::= must_open.
must ::= must_closed.
must_closed ::= must_open because(B).         { build_work_because(p, B); }
must_closed ::= must_open after_because.
must_closed ::= must_closed after_because.
must_open ::= MUST_L(T) NAME(N) label(L).     { build_duty(p, T, WORK_MUST, N, L); }
must_open ::= must_open limit_part.
must_open ::= must_open WHEN condition(C).    { build_must_when(p, C); }

after_because ::= IF(T) MISSED missed_effects(E). { build_if_missed(p, T, E); }
after_because ::= IF CHANGED KEEP.            { build_if_changed(p, CHANGED_KEEP); }
after_because ::= IF CHANGED RESTART.         { build_if_changed(p, CHANGED_RESTART); }
after_because ::= IF CHANGED RECOMPUTE.       { build_if_changed(p, CHANGED_RECOMPUTE); }
after_because ::= REMIND(T) refs(L) literal(D) BEFORE. { build_remind(p, T, L, D); }

work_part ::= BY refs(L).                     { build_work_by(p, L); }
work_part ::= WITH refs(L).                   { build_work_with(p, L); }
work_part ::= WITH refs(L) WHERE POSSIBLE.    { build_work_with_possible(p, L); }
work_part ::= asks.
work_part ::= CHECKLIST items.
work_part ::= ASSIGNS refs(L).                { build_assigns(p, L); }
work_part ::= OPTIONAL.                       { build_optional(p); }
work_part ::= ONLY WHEN condition(C).         { build_only_when(p, C); }
work_part ::= AFTER ref(R).                   { build_after(p, R); }
work_part ::= NOT BY WHO DID refs(L).         { build_not_by_who(p, L); }
work_part ::= BEFORE LEAVING.                 { build_before_leaving(p); }
items ::= item.
items ::= items COMMA item.
item ::= NAME(N) label(L).                    { build_item(p, N, L); }

review_part ::= every.
review_part ::= every WHEN condition(C).      { build_interval_when(p, LINE_WHEN, C); }
review_part ::= every OTHERWISE.              { build_interval_when(p, LINE_OTHERWISE, NULL); }
review_part ::= first_within limit_options.
review_part ::= IN STEP WITH ref(R).          { build_in_step(p, R); }
review_part ::= UNTIL condition(C).           { build_review_until(p, C); }
every ::= EVERY(T) duration(D) FROM anchor(A). { build_interval(p, T, INTERVAL_GRID, D, A); }
every ::= AT(T) MOST duration(D) AFTER THE LAST ONE. { build_interval(p, T, INTERVAL_AFTER_LAST, D, (Anchor){0}); }
first_within ::= FIRST(T) WITHIN duration(D) OF anchor(A). { build_first_within(p, T, D, A); }

limit_part ::= limit limit_options.
limit_part ::= IMMEDIATELY(T).                { build_immediately(p, T); }
limit_part ::= AT(T) LEAST literal(D) BEFORE ref(R). { build_before(p, T, D, R, false); }
limit_part ::= AT(T) LEAST NUMBER(N) CLEAR WORKING DAYS BEFORE ref(R). { build_before(p, T, build_duration(p, N, UNIT_WORKING_DAYS), R, true); }
limit_part ::= NUMBER(N) CLEAR WORKING DAYS BEFORE ref(R). { build_before(p, N, build_duration(p, N, UNIT_WORKING_DAYS), R, true); }
limit ::= WITHIN(T) duration(D) OF anchor(A). { build_within(p, T, D, A); }
limit ::= target LIMIT duration(D) OF anchor(A). { build_limit(p, D, A); }
target ::= TARGET(T) duration(D).             { build_target(p, T, D, NULL); }
target ::= TARGET(T) duration(D) OF anchor(A). { build_target(p, T, D, &A); }
target ::= TARGET(T) IMMEDIATELY.             { build_target_immediately(p, T); }

limit_options ::= .
limit_options ::= rolled.
limit_options ::= limit_options limit_option.
rolled ::= OR THE NEXT WORKING DAYS.          { build_roll(p, ROLL_NEXT); }
rolled ::= OR THE PREVIOUS WORKING DAYS.      { build_roll(p, ROLL_PREVIOUS); }
rolled ::= COUNTING FROM THE NEXT WORKING DAYS. { build_count_from_next(p); }
limit_option ::= PAUSED WHILE condition(C).   { build_paused_while(p, C); }
limit_option ::= CAN BE PAUSED BY refs(L).    { build_paused_by(p, L); }
limit_option ::= CAN BE EXTENDED BY refs(L).  { build_extended_by(p, L); }
limit_option ::= FIXED WHEN SET.              { build_fixed(p); }

/* ---- standing rules -------------------------------------------------------- */

rule ::= NEVER_L(T) ref(S) when(C) opt_because(B). { build_rule(p, T, true, S, C, B); }
rule ::= ALWAYS_L(T) condition(C) opt_because(B).  { build_rule(p, T, false, NULL, C, B); }
allow ::= ALLOW_L(T) CODE(C) UNTIL date(D) BECAUSE STRING(S). { build_allow(p, T, C, D, S); }

/* ---- scenarios -------------------------------------------------------------- */

scenario ::= scenario_given.
scenario ::= scenario_when.
scenario ::= scenario_then.
scenario_head ::= SCENARIO_L(T) STRING(S).    { build_scenario(p, T, S); }
scenario_given ::= scenario_head GIVEN_L given.
scenario_given ::= scenario_given AND given.
scenario_given ::= scenario_given GIVEN_L given.
scenario_when ::= scenario_given when_word step.
scenario_when ::= scenario_then when_word step.
scenario_when ::= scenario_when when_word step.
when_word ::= WHEN.                           { build_next_step(p); }
scenario_when ::= scenario_when and_step step.
and_step ::= AND.                             { build_next_step(p); }
scenario_then ::= scenario_given THEN_L check.
scenario_then ::= scenario_when THEN_L check.
scenario_then ::= scenario_then THEN_L check.
scenario_then ::= scenario_then AND check.

given ::= A(T) NEW CASE.                      { build_given_new(p, T, NULL); }
given ::= A(T) NEW CASE ON time(W).           { build_given_new(p, T, &W); }
given ::= A(T) CASE AT ref(S) ON time(W).     { build_given_at(p, T, S, W); }
given ::= ref(R) IS value(V).                 { build_given_fact(p, R, V); }
given ::= TRACK(T) ref(R) IS AT ref(S).       { build_given_track(p, T, R, S, NULL); }
given ::= TRACK(T) ref(R) IS AT ref(S) SINCE time(W). { build_given_track(p, T, R, S, &W); }
given ::= ref(R) ON time(W).                  { build_given_event(p, R, NULL, W); }
given ::= ref(R) AS STRING(S) ON time(W).     { build_given_event(p, R, &S, W); }
given ::= STRING(S) IS ref(R).                { build_given_assigned(p, S, R); }
given ::= STRING(S) IS ABSENT.                { build_given_absent(p, S, NULL); }
given ::= STRING(S) IS ABSENT ON time(W).     { build_given_absent(p, S, &W); }

step ::= event_step.
step ::= NOTHING(T) HAPPENS UNTIL time(W).    { build_step_nothing(p, T, W); }
step ::= CASE(T) IS REOPENED TO ref(S) step_parts. { build_step_reopened(p, T, S); }
event_step ::= step_subject.
event_step ::= event_step step_part.
step_subject ::= ref(R).                      { build_step(p, R, WHEN_EVENT); }
step_subject ::= ref(R) IS NOT NEEDED.        { build_step(p, R, WHEN_NOT_NEEDED); }
step_subject ::= ref(R) IS APPROVED.          { build_step(p, R, WHEN_APPROVED); }
step_subject ::= ref(R) IS REFUSED.           { build_step(p, R, WHEN_REFUSED); }
step_subject ::= ref(R) IS PAUSED.            { build_step(p, R, WHEN_PAUSED); }
step_subject ::= ref(R) IS RESUMED.           { build_step(p, R, WHEN_RESUMED); }
step_subject ::= ref(R) IS VOIDED.            { build_step(p, R, WHEN_VOIDED); }
step_subject ::= ref(R) IS AMENDED.           { build_step(p, R, WHEN_AMENDED); }
step_subject ::= ref(R) IS EXTENDED TO time(W). { build_step_extended(p, R, W); }
step_parts ::= .
step_parts ::= step_parts step_part.
step_part ::= BY ref(R).                      { build_step_by(p, R, NULL); }
step_part ::= BY ref(R) AS STRING(S).         { build_step_by(p, R, &S); }
step_part ::= FOR ref(R).                     { build_step_for(p, R, NULL); }
step_part ::= FOR ref(R) AS STRING(S).        { build_step_for(p, R, &S); }
step_part ::= WITH withs.
step_part ::= ON times(L).                    { build_step_on(p, L); }
step_part ::= ASSIGNING assignments.
step_part ::= TICKING refs(L).                { build_step_ticking(p, L); }
step_part ::= RECORDED ON time(W).            { build_step_recorded(p, W); }
step_part ::= AGAIN WITH THE SAME KEY.        { build_step_again(p); }
withs ::= with.
withs ::= withs COMMA with.
with ::= ref(R) IS value(V).                  { build_with_fact(p, R, V); }
with ::= REASON STRING(S).                    { build_with_reason(p, S); }
with ::= KEY STRING(S).                       { build_with_key(p, S); }
assignments ::= assignment.
assignments ::= assignments COMMA assignment.
assignment ::= ref(R) STRING(S).              { build_assignment(p, R, S); }

check ::= CASE(T) IS AT ref(S).               { build_check_case(p, T, S); }
check ::= ref(R) IS value(V).                 { build_check_value(p, R, V, NULL); }
check ::= ref(R) IS value(V) AS NAME(C).      { build_check_value(p, R, V, &C); }
check ::= ref(R) IS NOT KNOWN.                { build_check(p, R, THEN_FACT_UNKNOWN, NULL); }
check ::= ref(R) IS DUE BY time(W).           { build_check(p, R, THEN_DUE, &W); }
check ::= ref(R) HAS TARGET time(W).          { build_check(p, R, THEN_TARGET, &W); }
check ::= STRING(S) IS FLAGGED.               { build_check_flagged(p, S); }
check ::= TRACK ref(R) HAS ENDED.             { build_check(p, R, THEN_TRACK_ENDED, NULL); }
check ::= TRACK ref(R) IS RUNNING.            { build_check(p, R, THEN_TRACK_RUNNING, NULL); }
check ::= TRACK ref(R) IS NOT RUNNING.        { build_check(p, R, THEN_TRACK_NOT_RUNNING, NULL); }
check ::= TRACK ref(R) IS AT ref(S).          { build_check_track_at(p, R, S); }

%code {
#undef NDEBUG
#include <assert.h>

struct Automaton {
    yyParser parser;
};

Automaton *automaton_new(Parser *parser)
{
    Automaton *automaton = mem_alloc(sizeof *automaton);
    FlowParserInit(&automaton->parser, parser);
    return automaton;
}

void automaton_free(Automaton *automaton)
{
    FlowParserFinalize(&automaton->parser);
    free(automaton);
}

void automaton_feed(Automaton *automaton, int code, Token token)
{
    FlowParser(&automaton->parser, code, token);
}

int automaton_state_count(void)
{
    return YYNSTATE;
}

/* The action for exactly this token: no fallback. */
static YYACTIONTYPE exact_action(int code, YYACTIONTYPE state)
{
    if (state > YY_MAX_SHIFT)
        return state; /* all is read: lemon keeps the accepting action as a state */
    int at = yy_shift_ofst[state] + code;
    return yy_lookahead[at] == code ? yy_action[at] : yy_default[state];
}

/* Plays the reductions that `code` would cause on a copy of the states. Only
 * the part of the stack that was popped and pushed needs copying: `base` is how
 * much of the real stack still stands below it. A reduction chain pushes one
 * state for each step, and brackets are bounded, so the copy stays small. */
#define TRIAL_DEPTH 64
typedef struct Trial {
    const yyStackEntry *stack;
    int base;
    YYACTIONTYPE pushed[TRIAL_DEPTH];
    int count;
} Trial;

static YYACTIONTYPE trial_top(const Trial *trial)
{
    return trial->count ? trial->pushed[trial->count - 1] : trial->stack[trial->base].stateno;
}

/* The state that is on top then. */
static inline YYACTIONTYPE trial_reduce(Trial *trial, int rule)
{
    int length = -yyRuleInfoNRhs[rule]; /* stored negative */
    int from_copy = length < trial->count ? length : trial->count;
    trial->count -= from_copy;
    trial->base -= length - from_copy;
    assert(trial->base >= 0 && trial->count < TRIAL_DEPTH);
    YYACTIONTYPE state = yy_find_reduce_action(trial_top(trial), yyRuleInfoLhs[rule]);
    trial->pushed[trial->count++] = state;
    return state;
}

/* Plays one token; on success its state is pushed, so that another may follow. */
static bool trial_accepts(Trial *trial, int code, bool exact)
{
    YYACTIONTYPE state = trial_top(trial);
    for (;;) {
        YYACTIONTYPE action = exact ? exact_action(code, state)
                                    : yy_find_shift_action((YYCODETYPE)code, state);
        if (action >= YY_MIN_REDUCE) {
            state = trial_reduce(trial, action - YY_MIN_REDUCE);
            continue;
        }
        if (action != YY_ACCEPT_ACTION && action > YY_MAX_SHIFT)
            return false;
        assert(trial->count < TRIAL_DEPTH);
        trial->pushed[trial->count++] = action;
        return true;
    }
}

/* The one rule that a state can only reduce by, whatever comes; -1 when there is
 * a choice. */
static int only_rule(YYACTIONTYPE state)
{
    int rule = -1;
    for (int code = 0; code < YYNTOKEN; code++) {
        YYACTIONTYPE action = exact_action(code, state);
        if (action == YY_ERROR_ACTION)
            continue;
        if (action < YY_MIN_REDUCE || (rule >= 0 && action - YY_MIN_REDUCE != rule))
            return -1;
        rule = action - YY_MIN_REDUCE;
    }
    return rule;
}

/* What was pushed is left as it is: it is never read before it is written. */
static void trial_begin(Trial *trial, const yyParser *parser, int depth)
{
    trial->stack = parser->yystack;
    trial->base = depth;
    trial->count = 0;
}

static int depth_of(const yyParser *parser)
{
    return (int)(parser->yytos - parser->yystack);
}

/* Most tokens are simply next: nothing has to be played for those. */
bool automaton_accepts(const Automaton *automaton, int code, bool exact)
{
    YYACTIONTYPE state = automaton->parser.yytos->stateno;
    YYACTIONTYPE action = exact ? exact_action(code, state)
                                : yy_find_shift_action((YYCODETYPE)code, state);
    if (action < YY_MIN_REDUCE)
        return action <= YY_MAX_SHIFT || action == YY_ACCEPT_ACTION;
    Trial trial;
    trial_begin(&trial, &automaton->parser, depth_of(&automaton->parser));
    return trial_accepts(&trial, code, exact);
}

int automaton_rejecting_state(const Automaton *automaton, int code)
{
    Trial trial;
    trial_begin(&trial, &automaton->parser, depth_of(&automaton->parser));
    for (;;) {
        if (trial_accepts(&trial, code, false))
            return -1;
        YYACTIONTYPE state = trial_top(&trial);
        int rule = only_rule(state);
        if (rule < 0)
            return state;
        trial_reduce(&trial, rule);
    }
}

bool automaton_accepts_all(const Automaton *automaton, const int *codes, int count)
{
    Trial trial;
    trial_begin(&trial, &automaton->parser, depth_of(&automaton->parser));
    for (int i = 0; i < count; i++)
        if (!trial_accepts(&trial, codes[i], true))
            return false;
    return true;
}

bool automaton_unwind(Automaton *automaton, int code)
{
    yyParser *parser = &automaton->parser;
    for (int depth = depth_of(parser); depth >= 0; depth--) {
        Trial trial;
        trial_begin(&trial, parser, depth);
        if (trial_accepts(&trial, code, true)) {
            parser->yytos = parser->yystack + depth; /* nothing on the stack is owned */
            return true;
        }
    }
    return false;
}
}
