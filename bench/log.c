#include "log.h"

#include <inttypes.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

const char *const log_event_names[LOG_EVENTS] = {
    "refer",     "alarm",  "hold-case", "go-on",       "screen", "allot", "strategy-meeting",
    "see-child", "assess", "plan",      "review-case", "close"};
const char *const log_role_names[LOG_ROLES] = {"intake", "worker", "manager"};
const char *const log_risk_names[3] = {"low", "medium", "high"};

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

static const uint8_t does[LOG_EVENTS] = {LOG_INTAKE, LOG_WORKER,  LOG_MANAGER, LOG_MANAGER,
                                         LOG_INTAKE, LOG_MANAGER, LOG_MANAGER, LOG_WORKER,
                                         LOG_WORKER, LOG_WORKER,  LOG_MANAGER, LOG_MANAGER};

static int16_t value_of(uint8_t event)
{
    if (event == LOG_SCREEN)
        return (int16_t)(below(12) == 0 ? 0 : 1 + below(2));
    if (event == LOG_REVIEW)
        return (int16_t)below(3);
    return event == LOG_ASSESS ? (int16_t)below(101) : -1;
}

/* What usually comes after an event with a value; the people who wrote the log knew
 * their trade, and one entry in ten is out of turn. */
static uint8_t usual_event(uint8_t last, int16_t value)
{
    switch (last) {
    case LOG_REFER:
        return LOG_SCREEN;
    case LOG_SCREEN:
        return value == 1 ? LOG_ALLOT : LOG_STRATEGY;
    case LOG_ALLOT:
    case LOG_STRATEGY:
    case LOG_GO_ON:
        return LOG_SEE;
    case LOG_SEE:
        return LOG_ASSESS;
    case LOG_ASSESS:
        return value >= 50 ? LOG_PLAN : LOG_CLOSE;
    case LOG_PLAN:
        return LOG_REVIEW;
    case LOG_REVIEW:
        return value == 0 ? LOG_CLOSE : LOG_REVIEW;
    case LOG_ALARM:
        return LOG_STRATEGY;
    case LOG_HOLD:
        return LOG_GO_ON;
    }
    return LOG_REFER;
}

static LogEntry *make(size_t count, uint64_t seed, bool clean)
{
    LogEntry *log = malloc(count * sizeof *log);
    const int64_t minute = 60000, start = 1262304000000; /* 2010-01-01 */
    int64_t at = 0;
    uint32_t number = 0, step = 0, length = 0;
    uint8_t last = LOG_REFER;
    int16_t value = -1;
    state = seed;
    if (!log)
        exit(71);
    for (size_t i = 0; i < count; i++) {
        if (step == length) {
            number++;
            step = 0;
            length = 8 + below(12);
            at = start + (int64_t)below(15 * 365 * 24 * 60) * minute;
        }
        uint8_t usual = step == 0 ? LOG_REFER : usual_event(last, value);
        bool astray = !clean && step && below(10) == 0;
        uint8_t event = astray ? (uint8_t)(1 + below(LOG_EVENTS - 1)) : usual;
        uint8_t role = !clean && below(16) == 0 ? (uint8_t)below(LOG_ROLES) : does[event];
        int16_t said = value_of(event);
        if (role == does[event] && (event == usual || event == LOG_ALARM || step == 0)) {
            last = event;
            value = said;
        }
        log[i] = (LogEntry){number, event, role, said, at};
        at += (int64_t)(1 + below(6 * 24 * 60)) * minute;
        step++;
        bool over = last == LOG_CLOSE || (last == LOG_SCREEN && value == 0);
        if (over && (clean || below(8) != 0)) /* some people go on writing */
            step = length;
    }
    return log;
}

LogEntry *log_make(size_t count, uint64_t seed)
{
    return make(count, seed, false);
}

LogEntry *log_make_clean(size_t count, uint64_t seed)
{
    return make(count, seed, true);
}

static int by_time(const void *left, const void *right)
{
    const LogEntry *a = left, *b = right;
    if (a->at != b->at)
        return a->at < b->at ? -1 : 1;
    return a->case_number < b->case_number ? -1 : a->case_number > b->case_number;
}

static void write_line(FILE *out, const LogEntry *entry)
{
    time_t seconds = (time_t)(entry->at / 1000);
    struct tm at;
    gmtime_r(&seconds, &at);
    fprintf(out, "case-%07u,%s,%04d-%02d-%02dT%02d:%02d:00Z,%s-%02u,%s,", entry->case_number,
            log_event_names[entry->event], at.tm_year + 1900, at.tm_mon + 1, at.tm_mday,
            at.tm_hour, at.tm_min, log_role_names[entry->role], entry->case_number % 40,
            log_role_names[entry->role]);
    if (entry->event == LOG_ASSESS)
        fprintf(out, ",%d\n", entry->value);
    else if (entry->value >= 0)
        fprintf(out, "%s,\n", log_risk_names[entry->value]);
    else
        fputs(",\n", out);
}

bool log_write_csv(LogEntry *log, size_t count, const char *path)
{
    FILE *out = fopen(path, "w");
    if (!out)
        return false;
    qsort(log, count, sizeof *log, by_time);
    fputs("case,activity,time,person,role,risk,score\n", out);
    for (size_t i = 0; i < count; i++)
        write_line(out, &log[i]);
    bool written = !ferror(out);
    return fclose(out) == 0 && written;
}

void log_print(const char *who, const LogResult *r)
{
    printf("%-8s accepted %" PRIu64 " refused %" PRIu64 " met %" PRIu64 " late %" PRIu64
           " missed %" PRIu64 " notified %" PRIu64 " closed %" PRIu64 " check %016" PRIx64 "\n",
           who, r->accepted, r->refused, r->met, r->late, r->missed, r->notified,
           r->closed_cases, r->check);
}
