/* History into the case database: past cases from a log, as entries of origin
 * `import`. A case goes in whole, under the version of the flow that was in force when
 * it opened, or it is set aside with the reason: the database holds only what the flow
 * accepts. Some thousand entries make a transaction, so that a stop at any moment
 * leaves whole cases behind, and running it again goes on where it stopped. Nothing
 * that was due before the import is notified. */
#pragma once

#include "api/engine.h"
#include "log/log.h"

#define IMPORT_BATCH   5000u /* entries to a transaction, unless said */
#define IMPORT_PREVIEW 10u

/* A case that was not imported. Texts live until the callback returns. */
typedef struct ImportAside {
    const char *reference, *file;
    uint64_t line;
    const char *activity; /* what could not be taken; "" when it is the case as such */
    const char *sentence; /* why, without a full stop */
} ImportAside;

typedef struct Imported {
    uint64_t cases, entries; /* written now; of a trial: that would be */
    uint64_t already;        /* cases imported before, with the same content */
    uint64_t aside;          /* cases set aside */
    uint64_t ignored;        /* rows of activities that the mapping ignores */
    uint64_t people;         /* names that were not known before */
    uint64_t batches;
} Imported;

/* The first rows as they were understood. */
typedef struct ImportRow {
    const char *reference, *event, *person, *role, *facts; /* JSON; "" nobody */
    Moment at;
    Zone zone;
} ImportRow;

typedef struct ImportRequest {
    const char *flow; /* by name: deployed already */
    const LogRequest *log;
    bool trial;     /* write nothing */
    uint32_t batch; /* 0: IMPORT_BATCH */
    void (*aside)(void *context, const ImportAside *aside);
    void (*preview)(void *context,
                    const ImportRow *row); /* NULL; at most IMPORT_PREVIEW times */
    /* After each batch. False: stop there, ERROR_INTERRUPTED. May be NULL. */
    bool (*progress)(void *context, const Imported *so_far);
    void *context;
} ImportRequest;

/* `engine` must have been opened exclusively, unless it is a trial. *imported is
 * right also after false: what stands in it is on the disk. */
bool engine_import(Engine *engine, const ImportRequest *request, Log *log, Imported *imported,
                   Error *err);
