/* Reads one source of a bundle: lexes and parses it, adds what it says to the
 * bundle's flow (in the order of the text) and to its normalised blocks, and
 * what is wrong with it to the bundle's findings. It never stops at a mistake:
 * each clause has at most one message, and the next clause is read as if
 * nothing had happened. */
#pragma once

#include "lang/bundle.h"

void parse_source(Bundle *bundle, uint32_t source);
