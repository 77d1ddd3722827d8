#include "lang/scan.h"

#include <string.h>

#include "base/limits.h"
#include "base/utf8.h"

typedef struct Scan {
    Arena *arena;
    Diags *diags;
    uint32_t source;
    const unsigned char *text;
    size_t length, at, line_start;
    uint32_t line;
    char *copy;               /* the cleaned text, once something had to be changed */
    bool bad_encoding;        /* was reported: once a file is enough */
    bool line_reported;       /* this line has had its message */
    bool in_text, in_comment; /* within quotation marks; after # */
} Scan;

static bool is_between(int32_t code, int32_t first, int32_t last)
{
    return code >= first && code <= last;
}

/* No width: harmless in a label (some letters are joined by them), not elsewhere. */
static bool is_invisible(int32_t code)
{
    return is_between(code, 0x200b, 0x200d) || code == 0x2060 || code == 0xfeff ||
           code == 0xad || is_between(code, 0xfe00, 0xfe0f) ||
           is_between(code, 0xe0000, 0xe01ef);
}

/* Line ends that some programs write and others do not see. */
static bool is_line_end(int32_t code)
{
    return code == '\r' || code == 0x85 || is_between(code, 0x2028, 0x2029);
}

/* What cannot be seen on the screen, in words; NULL for other characters. */
static const char *hidden_kind(int32_t code)
{
    if (is_invisible(code))
        return "an invisible character";
    if (is_between(code, 0x200e, 0x200f) || code == 0x61c || is_between(code, 0x202a, 0x202e) ||
        is_between(code, 0x2066, 0x2069))
        return "a hidden mark that changes the reading direction";
    if (is_line_end(code))
        return "an unusual line end, which does not end the line";
    if (code < 0x20 || is_between(code, 0x7f, 0x9f))
        return "a control character";
    return NULL;
}

bool character_is_hidden(int32_t code)
{
    return hidden_kind(code) != NULL;
}

const char *utf8_script(int32_t code)
{
    if (is_between(code, 0x400, 0x52f))
        return "Cyrillic";
    return is_between(code, 0x370, 0x3ff) ? "Greek" : NULL;
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
                 "not UTF-8 (0x%02X, byte %zu of the file)",
                 scan->line, scan->text[scan->at], scan->at + 1);
    diag_help(scan->diags, diag, "Save the file again as UTF-8.");
}

static Diag *report_character(Scan *scan, Severity severity, uint32_t bytes, const char *text)
{
    scan->line_reported = true;
    return diag_add_severity(scan->diags, severity,
                             (Span){scan->source, (uint32_t)scan->at, bytes}, "CF007", "%s",
                             text);
}

static bool is_latin(unsigned char byte)
{
    return is_between(byte, 'A', 'Z') || is_between(byte, 'a', 'z');
}

/* Does it stand directly beside a letter? */
static bool touches_letter(const Scan *scan, uint32_t bytes)
{
    return (scan->at && is_latin(scan->text[scan->at - 1])) ||
           (scan->at + bytes < scan->length && is_latin(scan->text[scan->at + bytes]));
}

/* Inside a word the character is left to the lexer, which passes over it, so
 * that the word stays one word; elsewhere it becomes a blank, or the end of the
 * line that was meant. */
static void hidden_character(Scan *scan, int32_t code, uint32_t bytes, const char *kind)
{
    if (is_line_end(code) && !scan->in_text)
        replace(scan, bytes, '\n');
    else if (code < 0xa0 || (!scan->in_text && !touches_letter(scan, bytes)))
        replace(scan, bytes, ' ');
    if (scan->line_reported)
        return;
    bool harmless = scan->in_text && is_invisible(code);
    const char *text =
        arena_format(&scan->diags->arena, "Here stands %s (U+%04X)", kind, (unsigned)code);
    Diag *diag =
        report_character(scan, harmless ? SEVERITY_WARNING : SEVERITY_ERROR, bytes, text);
    diag_help(scan->diags, diag, "It often comes along when text is pasted. Take it away.");
    diag_replace(scan->diags, diag, "");
}

/* A word of a label that mixes two alphabets looks like another word. (In a name
 * the parser refuses such letters.) */
static void mixed_alphabets(Scan *scan, uint32_t bytes)
{
    if (!scan->in_text || scan->line_reported || !touches_letter(scan, bytes))
        return;
    Diag *diag = report_character(scan, SEVERITY_WARNING, bytes,
                                  "This word mixes letters of two alphabets");
    diag_help(scan->diags, diag, "It may look like a word that it is not. Retype it.");
}

/* Marks that are set on the letter before them, and the letters that Unicode also
 * has with the mark on (canonical composition, UnicodeData 15). */
static const struct {
    int32_t mark;
    const char *letters;
} composed[] = {
    {0x300, "aeinouwy"},
    {0x301, "acegiklmnoprsuwyz"},
    {0x302, "aceghijosuwyz"},
    {0x303, "aeinouvy"},
    {0x304, "aegiouy"},
    {0x306, "aegiou"},
    {0x307, "abcdefghmnoprstwxyz"},
    {0x308, "aehiotuwxy"},
    {0x30a, "auwy"},
    {0x30b, "ou"},
    {0x30c, "acdeghijklnorstuz"},
    {0x327, "cdeghklnrst"},
    {0x328, "aeiou"},
};

static bool is_composed_elsewhere(int32_t code, unsigned char letter)
{
    for (size_t i = 0; i < sizeof composed / sizeof *composed; i++)
        if (composed[i].mark == code)
            return is_latin(letter) && strchr(composed[i].letters, letter | 0x20);
    return false;
}

/* Two texts that look the same and are not: a flag that a scenario looks for by its
 * text would not be found. */
static void loose_mark(Scan *scan, int32_t code, uint32_t bytes)
{
    if (!scan->in_text || scan->line_reported || scan->at == 0 ||
        !is_composed_elsewhere(code, scan->text[scan->at - 1]))
        return;
    scan->at--;
    Diag *diag = report_character(scan, SEVERITY_WARNING, bytes + 1,
                                  "This letter is made of two characters, a plain letter and "
                                  "its mark");
    scan->at++;
    diag_help(scan->diags, diag,
              "It looks like the letter that is typed as one, but to a computer it is another "
              "word. Retype it.");
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
    scan->line_reported = scan->in_text = scan->in_comment = false;
}

/* Letters of plain English stand every second or fourth byte there. */
const char *scan_wide_encoding(const char *text, size_t length)
{
    static const struct {
        const char *bytes; /* x: not zero */
        size_t count;
        const char *name;
    } starts[] = {
        {"\xff\xfe\0\0", 4, "UTF-32"}, {"\0\0\xfe\xff", 4, "UTF-32"}, {"x\0\0\0", 4, "UTF-32"},
        {"\0\0\0x", 4, "UTF-32"},      {"\xff\xfe", 2, "UTF-16"},     {"\xfe\xff", 2, "UTF-16"},
        {"x\0x\0", 4, "UTF-16"},       {"\0x\0x", 4, "UTF-16"},
    };
    for (size_t i = 0; i < sizeof starts / sizeof *starts; i++) {
        size_t at = 0;
        while (at < starts[i].count && at < length &&
               (starts[i].bytes[at] == 'x' ? text[at] != 0 : text[at] == starts[i].bytes[at]))
            at++;
        if (at == starts[i].count)
            return starts[i].name;
    }
    return NULL;
}

/* One in sixteen: more than slips; packed or pictured bytes have one in eight. */
bool scan_is_binary(const char *text, size_t length)
{
    size_t looked_at = length < 512 ? length : 512, odd = 0;
    for (size_t i = 0; i < looked_at; i++) {
        unsigned char byte = (unsigned char)text[i];
        odd += !byte || byte == 0x7f || (byte < 0x20 && !strchr("\t\n\r\f", byte));
    }
    return looked_at >= 16 && odd * 16 > looked_at;
}

static void note_quote(Scan *scan, int32_t code)
{
    bool quote = code == '"' || is_between(code, 0x201c, 0x201f);
    if (quote && !scan->in_comment)
        scan->in_text = !scan->in_text;
    if (code == '#' && !scan->in_text)
        scan->in_comment = true;
}

static void check_character(Scan *scan, int32_t code, uint32_t bytes)
{
    size_t next = scan->at + 1;
    bool ends_line = code == '\r' && next < scan->length && scan->text[next] == '\n';
    const char *kind = code == '\t' || ends_line ? NULL : hidden_kind(code);
    if (kind)
        hidden_character(scan, code, bytes, kind);
    else if (utf8_script(code))
        mixed_alphabets(scan, bytes);
    else if (is_between(code, 0x300, 0x328))
        loose_mark(scan, code, bytes);
}

static bool is_plain(unsigned char byte)
{
    return byte >= 0x20 && byte < 0x7f && byte != '"' && byte != '#';
}

/* Nearly all of a source is plain, so eight bytes are looked at together: the top
 * bit of a byte comes to be set in `odd` where it is not printable, and in `marks`
 * where it is one of the neighbours " and #. */
static void skip_plain(Scan *scan)
{
    const uint64_t ones = UINT64_C(0x0101010101010101), tops = ones << 7;
    for (uint64_t word; scan->at + sizeof word <= scan->length; scan->at += sizeof word) {
        memcpy(&word, scan->text + scan->at, sizeof word);
        uint64_t odd = word | (word - ones * 0x20) | (word + ones);
        uint64_t other = (word ^ ones * '"') & ~ones;
        uint64_t marks = (other - ones) & ~other;
        if ((odd | marks) & tops)
            break;
    }
    while (scan->at < scan->length && is_plain(scan->text[scan->at]))
        scan->at++;
}

static void scan_one(Scan *scan)
{
    uint32_t bytes;
    int32_t code =
        utf8_decode((const char *)scan->text + scan->at, scan->length - scan->at, &bytes);
    if (code == '\n')
        end_line(scan);
    else if (code < 0)
        bad_bytes(scan);
    else if (code < 0x20 || code >= 0x7f)
        check_character(scan, code, bytes);
    note_quote(scan, code);
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
    const char *wide = scan_wide_encoding(text, length);
    if (wide) {
        Diag *diag = diag_add(diags, (Span){source, 0, 1}, "CF008",
                              "This file looks like %s, which some editors call Unicode", wide);
        diag_help(diags, diag, "Save the file again as UTF-8.");
        return NULL;
    }
    if (length >= 3 && memcmp(text, "\xef\xbb\xbf", 3) == 0) { /* a mark of the encoding */
        replace(&scan, 3, ' ');
        scan.at = 3;
    }
    while (scan.at < length) {
        skip_plain(&scan);
        if (scan.at < length)
            scan_one(&scan);
    }
    end_line(&scan);
    return scan.copy ? scan.copy : text;
}
