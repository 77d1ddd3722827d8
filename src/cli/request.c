#include "cli/request.h"

#include <errno.h>
#include <string.h>

#include "base/mem.h"
#include "cli/session.h"
#include "render/answer.h"

bool entry_number(const char *text, int64_t *number, Error *err)
{
    char *end;
    errno = 0;
    *number = strtoll(text, &end, 10);
    if (errno || *end || *number <= 0 || *text < '0' || *text > '9')
        return error_kind(err, ERROR_USAGE, "'%s' is not the number of an entry", text);
    return true;
}

/* Whether the command has that option at all. */
static bool takes(const Invocation *call, const char *name)
{
    const Option *option;
    for (size_t i = 0; (option = command_option(call->command, i)); i++)
        if (strcmp(option->name, name) == 0)
            return true;
    return false;
}

static const char *text_if_taken(const Invocation *call, const char *name)
{
    return takes(call, name) ? option_text(call, name) : NULL;
}

/* All values of an option that may be repeated; freed by request_clear. */
static const char *const *list_of(const Invocation *call, const char *name, size_t *count)
{
    const char **list = mem_alloc_array(call->given_count + 1, sizeof *list);
    const char *value;
    for (*count = 0; (value = option_nth(call, name, *count)); ++*count)
        list[*count] = value;
    return list;
}

static bool also_void(const Invocation *call, CwRequest *request, Error *err)
{
    int64_t *list = mem_alloc_array(call->given_count + 1, sizeof *list);
    const char *value;
    request->also_void = list;
    while ((value = option_nth(call, "also-void", request->also_void_count)))
        if (!entry_number(value, &list[request->also_void_count++], err))
            return false;
    return true;
}

static bool facts(const Invocation *call, int first, CwRequest *request, Error *err)
{
    if (first >= call->argument_count)
        return true;
    for (int i = first; i < call->argument_count; i++)
        if (!strchr(call->arguments[i], '=') || call->arguments[i][0] == '=')
            return error_kind(err, ERROR_USAGE, "'%s' is not of the form FACT=VALUE",
                              call->arguments[i]);
    request->facts = (const char *const *)(call->arguments + first);
    request->fact_count = (size_t)(call->argument_count - first);
    return true;
}

bool request_read(const Invocation *call, int first_fact, CwRequest *request, Error *err)
{
    request->person = session_person(call);
    request->role = text_if_taken(call, "role");
    request->at = text_if_taken(call, "at");
    request->key = text_if_taken(call, "key");
    request->reason = text_if_taken(call, "reason");
    request->acting_for = text_if_taken(call, "acting-for");
    request->reference = text_if_taken(call, "reference");
    request->ticks = list_of(call, "tick", &request->tick_count);
    request->assigns = list_of(call, "assign", &request->assign_count);
    return also_void(call, request, err) && facts(call, first_fact, request, err);
}

void request_clear(CwRequest *request)
{
    free((void *)request->ticks);
    free((void *)request->assigns);
    free((void *)request->also_void);
    *request = (CwRequest){0};
}

/* All has been said here, the reason first: nothing is left for main to print. */
static void say_refused(const Answer *answer, const char *typed)
{
    Text text = {0};
    text_add(&text, "casewright: ");
    refused_text(answer, typed, &text);
    say_aside(&text);
    text_clear(&text);
}

static bool print_answer(const Invocation *call, const Answer *answer, const char *typed,
                         Error *err)
{
    Text text = {0};
    if (call->json)
        answer_json(answer, "casewright/answer/1", &text);
    else if (answer->accepted)
        answer_text(answer, &text);
    print_text(call, &text);
    if (answer->accepted)
        return true;
    if (!call->json)
        say_refused(answer, typed);
    *err = (Error){.kind = ERROR_REFUSED};
    return false;
}

bool request_run(const Invocation *call, const CwRequest *request, Error *err)
{
    Engine *engine = session_open(call, SESSION_WRITE, err);
    if (!engine)
        return false;
    Answer answer = {0};
    bool done = engine_write(engine, request, &answer, err) &&
                print_answer(call, &answer, request->name, err);
    answer_clear(&answer);
    engine_close(engine);
    return done;
}
