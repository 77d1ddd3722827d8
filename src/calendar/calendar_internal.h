/* The insides of a Calendar, for the file that builds it and the one that
 * answers from it. Three tables make both directions of counting a look-up:
 * why a day is off, how many days work up to it, and which day is the n-th that
 * works. They begin a year before the covered years, so that what is displaced
 * from the end of the year before still finds its place. */
#pragma once

#include "calendar/calendar.h"

enum {
    REASON_WORKS = 0,
    REASON_WEEKDAY = 1, /* and the six after it: not a working weekday */
    REASON_NAMED = 8    /* and above: reasons[value - REASON_NAMED] */
};

/* How many days work up to each day, and which day is the n-th that works. */
typedef struct CalendarCounts {
    int32_t *worked; /* owned; for each day: working days up to and including it; NULL:
                        nobody has counted yet */
    Day *working;    /* owned; the days that work, ascending */
} CalendarCounts;

struct Calendar {
    char *name;    /* owned */
    bool works[7]; /* 0 is Monday */
    WorkingHours hours[7];
    bool has_hours;
    int cut_off;
    int first_year, published_year, last_year;
    Day first_day, last_day; /* covered */
    Day published_upto;
    Day table_start;
    int32_t table_days;
    int32_t *reason;        /* owned; for each day */
    CalendarCounts *counts; /* owned; filled when first counted with: whoever only reads a
                               flow never does */
    char **reasons;         /* owned, and each of them */
    size_t reason_count, reason_capacity;
};
