/* Adding cases to a result. What is met is numbered by the flow and the log, and found
 * again by number: a name is looked at, and words are asked for, once for each thing. */
#include <stdlib.h>
#include <string.h>

#include "replay/replay_internal.h"
#include "replay/result_internal.h"

/* What tells one kind of finding from another; two that read the same are added up. */
typedef struct FindingKey {
    uint32_t kind, code, event, work, role, fact, state, rule, alternative, other, activity,
        place, again;
    int32_t value; /* of a fact with few of them */
} FindingKey;

struct Tally {
    Result *result; /* borrowed, as all to `binding` */
    const Bundle *bundle;
    const Program *program;
    const Binding *binding;
    ResultWords words;
    bool keep_cases;
    Arena arena;             /* owned: keys */
    Map findings;            /* FindingKey -> place */
    Map moves;               /* two states -> place */
    uint32_t *duties;        /* owned; by work: 1 + place */
    uint32_t *roles;         /* owned; by role: 1 + place */
    uint64_t *activities;    /* owned; by activity: rows */
    uint64_t *role_names;    /* owned; by the log's role: rows */
    uint64_t **people;       /* owned; by role: bits of the persons met; NULL: none */
    uint64_t *last_case;     /* owned; by finding: the case that was counted last */
    uint64_t *duty_case;     /* owned; by work: likewise */
    uint64_t *late_case;     /* owned; by work: likewise, of those late */
    uint64_t *accepted_case; /* owned; by accepted deviation: likewise */
    size_t last_case_capacity;
    uint64_t serial;         /* of the case in hand, from 1 */
    const char **late_words; /* owned; by work: "… was late"; NULL: not asked yet */
};

Tally *tally_new(Result *result, const Bundle *bundle, const Program *program,
                 const Binding *binding, const ResultWords *words, bool keep_cases)
{
    Tally *t = mem_alloc(sizeof *t);
    t->result = result;
    t->bundle = bundle;
    t->program = program;
    t->binding = binding;
    t->words = *words;
    t->keep_cases = keep_cases;
    t->duties = mem_alloc_array(program->work_count, sizeof *t->duties);
    t->duty_case = mem_alloc_array(program->work_count, sizeof *t->duty_case);
    t->late_case = mem_alloc_array(program->work_count, sizeof *t->late_case);
    t->late_words = mem_alloc_array(program->work_count, sizeof *t->late_words);
    t->roles = mem_alloc_array(program->role_count, sizeof *t->roles);
    t->people = mem_alloc_array(program->role_count, sizeof *t->people);
    t->activities = mem_alloc_array(binding->log->activities.count + 1, sizeof *t->activities);
    t->role_names = mem_alloc_array(binding->log->roles.count + 1, sizeof *t->role_names);
    t->accepted_case = mem_alloc_array(result->accepted_count + 1, sizeof *t->accepted_case);
    return t;
}

static int32_t month_of(Zone zone, Moment moment)
{
    Civil civil = day_to_civil(replay_day(zone, moment));
    return civil.year * 12 + civil.month - 1;
}

/* The Monday of its week. */
static int32_t week_of(Day day)
{
    return day - day_weekday(day);
}

/* ---- findings ------------------------------------------------------------------- */

/* The same code, place and sentence may have been met under other numbers. */
static uint32_t place_words(Tally *t, const FindingSum *sum)
{
    Result *result = t->result;
    List list = result_list(result, LIST_FINDINGS);
    for (uint32_t i = 0; i < result->finding_count; i++)
        if (list.compare(&result->findings[i], sum) == 0)
            return i;
    list_add(&list, sum);
    t->last_case = mem_grow(t->last_case, &t->last_case_capacity, result->finding_count,
                            sizeof *t->last_case);
    t->last_case[result->finding_count - 1] = 0;
    return result->finding_count - 1;
}

/* A sentence names the value that a condition failed on where there are only a few. */
static bool few_values(const Tally *t, const Finding *finding)
{
    ProgramFactType type =
        finding->fact == NO_INDEX ? TYPE_TEXT : t->program->facts[finding->fact].type;
    return (type == TYPE_ONE_OF || type == TYPE_YES_NO) && finding->kind != FINDING_BAD_VALUE &&
           finding->value != VALUE_UNKNOWN;
}

static uint32_t place_finding(Tally *t, const LogPart *part, const Finding *finding)
{
    const Refusal *refusal = &finding->refusal;
    bool is_unknown = finding->kind == FINDING_UNKNOWN;
    FindingKey key = {(uint32_t)finding->kind,
                      refusal->code,
                      refusal->event,
                      refusal->work,
                      refusal->role,
                      finding->fact,
                      finding->state,
                      refusal->rule,
                      refusal->alternative,
                      refusal->other,
                      is_unknown ? finding->activity : 0,
                      finding->rule_offset,
                      finding->again,
                      few_values(t, finding) ? (int32_t)finding->value : 0};
    int64_t place;
    if (map_find(&t->findings, (const char *)&key, sizeof key, &place))
        return (uint32_t)place;
    FindingSum sum = {.is_cannot_judge = finding_leaves_open(finding)};
    t->words.finding(t->words.context, part->log, finding, &t->result->arena, &sum);
    place = place_words(t, &sum);
    FindingKey *kept = ARENA_NEW(&t->arena, FindingKey);
    *kept = key;
    map_add(&t->findings, (const char *)kept, sizeof key, place);
    return (uint32_t)place;
}

static void add_accepted(Tally *t, uint32_t accepted)
{
    if (!accepted)
        return;
    AcceptedSum *sum = &t->result->accepted[accepted - 1];
    sum->events++;
    if (t->accepted_case[accepted - 1] == t->serial)
        return;
    t->accepted_case[accepted - 1] = t->serial;
    sum->cases++;
}

/* The sentence, for the case's own line. */
static const char *add_one_finding(Tally *t, const LogPart *part, const CaseResult *one,
                                   const Finding *finding)
{
    uint32_t place = place_finding(t, part, finding);
    FindingSum *sum = &t->result->findings[place];
    sum->events++;
    sum->accepted += finding->accepted != 0;
    sum->roots += !finding->follow_on;
    sum->follow_ons += finding->follow_on;
    add_accepted(t, finding->accepted);
    if (t->last_case[place] != t->serial) {
        t->last_case[place] = t->serial;
        sum->cases++;
        if (finding->at != MOMENT_NONE)
            period_counts_at(&sum->months, month_of(t->program->zone, finding->at))->first++;
        examples_add(&sum->examples, part->log->cases.texts[one->name], &t->result->arena);
    }
    return sum->sentence;
}

/* ---- duties ----------------------------------------------------------------------- */

static DutySum *duty_sum(Tally *t, uint32_t work)
{
    if (!t->duties[work]) {
        DutySum sum = {0};
        t->words.duty(t->words.context, work, &t->result->arena, &sum);
        List list = result_list(t->result, LIST_DUTIES);
        list_add(&list, &sum);
        t->duties[work] = t->result->duty_count;
    }
    return &t->result->duties[t->duties[work] - 1];
}

static void count_fallen(Tally *t, const Duty *duty, DutySum *sum)
{
    bool done = duty->done != MOMENT_NONE;
    Moment fell = duty->due == MOMENT_NEVER ? duty->done : duty->due;
    Day day = moment_rank(fell) == RANK_DATE_ONLY || duty->due == MOMENT_NEVER
                  ? replay_day(t->program->zone, fell)
                  : moment_day(t->program->zone, fell);
    Civil civil = day_to_civil(day);
    PeriodCount *month = period_counts_at(&sum->months, civil.year * 12 + civil.month - 1);
    sum->fell_due++;
    sum->in_time += !duty->is_late;
    sum->late += duty->is_late && done;
    sum->open_overdue += duty->is_late && !done;
    sum->accepted += duty->accepted != 0;
    month->first += !duty->is_late;
    month->second += duty->is_late && done;
    month->third += duty->is_late && !done;
    if (duty->is_late && done)
        day_counts_add(&sum->days_late, duty->days_late, 1);
    if (t->duty_case[duty->work] != t->serial)
        sum->cases++;
    t->duty_case[duty->work] = t->serial;
    if (duty->is_late && t->late_case[duty->work] != t->serial) {
        t->late_case[duty->work] = t->serial;
        sum->late_cases++;
    }
}

static void add_duty(Tally *t, const Duty *duty)
{
    DutySum *sum = duty_sum(t, duty->work);
    if (duty->fell_due)
        count_fallen(t, duty, sum);
    else if (duty->outcome == OUTCOME_CANNOT_TELL)
        sum->cannot_tell++;
    else if (duty->outcome == OUTCOME_NOT_STARTED)
        sum->not_started++;
    else if (duty->outcome == OUTCOME_NOT_NEEDED)
        sum->not_needed++;
    else if (duty->outcome == OUTCOME_UNFINISHED)
        sum->unfinished++;
    else
        sum->open_not_due++;
    if (duty->done != MOMENT_NONE && duty->days >= 0 && duty->outcome != OUTCOME_CANNOT_TELL)
        day_counts_add(&sum->days, duty->days, 1);
    add_accepted(t, duty->accepted);
}

static const char *late_words(Tally *t, uint32_t work)
{
    if (!t->late_words[work])
        t->late_words[work] = arena_format(&t->result->arena, "\"%s\" was not done in time",
                                           duty_sum(t, work)->label);
    return t->late_words[work];
}

/* ---- work ---------------------------------------------------------------------------- */

static RoleSum *role_sum(Tally *t, uint32_t role)
{
    const RoleAst *ast = t->bundle->flow.role_at[role];
    if (!t->roles[role]) {
        RoleSum sum = {
            .name = arena_strdup(&t->result->arena, ast->name),
            .label = arena_strdup(&t->result->arena, ast->label ? ast->label : ast->name)};
        List list = result_list(t->result, LIST_ROLES);
        list_add(&list, &sum);
        t->roles[role] = t->result->role_count;
    }
    return &t->result->roles[t->roles[role] - 1];
}

static void meet_person(Tally *t, uint32_t role, RoleSum *sum, Person person)
{
    size_t count = t->binding->log->people.count;
    if (!t->people[role])
        t->people[role] = mem_alloc_array(count / 64 + 1, sizeof **t->people);
    uint64_t *bits = &t->people[role][(size_t)person / 64], bit = (uint64_t)1 << person % 64;
    if (*bits & bit)
        return;
    *bits |= bit;
    role_add_person(sum, t->binding->log->people.texts[person], &t->result->arena);
}

static void add_span(Tally *t, const WorkSpan *span)
{
    if (span->role == NO_INDEX)
        return;
    Zone zone = t->program->zone;
    RoleSum *sum = role_sum(t, span->role);
    period_counts_at(&sum->weeks, week_of(replay_day(zone, span->opened)))->first++;
    if (span->ended == MOMENT_NONE)
        return;
    Day ended = replay_day(zone, span->ended);
    PeriodCount *week = period_counts_at(&sum->weeks, week_of(ended));
    week->second += span->done;
    week->third += !span->done;
    if (!span->done)
        return;
    sum->weekdays[day_weekday(ended)]++;
    if (span->person)
        meet_person(t, span->role, sum, span->person);
}

/* ---- ways travelled --------------------------------------------------------------------- */

static const char *state_name(const Tally *t, uint32_t state)
{
    return state == NO_INDEX ? "" : t->program->states[state].name;
}

static TravelSum *travel_sum(Tally *t, uint32_t track, uint32_t from, uint32_t to)
{
    uint32_t key[3] = {track, from, to};
    int64_t place;
    if (!map_find(&t->moves, (const char *)key, sizeof key, &place)) {
        Arena *arena = &t->result->arena;
        TravelSum sum = {.track = arena_strdup(arena, t->program->tracks[track].name),
                         .from = arena_strdup(arena, state_name(t, from)),
                         .to = arena_strdup(arena, state_name(t, to))};
        List list = result_list(t->result, LIST_TRAVELS);
        list_add(&list, &sum);
        place = t->result->travel_count - 1;
        char *kept = arena_alloc(&t->arena, sizeof key);
        memcpy(kept, key, sizeof key);
        map_add(&t->moves, kept, sizeof key, place);
    }
    return &t->result->travels[place];
}

static void add_travels(Tally *t, const CaseResult *one)
{
    for (uint32_t i = 0; i < one->happened_count; i++) {
        const Happened *item = &one->happened[i];
        if (item->kind == HAPPENED_MOVED)
            travel_sum(t, item->track, item->state, item->to)->count++;
    }
    for (uint32_t i = 0; i < one->finding_count; i++) {
        const Finding *finding = &one->findings[i];
        if (finding->kind == FINDING_REFUSED && finding->state != NO_INDEX)
            travel_sum(t, 0, finding->state, NO_INDEX)->refused++;
    }
}

/* ---- one case ------------------------------------------------------------------------------
 */

static void add_rows(Tally *t, const LogPart *part, const CaseResult *one)
{
    const LogRow *rows = part->rows + one->source->first_row;
    uint32_t count = one->source->row_count - one->later_rows;
    for (uint32_t i = 0; i < count; i++) {
        t->activities[rows[i].activity]++;
        t->role_names[rows[i].role]++;
    }
    if (!count)
        return;
    Moment first = rows[0].at, last = rows[count - 1].at;
    Result *result = t->result;
    if (result->first == MOMENT_NONE || first < result->first)
        result->first = first;
    if (last > result->last)
        result->last = last;
}

static void keep_case(Tally *t, const LogPart *part, const CaseResult *one, const char *why)
{
    Arena *arena = &t->result->arena;
    const char *state = "";
    if (one->state != NO_INDEX) {
        const StateAst *ast = t->bundle->flow.state_at[one->state];
        state = ast->label ? ast->label : ast->name;
    }
    CaseSum sum = {.id = arena_strdup(arena, part->log->cases.texts[one->name]),
                   .file = arena_strdup(arena, part->log->files[one->file].path),
                   .line = one->line,
                   .outcome = one->outcome,
                   .why = why,
                   .state = arena_strdup(arena, state),
                   .events = one->events,
                   .findings = one->finding_count,
                   .late = one->late,
                   .left_cut = one->left_cut,
                   .right_cut = one->right_cut,
                   .is_open = one->is_open};
    List list = result_list(t->result, LIST_CASES);
    list_add(&list, &sum);
}

static void add_counts(Result *result, const CaseResult *one)
{
    result->cases++;
    result->events += one->events;
    result->outcomes[one->outcome]++;
    result->open += one->is_open;
    result->closed += !one->is_open && one->state != NO_INDEX;
    result->left_cut += one->left_cut;
    result->right_cut += one->right_cut;
    result->excused += one->outcome != one->unexcused;
    result->roles_unsaid += one->roles_unsaid;
    result->people_unsaid += one->people_unsaid;
    result->later_rows += one->later_rows;
}

/* Of the worst kind that the case has, the first. */
static bool is_why(const CaseResult *one, const Finding *finding)
{
    bool leaves_open = one->outcome == CASE_CANNOT_BE_JUDGED;
    return !finding->follow_on && !finding->accepted && one->outcome >= CASE_BREAKS &&
           finding_leaves_open(finding) == leaves_open;
}

void tally_add(Tally *t, const LogPart *part, const CaseResult *one)
{
    const char *why = NULL;
    if (case_is_to_come(one)) {
        t->result->later_rows += one->later_rows;
        return;
    }
    t->serial++;
    add_counts(t->result, one);
    add_rows(t, part, one);
    for (uint32_t i = 0; i < one->finding_count; i++) {
        const char *sentence = add_one_finding(t, part, one, &one->findings[i]);
        why = !why && is_why(one, &one->findings[i]) ? sentence : why;
    }
    for (uint32_t i = 0; i < one->duty_count; i++) {
        const Duty *duty = &one->duties[i];
        add_duty(t, duty);
        if (!why && duty->is_late && !duty->accepted && one->outcome == CASE_LATE_ONLY)
            why = late_words(t, duty->work);
    }
    for (uint32_t i = 0; i < one->span_count; i++)
        add_span(t, &one->spans[i]);
    add_travels(t, one);
    if (t->keep_cases)
        keep_case(t, part, one, why ? why : "");
}

/* ---- the end
 * --------------------------------------------------------------------------------- */

static void give_activities(Tally *t)
{
    const LogNames *names = &t->binding->log->activities;
    Arena *arena = &t->result->arena;
    List list = result_list(t->result, LIST_ACTIVITIES);
    for (uint32_t i = 0; i < names->count; i++) {
        uint32_t event = t->binding->events[i];
        const char *nearest =
            event == NO_INDEX ? binding_nearest_event(t->bundle, names->texts[i]) : NULL;
        ActivitySum sum = {.activity = arena_strdup(arena, names->texts[i]),
                           .ignored = event == BOUND_IGNORED,
                           .count = t->activities[i]};
        if (event < BOUND_IGNORED)
            sum.event = arena_strdup(arena, t->program->events[event].name);
        if (nearest)
            sum.nearest = arena_strdup(arena, nearest);
        if (sum.count)
            list_add(&list, &sum);
    }
}

static void give_role_names(Tally *t)
{
    const LogNames *names = &t->binding->log->roles;
    Arena *arena = &t->result->arena;
    List list = result_list(t->result, LIST_ROLE_NAMES);
    for (uint32_t i = 1; i < names->count; i++) {
        if (t->binding->roles[i] != NO_INDEX || !t->role_names[i])
            continue;
        const char *nearest = binding_nearest_role(t->bundle, names->texts[i]);
        RoleNameSum sum = {.name = arena_strdup(arena, names->texts[i]),
                           .nearest = nearest ? arena_strdup(arena, nearest) : NULL,
                           .count = t->role_names[i]};
        list_add(&list, &sum);
    }
}

void tally_free(Tally *t)
{
    if (!t)
        return;
    give_activities(t);
    give_role_names(t);
    for (int kind = 0; kind < LISTS; kind++) {
        List list = result_list(t->result, (ListKind)kind);
        list_sort(&list);
    }
    for (uint32_t role = 0; role < t->program->role_count; role++)
        free(t->people[role]);
    void *owned[] = {t->duties, t->duty_case,  t->late_case,  t->late_words,    t->roles,
                     t->people, t->activities, t->role_names, t->accepted_case, t->last_case};
    for (size_t i = 0; i < sizeof owned / sizeof *owned; i++)
        free(owned[i]);
    map_clear(&t->findings);
    map_clear(&t->moves);
    arena_clear(&t->arena);
    free(t);
}
