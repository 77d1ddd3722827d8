/* A seeded log of cases for the benchmarks, the same for the machine and for the
 * hand-written limit: who did what when, some of it out of turn, in the wrong role,
 * late or in a case that is closed. */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* The events of small.flow, in this order in every log. */
enum LogEvent {
    LOG_REFER,
    LOG_ALARM,
    LOG_HOLD,
    LOG_GO_ON,
    LOG_SCREEN,
    LOG_ALLOT,
    LOG_STRATEGY,
    LOG_SEE,
    LOG_ASSESS,
    LOG_PLAN,
    LOG_REVIEW,
    LOG_CLOSE,
    LOG_EVENTS
};
extern const char *const log_event_names[LOG_EVENTS];

enum LogRole { LOG_INTAKE, LOG_WORKER, LOG_MANAGER, LOG_ROLES };
extern const char *const log_role_names[LOG_ROLES];
extern const char *const log_risk_names[3];

typedef struct LogEntry {
    uint32_t case_number; /* ascending; entries of a case stand together in time order */
    uint8_t event, role;
    int16_t value; /* risk 0..2 or score 0..100; -1: none */
    int64_t at;    /* milliseconds since 1970 */
} LogEntry;

/* `count` entries; the caller frees. */
LogEntry *log_make(size_t count, uint64_t seed);
/* The same with nothing out of turn and everybody in the right role, some of it late. */
LogEntry *log_make_clean(size_t count, uint64_t seed);

/* Writes the entries as people extract them: one line each, in order of time over
 * all cases. Sorts `log`. False: the file could not be written. */
bool log_write_csv(LogEntry *log, size_t count, const char *path);

/* What both sides count; printed by log_print as one line. */
typedef struct LogResult {
    uint64_t accepted, refused, met, late, missed, closed_cases, notified, check;
} LogResult;
void log_print(const char *who, const LogResult *result);
