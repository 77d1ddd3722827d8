/* The checks of a whole flow (CF1 to CF6 and CF8): what a flow that can run may
 * still get wrong. Each file beside this one is a family. Conditions are decided
 * exactly, over the lists and over numbers and dates cut where the flow compares
 * them; what can be known where is followed from the opening of a case through
 * every line. An error is only said of what is proven. Adds to bundle->diags. */
#pragma once

#include "bytecode/program.h"
#include "lang/bundle.h"

typedef struct AnalysisOptions {
    Day today;  /* `allow` ends after its date; DAY_NONE: no date has come */
    bool notes; /* also what is only worth knowing */
} AnalysisOptions;

/* `program` is the bundle's own; the bundle has no errors so far. */
void analysis_run(Bundle *bundle, const Program *program, const AnalysisOptions *options);

/* Takes away the warnings that `allow` switches off, and says which of them are over
 * or switch nothing off. For bundles with errors too. */
void analysis_allow(Bundle *bundle, Day today);
