/* Finds and reads flow files. What a flow names stays inside the folders that
 * the caller trusts: every path is resolved to its real one, links included,
 * before it is compared with them. */
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "api/engine.h"
#include "base/limits.h"
#include "base/mem.h"
#include "base/text.h"
#include "lang/names.h"
#include "lang/scan.h"

enum { MAX_FOLDERS = 4 };

typedef struct Files {
    char *root;                 /* owned; real path of the project's folder; NULL: none */
    char *root_shown;           /* owned; the same as the user named it */
    char *folders[MAX_FOLDERS]; /* owned; real paths of the libraries */
    size_t folder_count;
    const char *main_file; /* as the user named it; NULL: a library name is the main one */
    const Text *given;     /* what the main one says, when it is no file; or NULL */
} Files;

static char *real_path(const char *path)
{
    char buffer[PATH_MAX];
    return realpath(path, buffer) ? mem_strdup(buffer) : NULL;
}

static char *folder_of(const char *path)
{
    const char *slash = strrchr(path, '/');
    if (!slash)
        return mem_strdup(".");
    return mem_strndup(path, slash == path ? 1 : (size_t)(slash - path));
}

static char *join(const char *folder, const char *name, const char *ending)
{
    Text text = {0};
    text_addf(&text, "%s/%s%s", folder, name, ending);
    return text_take(&text);
}

/* A folder that is not there is no library, which is fine. */
static void add_folder(Files *files, char *path)
{
    char *real = path ? real_path(path) : NULL;
    free(path);
    if (real)
        files->folders[files->folder_count++] = real;
}

static char *beside_program(const char *program)
{
    char *real = real_path(program);
    if (!real)
        return NULL;
    char *folder = folder_of(real);
    char *library = join(folder, "../stdlib", "");
    free(real);
    free(folder);
    return library;
}

static void files_open(Files *files, const CwPlaces *places, const char *main_file)
{
    *files = (Files){.main_file = main_file};
    if (places->root)
        files->root_shown = mem_strdup(places->root);
    else if (main_file)
        files->root_shown = folder_of(main_file);
    if (files->root_shown)
        files->root = real_path(files->root_shown);
    if (places->library && *places->library)
        add_folder(files, mem_strdup(places->library));
    if (places->program)
        add_folder(files, beside_program(places->program));
    if (places->installed)
        add_folder(files, mem_strdup(places->installed));
}

static void files_close(Files *files)
{
    free(files->root);
    free(files->root_shown);
    for (size_t i = 0; i < files->folder_count; i++)
        free(files->folders[i]);
    *files = (Files){0};
}

/* ---- is it allowed? ----------------------------------------------------------------- */

static bool is_below(const char *folder, const char *path)
{
    size_t length = strlen(folder);
    if (length == 1) /* the root of the file system */
        return true;
    return strncmp(folder, path, length) == 0 && path[length] == '/';
}

static bool is_allowed(const Files *files, const char *real)
{
    if (files->root && is_below(files->root, real))
        return true;
    for (size_t i = 0; i < files->folder_count; i++)
        if (is_below(files->folders[i], real))
            return true;
    return false;
}

/* One name for one file, however it was reached: its real path, as seen from the
 * folder that the user named. */
static char *shown_path(const Files *files, const char *real)
{
    size_t length = files->root ? strlen(files->root) : 0;
    if (length <= 1 || !is_below(files->root, real))
        return mem_strdup(real);
    if (strcmp(files->root_shown, ".") == 0)
        return mem_strdup(real + length + 1);
    Text text = {0};
    text_addf(&text, "%s%s", files->root_shown, real + length);
    return text_take(&text);
}

/* `use` names are plain: parts of letters, digits, dots, hyphens and underscores
 * with slashes between. What could climb out or mean something to the system is
 * refused before any file is looked at. */
static bool name_is_plain(const char *name)
{
    if (!*name || *name == '/' || strlen(name) > LIMIT_NAME_BYTES)
        return false;
    for (const char *part = name; *part;) {
        size_t length = strcspn(part, "/");
        if (length == 0 || part[0] == '.' || part[length - 1] == '.')
            return false;
        for (size_t i = 0; i < length; i++)
            if ((unsigned char)part[i] <= ' ' || strchr(":\\*?\"<>|~$", part[i]) ||
                part[i] == 0x7F)
                return false;
        part += length + (part[length] == '/');
        if (part[-1] == '/' && !*part)
            return false;
    }
    return true;
}

/* ---- reading ------------------------------------------------------------------------ */

static bool read_error(const char *shown, Error *err)
{
    static const struct {
        int number;
        ErrorKind kind;
    } meanings[] = {
        {ENOENT, ERROR_NOT_FOUND},           {ENOTDIR, ERROR_NOT_FOUND},
        {ENAMETOOLONG, ERROR_NOT_FOUND},     {EACCES, ERROR_PERMISSION},
        {EPERM, ERROR_PERMISSION},           {EISDIR, ERROR_INPUT},
        {ENXIO, ERROR_INPUT} /* a socket */, {ELOOP, ERROR_INPUT},
    };
    ErrorKind kind = ERROR_IO;
    for (size_t i = 0; i < sizeof meanings / sizeof *meanings; i++)
        if (meanings[i].number == errno)
            kind = meanings[i].kind;
    return error_kind(err, kind, "cannot read '%s': %s", shown, strerror(errno));
}

static bool read_all(int file, const char *shown, char **text, size_t *length, Error *err)
{
    Text all = {0};
    char buffer[16384];
    ssize_t got;
    while ((got = read(file, buffer, sizeof buffer)) != 0) {
        if (got < 0 && errno == EINTR)
            continue;
        if (got < 0) {
            text_clear(&all);
            return read_error(shown, err);
        }
        text_add_bytes(&all, buffer, (size_t)got);
        if (all.length > LIMIT_FLOW_BYTES) {
            text_clear(&all);
            return error_kind(err, ERROR_LIMIT,
                              "'%s' is larger than a flow file may be (8 MiB)", shown);
        }
    }
    *length = all.length;
    *text = text_take(&all);
    return true;
}

static bool open_plain(const char *path, const char *shown, int *file, Error *err)
{
    *file = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK);
    if (*file < 0)
        return read_error(shown, err);
    struct stat about;
    if (fstat(*file, &about) != 0 || !S_ISREG(about.st_mode)) {
        close(*file);
        return error_set(err, "cannot read '%s': it is not a plain file", shown);
    }
    return true;
}

typedef struct Found {
    char *path, *text; /* owned; path NULL: nothing yet */
    size_t length;
} Found;

/* What another program made would be thousands of mistakes; its kind is one. */
static bool is_text(const Found *found, const char *shown, Error *err)
{
    const char *wide = scan_wide_encoding(found->text, found->length);
    if (wide)
        return error_set(err, "cannot read '%s': it looks like %s; save it as UTF-8", shown,
                         wide);
    if (scan_is_binary(found->text, found->length))
        return error_set(err, "cannot read '%s': it is not text; save it as plain text (UTF-8)",
                         shown);
    return true;
}

static bool read_real(const char *real, const char *shown, Found *found, Error *err)
{
    int file;
    if (!open_plain(real, shown, &file, err))
        return false;
    bool ok = read_all(file, shown, &found->text, &found->length, err);
    close(file);
    if (ok && !is_text(found, shown, err)) {
        free(found->text);
        found->text = NULL;
        return false;
    }
    return ok;
}

/* The file at `path`, if it is allowed; what it holds is never in a message. */
static bool read_file(const Files *files, const char *path, Found *found, Error *err)
{
    char *real = real_path(path);
    if (!real)
        return read_error(path, err);
    bool ok =
        is_allowed(files, real)
            ? read_real(real, path, found, err)
            : error_kind(err, ERROR_PERMISSION, "'%s' is outside the project's folder", path);
    if (ok)
        found->path = shown_path(files, real);
    free(real);
    return ok;
}

/* ---- what is in the library ------------------------------------------------- */

typedef struct Names {
    char **items; /* owned, in order, each once */
    size_t count, capacity;
} Names;

/* Takes `name`. */
static void names_add(Names *names, char *name)
{
    size_t at = 0;
    while (at < names->count && strcmp(names->items[at], name) < 0)
        at++;
    if (at < names->count && strcmp(names->items[at], name) == 0) {
        free(name);
        return;
    }
    names->items =
        mem_grow(names->items, &names->capacity, names->count + 1, sizeof *names->items);
    memmove(&names->items[at + 1], &names->items[at],
            (names->count - at) * sizeof *names->items);
    names->items[at] = name;
    names->count++;
}

static void names_of_folder(Names *names, const char *library, const char *folder)
{
    char *path = join(library, folder, "");
    DIR *open_folder = opendir(path);
    free(path);
    if (!open_folder)
        return;
    const size_t ending = strlen(".flow");
    for (const struct dirent *entry; (entry = readdir(open_folder));) {
        size_t length = strlen(entry->d_name);
        if (length > ending && strcmp(entry->d_name + length - ending, ".flow") == 0)
            names_add(names, mem_strndup(entry->d_name, length - ending));
    }
    closedir(open_folder);
}

/* Adds the names, with commas between. */
static void add_names(const Files *files, const char *folder, Text *names)
{
    Names found = {0};
    for (size_t i = 0; i < files->folder_count; i++)
        names_of_folder(&found, files->folders[i], folder);
    for (size_t i = 0; i < found.count; i++) {
        text_addf(names, "%s%s", i == 0 ? "" : ", ", found.items[i]);
        free(found.items[i]);
    }
    free(found.items);
}

/* ---- looking names up --------------------------------------------------------------- */

static void found_clear(Found *found)
{
    free(found->path);
    free(found->text);
    *found = (Found){0};
}

/* Keeps the first hit; a later one must say the same. Takes `hit`. */
static bool keep_first(Found *first, Found *hit, const char *name, Error *err)
{
    if (!first->path) {
        *first = *hit;
        return true;
    }
    bool same =
        first->length == hit->length && memcmp(first->text, hit->text, hit->length) == 0;
    if (!same)
        error_set(err, "two different files answer to \"%s\": '%s' and '%s'", name, first->path,
                  hit->path);
    found_clear(hit);
    return same;
}

/* Looks in one folder; that there is nothing is fine. */
static bool look_in(const Files *files, const char *folder, const char *name, Found *first,
                    Error *err)
{
    Found hit = {0};
    Error failed = {0};
    char *path = join(folder, name, ".flow");
    bool ok = read_file(files, path, &hit, &failed);
    free(path);
    if (ok)
        return keep_first(first, &hit, name, err);
    if (failed.kind == ERROR_NOT_FOUND)
        return true;
    *err = failed;
    return false;
}

/* "NAME.scenarios" beside NAME.flow, whatever NAME is: the user said it. */
static bool is_own_scenarios(const Files *files, const char *name)
{
    if (!files->main_file)
        return false;
    const char *slash = strrchr(files->main_file, '/');
    const char *base = slash ? slash + 1 : files->main_file;
    size_t length = strlen(base), ending = strlen(".flow");
    if (length > ending && strcmp(base + length - ending, ".flow") == 0)
        length -= ending;
    return strncmp(name, base, length) == 0 && strcmp(name + length, ".scenarios") == 0;
}

/* Always false. `use "calendars/x"` is told which calendars the library has. */
static bool not_found(const Files *files, const char *name, Error *err)
{
    const char *slash = strrchr(name, '/');
    char *folder = mem_strndup(name, slash ? (size_t)(slash - name) : 0);
    Text names = {0};
    if (slash)
        add_names(files, folder, &names);
    error_kind(err, ERROR_NOT_FOUND,
               "cannot find \"%s\": no such file beside the flow or in the library%s%s%s%s%s",
               name, names.length ? " (whose " : "", names.length ? folder : "",
               names.length ? " are " : "", text_get(&names), names.length ? ")" : "");
    text_clear(&names);
    free(folder);
    return false;
}

static bool look_everywhere(const Files *files, const char *name, const char *from,
                            Found *found, Error *err)
{
    bool ok = true;
    if (from) {
        char *folder = folder_of(from);
        ok = look_in(files, folder, name, found, err);
        free(folder);
    }
    for (size_t i = 0; ok && i < files->folder_count; i++)
        ok = look_in(files, files->folders[i], name, found, err);
    return ok && !found->path ? not_found(files, name, err) : ok;
}

static bool take_given(const Files *files, Found *found, Error *err)
{
    *found = (Found){.path = mem_strdup(files->main_file),
                     .text = mem_strndup(text_get(files->given), files->given->length),
                     .length = files->given->length};
    return is_text(found, files->main_file, err);
}

static bool files_reader(void *context, const char *name, const char *from, char **path,
                         char **text, size_t *length, Error *err)
{
    const Files *files = context;
    Found found = {0};
    bool ok;
    if (!from && files->given)
        ok = take_given(files, &found, err);
    else if (!from && files->main_file)
        ok = read_file(files, name, &found, err);
    else if (!name_is_plain(name) && !is_own_scenarios(files, name))
        ok = error_kind(err, ERROR_PERMISSION,
                        "\"%s\" cannot be used: name a file beside the flow or in the library, "
                        "without its ending",
                        name);
    else
        ok = look_everywhere(files, name, from, &found, err);
    if (!ok) {
        found_clear(&found);
        return false;
    }
    *path = found.path;
    *text = found.text;
    *length = found.length;
    return true;
}

/* ---- loading ------------------------------------------------------------------------ */

static bool load(const CwPlaces *places, const char *main_file, const Text *given,
                 const char *name, Bundle *bundle, Error *err)
{
    static const CwPlaces nowhere = {0};
    Files files;
    files_open(&files, places ? places : &nowhere, main_file);
    files.given = given;
    bool ok = bundle_load(bundle, name, files_reader, &files, err);
    files_close(&files);
    if (ok)
        names_resolve(bundle);
    return ok;
}

bool flow_load(const CwPlaces *places, const char *file, Bundle *bundle, Error *err)
{
    return load(places, file, NULL, file, bundle, err);
}

bool flow_load_text(const CwPlaces *places, const char *shown, const Text *text, Bundle *bundle,
                    Error *err)
{
    return load(places, shown, text, shown, bundle, err);
}

bool flow_load_library(const CwPlaces *places, const char *name, Bundle *bundle, Error *err)
{
    return load(places, NULL, NULL, name, bundle, err);
}

void library_names(const CwPlaces *places, const char *folder, Text *names)
{
    Files files;
    files_open(&files, places, NULL);
    add_names(&files, folder, names);
    files_close(&files);
}
