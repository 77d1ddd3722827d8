/* A line of a map file taken apart into words and quoted texts. */
#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/error.h"

typedef struct MapWord {
    const char *text; /* in the arena; of a quoted text without the quotes */
    bool quoted;
} MapWord;

typedef struct MapLine {
    const char *path; /* of the map file */
    uint32_t number;  /* from 1 */
    MapWord *words;   /* in the arena */
    uint32_t count;
    uint32_t at; /* of the next word to be read */
    Error *err;
} MapLine;

/* Takes the line apart; a comma is a word of its own. False: a quote without an end, a
 * character that is no part of a word. */
bool map_line_read(MapLine *line, Arena *arena, const char *text, size_t length);

/* Each reads one word and moves on, or returns false without a message. */
bool map_line_is(MapLine *line, const char *word);    /* unquoted */
bool map_line_text(MapLine *line, const char **text); /* quoted */
bool map_line_name(MapLine *line, const char **name); /* unquoted */
bool map_line_either(MapLine *line, const char **text);
bool map_line_ends(const MapLine *line);
