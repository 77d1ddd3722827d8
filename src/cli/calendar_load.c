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

/* Always false. */
static bool unknown(const CwPlaces *places, const char *name, Error *err)
{
    Text known = {0};
    library_names(places, "calendars", &known);
    if (known.length > 0)
        error_kind(err, ERROR_NOT_FOUND,
                   "there is no calendar '%s' in the library; there are: %s", name,
                   text_get(&known));
    else
        error_kind(err, ERROR_NOT_FOUND,
                   "there is no calendar '%s', nor any library of calendars: "
                   "CASEWRIGHT_LIB names the folder of one",
                   name);
    text_clear(&known);
    return false;
}

bool calendar_required(const Invocation *call, Duration duration, Error *err)
{
    if (duration.unit != UNIT_WORKING_DAYS && duration.unit != UNIT_WORKING_HOURS)
        return true;
    CwPlaces places = places_of(call);
    Text known = {0};
    library_names(&places, "calendars", &known);
    error_kind(err, ERROR_USAGE,
               "without a calendar nobody knows which days are working days: add --calendar "
               "NAME%s%s",
               known.length > 0 ? "; there are: " : "", text_get(&known));
    text_clear(&known);
    return false;
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
    return loaded || (err->kind == ERROR_NOT_FOUND && unknown(&places, name, err));
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
