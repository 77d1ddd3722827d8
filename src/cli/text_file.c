#include "cli/text_file.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

static bool cannot(const char *path, Error *err)
{
    ErrorKind kind = errno == ENOENT || errno == ENOTDIR ? ERROR_NOT_FOUND
                     : errno == EACCES || errno == EPERM ? ERROR_PERMISSION
                                                         : ERROR_IO;
    return error_kind(err, kind, "cannot read '%s': %s", path, strerror(errno));
}

static bool read_all(int file, const char *path, size_t most, Text *text, Error *err)
{
    char piece[16 * 1024];
    ssize_t got;
    while ((got = read(file, piece, sizeof piece)) != 0) {
        if (got < 0)
            return cannot(path, err);
        if (text->length + (size_t)got > most)
            return error_kind(err, ERROR_LIMIT, "'%s' has more than %zu bytes", path, most);
        text_add_bytes(text, piece, (size_t)got);
    }
    return true;
}

bool text_file_read(const char *path, size_t most, Text *text, Error *err)
{
    int file = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY);
    if (file < 0)
        return cannot(path, err);
    bool done = read_all(file, path, most, text, err);
    close(file);
    return done;
}
