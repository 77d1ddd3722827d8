#include "cli/target.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "cli/output.h"

/* With this every SQLite file begins, its NUL included. */
static const char sqlite_mark[] = "SQLite format 3";

static bool cannot(const char *path, Error *err)
{
    ErrorKind kind = errno == ENOENT || errno == ENOTDIR                   ? ERROR_NOT_FOUND
                     : errno == EACCES || errno == EPERM || errno == EROFS ? ERROR_PERMISSION
                                                                           : ERROR_IO;
    return error_kind(err, kind, "cannot write '%s': %s", path, strerror(errno));
}

static bool is_same(const struct stat *about, const char *path)
{
    struct stat other;
    return path && stat(path, &other) == 0 && other.st_dev == about->st_dev &&
           other.st_ino == about->st_ino;
}

static bool is_database(const char *path)
{
    char first[sizeof sqlite_mark] = {0};
    int file = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    ssize_t got = file >= 0 ? read(file, first, sizeof first) : -1;
    if (file >= 0)
        close(file);
    return got == (ssize_t)sizeof first && memcmp(first, sqlite_mark, sizeof first) == 0;
}

static bool is_source(const Bundle *bundle, const struct stat *about)
{
    for (size_t i = 0; bundle && i < bundle->source_count; i++)
        if (is_same(about, bundle->sources[i].path))
            return true;
    return false;
}

/* What stands there, a link followed. */
static bool may_replace(const char *path, const Bundle *bundle, bool force, Error *err)
{
    struct stat about, link;
    if (lstat(path, &link) != 0)
        return errno == ENOENT ? true : cannot(path, err);
    bool leads_somewhere = stat(path, &about) == 0;
    if (leads_somewhere && S_ISDIR(about.st_mode))
        return error_kind(err, ERROR_USAGE, "'%s' is a folder", path);
    if (leads_somewhere && !S_ISREG(about.st_mode))
        return error_kind(err, ERROR_USAGE, "'%s' is not a plain file", path);
    if (leads_somewhere && is_source(bundle, &about))
        return error_kind(err, ERROR_USAGE, "'%s' is the flow itself", path);
    if (leads_somewhere && is_database(path))
        return error_kind(err, ERROR_USAGE, "'%s' is a database", path);
    if (!force)
        return error_kind(err, ERROR_USAGE, "'%s' is there already: --force writes over it",
                          path);
    return true;
}

static bool write_file(int file, const Text *text)
{
    Output out = {.file = file};
    output_add_text(&out, text);
    bool written = output_flush(&out) && (fsync(file) == 0 || errno == EINVAL);
    errno = out.failed ? out.failed : errno;
    output_clear(&out);
    return written;
}

/* Without --force a file that has appeared meanwhile stays too. */
static bool put_in_place(const char *made, const char *path, bool force)
{
    if (force)
        return rename(made, path) == 0;
    if (renameat2(AT_FDCWD, made, AT_FDCWD, path, RENAME_NOREPLACE) == 0)
        return true;
    return errno == EINVAL && rename(made, path) == 0; /* a file system without it */
}

/* As open() would make a file. */
static mode_t usual_mode(void)
{
    mode_t mask = umask(0);
    umask(mask);
    return 0666 & ~mask;
}

typedef struct Target {
    const char *path;
    bool force;
    mode_t mode; /* who may read it */
} Target;

static bool write_path(const Target *target, const Text *text, Error *err)
{
    Text made = {0};
    text_addf(&made, "%s.XXXXXX", target->path);
    int file = mkostemp(made.data, O_CLOEXEC);
    bool done = file >= 0 && fchmod(file, target->mode) == 0 && write_file(file, text) &&
                put_in_place(made.data, target->path, target->force);
    int failure = errno;
    if (file >= 0) {
        close(file);
        if (!done)
            unlink(made.data);
    }
    errno = failure;
    text_clear(&made);
    return done || cannot(target->path, err);
}

bool target_write(const Invocation *call, const Bundle *bundle, bool is_private, Text *text,
                  Error *err)
{
    Target target = {option_text(call, "output"), option_given(call, "force"),
                     is_private ? 0600 : usual_mode()};
    bool done = true;
    if (!target.path && target.force)
        done = error_kind(err, ERROR_USAGE, "'--force' goes with '--output' only");
    else if (target.path)
        done = may_replace(target.path, bundle, target.force, err) &&
               write_path(&target, text, err);
    else
        output_add_text(call->out, text);
    text_clear(text);
    return done;
}

bool target_write_to(const char *path, bool force, bool is_private, const Bundle *bundle,
                     const Text *text, Error *err)
{
    Target target = {path, force, is_private ? 0600 : usual_mode()};
    return may_replace(path, bundle, force, err) && write_path(&target, text, err);
}

/* The folder that the file is to stand in can be written to. */
static bool check_folder(const char *path, Error *err)
{
    const char *slash = strrchr(path, '/');
    Text folder = {0};
    text_add_bytes(&folder, path, slash ? (size_t)(slash - path) + 1 : 0);
    text_add(&folder, ".");
    bool may = access(text_get(&folder), W_OK | X_OK) == 0 || cannot(path, err);
    text_clear(&folder);
    return may;
}

bool target_check(const char *path, bool force, const Bundle *bundle, const char *const *inputs,
                  size_t input_count, Error *err)
{
    struct stat about;
    for (size_t i = 0; i < input_count && stat(path, &about) == 0; i++)
        if (is_same(&about, inputs[i]))
            return error_kind(err, ERROR_USAGE, "'%s' is one of the files that are read", path);
    return may_replace(path, bundle, force, err) && check_folder(path, err);
}

bool target_open(const Invocation *call, const Bundle *bundle, bool is_private,
                 TargetStream *stream, Error *err)
{
    *stream = (TargetStream){.out = call->out,
                             .path = option_text(call, "output"),
                             .force = option_given(call, "force"),
                             .file = {.file = -1}};
    if (!stream->path)
        return !stream->force ||
               error_kind(err, ERROR_USAGE, "'--force' goes with '--output' only");
    if (!may_replace(stream->path, bundle, stream->force, err))
        return false;
    text_addf(&stream->made, "%s.XXXXXX", stream->path);
    stream->file.file = mkostemp(stream->made.data, O_CLOEXEC);
    stream->out = &stream->file;
    return (stream->file.file >= 0 &&
            fchmod(stream->file.file, is_private ? 0600 : usual_mode()) == 0) ||
           cannot(stream->path, err);
}

bool target_takes_more(const TargetStream *stream, Error *err)
{
    return !stream->out->failed || error_kind(err, ERROR_REFUSED, "%s", "");
}

bool target_close(TargetStream *stream, bool whole, Error *err)
{
    int file = stream->file.file;
    bool done = whole;
    if (file >= 0) {
        done = whole && output_flush(&stream->file) && (fsync(file) == 0 || errno == EINVAL) &&
               put_in_place(text_get(&stream->made), stream->path, stream->force);
        int failure = stream->file.failed ? stream->file.failed : errno;
        close(file);
        if (!done)
            unlink(text_get(&stream->made));
        errno = failure;
    }
    output_clear(&stream->file);
    text_clear(&stream->made);
    return done || (whole && cannot(stream->path, err));
}

bool target_replace(const char *path, const Text *text, Error *err)
{
    struct stat about;
    if (stat(path, &about) != 0)
        return cannot(path, err);
    Target target = {path, true, about.st_mode & 0777};
    return write_path(&target, text, err);
}
