#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "replay/compare_internal.h"

const char *place_of_work(const Program *program, uint32_t work)
{
    const WorkInfo *info = &program->works[work];
    if (info->kind == PROGRAM_MUST)
        return "";
    return info->state != NO_INDEX ? program->states[info->state].name
                                   : program->tracks[info->track].name;
}

bool work_is_duty(const Program *program, uint32_t work)
{
    const WorkInfo *info = &program->works[work];
    return info->intervals.count > 0 || info->in_step != NO_INDEX ||
           (info->limit != NO_INDEX && program->limits[info->limit].has_limit);
}

uint32_t work_role(const Bundle *bundle, uint32_t work)
{
    const Ref *first = bundle->flow.work_at[work]->by.first;
    return first ? (uint32_t)first->index : NO_INDEX;
}

/* "state/name", told apart from the same name elsewhere. */
static const char *place_key(Arena *arena, const Program *program, uint32_t work)
{
    const WorkInfo *info = &program->works[work];
    return arena_format(arena, "%d %s/%s", info->state != NO_INDEX,
                        place_of_work(program, work), info->name);
}

/* Several duties may wait for one event in one place: they follow each other. */
static void map_by_place(const Program *from, const Program *to, uint32_t *map, bool *taken)
{
    Arena arena = {0};
    Map places = {0};
    uint32_t *next = mem_alloc_array(to->work_count + 1, sizeof *next);
    for (uint32_t i = to->work_count; i-- > 0;) {
        const char *key = place_key(&arena, to, i);
        int64_t first = map_index(&places, key);
        next[i] = first < 0 ? NO_INDEX : (uint32_t)first;
        map_set(&places, key, strlen(key), i);
    }
    for (uint32_t i = 0; i < from->work_count; i++) {
        const char *key = place_key(&arena, from, i);
        int64_t at = map_index(&places, key);
        if (at < 0)
            continue;
        map[i] = (uint32_t)at;
        taken[at] = true;
        if (next[at] != NO_INDEX)
            map_set(&places, key, strlen(key), next[at]);
        else
            map_set(&places, key, strlen(key), -1);
    }
    free(next);
    map_clear(&places);
    arena_clear(&arena);
}

enum { SEVERAL = -2 };

/* Those that are left under a name, where it is one. */
static void names_left(const Program *program, const bool *is_left, Map *names)
{
    for (uint32_t i = 0; i < program->work_count; i++) {
        const char *name = program->works[i].name;
        if (is_left[i] && !map_add(names, name, strlen(name), i))
            map_set(names, name, strlen(name), SEVERAL);
    }
}

/* Work whose state has another name now is still the same work. */
static void map_by_name(const Program *from, const Program *to, uint32_t *map,
                        const bool *taken)
{
    bool *left = mem_alloc_array(from->work_count + 1, sizeof *left);
    bool *open = mem_alloc_array(to->work_count + 1, sizeof *open);
    for (uint32_t i = 0; i < from->work_count; i++)
        left[i] = map[i] == NO_INDEX;
    for (uint32_t i = 0; i < to->work_count; i++)
        open[i] = !taken[i];
    Map here = {0}, there = {0};
    names_left(from, left, &here);
    names_left(to, open, &there);
    for (uint32_t i = 0; i < from->work_count; i++) {
        const char *name = from->works[i].name;
        if (left[i] && map_index(&here, name) >= 0 && map_index(&there, name) >= 0)
            map[i] = (uint32_t)map_index(&there, name);
    }
    map_clear(&here);
    map_clear(&there);
    free(left);
    free(open);
}

uint32_t *work_map(const Program *from, const Program *to)
{
    uint32_t *map = mem_alloc_array(from->work_count + 1, sizeof *map);
    bool *taken = mem_alloc_array(to->work_count + 1, sizeof *taken);
    for (uint32_t i = 0; i < from->work_count; i++)
        map[i] = NO_INDEX;
    map_by_place(from, to, map, taken);
    map_by_name(from, to, map, taken);
    free(taken);
    return map;
}
