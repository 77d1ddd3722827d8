/* One `when`: made into an entry, tried, and kept when it was accepted. A refusal
 * that a later `then` does not expect ends the story there. */
#include <string.h>

#include "base/limits.h"
#include "base/mem.h"
#include "sim/scenario_internal.h"

#define ROLES_TRIED 64u

/* ---- what came of it ----------------------------------------------------------- */

static bool is_expected(const ScenarioStep *step, int32_t event)
{
    while (step->next && !step->checks)
        step = step->next;
    for (const ThenCheck *check = step->checks; check; check = check->next)
        if (check->kind == THEN_REFUSED && check->ref.index == event)
            return true;
    return false;
}

static void add_attempt(Run *run, const WhenStep *when, const Refusal *refusal)
{
    run->attempts = mem_grow(run->attempts, &run->attempt_capacity, run->attempt_count + 1,
                             sizeof *run->attempts);
    run->attempts[run->attempt_count++] = (Attempt){when, *refusal};
}

static void conclude(Run *run, const ScenarioStep *step, const Refusal *refusal)
{
    const WhenStep *when = step->when;
    bool is_event = when->kind != WHEN_NOTHING && when->kind != WHEN_REOPENED;
    add_attempt(run, when, refusal);
    if (refusal->code == REFUSED_NOT || (is_event && is_expected(step, when->ref.index)))
        return;
    Failure *failure = fail(run, FAILED_REFUSED, when->span);
    failure->when = when;
    failure->attempted = true;
    failure->refusal = *refusal;
    run->stopped = true;
}

static void add_fresh(Run *run, uint32_t from)
{
    uint32_t count = run->vm.happened_count - from;
    run->fresh = mem_grow(run->fresh, &run->fresh_capacity, run->fresh_count + count,
                          sizeof *run->fresh);
    if (count)
        memcpy(run->fresh + run->fresh_count, run->vm.happened + from,
               count * sizeof *run->fresh);
    run->fresh_count += count;
}

static void cover(Run *run, const Entry *entry, const Refusal *refusal)
{
    if (!run->coverage)
        return;
    coverage_entry(run->coverage, entry, refusal);
    bool *const taken[] = {[TAKEN_LINE] = run->coverage->lines,
                           [TAKEN_AS_SOON] = run->coverage->as_soons,
                           [TAKEN_START] = run->coverage->starts,
                           [TAKEN_MISSED] = run->coverage->missed};
    for (uint32_t i = 0; i < run->taken_count; i++)
        if (refusal->code == REFUSED_NOT)
            taken[run->taken[i].kind][run->taken[i].index] = true;
    run->taken_count = 0;
}

/* ---- trying ---------------------------------------------------------------------- */

/* What falls due on the way happens in any case, so it is told apart from what the
 * entry itself does. */
static bool advance(Run *run, Moment to, Span span)
{
    uint32_t from = run->vm.happened_count;
    bool done = vm_advance(&run->vm, run->record, to);
    add_fresh(run, from);
    const Refusal accepted = {.code = REFUSED_NOT};
    cover(run, &(Entry){.kind = ENTRY_NOTE, .role = NO_INDEX, .for_role = NO_INDEX}, &accepted);
    if (!done)
        fail_story(run, span,
                   "time cannot go on: things that follow from one another never end");
    return done;
}

static void fail_early(Run *run, Span span, Moment at)
{
    Zone zone = run->program->zone;
    Moment clock = run->record[SLOT_CLOCK];
    bool same_day =
        moment_rank(clock) == RANK_DATE_ONLY && moment_day(zone, clock) == moment_day(zone, at);
    fail_story(run, span,
               same_day
                   ? "what came before it on that day has no time, and so stands at the end "
                     "of the day; give both a time, or neither"
                   : "this is earlier than what came before it; if it was recorded late, "
                     "say when: \"recorded on …\"");
}

/* Any role that may (ruling 2): the first that is not refused, else the first. */
static void choose_role(Run *run, const WhenStep *when, Entry *entry)
{
    uint32_t roles[ROLES_TRIED];
    uint32_t count = story_roles(run, when, entry, roles, ROLES_TRIED);
    for (uint32_t i = 0; i < count && count > 1; i++) {
        Refusal refusal;
        entry->role = roles[i];
        run->trying = *entry;
        if (vm_would_accept(&run->vm, run->record, entry, run->scratch, &refusal))
            return;
    }
    entry->role = count ? roles[0] : NO_INDEX;
}

static bool apply(Run *run, const WhenStep *when, Entry *entry, Refusal *refusal)
{
    Moment clock = run->record[SLOT_CLOCK];
    bool is_late = entry->at < clock;
    if (is_late && when->recorded.day == DAY_NONE) {
        fail_early(run, when->span, entry->at);
        return false;
    }
    if (!is_late && !advance(run, entry->at, when->span))
        return false;
    choose_role(run, when, entry);
    run->trying = *entry;
    uint32_t from = run->vm.happened_count;
    bool done = is_late
                    ? made_refold(run, entry, entry->recorded > clock ? entry->recorded : clock,
                                  refusal)
                    : vm_apply(&run->vm, run->record, entry, refusal);
    if (!is_late)
        add_fresh(run, from);
    cover(run, entry, refusal);
    if (done)
        made_add(run, entry, when);
    return true;
}

/* ---- repeats ----------------------------------------------------------------------- */

static bool same_facts(const Entry *first, const Entry *again)
{
    for (uint32_t i = 0; i < again->fact_count; i++) {
        bool found = false;
        for (uint32_t k = 0; k < first->fact_count && !found; k++)
            found = first->facts[k].fact == again->facts[i].fact &&
                    first->facts[k].value == again->facts[i].value;
        if (!found)
            return false;
    }
    return again->fact_count == 0 || again->fact_count == first->fact_count;
}

/* What the repeat leaves unsaid is as it was. */
static bool same_content(const MadeEntry *first, const WhenStep *when, const Entry *again)
{
    const Entry *entry = &first->entry;
    return (when->on_count == 0 || entry->at == again->at) && same_facts(entry, again) &&
           (!when->by.text || entry->role == (uint32_t)when->by.index) &&
           (!when->person || entry->person == again->person) &&
           (!when->reason ||
            (first->when->reason && strcmp(when->reason, first->when->reason) == 0));
}

static const MadeEntry *find_key(const Run *run, const WhenStep *when, uint32_t event)
{
    for (uint32_t i = run->made_count; i-- > 0;) {
        const MadeEntry *made = &run->made[i];
        if (!made->when || made->is_void)
            continue;
        bool same_key = when->key ? made->key && strcmp(made->key, when->key) == 0
                                  : when->again_same_key && made->entry.name == event;
        if (same_key)
            return made;
    }
    return NULL;
}

/* The same key and content gives the first answer again, other content is an error
 * (language.md, meaning 17). True when that settles the step. */
static bool is_repeat(Run *run, const WhenStep *when, const Entry *entry, Refusal *refusal)
{
    if (!when->key && !when->again_same_key)
        return false;
    const MadeEntry *first = find_key(run, when, entry->name);
    if (!first && when->again_same_key)
        fail_story(run, when->span, "nothing of that key came before");
    if (!first)
        return when->again_same_key;
    bool same = first->entry.name == entry->name && same_content(first, when, entry);
    *refusal = refusal_none();
    refusal->code = same ? REFUSED_NOT : REFUSED_KEY_REUSED;
    refusal->event = entry->name;
    refusal->entry = first->entry.number;
    return true;
}

/* ---- corrections --------------------------------------------------------------------- */

static void amend_entry(const WhenStep *when, const Entry *content, Entry *entry)
{
    if (when->on_count) {
        entry->at = content->at;
        entry->date_only = content->date_only;
    }
    if (when->facts) {
        entry->facts = content->facts;
        entry->fact_count = content->fact_count;
    }
    if (when->by.text)
        entry->role = (uint32_t)when->by.index;
    if (when->person) {
        entry->person = content->person;
        entry->person_unsaid = false;
    }
    entry->has_reason = entry->has_reason || content->has_reason;
}

/* Striking out: `on` is when that is done. Amending: `on` is when it really happened.
 * `recorded on` is when the correction is made. */
static void correct(Run *run, const ScenarioStep *step)
{
    const WhenStep *when = step->when;
    MadeEntry *made = made_last(run, (uint32_t)when->ref.index);
    if (!made) {
        fail_story(run, when->span, "there is no entry of \"%s\" to correct", when->ref.text);
        return;
    }
    TimeAst on = when->on_count ? when->on[0] : (TimeAst){.day = DAY_NONE, .minute = -1};
    Entry content;
    if (!story_entry(run, when, on, made->entry.number, &content))
        return;
    MadeEntry was = *made;
    Moment until = run->record[SLOT_CLOCK];
    bool says_when = when->recorded.day != DAY_NONE || when->kind == WHEN_VOIDED;
    if (says_when && content.recorded > until)
        until = content.recorded;
    if (when->kind == WHEN_VOIDED) {
        made->is_void = true;
    } else {
        amend_entry(when, &content, &made->entry);
        made->entry.recorded = until; /* what it opens overdue is known late */
    }
    Refusal refusal;
    if (!made_refold(run, NULL, until, &refusal))
        *made = was;
    conclude(run, step, &refusal);
}

/* ---- the step --------------------------------------------------------------------------- */

static void make_once(Run *run, const ScenarioStep *step, TimeAst on)
{
    const WhenStep *when = step->when;
    Entry entry;
    Refusal refusal;
    if (!story_entry(run, when, on, run->made_count + 1, &entry))
        return;
    if (!is_repeat(run, when, &entry, &refusal) && !apply(run, when, &entry, &refusal))
        return;
    if (!run->stopped)
        conclude(run, step, &refusal);
}

static void let_time_pass(Run *run, const WhenStep *when)
{
    Moment until;
    if (!story_moment(run, when->until, &until))
        return;
    if (run->record[SLOT_STATUS] == CASE_NOT_OPEN)
        fail_story(run, when->span, "the case is not open yet");
    else if (until < run->record[SLOT_CLOCK])
        fail_early(run, when->span, until);
    else
        advance(run, until, when->span);
}

void step_make(Run *run, const ScenarioStep *step)
{
    const WhenStep *when = step->when;
    const TimeAst now = {.day = DAY_NONE, .minute = -1};
    if (when->kind == WHEN_NOTHING) {
        let_time_pass(run, when);
    } else if (when->kind == WHEN_VOIDED || when->kind == WHEN_AMENDED) {
        correct(run, step);
    } else if (when->on_count == 0) {
        make_once(run, step, now);
    } else {
        for (uint32_t i = 0; i < when->on_count && !run->stopped; i++)
            make_once(run, step, when->on[i]);
    }
}
