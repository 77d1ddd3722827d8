/* What the readers of CSV and XES have in common: a row as texts becomes a row of the
 * log, or is set aside. Also where the order of day and month is decided: for each
 * file, by what is declared or by the first number above 12. Until then rows wait
 * with their dates as written. */
#pragma once

#include "log/log.h"
#include "log/names.h"
#include "log/source.h"
#include "log/written_time.h"

typedef struct RawRow {
    uint64_t line;
    LogText cells[LOG_COLUMNS]; /* empty: not said */
    const LogText *facts;       /* by fact of the mapping */
} RawRow;

typedef struct LogReader LogReader;
/* Called between rows, when at least `flush_at` of them are in the log: takes them
 * out (log->row_count and row_value_count become 0). */
typedef bool (*LogFlush)(void *context, Log *log, Error *err);

struct LogReader {
    Log *log;
    const LogRequest *request;
    const Mapping *mapping;
    uint32_t file; /* being read */
    /* the dates of this file */
    DateOrder order; /* DATES_UNSAID: not decided yet, or no date met */
    bool has_form, year_first;
    char form_separator;
    WrittenTime last_date; /* of which last_day is the day; `first` -1: none yet */
    Day last_day;
    size_t undecided_first; /* of the log's rows */
    WrittenTime *undecided; /* owned */
    size_t undecided_count, undecided_capacity;
    size_t flush_at; /* 0: never */
    LogFlush flush;
    void *flush_context;
};

/* One row; never fails for what stands in it. */
bool reader_take(LogReader *reader, const RawRow *row, Error *err);
/* A row that is no row: ragged, badly encoded, outside any case. `case_id` may be
 * empty. */
void reader_set_aside(LogReader *reader, SetAsideReason reason, uint64_t line, LogText case_id,
                      LogText detail);
/* Whether the request asks for this case; an unknown one belongs to shard 0. */
bool reader_wants(const LogReader *reader, LogText case_id);

/* A file begins, and ends: then the order of day and month must be known. */
void reader_begin_file(LogReader *reader, const char *path);
bool reader_end_file(LogReader *reader, Source *source, Error *err);

/* All files of the request, through `reader`, whose log, request and flush are set. */
bool reader_read_all(LogReader *reader, Error *err);
void reader_clear(LogReader *reader);

/* csv_log.c, xes_log.c: what the source holds, through the reader. */
bool csv_log_read(LogReader *reader, Source *source, Error *err);
bool xes_log_read(LogReader *reader, Source *source, Error *err);

/* Adds to the log's list, counts, and marks the case. */
void log_set_aside(Log *log, SetAsideReason reason, uint32_t file, uint64_t line,
                   uint32_t case_name, LogText detail);

/* Which of `shards` parts of all cases a case belongs to: FNV-1a of its id, 64 bits,
 * remainder. Never changes: results of several machines are joined by it. */
uint32_t log_shard_of(LogText case_id, uint32_t shards);
