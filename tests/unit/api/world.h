/* A scratch folder with a small flow, a rehearsal database and a few invented
 * people, so that a test reads as a story: who records what, when. */
#pragma once

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "api/engine.h"

typedef struct World {
    char folder[64], database[96], flow[96];
    Engine *engine;
    Answer answer;    /* the last one */
    int64_t case_number;
} World;

/* The flow is deployed and the people are there; it is Monday 1 March 2021, 09:00. */
void world_open(World *world);
void world_close(World *world);
/* Closes and opens the database, so that nothing is remembered. */
void world_reopen(World *world);
/* Writes a file into the scratch folder and gives its path, static until the next call. */
const char *world_file(World *world, const char *name, const char *text);

/* The flow's text; `find` (its first occurrence) replaced where it is not NULL. */
char *world_flow_text(const char *find, const char *replace); /* the caller frees */
/* Deploys that text as visits.flow and gives the content hash, static until the next. */
const Deployed *world_deploy(World *world, const char *text);

/* What time it is, as typed: 2021-03-01T09:00, local. */
void world_now(World *world, const char *time);

/* Each records something as a person, checks that no error comes of it, and returns
 * the entry's number, 0 when it is refused. `words` are facts ("risk=high"), ticks
 * ("+seen"), assignments ("@worker=bo"), a time ("at 2021-03-01"), a reason
 * ("because …"), a key ("key k1"), a role ("as manager") or whom for ("for ann"), ended
 * by NULL. */
int64_t world_open_case(World *world, const char *person, ...);
int64_t world_record(World *world, const char *person, const char *name, ...);
int64_t world_correct(World *world, const char *person, CwKind kind, int64_t entry, ...);
int64_t world_do(World *world, const char *person, CwKind kind, const char *name, ...);

const char *refused_because(const World *world); /* the code, "" when accepted */
/* The state of the main line in the record as it is now. */
const char *state_now(World *world);
/* 2021-03-08 or so; "" when the work is not open or has no due moment. */
const char *due_of(World *world, const char *work);
const char *outcome_of(World *world, const char *work);
/* How many notifications wait in the outbox. */
int64_t waiting_in_outbox(World *world);
/* Verifies, then drops every cache and makes it anew, then verifies again. */
void assert_whole(World *world);
