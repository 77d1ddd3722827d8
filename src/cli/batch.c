#include "cli/batch.h"

#include <assert.h>
#include <errno.h>
#include <poll.h>
#include <string.h>
#include <unistd.h>

#include "base/limits.h"
#include "base/mem.h"
#include "calendar/limit.h"
#include "cli/process.h"
#include "cli/session.h"
#include "render/due.h"
#include "render/safe.h"

#define NUMBER_TEXT(number) #number
#define LIMIT_TEXT(limit)   NUMBER_TEXT(limit)
#define TOO_LONG            "the line is too long: more than " LIMIT_TEXT(BATCH_LINE_KIB) " KiB"
#define BATCH_LINE_KIB      64

static_assert(BATCH_LINE_KIB * 1024 == LIMIT_BATCH_LINE_BYTES,
              "the message says another limit");

typedef struct Batch {
    const Invocation *call;
    Zone zone;
    const Calendar *calendar;
    Text line;     /* what was read of the line in hand */
    bool too_long; /* the rest of the line is passed over */
    bool any_error;
} Batch;

static void answer_error(Batch *batch, const char *why)
{
    Text text = {0};
    text_add(&text, "error: ");
    safe_add(&text, why);
    text_add_char(&text, '\n');
    output_add_text(batch->call->out, &text);
    text_clear(&text);
    batch->any_error = true;
}

/* The two fields of a line, cut in place. */
static bool split(Text *line, char **start, char **duration, Error *err)
{
    if (memchr(line->data, '\0', line->length))
        return error_set(err, "the line holds a zero byte");
    *start = line->data;
    char *tab = strchr(line->data, '\t');
    if (!tab)
        return error_set(err, "no tab between start and duration");
    *tab = '\0';
    *duration = tab + 1;
    if (strchr(*duration, '\t'))
        return error_set(err, "more than two fields");
    return true;
}

static bool work_out(Batch *batch, LimitRule *rule, LimitDue *due, Error *err)
{
    char *start = NULL, *duration = NULL;
    LimitAnchor anchor;
    return split(&batch->line, &start, &duration, err) &&
           due_anchor(batch->zone, start, &anchor, err) &&
           duration_parse(duration, &rule->duration, err) &&
           limit_due(rule, batch->calendar, batch->zone, &anchor, NULL, due, err);
}

/* Midnight is never assumed: where a start without a time leaves the answer open,
 * one line cannot give both (calendar rule D8). */
static bool is_certain(const Batch *batch, const LimitDue *due, Error *err)
{
    char first[TIME_TEXT_MAX], last[TIME_TEXT_MAX];
    if (due->due == due->due_latest)
        return true;
    instant_format(batch->zone, moment_instant(due->due), first);
    instant_format(batch->zone, moment_instant(due->due_latest), last);
    return error_set(err, "cannot tell: the start has no time; between %s and %s", first, last);
}

static void answer(Batch *batch)
{
    text_add(&batch->line, ""); /* a line of nothing has a string too */
    if (batch->line.length && batch->line.data[batch->line.length - 1] == '\r')
        batch->line.data[--batch->line.length] = '\0';
    LimitRule rule = {0};
    LimitDue due;
    Error err = {0};
    if (batch->too_long) {
        answer_error(batch, TOO_LONG);
    } else if (!work_out(batch, &rule, &due, &err) || !is_certain(batch, &due, &err)) {
        answer_error(batch, err.text);
    } else {
        char text[TIME_TEXT_MAX];
        due_short(batch->zone, &due, text);
        output_add(batch->call->out, text);
        output_add_bytes(batch->call->out, "\n", 1);
    }
    text_reset(&batch->line);
    batch->too_long = false;
}

static void take(Batch *batch, const char *bytes, size_t count)
{
    if (batch->line.length + count > LIMIT_BATCH_LINE_BYTES)
        batch->too_long = true;
    else
        text_add_bytes(&batch->line, bytes, count);
}

static void take_lines(Batch *batch, const char *bytes, size_t count)
{
    const char *end;
    while ((end = memchr(bytes, '\n', count))) {
        size_t length = (size_t)(end - bytes);
        take(batch, bytes, length);
        answer(batch);
        bytes = end + 1;
        count -= length + 1;
    }
    take(batch, bytes, count);
}

/* Answers go out before we wait for more questions. */
static ssize_t read_some(const Batch *batch, char *bytes, size_t room)
{
    struct pollfd ready = {.fd = STDIN_FILENO, .events = POLLIN};
    if (poll(&ready, 1, 0) == 0)
        output_flush(batch->call->out);
    ssize_t count;
    do {
        if (!process_wait_readable(STDIN_FILENO))
            return -1;
        count = read(STDIN_FILENO, bytes, room);
    } while (count < 0 && (errno == EAGAIN || errno == EINTR));
    return count;
}

/* Else it would look as if nothing happened. */
static void tell_terminal(void)
{
    Text text = {0};
    if (isatty(STDIN_FILENO)) {
        text_add(&text,
                 "reading from the terminal: a start, a tab and a duration on each line; "
                 "end with Ctrl-D (see 'casewright due --help')\n");
        say_aside(&text);
    }
    text_clear(&text);
}

bool batch_run(const Invocation *call, Zone zone, const Calendar *calendar, Error *err)
{
    enum { ROOM = 64 * 1024 };
    Batch batch = {.call = call, .zone = zone, .calendar = calendar};
    char *bytes = mem_alloc(ROOM);
    tell_terminal();
    ssize_t count;
    while ((count = read_some(&batch, bytes, ROOM)) > 0 && !call->out->failed)
        take_lines(&batch, bytes, (size_t)count);
    if (count == 0 && (batch.line.length || batch.too_long))
        answer(&batch);
    int reason = errno;
    free(bytes);
    text_clear(&batch.line);
    if (count < 0 && reason == EISDIR)
        return error_set(err, "cannot read standard input: it is a directory");
    if (count < 0)
        return error_kind(err, ERROR_IO, "cannot read standard input: %s", strerror(reason));
    *err = (Error){.kind = ERROR_REFUSED};
    return !batch.any_error;
}
