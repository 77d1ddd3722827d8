/* Names, types and shape: resolves every Ref of a parsed bundle and finds the
 * errors without which nothing can run (unknown names with did-you-mean, wrong
 * kinds of value, no start, two starts, circles, limits of size). Fills the
 * by-index arrays of Flow. */
#pragma once

#include "lang/bundle.h"

void names_resolve(Bundle *bundle);
