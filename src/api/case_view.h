/* Builds a CaseView from a case in hand. */
#pragma once

#include "api/write.h"

/* The view's arena may hold things already; they stay. `watch`: an entry's number;
 * *from gets how much had happened before it (0 for none). */
bool view_build(Engine *engine, LoadedCase *loaded, int64_t watch, CaseView *view,
                uint32_t *from, Error *err);
