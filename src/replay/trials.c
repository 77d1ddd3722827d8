#include <stdlib.h>
#include <string.h>

#include "base/limits.h"
#include "base/mem.h"
#include "compile/compile.h"
#include "lang/names.h"
#include "replay/compare.h"
#include "replay/trial_text.h"

#define TRIAL_NAME "trial"

/* What trials_make has in hand. */
typedef struct Making {
    Trials *trials;
    const FlowDifference *difference;
    TrialChoice choice;
    bool *apart; /* owned; by change: it is a piece of its own */
} Making;

/* ---- compiling --------------------------------------------------------------------- */

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

/* False: what was chosen makes no whole flow, and the trial is empty again. */
static bool compile_trial(const Making *m, Trial *trial)
{
    Error err = {0};
    Text text = {0};
    trial_text(m->difference, &m->choice, &text);
    if (bundle_load(&trial->bundle, TRIAL_NAME, read_trial, &text, &err)) {
        names_resolve(&trial->bundle);
        if (trial->bundle.diags.errors == 0)
            trial->program = compile_bundle(&trial->bundle, &err);
    }
    text_clear(&text);
    if (!trial->program)
        bundle_clear(&trial->bundle);
    return trial->program != NULL;
}

static void choose_nothing(Making *m)
{
    memset(m->choice.chosen, 0, m->difference->block_count * sizeof *m->choice.chosen);
    m->choice.spliced = NO_INDEX;
    text_reset(&m->choice.splice);
}

/* ---- what a change cannot do without ----------------------------------------------- */

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

/* What came or went with this change and is called by a name: a declaration, a task, a
 * value of a fact. NULL: nothing. */
static const char *name_of(const FlowChange *change, FlowChangeKind kind)
{
    const Thing *thing = kind == CHANGE_ADDED ? change->new_thing : change->old_thing;
    const Clause *clause = kind == CHANGE_ADDED ? change->new_clause : change->old_clause;
    if (change->kind != kind)
        return NULL;
    if (change->aspect == ASPECT_VALUE)
        return clause->key;
    return change->aspect == ASPECT_WHOLE && *thing->name ? thing->name : NULL;
}

/* What is chosen needs what it names that the first flow does not have; and where it
 * takes something away, the changes of all that named it. */
static bool add_needed_by(const FlowDifference *d, const FlowChange *change, bool *chosen)
{
    const char *came = name_of(change, CHANGE_ADDED), *went = name_of(change, CHANGE_REMOVED);
    bool more = false;
    for (uint32_t i = 0; i < d->block_count; i++) {
        const ChangedBlock *block = &d->blocks[i];
        if (came && chosen[i] && !chosen[change->block] &&
            mentions(&d->new_parts, block->new_thing, came))
            chosen[change->block] = more = true;
        if (went && chosen[change->block] && !chosen[i] &&
            mentions(&d->old_parts, block->old_thing, went) &&
            !mentions(&d->new_parts, block->new_thing, went))
            chosen[i] = more = true;
    }
    return more;
}

static void add_needed(const FlowDifference *difference, bool *chosen)
{
    for (bool more = true; more;) {
        more = false;
        for (uint32_t i = 0; i < difference->change_count; i++)
            more |= add_needed_by(difference, &difference->changes[i], chosen);
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

/* ---- pieces ------------------------------------------------------------------------ */

static uint32_t add_piece(Trials *trials, uint32_t block, uint32_t change)
{
    trials->pieces[trials->piece_count] = (Piece){block, change};
    trials->of_piece[trials->piece_count] = NO_INDEX;
    return trials->piece_count++;
}

/* The trial at the end of the list has come about. */
static void keep_trial(Trials *trials, uint32_t piece, bool is_alone)
{
    trials->items[trials->count].piece = piece;
    trials->items[trials->count].is_alone = is_alone;
    trials->of_piece[piece] = trials->count++;
}

/* Is that one change all that the trial differs in? */
static bool is_that_change(const FlowDifference *difference, const FlowChange *change,
                           const Bundle *trial)
{
    FlowDifference made = {0};
    flow_difference(&made, difference->old_parts.bundle, trial);
    bool is_it = made.change_count == 1 && made.changes[0].aspect == change->aspect &&
                 made.changes[0].new_clause &&
                 strcmp(made.changes[0].new_clause->value, change->new_clause->value) == 0;
    flow_difference_clear(&made);
    return is_it;
}

/* One clause of a block by itself, where that can be done. */
static void try_apart(Making *m, uint32_t at)
{
    const FlowChange *change = &m->difference->changes[at];
    Trials *trials = m->trials;
    Trial *trial = &trials->items[trials->count];
    *trial = (Trial){0};
    if (!can_splice(m->difference, change))
        return;
    choose_nothing(m);
    m->choice.spliced = change->block;
    splice_one(m->difference, change, &m->choice.splice);
    if (!compile_trial(m, trial))
        return;
    if (!is_that_change(m->difference, change, &trial->bundle)) {
        program_free(trial->program);
        bundle_clear(&trial->bundle);
        return;
    }
    m->apart[at] = true;
    trials->of_change[at] = add_piece(trials, change->block, at);
    keep_trial(trials, trials->of_change[at], true);
}

/* Alone if it can stand alone, else with as little as it can stand with. */
static void try_rest(Making *m, uint32_t block, uint32_t piece)
{
    static void (*const widen[])(const FlowDifference *difference,
                                 bool *chosen) = {add_needed, add_vocabulary};
    Trial *trial = &m->trials->items[m->trials->count];
    *trial = (Trial){0};
    choose_nothing(m);
    m->choice.chosen[block] = true;
    m->choice.spliced = block;
    splice_rest(m->difference, block, m->apart, &m->choice.splice);
    bool is_alone = true, done = compile_trial(m, trial);
    for (size_t i = 0; !done && i < sizeof widen / sizeof *widen; i++) {
        widen[i](m->difference, m->choice.chosen);
        is_alone = false;
        done = compile_trial(m, trial);
    }
    if (done)
        keep_trial(m->trials, piece, is_alone);
}

/* Room is left for the blocks to come. */
static void make_block(Making *m, uint32_t block)
{
    const FlowDifference *d = m->difference;
    Trials *trials = m->trials;
    uint32_t room = LIMIT_COMPARE_TRIALS - trials->piece_count - (d->block_count - block - 1);
    uint32_t left = 0;
    bool is_split = d->blocks[block].change_count > 1 && d->blocks[block].change_count <= room;
    for (uint32_t i = 0; i < d->change_count; i++) {
        if (d->changes[i].block != block)
            continue;
        if (is_split)
            try_apart(m, i);
        left += !m->apart[i];
    }
    if (left == 0)
        return;
    uint32_t rest = add_piece(trials, block, NO_INDEX);
    for (uint32_t i = 0; i < d->change_count; i++)
        if (d->changes[i].block == block && !m->apart[i])
            trials->of_change[i] = rest;
    try_rest(m, block, rest);
}

/* Too many to be tried: each block is a piece, and none has a trial. */
static void make_none(Trials *trials, const FlowDifference *difference)
{
    for (uint32_t i = 0; i < difference->block_count; i++)
        add_piece(trials, i, NO_INDEX);
    for (uint32_t i = 0; i < difference->change_count; i++)
        trials->of_change[i] = difference->changes[i].block;
}

void trials_make(Trials *trials, const FlowDifference *difference)
{
    uint32_t blocks = difference->block_count;
    uint32_t most = blocks > LIMIT_COMPARE_TRIALS ? blocks : LIMIT_COMPARE_TRIALS;
    Making making = {.trials = trials, .difference = difference};
    *trials = (Trials){0};
    trials->pieces = mem_alloc_array(most + 1, sizeof *trials->pieces);
    trials->of_piece = mem_alloc_array(most + 1, sizeof *trials->of_piece);
    trials->of_change =
        mem_alloc_array(difference->change_count + 1, sizeof *trials->of_change);
    trials->items = mem_alloc_array(LIMIT_COMPARE_TRIALS + 1, sizeof *trials->items);
    making.choice.chosen = mem_alloc_array(blocks + 1, sizeof *making.choice.chosen);
    making.apart = mem_alloc_array(difference->change_count + 1, sizeof *making.apart);
    for (uint32_t i = 0; i < blocks && blocks <= LIMIT_COMPARE_TRIALS; i++)
        make_block(&making, i);
    if (blocks > LIMIT_COMPARE_TRIALS)
        make_none(trials, difference);
    free(making.choice.chosen);
    text_clear(&making.choice.splice);
    free(making.apart);
}

/* ---- with a log -------------------------------------------------------------------- */

static void drop_trial(Trials *trials, uint32_t at)
{
    Trial *trial = &trials->items[at];
    binding_clear(&trial->binding);
    program_free(trial->program);
    bundle_clear(&trial->bundle);
    trials->of_piece[trial->piece] = NO_INDEX;
    *trial = (Trial){.piece = trial->piece};
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
        else
            calendar_prepare(trial->program->calendar);
    }
}

void trials_clear(Trials *trials)
{
    for (uint32_t i = 0; i < trials->count; i++)
        drop_trial(trials, i);
    free(trials->pieces);
    free(trials->of_piece);
    free(trials->of_change);
    free(trials->items);
    *trials = (Trials){0};
}
