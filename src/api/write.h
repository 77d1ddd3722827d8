/* One write: a request becomes a row of the log and is tried on the case; it is
 * stored whole with everything that follows from it, or not at all. ask.c makes
 * the row, correct.c replays, write.c holds the transaction. */
#pragma once

#include "api/case.h"
#include "api/content.h"

typedef struct Write {
    Engine *engine;
    const CwRequest *request;
    bool keep; /* false: only the answer is wanted */
    Answer *answer;
    Arena *arena; /* the answer's: what outlives the write */
    Instant now;  /* never before the last recorded time */
    LoadedCase loaded;
    bool is_new;   /* CW_OPEN */
    EntryRow row;  /* strings borrowed, content owned */
    char *content; /* owned */
    Objection objection;
    uint32_t event, work; /* that the request names; NO_INDEX */
    LazyLog past;         /* the case's log, when a replay or an earlier entry is needed */
    Entry entry;          /* the row, bound */
    int64_t withdrawn;
} Write;

LogKind log_kind_of(CwKind kind);

/* ask.c: fills row, objection, event and work. False: the request cannot be
 * understood, or the world failed. */
bool ask_time(Write *write, Zone zone, Error *err);
bool ask_who(Write *write, Error *err);
bool ask_what(Write *write, Error *err);
bool ask_content(Write *write, Error *err);
/* The opening event of the request's flow in force on the day: sets the definition. */
bool ask_flow(Write *write, Error *err);

/* correct.c: voids and amendments name another entry. */
bool correct_target(Write *write, Error *err);
/* May the later entries that the request names be made void with it? */
bool correct_also_void(Write *write, Error *err);
/* Replays the case with the new rows; fills the answer's changes or conflicts and
 * settles the caches. *refused: nothing may be stored. */
bool correct_replay(Write *write, bool *refused, Error *err);

/* request -> answer; `keep`: store it. */
bool write_perform(Engine *engine, const CwRequest *request, bool keep, Answer *answer,
                   Error *err);
