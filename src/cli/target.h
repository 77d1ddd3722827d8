/* A result written to a file of its own: whole or not at all. What is there already
 * stays unless --force is given; a database, a flow that was read, and anything that
 * is no plain file stay in any case. */
#pragma once

#include <stdbool.h>

#include "cli/command.h"
#include "lang/bundle.h"

/* The two options, for the tables of commands that write files. */
#define TARGET_OPTIONS                                                                         \
    {"output", 'o', false, "FILE", "write to FILE instead of standard output"},                \
    {                                                                                          \
        "force", 0, false, NULL, "with --output: write over a file that is there already"      \
    }

/* Writes `text` where --output says, else to standard output, and empties it. `bundle`:
 * the flow that was read; NULL: none. `is_private`: it tells of a case, so that a file
 * is readable by its owner only. */
bool target_write(const Invocation *call, const Bundle *bundle, bool is_private, Text *text,
                  Error *err);

/* The same for a file that another option names. */
bool target_write_to(const char *path, bool force, bool is_private, const Bundle *bundle,
                     const Text *text, Error *err);
/* Refuses before the work what target_write_to would refuse after it; and to write over
 * one of `inputs`, the files that are read besides the flow. */
bool target_check(const char *path, bool force, const Bundle *bundle, const char *const *inputs,
                  size_t input_count, Error *err);

/* The same for what is too long to be kept in memory: written as it comes, under another
 * name, and put in place at the end. */
typedef struct TargetStream {
    Output *out; /* write here; borrowed from the call, or `file` below */
    Output file;
    Text made;        /* owned: the name that the file has until it is whole */
    const char *path; /* NULL: standard output */
    bool force;
} TargetStream;

/* target_close ends it, also after false. */
bool target_open(const Invocation *call, const Bundle *bundle, bool is_private,
                 TargetStream *stream, Error *err);
/* Whether it is worth going on: nothing that was written has failed. Else false with an
 * empty text, since main says what is wrong with standard output, and target_close with
 * a file. */
bool target_takes_more(const TargetStream *stream, Error *err);
/* `whole`: all was written; else what there is of the file is removed. False when it
 * could not be put in place; *err stays as it is when `whole` is false. */
bool target_close(TargetStream *stream, bool whole, Error *err);

/* Writes over a file that is there, whole or not at all; who may read it stays. */
bool target_replace(const char *path, const Text *text, Error *err);
