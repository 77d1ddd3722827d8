#include "cli/log_options.h"

#include <string.h>

#include "base/limits.h"
#include "cli/process.h"
#include "cli/text_file.h"

static bool read_map(const Invocation *call, Mapping *mapping, Error *err)
{
    const char *path = option_text(call, "map");
    Text text = {0};
    bool done = !path || (text_file_read(path, LIMIT_MAP_BYTES, &text, err) &&
                          mapping_parse(mapping, path, text_get(&text), text.length, err));
    text_clear(&text);
    return done;
}

/* FACT=COLUMN */
static bool read_facts(const Invocation *call, Mapping *mapping, Error *err)
{
    const char *said;
    for (size_t i = 0; (said = option_nth(call, "fact", i)); i++) {
        const char *equals = strchr(said, '=');
        if (!equals || equals == said || !equals[1])
            return error_kind(err, ERROR_USAGE,
                              "'--fact %s' is not FACT=COLUMN, for example urgent=Priority",
                              said);
        char *fact = arena_strndup(&mapping->arena, said, (size_t)(equals - said));
        mapping_add_fact(mapping, fact, equals + 1, 0);
    }
    return true;
}

static void read_columns(const Invocation *call, Mapping *mapping)
{
    static const struct {
        const char *option;
        LogColumn column;
    } columns[] = {{"case", COLUMN_CASE},
                   {"activity", COLUMN_ACTIVITY},
                   {"time", COLUMN_TIME},
                   {"person", COLUMN_PERSON},
                   {"role", COLUMN_ROLE}};
    for (size_t i = 0; i < sizeof columns / sizeof *columns; i++) {
        const char *heading = option_text(call, columns[i].option);
        if (heading)
            mapping->columns[columns[i].column] = arena_strdup(&mapping->arena, heading);
    }
    if (option_given(call, "dedupe"))
        mapping->dedupe = true;
}

/* An option says it over the map file. */
static bool read_settings(const Invocation *call, Mapping *mapping, Error *err)
{
    static const struct {
        const char *option;
        bool (*set)(Mapping *mapping, const char *words, Error *err);
    } settings[] = {{"dates", mapping_dates},       {"zone", mapping_zone},
                    {"encoding", mapping_encoding}, {"separator", mapping_separator},
                    {"quote", mapping_quote},       {"lifecycle", mapping_lifecycle}};
    for (size_t i = 0; i < sizeof settings / sizeof *settings; i++) {
        const char *words = option_text(call, settings[i].option);
        Error inner = {0};
        if (words && !settings[i].set(mapping, words, &inner))
            return error_kind(err, ERROR_USAGE, "'--%s': %s", settings[i].option, inner.text);
    }
    return true;
}

/* 8000000000, 8000M or 8G. */
static bool read_bytes(const Invocation *call, uint64_t *bytes, Error *err)
{
    static const struct {
        const char *name;
        uint64_t bytes;
        size_t digits; /* as many as cannot overflow */
    } units[] = {{"", 1, 18}, {"M", 1000000, 12}, {"G", 1000000000, 9}};
    const char *text = option_text(call, "max-bytes");
    if (!text)
        return true;
    uint64_t number = 0;
    size_t digits = strspn(text, "0123456789");
    for (size_t i = 0; i < digits && digits <= units[0].digits; i++)
        number = number * 10 + (uint64_t)(text[i] - '0');
    for (size_t i = 0; i < sizeof units / sizeof *units; i++)
        if (strcmp(units[i].name, text + digits) == 0 && digits <= units[i].digits)
            *bytes = number * units[i].bytes;
    return *bytes > 0 ||
           error_kind(err, ERROR_USAGE,
                      "'--max-bytes %s' is no number of bytes like 8000000000 or 8G", text);
}

static bool go_on(void *context, uint64_t bytes, uint64_t of)
{
    (void)context, (void)bytes, (void)of;
    return process_interrupted() == 0;
}

bool log_input_read(const Invocation *call, int first, LogInput *input, Error *err)
{
    *input = (LogInput){0};
    LogRequest *request = &input->request;
    request->paths = (const char *const *)call->arguments + first;
    request->path_count = (size_t)(call->argument_count - first);
    request->mapping = &input->mapping;
    request->progress = go_on;
    if (!read_map(call, &input->mapping, err))
        return false;
    read_columns(call, &input->mapping);
    return read_facts(call, &input->mapping, err) &&
           read_settings(call, &input->mapping, err) &&
           read_bytes(call, &request->max_bytes, err);
}

void log_input_offer(LogInput *input, const Program *program)
{
    for (uint32_t fact = 0; fact < program->fact_count; fact++)
        mapping_offer_fact(&input->mapping, program->facts[fact].name);
}

void log_input_clear(LogInput *input)
{
    mapping_clear(&input->mapping);
    *input = (LogInput){0};
}
