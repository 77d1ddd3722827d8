#include "log/mapping.h"

#include <string.h>

#include "base/limits.h"
#include "base/mem.h"
#include "base/text.h"
#include "base/utf8.h"
#include "lang/suggest.h"
#include "log/columns.h"
#include "log/encoding.h"
#include "log/mapping_line.h"

/* Room for one more in an array of the arena, whose length is a power of two or nothing:
 * what it held before is left to the arena. */
static void *grown(Arena *arena, void *items, uint32_t count, size_t size)
{
    if (count & (count - 1))
        return items;
    void *bigger = arena_alloc(arena, (count ? count * 2u : 1u) * size);
    if (count)
        memcpy(bigger, items, count * size);
    return bigger;
}

#define ADD(mapping, array, counter, ...)                                                      \
    ((mapping)->array = grown(&(mapping)->arena, (mapping)->array, (mapping)->counter,         \
                              sizeof *(mapping)->array),                                       \
     (void)((mapping)->array[(mapping)->counter++] = __VA_ARGS__))

static bool said_twice(const MapLine *line, const char *what, uint32_t before)
{
    return error_set(line->err, "%s:%u: %s is said in line %u already", line->path,
                     line->number, what, before);
}

/* ---- words that options share ---------------------------------------------------------- */

bool mapping_dates(Mapping *mapping, const char *words, Error *err)
{
    static const struct {
        const char *words;
        DateOrder order;
    } orders[] = {{"day month year", DATES_DAY_FIRST},
                  {"month day year", DATES_MONTH_FIRST},
                  {"year month day", DATES_YEAR_FIRST}};
    for (size_t i = 0; i < sizeof orders / sizeof *orders; i++) {
        if (strcmp(orders[i].words, words) == 0) {
            mapping->dates = orders[i].order;
            return true;
        }
    }
    return error_set(err,
                     "'%s' is no order of dates: 'day month year', 'month day year' or 'year "
                     "month day'",
                     words);
}

bool mapping_separator(Mapping *mapping, const char *word, Error *err)
{
    if (strcmp(word, "tab") == 0)
        word = "\t";
    bool possible =
        strlen(word) == 1 && (unsigned char)*word < 0x80 && !strchr("\"\r\n", *word);
    if (possible)
        mapping->separator = *word;
    return possible ||
           error_set(err, "'%s' cannot part columns: one character such as ';', or tab", word);
}

bool mapping_quote(Mapping *mapping, const char *word, Error *err)
{
    bool possible = strlen(word) == 1 && (unsigned char)*word < 0x80 && !strchr("\r\n", *word);
    if (strcmp(word, "none") == 0)
        mapping->quote = NO_QUOTE;
    else if (possible)
        mapping->quote = *word;
    else
        return error_set(err, "'%s' cannot quote: one character such as \"'\", or none", word);
    return true;
}

bool mapping_lifecycle(Mapping *mapping, const char *word, Error *err)
{
    static const char *const words[] = {"complete", "start", "any"};
    for (unsigned i = 0; i < sizeof words / sizeof *words; i++) {
        if (strcmp(words[i], word) == 0) {
            mapping->lifecycle = (LogLifecycle)i;
            return true;
        }
    }
    return error_set(err, "'%s' is no part of a lifecycle: complete, start or any", word);
}

bool mapping_encoding(Mapping *mapping, const char *word, Error *err)
{
    return encoding_parse(word, &mapping->encoding, err);
}

bool mapping_zone(Mapping *mapping, const char *words, Error *err)
{
    mapping->has_zone = zone_parse(words, &mapping->zone, err);
    return mapping->has_zone;
}

void mapping_add_fact(Mapping *mapping, const char *fact, const char *column, uint32_t line)
{
    MappedFact said = {arena_strdup(&mapping->arena, fact),
                       arena_strdup(&mapping->arena, column), line, false};
    for (uint32_t i = 0; i < mapping->fact_count; i++) {
        if (strcmp(mapping->facts[i].fact, fact) == 0) {
            mapping->facts[i] = said;
            return;
        }
    }
    ADD(mapping, facts, fact_count, said);
}

void mapping_offer_fact(Mapping *mapping, const char *fact)
{
    for (uint32_t i = 0; i < mapping->fact_count; i++)
        if (strcmp(mapping->facts[i].fact, fact) == 0)
            return;
    mapping_add_fact(mapping, fact, fact, 0);
    mapping->facts[mapping->fact_count - 1].may_lack = true;
}

/* ---- lines ---------------------------------------------------------------------------------
 */

/* Each reads what follows its first word; false without a message: it is not so. */

static bool read_column(Mapping *mapping, MapLine *line, LogColumn column)
{
    const char *heading;
    if (!map_line_is(line, "column") || !map_line_text(line, &heading))
        return false;
    if (mapping->columns[column])
        return error_set(line->err, "%s:%u: the column of the %s is said twice", line->path,
                         line->number, column_names[column]);
    mapping->columns[column] = heading;
    return true;
}

static bool read_case(Mapping *mapping, MapLine *line)
{
    return read_column(mapping, line, COLUMN_CASE);
}

static bool read_time(Mapping *mapping, MapLine *line)
{
    return read_column(mapping, line, COLUMN_TIME);
}

static bool read_person(Mapping *mapping, MapLine *line)
{
    return read_column(mapping, line, COLUMN_PERSON);
}

static bool add_activity(Mapping *mapping, MapLine *line, MappedActivity said)
{
    for (uint32_t i = 0; i < mapping->activity_count; i++)
        if (strcmp(mapping->activities[i].activity, said.activity) == 0)
            return said_twice(line, said.activity, mapping->activities[i].line);
    said.line = line->number;
    ADD(mapping, activities, activity_count, said);
    return true;
}

/* fact value [, fact value …] */
static bool read_sayings(Mapping *mapping, MapLine *line, MappedActivity *said)
{
    MappedSaying *sayings =
        ARENA_ARRAY(&mapping->arena, line->count - line->at + 1, MappedSaying);
    said->sayings = sayings;
    do {
        MappedSaying *one = &sayings[said->saying_count++];
        if (!map_line_name(line, &one->fact) || !map_line_either(line, &one->value))
            return false;
    } while (map_line_is(line, ","));
    return true;
}

static bool read_activity(Mapping *mapping, MapLine *line)
{
    MappedActivity said = {0};
    if (!map_line_text(line, &said.activity))
        return read_column(mapping, line, COLUMN_ACTIVITY);
    if (!map_line_is(line, "is") || !map_line_name(line, &said.event))
        return false;
    if (map_line_is(line, "with") && !read_sayings(mapping, line, &said))
        return false;
    return map_line_ends(line) && add_activity(mapping, line, said);
}

static bool read_ignore(Mapping *mapping, MapLine *line)
{
    do {
        MappedActivity said = {0};
        if (!map_line_text(line, &said.activity) || !add_activity(mapping, line, said))
            return false;
    } while (map_line_is(line, ","));
    return true;
}

static bool read_nobody(Mapping *mapping, MapLine *line)
{
    do {
        const char *text;
        if (!map_line_text(line, &text))
            return false;
        ADD(mapping, nobodies, nobody_count, text);
    } while (map_line_is(line, ","));
    return true;
}

static bool read_role(Mapping *mapping, MapLine *line)
{
    MappedName said = {.line = line->number};
    if (!map_line_text(line, &said.from))
        return read_column(mapping, line, COLUMN_ROLE);
    if (!map_line_is(line, "is") || !map_line_name(line, &said.to))
        return false;
    for (uint32_t i = 0; i < mapping->role_count; i++)
        if (strcmp(mapping->roles[i].from, said.from) == 0)
            return said_twice(line, said.from, mapping->roles[i].line);
    ADD(mapping, roles, role_count, said);
    return true;
}

static bool read_value(Mapping *mapping, MapLine *line)
{
    MappedValue said = {.line = line->number};
    if (!map_line_text(line, &said.from) || !map_line_is(line, "of") ||
        !map_line_name(line, &said.fact) || !map_line_is(line, "is") ||
        !map_line_either(line, &said.to))
        return false;
    for (uint32_t i = 0; i < mapping->value_count; i++)
        if (strcmp(mapping->values[i].from, said.from) == 0 &&
            strcmp(mapping->values[i].fact, said.fact) == 0)
            return said_twice(line, said.from, mapping->values[i].line);
    ADD(mapping, values, value_count, said);
    return true;
}

static bool read_fact(Mapping *mapping, MapLine *line)
{
    const char *fact, *column;
    if (!map_line_name(line, &fact) || !map_line_is(line, "column") ||
        !map_line_text(line, &column))
        return false;
    for (uint32_t i = 0; i < mapping->fact_count; i++)
        if (strcmp(mapping->facts[i].fact, fact) == 0)
            return said_twice(line, fact, mapping->facts[i].line);
    mapping_add_fact(mapping, fact, column, line->number);
    return true;
}

static bool read_rank(Mapping *mapping, MapLine *line)
{
    do {
        const char *activity;
        if (!map_line_text(line, &activity))
            return false;
        for (uint32_t i = 0; i < mapping->rank_count; i++)
            if (strcmp(mapping->ranks[i], activity) == 0)
                return error_set(line->err, "%s:%u: '%s' has two ranks", line->path,
                                 line->number, activity);
        ADD(mapping, ranks, rank_count, activity);
    } while (map_line_is(line, ","));
    return true;
}

/* The rest of the line, its words with one blank between. */
static const char *read_rest(Mapping *mapping, MapLine *line)
{
    Text words = {0};
    const char *word;
    while (map_line_either(line, &word))
        text_addf(&words, "%s%s", words.length ? " " : "", word);
    const char *rest = arena_strdup(&mapping->arena, text_get(&words));
    text_clear(&words);
    return rest;
}

/* What an option can say as well; its own message gets the place. */
static bool read_setting(Mapping *mapping, MapLine *line,
                         bool (*set)(Mapping *, const char *, Error *))
{
    Error inner = {0};
    if (map_line_ends(line))
        return false;
    return set(mapping, read_rest(mapping, line), &inner) ||
           error_set(line->err, "%s:%u: %s", line->path, line->number, inner.text);
}

static bool read_dates(Mapping *mapping, MapLine *line)
{
    return read_setting(mapping, line, mapping_dates);
}

static bool read_zone(Mapping *mapping, MapLine *line)
{
    return read_setting(mapping, line, mapping_zone);
}

static bool read_encoding(Mapping *mapping, MapLine *line)
{
    return read_setting(mapping, line, mapping_encoding);
}

static bool read_separator(Mapping *mapping, MapLine *line)
{
    return read_setting(mapping, line, mapping_separator);
}

static bool read_quote(Mapping *mapping, MapLine *line)
{
    return read_setting(mapping, line, mapping_quote);
}

static bool read_lifecycle(Mapping *mapping, MapLine *line)
{
    bool is_column = !map_line_ends(line) && strcmp(line->words[line->at].text, "column") == 0;
    return is_column ? read_column(mapping, line, COLUMN_LIFECYCLE)
                     : read_setting(mapping, line, mapping_lifecycle);
}

static bool read_dedupe(Mapping *mapping, MapLine *line)
{
    (void)line;
    mapping->dedupe = true;
    return true;
}

static const struct LineKind {
    const char *word, *example;
    bool (*read)(Mapping *mapping, MapLine *line);
} kinds[] = {
    {"case", "case column \"Case ID\"", read_case},
    {"activity", "activity \"Child seen\" is see-child, or activity column \"Type\"",
     read_activity},
    {"time", "time column \"Date\"", read_time},
    {"person", "person column \"Worker\"", read_person},
    {"role", "role \"Team 1\" is social-worker, or role column \"Team\"", read_role},
    {"fact", "fact urgent column \"Priority\"", read_fact},
    {"value", "value \"High\" of risk is high", read_value},
    {"ignore", "ignore \"Archived\"", read_ignore},
    {"nobody", "nobody \"UNDEFINED\"", read_nobody},
    {"rank", "rank \"Contact\", \"Referral\"", read_rank},
    {"dates", "dates day month year", read_dates},
    {"zone", "zone Europe/London", read_zone},
    {"encoding", "encoding windows-1252", read_encoding},
    {"separator", "separator \";\"", read_separator},
    {"quote", "quote \"'\"", read_quote},
    {"lifecycle", "lifecycle complete", read_lifecycle},
    {"dedupe", "dedupe", read_dedupe},
};

static bool unknown_word(const MapLine *line)
{
    const char *word = line->words[0].text;
    Suggestion meant = suggest_begin(word);
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
        suggest_try(&meant, kinds[i].word);
    if (meant.best != SUGGEST_NONE)
        return error_set(line->err, "%s:%u: '%s' is no line of a map file: did you mean '%s'?",
                         line->path, line->number, word, kinds[meant.best].word);
    return error_set(
        line->err,
        "%s:%u: '%s' is no line of a map file: one begins with case, activity, time, "
        "person, role, fact, value, ignore, nobody, rank, dates, zone, encoding, separator, "
        "quote, lifecycle or dedupe",
        line->path, line->number, word);
}

static bool read_line(Mapping *mapping, MapLine *line, const char *text, size_t length)
{
    if (!map_line_read(line, &mapping->arena, text, length))
        return false;
    if (map_line_ends(line))
        return true;
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
        if (!map_line_is(line, kinds[i].word))
            continue;
        line->err->kind = ERROR_NONE;
        bool done = kinds[i].read(mapping, line);
        if (line->err->kind != ERROR_NONE || (done && map_line_ends(line)))
            return done;
        return error_set(line->err,
                         "%s:%u: this line is not complete or says too much: write, "
                         "for example, %s",
                         line->path, line->number, kinds[i].example);
    }
    return unknown_word(line);
}

bool mapping_parse(Mapping *mapping, const char *path, const char *text, size_t length,
                   Error *err)
{
    mapping->path = arena_strdup(&mapping->arena, path);
    MapLine line = {.path = mapping->path, .err = err};
    if (length > LIMIT_MAP_BYTES)
        return error_kind(err, ERROR_LIMIT, "'%s' has more than %u bytes", path,
                          LIMIT_MAP_BYTES);
    if (!utf8_is_valid(text, length))
        return error_set(err, "'%s' is not text in UTF-8", path);
    const char *at = text, *end = text + length;
    if (length >= 3 && memcmp(at, "\xef\xbb\xbf", 3) == 0)
        at += 3;
    while (at < end) {
        const char *stop = memchr(at, '\n', (size_t)(end - at));
        stop = stop ? stop : end;
        line.number++;
        if (!read_line(mapping, &line, at, (size_t)(stop - at)))
            return false;
        at = stop + 1;
    }
    return true;
}

void mapping_clear(Mapping *mapping)
{
    arena_clear(&mapping->arena);
    *mapping = (Mapping){0};
}
