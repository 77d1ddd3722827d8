#include "vm/internal.h"

static const char *const code_texts[REFUSAL_COUNT] = {
    [REFUSED_NOT] = "accepted",
#define REFUSAL(name, code) [REFUSED_##name] = code,
#include "base/refusal.def"
#undef REFUSAL
};

const char *refusal_code_text(RefusalCode code)
{
    return code_texts[code];
}

/* The first reason stands: later ones would only be consequences. */
bool refuse(VmStep *step, RefusalCode code)
{
    const Imposition *imposed = step->vm->imposed;
    if (imposed && imposed->overlook >> code & 1)
        return true;
    if (step->refusal->code == REFUSED_NOT)
        step->refusal->code = code;
    return false;
}
