/* Which name of the flow is nearest to what a log or a map file says: for messages
 * only, nothing is merged because it looks alike. */
#pragma once

#include <stdint.h>

#include "base/limits.h"
#include "lang/ast.h"

typedef struct Near {
    char wanted[LIMIT_NAME_BYTES + 1];
    uint32_t distance; /* of the best so far; at first one more than allowed */
    const char *best;  /* what to show for it; NULL: none is near */
} Near;

Near near_begin(const char *wanted);
/* `name` may be NULL; `shown` is kept, not copied. */
void near_try(Near *near, const char *name, const char *shown);

/* The name (not the label) of the nearest; NULL: none is near. */
const char *near_event(const Flow *flow, const char *activity);
const char *near_role(const Flow *flow, const char *role);
const char *near_fact(const Flow *flow, const char *fact);
const char *near_value(const Flow *flow, uint32_t fact, const char *value);
