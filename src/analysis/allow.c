/* `allow CF405 until 1 March 2027 because "…"`: a warning is switched off until
 * that day, and comes back after it. Errors stay errors. */
#include <string.h>

#include "analysis/analysis.h"
#include "lang/codes.h"

static bool is_blank(const char *text)
{
    return !text || text[strspn(text, " \t")] == '\0';
}

static bool is_over(const AllowAst *allow, Day today)
{
    return today != DAY_NONE && allow->until.day != DAY_NONE && allow->until.day < today;
}

static void check_allow(Bundle *bundle, const AllowAst *allow, Day today)
{
    const CodeInfo *info = code_find(allow->code);
    if (!info)
        return; /* said where names are resolved */
    Diags *diags = &bundle->diags;
    if (is_blank(allow->because)) {
        Diag *diag = diag_add(diags, allow->span, "CF804",
                              "This says no reason for allowing %s", allow->code);
        diag_help(diags, diag, "Write it after \"because\", in quotes.");
    }
    if (info->severity == SEVERITY_ERROR) {
        Diag *diag = diag_add(diags, allow->span, "CF804",
                              "%s is an error, and cannot be switched off", allow->code);
        diag_help(diags, diag, "Put right what it says, and take this line out.");
    } else if (is_over(allow, today)) {
        char until[DAY_TEXT_MAX];
        day_format_long(allow->until.day, until);
        Diag *diag =
            diag_add_severity(diags, SEVERITY_WARNING, allow->span, "CF804",
                              "%s was allowed until %s, which is over", allow->code, until);
        diag_help(diags, diag, "Put right what it allowed, or give a later date and a reason.");
    }
}

static bool is_allowed(const Flow *flow, const Diag *diag, Day today)
{
    for (const AllowAst *allow = flow->allows; allow; allow = allow->next)
        if (strcmp(allow->code, diag->code) == 0 && diag->severity != SEVERITY_ERROR &&
            !is_over(allow, today) && !is_blank(allow->because))
            return true;
    return false;
}

void analysis_allow(Bundle *bundle, Day today)
{
    Diags *diags = &bundle->diags;
    size_t kept = 0;
    for (size_t i = 0; i < diags->count; i++) {
        Diag *diag = diags->items[i];
        if (is_allowed(&bundle->flow, diag, today))
            diags->warnings -= diag->severity == SEVERITY_WARNING;
        else
            diags->items[kept++] = diag;
    }
    diags->count = kept;
    for (const AllowAst *allow = bundle->flow.allows; allow; allow = allow->next)
        check_allow(bundle, allow, today);
}
