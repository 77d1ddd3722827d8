/* What a fact can be, in few enough pieces to try them all: the values of a list,
 * yes and no, and the stretches of numbers or dates between the constants that
 * the flow compares with. A set of them is one word: bit 0 is "not known", bit i
 * the piece number i - 1. */
#pragma once

#include "base/text.h"
#include "lang/ast.h"

typedef struct Piece {
    int64_t least, most; /* a list: its position; yes or no: 1, 0; text: no meaning */
} Piece;

typedef struct Domain {
    Piece *pieces; /* in the arena */
    uint32_t count;
    bool too_wide; /* more constants than fit: nothing is said of this fact */
} Domain;

typedef uint64_t PieceSet;

#define PIECE_UNKNOWN ((PieceSet)1)

/* One for each fact, in `arena`. */
Domain *domains_new(const Flow *flow, Arena *arena);

static inline PieceSet domain_known(const Domain *domain)
{
    return ((UINT64_C(1) << domain->count) - 1) << 1;
}
static inline PieceSet domain_all(const Domain *domain)
{
    return domain_known(domain) | PIECE_UNKNOWN;
}

/* The pieces for which the comparison is yes; it is no for the other known ones. */
PieceSet domain_matching(const Domain *domain, const Expr *compare);

/* A value of the piece as the language writes it: high, 17, yes, 3 May 2021. */
void domain_write(const FactAst *fact, const Piece *piece, Text *out);
