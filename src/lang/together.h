/* Can these conditions all be true at once? Exact for facts that are lists or
 * yes/no; number ranges are cut; whatever else a condition asks (tracks, windows)
 * may be true or false, but not both. */
#pragma once

#include <stdbool.h>
#include <stddef.h>

#include "lang/ast.h"

/* The conditions are resolved and their terms do not go round in a circle. When
 * the search grows too long the answer is false: nobody is accused unproved. */
bool conditions_hold_together(const Flow *flow, const Expr *const *conditions, size_t count);
