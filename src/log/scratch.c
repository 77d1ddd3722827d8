#include "log/scratch.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static bool failed(const Scratch *scratch, const char *what, Error *err)
{
    ErrorKind kind = errno == EACCES || errno == EPERM ? ERROR_PERMISSION : ERROR_IO;
    return error_kind(
        err, kind,
        "cannot %s a temporary file in '%s': %s; set TMPDIR to a folder that has room", what,
        scratch->folder, strerror(errno));
}

bool scratch_open(Scratch *scratch, const char *folder, Error *err)
{
    char path[4096];
    const char *usual = getenv("TMPDIR");
    scratch->folder = folder ? folder : usual && *usual ? usual : "/tmp";
    int length = snprintf(path, sizeof path, "%s/casewright-XXXXXX", scratch->folder);
    if (length < 0 || (size_t)length >= sizeof path) {
        errno = ENAMETOOLONG;
        return failed(scratch, "make", err);
    }
    mode_t before = umask(0077);
    scratch->file = mkostemp(path, O_CLOEXEC);
    umask(before);
    if (scratch->file < 0)
        return failed(scratch, "make", err);
    return unlink(path) == 0 || failed(scratch, "make", err);
}

bool scratch_write(const Scratch *scratch, const void *bytes, size_t count, uint64_t offset,
                   Error *err)
{
    const char *at = bytes;
    while (count > 0) {
        ssize_t done = pwrite(scratch->file, at, count, (off_t)offset);
        if (done < 0 && errno == EINTR)
            continue;
        if (done < 0)
            return failed(scratch, "write", err);
        at += done;
        offset += (uint64_t)done;
        count -= (size_t)done;
    }
    return true;
}

bool scratch_read(const Scratch *scratch, void *bytes, size_t count, uint64_t offset,
                  Error *err)
{
    char *at = bytes;
    while (count > 0) {
        ssize_t done = pread(scratch->file, at, count, (off_t)offset);
        if (done < 0 && errno == EINTR)
            continue;
        if (done == 0)
            errno = EIO;
        if (done <= 0)
            return failed(scratch, "read", err);
        at += done;
        offset += (uint64_t)done;
        count -= (size_t)done;
    }
    return true;
}

void scratch_close(Scratch *scratch)
{
    if (scratch->file >= 0)
        close(scratch->file);
    scratch->file = -1;
}
