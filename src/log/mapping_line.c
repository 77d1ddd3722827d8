#include "log/mapping_line.h"

#include <string.h>

#include "base/mem.h"

static bool is_blank(char c)
{
    return c == ' ' || c == '\t' || c == '\r';
}

static bool complain(const MapLine *line, const char *what)
{
    return error_set(line->err, "%s:%u: %s", line->path, line->number, what);
}

static void add_word(MapLine *line, Arena *arena, const char *text, size_t length, bool quoted)
{
    line->words[line->count++] = (MapWord){arena_strndup(arena, text, length), quoted};
}

/* From the opening quote; returns what follows the closing one, or NULL. */
static const char *read_quoted(MapLine *line, Arena *arena, const char *at, const char *end)
{
    char *text = arena_alloc(arena, (size_t)(end - at));
    size_t length = 0;
    for (at++; at < end && *at != '"'; at++) {
        if (*at == '\\' && at + 1 < end && (at[1] == '"' || at[1] == '\\'))
            at++;
        text[length++] = *at;
    }
    add_word(line, arena, text, length, true);
    return at < end ? at + 1 : NULL;
}

bool map_line_read(MapLine *line, Arena *arena, const char *text, size_t length)
{
    const char *at = text, *end = text + length;
    line->words = arena_alloc(arena, (length + 1) * sizeof *line->words);
    line->count = line->at = 0;
    while (at < end) {
        if (is_blank(*at)) {
            at++;
        } else if (*at == '#') {
            break;
        } else if (*at == '"') {
            at = read_quoted(line, arena, at, end);
            if (!at)
                return complain(line,
                                "a quote is never closed: texts end with \" on their line");
        } else {
            const char *start = at++;
            while (*start != ',' && at < end && !is_blank(*at) && *at != ',' && *at != '"' &&
                   *at != '#')
                at++;
            add_word(line, arena, start, (size_t)(at - start), false);
        }
    }
    return true;
}

bool map_line_ends(const MapLine *line)
{
    return line->at == line->count;
}

bool map_line_is(MapLine *line, const char *word)
{
    if (map_line_ends(line) || line->words[line->at].quoted ||
        strcmp(line->words[line->at].text, word) != 0)
        return false;
    line->at++;
    return true;
}

bool map_line_either(MapLine *line, const char **text)
{
    if (map_line_ends(line))
        return false;
    *text = line->words[line->at++].text;
    return true;
}

bool map_line_text(MapLine *line, const char **text)
{
    return !map_line_ends(line) && line->words[line->at].quoted && map_line_either(line, text);
}

bool map_line_name(MapLine *line, const char **name)
{
    return !map_line_ends(line) && !line->words[line->at].quoted &&
           strcmp(line->words[line->at].text, ",") != 0 && map_line_either(line, name);
}
