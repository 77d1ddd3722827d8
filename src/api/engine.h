/* What the program does with a database, in the terms of the layers below:
 * deploys flows, records entries, works out time, answers questions. Every
 * change is one transaction. No clock is read here: `engine_set_now` says what
 * time it is. Functions return false when the world failed (*err); that an
 * entry is refused is an answer, not an error. casewright.h is the same for
 * other programs, in plain C types. */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "api/casewright.h"
#include "base/error.h"
#include "lang/bundle.h"
#include "render/people.h"
#include "render/view.h"

typedef CwDatabase Engine;

/* ---- flows from files (no database needed) ------------------------------------------ */

/* Reads a flow file with all it uses, parses and resolves it; findings are in
 * bundle->diags. Looks for `use "NAME"` beside the file that says it, then in
 * `places`; refuses what leads out of those folders (ERROR_PERMISSION) and two
 * hits that differ. bundle_clear ends it, also after false. */
bool flow_load(const CwPlaces *places, const char *file, Bundle *bundle, Error *err);
/* A flow that is in no file, called `shown` in findings; what it uses stands beside
 * or below the folder we are in. */
bool flow_load_text(const CwPlaces *places, const char *shown, const Text *text, Bundle *bundle,
                    Error *err);
/* A library name as the main file: a calendar for `due`, say. */
bool flow_load_library(const CwPlaces *places, const char *name, Bundle *bundle, Error *err);
/* Adds what `use "FOLDER/…"` finds in the libraries: names in order, each once, with
 * commas between; nothing where there is no library. */
void library_names(const CwPlaces *places, const char *folder, Text *names);

/* The content hash (language.md, meaning 16) as people see it. */
void flow_hash(const Bundle *bundle, char text[65]);

/* ---- opening ------------------------------------------------------------------------ */

bool engine_create(const char *path, bool rehearsal, Instant now, Error *err);
bool engine_open(const char *path, const CwOptions *options, Engine **engine, Error *err);
void engine_close(Engine *engine); /* NULL is fine */

/* `given`: the time was typed in, not read from the machine's clock; refused
 * unless the database is a rehearsal. Call before each request. */
bool engine_set_now(Engine *engine, Instant now, bool given, Error *err);
Instant engine_now(const Engine *engine);
bool engine_is_rehearsal(const Engine *engine);

/* ---- definitions -------------------------------------------------------------------- */

typedef struct Deployed {
    char hash[65], calendar_hash[65];
    bool is_new;       /* false: that content was there already */
    bool new_calendar; /* its dated holidays were not there before */
} Deployed;

/* Loads `file` into *bundle, and stores it when it has no errors. False with
 * ERROR_REFUSED when the flow is wrong: bundle->diags says why. */
bool engine_deploy(Engine *engine, const char *file, const char *by, Bundle *bundle,
                   Deployed *deployed, Error *err);

/* ---- people ------------------------------------------------------------------------- */

/* `label` may be NULL: the login. A login that is there already is refused. */
bool engine_person_add(Engine *engine, const char *login, const char *label, Error *err);
/* Local dates, 2021-02-01; `from` NULL: today; `until` NULL: open ended; both days count. */
bool engine_person_hold(Engine *engine, const char *login, const char *role, const char *from,
                        const char *until, Error *err);
/* What the flows in use know of a role's name: none may have it, by a slip perhaps. */
typedef struct RoleFound {
    bool any_flow, found;
    char nearest[129]; /* LIMIT_NAME_BYTES; the name that was meant, perhaps; or empty */
} RoleFound;

bool engine_role_find(Engine *engine, const char *role, RoleFound *found, Error *err);
bool engine_person_absent(Engine *engine, const char *login, const char *from,
                          const char *until, const char *reason, Error *err);
/* Everybody; people_clear in any case. *today is the day by the office's clock. */
bool engine_people(Engine *engine, PeopleList *list, Day *today, Error *err);

/* ---- writing ------------------------------------------------------------------------ */

/* Records what the request says, or answers why not. answer_clear in any case. */
bool engine_write(Engine *engine, const CwRequest *request, Answer *answer, Error *err);
/* The same answer, and nothing is stored: for why-not. */
bool engine_try(Engine *engine, const CwRequest *request, Answer *answer, Error *err);

/* ---- reading (never writes; worked out in memory up to now) ------------------------- */

/* `which`: the case's number or its reference. view_clear in any case. */
bool engine_view(Engine *engine, const char *which, CaseView *view, Error *err);

typedef struct WorkFilter {
    const char *role,
        *person;       /* NULL: all; a person: what belongs to them or their roles may do */
    const char *which; /* one case; NULL: all */
    bool overdue;
} WorkFilter;

bool engine_worklist(Engine *engine, const WorkFilter *filter, Worklist *list, Error *err);
bool engine_cases(Engine *engine, bool closed_too, CaseList *list, Error *err);

typedef struct EngineStatus {
    bool rehearsal;
    int64_t schema_version, definitions, cases_open, cases_closed, entries, refusals, people,
        undelivered, file_bytes, wal_bytes;
    Moment next_due;       /* of all open cases; MOMENT_NEVER */
    Instant last_recorded; /* INT64_MIN: nothing yet */
    bool clock_behind;     /* engine_now is before last_recorded */
    bool wal_is_large;     /* somebody should close the database so that it is written back */
    const char *sqlite_version;
} EngineStatus;

bool engine_status(Engine *engine, EngineStatus *status, Error *err);

/* ---- time passing, notifications ---------------------------------------------------- */

typedef struct TickResult {
    int64_t cases;         /* worked on */
    int64_t missed;        /* limits that passed */
    int64_t notifications; /* added to the outbox */
    int64_t faulty;        /* cases whose step budget was spent: left as they were */
} TickResult;

bool engine_tick(Engine *engine, TickResult *result, Error *err);

/* One notification as a line of JSON with a stable "key": deliver it at least
 * once, the same key never means something new. False: not delivered; it stays. */
typedef bool (*DeliverLine)(void *context, const char *line, size_t length, Error *err);

/* Hands over what is waiting, oldest first; each is marked once its call
 * returned true. Stops at the first that fails. */
bool engine_deliver(Engine *engine, DeliverLine deliver, void *context, int64_t *delivered,
                    Error *err);

/* ---- checking ----------------------------------------------------------------------- */

typedef struct Verified {
    int64_t cases, entries;
    int64_t damaged;  /* cases that differ from their entries */
    char first[1000]; /* the first difference, a sentence; empty when all is well */
} Verified;

/* Walks the chain, rebuilds every case from its entries and compares the cached
 * record, tasks and notifications. False with ERROR_INTEGRITY at damage of the
 * file itself; differing caches are in *verified. */
bool engine_verify(Engine *engine, Verified *verified, Error *err);
/* Drops the cached record, tasks and notifications of every case and makes them anew. */
bool engine_rebuild(Engine *engine, int64_t *cases, Error *err);

/* A safe copy of a database in use, opened and verified. */
bool engine_backup(Engine *engine, const char *path, bool replace, Error *err);

/* For disasm and the like: the newest definition of a flow; borrowed from the cache. */
bool engine_definition(Engine *engine, const char *flow, const Bundle **bundle,
                       const Program **program, Error *err);
