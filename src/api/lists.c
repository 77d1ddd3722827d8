/* Lists over all cases: work to be done, and the cases themselves. Each case is
 * worked out in memory up to now, so that a list is right although nothing has
 * ticked; nothing is written. */
#include <stdlib.h>
#include <string.h>

#include "api/case.h"
#include "base/mem.h"
#include "render/case_words.h"

/* In memory only: what is in the file stays as it is. */
static bool load_to_now(Engine *engine, const CaseRow *row, LoadedCase *loaded, Error *err)
{
    LazyLog past = {.engine = engine, .case_id = row->id};
    case_take_row(loaded, row);
    if (!case_load(engine, loaded, err))
        return false;
    past.definition = loaded->definition;
    Vm *vm = &loaded->definition->vm;
    vm->quiet = true;
    case_advance(loaded, now_moment(engine->now), &past);
    vm->quiet = false;
    case_log_clear(&past.log);
    return lazy_log_is_fine(&past, err);
}

/* ---- worklist ----------------------------------------------------------------------- */

enum { MOST_ROLES = 64 };

typedef struct Listing {
    Engine *engine;
    const WorkFilter *filter;
    Worklist *list;
    Person person;                /* of the filter; 0: none */
    int64_t only_case;            /* 0: all */
    const char *held[MOST_ROLES]; /* roles of that person; in the list's arena */
    size_t held_count;
    LoadedCase *loaded; /* the case in hand */
} Listing;

static bool visit_held(void *context, const HoldsRow *row, Error *err)
{
    Listing *listing = context;
    if (listing->held_count == MOST_ROLES)
        return error_kind(err, ERROR_LIMIT, "'%s' holds more than %d roles", row->login,
                          MOST_ROLES);
    listing->held[listing->held_count++] = arena_strdup(&listing->list->arena, row->role);
    return true;
}

/* Whom the flow names for it; for a deadline, who may record its event. */
static Slice permits_of(const Program *p, uint32_t work)
{
    const WorkInfo *info = &p->works[work];
    bool is_own = info->kind == PROGRAM_TASK || info->kind == PROGRAM_REVIEW;
    if (is_own)
        return info->permits;
    const EventInfo *event = &p->events[info->event];
    return event->is_work && event->works.count
               ? p->works[p->indices[event->works.first]].permits
               : event->permits;
}

static bool role_may(const Program *p, Slice permits, const char *role)
{
    for (uint32_t i = 0; i < permits.count; i++) {
        const Permit *permit = &p->permits[permits.first + i];
        if (strcmp(p->roles[permit->role].name, role) == 0 ||
            strcmp(p->roles[permit->via].name, role) == 0)
            return true;
    }
    return false;
}

static Person owner_of(const Definition *definition, const int64_t *record, const Work *work)
{
    Person owner = 0;
    for (const Ref *ref = work->by.first; ref && !owner; ref = ref->next)
        owner = record_role(definition->program, record, (uint32_t)ref->index);
    return owner;
}

static bool is_for_person(const Listing *listing, uint32_t work, Person owner)
{
    const Program *p = listing->loaded->definition->program;
    if (owner)
        return owner == listing->person;
    for (size_t i = 0; i < listing->held_count; i++)
        if (role_may(p, permits_of(p, work), listing->held[i]))
            return true;
    return false;
}

static bool passes(const Listing *listing, uint32_t work, Person owner, bool overdue)
{
    const WorkFilter *filter = listing->filter;
    const Program *p = listing->loaded->definition->program;
    if (filter->overdue && !overdue)
        return false;
    if (filter->role && !role_may(p, permits_of(p, work), filter->role))
        return false;
    return !listing->person || is_for_person(listing, work, owner);
}

static const char *join_names(Arena *arena, const RefList *by, const Flow *flow, bool labels)
{
    const char *text = NULL;
    for (const Ref *ref = by->first; ref; ref = ref->next) {
        const char *label = labels ? flow->role_at[ref->index]->label : NULL;
        const char *name = label ? label : ref->text;
        text = text ? arena_format(arena, "%s, %s", text, name) : name;
    }
    return text;
}

static bool name_owner(Listing *listing, Person owner, WorkRow *row, Error *err)
{
    PersonRow person;
    bool found = false;
    if (owner && !store_person_get(listing->engine->store, owner, &person, &found, err))
        return false;
    if (found) {
        row->person = arena_strdup(&listing->list->arena, person.login);
        row->person_label =
            person.name ? arena_strdup(&listing->list->arena, person.name) : row->person;
    }
    return true;
}

static const char *reference_of(Arena *arena, const CaseRow *row)
{
    return row->reference ? arena_strdup(arena, row->reference)
                          : arena_format(arena, "%lld", (long long)row->id);
}

static bool target_is_past(const int64_t *slots, Moment now)
{
    return slots[WORK_TARGET] != MOMENT_NEVER && slots[WORK_TARGET] != MOMENT_NONE &&
           slots[WORK_TARGET] < now;
}

static WorkRow describe(const Listing *listing, uint32_t index, bool overdue)
{
    static const char *const kinds[] = {[PROGRAM_TASK] = "task",
                                        [PROGRAM_REVIEW] = "review",
                                        [PROGRAM_DEADLINE] = "deadline",
                                        [PROGRAM_MUST] = "must"};
    const LoadedCase *loaded = listing->loaded;
    const Program *p = loaded->definition->program;
    const Flow *flow = &loaded->definition->bundle.flow;
    const int64_t *slots = record_work(p, loaded->record, index);
    const WorkInfo *info = &p->works[index];
    const Work *work = flow->work_at[index];
    Arena *arena = &listing->list->arena;
    const char *event_label = flow->event_at[info->event]->label;
    return (WorkRow){
        .case_number = loaded->row.id,
        .reference = reference_of(arena, &loaded->row),
        .flow_name = p->name,
        .flow_label = flow->workflow->label ? flow->workflow->label : p->name,
        .work = info->name,
        .label = work->label   ? work->label
                 : event_label ? event_label
                               : info->name,
        .kind = kinds[info->kind],
        .role = join_names(arena, &work->by, flow, false),
        .role_label = join_names(arena, &work->by, flow, true),
        .opened = slots[WORK_OPENED],
        .target = slots[WORK_TARGET] == MOMENT_NONE ? MOMENT_NEVER : slots[WORK_TARGET],
        .due = slots[WORK_DUE] == MOMENT_NONE ? MOMENT_NEVER : slots[WORK_DUE],
        .zone = p->zone,
        .immediately = info->limit != NO_INDEX && p->limits[info->limit].immediately,
        .overdue = overdue,
        .target_passed = target_is_past(slots, now_moment(listing->engine->now)),
        .not_started = slots[WORK_OUTCOME] == OUTCOME_NOT_STARTED,
        .paused = slots[WORK_PAUSED_AT] != MOMENT_NONE,
        .outcome = (Outcome)slots[WORK_OUTCOME],
    };
}

static bool add_work(Listing *listing, uint32_t index, Error *err)
{
    const LoadedCase *loaded = listing->loaded;
    const Definition *definition = loaded->definition;
    CaseView view = {
        .program = definition->program, .record = loaded->record, .now = listing->engine->now};
    bool overdue = work_is_overdue(&view, index);
    Person owner = owner_of(definition, loaded->record, definition->bundle.flow.work_at[index]);
    if (!passes(listing, index, owner, overdue))
        return true;
    WorkRow row = describe(listing, index, overdue);
    if (!name_owner(listing, owner, &row, err))
        return false;
    Worklist *list = listing->list;
    list->rows = mem_grow(list->rows, &list->capacity, list->count + 1, sizeof *list->rows);
    list->rows[list->count++] = row;
    return true;
}

static bool list_case(void *context, const CaseRow *row, Error *err)
{
    Listing *listing = context;
    LoadedCase loaded = {0};
    if (listing->only_case && row->id != listing->only_case)
        return true;
    bool ok = load_to_now(listing->engine, row, &loaded, err);
    listing->loaded = &loaded;
    const Program *p = ok ? loaded.definition->program : NULL;
    for (uint32_t work = 0; ok && work < p->work_count; work++)
        if (record_work(p, loaded.record, work)[WORK_STATUS] == WORK_OPEN)
            ok = add_work(listing, work, err);
    case_clear(&loaded);
    return ok;
}

static int by_urgency(const void *a, const void *b)
{
    const WorkRow *x = a, *y = b;
    if (x->immediately != y->immediately)
        return x->immediately ? -1 : 1;
    if (x->due != y->due)
        return x->due < y->due ? -1 : 1;
    if (x->case_number != y->case_number)
        return x->case_number < y->case_number ? -1 : 1;
    return strcmp(x->work, y->work);
}

static bool find_filtered(Engine *engine, Listing *listing, Error *err)
{
    const WorkFilter *filter = listing->filter;
    static const Zone office = {.offset_minutes = 0, .summer_time = true};
    if (filter->person &&
        (!person_number(engine, filter->person, &listing->person, err) ||
         !store_holds_list(engine->store, listing->person, day_of_instant(office, engine->now),
                           visit_held, listing, err)))
        return false;
    if (!filter->which)
        return true;
    LoadedCase loaded = {0};
    bool ok = case_find(engine, filter->which, &loaded, err);
    listing->only_case = loaded.row.id;
    case_clear(&loaded);
    return ok;
}

/* A mistyped role has nothing to do either, and nobody would notice. */
static bool role_is_known(Engine *engine, const char *role, Error *err)
{
    RoleFound found;
    if (!definitions_find_role(engine, role, &found, err) || found.found)
        return found.found;
    return error_kind(err, ERROR_NOT_FOUND, "no flow here has a role '%s'%s%s%s", role,
                      *found.nearest ? ": did you mean '" : "", found.nearest,
                      *found.nearest ? "'?" : "");
}

bool engine_worklist(Engine *engine, const WorkFilter *filter, Worklist *list, Error *err)
{
    Listing listing = {.engine = engine, .filter = filter, .list = list};
    *list = (Worklist){.only_overdue = filter->overdue};
    if (!store_begin_read(engine->store, err))
        return false;
    bool ok = find_filtered(engine, &listing, err) &&
              store_cases(engine->store, 0, true, list_case, &listing, err);
    if (ok && !list->count && filter->role)
        ok = role_is_known(engine, filter->role, err);
    store_rollback(engine->store);
    if (ok && list->count)
        qsort(list->rows, list->count, sizeof *list->rows, by_urgency);
    return ok;
}

/* ---- cases -------------------------------------------------------------------------- */

typedef struct CaseListing {
    Engine *engine;
    CaseList *list;
} CaseListing;

static const char *state_label(const Definition *definition, const int64_t *record)
{
    const int64_t *main_line = record_track(definition->program, record, 0);
    int64_t state = main_line[main_line[TRACK_RUNNING] ? TRACK_STATE : TRACK_LAST_STATE];
    if (state == 0)
        return "";
    const StateAst *ast = definition->bundle.flow.state_at[state - 1];
    return ast->label ? ast->label : ast->name;
}

static bool add_case(void *context, const CaseRow *row, Error *err)
{
    CaseListing *listing = context;
    CaseList *list = listing->list;
    LoadedCase loaded = {0};
    bool ok = load_to_now(listing->engine, row, &loaded, err);
    if (ok) {
        const Program *p = loaded.definition->program;
        const Flow *flow = &loaded.definition->bundle.flow;
        list->rows = mem_grow(list->rows, &list->capacity, list->count + 1, sizeof *list->rows);
        list->rows[list->count++] = (CaseLine){
            .number = row->id,
            .reference = reference_of(&list->arena, &loaded.row),
            .flow_name = p->name,
            .flow_label = flow->workflow->label ? flow->workflow->label : p->name,
            .version = p->version,
            .state_label = state_label(loaded.definition, loaded.record),
            .status = (CaseStatus)loaded.record[SLOT_STATUS],
            .opened = loaded.record[SLOT_OPENED],
            .closed = loaded.record[SLOT_CLOSED],
            .next_due = loaded.record[SLOT_NEXT_DUE],
            .zone = p->zone,
        };
    }
    case_clear(&loaded);
    return ok;
}

bool engine_cases(Engine *engine, bool closed_too, CaseList *list, Error *err)
{
    CaseListing listing = {engine, list};
    *list = (CaseList){0};
    if (!store_begin_read(engine->store, err))
        return false;
    bool ok = store_cases(engine->store, 0, !closed_too, add_case, &listing, err);
    store_rollback(engine->store);
    return ok;
}
