/* A flow and everything it uses, read, parsed and resolved: what is checked,
 * compiled, hashed and stored. Opens no file itself: `use` is answered by a
 * callback. The order of work is bundle_parse (all files), then names_resolve. */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/diag.h"
#include "base/error.h"
#include "base/text.h"
#include "lang/ast.h"

typedef struct Source {
    const char *path;  /* as shown to people; in the arena */
    const char *name;  /* as `use` names it; the main file's own base name otherwise */
    const char *text;  /* owned by the bundle; NUL after `length` bytes */
    const char *clean; /* what the lexer reads of it (scan.h); NULL: nothing */
    struct LateLead *late_leads; /* in the arena: see words.h */
    size_t length;
    bool is_scenarios;     /* NAME.scenarios.flow: no part of the content hash */
    uint32_t *line_starts; /* in the arena: the offset at which each line begins */
    uint32_t line_count;
} Source;

typedef struct Bundle {
    Arena arena;
    Source *sources; /* owned array */
    size_t source_count, source_capacity;
    Flow flow;
    Diags diags;
    struct BundleCanon *canon; /* for bundle_normalise; in the arena */
} Bundle;

/* Adds a file to the bundle (copying all three) and returns its number. Does not
 * parse it: bundle_load does, and so may a test that has no files. */
uint32_t bundle_add_source(Bundle *bundle, const char *path, const char *name, const char *text,
                           size_t length);

/* What `use "NAME"` (or the main file, or the scenario file beside it) holds. The
 * scenario file of `cre.flow` is asked for as "cre.scenarios", from `cre.flow`.
 * Fills *path (what to show) and *text (with a NUL after it); both malloc'ed, the
 * callee's caller frees. Returns false with an error when it cannot be had; a `from` is the
 * path of the file that names it, NULL for the main one. ERROR_NOT_FOUND for a
 * scenario file means that there is none, which is fine. */
typedef bool (*BundleReader)(void *context, const char *name, const char *from, char **path,
                             char **text, size_t *length, Error *err);

/* Reads and parses `name`, what it uses (depth first, each path once), and its
 * scenario file. Files that use each other in a circle are a finding. False only when the world
 * failed (file, limits: *err says); what is wrong in the text is in bundle->diags. */
bool bundle_load(Bundle *bundle, const char *name, BundleReader read, void *context,
                 Error *err);
void bundle_clear(Bundle *bundle);

/* Line and column (from 1; the column in characters) of a byte offset. */
typedef struct Place {
    uint32_t line, column;
} Place;
Place source_place(const Source *source, uint32_t offset);
/* The line's bytes, without its end. */
const char *source_line(const Source *source, uint32_t line, size_t *length);

/* The normalised bytes of the bundle: white space, comments, `because`,
 * scenarios, `allow` and the order of blocks change nothing; dated holidays are
 * left out (language.md, meaning 16). The content hash is SHA-256 of these. */
void bundle_normalise(const Bundle *bundle, Text *out);
/* The same of one calendar's dated rules: for the calendar's own hash. */
void bundle_normalise_calendar(const Bundle *bundle, const CalendarAst *calendar, Text *out);

/* All files in one text that bundle_load can read back through bundle_unpack:
 * what the store keeps. Scenario files are not in it. Which file each `use` meant
 * is written down, so that reading back needs no search path. */
void bundle_pack(const Bundle *bundle, Text *out);
/* A BundleReader over such a text; `context` is a BundlePack. */
typedef struct BundlePack {
    const char *text;
    size_t length;
} BundlePack;
bool bundle_unpack(void *context, const char *name, const char *from, char **path, char **text,
                   size_t *length, Error *err);
