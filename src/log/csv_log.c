/* A CSV file as a log: mark, separator, heading, then row by row. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/limits.h"
#include "base/mem.h"
#include "base/utf8.h"
#include "log/columns.h"
#include "log/csv.h"
#include "log/encoding.h"
#include "log/reader.h"

typedef struct CsvLog {
    LogReader *reader;
    Source *source;
    const char *path;
    Csv csv;
    Columns columns;
    LogText *facts; /* owned; of the row at hand */
} CsvLog;

/* ---- before the heading ----------------------------------------------------------- */

static bool refuse_other_encodings(CsvLog *log, Error *err)
{
    const Source *source = log->source;
    if (!looks_like_utf16(source->data + source->start, source->end - source->start))
        return true;
    return error_set(
        err,
        "%s: the text is in UTF-16 or has bytes of nought in it: save it as CSV UTF-8 "
        "(in a spreadsheet: Save as, CSV UTF-8), or convert it with iconv",
        log->path);
}

/* The mark with which Excel and others begin UTF-8. */
static void skip_mark(CsvLog *log)
{
    Source *source = log->source;
    bool marked = source->end - source->start >= 3 &&
                  memcmp(source->data + source->start, "\xef\xbb\xbf", 3) == 0;
    source->start += marked ? 3 : 0;
    log->reader->log->files[log->reader->file].had_bom = marked;
}

/* `sep=;` as a line of its own, which Excel writes and obeys. */
static char take_separator_line(CsvLog *log)
{
    Source *source = log->source;
    const char *at = source->data + source->start;
    if (source->end - source->start < 6 || strncmp(at, "sep=", 4) != 0 ||
        (at[5] != '\r' && at[5] != '\n') || strchr("\"\r\n", at[4]))
        return 0;
    char separator = at[4];
    source->start += at[5] == '\r' && at[6] == '\n' && source->start + 6 < source->end ? 7 : 6;
    return separator;
}

/* The whole first line in the window, as far as a record may reach. */
static bool fill_first_line(CsvLog *log, Error *err)
{
    Source *source = log->source;
    while (!source->at_end && source->end - source->start <= LIMIT_CSV_RECORD_BYTES &&
           !memchr(source->data + source->start, '\n', source->end - source->start))
        if (!source_more(source, err))
            return false;
    return true;
}

/* How often `separator` stands in the first line outside quotes. */
static size_t count_separators(const CsvLog *log, char separator, char quote)
{
    const Source *source = log->source;
    size_t count = 0;
    bool quoted = false;
    for (size_t i = source->start; i < source->end; i++) {
        char c = source->data[i];
        if (quote && c == quote)
            quoted = !quoted;
        else if (!quoted && (c == '\n' || c == '\r'))
            break;
        count += !quoted && c == separator;
    }
    return count;
}

static const char *separator_name(char separator, char out[8])
{
    snprintf(out, 8, separator == '\t' ? "a tab" : "'%c'", separator);
    return out;
}

/* That which the heading has most of; two that it has as often are not chosen from. */
static bool sniff_separator(CsvLog *log, char quote, char *separator, Error *err)
{
    static const char candidates[] = {',', ';', '\t', '|'};
    size_t most = 0;
    char equal = 0, one[8], other[8];
    for (size_t i = 0; i < sizeof candidates; i++) {
        size_t count = count_separators(log, candidates[i], quote);
        if (count > most) {
            most = count;
            *separator = candidates[i];
            equal = 0;
        } else if (count == most && most > 0) {
            equal = candidates[i];
        }
    }
    if (most == 0)
        return error_set(err,
                         "%s: the first line has no comma, semicolon, tab or | to part its "
                         "columns: if something else does, say --separator",
                         log->path);
    return !equal ||
           error_set(err,
                     "%s: %s and %s could both part the columns: say which with "
                     "--separator",
                     log->path, separator_name(*separator, one), separator_name(equal, other));
}

static bool begin(CsvLog *log, Error *err)
{
    const Mapping *mapping = log->reader->mapping;
    LogFile *file = &log->reader->log->files[log->reader->file];
    if (!fill_first_line(log, err) || !refuse_other_encodings(log, err))
        return false;
    skip_mark(log);
    uint64_t line = 1;
    char told = take_separator_line(log);
    line += told != 0;
    char quote = mapping->quote == '\0' ? '"' : mapping->quote == NO_QUOTE ? 0 : mapping->quote;
    char separator = mapping->separator ? mapping->separator : told;
    if (!fill_first_line(log, err))
        return false;
    if (log->source->start == log->source->end)
        return error_set(err, "%s: the file is empty: its first line must name the columns",
                         log->path);
    if (!separator && !sniff_separator(log, quote, &separator, err))
        return false;
    if (separator == quote)
        return error_set(err, "%s: %s cannot both part columns and quote", log->path,
                         separator_name(separator, (char[8]){0}));
    csv_begin(&log->csv, log->source, log->path, separator, quote, mapping->encoding);
    log->csv.next_line = line;
    file->separator = separator;
    file->quote = quote;
    return true;
}

/* ---- the heading -------------------------------------------------------------------- */

static LogText trimmed(LogText cell)
{
    while (cell.length && *cell.text == ' ')
        cell.text++, cell.length--;
    while (cell.length && cell.text[cell.length - 1] == ' ')
        cell.length--;
    return cell;
}

static bool check_heading(CsvLog *log, Error *err)
{
    Csv *csv = &log->csv;
    if (csv->count > LIMIT_CSV_COLUMNS)
        return error_kind(err, ERROR_LIMIT, "%s:%llu: %u columns are more than %u", log->path,
                          (unsigned long long)csv->line, csv->count, LIMIT_CSV_COLUMNS);
    if (csv->is_bad_text)
        return error_set(err,
                         "%s:%llu: the heading is not in UTF-8: say which encoding it is, for "
                         "example --encoding windows-1252",
                         log->path, (unsigned long long)csv->line);
    for (uint32_t i = 0; i < csv->count; i++)
        csv->cells[i] = trimmed(csv->cells[i]);
    return true;
}

static bool read_heading(CsvLog *log, Error *err)
{
    Csv *csv = &log->csv;
    LogReader *reader = log->reader;
    CsvStep step = csv_next(csv, err);
    if (step == CSV_END)
        return error_set(err,
                         "%s: there is nothing but empty lines: the first must name the "
                         "columns",
                         log->path);
    if (step == CSV_FAILED || !check_heading(log, err) ||
        !columns_find(&log->columns, reader->mapping, csv->cells, csv->count, log->path, err))
        return false;
    Text words = {0};
    columns_describe(&log->columns, reader->mapping, csv->cells, &words);
    reader->log->files[reader->file].columns =
        arena_strdup(&reader->log->arena, text_get(&words));
    text_clear(&words);
    log->facts = mem_alloc_array(reader->mapping->fact_count, sizeof *log->facts);
    return true;
}

/* ---- rows ----------------------------------------------------------------------------- */

/* The case of a row that is otherwise no good, as far as it can be told: its case
 * cannot be judged, and a wrong guess only names one more. */
static LogText case_if_readable(const CsvLog *log)
{
    uint32_t at = log->columns.at[COLUMN_CASE];
    bool there = at < log->csv.count && at < LIMIT_CSV_COLUMNS;
    LogText cell = there ? log->csv.cells[at] : (LogText){0};
    return cell.length && utf8_is_valid(cell.text, cell.length) ? cell : (LogText){0};
}

static void set_aside_row(CsvLog *log, SetAsideReason reason)
{
    char detail[64];
    const Csv *csv = &log->csv;
    snprintf(detail, sizeof detail, "%u instead of %u", csv->count, log->columns.heading_count);
    LogText said = {detail, reason == SET_ASIDE_RAGGED ? strlen(detail) : 0};
    reader_set_aside(log->reader, reason, csv->line, case_if_readable(log), said);
}

static bool take_row(CsvLog *log, Error *err)
{
    const Csv *csv = &log->csv;
    const Columns *columns = &log->columns;
    if (csv->is_bad_text || csv->count != columns->heading_count) {
        set_aside_row(log, csv->is_bad_text ? SET_ASIDE_BAD_TEXT : SET_ASIDE_RAGGED);
        return true;
    }
    RawRow row = {.line = csv->line, .facts = log->facts};
    for (LogColumn column = 0; column < LOG_COLUMNS; column++)
        if (columns->at[column] != NO_COLUMN)
            row.cells[column] = csv->cells[columns->at[column]];
    for (uint32_t i = 0; i < log->reader->mapping->fact_count; i++)
        if (columns->facts[i] != NO_COLUMN)
            log->facts[i] = csv->cells[columns->facts[i]];
    return reader_take(log->reader, &row, err);
}

static bool read_rows(CsvLog *log, Error *err)
{
    CsvStep step;
    while ((step = csv_next(&log->csv, err)) == CSV_RECORD)
        if (!take_row(log, err))
            return false;
    return step == CSV_END;
}

bool csv_log_read(LogReader *reader, Source *source, Error *err)
{
    CsvLog *log = mem_alloc(sizeof *log); /* the cells of a record are too many for a stack */
    log->reader = reader;
    log->source = source;
    log->path = reader->log->files[reader->file].path;
    bool done = begin(log, err) && read_heading(log, err) && read_rows(log, err);
    csv_clear(&log->csv);
    columns_clear(&log->columns);
    free(log->facts);
    free(log);
    return done;
}
