#include <stdlib.h>

#include "base/limits.h"
#include "base/mem.h"
#include "compile/compile_internal.h"

/* A full table keeps its last row: whoever asked gets an index that exists, and
 * compile_bundle throws the program away. */
#define TABLE(field, count, Type)                                                              \
    uint32_t append_##field(Compiler *compiler, Type row)                                      \
    {                                                                                          \
        Program *program = compiler->program;                                                  \
        if (program->count == LIMIT_PROGRAM_WORDS) {                                           \
            compiler->too_large = true;                                                        \
            return program->count - 1;                                                         \
        }                                                                                      \
        program->field = mem_grow(program->field, &compiler->field##_capacity,                 \
                                  program->count + 1u, sizeof *program->field);                \
        program->field[program->count] = row;                                                  \
        return program->count++;                                                               \
    }
#include "compile/tables.def"
#undef TABLE

static void *moved(Arena *arena, void *rows, size_t bytes)
{
    void *copy = arena_alloc(arena, bytes ? bytes : 1);
    if (bytes)
        memcpy(copy, rows, bytes);
    free(rows);
    return copy;
}

void tables_move_to_arena(Compiler *compiler)
{
    Program *program = compiler->program;
#define TABLE(field, count, Type)                                                              \
    program->field = moved(&program->arena, program->field, program->count * sizeof(Type));
#include "compile/tables.def"
#undef TABLE
}

void tables_free(Compiler *compiler)
{
#define TABLE(field, count, Type) free(compiler->program->field);
#include "compile/tables.def"
#undef TABLE
}

const char *compile_name(Compiler *compiler, const char *name)
{
    return arena_strdup(&compiler->program->arena, name ? name : "");
}

/* ---- code ------------------------------------------------------------------- */

CodeRef code_begin(const Compiler *compiler)
{
    return compiler->program->code_count;
}

void code_emit(Compiler *compiler, OpCode op, uint32_t operand)
{
    append_code(compiler, instruction(op, operand));
}

CodeRef code_end(Compiler *compiler, CodeRef begin)
{
    if (code_begin(compiler) == begin)
        return 0;
    code_emit(compiler, OP_END, 0);
    return begin;
}

/* ---- lists --------------------------------------------------------------------- */

Slice compile_refs(Compiler *compiler, const RefList *refs)
{
    uint32_t first = compiler->program->index_count;
    for (const Ref *ref = refs->first; ref; ref = ref->next)
        append_indices(compiler, (uint32_t)ref->index);
    return slice_since(first, compiler->program->index_count);
}

Slice compile_work_list(Compiler *compiler, const Work *works)
{
    uint32_t first = compiler->program->index_count;
    for (const Work *work = works; work; work = work->next)
        append_indices(compiler, (uint32_t)work->index);
    return slice_since(first, compiler->program->index_count);
}

void pairs_add(Pairs *pairs, uint32_t key, uint32_t item)
{
    pairs->items =
        mem_grow(pairs->items, &pairs->capacity, pairs->count + 1, sizeof *pairs->items);
    pairs->items[pairs->count++] = (Pair){key, item};
}

/* A counting sort by key, straight into `indices`. */
void pairs_give(Compiler *compiler, Pairs *pairs, uint32_t keys, Slice *slices, size_t stride)
{
    uint32_t *next = mem_alloc_array(keys + 1u, sizeof *next);
    uint32_t base = compiler->program->index_count;
    for (size_t i = 0; i < pairs->count; i++) {
        next[pairs->items[i].key + 1]++;
        append_indices(compiler, 0);
    }
    for (uint32_t key = 0; key < keys; key++) {
        *(Slice *)((char *)slices + key * stride) = (Slice){base + next[key], next[key + 1]};
        next[key + 1] += next[key];
    }
    for (size_t i = 0; i < pairs->count && !compiler->too_large; i++)
        compiler->program->indices[base + next[pairs->items[i].key]++] = pairs->items[i].item;
    free(next);
    free(pairs->items);
    *pairs = (Pairs){0};
}
