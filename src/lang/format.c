#include "lang/format.h"

#include <string.h>

#include "lang/words.h"

#define CLAUSE_INDENT  2
#define BECAUSE_COLUMN 72
#define BECAUSE_LEAST  60
#define LABEL_COLUMN   45 /* of the days in a calendar */
#define LINE_WIDTH     100
#define BLANKS_KEPT    2 /* empty lines in a row */

/* A line is put together in two parts, since what closes it stands in a column. */
typedef struct Formatter {
    Words reader;
    const char *text; /* clean: see lang/scan.h */
    uint32_t length;
    Text *out;
    Text words, because, comment;
    int indent; /* of the line in hand */
    bool in_because;
    bool in_clause; /* below a clause within a block; else below a heading */
    bool deep;      /* the line before was a part of the clause, not its head */
    uint32_t end;   /* of the token before */
    Token before;
} Formatter;

/* ---- lines --------------------------------------------------------------------- */

static int width_of(const Text *text)
{
    int width = 0;
    for (size_t i = 0; i < text->length; i++)
        width += ((unsigned char)text->data[i] & 0xC0) != 0x80;
    return width;
}

static void pad(Text *out, int blanks)
{
    for (int i = 0; i < blanks; i++)
        text_add_char(out, ' ');
}

static void add_because(Formatter *f)
{
    int width = width_of(&f->because),
        words = f->words.length ? f->indent + width_of(&f->words) : 0;
    int column = BECAUSE_COLUMN;
    if (column + width > LINE_WIDTH) /* a little to the left, or not in a column at all */
        column = LINE_WIDTH - width >= BECAUSE_LEAST ? LINE_WIDTH - width : f->indent;
    if (words && words + 1 > column && words + 1 + width > LINE_WIDTH) {
        text_add_char(f->out, '\n');
        words = 0;
    }
    pad(f->out, words + 1 > column && words ? 1 : column - words);
    text_add(f->out, text_get(&f->because));
}

/* Writes the line in hand, if there is one. */
static void end_line(Formatter *f)
{
    if (f->words.length) {
        pad(f->out, f->indent);
        text_add(f->out, text_get(&f->words));
    }
    if (f->because.length)
        add_because(f);
    if (f->comment.length) {
        pad(f->out, f->words.length || f->because.length ? 2 : f->indent);
        text_add(f->out, text_get(&f->comment));
    }
    if (f->words.length || f->because.length || f->comment.length)
        text_add_char(f->out, '\n');
    text_reset(&f->words);
    text_reset(&f->because);
    text_reset(&f->comment);
}

/* ---- where a line begins ---------------------------------------------------------- */

static bool is_scenario_line(const Formatter *f, Token token)
{
    return f->reader.block == BLOCK_SCENARIO &&
           (token.leads || token.code == TK_WHEN || token.code == TK_AND);
}

/* Conditions and the like go on with the part of a clause above them. */
static bool goes_on(Token token)
{
    switch (token.code) {
    case TK_WHEN:
    case TK_OTHERWISE:
    case TK_AND:
    case TK_OR:
    case TK_IS:
    case TK_OF:
    case TK_IN:
    case TK_FROM:
        return true;
    default:
        return false;
    }
}

/* `if missed` and `remind` begin clauses, but belong to the work above them. */
static bool belongs_to_work(const Formatter *f, Token token)
{
    if (!token.leads || !(f->reader.block & (BLOCK_STATE | BLOCK_TRACK)))
        return false;
    const char *word = keywords[token.keyword - 1].text;
    return strcmp(word, "if") == 0 || strcmp(word, "remind") == 0;
}

static void begin_line(Formatter *f, Token token, bool wrapped)
{
    f->in_because = f->in_because && wrapped;
    if (belongs_to_work(f, token)) {
        f->indent = 2 * CLAUSE_INDENT;
        f->in_clause = f->deep = true;
    } else if (token_begins_block(token) || token.code == TK_END) {
        f->indent = 0;
        f->in_clause = f->deep = false;
    } else if (is_scenario_line(f, token) || token.leads) {
        f->indent = CLAUSE_INDENT;
        f->in_clause = f->reader.block != BLOCK_EVENT; /* `opens a case` is one part of many */
        f->deep = false;
    } else if (token.code != TK_BECAUSE) {
        bool more = wrapped || (f->deep && goes_on(token));
        f->indent = CLAUSE_INDENT * (1 + f->in_clause + more);
        f->deep = f->deep || !wrapped;
    }
}

/* ---- between two tokens ------------------------------------------------------------ */

static uint32_t comment_end(const Formatter *f, uint32_t at)
{
    const char *newline = memchr(f->text + at, '\n', f->length - at);
    uint32_t end = newline ? (uint32_t)(newline - f->text) : f->length;
    while (end > at && strchr(" \t\r", f->text[end - 1]))
        end--;
    return end;
}

static void add_blank_lines(Formatter *f, int newlines)
{
    int blanks = newlines - 1 < BLANKS_KEPT ? newlines - 1 : BLANKS_KEPT;
    for (int i = 0; i < blanks && f->out->length; i++)
        text_add_char(f->out, '\n');
}

/* Comments between the token before and `token`, each where it stood: behind its
 * line, or on one of its own before the next. */
static void take_gap(Formatter *f, Token token, bool wrapped)
{
    int newlines = 0;
    bool first_line = f->before.code == TK_END, broken = first_line;
    if (first_line)
        begin_line(f, token, false);
    for (uint32_t at = f->end; at < token.offset; at++) {
        char c = f->text[at];
        newlines += c == '\n';
        if (c == '\n' && newlines == 1 && !broken) {
            end_line(f);
            begin_line(f, token, wrapped);
            broken = true;
        }
        if (c != '#')
            continue;
        if (broken)
            add_blank_lines(f, newlines);
        uint32_t end = comment_end(f, at);
        text_add_bytes(&f->comment, f->text + at, end - at);
        if (broken)
            end_line(f);
        newlines = 0;
        at = end - 1;
    }
    if (broken && token.code != TK_END)
        add_blank_lines(f, newlines);
}

/* ---- words ------------------------------------------------------------------------- */

static bool stands_close(Token before, Token token)
{
    return token.code == TK_COMMA || token.code == TK_RP || before.code == TK_LP ||
           before.code == TK_DASH; /* the sign of a number */
}

/* Quote marks become straight ones. */
static void add_token(Formatter *f, Text *part, Token token)
{
    const char *text = f->text + token.offset;
    if (token.code != TK_STRING) {
        text_add_bytes(part, text, token.length);
        return;
    }
    uint32_t first = (unsigned char)text[0] < 0x80 ? 1 : 3;
    uint32_t last = (unsigned char)text[token.length - 1] < 0x80 ? 1 : 3;
    text_add_char(part, '"');
    text_add_bytes(part, text + first, token.length - first - last);
    text_add_char(part, '"');
}

static void take_token(Formatter *f, Token token)
{
    if (token.code == TK_BECAUSE)
        f->in_because = true;
    else if (token.leads)
        f->in_because = false;
    Text *part = f->in_because ? &f->because : &f->words;
    if (part->length && !stands_close(f->before, token))
        text_add_char(part, ' ');
    if (f->reader.block == BLOCK_CALENDAR && token.code == TK_STRING && f->indent)
        pad(part, LABEL_COLUMN - f->indent - width_of(part));
    add_token(f, part, token);
}

void format_source(Bundle *bundle, uint32_t source, Text *out)
{
    const Source *from = &bundle->sources[source];
    Formatter f = {.out = out, .text = from->clean, .length = (uint32_t)from->length};
    if (!f.text)
        return;
    words_start(&f.reader, f.text, f.length);
    f.reader.late = from->late_leads;
    for (;;) {
        bool wrapped = f.reader.wraps;
        Token token = words_next(&f.reader);
        take_gap(&f, token, wrapped);
        if (token.code == TK_END)
            break;
        take_token(&f, token);
        f.end = token.offset + token.length;
        f.before = token;
    }
    end_line(&f);
    text_clear(&f.words);
    text_clear(&f.because);
    text_clear(&f.comment);
}
