/* Who there is, the roles they hold, from when to when, and when they are away. All
 * of it, also what is over and what has not begun: who was who on a day in the past
 * is asked as often as who is who today. */
#pragma once

#include "base/arena.h"
#include "base/text.h"
#include "calendar/day.h"

/* A role that is held, or a time away. */
typedef struct Stretch {
    const char *words; /* the role's name; why they are away, or NULL */
    Day from, until;   /* both included; until DAY_NONE: no end */
    struct Stretch *next;
} Stretch;

typedef struct PersonLine {
    const char *login, *name;
    Stretch *roles, *absences; /* in the order of the names and of the days */
    struct PersonLine *next;
} PersonLine;

typedef struct PeopleList {
    Arena arena;       /* owned; everything lives in it */
    PersonLine *first; /* by login */
} PeopleList;

/* `today` tells what is over or has not begun. */
void people_text(const PeopleList *list, Day today, Text *out);
/* Schema casewright/people/1. */
void people_json(const PeopleList *list, Day today, Text *out);
void people_clear(PeopleList *list);
