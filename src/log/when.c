#include "log/when.h"

#include <stdio.h>
#include <string.h>

#include "base/limits.h"
#include "base/mem.h"
#include "base/text.h"

enum { SAMPLES = 5, MONTHS = 12 };

void when_begin_file(LogReader *reader)
{
    reader->order = reader->mapping->dates;
    reader->has_form = false;
    reader->last_date = (WrittenTime){.first = -1};
    reader->undecided_count = 0;
}

/* ---- from what is written to a moment ---------------------------------------------- */

static void note_offset(LogNotes *notes, int16_t minutes)
{
    uint32_t at = 0, most = sizeof notes->offsets / sizeof *notes->offsets;
    while (at < notes->offset_count && notes->offsets[at] < minutes)
        at++;
    if ((at < notes->offset_count && notes->offsets[at] == minutes) ||
        notes->offset_count == most)
        return;
    memmove(&notes->offsets[at + 1], &notes->offsets[at],
            (notes->offset_count - at) * sizeof *notes->offsets);
    notes->offsets[at] = minutes;
    notes->offset_count++;
}

static void note_moment(Log *log, Moment at)
{
    if (log->first == MOMENT_NONE || at < log->first)
        log->first = at;
    if (log->last == MOMENT_NONE || at > log->last)
        log->last = at;
}

static bool day_of(const WrittenTime *time, DateOrder order, Day *day)
{
    bool month_first = time->year_first || order == DATES_MONTH_FIRST;
    Civil civil = {time->year, month_first ? time->first : time->second,
                   month_first ? time->second : time->first};
    if (!civil_is_valid(civil))
        return false;
    *day = day_from_civil(civil);
    return true;
}

/* Neighbouring rows often have the same date, and then the same day. */
static bool day_of_row(LogReader *reader, const WrittenTime *time, Day *day)
{
    const WrittenTime *last = &reader->last_date;
    bool is_same =
        time->year == last->year && time->first == last->first && time->second == last->second;
    if (!is_same && !day_of(time, reader->order, &reader->last_day))
        return false;
    reader->last_date = *time;
    *day = reader->last_day;
    return true;
}

static bool local_moment(Log *log, LocalTime local, Moment *at)
{
    Instant instant;
    LocalKind kind = instant_from_local(log->zone, local, &instant);
    if (kind == LOCAL_NEVER)
        return false;
    log->notes.without_zone++;
    log->notes.doubled_hour += kind == LOCAL_TWICE;
    *at = moment_at(instant, RANK_ENTRY);
    return true;
}

/* The order of day and month is known. */
static bool resolve(LogReader *reader, const WrittenTime *time, Moment *at,
                    SetAsideReason *reason)
{
    Log *log = reader->log;
    Day day;
    *reason = SET_ASIDE_BAD_TIME;
    if (!day_of_row(reader, time, &day))
        return false;
    if (!time->has_time) {
        log->notes.date_only++;
        *at = moment_of_date(log->zone, day);
    } else if (time->has_offset) {
        note_offset(&log->notes, time->offset_minutes);
        *at = moment_at(day * DAY_MS + time->ms - time->offset_minutes * MINUTE_MS, RANK_ENTRY);
    } else if (!local_moment(log, (LocalTime){day, time->ms}, at)) {
        *reason = SET_ASIDE_CLOCK_CHANGE;
        return false;
    }
    note_moment(log, *at);
    return true;
}

/* ---- day or month first --------------------------------------------------------------- */

static DateOrder order_shown_by(const WrittenTime *time)
{
    bool possible = time->first >= 1 && time->second >= 1;
    if (possible && time->first > MONTHS && time->second <= MONTHS)
        return DATES_DAY_FIRST;
    if (possible && time->second > MONTHS && time->first <= MONTHS)
        return DATES_MONTH_FIRST;
    return DATES_UNSAID;
}

static const char *as_written(const WrittenTime *time, char out[32])
{
    snprintf(out, 32, "%02d%c%02d%c%04d", time->first, time->separator, time->second,
             time->separator, time->year);
    return out;
}

/* The rows that waited get their moments; those that have none are taken out. */
static void settle_undecided(LogReader *reader)
{
    Log *log = reader->log;
    size_t kept = reader->undecided_first;
    for (size_t i = 0; i < reader->undecided_count; i++) {
        LogRow row = log->rows[reader->undecided_first + i];
        SetAsideReason reason;
        char text[32];
        if (resolve(reader, &reader->undecided[i], &row.at, &reason)) {
            log->rows[kept++] = row;
            continue;
        }
        as_written(&reader->undecided[i], text);
        log_set_aside(log, reason, row.file, row.line, row.case_name,
                      (LogText){text, strlen(text)});
        log->files[row.file].used--;
    }
    log->row_count = kept;
    reader->undecided_count = 0;
}

static bool undecidable(const LogReader *reader, Error *err)
{
    Text samples = {0};
    char text[32], before[32] = "";
    for (size_t i = 0, shown = 0; i < reader->undecided_count && shown < SAMPLES; i++) {
        as_written(&reader->undecided[i], text);
        if (strcmp(text, before) == 0)
            continue;
        text_addf(&samples, "%s%s", shown++ ? ", " : "", text);
        memcpy(before, text, sizeof text);
    }
    error_set(err,
              "%s: whether the day or the month comes first does not show (%s): say "
              "--dates 'day month year' or --dates 'month day year'",
              reader->log->files[reader->file].path, text_get(&samples));
    text_clear(&samples);
    return false;
}

bool when_is_undecided(const LogReader *reader, Error *err)
{
    return reader->undecided_count > LIMIT_LOG_UNDECIDED && !undecidable(reader, err);
}

bool when_end_file(LogReader *reader, Error *err)
{
    return reader->undecided_count == 0 || undecidable(reader, err);
}

/* The row waits for a date that shows the order. */
static bool wait(LogReader *reader, const WrittenTime *time, Moment *at)
{
    if (reader->undecided_count == 0)
        reader->undecided_first = reader->log->row_count;
    reader->undecided = mem_grow(reader->undecided, &reader->undecided_capacity,
                                 reader->undecided_count + 1, sizeof *reader->undecided);
    reader->undecided[reader->undecided_count++] = *time;
    *at = MOMENT_NONE;
    return true;
}

/* ---- the form of the file ----------------------------------------------------------- */

/* The first time of a file says how its times are written. */
static bool has_the_form(LogReader *reader, const WrittenTime *time)
{
    if (reader->mapping->dates == DATES_YEAR_FIRST && !time->year_first)
        return false;
    if (!reader->has_form) {
        reader->has_form = true;
        reader->year_first = time->year_first;
        reader->form_separator = time->separator;
    }
    return reader->year_first == time->year_first && reader->form_separator == time->separator;
}

static LogText why_no_time(LogText text)
{
    static const char advice[] =
        "a spreadsheet's day number: show the column as a date before saving it as CSV";
    return is_spreadsheet_day(text.text, text.length) ? (LogText){advice, sizeof advice - 1}
                                                      : text;
}

/* The order shows by this date, or not. */
static void learn_order(LogReader *reader, const WrittenTime *time)
{
    if (time->year_first || reader->order != DATES_UNSAID)
        return;
    reader->order = order_shown_by(time);
    if (reader->order != DATES_UNSAID)
        settle_undecided(reader);
}

void when_look(LogReader *reader, LogText text)
{
    WrittenTime time;
    if (written_time_parse(text.text, text.length, &time) && has_the_form(reader, &time))
        learn_order(reader, &time);
}

bool when_read(LogReader *reader, LogText text, Moment *at, SetAsideReason *reason,
               LogText *detail)
{
    WrittenTime time;
    *detail = text;
    *reason = SET_ASIDE_BAD_TIME;
    if (!written_time_parse(text.text, text.length, &time)) {
        *detail = why_no_time(text);
        return false;
    }
    if (!has_the_form(reader, &time)) {
        *reason = SET_ASIDE_OTHER_FORM;
        return false;
    }
    learn_order(reader, &time);
    if (!time.year_first && reader->order == DATES_UNSAID)
        return time.first <= MONTHS && time.second <= MONTHS && wait(reader, &time, at);
    return resolve(reader, &time, at, reason);
}
