/* A flow that has to be right before anything can be said about it: for the commands
 * that draw or list what it says. */
#pragma once

#include <stdbool.h>

#include "bytecode/program.h"
#include "cli/command.h"
#include "lang/bundle.h"

/* Reads the flow that the first argument names, with all it uses. False with
 * ERROR_REFUSED, and the findings on standard error, when it is wrong or holds no
 * workflow. bundle_clear ends it in any case. */
bool flow_read(const Invocation *call, Bundle *bundle, Error *err);

/* The same for any file, with what it is compiled to: program_free ends that. NULL where
 * flow_read is false. */
Program *flow_compile(const Invocation *call, const char *file, Bundle *bundle, Error *err);

/* As flow_read, but errors of the kind `code` are let through; it is not compiled. */
bool flow_read_but(const Invocation *call, const char *code, Bundle *bundle, Error *err);

/* The place of --format among `names`, which end in NULL; 0 when it was not given. */
bool format_read(const Invocation *call, const char *const *names, size_t *format, Error *err);
