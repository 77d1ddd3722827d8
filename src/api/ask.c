/* From what a person typed to a row of the log: when, who, what, with which
 * content. Mistakes that the rulings list become objections, so that the first
 * reason in their order is the one given. */
#include <stdlib.h>
#include <string.h>

#include "api/write.h"
#include "base/limits.h"
#include "base/mem.h"

/* ---- when --------------------------------------------------------------------------- */

static bool set_time(Write *write, Zone zone, TypedTime time)
{
    EntryRow *row = &write->row;
    row->effective = time.at;
    row->effective_day = time.day;
    row->date_only = time.date_only;
    Day today = day_of_instant(zone, write->now);
    bool future = time.date_only ? time.day > today : time.at > write->now;
    if (future)
        objection_add(&write->objection, REFUSED_IN_THE_FUTURE,
                      "'%s' has not come yet: only what has happened can be recorded",
                      write->request->at);
    return true;
}

bool ask_time(Write *write, Zone zone, Error *err)
{
    (void)err;
    write->row.recorded = write->now;
    if (!write->request->at) {
        write->row.effective = write->now;
        write->row.effective_day = day_of_instant(zone, write->now);
        write->row.date_only = false;
        return true;
    }
    TypedTime time;
    Error wrong = {0};
    if (time_parse(zone, write->request->at, &time, &wrong))
        return set_time(write, zone, time);
    objection_add(&write->objection, REFUSED_BAD_TIME, "%s", wrong.text);
    write->row.effective = write->now; /* for the table of refusals */
    write->row.effective_day = day_of_instant(zone, write->now);
    return true;
}

/* ---- which flow --------------------------------------------------------------------- */

static bool opening_event(Write *write, Error *err)
{
    const Program *p = write->loaded.definition->program;
    write->row.name = write->request->name;
    uint32_t found = NO_INDEX;
    Text names = {0};
    for (uint32_t i = 0; !write->row.name && i < p->event_count; i++) {
        if (!p->events[i].opens)
            continue;
        text_addf(&names, "%s%s", found == NO_INDEX ? "" : ", ", p->events[i].name);
        found = found == NO_INDEX ? i : p->event_count;
    }
    bool ok = write->row.name != NULL;
    if (!ok && found < p->event_count) {
        write->row.name = p->events[found].name;
        ok = true;
    } else if (!ok) {
        error_kind(err, ERROR_USAGE, "say which event opens the case: %s", text_get(&names));
    }
    text_clear(&names);
    return ok;
}

bool ask_flow(Write *write, Error *err)
{
    static const Zone office = {.offset_minutes = 0, .summer_time = true};
    const CwRequest *request = write->request;
    if (!request->flow)
        return error_kind(err, ERROR_USAGE, "say which flow the case follows");
    if (!text_check("reference", request->reference, LIMIT_KEY_BYTES, err) ||
        !ask_time(write, office, err))
        return false;
    write->loaded.definition =
        definition_in_force(write->engine, request->flow, write->row.effective_day, err);
    return write->loaded.definition && opening_event(write, err);
}

/* ---- what --------------------------------------------------------------------------- */

static Slice limit_permits(const Program *p, uint32_t work, CwKind kind)
{
    uint32_t limit = p->works[work].limit;
    if (limit == NO_INDEX)
        return (Slice){0};
    return kind == CW_EXTEND ? p->limits[limit].extended_by : p->limits[limit].paused_by;
}

/* Of the works that share an event, the one that is meant: open, and, to pause or
 * extend it, one whose limit allows that. */
static uint32_t work_meant(const Write *write, Slice works, bool needs_limit)
{
    const Program *p = write->loaded.definition->program;
    const int64_t *record = write->loaded.record;
    for (uint32_t i = 0; record && i < works.count; i++) {
        uint32_t work = p->indices[works.first + i];
        bool open = record_work(p, record, work)[WORK_STATUS] == WORK_OPEN;
        if (open && (!needs_limit || limit_permits(p, work, write->request->kind).count))
            return work;
    }
    return NO_INDEX;
}

static bool names_work(CwKind kind)
{
    return kind == CW_PAUSE || kind == CW_RESUME || kind == CW_EXTEND;
}

static void find_work(Write *write)
{
    const Program *p = write->loaded.definition->program;
    write->event = index_of(&write->loaded.definition->events, write->row.name);
    write->work = NO_INDEX;
    if (write->event == NO_INDEX)
        return;
    const EventInfo *event = &p->events[write->event];
    bool needs_limit = names_work(write->request->kind);
    write->work = work_meant(write, event->works, needs_limit);
    if (write->work == NO_INDEX)
        write->work = work_meant(write, event->waits, needs_limit);
}

/* The entry that waits for approval, when there is only one. */
static bool find_waiting(Write *write, Error *err)
{
    const int64_t *waiting = write->loaded.record + SLOT_WAITING;
    int64_t found = write->request->refers_to;
    for (uint32_t i = 0; !write->request->refers_to && i < LIMIT_HELD; i++) {
        if (!waiting[i])
            continue;
        if (found)
            return error_kind(
                err, ERROR_USAGE,
                "several entries wait for approval: give the number of one (%lld, "
                "%lld …)",
                (long long)found, (long long)waiting[i]);
        found = waiting[i];
    }
    write->row.refers_to = found;
    return true;
}

static bool needs_name(CwKind kind)
{
    return kind == CW_RECORD || kind == CW_TICK || kind == CW_NOT_NEEDED || names_work(kind) ||
           kind == CW_REOPEN;
}

bool ask_what(Write *write, Error *err)
{
    const CwRequest *request = write->request;
    write->row.kind = log_kind_of(request->kind);
    write->row.imported = request->imported;
    if (!write->is_new)
        write->row.name = needs_name(request->kind) ? request->name : NULL;
    if (needs_name(request->kind) && !request->name)
        return error_kind(err, ERROR_USAGE,
                          "say what is recorded: the name of an event or task");
    if (request->kind == CW_ASSIGN && !request->assign_count)
        return error_kind(err, ERROR_USAGE, "say who is assigned, as ROLE=PERSON");
    if (request->kind == CW_EXTEND && !request->extend_to)
        return error_kind(err, ERROR_USAGE, "say until when it is extended");
    if (!text_check("name", write->row.name, LIMIT_NAME_BYTES, err) ||
        !text_check("reason", request->reason, LIMIT_TEXT_BYTES, err) ||
        !text_check("key", request->key, LIMIT_KEY_BYTES, err))
        return false;
    if (request->key && !*request->key)
        return error_kind(err, ERROR_USAGE, "the key is empty");
    write->row.key = request->key;
    write->row.reason = text_is_blank(request->reason) ? NULL : request->reason;
    if (request->kind == CW_NOTE && !write->row.reason)
        return error_kind(err, ERROR_USAGE, "the note is empty");
    find_work(write);
    if (!correct_also_void(write, err))
        return false;
    if (request->kind == CW_VOID || request->kind == CW_AMEND)
        return correct_target(write, err);
    if (request->kind == CW_APPROVE || request->kind == CW_DECLINE)
        return find_waiting(write, err);
    return true;
}

/* ---- who ---------------------------------------------------------------------------- */

/* Whom the flow lets do what the request names. */
static Slice permits_asked(const Write *write)
{
    const Program *p = write->loaded.definition->program;
    if (write->work != NO_INDEX)
        return names_work(write->request->kind)
                   ? limit_permits(p, write->work, write->request->kind)
                   : p->works[write->work].permits;
    return write->event == NO_INDEX ? (Slice){0} : p->events[write->event].permits;
}

static Day today_of(const Write *write)
{
    return day_of_instant(write->loaded.definition->program->zone, write->now);
}

typedef struct Roles {
    const Write *write;
    const char *only, *permitted; /* in the write's arena */
    size_t count, permitted_count;
    Text names;
} Roles;

static bool visit_role(void *context, const HoldsRow *row, Error *err)
{
    (void)err;
    Roles *roles = context;
    const Definition *definition = roles->write->loaded.definition;
    if (roles->only && strcmp(roles->only, row->role) == 0)
        return true;
    const char *name = arena_strdup(roles->write->arena, row->role);
    text_addf(&roles->names, "%s%s", roles->count ? ", " : "", name);
    roles->only = name;
    roles->count++;
    uint32_t index = index_of(&definition->roles, name);
    if (index != NO_INDEX &&
        vm_permits(definition->program, permits_asked(roles->write), index)) {
        roles->permitted = name;
        roles->permitted_count++;
    }
    return true;
}

/* Their only role; of several, the only one that may do this. */
static bool default_role(Write *write, Error *err)
{
    Roles roles = {.write = write};
    bool ok = store_holds_list(write->engine->store, write->row.person, today_of(write),
                               visit_role, &roles, err);
    if (ok && roles.count <= 1)
        write->row.role = roles.only;
    else if (ok && roles.permitted_count == 1)
        write->row.role = roles.permitted;
    else if (ok)
        ok = error_kind(err, ERROR_USAGE,
                        "'%s' holds several roles (%s): say in which this is done",
                        write->request->person, text_get(&roles.names));
    text_clear(&roles.names);
    return ok;
}

static bool check_role(Write *write, Error *err)
{
    bool holds = false;
    if (!text_check("role", write->row.role, LIMIT_NAME_BYTES, err) ||
        !person_holds(write->engine, write->loaded.definition, write->row.person,
                      write->row.role, today_of(write), &holds, err))
        return false;
    if (holds)
        return true;
    Refusal *refusal =
        objection_add(&write->objection, REFUSED_WRONG_ROLE, "'%s' does not hold the role '%s'",
                      write->request->person, write->row.role);
    if (refusal) {
        refusal->role = index_of(&write->loaded.definition->roles, write->row.role);
        refusal->person = write->row.person;
    }
    return true;
}

/* Corrections, notes and the like name nobody in the flow who may make them: they are
 * for whoever has a role in it. */
static void check_has_part(Write *write)
{
    CwKind kind = write->request->kind;
    bool named = kind != CW_VOID && kind != CW_AMEND && kind != CW_ASSIGN && kind != CW_NOTE &&
                 kind != CW_REOPEN;
    if (named || index_of(&write->loaded.definition->roles, write->row.role) != NO_INDEX)
        return;
    Refusal *refusal = objection_add(&write->objection, REFUSED_WRONG_ROLE,
                                     "'%s' has no role in this flow", write->request->person);
    if (refusal)
        refusal->person = write->row.person;
}

/* The role acted for: one that the other person holds and that this role may stand in
 * for; where several do, the one that the flow asks for here. */
static bool find_role_for(Write *write, Person other, Error *err)
{
    const Definition *definition = write->loaded.definition;
    const Program *p = definition->program;
    uint32_t role = index_of(&definition->roles, write->row.role);
    bool can = role != NO_INDEX && other != write->row.person;
    Slice deputies = can ? p->roles[role].deputies : (Slice){0};
    uint32_t best = NO_INDEX;
    for (uint32_t i = 0; i < deputies.count; i++) {
        uint32_t each = p->deputies[deputies.first + i].for_role;
        bool holds = false;
        if (!person_holds(write->engine, definition, other, p->roles[each].name,
                          today_of(write), &holds, err))
            return false;
        bool better = best == NO_INDEX || vm_permits(p, permits_asked(write), each);
        if (holds && better)
            best = each;
    }
    if (best != NO_INDEX)
        write->row.on_behalf_role = p->roles[best].name;
    else
        objection_add(&write->objection, REFUSED_NOT_DEPUTY,
                      "'%s' cannot act for '%s' in the role '%s'", write->request->person,
                      write->request->acting_for, write->row.role ? write->row.role : "none");
    return true;
}

bool ask_who(Write *write, Error *err)
{
    const CwRequest *request = write->request;
    if (request->imported && !request->person)
        return true;
    if (!request->person)
        return error_kind(err, ERROR_USAGE, "say who records this");
    if (!person_number(write->engine, request->person, &write->row.person, err))
        return false;
    write->row.role = request->role;
    if (!request->role && !default_role(write, err))
        return false;
    if (write->row.role && !request->imported && !check_role(write, err))
        return false;
    check_has_part(write);
    if (!request->acting_for)
        return true;
    return person_number(write->engine, request->acting_for, &write->row.on_behalf_of, err) &&
           find_role_for(write, write->row.on_behalf_of, err);
}

/* ---- content ------------------------------------------------------------------------ */

bool ask_content(Write *write, Error *err)
{
    ContentSource source = {
        .request = write->request,
        .definition = write->loaded.definition,
        .today = today_of(write),
        .event = write->event,
        .work = write->work,
        .names_work = names_work(write->request->kind),
        .before = write->row.facts, /* set by correct_target for an amendment */
        .clock_was_behind = write->answer->clock_was_behind,
    };
    if (write->row.on_behalf_of && !store_absent(write->engine->store, write->row.on_behalf_of,
                                                 write->row.effective_day, &source.absent, err))
        return false;
    write->content = content_write(write->engine, &source, &write->objection, err);
    write->row.facts = write->content;
    return write->content != NULL;
}
