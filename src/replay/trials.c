#include <stdlib.h>
#include <string.h>

#include "base/limits.h"
#include "base/mem.h"
#include "compile/compile.h"
#include "lang/names.h"
#include "replay/compare.h"

#define TRIAL_NAME "trial"

/* ---- the text of a trial ------------------------------------------------------------ */

/* Files that they use are not in it: what these declare is written out with the rest. */
static void add_block(const FlowParts *parts, const Thing *block, Text *out)
{
    const Source *source = &parts->bundle->sources[block->span.file];
    text_add_bytes(out, source->text + block->span.offset, block->span.length);
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

/* The first flow with the chosen blocks as the second has them. */
static void trial_text(const FlowDifference *difference, const bool *chosen, Text *out)
{
    const FlowParts *parts = &difference->old_parts;
    uint32_t *changed = changed_things(difference);
    for (uint32_t i = 0; i < parts->thing_count; i++) {
        bool is_replaced = changed[i] && chosen[changed[i] - 1];
        if (parts->things[i].block == i && !is_replaced)
            add_block(parts, &parts->things[i], out);
    }
    for (uint32_t i = 0; i < difference->block_count; i++)
        if (chosen[i] && difference->blocks[i].new_thing)
            add_block(&difference->new_parts, difference->blocks[i].new_thing, out);
    free(changed);
}

static bool read_trial(void *context, const char *name, const char *from, char **path,
                       char **text, size_t *length, Error *err)
{
    const Text *whole = context;
    if (from || strcmp(name, TRIAL_NAME) != 0)
        return error_kind(err, ERROR_NOT_FOUND, "a trial uses no other file");
    *path = mem_strdup(name);
    *text = mem_strndup(text_get(whole), whole->length);
    *length = whole->length;
    return true;
}

/* NULL: what was chosen makes no whole flow. */
static Program *compile_trial(const FlowDifference *difference, const bool *chosen,
                              Bundle *bundle)
{
    Error err = {0};
    Text text = {0};
    Program *program = NULL;
    trial_text(difference, chosen, &text);
    if (bundle_load(bundle, TRIAL_NAME, read_trial, &text, &err)) {
        names_resolve(bundle);
        if (bundle->diags.errors == 0)
            program = compile_bundle(bundle, &err);
    }
    text_clear(&text);
    return program;
}

/* ---- what a change cannot do without ----------------------------------------------------- */

static bool is_name_letter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-';
}

/* Does the block's text have the name as a word? */
static bool mentions(const FlowParts *parts, const Thing *block, const char *name)
{
    if (!block)
        return false;
    const char *text = parts->bundle->sources[block->span.file].text;
    const char *at = text + block->span.offset, *end = at + block->span.length;
    size_t length = strlen(name);
    for (; (at = memmem(at, (size_t)(end - at), name, length)); at++)
        if ((at == text || !is_name_letter(at[-1])) &&
            (at + length == end || !is_name_letter(at[length])))
            return true;
    return false;
}

/* A change needs what it names that the first flow does not have, and, where it takes
 * something away, the changes of all that named it. */
static bool needs(const FlowDifference *d, const ChangedBlock *one, const ChangedBlock *other)
{
    if (!other->old_thing && *other->new_thing->name)
        return mentions(&d->new_parts, one->new_thing, other->new_thing->name);
    if (!one->new_thing && *one->old_thing->name)
        return mentions(&d->old_parts, other->old_thing, one->old_thing->name) &&
               !mentions(&d->new_parts, other->new_thing, one->old_thing->name);
    return false;
}

static void add_needed(const FlowDifference *difference, bool *chosen)
{
    uint32_t count = difference->block_count;
    for (bool more = true; more;) {
        more = false;
        for (uint32_t i = 0; i < count * count; i++) {
            uint32_t one = i / count, other = i % count;
            if (chosen[one] && !chosen[other] &&
                needs(difference, &difference->blocks[one], &difference->blocks[other]))
                chosen[other] = more = true;
        }
    }
}

/* Roles, facts, periods, events …: what the states and tracks speak of. */
static void add_vocabulary(const FlowDifference *difference, bool *chosen)
{
    for (uint32_t i = 0; i < difference->block_count; i++) {
        const ChangedBlock *block = &difference->blocks[i];
        const Thing *thing = block->new_thing ? block->new_thing : block->old_thing;
        chosen[i] = chosen[i] || thing->kind < THING_STATE;
    }
}

/* ---- which trials there are ------------------------------------------------------------ */

/* Alone if it can stand alone, else with as little as it can stand with. */
static void add_trial(Trials *trials, const FlowDifference *difference, uint32_t block,
                      bool *chosen)
{
    static void (*const widen[])(const FlowDifference *difference,
                                 bool *chosen) = {add_needed, add_vocabulary};
    Trial *trial = &trials->items[trials->count];
    *trial = (Trial){.block = block, .is_alone = true};
    trial->program = compile_trial(difference, chosen, &trial->bundle);
    for (size_t i = 0; !trial->program && i < sizeof widen / sizeof *widen; i++) {
        bundle_clear(&trial->bundle);
        widen[i](difference, chosen);
        trial->is_alone = false;
        trial->program = compile_trial(difference, chosen, &trial->bundle);
    }
    if (trial->program)
        trials->of_block[block] = trials->count++;
    else
        bundle_clear(&trial->bundle);
}

void trials_make(Trials *trials, const FlowDifference *difference)
{
    uint32_t blocks = difference->block_count;
    *trials = (Trials){.block_count = blocks};
    trials->of_block = mem_alloc_array(blocks + 1, sizeof *trials->of_block);
    for (uint32_t i = 0; i < blocks; i++)
        trials->of_block[i] = NO_INDEX;
    if (blocks > LIMIT_COMPARE_TRIALS)
        return;
    trials->items = mem_alloc_array(blocks + 1, sizeof *trials->items);
    bool *chosen = mem_alloc_array(blocks + 1, sizeof *chosen);
    for (uint32_t i = 0; i < blocks; i++) {
        memset(chosen, 0, blocks * sizeof *chosen);
        chosen[i] = true;
        add_trial(trials, difference, i, chosen);
    }
    free(chosen);
}

/* ---- with a log -------------------------------------------------------------------------- */

static void drop_trial(Trials *trials, uint32_t at)
{
    Trial *trial = &trials->items[at];
    binding_clear(&trial->binding);
    program_free(trial->program);
    bundle_clear(&trial->bundle);
    trials->of_block[trial->block] = NO_INDEX;
    *trial = (Trial){.block = trial->block};
}

void trials_bind(Trials *trials, const FlowDifference *difference, const Log *log,
                 const Mapping *mapping)
{
    const Bundle *other = difference->new_parts.bundle;
    for (uint32_t i = 0; i < trials->count; i++) {
        Trial *trial = &trials->items[i];
        Error err = {0};
        if (!binding_make_beside(&trial->binding, &trial->bundle, trial->program, other, log,
                                 mapping, &err))
            drop_trial(trials, i);
        else if (trial->program->calendar)
            calendar_prepare(trial->program->calendar);
    }
}

void trials_clear(Trials *trials)
{
    for (uint32_t i = 0; i < trials->count; i++)
        drop_trial(trials, i);
    free(trials->items);
    free(trials->of_block);
    *trials = (Trials){0};
}
