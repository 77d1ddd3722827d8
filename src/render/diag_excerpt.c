#include "render/diag_excerpt.h"

#include <string.h>

#include "render/safe.h"

#define WIDTH     100u /* columns of a line that are shown */
#define LEAD      24u  /* of them, before a mark that stands far to the right */
#define TAB_WIDTH 4u

static bool is_start(char byte)
{
    return ((unsigned char)byte & 0xC0) != 0x80;
}

static size_t columns_of(const Text *text)
{
    size_t columns = 0;
    for (size_t i = 0; i < text->length; i++)
        columns += is_start(text->data[i]);
    return columns;
}

/* Tabs become blanks up to the next stop; everything else is made safe. */
static void add_shown(Text *shown, const char *bytes, size_t length)
{
    size_t start = 0;
    for (size_t i = 0; i <= length; i++) {
        if (i < length && bytes[i] != '\t')
            continue;
        safe_add_bytes(shown, bytes + start, i - start);
        start = i + 1;
        if (i < length)
            for (size_t at = columns_of(shown), to = at + TAB_WIDTH - at % TAB_WIDTH; at < to;
                 at++)
                text_add_char(shown, ' ');
    }
}

/* Columns [from, to) of a text. */
static void add_columns(Text *out, const Text *text, size_t from, size_t to)
{
    size_t column = 0;
    for (size_t i = 0; i < text->length; i++) {
        column += is_start(text->data[i]);
        if (column > from && column <= to)
            text_add_char(out, text->data[i]);
    }
}

typedef struct Shown {
    Text line;
    size_t mark, mark_end; /* columns, from 0 */
    uint32_t number;
} Shown;

static Shown show_line(const Source *source, Span span)
{
    Shown shown = {.number = source_place(source, span.offset).line};
    size_t length;
    const char *line = source_line(source, shown.number, &length);
    size_t start = (size_t)(line - source->text);
    size_t from = span.offset > start ? span.offset - start : 0;
    if (from > length)
        from = length;
    size_t to = span.length > length - from ? length : from + span.length;
    add_shown(&shown.line, line, from);
    shown.mark = columns_of(&shown.line);
    add_shown(&shown.line, line + from, to - from);
    shown.mark_end = columns_of(&shown.line);
    add_shown(&shown.line, line + to, length - to);
    return shown;
}

static void add_times(Text *out, const char *what, size_t times)
{
    for (size_t i = 0; i < times; i++)
        text_add(out, what);
}

void diag_excerpt(const Bundle *bundle, Span span, const char *label, const char *mark_on,
                  const char *mark_off, Text *out)
{
    Shown shown = show_line(&bundle->sources[span.file], span);
    size_t width = columns_of(&shown.line);
    size_t from = shown.mark_end > WIDTH && shown.mark > LEAD ? shown.mark - LEAD : 0;
    size_t to = width - from > WIDTH ? from + WIDTH : width;
    size_t end = shown.mark_end > to ? to : shown.mark_end;
    text_addf(out, "%5u | %s", shown.number, from ? "..." : "");
    add_columns(out, &shown.line, from, to);
    text_addf(out, "%s\n      | ", to < width ? "..." : "");
    add_times(out, " ", shown.mark - from + (from ? 3 : 0));
    text_add(out, mark_on);
    add_times(out, "-", end > shown.mark ? end - shown.mark : 0);
    if (end <= shown.mark)
        text_add(out, "^"); /* a point, or the end of the line */
    if (label) {
        text_add_char(out, ' ');
        safe_add(out, label);
    }
    text_addf(out, "%s\n", mark_off);
    text_clear(&shown.line);
}
