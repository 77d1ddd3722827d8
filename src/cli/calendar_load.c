#include "cli/calendar_load.h"

#include <string.h>

#include "api/engine.h"
#include "base/mem.h"
#include "cli/places.h"
#include "compile/compile.h"

static bool is_file_name(const char *name)
{
    size_t length = strlen(name);
    return strchr(name, '/') || (length > 5 && strcmp(name + length - 5, ".flow") == 0);
}

static bool load_bundle(const Invocation *call, const char *name, Bundle *bundle, Error *err)
{
    CwPlaces places = places_of(call);
    if (is_file_name(name))
        return flow_load(&places, name, bundle, err);
    Text library = {0};
    text_addf(&library, "calendars/%s", name);
    bool loaded = flow_load_library(&places, text_get(&library), bundle, err);
    text_clear(&library);
    if (!loaded && err->kind == ERROR_NOT_FOUND)
        return error_kind(err, ERROR_NOT_FOUND,
                          "there is no calendar '%s' in the library: try england-and-wales, "
                          "scotland or northern-ireland",
                          name);
    return loaded;
}

/* The calendar of that name, or the last one that the file itself declares. */
static const CalendarAst *choose(const Bundle *bundle, const char *name)
{
    const CalendarAst *chosen = NULL;
    for (const CalendarAst *c = bundle->flow.calendars; c; c = c->next)
        if (strcmp(c->name, name) == 0 || (is_file_name(name) && c->span.file == 0))
            chosen = c;
    return chosen;
}

static bool build(const Bundle *bundle, const char *name, LoadedCalendar *loaded, Error *err)
{
    if (bundle->diags.errors > 0)
        return error_kind(err, ERROR_REFUSED, "the calendar '%s' cannot be used: %s", name,
                          bundle->diags.items[0]->text);
    const CalendarAst *chosen = choose(bundle, name);
    if (!chosen)
        return error_kind(err, ERROR_NOT_FOUND, "'%s' declares no calendar", name);
    loaded->calendar = compile_calendar(bundle, chosen, err);
    loaded->label = mem_strdup(chosen->label ? chosen->label : chosen->name);
    return loaded->calendar != NULL;
}

bool calendar_load(const Invocation *call, const char *name, LoadedCalendar *loaded, Error *err)
{
    Bundle bundle = {0};
    bool done = load_bundle(call, name, &bundle, err) && build(&bundle, name, loaded, err);
    bundle_clear(&bundle);
    return done;
}

void calendar_load_clear(LoadedCalendar *loaded)
{
    calendar_free(loaded->calendar);
    free(loaded->label);
    *loaded = (LoadedCalendar){0};
}
