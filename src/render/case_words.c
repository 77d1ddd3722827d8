#include "render/case_words.h"

#include <string.h>

#include "render/safe.h"

static void number_words(const CaseView *view, uint32_t fact, int64_t value, Text *out)
{
    const char *of = view->flow->fact_at[fact]->of;
    text_addf(out, "%lld%s%s", (long long)value, of ? " " : "", of ? of : "");
}

void fact_words(const CaseView *view, uint32_t fact, int64_t value, Text *out)
{
    char day[DAY_TEXT_MAX];
    if (value == VALUE_UNKNOWN) {
        text_add(out, "not known");
        return;
    }
    switch (view->program->facts[fact].type) {
    case TYPE_ONE_OF:
        safe_add(out, label_value(view->flow, fact, value));
        break;
    case TYPE_YES_NO:
        text_add(out, value ? "yes" : "no");
        break;
    case TYPE_NUMBER:
        number_words(view, fact, value, out);
        break;
    case TYPE_DATE:
        day_format_long((Day)value, day);
        text_add(out, day);
        break;
    case TYPE_TEXT:
    case TYPE_PERSON:
        safe_add(out, view_fact_text(view, fact, value));
        break;
    }
}

void moment_words(const CaseView *view, Moment moment, Text *out)
{
    char text[TIME_TEXT_MAX];
    if (moment == MOMENT_NONE || moment == MOMENT_NEVER)
        return;
    moment_format_long(view->program->zone, moment, text);
    text_add(out, text);
}

const char *moment_short(Zone zone, Moment moment, char buffer[TIME_TEXT_MAX])
{
    if (moment == MOMENT_NONE || moment == MOMENT_NEVER)
        return NULL;
    Rank rank = moment_rank(moment);
    LocalTime local = local_from_instant(zone, moment_instant(moment));
    if (rank == RANK_DATE_ONLY || (rank == RANK_DAY_LIMIT && local.ms == 0))
        day_format(moment_day(zone, moment), buffer);
    else
        instant_format(zone, moment_instant(moment), buffer);
    return buffer;
}

/* Several permits may come from one group that the flow names: it is said once. */
static bool named_before(const CaseView *view, Slice permits, uint32_t i)
{
    const Permit *all = view->program->permits + permits.first;
    for (uint32_t k = 0; k < i; k++)
        if (all[k].via == all[i].via)
            return true;
    return false;
}

/* Who filled the role when `then` happened; now, when it is NULL. */
static Person holder_of(const CaseView *view, uint32_t role, const Happened *then)
{
    if (!then)
        return record_role(view->program, view->record, role);
    Person holder = 0;
    for (const Happened *h = view->happened; h < then; h++)
        if (h->kind == HAPPENED_ASSIGNED && h->role == role)
            holder = h->value;
    return holder;
}

static void add_holder(const CaseView *view, uint32_t role, const Happened *then, Text *out)
{
    Person holder = holder_of(view, role, then);
    if (!holder)
        return;
    text_add(out, " (");
    safe_add(out, view_person(view, holder));
    text_add_char(out, ')');
}

/* Whether no other role follows. */
static bool is_last(const CaseView *view, Slice permits, uint32_t i)
{
    for (uint32_t k = i + 1; k < permits.count; k++)
        if (!named_before(view, permits, k))
            return false;
    return true;
}

/* `holders`: name the person too, as it was when `then` happened. */
static void roles_words(const CaseView *view, Slice permits, bool holders, const Happened *then,
                        Text *out)
{
    bool first = true;
    for (uint32_t i = 0; i < permits.count; i++) {
        if (named_before(view, permits, i))
            continue;
        uint32_t role = view->program->permits[permits.first + i].via;
        text_add(out, first ? "" : is_last(view, permits, i) ? " or " : ", ");
        safe_add(out, label_role(view->flow, role));
        if (holders)
            add_holder(view, role, then, out);
        first = false;
    }
}

void permits_words(const CaseView *view, Slice permits, Text *out)
{
    roles_words(view, permits, false, NULL, out);
}

static bool is_open(const CaseView *view, uint32_t work)
{
    return record_work(view->program, view->record, work)[WORK_STATUS] == WORK_OPEN;
}

static bool same_permits(const Program *program, uint32_t one, uint32_t other)
{
    Slice a = program->works[one].permits, b = program->works[other].permits;
    return a.count == b.count && memcmp(program->permits + a.first, program->permits + b.first,
                                        a.count * sizeof *program->permits) == 0;
}

/* Is one of the works before number `i` open and for the same roles? */
static bool said_before(const CaseView *view, Slice works, uint32_t i)
{
    const uint32_t *all = view->program->indices + works.first;
    for (uint32_t k = 0; k < i; k++)
        if (is_open(view, all[k]) && same_permits(view->program, all[k], all[i]))
            return true;
    return false;
}

/* Tasks of one name in different places may be for different roles. */
static void works_who_words(const CaseView *view, Slice works, Text *out)
{
    bool first = true;
    for (uint32_t i = 0; i < works.count; i++) {
        uint32_t work = view->program->indices[works.first + i];
        if (works.count > 1 && (!is_open(view, work) || said_before(view, works, i)))
            continue;
        text_add(out, first ? "" : ", or ");
        work_who_words(view, work, out);
        first = false;
    }
    if (first && works.count > 0)
        work_who_words(view, view->program->indices[works.first], out);
}

void event_who_words(const CaseView *view, uint32_t index, Text *out)
{
    const EventInfo *event = &view->program->events[index];
    if (event->is_work)
        works_who_words(view, event->works, out);
    else if (event->by_anyone)
        text_add(out, "anyone");
    else
        permits_words(view, event->permits, out);
}

void work_who_words(const CaseView *view, uint32_t index, Text *out)
{
    work_who_then_words(view, index, NULL, out);
}

void work_who_then_words(const CaseView *view, uint32_t index, const Happened *then, Text *out)
{
    const WorkInfo *work = &view->program->works[index];
    if (work->kind == PROGRAM_DEADLINE || work->kind == PROGRAM_MUST)
        event_who_words(view, work->event, out);
    else
        roles_words(view, work->permits, true, then, out);
}

static const struct OutcomeWord {
    const char *code, *words;
} outcome_table[] = {
    [OUTCOME_NONE] = {"none", ""},
    [OUTCOME_NOT_STARTED] = {"not-started", "its time has not started"},
    [OUTCOME_RUNNING] = {"running", "in time so far"},
    [OUTCOME_DUE_SOON] = {"due-soon", "due soon"},
    [OUTCOME_MET] = {"met", "in time"},
    [OUTCOME_MET_LATE] = {"met-late", "late"},
    [OUTCOME_MISSED] = {"missed", "overdue"},
    [OUTCOME_MISSED_KNOWN_LATE] = {"missed-known-late", "overdue when it became known"},
    [OUTCOME_EXTENDED] = {"extended", "in the extended time"},
    [OUTCOME_NOT_NEEDED] = {"not-needed", "not needed"},
    [OUTCOME_UNFINISHED] = {"closed-unfinished", "closed unfinished"},
    [OUTCOME_CANNOT_TELL] = {"cannot-tell",
                             "cannot tell whether in time: the hour is not known"},
};

const char *outcome_words(Outcome outcome)
{
    return outcome_table[outcome].words;
}

const char *outcome_code(Outcome outcome)
{
    return outcome_table[outcome].code;
}

const char *work_status_code(WorkStatus status)
{
    static const char *const codes[] = {[WORK_CLOSED] = "not-open",
                                        [WORK_OPEN] = "open",
                                        [WORK_DONE] = "done",
                                        [WORK_NOT_NEEDED] = "not-needed",
                                        [WORK_UNFINISHED] = "closed-unfinished",
                                        [WORK_EXCLUDED] = "excluded"};
    return codes[status];
}

bool work_is_overdue(const CaseView *view, uint32_t index)
{
    const int64_t *work = record_work(view->program, view->record, index);
    return work[WORK_STATUS] == WORK_OPEN && (work[WORK_OUTCOME] == OUTCOME_MISSED ||
                                              work[WORK_OUTCOME] == OUTCOME_MISSED_KNOWN_LATE);
}

bool work_is_immediate(const CaseView *view, uint32_t index)
{
    uint32_t limit = view->program->works[index].limit;
    return limit != NO_INDEX && view->program->limits[limit].immediately;
}
