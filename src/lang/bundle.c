#include "lang/bundle.h"

#include <stdlib.h>
#include <string.h>

#include "base/limits.h"
#include "base/map.h"
#include "base/mem.h"
#include "lang/parser.h"

/* ---- sources ---------------------------------------------------------- */

/* The start of the line after `at`; NULL when there is none. */
static const char *next_line(const Source *source, const char *at)
{
    const char *end = memchr(at, '\n', (size_t)(source->text + source->length - at));
    return end ? end + 1 : NULL;
}

static void find_lines(Arena *arena, Source *source)
{
    uint32_t count = 0;
    for (const char *at = source->text; at; at = next_line(source, at))
        count++;
    source->line_starts = ARENA_ARRAY(arena, count, uint32_t);
    source->line_count = count;
    uint32_t line = 0;
    for (const char *at = source->text; at; at = next_line(source, at))
        source->line_starts[line++] = (uint32_t)(at - source->text);
}

/* Takes `text`. */
static uint32_t take_source(Bundle *bundle, const char *path, const char *name, char *text,
                            size_t length)
{
    bundle->flow.arena = &bundle->arena;
    bundle->sources = mem_grow(bundle->sources, &bundle->source_capacity,
                               bundle->source_count + 1, sizeof *bundle->sources);
    Source *source = &bundle->sources[bundle->source_count];
    *source = (Source){
        .path = arena_strdup(&bundle->arena, path),
        .name = arena_strdup(&bundle->arena, name),
        .text = text,
        .length = length,
    };
    find_lines(&bundle->arena, source);
    return (uint32_t)bundle->source_count++;
}

uint32_t bundle_add_source(Bundle *bundle, const char *path, const char *name, const char *text,
                           size_t length)
{
    return take_source(bundle, path, name, mem_strndup(text, length), length);
}

void bundle_clear(Bundle *bundle)
{
    for (size_t i = 0; i < bundle->source_count; i++)
        free((void *)bundle->sources[i].text);
    free(bundle->sources);
    diags_clear(&bundle->diags);
    arena_clear(&bundle->arena);
    *bundle = (Bundle){0};
}

/* A mark of the encoding at the very beginning is no part of the first line. */
static uint32_t mark_length(const Source *source)
{
    return source->length >= 3 && memcmp(source->text, "\xef\xbb\xbf", 3) == 0 ? 3 : 0;
}

Place source_place(const Source *source, uint32_t offset)
{
    if (offset > source->length)
        offset = (uint32_t)source->length;
    uint32_t low = 0, high = source->line_count; /* the line is in [low, high) */
    while (high - low > 1) {
        uint32_t middle = low + (high - low) / 2;
        if (source->line_starts[middle] <= offset)
            low = middle;
        else
            high = middle;
    }
    Place place = {.line = low + 1, .column = 1};
    for (uint32_t i = low == 0 ? mark_length(source) : source->line_starts[low]; i < offset;
         i++)
        place.column += ((unsigned char)source->text[i] & 0xC0) != 0x80;
    return place;
}

const char *source_line(const Source *source, uint32_t line, size_t *length)
{
    if (line == 0 || line > source->line_count) {
        *length = 0;
        return "";
    }
    size_t start = line == 1 ? mark_length(source) : source->line_starts[line - 1];
    size_t end = line < source->line_count ? source->line_starts[line] - 1 : source->length;
    if (end > start && source->text[end - 1] == '\r')
        end--;
    *length = end - start;
    return source->text + start;
}

/* ---- reading ---------------------------------------------------------- */

typedef struct Loader {
    Bundle *bundle;
    BundleReader read;
    void *context;
    Map by_path; /* path -> number of the source */
    size_t bytes, bytes_read; /* of the bundle; of all files read, also again */
    uint32_t reads;
    const UseAst
        *chain[LIMIT_USE_DEPTH]; /* the `use` clauses being followed, outermost first */
    uint32_t depth;
    Error *err;
} Loader;

/* "workflows/cre.flow" -> "cre" */
static char *base_name(const char *path)
{
    const char *slash = strrchr(path, '/');
    const char *base = slash ? slash + 1 : path;
    size_t length = strlen(base);
    if (length > 5 && strcmp(base + length - 5, ".flow") == 0)
        length -= 5;
    return mem_strndup(base, length);
}

static const char *path_of(const Loader *loader, uint32_t source)
{
    return loader->bundle->sources[source].path;
}

/* Says through which files the failing one was reached, innermost first. */
static bool fail_with_chain(Loader *loader)
{
    Text text = {0};
    text_add(&text, loader->err->text);
    for (uint32_t i = loader->depth; i-- > 0;) {
        const UseAst *use = loader->chain[i];
        const Source *source = &loader->bundle->sources[use->span.file];
        text_addf(&text, ", used by '%s' line %u", source->path,
                  source_place(source, use->span.offset).line);
    }
    error_kind(loader->err, loader->err->kind, "%s", text_get(&text));
    text_clear(&text);
    return false;
}

static bool check_size(Loader *loader, const char *path, size_t length)
{
    if (length > LIMIT_FLOW_BYTES)
        return error_kind(loader->err, ERROR_LIMIT, "'%s' is larger than %u bytes", path,
                          LIMIT_FLOW_BYTES);
    if (loader->bytes + length > LIMIT_BUNDLE_BYTES)
        return error_kind(
            loader->err, ERROR_LIMIT,
            "the flow and the files it uses are larger than %u bytes together, at '%s'",
            LIMIT_BUNDLE_BYTES, path);
    if (loader->bundle->source_count >= LIMIT_USE_FILES)
        return error_kind(loader->err, ERROR_LIMIT, "the flow uses more than %u files, at '%s'",
                          LIMIT_USE_FILES, path);
    loader->bytes += length;
    return true;
}

/* A file is read again wherever it is used again; a file that says thousands of
 * times to use another would keep us busy for hours. */
static bool check_reads(Loader *loader, const char *path, size_t length)
{
    loader->bytes_read += length;
    if (++loader->reads <= LIMIT_USE_FILES * LIMIT_USE_DEPTH &&
        loader->bytes_read <= 8u * LIMIT_BUNDLE_BYTES)
        return true;
    return error_kind(loader->err, ERROR_LIMIT,
                      "the flow says too often to use the same files, at '%s'", path);
}

/* Reads one file. *is_new tells whether it was not in the bundle before. */
static bool fetch(Loader *loader, const char *name, const char *from, uint32_t *number,
                  bool *is_new)
{
    char *path = NULL, *text = NULL;
    size_t length = 0;
    if (!loader->read(loader->context, name, from, &path, &text, &length, loader->err))
        return false;
    int64_t known = map_index(&loader->by_path, path);
    *is_new = known < 0;
    bool fits =
        check_reads(loader, path, length) && (known >= 0 || check_size(loader, path, length));
    if (fits && known >= 0) {
        *number = (uint32_t)known;
    } else if (fits) {
        char *base = base_name(path);
        *number = take_source(loader->bundle, path, from ? name : base, text, length);
        text = NULL;
        map_add(&loader->by_path, path_of(loader, *number), strlen(path), *number);
        free(base);
    }
    free(path);
    free(text);
    return fits;
}

/* A file that is used while it is itself being followed. */
static void check_circle(Loader *loader, const UseAst *use, uint32_t target)
{
    uint32_t first = loader->depth; /* the clause in chain[] that stands in `target` */
    for (uint32_t i = 0; i < loader->depth && first == loader->depth; i++)
        if (loader->chain[i]->span.file == target)
            first = i;
    if (first == loader->depth)
        return;
    Text path = {0};
    for (uint32_t i = first; i < loader->depth; i++)
        text_addf(&path, "%s uses ", path_of(loader, loader->chain[i]->span.file));
    text_add(&path, path_of(loader, target));
    Diags *diags = &loader->bundle->diags;
    Diag *diag = diag_add(diags, use->span, "CF113", "These files use each other in a circle");
    diag_label(diags, diag, "this closes the circle");
    diag_help(diags, diag, "%s\nMove what both need into a file of its own.", text_get(&path));
    text_clear(&path);
}

static bool load_uses(Loader *loader, uint32_t source, UseAst *use);

/* Parses a file that has just been added, and what it uses. */
static bool load_source(Loader *loader, uint32_t source)
{
    UseAst **end = &loader->bundle->flow.uses;
    while (*end)
        end = &(*end)->next;
    parse_source(loader->bundle, source);
    return load_uses(loader, source, *end);
}

static bool follow(Loader *loader, UseAst *use)
{
    if (loader->depth == LIMIT_USE_DEPTH) {
        error_kind(loader->err, ERROR_LIMIT, "files use each other more than %u deep, at '%s'",
                   LIMIT_USE_DEPTH, use->name);
        return fail_with_chain(loader);
    }
    loader->chain[loader->depth++] = use;
    uint32_t target = 0;
    bool is_new;
    if (!fetch(loader, use->name, path_of(loader, use->span.file), &target, &is_new))
        return fail_with_chain(loader);
    use->source = (int32_t)target;
    if (!is_new)
        check_circle(loader, use, target);
    bool ok = !is_new || load_source(loader, target);
    loader->depth--;
    return ok;
}

/* `use` is the first clause of the file; the file's clauses stand together. */
static bool load_uses(Loader *loader, uint32_t source, UseAst *use)
{
    for (; use && use->span.file == source; use = use->next)
        if (!follow(loader, use))
            return false;
    return true;
}

static bool load_scenarios(Loader *loader)
{
    Text name = {0};
    text_addf(&name, "%s.scenarios", loader->bundle->sources[0].name);
    uint32_t number = 0;
    bool is_new = false;
    bool found = fetch(loader, text_get(&name), path_of(loader, 0), &number, &is_new);
    text_clear(&name);
    if (!found && loader->err->kind == ERROR_NOT_FOUND) {
        *loader->err = (Error){0};
        return true;
    }
    if (!found || !is_new)
        return found;
    loader->bundle->sources[number].is_scenarios = true;
    return load_source(loader, number);
}

bool bundle_load(Bundle *bundle, const char *name, BundleReader read, void *context, Error *err)
{
    *bundle = (Bundle){0};
    Loader loader = {.bundle = bundle, .read = read, .context = context, .err = err};
    uint32_t main_source = 0;
    bool is_new;
    bool ok = fetch(&loader, name, NULL, &main_source, &is_new) &&
              load_source(&loader, main_source) && load_scenarios(&loader);
    map_clear(&loader.by_path);
    return ok;
}
