/* What a flow says, as a tree. The parser fills it clause by clause; names.h
 * then resolves every Ref (its `kind` and `index`), and from then on the tree
 * is complete: compile, checks, pictures and scenarios read it and never look
 * a name up again. Everything lives in the bundle's arena. Lists are linked in
 * the order of the text; `index` numbers things in the order of declaration
 * over the whole bundle. Nothing here knows a word of any policy. */
#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "base/diag.h"
#include "calendar/calendar.h"
#include "calendar/limit.h"

/* ---- names ------------------------------------------------------------ */

typedef enum RefKind {
    REF_UNRESOLVED,
    REF_FACT, REF_TERM, REF_PERIOD, REF_EVENT, REF_WORK, REF_ROLE,
    REF_STATE, REF_TRACK, REF_CALENDAR, REF_POLICY, REF_VALUE
} RefKind;

/* Events, tasks and reviews share one name space (an event of the same name
 * happens when a task is done): such a Ref is REF_EVENT and `index` is into
 * Flow.events. A REF_VALUE's index is the position in its fact's list. */
typedef struct Ref {
    Span span;
    const char *text; /* NULL: absent */
    RefKind kind;
    int32_t index; /* -1 while unresolved */
    struct Ref *next;
} Ref;

typedef struct RefList {
    Ref *first, *last;
    uint32_t count;
} RefList;

/* because CRE-15, "local rule" */
typedef struct Because {
    Span span;
    Ref policy;       /* the capitals, resolved to a Policy; text NULL for a quoted reason */
    int32_t clause;   /* the number */
    const char *text; /* the quoted reason, or NULL */
    struct Because *next;
} Because;

typedef struct DateAst {
    Span span;
    Day day; /* DAY_NONE: absent */
} DateAst;

/* ---- conditions ------------------------------------------------------- */

typedef enum CompareOp {
    COMPARE_IS, COMPARE_IS_NOT,      /* one value */
    COMPARE_ONE_OF, COMPARE_NOT_ONE_OF, /* a list */
    COMPARE_UNDER, COMPARE_OVER, COMPARE_AT_LEAST, COMPARE_AT_MOST
} CompareOp;

typedef enum ValueKind { VALUE_NAME, VALUE_NUMBER, VALUE_YES, VALUE_NO, VALUE_DATE, VALUE_TEXT } ValueKind;

typedef struct Value {
    Span span;
    ValueKind kind;
    Ref name;         /* VALUE_NAME: resolved to REF_VALUE of the fact compared with */
    int64_t number;   /* VALUE_NUMBER */
    Day day;          /* VALUE_DATE */
    const char *text; /* VALUE_TEXT */
    struct Value *next;
} Value;

typedef enum ExprKind {
    EXPR_AND, EXPR_OR,      /* parts: two or more */
    EXPR_NOT,               /* parts: one */
    EXPR_TERM,              /* ref */
    EXPR_COMPARE,           /* ref (a fact), op, values */
    EXPR_KNOWN, EXPR_NOT_KNOWN,              /* ref (a fact) */
    EXPR_TRACK_RUNNING, EXPR_TRACK_NOT_RUNNING, /* ref (a track) */
    EXPR_TRACK_ENDED, EXPR_TRACK_NOT_ENDED,  /* ref */
    EXPR_TRACK_AT, EXPR_TRACK_NOT_AT,        /* ref (a track; index 0 for `case`), state */
    EXPR_WINDOW,            /* ref (an event) `amount` times within `window` */
    EXPR_ALL_TASKS_DONE     /* only in `as soon as` */
} ExprKind;

/* D, or the name of a period. */
typedef struct DurationAst {
    Span span;
    Ref period; /* text NULL when written out */
    Duration literal;
} DurationAst;

typedef struct Expr {
    ExprKind kind;
    Span span;
    Ref ref, state;
    CompareOp op;
    Value *values;
    int64_t amount;
    DurationAst window;
    int32_t window_index; /* into Flow.windows, set by names; else -1 */
    struct Expr *parts;   /* linked by next */
    struct Expr *next;
} Expr;

/* ---- limits ----------------------------------------------------------- */

typedef enum AnchorKind {
    ANCHOR_NONE, /* immediately without one */
    ANCHOR_ENTERING, ANCHOR_STARTING, ANCHOR_OPENING,
    ANCHOR_EVENT, ANCHOR_FIRST_EVENT, /* refs: one */
    ANCHOR_FACT,                      /* refs: one, a date fact */
    ANCHOR_LATER_OF                   /* refs: two or more events or date facts */
} AnchorKind;

/* The parser writes ANCHOR_EVENT for any name; names turns it into ANCHOR_FACT
 * where the name is a fact. */
typedef struct Anchor {
    Span span;
    AnchorKind kind;
    RefList refs;
} Anchor;

typedef enum IfChanged { CHANGED_UNSAID, CHANGED_KEEP, CHANGED_RESTART, CHANGED_RECOMPUTE } IfChanged;

typedef struct LimitAst {
    Span span;
    bool has_target, has_limit; /* `within D` is a limit; `immediately` alone is neither */
    bool immediately;           /* `immediately`, or `target immediately` */
    DurationAst target, limit;
    Anchor anchor, target_anchor; /* target_anchor.kind ANCHOR_NONE: the limit's own */
    bool before, clear;
    Roll roll;
    bool count_from_next;
    Expr *paused_while;
    RefList paused_by, extended_by;
    bool fixed;
    struct LimitAst *next; /* not used by the parser: a work has one limit */
} LimitAst;

/* ---- effects ---------------------------------------------------------- */

typedef enum EffectKind {
    EFFECT_GO_TO, EFFECT_STAY, EFFECT_AGAIN, EFFECT_RECORD, EFFECT_START, EFFECT_END,
    EFFECT_NOTIFY, EFFECT_ESCALATE, EFFECT_FLAG
} EffectKind;

typedef struct Effect {
    EffectKind kind;
    Span span;
    Ref ref;          /* state, fact, track or role */
    Value *value;      /* EFFECT_RECORD */
    const char *text; /* EFFECT_FLAG */
    struct Effect *next;
} Effect;

typedef struct IfMissed {
    Span span; /* length 0: absent */
    Effect *effects;
} IfMissed;

typedef struct Remind {
    Span span;
    RefList roles;
    DurationAst before;
    struct Remind *next;
} Remind;

/* ---- on, as soon as, starts ------------------------------------------- */

typedef enum LineWhen { LINE_ALWAYS, LINE_WHEN, LINE_OTHERWISE } LineWhen;

typedef struct Line {
    Span span;
    Effect *effects;
    Ref approval; /* needs approval by R; text NULL: none */
    LineWhen when;
    Expr *condition;
    Because *because; /* a line may be closed by its own reason */
    struct Line *next;
} Line;

typedef enum HandlerKind { HANDLER_ON, HANDLER_IGNORE, HANDLER_HOLD } HandlerKind;

/* on E, F and its lines; ignore E, F; hold E, F until S. */
typedef struct Handler {
    HandlerKind kind;
    Span span;
    RefList events;
    Line *lines;  /* HANDLER_ON */
    Ref until;    /* HANDLER_HOLD: a state */
    Because *because;
    struct Handler *next;
} Handler;

typedef struct AsSoonAs {
    Span span;
    Expr *condition; /* EXPR_ALL_TASKS_DONE stands alone or in a conjunction */
    Effect *effects; /* go to S, and perhaps others */
    Because *because;
    struct AsSoonAs *next;
} AsSoonAs;

typedef struct StartsLine {
    Span span;
    RefList events;  /* starts on E, F; empty for `starts when` */
    Expr *condition; /* or NULL */
    bool once;
    Because *because;
    struct StartsLine *next;
} StartsLine;

/* ---- what an event or a piece of work asks for ------------------------ */

typedef struct Records {
    Span span;
    Ref fact;
    Expr *when; /* judged on the entry's own facts; NULL: always */
    struct Records *next;
} Records;

typedef struct RequiresReason {
    Span span;
    Expr *when;
    struct RequiresReason *next;
} RequiresReason;

typedef struct CheckItem {
    Span span;
    const char *name, *label; /* label may be NULL */
    struct CheckItem *next;
} CheckItem;

typedef enum WorkKind { WORK_TASK, WORK_REVIEW, WORK_DEADLINE, WORK_MUST } WorkKind;

typedef enum IntervalKind { INTERVAL_GRID, INTERVAL_AFTER_LAST } IntervalKind;

/* every D from A [when C|otherwise]; at most D after the last one [when …]. */
typedef struct Interval {
    IntervalKind kind;
    Span span;
    DurationAst every;
    Anchor from; /* INTERVAL_GRID */
    LineWhen when;
    Expr *condition;
    struct Interval *next;
} Interval;

typedef struct Work {
    WorkKind kind;
    Span span, name_span;
    const char *name, *label; /* of a deadline or must: the event's name */
    int32_t index;            /* into Flow.works */
    int32_t event;            /* into Flow.events: the task's own event, or the one waited for */
    Ref event_ref;            /* WORK_DEADLINE, WORK_MUST */
    int32_t state, track;     /* where it stands; state -1 in a track or for a must (track 0) */
    RefList by, with, with_where_possible;
    LimitAst limit;           /* span.length 0: none */
    Records *records;
    RequiresReason *reasons;
    CheckItem *checklist;
    RefList assigns;          /* roles */
    bool optional, before_leaving;
    Expr *only_when;
    Ref after;                /* a task */
    RefList not_by_who;       /* tasks */
    Interval *intervals;      /* reviews */
    LimitAst *first;          /* review: first within D of A; or NULL */
    Ref in_step;              /* review: in step with R */
    Expr *until;              /* review */
    Expr *when;               /* must … when */
    IfMissed if_missed;
    IfChanged if_changed;
    Remind *reminds;
    Because *because;
    struct Work *next;       /* in its state or track; musts in Flow.musts */
} Work;

/* ---- blocks ----------------------------------------------------------- */

typedef struct StateAst {
    Span span, name_span;
    const char *name, *label;
    int32_t index, track; /* track 0 is the main line */
    Ref in_track, was;
    bool starts_here, ends_here;
    RefList overseen_by;
    Work *works;
    Handler *handlers;
    AsSoonAs *as_soon;
    Because *because;
    struct StateAst *next;
} StateAst;

typedef struct TrackAst {
    Span span, name_span;
    const char *name, *label;
    int32_t index;
    StartsLine *starts;
    Work *works;
    Handler *handlers;
    Because *because;
    struct TrackAst *next;
} TrackAst;

/* at any point [in S, S]: handlers of the main line. */
typedef struct AnyPoint {
    Span span;
    RefList states; /* empty: every state */
    Handler *handlers;
    Because *because;
    struct AnyPoint *next;
} AnyPoint;

typedef struct EventAst {
    Span span, name_span;
    const char *name, *label;
    int32_t index;
    bool is_work;        /* it stands for a task or review of this name */
    Work *work;          /* the first of that name, when is_work */
    bool by_anyone, opens;
    RefList by;
    Records *records;
    RequiresReason *reasons;
    Because *because;
    struct EventAst *next;
} EventAst;

typedef enum FactType {
    FACT_ONE_OF, FACT_YES_NO, FACT_NUMBER, FACT_DATE, FACT_TEXT, FACT_PERSON
} FactType;

typedef struct FactValue {
    Span span;
    const char *name, *label;
    struct FactValue *next;
} FactValue;

typedef struct FactAst {
    Span span, name_span;
    const char *name, *label;
    int32_t index;
    FactType type;
    FactValue *values; /* FACT_ONE_OF */
    uint32_t value_count;
    bool has_range;    /* number from A to B */
    int64_t least, most;
    const char *of;    /* number of months: "months"; or NULL */
    Because *because;
    struct FactAst *next;
} FactAst;

typedef struct TermAst {
    Span span, name_span;
    const char *name, *label;
    int32_t index;
    Expr *condition;
    Because *because;
    struct TermAst *next;
} TermAst;

typedef struct PeriodValue {
    Span span;
    Duration duration;
    DateAst from; /* DAY_NONE for the first */
    Because *because;
    struct PeriodValue *next;
} PeriodValue;

typedef struct PeriodAst {
    Span span, name_span;
    const char *name, *label;
    int32_t index;
    PeriodValue *values; /* in the order of the text; names sorts them by date */
    struct PeriodAst *next;
} PeriodAst;

typedef enum DeputyWhen { DEPUTY_ALWAYS, DEPUTY_WHEN_UNAVAILABLE, DEPUTY_AFTER } DeputyWhen;

/* can act for R … */
typedef struct Deputy {
    Span span;
    Ref role; /* for whom */
    DeputyWhen when;
    DurationAst after;
    Because *because;
    struct Deputy *next;
} Deputy;

typedef struct RoleAst {
    Span span, name_span;
    const char *name, *label;
    int32_t index;
    RefList members;  /* is any of */
    Deputy *deputies;
    RefList excludes; /* cannot be R on the same case */
    Because *because;
    struct RoleAst *next;
} RoleAst;

typedef struct CalendarRuleAst {
    Span span;
    CalendarRule rule;
    struct CalendarRuleAst *next;
} CalendarRuleAst;

typedef struct CalendarAst {
    Span span, name_span;
    const char *name, *label;
    int32_t index;
    WorkingHours hours[7];
    bool working_days[7]; /* `working Monday to Friday` without hours */
    bool has_hours;
    int cut_off;
    CalendarRuleAst *rules;
    int first_year, published_year, last_year; /* 0 when not said */
    RefList plus, minus;
    struct CalendarAst *next;
} CalendarAst;

typedef struct PolicyAst {
    Span span;
    const char *code, *label;
    int32_t index, first_clause, last_clause;
    struct PolicyAst *next;
} PolicyAst;

typedef struct RuleAst { /* never STATE when C; always C */
    Span span;
    bool is_never;
    int32_t index;
    Ref state;
    Expr *condition; /* never STATE alone: NULL */
    Because *because;
    struct RuleAst *next;
} RuleAst;

typedef struct AllowAst {
    Span span;
    const char *code;
    DateAst until;
    const char *because;
    struct AllowAst *next;
} AllowAst;

typedef struct UseAst {
    Span span;
    const char *name;
    int32_t source; /* number of the file it stands for; set by bundle_load, else 0 */
    struct UseAst *next;
} UseAst;

typedef struct WorkflowAst {
    Span span, name_span;
    const char *name, *label, *version;
    DateAst in_force;
    RefList owner;
    Ref calendar;
    const char *zone_name; /* NULL: Europe/London */
    Span zone_span;
    IfMissed if_missed; /* the default */
} WorkflowAst;

/* ---- the whole -------------------------------------------------------- */

typedef struct ScenarioAst ScenarioAst; /* scenario_ast.h */

/* One EXPR_WINDOW of the flow. */
typedef struct WindowAst {
    const Expr *expr;
    int32_t event;
    int32_t count;
    Duration within; /* calendar days, weeks, months */
} WindowAst;

typedef struct Flow {
    Arena *arena; /* borrowed: the bundle's */
    WorkflowAst *workflow;
    UseAst *uses;
    PolicyAst *policies;
    CalendarAst *calendars;
    RoleAst *roles;
    FactAst *facts;
    TermAst *terms;
    PeriodAst *periods;
    EventAst *events; /* declared ones, then one for each task and review name */
    StateAst *states;
    TrackAst *tracks; /* declared ones: numbered from 1; track 0 is the main line */
    AnyPoint *any_points;
    Work *musts;
    RuleAst *rules;
    ScenarioAst *scenarios;
    AllowAst *allows;

    /* Filled by names: the same things by index. */
    CalendarAst **calendar_at;
    PolicyAst **policy_at;
    RoleAst **role_at;
    FactAst **fact_at;
    TermAst **term_at;
    PeriodAst **period_at;
    EventAst **event_at;
    StateAst **state_at;
    TrackAst **track_at; /* [0] is NULL: the main line */
    Work **work_at;
    WindowAst *window_at;
    RuleAst **rule_at;
    uint32_t calendar_count, policy_count, role_count, fact_count, term_count, period_count,
        event_count, state_count, track_count, work_count, window_count, rule_count,
        scenario_count;
} Flow;
