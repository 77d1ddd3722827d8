#include "render/scenario_words.h"

#include <string.h>

#include "lang/scenario_ast.h"
#include "render/case_words.h"
#include "render/happened.h"
#include "render/limit_words.h"
#include "render/refusal.h"
#include "render/safe.h"
#include "render/working.h"

typedef struct Telling {
    CaseView view; /* the case as it was then */
    const Failure *failure;
} Telling;

/* ---- the case at that moment ------------------------------------------------------ */

/* Only read, though a view may hold what it owns. */
static int64_t *record_of(Arena *arena, const Program *program, const Failure *failure)
{
    int64_t *record = ARENA_ARRAY(arena, program->slot_count, int64_t);
    memcpy(record, failure->record, program->slot_count * sizeof *record);
    return record;
}

static void add_people(CaseView *view, const ScenarioResult *result)
{
    view->people = ARENA_ARRAY(&view->arena, result->person_count + 1, PersonView);
    view->person_count = result->person_count;
    for (uint32_t i = 0; i < result->person_count; i++)
        view->people[i] = (PersonView){i + 1, result->persons[i], result->persons[i]};
    view->texts = ARENA_ARRAY(&view->arena, result->text_count + 1, TextView);
    view->text_count = result->text_count;
    for (uint32_t i = 0; i < result->text_count; i++)
        view->texts[i] =
            (TextView){result->texts[i].entry, result->texts[i].fact, result->texts[i].text};
}

static CaseView view_of(const Bundle *bundle, const Program *program,
                        const ScenarioResult *result, const Failure *failure)
{
    CaseView view = {.reference = "CASE",
                     .flow_name = program->name,
                     .bundle = bundle,
                     .flow = &bundle->flow,
                     .program = program,
                     .in_scenario = true};
    view.record = record_of(&view.arena, program, failure);
    add_people(&view, result);
    view.happened = ARENA_ARRAY(&view.arena, failure->happened_count + 1, Happened);
    view.happened_count = failure->happened_count;
    if (failure->happened_count)
        memcpy(view.happened, failure->happened,
               failure->happened_count * sizeof *failure->happened);
    if (view.record[SLOT_CLOCK] != MOMENT_NONE)
        view.now = moment_instant(view.record[SLOT_CLOCK]);
    return view;
}

static void quoted(Text *out, const char *words)
{
    text_add_char(out, '"');
    safe_add(out, words);
    text_add_char(out, '"');
}

/* ---- what was got -------------------------------------------------------------------- */

static void got_case(const Telling *t, Text *out)
{
    const int64_t *slots = record_track(t->view.program, t->view.record, 0);
    int64_t state = slots[TRACK_RUNNING] ? slots[TRACK_STATE] : slots[TRACK_LAST_STATE];
    if (!state) {
        text_add(out, "the case is not open yet");
        return;
    }
    text_add(out, slots[TRACK_RUNNING] ? "the case is at " : "the case is closed, at ");
    quoted(out, label_state(t->view.flow, (uint32_t)state - 1));
}

static void got_track(const Telling *t, uint32_t track, Text *out)
{
    const int64_t *slots = record_track(t->view.program, t->view.record, track);
    int64_t state = slots[TRACK_RUNNING] ? slots[TRACK_STATE] : slots[TRACK_LAST_STATE];
    text_add(out, "the track ");
    quoted(out, label_track(t->view.flow, track));
    if (slots[TRACK_RUNS] == 0)
        text_add(out, " has never run");
    else if (slots[TRACK_RUNNING] && !state)
        text_add(out, " is running");
    else if (!slots[TRACK_RUNNING])
        text_add(out, " has ended");
    if (slots[TRACK_RUNS] && state) {
        text_add(out, slots[TRACK_RUNNING] ? " is at " : ", at ");
        quoted(out, label_state(t->view.flow, (uint32_t)state - 1));
    }
}

static void got_fact(const Telling *t, Text *out)
{
    uint32_t fact = (uint32_t)t->failure->check->ref.index;
    quoted(out, label_fact(t->view.flow, fact));
    text_add(out, " is ");
    fact_words(&t->view, fact, record_fact(t->view.program, t->view.record, fact), out);
}

static void got_one_work(const Telling *t, uint32_t work, Text *out)
{
    const int64_t *slots = record_work(t->view.program, t->view.record, work);
    const WorkInfo *info = &t->view.program->works[work];
    quoted(out, label_work(t->view.flow, work));
    if (slots[WORK_OPENED] == MOMENT_NONE && slots[WORK_STATUS] == WORK_CLOSED) {
        text_add(out, " is not open");
    } else {
        Outcome outcome = vm_outcome(t->view.program, t->view.record, work);
        text_addf(out, " is %s", work_status_code((WorkStatus)slots[WORK_STATUS]));
        if (outcome != OUTCOME_NONE)
            text_addf(out, ", %s", outcome_code(outcome));
    }
    if (slots[WORK_TARGET] != MOMENT_NEVER && slots[WORK_TARGET] != MOMENT_NONE) {
        text_add(out, ", has target ");
        moment_words(&t->view, slots[WORK_TARGET], out);
    }
    if (slots[WORK_DUE] != MOMENT_NEVER && slots[WORK_DUE] != MOMENT_NONE) {
        text_add(out, ", is due by ");
        moment_words(&t->view, slots[WORK_DUE], out);
    }
    text_add(out, " (");
    quoted(out, info->state == NO_INDEX ? label_track(t->view.flow, info->track)
                                        : label_state(t->view.flow, info->state));
    text_add_char(out, ')');
}

/* Calls `visit` for each piece of work of that name; those not open only where none
 * is. */
static void each_work(const Telling *t,
                      void (*visit)(const Telling *t, uint32_t work, Text *out), Text *out,
                      const char *between)
{
    const Program *program = t->view.program;
    const EventInfo *event = &program->events[t->failure->check->ref.index];
    const Slice lists[] = {event->works, event->waits};
    bool any = false;
    for (int pass = 0; pass < 2 && !any; pass++) {
        for (uint32_t i = 0; i < 2; i++) {
            for (uint32_t k = 0; k < lists[i].count; k++) {
                uint32_t work = program->indices[lists[i].first + k];
                bool open =
                    record_work(program, t->view.record, work)[WORK_STATUS] == WORK_OPEN;
                if (pass == 0 && !open)
                    continue;
                text_add(out, any ? between : "");
                visit(t, work, out);
                any = true;
            }
        }
    }
}

static bool is_told(const Happened *item)
{
    return item->kind == HAPPENED_NOTIFIED || item->kind == HAPPENED_ESCALATED ||
           item->kind == HAPPENED_REMINDED;
}

static void got_told(const Telling *t, Text *out)
{
    bool any = false;
    for (uint32_t i = 0; i < t->failure->happened_count; i++) {
        const Happened *item = &t->failure->happened[i];
        if (!is_told(item))
            continue;
        text_add(out, any ? ", " : "notified: ");
        quoted(out, label_role(t->view.flow, item->role));
        any = true;
    }
    if (!any)
        text_add(out, "nobody is notified");
}

static void got_refusal(const Telling *t, Text *out)
{
    const Failure *failure = t->failure;
    if (!failure->attempted) {
        text_add(out, "nothing tried it before this line");
    } else if (failure->refusal.code == REFUSED_NOT) {
        text_add(out, "it was accepted");
    } else {
        text_addf(out, "refused as %s: ", refusal_code_text(failure->refusal.code));
        refusal_sentence(&t->view, &failure->refusal, NULL, out);
    }
}

static void got_flags(const Telling *t, Text *out)
{
    bool any = false;
    for (uint32_t i = 0; i < t->failure->happened_count; i++) {
        const Happened *item = &t->failure->happened[i];
        if (item->kind != HAPPENED_FLAGGED)
            continue;
        text_add(out, any ? ", " : "flagged: ");
        quoted(out, t->view.program->texts[item->value]);
        any = true;
    }
    if (!any)
        text_add(out, "nothing was flagged");
}

static void got(const Telling *t, Text *out)
{
    const ThenCheck *check = t->failure->check;
    switch (check->kind) {
    case THEN_CASE_AT:
        got_case(t, out);
        break;
    case THEN_TRACK_ENDED:
    case THEN_TRACK_AT:
    case THEN_TRACK_RUNNING:
    case THEN_TRACK_NOT_RUNNING:
        got_track(t, (uint32_t)check->ref.index, out);
        break;
    case THEN_FACT:
    case THEN_FACT_UNKNOWN:
        got_fact(t, out);
        break;
    case THEN_DUE:
    case THEN_TARGET:
    case THEN_STATUS:
        each_work(t, got_one_work, out, "; ");
        break;
    case THEN_REFUSED:
        got_refusal(t, out);
        break;
    case THEN_NOTIFIED:
        got_told(t, out);
        break;
    case THEN_FLAGGED:
        got_flags(t, out);
        break;
    }
}

/* ---- why --------------------------------------------------------------------------------- */

/* Day by day: which was counted, which skipped, and what for. */
static void why_due(const Telling *t, uint32_t work, Text *out)
{
    RunningLimit limit;
    if (!running_limit(&t->view, work, &limit))
        return;
    Working working = {.rule = &limit.rule,
                       .calendar = t->view.program->calendar,
                       .zone = t->view.program->zone,
                       .anchor = &limit.anchor,
                       .paused = &limit.paused,
                       .indent = 6};
    LimitDue due;
    Error err;
    Text days = {0};
    if (working_text(&working, &days, &due, &err)) {
        text_add(out, "    ");
        running_limit_words(&t->view, &limit, out);
        text_add(out, ":\n");
        text_add_bytes(out, text_get(&days), days.length);
    }
    text_clear(&days);
}

static const Expr *expr_of(const Telling *t, CodeRef condition)
{
    const Program *program = t->view.program;
    for (uint32_t i = 0; i < program->alternative_count; i++) {
        const AlternativeInfo *line = &program->alternatives[i];
        if (line->guard != condition)
            continue;
        const Line *found = line_at(t->view.flow, line->file, line->offset);
        return found ? found->condition : NULL;
    }
    for (uint32_t track = 1; track < program->track_count; track++) {
        uint32_t start = program->tracks[track].starts.first;
        for (const StartsLine *line = t->view.flow->track_at[track]->starts; line;
             line = line->next, start++)
            if (program->starts[start].condition == condition)
                return line->condition;
    }
    for (uint32_t state = 0; state < program->state_count; state++) {
        uint32_t soon = program->states[state].as_soon.first;
        for (const AsSoonAs *line = t->view.flow->state_at[state]->as_soon; line;
             line = line->next, soon++)
            if (program->as_soons[soon].condition == condition)
                return line->condition;
    }
    return NULL;
}

/* The last word on that condition before the check. */
static bool is_last(const Failure *failure, uint32_t i)
{
    for (uint32_t k = i + 1; k < failure->judged_count; k++)
        if (failure->judged[k].condition == failure->judged[i].condition)
            return false;
    return true;
}

static void why_guards(const Telling *t, Text *out)
{
    static const char *const truths[] = {[NO] = "no", [YES] = "yes", [UNKNOWN] = "not known"};
    const Failure *failure = t->failure;
    bool any = false;
    for (uint32_t i = 0; i < failure->judged_count; i++) {
        const Expr *expr = failure->judged[i].condition && is_last(failure, i)
                               ? expr_of(t, failure->judged[i].condition)
                               : NULL;
        if (!expr)
            continue;
        text_add(out, any ? "" : "    Conditions that were looked at:\n");
        text_add(out, "      ");
        condition_words(t->view.flow, expr, out);
        text_addf(out, ": %s\n", truths[failure->judged[i].truth]);
        any = true;
    }
}

static void why_happened(const Telling *t, Text *out)
{
    bool any = false;
    for (uint32_t i = 0; i < t->view.happened_count; i++) {
        Text line = {0};
        if (happened_words(&t->view, &t->view.happened[i], &line)) {
            text_add(out, any ? "" : "    What happened before that line:\n");
            text_add(out, "      ");
            moment_words(&t->view, t->view.happened[i].at, out);
            text_addf(out, ": %s\n", text_get(&line));
            any = true;
        }
        text_clear(&line);
    }
    if (!any)
        text_add(out, "    Nothing happened before that line.\n");
}

/* The sentence's own help is set in by two. */
static void why_refused(const Telling *t, Text *out)
{
    Text help = {0};
    refusal_help(&t->view, &t->failure->refusal, &help);
    const char *line = text_get(&help);
    while (*line) {
        size_t length = strcspn(line, "\n");
        text_add(out, "  ");
        text_add_bytes(out, line, length);
        text_add_char(out, '\n');
        line += length + (line[length] == '\n');
    }
    text_clear(&help);
}

static void why(const Telling *t, Text *out)
{
    const ThenCheck *check = t->failure->check;
    switch (check->kind) {
    case THEN_DUE:
        each_work(t, why_due, out, "");
        break;
    case THEN_REFUSED:
        if (t->failure->attempted && t->failure->refusal.code != REFUSED_NOT)
            why_refused(t, out);
        break;
    case THEN_CASE_AT:
    case THEN_TRACK_ENDED:
    case THEN_TRACK_AT:
    case THEN_TRACK_RUNNING:
    case THEN_TRACK_NOT_RUNNING:
    case THEN_NOTIFIED:
        why_happened(t, out);
        why_guards(t, out);
        break;
    case THEN_FACT:
    case THEN_FACT_UNKNOWN:
    case THEN_TARGET:
    case THEN_STATUS:
    case THEN_FLAGGED:
        why_happened(t, out);
        break;
    }
}

/* ---- the whole ------------------------------------------------------------------------------
 */

void source_words(const Bundle *bundle, Span span, Text *out)
{
    Text words = {0};
    const char *at = bundle->sources[span.file].text + span.offset;
    bool space = false;
    for (uint32_t i = 0; i < span.length; i++) {
        bool blank = at[i] == ' ' || at[i] == '\n' || at[i] == '\t' || at[i] == '\r';
        if (!blank && space)
            text_add_char(&words, ' ');
        if (!blank)
            text_add_char(&words, at[i]);
        space = blank;
    }
    safe_add(out, text_get(&words));
    text_clear(&words);
}

/* Their place begins at the track's name. */
static bool is_of_track(ThenKind kind)
{
    return kind == THEN_TRACK_ENDED || kind == THEN_TRACK_AT || kind == THEN_TRACK_RUNNING ||
           kind == THEN_TRACK_NOT_RUNNING;
}

void failure_words(const Bundle *bundle, const Program *program, const ScenarioResult *result,
                   const Failure *failure, FailureWords *words)
{
    *words = (FailureWords){0};
    Telling t = {view_of(bundle, program, result, failure), failure};
    switch (failure->kind) {
    case FAILED_STORY:
        safe_add(&words->headline, failure->text);
        break;
    case FAILED_REFUSED:
        text_addf(&words->headline,
                  "refused as %s: ", refusal_code_text(failure->refusal.code));
        refusal_sentence(&t.view, &failure->refusal, NULL, &words->headline);
        why_refused(&t, &words->why);
        break;
    case FAILED_CHECK:
        text_add(&words->headline, "expected: ");
        text_add(&words->headline, is_of_track(failure->check->kind) ? "track " : "");
        source_words(bundle, failure->span, &words->headline);
        got(&t, &words->got);
        why(&t, &words->why);
        break;
    }
    view_clear(&t.view);
}

void failure_words_clear(FailureWords *words)
{
    text_clear(&words->headline);
    text_clear(&words->got);
    text_clear(&words->why);
}
