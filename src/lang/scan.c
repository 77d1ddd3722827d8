#include "lang/scan.h"

#include <string.h>

#include "base/limits.h"

typedef struct Scan {
    Arena *arena;
    Diags *diags;
    uint32_t source;
    const unsigned char *text;
    size_t length, at, line_start;
    uint32_t line;
    char *copy;         /* the cleaned text, once something had to be changed */
    bool bad_encoding;  /* was reported: once a file is enough */
    bool line_reported; /* this line has had its message */
} Scan;

static bool is_tail(unsigned char byte)
{
    return (byte & 0xc0) == 0x80;
}

int32_t utf8_decode(const unsigned char *text, size_t length, uint32_t *bytes)
{
    static const int32_t smallest[5] = {0, 0, 0x80, 0x800, 0x10000};
    unsigned char first = text[0];
    uint32_t need = first < 0x80 ? 1 : first >= 0xf0 ? 4 : first >= 0xe0 ? 3 : 2;
    *bytes = 1;
    if (need == 1)
        return first;
    if (first < 0xc2 || first > 0xf4 || need > length)
        return -1;
    int32_t code = first & (0x7f >> need);
    for (uint32_t i = 1; i < need; i++) {
        if (!is_tail(text[i]))
            return -1;
        code = code << 6 | (text[i] & 0x3f);
    }
    if (code < smallest[need] || code > 0x10ffff || (code >= 0xd800 && code <= 0xdfff))
        return -1;
    *bytes = need;
    return code;
}

/* Characters that are not seen: zero width, or turning the reading order. */
static const char *hidden_kind(int32_t code)
{
    if (code == 0x200b || code == 0x200c || code == 0x200d || code == 0x2060 ||
        code == 0xfeff || code == 0xad)
        return "an invisible character";
    if (code == 0x200e || code == 0x200f || code == 0x61c ||
        (code >= 0x202a && code <= 0x202e) || (code >= 0x2066 && code <= 0x2069))
        return "a hidden mark that changes the reading direction";
    if (code < 0x20 || (code >= 0x7f && code < 0xa0))
        return "a control character";
    return NULL;
}

static void replace(Scan *scan, uint32_t bytes, char with)
{
    if (!scan->copy)
        scan->copy = arena_strndup(scan->arena, (const char *)scan->text, scan->length);
    memset(scan->copy + scan->at, with, bytes);
}

static void bad_bytes(Scan *scan)
{
    replace(scan, 1, 'x');
    if (scan->bad_encoding)
        return;
    scan->bad_encoding = true;
    Diag *diag =
        diag_add(scan->diags, (Span){scan->source, (uint32_t)scan->at, 1}, "CF008",
                 "This file was saved in an old encoding: line %u holds a byte that is "
                 "not UTF-8",
                 scan->line);
    diag_help(scan->diags, diag, "Save the file again as UTF-8.");
}

/* Inside a word the character is left to the lexer, which passes over it, so
 * that the word stays one word; a control character becomes a blank. */
static void hidden_character(Scan *scan, int32_t code, uint32_t bytes, const char *kind)
{
    if (code < 0xa0)
        replace(scan, bytes, ' ');
    if (scan->line_reported)
        return;
    scan->line_reported = true;
    Diag *diag = diag_add(scan->diags, (Span){scan->source, (uint32_t)scan->at, bytes}, "CF007",
                          "Here stands %s (U+%04X)", kind, (unsigned)code);
    diag_help(scan->diags, diag, "It often comes along when text is pasted. Take it away.");
    diag_replace(scan->diags, diag, "");
}

static void end_line(Scan *scan)
{
    if (scan->at - scan->line_start > LIMIT_LINE_BYTES) {
        Span span = {scan->source, (uint32_t)scan->line_start, 1};
        Diag *diag = diag_add(scan->diags, span, "CF010", "Line %u is longer than %u bytes",
                              scan->line, LIMIT_LINE_BYTES);
        diag_help(scan->diags, diag,
                  "Wrap it: a clause may go on over as many lines as it needs.");
    }
    scan->line++;
    scan->line_start = scan->at + 1;
    scan->line_reported = false;
}

static bool is_utf16(const unsigned char *text, size_t length)
{
    if (length >= 2 &&
        ((text[0] == 0xff && text[1] == 0xfe) || (text[0] == 0xfe && text[1] == 0xff)))
        return true;
    return length >= 4 && ((!text[0] && text[1] && !text[2] && text[3]) ||
                           (text[0] && !text[1] && text[2] && !text[3]));
}

static void scan_one(Scan *scan)
{
    unsigned char byte = scan->text[scan->at];
    uint32_t bytes = 1;
    if (byte == '\n') {
        end_line(scan);
    } else if (byte >= 0x80 || byte < 0x20 || byte == 0x7f) {
        int32_t code = utf8_decode(scan->text + scan->at, scan->length - scan->at, &bytes);
        const char *kind = code < 0 ? NULL : hidden_kind(code);
        if (code < 0)
            bad_bytes(scan);
        else if (kind && code != '\t' && code != '\r')
            hidden_character(scan, code, bytes, kind);
    }
    scan->at += bytes;
}

const char *scan_clean(Arena *arena, Diags *diags, uint32_t source, const char *text,
                       size_t length)
{
    Scan scan = {.arena = arena,
                 .diags = diags,
                 .source = source,
                 .line = 1,
                 .text = (const unsigned char *)text,
                 .length = length};
    if (is_utf16(scan.text, length)) {
        Diag *diag = diag_add(diags, (Span){source, 0, 1}, "CF008",
                              "This file was saved as UTF-16, which some editors call Unicode");
        diag_help(diags, diag, "Save the file again as UTF-8.");
        return NULL;
    }
    if (length >= 3 && memcmp(text, "\xef\xbb\xbf", 3) == 0) { /* a mark of the encoding */
        replace(&scan, 3, ' ');
        scan.at = 3;
    }
    while (scan.at < length)
        scan_one(&scan);
    end_line(&scan);
    return scan.copy ? scan.copy : text;
}
