#include "bytecode/program.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

Program *program_new(void)
{
    Program *program = mem_alloc(sizeof *program);
    program->in_force = DAY_NONE;
    return program;
}

void program_free(Program *program)
{
    if (!program)
        return;
    calendar_free(program->calendar);
    arena_clear(&program->arena);
    free(program);
}

/* Where a ring of `slots` begins, or NO_INDEX when it is not kept. */
static uint32_t ring_at(uint32_t *next, bool kept, uint32_t slots)
{
    uint32_t at = *next;
    *next += kept ? slots : 0;
    return kept ? at : NO_INDEX;
}

/* Region after region; `next` is the first slot after each. */
void program_lay_out(Program *program)
{
    uint32_t next = SLOT_HEADER;
    program->slot_tracks = next;
    next += program->track_count * TRACK_SLOTS;
    program->slot_facts = next;
    next += program->fact_count;
    program->slot_events = next;
    next += program->event_count * EVENT_SLOTS;
    program->slot_works = next;
    next += program->work_count * WORK_SLOTS;
    program->slot_roles = next;
    next += program->role_count;
    program->slot_starts = next;
    next += program->start_count;
    program->slot_rest = next;
    for (uint32_t i = 0; i < program->window_count; i++)
        program->windows[i].slot =
            ring_at(&next, true, WINDOW_DAYS + program->windows[i].count);
    for (uint32_t i = 0; i < program->role_count; i++)
        program->roles[i].actors =
            ring_at(&next, program->roles[i].excludes.count > 0, ROLE_ACTORS);
    for (uint32_t i = 0; i < program->work_count; i++)
        program->works[i].owed =
            ring_at(&next, program->works[i].in_step != NO_INDEX, REVIEW_OWED);
    program->slot_count = next;
}

/* ---- fingerprint: 64-bit FNV-1a over whatever gives a slot its meaning --- */

static uint64_t mix_bytes(uint64_t hash, const void *bytes, size_t count)
{
    const unsigned char *at = bytes;
    for (size_t i = 0; i < count; i++)
        hash = (hash ^ at[i]) * UINT64_C(0x100000001B3);
    return hash;
}

static uint64_t mix_number(uint64_t hash, uint64_t number)
{
    unsigned char bytes[8];
    for (int i = 0; i < 8; i++)
        bytes[i] = (unsigned char)(number >> (8 * i));
    return mix_bytes(hash, bytes, sizeof bytes);
}

/* With the NUL, so that "ab" "c" is not "a" "bc". */
static uint64_t mix_name(uint64_t hash, const char *name)
{
    return mix_bytes(hash, name, strlen(name) + 1);
}

static uint64_t mix_texts(uint64_t hash, const Program *program, Slice slice)
{
    hash = mix_number(hash, slice.count);
    for (uint32_t i = 0; i < slice.count; i++)
        hash = mix_name(hash, program->texts[slice.first + i]);
    return hash;
}

static uint64_t mix_sizes(uint64_t hash, const Program *program)
{
    const uint64_t sizes[] = {
        SLOT_HEADER,          TRACK_SLOTS,         EVENT_SLOTS,          WORK_SLOTS,
        WINDOW_DAYS,          ROLE_ACTORS,         REVIEW_OWED,          program->slot_facts,
        program->slot_events, program->slot_works, program->slot_roles,  program->slot_starts,
        program->slot_rest,   program->slot_count, program->track_count, program->state_count};
    for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++)
        hash = mix_number(hash, sizes[i]);
    return hash;
}

static uint64_t mix_work(uint64_t hash, const Program *program, const WorkInfo *work)
{
    hash = mix_name(hash, work->name);
    hash = mix_number(hash, work->kind);
    hash = mix_number(hash, work->track);
    hash = mix_number(hash, work->state);
    hash = mix_number(hash, work->intervals.count);
    hash = mix_number(hash, work->owed);
    return mix_texts(hash, program, work->items);
}

static uint64_t mix_window(uint64_t hash, const WindowInfo *window)
{
    hash = mix_number(hash, window->event);
    hash = mix_number(hash, window->count);
    hash = mix_number(hash, (uint64_t)window->within.amount);
    hash = mix_number(hash, window->within.unit);
    return mix_number(hash, window->slot);
}

uint64_t program_layout_fingerprint(const Program *program)
{
    uint64_t hash = mix_sizes(UINT64_C(0xCBF29CE484222325), program);
    for (uint32_t i = 0; i < program->track_count; i++)
        hash = mix_name(hash, program->tracks[i].name);
    for (uint32_t i = 0; i < program->state_count; i++)
        hash = mix_number(mix_name(hash, program->states[i].name), program->states[i].track);
    for (uint32_t i = 0; i < program->fact_count; i++) {
        hash = mix_number(mix_name(hash, program->facts[i].name), program->facts[i].type);
        hash = mix_texts(hash, program, program->facts[i].values);
    }
    for (uint32_t i = 0; i < program->event_count; i++)
        hash = mix_name(hash, program->events[i].name);
    for (uint32_t i = 0; i < program->work_count; i++)
        hash = mix_work(hash, program, &program->works[i]);
    for (uint32_t i = 0; i < program->role_count; i++)
        hash = mix_number(mix_name(hash, program->roles[i].name), program->roles[i].actors);
    for (uint32_t i = 0; i < program->start_count; i++)
        hash = mix_number(hash, program->starts[i].track);
    for (uint32_t i = 0; i < program->window_count; i++)
        hash = mix_window(hash, &program->windows[i]);
    return hash;
}
