/* roles: a sheet for each role, to print and hand out. */
#include <string.h>

#include "cli/flow_read.h"
#include "cli/target.h"
#include "render/roles.h"

static const Option options[] = {
    {"format", 0, false, "FORMAT",
     "text (the default) or html, which prints a page for each role"},
    {"role", 0, false, "ROLE", "only this role, by its name in the flow; a group too"},
    TARGET_OPTIONS,
    {0},
};

/* -1: every role. */
static bool role_of(const Invocation *call, const Flow *flow, int32_t *role, Error *err)
{
    const char *wanted = option_text(call, "role");
    *role = -1;
    if (!wanted)
        return true;
    for (const RoleAst *r = flow->roles; r; r = r->next)
        if (strcmp(r->name, wanted) == 0)
            *role = r->index;
    return *role >= 0 || error_kind(err, ERROR_NOT_FOUND, "the flow has no role '%s'", wanted);
}

static bool write_sheets(const Invocation *call, const Bundle *bundle, Error *err)
{
    static const char *const names[] = {"text", "html", NULL};
    static void (*const writers[])(const Picture *picture, int32_t only,
                                   Text *out) = {roles_text, roles_html};
    int32_t role;
    size_t format;
    if (!role_of(call, &bundle->flow, &role, err) || !format_read(call, names, &format, err))
        return false;
    Picture picture;
    Text out = {0};
    picture_build(&bundle->flow, true, &picture);
    writers[format](&picture, role, &out);
    picture_clear(&picture);
    return target_write(call, bundle, false, &out, err);
}

static bool run(const Invocation *call, Error *err)
{
    Bundle bundle = {0};
    bool done = flow_read(call, &bundle, err) && write_sheets(call, &bundle, err);
    bundle_clear(&bundle);
    return done;
}

const CommandSpec command_roles = {
    .usage = "FLOW",
    .about = "For each role: what it must do and by when, what it takes part in, may record, "
             "is told, and for whom it stands in.",
    .examples = "casewright roles workflows/cre.flow --role team-manager\n"
                "casewright roles workflows/cre.flow --format html --output roles.html",
    .answers_no = "the flow is wrong",
    .options = options,
    .least = 1,
    .most = 1,
    .run = run,
};
