#include "replay/trial_text.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

static const char *text_at(const FlowParts *parts, Span span)
{
    return parts->bundle->sources[span.file].text + span.offset;
}

static void add_block(const FlowParts *parts, const Thing *block, Text *out)
{
    text_add_bytes(out, text_at(parts, block->span), block->span.length);
    text_add_char(out, '\n');
}

/* By the first flow's things: 1 + the changed block that it is in; 0: the same in both. */
static uint32_t *changed_things(const FlowDifference *difference)
{
    uint32_t *changed = mem_alloc_array(difference->old_parts.thing_count + 1, sizeof *changed);
    for (uint32_t i = 0; i < difference->block_count; i++)
        if (difference->blocks[i].old_thing)
            changed[difference->blocks[i].old_thing->block] = i + 1;
    return changed;
}

void trial_text(const FlowDifference *difference, const TrialChoice *choice, Text *out)
{
    const FlowParts *parts = &difference->old_parts;
    uint32_t *changed = changed_things(difference);
    for (uint32_t i = 0; i < parts->thing_count; i++) {
        uint32_t block = changed[i] - 1;
        bool is_kept = !changed[i] || (!choice->chosen[block] && block != choice->spliced);
        if (parts->things[i].block == i && is_kept)
            add_block(parts, &parts->things[i], out);
    }
    for (uint32_t i = 0; i < difference->block_count; i++)
        if (choice->chosen[i] && i != choice->spliced && difference->blocks[i].new_thing)
            add_block(&difference->new_parts, difference->blocks[i].new_thing, out);
    text_add(out, text_get(&choice->splice));
    text_add_char(out, '\n');
    free(changed);
}

/* ---- one clause in the place of another -------------------------------------------- */

static bool is_inside(Span inner, Span outer)
{
    return inner.file == outer.file && inner.offset >= outer.offset &&
           inner.offset + inner.length <= outer.offset + outer.length &&
           inner.length < outer.length;
}

static bool touch(Span a, Span b)
{
    return a.file == b.file && a.length && b.length && a.offset < b.offset + b.length &&
           b.offset < a.offset + a.length;
}

bool can_splice(const FlowDifference *difference, const FlowChange *change)
{
    if (change->kind != CHANGE_MADE)
        return false;
    const ChangedBlock *block = &difference->blocks[change->block];
    if (!is_inside(change->old_span, block->old_thing->span) ||
        !is_inside(change->new_span, block->new_thing->span))
        return false;
    for (uint32_t i = 0; i < difference->change_count; i++) {
        const FlowChange *other = &difference->changes[i];
        if (other == change || other->block != change->block)
            continue;
        /* what has no place in one flow is given that of the thing it would stand in */
        if ((other->old_clause && touch(change->old_span, other->old_span)) ||
            (other->new_clause && touch(change->new_span, other->new_span)))
            return false;
    }
    return true;
}

/* One stretch of a text, and what is put in its place. */
typedef struct Edit {
    Span out, in;
} Edit;

static int compare_edits(const void *a, const void *b)
{
    uint32_t left = ((const Edit *)a)->out.offset, right = ((const Edit *)b)->out.offset;
    return (left > right) - (left < right);
}

static void add_edited(const FlowParts *base, Span block, const FlowParts *other,
                       const Edit *edits, size_t count, Text *out)
{
    const char *from = text_at(base, block), *end = from + block.length;
    for (size_t i = 0; i < count; i++) {
        const char *at = text_at(base, edits[i].out);
        text_add_bytes(out, from, (size_t)(at - from));
        text_add_bytes(out, text_at(other, edits[i].in), edits[i].in.length);
        from = at + edits[i].out.length;
    }
    text_add_bytes(out, from, (size_t)(end - from));
}

void splice_one(const FlowDifference *difference, const FlowChange *change, Text *out)
{
    const Edit edit = {change->old_span, change->new_span};
    add_edited(&difference->old_parts, difference->blocks[change->block].old_thing->span,
               &difference->new_parts, &edit, 1, out);
}

void splice_rest(const FlowDifference *difference, uint32_t block, const bool *apart, Text *out)
{
    const ChangedBlock *changed = &difference->blocks[block];
    Edit *edits = mem_alloc_array(changed->change_count + 1, sizeof *edits);
    size_t count = 0;
    for (uint32_t i = 0; i < difference->change_count; i++)
        if (difference->changes[i].block == block && apart[i])
            edits[count++] =
                (Edit){difference->changes[i].new_span, difference->changes[i].old_span};
    if (count > 1)
        qsort(edits, count, sizeof *edits, compare_edits);
    if (changed->new_thing)
        add_edited(&difference->new_parts, changed->new_thing->span, &difference->old_parts,
                   edits, count, out);
    free(edits);
}
