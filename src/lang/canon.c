#include "lang/canon.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "lang/build.h"

/* One block's bytes; or one dated line of a calendar, which is holiday data and
 * has a hash of its own (language.md, meaning 16). */
typedef struct CanonBlock {
    const char *text;
    size_t length;
    const char *calendar; /* of a dated line: whose it is; else NULL */
    struct CanonBlock *next;
} CanonBlock;

typedef struct BundleCanon {
    Arena *arena; /* borrowed: the bundle's */
    CanonBlock *blocks;
    size_t block_count;
    bool collected; /* into `blocks`, when they were first asked for */
} BundleCanon;

void canon_prepare(Bundle *bundle)
{
    bundle->canon = ARENA_NEW(&bundle->arena, BundleCanon);
    bundle->canon->arena = &bundle->arena;
}

/* ---- from words to blocks ---------------------------------------------------- */

/* What is being collected of one source. */
typedef struct Canon {
    BundleCanon *bundle;
    Parser reader; /* of words only: nothing is parsed again */
    Text block;    /* the block so far, without the line being read */
    Text line;
    bool in_block;
    bool skipped;   /* a scenario or `allow` */
    bool in_reason; /* after `because` */
    bool dated;     /* the line belongs to the calendar's data */
    bool after_month;
    int lead; /* the word that began the line */
    const char *calendar;
} Canon;

static void keep(Canon *canon, const Text *text, const char *calendar)
{
    BundleCanon *bundle = canon->bundle;
    CanonBlock *block = ARENA_NEW(bundle->arena, CanonBlock);
    block->text = arena_strndup(bundle->arena, text_get(text), text->length);
    block->length = text->length;
    block->calendar = calendar;
    block->next = bundle->blocks;
    bundle->blocks = block;
    bundle->block_count++;
}

static void end_line(Canon *canon)
{
    if (canon->line.length && canon->dated && canon->calendar)
        keep(canon, &canon->line, canon->calendar);
    else
        text_add_bytes(&canon->block, text_get(&canon->line), canon->line.length);
    text_reset(&canon->line);
    canon->dated = canon->after_month = canon->in_reason = false;
}

static void end_block(Canon *canon)
{
    if (!canon->in_block)
        return;
    end_line(canon);
    if (!canon->skipped)
        keep(canon, &canon->block, NULL);
    text_reset(&canon->block);
    canon->in_block = false;
}

static void begin_block(Canon *canon, Token token)
{
    end_block(canon);
    canon->in_block = true;
    canon->skipped = token.code == TK_SCENARIO_L || token.code == TK_ALLOW_L;
    canon->calendar = NULL;
}

/* Text in quotes is written with straight marks whatever was typed, and what
 * would end it early is marked. */
static void add_string(Canon *canon, Token token)
{
    Span inside = text_inside(&canon->reader, token);
    Text *line = &canon->line;
    text_add_char(line, '"');
    for (const char *at = canon->reader.text + inside.offset; inside.length--; at++) {
        if (*at == '"' || *at == '\\')
            text_add_char(line, '\\');
        text_add_char(line, *at);
    }
    text_add_char(line, '"');
}

/* `because` and the list after it say why, not what. */
static bool is_reason(Canon *canon, Token token)
{
    if (token.code == TK_BECAUSE)
        canon->in_reason = true;
    else if (token.code != TK_CLAUSE && token.code != TK_STRING && token.code != TK_COMMA)
        canon->in_reason = false;
    return canon->in_reason;
}

/* A day off of one year, an extra working day, and how far the days off are
 * known: data that is brought up to date while the rules stay. */
static void note_dated(Canon *canon, Token token)
{
    bool exception = canon->lead == TK_EXCEPT_L || canon->lead == TK_WORKING_L;
    if ((exception && canon->after_month && token.code == TK_NUMBER) ||
        canon->lead == TK_COVERS_L)
        canon->dated = true;
    canon->after_month = token.code == TK_MONTH;
}

static void add_word(Canon *canon, Token token)
{
    const char *text = token_text(&canon->reader, token);
    if (!canon->line.length)
        canon->lead = token.code;
    text_add_char(&canon->line, canon->line.length ? ' ' : '\n');
    note_dated(canon, token);
    if (canon->lead == TK_CALENDAR_L && token.code != TK_CALENDAR_L && !canon->calendar)
        canon->calendar = arena_strndup(canon->bundle->arena, text, token.length);
    if (token.code == TK_STRING)
        add_string(canon, token);
    else
        text_add_bytes(&canon->line, text, token.length);
}

static void collect_token(Canon *canon, Token token)
{
    if (token_begins_block(token))
        begin_block(canon, token);
    else if (token.leads && token.code != TK_IF && token.code != TK_REMIND &&
             token.code != TK_OPENS)
        end_line(canon);
    if (canon->in_block && !canon->skipped && !is_reason(canon, token))
        add_word(canon, token);
}

static void collect_source(BundleCanon *bundle, const Source *source)
{
    Canon canon = {.bundle = bundle, .reader = {.text = source->clean}};
    Words *words = &canon.reader.words;
    words_start(words, source->clean, source->length);
    words->late = source->late_leads;
    for (Token token = words_next(words); token.code != TK_END; token = words_next(words))
        if (token.code != TK_ILLEGAL)
            collect_token(&canon, token);
    end_block(&canon);
    text_clear(&canon.block);
    text_clear(&canon.line);
}

static void collect_blocks(const Bundle *bundle)
{
    if (bundle->canon->collected)
        return;
    for (size_t i = 0; i < bundle->source_count; i++)
        if (bundle->sources[i].clean)
            collect_source(bundle->canon, &bundle->sources[i]);
    bundle->canon->collected = true;
}

/* ---- in order ------------------------------------------------------------------ */

static int compare_blocks(const void *a, const void *b)
{
    const CanonBlock *left = *(const CanonBlock *const *)a,
                     *right = *(const CanonBlock *const *)b;
    size_t shorter = left->length < right->length ? left->length : right->length;
    int order = memcmp(left->text, right->text, shorter);
    if (order)
        return order;
    return (left->length > right->length) - (left->length < right->length);
}

/* The blocks (calendar NULL), or one calendar's dated lines, sorted. */
static void add_sorted(const Bundle *bundle, const char *calendar, Text *out)
{
    if (!bundle->canon) /* nothing was parsed */
        return;
    collect_blocks(bundle);
    const BundleCanon *canon = bundle->canon;
    const CanonBlock **chosen = mem_alloc_array(canon->block_count, sizeof *chosen);
    size_t count = 0;
    for (const CanonBlock *block = canon->blocks; block; block = block->next)
        if (calendar ? block->calendar && strcmp(block->calendar, calendar) == 0
                     : !block->calendar)
            chosen[count++] = block;
    qsort(chosen, count, sizeof *chosen, compare_blocks);
    for (size_t i = 0; i < count; i++)
        text_add_bytes(out, chosen[i]->text, chosen[i]->length);
    free(chosen);
    text_add_char(out, '\n');
}

void bundle_normalise(const Bundle *bundle, Text *out)
{
    text_add(out, "flow 1");
    add_sorted(bundle, NULL, out);
}

void bundle_normalise_calendar(const Bundle *bundle, const CalendarAst *calendar, Text *out)
{
    text_addf(out, "calendar 1 %s", calendar->name);
    add_sorted(bundle, calendar->name, out);
}
