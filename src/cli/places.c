#include "cli/places.h"

CwPlaces places_of(const Invocation *call)
{
    const char *library = getenv("CASEWRIGHT_LIB");
    return (CwPlaces){.library = library && *library ? library : NULL,
                      .program = call->program,
                      .installed = CASEWRIGHT_STDLIB};
}
