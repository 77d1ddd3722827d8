#include "cli/session.h"

#include <pwd.h>
#include <unistd.h>

#include "cli/clock.h"
#include "cli/places.h"

const char *database_path(const Invocation *call)
{
    const char *named = option_text(call, "db");
    const char *usual = getenv("CASEWRIGHT_DB");
    if (named)
        return named;
    return usual && *usual ? usual : "casewright.db";
}

void say_aside(const Text *text)
{
    Output errors = {.file = STDERR_FILENO};
    output_add_text(&errors, text);
    output_flush(&errors);
    output_clear(&errors);
}

void print_text(const Invocation *call, Text *text)
{
    output_add_text(call->out, text);
    text_clear(text);
}

/* A pretended time is never taken for a real one. */
static void say_pretended(Instant now)
{
    Zone london;
    Error err;
    char words[TIME_TEXT_MAX];
    Text text = {0};
    zone_parse("Europe/London", &london, &err);
    instant_format_long(london, now, words);
    text_addf(&text, "rehearsal: the time is taken to be %s\n", words);
    say_aside(&text);
    text_clear(&text);
}

static bool set_now(const Invocation *call, Engine *engine, Error *err)
{
    Zone london;
    Instant now;
    bool given = option_given(call, "now");
    if (!zone_parse("Europe/London", &london, err) || !clock_now(call, london, &now, err) ||
        !engine_set_now(engine, now, given, err))
        return false;
    if (given)
        say_pretended(now);
    return true;
}

/* A first-time reader has not made one yet. */
static void explain_missing(Error *err)
{
    Error plain = *err;
    if (err->kind == ERROR_NOT_FOUND)
        error_kind(err, ERROR_NOT_FOUND,
                   "%s ('casewright init' makes a database, --db FILE names one)", plain.text);
}

Engine *session_open(const Invocation *call, SessionKind kind, Error *err)
{
    Engine *engine = NULL;
    CwOptions options = {.read_only = kind == SESSION_READ,
                         .exclusive = kind == SESSION_ALONE,
                         .places = places_of(call)};
    if (!engine_open(database_path(call), &options, &engine, err)) {
        explain_missing(err);
        return NULL;
    }
    if (set_now(call, engine, err))
        return engine;
    engine_close(engine);
    return NULL;
}

const char *session_person(const Invocation *call)
{
    const char *named = option_text(call, "as");
    if (named)
        return named;
    const struct passwd *user = getpwuid(getuid());
    return user ? user->pw_name : NULL;
}
