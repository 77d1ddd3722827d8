/* The inside of a database connection, shared by the files of src/api. Only the
 * cache of compiled definitions and a few buffers live longer than a call. */
#pragma once

#include "api/engine.h"
#include "base/map.h"
#include "store/store.h"

/* A definition compiled with one calendar's dated holidays. */
typedef struct Definition {
    uint8_t hash[STORE_HASH_BYTES];
    bool has_calendar;
    uint8_t calendar[STORE_HASH_BYTES];
    char hash_text[65], calendar_text[65];
    Bundle bundle;    /* owned */
    Program *program; /* owned */
    uint64_t layout;
    Vm vm;
    Map facts, events, states, roles; /* names to the program's indices */
    struct Definition *next;
} Definition;

struct CwDatabase {
    Store *store;            /* owned */
    Definition *definitions; /* owned list */
    CwPlaces places;         /* strings owned */
    Instant now;
    bool now_known, read_only;
};

/* ---- definition.c ------------------------------------------------------------------- */

/* From the cache, or compiled from the stored source. The engine owns it. NULL with
 * *err. `calendar` NULL: the flow uses none. */
Definition *definition_get(Engine *engine, const uint8_t *hash, const uint8_t *calendar,
                           Error *err);
/* The version in force for cases of `flow` that open on `day`, with the dated
 * holidays applied last. ERROR_NOT_FOUND when there is none. */
Definition *definition_in_force(Engine *engine, const char *flow, Day day, Error *err);
/* Looks for a role in all flows of the database. */
bool definitions_find_role(Engine *engine, const char *role, RoleFound *found, Error *err);
void definitions_clear(Engine *engine);

/* The hash of the dated holidays that the flow counts with; false: it uses none. */
bool bundle_calendar_hash(const Bundle *bundle, uint8_t hash[STORE_HASH_BYTES]);
void hash_to_text(const uint8_t hash[STORE_HASH_BYTES], char text[65]);

/* ---- people.c ----------------------------------------------------------------------- */

/* 0 when nobody has that login. */
bool person_find(Engine *engine, const char *login, Person *person, Error *err);
/* ERROR_NOT_FOUND when nobody has that login. */
bool person_number(Engine *engine, const char *login, Person *person, Error *err);
/* Does the person hold the role, or one that belongs to it, on that day? */
bool person_holds(Engine *engine, const Definition *definition, Person person, const char *role,
                  Day day, bool *holds, Error *err);

/* ---- helpers ------------------------------------------------------------------------ */

/* The moment that stands for `now` in the order of what happens. */
static inline Moment now_moment(Instant now)
{
    return moment_at(now, RANK_ENTRY);
}
/* Index by name, NO_INDEX when unknown or NULL. */
uint32_t index_of(const Map *map, const char *name);
