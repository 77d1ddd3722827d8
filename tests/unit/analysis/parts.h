/* A flow given as text, made ready for asking one part of the analysis, or checked as
 * a whole. */
#pragma once

#include "compile_text.h"

#include "analysis/internal.h"
#include "analysis/knowledge.h"

/* What every flow below begins with; "main" goes on at "visiting". */
#define FRAME                                                                                  \
    "workflow small \"Small\" version \"1\" in force from 1 March 2021\n"                      \
    "  uses calendar plain\n"                                                                  \
    "calendar plain \"Plain\"\n"                                                               \
    "  working Monday to Friday\n"                                                             \
    "  covers 2020 to 2030\n"                                                                  \
    "role worker \"Worker\"\n"                                                                 \
    "role manager \"Manager\"\n"                                                               \
    "fact risk \"Risk\" one of low, medium, high\n"                                            \
    "fact age \"Age\" number from 0 to 17\n"                                                   \
    "fact urgent \"Urgent?\" yes or no\n"                                                      \
    "fact born \"Born\" date\n"                                                                \
    "event begun \"Begun\" by anyone opens a case\n"                                           \
    "state first \"First\" starts here\n"                                                      \
    "  on begun go to visiting\n"                                                              \
    "state closed \"Closed\" ends here\n"

typedef struct Parts {
    Bundle bundle;
    Program *program;
    AnalysisOptions options;
    Analysis analysis;
} Parts;

static inline void parts_begin(Parts *parts, const char *flow)
{
    Error err = {0};
    Text text = {0};
    *parts = (Parts){.options = {.today = DAY_NONE}};
    text_addf(&text, FRAME "%s", flow);
    parts->program = try_compile_text(&parts->bundle, text_get(&text), &err);
    text_clear(&text);
    if (!parts->program) {
        print_findings(&parts->bundle);
        fail_msg("does not compile: %s", err.text);
    }
    analysis_begin(&parts->analysis, &parts->bundle, parts->program, &parts->options);
}

static inline void parts_end(Parts *parts)
{
    analysis_end(&parts->analysis);
    program_free(parts->program);
    bundle_clear(&parts->bundle);
}

static inline const Diag *parts_find(const Parts *parts, const char *code)
{
    for (size_t i = 0; i < parts->bundle.diags.count; i++)
        if (strcmp(parts->bundle.diags.items[i]->code, code) == 0)
            return parts->bundle.diags.items[i];
    return NULL;
}
