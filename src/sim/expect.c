/* Does what a `then` says hold? Where several pieces of work have one name, it holds
 * when it is true of one of them. */
#include <string.h>

#include "sim/scenario_internal.h"

const Attempt *last_attempt(const Run *run, uint32_t event)
{
    for (uint32_t i = run->attempt_count; i-- > 0;)
        if (run->attempts[i].when->ref.index == (int32_t)event)
            return &run->attempts[i];
    return NULL;
}

/* ---- work ---------------------------------------------------------------------------- */

static bool is_held(const Run *run, uint32_t work)
{
    const int64_t *slots = record_work(run->program, run->record, work);
    bool is_review = run->program->works[work].kind == PROGRAM_REVIEW;
    return is_review && slots[WORK_DONE_AT] != MOMENT_NONE;
}

/* How it went when it was last done, also after it has opened anew. */
static bool was_done(const Run *run, uint32_t work, Outcome outcome)
{
    for (uint32_t i = run->vm.happened_count; i-- > 0;) {
        const Happened *item = &run->vm.happened[i];
        if (item->kind == HAPPENED_DONE && item->work == work)
            return item->outcome == outcome;
    }
    return false;
}

typedef struct StatusWord {
    const char *word;
    bool is_outcome;
    WorkStatus status;
    Outcome outcome;
} StatusWord;

static const StatusWord status_words[] = {
    {"open", false, WORK_OPEN, OUTCOME_NONE},
    {"done", false, WORK_DONE, OUTCOME_NONE},
    {"not-needed", false, WORK_NOT_NEEDED, OUTCOME_NONE},
    {"closed-unfinished", false, WORK_UNFINISHED, OUTCOME_NONE},
    {"not-started", true, WORK_CLOSED, OUTCOME_NOT_STARTED},
    {"running", true, WORK_CLOSED, OUTCOME_RUNNING},
    {"due-soon", true, WORK_CLOSED, OUTCOME_DUE_SOON},
    {"met", true, WORK_CLOSED, OUTCOME_MET},
    {"met-late", true, WORK_CLOSED, OUTCOME_MET_LATE},
    {"missed", true, WORK_CLOSED, OUTCOME_MISSED},
    {"missed-known-late", true, WORK_CLOSED, OUTCOME_MISSED_KNOWN_LATE},
    {"extended", true, WORK_CLOSED, OUTCOME_EXTENDED},
    {"cannot-tell", true, WORK_CLOSED, OUTCOME_CANNOT_TELL},
};

static const StatusWord *find_word(const char *word)
{
    for (size_t i = 0; i < sizeof status_words / sizeof *status_words; i++)
        if (strcmp(status_words[i].word, word) == 0)
            return &status_words[i];
    return NULL;
}

static bool is_status(const Run *run, uint32_t work, const ThenCheck *check)
{
    const StatusWord *word = find_word(check->status);
    const int64_t *slots = record_work(run->program, run->record, work);
    if (!word)
        return false;
    if (!word->is_outcome)
        return slots[WORK_STATUS] == (int64_t)word->status ||
               (word->status == WORK_DONE && is_held(run, work));
    bool untouched = slots[WORK_OPENED] == MOMENT_NONE; /* never open so far */
    if (!untouched && vm_outcome(run->program, run->record, work) == word->outcome)
        return true;
    return is_held(run, work) && was_done(run, work, word->outcome);
}

static bool is_on(const Run *run, Moment moment, TimeAst on)
{
    Zone zone = run->program->zone;
    Instant at;
    if (moment == MOMENT_NEVER || moment == MOMENT_NONE)
        return false;
    if (on.minute < 0)
        return moment_day(zone, moment) == on.day;
    LocalTime local = {on.day, on.minute * 60000};
    return instant_from_local(zone, local, &at) != LOCAL_NEVER && moment_instant(moment) == at;
}

static bool is_due(const Run *run, uint32_t work, const ThenCheck *check)
{
    return is_on(run, record_work(run->program, run->record, work)[WORK_DUE], check->on);
}

static bool has_target(const Run *run, uint32_t work, const ThenCheck *check)
{
    return is_on(run, record_work(run->program, run->record, work)[WORK_TARGET], check->on);
}

static bool is_open(const Run *run, uint32_t work)
{
    return record_work(run->program, run->record, work)[WORK_STATUS] == WORK_OPEN;
}

static bool any_work(const Run *run, const ThenCheck *check, bool only_open,
                     bool (*holds)(const Run *run, uint32_t work, const ThenCheck *check))
{
    const EventInfo *event = &run->program->events[check->ref.index];
    const Slice lists[] = {event->works, event->waits};
    for (uint32_t i = 0; i < 2; i++) {
        for (uint32_t k = 0; k < lists[i].count; k++) {
            uint32_t work = run->program->indices[lists[i].first + k];
            if ((!only_open || is_open(run, work)) && holds(run, work, check))
                return true;
        }
    }
    return false;
}

static bool anything(const Run *run, uint32_t work, const ThenCheck *check)
{
    (void)run;
    (void)work;
    (void)check;
    return true;
}

/* A due moment of open work counts; only where none is open, of work that was. */
static bool moment_holds(const Run *run, const ThenCheck *check,
                         bool (*holds)(const Run *run, uint32_t work, const ThenCheck *check))
{
    return any_work(run, check, any_work(run, check, true, anything), holds);
}

static bool status_holds(const Run *run, const ThenCheck *check)
{
    if (strcmp(check->status, "not-open") == 0)
        return !any_work(run, check, true, anything);
    return any_work(run, check, false, is_status);
}

/* ---- facts, notifications, refusals ------------------------------------------------------ */

static const char *text_of(const Run *run, uint32_t fact, int64_t entry)
{
    for (uint32_t i = 0; i < run->text_count; i++)
        if (run->texts[i].entry == entry && run->texts[i].fact == fact)
            return run->texts[i].text;
    return "";
}

static bool fact_holds(const Run *run, const ThenCheck *check)
{
    uint32_t fact = (uint32_t)check->ref.index;
    int64_t value = record_fact(run->program, run->record, fact);
    const Value *said = &check->value;
    if (value == VALUE_UNKNOWN)
        return false;
    switch (said->kind) {
    case VALUE_NAME:
        return value == said->name.index;
    case VALUE_NUMBER:
        return value == said->number;
    case VALUE_YES:
        return value == 1;
    case VALUE_NO:
        return value == 0;
    case VALUE_DATE:
        return value == said->day;
    case VALUE_TEXT:
        return strcmp(text_of(run, fact, value), said->text) == 0;
    }
    return false;
}

static bool was_told(const Run *run, const ThenCheck *check)
{
    for (uint32_t i = 0; i < run->fresh_count; i++) {
        const Happened *item = &run->fresh[i];
        bool tells = item->kind == HAPPENED_NOTIFIED || item->kind == HAPPENED_ESCALATED ||
                     item->kind == HAPPENED_REMINDED;
        if (tells && item->role == (uint32_t)check->ref.index)
            return true;
    }
    return false;
}

static bool is_flagged(const Run *run, const ThenCheck *check)
{
    for (uint32_t i = 0; i < run->vm.happened_count; i++) {
        const Happened *item = &run->vm.happened[i];
        if (item->kind == HAPPENED_FLAGGED &&
            strcmp(run->program->texts[item->value], check->text) == 0)
            return true;
    }
    return false;
}

static bool was_refused(const Run *run, const ThenCheck *check)
{
    const Attempt *attempt = last_attempt(run, (uint32_t)check->ref.index);
    if (!attempt || attempt->refusal.code == REFUSED_NOT)
        return false;
    return !check->text || strcmp(check->text, refusal_code_text(attempt->refusal.code)) == 0;
}

/* ---- tracks --------------------------------------------------------------------------------
 */

static bool is_at(const Run *run, int32_t state)
{
    const Program *program = run->program;
    const int64_t *track = record_track(program, run->record, program->states[state].track);
    int64_t there = track[TRACK_RUNNING] ? track[TRACK_STATE] : track[TRACK_LAST_STATE];
    return there == (int64_t)state + 1;
}

static const int64_t *track_of(const Run *run, const ThenCheck *check)
{
    return record_track(run->program, run->record, (uint32_t)check->ref.index);
}

bool check_holds(const Run *run, const ThenCheck *check)
{
    switch (check->kind) {
    case THEN_CASE_AT:
    case THEN_TRACK_AT:
        return is_at(run, check->state.index);
    case THEN_FACT:
        return fact_holds(run, check);
    case THEN_FACT_UNKNOWN:
        return record_fact(run->program, run->record, (uint32_t)check->ref.index) ==
               VALUE_UNKNOWN;
    case THEN_DUE:
        return moment_holds(run, check, is_due);
    case THEN_TARGET:
        return moment_holds(run, check, has_target);
    case THEN_STATUS:
        return status_holds(run, check);
    case THEN_REFUSED:
        return was_refused(run, check);
    case THEN_NOTIFIED:
        return was_told(run, check);
    case THEN_TRACK_ENDED:
        return track_of(run, check)[TRACK_RUNS] > 0 && !track_of(run, check)[TRACK_RUNNING];
    case THEN_TRACK_RUNNING:
        return track_of(run, check)[TRACK_RUNNING] != 0;
    case THEN_TRACK_NOT_RUNNING:
        return !track_of(run, check)[TRACK_RUNNING];
    case THEN_FLAGGED:
        return is_flagged(run, check);
    }
    return false;
}
