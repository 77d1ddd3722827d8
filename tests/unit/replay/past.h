/* A flow and a small log given as texts, replayed; what came out is asked for as text, so
 * that a test reads like the calculation by hand that it is. Everything is invented. */
#pragma once

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "replay/result.h"

/* A calendar of plain weeks without holidays, 2020 to 2030; put before a flow. 1 March
 * 2021 is a Monday. */
extern const char past_calendar[];

typedef struct PastCase {
    char id[40], findings[2000], duties[2000];
    CaseOutcome outcome, unexcused;
    CaseResult counts; /* its lists are not to be looked at */
    char state[60];
} PastCase;

typedef struct Past {
    Bundle bundle;
    Program *program;
    Mapping mapping;
    Log log;
    Binding binding;
    AcceptedList accepted;
    ReplayOptions options;
    Result result;
    PastCase cases[40];
    uint32_t count;
    bool has_accepted, keep_cases;
    Error err;
} Past;

/* Compiles `flow`; what it says against it is printed and fails the test. */
void past_begin(Past *past, const char *flow);
void past_end(Past *past);
void past_map(Past *past, const char *map);
void past_accept(Past *past, const char *text);
void past_as_of(Past *past, const char *date);
/* Reads `rows` (CSV with a heading) and replays them; false: past->err says why not. */
bool past_try(Past *past, const char *rows);
void past_replay(Past *past, const char *rows);
/* The case of that id; fails the test where there is none. */
const PastCase *past_case(const Past *past, const char *id);

/* Findings as "2 not-open elsewhere=visiting; 3 not-possible facts follows": the row of the
 * case from 1 (0: none), code, how it was applied, and follows or accepted. Duties as
 * "visit 2021-03-04 done 2021-03-05 met-late 3+1": name, due, done, outcome, days + days
 * late. */
#define assert_findings(past, id, text) assert_string_equal(past_case(past, id)->findings, text)
#define assert_duties(past, id, text)   assert_string_equal(past_case(past, id)->duties, text)
#define assert_outcome(past, id, is)    assert_int_equal(past_case(past, id)->outcome, is)
#define assert_ends_at(past, id, name)  assert_string_equal(past_case(past, id)->state, name)
