#include <string.h>

#include "base/text.h"
#include "lang/names_internal.h"
#include "lang/scenario_ast.h"
#include "lang/suggest.h"

/* What can be said of work; the outcomes are those of language.md, meaning 12. */
static const char *const statuses[] = {
    "open",
    "done",
    "not-needed",
    "not-open",
    "closed-unfinished",
    "not-started",
    "running",
    "due-soon",
    "met",
    "met-late",
    "missed",
    "missed-known-late",
    "extended",
    "cannot-tell",
};

#define STATUS_COUNT (sizeof statuses / sizeof statuses[0])

static void check_status(Names *names, const ThenCheck *check)
{
    Suggestion nearest = suggest_begin(check->status);
    for (size_t i = 0; i < STATUS_COUNT; i++)
        suggest_try(&nearest, statuses[i]);
    if (nearest.distance == 0)
        return;
    Diag *diag = diag_add(names->diags, check->value.span, "CF608",
                          "\"%s\" is not something that can be said of \"%s\"", check->status,
                          check->ref.text);
    if (nearest.best != SUGGEST_NONE)
        diag_help(names->diags, diag, "Did you mean \"%s\"?", statuses[nearest.best]);
    else
        diag_help(
            names->diags, diag,
            "Work can be open, done, missed (its date has passed), met (done by its date), "
            "met-late,\nnot-needed, closed-unfinished, not-started, extended or cannot-tell.");
}

#define REFUSAL(name, code) code,
static const char *const refusals[] = {
#include "base/refusal.def"
};
#undef REFUSAL

#define REFUSAL_COUNT (sizeof refusals / sizeof refusals[0])

/* Lines of no more than some eighty letters. */
static void list_refusals(Text *out)
{
    size_t line = out->length;
    text_add(out, "An entry can be refused as");
    for (size_t i = 0; i < REFUSAL_COUNT; i++) {
        bool wraps = out->length - line + strlen(refusals[i]) > 80;
        text_addf(out, "%s%c%s", i == 0 ? "" : ",", wraps ? '\n' : ' ', refusals[i]);
        if (wraps)
            line = out->length - strlen(refusals[i]);
    }
}

/* A code that nothing is refused with would fail whatever the flow does. */
static void check_refusal(Names *names, const ThenCheck *check)
{
    if (!check->text)
        return;
    Suggestion nearest = suggest_begin(check->text);
    for (size_t i = 0; i < REFUSAL_COUNT; i++)
        suggest_try(&nearest, refusals[i]);
    if (nearest.distance == 0)
        return;
    Diag *diag = diag_add(names->diags, check->text_span, "CF608",
                          "Nothing is ever refused as \"%s\"", check->text);
    if (nearest.best != SUGGEST_NONE) {
        diag_help(names->diags, diag, "Did you mean \"%s\"?", refusals[nearest.best]);
        diag_replace(names->diags, diag, refusals[nearest.best]);
        return;
    }
    Text list = {0};
    list_refusals(&list);
    diag_help(names->diags, diag, "%s.", text_get(&list));
    text_clear(&list);
}

/* An event that is nobody's work is never due, unless a deadline waits for it. */
static void check_is_owed(Names *names, const ThenCheck *check)
{
    const EventAst *event = names->flow->event_at[check->ref.index];
    if (event->is_work || names->waited[event->index])
        return;
    Diag *diag = diag_add(
        names->diags, check->ref.span, "CF608",
        "\"%s\" is an event that nothing waits for, so it is never due or missed", event->name);
    diag_help(names->diags, diag, "It is declared on %s.",
              names_line(names, event->name_span, check->span));
}

static void resolve_at(Names *names, Ref *state, Ref *other, bool on_main_line)
{
    Ref *ref = state->text ? state : other;
    if (!names_ref(names, ref, REF_STATE) || !on_main_line)
        return;
    const StateAst *found = names->flow->state_at[ref->index];
    if (found->track <= 0)
        return;
    Diag *diag = diag_add(names->diags, ref->span, "CF117",
                          "\"%s\" is a state of the track \"%s\", not of the main line",
                          found->name, names->flow->track_at[found->track]->name);
    diag_help(names->diags, diag, "Write \"track %s is at %s\".",
              names->flow->track_at[found->track]->name, found->name);
}

static void resolve_track_at(Names *names, Ref *track, Ref *state)
{
    bool has_track = names_ref(names, track, REF_TRACK);
    if (!names_ref(names, state, REF_STATE) || !has_track)
        return;
    const StateAst *found = names->flow->state_at[state->index];
    if (found->track != track->index && found->track >= 0)
        diag_add(names->diags, state->span, "CF117",
                 "\"%s\" is not a state of the track \"%s\"", found->name, track->text);
}

static void resolve_given(Names *names, Given *given)
{
    switch (given->kind) {
    case GIVEN_NEW_CASE:
        break;
    case GIVEN_CASE_AT:
        resolve_at(names, &given->state, &given->ref, true);
        break;
    case GIVEN_FACT:
        names_fact_value(names, &given->ref, &given->value, true);
        break;
    case GIVEN_TRACK_AT:
        resolve_track_at(names, &given->ref, &given->state);
        break;
    case GIVEN_EVENT:
        names_ref(names, &given->ref, REF_EVENT);
        break;
    case GIVEN_ASSIGNED:
    case GIVEN_ABSENT:
        names_ref(names, &given->ref, REF_ROLE);
        break;
    }
}

/* The position of an item in the checklist of some work of that name. */
static int32_t find_item(const Work *work, const char *item)
{
    int32_t index = 0;
    for (const CheckItem *each = work->checklist; each; each = each->next, index++)
        if (strcmp(each->name, item) == 0)
            return index;
    return -1;
}

static void resolve_ticks(Names *names, WhenStep *when)
{
    if (when->ref.kind != REF_EVENT)
        return;
    const EventAst *event = names->flow->event_at[when->ref.index];
    for (Ref *tick = when->ticks.first; tick; tick = tick->next) {
        tick->index = -1;
        int32_t work = names->first_work[event->index];
        for (; work >= 0 && tick->index < 0; work = names->next_work[work])
            tick->index = find_item(names->flow->work_at[work], tick->text);
        tick->kind = tick->index < 0 ? REF_UNRESOLVED : REF_VALUE;
        if (tick->index < 0)
            diag_add(names->diags, tick->span, "CF101",
                     "\"%s\" is not on the checklist of \"%s\"", tick->text, event->name);
    }
}

static void resolve_when(Names *names, WhenStep *when)
{
    if (when->kind == WHEN_REOPENED)
        resolve_at(names, &when->ref, &when->ref, true);
    else if (when->kind != WHEN_NOTHING)
        names_ref(names, &when->ref, REF_EVENT);
    names_ref(names, &when->by, REF_ROLE);
    names_ref(names, &when->for_role, REF_ROLE);
    for (WithFact *with = when->facts; with; with = with->next)
        names_fact_value(names, &with->fact, &with->value, true);
    for (AssignAst *assign = when->assigns; assign; assign = assign->next)
        names_ref(names, &assign->role, REF_ROLE);
    resolve_ticks(names, when);
}

static void resolve_status(Names *names, ThenCheck *check)
{
    if (check->value.kind != VALUE_NAME) {
        diag_add(names->diags, check->value.span, "CF608",
                 "\"%s\" is not a fact, so it cannot have a value", check->ref.text);
        return;
    }
    check->status = check->value.name.text;
    check->kind = strcmp(check->status, "refused") == 0 ? THEN_REFUSED : THEN_STATUS;
    if (check->kind == THEN_REFUSED)
        return;
    check_status(names, check);
    check_is_owed(names, check);
}

/* Of a role only one thing can be said. */
static void refuse_role(Names *names, const ThenCheck *check)
{
    Diag *diag = diag_add(names->diags, check->value.span, "CF608",
                          "Of a role a scenario can only say that it is notified");
    diag_help(names->diags, diag, "Did you mean \"notified\"?");
}

/* `X is Y` is about a fact, about work, or says that a role was notified: the name
 * on the left tells. */
static void resolve_is(Names *names, ThenCheck *check)
{
    const char *word = check->value.kind == VALUE_NAME ? check->value.name.text : "";
    bool notified = strcmp(word, "notified") == 0;
    if (names_ref_quietly(names, &check->ref, REF_FACT)) {
        names_fact_value(names, &check->ref, &check->value, true);
    } else if (notified) {
        check->kind = THEN_NOTIFIED;
        names_ref(names, &check->ref, REF_ROLE);
    } else if (names_ref_quietly(names, &check->ref, REF_ROLE)) {
        refuse_role(names, check);
    } else if (names_ref_either(names, &check->ref, REF_EVENT, REF_FACT)) {
        resolve_status(names, check);
    }
}

static void resolve_check(Names *names, ThenCheck *check)
{
    switch (check->kind) {
    case THEN_CASE_AT:
        resolve_at(names, &check->state, &check->ref, true);
        break;
    case THEN_FACT:
    case THEN_STATUS:
        resolve_is(names, check);
        break;
    case THEN_FACT_UNKNOWN:
        names_ref(names, &check->ref, REF_FACT);
        break;
    case THEN_DUE:
    case THEN_TARGET:
        if (names_ref(names, &check->ref, REF_EVENT))
            check_is_owed(names, check);
        break;
    case THEN_REFUSED:
        names_ref(names, &check->ref, REF_EVENT);
        check_refusal(names, check);
        break;
    case THEN_NOTIFIED:
        names_ref(names, &check->ref, REF_ROLE);
        break;
    case THEN_TRACK_ENDED:
    case THEN_TRACK_RUNNING:
    case THEN_TRACK_NOT_RUNNING:
        names_ref(names, &check->ref, REF_TRACK);
        break;
    case THEN_TRACK_AT:
        resolve_track_at(names, &check->ref, &check->state);
        break;
    case THEN_FLAGGED:
        break;
    }
}

void names_scenarios(Names *names)
{
    for (ScenarioAst *scenario = names->flow->scenarios; scenario; scenario = scenario->next) {
        for (Given *given = scenario->givens; given; given = given->next)
            resolve_given(names, given);
        for (ScenarioStep *step = scenario->steps; step; step = step->next) {
            if (step->when)
                resolve_when(names, step->when);
            for (ThenCheck *check = step->checks; check; check = check->next)
                resolve_check(names, check);
        }
    }
}
