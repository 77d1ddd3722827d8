/* disasm: the program that a flow is compiled to. */
#include "api/engine.h"
#include "cli/places.h"
#include "cli/session.h"
#include "compile/compile.h"
#include "render/diag_text.h"

static bool refuse(const Bundle *bundle, Error *err)
{
    Text text = {0};
    diag_page(bundle, false, &text);
    say_aside(&text);
    text_clear(&text);
    return error_kind(err, ERROR_REFUSED, "the flow is wrong, so there is no program");
}

static bool disassemble(const Invocation *call, Bundle *bundle, Error *err)
{
    if (bundle->diags.errors > 0)
        return refuse(bundle, err);
    if (!bundle->flow.workflow)
        return error_kind(err, ERROR_REFUSED, "'%s' holds no workflow", call->arguments[0]);
    Program *program = compile_bundle(bundle, err);
    if (!program)
        return bundle->diags.errors > 0 ? refuse(bundle, err) : false;
    Text text = {0};
    program_disassemble(program, &text);
    print_text(call, &text);
    program_free(program);
    return true;
}

static bool run(const Invocation *call, Error *err)
{
    Bundle bundle = {0};
    CwPlaces places = places_of(call);
    bool done =
        flow_load(&places, call->arguments[0], &bundle, err) && disassemble(call, &bundle, err);
    bundle_clear(&bundle);
    return done;
}

const CommandSpec command_disasm = {
    .usage = "FLOW",
    .about = "For those who work on casewright itself.",
    .examples = "casewright disasm workflows/cre.flow",
    .answers_no = "the flow is wrong",
    .least = 1,
    .most = 1,
    .run = run,
};
