/* What keeps a flow in order: laid out as `fmt` does (CF801), with its reasons
 * (CF802), without notes to oneself (CF803), and easy to read (CF805, a note). */
#include <string.h>

#include "analysis/internal.h"
#include "lang/format.h"

#define LINE_COLUMNS 120u

static bool is_ours(const Source *source, size_t number)
{
    return number == 0 || source->is_scenarios;
}

static Span at(size_t file, size_t offset, size_t length)
{
    return (Span){(uint32_t)file, (uint32_t)offset, (uint32_t)length};
}

/* ---- CF801 --------------------------------------------------------------------------- */

static void check_layout(Analysis *analysis, size_t number)
{
    const Source *source = &analysis->bundle->sources[number];
    Text formatted = {0};
    format_source(analysis->bundle, (uint32_t)number, &formatted);
    size_t same = 0;
    while (same < source->length && same < formatted.length &&
           source->text[same] == formatted.data[same])
        same++;
    if (same < source->length || same < formatted.length) {
        while (same > 0 && source->text[same - 1] != '\n')
            same--;
        Diag *diag = finding(analysis, at(number, same, 0), "CF801",
                             "This file is not laid out as usual from here on");
        if (diag)
            diag_help(analysis->diags, diag, "Run: casewright fmt %s\nOnly spacing changes.",
                      source->path);
    }
    text_clear(&formatted);
}

/* ---- CF802 ---------------------------------------------------------------------------- */

static bool lines_have_reasons(const Flow *flow, const Work *work)
{
    const StateAst *state = work->state >= 0 ? flow->state_at[work->state] : NULL;
    return state && state->because;
}

static void check_reason(Analysis *analysis, const Work *work)
{
    bool limited = work->limit.span.length > 0 || work->intervals;
    if (work->because || !limited || work->name_span.file != 0 ||
        lines_have_reasons(analysis->flow, work))
        return;
    Diag *diag = finding(analysis, work->name_span, "CF802",
                         "\"%s\" does not say which rule it comes from", work->name);
    if (diag)
        diag_help(analysis->diags, diag,
                  "Add for example: because %s-1\n"
                  "or, where it is the team's own: because \"local rule\"",
                  analysis->flow->policies->code);
}

/* ---- CF803 ----------------------------------------------------------------------------- */

static const char *note_in(const char *comment, size_t length)
{
    static const char *const words[] = {"TODO", "FIXME", "XXX", "TBC", "TBD"};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (memmem(comment, length, words[i], strlen(words[i])))
            return words[i];
    return NULL;
}

/* Where the comment of a line begins; `length` when there is none. */
static size_t comment_start(const char *line, size_t length)
{
    bool quoted = false;
    if (!memchr(line, '#', length))
        return length; /* like nearly every line */
    for (size_t i = 0; i < length; i++) {
        quoted ^= line[i] == '"';
        if (line[i] == '#' && !quoted)
            return i;
    }
    return length;
}

static void check_note(Analysis *analysis, size_t number, const char *line, size_t length)
{
    size_t start = comment_start(line, length);
    const char *word = note_in(line + start, length - start);
    if (!word)
        return;
    size_t offset = (size_t)(line - analysis->bundle->sources[number].text);
    Diag *diag = finding(analysis, at(number, offset + start, length - start), "CF803",
                         "A note to oneself (%s) was left here", word);
    if (diag)
        diag_help(analysis->diags, diag,
                  "Do what it says, or turn it into a comment that "
                  "explains.");
}

/* ---- CF805 ------------------------------------------------------------------------------ */

static size_t columns_of(const char *line, size_t length)
{
    size_t columns = 0;
    for (size_t i = 0; i < length; i++)
        columns += ((unsigned char)line[i] & 0xC0) != 0x80;
    return columns;
}

static void check_width(Analysis *analysis, size_t number, const char *line, size_t length)
{
    if (columns_of(line, length) <= LINE_COLUMNS)
        return;
    size_t offset = (size_t)(line - analysis->bundle->sources[number].text);
    Diag *diag = finding(analysis, at(number, offset, length), "CF805",
                         "This line is longer than %u characters", LINE_COLUMNS);
    if (diag)
        diag_help(analysis->diags, diag, "A clause may go on in the next line.");
}

/* ---- the whole --------------------------------------------------------------------------- */

static void check_source(Analysis *analysis, size_t number)
{
    const Source *source = &analysis->bundle->sources[number];
    check_layout(analysis, number);
    for (uint32_t line = 1; line <= source->line_count; line++) {
        size_t length;
        const char *text = source_line(source, line, &length);
        check_note(analysis, number, text, length);
        if (analysis->options->notes)
            check_width(analysis, number, text, length);
    }
}

void check_upkeep(Analysis *analysis)
{
    for (size_t i = 0; i < analysis->bundle->source_count; i++)
        if (is_ours(&analysis->bundle->sources[i], i))
            check_source(analysis, i);
    if (!analysis->flow->policies)
        return; /* there is nothing to cite */
    for (uint32_t i = 0; i < analysis->flow->work_count; i++)
        check_reason(analysis, analysis->flow->work_at[i]);
}
