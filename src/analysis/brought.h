/* Every way in which a fact may come to be recorded: by an entry, or by a line. Sorted by
 * where it can happen, so that for each place only what can happen there is gone through. */
#pragma once

#include "analysis/internal.h"

typedef struct BroughtItem {
    int32_t event, fact;
    const Work *work; /* NULL: by a declared event, or by a line */
    PieceSet pieces;  /* by a line: the value; else 0 */
} BroughtItem;

typedef struct Brought {
    BroughtItem *items; /* owned; those of lines come first */
    size_t count, capacity;
    uint32_t line_count;
    Slice anywhere;  /* of lines, declared events, and work of a whole track or of a must */
    Slice *of_track; /* owned, per track: work in its states */
    Slice *of_state; /* owned, per state: its work */
} Brought;

Brought brought_of(const Analysis *analysis);
void brought_clear(Brought *brought);

/* The pieces of the value that a line records. */
PieceSet brought_pieces(const Analysis *analysis, const Effect *effect);
