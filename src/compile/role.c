/* Roles: groups are followed here once, so that the machine only compares
 * numbers. A thousand roles at most (LIMIT_ROLES), so a table of role by role
 * will do. */
#include <stdlib.h>

#include "base/mem.h"
#include "compile/compile_internal.h"

static bool *member_at(const Compiler *compiler, uint32_t group, uint32_t role)
{
    return &compiler->is_member[(size_t)group * compiler->flow->role_count + role];
}

/* Everything that can be reached from `group`, groups in groups too. */
static void find_members(Compiler *compiler, uint32_t group, uint32_t *waiting)
{
    uint32_t count = 0;
    waiting[count++] = group;
    for (uint32_t i = 0; i < count; i++) {
        const RoleAst *role = compiler->flow->role_at[waiting[i]];
        for (const Ref *ref = role->members.first; ref; ref = ref->next) {
            uint32_t member = (uint32_t)ref->index;
            if (member == group || *member_at(compiler, group, member))
                continue;
            *member_at(compiler, group, member) = true;
            waiting[count++] = member;
        }
    }
}

/* ---- permits ---------------------------------------------------------------- */

static int by_role(const void *left, const void *right)
{
    const Permit *a = left, *b = right;
    if (a->role != b->role)
        return a->role < b->role ? -1 : 1;
    if ((a->via == a->role) != (b->via == b->role))
        return a->via == a->role ? -1 : 1;
    return (a->via > b->via) - (a->via < b->via);
}

static void add_permits(Compiler *compiler, uint32_t role)
{
    append_permits(compiler, (Permit){role, role});
    for (uint32_t i = 0; i < compiler->flow->role_count; i++)
        if (*member_at(compiler, role, i))
            append_permits(compiler, (Permit){i, role});
}

static Slice sorted_permits(Compiler *compiler, uint32_t first)
{
    Program *program = compiler->program;
    Slice slice = slice_since(first, program->permit_count);
    if (slice.count > 1)
        qsort(program->permits + first, slice.count, sizeof(Permit), by_role);
    return slice;
}

/* Most work is `by` one role, so the permits of one role are made once. */
static Slice permits_of_role(Compiler *compiler, uint32_t role)
{
    Slice *known = &compiler->role_permits[role];
    if (!known->count) {
        uint32_t first = compiler->program->permit_count;
        add_permits(compiler, role);
        *known = sorted_permits(compiler, first);
    }
    return *known;
}

Slice compile_permits(Compiler *compiler, const RefList *roles)
{
    if (roles->count == 1)
        return permits_of_role(compiler, (uint32_t)roles->first->index);
    uint32_t first = compiler->program->permit_count;
    for (const Ref *ref = roles->first; ref; ref = ref->next)
        add_permits(compiler, (uint32_t)ref->index);
    return sorted_permits(compiler, first);
}

/* ---- rows --------------------------------------------------------------------- */

static Slice compile_deputies(Compiler *compiler, const Deputy *deputies)
{
    static const DeputyKind kinds[] = {
        [DEPUTY_ALWAYS] = ACTS_ALWAYS,
        [DEPUTY_WHEN_UNAVAILABLE] = ACTS_WHEN_UNAVAILABLE,
        [DEPUTY_AFTER] = ACTS_AFTER,
    };
    uint32_t first = compiler->program->deputy_count;
    for (const Deputy *deputy = deputies; deputy; deputy = deputy->next) {
        DeputyInfo info = {.for_role = (uint32_t)deputy->role.index,
                           .kind = kinds[deputy->when]};
        if (deputy->when == DEPUTY_AFTER)
            info.after = compile_duration(compiler, &deputy->after);
        append_deputies(compiler, info);
    }
    return slice_since(first, compiler->program->deputy_count);
}

/* The columns of a row of a role x role table, as a list. */
static Slice list_of_row(Compiler *compiler, const bool *row)
{
    uint32_t first = compiler->program->index_count;
    for (uint32_t i = 0; i < compiler->flow->role_count; i++)
        if (row[i])
            append_indices(compiler, i);
    return slice_since(first, compiler->program->index_count);
}

/* `a cannot be b` holds for whoever is either through a group, and both ways. */
static void exclude(Compiler *compiler, bool *excluded, uint32_t a, uint32_t b)
{
    uint32_t count = compiler->flow->role_count;
    for (uint32_t i = 0; i < count; i++) {
        if (i != a && !*member_at(compiler, a, i))
            continue;
        for (uint32_t k = 0; k < count; k++) {
            if (k == i || (k != b && !*member_at(compiler, b, k)))
                continue;
            excluded[(size_t)i * count + k] = true;
            excluded[(size_t)k * count + i] = true;
        }
    }
}

static void compile_exclusions(Compiler *compiler)
{
    uint32_t count = compiler->flow->role_count;
    bool *excluded = mem_alloc_array((size_t)count * count, sizeof *excluded);
    for (uint32_t i = 0; i < count; i++)
        for (const Ref *ref = compiler->flow->role_at[i]->excludes.first; ref; ref = ref->next)
            exclude(compiler, excluded, i, (uint32_t)ref->index);
    for (uint32_t i = 0; i < count; i++)
        compiler->program->roles[i].excludes =
            list_of_row(compiler, excluded + (size_t)i * count);
    free(excluded);
}

void compile_roles(Compiler *compiler)
{
    const Flow *flow = compiler->flow;
    uint32_t *waiting = ARENA_ARRAY(&compiler->scratch, flow->role_count + 1u, uint32_t);
    for (uint32_t i = 0; i < flow->role_count; i++)
        find_members(compiler, i, waiting);
    for (uint32_t i = 0; i < flow->role_count; i++) {
        RoleInfo *role = &compiler->program->roles[i];
        role->name = compile_name(compiler, flow->role_at[i]->name);
        role->members = list_of_row(compiler, member_at(compiler, i, 0));
        role->deputies = compile_deputies(compiler, flow->role_at[i]->deputies);
    }
    compile_exclusions(compiler);
}
