/* Files around a database: where it lies, whether it may be written, and how a
 * finished file takes its name at once or not at all. Never opens or copies a
 * database itself: closing a file drops this process's locks on it. */
#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "base/error.h"

/* The absolute path with every symbolic link of the folder resolved; the last part
 * stays as it is. The caller frees. NULL when there is no such folder. */
char *file_resolve(const char *path, Error *err);

/* A regular file, not a link to one, on a file system of this machine. */
bool file_check(const char *path, const char *shown, Error *err);
bool file_folder_is_local(const char *path, const char *shown, Error *err);

bool file_exists(const char *path);      /* anything of that name, a dead link too */
bool file_is_writable(const char *path); /* it, and files beside it can be made */
int64_t file_size(const char *path, const char *suffix); /* 0 when there is none */

/* An empty file of mode 0600 beside `path`, whatever the umask; the caller frees the
 * name. */
char *file_make_temporary(const char *path, Error *err);
/* Brings the finished temporary file to the disk and gives it its name. An existing
 * file is replaced only on request; else ERROR_INPUT, and the temporary one stays. */
bool file_publish(const char *temporary, const char *path, bool replace, Error *err);
/* Removes a temporary file and what SQLite may have left beside it. */
void file_remove(const char *temporary);
