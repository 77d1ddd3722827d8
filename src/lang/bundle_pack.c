/* The form in which a database keeps a bundle. Every part is preceded by its
 * length, so nothing in a flow can be mistaken for structure:
 *
 *   casewright bundle 1
 *   file <bytes of path> <bytes of text> <number of uses>
 *   <path>
 *   use <bytes of name> <number of the file it stands for>
 *   <name>
 *   <text>
 */
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "lang/bundle.h"

#define PACK_HEADING "casewright bundle 1\n"

static void pack_uses(const Bundle *bundle, uint32_t source, Text *out)
{
    for (const UseAst *use = bundle->flow.uses; use; use = use->next)
        if (use->span.file == source)
            text_addf(out, "use %zu %d\n%s\n", strlen(use->name), (int)use->source, use->name);
}

static size_t count_uses(const Bundle *bundle, uint32_t source)
{
    size_t count = 0;
    for (const UseAst *use = bundle->flow.uses; use; use = use->next)
        count += use->span.file == source;
    return count;
}

void bundle_pack(const Bundle *bundle, Text *out)
{
    text_add(out, PACK_HEADING);
    for (uint32_t i = 0; i < bundle->source_count; i++) {
        const Source *source = &bundle->sources[i];
        if (source->is_scenarios)
            continue;
        text_addf(out, "file %zu %zu %zu\n%s\n", strlen(source->path), source->length,
                  count_uses(bundle, i), source->path);
        pack_uses(bundle, i, out);
        text_add_bytes(out, source->text, source->length);
        text_add_char(out, '\n');
    }
}

/* ---- reading back: nothing is believed, for it comes from a file -------- */

typedef struct Cursor {
    const char *at, *end;
} Cursor;

typedef struct Part {
    const char *bytes;
    size_t length;
} Part;

typedef struct PackedFile {
    Part path, text;
    Cursor uses; /* from the first `use` line on */
    size_t use_count;
} PackedFile;

static bool take_word(Cursor *cursor, const char *word)
{
    size_t length = strlen(word);
    if ((size_t)(cursor->end - cursor->at) < length || memcmp(cursor->at, word, length) != 0)
        return false;
    cursor->at += length;
    return true;
}

static bool take_number(Cursor *cursor, size_t *number)
{
    const char *start = cursor->at;
    *number = 0;
    while (cursor->at < cursor->end && *cursor->at >= '0' && *cursor->at <= '9' &&
           cursor->at - start < 10)
        *number = *number * 10 + (size_t)(*cursor->at++ - '0');
    return cursor->at > start;
}

static bool take_part(Cursor *cursor, size_t length, Part *part)
{
    if ((size_t)(cursor->end - cursor->at) <= length || cursor->at[length] != '\n')
        return false;
    *part = (Part){cursor->at, length};
    cursor->at += length + 1;
    return true;
}

static bool take_use(Cursor *cursor, Part *name, size_t *target)
{
    size_t length;
    return take_word(cursor, "use ") && take_number(cursor, &length) &&
           take_word(cursor, " ") && take_number(cursor, target) && take_word(cursor, "\n") &&
           take_part(cursor, length, name);
}

static bool take_file(Cursor *cursor, PackedFile *file)
{
    size_t path_length, text_length;
    if (!take_word(cursor, "file ") || !take_number(cursor, &path_length) ||
        !take_word(cursor, " ") || !take_number(cursor, &text_length) ||
        !take_word(cursor, " ") || !take_number(cursor, &file->use_count) ||
        !take_word(cursor, "\n") || !take_part(cursor, path_length, &file->path))
        return false;
    file->uses = *cursor;
    Part name;
    size_t target;
    for (size_t i = 0; i < file->use_count; i++)
        if (!take_use(cursor, &name, &target))
            return false;
    return take_part(cursor, text_length, &file->text);
}

static bool part_is(Part part, const char *text)
{
    return part.length == strlen(text) && memcmp(part.bytes, text, part.length) == 0;
}

/* The file of that number, or, with a path, the file that has it. */
static bool find_file(const BundlePack *pack, size_t number, const char *path, PackedFile *file)
{
    Cursor cursor = {pack->text, pack->text + pack->length};
    if (!take_word(&cursor, PACK_HEADING))
        return false;
    for (size_t i = 0; take_file(&cursor, file); i++)
        if (path ? part_is(file->path, path) : i == number)
            return true;
    return false;
}

static bool find_target(const PackedFile *file, const char *name, size_t *target)
{
    Cursor cursor = file->uses;
    Part part;
    for (size_t i = 0; i < file->use_count && take_use(&cursor, &part, target); i++)
        if (part_is(part, name))
            return true;
    return false;
}

bool bundle_unpack(void *context, const char *name, const char *from, char **path, char **text,
                   size_t *length, Error *err)
{
    const BundlePack *pack = context;
    PackedFile file;
    size_t number = 0;
    if (from) {
        if (!find_file(pack, 0, from, &file))
            return error_kind(err, ERROR_INTEGRITY, "the stored bundle has no file '%s'", from);
        if (!find_target(&file, name, &number))
            return error_kind(err, ERROR_NOT_FOUND, "the stored bundle has no '%s'", name);
    }
    if (!find_file(pack, number, NULL, &file))
        return error_kind(err, ERROR_INTEGRITY, "the stored bundle is damaged at '%s'", name);
    *path = mem_strndup(file.path.bytes, file.path.length);
    *text = mem_strndup(file.text.bytes, file.text.length);
    *length = file.text.length;
    return true;
}
