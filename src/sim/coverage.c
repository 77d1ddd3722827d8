#include "sim/coverage.h"

void coverage_begin(Coverage *coverage, const Bundle *bundle, const Program *program)
{
    *coverage = (Coverage){.bundle = bundle, .program = program};
    Arena *arena = &coverage->arena;
    coverage->judged = ARENA_ARRAY(arena, program->code_count + 1u, uint8_t);
    coverage->lines = ARENA_ARRAY(arena, program->alternative_count + 1u, bool);
    coverage->as_soons = ARENA_ARRAY(arena, program->as_soon_count + 1u, bool);
    coverage->starts = ARENA_ARRAY(arena, program->start_count + 1u, bool);
    coverage->missed = ARENA_ARRAY(arena, program->work_count + 1u, bool);
    coverage->states = ARENA_ARRAY(arena, program->state_count + 1u, bool);
    coverage->events = ARENA_ARRAY(arena, program->event_count + 1u, bool);
    coverage->roles = ARENA_ARRAY(arena, program->role_count + 1u, bool);
    coverage->separations = ARENA_ARRAY(arena, program->role_count + 1u, bool);
    coverage->deputies = ARENA_ARRAY(arena, program->deputy_count + 1u, bool);
    coverage->rules = ARENA_ARRAY(arena, program->rule_count + 1u, bool);
    coverage->tracks = ARENA_ARRAY(arena, program->track_count + 1u, bool);
    coverage->works = ARENA_ARRAY(arena, program->work_count + 1u, uint8_t);
}

void coverage_clear(Coverage *coverage)
{
    arena_clear(&coverage->arena);
    *coverage = (Coverage){0};
}

/* ---- what happened ---------------------------------------------------------------- */

static void add_done(Coverage *coverage, const Happened *item)
{
    uint8_t *seen = &coverage->works[item->work];
    *seen |= SEEN_DONE;
    if (item->outcome == OUTCOME_MET || item->outcome == OUTCOME_EXTENDED)
        *seen |= SEEN_MET;
    if (item->outcome == OUTCOME_MET_LATE)
        *seen |= SEEN_LATE;
}

/* A miss after which it is not held any more in this story. */
static bool is_final(const Happened *happened, uint32_t count, uint32_t from)
{
    for (uint32_t i = from + 1; i < count; i++)
        if (happened[i].kind == HAPPENED_DONE && happened[i].work == happened[from].work)
            return false;
    return true;
}

void coverage_add(Coverage *coverage, const Happened *happened, uint32_t count)
{
    for (uint32_t i = 0; i < count; i++) {
        const Happened *item = &happened[i];
        if (item->kind == HAPPENED_MOVED)
            coverage->states[item->to] = true;
        if (item->kind == HAPPENED_EVENT)
            coverage->events[item->event] = true;
        if (item->kind == HAPPENED_STARTED)
            coverage->tracks[item->track] = true;
        if (item->kind == HAPPENED_WORK_OPENED)
            coverage->works[item->work] |= SEEN_OPENED;
        if (item->kind == HAPPENED_NOT_NEEDED)
            coverage->works[item->work] |= SEEN_NOT_NEEDED;
        if (item->kind == HAPPENED_DONE)
            add_done(coverage, item);
        if (item->kind == HAPPENED_MISSED)
            coverage->works[item->work] |=
                (uint8_t)(SEEN_MISSED | (is_final(happened, count, i) ? SEEN_NEVER : 0));
    }
}

/* A group acts in its members. */
static void add_role(Coverage *coverage, uint32_t role)
{
    const Program *program = coverage->program;
    coverage->roles[role] = true;
    for (uint32_t group = 0; group < program->role_count; group++) {
        Slice members = program->roles[group].members;
        for (uint32_t i = 0; i < members.count; i++)
            if (program->indices[members.first + i] == role)
                coverage->roles[group] = true;
    }
}

static void add_deputy(Coverage *coverage, uint32_t role, uint32_t for_role)
{
    Slice deputies = coverage->program->roles[role].deputies;
    for (uint32_t i = 0; i < deputies.count; i++)
        if (coverage->program->deputies[deputies.first + i].for_role == for_role)
            coverage->deputies[deputies.first + i] = true;
}

void coverage_entry(Coverage *coverage, const Entry *entry, const Refusal *refusal)
{
    if (refusal->code == REFUSED_NEVER || refusal->code == REFUSED_ALWAYS)
        coverage->rules[refusal->rule] = true;
    if (entry->role == NO_INDEX)
        return;
    if (refusal->code == REFUSED_SEPARATION)
        coverage->separations[entry->role] = true;
    if (refusal->code != REFUSED_NOT)
        return;
    add_role(coverage, entry->role);
    if (entry->for_role != NO_INDEX)
        add_deputy(coverage, entry->role, entry->for_role);
}

/* ---- figures ------------------------------------------------------------------------ */

bool coverage_counts(CoverageKind kind)
{
    return kind != COVER_REVIEWS && kind != COVER_ROLES;
}

uint32_t coverage_percent(const CoverageItems *items, CoverageKind kind)
{
    if (items->count_of[kind] == 0)
        return 100;
    return items->covered_of[kind] * 100 / items->count_of[kind];
}

const char *coverage_kind_text(CoverageKind kind)
{
    static const char *const texts[COVER_KINDS] = {
        [COVER_STATES] = "states",   [COVER_TRANSITIONS] = "transitions",
        [COVER_GUARDS] = "guards",   [COVER_LIMITS] = "limits",
        [COVER_REVIEWS] = "reviews", [COVER_ROLES] = "roles",
        [COVER_CLAUSES] = "clauses",
    };
    return texts[kind];
}
