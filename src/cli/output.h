/* Where results go. Bytes are gathered and written in large pieces; a write
 * that fails (a full disk, a closed pipe) is remembered, and main ends with
 * exit code 74. Waits for a slow reader also when the pipe is non-blocking. */
#pragma once

#include <stdbool.h>
#include <stddef.h>

#include "base/text.h"

typedef struct Output {
    int file;    /* a file descriptor */
    bool colour; /* may colour what is written */
    int failed;  /* errno of the first write that failed; 0: none */
    Text waiting;
} Output;

void output_add(Output *out, const char *text);
void output_add_bytes(Output *out, const char *bytes, size_t length);
void output_add_text(Output *out, const Text *text);

/* Writes what waits. False when this or an earlier write failed. */
bool output_flush(Output *out);
void output_clear(Output *out);

typedef enum ColourWish { COLOUR_AUTO, COLOUR_ALWAYS, COLOUR_NEVER } ColourWish;

/* Off for files and pipes, with NO_COLOR (set and not empty) and TERM=dumb,
 * unless asked for. */
bool colour_allowed(ColourWish wish, int file);
