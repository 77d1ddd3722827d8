/* The normalised form of a bundle: its tokens, a blank between two and a new
 * line before a word that begins a clause, block by block. White space,
 * comments, `because`, scenarios and `allow` are left out while parsing; the
 * order of blocks goes when bundle_normalise sorts them. */
#pragma once

#include "lang/parse.h"

void canon_start(Parser *p);
void canon_add(Parser *p, Token token);
void canon_finish(Parser *p);
