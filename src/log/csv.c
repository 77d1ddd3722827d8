#include "log/csv.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/utf8.h"
#include "log/encoding.h"

enum { PLAIN, HIGH, STOP }; /* kinds of bytes; NUL counts as HIGH: it needs a look */

void csv_begin(Csv *csv, Source *source, const char *path, char separator, char quote,
               LogEncoding encoding)
{
    *csv = (Csv){.source = source,
                 .path = path,
                 .separator = separator,
                 .separators = UINT64_C(0x0101010101010101) * (unsigned char)separator,
                 .quote = quote,
                 .encoding = encoding,
                 .next_line = 1};
    memset(csv->kinds + 0x80, HIGH, 0x80);
    csv->kinds[0] = HIGH;
    csv->kinds[(unsigned char)separator] = STOP;
    csv->kinds['\n'] = csv->kinds['\r'] = STOP;
}

void csv_clear(Csv *csv)
{
    free(csv->converted);
    *csv = (Csv){0};
}

/* How a scan of the record ended. */
typedef enum Scan {
    SCAN_FAILED,
    SCAN_DONE,
    SCAN_SHORT /* the window ends first: more is needed, then from the start */
} Scan;

typedef struct Scanner {
    Csv *csv;
    const char *at, *end; /* `end` is a line end that is not part of the text */
    const char *text_end; /* where the record's line end begins, once it is met */
    uint64_t lines;       /* line ends met */
    bool doubled;         /* some cell holds a doubled quote */
    Error *err;
} Scanner;

static bool failed_at(const Csv *csv, uint64_t line, const char *what, Error *err)
{
    return error_set(err, "%s:%llu: %s", csv->path, (unsigned long long)line, what);
}

static bool check_field(const Csv *csv, size_t length, Error *err)
{
    return length <= LIMIT_CSV_FIELD_BYTES ||
           error_kind(err, ERROR_LIMIT,
                      "%s:%llu: a cell of more than %u bytes in the row that begins here; "
                      "perhaps a quote is never closed",
                      csv->path, (unsigned long long)csv->next_line, LIMIT_CSV_FIELD_BYTES);
}

static bool check_record(const Csv *csv, size_t length, Error *err)
{
    return length <= LIMIT_CSV_RECORD_BYTES ||
           error_kind(err, ERROR_LIMIT,
                      "%s:%llu: the row that begins here has more than %u bytes; perhaps a "
                      "quote is never closed",
                      csv->path, (unsigned long long)csv->next_line, LIMIT_CSV_RECORD_BYTES);
}

/* ---- cells ------------------------------------------------------------------- */

static void keep_cell(Csv *csv, const char *text, size_t length)
{
    if (csv->count < LIMIT_CSV_COLUMNS)
        csv->cells[csv->count] = (LogText){text, length};
    csv->count++;
}

/* Eight bytes, the first in the lowest place. Behind `end` there are as many to read. */
static uint64_t load_8(const char *at)
{
    uint64_t word;
    memcpy(&word, at, sizeof word);
#if __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__
    word = __builtin_bswap64(word);
#endif
    return word;
}

/* The highest bit of each byte that may be more than text: the separator, all under a
 * blank, all that is not ASCII. Adding to the lower seven bits of a byte never carries
 * into the next. */
static uint64_t marks_in(uint64_t word, uint64_t separators)
{
    const uint64_t low = 0x7f7f7f7f7f7f7f7f, high = 0x8080808080808080;
    uint64_t other = word ^ separators; /* nought where the separator stands */
    uint64_t is_text = (word & low) + 0x6060606060606060;
    uint64_t is_other = ((other & low) + low) | other;
    return (word | ~is_text | ~is_other) & high;
}

/* Cells up to the end of the record, or up to one that may be quoted: s->at is left at
 * the separator or line end behind the last of them. */
static Scan scan_plain(Scanner *s)
{
    Csv *csv = s->csv;
    const char *start = s->at;
    for (const char *eight = start;; eight += sizeof(uint64_t)) {
        uint64_t marks = marks_in(load_8(eight), csv->separators);
        for (; marks; marks &= marks - 1) {
            const char *at = eight + __builtin_ctzll(marks) / 8;
            uint8_t kind = csv->kinds[(unsigned char)*at];
            csv->has_high |= kind == HIGH;
            if (kind != STOP)
                continue;
            keep_cell(csv, start, (size_t)(at - start));
            if (!check_field(csv, (size_t)(at - start), s->err))
                return SCAN_FAILED;
            s->at = at;
            start = at + 1;
            if (*at != csv->separator || *start == csv->quote)
                return SCAN_DONE;
        }
    }
}

/* Counts the line ends of a quoted cell, CRLF as one, and notes what is not ASCII. */
static void look_through(Scanner *s, const char *from, const char *to)
{
    for (const char *at = from; at < to; at++) {
        s->lines += *at == '\n' ? 1 : *at == '\r' && (at + 1 == to || at[1] != '\n');
        s->csv->has_high |= s->csv->kinds[(unsigned char)*at] == HIGH;
    }
}

static Scan never_closed(const Scanner *s)
{
    failed_at(s->csv, s->csv->next_line,
              "a quote in the row that begins here is never closed: close it, or, if quotes "
              "are not special in this file, give --quote none",
              s->err);
    return SCAN_FAILED;
}

static Scan scan_quoted(Scanner *s)
{
    Csv *csv = s->csv;
    const char *start = s->at + 1, *at = start;
    for (;;) {
        const char *close = memchr(at, csv->quote, (size_t)(s->end - at));
        if (!close || close + 1 == s->end) {
            if (!csv->source->at_end)
                return SCAN_SHORT;
            if (!close)
                return never_closed(s);
        }
        at = close + 1;
        if (at == s->end || *at != csv->quote)
            break;
        s->doubled = true;
        at++;
    }
    look_through(s, start, at - 1);
    s->at = at;
    keep_cell(csv, start, (size_t)(at - 1 - start));
    if (!check_field(csv, (size_t)(at - 1 - start), s->err))
        return SCAN_FAILED;
    if (csv->kinds[(unsigned char)*at] == STOP)
        return SCAN_DONE;
    failed_at(csv, csv->next_line,
              "text follows a closing quote in the row that begins here: a quote inside a "
              "quoted cell is written twice",
              s->err);
    return SCAN_FAILED;
}

/* The line end at s->at; a CR at the very end of the window may be half of one. */
static Scan take_line_end(Scanner *s)
{
    bool more_follows = !s->csv->source->at_end;
    if (s->at == s->end)
        return more_follows ? SCAN_SHORT : SCAN_DONE;
    if (*s->at++ == '\r') {
        if (s->at == s->end && more_follows)
            return SCAN_SHORT;
        if (s->at < s->end && *s->at == '\n')
            s->at++;
    }
    s->lines++;
    return SCAN_DONE;
}

static Scan scan_record(Scanner *s)
{
    Csv *csv = s->csv;
    csv->count = 0;
    csv->has_high = false;
    for (;;) {
        bool quoted = csv->quote && s->at < s->end && *s->at == csv->quote;
        Scan scan = quoted ? scan_quoted(s) : scan_plain(s);
        if (scan != SCAN_DONE)
            return scan;
        if (s->at == s->end || *s->at != csv->separator) {
            s->text_end = s->at;
            return take_line_end(s);
        }
        s->at++;
    }
}

/* ---- text -------------------------------------------------------------------- */

/* Two quotes stand for one. In place: the record will not be scanned again. */
static size_t halve_quotes(char *text, size_t length, char quote)
{
    size_t to = 0;
    for (size_t from = 0; from < length; from++) {
        text[to++] = text[from];
        if (text[from] == quote && from + 1 < length && text[from + 1] == quote)
            from++;
    }
    return to;
}

static void halve_all(Csv *csv)
{
    char *window = csv->source->data;
    for (uint32_t i = 0; i < csv->count && i < LIMIT_CSV_COLUMNS; i++) {
        LogText *cell = &csv->cells[i];
        bool quoted = cell->text > window && cell->text[-1] == csv->quote;
        if (quoted)
            cell->length =
                halve_quotes(window + (cell->text - window), cell->length, csv->quote);
    }
}

/* Every cell anew, in UTF-8: at most three bytes for one. */
static void convert_all(Csv *csv, size_t record_length)
{
    csv->converted =
        mem_grow(csv->converted, &csv->converted_capacity, record_length * 3 + 1, 1);
    size_t used = 0;
    for (uint32_t i = 0; i < csv->count && i < LIMIT_CSV_COLUMNS; i++) {
        LogText *cell = &csv->cells[i];
        char *to = csv->converted + used;
        size_t length = encoding_to_utf8(csv->encoding, *cell, to, &csv->is_bad_text);
        *cell = (LogText){to, length};
        used += length;
    }
}

static void finish_text(Csv *csv, const Scanner *s, const char *start)
{
    size_t length = (size_t)(s->at - start);
    csv->is_bad_text = false;
    if (s->doubled)
        halve_all(csv);
    if (csv->has_high && csv->encoding == ENCODING_UTF_8)
        csv->is_bad_text = !utf8_is_valid(start, length);
    else if (csv->has_high)
        convert_all(csv, length);
}

/* ---- records ----------------------------------------------------------------- */

static CsvStep read_record(Csv *csv, Error *err)
{
    Source *source = csv->source;
    for (;;) {
        const char *start = source->data + source->start;
        Scanner s = {.csv = csv, .at = start, .end = source->data + source->end, .err = err};
        if (s.at == s.end && source->at_end)
            return CSV_END;
        Scan scan = scan_record(&s);
        const char *text_end = s.text_end ? s.text_end : s.end;
        if (scan == SCAN_FAILED || !check_record(csv, (size_t)(text_end - start), err))
            return CSV_FAILED;
        if (scan == SCAN_DONE) {
            csv->line = csv->next_line;
            csv->next_line += s.lines;
            finish_text(csv, &s, start);
            source->start += (size_t)(s.at - start);
            return CSV_RECORD;
        }
        if (!source_more(source, err))
            return CSV_FAILED;
    }
}

CsvStep csv_next(Csv *csv, Error *err)
{
    CsvStep step;
    do
        step = read_record(csv, err);
    while (step == CSV_RECORD && csv->count == 1 && csv->cells[0].length == 0);
    return step;
}
