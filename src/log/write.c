#include "log/write.h"

#include <string.h>

#include "base/utf8.h"

/* ---- times ------------------------------------------------------------------------ */

static void add_digits(Text *out, int32_t value, int width)
{
    char digits[10];
    for (int i = width; i-- > 0; value /= 10)
        digits[i] = (char)('0' + value % 10);
    text_add_bytes(out, digits, (size_t)width);
}

static void add_date(Text *out, Day day)
{
    Civil civil = day_to_civil(day);
    add_digits(out, civil.year, 4);
    text_add_char(out, '-');
    add_digits(out, civil.month, 2);
    text_add_char(out, '-');
    add_digits(out, civil.day, 2);
}

/* 2021-02-01T09:00:00+00:00, with .123 where there are milliseconds. */
static void add_instant(Text *out, Zone zone, Instant at)
{
    LocalTime local = local_from_instant(zone, at);
    int offset = zone_offset_minutes(zone, at);
    add_date(out, local.day);
    text_add_char(out, 'T');
    add_digits(out, local.ms / (int32_t)HOUR_MS, 2);
    text_add_char(out, ':');
    add_digits(out, local.ms / (int32_t)MINUTE_MS % 60, 2);
    text_add_char(out, ':');
    add_digits(out, local.ms / (int32_t)SECOND_MS % 60, 2);
    if (local.ms % SECOND_MS) {
        text_add_char(out, '.');
        add_digits(out, local.ms % (int32_t)SECOND_MS, 3);
    }
    text_add_char(out, offset < 0 ? '-' : '+');
    offset = offset < 0 ? -offset : offset;
    add_digits(out, offset / 60, 2);
    text_add_char(out, ':');
    add_digits(out, offset % 60, 2);
}

static void add_time(LogWriter *writer, Moment at)
{
    if (moment_rank(at) == RANK_DATE_ONLY)
        add_date(writer->out, moment_day(writer->zone, at));
    else
        add_instant(writer->out, writer->zone, moment_instant(at));
}

/* ---- CSV ------------------------------------------------------------------------------ */

static bool is_number(const char *cell)
{
    cell += *cell == '-';
    size_t whole = strspn(cell, "0123456789");
    cell += whole;
    if (*cell == '.')
        cell += 1 + strspn(cell + 1, "0123456789");
    return whole && !*cell;
}

/* A spreadsheet would run a cell that begins like this. A plain negative number is
 * harmless and stays a number. */
static bool may_be_formula(const char *cell)
{
    return *cell && strchr("=+-@\t\r", *cell) && !is_number(cell);
}

void csv_cell(Text *out, const char *cell, bool raw)
{
    bool formula = !raw && may_be_formula(cell);
    size_t length = strlen(cell);
    bool blank = length && (cell[0] == ' ' || cell[length - 1] == ' ');
    if (!formula && !blank && !cell[strcspn(cell, ",\"\r\n")]) {
        text_add_bytes(out, cell, length);
        return;
    }
    text_add(out, formula ? "\"'" : "\"");
    for (; *cell; cell++) {
        if (*cell == '"')
            text_add_char(out, '"');
        text_add_char(out, *cell);
    }
    text_add_char(out, '"');
}

static void add_cell(LogWriter *writer, const char *cell)
{
    csv_cell(writer->out, cell, writer->raw);
}

static void add_csv_row(LogWriter *writer, const LogWriteRow *row)
{
    Text *out = writer->out;
    add_cell(writer, row->case_id);
    text_add_char(out, ',');
    add_cell(writer, row->activity);
    text_add_char(out, ',');
    add_time(writer, row->at);
    text_add_char(out, ',');
    add_cell(writer, row->person);
    text_add_char(out, ',');
    add_cell(writer, row->role);
    for (uint32_t i = 0; i < writer->fact_count; i++) {
        text_add_char(out, ',');
        add_cell(writer, row->values[i] ? row->values[i] : "");
    }
    text_add_char(out, '\n');
}

/* ---- XES ------------------------------------------------------------------------------- */

/* What XML 1.0 cannot hold, even escaped, becomes the replacement character. */
static bool is_xml(int32_t c)
{
    return c >= 0x20 ? c != 0xFFFE && c != 0xFFFF : c == '\t' || c == '\n' || c == '\r';
}

static void add_xml(Text *out, const char *value)
{
    size_t left = strlen(value);
    while (left) {
        uint32_t bytes;
        int32_t c = utf8_decode(value, left, &bytes);
        if (!is_xml(c))
            text_add(out, "\xEF\xBF\xBD");
        else if (c == '&' || c == '<' || c == '>' || c == '"' || c < 0x20)
            text_addf(out, "&#%d;", (int)c);
        else
            text_add_bytes(out, value, bytes);
        value += bytes;
        left -= bytes;
    }
}

static void add_string(LogWriter *writer, const char *indent, const char *key,
                       const char *value)
{
    text_add(writer->out, indent);
    text_add(writer->out, "<string key=\"");
    add_xml(writer->out, key);
    text_add(writer->out, "\" value=\"");
    add_xml(writer->out, value);
    text_add(writer->out, "\"/>\n");
}

/* The first event has every attribute, empty where nothing was said: whoever reads the
 * file finds out there which ones there are, as in the heading of a CSV file. */
static void add_said(LogWriter *writer, const char *key, const char *value)
{
    if (*value || !writer->has_event)
        add_string(writer, "      ", key, value);
}

static void begin_xes(LogWriter *writer)
{
    static const char *const extensions[][2] = {
        {"Concept", "concept"}, {"Time", "time"}, {"Organizational", "org"}};
    Text *out = writer->out;
    text_add(out, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
    if (writer->remark)
        text_addf(out, "<!-- %s -->\n", writer->remark);
    text_add(out, "<log xes.version=\"1849-2016\" xes.features=\"\" "
                  "xmlns=\"http://www.xes-standard.org/\">\n");
    for (size_t i = 0; i < sizeof extensions / sizeof *extensions; i++)
        text_addf(out,
                  "  <extension name=\"%s\" prefix=\"%s\" "
                  "uri=\"http://www.xes-standard.org/%s.xesext\"/>\n",
                  extensions[i][0], extensions[i][1], extensions[i][1]);
}

static void end_trace(LogWriter *writer)
{
    if (writer->has_case)
        text_add(writer->out, "  </trace>\n");
    writer->has_case = false;
}

static void begin_trace(LogWriter *writer, const char *case_id)
{
    if (writer->has_case && strcmp(text_get(&writer->open_case), case_id) == 0)
        return;
    end_trace(writer);
    text_reset(&writer->open_case);
    text_add(&writer->open_case, case_id);
    writer->has_case = true;
    text_add(writer->out, "  <trace>\n");
    add_string(writer, "    ", "concept:name", case_id);
}

static void add_xes_row(LogWriter *writer, const LogWriteRow *row)
{
    begin_trace(writer, row->case_id);
    text_add(writer->out, "    <event>\n");
    add_string(writer, "      ", "concept:name", row->activity);
    text_add(writer->out, "      <date key=\"time:timestamp\" value=\"");
    add_time(writer, row->at);
    text_add(writer->out, "\"/>\n");
    add_said(writer, "org:resource", row->person);
    add_said(writer, "org:role", row->role);
    for (uint32_t i = 0; i < writer->fact_count; i++)
        add_said(writer, writer->facts[i], row->values[i] ? row->values[i] : "");
    writer->has_event = true;
    text_add(writer->out, "    </event>\n");
}

/* ---- both -------------------------------------------------------------------------------- */

void log_write_begin(LogWriter *writer)
{
    if (writer->format == LOG_XES) {
        begin_xes(writer);
        return;
    }
    text_add(writer->out, "case,activity,time,person,role");
    for (uint32_t i = 0; i < writer->fact_count; i++) {
        text_add_char(writer->out, ',');
        add_cell(writer, writer->facts[i]);
    }
    text_add_char(writer->out, '\n');
}

void log_write_row(LogWriter *writer, const LogWriteRow *row)
{
    if (writer->format == LOG_XES)
        add_xes_row(writer, row);
    else
        add_csv_row(writer, row);
}

void log_write_end(LogWriter *writer)
{
    if (writer->format != LOG_XES)
        return;
    end_trace(writer);
    text_add(writer->out, "</log>\n");
}

void log_write_clear(LogWriter *writer)
{
    text_clear(&writer->open_case);
}
