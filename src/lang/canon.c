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
    CanonBlock *first;
    size_t count;
} BundleCanon;

/* What is being collected in one parse. */
typedef struct Canon {
    Text block; /* the block so far, without the line being read */
    Text line;
    bool in_block;
    bool skipped;   /* a scenario or `allow` */
    bool in_reason; /* after `because` */
    bool dated;     /* the line belongs to the calendar's data */
    bool after_month;
    int lead; /* the word that began the line */
    const char *calendar;
} Canon;

void canon_start(Parser *p)
{
    p->canon = ARENA_NEW(p->arena, Canon);
    if (!p->bundle->canon)
        p->bundle->canon = ARENA_NEW(p->arena, BundleCanon);
}

static void keep(Parser *p, const Text *text, const char *calendar)
{
    BundleCanon *canon = p->bundle->canon;
    CanonBlock *block = ARENA_NEW(p->arena, CanonBlock);
    block->text = arena_strndup(p->arena, text_get(text), text->length);
    block->length = text->length;
    block->calendar = calendar;
    block->next = canon->first;
    canon->first = block;
    canon->count++;
}

static void end_line(Parser *p)
{
    Canon *canon = p->canon;
    if (canon->line.length && canon->dated && canon->calendar)
        keep(p, &canon->line, canon->calendar);
    else
        text_add_bytes(&canon->block, text_get(&canon->line), canon->line.length);
    text_reset(&canon->line);
    canon->dated = canon->after_month = canon->in_reason = false;
}

static void end_block(Parser *p)
{
    Canon *canon = p->canon;
    if (!canon->in_block)
        return;
    end_line(p);
    if (!canon->skipped)
        keep(p, &canon->block, NULL);
    text_reset(&canon->block);
    canon->in_block = false;
}

static bool begins_block(Token token)
{
    return token.leads && keywords[token.keyword - 1].blocks == BLOCK_ANY;
}

static void begin_block(Parser *p, Token token)
{
    Canon *canon = p->canon;
    end_block(p);
    canon->in_block = true;
    canon->skipped = token.code == TK_SCENARIO_L || token.code == TK_ALLOW_L;
    canon->calendar = NULL;
}

/* Text in quotes is written with straight marks whatever was typed, and what
 * would end it early is marked. */
static void add_string(Text *line, const Parser *p, Token token)
{
    Span inside = text_inside(p, token);
    text_add_char(line, '"');
    for (const char *at = p->text + inside.offset; inside.length--; at++) {
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

void canon_add(Parser *p, Token token)
{
    Canon *canon = p->canon;
    if (begins_block(token))
        begin_block(p, token);
    else if (token.leads && token.code != TK_IF && token.code != TK_REMIND &&
             token.code != TK_OPENS)
        end_line(p);
    if (!canon->in_block || canon->skipped || is_reason(canon, token))
        return;
    if (!canon->line.length) {
        canon->lead = token.code;
        text_add_char(&canon->line, '\n');
    } else {
        text_add_char(&canon->line, ' ');
    }
    note_dated(canon, token);
    if (canon->lead == TK_CALENDAR_L && token.code != TK_CALENDAR_L && !canon->calendar)
        canon->calendar = arena_strndup(p->arena, token_text(p, token), token.length);
    if (token.code == TK_STRING)
        add_string(&canon->line, p, token);
    else
        text_add_bytes(&canon->line, token_text(p, token), token.length);
}

void canon_finish(Parser *p)
{
    end_block(p);
    text_clear(&p->canon->block);
    text_clear(&p->canon->line);
}

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
static void add_sorted(const BundleCanon *canon, const char *calendar, Text *out)
{
    if (!canon)
        return;
    const CanonBlock **chosen = mem_alloc_array(canon->count, sizeof *chosen);
    size_t count = 0;
    for (const CanonBlock *block = canon->first; block; block = block->next)
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
    add_sorted(bundle->canon, NULL, out);
}

void bundle_normalise_calendar(const Bundle *bundle, const CalendarAst *calendar, Text *out)
{
    text_addf(out, "calendar 1 %s", calendar->name);
    add_sorted(bundle->canon, calendar->name, out);
}
