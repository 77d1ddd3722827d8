#include <stdlib.h>

#include "api/engine_internal.h"
#include "base/mem.h"

static char *copy(const char *text)
{
    return text ? mem_strdup(text) : NULL;
}

static void places_take(CwPlaces *places, const CwPlaces *from)
{
    *places = (CwPlaces){copy(from->library), copy(from->program), copy(from->installed),
                         copy(from->root)};
}

static void places_clear(CwPlaces *places)
{
    free((void *)(uintptr_t)places->library);
    free((void *)(uintptr_t)places->program);
    free((void *)(uintptr_t)places->installed);
    free((void *)(uintptr_t)places->root);
}

bool engine_create(const char *path, bool rehearsal, Instant now, Error *err)
{
    return store_create(path, rehearsal, now, NULL, err);
}

bool engine_open(const char *path, const CwOptions *options, Engine **engine, Error *err)
{
    static const CwOptions none = {0};
    const CwOptions *said = options ? options : &none;
    StoreOptions how = {
        .write = !said->read_only, .exclusive = said->exclusive, .busy_ms = said->busy_ms};
    Store *store = store_open(path, &how, err);
    *engine = NULL;
    if (!store)
        return false;
    *engine = mem_alloc(sizeof **engine);
    (*engine)->store = store;
    (*engine)->read_only = said->read_only;
    places_take(&(*engine)->places, &said->places);
    return true;
}

void engine_close(Engine *engine)
{
    if (!engine)
        return;
    definitions_clear(engine);
    places_clear(&engine->places);
    store_close(engine->store);
    free(engine);
}

bool engine_is_rehearsal(const Engine *engine)
{
    return store_meta(engine->store)->rehearsal;
}

bool engine_set_now(Engine *engine, Instant now, bool given, Error *err)
{
    if (given && !engine_is_rehearsal(engine))
        return error_kind(err, ERROR_USAGE,
                          "this is a real database: the time cannot be given, "
                          "only a rehearsal takes one");
    engine->now = now;
    engine->now_known = true;
    return true;
}

Instant engine_now(const Engine *engine)
{
    return engine->now;
}

bool engine_status(Engine *engine, EngineStatus *status, Error *err)
{
    StoreStatistics s;
    if (!store_statistics(engine->store, &s, err))
        return false;
    const StoreMeta *meta = store_meta(engine->store);
    bool nothing = s.last_recorded == MOMENT_NONE;
    *status = (EngineStatus){
        .rehearsal = meta->rehearsal,
        .schema_version = meta->schema_version,
        .definitions = s.definitions,
        .cases_open = s.cases_open,
        .cases_closed = s.cases_closed,
        .entries = s.entries,
        .refusals = s.refusals,
        .people = s.people,
        .undelivered = s.outbox_waiting,
        .file_bytes = s.file_bytes,
        .wal_bytes = s.wal_bytes,
        .next_due = s.next_due,
        .last_recorded = s.last_recorded,
        .clock_behind =
            !nothing && engine->now_known &&
            engine->now<s.last_recorded, .wal_is_large = s.wal_bytes> STORE_WAL_WARNING,
        .sqlite_version = s.sqlite_version,
    };
    return true;
}

bool engine_backup(Engine *engine, const char *path, bool replace, Error *err)
{
    return store_backup(engine->store, path, replace, err);
}
