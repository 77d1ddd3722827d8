/* Made-up histories for any flow: cases are lived through with the machine itself,
 * so that replay finds nothing in them that it would not have allowed. Everything
 * that is owed is planned for a working moment before it is due, everything else
 * for some working moment; what comes first is tried, and kept when it was
 * accepted. A try in which something fell due all the same is thrown away and the
 * case begun anew. Same flow, same request, same cases on every machine; memory
 * does not grow with their number. The people and facts are invented. */
#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "base/error.h"
#include "vm/vm.h"

#define GENERATE_PEOPLE 12u /* of each role */

typedef struct GenerateRequest {
    const Program *program; /* borrowed */
    uint64_t seed, cases;
    Day from, to;          /* cases open between them; nothing happens after the end of `to` */
    uint32_t late_percent; /* of the limits, 0 .. 100: what is done only after its due moment */
} GenerateRequest;

/* One case. Entries of the kinds ENTRY_OPEN and ENTRY_EVENT are what a log would hold:
 * those that needed approval stand at the moment at which it was given. Others
 * (approvals) are what the machine was told besides. Ticks and assigned persons are
 * left unsaid, as in most logs. */
typedef struct GeneratedCase {
    uint64_t number;      /* from 1, in order of opening */
    const Entry *entries; /* ascending in time; of the generator, until the next case */
    uint32_t entry_count;
    const int64_t *record; /* as it is at the end of the period */
    bool clean;            /* nothing was late that was not meant to be */
} GeneratedCase;

/* Called for each case in turn; false stops. */
typedef bool (*GeneratedVisit)(void *context, const GeneratedCase *one, Error *err);

typedef struct GenerateTotals {
    uint64_t cases, closed, events; /* events: entries that a log would hold */
    uint64_t unclean;               /* cases in which no try met every limit */
    uint32_t unclean_work;          /* which limit of the first of them; NO_INDEX: no limit */
} GenerateTotals;

/* ERROR_USAGE: no event opens a case, or the period has no working day in it;
 * ERROR_LIMIT: the calendar does not cover the period; ERROR_REFUSED: no case can be
 * opened (the text has the code of the refusal); else what `visit` said. */
bool generate(const GenerateRequest *request, GeneratedVisit visit, void *context,
              GenerateTotals *totals, Error *err);

/* The role that a made-up person has, and which of its people it is, from 1. */
uint32_t generated_role(Person person);
uint32_t generated_number(Person person);
