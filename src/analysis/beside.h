/* Where a track may stand while the main line is somewhere: the pairs that a case can get to,
 * both lines judged together on one event, as the machine does. Nothing possible is left
 * out. It tells whether work of a track may be left open where the case is closed, or the
 * track ended by a line, long before stories are tried. */
#pragma once

#include "analysis/internal.h"

/* Marks in `left` (per work) the work of the track that may be left open. */
void beside_find_left(Analysis *analysis, int32_t track, bool *left);
