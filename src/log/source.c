#include "log/source.h"

#include <errno.h>
#include <fcntl.h>
#include <nettle/sha2.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include <zlib.h>

#include "base/limits.h"
#include "base/mem.h"
#include "log/ahead.h"

enum {
    PIECE =
        256 * 1024, /* read at once: fits the cache, so the digest costs no memory traffic */
    LEAST_FREE = PIECE / 2
};

typedef struct SourceInside {
    const char *path; /* borrowed */
    const SourceWish *wish;
    int file;
    size_t capacity; /* of the window, with the line ends behind it */
    struct sha256_ctx hash;
    Ahead *ahead; /* owned; NULL: nobody reads ahead */
    z_stream stream;
    bool stream_made, between_members;
    unsigned char *packed; /* owned; room for PIECE bytes at least */
} SourceInside;

static bool cannot_read(const SourceInside *in, Error *err)
{
    ErrorKind kind = errno == ENOENT || errno == ENOTDIR ? ERROR_NOT_FOUND
                     : errno == EACCES || errno == EPERM ? ERROR_PERMISSION
                     : errno == EISDIR                   ? ERROR_INPUT
                                                         : ERROR_IO;
    return error_kind(err, kind, "cannot read '%s': %s", in->path, strerror(errno));
}

static bool report_progress(const Source *source, Error *err)
{
    const SourceInside *in = source->inside;
    const SourceWish *wish = in->wish;
    if (!wish->progress ||
        wish->progress(wish->progress_context, wish->done + source->packed_bytes, wish->of))
        return true;
    return error_kind(err, ERROR_INTERRUPTED, "stopped while reading '%s'", in->path);
}

/* Up to `size` bytes of the file itself; *got 0 at its end. */
static bool read_piece(Source *source, void *to, size_t size, size_t *got, Error *err)
{
    SourceInside *in = source->inside;
    ssize_t count;
    do {
        if (!report_progress(source, err))
            return false;
        count = in->ahead ? ahead_read(in->ahead, to, size) : read(in->file, to, size);
    } while (count < 0 && errno == EINTR);
    if (count < 0)
        return cannot_read(in, err);
    if (!in->ahead)
        sha256_update(&in->hash, (size_t)count, to);
    source->packed_bytes += (uint64_t)count;
    *got = (size_t)count;
    return true;
}

/* ---- gzip ------------------------------------------------------------------ */

static bool check_expansion(const Source *source, Error *err)
{
    const SourceInside *in = source->inside;
    uint64_t most = in->wish->max_bytes ? in->wish->max_bytes : LIMIT_UNPACKED_BYTES;
    if (source->bytes > most)
        return error_kind(err, ERROR_LIMIT,
                          "'%s' unpacks to more than %llu bytes: if that is right, give a "
                          "larger --max-bytes",
                          in->path, (unsigned long long)most);
    if (!in->wish->max_bytes && source->bytes > LIMIT_UNPACKED_FREE &&
        source->bytes / LIMIT_UNPACKED_RATIO > source->packed_bytes)
        return error_kind(err, ERROR_LIMIT,
                          "'%s' unpacks to more than %u times its size, as no log does: if it "
                          "is one, say how many bytes it may have with --max-bytes",
                          in->path, LIMIT_UNPACKED_RATIO);
    return true;
}

static bool begin_unpacking(Source *source, size_t have, Error *err)
{
    SourceInside *in = source->inside;
    in->packed = mem_alloc_raw(in->capacity); /* at least what has been read already */
    memcpy(in->packed, source->data, have);
    source->end = 0;
    source->is_packed = true;
    in->stream = (z_stream){.next_in = in->packed, .avail_in = (uInt)have};
    if (inflateInit2(&in->stream, 16 + MAX_WBITS) != Z_OK)
        return error_kind(err, ERROR_INTERNAL, "cannot begin to unpack '%s'", in->path);
    in->stream_made = true;
    return true;
}

static bool broken_packing(const SourceInside *in, Error *err)
{
    return error_set(err,
                     "'%s' is damaged: what was packed with gzip does not unpack (%s); get the "
                     "file again",
                     in->path, in->stream.msg ? in->stream.msg : "it holds something else");
}

/* More packed bytes when there are none; at the end of the file the last member must
 * be complete. */
static bool feed(Source *source, Error *err)
{
    SourceInside *in = source->inside;
    size_t got = 0;
    if (in->stream.avail_in > 0)
        return true;
    if (!read_piece(source, in->packed, PIECE, &got, err))
        return false;
    in->stream.next_in = in->packed;
    in->stream.avail_in = (uInt)got;
    if (got > 0)
        return true;
    source->at_end = true;
    return in->between_members ||
           error_set(err, "'%s' is cut short: the packed file ends in the middle; get it again",
                     in->path);
}

static bool unpack_piece(Source *source, size_t room, Error *err)
{
    SourceInside *in = source->inside;
    in->stream.next_out = (unsigned char *)source->data + source->end;
    in->stream.avail_out = (uInt)room;
    while (in->stream.avail_out > 0) {
        if (!feed(source, err))
            return false;
        if (source->at_end)
            break;
        if (in->between_members && inflateReset(&in->stream) != Z_OK)
            return broken_packing(in, err);
        in->between_members = false;
        int said = inflate(&in->stream, Z_NO_FLUSH);
        in->between_members = said == Z_STREAM_END;
        if (said != Z_OK && said != Z_STREAM_END)
            return broken_packing(in, err);
    }
    size_t made = room - in->stream.avail_out;
    source->end += made;
    source->bytes += made;
    return check_expansion(source, err);
}

/* ---- the window ------------------------------------------------------------ */

static void make_room(Source *source)
{
    SourceInside *in = source->inside;
    size_t kept = source->end - source->start;
    memmove(source->data, source->data + source->start, kept);
    source->start = 0;
    source->end = kept;
    while (in->capacity - source->end < LEAST_FREE)
        source->data = mem_grow(source->data, &in->capacity, in->capacity + 2, 1);
}

static bool plain_piece(Source *source, size_t room, Error *err)
{
    size_t got = 0;
    if (!read_piece(source, source->data + source->end, room, &got, err))
        return false;
    source->end += got;
    source->bytes += got;
    source->at_end = got == 0;
    return true;
}

bool source_more(Source *source, Error *err)
{
    SourceInside *in = source->inside;
    if (source->at_end)
        return true;
    make_room(source);
    size_t room = in->capacity - source->end - SOURCE_SLACK;
    bool done =
        source->is_packed ? unpack_piece(source, room, err) : plain_piece(source, room, err);
    memset(source->data + source->end, '\n', SOURCE_SLACK);
    return done;
}

static bool begins_with(const Source *source, const char *mark, size_t length)
{
    return source->end - source->start >= length &&
           memcmp(source->data + source->start, mark, length) == 0;
}

static bool is_gzip(const Source *source)
{
    return begins_with(source, "\x1f\x8b", 2);
}

/* Pipes give what they have: go on until the first bytes can be told apart. */
static bool read_mark(Source *source, Error *err)
{
    while (source->end < 4 && !source->at_end)
        if (!source_more(source, err))
            return false;
    return true;
}

static bool look_at_mark(Source *source, Error *err)
{
    SourceInside *in = source->inside;
    if (!read_mark(source, err))
        return false;
    if (begins_with(source, "PK\x03\x04", 4))
        return error_set(
            err,
            "'%s' is a zip archive or a spreadsheet: unpack it, or save it as CSV, "
            "and read that",
            in->path);
    if (!is_gzip(source))
        return true;
    source->bytes = 0;
    if (!begin_unpacking(source, source->end, err))
        return false;
    source->at_end = false;
    if (!read_mark(source, err))
        return false;
    return !is_gzip(source) ||
           error_set(err, "'%s' is packed twice: unpack it once (gunzip) and read that",
                     in->path);
}

static bool is_regular(int file)
{
    struct stat about;
    return fstat(file, &about) == 0 && S_ISREG(about.st_mode);
}

bool source_open(Source *source, const char *path, const SourceWish *wish, Error *err)
{
    *source = (Source){.inside = mem_alloc(sizeof *source->inside)};
    SourceInside *in = source->inside;
    in->path = path;
    in->wish = wish;
    in->file = strcmp(path, "-") == 0 ? fcntl(STDIN_FILENO, F_DUPFD_CLOEXEC, 3)
                                      : open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY);
    if (in->file < 0)
        return cannot_read(in, err);
    sha256_init(&in->hash);
    if (wish->ahead && is_regular(in->file))
        in->ahead = ahead_new(in->file, &in->hash);
    in->capacity = PIECE + LEAST_FREE;
    source->data = mem_alloc_raw(in->capacity);
    return look_at_mark(source, err);
}

void source_digest(Source *source, uint8_t digest[32])
{
    sha256_digest(&source->inside->hash, SHA256_DIGEST_SIZE, digest);
}

void source_close(Source *source)
{
    SourceInside *in = source->inside;
    if (in && in->stream_made)
        inflateEnd(&in->stream);
    if (in)
        ahead_free(in->ahead);
    if (in && in->file >= 0)
        close(in->file);
    if (in)
        free(in->packed);
    free(in);
    free(source->data);
    *source = (Source){0};
}
