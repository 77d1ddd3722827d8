/* explain: what a finding means, with a wrong and a right example. */
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

static bool run(const Invocation *call, Error *err)
{
    const char *wanted = argument(call, 0);
    size_t count;
    const CodeInfo *codes = codes_all(&count);
    if (wanted) {
        codes = code_find(wanted);
        count = 1;
        if (!codes)
            return unknown(wanted, err);
    }
    Text text = {0};
    bool done = true;
    if (call->json)
        done = explain_json(codes, count, &text, err);
    else if (wanted)
        done = explain_text(codes, call->out->colour, &text, err);
    else
        explain_list(&text);
    if (done)
        print_text(call, &text);
    else
        text_clear(&text);
    return done;
}

const CommandSpec command_explain = {
    .usage = "[CODE]",
    .about = "Says why a finding of 'check' matters, and shows a wrong example, what is said "
             "of it, and a right one. Without CODE: all codes with their titles.",
    .examples = "casewright explain\n"
                "casewright explain CF201",
    .takes = TAKES_FORMAT,
    .least = 0,
    .most = 1,
    .run = run,
};
