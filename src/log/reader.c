#include "log/reader.h"

#include <string.h>
#include <strings.h>

#include "base/limits.h"
#include "base/mem.h"
#include "log/when.h"

#define FNV_BASIS 0xcbf29ce484222325u
#define FNV_PRIME 0x100000001b3u

uint32_t log_shard_of(LogText case_id, uint32_t shards)
{
    uint64_t hash = FNV_BASIS;
    for (size_t i = 0; i < case_id.length; i++)
        hash = (hash ^ (unsigned char)case_id.text[i]) * FNV_PRIME;
    return (uint32_t)(hash % shards);
}

bool reader_wants(const LogReader *reader, LogText case_id)
{
    const LogRequest *request = reader->request;
    if (request->shards < 2)
        return true;
    return (case_id.length ? log_shard_of(case_id, request->shards) : 0) == request->shard;
}

void reader_set_aside(LogReader *reader, SetAsideReason reason, uint64_t line, LogText case_id,
                      LogText detail)
{
    Log *log = reader->log;
    log->files[reader->file].rows++;
    if (!reader_wants(reader, case_id))
        return;
    log->notes.outside_cases += reason == SET_ASIDE_OUTSIDE;
    uint32_t name = log_names_add(&log->cases, &log->arena, case_id);
    log_set_aside(log, reason, reader->file, line, name, detail);
}

/* ---- lifecycle ----------------------------------------------------------------- */

static bool is_word(LogText text, const char *word)
{
    return text.length == strlen(word) && strncasecmp(text.text, word, text.length) == 0;
}

/* An event that says nothing of its lifecycle is complete. */
static bool lifecycle_wanted(const LogReader *reader, LogText said)
{
    static const char *const words[] = {"complete", "start"};
    LogLifecycle wish = reader->mapping->lifecycle;
    if (wish == LIFECYCLE_ANY)
        return true;
    return said.length ? is_word(said, words[wish]) : wish == LIFECYCLE_COMPLETE;
}

/* ---- rows ---------------------------------------------------------------------- */

static void add_values(LogReader *reader, const RawRow *raw, LogRow *row)
{
    Log *log = reader->log;
    row->first_value = (uint32_t)log->row_value_count;
    for (uint32_t fact = 0; fact < reader->mapping->fact_count; fact++) {
        if (raw->facts[fact].length == 0)
            continue;
        log->row_values = mem_grow(log->row_values, &log->row_value_capacity,
                                   log->row_value_count + 1, sizeof *log->row_values);
        log->row_values[log->row_value_count++] =
            (LogValue){fact, log_names_add(&log->values, &log->arena, raw->facts[fact])};
        row->value_count++;
    }
}

static uint32_t intern(LogReader *reader, LogNames *names, LogText text)
{
    return log_names_add(names, &reader->log->arena, text);
}

/* A person or a role; what the mapping says stands for nobody is not said. */
static bool is_somebody(const LogReader *reader, LogText text)
{
    const Mapping *mapping = reader->mapping;
    for (uint32_t i = 0; i < mapping->nobody_count; i++)
        if (text.length == strlen(mapping->nobodies[i]) &&
            memcmp(text.text, mapping->nobodies[i], text.length) == 0)
            return false;
    return text.length > 0;
}

static uint32_t intern_somebody(LogReader *reader, LogNames *names, LogText text)
{
    return is_somebody(reader, text) ? intern(reader, names, text) : 0;
}

static void add_row(LogReader *reader, const RawRow *raw, uint32_t case_name, Moment at)
{
    Log *log = reader->log;
    log->rows = mem_grow(log->rows, &log->row_capacity, log->row_count + 1, sizeof *log->rows);
    LogRow *row = &log->rows[log->row_count++];
    *row = (LogRow){.at = at, .line = raw->line, .file = reader->file, .case_name = case_name};
    row->activity = intern(reader, &log->activities, raw->cells[COLUMN_ACTIVITY]);
    row->person = intern_somebody(reader, &log->people, raw->cells[COLUMN_PERSON]);
    row->role = intern_somebody(reader, &log->roles, raw->cells[COLUMN_ROLE]);
    if (reader->mapping->fact_count)
        add_values(reader, raw, row);
    log->files[reader->file].used++;
}

/* What is missing, if anything. */
static bool is_complete(const RawRow *raw, SetAsideReason *reason)
{
    static const struct {
        LogColumn column;
        SetAsideReason reason;
    } needed[] = {
        {COLUMN_CASE, SET_ASIDE_NO_CASE},
        {COLUMN_ACTIVITY, SET_ASIDE_NO_ACTIVITY},
        {COLUMN_TIME, SET_ASIDE_NO_TIME},
    };
    for (size_t i = 0; i < sizeof needed / sizeof *needed; i++) {
        *reason = needed[i].reason;
        if (raw->cells[needed[i].column].length == 0)
            return false;
    }
    return true;
}

/* What the file says at all, set aside or not, in this shard or another. */
static void note_said(LogReader *reader, const RawRow *raw)
{
    Log *log = reader->log;
    log->people_said |= is_somebody(reader, raw->cells[COLUMN_PERSON]);
    log->roles_said |= is_somebody(reader, raw->cells[COLUMN_ROLE]);
    for (uint32_t fact = 0; fact < reader->mapping->fact_count; fact++)
        log->facts_said[fact] |= raw->facts[fact].length > 0;
}

/* A row of another shard: only what holds for the file as a whole is taken from it. */
static void look_past(LogReader *reader, const RawRow *raw)
{
    SetAsideReason unused;
    if (!lifecycle_wanted(reader, raw->cells[COLUMN_LIFECYCLE]) || !is_complete(raw, &unused))
        return;
    when_look(reader, raw->cells[COLUMN_TIME]);
    note_said(reader, raw);
}

static bool flush_when_full(LogReader *reader, Error *err)
{
    Log *log = reader->log;
    if (log->arena.total > LIMIT_LOG_TEXT_BYTES)
        return error_kind(err, ERROR_LIMIT,
                          "the log holds more than %llu bytes of different texts: read it in "
                          "parts (--shard), or leave out fact columns that are not needed",
                          (unsigned long long)LIMIT_LOG_TEXT_BYTES);
    if (when_is_undecided(reader, err))
        return false;
    if (!reader->flush_at || log->row_count < reader->flush_at || reader->undecided_count)
        return true;
    return reader->flush(reader->flush_context, log, err);
}

bool reader_take(LogReader *reader, const RawRow *raw, Error *err)
{
    Log *log = reader->log;
    log->files[reader->file].rows++;
    if (!reader_wants(reader, raw->cells[COLUMN_CASE])) {
        look_past(reader, raw);
        return true;
    }
    if (!lifecycle_wanted(reader, raw->cells[COLUMN_LIFECYCLE])) {
        log->notes.other_lifecycle++;
        return true;
    }
    uint32_t case_name = intern(reader, &log->cases, raw->cells[COLUMN_CASE]);
    SetAsideReason reason;
    LogText detail = {0};
    Moment at = MOMENT_NONE;
    bool complete = is_complete(raw, &reason);
    if (complete)
        note_said(reader, raw);
    if (!complete || !when_read(reader, raw->cells[COLUMN_TIME], &at, &reason, &detail)) {
        log_set_aside(log, reason, reader->file, raw->line, case_name, detail);
        return true;
    }
    add_row(reader, raw, case_name, at);
    return flush_when_full(reader, err);
}

/* ---- files ----------------------------------------------------------------------- */

void reader_begin_file(LogReader *reader, const char *path)
{
    Log *log = reader->log;
    log->files =
        mem_grow(log->files, &log->file_capacity, log->file_count + 1, sizeof *log->files);
    reader->file = (uint32_t)log->file_count++;
    log->files[reader->file] =
        (LogFile){.path = arena_strdup(&log->arena, path), .columns = ""};
    when_begin_file(reader);
}

bool reader_end_file(LogReader *reader, Source *source, Error *err)
{
    LogFile *file = &reader->log->files[reader->file];
    file->bytes = source->bytes;
    file->is_packed = source->is_packed;
    source_digest(source, file->digest);
    return when_end_file(reader, err);
}
