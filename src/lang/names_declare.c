#include <string.h>

#include "base/limits.h"
#include "base/mem.h"
#include "lang/names_internal.h"
#include "lang/scenario_ast.h"

/* Names that would be read as a word of the language where a name can stand
 * (language.md, section 1). */
static const char *const reserved_names[] = {
    "case",        "track",     "all",     "the", "entering", "starting", "opening", "anyone",
    "immediately", "reason",    "nothing", "due", "extended", "go",       "to",      "stay",
    "when",        "otherwise", "and",     "or",  "not",      "is",       "if",      "by",
    "of",          "within",    "from",    "in",  "because",
};

/* After `is` these are words of the language, so a value cannot have their name. */
static const char *const reserved_values[] = {
    "known", "one", "at", "under", "over", "yes", "no",
};

static bool is_one_of(const char *name, const char *const *words, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (name[0] == words[i][0] && strcmp(name, words[i]) == 0)
            return true;
    return false;
}

#define COUNT_OF(array) (sizeof(array) / sizeof(array)[0])

static bool check_reserved(Names *names, const char *name, Span span, const char *word)
{
    if (!is_one_of(name, reserved_names, COUNT_OF(reserved_names)))
        return true;
    Diag *diag =
        diag_add(names->diags, span, "CF119", "\"%s\" cannot be the name of a %s", name, word);
    diag_help(names->diags, diag,
              "It is a word of the language, and would be read as one. Choose a longer name.");
    return false;
}

/* What the file at hand declares although a file that it uses does: that one is read
 * later, but this one is the one to change. */
static void say_used_too(Names *names, const Declared *own, RefKind kind, const Declared *used)
{
    Diag *diag = diag_add(
        names->diags, own->span, "CF102", "\"%s\" is already the name of %s %s (%s)", own->name,
        names_article(kind), names_kind_word(kind), names_line(names, used->span, own->span));
    diag_related(names->diags, diag, used->span, "declared in the file that is used");
    if (kind == REF_CALENDAR)
        diag_help(names->diags, diag,
                  "To count by that calendar, write \"uses calendar %s\" under the workflow "
                  "line. For one of your own, choose another name.",
                  own->name);
    else
        diag_help(names->diags, diag,
                  "If that %s is meant, take this one away; else give it another name.",
                  names_kind_word(kind));
}

static void say_twice(Names *names, const Declared *again, RefKind kind, const Declared *first,
                      RefKind first_kind)
{
    if (kind == first_kind && first->span.file == 0 && again->span.file != 0) {
        say_used_too(names, first, kind, again);
        return;
    }
    Diag *diag =
        diag_add(names->diags, again->span, "CF102", "\"%s\" is already the name of %s %s (%s)",
                 again->name, names_article(first_kind), names_kind_word(first_kind),
                 names_line(names, first->span, again->span));
    diag_related(names->diags, diag, first->span, "first declared here");
    diag_help(names->diags, diag, "Give this %s another name.", names_kind_word(kind));
}

/* Adds a name to its kind; its position there is its index. A double is said, and
 * the first keeps the name. */
static void declare(Names *names, RefKind kind, const char *name, Span span)
{
    DeclaredList *list = &names->declared[kind];
    size_t index = list->count;
    list->items = mem_grow(list->items, &list->capacity, index + 1, sizeof *list->items);
    list->items[list->count++] = (Declared){name, span};
    if (kind != REF_POLICY && !check_reserved(names, name, span, names_kind_word(kind)))
        return;
    if (map_add(&list->by_name, name, strlen(name), (int64_t)index))
        return;
    int64_t first = map_index(&list->by_name, name);
    say_twice(names, &list->items[index], kind, &list->items[first], kind);
}

/* Two kinds of which one may stand where the other does. */
static void check_shared(Names *names, RefKind kind, RefKind other)
{
    for (size_t i = 0; i < names->declared[kind].count; i++) {
        const Declared *declared = &names->declared[kind].items[i];
        int64_t index = map_index(&names->declared[other].by_name, declared->name);
        if (index >= 0)
            say_twice(names, declared, kind, names_declared(names, other, (int32_t)index),
                      other);
    }
}

static void check_limit(Names *names, RefKind kind, uint32_t most)
{
    const DeclaredList *list = &names->declared[kind];
    if (list->count <= most)
        return;
    Diag *diag = diag_add(names->diags, list->items[most].span, "CF010",
                          "This flow has %zu %ss; at most %u are possible", list->count,
                          names_kind_word(kind), most);
    diag_label(names->diags, diag, "this is one more than fits");
}

/* Numbers the blocks of one list in the order of the text, and makes the array
 * that finds them by number. */
#define NUMBER_ALL(Type, list, at, total, kind, name_of, span_of)                              \
    do {                                                                                       \
        uint32_t count = 0;                                                                    \
        for (Type *item = (list); item; item = item->next)                                     \
            count++;                                                                           \
        (at) = ARENA_ARRAY(names->arena, count, Type *);                                       \
        for (Type *item = (list); item; item = item->next) {                                   \
            item->index = (int32_t)(total);                                                    \
            (at)[(total)++] = item;                                                            \
            declare(names, (kind), item->name_of, item->span_of);                              \
        }                                                                                      \
    } while (0)

static void declare_values(Names *names, const FactAst *fact)
{
    Map seen = {0};
    for (const FactValue *value = fact->values; value; value = value->next) {
        if (is_one_of(value->name, reserved_values, COUNT_OF(reserved_values))) {
            Diag *diag = diag_add(names->diags, value->span, "CF119",
                                  "\"%s\" cannot be the name of a value", value->name);
            diag_help(names->diags, diag, "After \"is\" it is a word of the language.");
        } else {
            check_reserved(names, value->name, value->span, "value");
        }
        if (!map_add(&seen, value->name, strlen(value->name), 1))
            diag_add(names->diags, value->span, "CF102",
                     "\"%s\" stands twice in the list of \"%s\"", value->name, fact->name);
    }
    map_clear(&seen);
    if (fact->value_count > LIMIT_VALUES)
        diag_add(names->diags, fact->name_span, "CF010",
                 "\"%s\" has %u values; at most %u are possible", fact->name, fact->value_count,
                 LIMIT_VALUES);
}

/* The main line is track 0; `case` is its name. */
static void declare_tracks(Names *names)
{
    Flow *flow = names->flow;
    DeclaredList *list = &names->declared[REF_TRACK];
    list->items = mem_grow(list->items, &list->capacity, 1, sizeof *list->items);
    list->items[list->count++] = (Declared){.name = "case"};
    map_add(&list->by_name, "case", 4, 0);
    uint32_t count = 1;
    for (TrackAst *track = flow->tracks; track; track = track->next)
        count++;
    flow->track_at = ARENA_ARRAY(names->arena, count, TrackAst *);
    flow->track_count = 1;
    for (TrackAst *track = flow->tracks; track; track = track->next) {
        track->index = (int32_t)flow->track_count;
        flow->track_at[flow->track_count++] = track;
        declare(names, REF_TRACK, track->name, track->name_span);
    }
}

static void number_rules(Names *names)
{
    Flow *flow = names->flow;
    uint32_t count = 0;
    for (RuleAst *rule = flow->rules; rule; rule = rule->next)
        count++;
    flow->rule_at = ARENA_ARRAY(names->arena, count, RuleAst *);
    for (RuleAst *rule = flow->rules; rule; rule = rule->next) {
        rule->index = (int32_t)flow->rule_count;
        flow->rule_at[flow->rule_count++] = rule;
    }
    for (ScenarioAst *scenario = flow->scenarios; scenario; scenario = scenario->next)
        scenario->index = (int32_t)flow->scenario_count++;
}

void names_declare_all(Names *names)
{
    Flow *flow = names->flow;
    NUMBER_ALL(PolicyAst, flow->policies, flow->policy_at, flow->policy_count, REF_POLICY, code,
               span);
    NUMBER_ALL(CalendarAst, flow->calendars, flow->calendar_at, flow->calendar_count,
               REF_CALENDAR, name, name_span);
    NUMBER_ALL(RoleAst, flow->roles, flow->role_at, flow->role_count, REF_ROLE, name,
               name_span);
    NUMBER_ALL(FactAst, flow->facts, flow->fact_at, flow->fact_count, REF_FACT, name,
               name_span);
    NUMBER_ALL(TermAst, flow->terms, flow->term_at, flow->term_count, REF_TERM, name,
               name_span);
    NUMBER_ALL(PeriodAst, flow->periods, flow->period_at, flow->period_count, REF_PERIOD, name,
               name_span);
    NUMBER_ALL(StateAst, flow->states, flow->state_at, flow->state_count, REF_STATE, name,
               name_span);
    declare_tracks(names);
    for (const FactAst *fact = flow->facts; fact; fact = fact->next)
        declare_values(names, fact);
    check_limit(names, REF_STATE, LIMIT_STATES);
    check_limit(names, REF_ROLE, LIMIT_ROLES);
    check_limit(names, REF_FACT, LIMIT_FACTS);
    number_rules(names);
}

/* ---- work and its events ------------------------------------------------ */

/* The event of a task or review: one for all places that use its name. */
static EventAst *event_of_work(Names *names, Work *work, EventAst ***end)
{
    Flow *flow = names->flow;
    int64_t known = map_index(&names->declared[REF_EVENT].by_name, work->name);
    if (known >= 0 && flow->event_at[known]->is_work)
        return flow->event_at[known];
    EventAst *event = ARENA_NEW(names->arena, EventAst);
    *event = (EventAst){
        .span = work->span,
        .name_span = work->name_span,
        .name = work->name,
        .label = work->label,
        .index = (int32_t)flow->event_count,
        .is_work = true,
        .work = work,
    };
    flow->event_at[flow->event_count++] = event;
    **end = event;
    *end = &event->next;
    declare(names, REF_EVENT, work->name, work->name_span);
    return event;
}

/* The place, whether it is a deadline, and the name. */
static const char *key_of(Names *names, const Work *work, int32_t place, size_t *length)
{
    int32_t head[2] = {place, work->kind == WORK_DEADLINE};
    size_t name = strlen(work->name);
    char *key = arena_alloc(names->arena, sizeof head + name);
    memcpy(key, head, sizeof head);
    memcpy(key + sizeof head, work->name, name);
    *length = sizeof head + name;
    return key;
}

/* The same work twice in one place cannot be told apart. */
static void check_once(Names *names, Map *seen, const Work *work, int32_t place)
{
    size_t length;
    const char *key = key_of(names, work, place, &length);
    int64_t index = 0;
    if (map_add(seen, key, length, work->index) || !map_find(seen, key, length, &index))
        return;
    const Work *first = names->flow->work_at[index];
    bool waits = work->kind == WORK_DEADLINE;
    const char *word = waits ? "deadline" : first->kind == WORK_REVIEW ? "review" : "task";
    Diag *diag =
        diag_add(names->diags, work->name_span, "CF102", "\"%s\" is already a %s here (%s)",
                 work->name, word, names_line(names, first->name_span, work->name_span));
    diag_related(names->diags, diag, first->name_span, "first declared here");
}

typedef struct WorkNumbering {
    EventAst **end; /* where the next event is linked in */
    Map seen;
} WorkNumbering;

static void number_works(Names *names, WorkNumbering *numbering, Work *works, int32_t state,
                         int32_t track, int32_t place)
{
    Flow *flow = names->flow;
    for (Work *work = works; work; work = work->next) {
        work->index = (int32_t)flow->work_count;
        work->state = state;
        work->track = track;
        work->event = -1;
        flow->work_at[flow->work_count++] = work;
        if (work->kind == WORK_TASK || work->kind == WORK_REVIEW)
            work->event = event_of_work(names, work, &numbering->end)->index;
        if (work->kind != WORK_MUST)
            check_once(names, &numbering->seen, work, place);
    }
}

static uint32_t count_works(const Work *works)
{
    uint32_t count = 0;
    for (; works; works = works->next)
        count++;
    return count;
}

static uint32_t count_all_works(const Flow *flow)
{
    uint32_t count = count_works(flow->musts);
    for (const StateAst *state = flow->states; state; state = state->next)
        count += count_works(state->works);
    for (const TrackAst *track = flow->tracks; track; track = track->next)
        count += count_works(track->works);
    return count;
}

/* Declared events come first; returns where those of work are to be linked in. */
static EventAst **declare_events(Names *names, uint32_t works)
{
    Flow *flow = names->flow;
    uint32_t count = 0;
    EventAst **end = &flow->events;
    for (; *end; end = &(*end)->next)
        count++;
    flow->event_at = ARENA_ARRAY(names->arena, count + works, EventAst *);
    for (EventAst *event = flow->events; event; event = event->next) {
        event->index = (int32_t)flow->event_count;
        flow->event_at[flow->event_count++] = event;
        declare(names, REF_EVENT, event->name, event->name_span);
    }
    return end;
}

static void chain_works(Names *names)
{
    const Flow *flow = names->flow;
    names->first_work = ARENA_ARRAY(names->arena, flow->event_count, int32_t);
    names->next_work = ARENA_ARRAY(names->arena, flow->work_count, int32_t);
    for (uint32_t i = 0; i < flow->event_count; i++)
        names->first_work[i] = -1;
    for (uint32_t i = flow->work_count; i-- > 0;) {
        int32_t event = flow->work_at[i]->event;
        names->next_work[i] = event < 0 ? -1 : names->first_work[event];
        if (event >= 0)
            names->first_work[event] = (int32_t)i;
    }
}

void names_declare_work(Names *names)
{
    Flow *flow = names->flow;
    uint32_t count = count_all_works(flow);
    flow->work_at = ARENA_ARRAY(names->arena, count, Work *);
    WorkNumbering numbering = {.end = declare_events(names, count)};
    for (StateAst *state = flow->states; state; state = state->next)
        number_works(names, &numbering, state->works, state->index, state->track, state->index);
    for (TrackAst *track = flow->tracks; track; track = track->next)
        number_works(names, &numbering, track->works, -1, track->index,
                     (int32_t)flow->state_count + track->index);
    number_works(names, &numbering, flow->musts, -1, 0, -1);
    map_clear(&numbering.seen);
    check_shared(names, REF_EVENT, REF_FACT);
    chain_works(names);
    names->waited = ARENA_ARRAY(names->arena, flow->event_count, bool);
}
