/* How a log's words match a flow's: which column is what, how dates are written,
 * which activity is which event. Told by a small map file, by options, or, where it
 * is plain, detected (and then shown). A map file has one line for each thing:
 *
 *     # comment
 *     case      column "case:concept:name"
 *     activity  column "concept:name"
 *     time      column "time:timestamp"
 *     person    column "org:resource"
 *     role      column "org:group"
 *     fact      urgent   column "Priority"
 *     dates     day month year            (or: year month day, month day year)
 *     zone      Europe/London
 *     encoding  windows-1252              (or utf-8, iso-8859-1)
 *     separator ";"                       (or tab)
 *     quote     "'"                       (or none)
 *     lifecycle complete                  (or start, any)
 *     activity  "T02 Check confirmation"  is check-confirmation
 *     activity  "T02 Check confirmation"  is check-confirmation with urgent yes
 *     role      "Group 1"                 is case-worker
 *     value     "High" of risk            is high
 *     ignore    "T99 Archived", "T98 Destroyed"
 *     nobody    "EMPTY", "UNDEFINED"      (a person or role so written is not said)
 *     dedupe
 *     rank      "Contact", "Referral", "Assessment"     (order at one instant)
 *
 * A quote inside quotes is written \" and a backslash \\. Each thing is said once.
 * Matching is exact; nothing is ever merged because it looks alike. */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/error.h"
#include "calendar/zone.h"

typedef enum LogColumn {
    COLUMN_CASE,
    COLUMN_ACTIVITY,
    COLUMN_TIME,
    COLUMN_PERSON,
    COLUMN_ROLE,
    COLUMN_LIFECYCLE,
    LOG_COLUMNS
} LogColumn;

typedef enum DateOrder {
    DATES_UNSAID,
    DATES_DAY_FIRST,
    DATES_MONTH_FIRST,
    DATES_YEAR_FIRST
} DateOrder;

typedef enum LogEncoding {
    ENCODING_UTF_8,
    ENCODING_LATIN_1,
    ENCODING_WINDOWS_1252
} LogEncoding;

typedef enum LogLifecycle { LIFECYCLE_COMPLETE, LIFECYCLE_START, LIFECYCLE_ANY } LogLifecycle;

#define NO_QUOTE '\1' /* no character quotes */

typedef struct MappedFact {
    const char *fact, *column;
    uint32_t line; /* of the map file; 0: by an option */
    bool may_lack; /* nobody named the column: it is taken if it is there */
} MappedFact;

/* A fact that an activity itself says: `with urgent yes`. */
typedef struct MappedSaying {
    const char *fact, *value;
} MappedSaying;

typedef struct MappedActivity {
    const char *activity; /* as the log has it */
    const char *event;    /* as the flow has it; NULL: ignored on purpose */
    const MappedSaying *sayings;
    uint32_t saying_count;
    uint32_t line;
} MappedActivity;

typedef struct MappedName {
    const char *from, *to;
    uint32_t line;
} MappedName;

typedef struct MappedValue {
    const char *fact, *from, *to;
    uint32_t line;
} MappedValue;

/* All zero asks for what is detected. Arrays and texts live in the arena. */
typedef struct Mapping {
    Arena arena;
    const char *path;                 /* of the map file; NULL: none */
    const char *columns[LOG_COLUMNS]; /* headings; NULL: detect */
    MappedFact *facts;
    MappedActivity *activities;
    MappedName *roles;
    MappedValue *values;
    const char **ranks;    /* activities, lowest rank first; others stand after them */
    const char **nobodies; /* what stands for a person or role that is not said */
    uint32_t fact_count, activity_count, role_count, value_count, rank_count, nobody_count;
    DateOrder dates;
    LogEncoding encoding;
    LogLifecycle lifecycle;
    char separator, quote; /* 0: detect; quote '"' unless said, or NO_QUOTE */
    bool has_zone, dedupe;
    Zone zone;
} Mapping;

/* Adds what the text of a map file says. Errors name line and what was expected
 * there (ERROR_INPUT). `path` is for messages and copied. */
bool mapping_parse(Mapping *mapping, const char *path, const char *text, size_t length,
                   Error *err);
void mapping_clear(Mapping *mapping);

/* The words after `dates`, `separator`, `quote`, `lifecycle` and `encoding`, for options
 * that say the same. ERROR_INPUT names what could stand there. */
bool mapping_dates(Mapping *mapping, const char *words, Error *err);
bool mapping_separator(Mapping *mapping, const char *word, Error *err);
bool mapping_quote(Mapping *mapping, const char *word, Error *err);
bool mapping_lifecycle(Mapping *mapping, const char *word, Error *err);
bool mapping_encoding(Mapping *mapping, const char *word, Error *err);
bool mapping_zone(Mapping *mapping, const char *words, Error *err);
/* Whatever was said of the same fact before is replaced. `line` 0: by an option. */
void mapping_add_fact(Mapping *mapping, const char *fact, const char *column, uint32_t line);
/* A column that is called like a fact is that fact, unless something else was said of it. */
void mapping_offer_fact(Mapping *mapping, const char *fact);
