/* The outbox: one line of JSON for each notification, marked only after it was
 * taken, so that it is handed over at least once. */
#include <stdlib.h>
#include <string.h>

#include "api/case.h"
#include "base/json.h"
#include "base/mem.h"
#include "render/case_words.h"

enum { BATCH = 200 };

typedef struct Waiting {
    int64_t number;
    char *line; /* owned */
} Waiting;

typedef struct Delivery {
    Engine *engine;
    Waiting waiting[BATCH];
    size_t count;
} Delivery;

static void write_moment(Json *json, const char *key, Zone zone, Moment moment)
{
    char text[TIME_TEXT_MAX];
    json_text(json, key, moment_short(zone, moment, text));
}

static bool write_person(Engine *engine, Json *json, Person number, Error *err)
{
    PersonRow person;
    bool found = false;
    if (number && !store_person_get(engine->store, number, &person, &found, err))
        return false;
    json_text(json, "person", found ? person.login : NULL);
    return true;
}

/* A reminder that is due in days is sent at the start of its day. */
static void write_happened(Json *json, Zone zone, const OutboxRow *row)
{
    bool morning =
        strcmp(row->kind, "remind") == 0 && moment_rank(row->happened) == RANK_DAY_LIMIT;
    Moment day = moment_of_date(zone, moment_day_begun(zone, row->happened));
    write_moment(json, "happened", zone, morning ? day : row->happened);
}

static bool write_line(Engine *engine, const OutboxRow *row, Text *out, Error *err)
{
    LoadedCase loaded = {0};
    if (!case_find_number(engine, row->case_id, &loaded, err) ||
        !case_load_definition(engine, &loaded, err)) {
        case_clear(&loaded);
        return false;
    }
    Zone zone = loaded.definition->program->zone;
    Json json = {.out = out};
    json_object_begin(&json, NULL);
    json_text(&json, "schema", "casewright/notification/1");
    json_text(&json, "key", row->key);
    json_number(&json, "case", row->case_id);
    json_text(&json, "reference", loaded.row.reference);
    json_text(&json, "flow", loaded.row.flow);
    json_text(&json, "kind", row->kind);
    json_text(&json, "work", row->name);
    json_text(&json, "role", row->role);
    bool ok = write_person(engine, &json, row->person, err);
    json_text(&json, "text", row->text);
    write_happened(&json, zone, row);
    write_moment(&json, "due", zone, row->due);
    write_moment(&json, "known", zone, moment_at(row->created, RANK_ENTRY));
    json_object_end(&json);
    text_add_char(out, '\n');
    case_clear(&loaded);
    return ok;
}

static bool visit_waiting(void *context, const OutboxRow *row, Error *err)
{
    Delivery *delivery = context;
    Text line = {0};
    if (!write_line(delivery->engine, row, &line, err)) {
        text_clear(&line);
        return false;
    }
    delivery->waiting[delivery->count++] = (Waiting){row->number, text_take(&line)};
    return delivery->count < BATCH;
}

static bool mark(Engine *engine, int64_t number, Error *err)
{
    if (!store_begin(engine->store, err))
        return false;
    if (store_outbox_delivered(engine->store, number, engine->now, err))
        return store_commit(engine->store, err);
    store_rollback(engine->store);
    return false;
}

static bool deliver_batch(Delivery *delivery, DeliverLine deliver, void *context,
                          int64_t *delivered, Error *err)
{
    bool ok = true;
    for (size_t i = 0; i < delivery->count; i++) {
        Waiting *each = &delivery->waiting[i];
        ok = ok && deliver(context, each->line, strlen(each->line), err) &&
             mark(delivery->engine, each->number, err);
        *delivered += ok;
        free(each->line);
    }
    return ok;
}

bool engine_deliver(Engine *engine, DeliverLine deliver, void *context, int64_t *delivered,
                    Error *err)
{
    Delivery delivery = {.engine = engine};
    *delivered = 0;
    if (engine->read_only)
        return error_kind(err, ERROR_PERMISSION, "the database was opened for reading only");
    bool ok;
    do {
        delivery.count = 0;
        ok = store_outbox(engine->store, 0, true, visit_waiting, &delivery, err);
        ok = deliver_batch(&delivery, deliver, context, delivered, err) && ok;
    } while (ok && delivery.count == BATCH);
    return ok;
}
