#include "render/refusal.h"

#include "base/limits.h"
#include "render/case_words.h"
#include "render/safe.h"

/* What the sentences are made of; names come in double quotes. */
typedef struct Saying {
    const CaseView *view;
    const Refusal *refusal;
    Text *out;
} Saying;

static void quoted(const Saying *s, const char *words)
{
    text_add_char(s->out, '"');
    safe_add(s->out, words);
    text_add_char(s->out, '"');
}

static bool has_work(const Saying *s)
{
    return s->refusal->work != NO_INDEX;
}

/* The event or piece of work that was asked for. */
static void the_event(const Saying *s)
{
    const Refusal *r = s->refusal;
    if (r->event != NO_INDEX)
        quoted(s, label_event(s->view->flow, r->event));
    else if (has_work(s))
        quoted(s, label_work(s->view->flow, r->work));
    else
        text_add(s->out, "this");
}

static void the_role(const Saying *s)
{
    if (s->refusal->role != NO_INDEX)
        quoted(s, label_role(s->view->flow, s->refusal->role));
    else
        text_add(s->out, "the role that was given");
}

static void the_fact(const Saying *s)
{
    if (s->refusal->fact != NO_INDEX)
        quoted(s, label_fact(s->view->flow, s->refusal->fact));
    else
        text_add(s->out, "a fact");
}

static void the_work(const Saying *s)
{
    if (has_work(s))
        quoted(s, label_work(s->view->flow, s->refusal->work));
    else
        text_add(s->out, "the work");
}

static void the_person(const Saying *s)
{
    if (s->refusal->person)
        safe_add(s->out, view_person(s->view, s->refusal->person));
    else
        text_add(s->out, "somebody else");
}

static void plain(const Saying *s, const char *words)
{
    text_add(s->out, words);
}

/* Pausing, resuming and extending name work and no event. */
static bool is_about_time(const Saying *s)
{
    return s->refusal->event == NO_INDEX && s->refusal->work != NO_INDEX;
}

static void say_bad_time(const Saying *s)
{
    if (s->refusal->work != NO_INDEX)
        plain(s, "more time means a later due date than the present one");
    else
        plain(s, "that time lies before what has been worked out already");
}

static void say_future(const Saying *s)
{
    plain(s, "that time is still to come: only what has happened can be recorded");
}

static void say_goes_back(const Saying *s)
{
    plain(s, "something was recorded later than this already");
}

static void say_key_reused(const Saying *s)
{
    plain(s, "that key was used before, for something else");
}

static void say_closed(const Saying *s)
{
    plain(s, "the case is closed");
}

static void say_not_opened(const Saying *s)
{
    if (s->view->record[SLOT_STATUS] != CASE_NOT_OPEN) {
        plain(s, "the case was not open yet at that time: it opened on ");
        moment_words(s->view, s->view->record[SLOT_OPENED], s->out);
        return;
    }
    plain(s, "the case is not open: it must begin with an event that opens a case");
}

static void say_unknown(const Saying *s)
{
    plain(s, "the flow knows nothing of that name");
}

static void say_not_open(const Saying *s)
{
    the_event(s);
    plain(s, " is not open now");
}

/* A clock may be stopped once, go on only when it is stopped, and neither when the
 * due moment has passed or the limit does not allow it. */
static void say_clock(const Saying *s)
{
    const int64_t *work = record_work(s->view->program, s->view->record, s->refusal->work);
    bool stopped = work[WORK_FLAGS] & WORK_FLAG_PAUSED_BY;
    if (s->refusal->kind == ENTRY_EXTEND) {
        the_work(s);
        plain(s, " cannot be given more time");
        return;
    }
    plain(s, "the clock of ");
    the_work(s);
    if (s->refusal->kind == ENTRY_RESUME && !stopped)
        plain(s, " is not stopped");
    else if (s->refusal->kind == ENTRY_PAUSE && stopped)
        plain(s, " is stopped already");
    else if (s->refusal->kind == ENTRY_PAUSE && work[WORK_FLAGS] & WORK_FLAG_MISSED)
        plain(s, " cannot be stopped: it is overdue");
    else
        plain(s, " cannot be changed");
}

static void say_not_possible(const Saying *s)
{
    if (s->refusal->kind == ENTRY_NOT_NEEDED) {
        the_event(s);
        plain(s, " cannot be left out: the flow does not call it optional");
    } else if (s->refusal->kind == ENTRY_REOPEN && s->view->record[SLOT_STATUS] == CASE_OPEN) {
        plain(s, "the case is open: there is nothing to reopen");
    } else if (s->refusal->kind == ENTRY_REOPEN) {
        plain(s, "a case is reopened to a state of its main line that does not end it");
    } else if (s->refusal->entry && s->refusal->event == NO_INDEX) {
        text_addf(s->out, "entry %lld does not wait for approval",
                  (long long)s->refusal->entry);
    } else if (s->refusal->kind == ENTRY_APPROVE || s->refusal->kind == ENTRY_DECLINE) {
        plain(s, "nothing waits for approval");
    } else if (is_about_time(s)) {
        say_clock(s);
    } else if (s->refusal->entry) {
        the_event(s);
        text_addf(s->out, " cannot wait as well: %u others wait already, one of them entry %lld",
                  LIMIT_HELD, (long long)s->refusal->entry);
    } else {
        the_event(s);
        plain(s, " is not possible now");
    }
}

static void say_awaiting(const Saying *s)
{
    the_event(s);
    plain(s, " already waits for approval");
    if (s->refusal->entry)
        text_addf(s->out, " (entry %lld)", (long long)s->refusal->entry);
}

static void say_wrong_role(const Saying *s)
{
    if (s->refusal->role == NO_INDEX) {
        the_event(s);
        plain(s, is_about_time(s)
                     ? " can be given another due date only by somebody in another role"
                     : " is for somebody in another role");
        return;
    }
    the_role(s);
    plain(s, " may not record ");
    the_event(s);
}

static void say_not_deputy(const Saying *s)
{
    plain(s, "it is too early to stand in for ");
    the_role(s);
    plain(s, ", or it is not said why they are unavailable");
}

static void say_not_assigned(const Saying *s)
{
    the_event(s);
    plain(s, " belongs to ");
    the_person(s);
}

/* Whoever did one thing may not do the other, or may not act in both roles. */
static void say_separation(const Saying *s)
{
    the_person(s);
    if (s->refusal->role != NO_INDEX) {
        plain(s, " acts as ");
        the_role(s);
        plain(s, " in this case, and so may not also act in this role");
        return;
    }
    plain(s, s->refusal->entry ? " asked for " : " recorded ");
    the_event(s);
    plain(s, s->refusal->entry ? ", so somebody else must approve it"
                               : ", so somebody else must do this");
}

static void say_missing_fact(const Saying *s)
{
    the_event(s);
    plain(s, " must also say ");
    the_fact(s);
}

static void say_wrong_fact(const Saying *s)
{
    the_event(s);
    plain(s, " does not ask for ");
    the_fact(s);
    plain(s, s->refusal->fact == NO_INDEX ? "" : " here");
}

static void say_missing_reason(const Saying *s)
{
    the_event(s);
    plain(s, " needs a reason");
}

static void say_wrong_tick(const Saying *s)
{
    plain(s, "that is not on the checklist of ");
    the_event(s);
}

static void say_missing_tick(const Saying *s)
{
    plain(s, "the checklist of ");
    the_event(s);
    plain(s, " is not finished");
}

static void say_missing_person(const Saying *s)
{
    the_event(s);
    plain(s, " must say who becomes ");
    the_role(s);
}

static void say_unknown_guard(const Saying *s)
{
    plain(s, "what comes next depends on ");
    the_fact(s);
    plain(s, ", which is not known");
}

static void say_several(const Saying *s)
{
    plain(s, "several ways on apply at once, and the flow does not say which");
}

static void say_none(const Saying *s)
{
    plain(s, "no way on applies to ");
    the_event(s);
}

static void say_conflicting(const Saying *s)
{
    plain(s, "two parts of the flow would record different values for ");
    the_fact(s);
}

static void say_before_leaving(const Saying *s)
{
    the_work(s);
    plain(s, " must be finished before leaving");
    if (s->refusal->state != NO_INDEX) {
        text_add_char(s->out, ' ');
        quoted(s, label_state(s->view->flow, s->refusal->state));
    }
}

static void say_rule(const Saying *s)
{
    const RuleAst *rule =
        s->refusal->rule == NO_INDEX ? NULL : s->view->flow->rule_at[s->refusal->rule];
    plain(s, "it would break a standing rule");
    if (!rule)
        return;
    plain(s, rule->is_never ? ": never " : ": always ");
    if (rule->is_never)
        quoted(s, label_state(s->view->flow, (uint32_t)rule->state.index));
    if (rule->is_never && rule->condition)
        plain(s, " when ");
    if (rule->condition)
        condition_words(s->view->flow, rule->condition, s->out);
}

static void say_budget(const Saying *s)
{
    plain(s, "the flow goes round in a circle here, so nothing was changed");
}

static void say_conflict(const Saying *s)
{
    text_addf(s->out, "entry %lld would become impossible", (long long)s->refusal->entry);
}

static void (*const sayings[REFUSAL_COUNT])(const Saying *) = {
    [REFUSED_BAD_TIME] = say_bad_time,
    [REFUSED_IN_THE_FUTURE] = say_future,
    [REFUSED_RECORDED_GOES_BACK] = say_goes_back,
    [REFUSED_KEY_REUSED] = say_key_reused,
    [REFUSED_CASE_CLOSED] = say_closed,
    [REFUSED_NOT_OPENED] = say_not_opened,
    [REFUSED_UNKNOWN_EVENT] = say_unknown,
    [REFUSED_NOT_OPEN] = say_not_open,
    [REFUSED_NOT_POSSIBLE] = say_not_possible,
    [REFUSED_AWAITING_APPROVAL] = say_awaiting,
    [REFUSED_WRONG_ROLE] = say_wrong_role,
    [REFUSED_NOT_DEPUTY] = say_not_deputy,
    [REFUSED_NOT_ASSIGNED] = say_not_assigned,
    [REFUSED_SEPARATION] = say_separation,
    [REFUSED_MISSING_FACT] = say_missing_fact,
    [REFUSED_WRONG_FACT] = say_wrong_fact,
    [REFUSED_MISSING_REASON] = say_missing_reason,
    [REFUSED_WRONG_TICK] = say_wrong_tick,
    [REFUSED_MISSING_TICK] = say_missing_tick,
    [REFUSED_MISSING_PERSON] = say_missing_person,
    [REFUSED_UNKNOWN_GUARD] = say_unknown_guard,
    [REFUSED_SEVERAL_ALTERNATIVES] = say_several,
    [REFUSED_NO_ALTERNATIVE] = say_none,
    [REFUSED_CONFLICTING_RECORDS] = say_conflicting,
    [REFUSED_BEFORE_LEAVING] = say_before_leaving,
    [REFUSED_NEVER] = say_rule,
    [REFUSED_ALWAYS] = say_rule,
    [REFUSED_STEP_BUDGET] = say_budget,
    [REFUSED_CONFLICT] = say_conflict,
};

void refusal_sentence(const CaseView *view, const Refusal *refusal, const char *detail,
                      Text *out)
{
    Saying saying = {view, refusal, out};
    if (detail)
        safe_add(out, detail);
    else if (sayings[refusal->code])
        sayings[refusal->code](&saying);
}
