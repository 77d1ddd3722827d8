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

/* ---- which trials there are ------------------------------------------------------------ */

static void add_trial(Trials *trials, const FlowDifference *difference, uint32_t block,
                      const bool *chosen)
{
    Trial *trial = &trials->items[trials->count];
    *trial = (Trial){.block = block};
    trial->program = compile_trial(difference, chosen, &trial->bundle);
    if (!trial->program) {
        bundle_clear(&trial->bundle);
        return;
    }
    for (uint32_t i = 0; i < trials->block_count; i++)
        if (chosen[i])
            trials->of_block[i] = trials->count;
    trials->count++;
}

/* Those that make no whole flow alone: a new state and the line that leads there. */
static void add_together(Trials *trials, const FlowDifference *difference, bool *chosen)
{
    bool any = false;
    for (uint32_t i = 0; i < trials->block_count; i++) {
        chosen[i] = trials->of_block[i] == NO_INDEX;
        any = any || chosen[i];
    }
    if (any)
        add_trial(trials, difference, NO_INDEX, chosen);
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
    add_together(trials, difference, chosen);
    free(chosen);
}

/* ---- with a log -------------------------------------------------------------------------- */

static void drop_trial(Trials *trials, uint32_t at)
{
    Trial *trial = &trials->items[at];
    binding_clear(&trial->binding);
    program_free(trial->program);
    bundle_clear(&trial->bundle);
    *trial = (Trial){.block = trial->block};
    for (uint32_t i = 0; i < trials->block_count; i++)
        if (trials->of_block[i] == at)
            trials->of_block[i] = NO_INDEX;
}

void trials_bind(Trials *trials, const Log *log, const Mapping *mapping)
{
    for (uint32_t i = 0; i < trials->count; i++) {
        Trial *trial = &trials->items[i];
        Error err = {0};
        if (!binding_make(&trial->binding, &trial->bundle, trial->program, log, mapping, &err))
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
