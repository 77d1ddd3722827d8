/* One case on its way from the log into the database: what the rows say in the
 * flow's terms, then what the machine makes of it, then the rows of the store. */
#pragma once

#include "api/case.h"
#include "api/import.h"
#include "replay/replay.h"

/* A version of the flow, and what of the log is what in it. */
typedef struct ImportPlan {
    Definition *definition; /* borrowed from the engine */
    Binding binding;        /* owned */
    bool *approves;         /* owned; by event: some line of it needs approval */
    struct ImportPlan *next;
} ImportPlan;

typedef struct Import {
    Engine *engine;
    const ImportRequest *request;
    const Log *log;
    ImportPlan *plans; /* owned list */
    Person *people;    /* owned; by name of the log; 0: not looked up, or not known yet */
    Imported *counts;
    uint32_t in_batch, previewed;
    /* the case in hand */
    Arena arena;
    const LogPart *part;
    const LogCase *one;
    ImportPlan *plan;
    char key[64];
    EntryRow *rows; /* in the arena, as the next */
    Entry *entries;
    uint32_t count;
    bool has_new_people;
    LoadedCase loaded;
    char sentence[600]; /* why it is set aside; empty: it is not */
    const LogRow *at_fault;
} Import;

/* Sets import->sentence; always false. */
bool import_aside(Import *import, const LogRow *row, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

/* ---- import_rows.c: false also when the case is set aside */

/* The version in force when it opened. */
bool import_find_plan(Import *import, Error *err);
/* The entries that its rows become. */
bool import_make_rows(Import *import, Error *err);
/* Those of its rows who were not known get a row, and no role. */
bool import_add_people(Import *import, Error *err);
/* A key that the same case with the same content has every time. */
void import_make_key(Import *import);
void import_plans_clear(Import *import);
