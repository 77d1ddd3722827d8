/* The three parts of the verifier: what every field of every table refers to
 * (verify.c, from descriptions), what the fields of one row say together
 * (verify_rows.c), and the code (verify_code.c). */
#pragma once

#include "bytecode/program.h"

/* How a piece of code is used; noted for each CodeRef while the tables are read. */
enum { PIECE_UNUSED = 0, PIECE_CONDITION = 1, PIECE_EFFECTS = 2 };

typedef struct Verifier {
    const Program *program;
    unsigned char *pieces; /* owned: one per word of code */
    Error *err;
} Verifier;

/* Always false: "bad program: …", exit code 70. */
bool verify_fail(Verifier *verifier, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

/* The rows' own rules; every slice and index is known to be in range. */
bool verify_rows(Verifier *verifier);

/* One pass over the code; verifier->pieces tells where pieces begin. */
bool verify_code(Verifier *verifier);
