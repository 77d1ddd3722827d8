/* status: what the database holds. */
#include "base/json.h"
#include "cli/session.h"
#include "render/table.h"

/* Numbers of the report, for both formats. */
typedef struct Figure {
    const char *key, *words;
    int64_t value;
} Figure;

enum { FIGURES = 10 };

static void figures_of(const EngineStatus *s, Figure figures[FIGURES])
{
    const Figure all[FIGURES] = {
        {"schema_version", "version of the file", s->schema_version},
        {"definitions", "versions of flows", s->definitions},
        {"cases_open", "open cases", s->cases_open},
        {"cases_closed", "closed cases", s->cases_closed},
        {"entries", "entries", s->entries},
        {"refusals", "refusals", s->refusals},
        {"people", "people", s->people},
        {"undelivered", "notifications to deliver (run 'deliver')", s->undelivered},
        {"file_bytes", "bytes of the file", s->file_bytes},
        {"wal_bytes", "bytes not yet worked into it", s->wal_bytes},
    };
    memcpy(figures, all, sizeof all);
}

static void add_times(const EngineStatus *status, Table *table)
{
    Zone london;
    Error err;
    char text[TIME_TEXT_MAX];
    zone_parse("Europe/London", &london, &err);
    if (status->next_due != MOMENT_NEVER && status->next_due != MOMENT_NONE) {
        moment_format_long(london, status->next_due, text);
        table_add(table, "the next thing falls due", text, NULL);
    }
    if (status->last_recorded != INT64_MIN) {
        instant_format_long(london, status->last_recorded, text);
        table_add(table, "last recorded", text, NULL);
    }
    table_add(table, "SQLite", status->sqlite_version, NULL);
}

static void status_text(const EngineStatus *status, Text *out)
{
    Figure figures[FIGURES];
    Table table = {0};
    figures_of(status, figures);
    for (size_t i = 0; i < FIGURES; i++) {
        Text number = {0};
        text_addf(&number, "%lld", (long long)figures[i].value);
        table_add(&table, figures[i].words, text_get(&number), NULL);
        text_clear(&number);
    }
    add_times(status, &table);
    if (status->rehearsal)
        text_add(out, "A database for rehearsals: nothing in it is real.\n");
    table_print(&table, false, out);
    table_clear(&table);
    if (status->wal_is_large)
        text_add(out, "WARNING: some program keeps the file open all the time, so that much "
                      "waits to be worked into it.\n");
    if (status->clock_behind)
        text_add(out, "WARNING: the machine's clock is behind the last recorded time.\n");
}

static void status_json(const EngineStatus *status, Text *out)
{
    Figure figures[FIGURES];
    Json json = {.out = out, .pretty = true};
    figures_of(status, figures);
    json_object_begin(&json, NULL);
    json_text(&json, "schema", "casewright/status/1");
    json_bool(&json, "rehearsal", status->rehearsal);
    for (size_t i = 0; i < FIGURES; i++)
        json_number(&json, figures[i].key, figures[i].value);
    json_bool(&json, "clock_behind", status->clock_behind);
    json_object_end(&json);
    text_add_char(out, '\n');
}

static bool run(const Invocation *call, Error *err)
{
    Engine *engine = session_open(call, SESSION_READ, err);
    if (!engine)
        return false;
    EngineStatus status = {0};
    Text text = {0};
    bool done = engine_status(engine, &status, err);
    if (done && call->json)
        status_json(&status, &text);
    else if (done)
        status_text(&status, &text);
    print_text(call, &text);
    engine_close(engine);
    return done;
}

const CommandSpec command_status = {
    .usage = "",
    .about = "",
    .examples = "casewright status\ncasewright status --json",
    .takes = TAKES_FORMAT | TAKES_DATABASE | TAKES_NOW,
    .least = 0,
    .most = 0,
    .run = run,
};
