#include "store/file.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/magic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/vfs.h>
#include <unistd.h>

#include "base/mem.h"
#include "base/text.h"

static const char *const side_files[] = {"-journal", "-wal", "-shm"};

static char *folder_of(const char *path)
{
    const char *slash = strrchr(path, '/');
    if (!slash)
        return mem_strdup(".");
    return slash == path ? mem_strdup("/") : mem_strndup(path, (size_t)(slash - path));
}

/* "x does not work": of which kind is what the system answered? */
static bool system_fail(Error *err, const char *what, const char *path)
{
    int number = errno;
    ErrorKind kind = ERROR_IO;
    if (number == ENOENT || number == ENOTDIR)
        kind = ERROR_NOT_FOUND;
    else if (number == EACCES || number == EPERM || number == EROFS)
        kind = ERROR_PERMISSION;
    else if (number == ELOOP || number == ENAMETOOLONG)
        kind = ERROR_INPUT;
    return error_kind(err, kind, "%s '%s': %s", what, path,
                      number == ENOENT ? "no such file" : strerror(number));
}

char *file_resolve(const char *path, Error *err)
{
    const char *slash = strrchr(path, '/');
    const char *name = slash ? slash + 1 : path;
    if (!*name || strcmp(name, ".") == 0 || strcmp(name, "..") == 0) {
        error_set(err, "'%s' is not the name of a file", path);
        return NULL;
    }
    char *folder = folder_of(path);
    char *real = realpath(folder, NULL);
    if (!real)
        system_fail(err, "cannot open", path);
    free(folder);
    if (!real)
        return NULL;
    Text text = {0};
    text_addf(&text, "%s/%s", strcmp(real, "/") == 0 ? "" : real, name);
    free(real);
    return text_take(&text);
}

/* WAL shares memory between processes, which needs one machine. */
static bool is_remote(const struct statfs *fs)
{
    const unsigned long remote[] = {NFS_SUPER_MAGIC, SMB_SUPER_MAGIC, 0xFF534D42 /* CIFS */,
                                    0xFE534D42 /* SMB2 */, 0x65735546 /* FUSE */};
    for (size_t i = 0; i < sizeof remote / sizeof *remote; i++)
        if (((unsigned long)fs->f_type & 0xFFFFFFFF) == remote[i])
            return true;
    return false;
}

bool file_folder_is_local(const char *path, const char *shown, Error *err)
{
    struct statfs fs;
    char *folder = folder_of(path);
    int answer = statfs(folder, &fs);
    free(folder);
    if (answer != 0)
        return system_fail(err, "cannot open", shown);
    if (is_remote(&fs))
        return error_kind(err, ERROR_IO,
                          "'%s' would lie on a network file system, where a database can be "
                          "damaged; keep it on a disk of this machine",
                          shown);
    return true;
}

bool file_check(const char *path, const char *shown, Error *err)
{
    struct stat info;
    if (lstat(path, &info) != 0)
        return system_fail(err, "cannot open", shown);
    if (S_ISLNK(info.st_mode))
        return error_set(err, "'%s' is a symbolic link; name the file itself", shown);
    if (!S_ISREG(info.st_mode))
        return error_set(err, "'%s' is not a casewright database: it is not a file", shown);
    if (access(path, R_OK) != 0)
        return system_fail(err, "cannot open", shown);
    return file_folder_is_local(path, shown, err);
}

bool file_exists(const char *path)
{
    struct stat info;
    return lstat(path, &info) == 0;
}

bool file_is_writable(const char *path)
{
    char *folder = folder_of(path);
    bool may = access(path, W_OK) == 0 && access(folder, W_OK | X_OK) == 0;
    free(folder);
    return may;
}

int64_t file_size(const char *path, const char *suffix)
{
    Text name = {0};
    struct stat info;
    text_addf(&name, "%s%s", path, suffix);
    int64_t size = stat(text_get(&name), &info) == 0 ? (int64_t)info.st_size : 0;
    text_clear(&name);
    return size;
}

char *file_make_temporary(const char *path, Error *err)
{
    Text name = {0};
    text_addf(&name, "%s.XXXXXX", path);
    char *temporary = text_take(&name);
    int file = mkostemp(temporary, O_CLOEXEC);
    if (file < 0 || fchmod(file, S_IRUSR | S_IWUSR) != 0) {
        system_fail(err, "cannot make", path);
        if (file >= 0) {
            close(file);
            unlink(temporary);
        }
        free(temporary);
        return NULL;
    }
    close(file);
    return temporary;
}

static bool sync_path(const char *path, int flags, Error *err)
{
    int file = open(path, flags | O_RDONLY | O_CLOEXEC);
    if (file < 0)
        return system_fail(err, "cannot open", path);
    bool synced = fsync(file) == 0;
    if (!synced)
        error_kind(err, ERROR_IO, "cannot bring '%s' to the disk: %s", path, strerror(errno));
    close(file);
    return synced;
}

/* Some file systems cannot rename without replacing; a second name can be made
 * everywhere, and is refused when it is taken. */
static int rename_to_new(const char *from, const char *to)
{
    if (renameat2(AT_FDCWD, from, AT_FDCWD, to, RENAME_NOREPLACE) == 0)
        return 0;
    if (errno != EINVAL && errno != ENOSYS)
        return -1;
    return link(from, to) == 0 ? unlink(from) : -1;
}

bool file_publish(const char *temporary, const char *path, bool replace, Error *err)
{
    if (!sync_path(temporary, O_NOFOLLOW, err))
        return false;
    int answer = replace ? rename(temporary, path) : rename_to_new(temporary, path);
    if (answer != 0 && errno == EEXIST)
        return error_set(err, "'%s' exists already", path);
    if (answer != 0)
        return system_fail(err, "cannot make", path);
    char *folder = folder_of(path);
    bool synced = sync_path(folder, O_DIRECTORY, err);
    free(folder);
    return synced;
}

void file_remove(const char *temporary)
{
    unlink(temporary);
    for (size_t i = 0; i < sizeof side_files / sizeof *side_files; i++) {
        Text name = {0};
        text_addf(&name, "%s%s", temporary, side_files[i]);
        unlink(text_get(&name));
        text_clear(&name);
    }
}
