/* casewright: runs cases by workflow files, for programs that embed it.
 *
 * A database is one file; a CwDatabase is one connection to it, to be used by
 * one thread at a time. Times are milliseconds since 1970-01-01T00:00Z; the
 * library never reads a clock: cw_set_now says what time it is. Text is UTF-8.
 * Strings passed in are borrowed for the call; strings handed out live as the
 * comment says. Functions return false when something failed, with the exit
 * code and a sentence in *error; that an entry is refused is no failure but an
 * answer. Exhausted memory ends the process (see base/mem.h for a handler). */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#if defined(__GNUC__)
#define CW_API __attribute__((visibility("default")))
#else
#define CW_API
#endif

typedef struct CwDatabase CwDatabase;

typedef struct CwError {
    int code;        /* 0 none, 2 usage, 3 input, 4 not found, 5 integrity, 6 limit, 7 not
                        permitted, 8 version, 70 internal, 74 input/output, 75 busy */
    char text[1000]; /* one sentence without full stop */
} CwError;

/* Where flow files that `use` names are looked for, after the folder of the
 * file that names them. NULL: that place is left out. */
typedef struct CwPlaces {
    const char *library;   /* a folder, usually $CASEWRIGHT_LIB */
    const char *program;   /* the program's own path: ../stdlib beside it is looked in */
    const char *installed; /* where the standard library was installed */
    const char *root;      /* files outside this folder and the others are refused; NULL: the
                              folder of the main file and what lies beside and below it */
} CwPlaces;

typedef struct CwOptions {
    bool read_only;
    bool exclusive; /* nobody else may have the file open meanwhile */
    int busy_ms;    /* how long to wait for another writer; 0: 5000 */
    CwPlaces places;
} CwOptions;

CW_API const char *cw_version(void); /* "0.1.0"; static */

/* Makes a new, empty database (mode 0600). Fails when the file exists. Only a
 * rehearsal database takes times other than the machine's. */
CW_API bool cw_create(const char *path, bool rehearsal, int64_t now, CwError *error);
/* The caller ends it with cw_close. `options` may be NULL. */
CW_API bool cw_open(const char *path, const CwOptions *options, CwDatabase **database,
                    CwError *error);
CW_API void cw_close(CwDatabase *database); /* NULL is fine */
/* What time it is from now on. `given`: typed in, not the machine's; code 2 on
 * a real database. To be called before every request of a long-lived program. */
CW_API bool cw_set_now(CwDatabase *database, int64_t now, bool given, CwError *error);

/* Reads a flow file with what it uses and stores it. A flow with mistakes gives
 * code 1 and the first of them as text. `hash`, if not NULL, gets the content
 * hash: 64 hexadecimal digits and NUL. */
CW_API bool cw_deploy(CwDatabase *database, const char *file, const char *by, char hash[65],
                      CwError *error);

/* People by login name; `label` may be NULL. Dates as 2021-02-01, both included;
 * `from` NULL: today, `until` NULL: no end. */
CW_API bool cw_person_add(CwDatabase *database, const char *login, const char *label,
                          CwError *error);
CW_API bool cw_person_hold(CwDatabase *database, const char *login, const char *role,
                           const char *from, const char *until, CwError *error);
CW_API bool cw_person_absent(CwDatabase *database, const char *login, const char *from,
                             const char *until, const char *reason, CwError *error);

typedef enum CwKind {
    CW_OPEN,       /* flow; name: the opening event, NULL: its only one */
    CW_RECORD,     /* name: an event, or a task or review that is done */
    CW_TICK,       /* name: a task or review; only ticks items */
    CW_NOT_NEEDED, /* name: a task */
    CW_APPROVE,
    CW_DECLINE, /* refers_to; 0: the only entry that waits */
    CW_PAUSE,
    CW_RESUME, /* name: the work */
    CW_EXTEND, /* name: the work; extend_to */
    CW_REOPEN, /* name: a state of the main line; reason */
    CW_ASSIGN, /* assigns */
    CW_NOTE,   /* reason: what to note */
    CW_VOID,   /* refers_to: the entry that is not to count; reason */
    CW_AMEND   /* refers_to; what is given here (facts, ticks, assigns, at) counts instead;
                  reason: why */
} CwKind;

/* What somebody asks to have recorded. All zero is an empty request. Lists are
 * arrays of `…_count` strings. */
typedef struct CwRequest {
    CwKind kind;
    const char *which;     /* the case: its number or reference (not for CW_OPEN) */
    const char *flow;      /* CW_OPEN */
    const char *reference; /* CW_OPEN: how people call the case; NULL: its number */
    const char *name;
    const char *person;     /* login of who did it */
    const char *role;       /* acted in; NULL: the only one they hold */
    const char *acting_for; /* login of who they stand in for, or NULL */
    const char *at;         /* when it happened, as typed (2021-02-01 or 2021-02-01T09:00, local
                               or with offset); NULL: now */
    const char *reason;
    const char *key;          /* the same key and content again gives the first answer */
    const char *const *facts; /* "risk=high" */
    size_t fact_count;
    const char *const *ticks; /* items of the checklist */
    size_t tick_count;
    const char *const *assigns; /* "worker=ann" */
    size_t assign_count;
    int64_t refers_to;        /* number of an entry */
    const char *extend_to;    /* a time as typed */
    const int64_t *also_void; /* later entries that would become impossible, to be voided in the
                                 same act */
    size_t also_void_count;
    bool imported; /* from another system's history: effective time decides, and nothing
                      due before now is delivered */
} CwRequest;

typedef struct CwAnswer {
    bool accepted;
    bool repeated;              /* the key was known: this is the first answer again */
    bool clock_was_behind;      /* recorded at the last recorded time instead of now */
    int64_t case_number, entry; /* 0: none */
    char refusal[32]; /* why not: "wrong-role", "missing-fact" …; empty when accepted */
    char text[1000];  /* the same as a sentence */
} CwAnswer;

/* One transaction: it happens whole or not at all. */
CW_API bool cw_write(CwDatabase *database, const CwRequest *request, CwAnswer *answer,
                     CwError *error);

/* Works out what has fallen due in every case; *cases gets how many moved on. */
CW_API bool cw_tick(CwDatabase *database, int64_t *cases, CwError *error);

/* Hands each waiting notification over as one line of JSON with a stable "key".
 * At least once: one whose call returned true is not handed over again, unless
 * the machine stopped in between. */
typedef bool (*CwDeliver)(void *context, const char *line, size_t length);
CW_API bool cw_deliver(CwDatabase *database, CwDeliver deliver, void *context,
                       int64_t *delivered, CwError *error);

/* Rebuilds every case from its entries and compares; code 5 when anything differs. */
CW_API bool cw_verify(CwDatabase *database, CwError *error);
/* A safe copy while the database is in use; never over an existing file unless `replace`. */
CW_API bool cw_backup(CwDatabase *database, const char *path, bool replace, CwError *error);
