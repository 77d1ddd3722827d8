#include "cli/watch.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/inotify.h>
#include <unistd.h>

#include "base/mem.h"
#include "cli/process.h"

bool watch_open(Watch *watch, Error *err)
{
    watch->file = inotify_init1(IN_CLOEXEC | IN_NONBLOCK);
    if (watch->file < 0)
        return error_kind(err, ERROR_IO, "cannot watch files: %s", strerror(errno));
    return true;
}

void watch_close(Watch *watch)
{
    close(watch->file);
}

static bool watch_folder_of(const Watch *watch, const char *path, Error *err)
{
    const char *slash = strrchr(path, '/');
    char *folder = slash ? mem_strndup(path, (size_t)(slash - path) + 1) : mem_strdup(".");
    uint32_t written = IN_CLOSE_WRITE | IN_MOVED_TO | IN_DELETE;
    bool watched = inotify_add_watch(watch->file, folder, written) >= 0;
    if (!watched)
        error_kind(err, ERROR_IO, "cannot watch '%s': %s", folder, strerror(errno));
    free(folder);
    return watched;
}

bool watch_sources(const Watch *watch, const Bundle *bundle, Error *err)
{
    for (size_t i = 0; i < bundle->source_count; i++)
        if (!watch_folder_of(watch, bundle->sources[i].path, err))
            return false;
    return true;
}

static bool is_flow(const char *name)
{
    size_t length = strlen(name), end = strlen(".flow");
    return length > end && strcmp(name + length - end, ".flow") == 0;
}

/* Takes all that is there to be read: several writes in a row are one change. */
static bool read_changes(const Watch *watch)
{
    _Alignas(struct inotify_event) char bytes[8192];
    bool changed = false;
    ssize_t length;
    while ((length = read(watch->file, bytes, sizeof bytes)) > 0) {
        for (ssize_t at = 0; at < length;) {
            const struct inotify_event *event = (const void *)(bytes + at);
            changed = changed || event->mask & IN_Q_OVERFLOW ||
                      (event->len > 0 && is_flow(event->name));
            at += (ssize_t)(sizeof *event + event->len);
        }
    }
    return changed;
}

bool watch_wait(const Watch *watch)
{
    do {
        if (!process_wait_readable(watch->file))
            return false;
    } while (!read_changes(watch));
    return true;
}
