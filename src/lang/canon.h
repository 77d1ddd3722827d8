/* The normalised form of a bundle: its words, a blank between two and a new line
 * before one that begins a clause, block by block and sorted. White space,
 * comments, `because`, scenarios and `allow` are left out. Made from the sources
 * when bundle_normalise first asks for it: most who read a flow never do. */
#pragma once

#include "lang/bundle.h"

/* Before bundle_normalise; once. */
void canon_prepare(Bundle *bundle);
