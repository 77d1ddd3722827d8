/* A file that a thread of its own reads and digests, a few pieces before they are asked
 * for, so that whoever takes the text apart waits for neither. For regular files: to
 * stop a thread that waits at a pipe would take more than this. */
#pragma once

#include <nettle/sha2.h>
#include <stddef.h>
#include <sys/types.h>

typedef struct Ahead Ahead;

/* Begins to read `file`, which stays the caller's, as `hash` does: it is the thread's
 * until ahead_read gave 0, or until ahead_free. NULL: no thread is to be had. */
Ahead *ahead_new(int file, struct sha256_ctx *hash);
/* The next bytes, up to `size`, which is more than 0. 0: the end; -1: errno says why, as
 * of read(2). */
ssize_t ahead_read(Ahead *ahead, void *to, size_t size);
/* Also before everything was read. NULL is harmless. */
void ahead_free(Ahead *ahead);
