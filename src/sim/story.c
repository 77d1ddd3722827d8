/* What a scenario says, as the vm takes it: moments, values, who acts, and where
 * the case begins. */
#include <stdlib.h>
#include <string.h>

#include "base/limits.h"
#include "base/mem.h"
#include "calendar/zone.h"
#include "sim/scenario_internal.h"

/* ---- moments and values --------------------------------------------------------- */

bool story_moment(Run *run, TimeAst time, Moment *moment)
{
    Zone zone = run->program->zone;
    if (time.minute < 0) {
        *moment = moment_of_date(zone, time.day);
        return true;
    }
    Instant at;
    LocalTime local = {time.day, time.minute * 60000};
    if (instant_from_local(zone, local, &at) == LOCAL_NEVER) {
        fail_story(run, time.span, "there is no such time: the clocks go forward over it");
        return false;
    }
    *moment = moment_at(at, RANK_ENTRY);
    return true;
}

/* What an amended entry says now takes the place of what it said. */
static void keep_text(Run *run, ScenarioText text)
{
    for (uint32_t i = 0; i < run->text_count; i++) {
        if (run->texts[i].entry == text.entry && run->texts[i].fact == text.fact) {
            run->texts[i] = text;
            return;
        }
    }
    run->texts =
        mem_grow(run->texts, &run->text_capacity, run->text_count + 1, sizeof *run->texts);
    run->texts[run->text_count++] = text;
}

int64_t story_value(Run *run, uint32_t fact, const Value *value, int64_t entry)
{
    switch (value->kind) {
    case VALUE_NAME:
        return value->name.index;
    case VALUE_NUMBER:
        return value->number;
    case VALUE_YES:
        return 1;
    case VALUE_NO:
        return 0;
    case VALUE_DATE:
        return value->day;
    case VALUE_TEXT:
        keep_text(run, (ScenarioText){entry, fact, value->text});
        return entry;
    }
    return VALUE_UNKNOWN;
}

/* ---- given ------------------------------------------------------------------------ */

typedef struct Counts {
    uint32_t facts, tracks, events, assigns;
    const Given *place; /* where the case is; NULL: not said */
} Counts;

static Counts count_givens(const ScenarioAst *scenario)
{
    Counts counts = {0};
    for (const Given *given = scenario->givens; given; given = given->next) {
        counts.facts += given->kind == GIVEN_FACT;
        counts.tracks += given->kind == GIVEN_TRACK_AT;
        counts.events += given->kind == GIVEN_EVENT;
        counts.assigns += given->kind == GIVEN_ASSIGNED;
        if (given->kind == GIVEN_NEW_CASE || given->kind == GIVEN_CASE_AT)
            counts.place = given;
    }
    return counts;
}

static int by_moment(const void *left, const void *right)
{
    const GivenEvent *a = left, *b = right;
    return (a->at > b->at) - (a->at < b->at);
}

typedef struct Placing {
    GivenCase *given;
    GivenTrack *tracks;
    GivenEvent *events;
    FactEntry *facts;
    AssignEntry *assigns;
    Entry *entry;
} Placing;

static bool add_track(Run *run, Placing *to, const Given *given)
{
    GivenTrack *track = &to->tracks[to->given->track_count++];
    *track = (GivenTrack){(uint32_t)given->ref.index, (uint32_t)given->state.index,
                          to->given->since};
    return given->on.day == DAY_NONE || story_moment(run, given->on, &track->since);
}

static bool add_event(Run *run, Placing *to, const Given *given)
{
    GivenEvent *event = &to->events[to->given->event_count++];
    *event = (GivenEvent){.event = (uint32_t)given->ref.index,
                          .person = person_of(run, given->person)};
    return story_moment(run, given->on, &event->at);
}

static bool add_given(Run *run, Placing *to, const Given *given)
{
    switch (given->kind) {
    case GIVEN_FACT: {
        uint32_t fact = (uint32_t)given->ref.index;
        to->facts[to->entry->fact_count++] =
            (FactEntry){fact, story_value(run, fact, &given->value, to->entry->number)};
        return true;
    }
    case GIVEN_TRACK_AT:
        return add_track(run, to, given);
    case GIVEN_EVENT:
        return add_event(run, to, given);
    case GIVEN_ASSIGNED:
        to->assigns[to->entry->assign_count++] =
            (AssignEntry){(uint32_t)given->ref.index, NO_INDEX, person_of(run, given->person)};
        return true;
    case GIVEN_NEW_CASE:
    case GIVEN_CASE_AT:
    case GIVEN_ABSENT:
        break;
    }
    return true;
}

/* The case is known from the latest moment that is given. A date without a time is
 * the day's end for what is counted from it, but the story may go on that same day. */
static Moment latest(const GivenCase *given, Zone zone)
{
    Moment at = MOMENT_NONE;
    for (uint32_t i = 0; i <= given->track_count + given->event_count; i++) {
        Moment one = i == 0                    ? given->since
                     : i <= given->track_count ? given->tracks[i - 1].since
                                               : given->events[i - 1 - given->track_count].at;
        if (moment_rank(one) == RANK_DATE_ONLY)
            one = moment_at(day_start(zone, moment_day(zone, one)), RANK_ENTRY);
        at = one > at ? one : at;
    }
    return at;
}

static Placing make_placing(Run *run, const Counts *counts)
{
    Arena *arena = &run->result->arena;
    Placing to = {.given = ARENA_NEW(arena, GivenCase),
                  .tracks = ARENA_ARRAY(arena, counts->tracks + 1, GivenTrack),
                  .events = ARENA_ARRAY(arena, counts->events + 1, GivenEvent),
                  .facts = ARENA_ARRAY(arena, counts->facts + 1, FactEntry),
                  .assigns = ARENA_ARRAY(arena, counts->assigns + 1, AssignEntry),
                  .entry = &run->trying};
    to.given->is_new = counts->place->kind == GIVEN_NEW_CASE;
    to.given->state = to.given->is_new ? NO_INDEX : (uint32_t)counts->place->state.index;
    to.given->tracks = to.tracks;
    to.given->events = to.events;
    run->trying = (Entry){.number = 1,
                          .kind = ENTRY_GIVEN,
                          .name = NO_INDEX,
                          .role = NO_INDEX,
                          .for_role = NO_INDEX,
                          .facts = to.facts,
                          .assigns = to.assigns,
                          .given = to.given};
    return to;
}

static bool place_case(Run *run, const Counts *counts)
{
    Placing to = make_placing(run, counts);
    if (!story_moment(run, counts->place->on, &to.given->since))
        return false;
    for (const Given *given = run->scenario->givens; given; given = given->next)
        if (!add_given(run, &to, given))
            return false;
    if (to.given->event_count > 1)
        qsort(to.events, to.given->event_count, sizeof *to.events, by_moment);
    run->trying.at = run->trying.recorded = latest(to.given, run->program->zone);
    Refusal refusal;
    if (!vm_apply(&run->vm, run->record, &run->trying, &refusal)) {
        fail_story(run, counts->place->span, "a case cannot begin like that (%s)",
                   refusal_code_text(refusal.code));
        return false;
    }
    made_add(run, &run->trying, NULL);
    return true;
}

bool story_given(Run *run)
{
    Counts counts = count_givens(run->scenario);
    if (!counts.place) {
        fail_story(run, run->scenario->span, "nothing says where the case begins");
        return false;
    }
    if (counts.place->on.day != DAY_NONE)
        return place_case(run, &counts);
    if (!counts.facts && !counts.tracks && !counts.events && !counts.assigns)
        return true; /* not open yet (ruling 1) */
    fail_story(run, counts.place->span,
               "a new case about which something is known needs a date: \"a new case on …\"");
    return false;
}

/* ---- who --------------------------------------------------------------------------- */

typedef struct Roles {
    uint32_t *roles;
    uint32_t count, most;
} Roles;

static void add_role(Roles *list, uint32_t role)
{
    for (uint32_t i = 0; i < list->count; i++)
        if (list->roles[i] == role)
            return;
    if (list->count < list->most)
        list->roles[list->count++] = role;
}

static void add_permits(Roles *list, const Program *program, Slice permits)
{
    for (uint32_t i = 0; i < permits.count; i++)
        add_role(list, program->permits[permits.first + i].role);
}

static void add_workers(Roles *list, const Run *run, uint32_t event)
{
    const Program *program = run->program;
    Slice works = program->events[event].works;
    for (uint32_t open = 0; open < 2; open++) { /* first those whose work is open */
        for (uint32_t i = 0; i < works.count; i++) {
            uint32_t work = program->indices[works.first + i];
            bool is_open = record_work(program, run->record, work)[WORK_STATUS] == WORK_OPEN;
            if (is_open == (open == 0))
                add_permits(list, program, program->works[work].permits);
        }
    }
}

static void add_approvers(Roles *list, const Program *program, uint32_t event)
{
    for (uint32_t i = 0; i < program->handler_count; i++) {
        const HandlerInfo *handler = &program->handlers[i];
        for (uint32_t k = 0; handler->event == event && k < handler->alternatives.count; k++)
            add_permits(
                list, program,
                program->alternatives[handler->alternatives.first + k].approval_permits);
    }
}

static void add_deputies(Roles *list, const Program *program, uint32_t for_role)
{
    for (uint32_t role = 0; role < program->role_count; role++) {
        Slice deputies = program->roles[role].deputies;
        for (uint32_t i = 0; i < deputies.count; i++)
            if (program->deputies[deputies.first + i].for_role == for_role)
                add_role(list, role);
    }
}

static void add_clock_roles(Roles *list, const Program *program, const Entry *entry)
{
    uint32_t limit = entry->name == NO_INDEX ? NO_INDEX : program->works[entry->name].limit;
    if (limit == NO_INDEX)
        return;
    const LimitInfo *info = &program->limits[limit];
    add_permits(list, program,
                entry->kind == ENTRY_EXTEND ? info->extended_by : info->paused_by);
}

uint32_t story_roles(const Run *run, const WhenStep *when, const Entry *entry, uint32_t *roles,
                     uint32_t most)
{
    Roles list = {.roles = roles, .most = most};
    const Program *program = run->program;
    bool is_clock = entry->kind == ENTRY_PAUSE || entry->kind == ENTRY_RESUME ||
                    entry->kind == ENTRY_EXTEND;
    if (when->by.text)
        add_role(&list, (uint32_t)when->by.index);
    else if (when->for_role.text)
        add_deputies(&list, program, (uint32_t)when->for_role.index);
    else if (is_clock)
        add_clock_roles(&list, program, entry);
    else if (entry->kind == ENTRY_APPROVE || entry->kind == ENTRY_DECLINE)
        add_approvers(&list, program, (uint32_t)when->ref.index);
    else if (entry->kind != ENTRY_REOPEN && program->events[entry->name].is_work)
        add_workers(&list, run, entry->name);
    else if (entry->kind != ENTRY_REOPEN)
        add_permits(&list, program, program->events[entry->name].permits);
    return list.count;
}

/* ---- entries ------------------------------------------------------------------------- */

static const EntryKind entry_kinds[] = {
    [WHEN_EVENT] = ENTRY_EVENT,     [WHEN_NOT_NEEDED] = ENTRY_NOT_NEEDED,
    [WHEN_EXTENDED] = ENTRY_EXTEND, [WHEN_APPROVED] = ENTRY_APPROVE,
    [WHEN_REFUSED] = ENTRY_DECLINE, [WHEN_PAUSED] = ENTRY_PAUSE,
    [WHEN_RESUMED] = ENTRY_RESUME,  [WHEN_NOTHING] = ENTRY_NOTE,
    [WHEN_REOPENED] = ENTRY_REOPEN, [WHEN_VOIDED] = ENTRY_NOTE,
    [WHEN_AMENDED] = ENTRY_EVENT,
};

uint32_t story_work(const Run *run, uint32_t event)
{
    const EventInfo *info = &run->program->events[event];
    const Slice lists[] = {info->works, info->waits};
    uint32_t found = NO_INDEX;
    for (uint32_t i = 0; i < 2; i++) {
        for (uint32_t k = 0; k < lists[i].count; k++) {
            uint32_t work = run->program->indices[lists[i].first + k];
            if (record_work(run->program, run->record, work)[WORK_STATUS] == WORK_OPEN)
                return work;
            found = found == NO_INDEX ? work : found;
        }
    }
    return found;
}

static void set_name(const Run *run, const WhenStep *when, Entry *entry)
{
    bool is_clock = entry->kind == ENTRY_PAUSE || entry->kind == ENTRY_RESUME ||
                    entry->kind == ENTRY_EXTEND;
    entry->name = (uint32_t)when->ref.index;
    if (is_clock)
        entry->name = story_work(run, entry->name);
    for (uint32_t i = run->made_count;
         i-- > 0 && (entry->kind == ENTRY_APPROVE || entry->kind == ENTRY_DECLINE);) {
        int64_t number = run->made[i].entry.number;
        bool waits = false;
        for (uint32_t k = 0; k < LIMIT_HELD; k++)
            waits = waits || run->record[SLOT_WAITING + k] == number;
        if (waits && run->made[i].entry.name == entry->name) {
            entry->refers_to = number;
            return;
        }
    }
}

static void add_facts(Run *run, const WhenStep *when, Entry *entry)
{
    uint32_t count = 0;
    for (const WithFact *with = when->facts; with; with = with->next)
        count++;
    FactEntry *facts = ARENA_ARRAY(&run->result->arena, count + 1, FactEntry);
    for (const WithFact *with = when->facts; with; with = with->next) {
        uint32_t fact = (uint32_t)with->fact.index;
        facts[entry->fact_count++] =
            (FactEntry){fact, story_value(run, fact, &with->value, entry->number)};
    }
    entry->facts = facts;
}

static void add_assigns(Run *run, const WhenStep *when, Entry *entry)
{
    uint32_t count = 0;
    for (const AssignAst *assign = when->assigns; assign; assign = assign->next)
        count++;
    AssignEntry *assigns = ARENA_ARRAY(&run->result->arena, count + 1, AssignEntry);
    for (const AssignAst *assign = when->assigns; assign; assign = assign->next)
        assigns[entry->assign_count++] = (AssignEntry){(uint32_t)assign->role.index, NO_INDEX,
                                                       person_of(run, assign->person)};
    entry->assigns = assigns;
    entry->assigns_unsaid = count == 0;
}

static void add_ticks(const WhenStep *when, Entry *entry)
{
    entry->ticks_unsaid = !when->has_ticks;
    for (const Ref *tick = when->ticks.first; tick; tick = tick->next)
        entry->ticks |= (uint64_t)1 << tick->index;
}

/* Away on the day itself, or on every day when none is said. A deputy may leave open
 * whom they act for; then anybody who is away will do. */
static bool is_absent(const Run *run, const char *person, Day day)
{
    for (const Given *given = run->scenario->givens; given; given = given->next)
        if (given->kind == GIVEN_ABSENT && (!person || strcmp(given->person, person) == 0) &&
            (given->on.day == DAY_NONE || given->on.day == day))
            return true;
    return false;
}

static bool has_words(const char *reason)
{
    return reason && reason[strspn(reason, " \t\r\n")] != '\0';
}

static void add_actor(Run *run, const WhenStep *when, Entry *entry)
{
    entry->person = person_of(run, when->person);
    entry->person_unsaid = !when->person;
    entry->for_role = when->for_role.text ? (uint32_t)when->for_role.index : NO_INDEX;
    entry->for_person = person_of(run, when->for_person);
    entry->has_reason = has_words(when->reason);
    entry->absence_noted =
        when->for_role.text &&
        is_absent(run, when->for_person, moment_day(run->program->zone, entry->at));
}

static bool add_times(Run *run, const WhenStep *when, TimeAst on, Entry *entry)
{
    entry->at = run->record[SLOT_CLOCK];
    if (on.day != DAY_NONE && !story_moment(run, on, &entry->at))
        return false;
    if (entry->at == MOMENT_NONE) {
        fail_story(run, when->span, "nothing says on which day this happens");
        return false;
    }
    entry->date_only = moment_rank(entry->at) == RANK_DATE_ONLY;
    entry->recorded = entry->at;
    if (when->recorded.day != DAY_NONE && !story_moment(run, when->recorded, &entry->recorded))
        return false;
    if (when->kind != WHEN_EXTENDED)
        return true;
    Moment to;
    if (!story_moment(run, when->until, &to))
        return false;
    entry->extend_to = moment_at(moment_instant(to),
                                 when->until.minute < 0 ? RANK_DAY_LIMIT : RANK_HOUR_LIMIT);
    return true;
}

bool story_entry(Run *run, const WhenStep *when, TimeAst on, int64_t number, Entry *entry)
{
    *entry = (Entry){.number = number, .kind = entry_kinds[when->kind], .role = NO_INDEX};
    if (when->kind == WHEN_EVENT && run->record[SLOT_STATUS] == CASE_NOT_OPEN)
        entry->kind = ENTRY_OPEN;
    if (!add_times(run, when, on, entry))
        return false;
    set_name(run, when, entry);
    add_facts(run, when, entry);
    add_assigns(run, when, entry);
    add_ticks(when, entry);
    add_actor(run, when, entry);
    return true;
}
