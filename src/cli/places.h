/* Where flow files are looked for: $CASEWRIGHT_LIB, ../stdlib beside the program,
 * and where it was installed. */
#pragma once

#include "api/casewright.h"
#include "cli/command.h"

CwPlaces places_of(const Invocation *call);
