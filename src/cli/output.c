#include "cli/output.h"

#include <errno.h>
#include <poll.h>
#include <unistd.h>

#include "cli/process.h"

enum { WRITE_AT = 64 * 1024 };

/* Writes all of it, however many pieces it takes. */
static bool write_whole(Output *out, const char *bytes, size_t length)
{
    while (length > 0) {
        ssize_t written = write(out->file, bytes, length);
        if (written >= 0) {
            bytes += written;
            length -= (size_t)written;
        } else if (errno == EAGAIN) {
            struct pollfd ready = {.fd = out->file, .events = POLLOUT};
            poll(&ready, 1, -1);
        } else if (errno != EINTR) {
            out->failed = errno;
            return false;
        }
        if (length > 0 && process_interrupted())
            return false;
    }
    return true;
}

bool output_flush(Output *out)
{
    if (out->failed)
        return false;
    bool done = write_whole(out, text_get(&out->waiting), out->waiting.length);
    text_reset(&out->waiting);
    return done;
}

void output_add_bytes(Output *out, const char *bytes, size_t length)
{
    text_add_bytes(&out->waiting, bytes, length);
    if (out->waiting.length >= WRITE_AT)
        output_flush(out);
}

void output_add(Output *out, const char *text)
{
    output_add_bytes(out, text, strlen(text));
}

void output_add_text(Output *out, const Text *text)
{
    output_add_bytes(out, text_get(text), text->length);
}

void output_clear(Output *out)
{
    text_clear(&out->waiting);
}

bool colour_allowed(ColourWish wish, int file)
{
    if (wish != COLOUR_AUTO)
        return wish == COLOUR_ALWAYS;
    const char *no_colour = getenv("NO_COLOR");
    const char *terminal = getenv("TERM");
    if (no_colour && *no_colour)
        return false;
    if (!terminal || strcmp(terminal, "dumb") == 0)
        return false;
    return isatty(file) == 1;
}
