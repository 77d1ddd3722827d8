/* Past cases as files tell them: rows of case, activity, time, person, role and
 * whatever else was asked for. What is said often is kept once and numbered. Rows
 * are whatever the file says, true or not: what they mean to a flow is judged in
 * replay. Nothing is dropped in silence: a row that cannot be read is set aside
 * with its file, line and reason. A log larger than the memory allowed is spread
 * over temporary files by case and given out part by part. */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/error.h"
#include "calendar/zone.h"
#include "log/mapping.h"

/* Texts with a number each, in the order in which they came; number 0 is the empty
 * text, which stands for "not said". */
typedef struct LogNames {
    const char **texts; /* owned array; the texts live in the log's arena */
    uint32_t *lengths;  /* owned; bytes, without the NUL that follows */
    uint32_t count;
    size_t capacity, length_capacity;
    struct LogNameSlot *slots; /* owned; a hash table of the numbers: names.c */
    uint32_t slot_count;       /* a power of two, or none yet */
} LogNames;

/* The number of a text; 0 when it was never met. */
uint32_t log_name_find(const LogNames *names, const char *text);

/* A cell of a column that the mapping asks for as a fact; empty cells have none. */
typedef struct LogValue {
    uint32_t fact; /* into the mapping's facts */
    uint32_t text; /* into `values` */
} LogValue;

typedef struct LogRow {
    Moment at;             /* RANK_ENTRY; of a date alone RANK_DATE_ONLY, in the log's zone */
    uint64_t line;         /* of the file, from 1; of XES the line on which <event> begins */
    uint32_t file;         /* into `files` */
    uint32_t case_name;    /* into `cases` */
    uint32_t activity;     /* into `activities` */
    uint32_t person, role; /* into `people`, `roles`; 0: not said */
    uint32_t first_value, value_count; /* in `log->row_values` */
} LogRow;

/* Why a row was set aside. One table: the reason's key in JSON, and its sentence. */
typedef enum SetAsideReason {
#define SET_ASIDE(name, key, sentence) SET_ASIDE_##name,
#include "log/set_aside.def"
#undef SET_ASIDE
    SET_ASIDE_COUNT
} SetAsideReason;

typedef struct SetAside {
    SetAsideReason reason;
    uint32_t file;
    uint64_t line;
    uint32_t case_name; /* 0: not known. A case with a row set aside cannot be judged */
    const char *detail; /* what stood there, cut to a readable length; in the arena */
} SetAside;

typedef struct LogFile {
    const char *path;    /* as given; "-" is standard input */
    uint64_t bytes;      /* as read, after unpacking */
    uint64_t rows, used; /* rows met, of all shards; rows that became LogRows */
    uint8_t digest[32];  /* SHA-256 of the file as it lies on the disk */
    bool is_xes, is_packed;
    char separator, quote; /* of CSV */
    bool had_bom;
    const char *columns; /* which column was taken for what, in words; in the arena */
} LogFile;

/* What a reader of the report must know about the data (replay.md, section 6). */
typedef struct LogNotes {
    uint64_t date_only, without_zone; /* rows; without_zone: a time without an offset */
    uint64_t doubled_hour;    /* local times that October has twice: the earlier taken */
    uint64_t ties;            /* neighbours of one case at one moment */
    uint64_t duplicates;      /* same case, activity, moment and person again */
    uint64_t other_lifecycle; /* events left out: not of the lifecycle asked for */
    uint64_t out_of_order;    /* rows that stand before an earlier one of their case */
    uint64_t bursts;          /* cases' runs of 3 or more activities, one instant, one person */
    int16_t offsets[32];      /* minutes east of UTC, those met, ascending */
    uint32_t offset_count;
    uint64_t empty_cases;   /* XES traces without events */
    uint64_t outside_cases; /* XES events outside traces; they are set aside */
} LogNotes;

/* Where the first row of a case that was set aside stands; line 0: none was. */
typedef struct LogMark {
    uint64_t line;
    uint32_t file;
} LogMark;

typedef struct Log {
    Arena arena; /* owned: every text */
    LogNames cases, activities, people, roles, values;
    LogRow *rows;         /* owned */
    LogValue *row_values; /* owned */
    SetAside *set_aside;  /* owned; the first LIMIT_SET_ASIDE_KEPT; all are counted */
    LogFile *files;       /* owned */
    size_t row_count, row_capacity, row_value_count, row_value_capacity;
    size_t set_aside_count, set_aside_capacity, file_count, file_capacity;
    LogMark *marks; /* owned; by case name, as far as mark_count: others have none */
    size_t mark_count, mark_capacity;
    uint64_t set_aside_by[SET_ASIDE_COUNT];
    /* what some row of the files says, of this shard or another, so that shards judge alike */
    bool *facts_said; /* owned; by fact of the mapping */
    bool roles_said, people_said;
    LogNotes notes;
    uint32_t shard, shards; /* as the request asked */
    Zone zone;              /* of times without an offset, and of dates */
    bool zone_assumed;      /* nobody named it */
    Moment first, last;     /* of the rows used; MOMENT_NONE: none */
} Log;

/* One case of a part: rows first_row .. first_row + row_count - 1 of the part, in
 * order of moment, declared rank, file, line. A case of which no row could be read
 * has row_count 0 and has_set_aside: it is not lost, and it cannot be judged. */
typedef struct LogCase {
    uint32_t name; /* into `log->cases` */
    uint32_t first_row, row_count;
    uint32_t file; /* with `line`: where the case is first met */
    uint64_t line;
    bool has_set_aside; /* some row of it was set aside: it cannot be judged */
} LogCase;

/* Whole cases, ascending by the bytes of their ids. */
typedef struct LogPart {
    const Log *log; /* borrowed: names, files, zone; its rows are not to be looked at */
    const LogRow *rows;
    const LogCase *cases;
    uint32_t case_count;
} LogPart;

typedef struct LogRequest {
    const char *const *paths; /* "-": standard input */
    size_t path_count;
    const Mapping *mapping; /* never NULL: all zero asks for what is detected */
    Zone zone;              /* used unless the mapping names one */
    bool has_zone;
    size_t memory;          /* bytes of rows kept before files are used; 0: LIMIT_LOG_MEMORY */
    const char *scratch;    /* folder for temporary files; NULL: $TMPDIR, else /tmp */
    uint64_t max_bytes;     /* of a packed file, unpacked; 0: the limits' own bounds */
    unsigned jobs;          /* threads; 0 and 1: this one alone */
    uint32_t shard, shards; /* only cases of this shard, 0 .. shards - 1, by the keyless
                               hash of their id; shards 0: all */
    bool (*progress)(void *context, uint64_t bytes, uint64_t of); /* NULL; false: stop,
                                 ERROR_INTERRUPTED */
    void *progress_context;
} LogRequest;

/* Reads everything into memory, in file order; ties, duplicates, bursts and what is
 * out of order are looked for by log_visit only. The caller clears `log` also after
 * false. Errors: ERROR_NOT_FOUND, ERROR_PERMISSION, ERROR_INPUT (not a log: with
 * file, line and what to do), ERROR_LIMIT, ERROR_IO. */
bool log_read(const LogRequest *request, Log *log, Error *err);

/* Called once when everything has been read and before the first part: the names
 * are then complete. `log` is valid to the end of log_visit. */
typedef bool (*LogBegin)(void *context, const Log *log, Error *err);
/* One part. With several jobs it is called from as many threads at once, `worker`
 * telling which; parts are numbered so that results can be joined in order. */
typedef bool (*LogVisit)(void *context, unsigned worker, uint32_t part_number,
                         const LogPart *part, Error *err);

/* Reads everything and gives it out by case. */
bool log_visit(const LogRequest *request, LogBegin begin, LogVisit visit, void *context,
               Log *log, Error *err);

void log_clear(Log *log);

/* "rows.csv:12" for messages; in `out`, which has room for 300 bytes. */
void log_place(const Log *log, uint32_t file, uint64_t line, char out[300]);
