/* An XES file (IEEE 1849) as a log: streamed through expat, never held whole. An event
 * takes its own attributes only: those nested under attributes, in lists and in
 * containers are somebody's notes on them, and <global> holds defaults, which are no
 * data. Names of elements count without their prefix, whatever namespace they claim.
 * Any DOCTYPE is refused before it can define anything. */
#include <expat.h>
#include <stdlib.h>
#include <string.h>

#include "base/limits.h"
#include "base/mem.h"
#include "base/text.h"
#include "log/columns.h"
#include "log/reader.h"

typedef enum ElementKind {
    ELEMENT_OTHER,
    ELEMENT_LOG,
    ELEMENT_TRACE,
    ELEMENT_EVENT
} ElementKind;

/* Something that rows want to know, and where it stands. */
typedef struct Wanted {
    const char *key; /* borrowed; of the attribute, without "case:" */
    bool of_event;   /* an event may say it */
    bool of_trace;   /* the trace may, for all its events */
    bool met;
    Text event, trace; /* what was said last */
} Wanted;

typedef struct XesLog {
    LogReader *reader;
    const char *path;
    XML_Parser parser;
    Error *err;
    bool failed;
    ElementKind kinds[LIMIT_XES_DEPTH + 1]; /* of the elements open; 0: the file */
    uint32_t depth;
    Wanted *wanted; /* owned; the columns, then the mapping's facts */
    uint32_t wanted_count;
    LogText *facts; /* owned; of the event at hand */
    uint64_t event_line, events, events_of_trace;
    bool outside; /* the event at hand stands in no trace */
} XesLog;

static const char *const standard_keys[LOG_COLUMNS] = {
    [COLUMN_CASE] = "concept:name",   [COLUMN_ACTIVITY] = "concept:name",
    [COLUMN_TIME] = "time:timestamp", [COLUMN_PERSON] = "org:resource",
    [COLUMN_ROLE] = "org:role",       [COLUMN_LIFECYCLE] = "lifecycle:transition",
};

/* ---- what is wanted ------------------------------------------------------------------ */

static Wanted wanted_key(const char *key, bool of_event, bool of_trace)
{
    bool told = strncmp(key, "case:", 5) == 0;
    return (Wanted){.key = told ? key + 5 : key,
                    .of_event = of_event && !told,
                    .of_trace = of_trace || told};
}

static void find_wanted(XesLog *log)
{
    const Mapping *mapping = log->reader->mapping;
    log->wanted_count = LOG_COLUMNS + mapping->fact_count;
    log->wanted = mem_alloc_array(log->wanted_count, sizeof *log->wanted);
    log->facts = mem_alloc_array(mapping->fact_count, sizeof *log->facts);
    for (LogColumn column = 0; column < LOG_COLUMNS; column++) {
        const char *named = mapping->columns[column];
        bool is_case = column == COLUMN_CASE;
        log->wanted[column] =
            wanted_key(named ? named : standard_keys[column], !is_case, is_case);
    }
    for (uint32_t i = 0; i < mapping->fact_count; i++)
        log->wanted[LOG_COLUMNS + i] = wanted_key(mapping->facts[i].column, true, true);
}

static void forget(XesLog *log, ElementKind kind)
{
    for (uint32_t i = 0; i < log->wanted_count; i++)
        text_reset(kind == ELEMENT_TRACE ? &log->wanted[i].trace : &log->wanted[i].event);
}

/* What the event says, else what its trace does. */
static LogText said(const Wanted *wanted)
{
    const Text *text = wanted->event.length ? &wanted->event : &wanted->trace;
    return (LogText){text_get(text), text->length};
}

/* ---- failures --------------------------------------------------------------------------- */

static uint64_t line_of(const XesLog *log)
{
    return XML_GetCurrentLineNumber(log->parser);
}

static void stop(XesLog *log, ErrorKind kind, const char *what)
{
    if (!log->failed)
        error_kind(log->err, kind, "%s:%llu: %s", log->path, (unsigned long long)line_of(log),
                   what);
    log->failed = true;
    XML_StopParser(log->parser, XML_FALSE);
}

static void stop_at_doctype(void *context, const XML_Char *name, const XML_Char *system_id,
                            const XML_Char *public_id, int has_internal)
{
    (void)name, (void)system_id, (void)public_id, (void)has_internal;
    stop(context, ERROR_INPUT,
         "the file has a DOCTYPE, which no log needs and which could make it grow without end: "
         "it is not read; take the DOCTYPE out");
}

/* ---- elements --------------------------------------------------------------------------- */

static void take_attribute(XesLog *log, ElementKind parent, const XML_Char **pairs)
{
    const char *key = NULL, *value = NULL;
    for (; *pairs; pairs += 2) {
        key = strcmp(pairs[0], "key") == 0 ? pairs[1] : key;
        value = strcmp(pairs[0], "value") == 0 ? pairs[1] : value;
    }
    if (!key || !value)
        return;
    size_t length = strlen(value);
    if (length > LIMIT_XES_VALUE_BYTES) {
        stop(log, ERROR_LIMIT, "a value here is longer than 1 MiB");
        return;
    }
    for (uint32_t i = 0; i < log->wanted_count; i++) {
        Wanted *wanted = &log->wanted[i];
        bool may = parent == ELEMENT_TRACE ? wanted->of_trace : wanted->of_event;
        if (!may || strcmp(wanted->key, key) != 0)
            continue;
        Text *text = parent == ELEMENT_TRACE ? &wanted->trace : &wanted->event;
        text_reset(text);
        text_add_bytes(text, value, length);
        wanted->met = true;
    }
}

static const char *local_name(const char *name)
{
    const char *colon = strrchr(name, ':');
    return colon ? colon + 1 : name;
}

static void begin_event(XesLog *log, ElementKind parent)
{
    forget(log, ELEMENT_EVENT);
    log->event_line = line_of(log);
    log->outside = parent == ELEMENT_LOG;
    log->events++;
    log->events_of_trace++;
}

static ElementKind begin_element(XesLog *log, const char *name, const XML_Char **pairs)
{
    ElementKind parent = log->kinds[log->depth];
    if (log->depth == 0 && strcmp(name, "log") == 0)
        return ELEMENT_LOG;
    if (log->depth == 0)
        stop(log, ERROR_INPUT, "this is XML, but not XES: its first element is not <log>");
    if (parent == ELEMENT_LOG && strcmp(name, "trace") == 0) {
        forget(log, ELEMENT_TRACE);
        log->events_of_trace = 0;
        return ELEMENT_TRACE;
    }
    if ((parent == ELEMENT_LOG || parent == ELEMENT_TRACE) && strcmp(name, "event") == 0) {
        begin_event(log, parent);
        return ELEMENT_EVENT;
    }
    if (parent == ELEMENT_TRACE || parent == ELEMENT_EVENT)
        take_attribute(log, parent, pairs);
    return ELEMENT_OTHER;
}

static void on_start(void *context, const XML_Char *name, const XML_Char **pairs)
{
    XesLog *log = context;
    if (log->failed)
        return;
    if (log->depth == LIMIT_XES_DEPTH) {
        stop(log, ERROR_LIMIT, "elements within elements, more than 32 deep");
        return;
    }
    ElementKind kind = begin_element(log, local_name(name), pairs);
    log->kinds[++log->depth] = kind;
}

static bool end_event(XesLog *log)
{
    LogReader *reader = log->reader;
    if (log->outside) {
        reader_set_aside(reader, SET_ASIDE_OUTSIDE, log->event_line, (LogText){0},
                         said(&log->wanted[COLUMN_ACTIVITY]));
        return true;
    }
    RawRow row = {.line = log->event_line, .facts = log->facts};
    for (LogColumn column = 0; column < LOG_COLUMNS; column++)
        row.cells[column] = said(&log->wanted[column]);
    for (uint32_t i = 0; i < reader->mapping->fact_count; i++)
        log->facts[i] = said(&log->wanted[LOG_COLUMNS + i]);
    return reader_take(reader, &row, log->err);
}

static void on_end(void *context, const XML_Char *name)
{
    (void)name;
    XesLog *log = context;
    if (log->failed)
        return;
    ElementKind kind = log->kinds[log->depth--];
    if (kind == ELEMENT_EVENT && !end_event(log)) {
        log->failed = true;
        XML_StopParser(log->parser, XML_FALSE);
    }
    if (kind == ELEMENT_TRACE && log->events_of_trace == 0 &&
        reader_wants(log->reader, said(&log->wanted[COLUMN_CASE])))
        log->reader->log->notes.empty_cases++;
}

/* ---- the file -----------------------------------------------------------------------------
 */

static bool broken(XesLog *log)
{
    if (log->failed)
        return false;
    enum XML_Error code = XML_GetErrorCode(log->parser);
    const char *advice =
        code == XML_ERROR_NO_ELEMENTS || code == XML_ERROR_UNCLOSED_TOKEN
            ? "; perhaps it was cut short"
        : code == XML_ERROR_UNKNOWN_ENCODING || code == XML_ERROR_INCORRECT_ENCODING ||
                code == XML_ERROR_INVALID_TOKEN
            ? "; perhaps it is in another encoding than its first line says: save it as UTF-8"
            : "";
    return error_set(log->err, "%s:%llu: this is not well-formed XML (%s)%s", log->path,
                     (unsigned long long)line_of(log), XML_ErrorString(code), advice);
}

/* Expat keeps a tag or comment until it is whole: it must not grow without bound. */
static bool check_token(XesLog *log, uint64_t fed)
{
    XML_Index begun = XML_GetCurrentByteIndex(log->parser);
    if (begun >= 0 && fed - (uint64_t)begun > LIMIT_CSV_RECORD_BYTES)
        stop(log, ERROR_LIMIT, "the tag or comment that begins here is longer than 4 MiB");
    return !log->failed;
}

static bool parse(XesLog *log, Source *source)
{
    uint64_t fed = 0;
    for (;;) {
        size_t length = source->end - source->start;
        fed += length;
        if (XML_Parse(log->parser, source->data + source->start, (int)length, source->at_end) ==
            XML_STATUS_ERROR)
            return broken(log);
        source->start = source->end;
        if (source->at_end)
            return true;
        if (!check_token(log, fed) || !source_more(source, log->err))
            return false;
    }
}

/* A column that somebody named, and that nothing in the file has. */
static bool check_named(const XesLog *log)
{
    const Mapping *mapping = log->reader->mapping;
    for (uint32_t i = 0; i < log->wanted_count && log->events > 0; i++) {
        const char *named =
            i < LOG_COLUMNS ? mapping->columns[i] : mapping->facts[i - LOG_COLUMNS].column;
        bool may_lack = i >= LOG_COLUMNS && mapping->facts[i - LOG_COLUMNS].may_lack;
        if (named && *named && !may_lack && !log->wanted[i].met)
            return error_set(log->err, "%s: no %s has an attribute with the key '%s'",
                             log->path, log->wanted[i].of_event ? "event" : "trace", named);
    }
    return true;
}

static void describe(const XesLog *log)
{
    const LogReader *reader = log->reader;
    Text words = {0};
    for (uint32_t i = 0; i < log->wanted_count; i++) {
        if (!log->wanted[i].met)
            continue;
        const char *name =
            i < LOG_COLUMNS ? column_names[i] : reader->mapping->facts[i - LOG_COLUMNS].fact;
        text_addf(&words, "%s%s \"%s\"%s", words.length ? ", " : "", name, log->wanted[i].key,
                  log->wanted[i].of_event ? "" : " of the trace");
    }
    reader->log->files[reader->file].columns =
        arena_strdup(&reader->log->arena, text_get(&words));
    text_clear(&words);
}

bool xes_log_read(LogReader *reader, Source *source, Error *err)
{
    XesLog log = {.reader = reader, .path = reader->log->files[reader->file].path, .err = err};
    log.parser = XML_ParserCreate(NULL);
    if (!log.parser)
        return error_kind(err, ERROR_MEMORY, "there is no memory to read '%s'", log.path);
    find_wanted(&log);
    XML_SetUserData(log.parser, &log);
    XML_SetElementHandler(log.parser, on_start, on_end);
    XML_SetStartDoctypeDeclHandler(log.parser, stop_at_doctype);
    bool done = parse(&log, source) && check_named(&log);
    describe(&log);
    XML_ParserFree(log.parser);
    for (uint32_t i = 0; i < log.wanted_count; i++) {
        text_clear(&log.wanted[i].event);
        text_clear(&log.wanted[i].trace);
    }
    free(log.wanted);
    free(log.facts);
    return done;
}
