/* For what no scenario tries: a short story that does. Stories are made up from the
 * flow (a place, an event with its facts, a wait) and run; the first that covers
 * something new is kept, so that what is offered is known to work. */
#pragma once

#include "sim/coverage.h"

/* By item: the text of a scenario, or NULL where none of the stories tried covers it.
 * Lives in the arena of `coverage`. At most `budget` stories are tried. */
const char *const *suggest_scenarios(Coverage *coverage, const CoverageItems *items,
                                     uint32_t budget);
