#include "lang/parser.h"

#include <stdlib.h>
#include <string.h>

#include "base/limits.h"
#include "base/mem.h"
#include "base/utf8.h"
#include "lang/canon.h"
#include "lang/driver.h"
#include "lang/mend.h"
#include "lang/recover.h"
#include "lang/report.h"
#include "lang/scan.h"

/* ---- where the lists of the flow end --------------------------------------- */

#define SLOT_AT_END(p, slot, list)                                                             \
    (p)->slots.slot = &(p)->flow->list;                                                        \
    while (*(p)->slots.slot)                                                                   \
        (p)->slots.slot = &(*(p)->slots.slot)->next;

static void find_slots(Parser *p)
{
    SLOT_AT_END(p, use, uses)
    SLOT_AT_END(p, policy, policies)
    SLOT_AT_END(p, calendar, calendars)
    SLOT_AT_END(p, role, roles)
    SLOT_AT_END(p, fact, facts)
    SLOT_AT_END(p, term, terms)
    SLOT_AT_END(p, period, periods)
    SLOT_AT_END(p, event, events)
    SLOT_AT_END(p, state, states)
    SLOT_AT_END(p, track, tracks)
    SLOT_AT_END(p, any_point, any_points)
    SLOT_AT_END(p, must, musts)
    SLOT_AT_END(p, rule, rules)
    SLOT_AT_END(p, scenario, scenarios)
    SLOT_AT_END(p, allow, allows)
}

/* ---- tokens that are wrong in themselves --------------------------------------- */

static const struct {
    const char *code, *text, *help, *replacement;
} troubles[] = {
    [TOKEN_UNCLOSED_TEXT] = {"CF006",
                             "The text that starts here has no closing quote mark on this line",
                             "Text in quotes begins and ends on one line.", NULL},
    [TOKEN_NO_BREAK_SPACE] = {"CF007", "Here stands a special space instead of a plain one",
                              "It often comes along when text is pasted. Type a plain space.",
                              " "},
    [TOKEN_SINGLE_QUOTE] = {"CF001", "Text stands in double quote marks",
                            "For example: \"Review for allocation\"", NULL},
    [TOKEN_DECIMAL] = {"CF001", "Numbers are whole numbers here",
                       "Use a smaller unit, for example 36 hours instead of 1.5 days.", NULL},
    [TOKEN_ISO_DATE] = {"CF011", "Dates are written out", "For example: 1 February 2021", NULL},
    [TOKEN_SIGN] =
        {"CF001", "This sign has no meaning in a flow",
         "A flow is made of words, names, numbers, text in quotes, commas and brackets.", NULL},
};

/* What to write instead of a sign. */
static const char *sign_help(char sign)
{
    static const struct {
        const char *signs, *help;
    } meant[] = {
        {"=", "Write \"is\", for example: risk is high"},
        {"<", "Write \"is under\" or \"is at most\", for example: age is under 12"},
        {">", "Write \"is over\" or \"is at least\", for example: age is over 12"},
        {"&+", "Write \"and\" between what happens or what must hold; lists have commas."},
        {"/",
         "Dates are written out, for example: 1 February 2021. For a choice write \"or\"."},
        {":;.!?", "Leave it out: a clause needs no sign, it ends where the next one begins."},
        {"[]{}", "Conditions are grouped by round brackets; nothing else needs any."},
    };
    for (size_t i = 0; i < sizeof meant / sizeof *meant; i++)
        if (strchr(meant[i].signs, sign))
            return meant[i].help;
    return troubles[TOKEN_SIGN].help;
}

static void report_trouble(Parser *p, Token token)
{
    if (p->reported)
        return;
    p->reported = token.trouble != TOKEN_NO_BREAK_SPACE;
    if (token.trouble == TOKEN_UNCLOSED_TEXT)
        token.length = 1;
    Diag *diag = diag_add(p->diags, token_span(p, token), troubles[token.trouble].code, "%s",
                          troubles[token.trouble].text);
    diag_help(p->diags, diag, "%s",
              token.trouble == TOKEN_SIGN ? sign_help(*token_text(p, token))
                                          : troubles[token.trouble].help);
    if (troubles[token.trouble].replacement)
        diag_replace(p->diags, diag, troubles[token.trouble].replacement);
}

/* The next token worth looking at. */
Token parser_next(Parser *p)
{
    for (;;) {
        Token token = words_next(&p->words);
        if (token.code != TK_ILLEGAL)
            return token;
        report_trouble(p, token);
    }
}

/* The first letter of a name that is not one of a to z; what cannot be seen was
 * reported when the file was looked through. */
static void report_letter(Parser *p, Token token)
{
    const char *text = token_text(p, token);
    uint32_t at = 0, bytes;
    while (at < token.length && (unsigned char)text[at] < 0x80)
        at++;
    int32_t letter = utf8_decode(text + at, token.length - at, &bytes);
    if (character_is_hidden(letter))
        return;
    const char *script = utf8_script(letter);
    Diag *diag = diag_add(p->diags, (Span){p->source, token.offset + at, bytes}, "CF007",
                          "This name contains a %s%sletter that names do not have",
                          script ? script : "", script ? " " : "");
    diag_help(p->diags, diag,
              script ? "It only looks like one of the letters a to z. Retype it."
                     : "Names use the letters a to z, digits and hyphens.");
}

static bool has_only_ascii(const Parser *p, Token token)
{
    for (uint32_t i = 0; i < token.length; i++)
        if ((unsigned char)token_text(p, token)[i] >= 0x80)
            return false;
    return true;
}

/* "Seen" and "see_child" as names are written; NULL where it takes more than that. */
static const char *as_name(const Parser *p, Token token)
{
    if (token.length > LIMIT_NAME_BYTES)
        return NULL;
    char *name = arena_strndup(p->arena, token_text(p, token), token.length);
    for (char *c = name; *c; c++)
        if (*c >= 'A' && *c <= 'Z')
            *c = (char)(*c - 'A' + 'a');
        else if (*c == '_')
            *c = '-';
    size_t plain = strspn(name, "abcdefghijklmnopqrstuvwxyz0123456789-");
    return plain == token.length && *name >= 'a' ? name : NULL;
}

static void check_name(Parser *p, Token token)
{
    if (token.length > LIMIT_NAME_BYTES) {
        Diag *diag = diag_add(p->diags, token_span(p, token), "CF010",
                              "This name is longer than %u letters", LIMIT_NAME_BYTES);
        diag_help(p->diags, diag,
                  "Give it a short name and say the rest in its label, in quotes.");
    }
    if (!token.odd_letters || p->reported)
        return;
    p->reported = true;
    if (!has_only_ascii(p, token)) {
        report_letter(p, token);
        return;
    }
    const char *name = as_name(p, token);
    Diag *diag =
        diag_add(p->diags, token_span(p, token), "CF001", "This is not how a name is written");
    diag_help(p->diags, diag, "Names use small letters, digits and hyphens, for example %s.",
              name ? name : "social-worker");
    if (name)
        diag_replace(p->diags, diag, name);
}

/* ---- feeding ------------------------------------------------------------------- */

/* Blocks and clauses grow with what is read, until the next one begins. */
static void grow_spans(Parser *p, Token token)
{
    if (token_begins_block(token)) {
        p->now.block_span = p->now.clause_span = NULL;
        return;
    }
    if (token.leads && token.code != TK_IF && token.code != TK_REMIND)
        p->now.clause_span = NULL;
    if (p->now.block_span)
        p->now.block_span->length = p->last_end - p->now.block_span->offset;
    if (p->now.clause_span)
        p->now.clause_span->length = p->last_end - p->now.clause_span->offset;
}

void parser_feed(Parser *p, Token token)
{
    if (token.code == TK_NAME && token.length)
        check_name(p, token);
    if (token.trouble == TOKEN_UNCLOSED_TEXT)
        report_trouble(p, token);
    size_t findings = p->diags->count;
    automaton_feed(p->automaton, token.code, token);
    if (p->reported || p->skipping) /* the clause that is built now has had its message */
        diags_keep(p->diags, findings);
    if (p->diags->count > findings)
        p->reported = true;
    if (token.code == TK_END)
        return;
    p->earlier = p->before;
    p->before = token;
    p->last_end = token.offset + token.length;
    if (token.leads)
        p->now.in_as_soon = p->now.once = false;
    grow_spans(p, token);
}

bool parser_accepts(const Parser *p, int code)
{
    return automaton_accepts(p->automaton, code, false);
}

/* ---- the clauses, one by one ------------------------------------------------------ */

/* What does not fit in an `and` after a mistake often only follows from it: were
 * a `then` mistyped, all its `and`s would be read as things that happen. */
static void begin_clause(Parser *p, Token lead)
{
    p->list_reported = lead.code == TK_AND && (p->reported || p->list_reported);
    p->reported = false;
    p->depth = 0;
    p->clause = lead.code;
}

/* A heading that broke off before its name gets one that nobody can have
 * typed, so that what follows still stands in a block of its own. */
static void supply_name(Parser *p)
{
    if (!token_begins_block(p->before) || !parser_accepts(p, TK_NAME))
        return;
    parser_feed(p, (Token){.offset = p->last_end, .code = TK_NAME});
}

/* Where a `then` was broken or swallowed, its `and` lines would be read as more
 * of what stood before it. */
static void begin_skipping(Parser *p, bool heading_lost)
{
    supply_name(p);
    p->skipping = true;
    p->list_lost = p->clause != TK_AND || heading_lost;
}

static bool may_begin_clause(const Parser *p, Token token)
{
    return token.keyword && (keywords[token.keyword - 1].blocks & p->words.block);
}

/* Is it, or does it stand where there should be, a word that begins a clause? In
 * `and then case …` that is the word before it, which passed for a name. */
static bool hides_heading(const Parser *p, Token token)
{
    return token.first_on_line || may_begin_clause(p, token) ||
           (!p->before.leads && may_begin_clause(p, p->before));
}

/* Goes back to where `token`, which begins a clause or ends the file, may come. */
static void resume_at(Parser *p, Token token)
{
    if (p->skipping && p->list_lost && token.code == TK_AND)
        return;
    bool found = automaton_unwind(p->automaton, token.code);
    if (found)
        parser_feed(p, token);
    else
        p->list_lost = true;
    p->skipping = !found;
}

static void take_lead(Parser *p, Token token)
{
    bool fits = !p->skipping && parser_accepts(p, token.code);
    if (fits) {
        parser_feed(p, token); /* ends the clause before */
        begin_clause(p, token);
        return;
    }
    bool finished = p->skipping || parser_accepts(p, TK_END);
    if (!finished) {
        report_unfinished(p, token);
        begin_skipping(p, false);
    }
    begin_clause(p, token);
    if (!p->skipping)
        report_unexpected(p, token);
    resume_at(p, token);
}

static bool nests_too_deep(Parser *p, Token token)
{
    if (token.code == TK_RP && p->depth)
        p->depth--;
    if (token.code != TK_LP || ++p->depth <= LIMIT_NESTING)
        return false;
    if (!p->reported) {
        Diag *diag = diag_add(p->diags, token_span(p, token), "CF010",
                              "This condition is nested more than %u deep", LIMIT_NESTING);
        diag_help(p->diags, diag, "Give parts of it a name with \"term\".");
        p->reported = true;
    }
    return true;
}

static void take_word(Parser *p, Token token);

/* A word that would begin a clause, had the word before it not let the clause go
 * on. False when it is none; else *token becomes that word. */
static bool make_lead(const Parser *p, Token *token)
{
    if (!token->keyword || token->leads || !token->first_on_line)
        return false;
    const Keyword *word = &keywords[token->keyword - 1];
    if (!word->lead || word->lead == word->token || !(word->blocks & p->words.block) ||
        word->lead == TK_AT_L || word->lead == TK_AS_L)
        return false;
    token->code = word->lead;
    token->leads = true;
    return true;
}

/* `go to until`, and on the next line `state b`: `until` was only a name, so the
 * next clause begins after all. */
static bool take_late_lead(Parser *p, Token token)
{
    if (!make_lead(p, &token) || !parser_accepts(p, token.code))
        return false;
    LateLead *late = ARENA_NEW(p->arena, LateLead);
    late->offset = token.offset;
    *p->late_lead = late;
    p->late_lead = &late->next;
    words_enter_block(&p->words, token);
    take_lead(p, token);
    return true;
}

/* `when`, and on the next line `task b`: by the rules of wrapping `task` was read
 * as a name, but `b` after it shows that it was meant to begin a clause. */
static bool take_swallowed_lead(Parser *p, Token token)
{
    Token lead = p->before;
    if (p->reported || !make_lead(p, &lead))
        return false;
    report_stopped(p, lead);
    words_enter_block(&p->words, lead);
    begin_skipping(p, true);
    begin_clause(p, lead);
    resume_at(p, lead);
    take_word(p, token);
    return true;
}

static void take_word(Parser *p, Token token)
{
    if (p->skipping) {
        if (!repair_lead_word(p, &token))
            return;
        words_enter_block(&p->words, token);
        begin_clause(p, token);
        p->reported = true;
        resume_at(p, token);
        return;
    }
    if (nests_too_deep(p, token)) {
        begin_skipping(p, hides_heading(p, token));
        return;
    }
    bool fits =
        mend_phrase(p, &token) || mend_number(p, &token) || parser_accepts(p, token.code);
    if (!fits && take_late_lead(p, token))
        return;
    if (fits || repair_token(p, &token)) {
        if (token.leads) { /* a misspelt heading, mended */
            words_enter_block(&p->words, token);
            p->clause = token.code;
        }
        parser_feed(p, token);
        return;
    }
    if (make_lead(p, &token)) {
        words_enter_block(&p->words, token);
        take_lead(p, token);
        return;
    }
    if (take_swallowed_lead(p, token))
        return;
    report_unexpected(p, token);
    begin_skipping(p, hides_heading(p, token));
}

static void take_end(Parser *p, Token token)
{
    if (!p->skipping && !parser_accepts(p, TK_END))
        report_unfinished(p, token);
    resume_at(p, token);
}

static void read_all(Parser *p)
{
    for (;;) {
        Token token = parser_next(p);
        if (token.code == TK_END) {
            take_end(p, token);
            return;
        }
        if (token.leads)
            take_lead(p, token);
        else
            take_word(p, token);
    }
}

void parse_source(Bundle *bundle, uint32_t source)
{
    Source *from = &bundle->sources[source];
    Parser p = {.bundle = bundle,
                .flow = &bundle->flow,
                .arena = &bundle->arena,
                .diags = &bundle->diags,
                .source = source,
                .late_lead = &from->late_leads,
                .length = (uint32_t)from->length};
    bundle->flow.arena = &bundle->arena;
    p.text = from->clean = scan_clean(p.arena, p.diags, source, from->text, from->length);
    if (!p.text)
        return;
    find_slots(&p);
    if (!bundle->canon)
        canon_prepare(bundle);
    words_start(&p.words, p.text, p.length);
    p.automaton = automaton_new(&p);
    read_all(&p);
    automaton_free(p.automaton);
}

void parser_automaton_disagrees(const Parser *p)
{
    (void)p;
    abort(); /* the legality test let through what the automaton refuses */
}

void parser_out_of_memory(void)
{
    (void)mem_alloc(SIZE_MAX / 2); /* does not return */
}
