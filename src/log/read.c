/* All files of a request into one log. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/stat.h>

#include "base/mem.h"
#include "log/reader.h"

/* ---- which files ------------------------------------------------------------------ */

static bool is_stdin(const char *path)
{
    return strcmp(path, "-") == 0;
}

static bool is_same_file(const char *one, const char *other)
{
    struct stat a, b;
    if (is_stdin(one) || is_stdin(other))
        return is_stdin(one) && is_stdin(other);
    return stat(one, &a) == 0 && stat(other, &b) == 0 && S_ISREG(a.st_mode) &&
           a.st_dev == b.st_dev && a.st_ino == b.st_ino;
}

/* Every row of it would count twice. */
static bool check_twice(const LogRequest *request, Error *err)
{
    for (size_t i = 0; i < request->path_count; i++)
        for (size_t k = 0; k < i; k++)
            if (is_same_file(request->paths[i], request->paths[k]))
                return error_kind(err, ERROR_USAGE, "'%s' is given twice", request->paths[i]);
    return true;
}

/* 0 when some of it is not known beforehand. */
static uint64_t bytes_of_all(const LogRequest *request)
{
    uint64_t sum = 0;
    for (size_t i = 0; i < request->path_count; i++) {
        struct stat about;
        if (is_stdin(request->paths[i]) || stat(request->paths[i], &about) != 0 ||
            !S_ISREG(about.st_mode))
            return 0;
        sum += (uint64_t)about.st_size;
    }
    return sum;
}

static bool ends_with(const char *path, const char *ending)
{
    size_t length = strlen(path), tail = strlen(ending);
    return length > tail && strcasecmp(path + length - tail, ending) == 0;
}

/* XML begins with < in any encoding, after marks and blanks. */
static bool is_xes(const Source *source, const char *path)
{
    if (ends_with(path, ".xes") || ends_with(path, ".xes.gz"))
        return true;
    for (size_t i = source->start; i < source->end; i++) {
        unsigned char c = (unsigned char)source->data[i];
        if (c == '<')
            return true;
        if (c != 0 && c != ' ' && c != '\t' && c != '\n' && c != '\r' && c < 0x80)
            return false;
        if (i - source->start > 64)
            return false;
    }
    return false;
}

/* ---- reading ------------------------------------------------------------------------ */

static bool read_file(LogReader *reader, const char *path, SourceWish *wish, Error *err)
{
    Source source;
    reader_begin_file(reader, is_stdin(path) ? "standard input" : path);
    bool done = source_open(&source, path, wish, err);
    if (done) {
        bool xes = is_xes(&source, path);
        reader->log->files[reader->file].is_xes = xes;
        done = (xes ? xes_log_read : csv_log_read)(reader, &source, err) &&
               reader_end_file(reader, &source, err);
        wish->done += source.packed_bytes;
    }
    source_close(&source);
    return done;
}

/* Number 0 of every list is the empty text. */
static void begin_log(LogReader *reader)
{
    Log *log = reader->log;
    const LogRequest *request = reader->request;
    LogNames *lists[] = {&log->cases, &log->activities, &log->people, &log->roles,
                         &log->values};
    for (size_t i = 0; i < sizeof lists / sizeof *lists; i++)
        log_names_add(lists[i], &log->arena, (LogText){0});
    log->shard = request->shard;
    log->shards = request->shards;
    log->facts_said = mem_alloc_array(reader->mapping->fact_count, sizeof *log->facts_said);
    log->first = log->last = MOMENT_NONE;
    log->zone = reader->mapping->has_zone ? reader->mapping->zone
                : request->has_zone       ? request->zone
                                          : (Zone){0};
    log->zone_assumed = !reader->mapping->has_zone && !request->has_zone;
}

bool reader_read_all(LogReader *reader, Error *err)
{
    const LogRequest *request = reader->request;
    reader->mapping = request->mapping;
    SourceWish wish = {.max_bytes = request->max_bytes,
                       .progress = request->progress,
                       .progress_context = request->progress_context,
                       .ahead = request->jobs > 1,
                       .of = bytes_of_all(request)};
    begin_log(reader);
    bool done = check_twice(request, err);
    for (size_t i = 0; done && i < request->path_count; i++)
        done = read_file(reader, request->paths[i], &wish, err);
    return done;
}

void reader_clear(LogReader *reader)
{
    free(reader->undecided);
    reader->undecided = NULL;
}

bool log_read(const LogRequest *request, Log *log, Error *err)
{
    *log = (Log){0};
    LogReader reader = {.log = log, .request = request};
    bool done = reader_read_all(&reader, err);
    reader_clear(&reader);
    return done;
}

void log_clear(Log *log)
{
    LogNames *lists[] = {&log->cases, &log->activities, &log->people, &log->roles,
                         &log->values};
    for (size_t i = 0; i < sizeof lists / sizeof *lists; i++)
        log_names_clear(lists[i]);
    free(log->rows);
    free(log->row_values);
    free(log->set_aside);
    free(log->files);
    free(log->marks);
    free(log->facts_said);
    arena_clear(&log->arena);
    *log = (Log){0};
}

void log_place(const Log *log, uint32_t file, uint64_t line, char out[300])
{
    snprintf(out, 300, "%.250s:%llu", log->files[file].path, (unsigned long long)line);
}
