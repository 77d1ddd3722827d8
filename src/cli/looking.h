/* What the commands that only look at one case have in common. */
#pragma once

#include <stdbool.h>

#include "cli/command.h"
#include "cli/session.h"
#include "render/view.h"

typedef bool (*LookAt)(const Invocation *call, const CaseView *view, Text *out, Error *err);

/* Loads the case that the first argument names, calls `look`, prints the result. */
bool look_at_case(const Invocation *call, LookAt look, Error *err);
