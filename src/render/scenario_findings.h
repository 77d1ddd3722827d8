/* The findings that only come of running the scenarios of a flow: one that does not hold
 * (CF601), what none of them tries (CF604), and conditions that come out alike in all of
 * them (CF606). They stand in the same record as those of the checks. */
#pragma once

#include "bytecode/program.h"
#include "lang/bundle.h"

/* Adds to bundle->diags. The bundle is resolved and without errors, `program` its own.
 * `notes`: also what is not tried; of a flow without scenarios that is never said. */
void scenario_findings(Bundle *bundle, const Program *program, bool notes);
