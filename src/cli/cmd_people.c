/* people: who there is, the roles they hold, and when they are away. */
#include <string.h>

#include "cli/session.h"
#include "render/safe.h"

static const Option options[] = {
    {"name", 0, false, "TEXT", "add: the name people know"},
    {"from", 0, false, "DATE", "hold, absent: the first day (default: today)"},
    {"until", 0, false, "DATE", "hold, absent: the last day (default: no end)"},
    {"reason", 0, false, "TEXT", "absent: why"},
    {0},
};

typedef struct Verb {
    const char *name;
    int arguments; /* the verb included */
    const char *usage, *done;
    bool takes_dates;
} Verb;

static const Verb verbs[] = {
    {"add", 2, "people add PERSON [--name TEXT]", "is added", false},
    {"hold", 3, "people hold PERSON ROLE [--from DATE] [--until DATE]", "holds the role ",
     true},
    {"absent", 2, "people absent PERSON [--from DATE] [--until DATE] [--reason TEXT]",
     "is noted as away", true},
};

static const Verb *verb_of(const Invocation *call, Error *err)
{
    const Verb *verb = NULL;
    if (call->json) {
        error_kind(err, ERROR_USAGE, "only the list has a format: casewright people --json");
        return NULL;
    }
    for (size_t i = 0; i < sizeof verbs / sizeof *verbs; i++)
        if (strcmp(verbs[i].name, call->arguments[0]) == 0)
            verb = &verbs[i];
    if (!verb)
        error_kind(
            err, ERROR_USAGE,
            "'%s' is none of add, hold, absent; 'casewright people' alone lists everybody",
            call->arguments[0]);
    else if (call->argument_count != verb->arguments)
        error_kind(err, ERROR_USAGE, "the form is: casewright %s", verb->usage);
    else if (!verb->takes_dates && (option_given(call, "from") || option_given(call, "until")))
        error_kind(err, ERROR_USAGE, "the form is: casewright %s", verb->usage);
    else
        return verb;
    return NULL;
}

/* Roles may be given before the flow that has them is in use, so this is no error. */
static bool warn_of_unknown_role(Engine *engine, const char *role, Error *err)
{
    RoleFound found;
    if (!engine_role_find(engine, role, &found, err))
        return false;
    if (found.found || !found.any_flow)
        return true;
    Text note = {0};
    text_add(&note, "note: no flow here has a role '");
    safe_add(&note, role);
    text_add_char(&note, '\'');
    if (*found.nearest)
        text_addf(&note, ": did you mean '%s'?", found.nearest);
    text_add_char(&note, '\n');
    say_aside(&note);
    text_clear(&note);
    return true;
}

static bool act(const Invocation *call, Engine *engine, Error *err)
{
    const char *verb = call->arguments[0], *person = call->arguments[1];
    const char *from = option_text(call, "from"), *until = option_text(call, "until");
    if (strcmp(verb, "add") == 0)
        return engine_person_add(engine, person, option_text(call, "name"), err);
    if (strcmp(verb, "hold") == 0)
        return engine_person_hold(engine, person, call->arguments[2], from, until, err) &&
               warn_of_unknown_role(engine, call->arguments[2], err);
    return engine_person_absent(engine, person, from, until, option_text(call, "reason"), err);
}

static bool list(const Invocation *call, Error *err)
{
    for (size_t i = 0; options[i].name; i++)
        if (option_given(call, options[i].name))
            return error_kind(err, ERROR_USAGE, "--%s goes with add, hold or absent",
                              options[i].name);
    Engine *engine = session_open(call, SESSION_READ, err);
    if (!engine)
        return false;
    PeopleList people;
    Day today;
    Text text = {0};
    bool done = engine_people(engine, &people, &today, err);
    if (done && call->json)
        people_json(&people, today, &text);
    else if (done)
        people_text(&people, today, &text);
    print_text(call, &text);
    people_clear(&people);
    engine_close(engine);
    return done;
}

static bool change(const Invocation *call, Error *err)
{
    const Verb *verb = verb_of(call, err);
    Engine *engine = verb ? session_open(call, SESSION_WRITE, err) : NULL;
    bool done = engine && act(call, engine, err);
    engine_close(engine);
    if (!done)
        return false;
    Text text = {0};
    safe_add(&text, call->arguments[1]);
    text_addf(&text, " %s", verb->done);
    if (call->argument_count > 2)
        safe_add(&text, call->arguments[2]);
    text_add_char(&text, '\n');
    print_text(call, &text);
    return true;
}

static bool run(const Invocation *call, Error *err)
{
    return call->argument_count == 0 ? list(call, err) : change(call, err);
}

const CommandSpec command_people = {
    .usage = "[add PERSON | hold PERSON ROLE | absent PERSON]",
    .about = "PERSON is the login name. Roles are those that the flows declare. Without "
             "anything: who there is, what they hold and when they are away.",
    .examples = "casewright people\n"
                "casewright people add ann --name \"Ann Lee\"\n"
                "casewright people hold ann social-worker --from 2021-02-01\n"
                "casewright people absent ann --from 2021-04-01 --until 2021-04-09",
    .takes = TAKES_FORMAT | TAKES_DATABASE | TAKES_NOW,
    .options = options,
    .least = 0,
    .most = 3,
    .run = run,
};
