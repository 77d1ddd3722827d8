#include "log.h"

#include <inttypes.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>

const char *const log_event_names[LOG_EVENTS] = {
    "refer", "alarm", "hold-case", "go-on", "screen", "allot", "strategy-meeting",
    "see-child", "assess", "plan", "review-case", "close"};
const char *const log_role_names[LOG_ROLES] = {"intake", "worker", "manager"};

static uint64_t state;

/* xorshift64*, Vigna 2016. */
static uint64_t next(void)
{
    state ^= state >> 12;
    state ^= state << 25;
    state ^= state >> 27;
    return state * 0x2545F4914F6CDD1Du;
}

static uint32_t below(uint32_t n)
{
    return (uint32_t)((next() >> 32) * n >> 32);
}

/* What a case might plausibly bring next, and who does it. */
static const uint8_t usual[] = {LOG_SCREEN, LOG_ALLOT, LOG_SEE,    LOG_ASSESS, LOG_PLAN,
                                LOG_REVIEW, LOG_REVIEW, LOG_CLOSE};
static const uint8_t does[LOG_EVENTS] = {LOG_INTAKE,  LOG_WORKER,  LOG_MANAGER, LOG_MANAGER,
                                         LOG_INTAKE,  LOG_MANAGER, LOG_MANAGER, LOG_WORKER,
                                         LOG_WORKER,  LOG_WORKER,  LOG_MANAGER, LOG_MANAGER};

static int16_t value_of(uint8_t event)
{
    if (event == LOG_SCREEN)
        return (int16_t)(below(8) == 0 ? 0 : 1 + below(2));
    if (event == LOG_REVIEW)
        return (int16_t)below(3);
    return event == LOG_ASSESS ? (int16_t)below(101) : -1;
}

static uint8_t event_at(uint32_t step)
{
    if (below(8) == 0)
        return (uint8_t)(1 + below(LOG_EVENTS - 1));
    if (step == 2 && below(2))
        return LOG_STRATEGY;
    return usual[(step - 1) % sizeof usual];
}

LogEntry *log_make(size_t count, uint64_t seed)
{
    LogEntry *log = malloc(count * sizeof *log);
    const int64_t minute = 60000, start = 1262304000000; /* 2010-01-01 */
    int64_t at = 0;
    uint32_t number = 0, step = 0, length = 0;
    state = seed;
    if (!log)
        exit(71);
    for (size_t i = 0; i < count; i++) {
        if (step == length) {
            number++;
            step = 0;
            length = 6 + below(9);
            at = start + (int64_t)below(15 * 365 * 24 * 60) * minute;
        }
        uint8_t event = step == 0 ? LOG_REFER : event_at(step);
        uint8_t role = below(16) == 0 ? (uint8_t)below(LOG_ROLES) : does[event];
        log[i] = (LogEntry){number, event, role, value_of(event), at};
        at += (int64_t)(1 + below(6 * 24 * 60)) * minute;
        step++;
    }
    return log;
}

void log_print(const char *who, const LogResult *r)
{
    printf("%-8s accepted %" PRIu64 " refused %" PRIu64 " met %" PRIu64 " late %" PRIu64
           " missed %" PRIu64 " notified %" PRIu64 " closed %" PRIu64 " check %016" PRIx64 "\n",
           who, r->accepted, r->refused, r->met, r->late, r->missed, r->notified,
           r->closed_cases, r->check);
}
