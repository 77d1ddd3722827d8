/* A log with other names and other dates: ids of cases and people are keyed hashes
 * (75 bits of BLAKE2b with a secret key), so that extracts made with
 * one key can be joined and nobody without it can go from an id to a name, also not by
 * trying all names. Dates are moved back by whole weeks, so that a Monday stays a
 * Monday. Only what the mapping names is written; free text is not. It does not protect
 * a case that is rare by what happened in it (docs/pseudonymise.md). */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/error.h"
#include "log/log.h"
#include "log/write.h"

#define PSEUDONYM_KEY_BYTES 32u
#define PSEUDONYM_TEXT_MAX  24u /* "person-", 15 letters and digits, NUL; some room */
#define PSEUDONYM_WEEKS     104 /* dates move back by 1 to as many */

typedef enum PseudonymShift {
    SHIFT_LOG,  /* all dates move by the same number of weeks */
    SHIFT_CASE, /* those of each case by weeks of its own */
    SHIFT_NONE  /* dates stay, for what hangs on working days */
} PseudonymShift;

typedef struct Pseudonymise {
    uint8_t key[PSEUDONYM_KEY_BYTES];
    PseudonymShift shift;
    const uint32_t *kept; /* borrowed; of the mapping's facts, those that are written, in the
                             order of the writer's columns */
    LogWriter *writer;    /* borrowed; its facts are the headings of what is kept */
    /* Called after each case; false stops. May empty writer->out. */
    bool (*flush)(void *context, Error *err);
    void *context;
} Pseudonymise;

typedef struct PseudonymiseTotals {
    uint64_t cases, rows;
    uint64_t left_out;  /* cases of which some row could not be read: part of a case would
                           look like all of it */
    uint64_t set_aside; /* rows that could not be read */
    bool zone_assumed;  /* nobody said whose local time it is: times of day stay as they are in
                           UTC, and so move by an hour where the clocks change */
} PseudonymiseTotals;

/* The same text and key give the same id. `kind` is "case" or "person". */
void pseudonym(const uint8_t key[PSEUDONYM_KEY_BYTES], const char *kind, const char *text,
               char out[PSEUDONYM_TEXT_MAX]);
/* How many weeks back, 1 .. PSEUDONYM_WEEKS. `case_id` NULL: of the whole log. */
int32_t pseudonym_weeks(const uint8_t key[PSEUDONYM_KEY_BYTES], const char *case_id);
/* The same time of day, `weeks` earlier by the calendar; an hour later where the clocks
 * were put forward over it. ERROR_LIMIT: before the first year that there is. */
bool pseudonym_moment(Zone zone, Moment at, int32_t weeks, Moment *moved, Error *err);
/* A cell that is to be kept. A date at its beginning (2021-02-01; 01/02/2021 in the order
 * declared) moves likewise, and a time of day after it is left out. ERROR_INPUT: it may be a
 * date, and nobody said in which order. */
bool pseudonym_value(const char *value, DateOrder order, int32_t weeks, Text *out, Error *err);

/* Reads the log and writes it anew, cases in the order of their new ids (part by part
 * where it is larger than memory). The writer's heading is written once the log has been
 * read; its end is the caller's. */
bool pseudonymise(const Pseudonymise *wish, const LogRequest *request,
                  PseudonymiseTotals *totals, Error *err);
