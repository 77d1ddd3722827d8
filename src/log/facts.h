/* What a log holds, counted: activities, starts, ends, what follows what, different
 * orders, people, and what about its data must be known before anything is concluded
 * from it. Cases are counted one by one, so that a log of any size can be looked at;
 * the counts are by the log's own numbers of names. */
#pragma once

#include "base/arena.h"
#include "base/map.h"
#include "log/log.h"

/* Something met, how often, and where first. */
typedef struct LogSight {
    uint64_t count, line;
    uint32_t file;
} LogSight;

/* Two activities directly after one another in a case. */
typedef struct LogStep {
    uint32_t from, to; /* activities */
    uint64_t count;
} LogStep;

/* Two names that may be meant as one. */
typedef struct LogTwins {
    uint32_t one, other; /* activities */
} LogTwins;

typedef struct LogFacts {
    Arena arena;      /* owned */
    const Log *log;   /* borrowed; set when counting begins */
    Instant now;      /* what is later is in the future */
    uint64_t cases;   /* with a row that was used */
    uint64_t lost;    /* cases of which every row was set aside */
    uint64_t damaged; /* of the first, those with a row set aside */
    uint64_t events;
    uint64_t *activities, *starts, *ends; /* owned; by activity */
    LogStep *steps;                       /* owned; by activity names, once finished */
    uint32_t step_count;
    size_t step_capacity;
    Map step_places;   /* keys in the arena */
    uint64_t variants; /* different orders of activities */
    Map variant_set;   /* keys in the arena: the numbers of the activities, one by one */
    LogSight future, year_1970;
    LogTwins *twins; /* owned */
    uint32_t twin_count;
    size_t twin_capacity;
    bool too_many_to_compare; /* more activities than are compared for likeness */
} LogFacts;

/* For log_visit: `begin` and `visit` with the facts as context, one worker at a time;
 * then finish. */
bool log_facts_begin(void *facts, const Log *log, Error *err);
bool log_facts_visit(void *facts, unsigned worker, uint32_t part_number, const LogPart *part,
                     Error *err);
void log_facts_finish(LogFacts *facts);
void log_facts_clear(LogFacts *facts);

/* Whether two names of activities look as if one were the other mistyped: the same but
 * for case of letters, blanks and marks, or a slip or two in longer words. Numbers and
 * single letters tell things apart: "Release A" is not "Release B". */
bool names_look_alike(const char *one, const char *other);
