/* The bytes of a log file, unpacked, through a window that moves over them: flat
 * memory for files of any size, pipes included. Plain reads rather than a mapping,
 * so that a file that shrinks while it is read is an error and not the end of the
 * program; the digest is taken of each piece while it is still in the cache. */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/error.h"

#define SOURCE_SLACK 8 /* line ends behind the window */

/* What the caller asks; borrowed by the source. */
typedef struct SourceWish {
    uint64_t max_bytes; /* of a packed file, unpacked; 0: the usual bounds */
    bool (*progress)(void *context, uint64_t bytes, uint64_t of); /* NULL: none */
    void *progress_context;
    bool ahead;        /* another thread may read what is to come */
    uint64_t done, of; /* bytes of the files before this one; of all files, 0: not known */
} SourceWish;

typedef struct Source {
    char *data; /* owned; what is in the window stands at start .. end - 1, and a
                   SOURCE_SLACK line ends from `end` on, so that scans stop there and
                   may look at eight bytes at once */
    size_t start, end;
    bool at_end; /* nothing comes after `end` */
    bool is_packed;
    uint64_t bytes;              /* unpacked so far */
    uint64_t packed_bytes;       /* as read from the disk; the same where nothing is packed */
    struct SourceInside *inside; /* owned */
} Source;

/* `path` "-" is standard input; borrowed. Reads the first bytes. Errors:
 * ERROR_NOT_FOUND, ERROR_PERMISSION, ERROR_IO, ERROR_INPUT (packed wrongly, packed
 * twice, an archive), ERROR_LIMIT, ERROR_INTERRUPTED. Close it also after false. */
bool source_open(Source *source, const char *path, const SourceWish *wish, Error *err);
/* Keeps start .. end - 1, perhaps elsewhere in memory, and adds what follows; or
 * sets at_end. Errors as above. */
bool source_more(Source *source, Error *err);
/* SHA-256 of the bytes as they lie on the disk; once at_end. */
void source_digest(Source *source, uint8_t digest[32]);
void source_close(Source *source);
