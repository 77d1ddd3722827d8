#include "render/refusal.h"

#include "render/case_words.h"
#include "render/guards.h"
#include "render/safe.h"

/* Who may change the time of work: nobody, unless its limit says so. */
static void help_time(const CaseView *view, const Refusal *refusal, Text *out)
{
    bool extends = refusal->kind == ENTRY_EXTEND;
    uint32_t index = view->program->works[refusal->work].limit;
    Slice permits = {0};
    if (index != NO_INDEX)
        permits = extends ? view->program->limits[index].extended_by
                          : view->program->limits[index].paused_by;
    text_add(out, extends ? "  It can be extended by: " : "  Its clock can be stopped by: ");
    permits_words(view, permits, out);
    text_add(out, permits.count ? "\n" : "nobody\n");
}

/* Who may approve it, as the case stands. */
static void help_approval(const CaseView *view, uint32_t event, Text *out)
{
    const Program *program = view->program;
    for (uint32_t track = 0; track < program->track_count; track++) {
        const HandlerInfo *handler = handler_now(view, track, event);
        for (uint32_t i = 0; handler && i < handler->alternatives.count; i++) {
            Slice permits =
                program->alternatives[handler->alternatives.first + i].approval_permits;
            if (permits.count == 0)
                continue;
            text_add(out, "  It is to be approved by: ");
            permits_words(view, permits, out);
            text_add_char(out, '\n');
        }
    }
}

static void help_who(const CaseView *view, const Refusal *refusal, Text *out)
{
    if (refusal->event == NO_INDEX && refusal->work == NO_INDEX)
        return;
    if (refusal->event == NO_INDEX) {
        help_time(view, refusal, out);
        return;
    }
    if (refusal->entry) {
        help_approval(view, refusal->event, out);
        return;
    }
    text_add(out, "  It is for: ");
    if (refusal->work != NO_INDEX)
        work_who_words(view, refusal->work, out);
    else
        event_who_words(view, refusal->event, out);
    text_add_char(out, '\n');
}

/* The states that a case can be reopened to. */
static void help_states(const CaseView *view, Text *out)
{
    const Program *program = view->program;
    const char *before = "  One of: ";
    for (uint32_t state = 0; state < program->state_count; state++) {
        if (program->states[state].track != 0 || program->states[state].ends)
            continue;
        text_addf(out, "%s%s (\"", before, program->states[state].name);
        safe_add(out, label_state(view->flow, state));
        text_add(out, "\")");
        before = ", ";
    }
    text_add_char(out, '\n');
}

static void help_not_possible(const CaseView *view, const Refusal *refusal, Text *out)
{
    if (refusal->kind == ENTRY_REOPEN && view->record[SLOT_STATUS] == CASE_CLOSED)
        help_states(view, out);
    if (refusal->event == NO_INDEX && refusal->work != NO_INDEX)
        help_time(view, refusal, out);
}

/* Adds the one that goes with where the case is told. */
static void in_either(const CaseView *view, const char *command, const char *scenario,
                      Text *out)
{
    text_add(out, view->in_scenario ? scenario : command);
}

static void help_closed(const CaseView *view, const Refusal *refusal, Text *out)
{
    (void)refusal;
    if (view->in_scenario) {
        text_add(out, "  To go on with it, reopen it: when case is reopened to STATE with "
                      "reason \"…\"\n");
        return;
    }
    const char *reference = view->reference ? view->reference : "CASE";
    text_add(out, "  To go on with it, reopen it: casewright reopen ");
    safe_add(out, reference);
    text_add(out, " STATE --reason TEXT\n"
                  "  To put a mistake right: casewright amend, casewright void\n"
                  "  For a new concern, open a new case: casewright open ");
    safe_add(out, view->flow_name);
    text_add_char(out, '\n');
}

/* Something from before the case began: the opening itself may have the wrong date. */
static void help_earlier(const CaseView *view, Text *out)
{
    if (view->folded_count == 0 || view->in_scenario)
        return;
    text_add(out, "  If it was opened with the wrong date: casewright amend ");
    safe_add(out, view->reference);
    text_addf(out, " %lld --at TIME --reason TEXT\n", (long long)view->folded[0].number);
}

static void help_openings(const CaseView *view, const Refusal *refusal, Text *out)
{
    (void)refusal;
    if (view->record[SLOT_STATUS] != CASE_NOT_OPEN) {
        help_earlier(view, out);
        return;
    }
    for (uint32_t event = 0; event < view->program->event_count; event++) {
        if (!view->program->events[event].opens)
            continue;
        text_add(out, "  A case opens with \"");
        safe_add(out, label_event(view->flow, event));
        text_addf(out, "\" (%s), by ", view->program->events[event].name);
        event_who_words(view, event, out);
        text_add_char(out, '\n');
    }
}

/* What the value of a fact looks like where the case is told. */
static void typed_words(const CaseView *view, uint32_t fact, Text *out)
{
    FactType type = view->flow->fact_at[fact]->type;
    if (view->in_scenario && type == FACT_DATE)
        text_add(out, "a date such as 1 February 2021");
    else if (view->in_scenario && (type == FACT_TEXT || type == FACT_PERSON))
        text_add(out, type == FACT_TEXT ? "some text in quotes" : "a name in quotes");
    else
        fact_type_words(view->flow, fact, out);
}

/* A fact that is missing or cannot be what was typed; or one that is not wanted. */
static void help_fact(const CaseView *view, const Refusal *refusal, Text *out)
{
    if (refusal->fact == NO_INDEX)
        return;
    const char *name = view->program->facts[refusal->fact].name;
    if (refusal->code == REFUSED_WRONG_FACT && refusal->event != NO_INDEX) {
        text_addf(out, view->in_scenario ? "  Leave out: %s is …\n" : "  Leave out %s=…\n",
                  name);
        return;
    }
    text_addf(out,
              view->in_scenario ? "  Write it as: with %s is VALUE, where VALUE is "
                                : "  Write it as %s=VALUE: ",
              name);
    typed_words(view, refusal->fact, out);
    text_add_char(out, '\n');
}

static void help_deputy(const CaseView *view, const Refusal *refusal, Text *out)
{
    help_who(view, refusal, out);
    in_either(view,
              "  Say why they are unavailable: --reason TEXT\n"
              "  or note that they are away: casewright people absent PERSON\n",
              "  Say why they are unavailable: with reason \"…\"\n"
              "  or that they are away, below \"given\": and \"PERSON\" is absent on DATE\n",
              out);
}

static bool is_about_track(const Flow *flow, const Expr *condition, uint32_t track)
{
    if (condition->kind == EXPR_TERM)
        return is_about_track(flow, flow->term_at[condition->ref.index]->condition, track);
    if (condition->kind >= EXPR_TRACK_RUNNING && condition->kind <= EXPR_TRACK_NOT_AT)
        return condition->ref.index == (int32_t)track;
    for (const Expr *part = condition->parts; part; part = part->next)
        if (is_about_track(flow, part, track))
            return true;
    return false;
}

/* What is owed beside the main line by a track that a standing rule looks at: once it
 * is done, the rule may let the case pass. */
static void owed_by_tracks(const CaseView *view, const Expr *condition, Text *out)
{
    for (uint32_t index = 0; index < view->program->work_count; index++) {
        uint32_t track = view->program->works[index].track;
        bool open = record_work(view->program, view->record, index)[WORK_STATUS] == WORK_OPEN;
        if (!open || track == 0 || !is_about_track(view->flow, condition, track))
            continue;
        text_add(out, "  Still owed there: \"");
        safe_add(out, label_work(view->flow, index));
        text_addf(out, "\" (%s), by ", view->program->works[index].name);
        work_who_words(view, index, out);
        text_add_char(out, '\n');
    }
}

static void help_rule(const CaseView *view, const Refusal *refusal, Text *out)
{
    const Expr *condition =
        refusal->rule == NO_INDEX ? NULL : view->flow->rule_at[refusal->rule]->condition;
    if (!condition)
        return;
    fact_values(view, condition, out);
    owed_by_tracks(view, condition, out);
}

static void help_ticks(const CaseView *view, const Refusal *refusal, Text *out)
{
    if (refusal->work == NO_INDEX)
        return;
    const WorkInfo *work = &view->program->works[refusal->work];
    for (uint32_t item = 0; item < work->item_count; item++) {
        if (refusal->code == REFUSED_MISSING_TICK && !(refusal->ticks >> item & 1))
            continue;
        text_addf(out, "  %s: %s %s  (",
                  refusal->code == REFUSED_MISSING_TICK ? "Still to tick" : "On the checklist",
                  view->in_scenario ? "ticking" : "--tick",
                  view->program->texts[work->items.first + item]);
        safe_add(out, label_item(view->flow, refusal->work, item));
        text_add(out, ")\n");
    }
}

static void help_guards(const CaseView *view, const Refusal *refusal, Text *out)
{
    if (refusal->event != NO_INDEX)
        guards_explain(view, refusal, out);
}

static void help_reason(const CaseView *view, const Refusal *refusal, Text *out)
{
    (void)refusal;
    in_either(view, "  Say why: --reason TEXT\n", "  Say why: with reason \"…\"\n", out);
}

static void help_person(const CaseView *view, const Refusal *refusal, Text *out)
{
    if (refusal->role != NO_INDEX)
        text_addf(out,
                  view->in_scenario ? "  Name them: assigning %s \"PERSON\"\n"
                                    : "  Name them: --assign %s=PERSON\n",
                  view->program->roles[refusal->role].name);
}

static void help_conflict(const CaseView *view, const Refusal *refusal, Text *out)
{
    (void)refusal;
    in_either(view,
              "  Nothing was stored. To strike those entries out in the same act, add "
              "--also-void NUMBER for each.\n",
              "  A scenario says only what can be entered: tell it without those entries.\n",
              out);
}

static void (*const helps[REFUSAL_COUNT])(const CaseView *, const Refusal *, Text *) = {
    [REFUSED_CASE_CLOSED] = help_closed,
    [REFUSED_NOT_POSSIBLE] = help_not_possible,
    [REFUSED_NOT_OPENED] = help_openings,
    [REFUSED_WRONG_ROLE] = help_who,
    [REFUSED_NOT_DEPUTY] = help_deputy,
    [REFUSED_NOT_ASSIGNED] = help_who,
    [REFUSED_SEPARATION] = help_who,
    [REFUSED_MISSING_FACT] = help_fact,
    [REFUSED_WRONG_FACT] = help_fact,
    [REFUSED_MISSING_REASON] = help_reason,
    [REFUSED_WRONG_TICK] = help_ticks,
    [REFUSED_MISSING_TICK] = help_ticks,
    [REFUSED_MISSING_PERSON] = help_person,
    [REFUSED_UNKNOWN_GUARD] = help_guards,
    [REFUSED_SEVERAL_ALTERNATIVES] = help_guards,
    [REFUSED_NO_ALTERNATIVE] = help_guards,
    [REFUSED_BEFORE_LEAVING] = help_who,
    [REFUSED_NEVER] = help_rule,
    [REFUSED_ALWAYS] = help_rule,
    [REFUSED_CONFLICT] = help_conflict,
};

void refusal_help(const CaseView *view, const Refusal *refusal, Text *out)
{
    if (helps[refusal->code])
        helps[refusal->code](view, refusal, out);
}
