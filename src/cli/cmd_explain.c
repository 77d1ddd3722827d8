/* explain: what a finding means, with a wrong and a right example. */
#include <stdlib.h>

#include "base/mem.h"
#include "cli/session.h"
#include "lang/codes.h"
#include "lang/suggest.h"
#include "render/explain.h"

static bool unknown(const char *wanted, Error *err)
{
    size_t count;
    const CodeInfo *codes = codes_all(&count);
    Suggestion meant = suggest_begin(wanted);
    for (size_t i = 0; i < count; i++)
        suggest_try(&meant, codes[i].code);
    if (meant.best != SUGGEST_NONE)
        return error_kind(err, ERROR_NOT_FOUND, "there is no code '%s'; did you mean %s?",
                          wanted, codes[meant.best].code);
    return error_kind(err, ERROR_NOT_FOUND,
                      "there is no code '%s': 'casewright explain' lists them", wanted);
}

/* Those that are named; `codes` has room for as many. */
static bool find_named(const Invocation *call, CodeInfo *codes, Error *err)
{
    for (int i = 0; i < call->argument_count; i++) {
        const CodeInfo *code = code_find(call->arguments[i]);
        if (!code)
            return unknown(call->arguments[i], err);
        codes[i] = *code;
    }
    return true;
}

static bool pages(const Invocation *call, const CodeInfo *codes, size_t count, Text *text,
                  Error *err)
{
    if (call->json)
        return explain_json(codes, count, text, err);
    for (size_t i = 0; i < count; i++) {
        text_add(text, i > 0 ? "\n\n" : "");
        if (!explain_text(&codes[i], call->out->colour, text, err))
            return false;
    }
    return true;
}

static bool explain(const Invocation *call, const CodeInfo *codes, size_t count, Error *err)
{
    Text text = {0};
    bool done = pages(call, codes, count, &text, err);
    if (done)
        print_text(call, &text);
    text_clear(&text);
    return done;
}

static bool explain_named(const Invocation *call, Error *err)
{
    size_t count = (size_t)call->argument_count;
    CodeInfo *codes = mem_alloc_array(count, sizeof *codes);
    bool done = find_named(call, codes, err) && explain(call, codes, count, err);
    free(codes);
    return done;
}

static bool run(const Invocation *call, Error *err)
{
    if (call->argument_count > 0)
        return explain_named(call, err);
    size_t count;
    const CodeInfo *codes = codes_all(&count);
    if (call->json)
        return explain(call, codes, count, err);
    Text text = {0};
    explain_list(&text);
    print_text(call, &text);
    return true;
}

const CommandSpec command_explain = {
    .usage = "[CODE …]",
    .about = "Says why a finding of 'check' matters, and shows a wrong example, what is said "
             "of it, and a right one. Without CODE: all codes with their titles.",
    .examples = "casewright explain\n"
                "casewright explain CF201 CF304",
    .takes = TAKES_FORMAT,
    .least = 0,
    .most = -1,
    .run = run,
};
